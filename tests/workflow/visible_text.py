"""The text that a reader meets in a release, file by file, and what of it nobody can account for."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree, html

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
    " | //output/@*[starts-with(name(), 'data-')] | //input[@type='submit' or @type='button']/@value"
)
# Members and elements that hold addresses, codes and days; every other one is read by people.
_UNREAD_MEMBERS = frozenset(
    {"version", "url", "home_page_url", "feed_url", "next_url", "external_url", "feed", "id", "code", "dir", "language"}
    | {"date_published", "date_modified", "_polypost", "path", "sha256"}
)
_UNREAD_ELEMENTS = (
    *("id", "updated", "published", "guid", "link", "pubDate", "lastBuildDate", "lastmod", "loc", "language"),
    *("publisherurl", "date", "referencenumber", "requisitionid", "url", "country", "jobtype", "expirationdate"),
    *("remotetype", "translation", "Language", "InputEncoding", "OutputEncoding"),
)
# A category of a named scheme is a code of that scheme; Atom's label beside it is read.
_UNREAD = " or ".join(("parent::*[@domain]", *(f"parent::*[local-name()={name!r}]" for name in _UNREAD_ELEMENTS)))
_XML_TEXTS = f"//text()[not({_UNREAD})] | {_READ_ALOUD}"
_ROBOTS_LINE = re.compile(r"(?:User-agent|Allow|Disallow|Sitemap): \S+", re.IGNORECASE)
# Between the parts of a line: a title and a name, a city and its country, two amounts, what stands in brackets.
_SEPARATORS = (" · ", "، ", "、", ", ", " – ", "(", ")")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
_STYLE_TEXT = re.compile(r"\bcontent\s*:\s*([\"'])(.*?)\1")
# Scripts take their words from the page; what begins with a capital in one would be a word of its own.
_SCRIPT_TEXT = re.compile(r"([\"'`])([A-Z][a-z].*?)\1")
_FIGURES = re.compile(r"[\W\d_]+")


def visible_texts(path: str, content: bytes) -> Iterator[str]:
    """Yield every text of a file that people read; raises KeyError for a kind of file that is not known here."""
    return _READERS[path.rpartition(".")[2]](content)


def _page_texts(content: bytes) -> Iterator[str]:
    whole = content.decode().replace("<wbr>", "")  # where a line may end is no end of a text
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
    yield from (match[2] for match in _STYLE_TEXT.finditer(content.decode()))


def _robots_texts(content: bytes) -> Iterator[str]:
    yield from (line for line in content.decode().splitlines() if line and not _ROBOTS_LINE.fullmatch(line))


def _script_texts(content: bytes) -> Iterator[str]:
    yield from (match[2] for match in _SCRIPT_TEXT.finditer(content.decode()))


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
