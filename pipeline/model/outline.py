"""What a run needs to know of every posting without its text: kept beside it, so that others stay packed."""

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b

import msgspec
from babel import Locale

from pipeline.model.locale import written_alike
from pipeline.model.segment import KEY_BYTES, SegmentedPosting, key_digest

_DIGEST_BYTES = 16


class Outline(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A posting in short.

    `written` are the languages that people wrote it in, its own first; `requested` are the locales that it goes to,
    None for all. `separate` tells that one of its versions stands in a record of its own, `doubtful` that there is
    something to tell of it. `keys` are the digests of its segments' keys, each once in reading order, one after the
    other; `digest` is one of all that it says.
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
    cities: tuple[str, ...]
    countries: tuple[str, ...]
    remote: bool
    worldwide: bool
    employment_type: tuple[str, ...]
    keys: bytes
    digest: bytes

    def key_digests(self) -> Iterator[bytes]:
        """Yield the digests of its keys in reading order."""
        return (self.keys[start : start + KEY_BYTES] for start in range(0, len(self.keys), KEY_BYTES))

    def expired(self, as_of: date | None) -> bool:
        """Tell whether its last day has passed; never so without a date to compare with."""
        return as_of is not None and self.valid_through is not None and self.valid_through < as_of

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
        cities=tuple(dict.fromkeys(place.city for place in posting.locations)),
        countries=posting.countries,
        remote=posting.remote,
        worldwide=posting.worldwide,
        employment_type=posting.employment_type,
        keys=b"".join(map(key_digest, segmented.keys())),
        digest=blake2b(packed, digest_size=_DIGEST_BYTES).digest(),
    )
