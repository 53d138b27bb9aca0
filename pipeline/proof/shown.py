"""What one output shows of one posting, so that any two outputs can be compared field by field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from hashlib import blake2b
from operator import attrgetter

from pipeline.proof.faults import Fault

SOURCE, MACHINE, PERSON = "source", "machine", "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A posting in one output: the file and the place in it, and what is said there; None where a format has no word.

    `page` is the path of its page, `text` a digest of its HTML in feeds, `body` one of what of it stands on its page
    too, `label` who translated it as far as a page says: `source`, `machine` or `person`. `countries` are sorted,
    `address` is the employer's page; `changed`, `published`, `deadline` and `text_modified` are days. `facts` are those
    that programs read, each as a line, sorted.
    """

    file: str
    place: str
    posting: str | None = None
    page: str | None = None
    title: str | None = None
    text: bytes | None = None
    body: bytes | None = None
    language: str | None = None
    translation: str | None = None
    label: str | None = None
    machine: bool | None = None
    original: int | None = None
    countries: tuple[str, ...] | None = None
    anywhere: bool | None = None
    remote: bool | None = None
    organization: str | None = None
    address: str | None = None
    published: str | None = None
    changed: str | None = None
    source_language: str | None = None
    deadline: str | None = None
    facts: tuple[str, ...] | None = None
    text_modified: str | None = None


_ISOLATES = re.compile("[\u2066-\u2069]")
_COMPARED = tuple(field.name for field in fields(Shown) if field.name not in {"file", "place"})
_VALUES = attrgetter(*_COMPARED)


def without_isolates(title: str) -> str:
    """Return a title as pages show it: what runs in the other direction stands there in an element of its own."""
    return _ISOLATES.sub("", title)


def label_of(translation: str) -> str:
    """Return what a page tells of a translation: that it is none, a machine's, or a person's.

    >>> label_of("reviewed")
    'person'
    """
    return translation if translation in {SOURCE, MACHINE} else PERSON


def fact_line(name: str, value: object) -> str:
    """Return a fact as one line, the same from JSON and from XML.

    >>> fact_line("salary", {"min": 60000, "currency": "EUR"}), fact_line("salary", {"currency": "EUR", "min": "60000"})
    ('salary currency=EUR min=60000', 'salary currency=EUR min=60000')
    """
    parts = [f"{part}={each}" for part, each in sorted(value.items())] if isinstance(value, dict) else [str(value)]
    return " ".join((name, *parts))


def text_digest(html: str) -> bytes:
    """Return a digest of the HTML of a posting."""
    return blake2b(html.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def differences(wanted: Shown, found: Shown) -> Iterator[Fault]:
    """Yield a fault for each field in which an output differs from what another one says of the same posting."""
    expected, values = _VALUES(wanted), _VALUES(found)
    if expected == values:
        return
    for name, value, other in zip(_COMPARED, values, expected, strict=True):
        if value is None or other is None or value == other:
            continue
        what = "the text differs from that" if name in {"text", "body"} else f"{name} is {value!r}, not {other!r} as"
        yield Fault(found.file, found.place, f"{what} in {wanted.file} {wanted.place}")
