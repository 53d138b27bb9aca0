"""What was published when: how the record goes on when a new selection comes in."""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import chain, count
from typing import NamedTuple, Protocol

from anyascii import anyascii
from babel import Locale

from pipeline.errors import WithdrawalsError
from pipeline.model.outcome import ChangeKind
from pipeline.publishing.versions.localized import LocalizedPosting

# A withdrawal has a date even where no posting, flag or earlier line names any: the epoch of reproducible builds.
NO_DATE = date(1970, 1, 1)
MAX_SLUG_CHARS = 60
SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_DIGEST_CHARS = 10


class PublicationKey(NamedTuple):
    """One posting in one locale; both as text, as the record keeps them."""

    posting: str
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One line of the record: the state of a posting in a locale since then; `number` counts the lines from 0."""

    posting: str
    locale: str
    digest: str
    slug: str
    published: date | None = None
    updated: date | None = None
    withdrawn: date | None = None
    number: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        """Refuse a slug that could lead out of its folder: the record is a file that anybody may edit."""
        if not SLUG.fullmatch(self.slug):
            raise ValueError(f"{self.slug!r} is not a slug")

    @property
    def key(self) -> PublicationKey:
        """What the line is about."""
        return PublicationKey(self.posting, self.locale)


class Told(Protocol):
    """A published posting, as far as the record tells of it."""

    @property
    def posting_id(self) -> str:
        """The id of the posting."""

    @property
    def locale(self) -> Locale:
        """The locale of the version."""

    @property
    def title(self) -> str:
        """The title in the language of the version."""

    @property
    def date_posted(self) -> date | None:
        """The day that the posting itself names."""

    @property
    def digest(self) -> str:
        """The digest of the text."""

    def has_text_of(self, digest: str) -> bool:
        """Tell whether a digest is of this text."""


def key_of(told: Told) -> PublicationKey:
    """Return what the lines about a posting in a version are about."""
    return PublicationKey(told.posting_id, _name(told.locale))


@cache
def _name(locale: Locale) -> str:
    """Name a locale as the record does; the name is the same object for 100,000 postings."""
    return str(locale)


Ledger = Mapping[PublicationKey, Publication]


def latest(lines: Iterable[Publication]) -> dict[PublicationKey, Publication]:
    """Return the last line about every posting in every locale."""
    return {line.key: line for line in lines}


def withdrawn_everywhere(ledger: Ledger) -> dict[str, date]:
    """Return the postings that no locale has any more, with the last day on which one lost them."""
    published = {line.posting for line in ledger.values() if line.withdrawn is None}
    gone: dict[str, date] = {}
    for line in ledger.values():
        if line.withdrawn is not None and line.posting not in published:
            gone[line.posting] = max(line.withdrawn, gone.get(line.posting, line.withdrawn))
    return gone


def edition_date(ledger: Ledger, postings: Iterable[date | None], as_of: date | None) -> date | None:
    """Return the date of this run: the one that was given, else the latest that the postings and the record name."""
    if as_of is not None:
        return as_of
    recorded = (day for line in ledger.values() for day in (line.published, line.updated, line.withdrawn))
    return max((day for day in (*postings, *recorded) if day is not None), default=None)


def continue_ledger(
    ledger: Ledger, published: Iterable[Told], *, edition: date | None, as_of: date | None
) -> list[Publication]:
    """Return the new lines: first publications, changed texts, returns and withdrawals; none if nothing changed.

    They stand in the order of their days, numbered on from the last line of the record.
    """
    lines: list[Publication] = []
    taken: defaultdict[str, set[str]] = defaultdict(set)  # a withdrawn page's address is not given to another posting
    for recorded in ledger.values():
        taken[recorded.locale].add(recorded.slug)
    present: set[PublicationKey] = set()
    for told in published:
        key = key_of(told)
        present.add(key)
        line = _next_line(ledger.get(key), told, edition=edition, as_of=as_of, taken=taken[key.locale])
        taken[key.locale].add(line.slug)
        if line != ledger.get(key):
            lines.append(line)
    gone = (line for key, line in ledger.items() if key not in present and line.withdrawn is None)
    lines.sort(key=lambda line: line.updated or NO_DATE)
    lines += [replace(line, withdrawn=edition or NO_DATE) for line in gone]
    following = 1 + max((line.number for line in ledger.values()), default=-1)
    return [replace(line, number=number) for number, line in enumerate(lines, start=following)]


def count_undated(ledger: Ledger, lines: Iterable[Publication]) -> int:
    """Count the texts that changed and whose date stays, since the run knows no later day."""
    changed = ((ledger[line.key], line) for line in lines if line.key in ledger and line.withdrawn is None)
    return sum(before.digest != line.digest and before.updated == line.updated for before, line in changed)


def with_record(localized: LocalizedPosting, ledger: Ledger) -> LocalizedPosting:
    """Return the posting with the slug and the dates that the record gives it, and with the number of its line."""
    return with_line(localized, ledger[key_of(localized)])


def with_line(localized: LocalizedPosting, line: Publication) -> LocalizedPosting:
    """Return the posting as a line of the record has it."""
    return replace(localized, slug=line.slug, published=line.published, updated=line.updated, line=line.number)


def find_refusal(ledger: Ledger, lines: Iterable[Publication], max_percent: float) -> WithdrawalsError | None:
    """Return what speaks against new lines: more than `max_percent` of a locale's postings would vanish in one run.

    A posting that expires vanishes too: the day of the run or a deadline may be mistyped.
    """
    published = Counter(line.locale for line in ledger.values() if line.withdrawn is None)
    vanishing = Counter(line.locale for line in lines if line.withdrawn is not None)
    for locale, number in sorted(vanishing.items()):
        allowed = allowed_withdrawals(published[locale], max_percent)
        if number > allowed:
            return WithdrawalsError(locale, number, published[locale], allowed)
    return None


def allowed_withdrawals(published: int, percent: float) -> int:
    """Return how many of `published` postings may vanish in one run; a started posting counts as one."""
    return -int(-published * percent // 100)


def change_kind(ledger: Ledger, line: Publication) -> ChangeKind:
    """Tell what a new line does to its posting in its language version."""
    if line.withdrawn:
        return ChangeKind.WITHDRAWN
    before = ledger.get(line.key)
    return ChangeKind.ADDED if before is None or before.withdrawn else ChangeKind.CHANGED


def _next_line(
    line: Publication | None,
    told: Told,
    *,
    edition: date | None,
    as_of: date | None,
    taken: Container[str],
) -> Publication:
    if line is None:
        first = as_of or told.date_posted or edition
        return Publication(
            posting=told.posting_id,
            locale=_name(told.locale),
            digest=told.digest,
            slug=make_slug(told.title, told.posting_id, taken),
            published=first,
            updated=first,
        )
    if line.withdrawn is None and told.has_text_of(line.digest):
        return line
    moved = max((day for day in (line.updated, line.withdrawn, edition) if day), default=None)
    return replace(line, digest=told.digest, updated=moved, withdrawn=None)


def make_slug(title: str, posting_id: str, taken: Container[str] = ()) -> str:
    """Return a safe name for a page: the title in Latin letters and digits, and a digest of the id.

    Ten digits of it tell postings apart even among many of one title; where they do not, a number follows.

    >>> make_slug("Ingénieur·e données", "acme-4711"), make_slug("Медсестра", "acme-4712")
    ('ingenieur-e-donnees-413b168ebe', 'medsestra-aa82f7e935')
    """
    words = re.sub("[^a-z0-9]+", "-", _in_latin(title)).strip("-")[:MAX_SLUG_CHARS].rstrip("-")
    digest = hashlib.sha256(posting_id.encode()).hexdigest()[:_DIGEST_CHARS]
    slug = f"{words or 'posting'}-{digest}"
    return next(name for name in chain([slug], (f"{slug}-{number}" for number in count(2))) if name not in taken)


def _in_latin(title: str) -> str:
    """Write a title in small letters from a to z where it is of letters, in whatever script."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    bare = unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))
    return "".join(map(_spell, bare)).lower()


def _spell(char: str) -> str:
    """Spell a letter or digit; of a sign, such as an emoji, anyascii would write the name."""
    if unicodedata.category(char)[0] not in "LMN":
        return char
    return anyascii(char).replace("'", "")  # its mark for letters without a Latin one
