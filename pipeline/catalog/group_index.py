"""Which texts share the most groups of characters with a text: the index of `past_units`, in arrays.

>>> GroupIndex(["Registered nurse", "Truck driver"]).find("Nurse, registered")
[0, 1]
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# The least characters in which sources that look alike differ; three find more short lines and half as many others.
_GROUP_CHARS = 6
_BITS = 20
# So many entries of the index are looked through for a source, and so many past sources compared with it.
_LOOKED_THROUGH = 16_000
_COMPARED = 250
_AT_ONCE = 20_000  # so many sources are cut into groups at a time
_BEFORE, _AFTER = "\x02", "\x03"


class GroupIndex:
    """Which texts hold a group of characters, by a number that is made of the group."""

    def __init__(self, texts: Sequence[str]) -> None:
        chunks = [_groups(texts, first) for first in range(0, len(texts), _AT_ONCE)]
        counts = np.zeros(1 << _BITS, np.int64)
        for groups, _ in chunks:
            counts += np.bincount(groups, minlength=1 << _BITS)
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        self._texts = np.empty(self._starts[-1], np.uint32)
        filled = self._starts[:-1].copy()
        for groups, holders in chunks:  # each is sorted by group, so that the rank within one is the way from its first
            found = np.bincount(groups, minlength=1 << _BITS)
            rank = np.arange(len(groups)) - (np.cumsum(found) - found)[groups]
            self._texts[filled[groups] + rank] = holders
            filled += found
        self._sizes = np.bincount(self._texts, minlength=len(texts))

    def find(self, text: str) -> list[int]:
        """Return the numbers of the texts that share most with this one, in their order.

        What it depends on is exact, so that every machine finds the same.
        """
        groups = _groups([text], 0)[0]
        starts, stops = self._starts[groups], self._starts[groups + 1]
        rarest = np.argsort(stops - starts, kind="stable")
        used = rarest[: max(1, int(np.searchsorted(np.cumsum((stops - starts)[rarest]), _LOOKED_THROUGH)))]
        parts = [
            self._texts[start:stop] for start, stop in zip(starts[used].tolist(), stops[used].tolist(), strict=True)
        ]
        found = np.concatenate(parts)
        found.sort()
        firsts = np.flatnonzero(_first_of_each(found))
        holders, shared = found[firsts], np.diff(firsts, append=len(found))
        if len(holders) > _COMPARED:
            alike = (shared * (1 << 24) // (len(groups) + self._sizes[holders])).astype(np.uint64)
            ranks = (alike << np.uint64(32)) | (np.uint64(0xFFFFFFFF) - holders.astype(np.uint64))
            holders = np.sort(holders[ranks >= np.partition(ranks, -_COMPARED)[-_COMPARED]])
        numbers: list[int] = holders.tolist()
        return numbers


def _first_of_each(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell of values in their order which are the first of their kind; np.unique takes ten times as long."""
    return np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(ordered) else np.zeros(0, np.bool_)


def _groups(texts: Sequence[str], first: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the groups of characters of some texts from the first on, and by each the text, sorted, each pair once."""
    folded = [f"{_BEFORE}{text.lower()}{_AFTER * (_GROUP_CHARS - 1)}" for text in texts[first : first + _AT_ONCE]]
    signs = np.frombuffer("".join(folded).encode("utf-32-le", "surrogatepass"), np.uint32)
    mixed = np.zeros(len(signs), np.uint32)
    for place in range(_GROUP_CHARS):  # the end of the last text is filled up, so no group lacks a sign that counts
        mixed *= np.uint32(0x9E3779B1)
        mixed[: len(signs) - place] += signs[place:]
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x85EBCA6B)
    holders = np.repeat(np.arange(first, first + len(folded), dtype=np.uint64), [len(text) for text in folded])
    pairs = (mixed >> np.uint32(32 - _BITS)).astype(np.uint64) << np.uint64(32) | holders
    pairs.sort()
    pairs = pairs[_first_of_each(pairs)]
    return (pairs >> np.uint64(32)).astype(np.uint32), pairs.astype(np.uint32)
