"""Documents that were damaged on their way, or made to do harm: what tests and `make fuzz` try the parsers with.

`python -m tests.intake.hostile_documents -max_total_time=60` lets atheris look for further ones, guided by coverage.
"""

import gzip
import io
import json
import sys
import zipfile
from base64 import b64decode
from pathlib import Path

from hypothesis import strategies as st

from pipeline.intake.containers import open_members
from pipeline.intake.formats.item import Item
from pipeline.intake.formats.registry import FORMATS, Reader
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord, RecordError
from tests.intake.word_documents import bullet, document, paragraph, table

READER = Reader(lexicon=load_headings())
OURS = {"id": "a/1", "title": "Baker", "description": "<p>We bake.</p>", "locations": [{"country": "FR"}]}
NODE = {"@type": "JobPosting", "title": "Baker", "description": "We bake.", "baseSalary": {"value": {"minValue": 1}}}
SYSTEMS = [
    {"absolute_url": "https://a.example", "id": 1, "title": "Baker", "content": "&lt;p&gt;x", "internal_job_id": 2},
    {
        "id": "u",
        "text": "Baker",
        "categories": {"allLocations": ["Lyon"]},
        "lists": [{"text": "x", "content": "<li>y"}],
    },
    {"id": "u", "title": "Baker", "jobUrl": "https://a.example", "descriptionHtml": "<p>x", "isListed": True},
    {"id": 1, "title": "Baker", "careers_url": "x", "description": "y", "translations": {"fr": {"description": "z"}}},
    {
        "id": "1",
        "type": "jobs",
        "attributes": {"title": "Baker", "body": "x"},
        "relationships": {"locations": {"data": []}},
    },
    {"shortcode": "A1", "title": "Baker", "description": "x", "locations": [{"countryCode": "ES"}]},
    {"id": "1", "name": "Baker", "jobAd": {"sections": {"qualifications": {"title": "x", "text": "y"}}}},
]
XML = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE a [<!ENTITY b "c">]><source><job><title>Baker & Co</title>
<description><![CDATA[<p>We bake.</p>]]></description><city>Lyon</city><!-- <job> --></job>
<job><title>Cook</title><body>x</body></job></source>"""
FEED = (
    "<rss><channel><item><title>B</title><description>&lt;b&gt;bake</description><guid>1</guid></item></channel></rss>"
)
PAGE = f'<html><script type="application/ld+json">{json.dumps(NODE)}</script><h1>B</h1>x'
MICRODATA = (
    '<div itemscope itemtype="http://schema.org/JobPosting"><b itemprop="title">B</b><p itemprop="description">x'
)
MARKDOWN = "---\ntitle: Baker\ntags: [a, 'b']\n---\n# Baker\n\n* bake\n"
CSV = 'sep=;\nStelle;Beschreibung;Ort\n"Bäcker";"Wir\nbacken.";Köln\n'
REJECTED = {
    "file": "a.txt",
    "position": 1,
    "format": "xml",
    "reason": "x",
    "record": "<job><title>B</title><body>x</body></job>",
}


def _packed(content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo("a"), content)  # without the time of day
    return out.getvalue()


_CONTENTS: tuple[str | bytes, ...] = (
    json.dumps(OURS),
    f"{json.dumps(OURS)}\n{json.dumps(REJECTED)}\n",
    json.dumps({"jobs": [OURS, OURS]}, indent=1),
    *(json.dumps({"data": [system], "included": []}) for system in SYSTEMS),
    json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "url": "x", "content_text": "y"}]}),
    XML,
    XML.encode("utf-16"),
    FEED,
    (
        "<workzag-jobs><position><id>1</id><name>B</name><jobDescriptions><jobDescription><name>x</name>"
        "<value>y</value></jobDescription></jobDescriptions></position></workzag-jobs>"
    ),
    "<PositionOpening><PositionProfile languageCode='fr'><PositionTitle>B</PositionTitle></PositionProfile>",
    PAGE,
    MICRODATA,
    MARKDOWN,
    CSV,
    "Title: Baker\nLocation: Lyon, FR\n\nWe bake.\n",
    gzip.compress(CSV.encode(), mtime=0),
    _packed(XML),
    document(paragraph("Baker", style="Title"), bullet("We bake."), table(("Pay", "2,000 €"))),
)
SEEDS: tuple[bytes, ...] = tuple(seed if isinstance(seed, bytes) else seed.encode() for seed in _CONTENTS)
# What atheris found: a zip with a member without a name.
FOUND: tuple[bytes, ...] = (
    b64decode(
        "UEsDBBQAAAAAAFegfV2DZVt1+wAAAPsAAAABAABjcmlwdGlvbj48Y2l0eT5MeW9uPC9jaXR5PjwhLS0gPGpvYj4gLS0+PC9qb2I+"
        "ewAAAAAAAAAAbGU+Q29vazwvdGl0bGU+PGJvZHk+eDwvYm9keT48L2pvYj48L3NvdXJjZT5QSwECFAMUAAAAAABXoH1dg2VbdfsA"
        "AAD7AAAAAQAAAAAAAAAAAAAAgAAAYQgBAFBLBQYAAAAAAQABAC8AAAAaAQAAAAA="
    ),
)
TOKENS: tuple[bytes, ...] = (
    b"{", b"[", b"}", b"]", b'"', b"\\", b"\\u", b"\\ud800", b"\\u0000", b"NaN", b"null", b"1e999", b"9" * 5000,
    b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"<", b">", b"&", b"&#0;", b"&x;", b"<![CDATA[", b"]]>", b"<!--", b"-->",
    b"</job>", b"<a" * 300, b"[" * 300, b'{"a":' * 300, b"\r", b"\n", b"\n---\n", b";", b"\t", b"<job>",
    b"\xc2", b"\xff", b"<?xml encoding='zip'?>", b"<meta charset=utf-7>", b"itemscope ", b"\xe2\x80\xa8",
    b'"@type": "JobPosting"', b'"title": ', b'"description": ',
)  # fmt: skip


@st.composite
def damaged_documents(draw: st.DrawFn) -> bytes:
    """Take a good document and cut, double, overwrite and put hostile things into it."""
    content = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 60)))
        piece = draw(st.sampled_from(TOKENS) | st.binary(max_size=4) | st.just(content[start:end]))
        content = (
            content[:start]
            + piece * draw(st.sampled_from([1, 1, 1, 3]))
            + content[draw(st.sampled_from([start, end])) :]
        )
    return content[: draw(st.integers(0, len(content)))] if draw(st.booleans()) else content


def take_apart(content: bytes, forced: str = "") -> int:
    """Read a document whole; return how many records it had. Whatever it is, each is a record or has a reason."""
    count = 0
    try:
        for member in open_members(io.BytesIO(content)):
            if isinstance(member.file, RecordError):
                continue
            for item in READER.read(member.file, name="a.txt", forced=forced):
                if isinstance(item, Item):
                    count += 1
                    assert isinstance(item.found, PostingRecord) or str(item.found)
                    assert item.position > 0
                    assert isinstance(item.written(), str)
    except RecordError as error:  # a packed file that breaks off
        assert str(error)  # noqa: PT017
    return count


def main() -> None:
    """Let atheris make documents; it ends with a report, and the document in a file, where one breaks a parser."""
    import atheris  # noqa: PLC0415  only where it is installed

    def one(data: bytes) -> None:
        forced = (*FORMATS, *[""] * len(FORMATS))[data[0] % (2 * len(FORMATS))] if data else ""
        take_apart(data[1:], forced)

    corpus = Path(sys.argv.pop(1)) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else Path("build/fuzz")
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (corpus / f"seed-{number:02}").write_bytes(b"\xfe" + seed)
    atheris.instrument_all()
    atheris.Setup([*sys.argv, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
