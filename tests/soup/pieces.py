"""What the program itself knows, as pieces of text: the words of its tables and what its regular expressions match.

A law over random letters hardly ever writes "D/M", "no later than" or "<ruby>"; what the program has a rule for is
where a rule may break. Each regular expression of a module is taken apart, and texts are drawn that it matches, or
nearly.
"""

import ast
import random
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import pipeline

# The only account of what a pattern consists of, which typing knows nothing of.
_codes: Any = import_module("re._constants")
_parser: Any = import_module("re._parser")
# Those that read texts; the others read files, run processes or print.
PARTS = ("catalog", "checks", "intake", "language", "model", "publishing", "terminology", "translation")
LONGEST = 60
_LONGEST_PATTERN = 6_000  # of thousands of names
_MOST_REPEATS = 3
_CLASSES = {
    _codes.CATEGORY_DIGIT: "0123456789٣٤५６",
    _codes.CATEGORY_NOT_DIGIT: "a Ä-.ß人",
    _codes.CATEGORY_SPACE: " \t\n\u00a0\u202f\u2028",
    _codes.CATEGORY_NOT_SPACE: "a1.-/Ж",
    _codes.CATEGORY_WORD: "aZ_9éßжア人",
    _codes.CATEGORY_NOT_WORD: " -/.,()'’\u200b",
}
_ANY = "aB1 .,-/()é人"


def modules() -> Iterator[ModuleType]:
    """Yield the modules that read texts."""
    for found in walk_packages(pipeline.__path__, "pipeline."):
        if found.name.split(".")[1] in PARTS:
            yield import_module(found.name)


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """Return the regular expressions that modules keep by name, also within tuples and tables."""
    found = {
        pattern.pattern: pattern
        for module in modules()
        for value in vars(module).values()
        for pattern in _patterns_in(value)
        if len(pattern.pattern) <= _LONGEST_PATTERN
    }
    return tuple(found[text] for text in sorted(found))


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, Mapping):
        yield from _patterns_in(tuple(value.values()))
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _patterns_in(each)


@cache
def words() -> tuple[str, ...]:
    """Return the texts of every table of the program and every short text that its code names."""
    named = (
        node.value
        for path in _files("py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    tables = (tomllib.loads(path.read_text(encoding="utf-8")) for path in _files("toml"))
    cells = (cell for path in _files("tsv") for cell in re.split(r"[\t\n]", path.read_text(encoding="utf-8")))
    texts = (*(text for table in tables for text in _texts_in(table)), *named, *cells)
    return tuple(sorted({text for text in texts if 0 < len(text) <= LONGEST}))


def _files(ending: str) -> Iterator[Path]:
    folder = Path(pipeline.__path__[0])
    return (path for part in PARTS for path in sorted((folder / part).rglob(f"*.{ending}")))


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from re.split(r"[\s|;]+", value)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield str(name)
            yield from _texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_in(each)


def text_matching(pattern: re.Pattern[str], chance: random.Random) -> str:
    """Return a text that a pattern matches, or would in other surroundings."""
    text = _Drawing(chance).text_of(_tree(pattern))
    if pattern.flags & re.IGNORECASE:
        text = chance.choice((str, str.upper, str.title))(text)
    return text[:LONGEST]


@cache
def _tree(pattern: re.Pattern[str]) -> Any:
    return _parser.parse(pattern.pattern, pattern.flags)


class _Drawing:
    """One text as it is drawn from the tree of a pattern, and what its groups hold so far."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._groups: dict[int, str] = {}

    def text_of(self, tree: Iterable[Any]) -> str:
        """Return a text for each part of a tree, one after the other."""
        return "".join(_WRITTEN[code](self, value) if code in _WRITTEN else "" for code, value in tree)

    def any_sign(self, _: object) -> str:
        """Return a sign where nearly any may stand."""
        return self._chance.choice(_ANY)

    def one_of(self, members: Sequence[Any]) -> str:
        """Return a sign of a class."""
        if members[0][0] is _codes.NEGATE:
            return self._chance.choice(_ANY)
        code, value = self._chance.choice(members)
        if code is _codes.RANGE:
            return chr(self._chance.randint(value[0], min(value[1], sys.maxunicode)))
        return self._chance.choice(_CLASSES[value]) if code is _codes.CATEGORY else chr(value)

    def branch(self, value: Any) -> str:
        """Return what one of several alternatives matches."""
        return self.text_of(self._chance.choice(value[1]))

    def group(self, value: Any) -> str:
        """Return what a group matches, and keep it."""
        self._groups[value[0]] = self.text_of(value[3])
        return self._groups[value[0]]

    def repeated(self, value: Any) -> str:
        """Return what is repeated, a few times."""
        least, most, tree = value
        times = self._chance.randint(least, max(least, min(most, least + _MOST_REPEATS)))
        return "".join(self.text_of(tree) for _ in range(times))

    def beside(self, value: Any) -> str:
        """Return what must stand before or behind it, most times."""
        return self.text_of(value[1]) if self._chance.random() < 0.7 else ""

    def forbidden(self, value: Any) -> str:
        """Return what must not stand there, seldom."""
        return self.text_of(value[1]) if self._chance.random() < 0.1 else ""

    def again(self, number: int) -> str:
        """Return what a group has matched."""
        return self._groups.get(number, "")

    def if_matched(self, value: Any) -> str:
        """Return what stands where a group has matched, or has not."""
        return self.text_of(value[1] if value[0] in self._groups else value[2] or ())


_WRITTEN: Mapping[Any, Callable[[_Drawing, Any], str]] = {
    _codes.LITERAL: lambda _, value: chr(value),
    _codes.NOT_LITERAL: _Drawing.any_sign,
    _codes.ANY: _Drawing.any_sign,
    _codes.IN: _Drawing.one_of,
    _codes.BRANCH: _Drawing.branch,
    _codes.SUBPATTERN: _Drawing.group,
    **dict.fromkeys((_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT), _Drawing.repeated),
    _codes.ATOMIC_GROUP: _Drawing.text_of,
    _codes.ASSERT: _Drawing.beside,
    _codes.ASSERT_NOT: _Drawing.forbidden,
    _codes.GROUPREF: _Drawing.again,
    _codes.GROUPREF_EXISTS: _Drawing.if_matched,
}
