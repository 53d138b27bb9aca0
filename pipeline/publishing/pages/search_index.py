"""The index of the full text of a version: which words stand in which postings, in files that a search loads few of.

The postings are dealt into segments by their ids, so that a change touches one of them; the words of a segment are
dealt into shards by their first three letters, so that a search reads one small file of a segment for each word:

    search/0-17.json    {"order": "9f2c61d08b1e4a75", "words": {"nurse": [0, 3, 1]}}

The numbers are places in the segment, in the order of the list, each less the one before it. `order` is a digest of
that order: a browser that has kept a file of an earlier release finds another one there, and loads both anew. What has
not changed in a segment is taken over from the files that stand there: no text is read again for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import accumulate
from operator import sub
from zlib import crc32

import msgspec

from pipeline.model.markup import strip_markup
from pipeline.publishing.pages.search_words import distinct_words
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.version import Entry

FOLDER = "search/"
# One changed posting costs as much as its segment is large; every word of a search costs a request a segment.
SEGMENT_SIZE = 4096
# A shard of a full segment takes about 8 KB, 3 KB compressed.
_POSTINGS_A_SHARD = 16
_MOST_SHARDS = 256
_KEY_LETTERS = 3
_ORDER_BYTES = 8
GONE = -1


class Shard(msgspec.Struct, frozen=True):
    """A file of the index."""

    order: str
    words: dict[str, list[int]]


@dataclass(frozen=True)
class Segment:
    """A part of the postings of a version, in the order of its lists, and how many shards their words have."""

    number: int
    entries: tuple[Entry, ...]

    @cached_property
    def shards(self) -> int:
        """How many files its words are dealt into: a power of two."""
        wanted = max(1, len(self.entries) // _POSTINGS_A_SHARD)
        return min(_MOST_SHARDS, 1 << (wanted - 1).bit_length())

    @cached_property
    def order(self) -> str:
        """A digest of which postings stand in it in which order."""
        ids = "\0".join(entry.posting for entry in self.entries)
        return blake2b(ids.encode("utf-8", "surrogatepass"), digest_size=_ORDER_BYTES).hexdigest()

    def path(self, shard: int) -> str:
        """Return where one of its files lies below the folder of the language."""
        return f"{FOLDER}{self.number}-{shard}.json"


def segments_of(entries: Sequence[Entry], size: int = SEGMENT_SIZE) -> Iterator[Segment]:
    """Deal postings into as many segments, a power of two, as keep them below `size` on average."""
    count = 1 << max(0, len(entries) - 1).bit_length() >> (size - 1).bit_length() or 1
    dealt: list[list[Entry]] = [[] for _ in range(count)]
    for entry in entries:
        dealt[segment_of(entry.posting, count)].append(entry)
    return (Segment(number, tuple(held)) for number, held in enumerate(dealt))


def segment_of(posting: str, count: int) -> int:
    """Return in which of `count` segments a posting stands."""
    return crc32(posting.encode("utf-8", "surrogatepass")) % count


@lru_cache(maxsize=1 << 16)
def _shard_of_key(key: str, count: int) -> int:
    found = 0x811C9DC5
    for letter in key:  # FNV-1a over code points
        found = ((found ^ ord(letter)) * 0x01000193) & 0xFFFFFFFF
    return (found ^ (found >> 15)) % count


def shard_of(word: str, count: int) -> int:
    """Return in which of `count` shards a word stands; all that begin with the same three letters are in one."""
    return _shard_of_key(word[:_KEY_LETTERS], count)


def read_shard(content: bytes) -> dict[str, list[int]]:
    """Return the words of a file with the places in its segment.

    Raises msgspec.DecodeError if it is no such file.
    """
    shard = msgspec.json.decode(content, type=Shard)
    return {word: list(accumulate(steps)) for word, steps in shard.words.items()}


def moved(words: Mapping[str, Sequence[int]], places: Sequence[int]) -> dict[str, list[int]]:
    """Return words with the places that their postings have now; `places` says where each went, or GONE."""
    found = {word: [places[old] for old in held if places[old] != GONE] for word, held in words.items()}
    return {word: held for word, held in found.items() if held}


def words_in(localized: LocalizedPosting) -> list[str]:
    """Return the words of the text of a posting, each once, in order."""
    texts = [text for part in localized.sections for text in (part.heading, *[block.text for block in part.blocks])]
    return sorted(distinct_words([strip_markup(text) if "<" in text else text for text in texts]))


def add_words(shards: Sequence[dict[str, list[int]]], place: int, words: Iterable[str]) -> None:
    """Add the words of one posting to the shards of its segment."""
    for word in words:
        shards[shard_of(word, len(shards))].setdefault(word, []).append(place)


def serialize_shard(order: str, words: Mapping[str, list[int]]) -> bytes:
    """Write a file of the index: its words in order."""
    steps: dict[str, list[int]] = defaultdict(list)
    for word in sorted(words):
        held = sorted(words[word])
        steps[word] = [held[0], *map(sub, held[1:], held)]
    return msgspec.json.encode(Shard(order, dict(steps))) + b"\n"
