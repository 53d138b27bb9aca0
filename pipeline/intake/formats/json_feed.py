"""JSON Feed 1 and 1.1 of postings, our own feeds and Teamtailor's (which carries a JobPosting in each item) too."""

from pipeline.intake.formats.item import Tree, first, list_of, places, text_of, tree_of, trees_of
from pipeline.intake.formats.json_ld import parse_json_ld
from pipeline.intake.reading.record import PostingRecord, RecordError, named_group

_WITHOUT_TEXT = "an item of a feed that holds no text; read the page that its `url` names"


def is_json_feed(envelope: Tree) -> bool:
    """Tell a feed by the address of its version."""
    return "jsonfeed.org/version" in text_of(envelope.get("version"))


def recognizes_feed_item(item: Tree) -> bool:
    """Tell an item of a feed of postings that stands alone."""
    return bool({"_polypost", "_jobposting"} & set(item)) or (
        {"id", "url"} <= set(item) and bool({"content_html", "content_text"} & set(item))
    )


def parse_feed_item(item: Tree, envelope: Tree) -> PostingRecord:
    """Put the values of an item under our names; what its extension says comes first.

    Raises RecordError if the item has no text.
    """
    node = tree_of(item.get("_jobposting"))
    inner = parse_json_ld(node, envelope) if node else PostingRecord()
    own = tree_of(item.get("_polypost"))
    text = first(item.get("content_html"), item.get("content_text"), inner.description, item.get("summary"))
    if text is None and not inner.sections:
        raise RecordError(_WITHOUT_TEXT)
    return PostingRecord(
        id=first(own.get("posting"), inner.id if node else None, item.get("id"), item.get("url")),
        title=first(item.get("title"), inner.title),
        organization=first(
            own.get("organization"),
            inner.organization,
            next((part.get("name") for part in trees_of(first(item.get("authors"), item.get("author")))), None),
            next((part.get("name") for part in trees_of(first(envelope.get("authors"), envelope.get("author")))), None),
        ),
        url=first(item.get("external_url"), item.get("url"), inner.url),
        locations=places(*list_of(own.get("locations"))) or inner.locations or places(*_countries(own)),
        remote=first(own.get("remote"), inner.remote),
        applicant_countries=inner.applicant_countries,
        areas=own.get("applicant_areas"),
        date_posted=first(item.get("date_published"), inner.date_posted),
        valid_through=first(own.get("valid_through"), inner.valid_through),
        employment_type=first(own.get("employment_type"), inner.employment_type),
        salary=first(own.get("salary"), inner.salary),
        language=first(item.get("language"), inner.language, envelope.get("language")),
        description=text,
        sections=inner.sections,
        group=named_group("polypost", text_of(own.get("posting"))),
    )


def _countries(own: Tree) -> list[object]:
    return [] if own.get("remote") is True else [{"country": code} for code in list_of(own.get("countries"))]
