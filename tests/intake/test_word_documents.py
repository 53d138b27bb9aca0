"""Word documents: what stands on their pages is read as a web page is, and nothing else, whatever is in the file."""

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.intake.formats.word import MAX_DEPTH, MAX_NODES, MAX_XML_BYTES
from pipeline.intake.posting_file import PostingReader
from pipeline.intake.reading.record import PostingRecord
from pipeline.model.outcome import Rejection
from pipeline.model.posting import Block, BlockKind, Posting
from tests.hostile.tally import CANARY
from tests.intake.hostile_documents import TOKENS
from tests.intake.reading_documents import LEXICON, items, records
from tests.intake.word_documents import (
    HEAD,
    LINK,
    bold,
    bullet,
    comments,
    document,
    notes,
    numbered,
    packed,
    paragraph,
    parts_of,
    run,
    table,
)
from tests.projects import CHECKOUT

TITLE = paragraph("Baker", style="Title")
WE_BAKE = paragraph("We bake bread at night in the middle of Lyon, and sell it from six in the morning.")
NOTE = '<w:r><w:footnoteReference w:id="7"/></w:r>'
DELETED = '<w:del w:author="Boss"><w:r><w:delText>gone</w:delText></w:r></w:del>'
UNREADABLE = "; open it in Word and save it again as .docx"
TOO_MUCH = "a Word document of too many or too deeply nested elements; part it into postings"
PART_IT = "part it into postings"
NO_TEXT = "a Word document without text; if its text is a picture, write it out"
TYPED = "a Word document that declares a document type, which none does; save it again in Word"


def posting(content: bytes, folder: Path, name: str = "baker-lyon.docx") -> Posting:
    path = folder / name
    path.write_bytes(content)
    (found,) = PostingReader(root=folder, lexicon=LEXICON).read([path])
    assert isinstance(found, Posting), found
    return found


def lines(content: bytes, folder: Path) -> list[str]:
    """Return the headings and blocks of a posting as they would be shown."""
    signs = {BlockKind.ITEM: "- "}

    def shown(block: Block) -> str:
        return "  " * block.depth + ("1. " if block.ordered else signs.get(block.kind, "")) + block.text

    found: list[str] = []
    for section in posting(content, folder).sections:
        found += [f"# {section.heading}"] * bool(section.heading) + list(map(shown, section.blocks))
    return found


def reason(content: bytes) -> str:
    (found,) = records(content, "a.docx")
    assert isinstance(found, str), found
    return found


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (TITLE, "Baker"),
        (paragraph("Baker", style="Heading1"), "Baker  (guessed)"),
        (bold("Baker"), "Baker  (guessed)"),
        (paragraph("Your tasks", style="Heading1"), "Baker lyon  (guessed)"),
        ("", "Baker lyon  (guessed)"),
    ],
    ids=["title", "heading", "bold", "heading of a section", "none"],
)
def test_title_is_the_line_in_that_style_else_a_first_heading_else_the_name(
    tmp_path: Path, first: str, title: str
) -> None:
    found = posting(document(first, WE_BAKE, paragraph("Requirements", style="Heading1"), WE_BAKE), tmp_path)
    assert (found.id, found.title + "  (guessed)" * found.title_guessed) == ("baker-lyon", title)
    assert "Requirements" in [section.heading for section in found.sections]


def test_headings_lists_and_tables_are_read(tmp_path: Path) -> None:
    content = document(
        *(TITLE, WE_BAKE, bold("Your tasks"), bullet("Knead"), bullet("by hand", 1), bullet("Bake")),
        *(paragraph("How to apply", style="Heading2"), numbered("Call"), numbered("Come")),
        table(("Start", "Pay"), ("1 March", "2,000 €")),
    )
    assert lines(content, tmp_path) == [
        "We bake bread at night in the middle of Lyon, and sell it from six in the morning.",
        *("# Your tasks", "- Knead", "  - by hand", "- Bake"),
        *("# How to apply", "1. Call", "1. Come", "- Start – Pay", "- 1 March – 2,000 €"),
    ]


def test_words_of_links_fields_notes_boxes_and_breaks_are_kept(tmp_path: Path) -> None:
    boxed = f"<v:textbox><w:txbxContent>{paragraph('In a box')}</w:txbxContent></v:textbox>"
    box = f"<w:r><w:pict><v:shape>{boxed}</v:shape></w:pict></w:r>"
    content = document(
        TITLE,
        paragraph("Apply ", f'<w:hyperlink r:id="link">{run("here")}</w:hyperlink>', " now.", NOTE),
        paragraph("<w:r><w:t>Bäcke</w:t><w:softHyphen/><w:t>rei</w:t><w:tab/><w:t>x</w:t><w:cr/><w:t>y</w:t></w:r>"),
        paragraph(
            f'<w:fldSimple w:instr=" MERGEFIELD place ">{run("Lyon ")}</w:fldSimple>', f"<w:bdo>{run('שלום')}</w:bdo>"
        ),
        paragraph(
            "<w:r><w:ruby><w:rt><w:r><w:t>ryo</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>料</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        ),
        paragraph("Beside", box),
        relations=LINK,
        further={"word/footnotes.xml": notes("By Friday.")},
    )
    assert lines(content, tmp_path) == [
        'Apply <a href="https://rye.example/apply">here</a> now.<sup>[1]</sup>',
        *("Bäckerei x", "y", "Lyon שלום", "料", "Beside", "In a box", "1. By Friday."),
    ]


def test_what_does_not_stand_on_the_page_is_left_out(tmp_path: Path) -> None:
    picture = (
        '<w:r><w:pict><v:shape><v:imagedata r:id="link" xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' o:title="Our logo"/></v:shape></w:pict></w:r>'
    )
    content = document(
        TITLE,
        paragraph(
            *("Kept", DELETED, f"<w:ins>{run(' and new')}</w:ins>", run("hidden", "<w:vanish/>")),
            *(run(" and seen", '<w:vanish w:val="0"/>'), '<w:r><w:commentReference w:id="3"/></w:r>', picture),
        ),
        relations=LINK,
        further={
            "word/comments.xml": comments("Pay less."),
            "word/header1.xml": f"{HEAD}<x>Rye Ltd.</x>",
            "mammoth/style-map": "p => script:fresh",
        },
    )
    assert lines(content, tmp_path) == ["Kept and new and seen"]


def test_record_of_a_document_can_be_corrected_as_html() -> None:
    (item,) = items(document(TITLE, WE_BAKE), "a.docx")
    assert (item.format, item.written()[:14]) == ("html", "<h1>Baker</h1>")


@pytest.mark.parametrize("name", ["stdin", "baker.docx", "all.zip", "baker.docx.gz"])
def test_document_is_told_by_its_content_wherever_it_stands(tmp_path: Path, name: str) -> None:
    content = document(TITLE, WE_BAKE)
    packs = {"all.zip": packed({"in/baker.docx": content}), "baker.docx.gz": gzip.compress(content)}
    (tmp_path / name).write_bytes(packs.get(name, content))
    (found,) = PostingReader(root=tmp_path, lexicon=LEXICON).read([tmp_path / name])
    assert isinstance(found, Posting)
    assert found.title == "Baker"


def test_command_reads_documents_of_standard_input_and_by_the_name_of_the_format(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "inspect", "--json"]
    environment = {"PYTHONPATH": str(CHECKOUT)}
    for content, arguments, code in ((document(TITLE, WE_BAKE), (), 0), (b"We bake.", ("--format", "docx"), 1)):
        done = subprocess.run(
            [*command, *arguments, "-"], input=content, capture_output=True, check=False, env=environment, cwd=tmp_path
        )
        assert done.returncode == code, done.stderr
        assert code or json.loads(done.stdout)["title"] == "Baker"
        assert not code or b"not a Word document that can be read" in done.stdout + done.stderr


def test_mammoth_is_imported_only_where_a_document_is_read() -> None:
    code = "import sys, pipeline.cli, pipeline.intake.formats.word; sys.exit('mammoth' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(CHECKOUT)}, cwd=CHECKOUT)


def test_same_document_is_read_the_same_under_any_order_of_hashes(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(
        document(TITLE, WE_BAKE, bullet("Bake"), paragraph("Call", NOTE), further={"word/footnotes.xml": notes("Us.")})
    )
    command = [sys.executable, "-m", "pipeline", "inspect", "--json", str(path)]
    shown = {
        subprocess.check_output(command, env={"PYTHONPATH": str(CHECKOUT), "PYTHONHASHSEED": seed}, cwd=tmp_path)
        for seed in ("1", "2", "3")
    }
    assert len(shown) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels", "word/footnotes.xml"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY e "x">]>',
        '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd">',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
)
def test_part_with_a_document_type_is_refused(declared: str, part: str, encoding: str) -> None:
    parts = {**parts_of(TITLE, WE_BAKE), "word/footnotes.xml": notes("x").encode()}
    text = parts[part].decode().replace(HEAD, f'<?xml version="1.0" encoding="{encoding}"?>{declared}')
    assert reason(packed({**parts, part: text.encode(encoding)})) == TYPED


@pytest.mark.parametrize("target", ["http://192.0.2.1/x.xml", "{secret}", "file://{secret}", "../../{secret}"])
def test_relation_that_leads_out_of_the_file_opens_nothing(tmp_path: Path, target: str) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(parts_of(paragraph(CANARY))["word/document.xml"])
    away = target.format(secret=secret)
    parts = parts_of(
        TITLE, WE_BAKE, paragraph('<w:r><w:pict><v:shape><v:imagedata r:id="link"/></v:shape></w:pict></w:r>')
    )
    links = LINK.replace("/hyperlink", "/image").replace("https://rye.example/apply", away)
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"></", f">{links}</".encode()
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", away.encode())
    (found,) = records(packed(parts), str(tmp_path / "a.docx"))
    assert isinstance(found, PostingRecord)
    assert (found.title, CANARY in repr(found), "<img" in repr(found)) == ("Baker", False, False)
    del parts["word/document.xml"]
    assert reason(packed({**parts, "word/x.xml": b"<x/>"})).endswith(UNREADABLE)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (document(), NO_TEXT),
        (document(paragraph("<w:r><w:br/></w:r>")), NO_TEXT),
        (document(paragraph("x" * 2_000_001)), f"larger than 2,000,000 bytes, so it was not read; {PART_IT}"),
        (document("<a/>" * (MAX_NODES + 1)), TOO_MUCH),
        (document("<a " + " ".join(f"a{n}=''" for n in range(MAX_NODES)) + "/>"), TOO_MUCH),
        (document("<w:sdt>" * MAX_DEPTH + "</w:sdt>" * MAX_DEPTH), TOO_MUCH),
        (document("<w:sdt>" * 100_000), TOO_MUCH),
        (
            document(further={"word/a.xml": " " * MAX_XML_BYTES}),
            "a Word document of more than 8,388,608 bytes of XML; part it into postings",
        ),
    ],
    ids=["empty", "breaks", "long", "elements", "attributes", "deep", "open", "XML"],
)  # fmt: skip
def test_document_beyond_the_limits_is_refused_and_the_limit_named(content: bytes, told: str) -> None:
    assert reason(content) == told


def test_document_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(document(TITLE, further={"word/media/a.png": "0" * 30_000_000}))
    (found,) = PostingReader(root=tmp_path, lexicon=LEXICON).read([path])
    assert isinstance(found, Rejection)
    assert (
        found.reason
        == "a Word document that unpacks to more than 200 times its size, so it was not read; save it again"
    )


@pytest.mark.parametrize(
    "opened",
    ["<w:tbl><w:tr><w:tc>", "<w:smartTag>", "<w:p><w:r><w:pict><w:txbxContent>", "<w:sdt><w:sdtContent>"],
)
def test_deepest_document_is_read(opened: str) -> None:
    depth = (MAX_DEPTH - 6) // opened.count("<")
    closed = "".join(f"</{name}>" for name in reversed(opened.strip("<>").split("><")))
    (found,) = records(document(TITLE, opened * depth, WE_BAKE, closed * depth), "a.docx")
    assert isinstance(found, PostingRecord)
    assert "We bake bread" in str(found.description)


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>",
        '<w:p><w:hyperlink r:id="none"/></w:p>',
        "<w:p><w:r><w:sym/></w:r></w:p>",
        paragraph("x", NOTE),
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr></w:tc></w:tr></w:tbl>',
        "<w:p>&undeclared;</w:p>",
        "<w:p\ufeff/>",
    ],
)
def test_damaged_document_is_refused_with_what_to_do(body: str) -> None:
    told = reason(document(TITLE, body))
    assert told.startswith("not a Word document that can be read (")
    assert told.endswith(UNREADABLE)
    assert "\n" not in told


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_to_a_part_is_read_or_refused(data: st.DataObject) -> None:
    parts = parts_of(TITLE, WE_BAKE, bullet("Bake"), table(("a", "b")), paragraph("x", NOTE), relations=LINK)
    parts["word/footnotes.xml"] = notes("By Friday.").encode()
    name = data.draw(st.sampled_from(sorted(parts)))
    raw = parts[name]
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 60)))
    piece = data.draw(st.sampled_from(TOKENS) | st.just(b"") | st.just(raw[start:end] * 2))
    content = packed({**parts, name: raw[:start] + piece + raw[end:]})
    (found,) = records(content, "a.docx", forced="docx")
    assert isinstance(found, str | PostingRecord)


def test_cut_or_encrypted_archive_is_refused() -> None:
    whole = document(TITLE, WE_BAKE)
    encrypted = bytearray(whole)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.index(mark) + offset] |= 1
    for content in (whole[:-40], bytes(encrypted)):
        (found,) = records(io.BytesIO(content).getvalue(), "a.docx", forced="docx")
        assert str(found).endswith(UNREADABLE)


def test_title_is_the_first_line_where_nothing_else_says_it(tmp_path: Path) -> None:
    content = document(paragraph("Assistant gardener"), WE_BAKE, bold("What you need"), bullet("A spade"))
    read = posting(content, tmp_path)
    assert (read.title, read.title_guessed) == ("Assistant gardener", True)
    assert [section.lines for section in read.sections][1:] == [("A spade",)]
    assert "Assistant gardener" not in lines(content, tmp_path)


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (paragraph("We look for a baker who likes the night."), "Baker lyon"),
        (bullet("Night shifts"), "Baker lyon"),
        (paragraph("We are hiring!") + paragraph("Night baker"), "Night baker"),
        (paragraph("Requirements"), "Baker lyon"),
    ],
)
def test_first_line_that_is_no_title_stays_text(tmp_path: Path, first: str, title: str) -> None:
    assert posting(document(first, WE_BAKE), tmp_path).title == title


def test_document_of_a_title_alone_has_no_other() -> None:
    assert records(document(paragraph("Night baker")), "a.docx")[0].title == "A"


LABELS = {
    "a layout table": table(("Job title", "Caretaker"), ("Location", "Bristol, UK"), ("Reports to the", "Head")),
    "bold labels": "".join(
        paragraph(run(f"{label}: ", "<w:b/>"), run(value))
        for label, value in (("Job title", "Caretaker"), ("Location", "Bristol, UK"), ("Reports to the", "Head"))
    ),
    "a list": bullet("Job title: Caretaker") + bullet("Location: Bristol, UK") + bullet("Reports to the: Head"),
    "line breaks": paragraph("<w:r><w:t>Job title: Caretaker</w:t><w:br/><w:t>Location: Bristol, UK</w:t><w:br/>"
                             "<w:t>Reports to the: Head</w:t></w:r>"),
}  # fmt: skip


@pytest.mark.parametrize("facts", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("above", ["", paragraph("Job description", style="Title"), paragraph("We are hiring!")])
def test_labels_at_the_beginning_are_fields_and_what_is_none_stays(tmp_path: Path, facts: str, above: str) -> None:
    content = document(above, facts, WE_BAKE)
    read = posting(content, tmp_path)
    assert (read.title, read.title_guessed) == ("Caretaker", False)
    assert [(place.city, place.country) for place in read.locations] == [("Bristol", "GB")]
    shown = " ".join(lines(content, tmp_path))
    assert "Reports to the" in shown
    assert "Caretaker" not in shown
    assert "Bristol" not in shown


def test_labels_below_other_text_and_those_of_none_are_text(tmp_path: Path) -> None:
    content = document(TITLE, WE_BAKE, paragraph("Location: Bristol, UK"))
    assert posting(content, tmp_path).locations == ()
    assert "Location: Bristol, UK" in " ".join(lines(content, tmp_path))
    content = document(TITLE, paragraph("Oven: large"), WE_BAKE)
    assert "Oven: large" in " ".join(lines(content, tmp_path))


def test_title_of_the_page_goes_before_a_line_that_is_called_so(tmp_path: Path) -> None:
    content = document(TITLE, paragraph("Job title: Cook"), paragraph("Location: Lyon, FR"), WE_BAKE)
    read = posting(content, tmp_path)
    assert (read.title, [place.city for place in read.locations]) == ("Baker", ["Lyon"])
    assert "Job title: Cook" in " ".join(lines(content, tmp_path))


def test_unchanged_document_is_not_converted_again(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"

    def read(content: bytes) -> str:
        path.write_bytes(content)
        code = (
            "import sys; from pathlib import Path; from pipeline.storage.derived import open_derived\n"
            "from pipeline.intake.posting_file import PostingReader\n"
            "from pipeline.intake.reading.headings import load_headings\n"
            f"with open_derived(Path({str(tmp_path / 'kept')!r}), program='') as kept:\n"
            f"    reader = PostingReader(root=Path({str(tmp_path)!r}), lexicon=load_headings(), derived=kept)\n"
            f"    (found,) = reader.read([Path({str(path)!r})])\n"
            "print(found.title, 'mammoth' in sys.modules)"
        )
        return subprocess.run(
            [sys.executable, "-c", code], cwd=CHECKOUT, check=True, capture_output=True, text=True
        ).stdout.strip()

    first = document(TITLE, WE_BAKE)
    assert [read(first), read(first)] == ["Baker True", "Baker False"]
    assert read(document(paragraph("Cook", style="Title"), WE_BAKE)) == "Cook True"
