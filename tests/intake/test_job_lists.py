"""Job lists of any system: postings are found by what their members are called, in any arrangement."""

import json

import pytest

from pipeline.intake.formats.item import Item
from pipeline.intake.formats.json_documents import MAX_DOCUMENT_BYTES
from pipeline.intake.reading.record import PostingRecord
from tests.intake.reading_documents import items, records

NEITHER = "nothing there has both a title and a text"
BAKER = {"id": "a/1", "title": "Baker", "description": "We bake."}
COOK = {"id": "b", "title": "Cook", "description": "We cook."}
BAKER_RECORD = PostingRecord(id="a/1", title="Baker", description="We bake.")
COOK_RECORD = PostingRecord(id="b", title="Cook", description="We cook.")


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([BAKER, COOK]),
        json.dumps([BAKER, COOK], indent=2),
        json.dumps({"jobs": [BAKER, COOK]}),
        json.dumps({"status": "ok", "data": {"count": 2, "results": [BAKER, COOK]}, "facets": [{"name": "Lyon"}]}),
        json.dumps([{"category": "food", "jobs": [BAKER]}, {"category": "drink", "jobs": [COOK]}]),
        json.dumps(BAKER, indent=2) + "\n" + json.dumps(COOK, indent=2),
        json.dumps(BAKER) + "\n\n" + json.dumps(COOK) + "\n",
        json.dumps(BAKER) + json.dumps(COOK),
        "\ufeff" + json.dumps([BAKER, COOK]),
    ],
    ids=["list", "pretty list", "wrapped", "wrapped twice", "grouped", "pretty objects", "lines", "glued", "marked"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-16-le", "utf-32-be"])
def test_our_own_objects_are_read_in_every_arrangement_and_encoding(content: str, encoding: str) -> None:
    assert records(content.encode(encoding)) == [BAKER_RECORD, COOK_RECORD]


def test_object_by_ids_has_them_as_ids() -> None:
    jobs = {"one": {"title": "Baker", "description": "We bake."}, "two": {"title": "Cook", "description": "We cook."}}
    assert records({"jobs": jobs}) == [
        PostingRecord(id="one", title="Baker", description="We bake."),
        PostingRecord(id="two", title="Cook", description="We cook."),
    ]


def test_members_of_an_unknown_system_are_understood_by_their_names() -> None:
    vacancy = {
        "vacancyId": 7,
        "externalId": "R/7",
        "jobTitle": "Baker",
        "employer": {"name": "Rye"},
        "workLocation": "Lyon, France",
        "salaryFrom": 10,
        "salaryTo": 12,
        "currency": "EUR",
        "jobDescription": "<p>We bake.</p>",
        "teaser": "Bread!",
        "requirements": ["hands", "time"],
        "benefits": "<p>Bread</p>",
        "viewCount": 3,
    }
    (found,) = records({"result": {"vacancies": [vacancy]}})
    assert found == PostingRecord(
        id=7,
        title="Baker",
        organization={"name": "Rye"},
        locations="Lyon, France",
        salary={"currency": "EUR", "min": 10, "max": 12, "unit": "YEAR"},
        description="<p>We bake.</p>",
        sections=[
            {"kind": "requirements", "heading": "", "items": ["hands", "time"]},
            {"kind": "offer", "heading": "", "description": "<p>Bread</p>"},
        ],
        unknown={"teaser": "Bread!", "viewCount": 3},
    )


TEXT = "We bake bread every night. " * 10


@pytest.mark.parametrize(
    "answer",
    [
        {"hits": {"total": 1, "hits": [{"_index": "jobs", "_id": "7", "_source": {"title": "Baker", "body": TEXT}}]}},
        {"data": {"jobs": {"edges": [{"id": 7, "node": {"title": "Baker", "descriptionHtml": TEXT}}]}}},
        {"meta": {"count": 1}, "result": {"jobOpening": {"id": 7, "jobOpeningName": "Baker", "description": TEXT}}},
        {"data": [{"id": "7", "attributes": {"jobTitle": "Baker", "text": TEXT}}]},
        {
            "page": 1,
            "results": [{"id": 7, "name": "Baker", "contents": TEXT, "publication_date": "2026-11-01"}],
        },
        f"<All><Vacancy id='7'><Name>Baker</Name><JobText>{TEXT}</JobText><Place>Lyon</Place></Vacancy></All>",
    ],
    ids=["index", "graph", "single", "attributes", "weak names", "xml"],
)
def test_postings_are_found_in_further_wrappings_and_under_weak_names(answer: object) -> None:
    (found,) = records(answer)
    assert isinstance(found, PostingRecord)
    assert (str(found.id), found.title, str(found.description).strip()) == ("7", "Baker", TEXT.strip())


def test_long_member_without_a_known_name_is_the_text() -> None:
    text = "We bake bread at night. " * 10
    (found,) = records([{"id": 1, "jobTitle": "Baker", "company": "Rye", "zzz": text, "yyy": "short"}])
    assert isinstance(found, PostingRecord)
    assert (found.description, found.unknown) == (text, {"yyy": "short"})


def test_short_text_of_a_list_is_found_under_the_name_that_the_long_ones_have() -> None:
    text = "We bake bread at night. " * 10
    jobs = [{"id": n, "jobTitle": "Baker", "company": "Rye", "zzz": text, "yyy": "short"} for n in range(3)]
    found = records(
        {"jobs": [*jobs, {"id": 3, "jobTitle": "Cook", "company": "Rye", "zzz": "We cook.", "yyy": "long"}]}
    )
    assert [(record.description, record.unknown) for record in found if isinstance(record, PostingRecord)] == [
        *[(text, {"yyy": "short"})] * 3,
        ("We cook.", {"yyy": "long"}),
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            {"error": "not found"},
            f"no posting found in it: {NEITHER} (error); write both in one object",
        ),
        (
            [{"id": 1, "title": "Baker", "location": "Lyon"}],
            f"no posting found in it: {NEITHER} (id, location, title); write both in one object",
        ),
        (
            {"jobs": [{"id": 1, "jobTitle": "Baker", "location": "Lyon"}]},
            "a posting without a text; only its title and further fields are here; export texts too",
        ),
        (
            {"jobs": [BAKER, {"ad": 1}]},
            "an object without a title or a text, so it is no posting; add them, or leave it out",
        ),
        ([1, 2], "a list without an object in it"),
    ],
)
def test_what_is_no_posting_says_what_is_missing(answer: object, reason: str) -> None:
    assert [found for found in records(answer) if isinstance(found, str)] == [reason]


@pytest.mark.parametrize("answer", ["[]", " [ ] ", '{"jobs": [], "total": 0}'])
def test_list_in_which_nothing_is_open_holds_no_record(answer: str) -> None:
    assert records(answer) == []


def test_broken_member_of_a_wrapped_list_costs_itself() -> None:
    broken = '{"jobs": [\n' + json.dumps(BAKER) + ',\n{"id": \\x},\n' + json.dumps(COOK) + ',\n{"id": "c", "title'
    found = items(broken)
    assert [
        (item.position, item.found if isinstance(item.found, PostingRecord) else str(item.found)) for item in found
    ] == [
        (2, BAKER_RECORD),
        (3, "not JSON: Expecting value at column 8"),
        (4, COOK_RECORD),
        (5, "the file ends in the midst of this record; it was cut off, get it whole"),
    ]
    assert [item.written() for item in found][1::2] == ['{"id": \\x}', '{"id": "c", "title']


def test_answer_beyond_what_is_decoded_at_once_is_read_member_by_member() -> None:
    count = MAX_DOCUMENT_BYTES // 1_000_000 + 2
    large = [{"id": str(number), "title": "Baker", "description": "x" * 1_000_000} for number in range(count)]
    found = items({"meta": {"page": 1}, "jobs": large})
    assert [item.found.id for item in found if isinstance(item.found, PostingRecord)] == [str(n) for n in range(count)]


def test_object_beyond_what_is_decoded_at_once_costs_itself() -> None:
    large = {**BAKER, "description": "x" * MAX_DOCUMENT_BYTES}
    reason = f"larger than {MAX_DOCUMENT_BYTES:,} bytes, so it was not read; part it into postings"
    assert records(f"{json.dumps(large)}\n{json.dumps(COOK)}") == [reason, COOK_RECORD]


def test_rejected_records_are_read_again_as_what_they_are() -> None:
    lever = {"id": "u1", "text": "Baker", "categories": {}, "description": "We bake."}
    lines = [
        {
            "file": "in/night.txt",
            "position": 1,
            "format": "text",
            "reason": "…",
            "record": "We bake.\n\nRequirements:\n- hands",
        },
        {"file": "a.json", "position": 3, "format": "lever", "reason": "…", "record": json.dumps(lever)},
        {
            "file": "a.csv",
            "position": 9,
            "format": "csv",
            "reason": "…",
            "record": "Stelle;Beschreibung;Nr\nBäcker;Wir backen.;7",
        },
        {
            "file": "a.xml",
            "position": 9,
            "format": "xml",
            "reason": "…",
            "record": "<job><title>Baker</title><body>We bake.</body></job>",
        },
        {"file": "a.jsonl", "position": 9, "reason": "…", "record": "{broken"},
    ]
    found = items("\n".join(map(json.dumps, lines)))
    titles = [item.found.title if isinstance(item.found, PostingRecord) else str(item.found) for item in found]
    assert titles[1:4] == ["Baker", "Bäcker", "Baker"]
    assert str(titles[4]).startswith("not JSON: ")
    assert isinstance(found[0].found, PostingRecord)
    assert found[0].found.id == "night"
    assert [item.position for item in found] == [1, 2, 3, 4, 5]


INDEED = """<?xml version="1.0" encoding="utf-8"?>
<source>
<publisher>Rye Jobs</publisher><publisherurl>https://rye.example</publisherurl>
<job>
<title><![CDATA[Baker & Co]]></title><date><![CDATA[Fri, 10 Dec 2026 22:49:39 GMT]]></date>
<referencenumber><![CDATA[unique/1]]></referencenumber><url><![CDATA[https://rye.example/1]]></url>
<company><![CDATA[Rye]]></company><city><![CDATA[Lyon]]></city><state>ARA</state><country><![CDATA[FR]]></country>
<description><![CDATA[<p>We bake.</p>]]></description><salary>20 an hour</salary><jobtype>fulltime</jobtype>
</job>
<job><title>Cook</title><referencenumber>2</referencenumber><body>&lt;p&gt;Fish&nbsp;& chips&lt;/p&gt;</body></job>
<job><title>Broken</title><description>a < b</description></job>
<job><title>Waiter</title><referencenumber>4</referencenumber><description><p>We <b>serve</b>.</p></description></job>
<job><title>Cut"""


def test_indeed_feed_is_read_and_damage_costs_the_record_in_which_it_is() -> None:
    found = items(INDEED)
    assert [(item.position, item.format) for item in found] == [
        (4, "xml"),
        (10, "xml"),
        (11, "xml"),
        (12, "xml"),
        (13, "xml"),
    ]
    first, second, broken, fourth, cut = (item.found for item in found)
    assert first == PostingRecord(
        id="unique/1",
        title="Baker & Co",
        organization="Rye",
        url="https://rye.example/1",
        locations=[{"city": "Lyon", "region": "ARA", "country": "FR"}],
        date_posted="Fri, 10 Dec 2026 22:49:39 GMT",
        employment_type="fulltime",
        salary="20 an hour",
        description="<p>We bake.</p>",
    )
    assert second == PostingRecord(id="2", title="Cook", description="<p>Fish\xa0& chips</p>")
    assert str(broken).startswith(
        "XML: StartTag: invalid element name at line 1 of the record; write text in <![CDATA["
    )
    assert fourth == PostingRecord(id="4", title="Waiter", description="<p>We <b>serve</b>.</p>")
    assert str(cut) == "the file ends in the midst of this record; it was cut off, get it whole"


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE jobs [<!ENTITY x "boom">]>', '<!DOCTYPE jobs [<!ENTITY x SYSTEM "file:///etc/passwd">]>', ""],
)
def test_no_entity_of_a_document_is_expanded_or_fetched(declared: str) -> None:
    (found,) = records(
        f"<?xml version='1.0'?>{declared}<jobs><job><title>Baker&x;</title><body>We &x;bake.</body></job></jobs>"
    )
    assert found == PostingRecord(title="Baker&x;", description="We &x;bake.")


def test_xml_in_a_declared_encoding_is_read_and_one_in_another_is_doubted() -> None:
    text = "<?xml version='1.0' encoding='{}'?><jobs><job id='7'><title>Bäcker</title><body>Größe</body></job></jobs>"
    expected = PostingRecord(id="7", title="Bäcker", description="Größe")
    for encoding in ("utf-8", "ISO-8859-1", "utf-16"):
        assert records(text.format(encoding).encode(encoding)) == [expected]
    (item,) = items(text.format("utf-8").encode("cp1252"))
    assert (item.found, item.doubt) == (expected, "is not UTF-8 and was read as windows-1252")


RSS = """<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"
  xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Rye</title><language>fr</language>
<item><title>Boulanger</title><description>Court.</description>
<content:encoded><![CDATA[<p>Nous cuisons du pain.</p>]]></content:encoded>
<pubDate>Tue, 07 Jul 2026 10:29:07 +0200</pubDate><link>https://rye.example/1</link><remoteStatus>fully</remoteStatus>
<guid isPermaLink="false">fb63</guid><tt:locations><tt:location><tt:name>HQ</tt:name><tt:city>Paris</tt:city>
<tt:country>France</tt:country></tt:location></tt:locations></item></channel></rss>"""


def test_rss_with_the_places_of_teamtailor_is_read() -> None:
    assert records(RSS) == [
        PostingRecord(
            id="fb63",
            title="Boulanger",
            url="https://rye.example/1",
            locations=[{"city": "Paris", "country": "France"}],
            remote=True,
            date_posted="Tue, 07 Jul 2026 10:29:07 +0200",
            language="fr",
            description="<p>Nous cuisons du pain.</p>",
        )
    ]


def test_our_own_feeds_are_read_under_the_ids_of_their_postings() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Rye</title>
    <entry><id>urn:polypost:acme%204711/fr</id><title>Boulanger</title>
    <link rel="alternate" href="https://rye.example/1"/>
    <published>2026-11-01T00:00:00Z</published><category scheme="urn:iso:std:iso:3166" term="FR"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Nous cuisons.</p></div></content>
    </entry></feed>"""
    common = PostingRecord(
        id="acme 4711",
        title="Boulanger",
        url="https://rye.example/1",
        locations=[{"country": "FR"}],
        date_posted="2026-11-01T00:00:00Z",
        language="fr",
        group="polypost:acme 4711",
        description='<div xmlns="http://www.w3.org/1999/xhtml"><p>Nous cuisons.</p></div>',
    )
    assert records(atom) == [common]
    item = {
        "id": "acme 4711/fr",
        "title": "Boulanger",
        "url": "https://ours.example/fr/1.html",
        "external_url": "https://rye.example/1",
        "content_html": common.description,
        "date_published": "2026-11-01T00:00:00Z",
        "_polypost": {"posting": "acme 4711", "countries": ["FR"], "translation": "source", "source_language": "fr"},
    }
    assert records({"version": "https://jsonfeed.org/version/1.1", "language": "fr", "items": [item]}) == [common]


def test_json_feed_of_a_system_that_describes_its_postings_is_read_by_that() -> None:
    node = {
        "@type": "JobPosting",
        "title": "Baker",
        "identifier": {"value": 71},
        "datePosted": "2026-02-04",
        "description": "We bake.",
    }
    item = {"id": "20fa", "title": "Baker", "url": "https://rye.example/71", "_jobposting": node}
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    expected = PostingRecord(
        id=71, title="Baker", url="https://rye.example/71", date_posted="2026-02-04", description="We bake."
    )
    assert records(feed) == [expected]
    bare = {**item, "_jobposting": {**node, "description": None}}
    assert records({**feed, "items": [bare]}) == [
        "an item of a feed that holds no text; read the page that its `url` names"
    ]


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "[[" + '{"a":' * 100_000,
        "<a>" * 100_000,
        "<?xml version='1.0'?>" + "<job>" * 100_000,
    ],
)
def test_nesting_without_end_is_refused(content: str) -> None:
    assert all(isinstance(item.found, Exception) for item in items(content))


def test_forced_format_refuses_what_is_none_of_it() -> None:
    (found,) = items([{"id": "x", "name": "y"}], forced="greenhouse")
    assert isinstance(found, Item)
    assert isinstance(found.found, Exception)


def test_list_of_named_texts_is_the_sections_of_a_posting() -> None:
    job = {
        "uid": "B2",
        "name": "Baker",
        "location": {"city": "Lyon", "country": "FR"},
        "custom": [{"name": "Department", "value": "Kitchen"}],
        "details": [
            {"name": "Description", "value": "<p>We bake bread.</p>"},
            {"name": "Requirements", "value": "<ul><li>Hands</li></ul>"},
        ],
    }
    (record,) = records([job])
    assert isinstance(record, PostingRecord)
    assert record.sections == [
        {"heading": "Description", "description": "<p>We bake bread.</p>"},
        {"heading": "Requirements", "description": "<ul><li>Hands</li></ul>"},
    ]


def test_what_stands_beside_the_only_posting_by_the_name_of_a_field_belongs_to_it() -> None:
    (record,) = records(
        {
            "jobPostingInfo": {"title": "Baker", "jobDescription": "<p>We bake.</p>"},
            "hiringOrganization": {"name": "Rye & Co"},
        }
    )
    assert isinstance(record, PostingRecord)
    assert (record.title, record.organization) == ("Baker", {"name": "Rye & Co"})


def test_jobs_of_another_system_of_json_api_are_read_by_the_names_of_their_members() -> None:
    said = {"title": "Baker", "description": "<p>We bake.</p>", "benefits": "<ul><li>Bread</li></ul>"}
    (record,) = records({"data": [{"id": "77", "type": "jobs", "attributes": said}]})
    assert isinstance(record, PostingRecord)
    assert (record.id, record.title, record.description) == ("77", "Baker", "<p>We bake.</p>")


def test_parts_of_a_place_are_in_one_order_whatever_the_run() -> None:
    """The id of a posting without one is made from them."""
    job = {
        "title": "Baker",
        "description": "We bake.",
        "zip": "69001",
        "country": "FR",
        "region": "Rhône",
        "city": "Lyon",
    }
    (record,) = records(json.dumps(job).encode())
    assert isinstance(record, PostingRecord)
    assert isinstance(record.locations, list)
    assert list(record.locations[0]) == ["city", "region", "country", "postal_code"]
