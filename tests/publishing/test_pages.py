"""What a page says beside the text of its posting: where the original stands, how a place is written."""

from dataclasses import replace
from typing import Any

import pytest
from babel import Locale
from lxml import html

from pipeline.model.decision import Decision
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Reason
from pipeline.model.posting import Location, Posting
from pipeline.publishing.localized import LocalizedPosting, localize
from tests.publishing.examples import BASE_URL, WORDS, as_written, nurse, reviewed, segmented, site_of, versions_of

EN, FR = Locale("en"), Locale("fr")


def translated(posting: Posting) -> LocalizedPosting:
    units = tuple(reviewed(posting, {"Nurse": "Infirmière", "Patience": "Patience"}).values())
    decision = Decision(segmented=segmented(posting), locale=FR, reason=Reason.MACHINE, units=units)
    return localize(decision, WORDS)


def found(files: dict[str, bytes], folder: str, xpath: str) -> list[str]:
    (page,) = (text for path, text in files.items() if path.startswith(folder) and path.endswith(".html"))
    root: Any = html.fromstring(page)
    return [str(node) for node in root.xpath(xpath)]


def test_translation_leads_to_its_original_and_the_original_nowhere() -> None:
    files = site_of(versions_of((EN, FR), (as_written(nurse()), translated(nurse()))))
    (original,) = found(files, "fr/postings/", "//p[@class='origin']/a/@href")
    assert f"fr/postings/{original}".replace("fr/postings/../../", "") in files
    assert found(files, "en/postings/", "//p[@class='origin']") == []


def test_translation_whose_original_is_in_no_version_leads_to_none() -> None:
    files = site_of(versions_of((EN, FR), (translated(nurse()),)))
    assert found(files, "fr/postings/", "//p[@class='origin']//a/@href") == []
    assert found(files, "fr/postings/", "//p[@class='origin']//text()[normalize-space()]") == [
        "Machine translation from anglais, not reviewed by a person"
    ]


@pytest.mark.parametrize(
    ("locale", "written"),
    [("en", "Kyoto, Japan"), ("ar", "Kyoto، اليابان"), ("ja", "Kyoto、日本"), ("zh_Hant", "Kyoto，日本")],
)
def test_city_and_country_stand_apart_as_the_script_has_it(locale: str, written: str) -> None:
    posting = replace(nurse(language=locale), locations=(Location(country="JP", city="Kyoto"),))
    files = site_of(versions_of((parse_locale(locale),), (as_written(posting, locale),)))
    assert found(files, f"{locale.replace('_', '-')}/postings/", "//dd/bdi/text()") == [written]


def test_reader_of_no_known_language_is_led_to_the_choice_of_languages() -> None:
    files = site_of(versions_of((EN,), (as_written(nurse()),)))
    default = "//link[@hreflang='x-default']/@href"
    assert [found(files, page, default) for page in ("index.html", "en/index.html", "en/postings/")] == [
        [BASE_URL],
        [BASE_URL],
        [],
    ]
