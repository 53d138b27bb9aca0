"""A posting in one language version: every text in place, ready to be printed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from gettext import NullTranslations
from typing import NamedTuple

from babel import Locale
from msgspec import structs

from pipeline.model.cleaning import clean_text
from pipeline.model.facts_digest import digest_for, digests_of_facts
from pipeline.model.locale import sentence_gap, to_tag
from pipeline.model.markup import strip_markup
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Block, BlockKind, Posting, SectionKind, WrittenVersion
from pipeline.model.segment import HEADING, TITLE, SegmentedSection, UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit
from pipeline.publishing.versions.wording import section_heading

_DIGEST_CHARS = 16


class Sentence(NamedTuple):
    """A sentence of a translation: from where to where in a block it stands, and the key of its unit.

    The key holds what the posting says there. `block` is the number of the block; a sentence that is deliberately empty
    ends where it begins.
    """

    block: int
    start: int
    stop: int
    key: UnitKey
    as_written: bool


class Passage(NamedTuple):
    """Where in a section the language of the posting goes on in that of the version: from, and up to, a character.

    `block` is the number of the block that it stands in.
    """

    block: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalizedSection:
    """A section as it is printed; texts may hold inline markup, the heading may be empty.

    `as_written` are the passages in the language of the posting, in their order, where that is not the version's. Of a
    translation, `sentences` are all of them in their order, and `heading_key` is the key of the unit of an own heading.
    """

    kind: SectionKind
    heading: str
    blocks: tuple[Block, ...] = ()
    heading_as_written: bool = False
    as_written: tuple[Passage, ...] = ()
    heading_key: UnitKey | None = field(default=None, compare=False)
    sentences: tuple[Sentence, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalizedPosting:
    """A posting in the version of `locale`; `language` is that of the text itself.

    `translation` is `source`, `human`, `reviewed` or `machine`; `url` is the employer's page in that language. In a
    translation, `original` segments are shown as written, perhaps the title too; `title_key` is that of its unit. The
    slug, the dates (`updated` is that of the last change of facts or source, `text_modified` of the words) and `line`,
    the number of the line that last told of it, come from the ledger.
    """

    posting: Posting
    locale: Locale
    language: Locale
    translation: str
    title: str
    sections: tuple[LocalizedSection, ...]
    url: str = ""
    title_as_written: bool = False
    title_key: UnitKey | None = field(default=None, compare=False)
    original: int = 0
    slug: str = field(default="", compare=False)
    published: date | None = None
    updated: date | None = None
    text_modified: date | None = None
    line: int = field(default=0, compare=False)

    @property
    def posting_id(self) -> str:
        """The id of the posting."""
        return self.posting.id

    @property
    def date_posted(self) -> date | None:
        """The day that the posting itself names."""
        return self.posting.date_posted

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the posting counts for."""
        return self.posting.countries

    @property
    def facts(self) -> str:
        """A digest of the facts of the posting and of the text that this one is, or was translated from."""
        languages = (written.language for written in self.posting.written)
        return digest_for(digests_of_facts(self.posting), languages, self.locale)

    @property
    def source_language(self) -> Locale | None:
        """The language of the text that this one is, or was translated from."""
        return self.language if self.translation == Reason.SOURCE else self.posting.language

    @property
    def title_language(self) -> Locale:
        """The language of the title."""
        return self.posting.language or self.language if self.title_as_written else self.language

    @property
    def feed_id(self) -> str:
        """The id of this version's item in every feed, independent of where the site stands."""
        return f"{self.posting.id}/{to_tag(self.locale)}"

    @property
    def path(self) -> str:
        """Where its page lies below the folder of its language."""
        return posting_path(self.slug)

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change when a word of it does, or the order of its blocks."""
        return self._digest_of(run for part in self.sections for run in _runs(part))

    def has_text_of(self, digest: str) -> bool:
        """Tell whether a digest is of this text, also one that version 0.1.0 recorded.

        There every line below a heading of a text file was an item, whatever it held.
        """
        return digest == self.digest or digest == self._digest_of(map(_run_of_items, self.sections))

    def _digest_of(self, runs: Iterable[list[object]]) -> str:
        return hashlib.sha256(json.dumps([self.title, list(runs)]).encode()).hexdigest()[:_DIGEST_CHARS]


def _runs(section: LocalizedSection) -> list[list[object]]:
    """Return a section as the digest has it since version 0.1.0: each list with the paragraphs before it.

    How deep an item stands and whether it is numbered is no part of it: the words are the same.
    """
    runs: list[list[object]] = []
    kind, heading = section.kind, section.heading
    paragraphs: list[str] = []
    items: list[str] = []
    for block in section.blocks:
        if block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and items):
            runs.append([kind, heading, paragraphs, items])
            heading, paragraphs, items = "", [], []
        if block.kind is BlockKind.HEADING:
            kind, heading = SectionKind.OTHER, block.text
        else:
            (items if block.kind is BlockKind.ITEM else paragraphs).append(block.text)
    return [*runs, [kind, heading, paragraphs, items]]


def _run_of_items(section: LocalizedSection) -> list[object]:
    """Return a section with all its lines as items, if it has a heading; above it as paragraphs and then items."""
    texts: dict[BlockKind, list[str]] = {BlockKind.PARAGRAPH: [], BlockKind.ITEM: []}
    for block in section.blocks:
        above = block.kind is BlockKind.PARAGRAPH and not section.heading
        texts[BlockKind.PARAGRAPH if above else BlockKind.ITEM].append(block.text)
    return [section.kind, section.heading, *texts.values()]


def posting_path(slug: str) -> str:
    """Return where the page of a posting lies below the folder of its language."""
    return f"postings/{slug}.html"


def localize(decision: Decision, translations: NullTranslations) -> LocalizedPosting:
    """Put the texts of a published posting together in the language of its version."""
    posting = replace(decision.segmented.posting, file="", position=0)  # moved within its file, it is published alike
    if not decision.units:  # no translation, but as somebody wrote it
        written = posting.written_for(decision.locale) or posting.written[0]
        return LocalizedPosting(
            posting=posting,
            locale=decision.locale,
            language=written.language,
            translation=decision.reason.value,
            title=written.title,
            url=written.url or posting.url,
            sections=_source_sections(written),
        )
    printed = _printed(decision)
    title = printed[UnitKey(TITLE, posting.title)]
    sections = [_fill(part, printed, decision.locale, translations) for part in decision.segmented.sections]
    return LocalizedPosting(
        posting=posting,
        locale=decision.locale,
        language=decision.locale,
        translation=decision.reason.value,
        title=strip_markup(title.text),
        url=posting.url,
        sections=tuple(part for part in sections if part.blocks or part.heading),
        title_as_written=title.as_written,
        title_key=title.key,
        original=title.as_written + sum(part.heading_as_written + len(part.as_written) for part in sections),
    )


class _Printed(NamedTuple):
    """What is printed of a segment, whether that is the posting's own language, and the key of its unit."""

    text: str
    as_written: bool
    key: UnitKey


def _printed(decision: Decision) -> dict[UnitKey, _Printed]:
    """Return what each segment is printed as, without what no feed can hold: an editor may have let it through."""
    as_written = {unit.key for unit in decision.as_written}
    return {
        key: _Printed(clean_text(key.source), as_written=True, key=unit.key)
        if unit.key in as_written
        else _target(unit)
        for key, unit in zip(decision.segmented.keys(), decision.units, strict=True)
    }


def _target(unit: Unit) -> _Printed:
    current = unit.made_anew or unit
    text = "" if current.target == DELIBERATELY_EMPTY else clean_text(current.target)
    return _Printed(text, as_written=current.kept_as_written, key=unit.key)


def _source_sections(written: WrittenVersion) -> tuple[LocalizedSection, ...]:
    sections = (LocalizedSection(kind=part.kind, heading=part.heading, blocks=part.blocks) for part in written.sections)
    return tuple(part for part in sections if part.blocks or part.heading)


def _fill(
    section: SegmentedSection, printed: Mapping[UnitKey, _Printed], locale: Locale, translations: NullTranslations
) -> LocalizedSection:
    own = None if section.standard or not section.heading else printed[UnitKey(HEADING, section.heading)]
    heading = section_heading(translations, section.kind) if section.standard else strip_markup(own.text) if own else ""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    for part in section.blocks:
        context = section.context(part.block)
        segments = [printed[UnitKey(context, segment)] for segment in part.segments]
        if part.block.kind is BlockKind.HEADING:
            segments = [segment._replace(text=strip_markup(segment.text)) for segment in segments]
        text, found = _joined(segments, sentence_gap(locale), len(blocks))
        if text:
            blocks.append(structs.replace(part.block, text=text))
            sentences += found
    return LocalizedSection(
        kind=section.kind,
        heading=heading,
        blocks=tuple(blocks),
        heading_as_written=own is not None and own.as_written,
        as_written=tuple(Passage(*sentence[:3]) for sentence in sentences if sentence.as_written),
        heading_key=own.key if own else None,
        sentences=tuple(sentences),
    )


def _joined(segments: Iterable[_Printed], gap: str, block: int) -> tuple[str, list[Sentence]]:
    """Join the segments of a block and tell where each of them stands."""
    text, sentences = "", []
    for segment in segments:
        start = len(text)
        if segment.text:
            start += len(gap) if text else 0
            text = f"{text}{gap}{segment.text}" if text else segment.text
        sentences.append(Sentence(block, start, len(text), segment.key, bool(segment.text) and segment.as_written))
    return text, sentences
