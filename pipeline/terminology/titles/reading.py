"""A phrase of a title becomes what it tells: an occupation, its fields, ranks, level and terms of work.

Every word has to be accounted for: a phrase with one word that the table does not have is not read at all, since the
word may change what the title means.

>>> read = read_phrase("Senior Backend Engineer", "en")
>>> read.core.name_in("pt"), [row.name_in("pt") for row in read.fields], [row.name_in("pt") for row in read.ranks]
('engenheiro(a) de {}', ['~backend'], ['sênior'])
>>> read_phrase("Senior Backend Whisperer", "en") is None
True
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.terminology.titles.occupations import occupation
from pipeline.terminology.titles.words import Kind, Row, Words, fold_word, only_tokens, tokens_of, words

MAX_TOKENS = 14
_SIGNS = frozenset("&/,+")
_LEVEL = re.compile(r"(?:i{1,3}|iv|v|[ln]?[1-5])\Z")
# R, C and Go are names only as they are written; so are words that are others in small letters.
_MAX_PLAIN_NAME = 5
_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What a phrase of a title tells; `core` is an occupation or a head, None where only fields or terms stand.

    `ranks` and `terms` are in the order of the text, `level` is a figure such as II. Of `nested` fields the first makes
    the second narrower ("claims compliance"), others are a list. `several` people are looked for.
    """

    core: Row | None = None
    fields: tuple[Row, ...] = ()
    ranks: tuple[Row, ...] = ()
    terms: tuple[Row, ...] = ()
    level: str = ""
    nested: bool = False
    several: bool = False


@lru_cache(maxsize=4096)
def read_phrase(text: str, language: str) -> Phrase | None:
    """Return what a phrase without separators tells, None if a word in it is not known."""
    written = tokens_of(text)
    if not written or len(written) > MAX_TOKENS or not only_tokens(text):
        return None
    return _read_words(text, written, language, by_esco=False) or _read_words(text, written, language, by_esco=True)


def _read_words(text: str, written: list[str], language: str, *, by_esco: bool) -> Phrase | None:
    """Read with the bundled words alone first: what ESCO has beside them is a name for a whole occupation."""
    reader = _Reader(written, language, by_esco=by_esco)
    found = reader.read(reader.start(), len(reader.tokens))
    return found if found is not None or language != "en" else _read_several(text, written)


def _read_several(text: str, written: list[str]) -> Phrase | None:
    """Read "Data Engineers" as several of a data engineer."""
    last = written[-1]
    if not last.casefold().endswith("s") or not text.endswith(last):
        return None
    one = read_phrase(text[:-1], "en")
    return replace(one, several=True) if one is not None and one.core is not None and not one.ranks else None


class _Reader:
    """Reads the phrase between two words, the whole first, then what its ends may be."""

    def __init__(self, written: list[str], language: str, *, by_esco: bool) -> None:
        self._language = language if by_esco else ""
        self._words: Words = words(language)
        parted = [part for token in written for part in self._parts(token, language)]
        self._written = parted
        self.tokens = [fold_word(token) for token in parted]
        self._links = self._words.small(Kind.LINK)
        self._joining = self._words.small(Kind.JOINING) | _SIGNS
        self._germanic = language in {"en", "de"}

    def start(self) -> int:
        """Return where the title begins behind what says nothing about the work: "Vaga para enfermeira"."""
        last = len(self.tokens) - 1
        start = int(last > 0 and self.tokens[0] in self._words.small(Kind.OPENER))
        while start and start < last and self.tokens[start] in self._links:
            start += 1
        return start

    def read(self, start: int, stop: int) -> Phrase | None:
        """Return what the words from `start` up to `stop` tell; there is at least one."""
        for kind in (Kind.OCCUPATION, Kind.REGULATED):
            for row in self._rows(kind, start, stop):
                return Phrase(core=row)
        if self._language and (named := occupation(tuple(self.tokens[start:stop]), self._language)):
            return Phrase(core=named)
        found = self._without_ends(start, stop)
        if found is None:
            found = self._with_head(start, stop)
        if found is None or found.nested:
            found = self._with_occupation(start, stop) or found
        return found or self._without_core(start, stop)

    def _parts(self, token: str, language: str) -> list[str]:
        """Part a German compound: Vertriebsleiter is Vertriebs and Leiter."""
        small = fold_word(token)
        if language != "de" or self._words.at((small,), 0, 1):
            return [token]
        for cut in range(3, len(small) - 3):
            head = self._words.at((small[cut:],), 0, 1)
            if small[:cut] in self._words.stems and any(word.row.kind is Kind.HEAD for word in head):
                return [token[:cut], token[cut:]]
        return [token]

    def _rows(self, kind: Kind, start: int, stop: int) -> Iterator[Row]:
        for word in self._words.at(self.tokens, start, stop):
            if word.row.kind is kind:
                yield word.row

    def _without_ends(self, start: int, stop: int) -> Phrase | None:
        """Read what stands between the ranks, terms and levels at the ends."""
        if _LEVEL.match(self.tokens[stop - 1]) and stop - start > 1:
            inner = self.read(start, stop - 1)
            if inner is not None and inner.core is not None and not inner.level:
                return replace(inner, level=self._written[stop - 1].upper())
        for length in range(min(self._words.longest, stop - start), 0, -1):
            for first, last in ((start, start + length), (stop - length, stop)):
                found = self._with_end(start, stop, first, last)
                if found is not None:
                    return found
        return None

    def _with_end(self, start: int, stop: int, first: int, last: int) -> Phrase | None:
        front = first == start
        if first == start and last == stop:
            for row in self._rows(Kind.TERM, first, last):
                return Phrase(terms=(row,))
            for row in self._rows(Kind.RANK, first, last):
                return Phrase(ranks=(row,))
            return None
        inner_start, inner_stop = (last, stop) if front else (start, first)
        for row in self._rows(Kind.RANK, first, last):
            inner = self.read(inner_start, inner_stop)
            if inner is not None and inner.core is not None:
                return replace(inner, ranks=(row, *inner.ranks) if front else (*inner.ranks, row))
        for row in self._rows(Kind.TERM, first, last):
            inner = self.read(inner_start, inner_stop)
            if inner is not None and (inner.core is not None or (inner.terms and not inner.fields)):
                return replace(inner, terms=(row, *inner.terms) if front else (*inner.terms, row))
        return None

    def _with_head(self, start: int, stop: int) -> Phrase | None:
        """Read a head with its field, or alone: "sales manager", "head of sales", "gerente de vendas"."""
        for length in range(stop - start, 0, -1):
            for front in (True, False):
                first, last = (start, start + length) if front else (stop - length, stop)
                for word in self._words.at(self.tokens, first, last):
                    if word.row.kind is not Kind.HEAD or (front and word.field_first and length < stop - start):
                        continue
                    if not front and not word.field_first and length < stop - start:
                        continue
                    fields = self._fields(*((last, stop) if front else (start, first)))
                    if fields is not None:
                        return replace(fields, core=word.row)
        return None

    def _with_occupation(self, start: int, stop: int) -> Phrase | None:
        """Read an occupation with a field: "Java software engineer", "Product Owner com foco em dados"."""
        for length in range(stop - start - 1, 0, -1):
            rests = [(start + length, stop, start, start + length)]
            if self._germanic:
                rests.insert(0, (start, stop - length, stop - length, stop))
            for field_start, field_stop, first, last in rests:
                for row in self._rows(Kind.OCCUPATION, first, last):
                    fields = self._fields(field_start, field_stop)
                    if fields is not None and fields.fields and not fields.nested:
                        return replace(fields, core=row)
        return None

    def _without_core(self, start: int, stop: int) -> Phrase | None:
        found = self._fields(start, stop)
        return found if found is not None and found.fields else None

    def _fields(self, start: int, stop: int) -> Phrase | None:
        """Return a phrase of the fields that a stretch lists, of none for an empty one, None if a word is none."""
        before = self._links | self._words.small(Kind.FOCUS)
        while start < stop and self.tokens[start] in before and not self._field_at(start, stop):
            start += 1
        found: list[Row] = []
        joinings = 0
        joined = False
        while start < stop:
            field = self._field_at(start, stop)
            if field is None:
                return None
            row, start = field
            found.append(row)
            joined = False
            while start < stop and (
                self.tokens[start] in self._joining or (joined and self.tokens[start] in self._links)
            ):
                start, joined = start + 1, True
            joinings += joined
        nested = len(found) == _PAIR and not joinings and self._germanic
        listed = joinings == max(len(found) - 1, 0) and not joined
        return Phrase(fields=tuple(found), nested=nested) if nested or listed else None

    def _field_at(self, start: int, stop: int) -> tuple[Row, int] | None:
        """Return the longest field or name that begins here, and where it ends."""
        for end in range(min(stop, start + self._words.longest), start, -1):
            for word in self._words.at(self.tokens, start, end):
                if word.row.kind is Kind.FIELD or (
                    word.row.kind is Kind.NAME and self._is_written(word.row, start, end)
                ):
                    return word.row, end
        return None

    def _is_written(self, row: Row, start: int, stop: int) -> bool:
        """Tell whether a short name stands as names are written: R, Go and C are words too."""
        name = row.name_in("en")
        return len(name) > _MAX_PLAIN_NAME or self._written[start:stop] == tokens_of(name)
