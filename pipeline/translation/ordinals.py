"""Numbers whose full stop ends no sentence: the ordinals of German and its neighbours, and rows that count on."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from pipeline.language.knowledge import knowledge
from pipeline.language.letters import writes_capital_nouns

# Behind an ordinal stands at most one that it is counted together with: "13./14. Monatslohn", "1.–4. Klasse".
_ORDINAL = re.compile(
    r"(?:^|(?P<before>\S+)\s+)(?:[(\[„“«»\"'/]|<\w+>)*(?:\d{1,2}\.\s?[/–-]\s?)?(?P<number>\d{1,3}|[IVX]{1,5})\.\s*$"
)
# "Von 9 bis 17.": the first number would have its full stop too, if the second were an ordinal.
_COUNTED_TOGETHER = re.compile(r"\d\s+[^\W\d_]{2,4}\s+\d+\.\s*$")
_IN_A_ROW = re.compile(r"(?<![\w.,])(\d{1,2})[.)]\s+(?=\S)")
_LAST_NUMBER = re.compile(r"(?<![\w.,])(\d{1,2})[.)]\s*$")
_FIRST_WORDS = re.compile(r"[\W\d_]*([^\W\d_]+)(?: ([^\W\d_]+))?")
_TAG = re.compile(r"</?\w+[^<>]*>")
# No ordinal stands further back.
_LOOK_BACK_CHARS = 80
# Above that only with an article in front: "zum 100. Geburtstag", but "wir sind 120. Werde Teil davon".
MAX_BARE_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinalWords:
    """The words of a language around an ordinal, small.

    Ordinals follow `articles` and counts follow `counting`; with `openers` a sentence begins, as with a verb before
    `addressed`. `calendar` names months and days. In a language of `capital_nouns` any capital may continue.
    """

    articles: frozenset[str] = frozenset()
    counting: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    addressed: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    capital_nouns: bool = False

    @classmethod
    def of(cls, language: str) -> "OrdinalWords":
        """Return those of a language; those of the calendar are CLDR's, where it writes a day with a full stop."""
        table = knowledge(language).table("ordinals")
        return cls(
            articles=frozenset(table.get("articles", ())),
            counting=frozenset(table.get("counting", ())),
            openers=frozenset(table.get("openers", ())),
            addressed=frozenset(table.get("addressed", ())),
            calendar=all_calendar_words(language) if _writes_ordinals(language) else frozenset(),
            capital_nouns=writes_capital_nouns(language),
        )


def goes_on_behind_number(sentence: str, following: str, words: OrdinalWords) -> bool:
    """Tell whether the number with a full stop at the end of `sentence` counts or orders what follows.

    >>> german = OrdinalWords(articles=frozenset({"im"}), openers=frozenset({"wir"}), capital_nouns=True)
    >>> goes_on_behind_number("Das Büro liegt im 3. ", "Stock.", german)
    True
    >>> goes_on_behind_number("Das Büro zählt 12. ", "Wir bauen.", german)
    False
    """
    sentence = sentence[-_LOOK_BACK_CHARS:]
    return _counts_on(sentence) or _is_ordinal(sentence, following, words)


@cache
def calendar_words(language: str, width: str) -> frozenset[str]:
    """Return the names of months and days, "wide" or "abbreviated", small and without full stops: by CLDR."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    tables = (kinds[use].get(width, {}) for kinds in (locale.months, locale.days) for use in ("format", "stand-alone"))
    names = (name for table in tables for name in table.values())
    return frozenset(name.casefold().rstrip(".") for name in names if any(map(str.isalpha, name)))


def all_calendar_words(language: str) -> frozenset[str]:
    """Return the names of months and days, long and short."""
    return calendar_words(language, "wide") | calendar_words(language, "abbreviated")


@cache
def _writes_ordinals(language: str) -> bool:
    """Tell whether CLDR writes the day of a long date as an ordinal, with a full stop."""
    try:
        return "d." in Locale.parse(language).date_formats["long"].pattern
    except (UnknownLocaleError, ValueError):
        return False


def _counts_on(sentence: str) -> bool:
    """Tell whether the number is the next one of a row within the sentence: "1. Plan 2. Build"."""
    last = _LAST_NUMBER.search(sentence)
    return last is not None and str(int(last[1]) - 1) in _IN_A_ROW.findall(sentence)


def _is_ordinal(sentence: str, following: str, words: OrdinalWords) -> bool:
    match = _ORDINAL.search(sentence)
    if match is None:
        return False
    first, second = _first_words(following)
    if first in words.calendar:
        return True
    # A sentence begins here, by its first word or by whom its verb speaks to: "Bewerben Sie sich".
    if first in words.openers or second in words.addressed:
        return False
    before = match["before"] or ""
    if before.casefold() in words.articles:
        return True
    if not words.capital_nouns or len(match["number"]) > MAX_BARE_DIGITS:
        return False
    # "Entgeltgruppe 9.": a number behind a noun is its label, unless that noun begins the sentence.
    label = before[:1].isupper() and before.isalpha() and match.start() > 0
    return not label and before.casefold() not in words.counting and not _COUNTED_TOGETHER.search(sentence)


def _first_words(text: str) -> tuple[str, str]:
    """Return the first word, and the second if only a space stands between them."""
    match = _FIRST_WORDS.match(_TAG.sub("", text[:_LOOK_BACK_CHARS]))
    return (match[1].casefold(), (match[2] or "").casefold()) if match else ("", "")
