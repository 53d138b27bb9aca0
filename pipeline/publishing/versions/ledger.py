"""What was published when: how the record goes on when a new selection comes in."""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from datetime import date
from functools import cache
from itertools import chain, count
from operator import attrgetter
from typing import NamedTuple, Protocol

from anyascii import anyascii
from babel import Locale
from msgspec import Struct, field
from msgspec.structs import replace

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
class Known:
    """What an older line did not hold of a posting: the digest of its facts, and its countries."""

    facts: str
    countries: tuple[str, ...] = ()


class Publication(Struct, frozen=True, kw_only=True):
    """One line of the record: the state of a posting in a locale since then; `number` counts the lines from 0.

    `digest` is of the words as they are published, `facts` of the facts of the posting and of the text that it is or
    was translated from; `text_modified` is the last day on which the words changed, `updated` the last one on which the
    facts or that text did. Older lines lack `facts`, `countries` and `text_modified`: nobody knows them. So the next
    line of that locale, whatever posting it is about, tells in `known` what there was to know of the others by then.
    """

    posting: str
    locale: str
    digest: str
    slug: str
    published: date | None = None
    updated: date | None = None
    withdrawn: date | None = None
    countries: tuple[str, ...] | None = None
    facts: str = ""
    text_modified: date | None = None
    known: Mapping[str, Known] = field(default_factory=dict)
    number: int = 0

    def __post_init__(self) -> None:
        """Refuse a slug that could lead out of its folder: the record is a file that anybody may edit."""
        if not SLUG.fullmatch(self.slug):
            raise ValueError(f"{self.slug!r} is not a slug")

    @property
    def key(self) -> PublicationKey:
        """What the line is about."""
        return PublicationKey(self.posting, self.locale)

    @property
    def words_changed(self) -> date | None:
        """The last day on which the words changed; on older lines that of the update, which nothing else moved."""
        return self.text_modified if self.facts else self.updated


class Departure(NamedTuple):
    """A posting that has left a language version, or one of its countries, and the day."""

    posting: str
    day: date
    country: str = ""


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

    @property
    def facts(self) -> str:
        """The digest of the facts, and of the text that this one is or was translated from."""

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the posting counts for."""

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
Left = dict[PublicationKey, dict[str, date]]


def latest(lines: Iterable[Publication]) -> dict[PublicationKey, Publication]:
    """Return the last line about every posting in every locale, with what a later line knows of it."""
    return follow(lines).latest


class Record(NamedTuple):
    """What the lines say: the last one about every posting, and which postings have left which countries since when.

    Who has left a version has left the country "" too.
    """

    latest: dict[PublicationKey, Publication]
    left: Left


def follow(lines: Iterable[Publication]) -> Record:
    """Read the lines one after the other."""
    record = Record({}, {})
    for line in lines:
        for posting, known in line.known.items():
            key = PublicationKey(posting, line.locale)
            before = record.latest.get(key)
            if before is not None and not before.facts:
                record.latest[key] = replace(
                    before, facts=known.facts, countries=known.countries, text_modified=before.updated
                )
        _note_departures(record.left, record.latest.get(line.key), line)
        record.latest[line.key] = replace(line, known={}) if line.known else line
    return record


def departures(record: Record, lines: Iterable[Publication]) -> dict[str, list[Departure]]:
    """Return by locale who has left it, or one of its countries, once new lines have been added to the record."""
    left = dict(record.left)
    for line in lines:
        _note_departures(left, record.latest.get(line.key), line)
    found: defaultdict[str, list[Departure]] = defaultdict(list)
    for key, countries in left.items():
        found[key.locale] += [Departure(key.posting, day, country) for country, day in countries.items()]
    return found


def _note_departures(left: Left, before: Publication | None, line: Publication) -> None:
    """Note which countries a posting leaves by a new line, and to which it comes back; unknown ones it never left."""
    if before is None and line.withdrawn is None:
        return
    here = set(before.countries or ()) if before is not None and before.withdrawn is None else set[str]()
    if line.withdrawn is not None:
        now, gone = set[str](), {"", *here, *(line.countries or ())}
    else:
        now = here if line.countries is None else set(line.countries)
        gone = here - now
    if not gone and line.key not in left:
        return
    day = line.withdrawn or line.updated or NO_DATE
    kept = {country: since for country, since in left.pop(line.key, {}).items() if country and country not in now}
    if found := kept | dict.fromkeys(sorted(gone), day):
        left[line.key] = found


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
    days = attrgetter("published", "updated", "withdrawn", "text_modified")
    recorded = chain.from_iterable(map(days, ledger.values()))
    return max((day for day in (*postings, *recorded) if day is not None), default=None)


def continue_ledger(
    ledger: Ledger, published: Iterable[Told], *, edition: date | None, as_of: date | None
) -> list[Publication]:
    """Return the new lines: first publications, changed texts or facts, returns and withdrawals; none if none changed.

    They stand in the order of their days, numbered on from the last line of the record. The first one of a locale says
    what is known now of the postings that older lines tell too little of.
    """
    lines: list[Publication] = []
    taken: defaultdict[str, set[str]] = defaultdict(set)  # a withdrawn page's address is not given to another posting
    for recorded in ledger.values():
        taken[recorded.locale].add(recorded.slug)
    present: set[PublicationKey] = set()
    known: defaultdict[str, dict[str, Known]] = defaultdict(dict)
    for told in published:
        key = key_of(told)
        present.add(key)
        before = ledger.get(key)
        line = _next_line(before, told, edition=edition, as_of=as_of, taken=taken[key.locale])
        taken[key.locale].add(line.slug)
        if line is not before and line != before:
            lines.append(line)
        elif not line.facts:
            known[key.locale][key.posting] = Known(facts=told.facts, countries=told.countries)
    gone = (line for key, line in ledger.items() if key not in present and line.withdrawn is None)
    lines.sort(key=lambda line: line.updated or NO_DATE)
    lines += [replace(line, withdrawn=edition or NO_DATE) for line in gone]
    following = 1 + max((line.number for line in ledger.values()), default=-1)
    return [
        replace(line, number=number, known=known.pop(line.locale, {}))
        for number, line in enumerate(lines, start=following)
    ]


def count_undated(ledger: Ledger, lines: Iterable[Publication]) -> int:
    """Count what changed without that a date moves, since the run knows no later day."""
    changed = ((ledger[line.key], line) for line in lines if line.key in ledger and line.withdrawn is None)
    days = attrgetter("updated", "words_changed")
    return sum(before.withdrawn is None and days(before) == days(line) for before, line in changed)


def with_record(localized: LocalizedPosting, ledger: Ledger) -> LocalizedPosting:
    """Return the posting with the slug and the dates that the record gives it, and with the number of its line."""
    return with_line(localized, ledger[key_of(localized)])


def with_line(localized: LocalizedPosting, line: Publication) -> LocalizedPosting:
    """Return the posting as a line of the record has it."""
    return replace_fields(
        localized,
        slug=line.slug,
        published=line.published,
        updated=line.updated,
        text_modified=line.words_changed,
        line=line.number,
    )


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
            countries=told.countries,
            facts=told.facts,
            text_modified=first,
        )
    same_words = told.has_text_of(line.digest)
    same_facts = line.facts == told.facts
    if line.withdrawn is None and same_words and (same_facts or not line.facts):
        return line
    days = (line.updated, line.text_modified, line.withdrawn, edition)
    moved = max((day for day in days if day), default=None)
    return replace(
        line,
        digest=told.digest,
        countries=told.countries,
        facts=told.facts,
        updated=line.updated if same_facts and line.withdrawn is None else moved,
        text_modified=line.words_changed if same_words else moved,
        withdrawn=None,
    )


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
