"""HTML pages from Jinja templates: the choice of languages, the list of a version, the page of a posting."""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial
from gettext import NullTranslations
from importlib.resources import files
from typing import Any

from babel import Locale
from jinja2 import BytecodeCache, Environment, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from pipeline.model.locale import to_tag
from pipeline.model.outcome import Reason
from pipeline.model.posting import Posting, SectionKind
from pipeline.model.site_settings import SiteSettings
from pipeline.publishing.feeds.content import Content
from pipeline.publishing.feeds.mail_links import linked_addresses
from pipeline.publishing.pages.cards import Card, card_of, place_text, remote_text
from pipeline.publishing.pages.list_index import choices_of
from pipeline.publishing.pages.listings import (
    INDEX,
    Listing,
    ListPage,
    folders_of,
    listings_of,
)
from pipeline.publishing.pages.originals import Comparison
from pipeline.publishing.pages.own_templates import FAULTS, TemplateLoader, check_templates, fault_in_own
from pipeline.publishing.pages.script_words import day_choices
from pipeline.publishing.pages.similar import Related
from pipeline.publishing.pages.structured_data import serialize_item_list, serialize_job_posting
from pipeline.publishing.versions import facts, wording
from pipeline.publishing.versions.alternates import Alternate, PageSite
from pipeline.publishing.versions.gone import Gone
from pipeline.publishing.versions.isolation import isolate_html, isolate_text
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.version import Entry, Version, build_version, country_name

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
_SLASH = re.compile(r"(?<=\w{3})/(?=\w{3})")
_DAY = date(2000, 1, 1)
_SPECIMEN = Card(
    path="#",
    title="…",
    employer="…",
    place="…",
    remote="…",
    pay="…",
    types="…",
    posted=_DAY,
    posted_text="…",
    edited=_DAY,
    edited_text="…",
    apply_by=_DAY,
    apply_text="…",
    label="…",
)
# Where the search of a version lies, below its folder.
SEARCH_SCRIPT = "pagefind/pagefind.js"
FEEDS_PAGE = "feeds.html"  # below the folder of a version


def static_files() -> Iterator[tuple[str, bytes]]:
    """Yield name and content of what every page uses: the style sheet, the script, the icon."""
    folder = files("pipeline.publishing.pages") / "static"
    return ((name, (folder / name).read_bytes()) for name in _STATIC)


class PageRenderer:
    """Renders the pages of one version; texts of postings are escaped, inline markup passes the allow list."""

    def __init__(self, version: Version, site: PageSite) -> None:
        self._version = version
        self._site = site
        self._environment = _environment(version)
        self._words = wording.marked_where_untranslated(version.translations)
        self._listings = listings_of(version)
        self._folders = [folders_of(other) for other in site.versions]
        self._choices = choices_of(version)

    def list_page(self, listing: Listing, page: ListPage, cards: Iterable[bytes]) -> str:
        """Render a page of one of the lists, the first one of all postings leads to the others."""
        numbers = {"prev": page.number - 1, "next": page.number + 1}
        return self._render(
            "list.html",
            canonical=self._version.url(listing.folder + ("" if page.first else page.name())),
            alternates=list(map(partial(_list_alternate, listing), self._site.versions, self._folders)),
            up=f"../{listing.root}",
            listing=listing,
            listings=self._listings,
            page=page,
            around={rel: page.name(number) for rel, number in numbers.items() if 0 < number <= page.pages},
            cards=Markup(b"".join(cards).decode()),  # noqa: S704  escaped by the template of a card
            item_list=Markup(serialize_item_list(self._version, page.postings.entries)),  # noqa: S704  escaped there
            choices=self._choices,
            days=day_choices(self._version.translations),
            search_script=listing.root + SEARCH_SCRIPT if self._site.searchable else "",
        )

    def card(self, entry: Entry, root: str) -> bytes:
        """Render a posting as a list shows it, whose pages the `root` leads from to the folder of the language."""
        card = card_of(self._version, entry)
        return self._render("card.html", card=replace(card, path=root + card.path)).encode()

    def specimen(self) -> str:
        """Render a card that holds all that one may hold, for the script that fills such a one."""
        return self._render("card.html", card=_SPECIMEN)

    def posting_page(self, localized: LocalizedPosting, content: Content, others: Related) -> str:
        """Render the page of one posting, which leads to some others."""
        addresses = [] if localized.url else linked_addresses(content.body)
        return self._render(
            "posting.html",
            item=localized,
            others=others,
            comparison=Comparison(localized, self._words, self._site.settings.report) if localized.title_key else None,
            addresses=addresses,
            has_facts=has_facts(localized.posting) or localized.translation != Reason.SOURCE or bool(addresses),
            says_how=any(section.kind is SectionKind.PROCESS for section in localized.sections),
            alternates=self._site.posting_alternates(localized.posting.id),
            original=self._site.original(localized),
            up="../../",
            body=Markup(content.body),  # noqa: S704  escaped there
            indexed=self._site.indexed(localized.translation),
            default_url=self._site.default_url(localized.posting.id),
            canonical=self._version.url(localized.path),
            summary=facts.summary(self._version.locale, self._version.translations, localized.posting),
            job_posting=Markup(serialize_job_posting(self._version, localized, content)),  # noqa: S704  escaped there
        )

    def feeds_page(self) -> str:
        """Render the page that lists the feeds of the version with their addresses."""
        return self._render(
            "feeds.html",
            alternates=self._site.list_alternates("../", FEEDS_PAGE),
            up="../",
            canonical=self._version.url(FEEDS_PAGE),
        )

    def gone_page(self, gone: Gone, others: Related) -> str:
        """Render the page that says of a posting that it is no longer open."""
        return self._render(
            "gone.html",
            gone=gone,
            others=others,
            alternates=self._site.list_alternates("../../"),
            up="../../",
            canonical=self._version.url(gone.path),
        )

    def missing_page(self) -> str:
        """Render the page for a wrong address; as it is shown at any address, its own links begin at the root."""
        up = self._site.root_path
        return self._render("missing.html", alternates=self._site.list_alternates(up), up=up, canonical="")

    def _render(self, template: str, **values: object) -> str:
        return _rendered(self._environment, template, version=self._version, site=self._site, **values)


def _list_alternate(listing: Listing, version: Version, folders: Container[str]) -> Alternate:
    """Return the same list in a version that has lists in some folders; that of all postings if it has none such."""
    folder = listing.folder if listing.folder in folders else ""
    return Alternate(
        version=version,
        url=version.url(folder),
        href=f"../{listing.root}{version.tag}/{folder}{INDEX}",
        indexed=folder == listing.folder,
    )


def has_facts(posting: Posting) -> bool:
    """Tell whether there is anything to know of a posting at a glance."""
    paid = posting.salary is not None and (posting.salary.minimum, posting.salary.maximum) != (None, None)
    dates = posting.date_posted or posting.valid_through
    where = posting.locations or posting.remote or posting.areas
    return bool(posting.organization or where or posting.employment_type or dates or paid)


def breakable(title: str, language: Locale) -> Markup:
    """Let a line end after a slash between words: between the two forms of a title rather than within one.

    What runs in the other direction than the language of the title has an element of its own.

    >>> breakable("Schlosser/Schlosserin (m/w/d)", Locale("de"))
    Markup('Schlosser/<wbr>Schlosserin (m/w/d)')
    """
    return Markup(_SLASH.sub("/<wbr>", isolate_html(title, language)))  # noqa: S704  escaped there


def _isolated(text: str, language: Locale) -> Markup:
    return Markup(isolate_html(text, language))  # noqa: S704  escaped there


class _CompiledTemplates(BytecodeCache):
    """Compiles each template once a process: the environments of all versions have the same templates."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled before."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _CompiledTemplates()


def languages_page(site: PageSite) -> str:
    """Render the page that leads to every language."""
    return _root_page(site, "languages.html", up="", canonical=site.base_url)


def missing_page(site: PageSite) -> str:
    """Render the page for a wrong address in every language."""
    return _root_page(site, "missing_everywhere.html", up=site.root_path, canonical="")


def _root_page(site: PageSite, template: str, *, up: str, canonical: str) -> str:
    """Render a page of all languages; its own words are those of the first one."""
    version = site.versions[0] if site.versions else _no_version(site.settings)
    alternates = site.list_alternates(up)
    return _rendered(
        _environment(version),
        template,
        site=site,
        version=version,
        alternates=alternates,
        canonical=canonical,
        up=up,
    )


def check_own_templates(settings: SiteSettings) -> None:
    """Look for what is wrong in the owner's templates before any page is made.

    Raises SiteTemplateError at the first fault.
    """
    if settings.templates:
        check_templates(_environment(_no_version(settings)), settings)


def _no_version(settings: SiteSettings) -> Version:
    return build_version(
        Locale(wording.WORDS_LANGUAGE),
        (),
        base_url="",
        translations=NullTranslations(),
        entries=(),
        settings=settings,
    )


def _rendered(environment: Environment, template: str, *, site: PageSite, **values: object) -> str:
    """Render a page; what goes wrong in a template of the owner's is told with its place there."""
    try:
        return environment.get_template(template).render(site=site, **values)
    except FAULTS as error:
        fault = fault_in_own(error, site.settings)
        if fault is None:
            raise
        raise fault from error


def _environment(version: Version) -> Environment:
    environment = Environment(
        loader=TemplateLoader(version.settings),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_COMPILED,
        auto_reload=False,  # no template changes during a run
    )
    words = wording.marked_where_untranslated(version.translations)
    # Jinja takes translations for markup; those of a catalog are text that translators wrote.
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        cache(lambda text: escape(wording.fillable(words.gettext(text), text))),  # thirty words a page
        lambda one, many, count: escape(wording.counted(version.locale, words, one, many, count)),
        newstyle=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "tag": to_tag,
        "country": partial(country_name, version.locale),
        "language": partial(facts.language_name, version.locale),
        "day": partial(facts.long_date, version.locale),
        "number": partial(facts.number, version.locale),
        "employment": partial(wording.employment_type, words),
        "pay": partial(facts.pay, version.locale, words),
        "place": partial(place_text, version),
        "remote": partial(remote_text, version),
        "place_parts": partial(facts.place_parts, version.locale),
        "areas": partial(facts.area_names_of, version.locale),
        "open_to": lambda posting: facts.open_to_names(version.locale, posting.applicant_countries, posting.areas),
        "breakable": lambda title, language=None: breakable(title, language or version.locale),
        "isolated": lambda text, language=None: _isolated(text, language or version.locale),
        "isolated_text": lambda text, language=None: isolate_text(text, language or version.locale),
    }
    environment.filters |= filters
    settings, locale = version.settings, version.locale
    values: dict[str, object] = {
        "comma": facts.comma(locale),
        "words_in": wording.languages_of_facts(version.translations, locale),
        "site_title": escape(wording.site_title(words, locale, settings.name)),  # tags can be stripped off
        "site_footer": wording.owners_footer(version.translations, locale, settings),
        "imprint": settings.imprint_of(locale),
        "privacy": settings.privacy_of(locale),
    }
    environment.globals |= values
    return environment
