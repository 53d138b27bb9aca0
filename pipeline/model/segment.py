"""A posting cut into the pieces that are translated, with the places they came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from pipeline.model.posting import Block, BlockKind, Posting, SectionKind

TITLE = "title"
HEADING = "heading"
KEY_BYTES = 12  # of a digest: two of a million keys meet in one of 10^16 projects


class UnitKey(NamedTuple):
    """What makes a unit one: equal sources in one context are reviewed once."""

    context: str
    source: str

    def narrowed(self, posting_id: str) -> "UnitKey":
        """Return the key that holds for one posting only."""
        return UnitKey(f"{self.context}|{posting_id}", self.source)


def key_digest(key: UnitKey) -> bytes:
    """Return a short name of a key, so that keys are compared without their texts."""
    return blake2b(f"{key.context}\x1f{key.source}".encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentedBlock:
    """A block and its segments in reading order: the sentences of a paragraph; an item or heading is one segment."""

    block: Block
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentedSection:
    """A section, its blocks cut into segments."""

    kind: SectionKind
    heading: str = ""
    standard: bool = False
    blocks: tuple[SegmentedBlock, ...] = ()

    def keys(self) -> Iterator[UnitKey]:
        """Yield the segments in reading order; a standard heading is not one, it comes from the `site` catalog."""
        if self.heading and not self.standard:
            yield UnitKey(HEADING, self.heading)
        for block in self.blocks:
            context = self.context(block.block)
            yield from (UnitKey(context, segment) for segment in block.segments)

    def context(self, block: Block) -> str:
        """Return the context of the segments of one of its blocks."""
        return HEADING if block.kind is BlockKind.HEADING else self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentedPosting:
    """A posting and its segments."""

    posting: Posting
    sections: tuple[SegmentedSection, ...]

    def keys(self) -> tuple[UnitKey, ...]:
        """Return the segments in reading order, each once."""
        found = [UnitKey(TITLE, self.posting.title)]
        for section in self.sections:
            found += section.keys()
        return tuple(dict.fromkeys(found))
