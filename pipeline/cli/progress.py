"""Progress on a terminal; silence where nobody watches."""

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from pipeline.workflow.run import Progress as ProgressFunction
from pipeline.workflow.run import no_progress


def terminal_progress() -> ProgressFunction:
    """Return what draws a bar a stage on standard error if that is a terminal."""
    return _progress(MofNCompleteColumn)


def terminal_downloads() -> ProgressFunction:
    """Return what draws a bar a download on standard error if that is a terminal; what is done counts in bytes."""
    return _progress(DownloadColumn)


def _progress(amount: type[ProgressColumn]) -> ProgressFunction:
    console = Console(stderr=True)
    if not console.is_terminal:
        return no_progress
    bars = _Bars(console, amount)
    click.get_current_context().call_on_close(bars.stop)  # a command that fails or is stopped leaves none on the screen
    return bars


class _Bars:
    """Draws one bar a stage; a bar ends when its stage is done."""

    def __init__(self, console: Console, amount: type[ProgressColumn]) -> None:
        self._console = console
        self._amount = amount
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self._progress is None and done >= total:  # done before it could be seen
            return
        if stage != self._stage or self._progress is None or self._task is None:
            self.stop()
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                self._amount(),
                TimeRemainingColumn(),
                console=self._console,
                transient=True,
            )
            self._progress.start()
            self._task = self._progress.add_task(stage, total=total)
            self._stage = stage
        self._progress.update(self._task, completed=done, total=total)
        if done >= total:
            self.stop()

    def stop(self) -> None:
        """Take the bar away and show the cursor again."""
        if self._progress is not None:
            self._progress.stop()
        self._progress, self._task, self._stage = None, None, ""
