"""Postings, units and sites as tests of publishing speak of them."""

from collections.abc import Iterable, Mapping, Sequence
from gettext import NullTranslations
from itertools import count

from babel import Locale

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Detection, DetectionReason, Location, Posting, Section, SectionKind, blocks_of
from pipeline.model.segment import SegmentedBlock, SegmentedPosting, SegmentedSection, UnitKey
from pipeline.model.site_settings import NO_SETTINGS, SiteSettings
from pipeline.model.unit import Unit
from pipeline.publishing.pages.listings import LIST_SIZE
from pipeline.publishing.release.site import Departed, Sizes, build_site
from pipeline.publishing.release.switch import pieces_of
from pipeline.publishing.versions.ledger import continue_ledger, latest, with_record
from pipeline.publishing.versions.localized import LocalizedPosting, localize
from pipeline.publishing.versions.paging import PAGE_SIZE
from pipeline.publishing.versions.version import Entry, Version, build_version

BASE_URL = "https://jobs.example.org/"
WORDS = NullTranslations()


def detected(tag: str | None) -> Detection:
    language = parse_locale(tag) if tag else None
    return Detection(language=language, score=100, reason=DetectionReason.DECLARED)


def segmented(posting: Posting) -> SegmentedPosting:
    """Take every paragraph as one sentence."""
    sections = tuple(
        SegmentedSection(
            kind=part.kind,
            heading=part.heading,
            standard=part.standard,
            blocks=tuple(SegmentedBlock(block=block, segments=(block.text,)) for block in part.blocks),
        )
        for part in posting.sections
    )
    return SegmentedPosting(posting=posting, sections=sections)


def nurse(posting_id: str = "acme-1", *, language: str | None = "en", countries: Iterable[str] = ("IE",)) -> Posting:
    return Posting(
        id=posting_id,
        title="Nurse",
        locations=tuple(Location(country=code) for code in countries),
        detection=detected(language),
        sections=(Section(kind=SectionKind.REQUIREMENTS, blocks=blocks_of(items=("Patience",))),),
    )


def reviewed(posting: Posting, targets: Mapping[str, str]) -> dict[UnitKey, Unit]:
    """Return a person's units for the segments that `targets` names."""
    keys = segmented(posting).keys()
    return {key: Unit(key=key, target=targets[key.source]) for key in keys if key.source in targets}


def as_written(posting: Posting, locale: str = "en") -> LocalizedPosting:
    """Localize a posting in the language that it is written in."""
    decision = Decision(segmented=segmented(posting), locale=parse_locale(locale), reason=Reason.SOURCE)
    return localize(decision, WORDS)


def entry_of(localized: LocalizedPosting, position: int) -> Entry:
    """Return what lists and feeds say of a posting, all of it read off its text."""
    posting = localized.posting
    return Entry(
        posting=posting.id,
        title=localized.title,
        organization=posting.organization,
        slug=localized.slug,
        line=localized.line,
        position=position,
        posted=posting.date_posted or localized.published,
        published=localized.published,
        updated=localized.updated or localized.published,
        valid_through=posting.valid_through,
        locations=posting.locations,
        countries=posting.countries,
        applicant_countries=posting.applicant_countries,
        areas=posting.areas,
        remote=posting.remote,
        worldwide=posting.worldwide,
        employment_type=posting.employment_type,
        salary=posting.salary,
        translation=str(localized.translation),
        source_language=localized.source_language,
        title_language=localized.title_language,
    )


def version_of(locale: Locale, texts: Sequence[LocalizedPosting], translations: NullTranslations = WORDS) -> Version:
    """Build the version of a locale of texts that are at hand."""
    return build_version(
        locale, texts, base_url=BASE_URL, translations=translations, entries=map(entry_of, texts, count())
    )


def versions_of(locales: Iterable[Locale], localized: Iterable[LocalizedPosting]) -> list[Version]:
    """Record the postings as published for the first time and build every locale's version."""
    published = list(localized)
    record = latest(continue_ledger({}, published, edition=None, as_of=None))
    dated = [with_record(item, record) for item in published]
    return [version_of(locale, [item for item in dated if item.locale == locale]) for locale in locales]


def site_of(
    versions: list[Version],
    departed: Departed | None = None,
    *,
    settings: SiteSettings = NO_SETTINGS,
    page_size: int = PAGE_SIZE,
    list_size: int = LIST_SIZE,
) -> dict[str, bytes]:
    """Build every file of a release, those that come in pieces put together."""
    sizes = Sizes(page_size, list_size)
    files = build_site(BASE_URL, versions, departed, settings=settings, sizes=sizes)
    return {path: b"".join(pieces_of(content)) for path, content in files}
