"""The words of one language as its readings look them up: those of its data file, of CLDR and of `number_words.toml`.

Made once a language and kept. Languages without a data file have the words that CLDR and `any.toml` know.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name
from babel.units import UnknownUnitError, format_unit

from pipeline.language.knowledge import Knowledge, knowledge, number_words
from pipeline.language.words import Phrases, Word, Words, words_of

# Our names of units and those of CLDR.
CLDR_UNITS: Final = {
    "year": "duration-year", "month": "duration-month", "week": "duration-week", "day": "duration-day",
    "hour": "duration-hour", "minute": "duration-minute", "second": "duration-second",
    "kilogram": "mass-kilogram", "gram": "mass-gram", "pound_mass": "mass-pound", "tonne": "mass-tonne",
    "kilometer": "length-kilometer", "meter": "length-meter", "centimeter": "length-centimeter",
    "millimeter": "length-millimeter", "mile": "length-mile", "square_meter": "area-square-meter",
    "square_foot": "area-square-foot", "square_kilometer": "area-square-kilometer", "hectare": "area-hectare",
    "cubic_meter": "volume-cubic-meter", "liter": "volume-liter", "celsius": "temperature-celsius",
    "fahrenheit": "temperature-fahrenheit", "kilowatt": "power-kilowatt", "volt": "electric-volt",
    "gigabyte": "digital-gigabyte", "megabyte": "digital-megabyte", "terabyte": "digital-terabyte",
    "kilometer_per_hour": "speed-kilometer-per-hour", "percent": "concentr-percent",
}  # fmt: skip
# The currencies whose names are looked for in texts.
_CURRENCIES: Final = (
    "EUR", "USD", "GBP", "CHF", "BRL", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "MXN", "ARS", "CLP",
    "COP", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "RUB", "UAH", "TRY", "ZAR", "SGD", "HKD",
    "KRW", "ILS", "AED", "SAR", "EGP", "MAD", "NGN", "KES", "THB", "IDR", "MYR", "PHP", "VND",
)  # fmt: skip
_COUNTS: Final = (1, 2, 5)
PERIODS: Final = ("hour", "day", "week", "month", "year")
_MIN_NAME = 2
# A shorter word begins too many others: "par" and "para".
_MIN_BEGINNING = 4


class Before:
    """Finds the phrase of a list that ends before a word, with a filling word or two between."""

    _REACH = 4
    _FILLING = 2

    def __init__(self, phrases: Phrases[str], between: Iterable[str]) -> None:
        self._phrases, self._between = phrases, frozenset(between)

    def get(self, first: int, words: Words, text: str) -> str:
        """Return what the longest phrase before a place means, "" if none stands there."""
        stop, texts = first, words.ordered
        begun = self._phrases.begun(texts, max(0, stop - self._REACH - self._FILLING), stop)
        if not begun:
            return ""
        for _ in range(self._FILLING + 1):
            for place in begun:
                found = self._phrases.at(texts, place) if stop - self._REACH <= place < stop else None
                if found and found.stop == stop and _unbroken(words.placed, place, first, text):
                    return found.meaning
            if not stop or texts[stop - 1] not in self._between:
                return ""
            stop -= 1
        return ""


def _unbroken(words: Sequence[Word], first: int, stop: int, text: str) -> bool:
    return not any(char in ".,;:!?()" for char in text[words[first].end : words[stop - 1].end]) or any(
        word.text.endswith(("min", "max", "mind", "ca")) for word in words[first:stop]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of a language by what they tell; `openers` begin a number in words."""

    language: str
    openers: frozenset[str]
    cardinals: Phrases[float]
    ordinals: Phrases[int]
    soft: frozenset[str]
    joining: frozenset[str]
    suffixes: frozenset[str]
    range: frozenset[str]
    between: frozenset[str]
    scales: Phrases[int]
    units: Phrases[str]
    unit_signs: Mapping[str, str]
    unit_sign_starts: frozenset[str]
    signs: Mapping[str, str]
    sign_ends: frozenset[str]
    codes: frozenset[str]
    slashed: Mapping[str, str]
    several: Mapping[str, frozenset[str]]
    periods: Phrases[str]
    bases: Mapping[str, str]
    comparators: Phrases[str]
    comparators_before: Before
    bound_signs: Mapping[str, str]
    trailing: frozenset[str]
    always: Phrases[str]
    counts_words: bool
    dotted_ordinals: bool
    adds_figures: bool
    below_zero: frozenset[str]
    by_value: Mapping[float, tuple[str, ...]]

    def words_for(self, value: Decimal) -> tuple[str, ...]:
        """Return the words for a number, cardinal and ordinal, that are long enough to be known by their beginning."""
        return self.by_value.get(float(value), ())

    def sure(self, word: str) -> bool:
        """Tell whether a word is a number wherever it stands."""
        return word not in self.soft

    def countable(self, word: str) -> bool:
        """Tell whether a word is a number before a unit: not the one that is an article too."""
        value = self._single(word)
        return value not in {None, 0, 1}

    def _single(self, word: str) -> float | None:
        texts = words_of(word).ordered
        found = self.cardinals.at(texts, 0) if texts else None
        return found.meaning if found else None


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language."""
    own, everywhere, locale = knowledge(language), knowledge("any"), locale_of(language)
    numbers, made = own.table("numbers"), number_words(language)
    cardinals: dict[str, float] = {**numbers.get("words", {}), **made.get("cardinals", {})}
    for value, phrases in own.table("phrases").items():
        cardinals.update(dict.fromkeys(phrases, float(value)))
    ordinals = {**numbers.get("ordinals", {}), **made.get("ordinals", {})}
    ordinals = {word: value for word, value in ordinals.items() if word not in cardinals}
    comparators = Phrases(own.phrases("comparators"))
    between = frozenset(word for phrase in numbers.get("between", ()) for word in words_of(phrase).ordered)
    always = [*everywhere.phrases("always"), *own.phrases("always")]
    openers = {words_of(phrase).ordered[0] for phrase in (*cardinals, *ordinals, *dict(own.phrases("always")))}
    signs = everywhere.table("signs")
    units = everywhere.phrases("units")
    unit_signs = {**signs, **{unit: name for unit, name in units if not (unit.isascii() and unit.isalpha())}}
    return Lexicon(
        language=language,
        openers=frozenset(openers),
        cardinals=Phrases(cardinals.items()),
        ordinals=Phrases(ordinals.items()),
        soft=frozenset(numbers.get("soft", ())),
        joining=frozenset(numbers.get("joining", ())),
        suffixes=frozenset(numbers.get("suffixes", ())),
        range=frozenset(numbers.get("range", ("to",))),
        between=between,
        scales=Phrases((phrase, int(name)) for each in (own, everywhere) for phrase, name in each.phrases("scales")),
        units=_units(own, locale),
        unit_signs=unit_signs,
        unit_sign_starts=frozenset(sign[0] for sign in unit_signs),
        signs=signs,
        sign_ends=frozenset(sign[-1] for sign in signs),
        codes=_codes(),
        slashed=_slashed(own.table("units")),
        several={name: frozenset(codes) for name, codes in everywhere.table("several").items()},
        periods=Phrases(_periods(own.table("per"), own.table("units"))),
        bases={word: side for side, listed in own.table("polarity", "tax").items() for word in listed},
        comparators=comparators,
        comparators_before=Before(comparators, {*between, *numbers.get("filling", ())}),
        bound_signs=dict(everywhere.phrases("comparators")),
        trailing=frozenset(everywhere.table("trailing")["words"]),
        always=Phrases(always),
        counts_words=bool(made.get("cardinals") or numbers.get("words")),
        by_value=_by_value([*cardinals.items(), *ordinals.items(), *numbers.get("multiples", {}).items()]),
        dotted_ordinals=bool(numbers.get("dotted_ordinals")),
        adds_figures=bool(numbers.get("adds_figures")),
        below_zero=frozenset(numbers.get("below_zero", ())),
    )


def _units(own: Knowledge, locale: Locale | None) -> Phrases[str]:
    """Return the words for units and currencies, a language's own before those of CLDR."""
    everywhere = ((phrase, name) for phrase, name in knowledge("any").phrases("units") if phrase.isalpha())
    money = _currency_words(own.phrases("currencies"), locale)
    return Phrases([*own.phrases("units"), *money, *_cldr_units(locale), *everywhere])


def _by_value(words: Iterable[tuple[str, float]]) -> dict[float, tuple[str, ...]]:
    found: dict[float, list[str]] = {}
    for word, value in words:
        if len(word) >= _MIN_BEGINNING:
            found.setdefault(float(value), []).append(word)
    return {value: tuple(listed) for value, listed in found.items()}


@cache
def locale_of(language: str) -> Locale | None:
    """Return CLDR's data about a language, None where it has none."""
    try:
        return Locale.parse(language.replace("-", "_")) if language else None
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _codes() -> frozenset[str]:
    codes = map(str, Locale("en").currencies)
    return frozenset(code for code in codes if len(code) == 3)  # noqa: PLR2004  ISO 4217


def _cldr_units(locale: Locale | None) -> Iterator[tuple[str, str]]:
    """Yield the names and short forms of units that stand behind a number."""
    for name, unit in CLDR_UNITS.items() if locale else ():
        for length in ("long", "short"):
            for count in _COUNTS:
                try:
                    written = format_unit(count, unit, length=length, locale=locale)
                except UnknownUnitError:
                    continue
                word = written.strip("0123456789 \u00a0\u202f")
                if "-" not in word and len(word) >= _MIN_NAME and word[0].isalpha():
                    yield word, name


def _currency_words(own: Iterable[tuple[str, str]], locale: Locale | None) -> Iterator[tuple[str, str]]:
    """Yield the words for currencies: the full names of CLDR, and short ones that may be several."""
    for code in _CURRENCIES if locale else ():
        for count in _COUNTS:
            yield get_currency_name(code, count, locale=locale), code
    for phrase, name in own:
        yield phrase, _ONLY.get(name, name)


@cache
def currency_beginnings(code: str, language: str) -> frozenset[str]:
    """Return how the words begin that a language may call a currency by: złot for PLN, without its country."""
    locale = locale_of(language)
    name = locale.currencies.get(code, "").lower() if locale else ""
    country = locale.territories.get(code[:2], "").lower() if locale else ""
    words = [word for word in name.removeprefix(country).split() if len(word) >= _MIN_NAME]
    return frozenset(word[:_BEGINNING] for word in words)


_BEGINNING: Final = 4
_ONLY: Final = {"euro": "EUR", "real": "BRL"}


def _slashed(units: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what a word behind a slash names: 120K/yr, 45 €/h."""
    found = {"h": "hour", "hr": "hour", "d": "day", "wk": "week", "w": "week", "mo": "month", "yr": "year", "y": "year"}
    for name in PERIODS:
        found |= {word.strip("."): name for word in units.get(name, ())}
    return found


def _periods(per: Mapping[str, Sequence[str]], units: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield what names the time that something is paid or done for."""
    for name in PERIODS:
        for phrase in per.get(name, ()):
            yield phrase, name
        for before in per.get("before", ()):
            for unit in units.get(name, ()):
                if len(unit) > 1 and " " not in unit:
                    yield f"{before} {unit}", name
