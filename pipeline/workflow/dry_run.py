"""What publishing, or a whole build, would change, found out without changing anything."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from babel import Locale

from pipeline.errors import WithdrawalsError
from pipeline.model.locale import to_tag
from pipeline.model.outcome import EngineUse, ReleaseChanges
from pipeline.publishing.release.switch import compare_release
from pipeline.publishing.versions.ledger import Publication
from pipeline.publishing.versions.ledger_file import read_ledger
from pipeline.publishing.versions.localized import posting_path
from pipeline.workflow.cataloging import Catalogs, translate
from pipeline.workflow.last_run import FILE_NAME as LAST_RUN
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
    """A posting that comes, changes its text or facts, or goes; the title is empty if it was not read any more."""

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
    """What the next release would change; `refusal` is why it would not be made, `uses` what engines were asked."""

    locales: Mapping[Locale, LocaleDryRun]
    files: ReleaseChanges
    refusal: WithdrawalsError | None
    uses: tuple[EngineUse, ...] = ()


def preview(project: Project, intake: Intake, catalogs: Catalogs, *, allow_withdrawals: bool = False) -> DryRun:
    """Compare what would be published with what is; nothing is written."""
    edition = prepare(project, intake, catalogs, read_ledger(project.ledger_path))
    files = compare_release(project.out, release_files(project, edition))
    return DryRun(
        locales={
            locale: _of_locale(edition, intake, locale, _below(f"{to_tag(locale)}/", files))
            for locale in project.settings.locales
        },
        files=files,
        refusal=None if allow_withdrawals else edition.refusal,
    )


def preview_build(project: Project, intake: Intake, *, allow_withdrawals: bool = False) -> DryRun:
    """Translate what is new and compare what would be published with what is; nothing of it is kept.

    The engines are asked as a build would ask them.
    """
    project.settings.require_address()
    with _copied(project) as copy:
        translated = translate(copy, intake)
        found = preview(copy, intake, translated.catalogs, allow_withdrawals=allow_withdrawals)
        return replace(found, uses=translated.uses)


@contextmanager
def _copied(project: Project) -> Iterator[Project]:
    """Yield the project with what a build writes, catalogs, record and memory, in a temporary folder."""
    with TemporaryDirectory(prefix="polypost-") as folder:
        locales_dir, build_dir = Path(folder, "locales"), Path(folder, "build")
        build_dir.mkdir()
        if project.locales_dir.is_dir():
            shutil.copytree(project.locales_dir, locales_dir, ignore=shutil.ignore_patterns("*.mo", ".*"))
        copy = replace(project, locales_dir=locales_dir, build_dir=build_dir)
        for path in (project.build_dir / LAST_RUN, project.memory_path):
            if path.is_file():
                shutil.copy(path, build_dir / path.name)
        yield copy


def _of_locale(edition: Edition, intake: Intake, locale: Locale, files: ReleaseChanges) -> LocaleDryRun:
    """Find the postings whose text changes by the lines that the record gets, other ones by their pages."""
    lines = {line.posting: _kind(edition, line) for line in edition.lines if line.locale == str(locale)}
    pages = {
        f"{to_tag(locale)}/{posting_path(line.slug)}": line.posting
        for line in edition.before.values()
        if line.locale == str(locale) and not line.withdrawn
    }
    kinds = {pages[path]: ChangeKind.CHANGED for path in files.changed if path in pages} | lines
    titles = {posting.id: posting.title for posting in intake.read.postings if posting.id in kinds}
    titles |= {item.posting.id: item.title for item in edition.localized[locale] if item.posting.id in kinds}
    postings = (
        PostingChange(kind=kind, posting=posting, title=titles.get(posting, ""))
        for posting, kind in (lines | kinds).items()
    )
    return LocaleDryRun(postings=tuple(postings), files=files)


def _kind(edition: Edition, line: Publication) -> ChangeKind:
    if line.withdrawn:
        return ChangeKind.WITHDRAWN
    before = edition.before.get(line.key)
    return ChangeKind.ADDED if before is None or before.withdrawn else ChangeKind.CHANGED


def _below(folder: str, files: ReleaseChanges) -> ReleaseChanges:
    def kept(paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(path for path in paths if path.startswith(folder))

    return ReleaseChanges(added=kept(files.added), changed=kept(files.changed), removed=kept(files.removed))
