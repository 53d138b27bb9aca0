"""What a command says on standard error beside its result: coloured lines for people, or JSON for what collects logs.

Both forms are made here, of what the library logs too. With `--log-json` each message is one object a line: `time` in
UTC, `level` (`info`, `note`, `warning`, `error`), `event`, `message`, and what it is about, `posting` or `locale` say.
"""

import json
import logging
import sys
from datetime import UTC, datetime

import click

from pipeline.workflow.stopwatch import Stage

STAGE = "stage"
REJECTED = "rejected"
NOTE = logging.INFO + 5
_log = logging.getLogger("polypost")
_COLORS = {NOTE: "yellow", logging.ERROR: "red"}
_NAMES = {NOTE: "note"}
_INFO = "info: "
Value = str | int | float | None


class Messages(logging.Handler):
    """Writes what is logged to whatever is standard error at the moment."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self.as_json = as_json

    def emit(self, record: logging.LogRecord) -> None:
        """Write one message."""
        if self.as_json:
            click.echo(_line(_fields(record)), nl=False, err=True)
        elif record.name == _log.name:
            click.secho(f"{_word(record)}: {record.getMessage()}", err=True, fg=_COLORS.get(record.levelno))
        else:
            click.echo(f"{record.levelname}: {record.getMessage()}", err=True)


def set_up_messages(*, verbose: bool = False, as_json: bool = False) -> None:
    """Have notes, warnings and mistakes written, or all that is logged; in JSON the end of each stage too."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(handlers=[Messages(as_json=as_json)], level=level, force=True)
    _log.setLevel(logging.INFO if verbose or as_json else NOTE)
    # Each attempt again; what comes of it in the end is told by the engine.
    logging.getLogger("urllib3").setLevel(logging.WARNING if verbose else logging.ERROR)


def in_json() -> bool:
    """Tell whether messages are written as JSON."""
    return any(isinstance(handler, Messages) and handler.as_json for handler in logging.getLogger().handlers)


def told_in_all() -> bool:
    """Tell whether all that is done is told."""
    return _log.isEnabledFor(logging.INFO)


def note(event: str, text: str, **about: Value) -> None:
    """Say what somebody may want to look at."""
    _say(NOTE, event, text, about)


def rejected(text: str, **about: Value) -> None:
    """Say that a record was rejected."""
    _say(logging.ERROR, REJECTED, text, about)


def error(text: str) -> None:
    """Say why the command ends without having done its work."""
    _say(logging.ERROR, "error", text, {})


def stage_ended(stage: Stage) -> None:
    """Say how long a stage took."""
    text = f"{stage.name}: {stage.count:,} in {stage.seconds:.1f} s"
    about: dict[str, Value] = {
        "stage": stage.name,
        "seconds": round(stage.seconds, 3),
        "count": stage.count,
        "rate": round(stage.rate, 1),
        "peak_bytes": stage.peak_bytes,
    }
    _say(logging.INFO, STAGE, text, about)


def repeat(text: str) -> None:
    """Write messages again that were written before, in JSON with the time of now; without the stages of then."""
    if in_json():
        events = [json.loads(line) for line in text.splitlines()]
        now = {"time": _time(datetime.now(UTC))}
        text = "".join(_line({**fields, **now}) for fields in events if fields["event"] != STAGE)
    else:
        text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(_INFO))
    sys.stderr.write(text)


def _say(level: int, event: str, text: str, about: dict[str, Value]) -> None:
    _log.log(level, "%s", text, extra={"event": event, "about": about})


def _word(record: logging.LogRecord) -> str:
    return REJECTED if getattr(record, "event", "") == REJECTED else _level(record)


def _level(record: logging.LogRecord) -> str:
    return _NAMES.get(record.levelno, record.levelname.lower())


def _fields(record: logging.LogRecord) -> dict[str, Value]:
    return {
        "time": _time(datetime.fromtimestamp(record.created, UTC)),
        "level": _level(record),
        "event": getattr(record, "event", "log"),
        "message": record.getMessage(),
        **getattr(record, "about", {"logger": record.name}),
    }


def _line(fields: dict[str, Value]) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
