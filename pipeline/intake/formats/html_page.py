"""Web pages: a JobPosting that the page carries as JSON-LD or microdata, else its title and its main text."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from msgspec import structs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.intake.formats.item import Item, Tree
from pipeline.intake.formats.json_documents import JsonReader
from pipeline.intake.formats.json_ld import parse_json_ld
from pipeline.intake.formats.json_text import decode_json
from pipeline.intake.formats.text import stem_in_words
from pipeline.intake.reading.furniture import announces_advert
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.model.cleaning import clean_line

# What a page says around its text.
_AROUND = [
    *("script", "style", "template", "noscript", "iframe", "svg", "head"),
    *("nav", "header", "footer", "aside", "form", "dialog", "button"),
]
# Where a page keeps its text, the surest first.
_MAIN = ('[itemprop="description"]', "main article", "main", "article", '[role="main"]', "#content", ".content", "body")
_SCRIPT_MARKS = re.compile(r"^\s*(?:<!--|/[/*]?\s*<!\[CDATA\[\s*(?:\*/)?)|(?:-->|/[/*]?\s*\]\]>\s*(?:\*/)?)\s*;?\s*$")
# The name of the site behind a page's title.
_SITE_NAME = re.compile(r"\s+[|·•–—]\s+[^|·•–—]{1,60}$")
_JOB_POSTING = '[itemtype$="schema.org/JobPosting"]'
_HTML_VALUED = frozenset({"description", "responsibilities", "qualifications", "jobBenefits", "skills"})
_MAX_LEVELS = 60


def read_html(text: str, lexicon: HeadingLexicon, *, stem: str) -> Iterator[Item]:
    """Read the postings of a page; `stem` is the id of a posting for which the page names none."""
    tree = LexborHTMLParser(text)
    found = list(_json_ld(tree, lexicon)) or list(_microdata(tree))
    for number, item in enumerate(found, start=1):
        record = item.found
        if isinstance(record, PostingRecord) and not record.id:
            record = structs.replace(record, id=stem if len(found) == 1 else f"{stem}-{number}")
        yield structs.replace(item, found=record)
    if not found:
        yield Item(1, _page(tree, lexicon, stem), lambda: text, "html")


def _json_ld(tree: LexborHTMLParser, lexicon: HeadingLexicon) -> Iterator[Item]:
    reader = JsonReader(lexicon, forced="json-ld")
    for node in tree.css('script[type*="ld+json"]'):
        text = _SCRIPT_MARKS.sub("", node.text(deep=True) or "")
        if "JobPosting" not in text:
            continue
        raw = text.encode("utf-8", "surrogatepass")
        try:
            yield from reader.read_tree(decode_json(raw), 1, raw)
        except RecordError as error:
            yield Item(1, RecordError(f"JSON-LD in the page: {error}"), raw.decode, "json-ld")


def _microdata(tree: LexborHTMLParser) -> Iterator[Item]:
    for scope in tree.css(_JOB_POSTING):
        node = {"@type": "JobPosting", **_members(scope, _MAX_LEVELS)}
        yield Item(1, parse_json_ld(node, {}), partial(json.dumps, node, ensure_ascii=False), "json-ld")


def _members(scope: LexborNode, levels: int) -> Tree:
    """Return the properties of an item as JSON-LD would have them."""
    found: dict[str, object] = {}
    waiting = [*reversed(list(scope.iter()))]
    while waiting:
        node = waiting.pop()
        names = (node.attributes.get("itemprop") or "").split()
        inner = "itemscope" in node.attributes
        if names:
            value = _members(node, levels - 1) if inner and levels else _value(node, names[0])
            for name in names:
                before = found.get(name)
                found[name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]
        if not inner and not (names and names[0] in _HTML_VALUED):
            waiting += reversed(list(node.iter()))
    return found


def _value(node: LexborNode, name: str) -> str:
    attributes = node.attributes
    for attribute in ("content", "datetime", "href", "src"):
        if attributes.get(attribute):
            return str(attributes[attribute])
    return (node.html or "") if name in _HTML_VALUED else clean_line(node.text(deep=True) or "")


def _page(tree: LexborHTMLParser, lexicon: HeadingLexicon, stem: str) -> PostingRecord | RecordError:
    """Return a page that describes nothing for machines: its heading is the title, its main part the text.

    A document of Word has no heading but bold lines, and the name of its template for a title: the first line that
    reads as a heading is a title then, though a guessed one.
    """
    title = _title(tree)
    address = tree.css_first('link[rel="canonical"]')
    tree.strip_tags(_AROUND)
    main = next((node for name in _MAIN if (node := tree.css_first(name)) is not None and node.text(strip=True)), None)
    if main is None:
        return RecordError("a page without text; if a script fills it in a browser, save the page from there")
    heading = main.css_first("h1")
    if heading is not None and clean_line(heading.text(deep=True) or "") == title:
        heading.decompose()
    record = PostingRecord(
        id=stem,
        title=title or stem_in_words(stem),
        title_guessed=not title,
        url=(address.attributes.get("href") if address is not None else None) or None,
        description=main.html,
    )
    return record if title else _titled_by_first_line(record, lexicon)


def _titled_by_first_line(record: PostingRecord, lexicon: HeadingLexicon) -> PostingRecord:
    from pipeline.intake.reading.bodies.reader import read_body  # noqa: PLC0415  its patterns take long to compile

    first, *rest = read_body(str(record.description), lexicon) or (None,)
    if first is None or not first.heading or lexicon.knows(first.heading) or announces_advert(first.heading):
        return record
    parts = [replace(first, kind="description", heading=""), *rest] if first.blocks else rest
    return structs.replace(record, title=first.heading, description=None, sections=parts) if parts else record


def _title(tree: LexborHTMLParser) -> str:
    headings = [clean_line(node.text(deep=True) or "") for node in tree.css("h1")]
    if len(headings) == 1 and headings[0] and not announces_advert(headings[0]):
        return headings[0]
    shared = tree.css_first('meta[property="og:title"]')
    named = tree.css_first("title")
    for text in (
        (shared.attributes.get("content") or "") if shared is not None else "",
        (named.text(deep=True) or "") if named is not None else "",
        headings[0] if headings else "",
    ):
        title = _SITE_NAME.sub("", clean_line(text))
        if title and not announces_advert(title):
            return title
    return ""
