"""RSS: valid by a schema of RSS 2.0, readable by feedparser, every text in its language."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from lxml import etree

from pipeline.model.locale import parse_locale
from pipeline.model.posting import Section, SectionKind, blocks_of
from tests.laws import examples
from tests.projects import shared_data
from tests.publishing.examples import as_written, nurse, site_of, versions_of
from tests.publishing.test_country_rule import LOCALES, Store, published, stores

EN, FR = parse_locale("en"), parse_locale("fr")
FULL = replace(
    nurse("acme 4711/ü", countries=("FR", "BE"), language="en-IE"),
    title="Nurse <b> & co ]]>",
    organization="Acme & Söhne",
    url="https://acme.example/jobs?id=1&x=2",
    date_posted=date(2026, 11, 1),
    employment_type=("PART_TIME",),
    sections=(
        Section(
            kind=SectionKind.OFFER,
            heading="What",
            blocks=blocks_of(("A <b>big</b> hall.",), items=("x < y",)),
        ),
    ),
)
WHOLE = """\
<?xml version='1.0' encoding='utf-8'?>
<?xml-stylesheet type="text/css" href="../feed.css"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0" \
xmlns:polypost="urn:polypost:posting">
<channel>
<title>Job postings</title>
<link>https://jobs.example.org/en/</link>
<description>Job postings in English</description>
<language>en</language>
<lastBuildDate>Sun, 01 Nov 2026 00:00:00 GMT</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="https://jobs.example.org/en/rss.xml"/>
<fh:complete/>
<polypost:help href="https://jobs.example.org/en/rss.xml">Copy the address into a feed reader, and it tells you \
of new postings.</polypost:help>
<item>
<title>Nurse &lt;b&gt; &amp; co ]]&gt;</title>
<link>https://jobs.example.org/en/postings/nurse-b-co-bee906ee99.html</link>
<guid isPermaLink="false">urn:polypost:acme%204711%2F%C3%BC/en</guid>
<pubDate>Sun, 01 Nov 2026 00:00:00 GMT</pubDate>
<category>Belgium</category>
<category>France</category>
<category>Part time</category>
<category domain="urn:iso:std:iso:3166">BE</category>
<category domain="urn:iso:std:iso:3166">FR</category>
<category domain="urn:polypost:employment-type">PART_TIME</category>
<category domain="urn:polypost:translation">source</category>
<description><![CDATA[<div lang="en-IE" dir="ltr"><p>A <b>big</b> hall.</p></div>]]></description>
<dc:creator>Acme &amp; Söhne</dc:creator>
<dc:language>en-IE</dc:language>
<atom:link rel="related" href="https://acme.example/jobs?id=1&amp;x=2"/>
<atom:updated>2026-11-01T00:00:00Z</atom:updated>
<polypost:source_language>en-IE</polypost:source_language>
<polypost:location country="FR"/>
<polypost:location country="BE"/>
<polypost:employment_type>PART_TIME</polypost:employment_type>
<polypost:organization>Acme &amp; Söhne</polypost:organization>
<polypost:text_modified>2026-11-01T00:00:00Z</polypost:text_modified>
<content:encoded><![CDATA[<div lang="en-IE" dir="ltr">\
<p class="facts">Acme &amp; Söhne · France · Belgium · Part time</p>\
<h2>What</h2><p>A <b>big</b> hall.</p>\
<ul><li>x &lt; y</li></ul></div>]]></content:encoded>
</item>
</channel>
</rss>
"""


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared_data() / "schemas/rss-2_0.xsd"))


def test_feed_is_written_whole() -> None:
    files = site_of(versions_of([EN], [as_written(FULL)]))
    assert files["en/rss.xml"].decode() == WHOLE


@examples(60)
@given(stores())
def test_every_feed_is_valid(schema: etree.XMLSchema, store: Store) -> None:
    files = site_of(versions_of(LOCALES, published(store)), page_size=2)
    for path, text in files.items():
        if re.search(r"/rss(-\d+)?\.xml$", path):
            schema.assertValid(etree.fromstring(text))


def test_schema_refuses_a_day_of_another_form(schema: etree.XMLSchema) -> None:
    feed = site_of(versions_of([EN], [as_written(FULL)]))["en/rss.xml"]
    schema.assertValid(etree.fromstring(feed))
    wrong = feed.replace(b"<pubDate>Sun, 01 Nov 2026 00:00:00 GMT", b"<pubDate>2026-11-01")
    assert not schema.validate(etree.fromstring(wrong))


def test_feedparser_reads_a_feed() -> None:
    feed: Any = feedparser.parse(site_of(versions_of([EN], [as_written(FULL)]))["en/rss.xml"])
    (entry,) = feed.entries
    assert (feed.bozo, feed.version, feed.feed.language, feed.feed.title) == (False, "rss20", "en", "Job postings")
    assert (entry.id, entry.guidislink, entry.link) == (
        "urn:polypost:acme%204711%2F%C3%BC/en",
        False,
        "https://jobs.example.org/en/postings/nurse-b-co-bee906ee99.html",
    )
    assert (entry.author, entry.language, entry.published_parsed[:3]) == ("Acme & Söhne", "en-IE", (2026, 11, 1))
    assert [tag.term for tag in entry.tags if tag.scheme == "urn:iso:std:iso:3166"] == ["BE", "FR"]
    assert "<p>A <b>big</b> hall.</p>" in entry.content[0].value


def test_posting_without_paragraphs_is_summed_up_by_its_first_item() -> None:
    feed = site_of(versions_of([EN], [as_written(nurse())]))["en/rss.xml"]
    item = etree.fromstring(feed).find("channel/item")
    assert item is not None
    assert item.findtext("description") == '<div lang="en" dir="ltr"><p>Patience</p></div>'
    assert [element.tag for element in item if etree.QName(element).localname in {"pubDate", "creator"}] == []
