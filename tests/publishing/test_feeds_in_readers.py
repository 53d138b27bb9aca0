"""Feed readers that nobody here wrote read what the feeds say: names, days, authors, tags, facts of the job."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import atoma  # type: ignore[import-untyped]
import feedparser  # type: ignore[import-untyped]
import pytest
from reader import Entry, Reader, make_reader

from pipeline.model.locale import parse_locale
from pipeline.model.posting import Location, Salary
from pipeline.model.site_settings import SiteFile, SiteSettings
from tests.publishing.examples import BASE_URL, as_written, nurse, site_of, versions_of

EN = parse_locale("en")
DAY = datetime(2026, 11, 1, tzinfo=UTC)
LOGO = SiteFile(name="logo.png", media_type="image/png", content=b"x")
SETTINGS = SiteSettings(
    name="Acme", logo=LOGO, favicon=SiteFile(name="favicon.png", media_type="image/png", content=b"y")
)
FULL = replace(
    nurse("full"),
    title="Nurse & <carer>",
    organization="Clinic R&D",
    locations=(Location(country="IE", city="Cork"), Location(country="FR")),
    employment_type=("FULL_TIME", "TEMPORARY"),
    salary=Salary(currency="EUR", minimum=40000),
    valid_through=date(2026, 12, 31),
    date_posted=DAY.date(),
)
BARE = replace(nurse("bare", countries=()), date_posted=DAY.date())
TAGS = ["France", "Ireland", "Cork", "Full time", "Temporary"]
SUMMARY = "Clinic R&D · Cork, Ireland · France · Full time, Temporary · €40,000 per year · Apply by December 31, 2026"
FEEDS = ("en/atom.xml", "en/rss.xml", "en/feed.json")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    versions = [
        replace(version, settings=SETTINGS) for version in versions_of([EN], [as_written(FULL), as_written(BARE)])
    ]
    return site_of(versions, settings=SETTINGS)


@pytest.fixture(scope="module")
def library(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Subscribe to a release that lies in a folder."""
    folder = tmp_path_factory.mktemp("release")
    for path in FEEDS:
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(files[path])
    reader = make_reader(":memory:", feed_root=str(folder))
    for path in FEEDS:
        reader.add_feed(path)
    reader.update_feeds()
    return reader


def entry(library: Reader, path: str, name: str) -> Entry:
    (found,) = (each for each in library.get_entries(feed=path) if name in each.id)
    return found


@pytest.mark.parametrize("path", FEEDS)
def test_reader_subscribes_to_every_format(library: Reader, path: str) -> None:
    feed = library.get_feed(path)
    assert (feed.last_exception, feed.title, feed.subtitle) == (None, "Jobs at Acme", "Job postings in English")
    full = entry(library, path, "full")
    assert (full.title, full.published, full.updated) == ("Nurse & <carer>", DAY, DAY)
    assert (full.link or "").startswith(f"{BASE_URL}en/postings/nurse-carer-")
    assert full.authors_str == "Clinic R&D"


@pytest.mark.parametrize("path", FEEDS)
def test_item_that_names_no_employer_has_no_author_of_its_own(library: Reader, path: str) -> None:
    assert not entry(library, path, "bare").authors_str
    assert library.get_feed(path).authors_str == ("Acme" if path.endswith("atom.xml") else None)


def test_atoma_reads_atom(files: dict[str, bytes]) -> None:
    feed = atoma.parse_atom_bytes(files["en/atom.xml"])
    assert (feed.icon, feed.logo) == (f"{BASE_URL}favicon.png", f"{BASE_URL}logo.png")
    assert [author.name for author in feed.authors] == ["Acme"]
    bare, full = feed.entries
    # Atom has an entry without an author inherit that of its feed: the site.
    assert [[author.name for author in each.authors] for each in (bare, full)] == [["Acme"], ["Clinic R&D"]]
    assert [category.label or category.term for category in full.categories] == [*TAGS, "source"]
    assert full.summary.value == SUMMARY.replace("&", "&amp;")


def test_atoma_reads_rss_and_json(files: dict[str, bytes]) -> None:
    feed = atoma.parse_rss_bytes(files["en/rss.xml"])
    assert (feed.image.url, feed.description) == (f"{BASE_URL}logo.png", "Job postings in English")
    assert feed.items[1].categories[: len(TAGS)] == TAGS
    in_json = atoma.parse_json_feed_bytes(files["en/feed.json"])
    assert (in_json.icon, in_json.favicon) == (f"{BASE_URL}logo.png", f"{BASE_URL}favicon.png")
    assert (in_json.items[1].tags, in_json.items[1].summary) == (TAGS, SUMMARY)


@pytest.mark.parametrize("path", ["en/atom.xml", "en/rss.xml"])
def test_feedparser_reads_the_facts_of_the_job(files: dict[str, bytes], path: str) -> None:
    feed: Any = feedparser.parse(files[path])
    assert (feed.bozo, feed.namespaces["polypost"]) == (False, "urn:polypost:posting")
    facts = {name: value for name, value in feed.entries[1].items() if name.startswith("polypost_")}
    assert facts == {
        "polypost_source_language": "en",
        "polypost_location": {"country": "FR"},  # of several it keeps the last one
        "polypost_salary": {"currency": "EUR", "min": "40000", "unit": "YEAR"},
        "polypost_employment_type": "TEMPORARY",
        "polypost_valid_through": "2026-12-31",
        "polypost_organization": "Clinic R&D",
        "polypost_text_modified": "2026-11-01T00:00:00Z",
    }


def test_logo_that_rss_does_not_allow_stands_in_the_other_formats() -> None:
    settings = replace(SETTINGS, logo=replace(LOGO, name="logo.svg", media_type="image/svg+xml"))
    (version,) = versions_of([EN], [as_written(FULL)])
    files = site_of([replace(version, settings=settings)], settings=settings)
    assert b"<image>" not in files["en/rss.xml"]
    assert b"logo.svg</logo>" in files["en/atom.xml"]
