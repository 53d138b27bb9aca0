"""Text as it may be kept: no control characters, no line separators inside a line, no lone surrogates."""

import re
from collections.abc import Mapping, Sequence

# What ends a line for some reader somewhere: polib splits at all of these, msgfmt only at \n.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# Controls but tab and newline, lone surrogates, byte order marks, and what XML 1.0 cannot hold.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\ufff9-\ufffb]")
_GAPS = re.compile(r"[ \t\n]+")
# What turns the direction of writing, and what ends that: embeddings and overrides by PDF, isolates by PDI (UAX 9).
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PDF, _PDI = "\u202c", "\u2069"
_ENDED_BY = {**dict.fromkeys("\u202a\u202b\u202d\u202e", _PDF), **dict.fromkeys("\u2066\u2067\u2068", _PDI)}


_PLAIN = bytes((0x09, 0x0A, *range(0x20, 0x7F)))


def is_plain(text: str) -> bool:
    r"""Tell text that is printable ASCII, tabs and newlines: at once, as bytes are quicker to look through than signs.

    >>> is_plain("a\tb\n"), is_plain("a\rb"), is_plain("é")
    (True, False, False)
    """
    return text.isascii() and not text.encode().translate(None, _PLAIN)


def clean_text(text: str) -> str:
    r"""Make every line end `\n` and drop what no reader should meet; other white space stays.

    >>> clean_text("a\u2028b\x00\ud800c\r\n")
    'a\nbc\n'
    """
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    r"""Return `text` as one line with single spaces; no-break spaces between words stay.

    >>> clean_line("  Registered\t nurse\n")
    'Registered nurse'
    """
    return _GAPS.sub(" ", balance_directions(clean_text(text).strip())).strip()


def balance_directions(text: str) -> str:
    r"""End every direction that a line turns and leaves open, and drop what ends none: else it turns what follows.

    >>> balance_directions("\u202eesrun\u2069")
    '\u202eesrun\u202c'
    """
    if text.isascii() or not _TURNS.search(text):
        return text
    pieces: list[str] = []
    ends: list[str] = []  # what is still to come, the innermost last
    isolates = end = 0
    for match in _TURNS.finditer(text):
        pieces.append(text[end : match.start()])
        end = match.end()
        sign = match[0]
        if sign in _ENDED_BY:
            ends.append(_ENDED_BY[sign])
            isolates += sign in "\u2066\u2067\u2068"
            pieces.append(sign)
        elif sign == _PDF and ends and ends[-1] == _PDF:
            pieces.append(ends.pop())
        elif sign == _PDI and isolates:
            while ends[-1] == _PDF:  # an isolate ends with all that was turned within it
                pieces.append(ends.pop())
            pieces.append(ends.pop())
            isolates -= 1
    return "".join((*pieces, text[end:], *reversed(ends)))


def clean_tree(value: object) -> object:
    """Clean every string in a decoded JSON value."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {clean_text(str(name)): clean_tree(member) for name, member in value.items()}
    if isinstance(value, Sequence):
        return [clean_tree(member) for member in value]
    return value
