"""No text takes more than linear time: on its whole way through a build, whatever it is made of.

A shape is one fragment repeated. A shape of 100,000 characters may take as long a character as one of 10,000, within a
factor of two and above a floor below which clocks say nothing.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks.registry import Languages, check_unit, checks_for
from pipeline.intake.assembly import build_posting
from pipeline.intake.body import parse_body
from pipeline.intake.headings import load_headings
from pipeline.intake.html_sections import looks_like_html, parse_html
from pipeline.intake.langdetect_detector import LangdetectDetector
from pipeline.intake.language import read_language
from pipeline.intake.opinions import Opinions
from pipeline.intake.py3langid_detector import Py3langidDetector
from pipeline.intake.record import PostingRecord, RecordError, SectionRecord
from pipeline.model.cleaning import clean_line
from pipeline.model.gender_forms import gender_forms
from pipeline.model.limits import MAX_RECORD_BYTES, MAX_SEGMENT_CHARS
from pipeline.model.markup import render_markup
from pipeline.model.phrases import cut_words
from pipeline.model.spans import protected_spans
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.publishing.slugs import make_slug
from pipeline.translation.protection import Marker, mask
from pipeline.translation.segmenter import Segmenter
from tests.projects import CONFIG, built, polypost, write_tree

SHORT, LONG = 10_000, 100_000
MAX_GROWTH = 2.0
# Below this a process's clock and a cold cache say more than the text.
FLOOR_SECONDS = 0.25
FRAGMENTS = (
    *("a", "A", "aB", "7", "1,", "1.", "1,234 ", "1.000.000,", "a ", "a\t", "a\n", "\n", ".", "a.", "a! ", "A b. "),
    *("names, ", "a, a, a, ", "AAA aaa ", "(", "(a", "[a ", "{", "{a", "{{a", "%a", "%s ", "$", "${", "5 € ", "<", "<a"),
    *("<b>", "<b>a</b>", "&amp;", "&", '"', "'", "«", "@", "a@", "a@a.", "/", "a/", "/a", "://", "http://", "www."),
    *("aa.bb/", "-", "a-", "- ", "_", "__a", ":a_a ", "+", "a+", "**a", "#a ", "~/a", "漢", "介護。", "カ", "ไทย", "ع"),
    *("عمل ", "क्", "Жа ", "a\u0301", "\u200b", "a\u00a0", "\u202e", "\u2066a", "1st ", "3. ", "XIV ", "März 3. "),
    *("1/1/", "9 to 5, ", "9 a.m. ", "(m/f/d) ", "m/w", "Requirements:\n", "• a\n", "1. a\n", "+1", "00", "(555) "),
    *("😀", "🇩🇪", "→", "<= ", "C#", ".NET ", "aBcD ", "Dr. Anna ", "a/in", "a*in", "e.g. ", "|", "C:\\a", "a=", "¿a"),
    *("Senior Nurse ", "the ", "a<sup>2</sup>", '<a href="', "<!--", "[a](b) ", "<li>", "<ul><li>", "<div>", "<p>"),
    *("<li>a</li>", "<br>", "<b><i>", "<span>a</span>", "<h2>a</h2>", "<table><tr><td>", '<div a="b" ', "<p a='", "</"),
)
BASE = "We are looking for a nurse with some experience in our hospital in the north of the country."


@pytest.fixture(scope="module")
def way() -> Callable[[str], None]:
    """Every step of the way that looks at a text as such, but for the engine."""
    lexicon, segmenter = load_headings(), Segmenter()
    opinions = Opinions(first=LangdetectDetector(), second=Py3langidDetector())
    checks = checks_for(("Azure",), Languages(source="en", target=Locale("pt", "BR")))

    def go(text: str) -> None:
        clean_line(text)
        parse_body(text.split("\n"), lexicon)
        if looks_like_html(text):
            try:
                parse_html(text, lexicon)
            except RecordError as error:
                assert "nested deeper than 100" in str(error)
        section = SectionRecord(heading="Requirements", paragraphs=[BASE, text], items=[text])
        record = PostingRecord(id="a", title=f"A {text}", sections=[section])
        posting = read_language(build_posting(record, lexicon=lexicon), opinions, lexicon)
        segmenter.segment(posting)
        line = f"A {clean_line(text)}"
        protected_spans(line, ("Azure",))
        mask(line, Marker(form="Q{}Q"), ("Azure",))
        gender_forms.__wrapped__(line)
        cut_words(line)
        render_markup(line)
        make_slug(line, "a")
        check_unit(Unit(key=UnitKey("title", line), target=line), checks)

    return go


def seconds(go: Callable[[str], None], text: str, *, enough: float) -> float:
    """Return the least process time of at most three runs; one below `enough` is not repeated."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        go(text)
        best = min(best, time.process_time() - started)
        if best <= enough:
            break
    return best


def repeated(fragment: str, length: int) -> str:
    return (fragment * (length // len(fragment) + 1))[:length]


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_ten_times_the_text_takes_ten_times_as_long_at_most(way: Callable[[str], None], fragment: str) -> None:
    short = seconds(way, repeated(fragment, SHORT), enough=0)
    bound = max(FLOOR_SECONDS, MAX_GROWTH * short * LONG / SHORT)
    assert seconds(way, repeated(fragment, LONG), enough=bound) <= bound
