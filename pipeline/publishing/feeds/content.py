"""The text of a posting as HTML, made once and the same in every feed and page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape

from babel import Locale

from pipeline.model.locale import to_tag
from pipeline.model.markup import render_markup
from pipeline.model.posting import Block, BlockKind
from pipeline.publishing.feeds.nh3_cleaner import clean_html
from pipeline.publishing.feeds.xml_text import cdata
from pipeline.publishing.versions.localized import LocalizedPosting, LocalizedSection, Passage

_escaped = partial(escape, quote=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text of a posting as feeds and pages put it in.

    `body` are its sections without an element around them; `html` has one that says their language and direction. `xml`
    is `html` as the text of an element, encoded: three feeds hold it, and encoding is most of the work.
    """

    language: str
    body: str
    html: str
    xml: bytes


def content_of(localized: LocalizedPosting) -> Content:
    """Render the text of a posting."""
    language, opened = _opened(localized.language)
    around = _spans(localized.posting.language) if localized.original else None
    body = "".join(section_html(section, as_written=around) for section in localized.sections)
    html = f"{opened}{body}</div>"
    return Content(language=language, body=body, html=html, xml=cdata(html).encode())


def summary_of(localized: LocalizedPosting) -> str:
    """Return the first paragraph as HTML, or the first list item where there is none."""
    _, opened = _opened(localized.language)
    around = _spans(localized.posting.language) if localized.original else None
    for kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        for section in localized.sections:
            for number, block in enumerate(section.blocks):
                if block.kind is kind and block.text:
                    passages = [each for each in section.as_written if each.block == number]
                    return f"{opened}<p>{_inline(block.text, passages, around)}</p></div>"
    return f"{opened}</div>"


@cache
def _opened(language: Locale) -> tuple[str, str]:
    """Return the tag of a language, and the start of an element that is written in it."""
    tag = to_tag(language)
    return tag, f'<div lang="{tag}" dir="{language.text_direction}">'


_AROUND = ("<span>", "</span>")


@cache
def _spans(language: Locale | None) -> tuple[str, str]:
    """Return what stands around a passage in a language, for readers and for the voice of a screen reader."""
    return (f'<span lang="{to_tag(language)}" dir="{language.text_direction}">', "</span>") if language else _AROUND


def section_html(section: LocalizedSection, level: int = 2, *, as_written: tuple[str, str] | None = None) -> str:
    """Return one section; its heading, if it has one, is of `level`.

    `as_written` is what stands around each passage in the language of the posting.
    """
    heading = _escaped(section.heading)
    if section.heading_as_written and as_written:
        heading = heading.join(as_written)
    heading = f"<h{level}>{heading}</h{level}>" if heading else ""
    texts: Sequence[str] = [block.text for block in section.blocks]
    joined = "".join(texts)
    if section.as_written:
        passages: dict[int, list[Passage]] = {}
        for passage in section.as_written:
            passages.setdefault(passage.block, []).append(passage)
        texts = [_inline(text, passages.get(number, ()), as_written) for number, text in enumerate(texts)]
    elif "<" in joined:
        texts = list(map(render_markup, texts))
    elif "&" in joined or ">" in joined:  # where neither is, as in most sections, nothing has to be escaped
        texts = list(map(_escaped, texts))
    html = heading + _elements(section.blocks, texts, level + 1)
    return clean_html(html) if "<" in joined else html


def _inline(text: str, passages: Sequence[Passage], around: tuple[str, str] | None) -> str:
    """Return the text of a block as HTML, each passage in the language of the posting in an element that says so."""
    opened, closed = around or _AROUND
    pieces, end = [], 0
    for passage in passages:
        pieces += [render_markup(text[end : passage.start]), opened]
        pieces += [render_markup(text[passage.start : passage.stop]), closed]
        end = passage.stop
    html = "".join((*pieces, render_markup(text[end:])))
    return clean_html(html) if "<" in text else html


def _elements(blocks: Sequence[Block], texts: Iterable[str], level: int) -> str:
    """Write blocks one after another; an item that stands deeper is a list within the item before it."""
    pieces: list[str] = []
    lists: list[str] = []  # the elements that are open, the outermost first; in each an item is open
    for block, text in zip(blocks, texts, strict=True):
        if block.kind is BlockKind.ITEM:
            depth = min(block.depth, len(lists))
            pieces += _ended(lists, depth + 1)
            element = "ol" if block.ordered else "ul"
            if len(lists) > depth and lists[depth] == element:
                pieces.append(f"</li><li>{text}")
            else:
                pieces += _ended(lists, depth)
                lists.append(element)
                pieces.append(f"<{element}><li>{text}")
        else:
            pieces += _ended(lists, 0)
            element = "p" if block.kind is BlockKind.PARAGRAPH else f"h{level}"
            pieces.append(f"<{element}>{text}</{element}>")
    return "".join((*pieces, *_ended(lists, 0)))


def _ended(lists: list[str], kept: int) -> Iterator[str]:
    while len(lists) > kept:
        yield f"</li></{lists.pop()}>"
