"""The running text of a posting as sections: paragraphs, then headed sections with an item a line."""

import re
from collections.abc import Iterable

from pipeline.intake.reading.headings import HeadingLexicon, is_heading, strip_heading
from pipeline.intake.reading.record import SectionRecord
from pipeline.model.cleaning import clean_line
from pipeline.model.posting import blocks_of

_BULLET = re.compile(r"^[-*•‣▪●○■◦∙·►➢✓✔–—]\s+")
_NUMBERING = re.compile(r"^(\d{1,2})[.)]\s+")


def parse_body(lines: Iterable[str], lexicon: HeadingLexicon) -> list[SectionRecord]:
    """Find the sections of plain text.

    What stands before the first heading is prose, a paragraph a line; below a heading every line is an item, its
    bullet or number taken off. A line with a bullet is an item everywhere, also where it ends in a colon.
    """
    sections = [_Draft(heading="")]
    for line in map(clean_line, lines):
        if not line:
            continue
        if is_heading(line, lexicon) and not _BULLET.match(line):
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
        if self.heading or bare != line or _NUMBERING.match(line):
            self.items.append(bare)
        else:
            self.paragraphs.append(line)

    def finish(self) -> SectionRecord:
        blocks = blocks_of(self.paragraphs, _without_numbering(self.items))
        return SectionRecord(kind="" if self.heading else "description", heading=self.heading, blocks=blocks)


def _without_numbering(items: list[str]) -> list[str]:
    """Take numbers off only where they count the items: "1. Staatsexamen" is what the line says."""
    numbers = [match[1] for match in map(_NUMBERING.match, items) if match]
    counted = len(items) > 1 and numbers == [str(number) for number in range(1, len(items) + 1)]
    return [_NUMBERING.sub("", item) for item in items] if counted else items
