"""Which formats there are, how each is told by its content, and what reads it.

| form | told by |
|---|---|
| `jsonl` | a JSON object that ends on its line; the system of each by its members (`json_documents`) |
| `json` | a JSON list, or an object over several lines |
| `xml` | markup that is no HTML; the system by its elements (`xml_documents`) |
| `html` | HTML's own tags; the postings in it by JSON-LD, microdata, else its main text |
| `csv` | a header whose names are known |
| `spreadsheet`, `docx` | the parts of an Office file |
| `markdown` | front matter, or a first heading with `#` |
| `text` | everything else that is text |
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from msgspec import structs

from pipeline.intake.formats.encodings import as_utf8, decode_text, encoding_of, joined, read_up_to, transcoded
from pipeline.intake.formats.html_page import read_html
from pipeline.intake.formats.item import Item, Line
from pipeline.intake.formats.json_documents import JSON_NAMES, JsonReader
from pipeline.intake.formats.json_text import decode_json
from pipeline.intake.formats.markdown_file import looks_like_markdown, read_markdown
from pipeline.intake.formats.refusals import refusal_of, refusal_of_streams, refusal_of_text
from pipeline.intake.formats.spreadsheet import MAX_BYTES, read_spreadsheet
from pipeline.intake.formats.table import Columns, looks_like_table, read_csv
from pipeline.intake.formats.text import parse_text
from pipeline.intake.formats.word import is_word_document, read_word
from pipeline.intake.formats.xml_documents import XML_NAMES, read_xml
from pipeline.intake.formats.xml_text import HEAD_BYTES
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.language.limits import MAX_RECORD_BYTES
from pipeline.storage.derived import NOTHING_KEPT, Derived

FORMATS = tuple(sorted({*JSON_NAMES, *XML_NAMES, "html", "csv", "spreadsheet", "docx", "markdown", "text"}))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JSON_START = re.compile(r"\s*(?:\{\s*[\"}{,]|\[\s*(?:[\"{\[\]\d-]|true|false|null))")
_HTML_START = re.compile(
    r"\s*+(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|meta|title|div|p|h[1-6]|ul|ol|section|article|main|span|br|b|strong|table|script|a)\b",
    re.IGNORECASE | re.DOTALL,
)
_XHTML = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_XML_START = re.compile(r"\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z_])")
_JSON_SIGNS = ("{", "[", '"')
_LINES = (".jsonl", ".ndjson")
_MARKDOWN = (".md", ".markdown")
_JSON_LINES_LOOKED_AT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads documents of every format; `columns` are those of tables that the configuration names.

    What takes long to read of a document is taken from `derived` if an earlier run read it.
    """

    lexicon: HeadingLexicon
    drop_lines: Sequence[re.Pattern[str]] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    derived: Derived = NOTHING_KEPT

    def read(self, file: BinaryIO, *, name: str, forced: str = "") -> Iterator[Item | Columns]:
        """Read a document; `name` is its file's, which is the id of a single posting without one.

        What cannot be read is yielded as an item with a RecordError.
        """
        for found in self.cut(file, name=name, forced=forced):
            if isinstance(found, Line):
                yield from found.items()
            else:
                yield found

    def cut(self, file: BinaryIO, *, name: str, forced: str = "") -> Iterator[Item | Line | Columns]:
        """Do the same, but leave the lines of JSON Lines as they are: what came of one may be known."""
        head = read_up_to(file, HEAD_BYTES)
        try:
            form = forced or recognize(head, name)
        except RecordError as error:
            yield Item(1, error, str, "")  # of no use to anybody who would correct it
            return
        if self.columns and form in ("text", "markdown") and not forced:
            form = "csv"  # whoever names columns has a table
        rest: BinaryIO = joined(head, file)
        if form in ("spreadsheet", "docx"):
            yield from self._office(rest, name, forced)
            return
        encoding, mark = encoding_of(head)
        rest.read(mark)
        if encoding not in ("", "utf-8"):
            rest = transcoded(rest, encoding)
        yield from self._text(form, rest, name)

    def items_of_line(self, raw: bytes, forced: str) -> Iterator[Item]:
        """Read a line of JSON Lines that was left as it is."""
        return self._json_reader(forced if forced in JSON_NAMES else "").read_line(1, raw)

    def _json_reader(self, form: str) -> JsonReader:
        return JsonReader(self.lexicon, forced="" if form in ("json", "jsonl") else form, again=self._again)

    def _office(self, file: BinaryIO, name: str, forced: str) -> Iterator[Item | Columns]:
        content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            reason = (
                f"a document of more than {MAX_BYTES:,} bytes; export a spreadsheet as CSV, save text without pictures"
            )
            yield Item(1, RecordError(reason), str, "spreadsheet")
        elif forced == "docx" or (not forced and is_word_document(content)):
            yield from read_word(content, self.lexicon, stem=PurePath(name).stem, derived=self.derived)
        elif content.startswith(_OLE) and (refusal := refusal_of_streams(content)):
            yield Item(1, RecordError(refusal), str, "spreadsheet")
        else:
            yield from read_spreadsheet(content, self.lexicon, columns=self.columns)

    def _text(self, form: str, file: BinaryIO, name: str) -> Iterator[Item | Line | Columns]:
        if form in JSON_NAMES:
            yield from self._json(form, file)
        elif form in XML_NAMES:
            head = read_up_to(file, HEAD_BYTES)
            whole = joined(head, file)
            yield from read_xml(
                as_utf8(_whole_signs(head))[0], whole, self.lexicon, forced="" if form == "xml" else form
            )
        else:
            yield from self._whole(form, file, name)

    def _json(self, form: str, file: BinaryIO) -> Iterator[Item | Line]:
        reader = self._json_reader(form)
        head = read_up_to(file, HEAD_BYTES)
        whole = joined(head, file)
        lines = form == "jsonl" or (form != "json" and _is_lines(head))
        yield from reader.read_lines(whole) if lines else reader.read_document(whole)

    def _whole(self, form: str, file: BinaryIO, name: str) -> Iterator[Item | Columns]:
        """Read a format that is taken in one piece."""
        most = MAX_BYTES if form == "csv" else MAX_RECORD_BYTES
        raw = file.read(most + 1)
        if len(raw) > most:
            reason = f"larger than {most:,} bytes, so it was not read; part it into postings"
            yield Item(1, RecordError(reason), lambda: raw[:2_000].decode("utf-8", "backslashreplace"), form)
            return
        try:
            text, doubt = decode_text(raw)
        except RecordError as error:
            yield Item(1, error, lambda: raw.decode("utf-8", "backslashreplace"), form)
            return
        text = text.removeprefix("\ufeff")
        if not text.strip():
            yield Item(1, RecordError("the file is empty; fill it, or remove it"), lambda: text, form)
            return
        stem = PurePath(name).stem
        parsers: Mapping[str, Callable[[], Iterator[Item | Columns]]] = {
            "csv": lambda: read_csv(text, self.lexicon, columns=self.columns),
            "html": lambda: read_html(text, self.lexicon, stem=stem),
            "markdown": lambda: read_markdown(text.replace("\r\n", "\n"), self.lexicon, stem=stem),
            "text": lambda: self._plain(text, stem),
        }
        for item in parsers[form]():
            yield structs.replace(item, doubt=doubt) if doubt and isinstance(item, Item) else item

    def _plain(self, text: str, stem: str) -> Iterator[Item]:
        found: PostingRecord | RecordError
        try:
            found = parse_text(text, stem=stem, lexicon=self.lexicon, drop_lines=self.drop_lines)
        except RecordError as error:
            found = error
        yield Item(1, found, lambda: text, "text")

    def _again(self, record: str, form: str, name: str) -> Iterator[Item]:
        """Read a rejected record again, as its format or as what it is now."""
        stream = io.BytesIO(record.encode("utf-8", "replace"))
        found = self.read(stream, name=name, forced=form if form in FORMATS else "")
        return (item for item in found if isinstance(item, Item))


def recognize(head: bytes, name: str = "") -> str:
    """Return the form of a document by its beginning; the ending of its name decides only between forms of plain text.

    Raises RecordError with the name of the form if it is one that is known and not read.
    """
    if head.startswith((b"PK\x03\x04", _OLE)):
        return "spreadsheet"
    if refusal := refusal_of(head):
        raise RecordError(refusal)
    encoding, mark_length = encoding_of(head)
    raw = head[mark_length:]
    text = raw.decode(encoding or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    file = name.removesuffix(".gz")
    ending = PurePath(file).suffix.lower()
    if ending == ".zip":
        raise RecordError("named .zip, but no zip archive; it may have come incomplete, get it again")
    if _JSON_START.match(text) or ending in _LINES or (ending == ".json" and text[:1] in _JSON_SIGNS):
        lines = ending in _LINES or _is_lines(text.encode("utf-8", "replace"))
        return "jsonl" if lines else "json"
    if _XML_START.match(text) or _HTML_START.match(text):
        return "html" if _HTML_START.match(text) or _XHTML.search(text[:2_000]) else "xml"
    if refusal := refusal_of_text(text, file):
        raise RecordError(refusal)
    return _plain_form(text, ending)


def _plain_form(text: str, ending: str) -> str:
    if ending in (".csv", ".tsv") or (ending not in _MARKDOWN and looks_like_table(text)):
        return "csv"
    return "markdown" if ending in _MARKDOWN or looks_like_markdown(text) else "text"


def _is_lines(head: bytes) -> bool:
    """Tell JSON Lines: among the first lines there is one that is an object by itself."""
    lines = [line for line in head.split(b"\n") if line.strip()]
    if len(lines) < 2:  # noqa: PLR2004  a single line is a document of its own
        return False
    whole = lines[: min(_JSON_LINES_LOOKED_AT, len(lines) - (len(head) >= HEAD_BYTES))]
    for line in whole:
        bare = line.strip()
        if bare.startswith(b"{") and bare.endswith(b"}") and line[:1] == b"{":
            try:
                return isinstance(decode_json(bare), dict)
            except RecordError:
                continue
    return False


def _whole_signs(raw: bytes) -> bytes:
    """Return bytes without the beginning of a sign at their end."""
    return raw.decode("utf-8", "ignore").encode() if _valid_but_for_its_end(raw) else raw


def _valid_but_for_its_end(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(raw) - 4
    return True
