"""JSON in every arrangement: a posting a line, lists, answers of interfaces that wrap a list, pretty-printed objects.

Which system wrote a posting is told by its own members, so that a list, a page of it and a single posting are read by
the same mapping: `{"jobs": [{"absolute_url": …}]}` and `{"absolute_url": …}` are both Greenhouse.
"""

import io
import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from msgspec import structs

from pipeline.intake.formats.ashby import parse_ashby, recognizes_ashby
from pipeline.intake.formats.encodings import as_utf8, joined, read_up_to
from pipeline.intake.formats.generic import (
    field_of,
    names_title,
    parse_posting,
    recognizes_entry,
    recognizes_posting,
    usual_text,
)
from pipeline.intake.formats.greenhouse import parse_greenhouse, recognizes_greenhouse
from pipeline.intake.formats.item import Item, Line, Tree
from pipeline.intake.formats.json_feed import is_json_feed, parse_feed_item, recognizes_feed_item
from pipeline.intake.formats.json_ld import parse_json_ld, recognizes_json_ld, with_references
from pipeline.intake.formats.json_lines import READ_BACK, native_record
from pipeline.intake.formats.json_text import NOT_AN_OBJECT, NotUtf8Error, Piece, cut_values, decode_json
from pipeline.intake.formats.lever import parse_lever, recognizes_lever
from pipeline.intake.formats.localized import by_language, parse_localized, without_suffixes
from pipeline.intake.formats.recruitee import parse_recruitee, recognizes_recruitee
from pipeline.intake.formats.smartrecruiters import parse_smartrecruiters, recognizes_smartrecruiters
from pipeline.intake.formats.teamtailor import parse_teamtailor, recognizes_teamtailor
from pipeline.intake.formats.workable import parse_workable, recognizes_workable
from pipeline.intake.reading.aliases import RECORD_FIELDS
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.language.limits import MAX_RECORD_BYTES

# What is decoded at once; of a longer answer only the members of its lists are, one at a time.
MAX_DOCUMENT_BYTES = 32_000_000
# What is kept of a record that is too large to be read: enough to find it again.
KEPT_BYTES = 2_000
# How far lists of postings are looked for in an answer, and among how many objects.
_MAX_LEVELS = 6
_MAX_NODES = 100_000
_EMPTY_LIST = re.compile(rb"\s*\[\s*\]\s*\Z")
_OWN = ("", "json", "jsonl")
# A line of `build/rejected.jsonl`.
_REJECTED = frozenset({"file", "position", "reason", "record"})
_TOO_LARGE = f"larger than {MAX_RECORD_BYTES:,} bytes, so it was not read; part it into postings"
# How well a list fits whose members a system is known by.
_KNOWN = 4
_OTHERS = "an object without a title or a text, so it is no posting; add them, or leave it out"


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """A system whose postings are told by their members; `parse` gets the answer that wrapped them too."""

    name: str
    recognizes: Callable[[Tree], bool]
    parse: Callable[[Tree, Tree], PostingRecord]


JSON_FORMATS = (
    JsonFormat("greenhouse", recognizes_greenhouse, parse_greenhouse),
    JsonFormat("lever", recognizes_lever, parse_lever),
    JsonFormat("ashby", recognizes_ashby, parse_ashby),
    JsonFormat("recruitee", recognizes_recruitee, parse_recruitee),
    JsonFormat("teamtailor", recognizes_teamtailor, parse_teamtailor),
    JsonFormat("workable", recognizes_workable, parse_workable),
    JsonFormat("smartrecruiters", recognizes_smartrecruiters, parse_smartrecruiters),
    JsonFormat("json-ld", recognizes_json_ld, parse_json_ld),
    JsonFormat("json-feed", recognizes_feed_item, parse_feed_item),
)
_BY_NAME = {row.name: row for row in JSON_FORMATS}
JSON_NAMES = ("json", "jsonl", *_BY_NAME)


# Reads a rejected record again: its text, the name of its format, and the file that it stood in.
Again = Callable[[str, str, str], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class JsonReader:
    """Reads JSON documents; `forced` is the name of a format that every object is to be read by.

    `again` reads what stands in a line of `build/rejected.jsonl`, once a person has corrected it.
    """

    lexicon: HeadingLexicon
    forced: str = ""
    again: Again | None = None

    def read_lines(self, file: BinaryIO) -> Iterator[Item | Line]:
        """Read JSON Lines: an object a line, of any system."""
        for position, line in enumerate(_lines(file), start=1):
            raw = line.removesuffix(b"\n")
            if len(raw) > MAX_RECORD_BYTES:
                yield _faulty(Piece(line[:KEPT_BYTES], position, _TOO_LARGE))
            elif raw and not raw.isspace():
                yield Line(position, raw, partial(self.read_line, position, raw))

    def read_line(self, position: int, raw: bytes) -> Iterator[Item]:
        """Read one of the lines."""
        if self.forced not in _OWN:
            yield from self._read_piece(Piece(raw, position))
            return
        try:  # the short way of our own form: a quarter of the time
            tree = decode_json(raw)
        except RecordError:
            yield from self._read_piece(Piece(raw, position))
            return
        if isinstance(tree, dict) and tree.keys() <= RECORD_FIELDS and isinstance(tree.get("title"), str):
            record = native_record(tree) if b"null" in raw else PostingRecord(**tree)
            yield Item(position, record, partial(_written, None, raw), "jsonl")
        else:
            yield from self.read_tree(tree, position, raw)

    def read_document(self, file: BinaryIO) -> Iterator[Item]:
        """Read a list, an answer that wraps one, or objects one after the other."""
        start = read_up_to(file, MAX_DOCUMENT_BYTES)
        whole = joined(start, file)
        if start.lstrip().startswith(b"["):
            yield from self._read_list_of(whole, start)
            return
        if len(start) < MAX_DOCUMENT_BYTES and (tree := _whole_value(start)) is not None:
            yield from self.read_tree(tree, 1, start)
            return
        first = next(cut_values(io.BytesIO(start), depth=0, most=MAX_DOCUMENT_BYTES), None)
        too_large = len(start) == MAX_DOCUMENT_BYTES and first is not None and first.fault
        if too_large and next(cut_values(io.BytesIO(start), depth=2), None) is not None:
            yield from self._read_parts(whole, 1)
            return
        for piece in cut_values(whole, depth=0, most=MAX_DOCUMENT_BYTES):
            yield from self._read_value(piece)

    def _read_list_of(self, whole: BinaryIO, start: bytes) -> Iterator[Item]:
        count = 0
        for piece in cut_values(whole, depth=1):
            count += 1
            yield from self._read_piece(piece)
        if not count and not _EMPTY_LIST.match(start):
            yield _faulty(Piece(start[:KEPT_BYTES], 1, "a list without an object in it"))

    def _read_value(self, piece: Piece) -> Iterator[Item]:
        """Read an object; what cannot be decoded as a whole may hold a list whose members can."""
        found = list(self._read_piece(piece))
        if len(found) == 1 and isinstance(found[0].found, RecordError) and not _is_whole(piece):
            parts = list(self._read_parts(io.BytesIO(piece.raw), piece.line))
            found = parts if any(isinstance(item.found, PostingRecord) for item in parts) else found
        yield from found

    def _read_parts(self, file: BinaryIO, line: int) -> Iterator[Item]:
        for piece in cut_values(file, depth=2):
            yield from self._read_piece(Piece(piece.raw, line + piece.line - 1, piece.fault))

    def _read_piece(self, piece: Piece) -> Iterator[Item]:
        try:
            tree, doubt = _decoded(piece)
        except RecordError as error:
            yield _faulty(Piece(piece.raw, piece.line, str(error)))
            return
        for item in self.read_tree(tree, piece.line, piece.raw):
            yield structs.replace(item, doubt=doubt) if doubt else item

    def read_tree(self, tree: object, line: int = 1, raw: bytes = b"") -> Iterator[Item]:
        """Read what was decoded: one posting, or those that an answer wraps."""
        written = partial(_written, tree, raw)
        if isinstance(tree, dict) and tree.keys() <= READ_BACK and self.forced in _OWN and not by_language(tree):
            yield Item(line, native_record(tree), written, "jsonl")
        elif isinstance(tree, dict) and tree.keys() >= _REJECTED and self.again is not None:
            again = self.again(str(tree["record"]), str(tree.get("format") or ""), str(tree["file"]))
            yield from (structs.replace(item, position=line) for item in again)
        elif isinstance(tree, dict | list):
            yield from self._search(tree, line, written)
        else:
            yield Item(line, RecordError(NOT_AN_OBJECT), written, "jsonl")

    def _search(self, tree: object, line: int, written: Callable[[], str]) -> Iterator[Item]:
        row = self._row_of(tree) if isinstance(tree, dict) else None
        if row is not None and isinstance(tree, dict):
            yield self._item(row, tree, {}, line, written, "")
            return
        if self.forced in _OWN and isinstance(tree, dict) and by_language(tree):
            yield Item(line, self._parsed(tree), written, "json")
            return
        groups = map(self._unwrapped, _lists_in(tree, self._is_posting))
        best = max(groups, key=self._weight, default=None)
        weight = self._weight(best)[0] if best is not None else 0
        inner = [node for node in _objects_in(tree) if weight < _KNOWN]
        known = next((node for node in inner if self._row_of(node) is not None), None)
        single = known or next((node for node in inner if recognizes_posting(node) and not self.forced), None)
        if known is None and best is not None and weight:
            yield from self._read_list(best, line)
        elif known is None and isinstance(tree, dict) and recognizes_posting(tree) and not self.forced:
            yield Item(line, self._parsed(tree), written, "json")
        elif single is not None:
            envelope = tree if isinstance(tree, dict) else {}
            yield self._read_one(single, envelope, line, partial(_written, single, b""), "")
        elif not _is_empty_list(tree):
            yield Item(line, _refusal(tree), written, "json")

    def _row_of(self, tree: Tree) -> JsonFormat | None:
        if self.forced in _BY_NAME:
            row = _BY_NAME[self.forced]
            return row if row.recognizes(tree) else None
        return next((row for row in JSON_FORMATS if row.recognizes(tree)), None)

    def _is_posting(self, node: Tree) -> bool:
        return self._row_of(node) is not None or (names_title(node) and recognizes_posting(node))

    def _unwrapped(self, group: "_Group") -> "_Group":
        """Return a list whose postings are wrapped one by one (`{"_id": …, "_source": {…}}`) as a list of them.

        Members that stand once a language (`title_en`, `title_de`) become one.
        """
        if without_suffixes(group.nodes[0]) is not group.nodes[0]:
            return replace(group, nodes=list(map(without_suffixes, group.nodes)))
        if not group.paths[0].endswith("]") or any(map(self._is_posting, group.nodes[:3])):
            return group
        return replace(group, nodes=list(map(self._unwrap, group.nodes)))

    def _unwrap(self, node: Tree) -> Tree:
        inner = [part for part in node.values() if isinstance(part, dict) and self._is_posting(part)]
        if len(inner) != 1 or self._row_of(node) is not None:
            return node
        return {**{name: part for name, part in node.items() if not isinstance(part, dict | list)}, **inner[0]}

    def _weight(self, group: "_Group") -> tuple[int, int]:
        """Say how well a list fits: those with postings of a known system first, then with texts, then with titles."""
        sample = group.nodes[:20]
        known = sum(self._row_of(node) is not None for node in sample)
        if known or self.forced:
            return _KNOWN if known or group.feed else 0, len(group.nodes)
        texts = sum(recognizes_posting(node) for node in sample)
        entries = sum(recognizes_entry(node) for node in sample)
        least = max(1, len(sample) // 2)
        if group.feed and texts + entries:
            return _KNOWN, len(group.nodes)
        if texts >= least:
            return 2 + (sum(map(names_title, sample)) >= least), len(group.nodes)
        return (1, len(group.nodes)) if entries >= least else (0, 0)

    def _read_list(self, group: "_Group", line: int) -> Iterator[Item]:
        known = any(self._row_of(node) is not None for node in group.nodes[:20])
        around = _around(group)
        text = "" if known else usual_text(group.nodes[:20])
        nodes = with_references(group.nodes) if group.paths[0].startswith("@graph") else group.nodes
        for path, node in zip(group.paths, nodes, strict=True):
            if path in around:
                continue
            if around and not known:
                named = {name.rpartition(".")[2]: _without_key(part, name) for name, part in around.items()}
                node = {**named, **_without_key(node, path)}  # noqa: PLW2901  what is around belongs to it
            graph = path.startswith("@graph") or "@type" in node
            if known and graph and self._row_of(node) is None:
                continue  # pages, organizations and breadcrumbs beside the postings
            yield self._read_one(node, group.envelope, line, partial(_written, node, b""), path, text)

    def _read_one(
        self, node: Tree, envelope: Tree, line: int, written: Callable[[], str], path: str, text: str = ""
    ) -> Item:
        if self.forced in _OWN and node.keys() <= RECORD_FIELDS and not by_language(node):
            return Item(line, native_record(node), written, "jsonl", path)
        row = self._row_of(node)
        if row is None and is_json_feed(envelope):
            row = _BY_NAME["json-feed"]
        if row is not None:
            return self._item(row, node, envelope, line, written, path)
        if recognizes_posting(node):
            return Item(line, self._parsed(node), written, "json", path)
        if recognizes_entry(node):
            record = self._parsed(node, text)
            if record.sections is None and record.description is None:
                return Item(
                    line,
                    RecordError(
                        "a posting without a text; only its title and further fields are here; export texts too"
                    ),
                    written,
                    "json",
                    path,
                )
            return Item(line, record, written, "json", path)
        return Item(line, RecordError(_OTHERS), written, "json", path)

    def _parsed(self, tree: Tree, text: str = "") -> PostingRecord:
        return parse_localized(tree, lambda part: parse_posting(part, self.lexicon, text=text))

    def _item(
        self, row: JsonFormat, tree: Tree, envelope: Tree, line: int, written: Callable[[], str], path: str
    ) -> Item:
        try:
            record = parse_localized(tree, lambda part: row.parse(part, envelope))
            return Item(line, record, written, row.name, path)
        except RecordError as error:
            return Item(line, error, written, row.name, path)


@dataclass(frozen=True, slots=True)
class _Group:
    """The objects of the lists that stand at one place of an answer, and the object around them."""

    nodes: list[Tree]
    paths: list[str]
    envelope: Tree
    feed: bool = False


def _lists_in(tree: object, is_posting: Callable[[Tree], bool]) -> list[_Group]:
    """Return the lists of objects in an answer, those of one place in it as one: each department's jobs."""
    groups: dict[tuple[str, ...], _Group] = {}
    waiting: deque[tuple[object, tuple[str, ...], str, Tree]] = deque([(tree, (), "", {})])
    seen = 0
    inner: Tree
    while waiting and seen < _MAX_NODES:
        node, place, path, envelope = waiting.popleft()
        seen += 1
        if isinstance(node, dict):
            children = [(name, member, f"{path}.{name}" if path else name) for name, member in node.items()]
            values = list(node.values())
            if len(values) > 1 and all(isinstance(value, dict) for value in values):  # postings by their ids
                _add(groups, (*place, "{}"), [(child, part) for part, _, child in children], values, envelope)
            inner = node
        elif isinstance(node, list):
            objects = [(number, part) for number, part in enumerate(node) if isinstance(part, dict)]
            if objects:
                paths = [(f"{path}[{number}]", "") for number, _ in objects]
                _add(groups, (*place, "[]"), paths, [part for _, part in objects], envelope)
            if objects and is_posting(objects[0][1]):
                continue  # what is in a posting is no list of them
            children = [("[]", member, f"{path}[{number}]") for number, member in enumerate(node)]
            inner = envelope
        else:
            continue
        if len(place) < _MAX_LEVELS:
            waiting += (
                (member, (*place, name), child, inner if isinstance(node, dict) else envelope)
                for name, member, child in children
                if isinstance(member, dict | list)
            )
    return list(groups.values())


def _add(
    groups: dict[tuple[str, ...], _Group],
    place: tuple[str, ...],
    paths: list[tuple[str, str]],
    nodes: list[Tree],
    envelope: Tree,
) -> None:
    """Put objects to those of the same place; one that stands under its id takes that as its id."""
    group = groups.setdefault(place, _Group([], [], envelope, is_json_feed(envelope)))
    group.paths.extend(path for path, _ in paths)
    group.nodes.extend({"id": key, **node} if key else node for (_, key), node in zip(paths, nodes, strict=True))


def _objects_in(tree: object) -> Iterator[Tree]:
    """Yield the objects inside of an object, the outer ones first, down to the depth of an answer's wrapping."""
    level: list[object] = [tree]
    for _ in range(_MAX_LEVELS):
        level = [member for node in level if isinstance(node, dict) for member in node.values()]
        yield from (node for node in level if isinstance(node, dict))


def _around(group: "_Group") -> Mapping[str, Tree]:
    """Return what stands beside one posting, by a name of a field: `hiringOrganization` beside `jobPostingInfo`."""
    if group.paths[0].endswith("]"):
        return {}
    named = {path: node for path, node in zip(group.paths, group.nodes, strict=True) if _names_field(path)}
    return named if len(group.nodes) - len(named) == 1 else {}


def _without_key(node: Tree, path: str) -> Tree:
    """Return an object without the name that it had in the one around it, which was its id in a list of many."""
    return {name: value for name, value in node.items() if name != "id" or value != path.rpartition(".")[2]}


def _names_field(path: str) -> bool:
    return field_of(path.rpartition(".")[2]) not in ("", "title", "weak_title", "description", "sections")


def _is_empty_list(tree: object) -> bool:
    """Tell an answer that wraps a list in which there is nothing: no posting is open."""
    return isinstance(tree, dict) and any(member == [] for member in tree.values())


def _refusal(tree: object) -> RecordError:
    if tree == []:
        return RecordError(NOT_AN_OBJECT)
    fields = {field_of(str(name)) for name in tree} if isinstance(tree, dict) else set()
    if fields & {"description", "sections"}:
        return RecordError("title: is missing; every posting needs one")
    names = ", ".join(sorted(map(str, tree))[:8]) if isinstance(tree, dict) else "a list of simple values"
    return RecordError(
        f"no posting found in it: nothing there has both a title and a text ({names}); write both in one object"
    )


def _whole_value(raw: bytes) -> object:
    """Return the one value that a document is; None if it is none, or several."""
    try:
        return decode_json(raw)
    except RecordError:
        return None


def _decoded(piece: Piece) -> tuple[object, str]:
    """Return what a piece holds, and the doubt if it is not in the encoding that JSON has."""
    if piece.fault:
        raise RecordError(piece.fault)
    try:
        return decode_json(piece.raw), ""
    except NotUtf8Error:
        raw, doubt = as_utf8(piece.raw)
        return decode_json(raw), doubt


def _is_whole(piece: Piece) -> bool:
    """Tell whether a value could be decoded, so that it is its content that is wrong."""
    try:
        _decoded(piece)
    except RecordError:
        return False
    return True


def _faulty(piece: Piece) -> Item:
    return Item(piece.line, RecordError(piece.fault), partial(_written, None, piece.raw), "json")


def _written(tree: object, raw: bytes) -> str:
    """Return a record as it was written, or as JSON where it stood inside of an answer."""
    return raw.decode("utf-8", "backslashreplace") if raw else json.dumps(tree, ensure_ascii=False)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long only enough to tell that it is."""
    most = MAX_RECORD_BYTES + 2
    while line := file.readline(most):
        rest = line
        while len(rest) == most and not rest.endswith(b"\n"):
            rest = file.readline(most)
        yield line
