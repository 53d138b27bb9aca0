"""Postings that lead detection astray, each read as what it is or as undetermined."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from babel import Locale

from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord
from pipeline.model.posting import Detection, DetectionReason, Posting, Section, SectionKind, blocks_of

HOSTILE = Path(__file__).parents[1] / "fixtures" / "detection" / "hostile.toml"
LEXICON = load_headings()
ENSEMBLE = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
FRENCH = "Vous réparez des vélos dans notre atelier, et le samedi vous tenez la caisse avec votre collègue."
ENGLISH = "You mend bicycles in our workshop, and on Saturdays you look after the till with your colleague."


def hostile() -> list[Mapping[str, str]]:
    postings: list[Mapping[str, str]] = tomllib.loads(HOSTILE.read_text(encoding="utf-8"))["posting"]
    return postings


def read(posting: Posting) -> Posting:
    return read_language(posting, ENSEMBLE, LEXICON)


def languages(posting: Posting) -> str:
    found = [posting.language, *(version.language for version in posting.versions)]
    return "+".join(str(language) for language in found if language)


@pytest.mark.parametrize("case", hostile(), ids=lambda case: f"{case['language']}-{case['title']}")
def test_hostile_posting_is_read_as_what_it_is_or_as_undetermined(case: Mapping[str, str]) -> None:
    record = PostingRecord(id="h", title=case["title"], description=case["description"])
    assert languages(read(build_posting(record, lexicon=LEXICON))) == case["language"]


def headed(heading: str, *paragraphs: str, items: tuple[str, ...] = ()) -> Section:
    return Section(kind=SectionKind.OTHER, heading=heading, blocks=blocks_of(paragraphs, items=items))


def test_section_about_the_employer_counts_a_quarter() -> None:
    sections = (headed("Missions", FRENCH), headed("About us", ENGLISH, ENGLISH, ENGLISH))
    decided = read(Posting(id="b", title="V", sections=sections))
    assert [section.language for section in decided.sections] == [Locale("fr"), Locale("en")]
    assert decided.language == Locale("fr")


def test_headings_in_another_language_make_a_short_text_undetermined_and_a_long_one_not() -> None:
    few, many = (headed("Vos missions", *[ENGLISH] * count) for count in (1, 9))
    decided = [read(Posting(id="b", title="V", sections=(section,))).detection for section in (few, many)]
    assert [(detection.language, detection.reason) for detection in decided] == [
        (None, DetectionReason.UNCERTAIN),
        (Locale("en"), DetectionReason.DETECTED),
    ]


def test_english_heading_does_not_contradict_another_language() -> None:
    decided = read(Posting(id="b", title="V", sections=(headed("Benefits", FRENCH),)))
    assert decided.language == Locale("fr")


def test_two_halves_in_one_section_have_no_language_and_in_two_each_its_own() -> None:
    halves = (FRENCH * 2, ENGLISH * 2)
    together = Posting(id="b", title="V", sections=(headed("", *halves),))
    apart = Posting(id="b", title="V", sections=(headed("", FRENCH * 3), headed("", ENGLISH * 2)))
    assert read(together).language is None
    assert [section.language for section in read(apart).sections] == [Locale("fr"), Locale("en")]


def test_boilerplate_alone_is_still_read() -> None:
    text = "We are an equal opportunity employer. All qualified applicants are welcome here, whatever their age."
    assert read(Posting(id="b", title="V", sections=(headed("", text),))).detection == Detection(
        language=Locale("en"), score=100, reason=DetectionReason.DETECTED, read_as=Locale("en")
    )


def test_what_is_too_long_for_a_word_says_nothing_of_the_language() -> None:
    image = "aGVsbG8gd29ybGQ" * 400
    assert languages(read(Posting(id="h", title="Mechanic", sections=(headed("", ENGLISH, image),)))) == "en"
