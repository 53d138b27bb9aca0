"""The parts of the list of a version: what its cards say, for the script that shows some of them.

A script loads the parts that hold what it shows, and all of them to search their titles. What several postings of a
part share (an employer, a place, a day) stands once in a table and is named by its number there, 0 for nothing; nothing
at the end of a row is left out:

    list/9f2c61d08b1e4a75.json    {"employers": ["", "Acme"], …, "rows": [["413b168ebe", "Nurse", 1, 1, 1], …]}

A part is named by its content, so that none is taken for one of another release.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from pipeline.model.locale import direction_of, to_tag
from pipeline.model.outcome import Reason
from pipeline.model.posting import Salary
from pipeline.publishing.pages import cards
from pipeline.publishing.pages.listings import cut_list
from pipeline.publishing.pages.search_words import fold
from pipeline.publishing.versions.isolation import isolate_text
from pipeline.publishing.versions.ledger import MAX_SLUG_CHARS
from pipeline.publishing.versions.version import Entry, Postings, Version

PARTS_FOLDER = "list/"
# About 30 KB, 10 KB compressed: a page of results needs one or a few. Cut from the oldest posting on, as the pages of a
# list are, so that a new posting makes one part anew.
PART_SIZE = 256
_NAME_BYTES = 8
_LATIN_WORDS = re.compile("[a-z0-9]+")


class PartName(msgspec.Struct, frozen=True):
    """What a script asks for a part by."""

    name: str

    @property
    def path(self) -> str:
        """Return where it lies below the folder of the language."""
        return f"{PARTS_FOLDER}{self.name}.json"


class Part(NamedTuple):
    """A part of the list: its name, and how many postings it holds."""

    name: str
    size: int


class Table:
    """Values numbered as they come, each written once; what it is made of tells them apart."""

    def __init__(self, *nothing: object) -> None:
        self.written: list[object] = list(nothing)
        self._numbers: dict[Hashable, int] = {}

    def number(self, key: Hashable, write: Callable[[], object]) -> int:
        """Return the number of a value, which is written where it is the first of its key."""
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.written)
            self.written.append(write())
        return found


class _Cards:
    """The rows of a part while they are written; most texts of most postings stand in its tables already."""

    def __init__(self, version: Version) -> None:
        self._version = version
        self.tables = {
            "languages": Table(""),
            "employers": Table(""),
            "places": Table(""),
            "remotes": Table(""),
            "pays": Table(["", ""]),
            "types": Table(""),
            "days": Table(["", ""]),
            "labels": Table(["", 0]),
        }

    def row(self, entry: Entry) -> list[object]:
        """Write the row of a posting."""
        title = isolate_text(entry.title, entry.title_language)
        places = entry.locations + (() if entry.remote else entry.areas)
        row: list[object] = [
            _short_slug(entry.slug, title),
            title,
            self._day(entry, entry.posted, cards.posted_text),
            self._one("employers", entry.organization, lambda: entry.organization),
            self._one("places", places, partial(self._isolated, entry, cards.place_text)),
            self._one("types", entry.employment_type, partial(self._isolated, entry, cards.types_text)),
            self._label(entry),
            self._pay(entry),
            self._day(entry, entry.valid_through, cards.apply_text),
            self._remote(entry) if entry.remote else 0,
            self._day(entry, entry.edited, cards.edited_text),
            self._language(entry),
        ]
        while row[-1] == 0:
            row.pop()
        return row

    def _one(self, table: str, key: Hashable, write: Callable[[], object]) -> int:
        """Return the number of what a posting has one of, 0 for nothing."""
        return self.tables[table].number(key, write) if key else 0

    def _isolated(self, entry: Entry, text: Callable[[Version, Entry], str]) -> str:
        return isolate_text(text(self._version, entry), self._version.locale)

    def _day(self, entry: Entry, day: date | None, text: Callable[[Version, Entry], str]) -> int:
        if day is None:
            return 0
        key = (text, day, entry.posted)
        return self.tables["days"].number(key, lambda: [day.isoformat(), text(self._version, entry)])

    def _remote(self, entry: Entry) -> int:
        text = self._isolated(entry, cards.remote_text)
        return self.tables["remotes"].number(text, lambda: text)

    def _pay(self, entry: Entry) -> int:
        """Return the number of what a posting pays, in words and in plain figures."""
        amounts = amounts_of(entry.salary)
        figures = " ".join(str(int(amount) if amount == int(amount) else amount) for amount in amounts)
        return self._one("pays", figures and entry.salary, lambda: [self._isolated(entry, cards.pay_text), figures])

    def _label(self, entry: Entry) -> int:
        """Return the number of a label, 0 for a posting as it was written; one says 1 for a person, 2 for a machine."""
        if entry.translation == Reason.SOURCE:
            return 0
        made_by = 1 + (entry.translation == Reason.MACHINE)
        key = (made_by, entry.source_language)
        return self.tables["labels"].number(key, lambda: [cards.label_text(self._version, entry), made_by])

    def _language(self, entry: Entry) -> int:
        language, tag = entry.title_language, to_tag(entry.title_language)
        if tag == self._version.tag:
            return 0
        return self.tables["languages"].number(tag, lambda: [tag, direction_of(language)])


def cut_parts(postings: Postings, size: int = PART_SIZE) -> Iterator[Postings]:
    """Yield the postings of each part, newest first; no posting makes no part."""
    return (page.postings for page in cut_list(postings, size) if page.postings)


def serialize_part(version: Version, postings: Postings) -> bytes:
    """Write what the cards of some postings say."""
    written = _Cards(version)
    rows = list(map(written.row, postings.entries))
    tables = {name: table.written for name, table in written.tables.items()}
    return msgspec.json.encode({**tables, "rows": rows}) + b"\n"


def name_part(content: bytes) -> PartName:
    """Name a part by its content."""
    return PartName(blake2b(content, digest_size=_NAME_BYTES).hexdigest())


def amounts_of(salary: Salary | None) -> list[float]:
    """Return the bounds of a pay, as far as they are known."""
    return [amount for amount in (salary.minimum, salary.maximum) if amount is not None] if salary else []


def _short_slug(slug: str, title: str) -> str:
    """Leave out of a slug what the script makes of the title: all but the digest at its end, which has no hyphen.

    >>> _short_slug("ingenieur-e-donnees-413b168ebe", "Ingénieur·e données"), _short_slug("nurse-413b168ebe", "Pfleger")
    ('413b168ebe', 'nurse-413b168ebe')
    """
    words = "-".join(_LATIN_WORDS.findall(fold(title)))[:MAX_SLUG_CHARS].rstrip("-")
    digest = slug.removeprefix(f"{words}-")
    return slug if "-" in digest else digest
