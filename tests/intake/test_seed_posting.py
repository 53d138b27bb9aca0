"""The posting that the project started from, and one of our own in its form, through the whole intake."""

import os
import re
from pathlib import Path

import pytest

from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.posting_file import PostingReader
from pipeline.intake.reading.headings import load_headings
from pipeline.model.posting import BlockKind, Posting, SectionKind
from pipeline.translation.segmenter import Segmenter

DATA = Path(os.environ.get("POLYPOST_DATA", Path(__file__).parents[3] / "shared" / "data"))
SEED = DATA / "ats" / "seed-posting.txt"
DROPPED = re.compile("^This list contains only the countries")
OWN = """\
This list contains only the countries with openings in your language (e.g., in Greek, only those written in Greek).
Night bakers at Rye & Sons work with a team of three in the oldest ovens of the town, which still burn wood, and \
deliver to forty shops, including cafés, schools, and the hospital. Our aim is bread that stays fresh, e.g. for a \
week, without anything that has no business in it. We grind our own flour, train apprentices, and close on Mondays.
Job Responsibility:
Mix, knead and bake
learn from Dr. Rye and the others
keep the fire going
deliver with the van
clean the ovens
Requirements:
Holding a Ph.D. in bread or something close to it
Being in the bakery’s own town at 2 a.m.
send two loaves as well as a letter
Experience with wood, flour, and/or water
Nice to have:
Experience with rye, spelt, and/or oats
a driving licence
working in a team
fluent in a second language
a cheerful mood at night
depth of knowledge in sour dough
"""


def read(path: Path) -> Posting:
    lexicon = load_headings()
    (posting,) = PostingReader(root=path.parent, lexicon=lexicon, drop_lines=(DROPPED,)).read([path])
    assert isinstance(posting, Posting)
    return read_language(posting, Ensemble(first=LangdetectDetector(), second=Py3langidDetector()), lexicon)


def shape(posting: Posting) -> list[tuple[SectionKind, bool, list[tuple[BlockKind, int]]]]:
    """Tell each section's kind, whether its heading is standard, and its blocks with their number of segments."""
    return [
        (section.kind, section.standard, [(block.block.kind, len(block.segments)) for block in section.blocks])
        for section in Segmenter().segment(posting).sections
    ]


EXPECTED = [
    (SectionKind.DESCRIPTION, False, [(BlockKind.PARAGRAPH, 3)]),
    (SectionKind.RESPONSIBILITIES, True, [(BlockKind.ITEM, 1)] * 5),
    (SectionKind.REQUIREMENTS, True, [(BlockKind.ITEM, 1)] * 4),
    (SectionKind.NICE_TO_HAVE, True, [(BlockKind.ITEM, 1)] * 6),
]


@pytest.mark.skipif(not SEED.exists(), reason="POLYPOST_DATA names no folder with the seed posting")
def test_seed_posting_has_a_paragraph_of_three_sentences_and_three_lists() -> None:
    posting = read(SEED)
    assert (posting.id, posting.title, str(posting.language)) == ("seed-posting", "Seed posting", "en")
    assert shape(posting) == EXPECTED


def test_posting_in_the_form_of_the_seed_has_the_same_shape(tmp_path: Path) -> None:
    path = tmp_path / "night-baker.txt"
    path.write_text(OWN, encoding="utf-8")
    posting = read(path)
    assert (posting.id, posting.title, str(posting.language)) == ("night-baker", "Night baker", "en")
    assert shape(posting) == EXPECTED
    assert [section.heading for section in posting.sections] == [
        "",
        "Job Responsibility",
        "Requirements",
        "Nice to have",
    ]
