"""Text that tries to run, in every field of postings, in every target and in the words of our own pages.

Every output is read: pages and the HTML of feeds by a parser that reads as browsers do, XML by one that refuses what is
not well-formed, JSON-LD as JSON. Nothing may stand in them that harmless text does not make.
`tests/publishing/test_xss.py` opens the same site in a browser.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from pipeline.model.cleaning import balance_directions, clean_text
from pipeline.publishing.pages.listings import LIST_SIZE
from tests.hostile.tally import Tally
from tests.publishing.hostile_site import HARMLESS, build_hostile_site, feed_contents
from tests.publishing.xss_payloads import every_payload

# What turns the direction of writing and does not end it, what nobody sees, what is no text.
INVISIBLE = (
    "\u202egnirts desrever",
    "\u202d\u202e\u202dthree turns",
    "\u2066isolated without end",
    "\u2069\u2069\u202c ends of nothing",
    "\u200e\u200f\u061cmarks",
    "nu\u200brse \u200c\u200d\u2060\ufeff joiners",
    "soft\u00adhyphens\u00ad",
    "tags \U000e0041\U000e0042\U000e007f",
    "variants \ufe00\ufe0f\U000e0100",
    "controls \x01\x02\x1b[31mred\x07\x7f\x9b",
    "no character \ufffe\uffff\ufff9\ufffb",
    "lines \u2028 and \u2029 \x85 \x0b \x0c",
    "zalgo" + "\u0301" * 300,
)
_PLACES = ("postings", "targets", "our own words")
_TEXTS = 8
_STRUCTURED = re.compile(r'type="application/ld\+json">(.*?)</script>', re.DOTALL)
# What tells one use of an element from another, by value; of all others the name does.
_TELLING = frozenset({"rel", "type", "http-equiv", "style", "target", "src"})


def attack_outputs(folder: Path, *, long: bool) -> Tally:
    """Build with every payload in every place, and look through all that was published."""
    payloads = [*every_payload(), *INVISIBLE]
    texts = payloads if long else [" ".join(payloads[start::_TEXTS]) for start in range(_TEXTS)]
    hostile = build_hostile_site(folder / "hostile", texts)
    harmless = build_hostile_site(
        folder / "harmless", [HARMLESS, *(f"Plain words {number}" for number in range(LIST_SIZE // 4))]
    )
    known = {shape for _, shape in _shapes(harmless)}
    strange = (f"{place}: {shape}" for place, shape in _shapes(hostile) if shape not in known)
    through = dict.fromkeys([*strange, *_misread(hostile)])
    return Tally(stage="text in outputs", tried=len(payloads) * len(_PLACES), through=tuple(through))


def _shapes(release: Path) -> Iterator[tuple[str, str]]:
    """Yield every element with its attributes, of pages and of what feeds hand out as HTML."""
    for page in sorted(release.rglob("*.html")):
        yield from ((page.name, shape) for shape in _shapes_of(page.read_text(encoding="utf-8")))
    for content in feed_contents(release):
        yield from (("a feed", shape) for shape in _shapes_of(content))


def _shapes_of(html: str) -> Iterator[str]:
    for element in LexborHTMLParser(html).css("*"):
        attributes = element.attributes
        yield " ".join([element.tag or "", *sorted(_described(name, attributes[name] or "") for name in attributes)])


def _described(name: str, value: str) -> str:
    if name in {"href", "action"}:
        scheme, colon, _ = value.partition(":")
        return f"{name}={scheme.lower() if colon and '/' not in scheme else 'relative'}"
    if name == "src":
        return f"src={value.rpartition('/')[2]}"
    return f"{name}={value}" if name in _TELLING else name


def _misread(release: Path) -> Iterator[str]:
    """Yield what a reader of XML, JSON or JSON-LD would not take, or would be misled by."""
    for path in sorted(release.rglob("*.xml")):
        yield from _wrong_in_xml(path)
    for path in sorted(release.rglob("*.json")):
        for text in _texts(json.loads(path.read_text(encoding="utf-8"))):
            if clean_text(text) != text:
                yield f"{path.name}: control characters in {text[:60]!r}"
            elif any(balance_directions(line) != line for line in text.split("\n")):
                yield f"{path.name}: a direction without its end in {text[:60]!r}"
    yield from _wrong_in_structured_data(release)
    for packed in sorted(release.rglob("*.gz")):
        if gzip.decompress(packed.read_bytes()) != packed.with_suffix("").read_bytes():
            yield f"{packed.name}: another text than beside it"


def _wrong_in_structured_data(release: Path) -> Iterator[str]:
    blocks = [(page, raw) for page in sorted(release.rglob("*.html")) for raw in _STRUCTURED.findall(page.read_text())]
    if not any(page.parent.name == "postings" for page, _ in blocks):
        yield "no posting has JSON-LD that could be misread"
    for page, raw in blocks:
        if "<" in raw:
            yield f"{page.name}: a tag in JSON-LD"
        json.loads(raw)


def _wrong_in_xml(path: Path) -> Iterator[str]:
    try:
        tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield f"{path.name}: {error}"
        return
    if getattr(tree.docinfo, "doctype", ""):
        yield f"{path.name}: a document type"
    for node in tree.iter():
        if not isinstance(node.tag, str):
            yield f"{path.name}: {etree.tostring(node)[:60]!r}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)
