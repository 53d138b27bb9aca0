"""Feeds against feedgen, the same postings in the same run; and the memory and time that a large version takes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from gettext import NullTranslations
from importlib import import_module
from itertools import count as counted_from
from typing import Any

from babel import Locale

from pipeline.model.posting import Detection, DetectionReason, Location, Posting, SectionKind, blocks_of
from pipeline.publishing.feeds import job_xml, json_feed, rss
from pipeline.publishing.feeds.atom import Link, feed_urn, serialize_atom, serialize_entry
from pipeline.publishing.feeds.content import Content, content_of
from pipeline.publishing.pages.html import PageRenderer
from pipeline.publishing.release.pieces import Pieces
from pipeline.publishing.release.renderings import Format, Renderings
from pipeline.publishing.release.site import build_site
from pipeline.publishing.release.switch import pieces_of
from pipeline.publishing.versions.alternates import PageSite
from pipeline.publishing.versions.localized import LocalizedPosting, LocalizedSection
from pipeline.publishing.versions.paging import feed_pages
from pipeline.publishing.versions.version import Version, build_version
from pipeline.storage.spool import Spool
from tests.bench.memory_bench import peak
from tests.bench.race import seconds
from tests.bench.sentences import distinct_sentences
from tests.bench.table import Found, Row, tried
from tests.projects import CHECKOUT
from tests.publishing.examples import entry_of

POSTINGS, ROUNDS = 1_500, 3
FEW, MANY = 1_000, 10_000  # `make bench-large` has ten times as many
SEED = 17
EN = Locale("en")
BASE_URL = "https://jobs.example.org/"
_FIRST_DAY = date(2026, 1, 1)
_ITEMS = 12  # sentences in each of the three sections: about 3 KB of text
_KINDS = (SectionKind.DESCRIPTION, SectionKind.REQUIREMENTS, SectionKind.OFFER)


class Postings:
    """Makes one posting after the other, so that they take no memory themselves."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._sentences = distinct_sentences(500, SEED)

    def __iter__(self) -> Iterator[LocalizedPosting]:
        return map(self._posting, range(self._count))

    def _posting(self, number: int) -> LocalizedPosting:
        day = _FIRST_DAY + timedelta(days=number % 300)
        posting = Posting(
            id=f"posting-{number}",
            title=f"Machinist {number}",
            organization="Acme & Söhne",
            url=f"https://acme.example/jobs/{number}",
            locations=(Location(country="FR", city="Lyon"), Location(country="BE", city="Gent")),
            date_posted=day,
            detection=Detection(language=EN, score=100, reason=DetectionReason.DECLARED),
        )
        return LocalizedPosting(
            posting=posting,
            locale=EN,
            language=EN,
            translation="source",
            title=posting.title,
            sections=tuple(self._section(kind, number + place) for place, kind in enumerate(_KINDS)),
            slug=f"machinist-{number}",
            published=day,
            updated=day,
            line=number,
        )

    def _section(self, kind: SectionKind, number: int) -> LocalizedSection:
        pool = self._sentences
        items = tuple(pool[(number * _ITEMS + place) % len(pool)] for place in range(_ITEMS))
        return LocalizedSection(
            kind=kind, heading=kind.value.capitalize(), blocks=blocks_of(items[:2], items=items[2:])
        )


def rows(count: int = POSTINGS, rounds: int = ROUNDS, few: int = FEW, many: int = MANY) -> Iterator[Found]:
    """Compare speed in each format and in all, then memory with few and many postings."""
    yield from tried("feeds beside feedgen", lambda: peer_rows(count, rounds))
    yield from tried("large feeds", lambda: large_rows(few, many))


def peer_rows(count: int, rounds: int) -> Iterator[Row]:
    """Compare speed in each format and in all."""
    postings = list(Postings(count))
    version = version_of(postings)
    for what, ours, peer in (
        ("Atom", write_atom, lambda: peer_feed(version, postings).atom_str()),
        ("RSS", write_rss, lambda: peer_feed(version, postings).rss_str()),
        ("Atom and RSS", write_both, lambda: both(peer_feed(version, postings))),
    ):
        measured = [(count / timed(ours, version), count / seconds(peer)) for _ in range(rounds)]
        yield Row(
            what=f"feeds in {what}, postings",
            size=f"{count:,} postings",
            unit="/s",
            against="feedgen",
            ours=tuple(own for own, _ in measured),
            peer=tuple(other for _, other in measured),
            at_least=4,
        )
    own, other = count / timed(write_all, version), count / seconds(lambda: both(peer_feed(version, postings)))
    yield Row(
        what="all four feeds, postings",
        size=f"{count:,} postings",
        unit="/s",
        ours=(own,),
        peer=(other,),
        against="feedgen's two",
    )


def large_rows(few: int, many: int) -> Iterator[Row]:
    """Measure in a process of its own, since a peak never goes down."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.feeds_bench", str(few), str(many)],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT), *filter(None, sys.path)])},
        capture_output=True,
        text=True,
        check=True,
    )
    (before, slow), (after, fast) = json.loads(done.stdout)
    what, size, peer = "all feeds and pages", f"{many:,} postings", f"with {few:,}"
    yield Row(what=f"{what}, peak memory", size=size, unit="MB", ours=(after,), at_most=250)
    yield Row(what=f"{what}, peak memory", size=size, unit="MB", ours=(after,), peer=(before,), against=peer)
    yield Row(
        what=f"{what}, postings",
        size=size,
        unit="/s",
        ours=(many / fast,),
        peer=(few / slow,),
        against=peer,
        at_least=0.9,
    )


def peaks(counts: Sequence[int]) -> list[tuple[float, float]]:
    """Make every file of so many postings; return the peak, in MB, after each, and the seconds."""
    found = []
    for count in counts:
        started = time.monotonic()
        for _, content in build_site(BASE_URL, [version_of(Spool(LocalizedPosting, Postings(count)))]):
            for _ in pieces_of(content):
                pass
        found.append((peak(), time.monotonic() - started))
    return found


def version_of(postings: Sequence[LocalizedPosting]) -> Version:
    entries = map(entry_of, postings, counted_from())
    return build_version(EN, postings, base_url=BASE_URL, translations=NullTranslations(), entries=entries)


def links(posting_id: str) -> list[Link]:
    """Name a page in three languages."""
    return [Link(tag, f"{BASE_URL}{tag}/postings/{posting_id}.html") for tag in ("en", "fr", "pt-BR")]


def write_atom(version: Version) -> int:
    """Write the feed, the HTML of every posting included."""
    made = {
        item.posting.id: atom_entry(version, item, content_of(item, version.translations)) for item in version.postings
    }
    return sum(
        len(serialize_atom(feed, (made[entry.posting] for entry in feed.page.postings.entries)))
        for feed in feed_pages(version)
    )


def atom_entry(version: Version, localized: LocalizedPosting, content: Content) -> bytes:
    return serialize_entry(version, localized, content, links(localized.posting.id))


def write_rss(version: Version) -> int:
    made = {
        item.posting.id: rss.serialize_item(version, item, content_of(item, version.translations))
        for item in version.postings
    }
    return sum(
        len(rss.serialize_rss(feed, (made[entry.posting] for entry in feed.page.postings.entries)))
        for feed in feed_pages(version)
    )


def write_both(version: Version) -> int:
    """Write both from one HTML of every posting."""
    atom, items = {}, {}
    for localized in version.postings:
        content = content_of(localized, version.translations)
        atom[localized.posting.id] = atom_entry(version, localized, content)
        items[localized.posting.id] = rss.serialize_item(version, localized, content)
    written = 0
    for feed in feed_pages(version):
        ids = [entry.posting for entry in feed.page.postings.entries]
        written += len(serialize_atom(feed, map(atom.__getitem__, ids)))
        written += len(rss.serialize_rss(feed, map(items.__getitem__, ids)))
    return written


def write_all(version: Version) -> int:
    """Write the four feeds as a release does: each posting once in every format, then put together."""
    site = PageSite.of(BASE_URL, [version], searchable=False)
    unnamed = {entry.position: b"" for entry in version.postings.entries}
    renderings, none_kept = Renderings(version, site, PageRenderer(version, site), unnamed), Pieces(None, None, b"")
    written = 0
    for feed in feed_pages(version):
        entries = feed.page.postings.entries
        written += len(json_feed.serialize_feed(feed, renderings.of(Format.JSON_FEED, entries, none_kept)))
        written += len(serialize_atom(feed, renderings.of(Format.ATOM, entries, none_kept)))
        written += len(rss.serialize_rss(feed, renderings.of(Format.RSS, entries, none_kept)))
    jobs = renderings.of(Format.JOB_XML, version.postings.entries, none_kept)
    return written + sum(map(len, job_xml.serialize_jobs(version, jobs)))


def timed(write: Callable[[Version], int], version: Version) -> float:
    return seconds(lambda: write(version))


def both(feed: Any) -> None:
    """Write both of feedgen's formats from one filled feed."""
    feed.atom_str()
    feed.rss_str()


def peer_feed(version: Version, postings: Sequence[LocalizedPosting]) -> Any:
    """Fill feedgen with what our Atom feed says, as far as it takes it."""
    feed = import_module("feedgen.feed").FeedGenerator()
    feed.id(f"urn:polypost:feed:{version.tag}")
    feed.title("Job postings")
    feed.description("Job postings")
    feed.language(version.tag)
    feed.link(href=version.url("atom.xml"), rel="self")
    feed.link(href=version.url(), rel="alternate")
    for localized in postings:
        entry = feed.add_entry(order="append")
        entry.id(feed_urn(localized.posting.id, version.tag))
        entry.title(localized.title)
        entry.updated(moment(localized.updated))
        entry.published(moment(localized.published))
        entry.author(name=localized.posting.organization)
        for tag, url in links(localized.posting.id):
            entry.link(href=url, rel="alternate", type="text/html", hreflang=tag)
        entry.link(href=localized.posting.url, rel="related")
        entry.category([{"term": code, "scheme": "urn:iso:std:iso:3166"} for code in localized.posting.countries])
        entry.content(content_of(localized, NullTranslations()).html, type="html")
    return feed


def moment(day: date | None) -> datetime:
    return datetime.combine(day or _FIRST_DAY, datetime.min.time(), UTC)


if __name__ == "__main__":
    print(json.dumps(peaks(list(map(int, sys.argv[1:])))))  # noqa: T201
