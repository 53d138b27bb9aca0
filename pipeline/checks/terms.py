"""Checks that a target uses the wordings that the glossary asks for, and none that it forbids.

What a glossary asks for may be inflected, a part of a compound, or of one of two genders. That of the project is asked
of every target, the one of the trade that comes with the program only of targets that nobody has reviewed: of 223
judged translations it names 13 of the 67 that are wrong, 7 of the 77 awkward ones and none of the 79 good ones.
"""

from collections.abc import Iterable, Iterator

from pipeline.checks.check import Check, Compared
from pipeline.language.gender_forms import gender_forms, without_inline_forms
from pipeline.language.glossary import TermScope
from pipeline.language.knowledge import knowledge
from pipeline.language.phrases import WordedText
from pipeline.language.term import Occurrence, Term
from pipeline.language.word_forms import Form, WordForms
from pipeline.model.finding import Severity
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit

# A shorter word is no part of a compound.
MIN_COMPOUNDED = 4


def disregarded_terms(pair: Compared) -> str:
    """Name every term of the glossary that a target disregards."""
    return _disregards(pair.source, pair.target, pair.context, pair.terms) if pair.terms else ""


def disregarded_trade(pair: Compared) -> str:
    """Name every term of the trade for which a target has none of the wordings of translators."""
    return _disregards(pair.source, pair.target, pair.context, pair.trade) if pair.trade else ""


def lost_terms(source: str, target: str, context: str, terms: TermScope) -> frozenset[Term]:
    """Return the terms of a source of which a target has no wording."""
    occurrences = terms.find(source, context)
    if not occurrences:
        return frozenset()
    asked = _Target(target, terms.target_forms, compounding=_compounds(terms.locale.language))
    found = {occurrence.term for occurrence in occurrences}
    return frozenset(term for term in found if not any(map(asked.has, term.required)))


def renderings(unit: Unit, terms: TermScope) -> Iterator[tuple[Term, str]]:
    """Yield each term of a source with that of its wordings which the target has, the longest; "" if it has none."""
    occurrences = terms.find(unit.key.source, unit.key.context)
    asked = _Target(unit.target, terms.target_forms, compounding=_compounds(terms.locale.language))
    for term in dict.fromkeys(occurrence.term for occurrence in occurrences):
        if term.required:
            longest = sorted(term.required, key=len, reverse=True)
            yield term, next(filter(asked.has, longest), "")


def disregards_terms(unit: Unit, terms: TermScope) -> bool:
    """Tell whether the target of a unit disregards a term."""
    if not unit.translated or unit.target == DELIBERATELY_EMPTY or unit.extras.plural_source:
        return False
    return bool(_disregards(unit.key.source, unit.target, unit.key.context, terms))


def _disregards(source: str, target: str, context: str, terms: TermScope) -> str:
    if not terms.terms:
        return ""
    occurrences = terms.find(source, context)
    forbidden = terms.forbidden_everywhere(context)
    if not occurrences and not forbidden:
        return ""
    asked = _Target(target, terms.target_forms, compounding=_compounds(terms.locale.language))
    return "; ".join(dict.fromkeys([*_disregarded(occurrences, asked), *_used(forbidden, occurrences, asked)]))


def _compounds(language: str) -> bool:
    """Tell whether a required word may be the beginning or the end of a longer one: "Nachtschicht" has "Schicht"."""
    return bool(knowledge(language).table("writing").get("compounds"))


class _Target:
    """A target, asked for wordings."""

    def __init__(self, target: str, forms: WordForms, *, compounding: bool) -> None:
        self.text = target
        self._worded = WordedText(target, forms)
        one_form = without_inline_forms(target)
        self._one_form = WordedText(one_form, forms) if one_form != target else self._worded
        self._compounding = compounding

    def has(self, required: str) -> bool:
        """Tell whether a required wording stands in the target, in any form; of two genders one will do."""
        forms = gender_forms(required)
        return any(map(self._worded.holds, forms)) or any(
            self._worded.find(form, Form.resembles)
            or self._compounds(form)
            or (self._one_form is not self._worded and self._one_form.find(form, Form.resembles))
            for form in forms
        )

    def spans(self, wording: str) -> tuple[tuple[int, int], ...]:
        """Return where a wording stands."""
        return self._worded.find(wording, Form.repeats)

    def _compounds(self, form: str) -> bool:
        if not self._compounding or " " in form or len(form) < MIN_COMPOUNDED:
            return False
        words = (word.strip(".,;:!?()\"'„“»«") for word in self.text.casefold().split())
        return any(word.startswith(form.casefold()) or word.endswith(form.casefold()) for word in words)


def _disregarded(occurrences: Iterable[Occurrence], target: _Target) -> Iterator[str]:
    """Say what is missing, and what stands in the place of the terms that the source holds."""
    for term in dict.fromkeys(occurrence.term for occurrence in occurrences):
        if term.keep and term.source not in target.text:
            yield f"“{term.source}” has to stay"
        elif term.required and not any(map(target.has, term.required)):
            yield f"“{term.source}” has to be {' or '.join(f'“{required}”' for required in term.required)}"


def _used(everywhere: Iterable[str], occurrences: Iterable[Occurrence], target: _Target) -> Iterator[str]:
    """Name the forbidden wordings that the target uses, unless a term of this segment requires it."""
    terms = tuple(dict.fromkeys(occurrence.term for occurrence in occurrences))
    asked = [(term.source, forbidden) for term in terms for forbidden in term.forbidden]
    for source, forbidden in (*asked, *(("", wording) for wording in everywhere)):
        spans = target.spans(forbidden)
        allowed = [span for term in terms for span in _required_spans(term, target)] if spans else []
        if any(not _inside(span, allowed) for span in spans):
            yield f"“{source}” must not be “{forbidden}”" if source else f"“{forbidden}” must not be used"


def _required_spans(term: Term, target: _Target) -> Iterator[tuple[int, int]]:
    for wording in (term.source,) if term.keep else term.required:
        for form in gender_forms(wording):
            yield from target.spans(form)


def _inside(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= stop for start, stop in others)


CHECKS = (
    Check(
        id="terms",
        severity=Severity.ERROR,
        remedy="use the wording of the glossary",
        find=disregarded_terms,
    ),
    Check(
        id="trade_terms",
        severity=Severity.WARNING,
        remedy="say it as translators of the trade do, or put your own wording in the glossary",
        find=disregarded_trade,
    ),
)
