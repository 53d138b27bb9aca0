"""One page of every kind that a release has in a language: for tests that look at all kinds, and for pictures."""

from collections.abc import Iterator
from pathlib import Path

from tests.projects import read_json

# What a language has but once, by its path in the folder of the language.
SINGLE = {"list": "index.html", "feeds": "feeds.html", "not found": "404.html"}


def page_of_each_kind(site: Path, tag: str) -> dict[str, str]:
    """Return the path of one page of each kind that is there, by the name of the kind.

    A posting is shown as its employer wrote it, as a machine translated it, with sentences as written among it, or as
    people have reviewed it; the page of one that is no longer open is in no feed.
    """
    return {"languages": "index.html", **dict(_in_language(site, tag))}


def _in_language(site: Path, tag: str) -> Iterator[tuple[str, str]]:
    yield from ((kind, f"{tag}/{name}") for kind, name in SINGLE.items() if (site / tag / name).is_file())
    yield from (("country", _below(site, page)) for page in sorted((site / tag).glob("countries/*/index.html"))[:1])
    open_now: set[str] = set()
    for item in read_json(site / tag / "feed.json")["items"]:
        path = f"{tag}/postings/{item['url'].rpartition('/')[2]}"
        open_now.add(path)
        as_written = ", sentences as written" if "original" in item["_polypost"] else ""
        yield f"posting: {item['_polypost']['translation']}{as_written}", path
    kept = (_below(site, page) for page in sorted((site / tag / "postings").glob("*.html")))
    yield from [("no longer open", path) for path in kept if path not in open_now][:1]


def _below(site: Path, page: Path) -> str:
    return page.relative_to(site).as_posix()
