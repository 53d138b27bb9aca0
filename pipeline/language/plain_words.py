"""Puts the jargon of a source into plain words before an engine is asked: pre-editing, as translators call it.

Engines take the idioms of the trade at their word, and in every target language: a "self-starter" comes out as a motor
that starts by itself. Said plainly, "motivated person", it comes out right. Only the engine sees the plain words:
catalogs, digests, checks and readers see the source as it is written.

The words are data: `plain/<language>.tsv`, an entry a line, to which a project adds its own. Alternatives with a bar
between them are the forms of a word; each takes the plain form at its place, or the only one.

>>> bar = Entry(pattern="raise|raises|raising the bar", plain="improve|improves|improving the standards")
>>> [form.text for form in forms_of(bar)]
['raise the bar', 'raises the bar', 'raising the bar']
>>> PlainWords([bar]).rewrite("Raising the bar, not raising the barn")
'Improving the standards, not raising the barn'
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from pipeline.language.plain_laws import changes
from pipeline.language.spans import MAY_HOLD, longest_apart, protected_spans
from pipeline.model.markup import split_markup

COLUMNS: Final = ("pattern", "plain", "context", "pos", "improved", "spoilt", "note")
LANGUAGE: Final = "language"  # the first column of a project's list, which may hold several
_FOLDER = files("pipeline.language") / "plain"
_WORD = re.compile(r"\w+")
_ALTERNATIVES = re.compile(r"\S*\|\S*")
# What beside a phrase makes it a part of a longer word: "self-starter", "starter's".
_JOINS = frozenset("-'’\u2011")
_SPELLED = str.maketrans({"’": "'", "\u2011": "-", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A phrase with its forms, and the plain words for it.

    `context` limits it to unit contexts, with commas between them; "" is everywhere. `pos` tells people the part of
    speech. `improved` and `spoilt` count the real lines whose translation it made better and worse; `note` says more,
    as `carrier` where it was judged on a line made for it.
    """

    pattern: str
    plain: str
    context: str = ""
    pos: str = ""
    improved: int = 0
    spoilt: int = 0
    note: str = ""
    language: str = ""


class PlainForm(NamedTuple):
    """One form of an entry as texts write it; an `exact` one, which has a capital, is found only as it is written."""

    text: str
    plain: str
    contexts: frozenset[str]
    exact: bool


class PlainWords:
    """The entries of one language, by the first two words of their phrases; `own` ones overrule those of the bundle."""

    def __init__(self, entries: Iterable[Entry], own: Iterable[Entry] = ()) -> None:
        found: defaultdict[tuple[str, str], list[PlainForm]] = defaultdict(list)
        for listed in (own, entries):  # of two entries for a phrase, the one for a context is looked at first
            for entry in sorted(listed, key=lambda entry: not entry.context):
                for form in forms_of(entry):
                    first, second, *_ = (*_WORD.findall(_folded(form.text)), "", "")
                    found[first, second].append(form)
        self._by_beginning = {words: sorted(forms, key=lambda form: -len(form.text)) for words, forms in found.items()}
        self._first = frozenset(first for first, _ in found)

    def rewrite(self, text: str, context: str = "", kept: Sequence[tuple[int, int]] = ()) -> str:
        """Return a text with its jargon in plain words; the longest phrase goes first; what it writes stays.

        What stands in `kept` stays as it is; so do tags, addresses, placeholders and names with signs in them.

        >>> PlainWords([Entry(pattern="PTO", plain="paid leave")]).rewrite("PTO; pto, <b>PTO</b>, PTO", kept=[(22, 25)])
        'Paid leave; pto, <b>paid leave</b>, PTO'
        """
        folded = _folded(text)
        words = [*_WORD.finditer(folded)]
        untouched, fixed = _united(kept), None
        pieces, end = [], 0
        for place, word in enumerate(words):
            start = word.start()
            if start < end or word[0] not in self._first:
                continue
            second = words[place + 1][0] if place + 1 < len(words) else ""
            form = self._form_at(start, (word[0], second), text, folded, context)
            if form:
                stop = start + len(form.text)
                fixed = _fixed_spans(text) if fixed is None else fixed
                # A phrase may hold a whole name with signs ("SaaS"), which is its own.
                cut = (first < start or last > stop for first, last in _overlapping(fixed, start, stop))
                if not any(cut) and not _overlapping(untouched, start, stop):
                    pieces += [text[end:start], _cased(form, text[start], opens=place == 0)]
                    end = stop
        return "".join((*pieces, text[end:])) if pieces else text

    def _form_at(self, start: int, words: tuple[str, str], text: str, folded: str, context: str) -> PlainForm | None:
        """Return the longest phrase that stands at a place, of those that begin with its two words or its first."""
        for beginning in (words, (words[0], "")):
            for form in self._by_beginning.get(beginning, ()):
                if _stands_at(form, text, folded, start, context):
                    return form
        return None


def forms_of(entry: Entry) -> tuple[PlainForm, ...]:
    """Return the forms of an entry, each with its plain words.

    Raises ValueError if its alternatives do not go together.
    """
    patterns, plain = _alternatives(entry.pattern), _alternatives(entry.plain)
    if len(plain) not in {1, len(patterns)}:
        reason = f"pattern has {len(patterns)} forms and plain has {len(plain)}; there has to be one for each, or one"
        raise ValueError(reason)
    contexts = frozenset(filter(None, (name.strip() for name in entry.context.split(","))))
    return tuple(
        PlainForm(pattern, plain[number % len(plain)], contexts, pattern != pattern.lower())
        for number, pattern in enumerate(pattern.translate(_SPELLED) for pattern in patterns)
    )


def _alternatives(wording: str) -> tuple[str, ...]:
    """Write out a wording: "take|takes part" is "take part" and "takes part"; two such words go in step."""
    counts = {found.count("|") + 1 for found in _ALTERNATIVES.findall(wording)} or {1}
    if len(counts) > 1:
        reason = f"{wording!r} has words with different numbers of alternatives"
        raise ValueError(reason)
    return tuple(
        # The default binds the number of this turn; mypy infers no type for it.
        _ALTERNATIVES.sub(lambda found, number=number: found[0].split("|")[number], wording)  # type: ignore[misc]  # mypy infers no lambda with a default
        for number in range(counts.pop())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The entries of a list, and what is wrong with it: each with its line, as "3: plain is empty"."""

    entries: tuple[Entry, ...] = ()
    mistakes: tuple[str, ...] = ()


def parse_entries(text: str, language: str = "") -> Listed:
    """Read a list of plain words with tabs between its columns; without `language` its first column names it.

    An entry that would change what a sentence states is a mistake, as is one that repeats a form of an earlier one.
    """
    wanted = COLUMNS if language else (LANGUAGE, *COLUMNS)
    needed = wanted[: len(wanted) - len(COLUMNS) + 2]
    lines = text.removeprefix("\ufeff").splitlines()
    header = [cell.strip() for cell in lines[0].split("\t")] if lines else []
    if not set(needed) <= set(header) or not set(header) <= set(wanted):
        columns = ", ".join(wanted)
        return Listed(mistakes=(f"1: the first line has to name the columns, with tabs between them: {columns}",))
    entries: list[Entry] = []
    mistakes: list[str] = []
    seen: dict[tuple[str, str, str], int] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            cells = {name: cell.strip() for name, cell in zip(header, line.split("\t"), strict=False)}
            entry = _entry({LANGUAGE: language, **cells})
            wrong = tuple(_mistakes(entry, needed, cells)) or tuple(_repeated(entry, seen, number))
            mistakes += (f"{number}: {reason}" for reason in wrong)
            entries += () if wrong else (entry,)
    return Listed(entries=tuple(entries), mistakes=tuple(mistakes))


def _entry(cells: dict[str, str]) -> Entry:
    counts = {name: int(cells[name]) if cells.get(name, "").isdecimal() else 0 for name in ("improved", "spoilt")}
    texts = {name: cells.get(name, "") for name in (LANGUAGE, "pattern", "plain", "context", "pos", "note")}
    return Entry(**texts, improved=counts["improved"], spoilt=counts["spoilt"])


def _mistakes(entry: Entry, needed: Iterable[str], cells: dict[str, str]) -> Iterator[str]:
    if empty := [name for name in needed if not cells.get(name)]:
        yield f"{' and '.join(empty)} is empty"
        return
    try:
        forms = forms_of(entry)
    except ValueError as error:
        yield str(error)
        return
    for form in forms:
        if not _WORD.match(form.text) or "  " in form.text:
            yield f"{form.text!r} has to begin with a letter or a figure and have single spaces"
        elif form.text != form.plain:
            yield from (f"{form.text!r} → {form.plain!r}: {change}" for change in changes(*form[:2], entry.language))


def _repeated(entry: Entry, seen: dict[tuple[str, str, str], int], number: int) -> Iterator[str]:
    """Yield the forms of an entry that a line before has too, in the same context."""
    for form in forms_of(entry):
        for context in form.contexts or {""}:
            line = seen.setdefault((entry.language, form.text if form.exact else _folded(form.text), context), number)
            if line != number:
                yield f"{form.text!r} stands in line {line} too"


@cache
def plain_words(language: str, own: tuple[Entry, ...] = ()) -> PlainWords:
    """Return the plain words of a language, with the entries of a project."""
    return PlainWords(bundled_entries(language), (entry for entry in own if entry.language == language))


@cache
def bundled_entries(language: str) -> tuple[Entry, ...]:
    """Return the entries that come with the program, none for a language that has no list."""
    file = _FOLDER / f"{language}.tsv"
    return _quick(file.read_text(encoding="utf-8"), language) if language.isidentifier() and file.is_file() else ()


def _quick(text: str, language: str) -> tuple[Entry, ...]:
    """Read a list that the tests have proved, without proving it again."""
    rows = (dict(zip(COLUMNS, line.split("\t"), strict=False)) for line in text.splitlines()[1:])
    return tuple(_entry({LANGUAGE: language, **row}) for row in rows)


def _folded(text: str) -> str:
    """Return a text in small letters and with usual signs, each character at its place."""
    low = text.lower()
    if len(low) != len(text):  # İ becomes two characters
        low = "".join(char if len(char.lower()) > 1 else char.lower() for char in text)
    return low if low.isascii() else low.translate(_SPELLED)


def _stands_at(form: PlainForm, text: str, folded: str, start: int, context: str) -> bool:
    if form.contexts and context.partition("|")[0] not in form.contexts:
        return False
    if not (text if form.exact else folded).startswith(form.text, start):
        return False
    stop = start + len(form.text)
    after = text[stop : stop + 2]
    return not (
        text[max(start - 1, 0) : start] in _JOINS
        or after[:1].isalnum()
        or (after[:1] in _JOINS and after[1:].isalnum())
    )


def _fixed_spans(text: str) -> list[tuple[int, int]]:
    """Return the protected spans and the tags of a text."""
    if not MAY_HOLD.search(text):
        return []  # of half of all lines
    return longest_apart([*protected_spans(text), *_tags(text)])


def _tags(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for number, part in enumerate(split_markup(text)):
        if number % 2:
            yield end, end + len(part)
        end += len(part)


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found


def _overlapping(spans: Sequence[tuple[int, int]], start: int, stop: int) -> Sequence[tuple[int, int]]:
    """Return which of spans that lie apart and in order overlap a place."""
    beside = spans[max(bisect_left(spans, (start,)) - 1, 0) : bisect_left(spans, (stop,))]
    return [span for span in beside if span[0] < stop and span[1] > start]


def _cased(form: PlainForm, written: str, *, opens: bool) -> str:
    """Return the plain words with the case that the phrase began with; an acronym's tells it only at the beginning."""
    capital = opens if form.exact else written.isupper()
    return form.plain[0].upper() + form.plain[1:] if capital else form.plain
