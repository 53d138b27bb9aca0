"""JSON Feed 1.1, for a language version and for each of its countries; and the lists in JSON that lead to them."""

import json
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.publishing.feeds.content import Content
from pipeline.publishing.feeds.opened import icon_url, logo_url, subtitle
from pipeline.publishing.feeds.xml_text import write_timestamp
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.paging import FeedPage
from pipeline.publishing.versions.version import Version

FILE_NAME = "feed.json"
_SPECIFICATION = "https://jsonfeed.org/version/1.1"


def serialize_feed(feed: FeedPage, items: Iterable[bytes]) -> bytes:
    """Write a page of a feed, an item a line."""
    head: dict[str, object] = {
        "version": _SPECIFICATION,
        "title": feed.title,
        "description": subtitle(feed.version),
        "home_page_url": feed.home_url,
        "feed_url": feed.url(FILE_NAME),
    }
    if following := feed.page.relations().get("next"):
        head["next_url"] = feed.url(FILE_NAME, following)
    if logo := logo_url(feed.version):
        head["icon"] = logo
    head["favicon"] = icon_url(feed.version)
    head["language"] = feed.version.tag
    opened = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return b"".join([f'{opened},\n "items": [\n'.encode(), b",\n".join(items), b"\n ]\n}\n"])


def serialize_item(version: Version, localized: LocalizedPosting, content: Content) -> bytes:
    """Write the item of a posting, the same in every feed of its version."""
    posting = localized.posting
    item: dict[str, object] = {
        "id": localized.feed_id,
        "url": version.url(localized.path),
        "title": content.title,
        "content_html": content.html,
        "language": content.language,
        "_polypost": content.fields,
    }
    optional: Sequence[tuple[str, object]] = (
        ("external_url", localized.url),
        ("summary", content.summary),
        ("date_published", localized.published and write_timestamp(localized.published)),
        ("date_modified", localized.updated and write_timestamp(localized.updated)),
        ("authors", [{"name": posting.organization}] if posting.organization else None),
        ("tags", content.tags),
    )
    return msgspec.json.encode(item | {name: value for name, value in optional if value})


def serialize_countries(version: Version) -> str:
    """Write the country list of a version: code, name in its language, number of postings, feed."""
    countries = [
        {"code": country.code, "name": country.name, "postings": len(country.postings), "feed": country.feed}
        for country in version.countries
    ]
    return _serialize({"language": version.tag, "countries": countries})


def serialize_languages(versions: Iterable[Version]) -> str:
    """Write the list of the languages that have postings, each under its own name."""
    return _serialize(
        [
            {
                "language": version.tag,
                "name": own_name(version),
                "dir": version.direction,
                "postings": len(version.postings),
                "feed": f"{version.tag}/feed.json",
            }
            for version in versions
        ]
    )


def own_name(version: Version) -> str:
    """Return the name of a version's language in that language."""
    return version.locale.get_display_name(version.locale) or version.tag


def _serialize(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
