"""The files that a version is searched by: its index in parts, other names of places, and the words of the full text.

The words of a posting are read from its text once. When a segment changes, those of its other postings are taken from
the files that stand in the current release, which say it all; what is kept in `build/` tells which posting each number
there was. A file that is not what was written then counts for nothing, and the texts are read.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

import msgspec

from pipeline.publishing.pages.list_index import (
    FILE_NAME,
    NAMES_FILE_NAME,
    OtherNames,
    places_of,
    serialize_list,
    serialize_names,
)
from pipeline.publishing.pages.list_parts import Part, PartName, cut_parts, name_part, serialize_part
from pipeline.publishing.pages.search_index import (
    GONE,
    Segment,
    add_words,
    moved,
    read_shard,
    segments_of,
    serialize_shard,
)
from pipeline.publishing.release.switch import FileContent
from pipeline.publishing.release.unchanged import Unchanged
from pipeline.publishing.versions.version import Entry, Postings, Version

Words = Callable[[Entry], Sequence[str]]
Files = Iterator[tuple[str, FileContent]]


class KeptSegment(msgspec.Struct, frozen=True, array_like=True):
    """What a segment was: the digests of its postings in their order, and of its files."""

    postings: list[bytes]
    files: list[str]


def search_files(
    version: Version,
    digests: Mapping[int, bytes],
    *,
    card: str,
    words: Words,
    unchanged: Unchanged,
    other_names: OtherNames,
) -> Files:
    """Yield path, below the folder of the language, and content of all files that a script searches.

    `digests` are those of the postings by their positions; `words` reads the words of one. A script fills the `card`.
    """
    segments = list(segments_of(version.postings.entries))
    whole = hashlib.sha256(b"".join([digests[entry.position] for entry in version.postings.entries]))
    made_of = f"{version.tag}\0{version.words_digest}\0{whole.hexdigest()}\0{card}".encode()
    parts: list[Part] = []
    for postings in cut_parts(version.postings):
        part, path, content = _part_file(version, postings, digests, unchanged)
        parts.append(part)
        yield path, content
    index = partial(serialize_list, version, segments, parts, card)
    yield FILE_NAME, unchanged.file(f"{version.tag}/{FILE_NAME}", made_of, index)
    places = repr(places_of(version)).encode()
    names = partial(serialize_names, version, other_names)
    yield NAMES_FILE_NAME, unchanged.file(f"{version.tag}/{NAMES_FILE_NAME}", places, names)
    for segment in segments:
        yield from _segment_files(
            version.tag, segment, [digests[each.position] for each in segment.entries], words, unchanged
        )


class _PartFile(NamedTuple):
    part: Part
    path: str
    content: FileContent


def _part_file(version: Version, postings: Postings, digests: Mapping[int, bytes], unchanged: Unchanged) -> _PartFile:
    """Name a part by its content, which is made once for both; of one that is known neither is made."""
    held = b"".join([digests[entry.position] for entry in postings.entries])
    made_of = b"".join([version.tag.encode(), b"\0", version.words_digest.encode(), b"\0", held])
    content = cache(partial(serialize_part, version, postings))
    found = unchanged.made(PartName, made_of, lambda: name_part(content()))
    file = unchanged.file(f"{version.tag}/{found.path}", made_of, content)
    return _PartFile(Part(found.name, len(postings)), found.path, file)


def _segment_files(tag: str, segment: Segment, digests: list[bytes], words: Words, unchanged: Unchanged) -> Files:
    """Yield the files of a segment, all made at once if one has to be made."""
    paths = [f"{tag}/{segment.path(number)}" for number in range(segment.shards)]
    contents = cache(partial(_contents, segment, paths, digests, words, unchanged))
    made_of = hashlib.sha256(b"".join([segment.order.encode(), *digests])).digest()
    unchanged.need(KeptSegment, paths[0])
    for number, path in enumerate(paths):
        yield segment.path(number), unchanged.file(path, made_of, partial(_one_of, contents, number))


def _contents(
    segment: Segment, paths: Sequence[str], digests: list[bytes], words: Words, unchanged: Unchanged
) -> list[bytes]:
    """Make the files of a segment of those that stand there and of the texts that are new in it."""
    shards: list[dict[str, list[int]]] = [{} for _ in paths]
    known: set[int] = set()
    kept = unchanged.find(KeptSegment, paths[0])
    standing = unchanged.contents(dict(zip(paths, kept.files, strict=False))) if kept else None
    if kept and standing and len(kept.files) == len(paths):
        places = {digest: place for place, digest in enumerate(digests)}
        now = [places.get(digest, GONE) for digest in kept.postings]
        shards = [moved(read_shard(content), now) for content in standing]
        known = set(now)
    for place, entry in enumerate(segment.entries):
        if place not in known:
            add_words(shards, place, words(entry))
    files = [serialize_shard(segment.order, shard) for shard in shards]
    written = [hashlib.sha256(content).hexdigest() for content in files]
    unchanged.keep(KeptSegment, paths[0], KeptSegment(digests, written))
    return files


def _one_of(contents: Callable[[], list[bytes]], number: int) -> bytes:
    return contents()[number]
