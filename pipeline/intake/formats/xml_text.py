"""XML as bytes in UTF-8: the elements of one name cut out of a stream, hostile or damaged as it may be.

Each record is cut out by its tags and parsed alone: damage costs the record that it stands in, memory is that of the
largest record, and what a DOCTYPE declares is never seen. No entity is expanded and nothing is fetched. What people
write by mistake in job feeds, a bare `&` and HTML's own entities, is read as it was meant.
"""

import html
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from pipeline.language.limits import MAX_RECORD_BYTES

_CHUNK = 1 << 16
HEAD_BYTES = 1 << 18
# A tag longer than this is damage.
_MAX_TAG = 4_000
_DOCTYPE = re.compile(rb"\s*+(?:<\?xml[^>]*+>\s*+|(?><!--.*?-->)\s*+)*+<!DOCTYPE[^>\[]*+(?:\[.*?\]\s*)?>", re.DOTALL)
_AMPERSAND = re.compile(rb"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30};)?")
_CDATA = re.compile(rb"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
# Entities and prefixes that are declared outside of the record are no damage.
_HARMLESS = frozenset(
    {"ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY", "WAR_NS_URI_RELATIVE", "NS_ERR_UNDEFINED_NAMESPACE"}
)
_CUT_OFF = "the file ends in the midst of this record; it was cut off, get it whole"
_UNCLOSED = "XML: the record does not end before the next one begins"
_TOO_LARGE = f"larger than {MAX_RECORD_BYTES:,} bytes, so it was not read; part it into postings"
_HINT = "; write text in <![CDATA[...]]>, or `&` and `<` in it as &amp; and &lt;"


@dataclass(frozen=True, slots=True)
class CutElement:
    """An element as it was written, the line on which it begins, and what is wrong with it, if anything."""

    raw: bytes
    line: int
    fault: str = ""


def read_head(head: bytes) -> etree._Element | None:
    """Return the tree of the beginning of a document, closed where it ends; None if there is no element."""
    declared = _DOCTYPE.match(head)
    return _parse(head[declared.end() if declared else 0 : HEAD_BYTES])[0]


def parse_element(raw: bytes) -> tuple[etree._Element | None, str]:
    """Return the tree of a record and what is wrong with it, "" for nothing."""
    return _parse(raw)


def _parse(raw: bytes) -> tuple[etree._Element | None, str]:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        node = etree.fromstring(_mended(raw), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, f"XML: {error}"
    faults = [entry for entry in parser.error_log if entry.type_name not in _HARMLESS]
    fault = f"XML: {faults[0].message.strip()} at line {faults[0].line} of the record{_HINT}" if faults else ""
    return node, fault


def _mended(data: bytes) -> bytes:
    """Return XML with every `&` that begins no reference written out, and HTML's entities as signs."""
    if b"&" not in data:
        return data
    return b"".join(
        piece if piece.startswith(b"<![CDATA[") else _AMPERSAND.sub(_meant, piece) for piece in _CDATA.split(data)
    )


def _meant(match: re.Match[bytes]) -> bytes:
    if not match[1]:
        return b"&amp;"
    sign = html.unescape(match[0].decode("ascii", "replace"))
    # Else an entity of the document's own, which is not expanded.
    return match[0] if sign.startswith("&") else "".join(f"&#{ord(letter)};" for letter in sign).encode()


def cut_elements(file: BinaryIO, name: str) -> Iterator[CutElement]:
    """Yield the elements of this local name as they were written, in their order; they do not nest.

    One of more than `MAX_RECORD_BYTES` is yielded with its beginning only.
    """
    return _Cutter(name).cut(file)


class _Cutter:
    """Goes through a document once, tag by tag, and sees no tags in CDATA and comments."""

    def __init__(self, name: str) -> None:
        local = re.escape(name.encode())
        self._tags = re.compile(rb"<!\[CDATA\[|<!--|<(/?)(?:[\w.-]+:)?" + local + rb"(?=[\s/>])[^<>]*>")
        self._until = b""  # what ends the CDATA or comment in which we are
        self._parts: list[bytes] | None = None  # of the record that is open
        self._size = 0
        self._line = 1
        self._begun = 1

    def cut(self, file: BinaryIO) -> Iterator[CutElement]:
        rest = b""
        while chunk := file.read(_CHUNK):
            data = rest + chunk
            rest = yield from self._feed(data, self._whole(data))
        yield from self._feed(rest, len(rest))
        if self._parts is not None:
            yield self._finished(_CUT_OFF)

    def _whole(self, data: bytes) -> int:
        """Return up to where no tag is cut in two by the end of what has been read."""
        opened = data.rfind(b"<", max(0, len(data) - _MAX_TAG))
        return opened if opened >= 0 and data.find(b">", opened) < 0 else len(data)

    def _feed(  # noqa: C901  one pass with one state
        self, data: bytes, end: int
    ) -> Generator[CutElement, None, bytes]:
        """Go through the data up to `end`; return what has to be looked at again together with more."""
        position = start = 0
        while True:
            if self._until:
                closed = data.find(self._until, position)
                if closed < 0:
                    end = max(position, len(data) - len(self._until) + 1)
                    break
                position = closed + len(self._until)
                self._until = b""
            tag = self._tags.search(data, position, max(position, end))
            if tag is None:
                break
            position = tag.end()
            if tag[1] is None:
                self._until = b"]]>" if tag[0].startswith(b"<![") else b"-->"
            elif tag[1]:
                if self._parts is not None:
                    self._keep(data[start:position])
                    yield self._finished()
                    start = position
            elif not tag[0].endswith(b"/>"):
                if self._parts is not None:
                    self._keep(data[start : tag.start()])
                    yield self._finished(_UNCLOSED)
                else:
                    self._line += data.count(b"\n", start, tag.start())
                start = tag.start()
                self._parts, self._size, self._begun = [], 0, self._line
        end = max(end, position)
        if self._parts is not None:
            self._keep(data[start:end])
        else:
            self._line += data.count(b"\n", start, end)
        return data[end:]

    def _keep(self, data: bytes) -> None:
        if self._parts is not None:
            self._parts.append(data[: max(0, MAX_RECORD_BYTES + 1 - self._size)])
            self._size += len(data)
            self._line += data.count(b"\n")

    def _finished(self, fault: str = "") -> CutElement:
        raw = b"".join(self._parts or ())
        self._parts = None
        return CutElement(raw, self._begun, _TOO_LARGE if self._size > MAX_RECORD_BYTES else fault)


def local_name(node: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    tag = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def text_in(node: etree._Element | None) -> str:
    """Return the text of an element and of what is in it, "" for none."""
    return "".join(map(str, node.itertext())).strip() if node is not None else ""


def markup_in(node: etree._Element | None) -> str:
    """Return what an element holds: its text, or its HTML where elements stand in it as they are."""
    if node is None:
        return ""
    if not len(node):
        return (node.text or "").strip()
    inner = (etree.tostring(part, encoding="unicode", with_tail=True) for part in node)
    return "".join((html.escape(node.text or "", quote=False), *inner)).strip()


def child(node: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element under these names, whatever their namespaces; None if there is none."""
    for name in path:
        node = next((part for part in node if local_name(part) == name), None) if node is not None else None
    return node


def children(node: etree._Element | None, name: str) -> list[etree._Element]:
    """Return the elements of this name that stand directly in `node`."""
    return [part for part in node if local_name(part) == name] if node is not None else []


def text_at(node: etree._Element | None, *path: str) -> str:
    """Return the text of the first element under these names, "" if there is none."""
    return text_in(child(node, *path))


def tree_from(node: etree._Element, levels: int = 6) -> object:
    """Return an element as the text or object that JSON would have: members by their names, repeated ones listed."""
    parts = [part for part in node if isinstance(part.tag, str)]
    if not parts:
        return (node.text or "").strip()
    names = {local_name(part).casefold() for part in parts}
    if levels == 0 or names & {"p", "br", "ul", "ol", "li", "div", "b", "strong", "h1", "h2", "h3", "h4", "span"}:
        return markup_in(node)
    tree: dict[str, object] = {}
    for part in parts:
        name, value = local_name(part), tree_from(part, levels - 1)
        before = tree.get(name)
        if name not in tree or before == "":
            tree[name] = value
        elif isinstance(before, list):
            before.append(value)
        else:
            tree[name] = [before, value]
    return tree
