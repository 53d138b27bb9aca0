"""How a catalog entry names the postings it stands in."""

from urllib.parse import quote, unquote

_PREFIX = "postings/"


def posting_reference(posting_id: str) -> str:
    """Return the reference of a posting; percent-encoded, since tools split at spaces and read `a:1` as a line.

    >>> posting_reference("acme:4711 b")
    'postings/acme%3A4711%20b'
    """
    return _PREFIX + quote(posting_id, safe="")


def posting_of(reference: str) -> str | None:
    """Return the id of the posting that a reference names; None if it names something else."""
    return unquote(reference.removeprefix(_PREFIX)) if reference.startswith(_PREFIX) else None
