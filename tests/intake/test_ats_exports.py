"""Exports of applicant tracking systems: each system's values stand under our names, as they were found.

The payloads have the form that each system's interface documents, in words of our own; where the shared data holds a
real answer of a system, that is read too.
"""

import pytest

from pipeline.intake.reading.record import PostingRecord
from tests.intake.reading_documents import items, records
from tests.projects import shared_data

GREENHOUSE = {
    "id": 4711,
    "internal_job_id": 12,
    "absolute_url": "https://boards.example/rye/jobs/4711",
    "title": "Baker",
    "company_name": "Rye",
    "first_published": "2026-11-01T08:00:00-04:00",
    "updated_at": "2026-11-20T08:00:00-04:00",
    "application_deadline": None,
    "location": {"name": "London, UK"},
    "language": "en",
    "metadata": [{"id": 1, "name": "Employment Type", "value": "Regular", "value_type": "single_select"}],
    "content": "&lt;p&gt;We bake &amp;amp; sell.&lt;/p&gt;",
    "departments": [{"id": 3, "name": "Ovens", "child_ids": []}],
    "offices": [{"id": 4, "name": "London", "location": "London, England"}],
    "pay_input_ranges": [{"min_cents": 3000000, "max_cents": 4000000, "currency_type": "GBP", "title": "Pay"}],
}
GREENHOUSE_RECORD = PostingRecord(
    id=4711,
    title="Baker",
    organization="Rye",
    url="https://boards.example/rye/jobs/4711",
    locations=["London, UK"],
    date_posted="2026-11-01T08:00:00-04:00",
    employment_type="Regular",
    salary={"currency": "GBP", "min": 30000.0, "max": 40000.0, "unit": "YEAR"},
    language="en",
    description="&lt;p&gt;We bake &amp;amp; sell.&lt;/p&gt;",
    group="greenhouse:12",
)


@pytest.mark.parametrize(
    "answer",
    [
        GREENHOUSE,
        [GREENHOUSE],
        {"jobs": [GREENHOUSE], "meta": {"total": 1}},
        {"departments": [{"id": 3, "name": "Ovens", "jobs": [GREENHOUSE]}, {"id": 5, "name": "Shop", "jobs": []}]},
    ],
    ids=["single", "list", "board", "by department"],
)
def test_greenhouse_is_read_in_every_arrangement(answer: object) -> None:
    assert records(answer) == [GREENHOUSE_RECORD]


def test_lever_has_its_lists_as_sections_and_its_body_once() -> None:
    posting = {
        "id": "a24ec4e5-5caa-473d-abd4-b71f09a8167b",
        "text": "Baker",
        "categories": {
            "commitment": "Full-time",
            "location": "Lyon",
            "allLocations": ["Lyon", "Paris"],
            "team": "Ovens",
        },
        "country": "FR",
        "workplaceType": "remote",
        "createdAt": 1764205361939,
        "hostedUrl": "https://jobs.example/rye/a24ec4e5",
        "applyUrl": "https://jobs.example/rye/a24ec4e5/apply",
        "opening": "<div>Rye bakes.</div>",
        "descriptionBody": "<div>You bake.</div>",
        "description": "<div>Rye bakes.</div><div>You bake.</div>",
        "descriptionPlain": "Rye bakes.\nYou bake.",
        "lists": [{"text": "You will", "content": "\n<li>knead</li>\n<li>bake</li>"}],
        "additional": "<div>We pay on time.</div>",
        "salaryRange": {"currency": "EUR", "interval": "per-month-salary", "min": 2000, "max": 2500},
    }
    expected = PostingRecord(
        id="a24ec4e5-5caa-473d-abd4-b71f09a8167b",
        title="Baker",
        url="https://jobs.example/rye/a24ec4e5",
        locations=["Lyon", "Paris"],
        remote=True,
        date_posted=1764205361939,
        employment_type="Full-time",
        salary={"currency": "EUR", "min": 2000, "max": 2500, "unit": "per-month-salary"},
        description="<div>Rye bakes.</div><div>You bake.</div>",
        sections=[
            {"kind": "", "heading": "You will", "description": "<ul>\n<li>knead</li>\n<li>bake</li></ul>"},
            {"kind": "", "heading": "", "description": "<div>We pay on time.</div>"},
        ],
    )
    assert records([posting]) == [expected]
    assert records([{"title": "Ovens", "postings": [posting]}, {"title": "Shop", "postings": []}]) == [expected]
    one_place = {**posting, "categories": {"location": "Lyon"}, "workplaceType": "onsite"}
    (found,) = records(one_place)
    assert isinstance(found, PostingRecord)
    assert (found.locations, found.remote) == ([{"name": "Lyon", "country": "FR"}], None)


def test_ashby_shows_what_it_lists_and_pays_what_it_shows() -> None:
    job = {
        "id": "90fb3621",
        "title": "Baker",
        "employmentType": "FullTime",
        "location": "Toronto",
        "secondaryLocations": [
            {
                "location": "Lyon",
                "address": {"addressLocality": "Lyon", "addressRegion": "", "addressCountry": "France"},
            },
            {"location": "Anywhere", "address": {}},
        ],
        "publishedAt": "2026-04-20T22:43:56.531+00:00",
        "isListed": True,
        "isRemote": True,
        "workplaceType": "Hybrid",
        "address": {
            "postalAddress": {"addressRegion": "Ontario", "addressCountry": "Canada", "addressLocality": "Toronto"}
        },
        "jobUrl": "https://jobs.example/rye/90fb3621",
        "applyUrl": "https://jobs.example/rye/90fb3621/application",
        "descriptionHtml": "<p>We bake.</p>",
        "descriptionPlain": "WE BAKE.",
        "shouldDisplayCompensationOnJobPostings": True,
        "compensation": {
            "summaryComponents": [
                {"compensationType": "EquityPercentage", "interval": "NONE", "minValue": 1, "maxValue": 2},
                {
                    "compensationType": "Salary",
                    "interval": "1 YEAR",
                    "currencyCode": "CAD",
                    "minValue": 102800,
                    "maxValue": 137000,
                },
            ]
        },
    }
    expected = PostingRecord(
        id="90fb3621",
        title="Baker",
        url="https://jobs.example/rye/90fb3621",
        locations=[
            {"city": "Toronto", "region": "Ontario", "country": "Canada"},
            {"city": "Lyon", "country": "France"},
            "Anywhere",
        ],
        remote=False,
        date_posted="2026-04-20T22:43:56.531+00:00",
        employment_type="FullTime",
        salary={"currency": "CAD", "min": 102800, "max": 137000, "unit": "1 YEAR"},
        description="<p>We bake.</p>",
    )
    assert records({"apiVersion": "1", "jobs": [job]}) == [expected]
    (hidden,) = records({**job, "isListed": False, "shouldDisplayCompensationOnJobPostings": False})
    assert isinstance(hidden, PostingRecord)
    assert (hidden.locales, hidden.salary) == ([], None)


def test_recruitee_has_its_translations_as_versions() -> None:
    offer = {
        "id": 55,
        "slug": "baecker",
        "title": "Bäcker",
        "description": "<p>Wir backen.</p>",
        "requirements": "<ul><li>Hände</li></ul>",
        "careers_url": "https://rye.example/o/baecker",
        "company_name": "Rye",
        "status": "published",
        "city": "Köln",
        "country": "Deutschland",
        "country_code": "DE",
        "remote": False,
        "employment_type_code": "fulltime_permanent",
        "published_at": "2026-05-01 10:00:00 UTC",
        "close_at": "2026-12-01 10:00:00 UTC",
        "salary": {"min": "2000", "max": "2500", "period": "month", "currency": "EUR"},
        "locations": [
            {"id": 1, "city": "Köln", "state": "NRW", "country": "Deutschland", "country_code": "DE"},
            {"id": 2, "city": "Lyon", "country": "France", "country_code": "FR"},
        ],
        "translations": {
            "de": {"title": "Bäcker", "description": "<p>Wir backen.</p>", "requirements": "<ul><li>Hände</li></ul>"},
            "fr": {"title": "Boulanger", "description": "<p>Nous cuisons.</p>", "requirements": "<p>Des mains</p>"},
            "nl": {"title": "Bakker", "description": "", "requirements": None},
        },
    }
    expected = PostingRecord(
        id=55,
        title="Bäcker",
        organization="Rye",
        url="https://rye.example/o/baecker",
        locations=[{"city": "Köln", "region": "NRW", "country": "DE"}, {"city": "Lyon", "country": "FR"}],
        remote=False,
        date_posted="2026-05-01 10:00:00 UTC",
        valid_through="2026-12-01 10:00:00 UTC",
        employment_type="fulltime_permanent",
        salary={"currency": "EUR", "min": "2000", "max": "2500", "unit": "month"},
        language="de",
        description="<p>Wir backen.</p>",
        sections=[{"kind": "requirements", "heading": "", "description": "<ul><li>Hände</li></ul>"}],
        versions=[
            {
                "language": "fr",
                "title": "Boulanger",
                "sections": [
                    {"kind": "", "heading": "", "description": "<p>Nous cuisons.</p>"},
                    {"kind": "requirements", "heading": "", "description": "<p>Des mains</p>"},
                ],
            }
        ],
    )
    assert records({"offers": [offer]}) == records({"offer": offer}) == [expected]
    (draft,) = records({"offers": [{**offer, "status": "draft"}]})
    assert isinstance(draft, PostingRecord)
    assert draft.locales == []


def test_teamtailor_looks_its_places_up_beside_the_jobs() -> None:
    job = {
        "id": "123",
        "type": "jobs",
        "links": {
            "careersite-job-url": "https://rye.example/jobs/123-baker",
            "self": "https://api.example/v1/jobs/123",
        },
        "attributes": {
            "title": "Baker",
            "body": "<p>We bake.</p>",
            "pitch": "Bread!",
            "status": "open",
            "human-status": "published",
            "language-code": "sv",
            "remote-status": "fully",
            "employment-type": "fulltime",
            "created-at": "2026-02-04T09:26:20+01:00",
            "end-date": None,
            "min-salary": 20,
            "max-salary": 25,
            "currency": "SEK",
            "salary-time-unit": "hourly",
        },
        "relationships": {"locations": {"data": [{"id": "9", "type": "locations"}, {"id": "10", "type": "locations"}]}},
    }
    included = [{"id": "9", "type": "locations", "attributes": {"city": "Malmö", "country": "Sweden", "name": "HQ"}}]
    expected = PostingRecord(
        id="123",
        title="Baker",
        url="https://rye.example/jobs/123-baker",
        locations=[{"city": "Malmö", "country": "Sweden"}],
        remote=True,
        date_posted="2026-02-04T09:26:20+01:00",
        employment_type="fulltime",
        salary={"currency": "SEK", "min": 20, "max": 25, "unit": "hourly"},
        language="sv",
        description="<p>We bake.</p>",
    )
    assert records({"data": [job], "included": included}) == [expected]
    assert records({"data": job, "included": included}) == [expected]


WORKABLE = {
    "title": "Baker",
    "shortcode": "DD136DD7E7",
    "code": "B-1",
    "department": "Ovens",
    "url": "https://apply.example/j/DD136DD7E7",
    "published_on": "2026-08-05",
    "created_at": "2026-07-02",
    "description": "<p>We bake.</p>",
}


def test_workable_is_read_from_its_widget_its_page_and_its_api() -> None:
    place = {"countryCode": "ES", "country": "Spain", "city": "Vigo", "region": "Galicia", "hidden": False}
    common = PostingRecord(
        id="DD136DD7E7",
        title="Baker",
        url="https://apply.example/j/DD136DD7E7",
        locations=[{"city": "Vigo", "region": "Galicia", "country": "ES"}],
        remote=True,
        date_posted="2026-08-05",
        description="<p>We bake.</p>",
    )
    widget = {
        **WORKABLE,
        "telecommuting": True,
        "country": "Spain",
        "city": "Vigo",
        "state": "Galicia",
        "locations": [place],
    }
    (found,) = records({"name": "Rye", "description": "A bakery", "jobs": [widget]})
    assert found == _replaced(common, organization="Rye")
    page = {
        **WORKABLE,
        "remote": True,
        "state": "published",
        "workplace": "remote",
        "location": place,
        "language": "es",
    }
    page["requirements"], page["benefits"] = "<p>Hands</p>", "<p>Bread</p>"
    assert records({"total": 1, "results": [page]}) == [
        _replaced(
            common,
            language="es",
            sections=[
                {"kind": "requirements", "heading": "", "description": "<p>Hands</p>"},
                {"kind": "offer", "heading": "", "description": "<p>Bread</p>"},
            ],
        )
    ]
    inner = {"country": "Spain", "country_code": "ES", "region": "Galicia", "city": "Vigo", "telecommuting": True}
    (draft,) = records({"jobs": [{**WORKABLE, "id": "x", "state": "draft", "location": inner}], "paging": {}})
    assert draft == _replaced(common, locales=[])


def test_smartrecruiters_has_the_parts_of_its_ad_as_sections_and_its_list_says_where_they_are() -> None:
    entry = {
        "id": "7439",
        "name": "Baker",
        "uuid": "u-1",
        "refNumber": "REF9",
        "company": {"identifier": "rye", "name": "Rye"},
        "releasedDate": "2026-05-01T10:00:00.000Z",
        "location": {"city": "Lyon", "region": "ARA", "country": "fr", "remote": False, "fullLocation": "Lyon, France"},
        "typeOfEmployment": {"id": "permanent", "label": "Full-time"},
        "language": {"code": "fr", "label": "French"},
        "ref": "https://api.example/v1/companies/rye/postings/7439",
    }
    parts = {
        "companyDescription": {"title": "Company Description", "text": "<p>Rye bakes.</p>"},
        "jobDescription": {"title": "Description du poste", "text": "<p>Cuire.</p>"},
        "qualifications": {"title": "Qualifications", "text": "<ul><li>Des mains</li></ul>"},
        "additionalInformation": {"title": "Informations", "text": ""},
        "videos": {"title": "Videos", "urls": []},
    }
    detail = {**entry, "postingUrl": "https://jobs.example/rye/7439", "active": True, "jobAd": {"sections": parts}}
    assert records(detail) == [
        PostingRecord(
            id="7439",
            title="Baker",
            organization="Rye",
            url="https://jobs.example/rye/7439",
            locations=[{"city": "Lyon", "region": "ARA", "country": "fr"}],
            remote=False,
            date_posted="2026-05-01T10:00:00.000Z",
            employment_type="Full-time",
            language="fr",
            sections=[
                {"kind": "about", "heading": "Company Description", "description": "<p>Rye bakes.</p>"},
                {"kind": "", "heading": "Description du poste", "description": "<p>Cuire.</p>"},
                {"kind": "requirements", "heading": "Qualifications", "description": "<ul><li>Des mains</li></ul>"},
            ],
        )
    ]
    (refused,) = records({"offset": 0, "limit": 100, "totalFound": 1, "content": [entry]})
    assert refused == (
        "an entry of a SmartRecruiters list, which holds no text; fetch each posting's own address (its `ref`) and "
        "read those answers"
    )


PERSONIO = """<?xml version="1.0" encoding="UTF-8"?>
<workzag-jobs>
<position>
  <id>1834</id><subcompany>Rye &amp; Co. KG</subcompany><office>Köln</office>
  <additionalOffices><office>Berlin</office></additionalOffices>
  <department>Ovens</department><recruitingCategory>Bakery</recruitingCategory><name>Bäcker (m/w/d)</name>
  <jobDescriptions>
    <jobDescription><name>Deine Aufgaben</name><value><![CDATA[<ul><li>Backen</li></ul>]]></value></jobDescription>
    <jobDescription><name>Leer</name><value><![CDATA[ ]]></value></jobDescription>
  </jobDescriptions>
  <employmentType>permanent</employmentType><schedule>full-time</schedule>
  <createdAt>2026-11-13T14:10:41+00:00</createdAt>
</position>
</workzag-jobs>"""


def test_personio_has_its_descriptions_as_sections_and_says_which_records_are_one_job() -> None:
    assert records(PERSONIO) == [
        PostingRecord(
            id="1834",
            title="Bäcker (m/w/d)",
            organization="Rye & Co. KG",
            locations=["Köln", "Berlin"],
            date_posted="2026-11-13T14:10:41+00:00",
            employment_type=["full-time", "permanent"],
            sections=[{"kind": "", "heading": "Deine Aufgaben", "description": "<ul><li>Backen</li></ul>"}],
            group="personio:1834",
        )
    ]


HR_XML = """<?xml version="1.0" encoding="UTF-8"?>
<PositionOpening xmlns="http://www.hr-xml.org/3" xmlns:oa="http://www.openapplications.org/oagis/9"
  validFrom="2026-11-05">
  <DocumentID schemeID="X">db6c-1</DocumentID>
  <PositionOpeningStatusCode name="Active">Active</PositionOpeningStatusCode>
  <PositionProfile languageCode="el">
    <PostingInstruction><ApplicationMethod><Instructions><![CDATA[https://rye.example/1]]></Instructions>
    </ApplicationMethod></PostingInstruction>
    <PositionTitle>Φούρναρης</PositionTitle>
    <PositionLocation><Address><oa:CityName>Αθήνα</oa:CityName>
    <CountryCode>EL</CountryCode></Address></PositionLocation>
    <PositionOrganization><OrganizationIdentifiers><OrganizationName>Rye</OrganizationName></OrganizationIdentifiers>
    </PositionOrganization>
    <PositionOfferingTypeCode>DirectHire</PositionOfferingTypeCode>
    <PositionFormattedDescription><Content><![CDATA[<p>Ψήνουμε.</p>]]></Content></PositionFormattedDescription>
    <PositionScheduleTypeCode>FullTime</PositionScheduleTypeCode>
    <ApplicationCloseDate>2026-12-01</ApplicationCloseDate>
  </PositionProfile>
  <PositionProfile languageCode="en">
    <PositionTitle>Baker</PositionTitle>
    <PositionFormattedDescription><Content>We bake.</Content></PositionFormattedDescription>
  </PositionProfile>
</PositionOpening>"""


def test_hr_xml_has_the_profiles_of_further_languages_as_versions() -> None:
    expected = PostingRecord(
        id="db6c-1",
        title="Φούρναρης",
        organization="Rye",
        url="https://rye.example/1",
        locations=[{"city": "Αθήνα", "country": "EL"}],
        date_posted="2026-11-05",
        valid_through="2026-12-01",
        employment_type=["FullTime", "DirectHire"],
        language="el",
        sections=[{"kind": "", "heading": "", "description": "<p>Ψήνουμε.</p>"}],
        versions=[
            {
                "language": "en",
                "title": "Baker",
                "url": None,
                "sections": [{"kind": "", "heading": "", "description": "We bake."}],
            }
        ],
    )
    assert records(HR_XML) == [expected]
    (closed,) = records(HR_XML.replace(">Active<", ">Closed<"))
    assert closed == _replaced(expected, locales=[])


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            {"jobs": [{**WORKABLE, "description": None}]},
            "a job of a Workable list without its text; ask for the list with `?details=true`, or for each job's page",
        ),
        (
            {"jobs": [{**GREENHOUSE, "content": ""}]},
            "a job of a Greenhouse board without its text; ask for the board with `?content=true`",
        ),
        (
            PERSONIO.replace("jobDescription>", "none>"),
            "a position of Personio without a text: its `jobDescriptions` are empty in this language",
        ),
    ],
)
def test_record_without_a_text_says_how_to_get_it(document: object, reason: str) -> None:
    assert records(document) == [reason]


@pytest.mark.parametrize(
    ("name", "system", "count"),
    [
        ("greenhouse.json", "greenhouse", 2),
        ("lever.json", "lever", 2),
        ("ashby.json", "ashby", 2),
        ("workable.json", "workable", 2),
        ("teamtailor.json", "json-feed", 2),
        ("personio.xml", "personio", 2),
        ("eures-hrxml-1.xml", "hr-xml", 1),
        ("eures-hrxml-only-country.xml", "hr-xml", 1),
    ],
)
def test_real_answer_of_each_system_is_recognized_by_its_content(name: str, system: str, count: int) -> None:
    content = (shared_data() / "ats" / name).read_bytes()
    assert [item.format for item in items(content)] == [system] * count


def _replaced(record: PostingRecord, **fields: object) -> PostingRecord:
    return PostingRecord(**{**{name: getattr(record, name) for name in record.__struct_fields__}, **fields})
