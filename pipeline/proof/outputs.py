"""The country rule over every output of a release: the same postings everywhere, and exactly their countries.

The JSON Feed of a version is read first. Atom, RSS, job XML, pages, lists, country feeds and sitemaps then have to hold
the same postings and to say the same of each: its text, who translated it, its countries, where else it stands.
"""

import gzip
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from pipeline.errors import LocaleError
from pipeline.language.areas import countries_of_area
from pipeline.model.locale import parse_locale
from pipeline.proof import json_outputs, pages, search_outputs, xml_outputs
from pipeline.proof.faults import Fault, UnreadableOutputError
from pipeline.proof.json_outputs import Item, Language
from pipeline.proof.pages import ListPage, PostingPage
from pipeline.proof.shown import MACHINE, SOURCE, Shown, differences
from pipeline.proof.site import Site

_SCRIPTS = (
    "app.js",
    "cards.js",
    "choices.js",
    "filters.js",
    "languages.js",
    "list.js",
    "posting.js",
    "search.js",
    "words.js",
)
_STATIC = ("style.css", *_SCRIPTS, "icon.svg", "feed.css")
_MISSING = "404.html"
_COMPRESSED = (".html", ".json", ".xml", ".css", ".js")
_DEFAULT = "x-default"
_INDEX = "index.html"
_ANYWHERE, _NO_COUNTRY = "anywhere/index.html", "no-country/index.html"


class Record(Protocol):
    """What a release is compared with beside itself: where each of its sentences comes from."""

    def check_item(self, tag: str, item: Item) -> Iterable[Fault]:
        """Yield what an item says that neither the posting nor a catalog does."""

    def check_originals(self, tag: str, posting: str, page: PostingPage) -> Iterable[Fault]:
        """Yield what a page says that the employer wrote, and that the posting does not."""

    def check_words(self, tag: str, file: str, words: Collection[str]) -> Iterable[Fault]:
        """Yield the words of a page around the text of a posting that no catalog has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A language version as its JSON Feed shows it: its postings, and which page is that of which posting."""

    language: Language
    postings: dict[str, Shown] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        return self.language.language

    def lists(self) -> dict[str, set[str]]:
        """Return the postings of each list but that of all, by the path of its first page."""
        found: dict[str, set[str]] = {}
        for posting, shown in self.postings.items():
            for name in _lists_of(shown):
                found.setdefault(f"{self.tag}/{name}", set()).add(posting)
        return found

    def countries(self) -> dict[str, set[str]]:
        """Return the postings of each country."""
        found: dict[str, set[str]] = {}
        for posting, shown in self.postings.items():
            for code in shown.countries or ():
                found.setdefault(code, set()).add(posting)
        return found


class OutputProof:
    """Goes through all outputs of a site; `faults` are what it found."""

    def __init__(self, site: Site, record: Record | None = None) -> None:
        self._site = site
        self._record = record
        self.faults: list[Fault] = []
        self._versions: dict[str, _Version] = {}
        self._further_pages: set[str] = set()  # of lists, behind their first ones

    @property
    def base_url(self) -> str:
        """The address that the site says it stands at."""
        return self._site.base_url

    @property
    def languages(self) -> int:
        """How many language versions there are."""
        return len(self._versions)

    @property
    def postings(self) -> int:
        """How many postings all versions have, each counted in every version."""
        return sum(len(version.postings) for version in self._versions.values())

    def run(self) -> None:
        """Check everything; what cannot be read at all ends the part that needs it."""
        with self._noting():
            languages = json_outputs.read_languages(self._site)
            if not languages:
                self._note(json_outputs.LANGUAGES, "", "names no language: nothing is published")
                return
            self._site.base_url = json_outputs.find_base_url(self._site, languages[0])
            for language in languages:
                with self._noting():
                    self._read_version(language)
            for version in self._versions.values():
                self._check_version(version)
            self._check_root()
            with self._noting():
                self._check_sitemaps()
            self._check_copies()
            for path in self._site.unread():
                self._note(path, "", "belongs to no output: nothing on the site leads to it")

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except UnreadableOutputError as error:
            self.faults.append(error.fault)

    def _note(self, file: str, place: str, reason: str) -> None:
        self.faults.append(Fault(file, place, reason))

    def _read_version(self, language: Language) -> None:
        version = _Version(language=language)
        if version.tag in self._versions:
            self._note(json_outputs.LANGUAGES, "", f"names {version.tag} twice")
        self._versions[version.tag] = version
        for item in json_outputs.read_feed(self._site, version.tag, f"{version.tag}/feed.json", self.faults):
            shown = item.shown
            if shown.posting in version.postings or shown.page in version.pages:
                self._note(shown.file, shown.place, f"{shown.posting} or its page stands there twice")
            if not (shown.page or "").startswith(f"{version.tag}/postings/"):
                self._note(shown.file, f"{shown.place}.url", f"{shown.page!r} is no page of this version")
            version.postings[shown.posting or ""] = shown
            version.pages[shown.page or ""] = shown.posting or ""
            if self._record:
                self.faults += self._record.check_item(version.tag, item)
        if language.postings != len(version.postings):
            reason = f"says that {version.tag} has {language.postings} postings; its feed has {len(version.postings)}"
            self._note(json_outputs.LANGUAGES, "", reason)
        if not version.postings:
            self._note(json_outputs.LANGUAGES, "", f"names {version.tag}, which has no posting")

    def _check_version(self, version: _Version) -> None:
        tag, site, faults = version.tag, self._site, self.faults
        language = version.language
        if language.feed != f"{tag}/feed.json" or language.dir != _direction(tag) or not language.name:
            self._note(json_outputs.LANGUAGES, "", f"feed, direction or name of {tag} is not right")
        outputs: Mapping[str, Callable[[], Iterable[Shown]]] = {
            f"{tag}/atom.xml": lambda: self._atom_entries(version, f"{tag}/atom.xml"),
            f"{tag}/rss.xml": lambda: xml_outputs.read_rss(site, tag, faults),
            f"{tag}/jobs.xml": lambda: xml_outputs.read_jobs(site, tag, faults),
            f"{tag}/postings/": lambda: self._pages(version),
            f"{tag}/list.json": lambda: search_outputs.read_index(site, tag, version.pages),
        }
        for name, read in outputs.items():
            with self._noting():
                self._match(version, read(), name, version.postings)
        self._check_lost(version)
        with self._noting():
            self._check_countries(version)
        with self._noting():
            self._check_lists(version)
        with self._noting():
            faults += search_outputs.check_words(site, tag)
        with self._noting():
            self._check_feeds_page(version)
        with self._noting():
            self._check_search(f"{tag}/opensearch.xml", tag)

    def _match(self, version: _Version, found: Iterable[Shown], output: str, wanted: Collection[str]) -> None:
        """Compare what an output shows with the JSON Feed: exactly the wanted postings, each once."""
        seen: set[str] = set()
        for shown in found:
            posting = version.pages.get(shown.page or "", "") if shown.posting is None else shown.posting
            reference = version.postings.get(posting)
            if reference is None:
                named = f"posting {posting}" if posting else shown.page
                self._note(shown.file, shown.place, f"{named} is not in {version.tag}/feed.json")
            elif posting in seen or posting not in wanted:
                self._note(shown.file, shown.place, f"{posting} stands there twice, or does not belong into {output}")
            else:
                self.faults += differences(reference, shown)
            seen.add(posting)
        for posting in wanted:
            if posting not in seen:
                reference = version.postings[posting]
                self._note(output, "", f"{posting} is missing, which is in {reference.file} {reference.place}")

    def _check_feeds_page(self, version: _Version) -> None:
        """Check that a version's page of feeds leads to every feed, by an address that can be copied."""
        found = pages.read_feed_addresses(self._site, version.tag, self.faults)
        countries = sorted(version.countries())
        wanted = {f"{version.tag}/{name}" for name in ("atom.xml", "rss.xml", "feed.json", "jobs.xml")}
        wanted |= {f"{version.tag}/countries/{code}/{name}" for code in countries for name in ("atom.xml", "feed.json")}
        addresses = {path: f"{self._site.base_url}{path}" for path in wanted}
        if dict(found) != addresses or len(found) != len(addresses):
            self._note(f"{version.tag}/feeds.html", "ul.addresses", _unlike("they are", dict(found), addresses))

    def _atom_entries(self, version: _Version, path: str, country: str = "") -> Iterator[Shown]:
        for entry in xml_outputs.read_atom(self._site, version.tag, path, self.faults):
            shown = entry.shown
            if not entry.gone:
                wanted = self._stands_in(shown.posting or "")
                if entry.alternates != wanted:
                    self._note(shown.file, shown.place, _unlike("its alternates", entry.alternates, wanted))
                yield shown
            elif not shown.posting or _stands_in_feed(version.postings.get(shown.posting), country):
                self._note(shown.file, shown.place, "announces a deletion that is none of this version")

    def _pages(self, version: _Version) -> Iterator[Shown]:
        for path, posting in version.pages.items():
            with self._noting():
                page = pages.read_posting_page(self._site, version.tag, path, self.faults)
                self._check_alternates(version, posting, page)
                self._check_others(version, path, page.others)
                if self._record:
                    self.faults += self._record.check_words(version.tag, path, page.words)
                    self.faults += self._record.check_originals(version.tag, posting, page)
                reference = version.postings[posting]
                if page.data:
                    self.faults += differences(_to_search_engines(reference), page.data)
                    if reference.original:
                        self._note(path, "JSON-LD", "stands on a page with sentences in another language")
                yield page.page

    def _check_others(self, version: _Version, path: str, others: Iterable[tuple[str, str]]) -> None:
        """Check that a page leads to other postings of its version, under their titles."""
        for page, title in others:
            shown = version.postings.get(version.pages.get(page, ""))
            if shown is None or page == path:
                self._note(path, "div.others", f"leads to {page}, which is no other posting of this version")
            elif shown.title != title:
                self._note(path, "div.others", f"{page} is called {title!r}, not {shown.title!r} as in {shown.file}")

    def _check_lost(self, version: _Version) -> None:
        """Check the pages of postings that are no longer open, which belong to no version, and of wrong addresses."""
        folder = f"{version.tag}/postings/"
        closed = [path for path in self._site.files if path.startswith(folder) and path.endswith(".html")]
        for path in (*(path for path in closed if path not in version.pages), f"{version.tag}/{_MISSING}"):
            with self._noting():
                page = pages.read_lost_page(self._site, version.tag, path, self.faults)
                if not page.noindex:
                    self._note(path, "meta robots", "does not ask to be left out of indexes")
                self._check_others(version, path, page.others)
                if self._record:
                    self.faults += self._record.check_words(version.tag, path, page.words)

    def _check_alternates(self, version: _Version, posting: str, page: PostingPage) -> None:
        path = page.page.file
        if page.noindex != (not self._indexed(version.postings[posting])):
            self._note(path, "meta robots", "asks not to be indexed, or does not, unlike other pages of its kind")
        wanted = {} if page.noindex else self._alternates(posting)
        if page.alternates != wanted:
            self._note(path, "link rel=alternate", _unlike("they are", page.alternates, wanted))
        places = self._stands_in(posting)
        languages = {tag: self._site.path_of(url) for tag, url in places.items()} if len(places) > 1 else {}
        if page.languages != languages:
            self._note(path, "ul.languages", _unlike("they are", page.languages, languages))

    def _check_countries(self, version: _Version) -> None:
        path = f"{version.tag}/countries.json"
        listed = json_outputs.read_countries(self._site, version.tag)
        wanted = version.countries()
        codes = [country.code for country in listed.countries]
        if listed.language != version.tag or len(set(codes)) != len(codes):
            self._note(path, "$", "names another language, or a country twice")
        for code in wanted.keys() - set(codes):
            self._note(path, "$.countries", f"{code} is missing, which has {len(wanted[code])} postings")
        for number, country in enumerate(listed.countries):
            postings = wanted.get(country.code, set())
            place, feed = f"$.countries[{number}]", f"countries/{country.code}/feed.json"
            if country.postings != len(postings) or not postings:
                self._note(path, place, f"{country.code} has {len(postings)} postings, not {country.postings}")
            if country.feed != feed or not country.name:
                self._note(path, place, f"feed or name is not right: {country.feed!r}, {country.name!r}")
            if not postings:
                continue
            with self._noting():
                full, atom = f"{version.tag}/{feed}", f"{version.tag}/countries/{country.code}/atom.xml"
                items = json_outputs.read_feed(self._site, version.tag, full, self.faults)
                self._match(version, (item.shown for item in items), full, postings)
                self._match(version, self._atom_entries(version, atom, country.code), atom, postings)

    def _check_lists(self, version: _Version) -> None:
        """Check that the lists on pages hold each posting where it belongs, and count right."""
        index = f"{version.tag}/index.html"
        wanted = self._lists[version.tag]
        counts = {path: len(postings) for path, postings in wanted.items()}
        for path, postings in ({index: set(version.postings)} | wanted).items():
            with self._noting():
                found = list(self._list_pages(version.tag, path))
                self._match(version, (shown for page in found for shown in page.cards), path, postings)
                if (named := found[0].counts) != (right := counts if path == index else {}):
                    self._note(path, "ul.countries", _unlike("the lists are", named, right))
                alternates = self._list_alternates(path.removeprefix(f"{version.tag}/"))
                if found[0].alternates != alternates:
                    self._note(path, "link rel=alternate", _unlike("they are", found[0].alternates, alternates))

    def _list_pages(self, tag: str, first: str) -> Iterator[ListPage]:
        """Yield the pages of a list to its end."""
        seen: set[str] = set()
        path = first
        while path and path not in seen:
            seen.add(path)
            page = pages.read_list_page(self._site, tag, path, self.faults)
            if not page.cards:
                self._note(path, "ol.cards", "is a list without a posting")
            if path != first:
                self._further_pages.add(path)
                if page.alternates:
                    self._note(path, "link rel=alternate", "is on a page that other languages do not have")
            yield page
            path = page.following

    def _check_root(self) -> None:
        with self._noting():
            if not pages.read_lost_page(self._site, None, _MISSING, self.faults).noindex:
                self._note(_MISSING, "meta robots", "does not ask to be left out of indexes")
        with self._noting():
            choice = pages.read_choice(self._site, self.faults)
            wanted = {tag: f"{tag}/index.html" for tag in self._versions}
            if choice != wanted:
                self._note("index.html", "ul.choice", _unlike("it leads to", choice, wanted))
        with self._noting():
            self._check_search("opensearch.xml", next(iter(self._versions), ""))
        with self._noting():
            lines = self._site.read("robots.txt").decode("utf-8", "replace").splitlines()
            if f"Sitemap: {self._site.base_url}sitemap.xml" not in lines:
                self._note("robots.txt", "", f"does not name {self._site.base_url}sitemap.xml")
        for path in _STATIC:
            self._site.note(path)
        for path in self._site.files:
            tag, _, rest = path.partition("/")
            if tag in self._versions and rest.startswith("pagefind/"):
                self._site.note(path)

    def _check_search(self, path: str, tag: str) -> None:
        language, address = xml_outputs.read_search_address(self._site, path)
        if language != tag or address != f"{self._site.base_url}{tag}/index.html":
            self._note(path, "", f"describes the search of {language!r} at {address!r}, not that of {tag!r}")

    def _check_sitemaps(self) -> None:
        found: dict[str, set[str]] = {tag: set() for tag in self._versions}
        lists: set[str] = set()
        for part in xml_outputs.read_sitemap_index(self._site):
            path = self._site.path_of(part.url) or ""
            days = []
            for address in xml_outputs.read_sitemap(self._site, path):
                days.append(address.changed)
                tag, shown = self._posting_at(address.url)
                if shown is None:
                    lists.add(address.url)
                    wanted = self._list_alternates((self._site.path_of(address.url) or "").partition("/")[2] or _INDEX)
                else:
                    wanted = self._alternates(shown.posting or "")
                    found[tag].add(shown.posting or "")
                    if address.changed != shown.changed:
                        reason = f"lastmod is {address.changed!r}, not {shown.changed!r} as in {shown.file}"
                        self._note(path, address.line, reason)
                if address.alternates != wanted:
                    self._note(path, address.line, _unlike("the alternates are", address.alternates, wanted))
            if part.changed != max(days, default=""):
                self._note(part.file, part.line, f"lastmod is {part.changed!r}, not {max(days, default='')!r}")
        base = self._site.base_url
        named = {f"{base}{path.removesuffix(_INDEX)}" for held in self._lists.values() for path in held}
        further = {f"{base}{path}" for path in self._further_pages}
        if lists != {base, *(f"{base}{tag}/" for tag in self._versions), *named, *further}:
            reason = "does not hold exactly the page of languages and all pages of the lists of each language"
            self._note("sitemap.xml", "", reason)
        for tag, version in self._versions.items():
            indexed = {posting for posting, shown in version.postings.items() if self._indexed(shown)}
            for posting in sorted(indexed ^ found[tag]):
                reason = "is missing" if posting in indexed else "is there and asks not to be indexed"
                self._note(f"{tag}/sitemap.xml", "", f"the page of {posting} {reason}")

    def _posting_at(self, url: str) -> tuple[str, Shown | None]:
        path = self._site.path_of(url) or ""
        tag = path.partition("/")[0]
        version = self._versions.get(tag)
        return tag, version.postings.get(version.pages.get(path, "")) if version else None

    def _check_copies(self) -> None:
        """Check that each compressed copy is one of the file beside it, and that none is missing if there are any."""
        copies = {path for path in self._site.files if path.endswith(".gz")}
        if not copies:
            return
        wanted = {f"{path}.gz" for path in self._site.files if path.endswith(_COMPRESSED)}
        for path in sorted(wanted - copies):
            self._note(path, "", "is missing, as other files have a compressed copy")
        for path in sorted(copies & wanted):
            with self._noting():
                original = self._site.place_of(path.removesuffix(".gz"))
                try:
                    with gzip.open(self._site.place_of(path)) as copy, original.open("rb") as file:
                        same = all(piece == file.read(len(piece)) for piece in iter(lambda: copy.read(1 << 20), b""))
                        same = same and not file.read(1)
                except (OSError, EOFError, zlib.error) as error:
                    self._note(path, "", f"cannot be unpacked: {error}")
                else:
                    if not same:
                        self._note(path, "", f"is no copy of {path.removesuffix('.gz')}")

    @cached_property
    def _hides_machines(self) -> bool:
        """Whether pages translated by a machine ask not to be indexed; the first one says so for all."""
        for version in self._versions.values():
            for shown in version.postings.values():
                if shown.translation == MACHINE:
                    with self._noting():
                        return b'<meta name="robots" content="noindex">' in self._site.read(shown.page or "")
        return False

    @cached_property
    def _lists(self) -> dict[str, dict[str, set[str]]]:
        """The postings of each list, by version."""
        return {tag: version.lists() for tag, version in self._versions.items()}

    def _indexed(self, shown: Shown) -> bool:
        return not (shown.translation == MACHINE and self._hides_machines)

    def _stands_in(self, posting: str) -> dict[str, str]:
        """Return the addresses of the pages of a posting, by the versions that it stands in."""
        found = ((tag, version.postings.get(posting)) for tag, version in self._versions.items())
        return {tag: f"{self._site.base_url}{shown.page}" for tag, shown in found if shown is not None}

    def _alternates(self, posting: str) -> dict[str, str]:
        """Return what search engines are to be told of where a posting stands."""
        pages_by_tag = self._stands_in(posting)
        held = {tag: self._versions[tag].postings[posting] for tag in pages_by_tag}
        named = {tag: url for tag, url in pages_by_tag.items() if self._indexed(held[tag])}
        written = next((pages_by_tag[tag] for tag, shown in held.items() if shown.translation == SOURCE), "")
        return named | ({_DEFAULT: written} if written else {})

    def _list_alternates(self, name: str = _INDEX) -> dict[str, str]:
        """Return where a list stands in the versions that have it, by its first page below their folders."""
        base, folder = self._site.base_url, name.removesuffix(_INDEX)
        held = [tag for tag, lists in self._lists.items() if name == _INDEX or f"{tag}/{name}" in lists]
        return {tag: f"{base}{tag}/{folder}" for tag in held} | ({_DEFAULT: base} if name == _INDEX else {})


def _stands_in_feed(shown: Shown | None, country: str) -> bool:
    return shown is not None and (not country or country in (shown.countries or ()))


def _lists_of(shown: Shown) -> tuple[str, ...]:
    groups = tuple(f"countries/{code}/{_INDEX}" for code in shown.countries or ())
    return groups or (_ANYWHERE if shown.anywhere else _NO_COUNTRY,)


def _to_search_engines(shown: Shown) -> Shown:
    """Return what JSON-LD says of a posting: of a remote one also the countries of the areas that it is open to."""
    areas = [name for kind, _, name in (fact.partition(" ") for fact in shown.facts or ()) if kind == "applicant_area"]
    within = {code for area in areas if shown.remote for code in countries_of_area(area)}
    return replace(shown, countries=tuple(sorted(within.union(shown.countries or ())))) if within else shown


def _direction(tag: str) -> str:
    try:
        return str(parse_locale(tag).text_direction)
    except LocaleError:
        return ""


def _unlike(what: str, found: object, wanted: object) -> str:
    """Say what was found in place of what; of two mappings only where they differ."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        same = found.items() & wanted.items()
        found, wanted = (dict(each.items() - same) for each in (found, wanted))
    return f"{what} {found!r}, not {wanted!r}"
