"""HTML descriptions as sections: headings and bold lines open one, list items and paragraphs fill it.

Inline markup of the allow list stays in the text, everything else is flattened; what is hidden or can run is dropped.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.intake.reading.headings import MAX_HEADING_CHARS, HeadingLexicon, is_heading, strip_heading
from pipeline.intake.reading.record import RecordError, SectionRecord
from pipeline.model.cleaning import clean_line
from pipeline.model.markup import INLINE_TAGS, SAFE_LINK
from pipeline.model.posting import Block, BlockKind

_LOOKS_LIKE_HTML = re.compile(
    r"<(?:/?(?:p|div|ul|ol|li|d[ldt]|h[1-6]|span|table|t[rdh]|section|article|blockquote|pre|script|style)|br)"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
# Deeper than any editor nests, and far from the depth at which Python gives up.
MAX_DEPTH = 100
_TOO_DEEP = f"description: HTML nested deeper than {MAX_DEPTH} elements"
# A browser's rules look through all that is open at each tag, so what leaves far more open is refused before they run.
MAX_OPEN = 500
_DROPPED = ("script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "math", "head", "form")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = (
    frozenset(
        {
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "figure",
            "footer",
            "header",
            "hr",
            "html",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
        }
    )
    | _HEADINGS
)
# What the next of its kind closes, and what closes itself.
_CLOSED_ALONE_TEXT = (
    "area base basefont bgsound body br caption col colgroup dd dt embed frame head hr html image img input keygen li "
    "link meta optgroup option p param rp rt source tbody td tfoot th thead tr track wbr"
)
_CLOSED_ALONE = frozenset(_CLOSED_ALONE_TEXT.split())
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_BOLD_LINE = re.compile(r"^<(b|strong)>([^<]*)</\1>\s*[:：]?$")
_EMPTY_TAGS = re.compile(r"<(b|strong|i|em|u|code|sub|sup)>\s*</\1>")


def looks_like_html(text: str) -> bool:
    """Tell HTML from plain text by its block tags: `a < b` and `List<T>` are text."""
    return _LOOKS_LIKE_HTML.search(text) is not None


def parse_html(text: str, lexicon: HeadingLexicon) -> list[SectionRecord]:
    """Find the sections of an HTML description; no words are lost but those of scripts, styles and forms.

    Raises RecordError if it is nested deeper than any real description.
    """
    if _leaves_open(text) > MAX_OPEN:
        raise RecordError(_TOO_DEEP)
    tree = LexborHTMLParser(text)
    tree.strip_tags(list(_DROPPED))
    if tree.body is not None and _deeper_than(MAX_DEPTH, tree.body):
        raise RecordError(_TOO_DEEP)
    sections = [_Draft("")]
    for tag, line in _lines(tree.body, _around_blocks(tree.body)) if tree.body is not None else ():
        heading = _heading_of(tag, line, lexicon)
        if heading:
            sections.append(_Draft(heading))
        else:
            sections[-1].lines.append((tag, line))
    return [draft.finish() for draft in sections if draft.lines or draft.heading]


class _Draft:
    """A section while its lines come in, each with the block that it stood in."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.lines: list[tuple[str, str]] = []

    def finish(self) -> SectionRecord:
        """Return the section."""
        kinds = (BlockKind.ITEM if tag == "li" else BlockKind.PARAGRAPH for tag, _ in self.lines)
        blocks = tuple(Block(kind=kind, text=line) for kind, (_, line) in zip(kinds, self.lines, strict=True))
        return SectionRecord(kind="" if self.heading else "description", heading=self.heading, blocks=blocks)


def _heading_of(tag: str, line: str, lexicon: HeadingLexicon) -> str:
    """Return the words of the heading that a line is, or "" if it is none."""
    bold = _BOLD_LINE.match(line)
    plain = bold[2] if bold else re.sub(r"<[^<>]+>", "", line)
    if tag in _HEADINGS:
        return strip_heading(plain)
    if tag == "li":
        return ""
    if bold and len(plain) <= MAX_HEADING_CHARS:
        return strip_heading(plain)
    return strip_heading(plain) if "<" not in line and is_heading(line, lexicon) else ""


def _lines(node: LexborNode, around: frozenset[int], block: str = "p") -> Iterator[tuple[str, str]]:
    """Yield each line of text with the innermost heading or list item, else `p`, that it stands in."""
    buffer: list[str] = []
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "br":
            yield from _flush(buffer, block)
        elif tag in _BLOCKS:
            yield from _flush(buffer, block)
            inner = tag if tag in _HEADINGS or tag == "li" else "p" if block in _HEADINGS else block
            yield from _lines(child, around, inner)
        elif child.mem_id in around:
            yield from _flush(buffer, block)
            yield from _lines(child, around, block)
        else:
            buffer.append(_inline(child))
    yield from _flush(buffer, block)


def _flush(buffer: list[str], block: str) -> Iterator[tuple[str, str]]:
    line = clean_line(_EMPTY_TAGS.sub("", "".join(buffer)))
    buffer.clear()
    if line:
        yield block, line


def _deeper_than(limit: int, node: LexborNode) -> bool:
    level = [node]
    for _ in range(limit):
        level = [child for parent in level for child in parent.iter()]
    return bool(level)


def _around_blocks(body: LexborNode) -> frozenset[int]:
    """Return the elements that hold a block or a line break, at whatever depth."""
    around: set[int] = set()
    for node in body.traverse():
        parent = node.parent if node.tag in _BLOCKS or node.tag == "br" else None
        while parent is not None and parent.mem_id not in around:
            around.add(parent.mem_id)
            parent = parent.parent
    return frozenset(around)


def _leaves_open(text: str) -> int:
    """Return how many elements are open at once at most, those aside that the next of their kind closes."""
    open_tags: Counter[str] = Counter()
    count = most = 0
    for match in _TAG_NAME.finditer(text):
        name = match[2].lower()
        if name in _CLOSED_ALONE:
            continue
        if not match[1]:
            open_tags[name] += 1
            count += 1
            most = max(most, count)
        elif open_tags[name]:
            open_tags[name] -= 1
            count -= 1
    return most


def _inline(node: LexborNode) -> str:
    if node.tag == "-text":
        return node.text_content or ""
    if node.tag and node.tag.startswith(("-", "_", "!")):
        return ""
    inner = "".join(_inline(child) for child in node.iter(include_text=True))
    if node.tag == "a":
        address = clean_line(node.attributes.get("href") or "")
        return f'<a href="{html.escape(address)}">{inner}</a>' if SAFE_LINK.match(address) and inner.strip() else inner
    if node.tag in INLINE_TAGS and inner.strip():
        return f"<{node.tag}>{inner}</{node.tag}>"
    return inner
