"""Personio's XML feed (`<workzag-jobs>`): the sections of a posting come ready, each with its heading.

The language of a feed is a parameter of its address, so that the same id comes once a language from different files.
"""

from lxml import etree

from pipeline.intake.formats.item import places, section, sections
from pipeline.intake.formats.xml_text import child, children, markup_in, text_at, text_in
from pipeline.intake.reading.record import PostingRecord, RecordError, named_group


def recognizes_personio(root: etree._Element) -> str:
    """Return the name of the elements that are postings, "" if this is another document."""
    is_position = child(root, "jobDescriptions") is not None and child(root, "name") is not None
    return "position" if any(map(_is_position, root.iter("{*}position"))) or is_position else ""


def _is_position(node: etree._Element) -> bool:
    return child(node, "jobDescriptions") is not None or child(node, "recruitingCategory") is not None


def parse_personio(node: etree._Element, _root: etree._Element) -> PostingRecord:
    """Put the values of a position under our names.

    Raises RecordError for one without a text.
    """
    further = children(child(node, "additionalOffices"), "office")
    number = text_at(node, "id")
    texts = sections(
        section(text_at(part, "name"), markup_in(child(part, "value")))
        for part in children(child(node, "jobDescriptions"), "jobDescription")
    )
    if texts is None:
        raise RecordError("a position of Personio without a text: its `jobDescriptions` are empty in this language")
    return PostingRecord(
        id=number or None,
        title=text_at(node, "name"),
        organization=text_at(node, "subcompany") or None,
        url=text_at(node, "url") or text_at(node, "jobUrl") or None,
        locations=places(text_at(node, "office"), *map(text_in, further)),
        date_posted=text_at(node, "createdAt") or None,
        employment_type=[text for name in ("schedule", "employmentType") if (text := text_at(node, name))] or None,
        language=text_at(node, "language") or None,
        sections=texts,
        group=named_group("personio", number),
    )
