"""What a page says beside the text of its posting: where the original stands, how a place is written."""

from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from typing import Any

import pytest
from babel import Locale
from lxml import html

from pipeline.catalog.site_domain import page_words
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Location, Posting, Salary
from pipeline.model.site_settings import SiteSettings
from pipeline.publishing.release.site import build_site
from pipeline.publishing.release.switch import pieces_of
from pipeline.publishing.versions.facts import pay
from pipeline.publishing.versions.localized import LocalizedPosting, localize
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
    path = f"{locale.replace('_', '-')}/postings/"
    assert "".join(found(files, path, "//dd[bdi]//text()")).strip() == written
    assert found(files, path, "//dd/bdi/text()") == ["Kyoto", written.removeprefix("Kyoto")[1:].strip()]


def test_words_of_cards_that_are_said_in_english_say_so() -> None:
    posting = replace(nurse(language="sq"), remote=True, date_posted=date(2026, 11, 1), employment_type=("OTHER",))
    without = site_of(versions_of((parse_locale("sq"),), (as_written(posting, "sq"),)))
    facts = "//li[@class='card']//li[@lang='en']//text()"
    assert found(without, "sq/index.html", facts) == ["Remote", "Other", "Posted 1 nën 2026"]
    (version,) = versions_of((FR,), (as_written(posting, "fr"),))
    words = page_words(FR, None)
    translated = site_of([replace(version, translations=words)])
    assert found(translated, "fr/index.html", facts) == []


def test_reader_of_no_known_language_is_led_to_the_choice_of_languages_and_to_the_posting_as_it_was_written() -> None:
    files = site_of(versions_of((EN, FR), (as_written(nurse()), translated(nurse()))))
    original = found(files, "en/postings/", "//link[@rel='canonical']/@href")
    pages = ("index.html", "en/index.html", "fr/index.html", "en/postings/", "fr/postings/")
    default = [found(files, page, "//link[@hreflang='x-default']/@href") for page in pages]
    assert default == [[BASE_URL], [BASE_URL], [BASE_URL], original, original]


def test_pages_that_search_engines_pass_over_are_no_alternates_and_name_none() -> None:
    versions = versions_of((EN, FR), (as_written(nurse()), translated(nurse())))
    made = build_site(BASE_URL, versions, settings=SiteSettings(noindex_machine=True))
    files = {path: b"".join(pieces_of(content)) for path, content in made}
    alternates = [found(files, page, "//link[@hreflang]/@hreflang") for page in ("en/postings/", "fr/postings/")]
    assert alternates == [["en", "x-default"], []]
    assert found(files, "en/postings/", "//nav//li/a/@hreflang") == ["en", "fr"]


def test_amount_from_right_to_left_keeps_its_symbol_in_one_piece() -> None:
    salary = Salary(currency="USD", minimum=40000.0, maximum=None, unit="YEAR")
    assert "US$\N{LEFT-TO-RIGHT MARK}" in pay(parse_locale("ar"), NullTranslations(), salary)


def test_title_may_be_broken_after_its_slash() -> None:
    files = site_of(versions_of((EN,), (as_written(replace(nurse(), title="Actor/Actress <b> (m/f)")),)))
    (page,) = (text for path, text in files.items() if path.startswith("en/postings/"))
    assert b"<h1>Actor/<wbr>Actress &lt;b&gt; (m/f)</h1>" in page


def test_remote_work_is_offered_as_a_filter_only_where_there_is_some() -> None:
    offered = [
        found(site_of(versions_of((EN,), (as_written(posting),))), "en/index.html", "//input[@name='remote']/@value")
        for posting in (nurse(), replace(nurse(), remote=True))
    ]
    assert offered == [[], ["yes"]]
