r"""Edits of a source that change only facts, and the same facts put into its target.

Where a number, an amount, a date, a time or a name of a sentence is another one and every word beside it is the same,
its target needs that fact and nothing else, in the form that its locale writes and that this target has:

    >>> edit = FactEdit(source=Locale("en"), target=Locale("de"))
    >>> edit.carry("3 years, from $1,500 by May 5", "4 years, from $1,600 by May 15", "3 Jahre, ab 1.500 $ bis 5. Mai")
    '4 Jahre, ab 1.600 $ bis 15. Mai'
    >>> edit.carry("3 years of Python", "3 years of Java", "3 Jahre Python")
    '3 Jahre Java'

Every fact has to stand in the target as often as in the source, and the result is read again: it states the new facts
and all others as before. Else there is no proposal.

Real postings have 332 pairs of sentences with only other facts in them, which an engine translated each by itself. The
target of the one became a proposal for the other in 142, all of them right; the other 190 targets stated an amount that
their source does not, and gave none. Of 1,000 edits made of real postings (`python -m tests.bench edits`), 982 get the
right proposal, and none is published unreviewed.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from babel import Locale

from pipeline.catalog.fact_rewriting import Number, rewrite_moment, rewrite_number
from pipeline.language import calendar, quantities
from pipeline.language.figures import NUMBER, western
from pipeline.language.moment import Kind as MomentKind
from pipeline.language.moment import Moment
from pipeline.language.product_names import find_names
from pipeline.language.quantity import Kind, Quantity
from pipeline.language.spans import name_pattern, protected_spans
from pipeline.language.typography import cities, is_elided

_KEPT = 4096
# A private sign for each fact of a skeleton.
_BLANK = "\ue000"
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
# Longer texts are no sentences; finding what differs takes more than linear time.
_MAX_TOKENS = 400
_MAX_FACTS = 50
_MAX_NAME_WORDS = 3
_LETTER_BEFORE = re.compile(r"\w['’]?\s*\Z")
_VOWELS = frozenset("aeiouyhàâäáéèêëíîïóôöúûüAEIOUYHÀÂÄÁÉÈÊËÍÎÏÓÔÖÚÛÜ")


# What a fact says; a code of figures says itself.
Said = Number | Moment | str


class Fact(NamedTuple):
    """A number or a moment of a text: where it stands, what else of it must be the same, what it says."""

    start: int
    stop: int
    shape: tuple[object, ...]
    says: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEdit:
    """Carries the facts of an edited source into its target; `names` are those of its postings: employers, cities."""

    source: Locale
    target: Locale
    names: Collection[str] = ()

    def skeleton(self, source: str) -> str:
        """Return what is left of a source without its facts: two with the same one differ in facts alone."""
        return skeleton(source, self.source.language)

    def carry(self, before: str, after: str, target: str) -> str | None:
        """Return a target of `before` with the facts of `after`; None if more was changed or a fact is not found."""
        language = self.source.language
        if skeleton(before, language) != skeleton(after, language):
            return self._with_names(before, after, target)
        pairs = list(zip(facts(before, language), facts(after, language), strict=True))
        changes = _changes((one.says, other.says) for one, other in pairs)
        if changes is None or len(pairs) > _MAX_FACTS:
            return None
        here = facts(target, self.target.language)
        pieces: list[tuple[int, int, str]] = []
        for old, new in changes.items():
            found = [fact for fact in here if _same(old, fact.says)]
            if len(found) != sum(_same(old, one.says) for one, _ in pairs):
                return None
            for fact in found:
                written = self._written(target, fact, old, new)
                if not written:
                    return None
                pieces.append((fact.start, fact.stop, written))
        carried = _replaced(target, pieces)
        return carried if self._states(carried, here, changes) else None

    def _written(self, target: str, fact: Fact, old: Said, new: Said) -> str:
        """Return a fact of a target anew, in the first form that is read as the new one; "" if there is none."""
        text = target[fact.start : fact.stop]
        match (fact.says, old, new):
            case (Number() as here, Number(), Number()):
                candidates: tuple[str, ...] = (rewrite_number(text, here, (old, new), self.source, self.target),)
            case (Moment() as here, Moment(), Moment()):
                candidates = rewrite_moment(text, here, (old, new), self.target)
            case _:
                candidates = (str(new),)
        return next((each for each in candidates if each and self._is_read(target, fact, each, new)), "")

    def _is_read(self, target: str, fact: Fact, written: str, new: Said) -> bool:
        """Tell whether a target with a fact written anew is read as saying it there."""
        read = facts(target[: fact.start] + written + target[fact.stop :], self.target.language)
        return any(each.start <= fact.start < each.stop and _same(new, each.says) for each in read)

    def _states(self, carried: str, before: Sequence[Fact], changes: dict[Said, Said]) -> bool:
        """Tell whether a carried target says the new facts, and all others as before."""
        after = facts(carried, self.target.language)
        wanted = [next((new for old, new in changes.items() if _same(old, was.says)), was.says) for was in before]
        return len(after) == len(before) and all(map(_same, wanted, (now.says for now in after)))

    def _with_names(self, before: str, after: str, target: str) -> str | None:
        """Return a target with the names that alone were changed; None if it has not each of them as often."""
        regions = _regions(before, after)
        changed = Counter(self._names_at(before, after, region) for region in regions or ())
        carried = target
        for (old, new), times in changed.items():
            if not old or times != len(name_pattern(old).findall(before)):
                return None
            carried = self._with_name(carried, old, new, times)
            if not carried:
                return None
        return carried if changed else None

    def _names_at(self, before: str, after: str, region: "_Region") -> tuple[str, str]:
        """Return the old and the new name where two sources differ, with words beside that belong to both."""
        for first, last in _widened(before, after, region):
            old, new = before[first[0] : first[1]], after[last[0] : last[1]]
            if old[:1].isupper() and self._is_name(after, last) and old != new:
                return old, new
        return "", ""

    def _is_name(self, text: str, span: tuple[int, int]) -> bool:
        """Tell whether a part of a source is a name: one of its postings, a listed or protected one, a city."""
        part = text[slice(*span)]
        if part in self.names or part in cities(self.source).values() or part in self.source.territories.values():
            return True
        found = (*find_names(text, self.source.language), *protected_spans(text))
        return any(tuple(each) == span for each in found)

    def _with_name(self, target: str, old: str, new: str, times: int) -> str:
        """Put a name in the place of another, as the target's language calls it; "" if that is not there as often."""
        for here, there in ((self._called(old), self._called(new)), (old, new)):
            pattern = name_pattern(here)
            found = list(pattern.finditer(target))
            if len(found) != times or not found:
                continue
            sounds_alike = (here[0] in _VOWELS) == (there[0] in _VOWELS)
            if not sounds_alike and any(is_elided(target[: each.start()], self.target.language) for each in found):
                return ""
            if self._is_country(old) and any(_LETTER_BEFORE.search(target[: each.start()]) for each in found):
                return ""
            return pattern.sub(lambda _, there=there: there, target)  # type: ignore[misc]  # mypy infers no lambda with a default
        return ""

    def _is_country(self, name: str) -> bool:
        """Tell whether a name is a country's: the words before it change with it, en Espagne, au Portugal."""
        return name in self.source.territories.values()

    def _called(self, name: str) -> str:
        """Return what the target's locale calls a city or a country, by CLDR; any other name stays."""
        for here, there in (
            (cities(self.source), cities(self.target)),
            (self.source.territories, self.target.territories),
        ):
            code = next((code for code, called in here.items() if called == name), "")
            if code in there:
                return str(there[code])
        return name


class _Region(NamedTuple):
    """Where two texts differ: from where to where in the one and in the other."""

    first: tuple[int, int]
    last: tuple[int, int]


@lru_cache(maxsize=_KEPT)
def facts(text: str, language: str) -> tuple[Fact, ...]:
    """Return the facts of a text in their order; none overlap."""
    moments = [each for each in calendar.read(text, language) if each.sure and each.kind is not MomentKind.SEVERAL_DAYS]
    found = [Fact(each.start, each.end, (each.kind, each.zone), _without_place(each)) for each in moments]
    rows: defaultdict[tuple[int, int], list[Quantity]] = defaultdict(list)
    for quantity in quantities.read(text, language):
        if quantity.sure and quantity.kind is not Kind.ALWAYS and not _overlaps(quantity, moments):
            rows[quantity.start, quantity.end].append(quantity)
    for span, (quantity, *more) in rows.items():
        if more or quantity.kind is Kind.IDENTIFIER:
            found.append(Fact(*span, ("code",), text[slice(*span)]))
        else:
            found += _of_quantity(text, quantity)
    return tuple(sorted(found, key=lambda each: each.start))


def skeleton(text: str, language: str) -> str:
    """Return a text with a sign for each of its facts, and what of these must be the same.

    >>> skeleton("3 years, from Monday", "en") == skeleton("1 year, from Friday", "en")
    True
    """
    pieces, end = [], 0
    for fact in facts(text, language):
        pieces += [text[end : fact.start], f"{_BLANK}{fact.shape}{_BLANK}"]
        end = fact.stop
    return "".join((*pieces, text[end:]))


def _overlaps(quantity: Quantity, moments: Sequence[Moment]) -> bool:
    """Tell whether a quantity is a part of a moment; these stand in order, and none overlap."""
    before = bisect_left(moments, quantity.end, key=lambda each: each.start)
    return before > 0 and moments[before - 1].end > quantity.start


def _without_place(moment: Moment) -> Moment:
    return replace(moment, start=0, end=0)


def _of_quantity(text: str, quantity: Quantity) -> Iterator[Fact]:
    """Yield a quantity, or the two ends of a range."""
    unit = "" if quantity.kind is Kind.MONEY else quantity.unit
    shape = (quantity.kind, unit, quantity.comparator, quantity.period, quantity.basis, quantity.negative)
    ends = [(quantity.start, quantity.end, quantity.value)]
    if quantity.upper is not None:
        first, last = quantity.gap
        ends = [(quantity.start, first, quantity.value), (last, quantity.end, quantity.upper)]
    for start, stop, value in ends:
        part = text[start:stop]
        figures = NUMBER.search(western(part))
        written = part[slice(*figures.span())] if figures else _words(part, quantity)
        beside = part.replace(written, "", 1)
        number = Number(
            kind=quantity.kind, value=value, unit=quantity.unit, written=written, beside=beside, worded=figures is None
        )
        yield Fact(start, stop, shape, number)


def _words(text: str, quantity: Quantity) -> str:
    """Return the words of a number: of the second one of a range, its first word."""
    return quantity.written if text.startswith(quantity.written) else text.split(maxsplit=1)[0]


def _changes(
    pairs: Iterable[tuple[Said, Said]],
) -> dict[Said, Said] | None:
    """Return what became of each fact that was changed; None if one became two, or stayed in one of its places."""
    became: defaultdict[object, list[tuple[Said, Said]]] = defaultdict(list)
    for old, new in pairs:
        became[_key(old)].append((old, new))
    changes: dict[Said, Said] = {}
    for key, listed in became.items():
        if len({_key(new) for _, new in listed}) > 1:
            return None
        old, new = listed[0]
        if _key(new) != key:
            changes[old] = new
    return changes


def _key(says: Said) -> object:
    return (says.value, says.unit) if isinstance(says, Number) else says


def _same(one: Said, other: Said) -> bool:
    """Tell whether a fact of a source and one of a target are the same; units and names are written in either's way."""
    if isinstance(one, Number) and isinstance(other, Number):
        return one.value == other.value
    if isinstance(one, Moment) and isinstance(other, Moment):
        if one.minute is not None:
            return other.minute is not None and other.minute in {one.minute, one.other_minute}
        day = {(one.day, one.month), (one.month, one.day)} if one.order_open else {(one.day, one.month)}
        return (other.day, other.month) in day and (one.year, one.weekday) == (other.year, other.weekday)
    return one == other


def _replaced(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    for start, stop, written in sorted(pieces, reverse=True):
        text = text[:start] + written + text[stop:]
    return text


def _regions(before: str, after: str) -> list[_Region] | None:
    """Return where two texts have other words; None if a part of one is missing in the other."""
    one, other = (
        [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(each)] for each in (before, after)
    )
    if max(len(one), len(other)) > _MAX_TOKENS:
        return None
    codes = SequenceMatcher(None, [each[0] for each in one], [each[0] for each in other], autojunk=False).get_opcodes()
    found: list[_Region] = []
    for how, first, stop, begin, end in codes:
        if how == "equal":
            continue
        if how != "replace":
            return None
        found.append(_Region((one[first][1], one[stop - 1][2]), (other[begin][1], other[end - 1][2])))
    return _joined(found, before)


def _joined(regions: Sequence[_Region], before: str) -> list[_Region]:
    """Take two places with only a space between them as one: New York, San Francisco."""
    found = list(regions[:1])
    for one, other in pairwise(regions):
        if before[one.first[1] : other.first[0]] in {" ", "-"}:
            found[-1] = _Region((found[-1].first[0], other.first[1]), (found[-1].last[0], other.last[1]))
        else:
            found.append(other)
    return found


def _widened(before: str, after: str, region: _Region) -> Iterator[_Region]:
    """Yield where two texts differ, then with up to two words beside it that are the same: São Paulo, São Luís."""
    left = [match.start() for match in re.finditer(r"(?<!\S)\S+\s", before[: region.first[0]])][-_MAX_NAME_WORDS + 1 :]
    right = [match.end() for match in re.finditer(r"\s[\w-]+", before[region.first[1] :])][: _MAX_NAME_WORDS - 1]
    for more_left in (0, *(region.first[0] - start for start in reversed(left))):
        for more_right in (0, *right):
            (start, stop), (begin, end) = region
            beside = before[start - more_left : start] + before[stop : stop + more_right]
            if beside == after[begin - more_left : begin] + after[end : end + more_right]:
                yield _Region((start - more_left, stop + more_right), (begin - more_left, end + more_right))
