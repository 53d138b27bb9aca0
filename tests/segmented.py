"""Segmented blocks for tests, in few words."""

from collections.abc import Iterable

from pipeline.model.posting import blocks_of
from pipeline.model.segment import SegmentedBlock


def segmented_blocks(paragraphs: Iterable[Iterable[str]] = (), items: Iterable[str] = ()) -> tuple[SegmentedBlock, ...]:
    """Paragraphs as their sentences and, behind them, the items of one list."""
    cut = [tuple(sentences) for sentences in paragraphs]
    blocks = blocks_of(map(" ".join, cut), items=items)
    return tuple(
        SegmentedBlock(block=block, segments=cut[number] if number < len(cut) else (block.text,))
        for number, block in enumerate(blocks)
    )
