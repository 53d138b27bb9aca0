"""RSS 2.0, RSS 1.0 and Atom feeds of postings: our own, Teamtailor's and any other's.

An item's text is the longest that it has: `content:encoded` before `description`. What extensions say of places
(Teamtailor, job boards' `<country>`, our own categories) is used.
"""

from urllib.parse import unquote

from lxml import etree

from pipeline.intake.formats.generic import field_of
from pipeline.intake.formats.item import Tree, first, place, places
from pipeline.intake.formats.xml_text import child, children, local_name, markup_in, text_at, text_in
from pipeline.intake.reading.record import PostingRecord, named_group

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_COUNTRY_SCHEME = "urn:iso:std:iso:3166"
_OURS = "urn:polypost:"
_BODIES = ("encoded", "content", "description", "summary")
_PARTS = frozenset({"city", "region", "country", "postal_code"})
# Members whose names mean something else in a feed than in a job list.
_OF_FEEDS = frozenset(
    {
        "title",
        "link",
        "guid",
        "id",
        "description",
        "summary",
        "content",
        "encoded",
        "author",
        "category",
        "source",
        "updated",
    }
)


def recognizes_feed(root: etree._Element) -> str:
    """Return the name of the elements that are postings, "" if this is no feed."""
    name = local_name(root)
    if name == "feed" or (name == "entry" and "Atom" in str(root.tag)):
        return "entry"
    return "item" if name in ("rss", "RDF", "channel") else ""


def parse_entry(node: etree._Element, root: etree._Element) -> PostingRecord:
    """Put the values of an item or entry under our names."""
    named = _named(node)
    channel = child(root, "channel")
    around = root if channel is None else channel
    found = {field: values[0] for field, values in named.items()}
    return PostingRecord(
        id=_id(node),
        title=text_at(node, "title"),
        organization=first(
            found.get("organization"),
            text_at(node, "author", "name"),
            text_at(node, "creator"),
            text_at(around, "author", "name"),
        ),
        url=_link(node),
        locations=_places(node, named),
        remote=first(_remote_status(node), found.get("remote"), _ours(node, "remote")),
        date_posted=first(
            text_at(node, "pubDate"), text_at(node, "published"), text_at(node, "date"), text_at(node, "updated")
        ),
        valid_through=first(found.get("valid_through"), text_at(node, "expires")),
        employment_type=found.get("employment_type"),
        salary=found.get("salary"),
        language=first(_language(node), text_at(node, "language"), text_at(around, "language"), root.get(_LANGUAGE)),
        description=_body(node),
        group=named_group("polypost", _own_id(node) or ""),
    )


def _named(node: etree._Element) -> dict[str, list[str]]:
    """Return what members that feeds do not define say, by our fields."""
    found: dict[str, list[str]] = {}
    for part in node:
        name = local_name(part)
        field = field_of(name) if name and name not in _OF_FEEDS else None
        if field and (text := text_in(part)):
            found.setdefault(field, []).append(text)
    return found


def _id(node: etree._Element) -> str | None:
    return _own_id(node) or text_at(node, "guid") or text_at(node, "id") or _link(node)


def _own_id(node: etree._Element) -> str | None:
    """Return the posting of an item of our own feeds (`urn:polypost:acme%204711/pt-BR`)."""
    found = (text for name in ("id", "guid") if (text := text_at(node, name)).startswith(_OURS))
    return next((unquote(text.removeprefix(_OURS).partition("/")[0]) for text in found), None)


def _link(node: etree._Element) -> str | None:
    links = children(node, "link")
    for relation in ("related", "alternate", None):
        for link in links:
            if link.get("rel") == relation and (link.get("href") or (relation is None and text_in(link))):
                return link.get("href") or text_in(link)
    guid = child(node, "guid")
    return text_in(guid) if guid is not None and guid.get("isPermaLink") == "true" else None


def _body(node: etree._Element) -> str:
    """Return the longest text; XHTML in Atom comes as elements."""
    texts = [markup_in(part) for name in _BODIES for part in children(node, name)]
    return max(texts, key=len, default="")


def _language(node: etree._Element) -> str | None:
    content = child(node, "content")
    return node.get(_LANGUAGE) or (content.get(_LANGUAGE) if content is not None else None)


def _places(node: etree._Element, named: dict[str, list[str]]) -> list[object] | None:
    teamtailor = [
        place(text_at(part, "city"), text_at(part, "region"), text_at(part, "country")) or text_at(part, "name")
        for part in children(child(node, "locations"), "location")
    ]
    parts: Tree = {name: named[name][0] for name in ("city", "region", "country", "postal_code") if name in named}
    codes = [
        {"country": part.get("term") or text_in(part)}
        for part in children(node, "category")
        if _COUNTRY_SCHEME in (part.get("scheme"), part.get("domain"))
    ]
    return (
        places(*teamtailor) or places(parts or None, *(() if parts else named.get("locations", ()))) or places(*codes)
    )


def _remote_status(node: etree._Element) -> bool | None:
    status = text_at(node, "remoteStatus")
    return status == "fully" if status else None


def _ours(node: etree._Element, name: str) -> str | None:
    found = (part for part in children(node, "category") if part.get("scheme") == f"{_OURS}{name}")
    return next((part.get("term") for part in found), None)
