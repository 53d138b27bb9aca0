"""Job XML: the layout that aggregators read, whole, by a checker of our own; one job a place, ids that stay."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from lxml import etree

from pipeline.model.locale import parse_locale
from pipeline.model.posting import Location, Posting, Salary
from pipeline.publishing.feeds.job_xml import job_places
from pipeline.publishing.release.site import build_site
from pipeline.publishing.release.switch import pieces_of
from tests.laws import examples
from tests.publishing.examples import BASE_URL, as_written, nurse, site_of, versions_of
from tests.publishing.test_country_rule import LOCALES, Store, published, stores

EN = parse_locale("en")
# In the order of the layout; the last three are our own.
LAYOUT = (
    *("title", "date", "referencenumber", "requisitionid", "url", "company", "city", "state", "country", "postalcode"),
    *("description", "salary", "education", "jobtype", "category", "expirationdate", "remotetype"),
    *("language", "translation", "original"),
)
ALWAYS = (
    *("title", "date", "referencenumber", "requisitionid", "url", "company", "city", "state", "country", "postalcode"),
    *("description", "language", "translation"),
)
NEVER_EMPTY = ("title", "referencenumber", "requisitionid", "url", "description", "language", "translation")
JOB_TYPES = {"fulltime", "parttime", "contract", "temporary", "internship", "volunteer", "perdiem"}
FULL = replace(
    nurse("acme 4711/ü"),
    title="Nurse <b> & co",
    organization="Acme & Söhne",
    locations=(Location(country="FR", city="Lyon"),),
    remote=True,
    date_posted=date(2026, 11, 1),
    valid_through=date(2026, 12, 31),
    employment_type=("FULL_TIME", "PART_TIME", "OTHER"),
    salary=Salary(currency="EUR", minimum=60000, maximum=75000),
)
WHOLE = """\
<?xml version='1.0' encoding='utf-8'?>
<source>
<publisher><![CDATA[Job postings]]></publisher>
<publisherurl><![CDATA[https://jobs.example.org/]]></publisherurl>
<lastBuildDate><![CDATA[Sun, 01 Nov 2026 00:00:00 GMT]]></lastBuildDate>
<job>
<title><![CDATA[Nurse <b> & co]]></title>
<date><![CDATA[Sun, 01 Nov 2026 00:00:00 GMT]]></date>
<referencenumber><![CDATA[urn:polypost:acme%204711%2F%C3%BC/en/FR/Lyon]]></referencenumber>
<requisitionid><![CDATA[acme 4711/ü]]></requisitionid>
<url><![CDATA[https://jobs.example.org/en/postings/nurse-b-co-bee906ee99.html]]></url>
<company><![CDATA[Acme & Söhne]]></company>
<city><![CDATA[Lyon]]></city>
<state/>
<country><![CDATA[FR]]></country>
<postalcode/>
<description><![CDATA[<div lang="en" dir="ltr"><p class="facts">Acme &amp; Söhne · Lyon, France · Remote · \
Full time, Part time, Other · €60,000 – €75,000 per year · Apply by December 31, 2026</p>\
<ul><li>Patience</li></ul></div>]]></description>
<salary><![CDATA[€60,000 – €75,000 per year]]></salary>
<jobtype><![CDATA[fulltime, parttime]]></jobtype>
<expirationdate><![CDATA[2026-12-31]]></expirationdate>
<remotetype><![CDATA[Fully remote]]></remotetype>
<language><![CDATA[en]]></language>
<translation><![CDATA[source]]></translation>
</job>
</source>
"""


def jobs_file(*postings: Posting) -> bytes:
    return site_of(versions_of([EN], map(as_written, postings)))["en/jobs.xml"]


def jobs_of(*postings: Posting) -> list[etree._Element]:
    return etree.fromstring(jobs_file(*postings)).findall("job")


def faults(source: etree._Element) -> Iterator[str]:
    """Say what an aggregator would refuse."""
    names = [child.tag for child in source]
    if names[:3] != ["publisher", "publisherurl", "lastBuildDate"]:
        yield "head"
    if set(names[3:]) != {"job"}:
        yield "jobs"
    numbers = [job.findtext("referencenumber") for job in source.iterfind("job")]
    if len(set(numbers)) < len(numbers):
        yield "referencenumber twice"
    for job in source.iterfind("job"):
        yield from job_faults({str(child.tag): child.text or "" for child in job})


def job_faults(fields: dict[str, str]) -> Iterator[str]:
    if list(fields) != [name for name in LAYOUT if name in fields] or not set(ALWAYS) <= set(fields):
        yield "layout"
    yield from (f"{name} is empty" for name in NEVER_EMPTY if not fields.get(name))
    if fields.get("date") and parsedate_to_datetime(fields["date"]).tzinfo is None:
        yield "date"
    if len(fields.get("country", "")) not in {0, 2}:
        yield "country"
    if not set(filter(None, fields.get("jobtype", "").split(", "))) <= JOB_TYPES:
        yield "jobtype"


def test_file_is_written_whole() -> None:
    assert jobs_file(FULL).decode() == WHOLE


@examples(60)
@given(stores())
def test_every_file_is_of_the_layout(store: Store) -> None:
    files = site_of(versions_of(LOCALES, published(store)))
    for path, text in files.items():
        if path.endswith("/jobs.xml"):
            assert list(faults(etree.fromstring(text))) == [], path


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (b"<publisher>", b"<extra/><publisher>", "head"),
        (b"</source>", b"<item/></source>", "jobs"),
        (b"<city>", b"<category/><city>", "layout"),
        (b"[Fully remote]]></remotetype>", b"[Fully remote]]></remotetype><email/>", "layout"),
        (b"<![CDATA[acme 4711/\xc3\xbc]]>", b"", "requisitionid is empty"),
        (b"<![CDATA[FR]]>", b"France", "country"),
        (b"fulltime", b"FULL_TIME", "jobtype"),
    ],
)
def test_fault_that_is_planted_is_found(before: bytes, after: bytes, fault: str) -> None:
    text = jobs_file(FULL)
    assert before in text
    planted = etree.fromstring(text.replace(before, after, 1))
    assert fault in set(faults(planted))


def test_what_the_layout_requires_is_there_and_empty_where_nobody_knows_it() -> None:
    (job,) = jobs_of(nurse("bare", countries=()))
    fields = [(child.tag, child.text) for child in job]
    assert [name for name, _ in fields] == list(ALWAYS)
    assert [name for name, text in fields if not text] == ["date", "company", "city", "state", "country", "postalcode"]


def test_number_of_sentences_as_written_is_said() -> None:
    localized = replace(as_written(FULL), translation="machine", original=3)
    root = etree.fromstring(site_of(versions_of([EN], [localized]))["en/jobs.xml"])
    assert [(job.findtext("translation"), job.findtext("original")) for job in root.iter("job")] == [("machine", "3")]
    assert list(faults(root)) == []


def test_text_that_ends_a_section_is_kept() -> None:
    (job,) = jobs_of(replace(FULL, title="a ]]> b <![CDATA[", organization="]]>"))
    assert (job.findtext("title"), job.findtext("company")) == ("a ]]> b <![CDATA[", "]]>")


def test_posting_has_a_job_for_each_place_and_each_country_of_its_applicants() -> None:
    places = (
        Location(country="FR", city="Lyon"),
        Location(country="FR", city="Metz"),
        Location(country="FR", city="Lyon"),
    )
    posting = replace(FULL, id="a", locations=places, applicant_countries=("FR", "BE"))
    found = [
        tuple(job.findtext(name) or "" for name in ("referencenumber", "city", "country")) for job in jobs_of(posting)
    ]
    assert found == [
        ("urn:polypost:a/en/FR/Lyon", "Lyon", "FR"),
        ("urn:polypost:a/en/FR/Metz", "Metz", "FR"),
        ("urn:polypost:a/en/BE/", "", "BE"),
    ]
    assert job_places(replace(posting, remote=False)) == list(places[:2])


def test_cities_of_one_name_are_told_apart_by_their_regions() -> None:
    places = tuple(Location(country="US", city="Springfield", region=code) for code in ("IL", "MA"))
    jobs = jobs_of(replace(FULL, id="a", locations=places, remote=False))
    assert [job.findtext("referencenumber") for job in jobs] == [
        "urn:polypost:a/en/US/Springfield",
        "urn:polypost:a/en/US/Springfield/MA",
    ]


def test_offices_of_a_city_are_one_job_with_the_first_postal_code() -> None:
    offices = tuple(Location(country="FR", city="Lyon", postal_code=code) for code in ("69003", "69007"))
    (job,) = jobs_of(replace(FULL, locations=offices, remote=False))
    assert (job.findtext("city"), job.findtext("postalcode")) == ("Lyon", "69003")


def test_posting_without_a_place_has_one_job() -> None:
    (job,) = jobs_of(replace(nurse("a", countries=()), remote=True))
    fields = {name: job.findtext(name) for name in ("referencenumber", "city", "country", "remotetype")}
    assert fields == {"referencenumber": "urn:polypost:a/en", "city": "", "country": "", "remotetype": "Fully remote"}


def test_id_of_a_job_stays_when_the_posting_gains_a_place() -> None:
    more = replace(FULL, locations=(Location(country="BE", city="Gent"), *FULL.locations))
    before, after = ({job.findtext("referencenumber") for job in jobs_of(posting)} for posting in (FULL, more))
    assert before < after


def test_large_file_comes_in_pieces() -> None:
    versions = versions_of([EN], [as_written(nurse(f"n{number}")) for number in range(1000)])
    contents = {path: content for path, content in build_site(BASE_URL, versions) if path == "en/jobs.xml"}
    pieces = list(pieces_of(contents["en/jobs.xml"]))
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 100_000
    assert len(etree.fromstring(b"".join(pieces)).findall("job")) == 1000
