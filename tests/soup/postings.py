"""Whole records made of texts, and their way through reading, cutting and publishing."""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from babel import Locale

from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.formats.item import Item
from pipeline.intake.formats.posting_line import serialize_posting
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.model.posting import Posting
from pipeline.model.text import is_visible
from pipeline.model.unit import Unit
from pipeline.publishing.versions.localized import localize
from pipeline.publishing.versions.policy import Policy, Rule, decide
from pipeline.translation.segmenter import Segmenter
from tests.intake.hostile_documents import NODE, OURS, READER, SYSTEMS
from tests.publishing.examples import WORDS, detected, site_of, versions_of
from tests.publishing.test_country_rule import assert_version_agrees
from tests.soup.functions import Soup

ENSEMBLE = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
ENGLISH, ARABIC = Locale("en"), Locale("ar")
FULL: Mapping[str, object] = {
    **OURS,
    "organization": "Acme",
    "url": "https://a.example/jobs/1",
    "remote": False,
    "applicant_countries": ["FR"],
    "areas": ["EU"],
    "date_posted": "2026-11-01",
    "valid_through": "2026-12-31",
    "employment_type": ["FULL_TIME"],
    "salary": {"currency": "EUR", "min": 60000, "max": 75000, "unit": "YEAR"},
    "language": "en",
    "locales": None,
    "sections": [
        {"kind": "requirements", "heading": "Requirements", "blocks": [{"paragraph": "We bake."}, {"item": "Bread"}]},
        {"heading": "Offer", "text": "We pay."},
    ],
    "versions": [{"language": "de", "title": "Bäcker", "sections": [{"heading": "Was", "text": "Wir backen."}]}],
}
_KEPT = ("id", "title")  # most times: without them there is no posting


def _spoiled(soup: Soup, value: object, name: str = "") -> object:
    """Return a value with other texts in it, and now and then with anything in its place."""
    kind = soup.chance.random()
    if isinstance(value, Mapping):
        return {key: _spoiled(soup, each, key) for key, each in value.items() if kind < 0.9 or key in _KEPT}
    if isinstance(value, list):
        return [_spoiled(soup, each) for each in value]
    if kind < (0.6 if name not in _KEPT else 0.3):
        return value
    return soup.text() if kind < 0.9 or name in _KEPT else soup.value()


def _read(tree: object) -> Iterator[Posting]:
    for item in READER.read(io.BytesIO(json.dumps([tree]).encode()), name="a.json"):
        if isinstance(item, Item) and isinstance(item.found, PostingRecord):
            try:
                yield build_posting(item.found, lexicon=load_headings())
            except RecordError as error:
                assert str(error)  # noqa: PT017


def posting_of_any_record_is_published_or_refused(soup: Soup) -> None:
    """Publish what a record says as it is written and in Arabic, and read every output; what was read is read again."""
    tree = _spoiled(soup, soup.chance.choice((FULL, FULL, FULL, NODE, *SYSTEMS)))
    postings = {posting.id: posting for posting in _read(tree)}
    for posting in postings.values():
        (again,) = _read(json.loads(serialize_posting(posting)))
        assert (again.id, again.countries) == (posting.id, posting.countries)
        assert again.title == posting.title or "<" in posting.title or "&" in posting.title  # read as HTML each time
        assert [section.blocks for section in again.sections] == [section.blocks for section in posting.sections]
    localized = []
    for posting in postings.values():
        read_language(posting, ENSEMBLE, load_headings())
        cut = Segmenter().segment(replace(posting, detection=detected("en"), versions=(), locales=None))
        targets = {key: target if is_visible(target := soup.text()) else "x" for key in cut.keys()}  # noqa: SIM118
        units = {key: Unit(key=key, target=target) for key, target in targets.items()}
        for locale in (ENGLISH, ARABIC):
            rule = Rule(
                locale=locale,
                policy=Policy.MACHINE,
                configured=(ENGLISH, ARABIC),
                faulty=lambda _: False,
                has_route=lambda _: True,
            )
            decision = decide(cut, units, rule)
            if decision.published:
                localized.append(localize(decision, WORDS))
    versions = versions_of((ENGLISH, ARABIC), localized)
    files = site_of(versions)
    for version in versions:
        if version.postings:
            assert_version_agrees(files, version.tag, {item.posting.id: item for item in version.postings})
