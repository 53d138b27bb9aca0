r"""What a sentence states in figures is carried into the target, not translated: amounts, large numbers, dates, times.

`find_facts` says for a source where its facts stand and what comes back for each in the form of the target's locale.
Each is shown to the engine in a form (`asked`) that it gets right, so that the words around it agree with it: an amount
as another one of the same kind, a number, a date or a time as itself. `fit_facts` puts the text's own in its place
afterwards. Where an answer lost one, the question with every `asked` left out hides them behind markers.

Measured with bergamot, English to Portuguese and back:

- amounts: as written 34 of 60 sentences lost or changed one or kept its English form; a marker lost 1 of 124, but
  "over" became "mais do" at it and "earn under" "ganha com"; amounts like US$ 52,700 and R$ 52.700 lost 0 of 124 and 0
  of 39 (€52,700 lost 2, US$ 52.700 in Portuguese 9), with every word around them as it is at an amount.
- times: 09:00 and 22:00 came out right in 66 of 66 and 42 of 42 questions, 9:00 and 22:00 in 60 and 40, 9am in 47,
  9:00 AM in 44, 9h in 34.
- dates: "January 5, 2027" right in 21 of 24, "5 January 2027" in 11; behind a marker "apply by" became "aplicar por".
- days: "2ª a 6ª" became "2nd to 6th"; "segunda-feira a sexta-feira" comes out right.
- numbers with a plus: "10,000+ customers" lost it in 14 of 14, "at least 10,000 customers" kept it in 13.
- 10k, 5M: kept as they are in English; 10,000 and 5 million are translated. Counts without a sign are left as they are.

Of 246 lines of real English postings that state something 51 changed or lost it as written, 8 so, and 4 if those are
asked again with their facts hidden (`make bench`).

>>> from pipeline.model.locale import parse_locale
>>> found = find_facts("Up to $120K from Jan 31", parse_locale("en"), parse_locale("pt_BR"), FactHints(currency="USD"))
>>> [(each.text, each.asked) for each in found.replacements]
[('US$\xa0120.000', 'US$ 52,700'), ('31 de janeiro', 'January 31')]
>>> find_facts("Up to $120K", parse_locale("en"), parse_locale("pt_BR"), NO_HINTS).unsafe
'$120K may be in several currencies'
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Final, NamedTuple
from unicodedata import category

from babel import Locale

from pipeline.language import calendar, quantities
from pipeline.language.figures import NUMBER, figure, western
from pipeline.language.knowledge import knowledge
from pipeline.language.lexicon import lexicon
from pipeline.language.limits import MAX_WORD_CHARS
from pipeline.language.moment import HOUR, Moment
from pipeline.language.moment import Kind as MomentKind
from pipeline.language.quantities import is_scaled
from pipeline.language.quantity import Kind, Quantity
from pipeline.language.spans import longest_apart, protected_spans
from pipeline.language.writing import (
    names_million,
    write_amount,
    write_large,
    write_moment,
    write_number,
    write_percent,
    write_period,
    write_weekday,
)
from pipeline.model.markup import split_markup
from pipeline.translation.protection import Replacement

_DIGIT = re.compile(r"\d")
# "/yr", "/ hour", "p.a.": engines keep these as they are, or lose the amount before them.
_PERIOD_BEHIND = re.compile(r"\s?(?:/\s?[^\W\d_]+|p\.\s?a\.?(?!\w))")
_DASH = re.compile(r"\s*[-–—−]\s*")
_NUMERIC_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)")
_PLUS = re.compile(r"\+(?![\w+-])")
_ENDS_SENTENCE = frozenset(".!?>")
_NAME_BEFORE = re.compile(r"[A-Z][\w+#.-]*\s?\Z")
# Two times that stand as near as this are the two ends of a range.
_NEAR = 6
_MILLION = 1_000_000
# Of a word that multiplies, and of decimals.
_DIGITS_BEYOND = 40
_SPACES: Final = str.maketrans({"\u00a0": " ", "\u202f": " "})
_COUNTED: Final = frozenset({Kind.COUNT, Kind.PERCENT, Kind.DURATION, Kind.MEASURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class FactHints:
    """What the postings of a text say about what its words leave open.

    `currency` is the code that a bare `$` stands for, "" if nothing says so; `day_first` tells what 03/04/2027 is.
    """

    currency: str = ""
    day_first: bool | None = None


NO_HINTS: Final = FactHints()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of a source in their order.

    `unsafe` says why there is no safe target, "" if there is one; `check` is the one that asks for what is not known.
    """

    replacements: tuple[Replacement, ...] = ()
    unsafe: str = ""
    check: str = ""


def find_facts(text: str, source: Locale, target: Locale, hints: FactHints) -> Facts:
    """Return the facts of a source with what comes back for each in the target's form."""
    if not _DIGIT.search(text):
        return Facts()
    taken = tuple(kept_spans(text))
    finder = _Finder(text, source, target, hints)
    try:
        with exact_figures(text):
            found = [each for each in finder.find() if not overlaps(each[0], each[1], taken)]
    except _OpenFactError as open_fact:
        return Facts(unsafe=str(open_fact), check=open_fact.check)
    by_span = {(each.start, each.stop): each for each in found}
    return Facts(replacements=tuple(by_span[span] for span in sorted(longest_apart(by_span))))


def exact_figures(text: str) -> AbstractContextManager[object]:
    """Return a context in which every digit of a text counts; a number of more than 28 is no error then."""
    return localcontext(prec=len(text) + _DIGITS_BEYOND)


def kept_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield what no fact may be read in: tags and what is protected."""
    position = 0
    for number, part in enumerate(split_markup(text)):
        if number % 2:
            yield position, position + len(part)
        position += len(part)
    yield from protected_spans(text)


def overlaps(start: int, stop: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a span has a part in common with one of others."""
    return any(start < end and begin < stop for begin, end in spans)


def _begins_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence begins at a place: at once or behind spaces after an end mark or a tag."""
    place = start
    while place and text[place - 1].isspace():
        place -= 1
    return not start or text[max(0, place - 1) : place] in _ENDS_SENTENCE


class _OpenFactError(ValueError):
    """What a fact says is not known: its currency, its day and month."""

    def __init__(self, check: str, reason: str) -> None:
        self.check = check
        super().__init__(reason)


class _End(NamedTuple):
    """One end of a range, or a quantity that is none."""

    start: int
    stop: int
    value: Decimal


class _Finder:
    """Finds the facts of one text; each amount is asked as another of the source language's `amounts`."""

    def __init__(self, text: str, source: Locale, target: Locale, hints: FactHints) -> None:
        self._text, self._source, self._target, self._hints = text, source, target, hints
        known, self._lexicon = knowledge(source.language), lexicon(source.language)
        amounts = known.listed("writing", "amounts")
        self._amounts = iter([each for each in amounts if each.split()[-1] not in text])
        self._at_least = next(iter(known.listed("comparators", "at_least")), "")
        self._to = next(iter(known.listed("numbers", "range")), "")

    def find(self) -> Iterator[Replacement]:
        moments = calendar.read(self._text, self._source.language)
        dated = [(moment.start, moment.end) for moment in moments]
        yield from self._moments(moments)
        figures = [
            quantity
            for quantity in quantities.read(self._text, self._source.language)
            if not quantity.worded and not overlaps(quantity.start, quantity.end, dated)
        ]
        places = Counter((quantity.start, quantity.end) for quantity in figures)
        # Several numbers in one place are a row, which no language writes otherwise: Kafka 2.8.1, chapter 2.1.3.
        rows = [place for place, count in places.items() if count > 1]
        starts, stops = {start for start, _ in rows}, {stop for _, stop in rows}
        for quantity in figures:
            if quantity.start not in starts and quantity.end not in stops:
                yield from self._quantity(quantity)
        yield from (Replacement(*row, self._text[slice(*row)]) for row in rows)

    def _moments(self, moments: Sequence[Moment]) -> Iterator[Replacement]:
        for place, moment in enumerate(moments):
            glued = self._text[moment.end : moment.end + 1].isalnum()  # 18:00Local
            if glued or not moment.sure or not _DIGIT.search(self._text[moment.start : moment.end]):
                continue
            if moment.kind is MomentKind.TIME and any(each.other_minute for each in _neighbours(moments, place)):
                continue
            decided = self._decided(moment) if moment.kind is MomentKind.DATE else moment
            written = _said(decided, self._target)
            asked = _clock(decided) or _said(decided, self._source)
            if written and asked:
                yield Replacement(moment.start, moment.end, written, asked.translate(_SPACES))

    def _decided(self, moment: Moment) -> Moment:
        """Return a date with its day and month as the postings have them."""
        if not moment.order_open or moment.day == moment.month:
            return replace(moment, order_open=False)
        written = self._text[moment.start : moment.end]
        numeric = _NUMERIC_DATE.fullmatch(western(written))
        if self._hints.day_first is None or numeric is None:
            raise _OpenFactError("dates", f"{written} may be two days")
        first, second = int(numeric[1]), int(numeric[3])
        day, month = (first, second) if self._hints.day_first else (second, first)
        return replace(moment, day=day, month=month, order_open=False)

    def _quantity(self, quantity: Quantity) -> Iterator[Replacement]:
        if quantity.kind is Kind.MONEY and self._is_open_word(quantity):
            yield from self._number(quantity)
        elif quantity.kind is Kind.MONEY:
            yield from self._amount(quantity)
        elif quantity.unit == "percent" and (quantity.upper is None or self._is_dashed(quantity)):
            written = write_percent(quantity.value, self._target, quantity.upper)
            yield Replacement(quantity.start, quantity.end, written, self._text[quantity.start : quantity.end])
        elif quantity.kind in _COUNTED:
            yield from self._number(quantity)

    def _is_open_word(self, quantity: Quantity) -> bool:
        """Tell whether a word that nothing decides follows the figures: "50 pounds" are as open in the target."""
        decided = quantity.unit in self._lexicon.codes or self._hints.currency in self._lexicon.several.get(
            quantity.unit, ()
        )
        signs = (category(char) == "Sc" for char in self._text[quantity.start : quantity.end])
        return not decided and not any(signs)

    def _amount(self, quantity: Quantity) -> Iterator[Replacement]:
        """Yield an amount, the two of a range by themselves where a word stands between them."""
        code, large = self._code(quantity), names_million(quantity)
        ends = [_End(quantity.start, quantity.end, quantity.value)]
        upper = quantity.upper
        if upper is not None and not self._is_dashed(quantity):
            ends, upper = list(_ends(quantity)), None
        for end in ends:
            behind = _PERIOD_BEHIND.match(self._text, end.stop) if quantity.period and end is ends[-1] else None
            written = write_amount(self._decimals(end, quantity), code, self._target, upper=upper, large=large)
            if behind:
                written = write_period(written, quantity.period, self._target)
            stop = behind.end() if behind else end.stop
            yield self._with_plus(Replacement(end.start, stop, written, next(self._amounts, "")))

    def _decimals(self, end: _End, quantity: Quantity) -> Decimal:
        """Return the value of an amount: 3.50 as it is written, 4.5 thousand as 4500."""
        return whole(end.value) if is_scaled(quantity) else end.value

    def _code(self, quantity: Quantity) -> str:
        """Return the currency of an amount."""
        if quantity.unit in self._lexicon.codes:
            return quantity.unit
        if self._hints.currency in self._lexicon.several.get(quantity.unit, ()):
            return self._hints.currency
        raise _OpenFactError("currency", f"{self._text[quantity.start : quantity.end]} may be in several currencies")

    def _number(self, quantity: Quantity) -> Iterator[Replacement]:
        """Yield a number that a language writes in its own way: with a sign between thousands, a letter, a plus."""
        ends = list(_ends(quantity))
        versions = [self._written(end) for end in ends if self._is_version(end, quantity)]
        yield from (Replacement(*span, self._text[slice(*span)]) for span in versions)
        ends = [end for end in ends if self._written(end) not in versions]
        if not any(self._has_form(end, quantity) for end in ends):
            if quantity.upper is None and quantity.kind is Kind.COUNT and _PLUS.match(self._text, quantity.end):
                number = self._text[quantity.start : quantity.end]
                yield self._with_plus(Replacement(quantity.start, quantity.end, number, number))
            return
        shown = [self._shown(end, quantity) for end in ends]
        if len(shown) > 1 and self._is_dashed(quantity) and self._to:
            first, last = shown
            asked = f"{first.asked} {self._to} {last.asked}"
            yield Replacement(first.start, last.stop, f"{first.text}–{last.text}", asked)
        else:
            yield from (self._with_plus(each) for each in shown)

    def _shown(self, end: _End, quantity: Quantity) -> Replacement:
        """Return a number as it is asked and as it comes back behind a marker, without its unit."""
        scaled = self._is_scaled(end, quantity)
        large = scaled or (quantity.kind is Kind.COUNT and end.value >= _MILLION)
        asked = write_large(end.value, self._source) if large else write_number(end.value, self._source)
        start, stop = (end.start, end.stop) if scaled else self._written(end)
        return Replacement(
            start, stop, write_number(whole(end.value) if large else end.value, self._target), asked.translate(_SPACES)
        )

    def _written(self, end: _End) -> tuple[int, int]:
        """Return where the figures of a number stand."""
        match = NUMBER.search(self._text, end.start, end.stop)
        return match.span() if match else (end.start, end.stop)

    def _has_form(self, end: _End, quantity: Quantity) -> bool:
        start, stop = self._written(end)
        return not self._text[start:stop].isdecimal() or self._is_scaled(end, quantity)

    def _is_scaled(self, end: _End, quantity: Quantity) -> bool:
        """Tell whether a letter or a word multiplies a number: 10k, 5 million."""
        start, stop = self._written(end)
        return quantity.kind is Kind.COUNT and figure(western(self._text[start:stop])) != (end.value,)

    def _is_version(self, end: _End, quantity: Quantity) -> bool:
        """Tell whether a number with decimals and without a unit is part of a name: Python 3.11."""
        start, _ = self._written(end)
        plain = quantity.kind is Kind.COUNT or (end.stop < quantity.end and not self._is_dashed(quantity))
        decimals = "." in f"{end.value:f}" and not self._is_scaled(end, quantity)
        return plain and decimals and _NAME_BEFORE.search(self._text, max(0, start - MAX_WORD_CHARS), start) is not None

    def _is_dashed(self, quantity: Quantity) -> bool:
        """Tell whether a dash stands between the two ends of a range."""
        return _DASH.fullmatch(self._text[slice(*quantity.gap)]) is not None

    def _with_plus(self, found: Replacement) -> Replacement:
        """Ask for "10,000+" as "at least 10,000", or as "10,000" behind a bound in words."""
        if not _PLUS.match(self._text, found.stop) or not self._at_least:
            return found
        without = f"{self._text[: found.stop]} {self._text[found.stop + 1 :]}"
        bound = any(
            each.comparator and each.start <= found.start < each.end
            for each in quantities.read(without, self._source.language)
        )
        words = "" if bound else f"{self._at_least} "
        if _begins_sentence(self._text, found.start):
            words = words[:1].upper() + words[1:]
        asked = f"{words}{found.asked}" if found.asked else ""
        return Replacement(found.start, found.stop + 1, f"{found.text}+", asked)


def whole(value: Decimal) -> Decimal:
    """Return a whole number without decimals: 4500.0 as 4500."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _ends(quantity: Quantity) -> Iterator[_End]:
    """Yield the two ends of a range, or the one of a quantity that is none."""
    if quantity.upper is None:
        yield _End(quantity.start, quantity.end, quantity.value)
    else:
        yield _End(quantity.start, quantity.gap[0], quantity.value)
        yield _End(quantity.gap[1], quantity.end, quantity.upper)


def _neighbours(moments: Sequence[Moment], place: int) -> Iterator[Moment]:
    """Yield a time and those that stand so near that they are the other end of its range."""
    yield moments[place]
    for other in (place - 1, place + 1):
        if 0 <= other < len(moments):
            gap = max(moments[other].start - moments[place].end, moments[place].start - moments[other].end)
            if gap <= _NEAR:
                yield moments[other]


def _said(moment: Moment, locale: Locale) -> str:
    """Return a moment as a locale writes it; a day of the week by its name: 2ª is segunda-feira."""
    if moment.kind is MomentKind.WEEKDAY and moment.weekday is not None:
        return write_weekday(moment.weekday, locale)
    return write_moment(moment, locale)


def _clock(moment: Moment) -> str:
    """Return a time in the form that engines read best: 09:30."""
    return "" if moment.minute is None else f"{moment.minute // HOUR:02}:{moment.minute % HOUR:02}"
