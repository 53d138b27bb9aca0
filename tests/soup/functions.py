"""Every function that reads a text, found by its signature, and the arguments to call it with.

A function that is added is tried from then on, without a line here. What it raises its docstring has to name.
"""

import inspect
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from itertools import islice
from typing import Any, get_type_hints

from babel import Locale, localedata

from pipeline.checks.check import Compared
from pipeline.intake.reading.headings import HeadingLexicon, load_headings
from pipeline.intake.reading.values import Doubts
from pipeline.language.glossary import Glossary
from pipeline.model.packages import Pair
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.terminology.trade_glossary import trade_terms
from pipeline.translation.lettering import Evidence
from pipeline.translation.protection import Marker
from tests.soup.pieces import modules
from tests.soup.texts import Texts, damaged

EVERY_LOCALE = tuple(map(Locale.parse, sorted(set(localedata.locale_identifiers()) - {"root"})))
MARKER = Marker(form="Q{}Q")
# What is called with what another function found, and with nothing else.
_NO_FREE_TEXT = frozenset(
    {
        "catalog.entries.source_column",  # rows of its own
        "catalog.mechanical.carry_edit",  # two texts with an edit between them
        "intake.reading.aliases.has_word",  # a kind of word
        "language.scripts.foreign_words",  # names of scripts
        "language.scripts.letters_of",
        "model.colours.contrast",  # what parse_colour returns
        "model.colours.least_contrast",
        "model.colours.readable_near",
        "terminology.titles.target.say_mark",  # a mark, and a language that has them
        "terminology.titles.target.territories",
    }
)
# Names of parameters that mean a language.
_LANGUAGES = frozenset({"language", "source_language", "of"})
_NAMES = (re.compile(r"\bAcme\b"), re.compile("Blue Yonder"))
_MOST_YIELDED = 1_000
_DEEPEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Soup:
    """What arguments are drawn from: texts, and the languages and locales of this run."""

    chance: random.Random
    texts: Texts
    languages: Sequence[str]
    locales: Sequence[Locale]

    def text(self) -> str:
        """Return a text."""
        return self.texts.draw(self.chance)

    def language(self) -> str:
        """Return a language, now and then any that CLDR has, or "", which is an undetermined one."""
        if self.chance.random() < 0.05:
            return self.locale().language
        return self.chance.choice((*self.languages, ""))

    def locale(self) -> Locale:
        """Return a locale, one time of four any that CLDR has."""
        return self.chance.choice(self.locales if self.chance.random() < 0.75 else EVERY_LOCALE)

    def value(self, depth: int = 0) -> object:
        """Return what a field of a record may hold: mostly a text, else anything that JSON can write."""
        kind = self.chance.randrange(10)
        if kind < 6 or depth > _DEEPEST:
            return self.text()
        if kind < 7:
            return self.chance.choice((None, True, False, 0, -1, 10**20, 1.5, "", [], {}))
        members = [self.value(depth + 1) for _ in range(self.chance.randrange(4))]
        return members if kind < 8 else {self.text(): member for member in members}

    def compared(self) -> Compared:
        """Return a pair of texts between two languages, with all that a check may know."""
        locale, language, source = self.locale(), self.language(), self.text()
        changed = damaged(source, self.chance)
        answers = (None, "en", "de", locale.language)
        return Compared(
            source=source,
            target=self.chance.choice((source, changed, changed, self.text())),
            source_language=language,
            locale=locale,
            names=self.chance.choice(((), _NAMES)),
            kept=self.chance.choice(((), (self.text(),))),
            context=self.chance.choice(("", "title", "heading", "requirements", "offer|a")),
            address=self.chance.choice(("", "formal", "informal")),
            trade=_trade().scope(language, locale) if language else None,
            language_of=lambda text: answers[len(text) % len(answers)],
            forms_of=SimplemmaForms,
        )


def _several(soup: Soup) -> tuple[str, ...]:
    return tuple(soup.text() or "a" for _ in range(soup.chance.randrange(4)))


Draw = Callable[[Soup], Any]
_DRAWN: Mapping[Any, Draw] = {
    str: Soup.text,
    Locale: Soup.locale,
    Locale | None: lambda soup: soup.chance.choice((None, soup.locale())),
    bool: lambda soup: soup.chance.random() < 0.5,
    str | None: lambda soup: soup.chance.choice((None, "BR", "CH", "")),
    object: Soup.value,
    Mapping[str, object]: lambda soup: {soup.text(): soup.value() for _ in range(3)},
    Compared: Soup.compared,
    HeadingLexicon: lambda _: load_headings(),
    Doubts: lambda _: Doubts(),
    Pair: lambda soup: Pair("en", soup.chance.choice(("pt", "es"))),
    Evidence: lambda soup: Evidence(language=soup.language()),
    Marker: lambda _: MARKER,
    date | None: lambda soup: soup.chance.choice((None, date(2026, 2, 28))),
    bytes: lambda soup: soup.text().encode(),
    Iterable[str]: _several,
    Sequence[str]: _several,
    tuple[str, ...]: _several,
    frozenset[str]: lambda soup: frozenset(_several(soup)),
}


@cache
def _trade() -> Glossary:
    return Glossary(trade_terms(), SimplemmaForms, listed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFunction:
    """A function and how its arguments are drawn; `allowed` are the exceptions that its docstring names."""

    name: str
    function: Callable[..., object]
    draws: Mapping[str, Draw]
    allowed: frozenset[str]

    def fault(self, soup: Soup) -> str:
        """Call it once, to the end of what it yields; return what it raised and of which arguments, "" if nothing."""
        arguments = {name: draw(soup) for name, draw in self.draws.items()}
        parameters = inspect.signature(self.function).parameters
        placed = [
            each for name, each in arguments.items() if parameters[name].kind is inspect.Parameter.POSITIONAL_ONLY
        ]
        named = {name: each for name, each in arguments.items() if parameters[name].kind in _NAMED}
        try:
            found = self.function(*placed, **named)
            if isinstance(found, Iterator):
                list(islice(found, _MOST_YIELDED))
        except BaseException as error:  # a library in Rust panics with one that is no Exception
            if isinstance(error, KeyboardInterrupt):
                raise
            if self.allowed.isdisjoint(kind.__name__ for kind in type(error).__mro__):
                return f"{self.name}: {error!r} of {arguments}"
        return ""


_NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def text_functions() -> Iterator[TextFunction]:
    """Yield the public functions that take a text, or several, and nothing that cannot be drawn."""
    for module in modules():
        for name, function in vars(module).items():
            bare = inspect.unwrap(function) if callable(function) else None
            full = f"{module.__name__.removeprefix('pipeline.')}.{name}"
            if not inspect.isfunction(bare) or bare.__module__ != module.__name__:
                continue
            if name.startswith("_") or full in _NO_FREE_TEXT or not (draws := _draws_of(bare)):
                continue
            allowed = frozenset(re.findall(r"\w+Error", bare.__doc__ or ""))
            yield TextFunction(name=full, function=function, draws=draws, allowed=allowed)


def _draws_of(function: Callable[..., object]) -> Mapping[str, Draw]:
    """Return how each argument is drawn, none if one that is asked for cannot be."""
    hints = get_type_hints(function)
    draws: dict[str, Draw] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        hint = hints[name]
        if hint is str and name in _LANGUAGES:
            draws[name] = Soup.language
        elif hint in _DRAWN:
            draws[name] = _DRAWN[hint]
        elif inspect.isclass(hint) and issubclass(hint, Enum):
            members = list(hint)
            draws[name] = lambda soup, members=members: soup.chance.choice(members)  # type: ignore[misc]  # as mypy infers no lambda with a default
        elif parameter.default is inspect.Parameter.empty and parameter.kind in (
            *_NAMED,
            inspect.Parameter.POSITIONAL_ONLY,
        ):
            return {}
    return draws
