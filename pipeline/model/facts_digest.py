"""A digest of what a posting says as its employer wrote it, so that a change of it is told from a better translation.

Feeds tell their readers of an item again when the employer has changed something: a word of the text, the pay, the
place, the last day to apply. Whoever translates it better has not changed the job.

    digest_for(digests_of_facts(posting), languages, locale)
"""

import hashlib
import json
from collections.abc import Iterable, Iterator

from babel import Locale

from pipeline.model.locale import written_alike
from pipeline.model.posting import Location, Posting, WrittenVersion

# Nothing is looked up by it: it only tells a change from none, and is wrong once in four thousand million changes.
DIGEST_BYTES = 4


def digests_of_facts(posting: Posting) -> bytes:
    """Return the digests of each text that people wrote, one after the other in the order of `posting.written`.

    One whose language is undetermined has none. The order of places and of types says nothing, nor does the kind of a
    section or of a block, which a later version of the program may read differently.
    """
    facts = _facts(posting)
    said = ([facts, written.url or posting.url, written.title, *_texts(written)] for written in posting.written)
    return b"".join(hashlib.sha256(json.dumps(each).encode()).digest()[:DIGEST_BYTES] for each in said)


def digest_for(digests: bytes, languages: Iterable[Locale], locale: Locale) -> str:
    """Return the digest of the text that a version in a locale is, or is translated from, in hexadecimal digits.

    `languages` are those of the texts. What nobody wrote in a language is translated from the first one.

    >>> digest_for(bytes(range(8)), (Locale("pt"), Locale("en")), Locale("en", "IE"))
    '04050607'
    """
    if len(digests) == DIGEST_BYTES:  # most postings are written in one language, and to compare locales takes a while
        return digests.hex()
    number = next((number for number, each in enumerate(languages) if written_alike(each, locale)), 0)
    return digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES].hex()


def _texts(written: WrittenVersion) -> Iterator[str]:
    for section in written.sections:
        yield section.heading
        yield from (block.text for block in section.blocks)


def _facts(posting: Posting) -> dict[str, object]:
    """Return the facts that feeds publish; one that a posting does not name is left out, so that others can be added.

    The day that a posting names as its first is none: many systems set it anew each day.
    """
    pay, last = posting.salary, posting.valid_through
    facts: dict[str, object] = {
        "organization": posting.organization,
        "locations": sorted(_parts(place) for place in posting.locations),
        "remote": posting.remote,
        "applicant_countries": sorted(posting.applicant_countries),
        "areas": sorted(posting.areas),
        "valid_through": last.isoformat() if last else "",
        "employment_type": sorted(posting.employment_type),
        "salary": [pay.currency, *map(_amount, (pay.minimum, pay.maximum)), pay.unit] if pay else [],
    }
    return {name: value for name, value in facts.items() if value}


def _parts(place: Location) -> list[str]:
    """Return the parts of a place; a postal code only where there is one, so that others keep their digest."""
    return [place.country, place.region, place.city, *([place.postal_code] if place.postal_code else [])]


def _amount(amount: float | None) -> float | None:
    return None if amount is None else float(amount)
