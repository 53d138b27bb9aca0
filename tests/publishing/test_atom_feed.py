"""Atom: valid by RFC 4287's own grammar, readable by feedparser, the same postings as the JSON Feed, tombstones."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import feedparser  # type: ignore[import-untyped]
import pytest
from babel import Locale
from hypothesis import given
from lxml import etree

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Location, Posting
from pipeline.publishing.versions.ledger import Departure
from pipeline.publishing.versions.localized import LocalizedPosting, localize
from pipeline.publishing.versions.version import Country, Version
from tests.laws import examples
from tests.projects import built, read_json, write_tree
from tests.publishing.examples import BASE_URL, WORDS, as_written, nurse, reviewed, segmented, site_of, versions_of
from tests.publishing.test_country_rule import LOCALES, Store, published, stores

GRAMMAR = Path(__file__).parents[1] / "schemas" / "atom.rng"
ATOM, XML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}"
COMPLETE = "{http://purl.org/syndication/history/1.0}complete"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
COUNTRIES = "urn:iso:std:iso:3166"
URN = "urn:polypost:"
EN, AR = parse_locale("en"), parse_locale("ar")
FULL = replace(
    nurse("acme 4711/ü", countries=("FR", "BE")),
    organization="Acme & Söhne",
    url="https://acme.example/jobs?id=1&x=2",
    date_posted=date(2026, 11, 1),
)
GONE = Departure("gone/1", date(2026, 11, 2))
WHOLE = """\
<?xml version='1.0' encoding='utf-8'?>
<?xml-stylesheet type="text/css" href="../feed.css"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" \
xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:polypost="urn:polypost:posting" xml:lang="ar">
<id>urn:polypost:feed:ar</id>
<title>Job postings</title>
<subtitle>Job postings in العربية</subtitle>
<updated>2026-11-02T00:00:00Z</updated>
<author><name>Job postings</name></author>
<icon>https://jobs.example.org/icon.svg</icon>
<link rel="self" type="application/atom+xml" href="https://jobs.example.org/ar/atom.xml"/>
<link rel="alternate" type="text/html" hreflang="ar" href="https://jobs.example.org/ar/"/>
<fh:complete/>
<polypost:help href="https://jobs.example.org/ar/atom.xml">Copy the address into a feed reader, and it tells you \
of new postings.</polypost:help>
<at:deleted-entry ref="urn:polypost:gone%2F1/ar" when="2026-11-02T00:00:00Z"/>
<entry xml:lang="ar">
<id>urn:polypost:acme%204711%2F%C3%BC/ar</id>
<title>ممرض</title>
<updated>2026-11-01T00:00:00Z</updated>
<published>2026-11-01T00:00:00Z</published>
<author><name>Acme &amp; Söhne</name></author>
<link rel="alternate" type="text/html" hreflang="ar" \
href="https://jobs.example.org/ar/postings/mmrd-bee906ee99.html"/>
<link rel="alternate" type="text/html; charset=utf-8" hreflang="en" \
href="https://jobs.example.org/en/postings/nurse-bee906ee99.html"/>
<link rel="related" href="https://acme.example/jobs?id=1&amp;x=2"/>
<category term="BE" scheme="urn:iso:std:iso:3166" label="بلجيكا"/>
<category term="FR" scheme="urn:iso:std:iso:3166" label="فرنسا"/>
<category term="Lyon"/>
<category term="FULL_TIME" scheme="urn:polypost:employment-type" label="Full time"/>
<category term="machine" scheme="urn:polypost:translation"/>
<polypost:source_language>en</polypost:source_language>
<polypost:location country="FR" region="Rhône" city="Lyon"/>
<polypost:location country="BE"/>
<polypost:employment_type>FULL_TIME</polypost:employment_type>
<polypost:valid_through>2026-12-31</polypost:valid_through>
<polypost:organization>Acme &amp; Söhne</polypost:organization>
<polypost:text_modified>2026-11-01T00:00:00Z</polypost:text_modified>
<summary type="html" xml:lang="ar"><![CDATA[\u2066Acme &amp; Söhne\u2069 · Lyon، فرنسا · بلجيكا · \
\u2066Full time\u2069 · Apply by 31 ديسمبر 2026 · \
Machine translation from الإنجليزية, not reviewed by a person]]></summary>
<content type="html"><![CDATA[<div lang="ar" dir="rtl">\
<p class="facts"><bdi dir="ltr">Acme &amp; Söhne</bdi> · Lyon، فرنسا · بلجيكا · \
<bdi dir="ltr">Full time</bdi> · Apply by 31 ديسمبر 2026 · \
Machine translation from الإنجليزية, not reviewed by a person</p><ul><li>صبر</li></ul></div>]]></content>
</entry>
</feed>
"""
HEAD = ["id", "title", "subtitle", "updated", "author", "icon", "link", "link", "complete", "help"]
CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings/*.txt"]
locales = ["en", "pt_BR"]

[translate]
engines = []
"""
POSTINGS = {
    "postings/ferry.txt": "Title: Ferry steward\nLocation: Cork, IE\nDate-Posted: 2026-10-05\nLanguage: en\n\nSail.\n",
    "postings/a b.txt": "Title: Tea taster\nLocation: Leeds, GB\nDate-Posted: 2026-10-07\nLanguage: en\n\nSip.\n",
}


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(GRAMMAR))


def in_arabic(posting: Posting) -> LocalizedPosting:
    item = segmented(posting)
    units = reviewed(posting, {"Nurse": "ممرض", "Patience": "صبر"})
    targets = tuple(units[key] for key in item.keys())  # noqa: SIM118  a method of ours, no mapping
    return localize(Decision(segmented=item, locale=AR, reason=Reason.MACHINE, units=targets), WORDS)


def version(*postings: Posting) -> Version:
    return versions_of([EN], map(as_written, postings))[0]


def feed_of(made: Version, *departed: Departure, country: Country | None = None) -> bytes:
    folder = country.folder if country else ""
    return site_of([made], {made.locale: departed})[f"{made.tag}/{folder}atom.xml"]


def entry_ids(feed: bytes) -> list[str]:
    return [entry.findtext(f"{ATOM}id") or "" for entry in etree.fromstring(feed).iterfind(f"{ATOM}entry")]


def item_ids(feed: bytes) -> list[str]:
    return [item["id"] for item in json.loads(feed)["items"]]


def as_item_id(urn: str) -> str:
    """Return the id that the JSON Feed has for an entry."""
    assert urn.startswith(URN)
    posting, tag = urn.removeprefix(URN).split("/")  # what is percent-encoded holds no other slash
    return f"{unquote(posting)}/{tag}"


def test_feed_of_a_translation_is_written_whole() -> None:
    lyon, *others = FULL.locations
    full = replace(
        FULL,
        locations=(replace(lyon, city="Lyon", region="Rhône"), *others),
        employment_type=("FULL_TIME",),
        valid_through=date(2026, 12, 31),
    )
    made = versions_of([EN, AR], [as_written(full), in_arabic(full)])
    files = site_of(made, {AR: [GONE]})
    assert files["ar/atom.xml"].decode() == WHOLE


def test_city_in_foreign_letters_is_said_in_those_of_the_readers_too() -> None:
    places = (Location(country="JP", city="東京"), Location(country="PT", city="Lisboa"))
    feed = etree.fromstring(feed_of(version(replace(FULL, locations=places))))
    cities = [part for part in feed.iterfind(f"{ATOM}entry/{ATOM}category") if "scheme" not in part.attrib]
    assert [dict(city.attrib) for city in cities] == [{"term": "東京", "label": "Tokyo"}, {"term": "Lisboa"}]


@pytest.mark.parametrize(
    "made",
    [version(FULL, nurse("b", countries=())), versions_of([AR], [in_arabic(FULL)])[0]],
    ids=["source", "translated"],
)
@pytest.mark.parametrize("departed", [(), (GONE, GONE._replace(posting="gone-2"))], ids=["none gone", "two gone"])
def test_feeds_are_valid_by_the_grammar(made: Version, departed: tuple[Departure, ...], grammar: etree.RelaxNG) -> None:
    grammar.assertValid(etree.fromstring(feed_of(made, *departed)))
    for country in made.countries:
        grammar.assertValid(etree.fromstring(feed_of(made, country=country)))


@pytest.mark.parametrize("needed", ["id", "title", "updated"])
def test_grammar_refuses_a_feed_or_an_entry_without_what_atom_requires(needed: str, grammar: etree.RelaxNG) -> None:
    for path in (f"{ATOM}{needed}", f"{ATOM}entry/{ATOM}{needed}"):
        feed = etree.fromstring(feed_of(version(FULL)))
        found = feed.find(path)
        assert found is not None
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)
        assert not grammar.validate(feed)


@examples(60)
@given(stores())
def test_every_feed_is_valid_and_holds_the_postings_of_its_json_feed(grammar: etree.RelaxNG, store: Store) -> None:
    files = site_of(versions_of(LOCALES, published(store)))
    feeds = [path for path in files if path.endswith("atom.xml")]
    assert len(feeds) == sum(path.endswith("feed.json") for path in files)
    for path in feeds:
        grammar.assertValid(etree.fromstring(files[path]))
        same = path.replace("atom.xml", "feed.json")
        assert list(map(as_item_id, entry_ids(files[path]))) == item_ids(files[same]), path


def test_country_feed_holds_exactly_the_postings_of_its_country() -> None:
    postings = [nurse("a", countries=("FR", "BE")), nurse("b", countries=("FR",)), nurse("c", countries=())]
    files = site_of([version(*postings)])
    feeds = {path: sorted(entry_ids(text)) for path, text in files.items() if path.endswith("atom.xml")}
    assert feeds == {
        "en/atom.xml": ["urn:polypost:a/en", "urn:polypost:b/en", "urn:polypost:c/en"],
        "en/countries/BE/atom.xml": ["urn:polypost:a/en"],
        "en/countries/FR/atom.xml": ["urn:polypost:a/en", "urn:polypost:b/en"],
    }
    assert feedparser.parse(files["en/atom.xml"]).feed.link == f"{BASE_URL}en/"
    assert feedparser.parse(files["en/countries/FR/atom.xml"]).feed.link == f"{BASE_URL}en/countries/FR/"


def test_entry_has_one_category_for_each_country_and_none_without() -> None:
    postings = [replace(FULL, remote=True, applicant_countries=("FR", "PT")), nurse("b", countries=())]
    feed = etree.fromstring(feed_of(version(*postings)))
    categories = [
        [(found.get("term"), found.get("label")) for found in entry.iterfind(f"{ATOM}category[@scheme='{COUNTRIES}']")]
        for entry in feed.iterfind(f"{ATOM}entry")
    ]
    assert categories == [[("BE", "Belgium"), ("FR", "France"), ("PT", "Portugal")], []]


def test_text_keeps_the_tag_it_is_written_in() -> None:
    feed = etree.fromstring(feed_of(version(nurse(language="en-IE"))))
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert (feed.get(f"{XML}lang"), entry.get(f"{XML}lang")) == ("en", "en-IE")
    assert entry.findtext(f"{ATOM}id") == "urn:polypost:acme-1/en"


def test_posting_of_one_version_has_no_alternate_in_another() -> None:
    other = nurse("b", countries=())
    files = site_of(versions_of([EN, AR], [as_written(FULL), in_arabic(FULL), as_written(other)]))
    tags = {
        entry.findtext(f"{ATOM}id"): [link.get("hreflang") for link in entry.iterfind(f"{ATOM}link[@rel='alternate']")]
        for entry in etree.fromstring(files["en/atom.xml"]).iterfind(f"{ATOM}entry")
    }
    assert tags == {"urn:polypost:acme%204711%2F%C3%BC/en": ["en", "ar"], "urn:polypost:b/en": ["en"]}


def test_feedparser_reads_a_feed() -> None:
    files = site_of(versions_of([EN, AR], [as_written(FULL), in_arabic(FULL)]))
    feed: Any = feedparser.parse(files["ar/atom.xml"])
    (entry,) = feed.entries
    assert (feed.bozo, feed.version, feed.feed.language) == (False, "atom10", "ar")
    assert (entry.id, entry.title, entry.title_detail.language) == (
        "urn:polypost:acme%204711%2F%C3%BC/ar",
        "ممرض",
        "ar",
    )
    assert (entry.author, entry.published, entry.updated) == (
        "Acme & Söhne",
        "2026-11-01T00:00:00Z",
        "2026-11-01T00:00:00Z",
    )
    assert [tag.term for tag in entry.tags if tag.scheme == COUNTRIES] == ["BE", "FR"]
    assert "<li>صبر</li>" in entry.content[0].value


def test_feed_without_any_date_is_valid_and_says_the_epoch(grammar: etree.RelaxNG) -> None:
    feed = etree.fromstring(feed_of(version(nurse())))
    grammar.assertValid(feed)
    assert {found.text for found in feed.iter(f"{ATOM}updated")} == {"1970-01-01T00:00:00Z"}
    assert not list(feed.iter(f"{ATOM}published"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_tree(tmp_path, {"polypost.toml": CONFIG, **POSTINGS})
    built(tmp_path)
    return tmp_path


def feed_file(project: Path) -> etree._Element:
    return etree.fromstring((project / "public/en/atom.xml").read_bytes())


def names(feed: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in feed]


def withdraw(project: Path) -> None:
    (project / "postings/a b.txt").unlink()
    built(project, "--allow-withdrawals", "--as-of", "2026-11-20")


def test_withdrawn_posting_has_a_tombstone_before_the_first_entry(project: Path, grammar: etree.RelaxNG) -> None:
    withdraw(project)
    feed = feed_file(project)
    grammar.assertValid(feed)
    assert names(feed) == [*HEAD, "deleted-entry", "entry"]
    recorded = [json.loads(line) for line in (project / "locales/publications.jsonl").read_text().splitlines()]
    gone = [(line["posting"], line["withdrawn"]) for line in recorded if line["withdrawn"]]
    assert gone == [("a b", "2026-11-20")]
    assert [dict(found.attrib) for found in feed.iterfind(TOMBSTONE)] == [
        {"ref": "urn:polypost:a%20b/en", "when": "2026-11-20T00:00:00Z"}
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-20T00:00:00Z"
    assert [item["id"] for item in read_json(project / "public/en/feed.json")["items"]] == ["ferry/en"]
    read: Any = feedparser.parse((project / "public/en/atom.xml").read_bytes())
    assert (read.bozo, [entry.id for entry in read.entries]) == (False, ["urn:polypost:ferry/en"])


def test_tombstone_disappears_when_the_posting_comes_back(project: Path) -> None:
    withdraw(project)
    write_tree(project, POSTINGS)
    built(project)
    feed = feed_file(project)
    assert names(feed) == [*HEAD, "entry", "entry"]
    # It came back on the latest day that anything tells of, which is later than its own first one.
    assert [entry.findtext(f"{ATOM}updated") for entry in feed.iterfind(f"{ATOM}entry")] == [
        "2026-11-20T00:00:00Z",
        "2026-10-05T00:00:00Z",
    ]


def test_feed_is_complete_whatever_was_withdrawn(project: Path) -> None:
    for path in (project / "public").resolve().rglob("atom.xml"):
        assert len(etree.parse(path).getroot().findall(COMPLETE)) == 1, path


@pytest.mark.parametrize("locale", [EN, AR])
def test_reader_opens_the_page_in_the_language_of_its_feed(locale: Locale) -> None:
    files = site_of(versions_of([EN, AR], [as_written(FULL), in_arabic(FULL)]))
    parsed: Any = feedparser.parse(files[f"{locale}/atom.xml"])
    (entry,) = parsed.entries
    assert entry.link.startswith(f"https://jobs.example.org/{locale}/postings/")
    assert entry.links[0].href == entry.link  # some readers take the first one
    assert {link.hreflang for link in entry.links if link.rel == "alternate"} == {"en", "ar"}


def test_control_character_in_a_target_reaches_no_feed() -> None:
    item = segmented(FULL)
    units = reviewed(FULL, {"Nurse": "ممر\x0bض\x07", "Patience": "ص\x1bبر"})
    targets = tuple(units[key] for key in item.keys())  # noqa: SIM118  a method of ours, no mapping
    localized = localize(Decision(segmented=item, locale=AR, reason=Reason.REVIEWED, units=targets), WORDS)
    files = site_of(versions_of([AR], [localized]))
    for path in ("ar/atom.xml", "ar/rss.xml", "ar/jobs.xml"):
        etree.fromstring(files[path])
