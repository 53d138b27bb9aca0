"""Feeds against feedgen, the same postings in the same run; and the memory that the feeds of many postings take."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from gettext import NullTranslations
from typing import overload

from babel import Locale
from feedgen.feed import FeedGenerator

from pipeline.model.posting import Detection, DetectionReason, Location, Posting, SectionKind
from pipeline.publishing.feeds.atom import Link, feed_urn, serialize_atom
from pipeline.publishing.feeds.content import content_html
from pipeline.publishing.feeds.job_xml import serialize_jobs
from pipeline.publishing.feeds.json_feed import serialize_feed
from pipeline.publishing.feeds.paging import feed_pages
from pipeline.publishing.feeds.rss import serialize_rss
from pipeline.publishing.localized import LocalizedPosting, LocalizedSection
from pipeline.publishing.version import Version
from tests.bench.memory_bench import peak
from tests.bench.race import seconds
from tests.bench.sentences import distinct_sentences
from tests.bench.table import Row
from tests.projects import CHECKOUT

POSTINGS, ROUNDS = 4_000, 3
FEW, MANY = 10_000, 100_000
SEED = 17
EN = Locale("en")
BASE_URL = "https://jobs.example.org/"
_FIRST_DAY = date(2026, 1, 1)
_ITEMS = 12  # sentences in each of the three sections: about 3 KB of text
_KINDS = (SectionKind.DESCRIPTION, SectionKind.REQUIREMENTS, SectionKind.OFFER)


class Postings(Sequence[LocalizedPosting]):
    """So many postings, each made when it is asked for, so that they take no memory themselves."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._sentences = distinct_sentences(500, SEED)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> LocalizedPosting: ...
    @overload
    def __getitem__(self, index: slice) -> list[LocalizedPosting]: ...
    def __getitem__(self, index: int | slice) -> LocalizedPosting | list[LocalizedPosting]:
        if isinstance(index, slice):
            return [self._posting(number) for number in range(*index.indices(self._count))]
        if not 0 <= index < self._count:
            raise IndexError(index)
        return self._posting(index)

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
        )

    def _section(self, kind: SectionKind, number: int) -> LocalizedSection:
        pool = self._sentences
        items = tuple(pool[(number * _ITEMS + place) % len(pool)] for place in range(_ITEMS))
        return LocalizedSection(kind=kind, heading=kind.value.capitalize(), paragraphs=items[:2], items=items[2:])


def rows(count: int = POSTINGS, rounds: int = ROUNDS, few: int = FEW, many: int = MANY) -> Iterator[Row]:
    """Compare speed in each format, then memory with few and many postings."""
    postings = Postings(count)[:]
    version = version_of(postings)
    for name, ours, peer in (
        ("Atom", write_atom, lambda: peer_feed(version, postings).atom_str()),
        ("RSS", write_rss, lambda: peer_feed(version, postings).rss_str()),
    ):
        measured = [(count / timed(ours, version), count / seconds(peer)) for _ in range(rounds)]
        yield Row(
            what=f"{name}, postings a second (peer: feedgen)",
            ours=tuple(own for own, _ in measured),
            peer=tuple(other for _, other in measured),
            wanted="≥ 4",
        )
    yield memory_row(few, many)


def memory_row(few: int, many: int) -> Row:
    """Measure in a process of its own, since a peak never goes down."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.feeds_bench", str(few), str(many)],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT), *filter(None, sys.path)])},
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = json.loads(done.stdout)
    return Row(
        what=f"all feeds, peak memory in MB (ours: {many:,} postings, peer: {few:,})",
        ours=(after,),
        peer=(before,),
        wanted="≤ 1.1, and 250 MB",
    )


def peaks(counts: Sequence[int]) -> list[float]:
    """Write every feed of so many postings; return the peak, in MB, after each."""
    found = []
    for count in counts:
        write_all(version_of(Postings(count)))
        found.append(peak())
    return found


def version_of(postings: Sequence[LocalizedPosting]) -> Version:
    return Version(locale=EN, base_url=BASE_URL, translations=NullTranslations(), postings=postings, countries=())


def links(posting_id: str) -> list[Link]:
    """Name a page in three languages."""
    return [Link(tag, f"{BASE_URL}{tag}/postings/{posting_id}.html") for tag in ("en", "fr", "pt-BR")]


def write_atom(version: Version) -> int:
    return sum(len(serialize_atom(page, links)) for page in feed_pages(version))


def write_rss(version: Version) -> int:
    return sum(len(serialize_rss(page)) for page in feed_pages(version))


def write_all(version: Version) -> int:
    """Write the four feeds one after the other, keeping nothing but their length."""
    written = sum(len(serialize_feed(page)) for page in feed_pages(version))
    return written + write_atom(version) + write_rss(version) + sum(map(len, serialize_jobs(version)))


def timed(write: Callable[[Version], int], version: Version) -> float:
    return seconds(lambda: write(version))


def peer_feed(version: Version, postings: Sequence[LocalizedPosting]) -> FeedGenerator:
    """Fill feedgen with what our Atom feed says, as far as it takes it."""
    feed = FeedGenerator()
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
        entry.content(content_html(localized), type="html")
    return feed


def moment(day: date | None) -> datetime:
    return datetime.combine(day or _FIRST_DAY, datetime.min.time(), UTC)


if __name__ == "__main__":
    print(json.dumps(peaks(list(map(int, sys.argv[1:])))))  # noqa: T201
