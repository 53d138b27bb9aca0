"""Postings whose values stand once a language are one posting with versions."""

import json
from collections.abc import Callable, Mapping

import pytest

from pipeline.intake.formats.localized import by_language
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.record import PostingRecord, RecordError
from tests.intake.reading_documents import LEXICON, records

WRITTEN: Mapping[str, dict[str, object]] = {
    "members": {
        "id": "b1",
        "name": {"en": "Baker", "de": "Bäcker"},
        "description": {"en": "We bake at night.", "de": "Wir backen nachts."},
        "location": {"city": {"en": "Vienna", "de": "Wien"}, "country": "AT"},
    },
    "our own names": {
        "id": "b1",
        "title": {"en": "Baker", "de": "Bäcker"},
        "description": {"en": "We bake at night.", "de": "Wir backen nachts."},
        "locations": ["Vienna, AT"],
    },
    "lists": {
        "id": "b1",
        "title": [{"language": "en", "value": "Baker"}, {"language": "de", "value": "Bäcker"}],
        "description": [
            {"language": "en", "value": "We bake at night."},
            {"language": "de", "value": "Wir backen nachts."},
        ],
        "location": "Vienna, AT",
    },
    "suffixes": {
        "id": "b1",
        "title_en": "Baker",
        "title_de": "Bäcker",
        "description_en": "We bake at night.",
        "description_de": "Wir backen nachts.",
        "city": "Vienna",
        "country": "AT",
    },
    "JSON-LD": {
        "@type": "JobPosting",
        "identifier": "b1",
        "title": [{"@language": "en", "@value": "Baker"}, {"@language": "de", "@value": "Bäcker"}],
        "description": [
            {"@language": "en", "@value": "We bake at night."},
            {"@language": "de", "@value": "Wir backen nachts."},
        ],
        "jobLocation": {"address": {"addressLocality": "Vienna", "addressCountry": "AT"}},
    },
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("wrap", [lambda tree: tree, lambda tree: [tree], lambda tree: {"jobs": [tree]}])
def test_each_language_is_a_version(written: dict[str, object], wrap: Callable[[object], object]) -> None:
    (record,) = records(wrap(written))
    assert isinstance(record, PostingRecord), record
    posting = build_posting(record, lexicon=LEXICON)
    said = [(version.language.language, version.title, version.sections[0].lines) for version in posting.versions]
    assert (posting.id, posting.title, posting.sections[0].lines) == ("b1", "Baker", ("We bake at night.",))
    assert said == [("de", "Bäcker", ("Wir backen nachts.",))]
    assert [(place.city, place.country) for place in posting.locations] == [("Vienna", "AT")]
    assert (str(posting.declared), posting.doubts) == ("en", ())


def test_elements_of_xml_may_be_languages() -> None:
    xml = "<jobs><job><id>b1</id><title><en>Baker</en><de>Bäcker</de></title>"
    xml += "<description><en>We bake.</en><de>Wir backen.</de></description></job></jobs>"
    (record,) = records(xml)
    assert isinstance(record, PostingRecord), record
    assert (record.title, record.language) == ("Baker", "en")
    assert record.versions == [
        {"language": "de", "title": "Bäcker", "url": None, "description": "Wir backen.", "sections": None}
    ]


def test_language_that_the_posting_names_is_its_own() -> None:
    (record,) = records({**WRITTEN["members"], "language": "de"})
    assert isinstance(record, PostingRecord), record
    assert (record.title, record.language) == ("Bäcker", "de")


def test_version_without_a_text_is_left_out_and_reported() -> None:
    (record,) = records({"id": "b1", "title": {"en": "Baker", "de": "Bäcker"}, "description": {"en": "We bake."}})
    assert isinstance(record, PostingRecord), record
    (doubt,) = build_posting(record, lexicon=LEXICON).doubts
    assert (doubt.field, doubt.reason.partition(":")[0]) == ("versions[0]", "is left out")


@pytest.mark.parametrize(
    "tree",
    [
        {"title": "Baker", "salary": {"min": "1", "max": "2"}},
        {"title": {"main": "Baker", "sub": "at night"}},
        {"title": {"id": "5", "value": "Baker"}},
        {"title": [{"language": "Elvish", "value": "x"}]},
        {"title": [{"language": "en"}]},
        {"title": ["Baker"]},
        {"title_en": "Baker", "job_id": "4", "description": "We bake."},
        {"title": {}, "description": {"en": "We bake."}},
    ],
)
def test_what_only_looks_like_a_language_is_none(tree: dict[str, object]) -> None:
    assert by_language(tree) == {}


def test_what_is_no_language_is_rejected_with_what_to_write() -> None:
    (record,) = records({"id": "b1", "title": {"main": "Baker"}, "description": "We bake."})
    assert isinstance(record, PostingRecord)
    with pytest.raises(RecordError, match="title: is no text; write a text, or one a language"):
        build_posting(record, lexicon=LEXICON)


def test_nesting_of_any_depth_ends() -> None:
    deep: object = {"en": "We bake."}
    for _ in range(50):
        deep = {"x": [deep]}
    found = by_language({"title": {"en": "Baker"}, "more": deep})
    assert json.dumps(found["en"]["more"]) == json.dumps(deep)
