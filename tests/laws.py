"""How many examples a law is tried on: few wherever all tests run, all in `make fuzz`, which has every law.

Under the profile that tests/conftest.py loads a law has as many as that says; one whose examples are dearer than those
of the others, or find something less often, has fewer or more of them in the same proportion:

    @examples(400)  # where the profile has 25 of 100, a hundred
    @given(st.text())
    def test_every_text_is_read_back(text: str) -> None: ...
"""

from hypothesis import settings

from tests.tools import LONG

EXAMPLES = 100 if LONG else 25


def examples(number: int) -> settings:
    """Return the settings of a law that has `number` examples where the others have a hundred."""
    profile = settings.get_profile(settings.get_current_profile_name())
    return settings(max_examples=max(1, number * profile.max_examples // 100))
