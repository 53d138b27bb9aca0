"""A posting in a language that langdetect has no profile of is read as what it is, or as nothing; never as another."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale

from pipeline.intake.detection.detectors import PROFILED, PY3LANGID_LANGUAGES, LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble, has_locale
from pipeline.intake.detection.language import read_language
from pipeline.intake.detection.letters import UNKNOWN
from pipeline.intake.reading.headings import load_headings
from pipeline.model.posting import Detection, DetectionReason
from tests.detection_sets import described, posting

LEXICON = load_headings()
ENSEMBLE = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
TEXTS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    (Path(__file__).parent / "unprofiled.toml").read_text(encoding="utf-8")
)


def detection_of(*paragraphs: str, title: str = "", declared: Locale | None = None) -> Detection:
    written = replace(posting(title, described(*paragraphs)), declared=declared)
    return read_language(written, ENSEMBLE, LEXICON).detection


@pytest.mark.parametrize("language", TEXTS["known"])
def test_language_that_one_detector_or_the_letters_know_is_found(language: str) -> None:
    assert str(detection_of(TEXTS["known"][language]).language) == language


@pytest.mark.parametrize("language", TEXTS["strange"])
def test_language_that_neither_detector_knows_is_undetermined(language: str) -> None:
    found = detection_of(TEXTS["strange"][language])
    assert (found.language, found.reason) == (None, DetectionReason.UNCERTAIN)


@pytest.mark.parametrize("language", [*TEXTS["known"], *TEXTS["strange"]])
def test_longer_text_under_an_english_title_is_not_taken_for_another_language(language: str) -> None:
    text = {**TEXTS["known"], **TEXTS["strange"]}[language]
    assert str(detection_of(text, text, text, title="Senior Baker").language) in {language, "None"}


def test_body_in_an_unprofiled_language_contradicts_a_declared_one() -> None:
    found = detection_of(TEXTS["known"]["ga"], declared=Locale("en"))
    assert (found.reason, found.read_as) == (DetectionReason.CONTRADICTION, Locale("ga"))


def test_strange_text_contradicts_no_declared_language() -> None:
    found = detection_of(TEXTS["strange"]["ast"], declared=Locale("ast"))
    assert (found.language, found.reason) == (Locale("ast"), DetectionReason.DECLARED)


def test_text_is_strange_to_a_detector_that_lacks_its_language() -> None:
    text = TEXTS["known"]["eu"]
    with_it, without = Py3langidDetector()(text)[0], Py3langidDetector(without="eu")(text)[0]
    assert (with_it.language, with_it.strangeness < 0.5 < without.strangeness) == ("eu", True)


def test_unknown_script_is_no_language() -> None:
    assert detection_of("ܐܢܐ ܐܝܬܝ ܢܘܗܪܐ ܕܥܠܡܐ " * 12 + "Baker").language is None


def test_languages_that_are_listed_are_those_that_the_second_detector_answers() -> None:
    assert set(PY3LANGID_LANGUAGES) == {each for each in Py3langidDetector().languages if has_locale(each)}
    assert UNKNOWN not in PY3LANGID_LANGUAGES
    assert {*PY3LANGID_LANGUAGES, "zh_Hant"} >= PROFILED
