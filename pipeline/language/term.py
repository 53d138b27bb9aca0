"""A required wording: shared by translation, which protects it, and checks, which look for it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from babel import Locale


class Rule(StrEnum):
    """What a row of a glossary asks for."""

    MUST = "must"
    MUST_NOT = "must_not"
    KEEP = "keep"


class StandIn(NamedTuple):
    """A common noun that an engine is asked in place of a term, and what it answers: "telescope", "telescópio"."""

    asked: str
    answered: str


class TermForm(NamedTuple):
    """A form of a term as a text writes it and as the target does: "forklifts", "empilhadeiras".

    Where it is `put` in for an engine, one of `stand_ins` is asked in its place, nouns of the same gender and number:
    articles and adjectives around it then agree. Without any the form is hidden behind a marker.
    """

    source: str
    target: str
    put: bool = False
    stand_ins: tuple[StandIn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A wording of a source language and what it has to become, and not to become, in a locale.

    `locale` may name a language only, for all its locales; None is every locale. `context` narrows the term to
    `title`, `heading` or a section kind. Any of `required` will do, the first is preferred. A term that is kept stands
    in the target as in the source. Without a `source`, `forbidden` holds whatever the source says. `forms` are those
    of a term that lists them.
    """

    language: str
    source: str
    locale: Locale | None = None
    context: str = ""
    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    forms: tuple[TermForm, ...] = ()

    def __post_init__(self) -> None:
        if self.keep and (self.required or self.forbidden or not self.source):
            raise ValueError("a term that is kept has a source and no other wording")
        if not (self.keep or self.required or self.forbidden):
            raise ValueError("a term asks for something")
        if self.required and not self.source:
            raise ValueError("a wording is required of a source")
        if {wording.casefold() for wording in self.required} & {wording.casefold() for wording in self.forbidden}:
            raise ValueError("no wording is required and forbidden at once")

    def holds_in(self, locale: Locale) -> bool:
        """Tell whether the term is for this locale, for its language, or for every one."""
        own = self.locale
        if own is None or own == locale:
            return True
        return own.language == locale.language and own.territory is None and own.script in {None, locale.script}

    @property
    def precision(self) -> tuple[bool, int]:
        """How narrowly the term holds, greater is narrower: in one context, in a region or script, in a language."""
        return bool(self.context), len(str(self.locale or ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A term where it stands in a segment."""

    term: Term
    start: int
    stop: int
