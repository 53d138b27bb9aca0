"""A posting as a line of JSON in our own form, which `json_lines` reads back.

It stands apart from what reads, which takes longer to load: of many postings that were read before only lines are made.
"""

import json
from collections.abc import Iterable

from pipeline.model.locale import to_tag
from pipeline.model.posting import Block, Posting, Section, WrittenVersion


def serialize_posting(posting: Posting) -> str:
    """Write a posting as one line that can be read again; the language is the decided one."""
    halves = [version for version in posting.versions if not version.separate]
    fields: dict[str, object] = {
        "id": posting.id,
        "title": " / ".join(dict.fromkeys([posting.title, *(version.title for version in halves)])),
        "organization": posting.organization,
        "url": posting.url,
        "locations": [
            {
                "country": place.country or None,
                "city": place.city or None,
                **({"region": place.region} if place.region else {}),
                **({"postal_code": place.postal_code} if place.postal_code else {}),
            }
            for place in posting.locations
        ],
        "remote": posting.remote,
        "applicant_countries": _with_unclear(posting, "applicant_countries", posting.applicant_countries),
        "areas": posting.areas,
        "date_posted": posting.date_posted and posting.date_posted.isoformat(),
        "valid_through": posting.valid_through.isoformat()
        if posting.valid_through
        else next(iter(_unclear(posting, "valid_through")), None),
        "employment_type": posting.employment_type,
        "salary": posting.salary
        and {
            "currency": posting.salary.currency,
            "min": posting.salary.minimum,
            "max": posting.salary.maximum,
            "unit": posting.salary.unit,
        },
        "language": to_tag(posting.language) if posting.language else None,
        "locales": None if posting.locales is None else _with_unclear(posting, "locales", map(to_tag, posting.locales)),
        "translate": next(iter(_unclear(posting, "translate")), posting.translate),
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


def _unclear(posting: Posting, field: str) -> list[str]:
    """Return what a field that holds the posting says and was not understood, so that it holds it again."""
    return [doubt.value for doubt in posting.doubts if doubt.field == field and field in posting.unclear]


def _with_unclear(posting: Posting, field: str, understood: Iterable[str]) -> list[str]:
    return [*understood, *_unclear(posting, field)]


def _section_fields(section: Section) -> dict[str, object]:
    return {
        "kind": section.kind,
        "heading": section.heading,
        "blocks": [_block_fields(block) for block in section.blocks],
    }


def _block_fields(block: Block) -> dict[str, object]:
    further = {"depth": block.depth, "ordered": block.ordered, "level": block.level}
    return {block.kind.value: block.text, **{name: value for name, value in further.items() if value}}
