"""The text of a posting as HTML, made once and the same in every feed and page."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import chain

from pipeline.model.locale import to_tag
from pipeline.model.markup import render_markup
from pipeline.publishing.localized import LocalizedPosting, LocalizedSection
from pipeline.publishing.nh3_cleaner import clean_html


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The sections of a posting as HTML, and the first thing that it says; both without an element around them."""

    body: str
    beginning: str
    language: str
    direction: str

    @property
    def html(self) -> str:
        """The sections in an element that says their language and direction."""
        return self._wrapped(self.body)

    @property
    def summary(self) -> str:
        """The first paragraph, the first list item where there is none, in such an element too."""
        return self._wrapped(self.beginning)

    def _wrapped(self, inner: str) -> str:
        return f'<div lang="{self.language}" dir="{self.direction}">{inner}</div>'


def content_of(localized: LocalizedPosting) -> Content:
    """Render the text of a posting."""
    paragraphs = (text for section in localized.sections for text in section.paragraphs)
    items = (text for section in localized.sections for text in section.items)
    first = next(chain(paragraphs, items), "")
    return Content(
        body="".join(map(section_html, localized.sections)),
        beginning=_clean(f"<p>{render_markup(first)}</p>", [first]) if first else "",
        language=to_tag(localized.language),
        direction=localized.language.text_direction,
    )


def section_html(section: LocalizedSection, level: int = 2) -> str:
    """Return one section; its heading, if it has one, is of `level`."""
    heading = f"<h{level}>{escape(section.heading, quote=False)}</h{level}>" if section.heading else ""
    paragraphs = "".join([f"<p>{render_markup(text)}</p>" for text in section.paragraphs])
    items = "".join([f"<li>{render_markup(text)}</li>" for text in section.items])
    html = heading + paragraphs + (f"<ul>{items}</ul>" if items else "")
    return _clean(html, chain(section.paragraphs, section.items))


def _clean(html: str, texts: Iterable[str]) -> str:
    """Send HTML through the last wall where texts could have brought markup; what is only escaped has nothing in it."""
    return clean_html(html) if any("<" in text for text in texts) else html
