"""The text that a reader meets in a release, file by file, and what of it nobody can account for."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree, html

from pipeline.publishing.feeds.extension import NAMESPACE

_READ_ALOUD = " | ".join(
    f"//@{name}" for name in ("alt", "title", "aria-label", "aria-description", "placeholder", "summary", "label")
)
# A meta element with a name describes the page, except where only machines read it.
_UNREAD_META = ("viewport", "robots", "color-scheme", "og:url", "og:type", "og:locale")
_IS_UNREAD = " or ".join(f"@name={name!r} or @property={name!r}" for name in _UNREAD_META)
_PAGE_TEXTS = (
    "//text()[not(ancestor::script or ancestor::style or ancestor::template)]"
    f" | //meta[(@name or @property) and not({_IS_UNREAD})]/@content | {_READ_ALOUD}"
    # A script shows one of the forms that the page hands it.
    " | //output/@*[starts-with(name(), 'data-')] | //form/@data-new | //form/@data-loading | //form/@data-failed"
    " | //form/@data-again | //input[@type='submit' or @type='button']/@value"
)
# Members and elements that hold addresses, codes and days; every other one is read by people.
_UNREAD_MEMBERS = frozenset(
    {"version", "url", "home_page_url", "feed_url", "next_url", "external_url", "feed", "id", "code", "dir", "language"}
    | {"date_published", "date_modified", "_polypost", "path", "sha256", "icon", "favicon"}
)
# What scripts look up; what they show of it stands on pages too, but for the words that a list brings for its answers.
_LOOKED_UP = re.compile(r"[^/]+/(names\.json|list/.*|search/.*)")
_LIST = re.compile(r"[^/]+/list\.json")
_UNREAD_ELEMENTS = (
    *("id", "updated", "published", "guid", "link", "pubDate", "lastBuildDate", "lastmod", "loc", "language"),
    *("publisherurl", "date", "referencenumber", "requisitionid", "url", "country", "jobtype", "expirationdate"),
    *("remotetype", "translation", "Language", "InputEncoding", "OutputEncoding", "icon", "logo"),
)
_FOR_PROGRAMS = f"parent::*[namespace-uri()={NAMESPACE!r}]"
# A category of a named scheme is a code of that scheme; Atom's label beside it is read.
_UNREAD = " or ".join(
    ("parent::*[@domain]", _FOR_PROGRAMS, *(f"parent::*[local-name()={name!r}]" for name in _UNREAD_ELEMENTS))
)
_XML_TEXTS = f"//text()[not({_UNREAD})] | {_READ_ALOUD}"
_ROBOTS_LINE = re.compile(r"(?:User-agent|Allow|Disallow|Sitemap): \S+", re.IGNORECASE)
# Between the parts of a line: a title and a name, a city and its country, two amounts, what stands in brackets.
_SEPARATORS = (" · ", "، ", "、", ", ", " – ", "(", ")")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
_STYLE_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_STYLE_TEXT = re.compile(r"\bcontent\s*:\s*([\"'])(?!\\a\1)(.*?)\1")
# Scripts take their words from the page; what begins with a capital in one would be a word of its own.
_SCRIPT_TEXT = re.compile(r"([\"'`])([A-Z][a-z].*?)\1")
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_FIGURES = re.compile(r"[\W\d_]+")
# They keep what runs in another direction in order, and neither is a text of its own.
_ISOLATES = re.compile(r"</?bdi[^>]*>|[\u2066-\u2069]")
_ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+")
_MAIL = re.compile(r'<a href="mailto:[^"]*"[^>]*>(.*?)</a>')  # an address in a text is part of that


def visible_texts(path: str, content: bytes) -> Iterator[str]:
    """Yield every text of a file that people read; raises KeyError for a kind of file that is not known here."""
    if _LOOKED_UP.fullmatch(path):
        return
    if _LIST.fullmatch(path):
        content = _PLACEHOLDER.sub("#", json.dumps(json.loads(content)["words"])).encode()
    for text in _READERS[path.rpartition(".")[2]](content):
        if not _ADDRESS.fullmatch(text.strip()):
            yield _ISOLATES.sub("", text)


def _page_texts(content: bytes) -> Iterator[str]:
    whole = _ISOLATES.sub("", content.decode()).replace("<wbr>", "")  # where a line may end is no end of a text
    whole = _MAIL.sub(r"\1", whole)
    yield from _selected(html.fromstring(whole), _PAGE_TEXTS)


def _selected(root: Any, xpath: str) -> list[str]:
    found: list[str] = root.xpath(xpath)
    return found


def _json_texts(content: bytes) -> Iterator[str]:
    yield from _member_texts(json.loads(content))


def _member_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from _member_texts(member)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name == "content_html":
                yield from _page_texts(str(member).encode())
            elif name not in _UNREAD_MEMBERS:
                yield from _member_texts(member)


def _xml_texts(content: bytes) -> Iterator[str]:
    for text in _selected(etree.fromstring(content), _XML_TEXTS):
        if text.startswith("<"):
            yield from _page_texts(text.encode())
        else:
            yield text


def _style_texts(content: bytes) -> Iterator[str]:
    for match in _STYLE_TEXT.finditer(content.decode()):
        yield _STYLE_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), match[2])


def _robots_texts(content: bytes) -> Iterator[str]:
    yield from (line for line in content.decode().splitlines() if line and not _ROBOTS_LINE.fullmatch(line))


def _script_texts(content: bytes) -> Iterator[str]:
    yield from (match[2] for match in _SCRIPT_TEXT.finditer(_COMMENT.sub("", content.decode())))


_READERS = {
    "html": _page_texts,
    "json": _json_texts,
    "xml": _xml_texts,
    "svg": _xml_texts,
    "css": _style_texts,
    "js": _script_texts,
    "txt": _robots_texts,
}


def without_figures(text: str) -> str:
    """Return the words of a text; figures and signs are the same in every language.

    >>> without_figures("JP¥ 20")
    'JP'
    """
    return _FIGURES.sub(" ", text).strip()


class Explained(NamedTuple):
    """Which of our own words a text holds, and the parts of it that are neither these nor known."""

    own: frozenset[str]
    leaks: tuple[str, ...]


class OwnWords:
    """The targets of our own words; a placeholder in one stands for any text, which has to be known in turn."""

    def __init__(self, targets: Iterable[str]) -> None:
        self._patterns = {
            target: re.compile("(.+?)".join(map(re.escape, _PLACEHOLDER.split(target)))) for target in targets
        }

    def explain(self, text: str, known: frozenset[str]) -> Explained:
        """Take our own words out of a text and tell what of the rest is not among the `known` texts."""
        own = set()
        rest = text
        if rest.strip() in known:
            return Explained(frozenset(), ())
        for target, pattern in self._patterns.items():
            rest, count = pattern.subn(lambda match: "\n".join(("", *match.groups(), "")), rest)
            if count:
                own.add(target)
        return Explained(frozenset(own), tuple(leak for line in rest.split("\n") for leak in _unknown(line, known)))


def _unknown(text: str, known: frozenset[str]) -> Iterator[str]:
    """Yield the parts of a line that are neither known as a whole nor made of known parts; figures need no telling."""
    words = without_figures(text)
    if not words or words in known or " ".join(text.split()) in known:
        return
    for separator in _SEPARATORS:
        if separator in text:
            for part in text.split(separator):
                yield from _unknown(part, known)
            return
    yield text.strip()
