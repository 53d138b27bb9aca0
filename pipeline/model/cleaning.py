"""Text as it may be kept: no control characters, no line separators inside a line, no lone surrogates."""

import re
from collections.abc import Mapping, Sequence

# What ends a line for some reader somewhere: polib splits at all of these, msgfmt only at \n (LESSONS).
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# Controls but tab and newline, lone surrogates, byte order marks, and what XML 1.0 cannot hold.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\ufff9-\ufffb]")
_GAPS = re.compile(r"[ \t\n]+")


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
    return _GAPS.sub(" ", clean_text(text)).strip()


def clean_tree(value: object) -> object:
    """Clean every string in a decoded JSON value."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {clean_text(str(name)): clean_tree(member) for name, member in value.items()}
    if isinstance(value, Sequence):
        return [clean_tree(member) for member in value]
    return value
