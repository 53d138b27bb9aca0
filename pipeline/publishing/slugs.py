"""The readable part of a page's address."""

import hashlib
import re
import unicodedata

MAX_SLUG_CHARS = 60
_ID_CHARS = 10
# Letters that no decomposition takes apart.
_SPELLED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def make_slug(title: str, posting_id: str) -> str:
    """Return a safe name for a page: the title's Latin letters and digits, and a digest of the id, which is unique.

    >>> make_slug("Ingénieur·e données", "acme-4711")
    'ingenieur-e-donnees-413b168ebe'
    """
    decomposed = unicodedata.normalize("NFKD", title.casefold().translate(_SPELLED))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = re.sub("[^a-z0-9]+", "-", letters).strip("-")[:MAX_SLUG_CHARS].rstrip("-")
    number = hashlib.sha256(posting_id.encode()).hexdigest()[:_ID_CHARS]
    return f"{words or 'posting'}-{number}"
