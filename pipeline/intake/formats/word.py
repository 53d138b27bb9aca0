"""Word documents (.docx): what stands on their pages, as HTML, which is then read as that of a web page.

Pictures, comments, headers and footers, and what is deleted or hidden are left out; a line in the style Title is the
title, else the first heading, as in any page. mammoth makes the HTML, out of a copy that has only parts that were
checked: XML without a document type, not too deep, not too much of it. A relation that leads out of the file finds
nothing, and no picture is opened.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

import msgspec
from lxml import etree

from pipeline.intake.containers import DAMAGE, WORD_PARTS
from pipeline.intake.formats.html_page import read_html
from pipeline.intake.formats.item import Item
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import RecordError
from pipeline.language.limits import MAX_RECORD_BYTES
from pipeline.storage.derived import NOTHING_KEPT, Derived

# The styles that Word 2010 puts into every document take 350,000 bytes; ten pages of text about as many.
MAX_XML_BYTES = 8 << 20
# Elements and attributes: 23,000 of such styles, some hundreds to thousands a page.
MAX_NODES = 100_000
# A table in a table stands at 10. mammoth calls itself about nine times a level.
MAX_DEPTH = 64
_XML = (".xml", ".rels")
# Parts that mammoth has no use for.
_UNUSED = re.compile(r"docProps/|customXml/|word/(?:glossary/|theme/|settings|webSettings|fontTable|stylesWithEffects)")
# How styles look, which is nine tenths of what is said of them; mammoth asks for their names and numberings.
_LOOKS = ("docDefaults", "latentStyles", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr")
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
# Elements that mammoth passes over with the words in them, and those of the same content that it reads: fields of mail
# merges, runs in the other direction, Chinese and Japanese words with their reading, breaks.
_READ_AS = {
    **dict.fromkeys(("fldSimple", "dir", "bdo", "ruby", "rubyBase"), "smartTag"),
    "cr": "br",
    "ptab": "tab",
}
# Headings go down a level: a document has one title, and sections in the style Heading 1.
_STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        *(
            f"p[style-name='{name} {level}'] => h{level + 1}:fresh"
            for name in ("heading", "Heading")
            for level in range(1, 6)
        ),
    ]
)
_DIGEST_BYTES = 32
_BACK_FROM_NOTE = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>')
_TAG = re.compile(r"<[^>]*>")
# mammoth trusts that a document is as Word writes it: what is missing or of another kind raises any of these. Its
# parser refuses names that lxml takes.
_FAULTS = (*DAMAGE, etree.XMLSyntaxError, ExpatError, LookupError, TypeError, AttributeError)


def is_word_document(content: bytes) -> bool:
    """Tell a Word document from other files that begin as a zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return any(name.startswith(WORD_PARTS) for name in packed.namelist())
    except DAMAGE:
        return False


class _Page(msgspec.Struct, frozen=True):
    """What stands in a document, as HTML."""

    html: str


def read_word(content: bytes, lexicon: HeadingLexicon, *, stem: str, derived: Derived = NOTHING_KEPT) -> Iterator[Item]:
    """Read the posting in a document; `stem` is its id. An unchanged document is taken from `derived`."""
    try:
        made_of = hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
        text = derived.make(_Page, made_of, lambda: _Page(_html(_checked(content)))).html
    except RecordError as error:
        yield Item(1, error, str, "docx")
    except _FAULTS as error:
        reason = f"not a Word document that can be read ({error}); open it in Word and save it again as .docx"
        yield Item(1, RecordError(reason), str, "docx")
    else:
        yield from read_html(text, lexicon, stem=stem)


def _html(parts: io.BytesIO) -> str:
    import mammoth  # noqa: PLC0415  only who has such a document pays for it

    made = mammoth.convert_to_html(
        parts,
        style_map=_STYLES,
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=lambda _: [],
    )
    text = _BACK_FROM_NOTE.sub("", made.value)
    if not _TAG.sub("", text).strip():
        raise RecordError("a Word document without text; if its text is a picture, write it out")
    if len(text.encode()) > MAX_RECORD_BYTES:
        raise RecordError(f"larger than {MAX_RECORD_BYTES:,} bytes, so it was not read; part it into postings")
    return text


def _checked(content: bytes) -> io.BytesIO:
    """Return the parts of XML, packed anew, in UTF-8."""
    copy = io.BytesIO()
    nodes = 0
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(copy, "w") as kept:
        parts = {
            part.filename: part
            for part in packed.infolist()
            if part.filename.endswith(_XML) and not _UNUSED.match(part.filename)
        }
        if sum(part.file_size for part in parts.values()) > MAX_XML_BYTES:
            raise RecordError(f"a Word document of more than {MAX_XML_BYTES:,} bytes of XML; part it into postings")
        for name, part in parts.items():
            root, count = _parsed(packed.read(part), MAX_NODES - nodes)
            nodes += count
            _mend(root)
            kept.writestr(name, etree.tostring(root, encoding="utf-8"))
    copy.seek(0)
    return copy


def _parsed(raw: bytes, most: int) -> tuple[etree._Element, int]:
    """Return the tree of a part, and how many elements and attributes it has; they are counted as they are read."""
    reading = etree.iterparse(
        io.BytesIO(raw),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = nodes = 0
    for event, node in reading:
        if event == "end":
            depth -= 1
            continue
        if not depth and node.getroottree().docinfo.doctype:
            raise RecordError("a Word document that declares a document type, which none does; save it again in Word")
        depth += 1
        nodes += 1 + len(node.attrib)
        if depth > MAX_DEPTH or nodes > most:
            raise RecordError("a Word document of too many or too deeply nested elements; part it into postings")
    return reading.root, nodes


def _mend(root: etree._Element) -> None:
    """Leave out hidden text and the looks of styles; give what mammoth does not know the name of what it reads."""
    for space in _NAMESPACES:
        if root.tag == f"{{{space}}}styles":
            etree.strip_elements(root, *(f"{{{space}}}{name}" for name in _LOOKS))
        for name, known in _READ_AS.items():
            for node in root.iter(f"{{{space}}}{name}"):
                node.tag = f"{{{space}}}{known}"
        for run in list(root.iter(f"{{{space}}}r")):
            hidden = run.find(f"{{{space}}}rPr/{{{space}}}vanish")
            if hidden is not None and hidden.get(f"{{{space}}}val") not in ("0", "false", "off"):
                del run[:]
