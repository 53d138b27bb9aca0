"""The sections of a record: a description, sections that a source names, or both, as sections of a posting.

Lines that the configuration drops, and lines of the page around a posting, are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

from pipeline.intake.formats.text import dropped
from pipeline.intake.reading.furniture import is_furniture, may_hold_furniture
from pipeline.intake.reading.headings import HeadingLexicon, strip_heading
from pipeline.intake.reading.record import RecordError, SectionRecord
from pipeline.intake.reading.values import Doubts, are_lines, line_of, text_of
from pipeline.model.cleaning import clean_text
from pipeline.model.posting import Block, BlockKind, Section, SectionKind, blocks_of

_FURNITURE = "had lines of the page around it, which were left out"
_KINDS = {kind.value: kind for kind in SectionKind}
_PARAGRAPH, _ITEM, _HEADING = BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING
_DEEPEST = 100
_Count = Annotated[int, msgspec.Meta(ge=0, le=_DEEPEST)]


class _WrittenBlock(msgspec.Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """A block in our own form, which has one of three names for its text."""

    paragraph: str | None = None
    item: str | None = None
    heading: str | None = None
    depth: _Count = 0
    ordered: bool = False
    level: _Count = 0


class _WrittenSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section in our own form, as a program writes it: each member of its type, its kind one of ours."""

    kind: SectionKind
    heading: str = ""
    blocks: tuple[_WrittenBlock, ...] = ()
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    def all_blocks(self) -> tuple[Block, ...]:
        """Return what it holds as blocks; one that has no text stays empty."""
        blocks = []
        for written in self.blocks:
            kind, text = _ITEM, written.item
            if written.paragraph is not None:
                kind, text = _PARAGRAPH, written.paragraph
            elif text is None:
                kind, text = _HEADING, written.heading or ""
            blocks.append(
                Block(kind=kind, text=text, depth=written.depth, ordered=written.ordered, level=written.level)
            )
        return tuple(blocks) or blocks_of(self.paragraphs, self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionReader:
    """Reads the sections of one posting and notes what it does not understand or leaves out."""

    lexicon: HeadingLexicon
    doubts: Doubts
    drop_lines: Sequence[re.Pattern[str]] = ()
    drop_furniture: bool = True

    def read(self, description: object, sections: object) -> tuple[Section, ...]:
        """Read a description, then the sections.

        Raises RecordError if neither says anything.
        """
        if not description and type(sections) is list and (known := self._known(sections)):
            return known
        parts = self._described(self._text(description)) if description else []
        if sections is not None and not isinstance(sections, list | tuple):
            self.doubts.note("sections", sections, "is no list of sections")
        elif sections:
            for number, part in enumerate(sections):
                parts += self._records(part, f"sections[{number}]")
        read = tuple(self._build(parts))
        if not read:
            raise RecordError("there is no text: neither `description` nor `sections` says anything; add one")
        return read

    def _known(self, sections: list[object]) -> tuple[Section, ...]:
        """Read sections of our own form in which nothing has to be cleaned or left out; nothing if any is otherwise."""
        try:
            written = msgspec.convert(sections, list[_WrittenSection])
        except (msgspec.ValidationError, RecursionError):
            return ()
        found = [
            Section(
                kind=part.kind,
                heading=strip_heading(part.heading) if part.heading else "",
                blocks=part.all_blocks(),
                kind_given=True,
            )
            for part in written
        ]
        texts = [block.text for section in found for block in section.blocks]
        whole = all(section.blocks for section in found) and are_lines(texts) and not self._suspects(texts)
        return tuple(found) if whole else ()

    def _suspects(self, lines: list[str]) -> bool:
        """Tell whether any of clean lines may have to be left out: quick, and seldom so."""
        dropping = any(any(map(pattern.search, lines)) for pattern in self.drop_lines)
        return dropping or (self.drop_furniture and may_hold_furniture(lines))

    def _text(self, value: object) -> str:
        """Return the text of a description: as it is, the parts of a list, or what an object holds."""
        if isinstance(value, Mapping):
            value = next((value[name] for name in ("html", "text", "value", "content") if value.get(name)), "")
        if isinstance(value, list | tuple):
            return "\n\n".join(filter(None, map(text_of, value)))
        if isinstance(value, str):
            return value
        self.doubts.note("description", value, "is no text")
        return ""

    def _described(self, description: str, heading: str = "") -> list[SectionRecord]:
        from pipeline.intake.reading.bodies.reader import read_body  # noqa: PLC0415  its patterns take long to compile

        return list(read_body(description, self.lexicon, heading=heading))

    def _records(self, part: object, field: str) -> Iterator[SectionRecord]:
        """Read a section: our objects, a heading with a text under it, or a text."""
        if isinstance(part, SectionRecord):
            yield part
        elif isinstance(part, str):
            yield from self._described(part)
        elif isinstance(part, Mapping):
            blocks = [block for member in _list(part.get("blocks")) if (block := self._block(member, field))]
            texts = blocks or blocks_of(_texts(part.get("paragraphs")), _texts(part.get("items")))
            heading, kind = text_of(part.get("heading") or part.get("title")), text_of(part.get("kind"))
            body = next((part[name] for name in ("text", "content", "description", "body") if part.get(name)), None)
            described = self._described(body, "" if texts else heading) if isinstance(body, str) else []
            if described and (not texts or not described[0].heading):
                first = described.pop(0)
                texts, heading = (*texts, *first.blocks), heading if texts else first.heading
            yield SectionRecord(kind=kind, heading=heading, blocks=tuple(texts))
            yield from described
        elif part is not None:
            self.doubts.note(field, part, "is no section")

    def _block(self, value: object, field: str) -> Block | None:
        if isinstance(value, str):
            return Block(kind=BlockKind.PARAGRAPH, text=value)
        members = value if isinstance(value, Mapping) else {}
        kind = next((kind for kind in BlockKind if isinstance(members.get(kind.value), str)), None)
        if kind is None:
            self.doubts.note(field, value, "is no block", 'write {"paragraph": "…"} or {"item": "…"}')
            return None
        return Block(
            kind=kind,
            text=members[kind.value],
            depth=_count(members.get("depth")),
            ordered=members.get("ordered") is True,
            level=_count(members.get("level")),
        )

    def _build(self, records: Iterable[SectionRecord]) -> Iterator[Section]:
        kind = SectionKind.DESCRIPTION
        has_kind = False
        for number, record in enumerate(records):
            heading = strip_heading(record.heading or "")
            named = _KINDS.get(record.kind.strip().lower()) if record.kind else None
            if record.kind and named is None:
                hint = f"write one of {', '.join(SectionKind)}"
                self.doubts.note(f"sections[{number}].kind", record.kind, "is no kind of section", hint)
            has_kind = named is not None or (has_kind and not heading)
            if named is not None:
                kind = named
            elif heading:
                kind = SectionKind.OTHER
            blocks = self._kept(record.blocks)
            # "Apply now" with nothing under it, or above all else, is a button, although it heads a section elsewhere.
            if heading and named is None and (not blocks or number == 0) and self._belongs_to_page(heading):
                heading, kind = "", SectionKind.DESCRIPTION
            if heading or blocks:
                yield Section(kind=kind, heading=heading, blocks=blocks, kind_given=has_kind)

    def _kept(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the blocks as clean lines, without those that are left out; most sections stay as they are."""
        texts = [block.text for block in blocks]
        if are_lines(texts) and not self._suspects(texts):
            return blocks
        return tuple(self._kept_lines(blocks))

    def _kept_lines(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            text = block.text
            for line in (text,) if are_lines((text,)) else map(line_of, clean_text(text).split("\n")):
                if not line or (self.drop_lines and dropped(line, self.drop_lines)) or self._belongs_to_page(line):
                    continue
                yield block if line == text else msgspec.structs.replace(block, text=line)

    def _belongs_to_page(self, line: str) -> bool:
        if not self.drop_furniture or not is_furniture(line):
            return False
        self.doubts.note("description", line, _FURNITURE)
        return True


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [] if value is None else [value]


def _texts(value: object) -> list[str]:
    return [member if isinstance(member, str) else text_of(member) for member in _list(value)]


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value <= _DEEPEST else 0
