"""One quantity of a text, as `quantities` reads it and checks and writers of numbers take it."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a number counts."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    MEASURE = "measure"
    ORDINAL = "ordinal"
    IDENTIFIER = "identifier"
    ALWAYS = "always"


class Quantity(Struct, frozen=True, kw_only=True):  # made in a fifth of the time that a dataclass takes
    """One number or range of a text.

    `others` are further values it may have ("5 to 10 thousand" begins at 5 or 5,000). `unit` is a unit's or a
    currency's code, or the word for several currencies ("dollar"), "" if none is named. `period` is what the quantity
    is for ("year"), `basis` "gross" or "net". `worded` is true for words; `sure` is false for a word that may be no
    number ("one", "second"). `written` is the number as it stands
    there; a code of figures has no value but what is written. `negative` is true behind a minus. `gap` is
    what stands between the two ends of a range.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal
    upper: Decimal | None = None
    others: tuple[Decimal, ...] = ()
    unit: str = ""
    comparator: str = ""
    period: str = ""
    basis: str = ""
    worded: bool = False
    sure: bool = True
    written: str = ""
    negative: bool = False
    gap: tuple[int, int] = (0, 0)

    @property
    def decimals(self) -> int:
        """Return how many decimals are written."""
        return max(0, -int(self.value.as_tuple().exponent))
