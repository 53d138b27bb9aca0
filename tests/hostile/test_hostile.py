"""No attack comes through; the long form is `make hostile`."""

from pathlib import Path

from tests.hostile.__main__ import every_stage
from tests.hostile.tally import CANARY, Tally, try_each


def test_at_least_a_thousand_attacks_are_tried_and_none_comes_through(tmp_path: Path) -> None:
    tallies = list(every_stage(tmp_path, long=False))
    assert {tally.stage: tally.through for tally in tallies if tally.through} == {}
    assert sum(tally.tried for tally in tallies) >= 1_000


def test_attack_that_comes_through_would_be_counted() -> None:
    def crash() -> None:
        raise RecursionError("too deep")

    attacks = [("crash", crash), ("leak", lambda: f"read {CANARY}"), ("none", lambda: "read")]
    assert try_each("any", attacks) == Tally(
        stage="any",
        tried=3,
        through=("crash: RecursionError: too deep", "leak: shows a file that nobody gave"),
    )
