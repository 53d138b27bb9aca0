"""How long a download may take, and how often it is tried."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pipeline.errors import DownloadError

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")

MAX_PAUSE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a download may take; `attempts` counts those in a row that bring nothing new."""

    connect_seconds: float = 10
    read_seconds: float = 30
    total_seconds: float = 3600
    attempts: int = 4
    pause_seconds: float = 1  # before the second attempt, then twice as long each time


def deadline_of(patience: Patience) -> float:
    """Return when a download that begins now has taken too long, on the monotonic clock."""
    return time.monotonic() + patience.total_seconds


def try_patiently(
    attempt: Callable[[], _Result], patience: Patience, deadline: float, had: Callable[[], int] = lambda: 0
) -> _Result:
    """Repeat what fails in passing, after longer and longer pauses; `had` tells how many bytes are there by now.

    Raises the last DownloadError once too many attempts in a row have brought nothing.
    """
    most, failed = had(), 0
    while True:
        try:
            return attempt()
        except DownloadError as error:
            failed = 1 if had() > most else failed + 1
            most = max(most, had())
            pause = min(max(patience.pause_seconds * 2 ** (failed - 1), error.pause), MAX_PAUSE_SECONDS)
            if not error.passing or failed >= patience.attempts or time.monotonic() + pause > deadline:
                raise
            _log.warning("%s; trying again in %g s", error, pause)
            time.sleep(pause)
