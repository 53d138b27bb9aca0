"""The long form: `python -m tests.chaos [KILLS [SEED]]`; prints the number tried and the number that failed."""

import sys
import tempfile
from pathlib import Path

from tests.chaos.killing import LostError, Project, kills, try_kill

_KILLS, _SEED, _POSTINGS = 200, 1, 7


def main(number: int, seed: int) -> int:
    """Try that many kills; return 1 if one of them cost something."""
    failed = met = 0
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder), postings=_POSTINGS)
        for kill in kills(project, number, seed):
            try:
                met += try_kill(project, kill, Path(folder))
            except LostError as error:
                failed += 1
                print(f"{kill}: {error}", flush=True)  # noqa: T201
    print(f"{number} kills tried, {met} before the end of the build, {failed} failed")  # noqa: T201
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in sys.argv[1:]), *(_KILLS, _SEED)[len(sys.argv) - 1 :]))
