"""The glossary of a project held against its postings; and glossaries made of other files."""

from collections.abc import Iterator

from pipeline.errors import UsageError
from pipeline.language.term import Term
from pipeline.model.locale import source_language
from pipeline.terminology.glossary_file import Imported, import_occupations, import_tbx, read_glossary
from pipeline.terminology.troubles import Trouble, find_troubles
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake

__all__ = ["Imported", "Trouble", "check_glossary", "import_occupations", "import_tbx"]


def check_glossary(project: Project, intake: Intake) -> Iterator[Trouble]:
    """Yield what is wrong or idle in the configured glossary.

    Raises UsageError without a glossary, GlossaryError if it cannot be used at all.
    """
    path = project.settings.glossary
    if path is None:
        raise UsageError('no glossary is configured; write for example glossary = "glossary.csv" under [translate]')
    return find_troubles(read_glossary(path), _used_terms(project, intake))


def _used_terms(project: Project, intake: Intake) -> set[Term]:
    """Return the terms that stand in a posting which has a version in a locale they hold in."""
    used: set[Term] = set()
    for item in intake.segmented:
        if item.posting.language is None:
            continue
        language = source_language(item.posting.language)
        for locale in project.settings.locales:
            scope = project.glossary.scope(language, locale)
            for key in item.keys() if scope.terms else ():
                used |= {occurrence.term for occurrence in scope.find(key.source, key.context)}
    return used
