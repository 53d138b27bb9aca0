"""Reads the pages of a release as a browser would: those of postings, the lists of a version, the one of languages."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.proof.faults import JSON_ERRORS, Fault, UnreadableOutputError
from pipeline.proof.shown import MACHINE, PERSON, SOURCE, Shown, text_digest
from pipeline.proof.site import Site

_RESULTS = "results"  # where a script puts what it found
# What a page of a posting is made of; whatever else stood beside these would be text that nobody has translated.
_PARTS = {
    "body": {"a.skip", "header", "main", "footer.bottom"},
    "main": {"article"},
    "article": {"h1", "p.origin", "div.columns", "p.apply at-end"},
    "div.columns": {"div.glance", "div.body"},
    "div.glance": {"dl.facts", "p.apply"},
}
# Where a page has words of ours beside the text of the posting.
_WORDS = "a.skip, a.home, p.origin > span, p.origin > a, dl.facts dt, a.action, footer.bottom a"
_ADDRESSES = "[href],[src]"
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
    applicants: tuple[_Named, ...] = msgspec.field(name="applicantLocationRequirements", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingPage:
    """A posting's page: what it shows, once as HTML and once as JSON-LD, and where else the posting stands.

    `alternates` are for search engines, none where the page asks `noindex`; `languages` lead readers there.
    """

    page: Shown
    data: Shown
    noindex: bool
    alternates: dict[str, str]
    languages: dict[str, str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of the lists of a version: its cards by list, how many each list says that it has, the page after it.

    `targets` are where the lists begin, by their ids; `empty` are lists without a card.
    """

    cards: tuple[tuple[str, Shown, tuple[str, ...] | None], ...]
    counts: dict[str, int]
    targets: dict[str, str]
    following: str
    empty: tuple[str, ...]
    scripted: bool
    alternates: dict[str, str]


def read_posting_page(site: Site, tag: str, path: str, faults: list[Fault]) -> PostingPage:
    """Read the page of a posting.

    Raises UnreadableOutputError if it is no such page.
    """
    tree = _page(site, path, tag, faults)
    faults += _foreign_parts(tree, path)
    data = _job_posting(tree, path)
    heading, body = tree.css_first("h1"), tree.css_first("div.body")
    if heading is None or body is None:
        raise UnreadableOutputError(path, "", "is no page of a posting")
    described = LexborHTMLParser(data.description).css_first("div")
    if described is None or _content(described) != _content(body):
        faults.append(Fault(path, "div.body", "the text differs from that in the JSON-LD"))
    original = len(body.css("span[lang]"))
    labels = tree.css("p.origin > span.label")
    action = tree.css_first("a.action")
    label = SOURCE if not labels else PERSON if "by-person" in _classes(labels[0]) else MACHINE
    title = heading.text()
    canonical = tree.css_first("link[rel=canonical]")
    address = (canonical.attributes.get("href") if canonical is not None else "") or ""
    page = Shown(
        file=path,
        place="",
        posting=data.identifier.value,
        page=site.path_of(address) or address,
        title=title,
        text=text_digest(data.description),
        language=body.attributes.get("lang"),
        label=label,
        machine=label == MACHINE,
        original=original + (heading.attributes.get("lang") not in {None, body.attributes.get("lang")}),
        address=(action.attributes.get("href") if action is not None else "") or "",
    )
    head = tree.css_first("title")
    if head is None or not head.text().startswith(title):
        faults.append(Fault(path, "title", f"does not begin with {title!r}"))
    return PostingPage(
        page=page,
        data=_data_shown(site, path, data),
        noindex=tree.css_first("meta[name=robots][content=noindex]") is not None,
        alternates=_alternates(tree),
        languages={lang: site.join(path, href) for lang, href in _links(tree, "ul.languages a[hreflang]")},
        words=tuple(dict.fromkeys(" ".join(node.text().split()) for node in tree.css(_WORDS))),
    )


def read_list_page(site: Site, tag: str, path: str, faults: list[Fault]) -> ListPage:
    """Read a page of the lists of a version.

    Raises UnreadableOutputError if it cannot be read.
    """
    tree = _page(site, path, tag, faults)
    sections = {node.attributes.get("id") or "": node for node in tree.css("main section[id]") if node.id != _RESULTS}
    cards: list[tuple[str, Shown, tuple[str, ...] | None]] = []
    for name, section in sections.items():
        found = [_card(card, path, f"#{name} card {number}") for number, card in enumerate(section.css("li.card"), 1)]
        cards += [(name, shown, groups) for shown, groups in found]
    counts: dict[str, int] = {}
    targets: dict[str, str] = {}
    for item in tree.css("ul.countries > li"):
        link, count = item.css_first("a"), item.css_first(".count")
        href = (link.attributes.get("href") if link is not None else "") or ""
        name = href.removeprefix("#").removesuffix(".html")
        counts[name] = read_number(count.text() if count is not None else "")
        targets[name] = path if href.startswith("#") else site.join(path, href)
    pages = {node.attributes.get("rel"): node.attributes.get("href") or "" for node in tree.css("nav.pager > a[rel]")}
    return ListPage(
        cards=tuple(cards),
        counts=counts,
        targets=targets,
        following=site.join(path, pages["next"]) if "next" in pages else "",
        empty=tuple(name for name in sections if not any(name == owner for owner, _, _ in cards)),
        scripted=tree.css_first("form[data-cards]") is not None,
        alternates=_alternates(tree),
    )


def read_card(html: str, path: str, place: str) -> tuple[Shown, tuple[str, ...] | None]:
    """Return what a card shows, and the lists that it says it stands in; None if it does not say.

    Raises UnreadableOutputError if it is no card.
    """
    card = LexborHTMLParser(html).css_first("li.card")
    if card is None:
        raise UnreadableOutputError(path, place, "is no card")
    return _card(card, path, place)


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
    for node in tree.css("meta[property='og:url']"):
        faults += site.check_address(path, "og:url", node.attributes.get("content") or "")
    for node in tree.css("script:not([src]):not([type='application/ld+json'])"):
        faults.append(Fault(path, "script", f"is one that no page has: {node.text()[:40]!r}"))
    for node in tree.css("form[data-cards], form[data-search]"):
        for name in ("data-cards", "data-search"):
            if name in node.attributes:
                faults += site.check_link(path, name, node.attributes[name] or "")
    return tree


def _check_address(site: Site, path: str, node: LexborNode, anchors: frozenset[str]) -> Iterator[Fault]:
    attributes = node.attributes
    if "nofollow" in (attributes.get("rel") or "").split():
        return  # the employer's, or one of the text: it leads elsewhere
    href = attributes.get("href") or attributes.get("src") or ""
    place = f"{node.tag} {href}"
    if ":" in href.partition("/")[0]:
        yield from site.check_address(path, place, href)
    else:
        yield from site.check_link(path, place, href, anchors)


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


def _job_posting(tree: LexborHTMLParser, path: str) -> _JobPosting:
    node = tree.css_first("script[type='application/ld+json']")
    try:
        found = msgspec.json.decode(node.text() if node is not None else "", type=_JobPosting)
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
        title=data.title,
        text=text_digest(data.description),
        countries=tuple(sorted(filter(None, countries))),
        remote=data.place_type == "TELECOMMUTE",
        organization=data.organization.name if isinstance(data.organization, _Named) else "",
    )


def _card(card: LexborNode, path: str, place: str) -> tuple[Shown, tuple[str, ...] | None]:
    link, employer = card.css_first("h3 > a"), card.css_first("p.employer")
    if link is None:
        raise UnreadableOutputError(path, place, "is no card: it leads nowhere")
    groups = card.attributes.get("data-groups")
    shown = Shown(
        file=path,
        place=place,
        page=Site.join(path, link.attributes.get("href") or ""),
        title=link.text(),
        machine=card.css_first("span.label") is not None,
        remote="data-remote" in card.attributes,
        organization=employer.text().strip() if employer is not None else "",
    )
    return shown, None if groups is None else tuple(groups.split())


def _content(node: LexborNode) -> str:
    return (node.inner_html or "").strip()


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _alternates(tree: LexborHTMLParser) -> dict[str, str]:
    return dict(_links(tree, "link[rel=alternate][hreflang]"))


def _links(tree: LexborHTMLParser, selector: str) -> Iterator[tuple[str, str]]:
    for node in tree.css(selector):
        yield node.attributes.get("hreflang") or "", node.attributes.get("href") or ""
