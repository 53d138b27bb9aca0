"""What a format hands over: the fields of a posting by our names, their values as the source has them."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from pipeline.model.posting import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRecord:
    """A part of a body, its blocks in source order; `kind` is the name that the source gives it, if any."""

    kind: str = ""
    heading: str = ""
    blocks: tuple[Block, ...] = ()


class PostingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A posting as written: the fields of `docs/posting.md`, None where the source has none.

    A value is a text, number, boolean, list or mapping, as the format's parser found it; what it means is decided in
    `assembly`, in one place for every format. `sections` may hold `SectionRecord`s, where a format knows the parts.
    `group` is what the records of one job in several languages share; `unknown` are fields without a place here;
    `title_guessed` tells that the title is the first line or the file's name; `lines` are those of a text that say a
    field, as they stand there.
    """

    id: object = None
    title: object = None
    organization: object = None
    url: object = None
    locations: object = None
    remote: object = None
    applicant_countries: object = None
    areas: object = None
    date_posted: object = None
    valid_through: object = None
    employment_type: object = None
    salary: object = None
    language: object = None
    locales: object = None
    translate: object = None
    description: object = None
    sections: object = None
    versions: object = None
    group: str = ""
    unknown: Mapping[str, object] = msgspec.field(default_factory=dict)
    title_guessed: bool = False
    lines: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


def named_group(system: str, number: str) -> str:
    """Return the group of the records that share a number in their system, "" without a number."""
    return f"{system}:{number}" if number else ""


class RecordError(ValueError):
    """A record cannot become a posting; the message says which field and why."""
