"""Our own form of a posting, one JSON object a line, as `json_documents` reads it."""

import json
from collections.abc import Mapping

from pipeline.intake.formats.json_text import decode_json
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.model.locale import to_tag
from pipeline.model.posting import Block, Posting, Section, WrittenVersion

OWN_FIELDS = frozenset(PostingRecord.__dataclass_fields__) - {"group", "unknown"}


def parse_json_line(line: str) -> PostingRecord:
    """Read a line of our own form; members that are no fields are kept as unknown.

    Raises RecordError if it is no JSON object.
    """
    tree = decode_json(line.encode("utf-8", "surrogatepass"))
    if not isinstance(tree, dict):
        raise RecordError("not an object: {...}")
    unknown = {name: value for name, value in tree.items() if name not in OWN_FIELDS}
    return native_record({name: value for name, value in tree.items() if name in OWN_FIELDS}, unknown)


def native_record(tree: Mapping[str, object], unknown: Mapping[str, object] | None = None) -> PostingRecord:
    """Return an object of our own form (DESIGN section 7) as a record; members that are null say nothing."""
    fields = {name: _without_nulls(member) for name, member in tree.items() if member is not None}
    return PostingRecord(**fields, unknown=unknown or {})  # type: ignore[arg-type]  # its fields hold any value


def _without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_nulls(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [_without_nulls(member) for member in value]
    return value


def serialize_posting(posting: Posting) -> str:
    """Write a posting as one line that can be read again; the language is the decided one."""
    halves = [version for version in posting.versions if not version.separate]
    fields: dict[str, object] = {
        "id": posting.id,
        "title": " / ".join(dict.fromkeys([posting.title, *(version.title for version in halves)])),
        "organization": posting.organization,
        "url": posting.url,
        "locations": [{"country": place.country or None, "city": place.city or None} for place in posting.locations],
        "remote": posting.remote,
        "applicant_countries": posting.applicant_countries,
        "date_posted": posting.date_posted and posting.date_posted.isoformat(),
        "valid_through": posting.valid_through and posting.valid_through.isoformat(),
        "employment_type": posting.employment_type,
        "salary": posting.salary
        and {
            "currency": posting.salary.currency,
            "min": posting.salary.minimum,
            "max": posting.salary.maximum,
            "unit": posting.salary.unit,
        },
        "language": to_tag(posting.language) if posting.language else None,
        "locales": None if posting.locales is None else [to_tag(locale) for locale in posting.locales],
        "translate": posting.translate,
        "sections": [
            _section_fields(section)
            for sections in (posting.sections, *(version.sections for version in halves))
            for section in sections
        ],
        "versions": [_version_fields(version) for version in posting.versions if version.separate],
    }
    empty: tuple[object, ...] = (None, "", (), [])
    kept = {name: value for name, value in fields.items() if value not in empty or name in {"locales", "sections"}}
    return json.dumps(kept, ensure_ascii=False)


def _version_fields(version: WrittenVersion) -> dict[str, object]:
    fields = {
        "language": to_tag(version.language),
        "title": version.title,
        "url": version.url,
        "sections": [_section_fields(section) for section in version.sections],
    }
    return {name: value for name, value in fields.items() if value}


def _section_fields(section: Section) -> dict[str, object]:
    return {
        "kind": section.kind,
        "heading": section.heading,
        "blocks": [_block_fields(block) for block in section.blocks],
    }


def _block_fields(block: Block) -> dict[str, object]:
    further = {"depth": block.depth, "ordered": block.ordered, "level": block.level}
    return {block.kind.value: block.text, **{name: value for name, value in further.items() if value}}
