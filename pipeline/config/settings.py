"""What a project is configured to do, and what holds where it says nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale

from pipeline.errors import ConfigError
from pipeline.model.finding import Severity
from pipeline.model.max_risk import COMMITMENTS, HIGHEST_RISK, MaxRisk
from pipeline.model.packages import RankedPair
from pipeline.model.segment import TITLE
from pipeline.model.site_settings import NO_SETTINGS, SiteSettings

CONFIG_NAME = "polypost.toml"
# What `[[intake.sources]]` and --format may name; each is a module of `pipeline.intake.formats`, or several share one.
KNOWN_FORMATS = (
    *("ashby", "csv", "docx", "feed", "greenhouse", "hr-xml", "html", "json", "json-feed", "json-ld", "jsonl", "lever"),
    *("markdown", "personio", "recruitee", "smartrecruiters", "spreadsheet", "teamtailor", "text", "workable", "xml"),
)
KNOWN_ENGINES = ("argos", "firefox", "bergamot", "apertium", "libretranslate", "pseudo")
# Not apertium: whether a machine happens to have it must not decide what a project publishes.
DEFAULT_ENGINES = ("argos", "firefox", "bergamot")
POLICIES = ("source", "reviewed", "approved", "machine")
DEFAULT_MAX_WITHDRAWN = 20.0
DEFAULT_MAX_ORIGINAL = 10.0
# Of 4,178 targets in 196 real postings 57 are above it (1.4 %); of 28 of these that were read 15 are wrong, 6 awkward.
# At 35 it is 104 targets, 24 of 54 wrong. Titles and commitments are left out, since they would hold their posting: of
# the postings .96 are published (.98 without a limit), .91 at 35.
DEFAULT_MAX_RISK = MaxRisk(default=40, kinds={TITLE: HIGHEST_RISK, COMMITMENTS: HIGHEST_RISK})
DEFAULT_ROUND_TRIP = False  # asking again takes twice as long as the targets took
OFF = "off"
ONE_GENDER = ("masculine", "feminine")
GENDERS = ("paired", "neutral", *ONE_GENDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeSource:
    """Posting files that are read in a way of their own: by a named format, under ids of their own, by columns."""

    files: tuple[str, ...]
    format: str = ""
    id_prefix: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalePublishing:
    """What a locale publishes, where it says so itself; None where it is as everywhere."""

    policy: str | None = None
    max_original: float | None = None
    original_titles: bool | None = None
    max_risk: MaxRisk | None = None


_AS_EVERYWHERE = LocalePublishing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a project is configured to do; paths are relative to `root`, the folder of the configuration.

    `base_url` is "" where none is set: what publishes asks for it with `require_address`. `names_engines` tells that
    the engines are those that the file names.
    """

    root: Path
    path: Path | None = None
    base_url: str = ""
    postings: tuple[str, ...] = ()
    locales: tuple[Locale, ...] = ()
    drop_lines: tuple[re.Pattern[str], ...] = ()
    sources: tuple[IntakeSource, ...] = ()
    drop_furniture: bool = True
    engines: tuple[str, ...] = DEFAULT_ENGINES
    names_engines: bool = False
    ranks: Mapping[RankedPair, int] = field(default_factory=dict)
    libretranslate: str = ""
    do_not_translate: tuple[str, ...] = ()
    glossary: Path | None = None
    plain_words: Path | None = None
    trade_glossary: bool = True
    policy: str = "reviewed"
    two_person: bool = False
    max_original: float = DEFAULT_MAX_ORIGINAL
    original_titles: bool = False
    max_risk: MaxRisk = DEFAULT_MAX_RISK
    round_trip: bool = DEFAULT_ROUND_TRIP
    publishing: Mapping[Locale, LocalePublishing] = field(default_factory=dict)
    max_withdrawn: float = DEFAULT_MAX_WITHDRAWN
    gzip: bool = False
    site: SiteSettings = NO_SETTINGS
    search: bool = False
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    locale_severities: Mapping[Locale, Mapping[str, Severity | None]] = field(default_factory=dict)
    genders: Mapping[Locale, str] = field(default_factory=dict)
    addresses: Mapping[Locale, str] = field(default_factory=dict)

    def severities_of(self, locale: Locale) -> dict[str, Severity | None]:
        """Return how bad the findings of checks are in a locale, where not as usual; None for one turned off."""
        return {**self.severities, **self.locale_severities.get(locale, {})}

    def require_address(self) -> str:
        """Return the address that pages and feeds name as their own.

        Raises ConfigError without one: feeds with a wrong address lead everybody who subscribes astray.
        """
        if not self.base_url:
            hint = 'project.base_url is not set; write the address of your site, as in "https://jobs.your-company.com/"'
            raise ConfigError(self.path or self.root / CONFIG_NAME, (hint,))
        return self.base_url

    def policy_of(self, locale: Locale) -> str:
        """Return the policy of a locale, its own or the general one."""
        return self.publishing.get(locale, _AS_EVERYWHERE).policy or self.policy

    def gender_of(self, locale: Locale) -> str:
        """Return the form in which titles of a locale name people."""
        return self.genders.get(locale, GENDERS[0])

    def address_of(self, locale: Locale) -> str:
        """Return how targets in a locale speak to the reader, "" where that is left to whoever translates."""
        return self.addresses.get(locale, "")

    def max_original_of(self, locale: Locale) -> float:
        """Return how many percent of a posting's segments may be shown as written in a locale."""
        own = self.publishing.get(locale, _AS_EVERYWHERE).max_original
        return self.max_original if own is None else own

    def original_titles_of(self, locale: Locale) -> bool:
        """Return whether a title may be shown as written in a locale."""
        own = self.publishing.get(locale, _AS_EVERYWHERE).original_titles
        return self.original_titles if own is None else own

    def max_risk_of(self, locale: Locale) -> MaxRisk:
        """Return above which risk a machine's target is not published in a locale."""
        return self.publishing.get(locale, _AS_EVERYWHERE).max_risk or self.max_risk
