"""What a run is told: settings, posting files, folders, the day that it counts as; nothing is opened yet.

Whatever it takes to work on them is put together by `workflow/project.py`. Apart from that this module is light, so
that a command that can answer from what an earlier run kept needs a fraction of a second to start.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipeline.config import Settings
from pipeline.intake.read_as import ReadAs
from pipeline.storage.children import Children
from pipeline.storage.spool import Packing
from pipeline.workflow.stopwatch import Stopwatch

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a command is told; `files` are the posting files, `as_of` the day that it is to count as.

    `read_as` says of some files how they are to be read.
    `allow_losses` lets it go on although files that people write hold less than after the last run.
    `asked_engines` are those asked for by name in place of the configured ones. A `locked` run translates with the
    pinned models alone.
    With `all_notes`, what the last run told is told again, and not only counted.
    """

    settings: Settings
    files: tuple[Path, ...]
    locales_dir: Path
    build_dir: Path
    out: Path
    read_as: Mapping[Path, ReadAs] = field(default_factory=dict)
    as_of: date | None = None
    allow_losses: bool = False
    asked_engines: tuple[str, ...] = ()
    locked: bool = False
    progress: Stopwatch = field(default_factory=Stopwatch, compare=False)
    all_notes: bool = False
    children: Children = field(default_factory=Children, compare=False)

    def share(
        self,
        work: Callable[[int], T],
        parts: int,
        packing: Packing[T],
        *,
        seconds: float,
        own: Collection[int] = (),
    ) -> Iterator[T]:
        """Yield what `work` makes of the parts in their order; about so many seconds of it can be done in children."""
        return self.children.share(work, parts, packing, seconds=seconds, own=own, begin=self.progress.mute)

    @property
    def memory_path(self) -> Path:
        """Where machine output is remembered."""
        return self.build_dir / "memory.sqlite3"
