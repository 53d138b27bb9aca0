"""Text files: fields first, then the posting."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.intake.formats.text import parse_text
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord, SectionRecord
from pipeline.model.posting import Doubt, blocks_of

LEXICON = load_headings()


def text(content: str, drop: str = "") -> PostingRecord:
    """Return what a text is read as, without the lines that its fields stood in."""
    patterns = [re.compile(drop)] if drop else []
    return replace(parse_text(content, stem="night_baker-lyon", lexicon=LEXICON, drop_lines=patterns), lines={})


def test_every_field_is_read() -> None:
    content = (
        "Title: Night baker\nId: b-1\nOrganization: Rye\nLocation: Lyon, FR\nLocation: PT\nLocation: Ghent\n"
        "Remote: yes\nApplicant-Countries: FR, BE ,\nDate-Posted: 2026-11-01\nValid-Through: 2026-12-31\n"
        "Employment-Type: FULL_TIME\nLanguage: fr\nUrl: https://rye.example/1\n\nWe bake.\n"
    )
    assert text(content) == PostingRecord(
        id="b-1",
        title="Night baker",
        organization="Rye",
        url="https://rye.example/1",
        locations=["Lyon, FR", "PT", "Ghent"],
        remote="yes",
        applicant_countries=["FR", "BE"],
        date_posted="2026-11-01",
        valid_through="2026-12-31",
        employment_type=["FULL_TIME"],
        language="fr",
        sections=[SectionRecord(kind="description", heading="", blocks=blocks_of(["We bake."]))],
    )


def test_file_without_fields_has_its_stem_for_id_and_title() -> None:
    assert text("We bake.") == PostingRecord(
        id="night_baker-lyon",
        title="Night baker lyon",
        title_guessed=True,
        sections=[SectionRecord(kind="description", heading="", blocks=blocks_of(["We bake."]))],
    )


@pytest.mark.parametrize(
    "content",
    [
        "Title: Baker\nRemote: yes\nWe bake.",
        "\ufeffTitle: Baker\r\nRemote: yes\r\n\r\nWe bake.\r\n",
        "title\u00a0:\u00a0Baker\nREMOTE :\u00a0yes\u00a0\nWe bake.",
        "\n\n  Title:Baker\n\nRemote:\tyes\u2028We bake.",
        "Id:\nTitle: Baker\nRemote: yes\nWe bake.",
        "**Title:** Baker\n**Remote**: yes\n\nWe bake.",
        "Baker\nRemote: yes\n\nWe bake.",
        "# Baker\n\nRemote: yes\n\nWe bake.",
        "Baker\n\n**Remote:** yes\n\nWe bake.",
    ],
)
def test_fields_are_read_however_they_are_spaced(content: str) -> None:
    assert replace(text(content), title_guessed=False) == PostingRecord(
        id="night_baker-lyon",
        title="Baker",
        remote="yes",
        sections=[SectionRecord(kind="description", heading="", blocks=blocks_of(["We bake."]))],
    )


@pytest.mark.parametrize(
    ("header", "title", "organization", "place"),
    [
        ("Job Title: Baker\nCompany: Rye\nWork location: Lyon, FR", "Baker", "Rye", "Lyon, FR"),
        ("Stellenbezeichnung: Bäcker\nFirma: Rye\nArbeitsort: Ulm", "Bäcker", "Rye", "Ulm"),
        ("Intitulé du poste : Boulanger\nEntreprise : Rye\nLieu : Lyon", "Boulanger", "Rye", "Lyon"),
        ("PUESTO: Panadero\nEMPRESA: Rye\nLUGAR: Vigo", "Panadero", "Rye", "Vigo"),
        ("Cargo: Padeiro\nEmpresa: Rye\nLocalização: Recife", "Padeiro", "Rye", "Recife"),
        ("職種：パン職人\n会社名：Rye\n勤務地：東京", "パン職人", "Rye", "東京"),
    ],
)
def test_labels_are_known_in_every_language(header: str, title: str, organization: str, place: str) -> None:
    read = text(f"{header}\n\nWe bake.")
    assert (read.title, read.organization, read.locations) == (title, organization, [place])
    assert read.unknown == {}


def test_unknown_label_is_text_and_reported_below_a_known_one() -> None:
    read = text("Shift: nights\nTitle: Baker\nOven: large\nLocation: Lyon\nStart: soon\n\nWe bake.")
    assert read.unknown == {"Oven": "large", "Start": "soon"}
    lines = ["Shift: nights", "Oven: large", "Start: soon", "We bake."]
    assert read.sections == [SectionRecord(kind="description", heading="", blocks=blocks_of(lines))]


def test_line_that_stays_as_text_is_reported_so() -> None:
    lines = ("Locatoin: Lyon", "Job title: Cook", "Oven: large")
    record = parse_text("\n".join(("Title: Baker", *lines, "", "We bake.")), stem="a", lexicon=LEXICON)
    posting = build_posting(record, lexicon=LEXICON)
    assert [section.lines for section in posting.sections] == [(*lines, "We bake.")]
    assert posting.doubts == (
        Doubt(
            field="Locatoin", value="Lyon", reason="is not a field, and stays as text", hint="did you mean `Location`?"
        ),
        Doubt(field="Job title", value="Cook", reason="stays as text: `title` is there already"),
        Doubt(
            field="label",
            value="Oven: large",
            reason="names no field, so its line stays as text",
            hint="name it in `drop_lines` if nobody is to read it",
        ),
    )


LINES = ["Title: Baker", "Job title: Cook", "Location: Lyon", "Company: Rye", "Employer: Wheat", "Oven: large"]


@given(st.permutations([*LINES, "Duration: 6 months", "Reports to: Ada", "Pay: good", "Hours: nights"]))
def test_words_of_labelled_lines_are_fields_or_text_in_any_order(lines: list[str]) -> None:
    record = parse_text("\n".join([*lines, "", "We bake."]), stem="a", lexicon=LEXICON)
    posting = build_posting(record, lexicon=LEXICON)
    fields = {posting.title, posting.organization, posting.locations[0].city}
    text = {line for section in posting.sections for line in section.lines}
    assert [line for line in lines if line not in text and line.partition(": ")[2] not in fields] == []
    assert len(text) == len(lines) + 1 - len(fields)


def test_hours_are_text_and_no_type_of_employment() -> None:
    lines = ("Hours: 07:00 to 15:30, Monday to Friday", "Schedule: full-time")
    record = parse_text("\n".join(("Title: Baker", "Contract: CDI", *lines, "", "We bake.")), stem="a", lexicon=LEXICON)
    posting = build_posting(record, lexicon=LEXICON)
    assert (posting.employment_type, posting.doubts) == (("CDI", "FULL_TIME"), ())
    assert [section.lines for section in posting.sections] == [(*lines, "We bake.")]


@pytest.mark.parametrize("first", ["Job Description", "We are hiring!", "Stellenbeschreibung"])
def test_line_that_says_only_that_a_posting_begins_may_stand_above_labels(first: str) -> None:
    read = text(f"{first}\n\nJob title: Baker\nOven: large\nLocation: Lyon\n\nWe bake.")
    assert (read.title, read.title_guessed, read.locations) == ("Baker", False, ["Lyon"])
    sections = read.sections
    assert isinstance(sections, list)
    assert [block.text for section in sections for block in section.blocks][-2:] == ["Oven: large", "We bake."]


@pytest.mark.parametrize(
    "content",
    [
        "We bake.\nTitle: Baker",
        "We bake.\n\nTitle: Baker",
        "We bake: bread, cakes and pies\n\nTitle: Baker",
        "https://rye.example: we bake.\n\nTitle: Baker",
    ],
)
def test_label_below_other_text_is_text(content: str) -> None:
    sections = text(content).sections
    assert isinstance(sections, list)
    assert "Title: Baker" in sections[-1].blocks[-1].text


def test_label_is_at_most_three_words() -> None:
    assert text("Title: Baker\nOne two three four: five\nCompany: Rye").organization is None


def test_label_of_more_words_is_one_if_it_names_a_field() -> None:
    read = text("Titre : Boulanger\nDate limite de candidature : 15.12.2026\nEntreprise : Rye\n\nNous cuisons.")
    assert (read.valid_through, read.organization) == ("15.12.2026", "Rye")


@pytest.mark.parametrize(
    "line",
    ["Pay: above the usual rate", "Hours: 7.30am to 3.30pm", "Remote: two days a week", "Deadline: until we find you"],
)
def test_a_line_of_a_field_that_is_not_understood_is_text_too(line: str) -> None:
    record = parse_text(f"Title: Baker\n{line}\nUrl: none yet\n\nWe bake.\n", stem="a", lexicon=LEXICON)
    posting = build_posting(record, lexicon=LEXICON)
    assert [section.lines for section in posting.sections] == [(line, "We bake.")]
    unclear = {line.partition(": ")[2]} if not line.startswith("Hours") else set()
    assert {doubt.value for doubt in posting.doubts} == unclear | {"none yet"}


def test_of_a_field_in_several_lines_all_are_text_where_it_is_doubtful() -> None:
    lines = ("Location: Lyon, FR", "Location: somewhere near Springfield")
    record = parse_text("\n".join(("Title: Baker", *lines, "", "We bake.")), stem="a", lexicon=LEXICON)
    (section,) = build_posting(record, lexicon=LEXICON).sections
    assert section.lines == (*lines, "We bake.")


def test_of_a_label_that_stands_twice_the_first_counts() -> None:
    read = text("Title: Baker\nJob title: Cook\n\nWe bake.")
    assert (read.title, read.unknown) == ("Baker", {"Job title": "Cook"})


@pytest.mark.parametrize(
    ("content", "title", "guessed"),
    [
        ("# Night baker\n\nWe bake.", "Night baker", False),
        ("Night baker (m/f/d)\n\nWe bake.", "Night baker (m/f/d)", True),
        ("Requirements\n- Hands", "Night baker lyon", True),
        ("Requirements: hands\n\nWe bake.", "Night baker lyon", True),
        ("We are a bakery.\n\nWe bake.", "Night baker lyon", True),
        ("Word " * 17 + "\n\nWe bake.", "Night baker lyon", True),
    ],
)
def test_title_is_a_heading_that_is_not_known_else_a_short_first_line_else_the_name_of_the_file(
    content: str, title: str, *, guessed: bool
) -> None:
    read = text(content)
    assert (read.title, read.title_guessed) == (title, guessed)


def test_label_says_what_time_pay_is_for() -> None:
    assert text("Title: Baker\nStundenlohn: 16 €\n\nWe bake.").salary == "Stundenlohn: 16 €"
    assert text("Title: Baker\nHourly rate: 16 € per hour\n\nWe bake.").salary == "16 € per hour"


def test_colons_of_labels_may_stand_below_one_another() -> None:
    read = text("Position     : Baker\nLocation     : Lyon, FR\nGross salary\t: 2,450 € a month\n\nWe bake.")
    assert (read.title, read.locations, read.salary) == ("Baker", ["Lyon, FR"], "2,450 € a month")


@pytest.mark.parametrize("line", ["Orario: 8.00-12.00", "From: Ada <ada@rye.example>", "Tel: (0) 41 00"])
def test_unknown_label_of_a_number_or_an_address_is_no_title(line: str) -> None:
    assert text(f"{line}\n\nWe bake.").title == "Night baker lyon"


def test_several_labels_in_a_line_are_as_many_fields() -> None:
    read = text("Baker\n\nOrt: Lyon, FR | Gehalt: 16 €/h | Anstellungsart: Vollzeit\n\nWe bake.")
    assert (read.locations, read.salary, read.employment_type) == (["Lyon, FR"], "16 €/h", ["Vollzeit"])
    whole = text("Ort: Lyon, FR | full time\n\nWe bake.")
    assert whole.locations == ["Lyon, FR | full time"]


def test_dropped_line_is_no_text_before_the_fields() -> None:
    assert text("This list is short.\nTitle: Baker", drop="^This list").title == "Baker"


@pytest.mark.parametrize(
    "above",
    [
        "Skip to main content\nJobs\nSign in\n\n",
        "🚨🚨 URGENTLY HIRING 🚨🚨\n",
        "*** Stellenausschreibung ***\n\n\n",
        "Posted by Nadia T. · 5 days ago · 30 applicants\n",
    ],
)
def test_what_pages_and_adverts_have_above_a_posting_is_no_title(above: str) -> None:
    found = text(f"{above}Bakery manager\nRye & Co, Lyon\n\nWe bake bread.\n")
    assert (found.title, found.title_guessed) == ("Bakery manager", True)


def test_text_that_says_no_more_than_that_there_is_a_job_has_the_name_of_its_file_for_a_title() -> None:
    assert text("We are hiring!\n\nWe are hiring!\n").title == "Night baker lyon"


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Night baker wanted!!", "Night baker wanted!!"),
        ("🔥 NIGHT BAKER 🥖 LYON 🔥", "NIGHT BAKER 🥖 LYON"),
        (
            "Night baker · Lyon · permanent · 35 hours a week · 2,450 € a month · start as soon as you can",
            "Night baker",
        ),
        (
            "Night baker\tLyon and around\tFull time, part time, weekends\t14 to 16 € an hour, nights more",
            "Night baker",
        ),
    ],
)
def test_headline_that_shouts_or_says_everything_at_once_names_the_title(headline: str, title: str) -> None:
    assert text(f"{headline}\n\nWe bake.").title == title


def test_first_line_of_a_sentence_that_was_cut_at_some_width_is_no_title() -> None:
    assert text("We are a bakery in the old town of Lyon and we are looking\nfor hands.\n").title == "Night baker lyon"
