"""Postings, units and sites as tests of publishing speak of them."""

from collections.abc import Iterable, Mapping
from gettext import NullTranslations

from babel import Locale

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Detection, DetectionReason, Location, Posting, Section, SectionKind, blocks_of
from pipeline.model.segment import SegmentedBlock, SegmentedPosting, SegmentedSection, UnitKey
from pipeline.model.unit import Unit
from pipeline.publishing.pages.listings import LIST_SIZE
from pipeline.publishing.release.site import Sizes, Withdrawn, build_site
from pipeline.publishing.release.switch import pieces_of
from pipeline.publishing.versions.ledger import continue_ledger, latest, with_record
from pipeline.publishing.versions.localized import LocalizedPosting, localize
from pipeline.publishing.versions.paging import PAGE_SIZE
from pipeline.publishing.versions.version import Version, build_version

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


def versions_of(locales: Iterable[Locale], localized: Iterable[LocalizedPosting]) -> list[Version]:
    """Record the postings as published for the first time and build every locale's version."""
    published = list(localized)
    record = latest(continue_ledger({}, published, edition=None, as_of=None))
    dated = [with_record(item, record) for item in published]
    return [
        build_version(locale, [item for item in dated if item.locale == locale], base_url=BASE_URL, translations=WORDS)
        for locale in locales
    ]


def site_of(
    versions: list[Version],
    withdrawn: Withdrawn | None = None,
    *,
    noindex_machine: bool = False,
    page_size: int = PAGE_SIZE,
    list_size: int = LIST_SIZE,
) -> dict[str, bytes]:
    """Build every file of a release, those that come in pieces put together."""
    sizes = Sizes(page_size, list_size)
    files = build_site(BASE_URL, versions, withdrawn, noindex_machine=noindex_machine, sizes=sizes)
    return {path: b"".join(pieces_of(content)) for path, content in files}
