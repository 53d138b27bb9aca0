"""The documentation of the checks is made from their list."""

from tests.make.checks_page import PAGE, page


def test_page_of_the_checks_is_what_their_list_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run make docs"
