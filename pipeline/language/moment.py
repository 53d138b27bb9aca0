"""What the calendar reads: one date, month, weekday or time of day of a text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HOUR: Final = 60
NOON: Final = 12 * HOUR
DAY: Final = 24 * HOUR


class Kind(StrEnum):
    """What a moment is."""

    DATE = "date"
    MONTH = "month"
    WEEKDAY = "weekday"
    SEVERAL_DAYS = "several_days"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One date, month, weekday (0 is Monday) or time of a text; what is not named is None.

    `link` is "range" or "list" where a weekday hangs together with the one before. `sure` is false for a word that may
    be another one ("May", "sat", "segunda"). `days` are all the days that are named by one word ("weekend").
    """

    start: int
    end: int
    kind: Kind
    day: int | None = None
    month: int | None = None
    year: int | None = None
    order_open: bool = False
    weekday: int | None = None
    days: frozenset[int] = frozenset()
    minute: int | None = None
    other_minute: int | None = None
    zone: str = ""
    link: str = ""
    sure: bool = True
