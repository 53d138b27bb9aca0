"""A job posting as every stage sees it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import msgspec
from babel import Locale

from pipeline.model.locale import written_alike


class SectionKind(StrEnum):
    """What a titled part of a posting is about."""

    DESCRIPTION = "description"
    RESPONSIBILITIES = "responsibilities"
    REQUIREMENTS = "requirements"
    NICE_TO_HAVE = "nice_to_have"
    OFFER = "offer"
    ABOUT = "about"
    PROCESS = "process"
    OTHER = "other"


class DetectionReason(StrEnum):
    """Why a posting has the language it has, or none."""

    DECLARED = "declared"
    BILINGUAL = "bilingual"  # halves in two languages that say the same
    CONTRADICTION = "contradiction"  # declared, but the text reads as another language
    DETECTED = "detected"
    TOO_LITTLE_TEXT = "too_little_text"
    UNCERTAIN = "uncertain"


class BlockKind(StrEnum):
    """What a part of a section is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"


class Block(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A paragraph, a list item or a heading inside a section; its text is one line that may hold inline markup.

    `depth` is 0 for an item of an outermost list, `ordered` tells that its list is numbered, and `level` is that of a
    heading, 1 to 6. A posting has dozens, and a struct is made in a tenth of the time of a data class.
    """

    kind: BlockKind
    text: str
    depth: int = 0
    ordered: bool = False
    level: int = 0


def blocks_of(paragraphs: Iterable[str] = (), items: Iterable[str] = ()) -> tuple[Block, ...]:
    """Return paragraphs and, behind them, the items of one plain list as blocks."""
    paragraph, item = BlockKind.PARAGRAPH, BlockKind.ITEM
    return (
        *[Block(kind=paragraph, text=text) for text in paragraphs],
        *[Block(kind=item, text=text) for text in items],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of a posting, its blocks in the order of the source.

    A `standard` heading is one that the lexicon knows for this kind: translations print it from the `site` catalog.
    `kind_given` tells that the posting itself names the kind, so that no heading names another one.
    """

    kind: SectionKind
    heading: str = ""
    standard: bool = False
    blocks: tuple[Block, ...] = ()
    language: Locale | None = None
    kind_given: bool = field(default=False, compare=False)

    @property
    def lines(self) -> tuple[str, ...]:
        """The text of its paragraphs and items, in order."""
        return tuple(block.text for block in self.blocks if block.kind is not BlockKind.HEADING)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenVersion:
    """What a posting says, as people wrote it in one language.

    One that is `separate` stands in a record of its own, with its own `url`; the others are halves of one text.
    """

    language: Locale
    title: str
    url: str = ""
    sections: tuple[Section, ...] = ()
    separate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place of work; `country` is an ISO 3166 alpha-2 code, or "" when the posting names none for sure."""

    country: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salary:
    """A pay range in units of `currency` (ISO 4217) per `unit` ("YEAR", "MONTH", "HOUR" ...)."""

    currency: str
    minimum: float | None = None
    maximum: float | None = None
    unit: str = "YEAR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """The language of a posting and why; `score` is 0-100, `read_as` is what the text alone reads as."""

    language: Locale | None
    score: int
    reason: DetectionReason
    declared: Locale | None = None
    read_as: Locale | None = None


UNDETERMINED = Detection(language=None, score=0, reason=DetectionReason.TOO_LITTLE_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What of a posting was not understood, guessed or left out: its field, what stood there, and what to do.

    `reason` reads on from the name of the field: "`deadline` is not a field", "`date_posted` is no date".
    """

    field: str
    reason: str
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One job ad.

    `locales` are the ones it goes to, None for all. `versions` are the same text in further languages, written by
    people; what nobody wrote is translated from the posting itself. `areas` (`EU`, `LATAM`) are what its applicants'
    or its places are said to be in where no country is named. `unclear` are fields that restrict who may see it and
    were not understood, so that it is held. `group` names what the records of one job in several languages share; it,
    `doubts`, `file` and `position`, how and where the posting was read, are no part of its identity.
    """

    id: str
    title: str
    organization: str = ""
    url: str = ""
    locations: tuple[Location, ...] = ()
    remote: bool = False
    applicant_countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    date_posted: date | None = None
    valid_through: date | None = None
    employment_type: tuple[str, ...] = ()
    salary: Salary | None = None
    declared: Locale | None = None
    detection: Detection = UNDETERMINED
    locales: tuple[Locale, ...] | None = None
    translate: bool = True
    sections: tuple[Section, ...] = ()
    versions: tuple[WrittenVersion, ...] = ()
    group: str = field(default="", compare=False)
    unclear: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=(), compare=False)
    title_guessed: bool = field(default=False, compare=False)
    file: str = field(default="", compare=False)
    position: int = field(default=0, compare=False)

    @property
    def language(self) -> Locale | None:
        """The language it is written in; None while undetermined."""
        return self.detection.language

    @property
    def written(self) -> tuple[WrittenVersion, ...]:
        """Every text that people wrote, its own first; none while its language is undetermined."""
        if self.language is None:
            return ()
        own = WrittenVersion(language=self.language, title=self.title, url=self.url, sections=self.sections)
        return (own, *self.versions)

    def written_for(self, locale: Locale) -> WrittenVersion | None:
        """Return what people wrote in the language and script of a locale; None if nobody did."""
        return next((version for version in self.written if written_alike(version.language, locale)), None)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries it counts for, sorted: its locations', and of a remote one also its applicants'."""
        found = {location.country for location in self.locations if location.country}
        if self.remote:
            found.update(self.applicant_countries)
        return tuple(sorted(found))

    @property
    def worldwide(self) -> bool:
        """Whether it can be done from anywhere."""
        return self.remote and not self.countries and not self.areas

    @property
    def unlisted(self) -> bool:
        """Whether the posting itself asks to be shown nowhere."""
        return self.locales == ()

    def expired(self, as_of: date | None) -> bool:
        """Tell whether its last day has passed; never so without a date to compare with."""
        return as_of is not None and self.valid_through is not None and self.valid_through < as_of
