"""Bars of progress drawn by rich, a line a stage that runs: steps, rate, time left."""

from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text


class _Rate(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        """Return them; nothing before the first."""
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")


class Bars:
    """Draws the stages that run; there is nothing on the screen between them."""

    def __init__(self, terminal: TextIO, *, in_bytes: bool) -> None:
        self._console = Console(file=terminal)
        steps = (DownloadColumn(), TransferSpeedColumn()) if in_bytes else (MofNCompleteColumn(), _Rate())
        self._columns = (TextColumn("{task.description}"), BarColumn(), *steps, TimeRemainingColumn())
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Show how far a stage is, and no more once it is done."""
        if total is not None and done >= total:
            self._end(stage)
            return
        if self._progress is None:
            self._progress = Progress(*self._columns, console=self._console, transient=True)
            self._progress.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)

    def stop(self) -> None:
        """Take the bars away and show the cursor again."""
        if self._progress is not None:
            self._progress.stop()
        self._progress = None
        self._tasks = {}

    def _end(self, stage: str) -> None:
        task = self._tasks.pop(stage, None)
        if self._progress is not None and task is not None:
            self._progress.remove_task(task)
            if not self._tasks:
                self.stop()
