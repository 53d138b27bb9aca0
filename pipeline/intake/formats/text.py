"""Text files: field lines first, then the posting as people write it."""

import re
from collections.abc import Sequence

from pipeline.intake.reading.body import parse_body
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.model.cleaning import clean_line, clean_text

_FIELD = re.compile(
    r"^(Title|Id|Organization|Location|Remote|Applicant-Countries|Date-Posted|Valid-Through|Employment-Type"
    r"|Language|Url)\s*:(.*)$",
    re.IGNORECASE,
)
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})


def parse_text(
    content: str, *, stem: str, lexicon: HeadingLexicon, drop_lines: Sequence[re.Pattern[str]] = ()
) -> PostingRecord:
    """Read one posting from a text file whose name without ending is `stem`.

    Raises RecordError if a field has a value that it cannot have.
    """
    lines = [line for line in clean_text(content).split("\n") if not dropped(line, drop_lines)]
    fields, rest = _split_fields(lines)
    return PostingRecord(
        id=fields.one("id") or stem,
        title=fields.one("title") or _stem_in_words(stem),
        organization=fields.one("organization"),
        url=fields.one("url"),
        locations=[_parse_location(text) for text in fields.every("location")] or None,
        remote=_parse_yes_no("Remote", fields.one("remote")),
        applicant_countries=fields.listed("applicant-countries") or None,
        date_posted=fields.one("date-posted"),
        valid_through=fields.one("valid-through"),
        employment_type=fields.listed("employment-type") or None,
        language=fields.one("language"),
        sections=parse_body(rest, lexicon),
    )


def dropped(line: str, drop_lines: Sequence[re.Pattern[str]]) -> bool:
    """Tell whether the configuration wants this line left out."""
    bare = clean_line(line)
    return any(pattern.search(bare) for pattern in drop_lines)


class _Fields:
    """The field lines of a text file, in order, names in lower case."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = {}

    def add(self, name: str, value: str) -> None:
        if clean_line(value):
            self._values.setdefault(name.lower(), []).append(clean_line(value))

    def every(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def one(self, name: str) -> str | None:
        values = self.every(name)
        if len(values) > 1:
            raise RecordError(f"{name.title()}: stands {len(values)} times, once is allowed")
        return values[0] if values else None

    def listed(self, name: str) -> list[str]:
        return [part.strip() for value in self.every(name) for part in value.split(",") if part.strip()]


def _split_fields(lines: Sequence[str]) -> tuple[_Fields, Sequence[str]]:
    fields = _Fields()
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        match = _FIELD.match(line.strip())
        if match is None:
            return fields, lines[number:]
        fields.add(match[1], match[2])
    return fields, ()


def _parse_location(text: str) -> dict[str, str]:
    """Read `City, CC`; a single word is the country if it is one in capitals, else the city."""
    city, comma, country = text.rpartition(",")
    if comma:
        return {"city": city.strip(), "country": country.strip()}
    return {"country" if re.fullmatch("[A-Z]{2}", text) else "city": text}


def _parse_yes_no(name: str, text: str | None) -> bool | None:
    if text is None:
        return None
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise RecordError(f"{name}: {text!r} is neither yes nor no")


def _stem_in_words(stem: str) -> str:
    words = clean_line(re.sub(r"[-_.]+", " ", stem))
    return words[:1].upper() + words[1:]
