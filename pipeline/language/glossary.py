"""Terms found in segments: the narrow context before the general one, the longest term before a shorter one."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from babel import Locale

from pipeline.language.gender_forms import gender_forms
from pipeline.language.limits import is_too_long
from pipeline.language.phrases import Phrase, PhraseIndex
from pipeline.language.spans import name_pattern
from pipeline.language.term import Occurrence, Term
from pipeline.language.word_forms import ExactForms, WordForms, is_acronym

FormsOf = Callable[[str], WordForms]
Span = tuple[int, int]


class Glossary:
    """The terms of a project; `forms_of` gives the word forms of a language, named as its catalogs name it.

    Where a term of `over` or one of `names`, which stay as they are, stands in a segment, no other is found. Terms
    that are `listed` with their forms are found in these only.
    """

    def __init__(
        self,
        terms: Iterable[Term],
        forms_of: FormsOf,
        over: "Glossary | None" = None,
        names: Iterable[str] = (),
        *,
        listed: bool = False,
    ) -> None:
        self.terms = tuple(terms)
        self.forms_of: FormsOf = over.forms_of if over else cache(forms_of)
        self._over = over
        self._listed = listed
        self._names = tuple(map(name_pattern, names))
        self._scopes: dict[tuple[str, Locale], TermScope] = {}

    def scope(self, language: str, locale: Locale) -> "TermScope":
        """Return the terms that hold from a source language to a locale."""
        if (language, locale) not in self._scopes:
            terms = tuple(term for term in self.terms if term.language == language and term.holds_in(locale))
            forms = ExactForms() if self._listed else self.forms_of(language), self.forms_of(locale.language)
            over = self._over.scope(language, locale) if self._over else None
            taken = partial(_taken, over, self._names)
            self._scopes[language, locale] = TermScope(
                terms, locale, source_forms=forms[0], target_forms=forms[1], taken=taken
            )
        return self._scopes[language, locale]


def _taken(over: "TermScope | None", names: Iterable[re.Pattern[str]], source: str, context: str) -> list[Span]:
    """Return where terms of a glossary that goes first, and names, stand in a segment."""
    terms = over.find(source, context) if over else ()
    spans = [(term.start, term.stop) for term in terms]
    return [*spans, *(match.span() for name in names for match in name.finditer(source))]


class TermScope:
    """The terms from one source language to one locale; none is found in what is `taken` of a segment in a context."""

    def __init__(
        self,
        terms: tuple[Term, ...],
        locale: Locale,
        *,
        source_forms: WordForms,
        target_forms: WordForms,
        taken: Callable[[str, str], Sequence[Span]] = lambda _source, _context: (),
    ) -> None:
        self.terms = terms
        self.locale = locale
        self.target_forms = target_forms
        self._source_forms = source_forms
        self._taken = taken
        self._contexts = frozenset(term.context for term in terms if term.context)
        self._holding = cache(self._select)
        self._index = cache(self._make_index)
        self._forbidden = cache(self._list_forbidden)
        self._wholes = cache(self._list_wholes)

    def find(self, source: str, context: str) -> tuple[Occurrence, ...]:
        """Return where terms stand in a segment, in order; `context` is that of its unit."""
        if not self.terms or is_too_long(source):
            return ()
        matches = self._index(self.narrowest(context)).find(source)
        taken = self._taken(source, context) if matches else ()
        return tuple(
            Occurrence(term=match.value, start=match.start, stop=match.stop)
            for match in matches
            if not any(start < match.stop and match.start < stop for start, stop in taken)
        )

    def find_whole(self, source: str, context: str) -> Term | None:
        """Return the term that a segment consists of, marks such as (m/f/d) and capitals aside; None without one."""
        if not self.terms or is_too_long(source):
            return None
        for form in gender_forms(source):
            written, term = self._wholes(self.narrowest(context)).get(form.casefold(), ("", None))
            if term and (
                form == written or not (term.keep or set(filter(is_acronym, written.split())) - set(form.split()))
            ):
                return None if self._taken(source, context) else term
        return None

    def forbidden_everywhere(self, context: str) -> tuple[str, ...]:
        """Return the wordings that are forbidden whatever the source says."""
        return self._forbidden(self.narrowest(context)) if self.terms else ()

    def narrowest(self, context: str) -> str:
        """Return the kind in a unit's context if a term is narrowed to it, else ""."""
        kind = context.partition("|")[0]
        return kind if kind in self._contexts else ""

    def _select(self, context: str) -> tuple[Term, ...]:
        """Return what holds in a context: of several terms of one source the narrowest."""
        chosen: dict[str, Term] = {}
        anywhere: list[Term] = []
        for term in self.terms:
            key = term.source.casefold()
            if term.context not in {"", context}:
                continue
            if not term.source:
                anywhere.append(term)
            elif key not in chosen or chosen[key].precision < term.precision:
                chosen[key] = term
        return (*chosen.values(), *anywhere)

    def _list_forbidden(self, context: str) -> tuple[str, ...]:
        return tuple(wording for term in self._holding(context) if not term.source for wording in term.forbidden)

    def _named(self, context: str) -> Iterable[tuple[str, Term]]:
        return (
            (form, term)
            for term in self._holding(context)
            if term.source
            for written in dict.fromkeys((term.source, *(each.source for each in term.forms)))
            for form in gender_forms(written)
        )

    def _make_index(self, context: str) -> PhraseIndex[Term]:
        phrases = ((Phrase.of(form, exact=term.keep), term) for form, term in self._named(context))
        return PhraseIndex(phrases, self._source_forms)

    def _list_wholes(self, context: str) -> dict[str, tuple[str, Term]]:
        # A name of its own goes before a form that another name shares.
        named = sorted(self._named(context), key=lambda pair: pair[0] == pair[1].source)
        return {form.casefold(): (form, term) for form, term in named}
