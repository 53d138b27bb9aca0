"""A record becomes a posting: every value is understood here or the record is refused with its field's name."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import isfinite
from typing import Any, TypeVar

import msgspec
from babel import Locale

from pipeline.errors import LocaleError
from pipeline.intake.formats.text import dropped
from pipeline.intake.reading.body import parse_body
from pipeline.intake.reading.countries import parse_country
from pipeline.intake.reading.headings import HeadingLexicon, strip_heading
from pipeline.intake.reading.html_sections import looks_like_html, parse_html
from pipeline.intake.reading.record import PostingRecord, RecordError, SectionRecord
from pipeline.model.cleaning import clean_line, clean_text
from pipeline.model.locale import parse_locale
from pipeline.model.posting import (
    Block,
    BlockKind,
    Location,
    Posting,
    Salary,
    Section,
    SectionKind,
    WrittenVersion,
    blocks_of,
)

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+$", re.IGNORECASE)
_CURRENCY = re.compile("[A-Z]{3}$")
_PAY_UNITS = frozenset({"HOUR", "DAY", "WEEK", "MONTH", "YEAR"})
_Value = TypeVar("_Value")


def build_posting(
    record: PostingRecord,
    *,
    lexicon: HeadingLexicon,
    drop_lines: Sequence[re.Pattern[str]] = (),
    file: str = "",
    position: int = 0,
) -> Posting:
    """Understand a record; its language is still undetermined and no heading is known to be standard yet.

    Raises RecordError with the name of the first field that cannot be understood.
    """
    return _build(_form(record), lexicon=lexicon, drop_lines=drop_lines, file=file, position=position)


def _form(record: PostingRecord) -> "_PostingForm":
    names = _PostingForm.__struct_fields__
    values = {name: value for name in names if (value := getattr(record, name)) is not None}
    given = values.pop("sections", None)
    try:
        form = msgspec.convert(values, _PostingForm)
        sections = [
            part if isinstance(part, SectionRecord) else _section(msgspec.convert(part, _SectionForm))
            for part in (given if isinstance(given, list) else [])
        ]
    except msgspec.ValidationError as error:
        raise RecordError(str(error)) from error
    if given is None and form.description is None:
        raise RecordError("neither `description` nor `sections`")
    return msgspec.structs.replace(form, sections=sections)


def _section(form: "_SectionForm") -> SectionRecord:
    blocks = tuple(map(_block, form.blocks)) or blocks_of(form.paragraphs, form.items)
    return SectionRecord(kind=form.kind or "", heading=form.heading or "", blocks=blocks)


def _block(form: "_BlockForm") -> Block:
    if form.item is not None:
        return Block(kind=BlockKind.ITEM, text=form.item, depth=form.depth, ordered=form.ordered)
    if form.heading is not None:
        return Block(kind=BlockKind.HEADING, text=form.heading, level=form.level)
    return Block(kind=BlockKind.PARAGRAPH, text=form.paragraph or "")


class _LocationForm(msgspec.Struct, frozen=True, kw_only=True):
    country: str | None = None
    city: str | None = None


class _SalaryForm(msgspec.Struct, frozen=True, kw_only=True):
    currency: str
    min: float | None = None
    max: float | None = None
    unit: str = "YEAR"


class _BlockForm(msgspec.Struct, frozen=True, kw_only=True):
    paragraph: str | None = None
    item: str | None = None
    heading: str | None = None
    depth: int = 0
    ordered: bool = False
    level: int = 0


class _SectionForm(msgspec.Struct, frozen=True, kw_only=True):
    kind: str | None = None
    heading: str | None = None
    paragraphs: list[str] = []
    items: list[str] = []
    blocks: list[_BlockForm] = []


class _PostingForm(msgspec.Struct, frozen=True, kw_only=True):
    id: str | int
    title: str
    organization: str | None = None
    url: str | None = None
    locations: list[_LocationForm] = []
    remote: bool = False
    applicant_countries: list[str] = []
    date_posted: str | None = None
    valid_through: str | None = None
    employment_type: list[str] | str = []
    salary: _SalaryForm | None = None
    language: str | None = None
    locales: list[str] | None = None
    translate: bool = True
    description: str | None = None
    sections: list[SectionRecord] = []
    versions: list[dict[str, Any]] = []
    group: str = ""


def _build(
    record: _PostingForm, *, lexicon: HeadingLexicon, drop_lines: Sequence[re.Pattern[str]], file: str, position: int
) -> Posting:
    return Posting(
        id=_required("id", clean_line(str(record.id))),
        title=_required("title", clean_line(record.title)),
        organization=clean_line(record.organization or ""),
        url=_understood("url", record.url, _parse_url) or "",
        locations=tuple(_build_location(number, place) for number, place in enumerate(record.locations)),
        remote=record.remote,
        applicant_countries=_countries("applicant_countries", record.applicant_countries),
        date_posted=_understood("date_posted", record.date_posted, parse_date),
        valid_through=_understood("valid_through", record.valid_through, parse_date),
        employment_type=_employment_types(record.employment_type),
        salary=_build_salary(record.salary) if record.salary else None,
        declared=_understood("language", record.language, _parse_language),
        locales=None if record.locales is None else tuple(_understood_all("locales", record.locales, _parse_language)),
        translate=record.translate,
        versions=_versions(record, lexicon, drop_lines),
        group=record.group,
        sections=_build_all_sections(record, lexicon, drop_lines),
        file=file,
        position=position,
    )


def parse_date(text: str) -> date:
    """Read an ISO 8601 date; a time behind it is left out.

    >>> parse_date("2026-11-01T09:00:00Z")
    datetime.date(2026, 11, 1)
    """
    match = re.match(r"(\d{4}-\d{2}-\d{2})(?:$|[T ])", clean_line(text))
    if match is None:
        raise RecordError(f"{text!r} is not a date like 2026-11-01")
    try:
        return date.fromisoformat(match[1])
    except ValueError as error:
        raise RecordError(f"{text!r} is not a day of the calendar") from error


def _versions(
    record: _PostingForm, lexicon: HeadingLexicon, drop_lines: Sequence[re.Pattern[str]]
) -> tuple[WrittenVersion, ...]:
    """Understand the same job in further languages, each of which names its own."""
    found = []
    for number, fields in enumerate(record.versions):
        try:
            found.append(_version(_form(PostingRecord(id=record.id, **fields)), lexicon, drop_lines))
        except (RecordError, TypeError) as error:
            raise RecordError(f"versions[{number}]: {error}") from error
    return tuple(found)


def _version(form: _PostingForm, lexicon: HeadingLexicon, drop_lines: Sequence[re.Pattern[str]]) -> WrittenVersion:
    language = _understood("language", form.language, _parse_language)
    if language is None:
        raise RecordError("language: is empty")
    return WrittenVersion(
        language=language,
        title=_required("title", clean_line(form.title)),
        url=_understood("url", form.url, _parse_url) or "",
        sections=_build_all_sections(form, lexicon, drop_lines),
        separate=True,
    )


def _build_all_sections(
    record: _PostingForm, lexicon: HeadingLexicon, drop_lines: Sequence[re.Pattern[str]]
) -> tuple[Section, ...]:
    given = record.sections
    for number, section in enumerate(given):
        if section.kind:
            _parse_kind(number, section.kind)
    sections = tuple(_build_sections([*_described(record.description or "", lexicon), *given], drop_lines))
    if not sections:
        raise RecordError("there is no text: neither `description` nor `sections` says anything")
    return sections


def _described(description: str, lexicon: HeadingLexicon) -> list[SectionRecord]:
    if looks_like_html(description):
        return parse_html(description, lexicon)
    return parse_body(clean_text(description).split("\n"), lexicon)


def _build_sections(records: Iterable[SectionRecord], drop_lines: Sequence[re.Pattern[str]]) -> Iterable[Section]:
    kind = SectionKind.DESCRIPTION
    given = False
    for number, record in enumerate(records):
        heading = strip_heading(record.heading or "")
        given = bool(record.kind) or (given and not heading)
        if record.kind:
            kind = _parse_kind(number, record.kind)
        elif heading:
            kind = SectionKind.OTHER
        section = Section(
            kind=kind,
            heading=heading,
            blocks=tuple(_kept_blocks(record.blocks, drop_lines)),
            kind_given=given,
        )
        if section.heading or section.blocks:
            yield section


def _kept_blocks(blocks: Iterable[Block], drop_lines: Sequence[re.Pattern[str]]) -> Iterator[Block]:
    for block in blocks:
        for line in map(clean_line, clean_text(block.text).split("\n")):
            if line and not dropped(line, drop_lines):
                yield replace(block, text=line)


def _parse_kind(number: int, text: str) -> SectionKind:
    try:
        return SectionKind(text.strip().lower())
    except ValueError as error:
        kinds = ", ".join(SectionKind)
        raise RecordError(f"sections[{number}].kind: {text!r} is none of {kinds}") from error


def _build_location(number: int, record: _LocationForm) -> Location:
    country = _understood(f"locations[{number}].country", record.country, parse_country)
    return Location(country=country or "", city=clean_line(record.city or ""))


def _build_salary(record: _SalaryForm) -> Salary:
    currency, unit = record.currency.strip().upper(), record.unit.strip().upper()
    if not _CURRENCY.match(currency):
        raise RecordError(f"salary.currency: {record.currency!r} is not an ISO 4217 code like EUR")
    if unit not in _PAY_UNITS:
        raise RecordError(f"salary.unit: {record.unit!r} is none of {', '.join(sorted(_PAY_UNITS))}")
    bounds = [bound for bound in (record.min, record.max) if bound is not None]
    if not all(isfinite(bound) and bound >= 0 for bound in bounds) or bounds != sorted(bounds):
        raise RecordError(f"salary: {record.min} to {record.max} is not a range of pay")
    return Salary(currency=currency, minimum=record.min, maximum=record.max, unit=unit)


def _employment_types(value: list[str] | str) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    return tuple(clean_line(text).upper().replace(" ", "_").replace("-", "_") for text in listed if clean_line(text))


def _countries(field: str, texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_understood_all(field, texts, parse_country)))


def _parse_url(text: str) -> str:
    address = clean_line(text)
    if not _WEB_ADDRESS.match(address):
        raise RecordError(f"{text!r} is not an http or https address")
    return address


def _parse_language(text: str) -> Locale:
    try:
        return parse_locale(clean_line(text))
    except LocaleError as error:
        raise RecordError(str(error)) from error


def _required(field: str, value: str) -> str:
    if not value:
        raise RecordError(f"{field}: is empty")
    return value


def _understood(field: str, text: str | None, parse: Callable[[str], _Value]) -> _Value | None:
    if text is None or not clean_line(text):
        return None
    try:
        return parse(text)
    except RecordError as error:
        raise RecordError(f"{field}: {error}") from error


def _understood_all(field: str, texts: Iterable[str], parse: Callable[[str], _Value]) -> list[_Value]:
    values = (_understood(f"{field}[{number}]", text, parse) for number, text in enumerate(texts))
    return [value for value in values if value is not None]
