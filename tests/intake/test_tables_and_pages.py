"""Tables, web pages, Markdown files: the forms in which people keep postings by hand."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import pytest
from msgspec import structs

from pipeline.intake.formats.item import Item
from pipeline.intake.formats.table import Columns
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.record import PostingRecord, SectionRecord
from pipeline.model.posting import blocks_of
from tests.intake.reading_documents import LEXICON, items, read_all, records


def table(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def columns_of(content: str, columns: Mapping[str, str] | None = None) -> str:
    """Return what is said of the columns of a table."""
    (found,) = (item for item in read_all(content, "a.csv", columns=columns) if isinstance(item, Columns))
    return str(found)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("above", [[], [["Our jobs, autumn"], [], [""]]], ids=["bare", "titled"])
def test_table_is_read_in_any_dialect_also_below_a_title(delimiter: str, above: list[list[str]]) -> None:
    rows = [
        *above,
        ["Stelle", "Kennziffer", "Ort", "Beschreibung", "Anforderungen", "Intern"],
        ["Bäcker; Nacht", "B|1", "Köln, DE", "Wir backen.\nViel.", "Hände", "x"],
        ["", "", "", "", "", ""],
        ["Koch", "B2", "", "Wir kochen.", "", ""],
    ]
    assert records(table(rows, delimiter)) == [
        PostingRecord(
            id="B|1",
            title="Bäcker; Nacht",
            locations="Köln, DE",
            description="Wir backen.\nViel.",
            sections=[{"kind": "requirements", "heading": "", "description": "Hände"}],
            unknown={"Intern": "x"},
        ),
        PostingRecord(id="B2", title="Koch", description="Wir kochen."),
    ]


def test_columns_without_a_known_name_are_guessed_by_what_stands_in_them_and_that_is_shown() -> None:
    text = "We bake bread at night. " * 8
    content = table(
        [["Jobtitel", "Firma", "X1", "X2", "X3"], ["Baker", "Rye", text, "https://rye.example/1", "1.11.2026"]], ","
    )
    assert columns_of(content) == (
        'columns = {title = "Jobtitel", organization = "Firma", description = "X1", url = "X2", date_posted = "X3"}'
    )
    assert records(content, "a.csv") == [
        PostingRecord(
            title="Baker",
            organization="Rye",
            description=text.strip(),
            url="https://rye.example/1",
            date_posted="1.11.2026",
        )
    ]


def test_columns_that_the_configuration_names_are_taken() -> None:
    content = "Alpha;Beta;Title\nBaker;We bake.;Head\n"
    named = {"title": "alpha", "description": "Beta"}
    assert columns_of(content, named) == 'columns = {title = "Alpha", description = "Beta"}'
    (item,) = (item for item in read_all(content, columns=named) if isinstance(item, Item))
    assert item.found == PostingRecord(title="Baker", description="We bake.")


def test_position_of_a_row_is_its_line_and_a_rejected_row_keeps_its_header() -> None:
    found = items('Title,Description\n"Baker","We\nbake."\n"Cook","We cook."\n', "a.csv")
    assert [(item.position, item.written()) for item in found] == [
        (2, 'Title,Description\nBaker,"We\nbake."'),
        (4, "Title,Description\nCook,We cook."),
    ]


def test_table_in_which_no_column_is_known_says_how_to_name_them() -> None:
    assert records("a,b\n1,2\n", "a.csv") == [
        'a table in which no column is known; name them: columns = {title = "...", description = "..."}'
    ]


def test_prose_with_commas_is_no_table() -> None:
    (item,) = items("Title, company and place are below.\n\nWe bake bread, cakes, rolls.\n", "a.txt")
    assert item.format == "text"


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Write the least that makes an Excel workbook: inline texts and numbers."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="s{n}"/>' for n, name in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        + "".join(
            f'<Relationship Id="s{n}" Type="{office}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n, _ in enumerate(sheets, 1)
        )
        + "</Relationships>",
    }
    for n, rows in enumerate(sheets.values(), 1):
        cells = "".join(
            f'<row r="{r}">' + "".join(_cell(f"{'ABCDEFGH'[c]}{r}", value) for c, value in enumerate(row)) + "</row>"
            for r, row in enumerate(rows, 1)
        )
        parts[f"xl/worksheets/s{n}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def _cell(place: str, value: object) -> str:
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def test_every_sheet_with_postings_is_read_and_a_cover_is_passed_over() -> None:
    content = workbook(
        {
            "Cover": [["Autumn 2026"], ["by Ada"]],
            "Ovens": [["Jobs"], [], ["Titel", "Nr", "Beschreibung"], ["Bäcker", 4711, "Wir backen."], ["", "", ""]],
            "Kitchen": [["Titel", "Nr", "Beschreibung"], ["Koch", 12.5, "Wir kochen."]],
        }
    )
    assert [(item.position, item.path, item.found) for item in items(content, "jobs.xlsx")] == [
        (4, "Ovens", PostingRecord(id=4711, title="Bäcker", description="Wir backen.")),
        (2, "Kitchen", PostingRecord(id=12.5, title="Koch", description="Wir kochen.")),
    ]


def test_damaged_spreadsheet_says_that_it_is_one() -> None:
    (reason,) = records(workbook({"A": [["Titel"]]})[:-200] + b"PK")
    assert str(reason).startswith("not a spreadsheet that can be read (")


NODE = {
    "@context": "https://schema.org",
    "@type": ["http://schema.org/JobPosting"],
    "title": "Baker",
    "description": "&lt;p&gt;We bake. You have hands.&lt;/p&gt;",
    "identifier": {"@type": "PropertyValue", "name": "Rye", "value": 17},
    "hiringOrganization": {"@type": "Organization", "name": "Rye"},
    "jobLocation": [
        {
            "@type": "Place",
            "address": {"addressLocality": "Lyon", "addressCountry": {"@type": "Country", "name": "FR"}},
        },
        {"@type": "Place", "address": "Paris, France"},
    ],
    "jobLocationType": "TELECOMMUTE",
    "applicantLocationRequirements": [{"@type": "Country", "name": "USA"}],
    "baseSalary": {"currency": "EUR", "value": {"minValue": "10", "maxValue": 12, "unitText": "HOUR"}},
    "qualifications": "You have hands.",
    "jobBenefits": "Bread",
    "datePosted": "2026-11-01",
    "validThrough": "2026-12-01T00:00",
    "employmentType": ["FULL_TIME", "CONTRACTOR"],
    "inLanguage": "en",
    "url": "https://rye.example/17",
}
FROM_NODE = PostingRecord(
    id=17,
    title="Baker",
    organization="Rye",
    url="https://rye.example/17",
    locations=[{"city": "Lyon", "country": "FR"}, "Paris, France"],
    remote=True,
    applicant_countries=["USA"],
    date_posted="2026-11-01",
    valid_through="2026-12-01T00:00",
    employment_type=["FULL_TIME", "CONTRACTOR"],
    salary={"currency": "EUR", "min": "10", "max": 12, "unit": "HOUR"},
    language="en",
    description="&lt;p&gt;We bake. You have hands.&lt;/p&gt;",
    sections=[{"kind": "offer", "heading": "", "description": "Bread"}],
)


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(NODE),
        json.dumps([NODE]),
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": "Jobs"}, NODE]}),
        f"<!-- {json.dumps(NODE)} -->",
        f"//<![CDATA[\n{json.dumps(NODE)}\n//]]>",
    ],
)
def test_job_posting_in_a_page_is_read_by_what_it_says_for_machines(script: str) -> None:
    page = f'<!doctype html><script type="application/ld+json">{script}</script><body><h1>x</h1></body>'
    assert records(page, "17.html") == [FROM_NODE]
    assert records(NODE) == [FROM_NODE]


def test_broken_script_of_a_page_is_told_and_the_others_are_read() -> None:
    scripts = "".join(
        f'<script type="application/ld+json">{text}</script>' for text in ('{"@type": "JobPosting",}', json.dumps(NODE))
    )
    broken, read = records(f"<html><body>{scripts}</body></html>", "a.html")
    assert (str(broken).startswith("JSON-LD in the page: not JSON: "), read) == (True, FROM_NODE)


def test_microdata_is_read_like_json_ld() -> None:
    page = """<div itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop="title">Baker</h1>
    <div itemprop="description"><p>We <b>bake</b>.</p></div>
    <span itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization">
    <b itemprop="name">Rye</b></span>
    <div itemprop="jobLocation" itemscope><div itemprop="address" itemscope>
    <span itemprop="addressLocality">Lyon</span><meta itemprop="addressCountry" content="FR"></div></div>
    <time itemprop="datePosted" datetime="2026-11-01">1 Nov</time></div>"""
    assert records(page, "baker.html") == [
        PostingRecord(
            id="baker",
            title="Baker",
            organization="Rye",
            locations=[{"city": "Lyon", "country": "FR"}],
            date_posted="2026-11-01",
            description='<div itemprop="description"><p>We <b>bake</b>.</p></div>',
        )
    ]


def test_page_that_says_nothing_for_machines_has_its_heading_and_its_main_text() -> None:
    page = """<html><head><title>Night baker | Rye</title><link rel="canonical" href="https://rye.example/night"></head>
    <body><nav>Home</nav><main><h1>Night baker</h1><p>We bake.</p><script>x()</script></main>
    <footer>c</footer></body></html>"""
    assert records(page, "night.html") == [
        PostingRecord(
            id="night", title="Night baker", url="https://rye.example/night", description="<main><p>We bake.</p></main>"
        )
    ]
    (named,) = records(page.replace("<h1>Night baker</h1>", ""), "night.html")
    assert isinstance(named, PostingRecord)
    assert named.title == "Night baker"
    (empty,) = records("<html><body><div id=root></div><script>x()</script></body></html>")
    assert empty == "a page without text; if a script fills it in a browser, save the page from there"


@pytest.mark.parametrize("named", ["", "<title>Stellenanzeige</title>"])
def test_document_without_a_heading_of_its_own_is_titled_by_its_first_bold_line(named: str) -> None:
    page = f"<html><head>{named}</head><body><p><b>Bäcker (m/w/d)</b></p><p>Wir backen.</p></body></html>"
    assert records(page, "vorlage_7.html") == [
        PostingRecord(
            id="vorlage_7",
            title="Bäcker (m/w/d)",
            title_guessed=True,
            sections=[SectionRecord(kind="description", blocks=blocks_of(["Wir backen."]))],
        )
    ]


@pytest.mark.parametrize("line", ["<p>We bake.</p>", "<h2>Requirements</h2><p>Hands.</p>", "<p><b>Vacancy</b></p>"])
def test_document_whose_first_line_is_no_title_has_the_name_of_its_file(line: str) -> None:
    (found,) = records(f"<body>{line}<p>We bake.</p></body>", "night_baker.html")
    assert isinstance(found, PostingRecord)
    assert (found.title, found.title_guessed) == ("Night baker", True)


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: Baker\ncompany: "Rye"\nlocation: Lyon, FR\ntags:\n - bread\n - night\ndate: 2026-11-01 # x\n---\n',
        """+++
title = "Baker"
company = "Rye"
location = "Lyon, FR"
tags = ["bread", "night"]
date = 2026-11-01
+++
""",
    ],
    ids=["yaml", "toml"],
)
def test_front_matter_of_markdown_says_the_fields(front: str) -> None:
    assert records(f"{front}\n# Baker\n\nWe *bake*.\n", "night.md") == [
        PostingRecord(
            id="night",
            title="Baker",
            organization="Rye",
            locations="Lyon, FR",
            date_posted="2026-11-01",
            description="\nWe *bake*.\n",
            unknown={"tags": ["bread", "night"]},
        )
    ]


def test_heading_is_the_title_of_markdown_unless_it_is_one_of_a_section() -> None:
    assert records("# Baker\n\n## Tasks\n- bake\n", "x.md") == [
        PostingRecord(id="x", title="Baker", description="\n## Tasks\n- bake\n")
    ]
    (found,) = records("# Requirements\n- hands\n", "x.md")
    assert isinstance(found, PostingRecord)
    assert (found.title, found.title_guessed, found.description) == ("X", True, "# Requirements\n- hands\n")


def test_quote_that_is_never_closed_is_told_where_it_opens() -> None:
    table = 'Titel;Beschreibung\nKoch;Wir kochen.\n"Bäcker;Wir backen.\nKellner;Wir bedienen.\n'
    assert [(item.position, str(item.found)) for item in items(table, "a.csv")[1:]] == [
        (
            3,
            'a cell that is opened with " and never closed, up to the end of the file; export the table again',
        )
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.md", "a.html"])
def test_file_of_blanks_is_empty_whatever_its_name(name: str) -> None:
    assert records("\n  \n", name) == ["the file is empty; fill it, or remove it"]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        ("{'title': 'Baker'}", "a.json", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        (
            '"We bake."',
            "a.json",
            'not an object; write for example {"id": "1", "title": "Baker", "description": "We bake."}',
        ),
        ("We bake.", "a.zip", "named .zip, but no zip archive; it may have come incomplete, get it again"),
    ],
)
def test_file_that_is_not_what_its_name_says_is_no_text(content: str, name: str, reason: str) -> None:
    assert records(content, name) == [reason]


def test_labels_right_below_the_title_of_markdown_are_fields() -> None:
    (record,) = records("# Glazier\n\nLocation: Leeds, UK\nRemote: no\n\nWe repair windows.\n", "g.md")
    assert isinstance(record, PostingRecord)
    assert (record.title, record.locations, record.remote) == ("Glazier", ["Leeds, UK"], "no")
    assert str(record.description).strip() == "We repair windows."


def test_line_with_a_colon_below_the_title_of_markdown_is_text() -> None:
    (record,) = records("# Glazier\n\nOur motto: we repair windows.\n", "g.md")
    assert isinstance(record, PostingRecord)
    assert str(record.description).strip() == "Our motto: we repair windows."


def test_words_of_a_table_that_no_field_holds_are_text() -> None:
    table = "Title;Hours;Pay;Text;pay_note\nBaker;Full-time, Monday to Friday;good;We bake bread.;x\n"
    (record,) = records(table, "a.csv")
    assert isinstance(record, PostingRecord)
    posting = build_posting(structs.replace(record, id="a"), lexicon=LEXICON)
    assert posting.employment_type == ("FULL_TIME",)
    assert posting.sections[0].lines == ("Pay: good", "Hours: Full-time, Monday to Friday", "We bake bread.")


def test_hours_of_a_program_are_reported() -> None:
    (record,) = records({"id": 1, "title": "Baker", "workHours": "Monday to Friday", "description": "We bake."})
    assert isinstance(record, PostingRecord)
    (doubt,) = build_posting(record, lexicon=LEXICON).doubts
    assert (doubt.field, doubt.value, doubt.hint) == ("hours", "Monday to Friday", "write it into the text")


LYON = "Lyon, FR"


def test_column_that_stands_twice_says_its_value_once() -> None:
    (record,) = records("id,title,title,description\n7,Baker,Baker,We bake.\n", "a.csv")
    assert isinstance(record, PostingRecord)
    assert record.title == "Baker"


@pytest.mark.parametrize(
    ("html", "place", "kept"),
    [
        ("<table><tr><th>Location</th><td>Lyon, FR</td></tr></table><p>We bake.</p>", LYON, ["We bake."]),
        ("<dl><dt>Location</dt> <dd>Lyon, FR</dd></dl><p>We bake.</p>", LYON, ["We bake."]),
        ("<ul><li>Oven: large</li><li>Location: Lyon, FR</li></ul><p>We bake.</p>", LYON, ["Oven: large", "We bake."]),
        ("<p>Location: Lyon, FR<br>Oven: large</p><p>We bake.</p>", LYON, ["Oven: large", "We bake."]),
        ("<div>We bake.</div><p>Location: Lyon, FR</p>", None, ["We bake.", "Location: Lyon, FR"]),
        ("We bake.<p>Location: Lyon, FR</p>", None, ["We bake.", "Location: Lyon, FR"]),
        ("<dl><dt>Location</dt></dl><table><tr><td>a<td>b<td>c</table>", None, ["Location", "a – b – c"]),
        ("<table><tr><td></td><td>Lyon</td></tr></table><p>We bake.</p>", None, ["Lyon", "We bake."]),
        ("<p>Description: we bake</p><p>Oven: large</p>", None, ["Description: we bake", "Oven: large"]),
    ],
)
def test_facts_at_the_beginning_of_a_page_are_fields(html: str, place: str | None, kept: list[str]) -> None:
    (record,) = records(f"<html><body><h1>Baker</h1>{html}</body></html>", "a.html")
    assert isinstance(record, PostingRecord)
    posting = build_posting(record, lexicon=LEXICON)
    assert record.locations == ([place] if place else None)
    assert [line for section in posting.sections for line in section.lines] == kept


def test_reference_to_another_node_of_a_graph_is_followed() -> None:
    graph = [
        {"@type": "Organization", "@id": "#rye", "name": "Rye"},
        {"@type": "JobPosting", "title": "Baker", "description": "We bake.", "hiringOrganization": {"@id": "#rye"}},
        {"@type": "JobPosting", "title": "Cook", "description": "We cook.", "hiringOrganization": {"@id": "#gone"}},
    ]
    found = records({"@context": "https://schema.org", "@graph": graph})
    assert [record.organization for record in found if isinstance(record, PostingRecord)] == ["Rye", None]


@pytest.mark.parametrize(("mark", "locales"), [("draft: true", []), ("published: false", []), ("draft: false", None)])
def test_draft_of_a_site_is_unlisted(mark: str, locales: list[str] | None) -> None:
    (record,) = records(f"---\ntitle: Baker\n{mark}\n---\nWe bake.\n", "a.md")
    assert isinstance(record, PostingRecord)
    assert (record.locales, record.unknown) == (locales, {})


def test_front_matter_may_have_members() -> None:
    (record,) = records("---\ntitle: Baker\nsalary:\n  min: 20\n  currency: EUR\n  unit: hour\n---\nWe bake.\n", "a.md")
    assert isinstance(record, PostingRecord)
    assert record.salary == {"min": "20", "currency": "EUR", "unit": "hour"}


def test_form_of_two_columns_is_one_posting() -> None:
    rows = ("Vacancy,", "Title,Crane driver", "Hours,38 a week", "Location,Antwerp", "Start,1 May", "Text,You move.")
    (record,) = records("\n".join(rows), "a.csv")
    assert isinstance(record, PostingRecord)
    assert (record.title, record.locations, record.description) == ("Crane driver", "Antwerp", "You move.")
    assert (record.unknown, record.lines) == ({"Start": "1 May"}, {"hours": ("Hours: 38 a week",)})


@pytest.mark.parametrize(
    "rows", ["Title,Text\nTitle,We title.\nLocation,We locate.\n", "Title,Text,x\nTitle,a,b\nCity,a,b\nCountry,a,b\n"]
)
def test_table_whose_cells_are_names_of_fields_is_no_form(rows: str) -> None:
    assert len(records(rows, "a.csv")) > 1


def test_rejected_form_is_kept_whole() -> None:
    form = "Title,Crane driver\nCity,Antwerp\nCountry,Belgium\n"
    (item,) = items(form, "a.csv")
    assert (item.written(), item.format) == (form.rstrip("\n"), "csv")
