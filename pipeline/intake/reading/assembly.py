"""A record becomes a posting: every value is understood here, and what is not costs its field and is noted.

Only the id, the title and some text are needed. Fields that restrict who may see a posting (`locales`, `translate`,
`valid_through`, `applicant_countries`) fail closed: one that is not understood holds the posting everywhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from babel import Locale

from pipeline.intake.reading.aliases import field_named, near_field, record_of
from pipeline.intake.reading.dates import read_day
from pipeline.intake.reading.garbled import mended_record
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.locations import NOWHERE, Where, read_applicants, read_areas, read_where
from pipeline.intake.reading.pay import read_salary
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.intake.reading.sections import SectionReader
from pipeline.intake.reading.values import (
    Doubts,
    line_of,
    members_of,
    plain_line,
    read_employment_types,
    read_language,
    read_text,
    read_url,
    read_yes_no,
    text_of,
)
from pipeline.model.posting import Location, Posting, Section, SectionKind, WrittenVersion, blocks_of

# A longer value of a field that is not known may be text of the posting.
_LONGEST_LABEL = 60
_TAKE_OUT = "name it in `drop_lines` if nobody is to read it"
# Fields whose lines in a text are written for people.
_FOR_READERS = frozenset({"organization", "locations", "remote", "valid_through", "employment_type", "salary"})


def build_posting(  # noqa: PLR0913  what is configured of reading, and where the record stood
    record: PostingRecord,
    *,
    lexicon: HeadingLexicon,
    drop_lines: Sequence[re.Pattern[str]] = (),
    drop_furniture: bool = True,
    as_of: date | None = None,
    file: str = "",
    position: int = 0,
) -> Posting:
    """Understand a record; its language is still undetermined and no heading is known to be standard yet.

    Raises RecordError if it has no id, no title or no text.
    """
    doubts = Doubts()
    if mended := mended_record(record):
        record = mended
        doubts.note("title", record.title, "was garbled, as was the text, and is mended", "export it as UTF-8")
    reader = SectionReader(lexicon=lexicon, doubts=doubts, drop_lines=drop_lines, drop_furniture=drop_furniture)
    posting = _understand(record, reader, as_of=as_of, file=file, position=position)
    _note_the_rest(record, lexicon, doubts)
    if doubts.found:
        return replace(posting, unclear=tuple(doubts.unclear), doubts=tuple(doubts.found))
    return posting


def _understand(
    record: PostingRecord, reader: SectionReader, *, as_of: date | None, file: str, position: int
) -> Posting:
    doubts = reader.doubts
    declared = read_language(record.language, "language", doubts)
    language = declared.language if declared else ""
    where = _where(record, doubts, declared)
    countries = tuple(place.country for place in where.locations if place.country) or where.applicants

    def day(value: object, field: str) -> date | None:
        return read_day(value, field, doubts, locale=declared, countries=countries, as_of=as_of)

    plain = plain_line(record.title) if isinstance(record.title, str) else record.title
    return Posting(
        id=_required("id", record.id, "every posting needs one that stays the same"),
        title=_required("title", plain, "every posting needs one"),
        organization=read_text(record.organization, "organization", doubts),
        url=read_url(record.url, "url", doubts),
        locations=where.locations,
        remote=bool(where.remote),
        applicant_countries=where.applicants,
        areas=where.areas,
        date_posted=day(record.date_posted, "date_posted"),
        valid_through=day(record.valid_through, "valid_through"),
        employment_type=read_employment_types(record.employment_type, "employment_type", doubts),
        salary=read_salary(record.salary, "salary", doubts, language=language, countries=countries),
        declared=declared,
        locales=_locales(record.locales, doubts),
        translate=read_yes_no(record.translate, "translate", doubts) is not False,
        versions=tuple(_versions(record, reader)) if record.versions else (),
        group=record.group,
        sections=_with_lines_not_understood(record, reader.read(record.description, record.sections), doubts),
        title_guessed=record.title_guessed,
        file=file,
        position=position,
    )


def _with_lines_not_understood(
    record: PostingRecord, sections: tuple[Section, ...], doubts: Doubts
) -> tuple[Section, ...]:
    """Keep a line that tells readers something as text where its field does not hold it: "Pay: by agreement"."""
    if not record.lines:
        return sections
    doubtful = dict.fromkeys(doubt.field for doubt in doubts.found if doubt.field in _FOR_READERS) | doubts.beyond
    lines = blocks_of([line for name in doubtful for line in record.lines.get(name, ())])
    if not lines:
        return sections
    first, *rest = sections
    if first.kind is SectionKind.DESCRIPTION and not first.heading:
        return (replace(first, blocks=(*lines, *first.blocks)), *rest)
    return (Section(kind=SectionKind.DESCRIPTION, blocks=lines), *sections)


def _note_the_rest(record: PostingRecord, lexicon: HeadingLexicon, doubts: Doubts) -> None:
    for name, text in doubts.beyond.items():
        if name not in record.lines:
            doubts.note(name, text, "says when people work, which no field holds", "write it into the text")
    for name, value in record.unknown.items():
        kept = name in record.lines
        if field := field_named(name):
            doubts.note(name, value, f"{'stays as text' if kept else 'is left out'}: `{field}` is there already")
        elif kept and (slip := _slip(name, lexicon)):
            doubts.note(name, value, "is not a field, and stays as text", slip)
        elif kept:
            doubts.note("label", record.lines[name][0], "names no field, so its line stays as text", _TAKE_OUT)
        else:
            doubts.note(name, value, "is not a field", _how_to_name(name, value, lexicon))
    if record.title_guessed:
        doubts.note("title", record.title, "is guessed: nothing says that it is the title", "add a line `Title: …`")


def _how_to_name(name: str, value: object, lexicon: HeadingLexicon) -> str:
    """Say what to do about a name that is no field: a text that is left out is worth more than a slip of the pen."""
    if isinstance(value, str) and ("\n" in value or len(value) > _LONGEST_LABEL):
        return (
            "if it is text of the posting, call it as a section is called, for example `requirements`; "
            f'for a table: columns = {{requirements = "{name}"}}'
        )
    return _slip(name, lexicon)


def _slip(name: str, lexicon: HeadingLexicon) -> str:
    near = "" if lexicon.knows(name) else near_field(name)
    return f"did you mean `{near}`?" if near else ""


def _required(field: str, value: object, hint: str) -> str:
    if type(value) is str and (text := line_of(value)):
        return text
    if isinstance(value, bool) or (text := text_of(value)) == "":
        missing = value is None or (isinstance(value, str) and not line_of(value))
        if field == "title" and not missing:
            hint = 'write a text, or one a language: {"en": "…", "de": "…"}'
        raise RecordError(f"{field}: is {'missing' if value is None else 'empty' if missing else 'no text'}; {hint}")
    return text


def _where(record: PostingRecord, doubts: Doubts, declared: Locale | None) -> Where:
    """Bring together what the fields say of places."""
    read = read_where(record.locations, doubts, declared)
    asked = read_applicants(record.applicant_countries, doubts)
    remote = read_yes_no(record.remote, "remote", doubts)
    remote = read.remote if remote is None else remote
    if asked is NOWHERE and not (read.applicants or record.areas) and bool(remote) == bool(read.remote):
        return read
    locations, applicants = read.locations, asked.applicants + read.applicants
    if remote is False and read.applicants:
        locations += tuple(Location(country=country) for country in read.applicants)
        applicants = asked.applicants
    areas = read.areas + asked.areas + (read_areas(record.areas, doubts) if record.areas else ())
    return Where(
        locations=tuple(dict.fromkeys(locations)),
        applicants=tuple(dict.fromkeys(applicants)),
        areas=tuple(dict.fromkeys(areas)),
        remote=remote,
    )


def _locales(value: object, doubts: Doubts) -> tuple[Locale, ...] | None:
    if value is None:
        return None
    if not isinstance(value, str | list | tuple):
        doubts.hold("locales", value, "is no list of locales", 'write for example ["fr", "pt-BR"]')
    read = [read_language(member, "locales", doubts) for member in members_of(value)]
    return tuple(locale for locale in read if locale is not None)


def _versions(record: PostingRecord, reader: SectionReader) -> Iterator[WrittenVersion]:
    """Read the same job in further languages; one without language, title or text is left out."""
    doubts = reader.doubts
    for number, fields in enumerate(record.versions if isinstance(record.versions, list | tuple) else ()):
        name = f"versions[{number}]"
        if not isinstance(fields, Mapping):
            doubts.note(name, fields, "is no version")
            continue
        version = record_of(fields)
        language = read_language(version.language, f"{name}.language", doubts)
        title = read_text(version.title, f"{name}.title", doubts)
        try:
            read = reader.read(version.description, version.sections)
        except RecordError as error:
            doubts.note(name, record.id, f"is left out: {error}")
            continue
        if language is None or not title:
            doubts.note(name, record.id, f"is left out: it names no {'title' if language else 'language'}")
            continue
        url = read_url(version.url, f"{name}.url", doubts)
        yield WrittenVersion(language=language, title=title, url=url, sections=read, separate=True)
