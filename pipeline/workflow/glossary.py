"""What people do with a glossary: look for trouble in it, and make one of occupation names or of TBX."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from babel import Locale

from pipeline.errors import GlossaryError, UsageError
from pipeline.language.phrases import WordedText
from pipeline.language.term import Term
from pipeline.language.word_forms import Form
from pipeline.model.finding import Severity
from pipeline.model.locale import parse_locale, source_language
from pipeline.terminology.formats import esco
from pipeline.terminology.glossary_file import read_glossary, read_text, write_glossary
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake

# A bought or imported glossary has thousands of terms; a few idle ones of the house may be typing errors.
MAX_IDLE_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something about a glossary that its maker should know; `line` is 0 where it is about a term as a whole."""

    severity: Severity
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import: terms in the file, occupations that have a name in both languages, or in one only."""

    path: Path
    terms: int
    joined: int = 0
    alone: int = 0
    changed: bool = True


def check_glossary(project: Project, intake: Intake) -> Iterator[Trouble]:
    """Yield what is wrong or idle in the configured glossary.

    Raises UsageError without a glossary, GlossaryError if it cannot be used at all.
    """
    path = project.settings.glossary
    if path is None:
        raise UsageError('no glossary is configured; write for example glossary = "glossary.csv" under [translate]')
    read = read_glossary(path)
    yield from (
        Trouble(severity=Severity.WARNING, reason=mistake.reason, line=mistake.line) for mistake in read.duplicates
    )
    yield from (Trouble(severity=Severity.ERROR, reason=reason) for reason in _contradictions(read.terms))
    yield from (Trouble(severity=Severity.WARNING, reason=reason) for reason in _idle(project, intake, read.terms))


def import_occupations(
    source: Path, target: Path, language: Locale | None, locale: Locale | None, out: Path
) -> Imported:
    """Make a glossary for titles of the ESCO files of two languages, which their names tell if no locale is given.

    Raises GlossaryError if a file is no such file.
    """
    names = _occupations(source), _occupations(target)
    languages = language or _language_of(source), locale or _language_of(target)
    terms = tuple(esco.join_occupations(*names, *languages))
    joined = len(names[0].keys() & names[1].keys())
    if not terms:
        raise GlossaryError(target, (f" no occupation has a name here and in {source}",))
    changed = write_glossary(out, terms)
    alone = len(names[0].keys() ^ names[1].keys())
    return Imported(path=out, terms=len(terms), joined=joined, alone=alone, changed=changed)


def import_tbx(source: Path, out: Path) -> Imported:
    """Make a CSV glossary of a TBX one.

    Raises GlossaryError with every mistake.
    """
    terms = read_glossary(source).terms
    return Imported(path=out, terms=len(terms), changed=write_glossary(out, terms))


def _occupations(path: Path) -> dict[str, esco.Occupation]:
    found = esco.parse_occupations(read_text(path))
    if found.mistakes:
        raise GlossaryError(path, tuple(f"{mistake.line}: {mistake.reason}" for mistake in found.mistakes))
    return dict(found.by_uri)


def _language_of(path: Path) -> Locale:
    named = esco.language_of(path.name)
    if not named:
        raise UsageError(f"{path}: the name does not end like occupations_de.csv; give --source-language and --locale")
    return parse_locale(named)


def _contradictions(terms: Sequence[Term]) -> Iterator[str]:
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


def _idle(project: Project, intake: Intake, terms: Sequence[Term]) -> Iterator[str]:
    """Say which terms stand in no posting that has a version in a locale they hold in; only how many of a long list."""
    used: set[Term] = set()
    for item in intake.segmented:
        if item.posting.language is None:
            continue
        language = source_language(item.posting.language)
        for locale in project.settings.locales:
            scope = project.glossary.scope(language, locale)
            for key in item.keys() if scope.terms else ():
                used |= {occurrence.term for occurrence in scope.find(key.source, key.context)}
    idle = [term for term in terms if term.source and term not in used]
    if len(idle) <= MAX_IDLE_NAMED:
        yield from (f"{_named(term)} stands in no posting" for term in idle)
    else:
        yield f"{len(idle)} of {len(terms)} terms stand in no posting, the first is {_named(idle[0])}"


def _named(term: Term) -> str:
    place = ", ".join(filter(None, (term.context, str(term.locale or "every locale"))))
    return f"“{term.source}” ({term.language} to {place})" if term.source else f"the rule for {place}"
