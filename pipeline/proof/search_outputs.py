"""Reads the index that a script filters and searches a version by: the list, its parts, the files of the full text."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec

from pipeline.proof import json_outputs
from pipeline.proof.faults import Fault, UnreadableOutputError
from pipeline.proof.shown import MACHINE, PERSON, SOURCE, Shown, without_isolates
from pipeline.proof.site import Site

_LABELS = (SOURCE, PERSON, MACHINE)
_GROUPS = frozenset({"anywhere", "no-country"})
_ROW_LENGTH = 12


class _Columns(msgspec.Struct, frozen=True):
    countries: list[int]
    remotes: list[int]
    translated: list[int]


class _List(msgspec.Struct, frozen=True):
    groups: list[tuple[str, str]]
    countries: list[list[int]]
    columns: _Columns
    parts: list[tuple[str, int]]
    orders: list[str]
    shards: list[int]
    segments: str

    @property
    def size(self) -> int:
        return sum(count for _, count in self.parts)


class _Part(msgspec.Struct, frozen=True):
    employers: list[str]
    labels: list[tuple[str, int]]
    rows: list[list[Any]]


class _Chosen(NamedTuple):
    """What the list says of a posting."""

    codes: list[str]
    remote: bool
    translated: bool


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
    at = 0
    for name, count in index.parts:
        part_path = f"{tag}/list/{name}.json"
        part = json_outputs.decode(site, part_path, _Part)
        if len(part.rows) != count:
            raise UnreadableOutputError(part_path, "$.rows", f"are {len(part.rows)}, not {count}")
        for number, values in enumerate(part.rows):
            try:
                yield _shown(part, tag, _Place(part_path, number), values, _chosen(index, at), by_digest)
            except (IndexError, TypeError, ValueError) as error:
                reason = f"names what is not there: {error}"
                raise UnreadableOutputError(part_path, f"$.rows[{number}]", reason) from error
            at += 1


def _chosen(index: _List, at: int) -> _Chosen:
    def number(column: list[int]) -> int:
        return column[at] if at < len(column) else 0

    columns = index.columns
    codes = [index.groups[group][0] for group in index.countries[number(columns.countries)]]
    return _Chosen(codes, bool(number(columns.remotes)), bool(number(columns.translated)))


class _Place(NamedTuple):
    """Where a row stands."""

    path: str
    number: int


def _shown(
    part: _Part, tag: str, place: _Place, values: list[Any], chosen: _Chosen, by_digest: Mapping[str, str]
) -> Shown:
    padded: list[Any] = values + [0] * (_ROW_LENGTH - len(values))
    slug, title, _, employer, _, _, label, _, _, remote, _, _ = padded
    made_by = part.labels[label][1]
    if (bool(remote), made_by > 0) != (chosen.remote, chosen.translated):
        raise ValueError("what the list says of it is not what its card says")
    return Shown(
        file=place.path,
        place=f"$.rows[{place.number}]",
        page=f"{tag}/postings/{slug}.html" if "-" in slug else by_digest.get(slug, slug),
        title=without_isolates(title),
        label=_LABELS[made_by],
        countries=tuple(sorted(set(chosen.codes) - _GROUPS)),
        anywhere="anywhere" in chosen.codes,
        remote=chosen.remote,
        organization=part.employers[employer],
    )


def check_words(site: Site, tag: str) -> Iterator[Fault]:
    """Yield what is wrong with the files of the full text, and with the other names of places.

    Raises UnreadableOutputError if a file cannot be read.
    """
    index = json_outputs.decode(site, f"{tag}/list.json", _List)
    json_outputs.decode(site, f"{tag}/names.json", _Names)
    sizes = [index.segments.count(_digit(number)) for number in range(len(index.orders))] if index.segments else []
    for segment, (order, shards) in enumerate(zip(index.orders, index.shards, strict=True)):
        size = sizes[segment] if sizes else index.size
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
