"""How weekdays are written: the names of CLDR, the ordinals of Portuguese, colloquial and abbreviated forms."""

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from typing import Final

from babel import Locale

# Languages whose weekdays have no cases, so that a name of CLDR is found in every sentence.
_CODES = "en pt gl es ca fr it de nl sv da nb ar ja zh ko"
READ_LANGUAGES: Final = frozenset(_CODES.split())
DENSE: Final = frozenset({"ja", "zh", "ko"})
# A compound of these holds the name: Montagabend, lördagsöppet.
_COMPOUNDING: Final = frozenset({"de", "nl", "sv", "da", "nb"})
_SPELLING = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ـ": "", "\u00a0": " ", "\u202f": " "}
    | dict.fromkeys(map(chr, range(0x064B, 0x0653)), "")  # the vowel signs
)


class Trust(IntEnum):
    """How surely a word is a weekday: only beside another or before a mark, at least as an excuse, or always."""

    SHORT = 1
    LOOSE = 2
    NAME = 3


# What CLDR leaves to the reader, by day from Monday on, "." for none.
_ALSO: Final = {
    ("en", Trust.SHORT): ("mon tues weds thurs . . .", ". tue wed thur . . ."),
    ("pt", Trust.NAME): (
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira . .",
        "2.ª-feira 3.ª-feira 4.ª-feira 5.ª-feira 6.ª-feira . .",
        "2ª-feira 3ª-feira 4ª-feira 5ª-feira 6ª-feira . .",
        "2a-feira 3a-feira 4a-feira 5a-feira 6a-feira . .",
    ),
    ("pt", Trust.LOOSE): (
        "segunda terça quarta quinta sexta . .",
        "2.ª 3.ª 4.ª 5.ª 6.ª . .",
        "2ª 3ª 4ª 5ª 6ª . .",
        "2a 3a 4a 5a 6a . .",
    ),
    ("de", Trust.NAME): (". . . . . sonnabend sonn-",),
    ("ja", Trust.NAME): ("月曜 火曜 水曜 木曜 金曜 土曜 日曜",),
    ("zh", Trust.NAME): ("礼拜一 礼拜二 礼拜三 礼拜四 礼拜五 礼拜六 礼拜天", ". . . . . . 星期天"),
}


def spelled(text: str) -> str:
    """Write a text as its names are looked for."""
    return text.lower().translate(_SPELLING)


@cache
def names_of(language: str) -> dict[str, tuple[int, Trust]]:
    """Return the day of every name as a language writes it, and how surely it is one."""
    locale = Locale(language)
    names: dict[str, tuple[int, Trust]] = {}
    for width, trust in (("abbreviated", Trust.SHORT), ("wide", Trust.NAME)):
        for form in ("format", "stand-alone"):
            for day, name in dict(locale.days[form][width]).items():
                names[spelled(name).rstrip(".").removeprefix("ال")] = int(day), trust
    for (code, trust), rows in _ALSO.items():
        for row in rows if code == language else ():
            names |= {word: (day, trust) for day, word in enumerate(row.split()) if word != "."}
    return {form: found for name, found in names.items() for form in _forms(name, found[1])}


def _forms(name: str, trust: Trust) -> tuple[str, ...]:
    """Return a name with its plural, and that of Portuguese as it is written with a space too."""
    if name.endswith("-feira"):
        first = name.removesuffix("-feira")
        return name, f"{first} feira", f"{first}s-feiras", f"{first}s feiras"
    return (name, f"{name}s") if trust > Trust.SHORT and name.isalpha() and name[-1] not in "sª" else (name,)


@cache
def pattern_of(language: str) -> re.Pattern[str]:
    """Return what finds the names of a language in a spelled text, as group `name` or, in a compound, `inner`."""
    names = _joined(names_of(language))
    if language in DENSE:
        return re.compile(f"(?P<name>{names})")
    if language == "ar":
        return re.compile(rf"(?<!\w)[وفبك]?(?:ال|لل)(?P<name>{names})(?!\w)")
    whole = rf"(?<!\w)(?P<name>{names})(?!\w)"
    if language not in _COMPOUNDING:
        return re.compile(whole)
    sure = _joined(name for name, (_, trust) in names_of(language).items() if trust is Trust.NAME)
    return re.compile(rf"{whole}|(?P<inner>{sure})\w*")


def _joined(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
