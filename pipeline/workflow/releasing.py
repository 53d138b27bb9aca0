"""Postings go out: decided per locale, recorded, and written as one release, or only compared with the one before.

The decisions themselves are in `publishing/versions`: the policy of a locale, and the ledger with its dates.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from gettext import NullTranslations
from itertools import chain
from pathlib import Path

from babel import Locale

from pipeline.errors import WithdrawalsError
from pipeline.intake.reading.gazetteer import other_names
from pipeline.model.locale import to_tag
from pipeline.model.outcome import ChangeKind, EngineUse, Reasons, ReleaseChanges
from pipeline.publishing.pages.html import check_own_templates
from pipeline.publishing.pages.pagefind import find_pagefind, with_indexes
from pipeline.publishing.pages.structured_data import unmet_requirements
from pipeline.publishing.release.manifest import with_gzip, with_manifest
from pipeline.publishing.release.site import build_site
from pipeline.publishing.release.switch import FileContent, compare_release, switch_release
from pipeline.publishing.release.unchanged import Unchanged
from pipeline.publishing.versions import ledger
from pipeline.publishing.versions.ledger_file import read_ledger, revise_ledger
from pipeline.publishing.versions.version import build_version
from pipeline.storage.derived import Derived, open_derived
from pipeline.storage.files import alone_in
from pipeline.workflow.catalogs import Catalogs
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.localizing import Localized, Recorded
from pipeline.workflow.page_words import page_words_of
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.rulings import Rulings, count_reasons
from pipeline.workflow.run_report import Announcement, count_announced
from pipeline.workflow.stopwatch import SWITCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publishing did and how each locale stands; `undated` texts changed without a later day to say so.

    `announced` counts by locale the items that feeds announce again, `words_as_written` the published words that are
    shown in the language of their posting, `unmet` by field the published postings that search engines take for none
    because they say nothing there.
    """

    reasons: Reasons
    changes: ReleaseChanges
    announced: Mapping[Locale, Mapping[Announcement, int]]
    words_as_written: Mapping[Locale, int]
    rulings: Rulings
    undated: int = 0
    unmet: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a run publishes: the postings per locale, the record `before` it and the lines that it adds.

    `departed` are the postings that have left a locale, by its name, or one of its countries. `refusal` says why it may
    not, if too many postings would vanish. `search` is the program that makes search indexes.
    """

    rulings: Rulings
    reasons: Reasons
    localized: Mapping[Locale, Localized]
    words: Mapping[Locale, NullTranslations]
    words_as_written: Mapping[Locale, int]
    before: ledger.Ledger
    lines: Sequence[ledger.Publication]
    departed: Mapping[str, Sequence[ledger.Departure]]
    refusal: WithdrawalsError | None = None
    search: Path | None = None


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
    """What the next release would change, with the lines that the record would get.

    `refusal` is why it would not be made, `uses` what engines were asked.
    """

    locales: Mapping[Locale, LocaleDryRun]
    files: ReleaseChanges
    refusal: WithdrawalsError | None
    publications: int = 0
    uses: tuple[EngineUse, ...] = ()


def ready_to_publish(project: Project) -> None:
    """Look, before the work is done, whether the configuration says all that pages need.

    Raises ConfigError without an address to publish at, and SiteTemplateError at a fault in the owner's templates.
    """
    project.settings.require_address()
    check_own_templates(project.settings.site)


def publish(project: Project, intake: Intake, catalogs: Catalogs, *, allow_withdrawals: bool = False) -> Published:
    """Write one release of every language version.

    Raises WithdrawalsError, before anything is written, if more postings would vanish than are allowed, and
    MissingSearchError if the program is missing that the configured search needs.
    """
    project.locales_dir.mkdir(parents=True, exist_ok=True)
    with alone_in(project.locales_dir):  # the record goes on line by line, and two drafts would mix
        edition = _record(project, intake, catalogs, allow_withdrawals=allow_withdrawals)
        rulings, reasons, words_as_written = edition.rulings, edition.reasons, edition.words_as_written
        announced = count_announced(edition.before, edition.lines)
        undated = ledger.count_undated(edition.before, edition.lines)
        unmet = _count_unmet(edition.localized.values())
        pages = sum(map(len, edition.localized.values()))
        with _kept(project) as derived:
            files = project.progress.over_files(release_files(project, edition, derived), pages)
            del edition  # the record of 100,000 postings takes as much memory as all that is needed from here on
            changes = switch_release(project.out, files)
            project.progress(SWITCH, 1, 1)
            derived.drop_unused()
        return Published(
            reasons=reasons,
            changes=changes,
            announced={
                locale: {**dict.fromkeys(Announcement, 0), **announced.get(str(locale), {})}
                for locale in project.settings.locales
            },
            words_as_written=words_as_written,
            rulings=rulings,
            undated=undated,
            unmet=unmet,
        )


def preview(project: Project, intake: Intake, catalogs: Catalogs, *, allow_withdrawals: bool = False) -> DryRun:
    """Compare what would be published with what is; nothing is written."""
    edition = prepare(project, intake, catalogs, read_ledger(project.ledger_path))
    with _kept(project) as derived:
        files = compare_release(project.out, release_files(project, edition, derived))
    return DryRun(
        locales={
            locale: _locale_dry_run(edition, intake, locale, files.below(f"{to_tag(locale)}/"))
            for locale in project.settings.locales
        },
        files=files,
        refusal=None if allow_withdrawals else edition.refusal,
        publications=len(edition.lines),
    )


def _count_unmet(localized: Iterable[Localized]) -> Counter[str]:
    """Count by field the published postings, each once, that search engines want it of in vain."""
    outlines = {outline.id: outline for each in localized for outline in each.outlines()}
    return Counter(name for each in outlines.values() for name in unmet_requirements(each.date_posted, each))


def _kept(project: Project) -> AbstractContextManager[Derived]:
    """Open what is kept of the files that were published, by what they were made of."""
    return open_derived(project.build_dir / "published.sqlite3", program=digest_of_program())


def _record(project: Project, intake: Intake, catalogs: Catalogs, *, allow_withdrawals: bool) -> Edition:
    """Decide what is published and record it; anew if somebody saves the record at that moment."""
    edition: Edition | None = None

    def continued(record: list[ledger.Publication]) -> Sequence[ledger.Publication]:
        nonlocal edition
        edition = None  # never two at once
        project.last_run.look_at_ledger(project.ledger_path, len(record))
        edition = prepare(project, intake, catalogs, record)
        if edition.refusal and not allow_withdrawals:
            raise edition.refusal
        project.last_run.remember_ledger(project.ledger_path, len(record) + len(edition.lines))
        return edition.lines

    revise_ledger(project.ledger_path, continued, alone_in_folder=None)
    project.last_run.write()
    if edition is None:
        raise AssertionError
    return edition


def prepare(project: Project, intake: Intake, catalogs: Catalogs, record: Iterable[ledger.Publication]) -> Edition:
    """Decide what is published and how the record goes on; nothing is written.

    Raises ConfigError without an address to publish at, SiteTemplateError, and MissingSearchError if the program is
    missing that the configured search needs.
    """
    ready_to_publish(project)
    search = find_pagefind() if project.settings.search else None
    words = page_words_of(project)
    rulings = Rulings(project, intake, catalogs, words)
    localized = {locale: Localized(found, intake.outlines) for locale, found in rulings.of.items()}
    history = ledger.follow(record)
    before = history.latest
    posted = (outline.date_posted for outline in intake.outlines)
    day = ledger.edition_date(before, posted, project.as_of)
    published = chain.from_iterable(each.told() for each in localized.values())
    lines = ledger.continue_ledger(before, published, edition=day, as_of=project.as_of)
    # What a person takes out is meant to go, and no sign that something is broken.
    unforeseen = [line for line in lines if not project.decisions.decisions.withheld(line.posting, line.locale)]
    return Edition(
        rulings=rulings,
        reasons=count_reasons(rulings),
        localized=localized,
        words=words,
        words_as_written={
            locale: sum(ruling.words_as_written for ruling in each.rulings()) for locale, each in localized.items()
        },
        before=before,
        lines=lines,
        departed=ledger.departures(history, lines),
        refusal=ledger.find_refusal(before, unforeseen, project.settings.max_withdrawn),
        search=search,
    )


def release_files(project: Project, edition: Edition, derived: Derived) -> Iterable[tuple[str, FileContent]]:
    """Yield path and content of every file that the output will hold; one made of the same before is taken over.

    With a search index all are made: it is made of their text.
    """
    unchanged = Unchanged(derived, project.out if edition.search is None else None)
    settings = project.settings
    base_url = settings.require_address()
    record = {**edition.before, **ledger.latest(edition.lines)}
    recorded = {locale: Recorded(localized, record) for locale, localized in edition.localized.items()}
    versions = [
        build_version(
            locale,
            texts,
            base_url=base_url,
            translations=edition.words[locale],
            entries=texts.entries(),
            settings=settings.site,
        )
        for locale, texts in recorded.items()
    ]
    departed = {locale: edition.departed.get(str(locale), ()) for locale in settings.locales}
    files = build_site(
        base_url,
        versions,
        departed,
        {locale: list(localized.gone(record)) for locale, localized in edition.localized.items()},
        settings=settings.site,
        searchable=edition.search is not None,
        unchanged=unchanged,
        other_names=other_names,
        children=project.children,
    )
    if edition.search is not None:
        files = with_indexes(edition.search, files)
    return with_manifest(with_gzip(files, unchanged.standing) if settings.gzip else files)


def _locale_dry_run(edition: Edition, intake: Intake, locale: Locale, files: ReleaseChanges) -> LocaleDryRun:
    """Find the postings that change by the lines that the record gets: a page changes with others it names, too."""
    kinds = {
        line.posting: ledger.change_kind(edition.before, line) for line in edition.lines if line.locale == str(locale)
    }
    wanted = [number for number, outline in enumerate(intake.outlines) if outline.id in kinds]
    titles = {posting.id: posting.title for posting in map(intake.read.postings.__getitem__, wanted)}
    titles |= {told.posting_id: told.title for told in edition.localized[locale].told() if told.posting_id in kinds}
    postings = (
        PostingChange(kind=kind, posting=posting, title=titles.get(posting, "")) for posting, kind in kinds.items()
    )
    return LocaleDryRun(postings=tuple(postings), files=files)
