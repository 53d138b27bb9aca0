"""A posting is taken out of language versions by a person, and in again; the decision is recorded at once."""

from datetime import UTC, datetime

from babel import Locale

from pipeline.errors import UnknownPostingError
from pipeline.model.decision import Action, Decision, subject_of_version
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings


def withhold_posting(  # noqa: PLR0913  what a decision is made of
    project: Project,
    posting: str,
    locale: Locale | None,
    *,
    person: str,
    when: datetime,
    undo: bool = False,
    text: str = "",
    dry_run: bool = False,
) -> bool:
    """Take a posting out of a locale, or of all without one; or, to `undo` that, in again. Tell whether it was not so.

    Raises UnknownPostingError for an id that is neither read nor published, and UnknownLocaleError.
    """
    name = str(project.configured_locale(locale)) if locale else ""
    if posting not in project.published_ids and not undo:
        _look_for(project, posting)
    decisions = project.decisions.decisions
    standing = decisions.holding(subject_of_version(posting, name))
    if bool(standing) is not undo:
        return False
    if not dry_run:
        decision = Decision(
            action=Action.WITHDRAW if undo else Action.WITHHOLD,
            undoes=Action.WITHHOLD if undo else None,
            posting=posting,
            locale=name,
            person=person,
            when=when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            text=text,
        )
        project.decisions.append([decision])
    return True


def withheld_in(project: Project, posting: str) -> tuple[str, ...]:
    """Name the locales in which somebody has withheld a posting by name, "every locale" where in all at once."""
    named = {"": "every locale", **{str(locale): str(locale) for locale in project.settings.locales}}
    decisions = project.decisions.decisions
    return tuple(place for name, place in named.items() if decisions.holding(subject_of_version(posting, name)))


def _look_for(project: Project, posting: str) -> None:
    known = [found.id for found in read_postings(project).outlines]
    if posting not in known:
        near = [found for found in known if posting.casefold() in found.casefold()]
        raise UnknownPostingError(posting, tuple(near[:5]))
