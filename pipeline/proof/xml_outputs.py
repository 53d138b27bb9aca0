"""Reads what a release says in XML: Atom, RSS, job XML, sitemaps.

A document may be large, so it is read element by element; entities are never resolved and nothing is fetched.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from lxml import etree

from pipeline.proof.faults import Fault, UnreadableOutputError
from pipeline.proof.shown import MACHINE, Shown, fact_line, label_of, text_digest, without_isolates
from pipeline.proof.site import Site

_ATOM = "{http://www.w3.org/2005/Atom}"
_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OWN = "{urn:polypost:posting}"
_FACTS = (
    "location",
    "applicant_country",
    "applicant_area",
    "salary",
    "employment_type",
    "valid_through",
    "organization",
)
_COUNTRIES = "urn:iso:std:iso:3166"
_TRANSLATION = "urn:polypost:translation"
_ORIGINAL = "urn:polypost:original"
_REMOTE = "Fully remote"
_NO_DATE = "1970-01-01"  # what Atom, which has to have a day, says where none is known


class AtomEntry(NamedTuple):
    """An entry of an Atom feed, and the pages that it names by language; of a tombstone only the posting."""

    shown: Shown
    alternates: dict[str, str]
    gone: bool = False


class Address(NamedTuple):
    """A page in a sitemap: its address, the day of its last change ("" without one), its alternates by language."""

    file: str
    line: str
    url: str
    changed: str
    alternates: dict[str, str]


def read_atom(site: Site, tag: str, path: str, faults: list[Fault]) -> Iterator[AtomEntry]:
    """Yield the entries of an Atom feed and its tombstones, page after page to its end.

    Raises UnreadableOutputError if a page cannot be read.
    """
    country = path.split("/")[2] if "/countries/" in path else ""
    feed_id = f"urn:polypost:feed:{tag}{f':{country}' if country else ''}"
    for page, root in _pages(site, path, _ATOM + "feed", f"./{_ATOM}link", faults):
        faults += _unlike(page, root, "xml:lang", root.get(_LANG), tag)
        faults += _unlike(page, root, "id", root.findtext(_ATOM + "id"), feed_id)
        for element in root.iterfind(_TOMBSTONE):
            gone = Shown(file=page, place=_line(element), posting=_posting_of(element.get("ref"), tag))
            yield AtomEntry(gone, {}, gone=True)
        for element in root.iterfind(_ATOM + "entry"):
            yield _atom_entry(site, tag, page, element)


def read_rss(site: Site, tag: str, faults: list[Fault]) -> Iterator[Shown]:
    """Yield the items of the RSS feed of a version, page after page to its end.

    Raises UnreadableOutputError if a page cannot be read.
    """
    for page, root in _pages(site, f"{tag}/rss.xml", "rss", f"./channel/{_ATOM}link", faults):
        faults += _unlike(page, root, "language", root.findtext("channel/language"), tag)
        for element in root.iterfind("channel/item"):
            yield _rss_item(site, tag, page, element)


def read_jobs(site: Site, tag: str, faults: list[Fault]) -> Iterator[Shown]:
    """Yield the postings of the job XML of a version, the jobs of a posting, one a place, as one.

    Raises UnreadableOutputError if it cannot be read.
    """
    path = f"{tag}/jobs.xml"
    before: Shown | None = None
    references: set[str] = set()
    for element in _elements(path, site.place_of(path), "job"):
        job = _job(site, path, element)
        reference = element.findtext("referencenumber") or ""
        own = f"urn:polypost:{quote(job.posting or '', safe='')}/{tag}"
        if reference in references or not f"{reference}/".startswith(f"{own}/"):
            reason = f"is {reference!r}, which has to stand there once, and to begin with {own}"
            faults.append(Fault(path, f"{job.place} referencenumber", reason))
        references.add(reference)
        if before is not None and before.posting == job.posting:
            countries = tuple(sorted({*(before.countries or ()), *(job.countries or ())}))
            if replace(job, place=before.place, countries=before.countries) != before:
                faults.append(Fault(path, job.place, f"says something else than {before.place} of the same posting"))
            before = replace(before, countries=countries)
            continue
        if before is not None:
            yield before
        before = job
    if before is not None:
        yield before


def read_sitemap_index(site: Site) -> list[Address]:
    """Return the parts of the sitemap.

    Raises UnreadableOutputError if it cannot be read.
    """
    return list(_addresses(site, "sitemap.xml", "sitemap"))


def read_sitemap(site: Site, path: str) -> Iterator[Address]:
    """Yield the pages of a part of the sitemap.

    Raises UnreadableOutputError if it cannot be read.
    """
    return _addresses(site, path, "url")


def read_search_address(site: Site, path: str) -> tuple[str, str]:
    """Return language and address of the search that a file describes to browsers.

    Raises UnreadableOutputError if it cannot be read.
    """
    root = _root(site, path)
    found = {etree.QName(element).localname: element for element in root if isinstance(element.tag, str)}
    language, url = found.get("Language"), found.get("Url")
    address = url.get("template", "") if url is not None else ""
    return (language.text or "" if language is not None else ""), address.removesuffix("?q={searchTerms}")


def _atom_entry(site: Site, tag: str, file: str, element: etree._Element) -> AtomEntry:
    categories = _categories(
        (each.get("scheme", ""), each.get("term", "")) for each in element.iterfind(_ATOM + "category")
    )
    links = [
        (link.get("rel"), link.get("hreflang", ""), link.get("href", "")) for link in element.iterfind(_ATOM + "link")
    ]
    alternates = {language: href for relation, language, href in links if relation == "alternate"}
    updated = (element.findtext(_ATOM + "updated") or "")[:10]
    own = alternates.get(tag, "")
    shown = Shown(
        file=file,
        place=_line(element),
        posting=_posting_of(element.findtext(_ATOM + "id"), tag),
        page=site.path_of(own) or own,
        title=without_isolates(element.findtext(_ATOM + "title") or ""),
        text=text_digest(element.findtext(_ATOM + "content") or ""),
        language=element.get(_LANG, ""),
        organization=None,
        address=next((href for relation, _, href in links if relation == "related"), ""),
        published=(element.findtext(_ATOM + "published") or "")[:10],
        changed=None if updated == _NO_DATE else updated,
    )
    return AtomEntry(_labelled(_with_facts(shown, element), categories), alternates)


def _rss_item(site: Site, tag: str, file: str, element: etree._Element) -> Shown:
    categories = _categories((each.get("domain", ""), each.text or "") for each in element.iterfind("category"))
    link = element.findtext("link") or ""
    related = element.find(_ATOM + "link[@rel='related']")
    shown = Shown(
        file=file,
        place=_line(element),
        posting=_posting_of(element.findtext("guid"), tag),
        page=site.path_of(link) or link,
        title=without_isolates(element.findtext("title") or ""),
        text=text_digest(element.findtext(_CONTENT) or ""),
        language=element.findtext(_DC + "language"),
        organization=element.findtext(_DC + "creator") or "",
        address=related.get("href", "") if related is not None else "",
        changed=(element.findtext(_ATOM + "updated") or "")[:10] or None,
    )
    return _labelled(_with_facts(shown, element), categories)


def _job(site: Site, file: str, element: etree._Element) -> Shown:
    fields = {str(child.tag): child.text or "" for child in element}
    url, translation = fields.get("url", ""), fields.get("translation", "")
    return Shown(
        file=file,
        place=_line(element),
        posting=fields.get("requisitionid", ""),
        page=site.path_of(url) or url,
        title=without_isolates(fields.get("title", "")),
        text=text_digest(fields.get("description", "")),
        language=fields.get("language", ""),
        translation=translation,
        label=label_of(translation),
        machine=translation == MACHINE,
        original=_count(fields.get("original", "")),
        countries=tuple(filter(None, [fields.get("country")])),
        remote=fields.get("remotetype") == _REMOTE,
        organization=fields.get("company", ""),
        deadline=fields.get("expirationdate", ""),
    )


def _with_facts(shown: Shown, element: etree._Element) -> Shown:
    """Add what the elements of our namespace say."""
    facts = [
        fact_line(name, {str(key): str(value) for key, value in each.attrib.items()} or each.text or "")
        for name in _FACTS
        for each in element.iterfind(_OWN + name)
    ]
    return replace(
        shown,
        remote=element.findtext(_OWN + "remote") == "true",
        source_language=element.findtext(_OWN + "source_language"),
        facts=tuple(sorted(facts)),
        text_modified=(element.findtext(_OWN + "text_modified") or "")[:10],
    )


def _labelled(shown: Shown, categories: dict[str, list[str]]) -> Shown:
    translation = " ".join(categories[_TRANSLATION])
    return replace(
        shown,
        translation=translation,
        label=label_of(translation),
        machine=translation == MACHINE,
        original=_count(" ".join(categories[_ORIGINAL])),
        countries=tuple(categories[_COUNTRIES]),
    )


def _categories(pairs: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for scheme, term in pairs:
        found[scheme].append(term)
    return found


def _count(text: str) -> int:
    return (int(text) if text.isdecimal() else -1) if text else 0


def _posting_of(urn: str | None, tag: str) -> str:
    """Return the posting that a URN names, "" if it is not one of this version.

    >>> _posting_of("urn:polypost:acme%204711/pt-BR", "pt-BR")
    'acme 4711'
    """
    named = (urn or "").removeprefix("urn:polypost:")
    return unquote(named.removesuffix(f"/{tag}")) if named != urn and named.endswith(f"/{tag}") else ""


def _addresses(site: Site, path: str, name: str) -> Iterator[Address]:
    for element in _elements(path, site.place_of(path), _SITEMAP + name):
        alternates = {link.get("hreflang", ""): link.get("href", "") for link in element.iterfind(_XHTML_LINK)}
        url, day = element.findtext(_SITEMAP + "loc") or "", element.findtext(_SITEMAP + "lastmod") or ""
        yield Address(path, _line(element), url, day, alternates)


def _pages(
    site: Site, path: str, root_name: str, links: str, faults: list[Fault]
) -> Iterator[tuple[str, etree._Element]]:
    """Yield path and root of each page of a feed; each names itself, the one before and the first."""
    seen: list[str] = []
    following: str | None = path
    while following:
        page = following
        root = _root(site, page)
        if root.tag != root_name:
            raise UnreadableOutputError(page, _line(root), f"is {root.tag!r}, not {root_name!r}")
        named = {link.get("rel", ""): link.get("href", "") for link in root.iterfind(links)}
        wanted = {"self": page} | ({"first": path, "previous": seen[-1]} if seen else {})
        if root_name == _ATOM + "feed":  # RSS has an element for it
            wanted["alternate"] = f"{path.rpartition('/')[0]}/"
        for relation, target in wanted.items():
            faults += _unlike(page, root, f"link {relation}", named.get(relation), site.base_url + target)
        seen.append(page)
        yield page, root
        following = site.path_of(named["next"]) if "next" in named else None
        if following in seen or ("next" in named and following is None):
            faults.append(Fault(page, "link next", f"{named['next']!r} leads to no further page"))
            return


def _unlike(file: str, element: etree._Element, place: str, found: str | None, wanted: str) -> Iterator[Fault]:
    if found != wanted:
        yield Fault(file, f"{_line(element)} {place}", f"is {found!r}, not {wanted!r}")


def _line(element: etree._Element) -> str:
    return f"line {element.sourceline}"


def _root(site: Site, path: str) -> etree._Element:
    with _refusing(path):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        return etree.fromstring(site.read(path), parser)


def _elements(path: str, place: Path, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a name, each forgotten when the next is asked for."""
    with _refusing(path):
        for _, element in etree.iterparse(
            str(place), tag=name, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
        ):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


@contextmanager
def _refusing(path: str) -> Iterator[None]:
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise UnreadableOutputError(path, f"line {error.lineno}", f"is no XML: {error.msg}") from error
