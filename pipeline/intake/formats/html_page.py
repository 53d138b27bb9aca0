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
from pipeline.intake.formats.page_labels import take_facts
from pipeline.intake.formats.text import opens_posting, reads_as_title, stands_above_title, stem_in_words
from pipeline.intake.reading.aliases import record_of
from pipeline.intake.reading.furniture import announces_advert
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord, RecordError, SectionRecord
from pipeline.model.cleaning import clean_line
from pipeline.model.posting import BlockKind, blocks_of

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

    A document of Word often has no heading but bold or plain lines: its title is a fact called so, else the first line
    that reads as one, which is guessed.
    """
    title = _title(tree, lexicon)
    address = tree.css_first('link[rel="canonical"]')
    tree.strip_tags(_AROUND)
    main = next((node for name in _MAIN if (node := tree.css_first(name)) is not None and node.text(strip=True)), None)
    if main is None:
        return RecordError("a page without text; if a script fills it in a browser, save the page from there")
    heading = main.css_first("h1")
    if heading is not None and clean_line(heading.text(deep=True) or "") == title:
        heading.decompose()

    def above_facts(line: str) -> bool:
        above = line in title or stands_above_title(line) or opens_posting(line, lexicon)
        return above or (not title and reads_as_title(line, lexicon))

    facts = take_facts(main, above_facts, titled=bool(title))
    record = record_of({"id": stem, "url": _address(address), **facts.fields, "description": main.html})
    titled = bool(title or record.title)
    record = structs.replace(
        record, title=title or record.title or stem_in_words(stem), title_guessed=not titled, lines=facts.lines
    )
    record = record if titled else _titled_by_first_line(record, lexicon)
    return _with_kept(record, facts.kept, lexicon) if facts.kept else record


def _address(node: LexborNode | None) -> str | None:
    return (node.attributes.get("href") or None) if node is not None else None


def _titled_by_first_line(record: PostingRecord, lexicon: HeadingLexicon) -> PostingRecord:
    """Take the first line for the title if it reads as one; what is no title may stand above it."""
    found = _parts(record, lexicon)
    if not found:
        return record
    first, *rest = found
    if first.heading:
        if lexicon.knows(first.heading) or announces_advert(first.heading):
            return record
        parts = [replace(first, kind="description", heading=""), *rest] if first.blocks else rest
        return structs.replace(record, title=first.heading, description=None, sections=parts) if parts else record
    above = next((n for n, block in enumerate(first.blocks) if not stands_above_title(block.text)), 0)
    line = first.blocks[above]
    if line.kind is BlockKind.ITEM or not reads_as_title(line.text, lexicon):
        return record
    blocks = first.blocks[:above] + first.blocks[above + 1 :]
    parts = [replace(first, blocks=blocks), *rest] if blocks else rest
    return structs.replace(record, title=line.text, description=None, sections=parts) if parts else record


def _with_kept(record: PostingRecord, kept: list[str], lexicon: HeadingLexicon) -> PostingRecord:
    """Put lines that stood beside facts before the text."""
    parts = _parts(record, lexicon)
    before = SectionRecord(kind="description", blocks=blocks_of(kept))
    return structs.replace(record, description=None, sections=[before, *parts])


def _parts(record: PostingRecord, lexicon: HeadingLexicon) -> list[SectionRecord]:
    from pipeline.intake.reading.bodies.reader import read_body  # noqa: PLC0415  its patterns take long to compile

    if record.sections is not None:
        assert isinstance(record.sections, list)  # noqa: S101  for the type checker; they were made above
        return record.sections
    return list(read_body(str(record.description), lexicon))


def _title(tree: LexborHTMLParser, lexicon: HeadingLexicon) -> str:
    headings = [clean_line(node.text(deep=True) or "") for node in tree.css("h1")]
    if len(headings) == 1 and headings[0] and not opens_posting(headings[0], lexicon):
        return headings[0]
    shared = tree.css_first('meta[property="og:title"]')
    named = tree.css_first("title")
    for text in (
        (shared.attributes.get("content") or "") if shared is not None else "",
        (named.text(deep=True) or "") if named is not None else "",
        headings[0] if headings else "",
    ):
        title = _SITE_NAME.sub("", clean_line(text))
        if title and not opens_posting(title, lexicon):
            return title
    return ""
