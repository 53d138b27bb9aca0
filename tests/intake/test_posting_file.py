"""Posting files: each record becomes a posting or a rejection with its place, and the rest goes on."""

import json
import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import PostingsError
from pipeline.intake.formats.json_lines import parse_json_line
from pipeline.intake.formats.posting_line import serialize_posting
from pipeline.intake.posting_file import PostingReader, Record
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import RecordError
from pipeline.language.limits import MAX_RECORD_BYTES
from pipeline.model.outcome import Rejection
from pipeline.model.outline import Outline, outline_of
from pipeline.model.posting import Location, Posting, Salary, Section, SectionKind, blocks_of
from pipeline.model.segment import SegmentedPosting
from pipeline.storage.children import Children
from pipeline.storage.derived import open_derived

LEXICON = load_headings()
WE_BAKE = Section(kind=SectionKind.DESCRIPTION, blocks=blocks_of(("We bake.",)))
NOT_READ = "which is not read; save what it was made of as .docx, or copy its text into a text file"
BAKER = Posting(id="b", title="Baker", sections=(WE_BAKE,))


def record(**fields: object) -> str:
    return json.dumps({"id": "b", "title": "Baker", "description": "We bake.", **fields})


def read(folder: Path, name: str, content: str | bytes) -> list[Posting | Rejection]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(PostingReader(root=folder, lexicon=LEXICON).read([path]))


def test_every_field_of_a_record_is_understood(tmp_path: Path) -> None:
    line = record(
        organization=" Rye ",
        url="https://rye.example/1",
        locations=[{"country": "France", "city": "Lyon"}, {}],
        remote=True,
        applicant_countries=["FR", "be", "FR"],
        date_posted="2026-11-01T09:00:00Z",
        valid_through="2026-12-31",
        employment_type=["full-time", "Part time"],
        salary={"currency": "eur", "min": 60000, "max": 75000.5, "unit": "year"},
        language="pt-BR",
        locales=["fr", "no"],
        translate=False,
        sections=[{"kind": "requirements", "heading": "What you need:", "paragraphs": ["Hands"], "items": ["Two"]}],
    )
    assert read(tmp_path, "a.jsonl", line) == [
        Posting(
            id="b",
            title="Baker",
            organization="Rye",
            url="https://rye.example/1",
            locations=(Location(country="FR", city="Lyon"),),
            remote=True,
            applicant_countries=("FR", "BE"),
            date_posted=date(2026, 11, 1),
            valid_through=date(2026, 12, 31),
            employment_type=("FULL_TIME", "PART_TIME"),
            salary=Salary(currency="EUR", minimum=60000, maximum=75000.5),
            declared=Locale("pt", "BR"),
            locales=(Locale("fr"), Locale("nb")),
            translate=False,
            sections=(
                WE_BAKE,
                Section(
                    kind=SectionKind.REQUIREMENTS,
                    heading="What you need",
                    blocks=blocks_of(("Hands",), items=("Two",)),
                ),
            ),
        )
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{,", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[]", 'not an object; write for example {"id": "1", "title": "Baker", "description": "We bake."}'),
        ("{}", "id: is missing; every posting needs one that stays the same"),
        ('{"id": "b"}', "title: is missing; every posting needs one"),
        (
            '{"id": "b", "title": "Baker"}',
            "there is no text: neither `description` nor `sections` says anything; add one",
        ),
        (record(id=" "), "id: is empty; every posting needs one that stays the same"),
        (record(id=True), "id: is no text; every posting needs one that stays the same"),
        (record(title="\u2028"), "title: is empty; every posting needs one"),
        (record(title="\u00a0"), "title: is empty; every posting needs one"),
        (record(title={}), 'title: is no text; write a text, or one a language: {"en": "…", "de": "…"}'),
        (record(description="<p>" + "<div>" * 3000 + "x"), "description: HTML nested deeper than 100 elements"),
        (record(x=0).replace("0", "9" * 5000), "not JSON: a number is too long to be read"),
        ("[" * 100_000, "not JSON: nested too deeply"),
    ],
)
def test_bad_record_is_rejected_with_its_place_and_the_rest_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    assert read(tmp_path, "a.jsonl", f"\n{line}\r\n{record()}\n") == [
        Rejection(file="a.jsonl", position=2, reason=reason, record=line + "\r"),
        BAKER,
    ]


def test_bytes_that_are_no_utf_8_are_read_as_windows_1252_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = '{"id": "b", "title": "Bäcker", "description": "We bake."}\n'.encode("cp1252") + record().encode()
    with caplog.at_level(logging.WARNING):
        assert read(tmp_path, "a.jsonl", content) == [replace(BAKER, title="Bäcker"), BAKER]
    assert caplog.messages == ["a.jsonl: 1 record: is not UTF-8 and was read as windows-1252"]


def test_number_that_json_does_not_have_costs_the_field(tmp_path: Path) -> None:
    line = record(organization=float("nan"))
    assert "NaN" in line
    assert read(tmp_path, "a.jsonl", line) == [BAKER]


@pytest.mark.parametrize(
    ("name", "content", "rejected"),
    [
        ("a.txt", b"", Rejection(file="a.txt", position=1, reason="the file is empty; fill it, or remove it")),
        (
            "a.txt",
            b"\xef\xbb\xbf \r\n",
            Rejection(file="a.txt", position=1, reason="the file is empty; fill it, or remove it", record=" \r\n"),
        ),
        (
            "a.txt",
            b"\x00\x01\x02x",
            Rejection(
                file="a.txt",
                position=1,
                reason="not text, nor a form of file that is known; export the postings as JSON, CSV or text",
                record="\x00\x01\x02x",
            ),
        ),
        (
            "a.pdf",
            b"%PDF",
            Rejection(file="a.pdf", position=1, reason=f"a PDF document, {NOT_READ}"),
        ),
    ],
)
def test_file_that_is_no_posting_is_rejected(tmp_path: Path, name: str, content: bytes, rejected: Rejection) -> None:
    assert read(tmp_path, name, content) == [rejected]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_record_beyond_the_bound_is_rejected_and_the_rest_goes_on(tmp_path: Path, mark: bytes) -> None:
    long = mark + b" " * (3 * MAX_RECORD_BYTES) + record().encode()
    reason = "larger than 2,000,000 bytes, so it was not read; part it into postings"
    rejected = Rejection(file="a.jsonl", position=1, reason=reason, record=" " * 2000)
    assert read(tmp_path, "a.jsonl", long + b"\n" + record().encode()) == [rejected, BAKER]
    assert read(tmp_path, "a.txt", long) == [replace(rejected, file="a.txt")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_record_of_exactly_the_bound_is_read(tmp_path: Path, mark: bytes) -> None:
    line = mark + record().encode().rjust(MAX_RECORD_BYTES)
    assert read(tmp_path, "a.jsonl", line + b"\n" + record().encode()) == [BAKER, BAKER]


def test_file_without_records_holds_none(tmp_path: Path) -> None:
    assert read(tmp_path, "a.jsonl", "\ufeff\n \r\n") == []


def test_file_that_cannot_be_opened_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(PostingsError, match="missing\\.txt: No such file"):
        list(PostingReader(root=tmp_path, lexicon=LEXICON).read([tmp_path / "missing.txt"]))


def test_files_are_named_relative_to_the_root_and_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    paths = [tmp_path / "in" / "a.pdf", tmp_path / "b.pdf"]
    rejected = list(PostingReader(root=tmp_path / "in", lexicon=LEXICON).read(paths))
    assert [item.file for item in rejected] == ["a.pdf", (tmp_path / "b.pdf").as_posix()]


def test_numeric_id_and_empty_values_are_fine(tmp_path: Path) -> None:
    line = record(id=4711, url="", language=" ", date_posted=None, locales=[], employment_type="temp", organization="")
    assert read(tmp_path, "a.jsonl", line) == [
        replace(BAKER, id="4711", locales=(), employment_type=("TEMPORARY",), organization=""),
    ]


@pytest.mark.parametrize("nothing", [{"description": ""}, {"description": "<p> </p>"}, {"sections": []}])
def test_posting_that_says_nothing_is_rejected(tmp_path: Path, nothing: dict[str, object]) -> None:
    line = record(**({"description": None} | nothing))
    (rejection,) = read(tmp_path, "a.jsonl", line)
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "there is no text: neither `description` nor `sections` says anything; add one"


def test_what_no_reader_should_meet_is_cleaned_out_of_every_field(tmp_path: Path) -> None:
    line = (
        '{"id": "b\\ud800", "title": "Ba\\u0000k\\u2028er", "organization": "R\\u0085ye", '
        '"description": "We\\udfff bake.\\u2029Often."}'
    )
    assert read(tmp_path, "a.jsonl", line) == [
        Posting(
            id="b",
            title="Bak er",
            organization="R ye",
            sections=(Section(kind=SectionKind.DESCRIPTION, blocks=blocks_of(("We bake.", "Often."))),),
        )
    ]


def test_sections_without_kind_or_heading_continue_the_one_before(tmp_path: Path) -> None:
    sections = [
        {"items": ["Bread"]},
        {"heading": "Our ovens", "items": ["Big"]},
        {"paragraphs": ["and small\n\nones"]},
        {"kind": "Offer", "items": ["Cake", "", " "]},
        {"items": [" "]},
        {"items": ["Pie"]},
    ]
    assert read(tmp_path, "a.jsonl", json.dumps({"id": "b", "title": "Baker", "sections": sections})) == [
        Posting(
            id="b",
            title="Baker",
            sections=(
                Section(kind=SectionKind.DESCRIPTION, blocks=blocks_of(items=("Bread",))),
                Section(kind=SectionKind.OTHER, heading="Our ovens", blocks=blocks_of(items=("Big",))),
                Section(kind=SectionKind.OTHER, blocks=blocks_of(("and small", "ones"))),
                Section(kind=SectionKind.OFFER, blocks=blocks_of(items=("Cake",))),
                Section(kind=SectionKind.OFFER, blocks=blocks_of(items=("Pie",))),
            ),
        )
    ]


def test_description_may_be_html_or_text(tmp_path: Path) -> None:
    lines = [record(description="<h2>Ovens</h2><ul><li>a &lt; b</li></ul>"), record(description="Ovens:\n- a < b")]
    expected = Posting(
        id="b",
        title="Baker",
        sections=(Section(kind=SectionKind.OTHER, heading="Ovens", blocks=blocks_of(items=("a < b",))),),
    )
    assert read(tmp_path, "a.jsonl", "\n".join(lines)) == [expected, expected]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "id",
        "title",
        "organization",
        "url",
        "locations",
        "remote",
        "applicant_countries",
        "date_posted",
        "valid_through",
        "employment_type",
        "salary",
        "language",
        "locales",
        "translate",
        "description",
        "sections",
    ]
)


@given(st.dictionaries(FIELDS, JSON_VALUES, max_size=3))
def test_whatever_a_record_holds_is_understood_or_noted_and_reads_the_same_again(fields: dict[str, object]) -> None:
    try:
        posting = build_posting(parse_json_line(record(**fields)), lexicon=LEXICON)
    except RecordError:
        return
    again = build_posting(parse_json_line(serialize_posting(posting)), lexicon=LEXICON)
    assert replace(again, declared=None) == replace(posting, declared=None)


@given(
    st.lists(st.text(max_size=12), max_size=3),
    st.sampled_from(list(SectionKind)),
    st.booleans(),
    st.sampled_from([None, (), (Locale("fr"), Locale("pt", "BR"))]),
)
def test_posting_that_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str],
    kind: SectionKind,
    remote: bool,  # noqa: FBT001
    locales: tuple[Locale, ...] | None,
) -> None:
    folder = tmp_path_factory.mktemp("postings")
    written = {"kind": kind, "heading": " ".join(texts), "paragraphs": texts, "items": texts}
    line = record(sections=[written], remote=remote, locales=locales and [str(locale) for locale in locales])
    first = read(folder, "a.jsonl", line)
    written_again = "\n".join(serialize_posting(item) for item in first if isinstance(item, Posting))
    assert read(folder, "a.jsonl", written_again) == first


def test_null_says_the_same_as_nothing(tmp_path: Path) -> None:
    said = '{"id": "a", "title": "Cook", "sections": [{"heading": "Tasks", "items": ["cook"]}]}'
    nulls = said.replace('"a",', '"a", "locations": null, "remote": null, "employment_type": null, "salary": null,')
    (tmp_path / "a.jsonl").write_text(f"{said}\n{nulls}\n", encoding="utf-8")
    reader = PostingReader(root=tmp_path, lexicon=load_headings())
    first, second = reader.read([tmp_path / "a.jsonl"])
    assert second == first


@pytest.fixture(name="mixed")
def mixed_lines(tmp_path: Path) -> Path:
    """Return a file of lines that are postings, alone or in a list, have no id, are rejected or no JSON."""
    many = [record(id=f"b{number}", description=f"<ul><li>Loaf {number}</li></ul>") for number in range(160)]
    many[10:10] = [record(id=None), record(id=""), record(title=""), "{", f"[{record(id='x')}, {record(id='y')}]"]
    many[100:100] = [record(id=None), record(id="b10")]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(many), encoding="utf-8")
    return path


@pytest.mark.parametrize("processes", [2, 3])
def test_records_are_the_same_with_any_number_of_processes(mixed: Path, tmp_path: Path, processes: int) -> None:
    alone = PostingReader(root=tmp_path, lexicon=LEXICON)
    shared = replace(alone, children=Children(processes=processes, least=0))
    (tmp_path / "build").mkdir()
    with open_derived(tmp_path / "build" / "read.sqlite3", program="") as derived:
        kept = list(replace(shared, derived=derived).read([mixed]))
    assert list(shared.read([mixed])) == kept == list(alone.read([mixed]))


def test_what_is_kept_of_records_is_found_again_whether_or_not_they_have_an_id(mixed: Path, tmp_path: Path) -> None:
    def read_once() -> list[Record]:
        with (
            open_derived(tmp_path / "texts", program="") as texts,
            open_derived(tmp_path / "short", program="") as short,
        ):
            reader = PostingReader(root=tmp_path, lexicon=LEXICON, derived=texts, outlines=short)
            found = [record for record in reader.records([mixed]) if isinstance(record, Record)]
            for record in found:
                outline = outline_of(SegmentedPosting(posting=record.posting(), sections=()), b"")
                short.keep(Outline, record.inputs, outline)
            return found

    first, second = read_once(), read_once()
    assert all(record.is_new for record in first)
    assert not any(record.is_new for record in second)
    assert [record.id for record in second] == [record.id for record in first]
