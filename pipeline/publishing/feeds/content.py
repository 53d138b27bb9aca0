"""The text of a posting as HTML, the same in every feed and page."""

from html import escape
from itertools import chain

from pipeline.model.locale import to_tag
from pipeline.model.markup import render_markup
from pipeline.publishing.localized import LocalizedPosting, LocalizedSection
from pipeline.publishing.nh3_cleaner import clean_html


def content_html(localized: LocalizedPosting) -> str:
    """Return the sections of a posting in an element that says their language and direction."""
    return _wrapped(localized, "".join(map(section_html, localized.sections)))


def summary_html(localized: LocalizedPosting) -> str:
    """Return the first paragraph of a posting, its first list item if it has none, in such an element too."""
    paragraphs = (text for section in localized.sections for text in section.paragraphs)
    items = (text for section in localized.sections for text in section.items)
    first = next(chain(paragraphs, items), "")
    return _wrapped(localized, f"<p>{render_markup(first)}</p>" if first else "")


def section_html(section: LocalizedSection, level: int = 2) -> str:
    """Return one section; its heading, if it has one, is of `level`."""
    heading = f"<h{level}>{escape(section.heading, quote=False)}</h{level}>" if section.heading else ""
    paragraphs = "".join(f"<p>{render_markup(text)}</p>" for text in section.paragraphs)
    items = "".join(f"<li>{render_markup(text)}</li>" for text in section.items)
    return clean_html(heading + paragraphs + (f"<ul>{items}</ul>" if items else ""))


def _wrapped(localized: LocalizedPosting, inner: str) -> str:
    tag, direction = to_tag(localized.language), localized.language.text_direction
    return f'<div lang="{tag}" dir="{direction}">{inner}</div>'
