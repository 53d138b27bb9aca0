"""Every published sentence back to where it comes from: the posting as written, or a target that stands in a catalog.

A page is read block by block and compared with the posting that was read: each block has to be made of the posting's
own segments, in their order, each as a target of the locale's catalog or, where the page marks it, as written. Standard
headings, and the words around the text, are those of the `site` catalog.
"""

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from babel import Locale

from pipeline.model.cleaning import clean_text
from pipeline.model.locale import sentence_gap, source_language, to_tag
from pipeline.model.markup import TAG, split_markup, strip_markup
from pipeline.model.posting import BlockKind, Posting, WrittenVersion
from pipeline.model.segment import HEADING, TITLE, SegmentedPosting, UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, OriginKind, Unit, UnitState
from pipeline.proof.faults import Fault
from pipeline.proof.json_outputs import Item
from pipeline.proof.pages import PostingPage, PrintedBlock, read_blocks
from pipeline.proof.shown import MACHINE, SOURCE, Shown, differences, without_isolates

_HUMAN = "human"
_ELEMENTS = {BlockKind.PARAGRAPH: "p", BlockKind.ITEM: "li", BlockKind.HEADING: "h3"}
_APPROVED = "approved"  # the policy that wants more than a review
_SECTION_HEADING = "h2"
_PLACE = re.compile(r"%\(\w+\)[sd]")
_EXCERPT_CHARS = 80


class Wording(NamedTuple):
    """A text that a segment may be printed as, and whether that is in the language of the posting."""

    text: str
    as_written: bool = False


class Line(NamedTuple):
    """What a block may be printed as: for each of its segments some wordings, one of which has to stand there."""

    element: str
    segments: tuple[tuple[Wording, ...], ...]
    gap: str = ""


class Words:
    """The words of our own pages in a locale, in any of the languages that they may be printed in."""

    def __init__(self, units: Collection[Unit], sources: Collection[tuple[UnitKey, str]]) -> None:
        """Take the units of the `site` catalog, and each word as it is extracted, with its plural."""
        reviewed = [unit for unit in units if unit.state is UnitState.REVIEWED]
        texts = {(unit.key.context, text) for unit in reviewed for text in (unit.target, *unit.extras.plural_targets)}
        texts |= {(key.context, text) for key, plural in sources for text in (key.source, plural)}
        self.headings = frozenset(text for context, text in texts if context == "section")
        plain = {" ".join(text.replace("%%", "%").split()) for _, text in texts}
        self._texts = {text for text in plain if not _PLACE.search(text)}
        self._patterns = [re.compile(".+".join(map(re.escape, _PLACE.split(text)))) for text in plain - self._texts]

    def hold(self, text: str) -> bool:
        """Tell whether a text is one of these words, its places filled in."""
        if text not in self._texts and any(pattern.fullmatch(text) for pattern in self._patterns):
            self._texts.add(text)
        return text in self._texts


@dataclass(frozen=True, kw_only=True)
class LocaleRecord:
    """What may be published in a locale: its policy, its units by the language of the postings, its own words.

    `signed_off` tells of a reviewed unit whether the policy `approved` may show it.
    """

    locale: Locale
    policy: str
    signed_off: Callable[[Unit], bool]
    units: Mapping[str, Mapping[UnitKey, Unit]]
    words: Words

    @cached_property
    def headings(self) -> tuple[Wording, ...]:
        """What a standard heading may be printed as."""
        return tuple(Wording(text) for text in sorted(self.words.headings))


class SentenceRecord:
    """The record that a release is compared with: the postings as read, and the catalogs of every locale."""

    def __init__(self, find: Callable[[str], SegmentedPosting | None], locales: Mapping[str, LocaleRecord]) -> None:
        self._find = find
        self._locales = locales

    def check_item(self, tag: str, item: Item) -> Iterator[Fault]:
        """Yield what an item says that neither the posting nor a catalog does."""
        shown, record = item.shown, self._locales.get(tag)
        segmented = self._find(shown.posting or "")
        if record is None or segmented is None:
            reason = f"{tag} is no configured locale" if record is None else f"no posting {shown.posting} was read"
            yield Fault(shown.file, shown.place, reason)
            return
        posting, locale = segmented.posting, record.locale
        if posting.unclear or (posting.locales is not None and locale not in posting.locales):
            yield Fault(shown.file, shown.place, f"the posting itself does not go to {tag}")
        written = _written(posting, record.locale, shown.translation or "")
        yield from differences(_facts(posting, written, tag, shown), shown)
        if written is None and record.policy == SOURCE:
            yield Fault(shown.file, shown.place, f"is a translation, and the policy of {tag} is {SOURCE}")
        source = _Written(written) if written else _Translated(segmented, record, shown.translation or "")
        if not any(without_isolates(wording.text) == shown.title for wording in source.title):
            yield Fault(shown.file, f"{shown.place}.title", f"{shown.title!r} is neither a target nor the source")
        links = frozenset(source.links())
        yield from _compare(shown, read_blocks(item.html), list(source.lines()), links)

    def check_originals(self, tag: str, posting: str, page: PostingPage) -> Iterator[Fault]:
        """Yield what a page says that the employer wrote, and that the posting does not."""
        segmented, record = self._find(posting), self._locales.get(tag)
        if segmented is None or record is None:
            return
        language = to_tag(segmented.posting.language) if segmented.posting.language else ""
        gap = sentence_gap(segmented.posting.language or record.locale)
        sources = {key.source for key in segmented.keys()}  # noqa: SIM118  no mapping
        sources |= {gap.join(block.segments) for section in segmented.sections for block in section.blocks}
        written = set(map(strip_markup, sources))
        for original in page.originals:
            if original.language != language or original.text not in written:
                reason = f"{original.text[:_EXCERPT_CHARS]!r} in {original.language!r} is no sentence of the posting"
                yield Fault(page.page.file, "span.original", reason)

    def check_words(self, tag: str, file: str, words: Collection[str]) -> Iterator[Fault]:
        """Yield the words of a page around the text of a posting that no catalog has."""
        record = self._locales.get(tag)
        for text in words:
            if record is not None and text and not record.words.hold(text):
                yield Fault(file, "", f"{text[:_EXCERPT_CHARS]!r} is no word of the site catalog")


class _Written:
    """What people wrote, printed as it is."""

    def __init__(self, written: WrittenVersion) -> None:
        self._written = written
        self.title = (Wording(written.title),)

    def lines(self) -> Iterator[Line]:
        """Yield what each block is printed as."""
        for section in self._written.sections:
            if section.heading:
                yield Line(_SECTION_HEADING, ((Wording(section.heading),),))
            for block in section.blocks:
                yield Line(_ELEMENTS[block.kind], ((Wording(strip_markup(block.text)),),))

    def links(self) -> Iterator[str]:
        """Yield where links in it may lead."""
        return chain.from_iterable(_links(block.text) for part in self._written.sections for block in part.blocks)


class _Translated:
    """A posting in the targets of a locale."""

    def __init__(self, segmented: SegmentedPosting, record: LocaleRecord, translation: str) -> None:
        posting = segmented.posting
        self._segmented, self._record, self._translation = segmented, record, translation
        self._units = record.units.get(source_language(posting.language), {}) if posting.language else {}
        self._gap = sentence_gap(record.locale)
        self.title = _visible(self._wordings(UnitKey(TITLE, posting.title)))

    def lines(self) -> Iterator[Line]:
        """Yield what each block may be printed as."""
        for section in self._segmented.sections:
            if section.standard:
                yield Line(_SECTION_HEADING, (self._record.headings,))
            elif section.heading:
                yield Line(_SECTION_HEADING, (_visible(self._wordings(UnitKey(HEADING, section.heading))),))
            for block in section.blocks:
                context = section.context(block.block)
                # Bold text, say, may begin in one segment and end in another.
                paired = not TAG.search(strip_markup(self._gap.join(block.segments)))
                wordings = (self._wordings(UnitKey(context, segment)) for segment in block.segments)
                segments = tuple(_visible(each, paired=paired) for each in wordings)
                yield Line(_ELEMENTS[block.block.kind], segments, self._gap)

    def links(self) -> Iterator[str]:
        """Yield where links in it may lead."""
        for key in self._segmented.keys():  # noqa: SIM118  no mapping
            for wording in self._wordings(key):
                yield from _links(wording.text)

    def _wordings(self, key: UnitKey) -> tuple[Wording, ...]:
        """Return what a segment may be printed as: a target that may be shown under the label, or the source."""
        narrow = self._units.get(key.narrowed(self._segmented.posting.id))
        unit = narrow if narrow is not None and not narrow.retired else self._units.get(key)
        as_written = (Wording(clean_text(key.source), as_written=True),) if self._translation == MACHINE else ()
        if unit is None or unit.retired:
            return as_written
        current = unit.made_anew or unit
        target = "" if current.target == DELIBERATELY_EMPTY else clean_text(current.target)
        printed = (Wording(target, as_written=current.kept_as_written),)
        if unit.state is UnitState.REVIEWED:
            if self._record.policy == _APPROVED and not unit.by_rule and not self._record.signed_off(unit):
                return ()
            by_people = unit.made_by is OriginKind.HUMAN or unit.by_rule
            return printed if self._translation != _HUMAN or by_people else ()
        if self._translation != MACHINE or self._record.policy != MACHINE:
            return as_written if self._record.policy == MACHINE else ()
        return (*printed, *as_written) if current.translated and not current.stale and not unit.for_show else as_written


def _written(posting: Posting, locale: Locale, translation: str) -> WrittenVersion | None:
    """Return the text that people wrote where a version shows that, None where it shows targets."""
    own = posting.written_for(locale)
    if translation == SOURCE:
        return own or next(iter(posting.written), None)
    return own if translation == _HUMAN else None


def _facts(posting: Posting, written: WrittenVersion | None, tag: str, shown: Shown) -> Shown:
    language = to_tag(posting.language) if posting.language else None
    own = to_tag(written.language) if written else None
    return Shown(
        file="the posting",
        place=posting.id,
        language=own or tag,
        source_language=own if shown.translation == SOURCE else language,
        countries=posting.countries,
        remote=posting.remote,
        organization=posting.organization,
        address=(written.url if written else "") or posting.url,
    )


def _visible(wordings: tuple[Wording, ...], *, paired: bool = False) -> tuple[Wording, ...]:
    """Return what a reader sees of wordings; where all tags are `paired` in the block, none of them."""
    return tuple(
        wording._replace(text=TAG.sub("", wording.text) if paired else strip_markup(wording.text))
        for wording in wordings
    )


def _links(text: str) -> Iterator[str]:
    for tag in split_markup(text)[1::2]:
        match = TAG.match(tag)
        if match and match[3]:
            yield html.unescape(match[3])


def _compare(
    shown: Shown, printed: Collection[PrintedBlock], lines: list[Line], links: Collection[str]
) -> Iterator[Fault]:
    """Compare blocks with what may stand there, in order; a line all of whose segments are empty may be missing."""
    waiting = iter(lines)
    for number, block in enumerate(printed, 1):
        place = f"{shown.place} block {number} <{block.element}>"
        line = next(waiting, None)
        while line is not None and not _fits(block, line) and _fits(_nothing(line), line):
            line = next(waiting, None)
        if line is None:
            yield Fault(shown.file, place, f"the posting has no more text: {block.text[:_EXCERPT_CHARS]!r}")
            return
        if not _fits(block, line):
            wanted = " ".join(wordings[0].text if wordings else "(no target)" for wordings in line.segments)
            reason = (
                f"{block.text[:_EXCERPT_CHARS]!r} is made of no targets of the catalog; a <{line.element}> that could"
            )
            yield Fault(shown.file, place, f"{reason} stand there: {wanted[:_EXCERPT_CHARS]!r}")
        for link in block.links:
            if link and link not in links and link.removeprefix("mailto:") not in block.text:
                yield Fault(shown.file, place, f"leads to {link}, where no target and no source does")
    for line in waiting:
        if not _fits(_nothing(line), line):
            wanted = " ".join(wordings[0].text for wordings in line.segments if wordings)
            yield Fault(shown.file, shown.place, f"text of the posting is missing: {wanted[:_EXCERPT_CHARS]!r}")


def _nothing(line: Line) -> PrintedBlock:
    return PrintedBlock(element=line.element, text="", as_written=(), links=())


def _fits(block: PrintedBlock, line: Line) -> bool:
    """Tell whether a block is made of one wording of each segment, what is as written being marked so."""
    if block.element != line.element:
        return False
    ends = {0}
    marked: set[tuple[int, int]] = set()
    for wordings in line.segments:
        following: set[int] = set()
        for wording in wordings:
            if not wording.text:
                following |= ends
                continue
            for end in ends:
                start = end + len(line.gap) if end else 0
                stop = start + len(wording.text)
                spanned = (start, stop) in block.as_written
                if spanned == wording.as_written and block.text[end:stop] == line.gap * bool(end) + wording.text:
                    following.add(stop)
                    marked.update({(start, stop)} if spanned else ())
        ends = following
    return len(block.text) in ends and marked.issuperset(block.as_written)
