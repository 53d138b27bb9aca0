"""Which segments of a changed posting come otherwise than before."""

import pytest
from msgspec import structs

from pipeline.model.segment import UnitKey, key_digest
from pipeline.workflow.arriving import Brought

TITLE, BREAD, ROLLS, VAN = (key_digest(UnitKey("requirements", text)) for text in ("Baker", "Bread", "Rolls", "Van"))
BEFORE = Brought(
    "bakery-1", b"before", 1, separate=False, keys=TITLE + BREAD, currency="", orders=(), names=("Bäcker",)
)


def test_only_segments_that_came_or_went_are_changed_in_a_posting_that_says_the_same() -> None:
    assert structs.replace(BEFORE, digest=b"now", keys=VAN + TITLE + ROLLS).changed_since(BEFORE) == {BREAD, VAN, ROLLS}


@pytest.mark.parametrize(
    "said",
    [{"currency": "USD"}, {"orders": (True,)}, {"names": ("Bäcker", "Wien")}, {"wanted": 3}, {"separate": True}],
    ids=str,
)
def test_all_segments_are_changed_where_a_posting_says_something_else_of_them(said: dict[str, object]) -> None:
    now = structs.replace(BEFORE, digest=b"now", keys=TITLE + VAN, **said)
    assert now.changed_since(BEFORE) == {TITLE, BREAD, VAN}
