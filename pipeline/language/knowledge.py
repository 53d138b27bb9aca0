"""What is known of a language, by its data file `data/<language>.toml`; what holds in every one is in `any.toml`.

A new language is a new file: its section headings, abbreviations, end marks, words for numbers, negation and so on,
each in a table of its own. What a file does not say is not known. A table is read when it is asked for, since a command
needs few of them: all headings, but the numbers and dates of the languages at hand only.

>>> knowledge("de").table("calendar")["clock"]
['uhr']
>>> knowledge("en").listed("lettering", "small")[:3]
('a', 'an', 'and')
>>> knowledge("xx").table("calendar")
{}
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

ANY = "any"
_NUMBER_WORDS = "number_words"
_FOLDER = files("pipeline.language") / "data"
# Where a table begins, and the first part of its name: `polarity` of [polarity.hours].
_BEGINNING = re.compile(r"^\[(\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The tables of a language by name."""

    language: str

    @property
    def known(self) -> bool:
        """Tell whether the words beside numbers are known: units, currencies and bounds."""
        return "units" in _texts(self.language)

    def table(self, *path: str) -> Mapping[str, Any]:
        """Return a table, empty if the language has none."""
        found: Any = _table(self.language, path[0])
        for name in path[1:]:
            found = found.get(name, {})
        return dict(found)

    def listed(self, table: str, name: str) -> tuple[str, ...]:
        """Return a list of words in a table, empty if the language has none."""
        return tuple(_table(self.language, table).get(name, ()))

    def phrases(self, *path: str) -> Iterator[tuple[str, str]]:
        """Yield every phrase of a table of lists with the name of its list."""
        for name, listed in self.table(*path).items():
            for phrase in listed:
                yield phrase, name


@cache
def knowledge(language: str) -> Knowledge:
    """Return what is known of a language."""
    return Knowledge(language=language)


@cache
def languages(table: str = "") -> tuple[str, ...]:
    """Return the languages that have a data file, of those that have a table in it, in the order of their codes."""
    names = (entry.name.removesuffix(".toml") for entry in _FOLDER.iterdir() if entry.name.endswith(".toml"))
    known = sorted(name for name in names if name not in {ANY, _NUMBER_WORDS})
    return tuple(name for name in known if not table or table in _texts(name))


def number_words(language: str) -> Mapping[str, Mapping[str, int]]:
    """Return the words for numbers of a language by their value, in the tables `cardinals` and `ordinals`."""
    return _table(_NUMBER_WORDS, language)


@cache
def _table(file: str, name: str) -> dict[str, Any]:
    text = _texts(file).get(name, "")
    found: dict[str, Any] = tomllib.loads(text).get(name, {})
    return found


@cache
def _texts(name: str) -> Mapping[str, str]:
    """Return the text of each table of a file, with the tables within it."""
    file = _FOLDER / f"{name}.toml"
    text = file.read_text(encoding="utf-8") if name.isidentifier() and file.is_file() else ""
    starts = [*_BEGINNING.finditer(text)]
    ends = [*(match.start() for match in starts), len(text)][1:]
    found: defaultdict[str, str] = defaultdict(str)
    for match, end in zip(starts, ends, strict=True):
        found[match[1]] += text[match.start() : end]
    return dict(found)
