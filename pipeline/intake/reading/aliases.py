"""What people and systems call the fields of a posting, and the words that they write in them, in every language.

The words stand in the data file of each language: names of `fields`; `field_words` of values (yes, no, remote, what
stands before a date, before or behind a place, between two); `employment` by schema.org's types; `pay_units`; and
`furniture`, whole lines of pages (`#` a number, `*` anything), with `adverts`, those that say only that there is a job,
and the words of those that announce `versions`, the same in another language.
Names are compared without case, accents, spaces, `_` and `-`.

>>> field_named("Stellenbezeichnung"), field_named("job_title"), field_named("hiringOrganization")
('title', 'title', 'organization')
>>> near_field("locatoin")
'location'
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from pipeline.intake.reading.gazetteer import fold_name
from pipeline.intake.reading.record import PostingRecord
from pipeline.language.knowledge import knowledge, languages

RECORD_FIELDS = frozenset(PostingRecord.__struct_fields__) - {"group", "unknown", "title_guessed"}
# Parts that sources write beside each other and that belong into one field, by their name there.
_PARTS = {
    "city": ("locations", "city"),
    "region": ("locations", "region"),
    "country": ("locations", "country"),
    "postal_code": ("locations", "postal_code"),
    "salary_min": ("salary", "min"),
    "salary_max": ("salary", "max"),
    "salary_currency": ("salary", "currency"),
    "salary_unit": ("salary", "unit"),
    "hours": ("employment_type", "hours"),
}
# What `inspect` and JSON-LD say of a posting beyond its fields.
_SILENT = frozenset({"@context", "@type", "@id", "@graph", "doubts", "title_guessed"})
# Names that are those of a field only where no other name is: a company's `name` beside a `jobTitle`.
_WEAK = frozenset(
    {"name", "headline", "role", "job", "text", "content", "body", "summary", "date", "link", "code", "slug"}
)
_ALIKE = 0.8
_LISTED = re.compile(r"\s*[,;|]\s*")
# What systems often say beside the fields of a posting: no slips of them, though a word of some language is alike.
_NO_SLIPS = frozenset(
    {"department", "departments", "team", "status", "category", "categories", "industry", "seniority", "tags", "notes"}
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of all languages together, folded, each with what it means."""

    names: Mapping[str, str]  # fields by folded name
    written: Mapping[str, str]  # folded names as they are written
    employment: Mapping[str, str]
    pay_units: Mapping[str, str]
    values: Mapping[str, frozenset[str]]  # yes, no, remote, on_site, anywhere, before, behind, between, posted
    furniture: tuple[str, ...]  # as written, `#` a number, `*` anything
    adverts: frozenset[str]
    versions: frozenset[str]


@cache
def words() -> Words:
    """Read the words of the data files of all languages."""
    names = {_compact(name): name for name in (*RECORD_FIELDS, *_PARTS)}
    written = dict(names)
    for name, field in _phrases("fields"):
        names.setdefault(_compact(name), field)
        written.setdefault(_compact(name), name)
    values: dict[str, set[str]] = {}
    for word, kind in _phrases("field_words"):
        values.setdefault(kind, set()).add(fold_name(word))
    return Words(
        names=names,
        written=written,
        employment={fold_name(word): kind for word, kind in _phrases("employment")},
        pay_units={fold_name(word): unit for word, unit in _phrases("pay_units")},
        values={kind: frozenset(found) for kind, found in values.items()},
        furniture=tuple(line for line, kind in _phrases("furniture") if kind == "lines"),
        adverts=frozenset(fold_name(line) for line, kind in _phrases("furniture") if kind == "adverts"),
        versions=frozenset(fold_name(word) for word, kind in _phrases("furniture") if kind == "versions"),
    )


def _phrases(table: str) -> Iterator[tuple[str, str]]:
    for language in languages():
        yield from knowledge(language).phrases(table)


def _compact(name: str) -> str:
    return fold_name(name).replace(" ", "")


@lru_cache(maxsize=4096)
def field_named(name: str) -> str:
    """Return the field, or the part of one, that a name stands for, "" if it stands for none."""
    if name in RECORD_FIELDS:
        return name
    return words().names.get(_compact(name), "")


def whole_of(field: str) -> str:
    """Return the field of a posting that a field, or a part of one, belongs to.

    >>> whole_of("city"), whole_of("title")
    ('locations', 'title')
    """
    return _PARTS[field][0] if field in _PARTS else field


def with_hours(kinds: object, hours: object) -> list[object]:
    """Join what is said of the type of employment and of the hours, which may name a type too: "full-time, 7 to 15"."""
    if isinstance(kinds, str):
        said: list[object] = [*_LISTED.split(kinds)]
    else:
        said = [*kinds] if isinstance(kinds, list | tuple) else [kinds] if kinds is not None else []
    return [*said, *({"hours": each} for each in (hours if isinstance(hours, list | tuple) else [hours]))]


@lru_cache(maxsize=1024)
def near_field(name: str) -> str:
    """Return the name of a field that a name may be a slip of, as people write it; "" if none is close.

    Who writes without accents is not helped by a name with some: "department" is no slip of "département".
    """
    if name.lower() in _NO_SLIPS:
        return ""
    near = get_close_matches(_compact(name), words().names, n=3, cutoff=_ALIKE)
    written = [words().written[found] for found in near]
    found = next((found for found in written if found.isascii() or not name.isascii()), "")
    return found.lower() if name.islower() else found


def has_word(kind: str, text: str) -> bool:
    """Tell whether a text is one of the words of a kind, such as `yes` or `remote`."""
    return fold_name(text) in words().values[kind]


def record_of(fields: Mapping[str, object]) -> PostingRecord:
    """Take the fields of an object by any of their names; a field's own name wins over its other names.

    Parts such as a city and a country beside each other become one value. What is left over is in `unknown`.
    """
    if fields.keys() <= RECORD_FIELDS:
        return PostingRecord(**fields)  # type: ignore[arg-type]  # its fields hold any value
    found = {name: value for name, value in fields.items() if name in RECORD_FIELDS}
    parts: dict[str, dict[str, object]] = {}
    unknown: dict[str, object] = {}
    for name, value in sorted(fields.items(), key=lambda item: item[0].lower() in _WEAK):
        field = field_named(name)
        if name in found or name in _SILENT:
            continue
        if field in _PARTS:
            whole, part = _PARTS[field]
            parts.setdefault(whole, {}).setdefault(part, value)
        elif not field or field in found:
            unknown[name] = value
        else:
            found[field] = value
    if hours := parts.pop("employment_type", None):
        found["employment_type"] = with_hours(found.get("employment_type"), hours["hours"])
    for whole, members in parts.items():
        found[whole] = _with_parts(found.get(whole), members)
    guessed = fields.get("title_guessed") is True
    return PostingRecord(**found, unknown=unknown, title_guessed=guessed)  # type: ignore[arg-type]


def _with_parts(value: object, parts: dict[str, object]) -> object:
    """Join parts to a value that has none of its own: "Lyon" and a country beside it."""
    if value is None or value in ("", []):
        return parts
    if isinstance(value, Mapping):
        return {**parts, **value}
    if isinstance(value, str) and "country" in parts and "," not in value and "city" not in parts:
        return {"city": value, **parts}
    return value
