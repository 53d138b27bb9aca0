"""Links the e-mail addresses of a text, so that writing to an employer takes one click."""

import re
from html import unescape

from pipeline.language.spans import EMAIL
from pipeline.model.markup import LINK_RELATION

_TAG = re.compile(r"(<[^>]*>)")
# What a mail program is to be given; an address in letters of other scripts stays text.
_PLAIN = re.compile(r"[A-Za-z0-9_.+%-]{1,64}@[A-Za-z0-9.-]{1,255}")
_LINKED = re.compile(r'href="mailto:([^"?]+)')


def link_addresses(html: str) -> str:
    """Return HTML of ours in which each e-mail address leads to a mail program, but for what is in a link already.

    >>> link_addresses('<p>Write to jobs@acme.example, or <a href="https://x.example">a@b.example</a>.</p>')[:71]
    '<p>Write to <a href="mailto:jobs@acme.example" rel="nofollow noopener">'
    """
    if "@" not in html:
        return html
    pieces = _TAG.split(html)
    links = 0
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            if not links and "@" in piece:
                pieces[number] = EMAIL.sub(_link, piece)
        elif piece.startswith(("<a ", "<a>")):
            links += 1
        elif piece == "</a>":
            links -= 1
    return "".join(pieces)


def linked_addresses(html: str) -> list[str]:
    """Return the e-mail addresses that HTML of ours leads to, each once.

    >>> linked_addresses(link_addresses("<p>jobs@acme.example</p>"))
    ['jobs@acme.example']
    """
    return [unescape(address) for address in dict.fromkeys(_LINKED.findall(html))]


def _link(match: re.Match[str]) -> str:
    address = match[0]
    if not _PLAIN.fullmatch(address):
        return address
    return f'<a href="mailto:{address.replace("%", "%25")}" rel="{LINK_RELATION}">{address}</a>'
