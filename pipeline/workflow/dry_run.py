"""What publishing would change, told without changing anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from babel import Locale

from pipeline.errors import WithdrawalsError
from pipeline.model.locale import to_tag
from pipeline.model.outcome import ReleaseChanges
from pipeline.publishing.release.switch import compare_release
from pipeline.publishing.versions.ledger import Publication
from pipeline.publishing.versions.ledger_file import read_ledger
from pipeline.workflow.cataloging import Catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.releasing import Edition, prepare, release_files


class ChangeKind(StrEnum):
    """What happens to a posting in a language version."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingChange:
    """One posting that comes, changes its text or goes; the title is empty if the posting was not read any more."""

    kind: ChangeKind
    posting: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleDryRun:
    """What would happen in one language version: its postings, and the files below its folder."""

    postings: tuple[PostingChange, ...]
    files: ReleaseChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What the next release would change; `refusal` is why it would not be made."""

    locales: Mapping[Locale, LocaleDryRun]
    files: ReleaseChanges
    refusal: WithdrawalsError | None


def preview(project: Project, intake: Intake, catalogs: Catalogs, *, allow_withdrawals: bool = False) -> DryRun:
    """Compare what would be published with what is; nothing is written."""
    edition = prepare(project, intake, catalogs, read_ledger(project.ledger_path))
    files = compare_release(project.out, release_files(project, edition))
    return DryRun(
        locales={
            locale: LocaleDryRun(postings=_postings(edition, intake, locale), files=_below(f"{to_tag(locale)}/", files))
            for locale in project.settings.locales
        },
        files=files,
        refusal=None if allow_withdrawals else edition.refusal,
    )


def _postings(edition: Edition, intake: Intake, locale: Locale) -> tuple[PostingChange, ...]:
    lines = [line for line in edition.lines if line.locale == str(locale)]
    changed = {line.posting for line in lines}
    titles = {posting.id: posting.title for posting in intake.read.postings if posting.id in changed}
    titles |= {item.posting.id: item.title for item in edition.localized[locale] if item.posting.id in changed}
    return tuple(
        PostingChange(kind=_kind(edition, line), posting=line.posting, title=titles.get(line.posting, ""))
        for line in lines
    )


def _kind(edition: Edition, line: Publication) -> ChangeKind:
    if line.withdrawn:
        return ChangeKind.WITHDRAWN
    before = edition.before.get(line.key)
    return ChangeKind.ADDED if before is None or before.withdrawn else ChangeKind.CHANGED


def _below(folder: str, files: ReleaseChanges) -> ReleaseChanges:
    def kept(paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(path for path in paths if path.startswith(folder))

    return ReleaseChanges(added=kept(files.added), changed=kept(files.changed), removed=kept(files.removed))
