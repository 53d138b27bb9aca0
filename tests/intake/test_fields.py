"""Fields have names in every language; what is not one is reported; furniture of pages is dropped."""

from datetime import date

import pytest
from msgspec import structs

from pipeline.intake.formats.json_lines import parse_json_line
from pipeline.intake.formats.posting_line import serialize_posting
from pipeline.intake.formats.text import parse_text
from pipeline.intake.reading.aliases import field_named, near_field, record_of, words
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.furniture import is_furniture
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord
from pipeline.language.knowledge import knowledge
from pipeline.model.posting import Doubt, Location, Posting, SectionKind

LEXICON = load_headings()


def built(fields: dict[str, object], *, drop_furniture: bool = True) -> Posting:
    record = record_of({"id": "b", "title": "Baker", "description": "We bake.", **fields})
    return build_posting(record, lexicon=LEXICON, drop_furniture=drop_furniture)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("title", "title"), ("Job Title", "title"), ("jobTitle", "title"), ("job_title", "title"),
        ("JOB-TITLE", "title"),
        ("Titel", "title"), ("Stellenbezeichnung", "title"), ("Company", "organization"),
        ("employer", "organization"),
        ("hiringOrganization", "organization"), ("Empresa", "organization"), ("Lugar", "locations"),
        ("Localização", "locations"), ("localizacao", "locations"), ("jobLocation", "locations"),
        ("place", "locations"),
        ("datePosted", "date_posted"), ("validThrough", "valid_through"), ("Bewerbungsfrist", "valid_through"),
        ("baseSalary", "salary"), ("inLanguage", "language"), ("applicantLocationRequirements", "applicant_countries"),
        ("勤務地", "locations"), ("المسمى الوظيفي", "title"), ("Зарплата", "salary"), ("Experience", ""), ("", ""),
    ],
)  # fmt: skip
def test_field_is_known_by_its_names_in_every_language(name: str, field: str) -> None:
    assert field_named(name) == field


def test_every_language_of_the_headings_has_names_of_fields() -> None:
    assert set(words().names.values()) >= {"title", "organization", "locations", "salary", "city"}
    languages = [language for language, headings in LEXICON.kinds.items() if headings]
    assert [language for language in languages if not knowledge(language).table("fields")] == []


@pytest.mark.parametrize(
    ("name", "near"), [("locatoin", "location"), ("Compnay", "Company"), ("Stellenbezeichnug", "Stellenbezeichnung"),
                       ("xyz", "")],
)  # fmt: skip
def test_slip_is_told_the_name_that_is_near(name: str, near: str) -> None:
    assert near_field(name) == near


def test_what_is_a_heading_is_no_slip_of_a_field() -> None:
    assert [doubt.hint for doubt in built({"Contact": "Jane", "Contarct": "CDI"}).doubts] == [
        "",
        "did you mean `Contract`?",
    ]


def test_own_name_of_a_field_wins_over_its_other_names() -> None:
    record = record_of({"name": "x", "title": "Baker", "Firma": "Rye", "company": "Other", "@type": "JobPosting"})
    assert record == PostingRecord(title="Baker", organization="Rye", unknown={"name": "x", "company": "Other"})
    assert record_of({"name": "x", "jobTitle": "Baker"}) == PostingRecord(title="Baker", unknown={"name": "x"})
    assert record_of({"name": "Baker"}) == PostingRecord(title="Baker")


def test_parts_beside_each_other_become_one_value() -> None:
    assert record_of({"city": "Lyon", "country": "FR", "salary_min": 5, "currency": "EUR"}) == PostingRecord(
        locations={"city": "Lyon", "country": "FR"}, salary={"min": 5, "currency": "EUR"}
    )
    assert record_of({"location": "Lyon", "country": "FR"}).locations == {"city": "Lyon", "country": "FR"}
    assert record_of({"location": "Lyon, FR", "country": "FR"}).locations == "Lyon, FR"
    assert record_of({"location": {"city": "Lyon"}, "country": "FR"}).locations == {"city": "Lyon", "country": "FR"}


def test_schema_org_posting_is_understood() -> None:
    posting = built(
        {
            "@type": "JobPosting",
            "hiringOrganization": {"@type": "Organization", "name": "Rye"},
            "jobLocation": {"@type": "Place", "address": {"addressLocality": "Lyon", "addressCountry": "FR"}},
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": {"@type": "Country", "name": "France"},
            "datePosted": "2026-11-05",
            "validThrough": "2026-12-31T23:59",
            "employmentType": "FULL_TIME",
            "inLanguage": "French",
        }
    )
    assert (posting.organization, posting.locations) == ("Rye", (Location(country="FR", city="Lyon"),))
    assert (posting.remote, posting.applicant_countries, str(posting.declared)) == (True, ("FR",), "fr")
    assert (posting.date_posted, posting.valid_through) == (date(2026, 11, 5), date(2026, 12, 31))
    assert posting.doubts == ()


def test_unknown_field_is_a_doubt_with_what_was_perhaps_meant() -> None:
    posting = built({"locatoin": "Lyon", "x": 1, "name": "Cook"})
    assert posting == built({})
    assert posting.doubts == (
        Doubt(field="locatoin", value="Lyon", reason="is not a field", hint="did you mean `location`?"),
        Doubt(field="x", value="1", reason="is not a field"),
        Doubt(field="name", value="Cook", reason="is left out: `title` is there already"),
    )


@pytest.mark.parametrize(
    "value", ["- Hands\n- Eyes", "Whoever works with us at night knows what a dough needs, and when."]
)
def test_text_in_an_unknown_field_is_left_out_and_the_doubt_says_how_to_name_it(value: str) -> None:
    (doubt,) = built({"Text 2": value}).doubts
    assert doubt.hint == (
        "if it is text of the posting, call it as a section is called, for example `requirements`; "
        'for a table: columns = {requirements = "Text 2"}'
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"locales": ["fr", "Elvish"]},
        {"locales": 7},
        {"translate": "perhaps"},
        {"valid_through": "soon"},
        {"valid_through": "03/04/2026"},
        {"applicant_countries": ["FR", "Utopistan"]},
    ],
)
def test_field_that_restricts_holds_where_it_is_not_understood_and_does_so_when_read_again(
    fields: dict[str, object],
) -> None:
    posting = built(fields)
    assert posting.unclear == tuple(fields)
    again = build_posting(parse_json_line(serialize_posting(posting)), lexicon=LEXICON)
    assert again == posting


@pytest.mark.parametrize(
    "fields",
    [
        {"organization": {"x": 1}}, {"url": "see below"}, {"locations": 7}, {"remote": "perhaps"},
        {"date_posted": "soon"},
        {"employment_type": "40 hours"}, {"salary": "good"}, {"language": "Elvish"}, {"areas": ["Utopistan"]},
        {"sections": "none"}, {"sections": [7]}, {"sections": [{"kind": "ovens", "items": []}]},
        {"sections": [{"blocks": [7, {"x": 1}]}]},
    ],
)  # fmt: skip
def test_any_other_field_costs_only_itself(fields: dict[str, object]) -> None:
    posting = built(fields)
    assert posting == built({})
    assert posting.doubts
    assert posting.unclear == ()


def test_an_area_is_no_country_and_not_anywhere() -> None:
    posting = built({"location": "Remote, EU"})
    assert (posting.countries, posting.areas, posting.worldwide) == ((), ("EU",), False)
    assert built({"location": "Remote"}).worldwide
    again = build_posting(parse_json_line(serialize_posting(posting)), lexicon=LEXICON)
    assert again == posting


def test_what_is_not_remote_after_all_has_its_countries_as_places() -> None:
    posting = built({"remote": False, "location": "Remote – Germany"})
    assert (posting.locations, posting.applicant_countries) == ((Location(country="DE"),), ())


def test_heading_kept_apart_from_its_html_is_the_heading_of_that_section() -> None:
    posting = built(
        {
            "sections": [
                {"heading": "Deine Aufgaben", "description": "<ul><li>Backen</li><li>Verkaufen</li></ul>"},
                {"heading": "Requirements", "text": "Hands\nFlour\nWe offer:\n- Bread"},
                {"kind": "about", "heading": "Who bakes", "content": "We bake in Lyon."},
            ]
        }
    )
    assert [(section.heading, section.lines) for section in posting.sections[1:]] == [
        ("Deine Aufgaben", ("Backen", "Verkaufen")),
        ("Requirements", ("Hands", "Flour")),
        ("We offer", ("Bread",)),
        ("Who bakes", ("We bake in Lyon.",)),
    ]
    assert posting.sections[-1].kind is SectionKind.ABOUT


def test_section_is_read_in_every_form() -> None:
    posting = built(
        {
            "description": ["We bake.", "Often."],
            "sections": [
                {"title": "Ovens", "text": "Big ones."},
                {"kind": "Offer", "items": "Bread"},
                "Cake.",
                {"blocks": ["a", {"item": "b", "depth": 1, "ordered": True}, {"heading": "c", "level": 3}]},
            ],
        }
    )
    lines = [(section.kind, section.heading, section.lines) for section in posting.sections]
    assert lines == [
        (SectionKind.DESCRIPTION, "", ("We bake.", "Often.")),
        (SectionKind.OTHER, "Ovens", ("Big ones.",)),
        (SectionKind.OFFER, "", ("Bread",)),
        (SectionKind.DESCRIPTION, "", ("Cake.",)),
        (SectionKind.DESCRIPTION, "", ("a", "b")),
    ]
    assert built({"description": {"text": "We bake."}}) == built({})


FURNITURE = (
    "Apply now", "APPLY NOW!", "87 applicants", "Over 1,234 applicants", "Save Share", "Report this job", "Show more",
    "See who Rye & Co has hired for this role", "Jetzt bewerben", "Über 100 Bewerber", "Postuler", "Mostrar más",
    "Candidate-se", "12 candidaturas", "Solliciteer nu", "Aplikuj teraz", "Ansök nu", "応募する",
    "立即申请", "Откликнуться",
    "View all jobs at Rye", "Apply now   87 applicants", "Save Share Print", "Apply | Save job | 12 applicants",
)  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_whole_line_of_a_page_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    ["Apply now and bake with us", "Apply your knowledge of dough", "Save time", "Report to the head baker",
     "87 applicants were chosen last year", "Share our values", "New ovens", "Follow recipes", "", "7", "#", "*",
     "Show more care than others", "Save Share bread", "Apply now 87 times"],
)  # fmt: skip
def test_sentence_that_begins_like_furniture_is_text(line: str) -> None:
    assert not is_furniture(line)


def test_furniture_is_dropped_and_noted_unless_it_is_to_stay() -> None:
    description = "87 applicants\nWe bake.\n\nRequirements:\n- Hands\n- Show more\nApply now"
    posting = built({"description": description})
    assert [line for section in posting.sections for line in section.lines] == ["We bake.", "Hands"]
    assert [doubt.value for doubt in posting.doubts] == ["87 applicants", "Show more", "Apply now"]
    kept = built({"description": description}, drop_furniture=False)
    assert (len(kept.doubts), "Show more" in kept.sections[-2].lines) == (0, True)


def test_heading_with_a_text_below_it_is_no_furniture() -> None:
    posting = built({"description": "<p>We bake.</p><h2>Apply now</h2><p>By letter.</p>"})
    assert posting.sections[-1].heading == "Apply now"


def test_version_that_lacks_what_it_needs_is_left_out_and_noted() -> None:
    french = {"language": "French", "titre": "Boulanger", "url": "www.rye.example", "description": "Le pain."}
    versions = [french, 7, {**french, "language": ""}, {**french, "titre": ""}, {**french, "description": " "}]
    posting = built({"versions": versions})
    assert [(str(version.language), version.title, version.url) for version in posting.versions] == [
        ("fr", "Boulanger", "https://www.rye.example")
    ]
    assert [(doubt.field, doubt.reason) for doubt in posting.doubts] == [
        ("versions[1]", "is no version"),
        ("versions[2]", "is left out: it names no language"),
        ("versions[3]", "is left out: it names no title"),
        ("versions[4]", "is left out: there is no text: neither `description` nor `sections` says anything; add one"),
    ]


def test_guessed_title_is_marked() -> None:
    record = structs.replace(record_of({"id": "b", "title": "Baker", "description": "We bake."}), title_guessed=True)
    posting = build_posting(record, lexicon=LEXICON)
    assert (posting.title_guessed, posting.doubts[0].field) == (True, "title")


def test_button_above_all_text_heads_no_section() -> None:
    text = "Title: Barista\n\nApply now\n87 applicants\n\nWe pour coffee for 300 guests a day.\n"
    posting = build_posting(parse_text(text, stem="b", lexicon=LEXICON), lexicon=LEXICON)
    assert [(section.kind, section.heading, section.lines) for section in posting.sections] == [
        (SectionKind.DESCRIPTION, "", ("We pour coffee for 300 guests a day.",))
    ]
    assert sorted(doubt.value for doubt in posting.doubts) == ["87 applicants", "Apply now"]
