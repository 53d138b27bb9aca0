"""Reads the index that a script filters and searches a version by: its rows, and the files of the full text."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any

import msgspec

from pipeline.proof import json_outputs
from pipeline.proof.faults import Fault, UnreadableOutputError
from pipeline.proof.shown import MACHINE, PERSON, SOURCE, Shown, without_isolates
from pipeline.proof.site import Site

_LABELS = (SOURCE, PERSON, MACHINE)
_GROUPS = frozenset({"anywhere", "no-country"})
_ROW_LENGTH = 13


class _List(msgspec.Struct, frozen=True):
    employers: list[str]
    groups: list[tuple[str, str]]
    countries: list[list[int]]
    labels: list[tuple[str, int]]
    orders: list[str]
    shards: list[int]
    segments: str
    rows: list[list[Any]]


class _Names(msgspec.Struct, frozen=True):
    groups: dict[str, str]
    cities: dict[str, str]


class _Shard(msgspec.Struct, frozen=True):
    order: str
    words: dict[str, list[int]]


def read_index(site: Site, tag: str, pages: Iterable[str]) -> Iterator[Shown]:
    """Yield what each row of the index says of a posting; `pages` are the pages of the version's postings.

    Raises UnreadableOutputError if a file cannot be read.
    """
    path = f"{tag}/list.json"
    index = json_outputs.decode(site, path, _List)
    by_digest = {page.removesuffix(".html").rpartition("-")[2]: page for page in pages}
    for number, values in enumerate(index.rows):
        try:
            yield _shown(index, tag, path, number, values, by_digest)
        except (IndexError, TypeError, ValueError) as error:
            raise UnreadableOutputError(path, f"$.rows[{number}]", f"names what is not there: {error}") from error


def _shown(index: _List, tag: str, path: str, number: int, values: list[Any], by_digest: Mapping[str, str]) -> Shown:
    padded: list[Any] = values + [0] * (_ROW_LENGTH - len(values))
    slug, title, _, groups, employer, _, _, label, *_, remote, _, _ = padded
    codes = [index.groups[at][0] for at in index.countries[groups]]
    return Shown(
        file=path,
        place=f"$.rows[{number}]",
        page=f"{tag}/postings/{slug}.html" if "-" in slug else by_digest.get(slug, slug),
        title=without_isolates(title),
        label=_LABELS[index.labels[label][1]],
        countries=tuple(sorted(set(codes) - _GROUPS)),
        anywhere="anywhere" in codes,
        remote=bool(remote),
        organization=index.employers[employer],
    )


def check_words(site: Site, tag: str) -> Iterator[Fault]:
    """Yield what is wrong with the files of the full text, and with the other names of places.

    Raises UnreadableOutputError if a file cannot be read.
    """
    index = json_outputs.decode(site, f"{tag}/list.json", _List)
    json_outputs.decode(site, f"{tag}/names.json", _Names)
    sizes = [index.segments.count(_digit(number)) for number in range(len(index.orders))] if index.segments else []
    for segment, (order, shards) in enumerate(zip(index.orders, index.shards, strict=True)):
        size = sizes[segment] if sizes else len(index.rows)
        for number in range(shards):
            path = f"{tag}/search/{segment}-{number}.json"
            shard = json_outputs.decode(site, path, _Shard)
            if shard.order != order:
                yield Fault(path, "$.order", f"is {shard.order!r}, not {order!r}")
            for word, steps in shard.words.items():
                if not steps or steps[0] < 0 or min(steps[1:], default=1) < 1 or [*accumulate(steps)][-1] >= size:
                    yield Fault(path, f"$.words[{word!r}]", f"names postings that are none of the {size}")


def _digit(number: int) -> str:
    return "0123456789abcdefghijklmnopqrstuvwxyz"[number]
