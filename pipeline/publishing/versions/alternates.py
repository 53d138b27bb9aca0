"""Where postings and lists stand in other languages: what pages, feeds and sitemaps name as their alternates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.model.outcome import Reason
from pipeline.model.site_settings import NO_SETTINGS, SiteSettings
from pipeline.publishing.feeds.json_feed import own_name
from pipeline.publishing.versions import wording
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.version import Entry, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same page in a language: `url` is absolute, `href` leads there from this page.

    One that is not `indexed` is none to search engines: it asks them to pass it over, or is another list.
    """

    version: Version
    url: str
    href: str
    indexed: bool = True

    @property
    def tag(self) -> str:
        """The language, as BCP 47 has it."""
        return self.version.tag

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return own_name(self.version)

    @property
    def invitation(self) -> wording.Invitation:
        """The words, in that language, that lead to it."""
        version = self.version
        return wording.invitation(version.translations, version.locale, len(version.postings))


class VersionEntry(NamedTuple):
    """A posting in one of the versions."""

    version: Version
    entry: Entry

    @property
    def url(self) -> str:
        """The address of its page."""
        return self.version.url(self.entry.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSite:
    """All versions of a site with their entries by posting, what its owner set, and whether it can be searched."""

    base_url: str
    versions: tuple[Version, ...]
    entries: tuple[Mapping[str, Entry], ...]
    settings: SiteSettings = NO_SETTINGS
    searchable: bool = False

    @classmethod
    def of(
        cls,
        base_url: str,
        versions: Iterable[Version],
        *,
        settings: SiteSettings = NO_SETTINGS,
        searchable: bool = False,
    ) -> "PageSite":
        """Gather where each posting stands."""
        kept = tuple(versions)
        return cls(
            base_url=base_url,
            versions=kept,
            entries=tuple({entry.posting: entry for entry in version.postings.entries} for version in kept),
            settings=settings,
            searchable=searchable,
        )

    def version_entries(self, posting_id: str) -> list[VersionEntry]:
        """Return in which versions a posting stands, in their order."""
        versions = zip(self.versions, self.entries, strict=True)
        return [VersionEntry(version, entries[posting_id]) for version, entries in versions if posting_id in entries]

    def indexed(self, translation: str) -> bool:
        """Tell whether search engines may show the page of a posting, by how it was translated."""
        return not (self.settings.noindex_machine and translation == Reason.MACHINE)

    @property
    def root_path(self) -> str:
        """Where the site stands on its host: "/", or "/jobs/"."""
        return urlsplit(self.base_url).path or "/"

    def list_alternates(self, up: str, page: str = "") -> list[Alternate]:
        """Return the list of every language, or another page that each has, seen from a page `up` from the root."""
        return [
            Alternate(version=version, url=version.url(page), href=f"{up}{version.tag}/{page or 'index.html'}")
            for version in self.versions
        ]

    def posting_alternates(self, posting_id: str) -> list[Alternate]:
        """Return the page of a posting in every language it is published in, seen from one of them."""
        return [
            Alternate(
                version=found.version,
                url=found.url,
                href=f"../../{found.version.tag}/{found.entry.path}",
                indexed=self.indexed(found.entry.translation),
            )
            for found in self.version_entries(posting_id)
        ]

    def default_url(self, posting_id: str) -> str:
        """Return the page for readers of no known language: the posting as it was written; "" if none is."""
        written = (found for found in self.version_entries(posting_id) if found.entry.translation == Reason.SOURCE)
        return next((found.url for found in written), "")

    def original(self, localized: LocalizedPosting) -> Alternate | None:
        """Return the page of a posting as it was written; None for that page itself, or if no version holds it."""
        if localized.translation == Reason.SOURCE:
            return None
        posting_id = localized.posting.id
        pages = zip(self.posting_alternates(posting_id), self.version_entries(posting_id), strict=True)
        return next((page for page, (_, entry) in pages if entry.translation == Reason.SOURCE), None)
