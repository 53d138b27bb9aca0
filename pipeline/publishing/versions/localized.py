"""A posting in one language version: every text in place, ready to be printed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from gettext import NullTranslations

from babel import Locale
from msgspec import structs

from pipeline.model.cleaning import clean_text
from pipeline.model.locale import sentence_gap, to_tag
from pipeline.model.markup import strip_markup
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Block, BlockKind, Posting, SectionKind, WrittenVersion
from pipeline.model.segment import HEADING, TITLE, SegmentedSection, UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY
from pipeline.publishing.versions.wording import section_heading

_DIGEST_CHARS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalizedSection:
    """A section as it is printed; texts may hold inline markup, the heading may be empty."""

    kind: SectionKind
    heading: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalizedPosting:
    """A posting in the version of `locale`; `language` is that of the text itself.

    `translation` is `source`, `human`, `reviewed` or `machine`; `url` is the employer's page in that language. The
    slug, the dates and `line`, the number of the line that last told of it, come from the ledger.
    """

    posting: Posting
    locale: Locale
    language: Locale
    translation: str
    title: str
    sections: tuple[LocalizedSection, ...]
    url: str = ""
    slug: str = field(default="", compare=False)
    published: date | None = None
    updated: date | None = None
    line: int = field(default=0, compare=False)

    @property
    def source_language(self) -> Locale | None:
        """The language of the text that this one is, or was translated from."""
        return self.language if self.translation == Reason.SOURCE else self.posting.language

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
    posting = decision.segmented.posting
    url = posting.url
    if not decision.units:  # no translation, but as somebody wrote it
        written = posting.written_for(decision.locale) or posting.written[0]
        title, sections, language = written.title, _source_sections(written), written.language
        url = written.url or url
    else:
        targets = _targets(decision)
        title, language = strip_markup(targets[UnitKey(TITLE, posting.title)]), decision.locale
        sections = tuple(_fill(part, targets, decision.locale, translations) for part in decision.segmented.sections)
    return LocalizedPosting(
        posting=posting,
        locale=decision.locale,
        language=language,
        translation=decision.reason.value,
        title=title,
        url=url,
        sections=tuple(part for part in sections if part.blocks or part.heading),
    )


def _targets(decision: Decision) -> dict[UnitKey, str]:
    """Return the targets without what no feed can hold: an editor may have let it through."""
    return {
        key: "" if unit.target == DELIBERATELY_EMPTY else clean_text(unit.target)
        for key, unit in zip(decision.segmented.keys(), decision.units, strict=True)
    }


def _source_sections(written: WrittenVersion) -> tuple[LocalizedSection, ...]:
    return tuple(
        LocalizedSection(kind=part.kind, heading=part.heading, blocks=part.blocks) for part in written.sections
    )


def _fill(
    section: SegmentedSection, targets: dict[UnitKey, str], locale: Locale, translations: NullTranslations
) -> LocalizedSection:
    if section.standard:
        heading = section_heading(translations, section.kind)
    else:
        heading = strip_markup(targets[UnitKey(HEADING, section.heading)]) if section.heading else ""
    gap = sentence_gap(locale)
    blocks: list[Block] = []
    for part in section.blocks:
        context = section.context(part.block)
        text = gap.join(filter(None, (targets[UnitKey(context, segment)] for segment in part.segments)))
        if part.block.kind is BlockKind.HEADING:
            text = strip_markup(text)
        if text:
            blocks.append(structs.replace(part.block, text=text))
    return LocalizedSection(kind=section.kind, heading=heading, blocks=tuple(blocks))
