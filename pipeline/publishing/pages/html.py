"""HTML pages from Jinja templates: the choice of languages, the list of a version, the page of a posting."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, partial
from importlib.resources import files
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from pipeline.model.locale import to_tag
from pipeline.publishing.feeds.content import Content
from pipeline.publishing.pages.listings import ALL_POSTINGS, CARDS_FILE_NAME, Listing, groups_of, listings_of
from pipeline.publishing.pages.structured_data import serialize_job_posting
from pipeline.publishing.versions import facts, wording
from pipeline.publishing.versions.alternates import PageSite
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.paging import Page
from pipeline.publishing.versions.version import Version, country_name

_STATIC = ("style.css", "app.js", "icon.svg")
_SLASH = re.compile(r"(?<=\w{3})/(?=\w{3})")
# Where the search of a version lies, below its folder.
SEARCH_SCRIPT = "pagefind/pagefind.js"


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
        self._listings = listings_of(version)
        codes = (code for entry in version.postings.entries for code in entry.employment_type)
        self._employment_types = sorted(set(codes))
        self._some_remote = any(entry.remote for entry in version.postings.entries)
        self._found_forms = tuple(wording.found_forms(version.translations, version.locale))

    def whole_list(self) -> str:
        """Render the list of postings, grouped by country, with what they can be filtered by."""
        return self._render_list("list.html", canonical=self._version.url(), cards_file="")

    def list_page(self, listing: Listing, page: Page, cards: Iterable[bytes]) -> str:
        """Render a page of one of the lists of a large version; the first one of all postings leads to the others."""
        around = {name: page.name(listing.file_name, number) for name, number in page.relations().items()}
        starts = listing.id == ALL_POSTINGS and page.number == 0
        return self._render_list(
            "list_page.html",
            canonical=self._version.url("" if starts else page.name(listing.file_name)),
            cards_file=CARDS_FILE_NAME,
            starts=starts,
            listing=listing,
            cards=Markup(b"".join(cards).decode()),  # noqa: S704  escaped by the template of a card
            newer=around.get("previous", ""),
            older=around.get("next", ""),
        )

    def card(self, localized: LocalizedPosting) -> str:
        """Render a posting as lists in pages show it."""
        posting = localized.posting
        groups = groups_of(posting.countries, worldwide=posting.worldwide)
        return str(self._card(localized, groups))

    def _render_list(self, template: str, **values: object) -> str:
        return self._render(
            template,
            alternates=self._site.list_alternates("../"),
            up="../",
            listings=self._listings,
            employment_types=self._employment_types,
            some_remote=self._some_remote,
            found_forms=self._found_forms,
            search_script=SEARCH_SCRIPT if self._site.searchable else "",
            **values,
        )

    def posting_page(self, localized: LocalizedPosting, content: Content) -> str:
        """Render the page of one posting."""
        return self._render(
            "posting.html",
            item=localized,
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

    @cached_property
    def _card(self) -> Callable[..., str]:
        module = self._environment.get_template("lists.html").make_module({"version": self._version})
        made: Callable[..., str] = module.card  # type: ignore[attr-defined]  # a macro of the template
        return made

    def _render(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(version=self._version, site=self._site, **values)


def breakable(title: str) -> Markup:
    """Let a line end after a slash between words: between the two forms of a title rather than within one.

    >>> breakable("Schlosser/Schlosserin (m/w/d)")
    Markup('Schlosser/<wbr>Schlosserin (m/w/d)')
    """
    return Markup("/<wbr>").join(_SLASH.split(title))


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
    """Render the page that leads to every language; its own words are those of the first one."""
    environment = _environment(site.versions[0]) if site.versions else _bare_environment()
    return environment.get_template("languages.html").render(
        alternates=site.list_alternates(""), canonical=site.base_url, site=site, up=""
    )


def _bare_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.publishing.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_COMPILED,
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    return environment


def _environment(version: Version) -> Environment:
    environment = _bare_environment()
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
        "place_parts": partial(facts.place_parts, version.locale),
        "breakable": breakable,
    }
    environment.filters |= filters
    environment.globals["comma"] = facts.comma(version.locale)
    return environment
