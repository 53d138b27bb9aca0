"""Postings coming in: how many a second each form of document gives, beside a bare decoder of that form."""

import io
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import msgspec

from pipeline.intake.formats.item import Item
from pipeline.intake.formats.registry import Reader
from pipeline.intake.posting_file import PostingReader
from pipeline.intake.reading.headings import load_headings
from pipeline.model.posting import Posting
from tests.bench.sentences import distinct_sentences
from tests.bench.table import Found, Row, tried

POSTINGS, ROUNDS = 5_000, 3
SEED = 23
# A kind of section, how many sentences its one paragraph has, and how many items: about 3 KB of text.
_SECTIONS = (
    ("about", "About us", 7, 0),
    ("responsibilities", "Responsibilities", 0, 11),
    ("requirements", "Requirements", 0, 9),
    ("offer", "We offer", 3, 6),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """Two ways to go through the same kind of document; `peer_content` is what the peer gets."""

    what: str
    content: bytes
    peer: Callable[[bytes], int]
    peer_content: bytes = b""
    at_least: float | None = None


def rows(count: int = POSTINGS, rounds: int = ROUNDS) -> Iterator[Found]:
    """Measure records by the processor's time, and the whole way from a file of JSON Lines to postings."""
    lines = b"\n".join(_line(number) for number in range(count))
    listed = b'{"jobs": [' + lines.replace(b"\n", b",") + b"]}"
    xml = b"<source>" + b"".join(_element(number) for number in range(count)) + b"</source>"
    races = (
        Race(what="JSON Lines, records", content=lines, peer=_decoded, peer_content=lines, at_least=66_000),
        Race(what="JSON list, records", content=listed, peer=_decoded, peer_content=lines),
        Race(what="job XML, records", content=xml, peer=_elements, peer_content=xml),
    )
    for race in races:
        yield from tried(race.what, partial(_run, race, count, rounds))
    yield from tried("JSON Lines, postings", lambda: [_postings(lines, count, rounds)])


def _run(race: Race, count: int, rounds: int) -> Iterator[Row]:
    reader = Reader(lexicon=load_headings())

    def read(content: bytes) -> int:
        return sum(isinstance(item, Item) for item in reader.read(io.BytesIO(content), name="x"))

    measured = [(_rate(read, race.content, count), _rate(race.peer, race.peer_content, count)) for _ in range(rounds)]
    peer = "ElementTree" if race.peer is _elements else "msgspec"
    ours, theirs = zip(*measured, strict=True)
    size = f"{count:,} postings"
    yield Row(what=race.what, size=size, unit="/s", ours=ours, peer=theirs, against=f"bare {peer}")
    if race.at_least:
        yield Row(what=race.what, size=size, unit="/s", ours=ours, at_least=race.at_least)


def _postings(lines: bytes, count: int, rounds: int) -> Row:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(lines)
        reader = PostingReader(root=Path(folder), lexicon=load_headings())

        def read(_content: bytes) -> int:
            return sum(isinstance(found, Posting) for found in reader.read([path]))

        figures = tuple(_rate(read, b"", count) for _ in range(rounds))
    what = "JSON Lines, postings read and validated"
    return Row(what=what, size=f"{count:,} postings", unit="/s", ours=figures, at_least=20_000)


def _rate(read: Callable[[bytes], int], content: bytes, count: int) -> float:
    started = time.process_time()
    found = read(content)
    if found != count:
        raise AssertionError(f"{found} of {count} were read")
    return count / (time.process_time() - started)


def _decoded(content: bytes) -> int:
    return sum(1 for line in content.split(b"\n") if msgspec.json.decode(line))


def _elements(content: bytes) -> int:
    return len(ET.fromstring(content))  # noqa: S314  our own


@cache
def _sentences() -> Sequence[str]:
    return distinct_sentences(500, SEED)


def _section(number: int, part: int) -> dict[str, object]:
    """Return a section; every other posting lists its blocks, the rest paragraphs and items apart."""
    kind, heading, prose, listed = _SECTIONS[part]
    texts = [_sentences()[(number + 7 * part + place) % 500] for place in range(prose + listed)]
    paragraphs, items = [" ".join(texts[:prose])] if prose else [], texts[prose:]
    fields: dict[str, object] = {"kind": kind, "heading": heading}
    if number % 2:
        return fields | {"paragraphs": paragraphs, "items": items}
    return fields | {"blocks": [{"paragraph": text} for text in paragraphs] + [{"item": text} for text in items]}


def _line(number: int) -> bytes:
    record = {
        "id": f"posting-{number}",
        "title": f"Machinist {number}",
        "organization": "Acme & Söhne",
        "url": f"https://acme.example/jobs/{number}",
        "locations": [{"country": "FR", "city": "Lyon"}],
        "remote": False,
        "date_posted": "2026-11-01",
        "valid_through": "2026-12-31",
        "employment_type": ["FULL_TIME"],
        "salary": {"currency": "EUR", "min": 60000, "max": 75000, "unit": "YEAR"},
        "language": "en",
        "sections": [_section(number, part) for part in range(len(_SECTIONS))],
    }
    return json.dumps(record, ensure_ascii=False).encode()


def _element(number: int) -> bytes:
    body = "".join(f"<li>{_sentences()[(number + place) % 500]}</li>" for place in range(50))
    fields = {
        "title": f"Machinist {number}",
        "referencenumber": number,
        "company": "Acme",
        "city": "Lyon",
        "country": "FR",
    }
    inner = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
    return f"<job>{inner}<description><![CDATA[<ul>{body}</ul>]]></description></job>".encode()
