"""What makes a site its owner's: name, logo, links, colours, words and templates, as pages and feeds use them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from babel import Locale

from pipeline.model.colours import Palette

FOOTER_CONTEXT = "footer"  # of the owner's footer in the `site` catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """A picture of the owner's: its name in the root of a release; width and height in pixels, 0 where not known."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTemplate:
    """A template of the owner's, by its name below their folder; `place` is its path from that of the configuration."""

    name: str
    place: str
    source: str


@dataclass(frozen=True, kw_only=True)
class SiteSettings:
    """The table `[site]` of a configuration, read and checked; without one all is as Polypost has it.

    `imprint` and `privacy` are addresses by locale, that of "" for all others. `report` is a "mailto:" or a web
    address to which readers report a translation, or "". `footer` is written in the language of `footer_locale`. The
    style sheet `style` goes behind the colours.
    """

    name: str = ""
    logo: SiteFile | None = None
    favicon: SiteFile | None = None
    image: SiteFile | None = None
    imprint: Mapping[str, str] = field(default_factory=dict)
    privacy: Mapping[str, str] = field(default_factory=dict)
    report: str = ""
    footer: str = ""
    footer_locale: Locale | None = None
    light: Palette | None = None
    dark: Palette | None = None
    style: str = ""
    templates: tuple[SiteTemplate, ...] = ()
    noindex_machine: bool = False

    @property
    def files(self) -> tuple[SiteFile, ...]:
        """The owner's pictures, which a release holds."""
        return tuple(each for each in (self.logo, self.favicon, self.image) if each)

    @cached_property
    def digest(self) -> str:
        """A digest of all settings, the content of files and templates among them."""
        contents = [hashlib.sha256(each.content).hexdigest() for each in self.files]
        return hashlib.sha256(repr((self, contents)).encode()).hexdigest()

    def imprint_of(self, locale: Locale) -> str:
        """Return the page that says who runs the site, for readers of a locale; "" if there is none."""
        return _of(self.imprint, locale)

    def privacy_of(self, locale: Locale) -> str:
        """Return the page about data protection for readers of a locale; "" if there is none."""
        return _of(self.privacy, locale)


NO_SETTINGS = SiteSettings()


def _of(addresses: Mapping[str, str], locale: Locale) -> str:
    return addresses.get(str(locale), addresses.get("", ""))
