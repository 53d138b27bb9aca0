"""The text of a posting is the same however its HTML is written, and another one where a word is in another element."""

import pytest

from pipeline.proof.pages import body_digest


@pytest.mark.parametrize(
    "html",
    [
        '<p><b>ידע </b><bdi dir="ltr"><b>C</b>++</bdi></p>',
        '<p><b>ידע <bdi dir="ltr">C</bdi></b>++</p>',
        "<p><b>ידע</b><b> C</b><i></i>++</p>",
    ],
)
def test_element_that_is_cut_in_two_is_the_same(html: str) -> None:
    assert body_digest(f"<div>{html}</div>") == body_digest("<div><p><b>ידע C</b>++</p></div>")


@pytest.mark.parametrize(
    "html",
    [
        "<p>ידע <b>C</b>++</p>",
        "<p><b>ידע C++</b></p>",
        "<p><i>ידע C</i>++</p>",
        "<p><b>ידע C</b></p><p>++</p>",
        "<p><b><i>ידע C</i></b>++</p>",
        '<p><a href="https://x.example/">ידע C</a>++</p>',
    ],
)
def test_text_in_other_elements_is_another_one(html: str) -> None:
    assert body_digest(f"<div>{html}</div>") != body_digest("<div><p><b>ידע C</b>++</p></div>")
