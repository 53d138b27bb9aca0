"""The readable part of a page's address, safe on every file system."""

import hashlib
import re
import unicodedata
from collections.abc import Container
from itertools import chain, count

from anyascii import anyascii

MAX_SLUG_CHARS = 60
SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_DIGEST_CHARS = 10


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
