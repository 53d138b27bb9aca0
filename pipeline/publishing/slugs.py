"""The readable part of a page's address, safe on every file system."""

import hashlib
import re
import unicodedata
from collections.abc import Container
from itertools import chain, count

MAX_SLUG_CHARS = 60
SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_DIGEST_CHARS = 10
# Letters that no decomposition takes apart.
_SPELLED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def make_slug(title: str, posting_id: str, taken: Container[str] = ()) -> str:
    """Return a safe name for a page: the title's Latin letters and digits, and a digest of the id.

    Ten digits of it tell postings apart even among many of one title; where they do not, a number follows.

    >>> make_slug("Ingénieur·e données", "acme-4711")
    'ingenieur-e-donnees-413b168ebe'
    """
    decomposed = unicodedata.normalize("NFKD", title.casefold().translate(_SPELLED))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = re.sub("[^a-z0-9]+", "-", letters).strip("-")[:MAX_SLUG_CHARS].rstrip("-")
    digest = hashlib.sha256(posting_id.encode()).hexdigest()[:_DIGEST_CHARS]
    slug = f"{words or 'posting'}-{digest}"
    return next(name for name in chain([slug], (f"{slug}-{number}" for number in count(2))) if name not in taken)
