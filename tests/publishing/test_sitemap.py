"""Sitemaps: valid by the schema of sitemaps.org, every page once, its versions naming one another."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Posting
from pipeline.model.site_settings import SiteSettings
from pipeline.publishing.pages.discovery import sitemap_files
from pipeline.publishing.versions.alternates import PageSite
from pipeline.publishing.versions.localized import LocalizedPosting, localize
from tests.laws import examples
from tests.projects import shared_data
from tests.publishing.examples import BASE_URL, WORDS, as_written, nurse, reviewed, segmented, site_of, versions_of
from tests.publishing.outputs import SITEMAP, XHTML, local, selected, sitemap_pages, sitemap_parts
from tests.publishing.test_country_rule import LOCALES, Store, published, stores

EN, PT = parse_locale("en"), parse_locale("pt_BR")
FULL = replace(nurse(), date_posted=date(2026, 11, 1))
ROOT_AND_LISTS = {
    "en": "https://jobs.example.org/en/",
    "pt-BR": "https://jobs.example.org/pt-BR/",
    "x-default": "https://jobs.example.org/",
}
ENGLISH = "https://jobs.example.org/en/postings/nurse-7974d1de16.html"
PORTUGUESE = "https://jobs.example.org/pt-BR/postings/enfermeira-7974d1de16.html"


def in_portuguese(posting: Posting, reason: Reason = Reason.MACHINE) -> LocalizedPosting:
    units = tuple(reviewed(posting, {"Nurse": "Enfermeira", "Patience": "Paciência"}).values())
    return localize(Decision(segmented=segmented(posting), locale=PT, reason=reason, units=units), WORDS)


def by_machine(store: Store) -> Iterator[LocalizedPosting]:
    """Take every translation for a machine's."""
    for localized in published(store):
        yield localized if localized.translation == Reason.SOURCE else replace(localized, translation=Reason.MACHINE)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared_data() / "schemas/sitemap-hreflang.xsd"))


def test_every_page_names_its_versions_and_the_one_for_all_others() -> None:
    files = site_of(versions_of([EN, PT], [as_written(FULL), in_portuguese(FULL)]))
    posting = {"en": ENGLISH, "pt-BR": PORTUGUESE, "x-default": ENGLISH}
    ireland = {tag: f"{address}countries/IE/" for tag, address in ROOT_AND_LISTS.items() if tag != "x-default"}
    assert sitemap_pages(files) == {
        **dict.fromkeys(ROOT_AND_LISTS.values(), ROOT_AND_LISTS),
        **dict.fromkeys(ireland.values(), ireland),
        ENGLISH: posting,
        PORTUGUESE: posting,
    }


def test_further_pages_of_lists_are_named_and_have_no_version_in_another_language() -> None:
    dates = [date(2026, 1, number + 1) for number in range(31)] * 6
    written = [as_written(replace(nurse(f"n{number}"), date_posted=day)) for number, day in enumerate(dates)]
    files = site_of(versions_of([EN, PT], [*written, in_portuguese(FULL)]))
    pages = {path for path in files if re.search(r"index-\d\.html$", path)}
    assert pages == {f"en/{folder}index-{number}.html" for folder in ("", "countries/IE/") for number in (1, 2, 3)}
    found = sitemap_pages(files)
    addresses = [f"{BASE_URL}{path}" for path in pages]
    assert [found[address] for address in addresses] == [{}] * len(addresses)


def test_translation_whose_original_is_in_no_version_has_no_page_for_all_others() -> None:
    files = site_of(versions_of([EN, PT], [in_portuguese(FULL)]))
    assert sitemap_pages(files)[PORTUGUESE] == {"pt-BR": PORTUGUESE}


@examples(80)
@given(store=stores(), noindex=st.booleans())
def test_every_sitemap_is_valid_and_versions_name_one_another(
    schema: etree.XMLSchema, store: Store, *, noindex: bool
) -> None:
    files = site_of(versions_of(LOCALES, by_machine(store)), settings=SiteSettings(noindex_machine=noindex))
    for part in sitemap_parts(files).values():
        schema.assertValid(part)
    pages = sitemap_pages(files)
    for address, alternates in pages.items():
        assert address in alternates.values()
        for tag, other in alternates.items():
            assert pages[other] == alternates, (tag, other)


@examples(80)
@given(store=stores(), noindex=st.booleans())
def test_sitemaps_name_every_page_that_may_be_indexed(store: Store, *, noindex: bool) -> None:
    files = site_of(versions_of(LOCALES, by_machine(store)), settings=SiteSettings(noindex_machine=noindex))
    wanted = {
        path
        for path, text in files.items()
        if path.endswith(".html")
        and "noindex" not in selected(html.fromstring(text), "//meta[@name='robots']/@content")
    }
    found = {local(address) for address in sitemap_pages(files)}
    assert {f"{path}index.html" if path.endswith("/") or not path else path for path in found} == wanted


def test_index_says_when_a_part_changed() -> None:
    index = etree.fromstring(
        site_of(versions_of([EN, PT], [as_written(FULL), in_portuguese(nurse("b"))]))["sitemap.xml"]
    )
    assert {place.findtext(f"{SITEMAP}loc"): place.findtext(f"{SITEMAP}lastmod") for place in index} == {
        f"{BASE_URL}sitemap-languages.xml": "2026-11-01",
        f"{BASE_URL}en/sitemap-lists.xml": "2026-11-01",
        f"{BASE_URL}en/sitemap.xml": "2026-11-01",
        f"{BASE_URL}pt-BR/sitemap-lists.xml": None,
        f"{BASE_URL}pt-BR/sitemap.xml": None,
    }


def test_site_without_a_posting_has_a_sitemap_of_its_root() -> None:
    assert sitemap_pages(site_of([])) == {BASE_URL: {"x-default": BASE_URL}}


def test_links_stand_behind_the_day_as_the_schema_wants(schema: etree.XMLSchema) -> None:
    part = sitemap_parts(site_of(versions_of([EN], [as_written(FULL)])))["en/sitemap.xml"]
    assert [child.tag for child in part[0]] == [
        f"{SITEMAP}loc",
        f"{SITEMAP}lastmod",
        f"{XHTML}link",
        f"{XHTML}link",
    ]
    part[0].append(part[0][1])
    assert not schema.validate(part)


def test_large_sitemap_is_cut(schema: etree.XMLSchema) -> None:
    versions = versions_of([EN], [as_written(nurse(f"n{number}")) for number in range(5)])
    files = {part.path: part.make() for part in sitemap_files(PageSite.of(BASE_URL, versions), size=2)}
    assert list(sitemap_parts(files)) == [
        "sitemap-languages.xml",
        "en/sitemap-lists.xml",
        "en/sitemap.xml",
        "en/sitemap-3.xml",
        "en/sitemap-2.xml",
        "en/sitemap-1.xml",
    ]
    assert len(sitemap_pages(files)) == 3 + 5
    for part in sitemap_parts(files).values():
        schema.assertValid(part)


def test_machine_translation_is_kept_out_of_search_engines_on_request_only() -> None:
    versions = versions_of([EN, PT], [as_written(FULL), in_portuguese(FULL)])
    for noindex in (False, True):
        files = site_of(versions, settings=SiteSettings(noindex_machine=noindex))
        robots = {
            path: selected(html.fromstring(text), "//meta[@name='robots']/@content")
            for path, text in files.items()
            if path.endswith(".html") and not path.endswith(("/feeds.html", "404.html"))  # which nobody looks for
        }
        asked = {path: content for path, content in robots.items() if content}
        assert asked == ({local(PORTUGUESE): ["noindex"]} if noindex else {})
        assert sitemap_pages(files)[ENGLISH] == (
            {"en": ENGLISH, "x-default": ENGLISH}
            if noindex
            else {"en": ENGLISH, "pt-BR": PORTUGUESE, "x-default": ENGLISH}
        )


def test_translation_that_a_person_reviewed_is_indexed() -> None:
    files = site_of(
        versions_of([PT], [in_portuguese(FULL, Reason.REVIEWED)]), settings=SiteSettings(noindex_machine=True)
    )
    assert b"noindex" not in files[local(PORTUGUESE)]
    assert PORTUGUESE in sitemap_pages(files)
