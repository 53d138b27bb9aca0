"""Reads the pages of a release as a browser would: those of postings, the lists of a version, the one of languages."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.model.markup import INLINE_TAGS
from pipeline.proof.faults import JSON_ERRORS, Fault, UnreadableOutputError
from pipeline.proof.shown import MACHINE, PERSON, SOURCE, Shown, text_digest, without_isolates
from pipeline.proof.site import Site

# What a page of a posting is made of; whatever else stood beside these would be text that nobody has translated.
_PARTS = {
    "body": {"a.skip", "header", "aside", "main", "footer.bottom"},  # an aside is the owner's of the site
    "main": {"p.back", "article", "div.others"},
    "article": {"h1", "p.origin", "fieldset.views", "div.columns", "p.apply at-end"},
    "div.columns": {"div.glance", "div.body"},
    "div.glance": {"dl.facts", "p.apply", "p.no-way"},
    "div.others": {"section"},
}
# Where a page has words of ours beside the text of the posting.
_WORDS = (
    "a.skip, a.home, p.origin > span, p.origin > a, dl.facts dt, a.action, footer.bottom a, p.back > a, p.no-way,"
    " fieldset.views legend, fieldset.views label, a.report, div.others h2, div.others p > a"
)
_ADDRESSES = "[href],[src]"
_LOADED = "link[rel='stylesheet'], link[rel='icon'], img[src]"
# What feeds say about the text of a posting, within it; nothing in a posting can look like that.
_NOTES = re.compile(r'^(<div [^>]*>)<p class="facts".*?</p>|<span class="language">[^<]*</span> ')
_ISOLATES = re.compile("</?bdi[^>]*>")
_INLINE = re.compile(rf"(</?(?:{'|'.join(sorted(INLINE_TAGS))})(?: [^>]*)?>)")
_BLOCKS = frozenset({"h2", "h3", "h4", "p", "li"})
_LISTS = frozenset({"ol", "ul"})


class _Address(msgspec.Struct):
    country: str = msgspec.field(name="addressCountry", default="")


class _Place(msgspec.Struct):
    address: _Address


class _Named(msgspec.Struct):
    name: str


class _Identifier(msgspec.Struct):
    value: str


class _JobPosting(msgspec.Struct):
    kind: str = msgspec.field(name="@type")
    title: str
    description: str
    url: str
    identifier: _Identifier
    organization: _Named | str = msgspec.field(name="hiringOrganization")
    places: tuple[_Place, ...] = msgspec.field(name="jobLocation", default=())
    place_type: str = msgspec.field(name="jobLocationType", default="")
    deadline: str = msgspec.field(name="validThrough", default="")
    applicants: tuple[_Named, ...] = msgspec.field(name="applicantLocationRequirements", default=())


class Original(NamedTuple):
    """What stands beside a translated sentence: its text, and the language that the page says it has."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPage:
    """A page for what is not there: a posting that is no longer open, or any wrong address.

    `others` are postings that it leads to.
    """

    noindex: bool
    words: tuple[str, ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingPage:
    """A posting's page: what it shows as HTML, perhaps once more as JSON-LD, and where else the posting stands.

    `alternates` are for search engines, none where the page asks `noindex`; `languages` lead readers there. Of a
    translation, `originals` are what it says that the employer wrote; `others` are postings that it leads to.
    """

    page: Shown
    data: Shown | None
    noindex: bool
    alternates: dict[str, str]
    languages: dict[str, str]
    words: tuple[str, ...]
    originals: tuple[Original, ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of a list of a version: its cards, the page after it, and where the other lists begin.

    `counts` are how many postings the page says that the others have, by the paths of their first pages.
    """

    cards: tuple[Shown, ...]
    counts: dict[str, int]
    following: str
    alternates: dict[str, str]


def read_posting_page(site: Site, tag: str, path: str, faults: list[Fault]) -> PostingPage:
    """Read the page of a posting.

    Raises UnreadableOutputError if it is no such page.
    """
    tree = _page(site, path, tag, faults)
    faults += _foreign_parts(tree, path)
    words = _words(tree)
    originals = tuple(_take_originals(tree, path, faults))
    data = _job_posting(tree, path)
    heading, body = tree.css_first("h1"), tree.css_first("div.body")
    if heading is None or body is None:
        raise UnreadableOutputError(path, "", "is no page of a posting")
    original = len(body.css("span[lang]"))
    labels = tree.css("p.origin > span.label")
    action = tree.css_first("a.action")
    label = SOURCE if not labels else PERSON if "by-person" in _classes(labels[0]) else MACHINE
    title = without_isolates(heading.text())
    canonical = tree.css_first("link[rel=canonical]")
    address = (canonical.attributes.get("href") if canonical is not None else "") or ""
    page = Shown(
        file=path,
        place="",
        page=site.path_of(address) or address,
        title=title,
        body=text_digest(_content(body)),
        language=body.attributes.get("lang"),
        label=label,
        machine=label == MACHINE,
        original=original + (heading.attributes.get("lang") not in {None, body.attributes.get("lang")}),
        address=(action.attributes.get("href") if action is not None else "") or "",
    )
    head = tree.css_first("title")
    if head is None or not without_isolates(head.text()).startswith(title):
        faults.append(Fault(path, "title", f"does not begin with {title!r}"))
    return PostingPage(
        page=page,
        data=_data_shown(site, path, data) if data else None,
        noindex=_asks_noindex(tree),
        alternates=_alternates(tree),
        languages={lang: site.join(path, href) for lang, href in _links(tree, "ul.languages a[hreflang]")},
        words=words,
        originals=originals,
        others=_others(tree, path),
    )


def read_lost_page(site: Site, tag: str | None, path: str, faults: list[Fault]) -> LostPage:
    """Read the page of a posting that is no longer open, or the one for a wrong address.

    Raises UnreadableOutputError if it cannot be read.
    """
    tree = _page(site, path, tag, faults)
    if tree.css_first("article, script[type='application/ld+json'], link[rel=alternate][hreflang]") is not None:
        faults.append(Fault(path, "", "is the page of no open posting, and shows one, or names other languages of it"))
    return LostPage(noindex=_asks_noindex(tree), words=_words(tree), others=_others(tree, path))


def read_list_page(site: Site, tag: str, path: str, faults: list[Fault]) -> ListPage:
    """Read a page of a list of a version.

    Raises UnreadableOutputError if it cannot be read.
    """
    tree = _page(site, path, tag, faults)
    counts: dict[str, int] = {}
    for item in tree.css("ul.countries > li"):
        link, count = item.css_first("a"), item.css_first(".count")
        href = (link.attributes.get("href") if link is not None else "") or ""
        counts[site.join(path, href)] = read_number(count.text() if count is not None else "")
    pages = {node.attributes.get("rel"): node.attributes.get("href") or "" for node in tree.css("nav.pager > a[rel]")}
    return ListPage(
        cards=tuple(
            _card(card, path, f"card {number}") for number, card in enumerate(tree.css("ol.cards > li.card"), 1)
        ),
        counts=counts,
        following=site.join(path, pages["next"]) if "next" in pages else "",
        alternates=_alternates(tree),
    )


def read_feed_addresses(site: Site, tag: str, faults: list[Fault]) -> list[tuple[str, str]]:
    """Return the files that the page of feeds of a version leads to, each with the address that it gives to copy.

    Raises UnreadableOutputError if it cannot be read.
    """
    path = f"{tag}/feeds.html"
    items = _page(site, path, tag, faults).css("ul.addresses > li")
    named = ((item.css_first("a[href]"), item.css_first("code")) for item in items)
    return [(site.join(path, link.attributes.get("href") or ""), code.text()) for link, code in named if link and code]


def read_choice(site: Site, faults: list[Fault]) -> dict[str, str]:
    """Return where the page that leads to every language leads to, by language.

    Raises UnreadableOutputError if it cannot be read.
    """
    tree = _page(site, "index.html", None, faults)
    return {language: site.join("index.html", href) for language, href in _links(tree, "ul.choice h2 > a[hreflang]")}


def read_number(text: str) -> int:
    """Return a whole number as any locale writes it, -1 for none.

    >>> read_number("1.200"), read_number("١٢"), read_number("")
    (1200, 12, -1)
    """
    digits = "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())
    return int(digits) if digits else -1


def without_notes(html: str) -> str:
    """Return the text of a posting in a feed without what the feed says about it.

    >>> without_notes('<div lang="fr"><p class="facts">Acme</p><p><span class="language">[anglais]</span> Hi</p></div>')
    '<div lang="fr"><p>Hi</p></div>'
    """
    return _NOTES.sub(lambda match: match[1] or "", html)


def body_digest(html: str) -> bytes:
    """Return a digest of the text of a posting, an element of its own, however its HTML is written.

    Where it says what runs in the other direction is left out: a page does so sentence by sentence.
    """
    element = LexborHTMLParser(html).css_first("div")
    return text_digest(_content(element) if element is not None else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBlock:
    """A heading, paragraph or item as it is printed: its text, and from where to where of it in another language."""

    element: str
    text: str
    as_written: tuple[tuple[int, int], ...]
    links: tuple[str, ...]


def read_blocks(html: str) -> tuple[PrintedBlock, ...]:
    """Return the blocks of the text of a posting, in reading order; text outside of any is a block of its own.

    >>> [(block.element, block.text) for block in read_blocks("<h2>A</h2><ul><li>b<ol><li>c</li></ol></li></ul>")]
    [('h2', 'A'), ('li', 'b'), ('li', 'c')]
    """
    root = LexborHTMLParser(html).css_first("body")
    return tuple(_blocks(root)) if root is not None else ()


def _blocks(node: LexborNode) -> Iterator[PrintedBlock]:
    for child in node.iter(include_text=True):
        if child.tag in _BLOCKS:
            yield _block(child)
            if child.tag == "li":
                for below in child.iter():
                    if below.tag in _LISTS:
                        yield from _blocks(below)
        elif child.tag in _LISTS or child.tag == "div":
            yield from _blocks(child)
        elif child.text().strip():
            yield PrintedBlock(element=str(child.tag), text=child.text(), as_written=(), links=())


def _block(node: LexborNode) -> PrintedBlock:
    text, passages, links = "", [], []
    for child in node.iter(include_text=True):
        if child.tag in _LISTS:
            continue
        if child.tag == "span":
            passages.append((len(text), len(text) + len(child.text())))
        links += [link.attributes.get("href") or "" for link in child.css("a")] if child.tag != "-text" else []
        text += child.text()
    return PrintedBlock(element=str(node.tag), text=text, as_written=tuple(passages), links=tuple(links))


def _page(site: Site, path: str, tag: str | None, faults: list[Fault]) -> LexborHTMLParser:
    """Read a page and check its own language, address, scripts and links."""
    try:
        tree = LexborHTMLParser(site.read(path).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableOutputError(path, f"byte {error.start}", "is no UTF-8") from error
    root = tree.css_first("html")
    language = root.attributes.get("lang") if root is not None else None
    if tag is not None and language != tag:
        faults.append(Fault(path, "html lang", f"is {language!r}, not {tag!r}"))
    anchors = frozenset(node.attributes.get("id") or "" for node in tree.css("[id]"))
    for node in tree.css(_ADDRESSES):
        faults += _check_address(site, path, node, anchors)
    faults += _check_files(site, path, tree)
    for node in tree.css("script:not([src]):not([type='application/ld+json'])"):
        faults.append(Fault(path, "script", f"is one that no page has: {node.text()[:40]!r}"))
    for node in tree.css("form[data-search]"):
        faults += site.check_link(path, "data-search", node.attributes["data-search"] or "")
    return tree


def _check_files(site: Site, path: str, tree: LexborHTMLParser) -> Iterator[Fault]:
    """Count the files that a page loads as looked at; check the addresses that a preview of it names."""
    for node in tree.css(_LOADED):
        site.note(site.join(path, node.attributes.get("href") or node.attributes.get("src") or ""))
    for node in tree.css("meta[property='og:url'], meta[property='og:image']"):
        address = node.attributes.get("content") or ""
        yield from site.check_address(path, node.attributes.get("property") or "", address)
        site.note(site.path_of(address) or "")


def _check_address(site: Site, path: str, node: LexborNode, anchors: frozenset[str]) -> Iterator[Fault]:
    attributes = node.attributes
    if {"nofollow", "external"}.intersection((attributes.get("rel") or "").split()):
        return  # the employer's, one of the text, or the site's owner's: it leads elsewhere
    href = attributes.get("href") or attributes.get("src") or ""
    place = f"{node.tag} {href}"
    if ":" in href.partition("/")[0]:
        yield from site.check_address(path, place, href)
    else:
        yield from site.check_link(path, place, href, anchors)


def _asks_noindex(tree: LexborHTMLParser) -> bool:
    return tree.css_first("meta[name=robots][content=noindex]") is not None


def _words(tree: LexborHTMLParser) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(node.text().split()) for node in tree.css(_WORDS)))


def _others(tree: LexborHTMLParser, path: str) -> tuple[tuple[str, str], ...]:
    """Return the pages of other postings that a page leads to, with the titles that it says they have."""
    links = tree.css("div.others li > a")
    return tuple((Site.join(path, link.attributes.get("href") or ""), without_isolates(link.text())) for link in links)


def _take_originals(tree: LexborHTMLParser, path: str, faults: list[Fault]) -> Iterator[Original]:
    """Yield the originals beside the sentences of a translation, and leave the translation alone on the page."""
    for number, sentence in enumerate(tree.css("span.sentence"), 1):
        if sentence.id != f"s{number}":
            faults.append(Fault(path, f"span.sentence {number}", f"has the id {sentence.id!r}, not 's{number}'"))
        for original in sentence.css("span.original"):
            text = original.css_first("span[lang]")
            if text is not None:
                yield Original(text.text(), text.attributes.get("lang") or "")
            original.decompose()
        for printed in sentence.css("span:not([lang]):not(.sentence)"):
            printed.unwrap()
    for sentence in tree.css("span.sentence"):
        sentence.unwrap()


def _foreign_parts(tree: LexborHTMLParser, path: str) -> Iterator[Fault]:
    """Yield what stands on the page of a posting beside the parts that such a page has."""
    for selector, known in _PARTS.items():
        for node in tree.css(selector):
            for child in node.iter(include_text=True):
                name = (
                    f"{child.tag}.{child.attributes['class']}" if (child.attributes or {}).get("class") else child.tag
                )
                if child.tag == "-text" and not child.text().strip():
                    continue
                if name not in known:
                    yield Fault(path, f"{selector} > {name}", f"is no part of a page: {child.text().strip()[:60]!r}")


def _job_posting(tree: LexborHTMLParser, path: str) -> _JobPosting | None:
    """Return what a page says for programs; None where it says nothing."""
    node = tree.css_first("script[type='application/ld+json']")
    if node is None:
        return None
    try:
        found = msgspec.json.decode(node.text(), type=_JobPosting)
    except JSON_ERRORS as error:
        raise UnreadableOutputError(path, "JSON-LD", f"cannot be read: {error}") from error
    if found.kind != "JobPosting":
        raise UnreadableOutputError(path, "JSON-LD $.@type", f"is {found.kind!r}, not 'JobPosting'")
    return found


def _data_shown(site: Site, path: str, data: _JobPosting) -> Shown:
    countries = {place.address.country for place in data.places} | {applicant.name for applicant in data.applicants}
    return Shown(
        file=path,
        place="JSON-LD",
        posting=data.identifier.value,
        page=site.path_of(data.url) or data.url,
        title=without_isolates(data.title),
        body=body_digest(data.description),
        countries=tuple(sorted(filter(None, countries))),
        remote=data.place_type == "TELECOMMUTE" or None,
        organization=data.organization.name if isinstance(data.organization, _Named) else "",
    )


def _card(card: LexborNode, path: str, place: str) -> Shown:
    link, employer = card.css_first("h3 > a"), card.css_first("p.employer")
    if link is None:
        raise UnreadableOutputError(path, place, "is no card: it leads nowhere")
    return Shown(
        file=path,
        place=place,
        page=Site.join(path, link.attributes.get("href") or ""),
        title=without_isolates(link.text()),
        machine=card.css_first(".label:not(.by-person)") is not None,
        remote=card.css_first(".remote") is not None,
        organization=employer.text().strip() if employer is not None else "",
    )


def _content(node: LexborNode) -> str:
    """Return the HTML in an element, before each text the tags that are open around it.

    Pages isolate what runs in the other direction by sentences, feeds by blocks; an element may be cut in two for it.
    """
    pieces: list[str] = []
    opened: list[str] = []
    around = ""
    for number, part in enumerate(_INLINE.split(_ISOLATES.sub("", node.inner_html or "").strip())):
        if number % 2 == 0:
            if part and around != "".join(opened):
                around = "".join(opened)
                pieces.append(f"\0{around}\0")
            pieces.append(part)
        elif not part.startswith("</"):
            opened.append(part)
        elif opened:
            opened.pop()
    return "".join(pieces)


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _alternates(tree: LexborHTMLParser) -> dict[str, str]:
    return dict(_links(tree, "link[rel=alternate][hreflang]"))


def _links(tree: LexborHTMLParser, selector: str) -> Iterator[tuple[str, str]]:
    for node in tree.css(selector):
        yield node.attributes.get("hreflang") or "", node.attributes.get("href") or ""
