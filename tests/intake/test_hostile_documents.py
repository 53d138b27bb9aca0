"""Whatever a document is, each of its records is read or has a reason, in time that grows with its length.

`make fuzz` tries more of them, and documents four times as long.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.intake.formats.registry import FORMATS
from tests.intake.hostile_documents import FOUND, SEEDS, damaged_documents, take_apart
from tests.tools import LONG

EXAMPLES = 20_000 if LONG else 300
PART = 1 if LONG else 4
SECONDS = 20 / PART  # some times what the slowest takes


@pytest.mark.parametrize("seed", SEEDS)
def test_each_seed_has_records(seed: bytes) -> None:
    assert take_apart(seed) > 0


@pytest.mark.parametrize("found", FOUND)
def test_what_was_found_once_is_read_or_refused(found: bytes) -> None:
    take_apart(found)


@settings(max_examples=EXAMPLES)
@given(damaged_documents())
def test_damaged_document_is_read_or_refused(content: bytes) -> None:
    take_apart(content)


@settings(max_examples=EXAMPLES)
@given(damaged_documents() | st.binary(max_size=200), st.sampled_from(FORMATS))
def test_document_that_is_read_as_another_format_is_read_or_refused(content: bytes, forced: str) -> None:
    take_apart(content, forced)


@pytest.mark.parametrize(
    "content",
    [
        b'{"a":"' + b"\\" * (4_000_000 // PART),
        b'["' + b"x" * (20_000_000 // PART),
        b"[" + b'{"title":"x","description":"y"},' * (60_000 // PART),
        b'{"a":[' * (400_000 // PART),
        b"[" + b"{}," * (500_000 // PART),
        b"<?xml version='1.0'?><r>" + b"<job>" * (600_000 // PART),
        b"<?xml version='1.0'?><r><job><title>x</title><body>" + b"<![CDATA[" * (300_000 // PART),
        b"<?xml version='1.0'?><r><job><title>x</title><body>y</body></job>" + b"&" * (2_000_000 // PART),
        b"<?xml version='1.0'?><r><job><title>x</title><body>" + b"<!--" * (400_000 // PART),
        b"<?xml version='1.0'?><r><job " + b"a" * (3_000_000 // PART),
        b"<?xml version='1.0'?>" + b"<!DOCTYPE a [" * (100_000 // PART),
        b"<html><body>" + b"<div itemscope itemtype='http://schema.org/JobPosting'>" * (20_000 // PART),
        b"<html><body>" + b"<h1>" * (400_000 // PART),
        b"---\n" + b"a: b\n" * (300_000 // PART),
        b"# " * (900_000 // PART),
        b"Title,Description\n" + b'"' * (1_900_000 // PART),
        b"Title;" * (300_000 // PART),
        b"a:" * (900_000 // PART),
        b"<" * (1_900_000 // PART),
        b"<p>" + b"<!--" * (400_000 // PART),
        b"\n" * (1_900_000 // PART) + b"{",
        b"<!---->" * (200_000 // PART),
        b"<?xml version='1.0'?>" + b"<!---->" * (200_000 // PART) + b"<a>",
    ],
    ids=lambda content: content[:40].decode("utf-8", "replace"),
)
def test_document_of_any_shape_is_taken_apart_in_time_that_grows_with_its_length(content: bytes) -> None:
    started = time.process_time()
    take_apart(content)
    assert time.process_time() - started < SECONDS
