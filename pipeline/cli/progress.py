"""Progress on a terminal, with rate and time left; silence where nobody watches."""

import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import click

from pipeline.cli import messages
from pipeline.workflow.stopwatch import Progress, Stopwatch, show_nothing

REPORT_NAME = "report.json"


def run_stopwatch(build_dir: Path) -> Stopwatch:
    """Return what times the stages of a run, draws bars on a terminal, and tells the ends of stages."""
    return Stopwatch(show=_bars(in_bytes=False), ended=messages.stage_ended, expected=_steps_of_last_run(build_dir))


def terminal_downloads() -> Progress:
    """Return what draws a bar a download on standard error if that is a terminal; what is done counts in bytes."""
    return _bars(in_bytes=True)


def _bars(*, in_bytes: bool) -> Progress:
    if not sys.stderr.isatty() or messages.in_json():
        return show_nothing
    from pipeline.cli.bars import Bars  # noqa: PLC0415  what draws them takes a tenth of a second to load

    bars = Bars(sys.stderr, in_bytes=in_bytes)
    click.get_current_context().call_on_close(bars.stop)  # a command that fails or is stopped leaves none on the screen
    return bars


def _steps_of_last_run(build_dir: Path) -> Callable[[str], int | None]:
    """Return what says how many steps a stage had in the last run, for those that do not know it beforehand."""

    @cache
    def steps() -> dict[str, int]:
        try:
            stages = json.loads((build_dir / REPORT_NAME).read_bytes())["stages"]
            return {stage["stage"]: int(stage["count"]) for stage in stages}
        except (OSError, ValueError, LookupError, TypeError):  # `build/` may always be deleted, and edited
            return {}

    return lambda stage: steps().get(stage)
