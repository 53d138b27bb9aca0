"""What a run needs to know of every posting without its text: kept beside it, so that others stay packed."""

from collections.abc import Collection, Iterator
from datetime import date
from hashlib import blake2b

import msgspec
from babel import Locale

from pipeline.model.facts_digest import digest_for, digests_of_facts
from pipeline.model.locale import written_alike
from pipeline.model.posting import Location, Salary
from pipeline.model.segment import KEY_BYTES, SegmentedPosting, key_digest

_DIGEST_BYTES = 16
_SOUGHT_ONE_BY_ONE = 16  # digests are then found faster in all the bytes, where two neighbours could look like one


class Outline(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A posting in short.

    `written` are the languages that people wrote it in, its own first; `requested` are the locales that it goes to,
    None for all. `separate` tells that one of its versions stands in a record of its own, `doubtful` that there is
    something to tell of it. `keys` are the digests of its segments' keys, each once in reading order, one after the
    other; `digest` is one of all that it says, `facts` those of each text as people wrote it.
    """

    id: str
    group: str
    language: Locale | None
    written: tuple[Locale, ...]
    requested: tuple[Locale, ...] | None
    translate: bool
    unlisted: bool
    separate: bool
    doubtful: bool
    date_posted: date | None
    valid_through: date | None
    organization: str
    locations: tuple[Location, ...]
    countries: tuple[str, ...]
    applicant_countries: tuple[str, ...]
    areas: tuple[str, ...]
    remote: bool
    worldwide: bool
    employment_type: tuple[str, ...]
    salary: Salary | None
    keys: bytes
    digest: bytes
    facts: bytes

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities that it names, each once."""
        return tuple(dict.fromkeys(place.city for place in self.locations if place.city))

    def key_digests(self) -> Iterator[bytes]:
        """Yield the digests of its keys in reading order."""
        return (self.keys[start : start + KEY_BYTES] for start in range(0, len(self.keys), KEY_BYTES))

    def has_key_of(self, digests: Collection[bytes]) -> bool:
        """Tell whether one of its keys has one of these digests; rarely so where none has."""
        if len(digests) > _SOUGHT_ONE_BY_ONE:
            return not frozenset(digests).isdisjoint(self.key_digests())
        return any(digest in self.keys for digest in digests)

    def written_for(self, locale: Locale) -> Locale | None:
        """Return the language in which people wrote what a locale shows, the posting's own if none is the locale's."""
        own = next(iter(self.written), None)
        others = self.written if len(self.written) > 1 else ()
        return next((language for language in others if written_alike(language, locale)), own)

    def expired(self, as_of: date | None) -> bool:
        """Tell whether its last day has passed; never so without a date to compare with."""
        return as_of is not None and self.valid_through is not None and self.valid_through < as_of

    def facts_of(self, locale: Locale) -> str:
        """Return the digest of its facts and of the text that its version in a locale is, or is translated from."""
        return digest_for(self.facts, self.written, locale)

    def wants(self, locale: Locale) -> bool:
        """Tell whether it is to be translated into a locale."""
        if self.language is None or not self.translate:
            return False
        if any(written_alike(written, locale) for written in self.written):
            return False
        return self.requested is None or locale in self.requested


def outline_of(segmented: SegmentedPosting, packed: bytes) -> Outline:
    """Put a posting in short; `packed` are its bytes."""
    posting, detection = segmented.posting, segmented.posting.detection
    declared, read_as = detection.declared, detection.read_as
    contradicted = declared is not None and read_as is not None and declared.language != read_as.language
    return Outline(
        id=posting.id,
        group=posting.group,
        language=posting.language,
        written=tuple(version.language for version in posting.written),
        requested=posting.locales,
        translate=posting.translate,
        unlisted=posting.unlisted,
        separate=any(version.separate for version in posting.versions),
        doubtful=bool(posting.doubts) or contradicted,
        date_posted=posting.date_posted,
        valid_through=posting.valid_through,
        organization=posting.organization,
        locations=posting.locations,
        countries=posting.countries,
        applicant_countries=posting.applicant_countries,
        areas=posting.areas,
        remote=posting.remote,
        worldwide=posting.worldwide,
        employment_type=posting.employment_type,
        salary=posting.salary,
        keys=b"".join(map(key_digest, segmented.keys())),
        digest=blake2b(packed, digest_size=_DIGEST_BYTES).digest(),
        facts=digests_of_facts(posting),
    )
