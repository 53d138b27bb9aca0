"""Markdown as lines: CommonMark with tables, read by pulldown-cmark (pyromark), then as the HTML that it makes."""

import re

import pyromark

from pipeline.intake.reading.bodies.html_lines import html_lines
from pipeline.intake.reading.bodies.lines import Line, tidy

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_TASKLISTS
# People leave spaces inside the stars, or none around them, where CommonMark sees no bold: "** Ovens: **", "**Day:**9".
_LOOSE_BOLD = re.compile(r"\*\*[ \t\u00a0]*([^*\n]*[^*\s])[ \t\u00a0]*\*\*")
_STRAY_STARS = re.compile(r"\*{2,}|(?<![\w_])_{2,}(?![\w_])")
# Four spaces make a line of Markdown code, but nobody writes code into a posting; deeper lists are those of an item.
_INDENTED = re.compile(r"(\n[ \t]*\n)(?: {4}|\t)[ \t]*(?=[^\s*+\-•\d])")
# Line ends that stand only in the HTML: behind and before the tags of blocks.
_BLOCK = r"/?(?:p|ul|ol|li|h[1-6]|blockquote|pre|table|thead|tbody|tr|t[dh]|hr)\b[^<>]*"
_BEHIND_BLOCK = re.compile(rf"(<{_BLOCK}>)\n")
_BEFORE_BLOCK = re.compile(rf"\n(?=<{_BLOCK}>)")


def markdown_lines(text: str) -> list[Line]:
    r"""Return the lines of Markdown; line ends inside a paragraph are kept, as people mean them.

    >>> [line.text for line in markdown_lines("Bake **good** bread\n1\\. now")]
    ['Bake <strong>good</strong> bread', '1. now']
    """
    source = _INDENTED.sub(r"\1", text.lstrip("\ufeff\u200b"))
    made = _BEFORE_BLOCK.sub("", "".join(_BEHIND_BLOCK.split(pyromark.html(source, options=_OPTIONS))))
    preformatted = "<pre" in made
    lines = html_lines(made if preformatted else made.replace("\n", "<br>"), keep_line_ends=preformatted)
    for line in lines:
        if "*" in line.text or "_" in line.text:
            line.text = tidy(_STRAY_STARS.sub("", _LOOSE_BOLD.sub(r"<strong>\1</strong>", line.text)))
    return [line for line in lines if line.text]
