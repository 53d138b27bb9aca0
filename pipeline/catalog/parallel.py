"""Pairs of segments from a job that people wrote in two languages: what the memory may offer in other postings.

A posting with a German version of its own teaches how its employer says things: "Employee discount" and
"Mitarbeiterrabatt" stand at the same place of the same list. Only places that surely correspond count.
"""

import re
from collections.abc import Iterator

from pipeline.model.posting import BlockKind
from pipeline.model.segment import SegmentedPosting, SegmentedSection, UnitKey

# How much longer one of two translations of a sentence may be, in characters, beside a few for short ones.
_MAX_STRETCH = 2.0
_SHORT = 12
_NUMBER = re.compile(r"\d+")


def parallel_segments(first: SegmentedPosting, second: SegmentedPosting) -> dict[UnitKey, str]:
    """Return what the segments of `first` are in `second`, where both surely say the same.

    The sections correspond by their number and kinds, the blocks of a section by their number and kinds and that of
    their sentences; of two segments the figures are the same, and the lengths alike.
    """
    if [part.kind for part in first.sections] != [part.kind for part in second.sections]:
        return {}
    found: dict[UnitKey, str] = {}
    for ours, theirs in zip(first.sections, second.sections, strict=True):
        if _shape(ours) == _shape(theirs):
            for key, target in _pairs(ours, theirs):
                if _alike(key.source, target):
                    found.setdefault(key, target)
    return found


def _shape(section: SegmentedSection) -> list[tuple[BlockKind, int]]:
    return [(block.block.kind, len(block.segments)) for block in section.blocks]


def _pairs(first: SegmentedSection, second: SegmentedSection) -> Iterator[tuple[UnitKey, str]]:
    for ours, theirs in zip(first.blocks, second.blocks, strict=True):
        context = first.context(ours.block)
        for source, target in zip(ours.segments, theirs.segments, strict=True):
            yield UnitKey(context, source), target


def _alike(source: str, target: str) -> bool:
    short, long = sorted((len(source), len(target)))
    figures = (sorted(_NUMBER.findall(text)) for text in (source, target))
    return source != target and long <= _MAX_STRETCH * short + _SHORT and next(figures) == next(figures)
