"""The text of a posting as HTML, made once and the same in every feed and page."""

from dataclasses import dataclass, replace
from functools import cache, partial
from html import escape
from itertools import chain

from babel import Locale

from pipeline.model.locale import to_tag
from pipeline.model.markup import render_markup
from pipeline.model.posting import SectionKind
from pipeline.publishing.localized import LocalizedPosting, LocalizedSection
from pipeline.publishing.nh3_cleaner import clean_html

_EMPTY = LocalizedSection(kind=SectionKind.OTHER, heading="", paragraphs=(), items=())


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
        beginning=section_html(replace(_EMPTY, paragraphs=(first,))) if first else "",
        language=to_tag(localized.language),
        direction=_direction(localized.language),
    )


@cache
def _direction(language: Locale) -> str:
    return language.text_direction


def section_html(section: LocalizedSection, level: int = 2) -> str:
    """Return one section; its heading, if it has one, is of `level`."""
    joined = "\n".join([*section.paragraphs, *section.items])
    tagged, plain = "<" in joined, "&" not in joined and ">" not in joined
    write = render_markup if tagged else str if plain else partial(escape, quote=False)
    heading = f"<h{level}>{escape(section.heading, quote=False)}</h{level}>" if section.heading else ""
    paragraphs = "</p><p>".join(map(write, section.paragraphs))
    items = "</li><li>".join(map(write, section.items))
    html = heading + (f"<p>{paragraphs}</p>" if paragraphs else "") + (f"<ul><li>{items}</li></ul>" if items else "")
    return clean_html(html) if tagged else html  # what has no tag is escaped, and nothing can be in it
