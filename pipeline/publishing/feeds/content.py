"""The text of a posting as HTML, made once and the same in every feed and page.

Feeds get a line before it that says what is offered and who translated it, and each sentence that stands as written
begins with the name of its language there: programs that gather feeds drop labels, and the `lang` of elements.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from gettext import NullTranslations
from html import escape
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple

import msgspec
from babel import Locale

from pipeline.language.city_names import city_name
from pipeline.model.locale import direction_of, to_tag, written_alike
from pipeline.model.markup import cut_markup, render_markup
from pipeline.model.outcome import Reason
from pipeline.model.posting import Block, BlockKind
from pipeline.publishing.feeds.extension import Fields, extension_elements, extension_of
from pipeline.publishing.feeds.mail_links import link_addresses
from pipeline.publishing.feeds.nh3_cleaner import clean_html
from pipeline.publishing.feeds.xml_text import cdata
from pipeline.publishing.versions import facts, wording
from pipeline.publishing.versions.isolation import (
    isolate_html,
    isolate_markup,
    isolate_text,
    join_isolated,
    may_hold_runs,
)
from pipeline.publishing.versions.localized import LocalizedPosting, LocalizedSection, Passage
from pipeline.publishing.versions.version import country_name

_escaped = partial(escape, quote=False)
_PARAGRAPH, _ITEM = BlockKind.PARAGRAPH, BlockKind.ITEM
_NEXT_ITEM = "</li><li>"
# Blocks that are alike in these stand in one list, or are elements of one name.
_SHAPE = attrgetter("kind", "ordered", "depth")
# Between the facts of the first line.
_DOT = " · "


class Content(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What feeds and pages say of a posting, each in its own form.

    `body` are its sections without an element around them; `text` has one that says their language and direction.
    `html` is what feeds hold: the same behind a line about it. `xml` is `html` as the text of an element, encoded:
    three feeds hold it, and encoding is most of the work. `summary` is that line as plain text, "" without anything to
    say; a reader may sort it by `tags`. `fields` are what feeds say beyond the words of their formats, and `elements`
    are the same in XML.
    """

    language: str
    title: str
    body: str
    text: str
    html: str
    xml: bytes
    summary: str
    tags: Sequence[str]
    countries: Sequence[str]
    fields: Fields
    elements: str


class Wrapping(NamedTuple):
    """What stands around a passage as written: for readers, and for the voice of a screen reader."""

    language: Locale
    opened: str
    closed: str


def content_of(localized: LocalizedPosting, translations: NullTranslations) -> Content:
    """Render the text of a posting; `translations` are the words of its version."""
    language, opened = _opened(localized.language)
    body = _body(localized, wrapping_of(localized))
    named = _body(localized, _named(localized)) if localized.original else body
    parts = _in_short(localized, translations)
    summary = join_isolated(parts, _DOT, localized.locale)
    html = f"{opened}{_first_line(localized, parts, summary) if parts else ''}{named}</div>"
    countries = localized.countries
    fields = extension_of(localized, countries)
    return Content(
        language=language,
        title=isolate_text(localized.title, localized.title_language),
        body=body,
        text=f"{opened}{body}</div>",
        html=html,
        xml=cdata(html).encode(),
        summary=summary,
        tags=_tags(localized, translations, countries),
        countries=countries,
        fields=fields,
        elements=extension_elements(fields),
    )


def summary_of(localized: LocalizedPosting) -> str:
    """Return the first paragraph as HTML, or the first list item where there is none."""
    _, opened = _opened(localized.language)
    around = _named(localized)
    for kind in (_PARAGRAPH, _ITEM):
        for section in localized.sections:
            for number, block in enumerate(section.blocks):
                if block.kind is kind and block.text:
                    passages = [each for each in section.as_written if each.block == number]
                    return f"{opened}<p>{inline_html(block.text, localized.language, passages, around)}</p></div>"
    return f"{opened}</div>"


@cache
def _opened(language: Locale) -> tuple[str, str]:
    """Return the tag of a language, and the start of an element that is written in it."""
    tag = to_tag(language)
    return tag, f'<div lang="{tag}" dir="{direction_of(language)}">'


def _body(localized: LocalizedPosting, around: Wrapping) -> str:
    return link_addresses("".join([section_html(each, localized.language, around) for each in localized.sections]))


def _written_in(localized: LocalizedPosting) -> Locale:
    """Return the language of the posting itself."""
    return localized.posting.language or localized.language


def wrapping_of(localized: LocalizedPosting) -> Wrapping:
    """Return what stands around what is in the language of the posting itself."""
    return _wrapping(_written_in(localized))


@cache
def _wrapping(language: Locale) -> Wrapping:
    return Wrapping(language, f'<span lang="{to_tag(language)}" dir="{direction_of(language)}">', "</span>")


def _named(localized: LocalizedPosting) -> Wrapping:
    """Return the same with the name of the language before it."""
    return _wrapping_with_name(localized.locale, _written_in(localized))


@cache
def _wrapping_with_name(locale: Locale, language: Locale) -> Wrapping:
    around = _wrapping(language)
    name = _escaped(facts.language_name(locale, language))
    return around._replace(opened=f'<span class="language">[{name}]</span> {around.opened}')


def _in_short(localized: LocalizedPosting, translations: NullTranslations) -> tuple[str, ...]:
    """Say what is offered, who translated it, how many sentences stand as written: plain texts in its version's words.

    A posting that was written in the language of its version and names no fact has none.
    """
    offered = facts.fact_parts(localized.locale, translations, localized.posting)
    return (*offered, *_labels(localized, translations))


def _first_line(localized: LocalizedPosting, parts: Sequence[str], summary: str) -> str:
    """Return as HTML what a posting says in short; its parts are joined in `summary`."""
    if _DOT.join(parts) == summary:  # as where nothing runs in the other direction
        line = _escaped(summary)
    else:
        line = _DOT.join([isolate_html(part, localized.locale, whole=True) for part in parts])
    if written_alike(localized.language, localized.locale):
        return f'<p class="facts">{line}</p>'
    direction = direction_of(localized.locale)
    return f'<p class="facts" lang="{to_tag(localized.locale)}" dir="{direction}">{line}</p>'


def _tags(localized: LocalizedPosting, translations: NullTranslations, countries: Iterable[str]) -> list[str]:
    """Return what a reader may sort a posting by, in the language of its version: countries, areas, cities, types."""
    posting = localized.posting
    named = [country_name(localized.locale, code) for code in countries]
    areas = facts.area_names_of(localized.locale, posting.areas)
    cities = [city_name(localized.locale, place.city, place.country) for place in posting.locations if place.city]
    types = [wording.employment_type(translations, code) for code in posting.employment_type]
    return list(dict.fromkeys([*named, *areas, *cities, *types]))


def _labels(localized: LocalizedPosting, translations: NullTranslations) -> Iterator[str]:
    """Say in words who translated a posting from which language, and how many sentences stand in that one."""
    if localized.translation == Reason.SOURCE:
        return
    place, name = "%(language)s", facts.language_name(localized.locale, _written_in(localized))
    if localized.translation == Reason.MACHINE:
        label = translations.gettext("Machine translation from %(language)s, not reviewed by a person")
    elif localized.translation == Reason.REVIEWED:
        label = translations.gettext("Translated from %(language)s and reviewed by a person")
    else:
        label = translations.gettext("Translated from %(language)s by a person")
    yield label.replace(place, name)
    if localized.original:
        one = "%(num)d sentence is shown in %(language)s"
        many = "%(num)d sentences are shown in %(language)s"
        yield wording.counted(localized.locale, translations, one, many, localized.original).replace(place, name)


def section_html(section: LocalizedSection, language: Locale, around: Wrapping, level: int = 2) -> str:
    """Return one section in a language; its heading, if it has one, is of `level`.

    Passages in the language of the posting have what is `around` them.
    """
    heading = ""
    if section.heading:
        heading = isolate_html(section.heading, around.language if section.heading_as_written else language)
        heading = f"{around.opened}{heading}{around.closed}" if section.heading_as_written else heading
        heading = f"<h{level}>{heading}</h{level}>"
    texts: Sequence[str] = [block.text for block in section.blocks]
    joined = "".join(texts)
    if section.as_written:
        passages: dict[int, list[Passage]] = {}
        for passage in section.as_written:
            passages.setdefault(passage.block, []).append(passage)
        texts = [inline_html(text, language, passages.get(number, ()), around) for number, text in enumerate(texts)]
    elif may_hold_runs(joined, language):
        texts = [isolate_markup(text, language) for text in texts]
    elif "<" in joined:
        texts = list(map(render_markup, texts))
    elif "&" in joined or ">" in joined:  # where neither is, as in most sections, nothing has to be escaped
        texts = list(map(_escaped, texts))
    html = heading + block_elements(section.blocks, texts, level + 1)
    return clean_html(html) if "<" in joined else html


def inline_html(text: str, language: Locale, passages: Sequence[Passage] = (), around: Wrapping | None = None) -> str:
    """Return the text of a block in a language as HTML, with what is `around` each passage in another one.

    Bold text, say, that begins outside of a passage and ends in it is bold in both.
    """
    pieces = []
    for number, piece in enumerate(cut_markup(text, [place for passage in passages for place in passage[1:]])):
        if around is None or number % 2 == 0:
            pieces.append(isolate_markup(piece, language))
        else:
            pieces.append(f"{around.opened}{isolate_markup(piece, around.language)}{around.closed}")
    return clean_html("".join(pieces)) if "<" in text else "".join(pieces)


def block_elements(blocks: Sequence[Block], texts: Iterable[str], level: int) -> str:
    """Write blocks one after another; an item that stands deeper is a list within the item before it."""
    pieces: list[str] = []
    lists: list[str] = []  # the elements that are open, the outermost first; in each an item is open
    left = iter(texts)
    for (kind, ordered, depth), alike in groupby(blocks, _SHAPE):
        run = list(islice(left, len(list(alike))))
        if kind is not _ITEM:
            element = "p" if kind is _PARAGRAPH else f"h{level}"
            between = f"</{element}><{element}>"
            pieces.append(f"{_ended(lists, 0)}<{element}>{between.join(run)}</{element}>")
            continue
        element = "ol" if ordered else "ul"
        outer = min(depth, len(lists))
        if lists[outer : outer + 1] == [element]:
            opened = f"{_ended(lists, outer + 1)}{_NEXT_ITEM}"
        else:
            opened = f"{_ended(lists, outer)}<{element}><li>"
            lists.append(element)
        pieces.append(f"{opened}{_NEXT_ITEM.join(run)}")
    return "".join([*pieces, _ended(lists, 0)])


def _ended(lists: list[str], kept: int) -> str:
    ended = ""
    while len(lists) > kept:
        ended += f"</li></{lists.pop()}>"
    return ended
