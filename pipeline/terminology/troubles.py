"""What the maker of a glossary should know about it: terms that contradict each other, and terms that nothing uses.

Example: the wording “Küchenchef” is required for "chef" while a rule of the house forbids “Chef” as a form of its own.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from pipeline.language.phrases import WordedText
from pipeline.language.term import Term
from pipeline.language.word_forms import Form
from pipeline.model.finding import Severity
from pipeline.terminology.formats.rows import United
from pipeline.terminology.simplemma_forms import SimplemmaForms

# A bought or imported glossary has thousands of terms; a few idle ones of the house may be typing errors.
MAX_IDLE_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something about a glossary that its maker should know; `line` is 0 where it is about a term as a whole."""

    severity: Severity
    reason: str
    line: int = 0


def find_troubles(glossary: United, used: Collection[Term]) -> Iterator[Trouble]:
    """Yield what is wrong or idle in a glossary; `used` are its terms that stand in some posting."""
    for mistake in glossary.duplicates:
        yield Trouble(severity=Severity.WARNING, reason=mistake.reason, line=mistake.line)
    yield from (Trouble(severity=Severity.ERROR, reason=reason) for reason in find_contradictions(glossary.terms))
    yield from (Trouble(severity=Severity.WARNING, reason=reason) for reason in _find_idle(glossary.terms, used))


def find_contradictions(terms: Sequence[Term]) -> Iterator[str]:
    """Say where a wording is required of which a form is forbidden, by the term itself or whatever the source says."""
    everywhere = [term for term in terms if not term.source]
    for term in terms:
        if term.locale is None or not term.required:
            continue
        forms = SimplemmaForms(term.locale.language)
        for other in (term, *(other for other in everywhere if _meet(term, other))):
            for required, forbidden in product(term.required, other.forbidden):
                if WordedText(required, forms).find(forbidden, Form.repeats):
                    yield f"{_named(other)} forbids “{forbidden}”, {_named(term)} requires “{required}”"


def _meet(term: Term, other: Term) -> bool:
    """Tell whether both can hold for one segment."""
    if term.language != other.language or (term.context and other.context and term.context != other.context):
        return False
    return bool(term.locale and other.locale and (term.holds_in(other.locale) or other.holds_in(term.locale)))


def _find_idle(terms: Sequence[Term], used: Collection[Term]) -> Iterator[str]:
    """Say which terms stand in no posting that has a version in a locale they hold in; only how many of a long list."""
    idle = [term for term in terms if term.source and term not in used]
    if len(idle) <= MAX_IDLE_NAMED:
        yield from (f"{_named(term)} stands in no posting" for term in idle)
    else:
        yield f"{len(idle)} of {len(terms)} terms stand in no posting, the first is {_named(idle[0])}"


def _named(term: Term) -> str:
    place = ", ".join(filter(None, (term.context, str(term.locale or "every locale"))))
    return f"“{term.source}” ({term.language} to {place})" if term.source else f"the rule for {place}"
