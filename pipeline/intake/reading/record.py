"""The record of DESIGN section 7 as formats hand it over, before its values are understood."""

import msgspec


class LocationRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A place of work as written."""

    country: str | None = None
    city: str | None = None


class SalaryRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A pay range as written."""

    currency: str
    min: float | None = None
    max: float | None = None
    unit: str = "YEAR"


class SectionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A section as written; `kind` may be missing."""

    kind: str | None = None
    heading: str | None = None
    paragraphs: list[str] = []
    items: list[str] = []


class PostingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A posting as written."""

    id: str | int
    title: str
    organization: str | None = None
    url: str | None = None
    locations: list[LocationRecord] = []
    remote: bool = False
    applicant_countries: list[str] = []
    date_posted: str | None = None
    valid_through: str | None = None
    employment_type: list[str] | str = []
    salary: SalaryRecord | None = None
    language: str | None = None
    locales: list[str] | None = None
    translate: bool = True
    description: str | None = None
    sections: list[SectionRecord] | None = None


class RecordError(ValueError):
    """A record cannot become a posting; the message says which field and why."""
