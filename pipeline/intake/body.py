"""The running text of a posting as sections: paragraphs, then headed sections with an item a line."""

import re
from collections.abc import Iterable

from pipeline.intake.cleaning import clean_line
from pipeline.intake.headings import HeadingLexicon, is_heading, strip_heading
from pipeline.intake.record import SectionRecord

_BULLET = re.compile(r"^(?:[-*•‣▪●·–—]\s+|\d{1,2}[.)]\s+)")


def parse_body(lines: Iterable[str], lexicon: HeadingLexicon) -> list[SectionRecord]:
    """Find the sections of plain text.

    What stands before the first heading is prose, a paragraph a line; below a heading every line is an item, its
    bullet or number taken off. An opening line with a bullet is an item too.
    """
    sections = [_Draft(heading="")]
    for line in map(clean_line, lines):
        if not line:
            continue
        if is_heading(line, lexicon):
            sections.append(_Draft(heading=strip_heading(line)))
        else:
            sections[-1].add(line)
    return [draft.finish() for draft in sections if draft.heading or draft.paragraphs or draft.items]


class _Draft:
    """A section while its lines come in."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.paragraphs: list[str] = []
        self.items: list[str] = []

    def add(self, line: str) -> None:
        bare = _BULLET.sub("", line)
        if self.heading or bare != line:
            self.items.append(bare)
        else:
            self.paragraphs.append(line)

    def finish(self) -> SectionRecord:
        kind = None if self.heading else "description"
        return SectionRecord(kind=kind, heading=self.heading, paragraphs=self.paragraphs, items=self.items)
