"""A kill costs nothing: at a random moment, between two steps on files, in the switch of a release."""

from pathlib import Path

from tests.chaos.killing import Project, kills, try_kill

KILLS = 20  # 200 by `make chaos`


def test_build_that_was_killed_loses_nothing_and_the_next_one_makes_the_same_bytes(tmp_path: Path) -> None:
    project = Project(tmp_path, postings=3)  # with more new texts than a batch has
    met = [try_kill(project, kill, tmp_path) for kill in kills(project, KILLS, seed=1)]
    assert sum(met) >= KILLS / 2  # the others came after the end of the build
