"""What is known of one language: its data file, and for every language the file `any.toml`.

>>> knowledge("de").table("calendar")["clock"]
['uhr']
>>> knowledge("xx").known
False
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_FOLDER = files("pipeline.language") / "data"
_ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The tables of a language's data file by name; empty where there is no file."""

    language: str
    tables: Mapping[str, Any]

    @property
    def known(self) -> bool:
        """Tell whether the language has a data file."""
        return bool(self.tables)

    def table(self, *path: str) -> Mapping[str, Any]:
        """Return a table, empty if the language has none."""
        found: Any = self.tables
        for name in path:
            found = found.get(name, {})
        return dict(found)

    def phrases(self, *path: str) -> Iterator[tuple[str, str]]:
        """Yield every phrase of a table of lists with the name of its list."""
        for name, listed in self.table(*path).items():
            for phrase in listed:
                yield phrase, name


@cache
def knowledge(language: str) -> Knowledge:
    """Return what is known of a language."""
    return Knowledge(language=language, tables=_read(language))


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a data file, in the order of their codes."""
    names = (entry.name.removesuffix(".toml") for entry in _FOLDER.iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(name for name in names if name not in {_ANY, "number_words"}))


@cache
def number_words(language: str) -> Mapping[str, Mapping[str, int]]:
    """Return the words for numbers of a language by their value, in the tables `cardinals` and `ordinals`."""
    return dict(_read("number_words").get(language, {}))


@cache
def _read(name: str) -> dict[str, Any]:
    file = _FOLDER / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if name and file.is_file() else {}
