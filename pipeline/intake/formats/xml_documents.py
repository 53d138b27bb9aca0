"""XML in every arrangement: the systems that have a module, and job lists of any other by their elements' names.

Indeed's form (`<source><job>`), which most boards take, needs no module: `title`, `referencenumber`, `company`,
`description` are names that the generic reader knows, and so are those of the next board's form.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from lxml import etree

from pipeline.intake.formats.encodings import as_utf8
from pipeline.intake.formats.feeds import parse_entry, recognizes_feed
from pipeline.intake.formats.generic import parse_posting, recognizes_entry, recognizes_posting
from pipeline.intake.formats.hr_xml import parse_hr_xml, recognizes_hr_xml
from pipeline.intake.formats.item import Item, tree_of
from pipeline.intake.formats.localized import parse_localized
from pipeline.intake.formats.personio import parse_personio, recognizes_personio
from pipeline.intake.formats.xml_text import cut_elements, local_name, parse_element, read_head, tree_from
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord, RecordError


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """A kind of document; `recognizes` gets the tree of its beginning and names the elements that are postings."""

    name: str
    recognizes: Callable[[etree._Element], str]
    parse: Callable[[etree._Element, etree._Element], PostingRecord]


XML_FORMATS = (
    XmlFormat("personio", recognizes_personio, parse_personio),
    XmlFormat("hr-xml", recognizes_hr_xml, parse_hr_xml),
    XmlFormat("feed", recognizes_feed, parse_entry),
)
XML_NAMES = ("xml", *(row.name for row in XML_FORMATS))


def read_xml(head: bytes, file: BinaryIO, lexicon: HeadingLexicon, forced: str = "") -> Iterator[Item]:
    """Read a document whose beginning is `head`; `forced` is the name of its format if it is not to be recognized."""
    root = read_head(head)
    if root is None:
        yield _refused("XML without an element that can be read; export it again")
        return
    for row in XML_FORMATS:
        if forced in ("", "xml", row.name) and (name := row.recognizes(root)):
            yield from _read(row, name, root, file)
            return
    name = _posting_name(root)
    if name:
        row = XmlFormat("xml", recognizes_feed, lambda node, _root: _parse_any(node, lexicon))
        yield from _read(row, name, root, file)
    else:
        found = ", ".join(sorted({local_name(node) for node in root.iter()})[:8])
        yield _refused(f"XML in which no element has both a title and a text ({found}); write both in one element")


def _read(row: XmlFormat, name: str, root: etree._Element, file: BinaryIO) -> Iterator[Item]:
    for element in cut_elements(file, name):
        raw, doubt = as_utf8(element.raw)
        found = RecordError(element.fault) if element.fault else _found(row, raw, root)
        yield Item(element.line, found, partial(raw.decode, "utf-8", "replace"), row.name, doubt=doubt)


def _found(row: XmlFormat, raw: bytes, root: etree._Element) -> PostingRecord | RecordError:
    node, fault = parse_element(raw)
    if node is None or fault:
        return RecordError(fault or "XML without an element that can be read; export it again")
    try:
        return row.parse(node, root)
    except RecordError as error:
        return error


def _parse_any(node: etree._Element, lexicon: HeadingLexicon) -> PostingRecord:
    tree = {**{str(name): value for name, value in node.attrib.items()}, **tree_of(tree_from(node))}
    if not recognizes_posting(tree) and not recognizes_entry(tree):
        raise RecordError(
            f"<{local_name(node)}> without a title or a text, so it is no posting; add them, or leave it out"
        )
    return parse_localized(tree, lambda part: parse_posting(part, lexicon))


def _posting_name(root: etree._Element) -> str:
    """Return the name that most elements have which look like postings; those in texts do not count."""
    texts: Counter[str] = Counter()
    entries: Counter[str] = Counter()
    for node in root.iter(etree.Element):
        if not len(node):
            continue
        tree = {local_name(part): "x" if len(part) else (part.text or "").strip() for part in node}
        if recognizes_posting(tree):
            texts[local_name(node)] += 1
        elif recognizes_entry(tree):
            entries[local_name(node)] += 1
    for counted in (texts, entries):
        if counted.keys() - {local_name(root)}:
            del counted[local_name(root)]
        if counted:
            return counted.most_common(1)[0][0]
    return ""


def _refused(reason: str) -> Item:
    return Item(1, RecordError(reason), str, "xml")
