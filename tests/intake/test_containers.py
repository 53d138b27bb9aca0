"""Packed posting files and standard input: what is in them is read, and nothing in them grows without an end."""

import gzip
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.intake.containers import MAX_MEMBERS, RATIO_FREE_BYTES
from pipeline.intake.posting_file import MAX_KEPT_CHARS, PostingReader
from pipeline.intake.read_as import ReadAs
from pipeline.intake.reading.headings import load_headings
from pipeline.model.outcome import Rejection
from pipeline.model.posting import Posting
from tests.projects import CHECKOUT

LEXICON = load_headings()
LINE = json.dumps({"id": "b", "title": "Baker", "description": "We bake."}).encode()


def read(path: Path, way: ReadAs | None = None) -> list[str]:
    """Return the id of each posting of a file and the reason of each rejection, with the files that they stood in."""
    reader = PostingReader(root=path.parent, lexicon=LEXICON, read_as={path: way} if way else {})
    found = list(reader.read([path]))
    return [str(item) if isinstance(item, Rejection) else f"{item.file}: {item.id}" for item in found]


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def test_packed_file_is_told_by_its_content_and_read(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.bin", gzip.compress(LINE))) == ["a.bin: b"]
    text = b"Title: Cook\n\nWe cook."
    content = packed(
        {
            "in/b.jsonl": LINE,
            "a/cook.txt": text,
            "__MACOSX/x": b"1",
            "a/~$cook.docx": b"3",
            "in/.hidden": b"2",
            "z.json.gz": gzip.compress(LINE),
        }
    )
    assert read(write(tmp_path, "all.data", content)) == [
        "all.data/a/cook.txt: cook",
        "all.data/in/b.jsonl: b",
        "all.data/z.json.gz: b",
    ]
    assert read(write(tmp_path, "twice.gz", gzip.compress(packed({"b": LINE})))) == ["twice.gz/b: b"]


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.zip", packed({"../../etc/x.json": LINE, "/abs": LINE, "\x1b[31m": LINE}))) == [
        "a.zip/\ufffd[31m: b",
        "a.zip/../../etc/x.json: b",
        "a.zip//abs: b",
    ]


def test_archive_that_breaks_off_is_rejected_and_what_came_before_is_read(tmp_path: Path) -> None:
    lines = b"\n".join(
        json.dumps({"id": str(n), "title": f"Baker {n * 7919}", "description": "We bake."}).encode()
        for n in range(9000)
    )
    found = read(write(tmp_path, "cut.gz", gzip.compress(lines)[:-3000]))
    assert found[0] == "cut.gz: 0"
    assert found[-1].startswith("cut.gz:1: a damaged or incomplete gzip file (")
    (broken,) = read(write(tmp_path, "cut.zip", packed({"b": LINE})[:-30]))
    assert broken.startswith("cut.zip:1: a damaged or incomplete zip archive (")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_in_an_archive_is_told_whatever_it_is_packed_with(tmp_path: Path, method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        file.writestr("b.txt", bytes(range(256)) * 4_000)
    content = bytearray(out.getvalue())
    content[44:300] = b"\xff" * 256
    (broken,) = read(write(tmp_path, "a.zip", bytes(content)))
    assert re.match(r"a\.zip(?:/b\.txt)?:1: damaged in its zip archive \(", broken)


def test_bomb_is_not_unpacked_to_its_end(tmp_path: Path) -> None:
    bomb = b"\n" * (3 * RATIO_FREE_BYTES)
    (told,) = read(write(tmp_path, "bomb.jsonl.gz", gzip.compress(bomb)))
    assert told == "bomb.jsonl.gz:1: unpacks to more than 200 times its packed size, so it was not read to its end"
    assert read(write(tmp_path, "bomb.zip", packed({"a": bomb, "b": LINE}))) == [
        "bomb.zip/a:1: unpacks to more than 200 times its packed size, so it was not read; unpack it",
        "bomb.zip/b: b",
    ]
    sheet = packed({"[Content_Types].xml": b"x", "xl/worksheets/s1.xml": bomb})
    assert read(write(tmp_path, "bomb.xlsx", sheet)) == [
        "bomb.xlsx:1: a spreadsheet that unpacks to more than 200 times its size, so it was not read; save it again"
    ]


def test_archives_in_archives_and_too_many_members_are_refused(tmp_path: Path) -> None:
    nested = packed({"c": packed({"b": packed({"a": LINE})})})
    assert read(write(tmp_path, "n.zip", nested)) == [
        "n.zip/c/b:1: an archive inside of an archive inside of an archive; unpack it"
    ]
    many = packed({str(number): b"" for number in range(MAX_MEMBERS + 1)})
    assert read(write(tmp_path, "m.zip", many)) == [
        "m.zip:1: an archive of 10,001 files, 10,000 are the limit; unpack it"
    ]


def test_other_forms_are_called_by_their_names(tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}
    copied = "or copy its text into a text file"
    written = "write its text into a text file or a Word document"
    saved = "open it in Word or LibreOffice and save it as .docx"
    for content, form, remedy in (
        (b"%PDF-1.7", "a PDF document", f"save what it was made of as .docx, {copied}"),
        (b"{\\rtf1", "an RTF document", saved),
        (b"GIF89a", "a picture", written),
        (b"PAR1xx", "a Parquet file", "export the postings as JSON, CSV or XLSX"),
        (b"BZh9", "a file packed by bzip2", "unpack it, or pack it as .zip or .gz"),
        (packed({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "a PowerPoint document", written),
        (packed(odt), "an OpenDocument text or presentation", "save it as .docx"),
        (packed({"mimetype": b"application/epub+zip"}), "an e-book", "save its text as .docx"),
        (packed({"Index/Document.iwa": b"x"}), "a document of Pages or Numbers", "export it as .docx or .xlsx"),
        (old + "WordDocument".encode("utf-16-le"), "an old Word document (.doc)", saved),
        (old + "EncryptedPackage".encode("utf-16-le"), "a document with a password", "save it without one"),
    ):
        assert read(write(tmp_path, "a.bin", content)) == [f"a.bin:1: {form}, which is not read; {remedy}"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "From: hr@rye.example\nSubject: Baker\nMIME-Version: 1.0\n\nWe bake."),
        ("a.eml", "From: hr@rye.example\nSubject: Baker\n\nWe bake."),
        ("a.txt", "Received: by rye.example\n\tfor ada\nFrom: hr@rye.example\n\nWe bake."),
        ("a.txt", "From hr@rye.example Tue Nov  3 10:00:00 2026\nFrom: hr@rye.example\n\nWe bake."),
    ],
)
def test_e_mail_is_refused_as_more_stands_in_it_than_the_posting(tmp_path: Path, name: str, content: str) -> None:
    remedy = "save its attachment, or copy the posting out of it into a text file"
    assert read(write(tmp_path, name, content.encode())) == [f"{name}:1: an e-mail, which is not read; {remedy}"]


@pytest.mark.parametrize(
    "content",
    ["From: 1 March\nTitle: Baker\n\nWe bake.", "Title: Baker\n\nMIME-Version: 1.0", "Received: soon\n\nWe bake."],
)
def test_text_with_some_words_of_an_e_mail_is_a_posting(tmp_path: Path, content: str) -> None:
    assert read(write(tmp_path, "a.txt", content.encode())) == ["a.txt: a"]


def test_ids_begin_with_the_prefix_of_their_source(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.jsonl", LINE), ReadAs(id_prefix="rye/")) == ["a.jsonl: rye/b"]


def test_record_without_an_id_has_one_that_does_not_depend_on_its_neighbours(tmp_path: Path) -> None:
    rows = ["Baker,We bake.", "Cook,We cook.", "Baker,We bake at night."]
    first = read(write(tmp_path, "a.csv", "\n".join(["Title,Description", *rows]).encode()))
    baker, _, third = first
    assert (len(set(first)), third) == (3, f"{baker}-2")
    assert read(write(tmp_path, "a.csv", "\n".join(["Title,Description", *rows[1:2]]).encode())) == first[1:2]


def test_rejected_record_is_kept_whole_up_to_a_bound_that_is_said(tmp_path: Path) -> None:
    long = json.dumps({"id": " ", "title": "Baker", "description": "x" * MAX_KEPT_CHARS})
    reader = PostingReader(root=tmp_path, lexicon=LEXICON)
    (rejected,) = reader.read([write(tmp_path, "a.jsonl", long.encode())])
    assert isinstance(rejected, Rejection)
    assert rejected.record == long[:MAX_KEPT_CHARS]
    assert rejected.reason.endswith(f"; only the first 1,000,000 of its {len(long):,} characters are kept here")


def test_corrected_record_of_rejected_jsonl_is_read(tmp_path: Path) -> None:
    reader = PostingReader(root=tmp_path, lexicon=LEXICON)
    bad = write(
        tmp_path,
        "bad.json",
        json.dumps({"jobs": [{"id": "u1", "text": "", "categories": {}, "description": "We bake."}]}).encode(),
    )
    (rejected,) = reader.read([bad])
    assert isinstance(rejected, Rejection)
    line = {"file": rejected.file, "position": 1, "format": rejected.format, "reason": rejected.reason}
    record = rejected.record.replace('"text": ""', '"text": "Baker"')
    corrected = {**line, "record": record}
    (again,) = reader.read([write(tmp_path, "rejected.jsonl", json.dumps(corrected).encode())])
    (right,) = reader.read([write(tmp_path, "good.json", record.encode())])
    assert isinstance(again, Posting)
    assert isinstance(right, Posting)
    assert (again.title, again) == ("Baker", replace(right, file="rejected.jsonl"))


def test_standard_input_is_read_under_its_name() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "inspect", "--json", "-"],
        input=gzip.compress(json.dumps([json.loads(LINE)]).encode()),
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(CHECKOUT)},
        cwd=CHECKOUT / "tests",
    )
    assert json.loads(done.stdout)["id"] == "b"


@pytest.mark.parametrize("arguments", [["--format", "lever"], []])
def test_format_that_is_named_is_not_recognized(tmp_path: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "inspect", *arguments, str(write(tmp_path, "a.jsonl", LINE))],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(CHECKOUT)},
        cwd=tmp_path,
    )
    assert done.returncode == (1 if arguments else 0), done.stderr
