"""Reads the quantities of a text: amounts, counts, shares, durations, measures, ordinals, with all that qualifies them.

A translation keeps what a quantity says and changes how it is written, so both sides are read and the readings are
compared. A reading keeps what is needed to write the quantity anew: where it stands, its decimals, a currency that a
bare `$` leaves open, gross or net, a bound such as "up to".

>>> amount, = read("up to €60,000 gross per year", "en")
>>> amount.kind.value, amount.value, amount.unit, amount.comparator, amount.period, amount.basis
('money', Decimal('60000'), 'EUR', 'at_most', 'year', 'gross')
>>> span, = read("zwei bis drei Jahre", "de")
>>> span.value, span.upper, span.unit, span.worded, (span.start, span.end)
(Decimal('2'), Decimal('3'), 'year', True, (0, 19))
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec.structs import replace

from pipeline.language.currencies import code_behind, currency_before, letter_behind, surer
from pipeline.language.figures import figure, western
from pipeline.language.lexicon import Lexicon, lexicon
from pipeline.language.quantity import Kind, Quantity
from pipeline.language.words import BEHIND_FIGURES, Words, words_of
from pipeline.model.markup import TAG

_KEPT = 16384  # the locales of a project have the same sources
# What ends an amount before "/month": 120K, €1.5M.
_AMOUNT_ENDS = frozenset({"k", "eur", "usd", "gbp", "chf", "brl"})
_SIGN_AND_SLASH = 4
# How far behind a number its unit may stand, and what bounds it before: "60,000 gross euros", "a minimum of 5".
_REACH = 2
# What parts a number from what stands behind it.
_PARTING = frozenset(".,;:!?()/+")
_DASHES = frozenset("-–—~〜～−")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]")
# "18. Jahrhundert": a point and a word behind it; a number at the end of a sentence looks the same.
_DOTTED = re.compile(r"\.\s?[^\W\d_]")
# Groups of figures as of a bank account or a telephone, and figures that begin with a nought: a postcode.
_CODE = re.compile(r"(?<![\w.,])(?:[A-Z]{2}\d\d|\+?\d{2,4})(?:[ \u00a0-]\d{2,4}){3,}(?![\d:])")
# Without so many rows of figures there is no such code; a quick look before the search.
_FIGURES = re.compile("[0-9]+")
_CODE_GROUPS = 4
_LARGE = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+")
_ZERO_LED = re.compile(r"0\d{2,}")
_NO_FIGURE = re.compile(r"\D")
_MINUS = re.compile(r"(?:^|[\s(])[-\u2212\u2013]$")
_NOT_MULTIPLIED = frozenset({"401"})
# Units of one letter that may stand behind a space: 8 h, 5 g, 3 m.
_SPACED_LETTERS = frozenset("hgm")
# A date or a version; a longer row of numbers is a code.
_LONGEST_ROW = 6
_MILLION = 1_000_000
_THOUSAND = 1_000
# Signs of scale that the rest of a number stands right behind.
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_UNQUALIFIED: Final = (Kind.ORDINAL, Kind.IDENTIFIER, Kind.ALWAYS)
_DURATIONS: Final = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})


@lru_cache(maxsize=_KEPT)
def read(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in their order; figures are read in any language, words in those we know.

    Tags are nothing: the end of one is no sign for "more than".
    """
    if "<" in text:
        text = TAG.sub(_blank, text)
    words = words_of(text)
    known = lexicon(language)
    if not words.has_number and known.openers.isdisjoint(words.texts):
        return ()
    return tuple(_Reader(text, words, known).read())


def _blank(tag: re.Match[str]) -> str:
    return " " * len(tag[0])


@lru_cache(maxsize=_KEPT)
def periods(text: str, language: str) -> frozenset[str]:
    """Return what times a text names that something is paid or done for: per month, a day, /yr, annually.

    >>> sorted(periods("€45/h, 3 days a week", "en"))
    ['hour', 'week']
    """
    words, known = words_of(text), lexicon(language)
    begun = known.periods.beginnings(words)
    named = [found.meaning for place in begun if (found := known.periods.at(words.ordered, place))]
    if "/" in text:
        slashed = [place for place, word in enumerate(words.ordered) if word in known.slashed]
        named += filter(None, [period_at(text, words, place, known) for place in slashed])
    return frozenset(named)


def period_at(text: str, words: Words, place: int, known: Lexicon) -> str:
    """Return the time that is named at a word, "" if none is."""
    if found := known.periods.at(words.ordered, place):
        return found.meaning
    if words.ordered[place] not in known.slashed or not place:
        return ""
    word, before = words.placed[place], words.placed[place - 1]
    gap = text[before.end : word.start].strip()
    is_code = before.text in _AMOUNT_ENDS or text[before.start : before.end] in known.codes
    has_unit = is_code or known.units.at(words.ordered, place - 1) is not None
    amount = before.is_number or len(gap) > 1 or has_unit
    return known.slashed[word.text] if amount and gap.endswith("/") and len(gap) <= _SIGN_AND_SLASH else ""


class _Unit(NamedTuple):
    """The unit of a number, the place behind its words, and where it ends."""

    name: str
    stop: int
    end: int


class _Reader:
    """Reads one text; `_place` of every quantity is where its first and behind its last word."""

    def __init__(self, text: str, words: Words, known: Lexicon) -> None:
        self._text, self._known = text, known
        self._all, self._words, self._texts = words, words.placed, words.ordered
        plain = western(text)
        codes = _CODE.finditer(plain) if len(_FIGURES.findall(plain)) >= _CODE_GROUPS else ()
        self._codes = {match.start(): match.end() for match in codes if not _LARGE.fullmatch(match[0])}

    def read(self) -> list[Quantity]:
        found: list[tuple[Quantity, int, int]] = []
        openers, texts, behind = self._known.openers, self._texts, 0
        places = [place for place, text in enumerate(texts) if text < BEHIND_FIGURES or text in openers]
        for place in range(len(texts)) if self._codes else places:
            if place < behind:
                continue
            read = self._number(place)
            if read and found and (total := self._sum(found[-1], read[0])):
                found[-1] = total
                behind = total[2]
            elif read:
                found += read
                behind = read[-1][2]
        return [self._qualified(quantity, first, stop) for quantity, first, stop in self._ranges(found)]

    def _number(self, place: int) -> list[tuple[Quantity, int, int]] | None:
        """Return the quantity that begins at a word with the places of its words; several for a row of numbers."""
        word = self._words[place]
        if (word.is_number or self._codes) and (code := self._code(place)):
            return [code]
        if self._known.always.may_begin(word.text) and (always := self._known.always.at(self._texts, place)):
            return [(self._plain(place, always.stop, Kind.ALWAYS, Decimal(24)), place, always.stop)]
        if word.is_number:
            return self._figure(place)
        if word.text not in self._known.openers:
            return None
        if ordinal := self._known.ordinals.at(self._texts, place):
            return [(self._worded(place, ordinal.stop, Decimal(ordinal.meaning), Kind.ORDINAL), place, ordinal.stop)]
        return self._spelled(place)

    def _sum(
        self, one: tuple[Quantity, int, int], other: tuple[Quantity, int, int]
    ) -> tuple[Quantity, int, int] | None:
        """Return the sum of a thousand and the three figures behind it: "mil e 300", "2 mil 500"."""
        first, second = one[0], other[0]
        scale = _MYRIADS.get(self._text[first.end - 1 : first.end])
        if scale and first.end == second.start and second.value < scale and not first.unit:  # 1億5000万, 24万8,000
            return replace(second, start=first.start, value=first.value + second.value), one[1], other[2]
        if not self._known.adds_figures or first.unit or first.kind is not Kind.COUNT or first.value % _THOUSAND:
            return None
        gap = self._text[first.end : second.start].strip().lower()
        if not (
            second.value < _THOUSAND <= first.value and len(second.written) == len("300") and second.written.isdecimal()
        ):
            return None
        if gap and gap not in self._known.joining:
            return None
        if first.written.isdecimal() and Decimal(first.written) == first.value:
            return None  # two numbers in figures
        return replace(second, start=first.start, value=first.value + second.value), one[1], other[2]

    def _code(self, place: int) -> tuple[Quantity, int, int] | None:
        """Return a code of figures that begins at a word: its value are all its figures."""
        start, end = self._words[place].start, self._words[place].end
        if start and self._text[start - 1] == "+":
            start -= 1
        if start in self._codes:
            end = self._codes[start]
        elif not (self._words[place].is_number and _ZERO_LED.fullmatch(self._words[place].text)):
            return None
        stop = place + 1
        while stop < len(self._words) and self._words[stop].start < end:
            stop += 1
        written = western(self._text[start:end])
        figures = _NO_FIGURE.sub("", written)
        return (
            Quantity(start=start, end=end, kind=Kind.IDENTIFIER, value=Decimal(figures), written=figures),
            place,
            stop,
        )

    def _figure(self, place: int) -> list[tuple[Quantity, int, int]]:
        word = self._words[place]
        values = figure(word.text)
        if len(values) > 1:
            row = self._plain(
                place, place + 1, Kind.COUNT if len(values) <= _LONGEST_ROW else Kind.IDENTIFIER, values[0]
            )
            parts = values if row.kind is Kind.COUNT else values[:1]
            return [(replace(row, value=value, written=f"{value:f}"), place, place + 1) for value in parts]
        before, after = self._text[word.start - 1 : word.start], self._text[word.end : word.end + 1]
        following = self._words[place + 1] if place + 1 < len(self._words) else None
        attached = following if following and following.start == word.end and not following.is_number else None
        if attached and (attached.text in self._known.suffixes or (attached.text == "s" and len(word.text) > 1)):
            return [(self._plain(place, place + 2, Kind.ORDINAL, values[0]), place, place + 2)]
        if after in {"º", "ª"} or self._text[word.end : word.end + 2] in {".º", ".ª"}:
            return [(self._plain(place, place + 1, Kind.ORDINAL, values[0]), place, place + 1)]
        if self._known.dotted_ordinals and word.text.isdecimal() and _DOTTED.match(self._text, word.end):
            return [(self._plain(place, place + 1, Kind.ORDINAL, values[0]), place, place + 1)]
        if (
            before
            and _LETTERS_BEFORE.match(before)
            and not currency_before(self._text, self._words, place, self._known)
        ):
            previous = self._words[place - 1]
            if not (previous.end == word.start and ord(before) >= 0x3000):  # noqa: PLR2004  a dense script runs on
                return [(self._plain(place, place + 1, Kind.IDENTIFIER, values[0]), place, place + 1)]
        return [self._measured(place, place + 1, values[0], worded=False)]

    def _spelled(self, place: int) -> list[tuple[Quantity, int, int]] | None:
        """Return a number in words: twenty-five, two hundred and fifty, três mil."""
        found = self._known.cardinals.at(self._texts, place)
        if found is None:
            return None
        value, stop = Decimal(found.meaning), found.stop
        words = self._texts
        while stop < len(words):
            after = stop + 1 if words[stop] in self._known.joining and stop + 1 < len(words) else stop
            more = self._known.cardinals.at(words, after)
            if more is None or not self._near(stop - 1, after) or not 0 < more.meaning < _place_value(value):
                break
            if not self._known.sure(words[after]) and after > stop and more.stop == after + 1:
                break
            value, stop = value + Decimal(more.meaning), more.stop
        return [self._measured(place, stop, value, worded=True)]

    def _near(self, one: int, other: int) -> bool:
        gap = self._text[self._words[one].end : self._words[other].start]
        return all(char.isspace() or char == "-" or char.isalpha() for char in gap)

    def _measured(self, place: int, stop: int, value: Decimal, *, worded: bool) -> tuple[Quantity, int, int]:
        """Return a number with what multiplies it, and with its unit or currency."""
        written = self._text[self._words[place].start : self._words[stop - 1].end]
        others: tuple[Decimal, ...] = ()
        sure = not worded or stop - place > 1 or self._known.sure(self._words[place].text)
        currency = currency_before(self._text, self._words, place, self._known)
        if written not in _NOT_MULTIPLIED:
            factor, stop = self._factor(stop)
            if factor != 1:
                value, sure = value * factor, True
        start, end = self._words[place].start, self._words[stop - 1].end
        negative = (
            not worded
            and _MINUS.search(self._text[max(0, start - 2) : start]) is not None
            and self._is_degree_or_number(place)
        )
        if currency:
            start = currency.start
            times, end = letter_behind(self._text, end)
            value *= times
            name, end = code_behind(self._text, end, currency.name, self._known)
            while stop < len(self._words) and self._words[stop].start < end:
                stop += 1
        kind, unit = (Kind.MONEY, name) if currency else (Kind.COUNT, "")
        after = self._unit_after(stop, end)
        if after and not currency:
            unit, stop, end = after
            kind = self._kind_of(unit)
            if unit == "meter" and self._words[stop - 1].text == "m":  # metres, or millions: 3m users, 12 m€
                others, money = (value * _MILLION,), self._unit_after(stop, end)
                if self._text[end - 1] == "M":  # 5M users
                    value, others, kind, unit = value * _MILLION, (value,), Kind.COUNT, ""
                if money and self._kind_of(money.name) is Kind.MONEY:
                    value, others, kind = value * _MILLION, (), Kind.MONEY
                    unit, stop, end = money
        counts = bool(unit) and self._known.countable(written.lower())
        quantity = Quantity(
            start=start,
            end=end,
            kind=kind,
            value=value,
            others=others,
            unit=unit,
            worded=worded,
            sure=sure or counts,
            written=written,
            negative=negative,
        )
        return quantity, self._first_from(start, place), stop

    def _first_from(self, start: int, place: int) -> int:
        """Return the first word of a number, the letters of its currency included: US$ 5."""
        while place and self._words[place - 1].start >= start:
            place -= 1
        return place

    def _is_degree_or_number(self, place: int) -> bool:
        """Tell a minus from a dash: no number stands before it."""
        return not place or not self._words[place - 1].is_number

    def _factor(self, stop: int) -> tuple[Decimal, int]:
        """Return what the words behind a number multiply it by: mil, million, k; a thousand million."""
        factor = Decimal(1)
        while stop < len(self._words):
            found = self._known.scales.at(self._texts, stop)
            if found is None or self._words[stop].start - self._words[stop - 1].end > 1:
                break
            attached = self._words[stop].start == self._words[stop - 1].end
            if self._words[stop].text in {"m", "k"} and not attached and not self._sign_at(self._words[stop].end):
                break
            factor, stop = factor * Decimal(found.meaning), found.stop
        return factor, stop

    def _sign_at(self, place: int) -> bool:
        return self._text[place : place + 1] in self._known.signs

    def _unit_after(self, stop: int, end: int) -> _Unit | None:
        """Return the unit or currency behind a number, as a sign or as a word."""
        return self._sign_after(stop, end) or self._unit_word_after(stop, end)

    def _sign_after(self, stop: int, end: int) -> _Unit | None:
        gap = end
        while gap < len(self._text) and gap - end < _REACH and self._text[gap].isspace():
            gap += 1
        if self._text[gap : gap + 1] not in self._known.unit_sign_starts:
            return None
        for length in (3, 2, 1):
            sign = self._text[gap : gap + length]
            following = self._text[gap + length : gap + length + 1]
            if len(sign) < length or sign not in self._known.unit_signs or (sign[-1].isalpha() and following.isalpha()):
                continue
            if sign in self._known.signs and not sign[-1].isalpha() and following.isdigit():
                return None  # "5 $500": the sign belongs to the number behind it
            behind = stop
            while behind < len(self._words) and self._words[behind].start < gap + length:
                behind += 1
            return _Unit(self._known.unit_signs[sign], behind, gap + length)
        return None

    def _unit_word_after(self, stop: int, end: int) -> _Unit | None:
        for place in range(stop, min(stop + _REACH + 1, len(self._words))):
            word = self._words[place]
            between = self._text[end : word.start]
            if len(between) > _REACH or not _PARTING.isdisjoint(between):
                return None
            if self._text[word.start : word.end] in self._known.codes:
                return _Unit(self._text[word.start : word.end], place + 1, word.end)
            if found := self._known.units.at(self._texts, place):
                single = len(word.text) == 1 and (place > stop or (between and word.text not in _SPACED_LETTERS))
                return None if single else _Unit(found.meaning, found.stop, self._words[found.stop - 1].end)
            if word.text not in self._known.between:
                return None
            end = word.end
        return None

    def _kind_of(self, unit: str) -> Kind:
        if unit in _DURATIONS:
            return Kind.DURATION
        if unit in {"percent", "per_mille"}:
            return Kind.PERCENT
        return Kind.MONEY if unit in self._known.codes or unit in self._known.several else Kind.MEASURE

    def _plain(self, first: int, stop: int, kind: Kind, value: Decimal) -> Quantity:
        start, end = self._words[first].start, self._words[stop - 1].end
        return Quantity(start=start, end=end, kind=kind, value=value, written=self._text[start:end])

    def _worded(self, first: int, stop: int, value: Decimal, kind: Kind) -> Quantity:
        sure = stop - first > 1 or self._known.sure(self._words[first].text)
        return replace(self._plain(first, stop, kind, value), worded=True, sure=sure)

    def _ranges(self, found: Sequence[tuple[Quantity, int, int]]) -> Iterator[tuple[Quantity, int, int]]:
        """Join two numbers with a sign or a word of a range between them; the first shares unit and scale."""
        place = 0
        while place < len(found):
            quantity, first, stop = found[place]
            if place + 1 < len(found):
                other, _, behind = found[place + 1]
                if self._is_range(quantity, other):
                    yield _joined(quantity, other, self._known), first, behind
                    place += 2
                    continue
            yield quantity, first, stop
            place += 1

    def _is_range(self, one: Quantity, other: Quantity) -> bool:
        kinds = (one.kind, other.kind)
        if Kind.IDENTIFIER in kinds or Kind.ALWAYS in kinds or (Kind.ORDINAL in kinds and one.kind is not other.kind):
            return False
        between = self._text[one.end : other.start].strip().lower()
        if between in _DASHES:
            return True
        if between not in self._known.range or not (one.sure or other.sure):
            return False
        if one.unit and other.unit and one.unit != other.unit:
            return False
        return one.value <= other.value or bool(other.unit)

    def _qualified(self, quantity: Quantity, first: int, stop: int) -> Quantity:
        """Add what bounds a quantity and what it is for."""
        if quantity.kind in _UNQUALIFIED:
            return quantity
        comparator = self._bound(quantity, first, stop)
        period = basis = ""
        for place, word in enumerate(self._texts[stop : stop + 4], stop):
            basis = basis or self._known.bases.get(word, "")
            if period := period_at(self._text, self._all, place, self._known):
                break
        if not basis and first:
            basis = self._known.bases.get(self._texts[first - 1], "")
        if not (comparator or period or basis):
            return quantity
        return replace(quantity, comparator=comparator, period=period, basis=basis)

    def _bound(self, quantity: Quantity, first: int, stop: int) -> str:
        behind = self._text[quantity.end : quantity.end + 1]
        before = self._text[max(0, quantity.start - 3) : quantity.start]
        if behind == "+" or before.endswith("+"):
            return "at_least"
        before = before.rstrip()
        for sign, meaning in self._known.bound_signs.items() if before and not before[-1].isalnum() else ():
            if before.endswith(sign):
                return meaning
        if found := self._known.comparators_before.get(first, self._all, self._text):
            return found
        if stop >= len(self._words) or self._words[stop].start - quantity.end > _REACH:
            return ""
        after = self._known.comparators.at(self._texts, stop)
        if after and "," in self._text[quantity.end : self._words[stop].start]:
            following = self._words[after.stop : after.stop + _REACH]
            if any(word.is_number for word in following):  # "10%, no more than $500" bounds the dollars
                return ""
        return after.meaning if after and self._words[stop].text in self._known.trailing else ""


def _joined(one: Quantity, other: Quantity, known: Lexicon) -> Quantity:
    """Return the range of two quantities."""
    value, others = one.value, one.others
    factor = other.value / Decimal(other.written.replace(" ", "")) if other.written.isdecimal() and other.value else 1
    if factor > 1 and one.written.isdecimal() and Decimal(one.written) == one.value:
        others, value = (*others, value), value * Decimal(factor)
    unit, kind = (surer(one.unit, other.unit, known), other.kind) if other.unit else (one.unit, one.kind)
    return replace(
        one, end=other.end, gap=(one.end, other.start),
        upper=other.value, value=value, others=(*others, *other.others), unit=unit, kind=kind,
        sure=one.sure or other.sure, worded=one.worded and other.worded,
    )  # fmt: skip


def _place_value(value: Decimal) -> int:
    """Return the number below which another one may be added: 25 to 300, 5 to 20, nothing to 5."""
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return int(10**zeros) if zeros else 0


def is_scaled(quantity: Quantity) -> bool:
    """Tell whether a letter or a word multiplies the figures of a quantity: 10k, 5 million."""
    return figure(western(quantity.written)) != (quantity.value,)
