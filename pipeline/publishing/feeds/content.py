"""The text of a posting as HTML, made once and the same in every feed and page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape

from babel import Locale

from pipeline.model.locale import to_tag
from pipeline.model.markup import render_markup
from pipeline.publishing.feeds.nh3_cleaner import clean_html
from pipeline.publishing.feeds.xml_text import cdata
from pipeline.publishing.versions.localized import LocalizedPosting, LocalizedSection

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
    body = "".join(map(section_html, localized.sections))
    html = f"{opened}{body}</div>"
    return Content(language=language, body=body, html=html, xml=cdata(html).encode())


def summary_of(localized: LocalizedPosting) -> str:
    """Return the first paragraph as HTML, or the first list item where there is none."""
    paragraph = next((section.paragraphs[0] for section in localized.sections if section.paragraphs), "")
    first = paragraph or next((section.items[0] for section in localized.sections if section.items), "")
    _, opened = _opened(localized.language)
    written = clean_html(render_markup(first)) if "<" in first else _escaped(first)
    return f"{opened}<p>{written}</p></div>" if first else f"{opened}</div>"


@cache
def _opened(language: Locale) -> tuple[str, str]:
    """Return the tag of a language, and the start of an element that is written in it."""
    tag = to_tag(language)
    return tag, f'<div lang="{tag}" dir="{language.text_direction}">'


def section_html(section: LocalizedSection, level: int = 2) -> str:
    """Return one section; its heading, if it has one, is of `level`."""
    heading = f"<h{level}>{_escaped(section.heading)}</h{level}>" if section.heading else ""
    paragraphs, items = section.paragraphs, section.items
    joined = "".join(paragraphs) + "".join(items)
    if "<" in joined:
        return clean_html(heading + _elements(_each(render_markup, paragraphs), _each(render_markup, items)))
    if "&" in joined or ">" in joined:  # where neither is, as in most sections, nothing has to be escaped
        return heading + _elements(_each(_escaped, paragraphs), _each(_escaped, items))
    return heading + _elements(paragraphs, items)


def _each(write: Callable[[str], str], texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(write, texts))


def _elements(paragraphs: Sequence[str], items: Sequence[str]) -> str:
    written = f"<p>{'</p><p>'.join(paragraphs)}</p>" if paragraphs else ""
    return f"{written}<ul><li>{'</li><li>'.join(items)}</li></ul>" if items else written
