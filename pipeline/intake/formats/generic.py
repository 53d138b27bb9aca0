"""Job lists of systems without a module of their own: a posting is told by the names of its members.

An object with a member that is called like a title (`jobTitle`, `Stelle`, `職種`) and one that is called like a text
(`description`, `Beschreibung`, `body`) is a posting, whatever system wrote it. Members that are headings of postings
(`requirements`, `benefits`, `Anforderungen`) become sections.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.intake.formats.item import Tree, first, list_of, salary, text_of, tree_of, trees_of
from pipeline.intake.reading.aliases import RECORD_FIELDS, field_named, with_hours
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord
from pipeline.model.posting import SectionKind

_PARTS = ("city", "region", "country", "postal_code")
_PAY = {"salary_min", "salary_max", "salary_currency", "salary_unit"}
# Titles only where nothing has a better name: companies, departments and files have names too.
_WEAK_TITLES = frozenset({"name", "job", "label", "subject", "nome", "nom", "nombre", "navn", "namn"})
# What `inspect` says of a posting beyond its fields.
_SAID_OF = frozenset({"doubts", "title_guessed"})
# What only postings have beside a name.
_BESIDE_A_TITLE = frozenset(
    {"locations", "city", "organization", "date_posted", "employment_type", "hours", "salary", "remote"}
)
# `jobTitle`, `job_title`
_WORDS_IN_ONE = re.compile(r"(?<=[a-z\d])(?=[A-Z])|[_\-.]+")
_TAGGED = re.compile(r"<(?:p|ul|ol|li|br|div|h\d)\b")
# A member of this length is a text, whatever it is called.
_TEXT_CHARS = 200


def field_of(name: str) -> str:
    """Return the field that a name stands for, "" if it is not known.

    >>> field_of("jobTitle"), field_of("Standort"), field_of("name"), field_of("colour")
    ('title', 'locations', 'weak_title', '')
    """
    if name.casefold() in _WEAK_TITLES:
        return "weak_title"
    return field_named(_WORDS_IN_ONE.sub(" ", name))


def recognizes_posting(tree: Tree) -> bool:
    """Tell an object that has a title and a text."""
    fields = {field_of(name) for name, value in tree.items() if value not in (None, "")}
    if fields & {"description", "sections"} or any(map(_named_texts, tree.values())):
        return bool(fields & {"title", "weak_title"})
    titled = "title" in fields or ("weak_title" in fields and bool(fields & _BESIDE_A_TITLE))
    return titled and any(isinstance(value, str) and len(value) > _TEXT_CHARS for value in tree.values())


def names_title(tree: Tree) -> bool:
    """Tell whether an object has a title by a name that means nothing else."""
    return any(field_of(name) == "title" and isinstance(value, str) and value for name, value in tree.items())


def recognizes_entry(tree: Tree) -> bool:
    """Tell an object that has a title and what else postings have, but perhaps no text."""
    fields = {field_of(name) for name in tree}
    return "title" in fields and len(fields & {"id", "url", *_BESIDE_A_TITLE}) > 1


def usual_text(nodes: Sequence[Tree]) -> str:
    """Return the name of the member that holds the texts of a list by their length, "" without any.

    Some postings of a list say little: what is the text of most is theirs too.
    """
    unnamed = ({name: value for name, value in node.items() if not field_of(name)} for node in nodes)
    found = Counter(map(_longest_text, unnamed))
    del found[""]
    return max(found, key=lambda name: found[name], default="")


def parse_posting(tree: Tree, lexicon: HeadingLexicon, *, text: str = "") -> PostingRecord:
    """Put the values of an object under our names, each field from the member that comes first among its names.

    `text` is the member that is the text if none has a name that says so and none is long.
    """
    found: dict[str, list[object]] = {}
    parts: list[Tree] = []
    unknown: dict[str, object] = {}
    for name, value in tree.items():
        field = field_of(name)
        kinds = set(lexicon.readings_of(_WORDS_IN_ONE.sub(" ", name)).values())
        if value in (None, "", [], {}) or name in _SAID_OF:
            continue
        if field == "weak_title" and isinstance(value, str) and len(value) > _TEXT_CHARS:
            field = "description"
        if field:
            values = found.setdefault(field, [])
            values.insert(0 if name == field else len(values), value)  # its own name says it best
        elif kinds and (part := _section(name, kinds, value)):
            parts.append(part)
        elif texts := _named_texts(value):
            parts += texts
        else:
            unknown[name] = value
    said = bool(parts) or "description" in found or "sections" in found
    if not said and (name := _longest_text(unknown) or (text if isinstance(unknown.get(text), str) else "")):
        found["description"] = [unknown.pop(name)]
    return _record(found, parts, unknown)


def _record(found: Mapping[str, list[object]], parts: list[Tree], unknown: Mapping[str, object]) -> PostingRecord:
    one = {field: values[0] for field, values in found.items()}
    fields = {field: value for field, value in one.items() if field in RECORD_FIELDS}
    fields["title"] = first(one.get("title"), one.get("weak_title"))
    if "title" in one and "weak_title" in one and "organization" not in one:
        unknown = {**unknown, "name": one["weak_title"]}
    if description := _longest(found.get("description", [])):
        fields["description"] = description
    if parts:
        fields["sections"] = [*list_of(fields.get("sections")), *parts]
    place = {part: one[part] for part in _PARTS if part in one}
    if place and "locations" not in one:
        fields["locations"] = [place]
    elif place and isinstance(one.get("locations"), str):
        fields["locations"] = [{"name": one["locations"], **place}]
    if "hours" in found:
        fields["employment_type"] = with_hours(one.get("employment_type"), found["hours"])
    if "salary" not in one and _PAY & set(one):
        fields["salary"] = salary(
            one.get("salary_min"),
            one.get("salary_max"),
            currency=one.get("salary_currency"),
            period=one.get("salary_unit"),
        )
    return PostingRecord(**fields, unknown=unknown)  # type: ignore[arg-type]  # its fields hold any value


def _longest_text(unknown: Mapping[str, object]) -> str:
    """Return the name of the member that must be the text of a posting which has none by a known name."""
    texts = {name: len(value) for name, value in unknown.items() if isinstance(value, str) and len(value) > _TEXT_CHARS}
    return max(texts, key=lambda name: texts[name]) if texts else ""


def _longest(values: list[object]) -> object:
    """Return the text: a summary stands beside the whole, a plain form beside the HTML, which has more in it."""
    texts = [text for value in values if (text := _text(value))]
    return max(texts, key=len) if texts else None


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return text_of(first(value.get("rendered"), value.get("html"), value.get("text"), value.get("value")))
    if isinstance(value, list):
        return "\n".join(part for part in map(_text, value) if part)
    return value if isinstance(value, str) else ""


def _named_texts(value: object) -> list[Tree]:
    """Return the sections of a list of texts with names, `[{"name": "Requirements", "value": "<ul>…"}]`.

    Lists of further facts look alike ("Department": "Kitchen"); texts have tags, or are long.
    """
    found = [
        {"heading": text_of(first(part.get("name"), part.get("title"), part.get("label"))), "description": text}
        for part in (trees_of(value) if isinstance(value, list) else ())
        if (text := text_of(first(part.get("value"), part.get("text"), part.get("content"), part.get("html"))))
    ]
    texts = [part for part in found if _TAGGED.search(part["description"]) or len(part["description"]) > _TEXT_CHARS]
    return [dict(part) for part in found] if texts and all(part["heading"] for part in found) else []


def _section(name: str, kinds: set[SectionKind], value: object) -> Tree | None:
    """Return the section that a member called like a heading holds; its name is no heading of the text."""
    kind = str(next(iter(kinds))) if len(kinds) == 1 else ""
    heading = "" if kind else name
    if isinstance(value, str):
        return {"kind": kind, "heading": heading, "description": value}
    items = [text for part in list_of(value) if (text := text_of(part) or _text(tree_of(part)))]
    return {"kind": kind, "heading": heading, "items": items} if items else None
