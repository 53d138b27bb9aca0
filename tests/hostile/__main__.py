"""The attacks of every stage: `python -m tests.hostile [short]` prints the number tried and the number through."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.documents import documents, others
from tests.hostile.folders import attack_cells, attack_folders
from tests.hostile.packages import attack_packages, indexes
from tests.hostile.published import attack_outputs
from tests.hostile.tally import Tally, try_each

_SHORT, _LONG = 200, 5_000


def every_stage(folder: Path, *, long: bool) -> Iterator[Tally]:
    """Attack every stage, each in a folder of its own."""
    number = _LONG if long else _SHORT
    for attack in (attack_outputs, attack_packages, attack_folders, attack_cells):
        place = folder / attack.__name__
        place.mkdir()
        yield attack(place, long=long)
    yield try_each("files of postings", documents(folder, number))
    yield try_each("files of people and programs", others(folder, number))
    yield try_each("indexes of models", indexes())


def main(*, long: bool) -> int:
    """Print a line a stage, what came through, and the sum; return 1 if anything came through."""
    tried = through = 0
    with tempfile.TemporaryDirectory() as folder:
        for tally in every_stage(Path(folder), long=long):
            tried += tally.tried
            through += len(tally.through)
            print(f"{tally.stage:30} {tally.tried:6,} tried {len(tally.through):4} through", flush=True)  # noqa: T201
            for name in tally.through:
                print(f"    {name}")  # noqa: T201
    print(f"{tried:,} attacks tried, {through} through")  # noqa: T201
    return int(through > 0)


if __name__ == "__main__":
    sys.exit(main(long="short" not in sys.argv[1:]))
