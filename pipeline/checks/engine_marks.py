"""What engines leave behind: unknown words with a star, escapes, pieces of their alphabets."""

import re
from collections import Counter

# Apertium's star, also inside what it cut (port.*example); a German gender star is a person's.
_UNKNOWN = re.compile(r"\*(?!in(?:nen)?\b)(?=[^\W\d_])[^\s*]*")
_ESCAPE = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);|<unk>|</?s>|<pad>|▁|⁇|@@(?=\s|$)|@-@|Ã[\x80-\xbf]|â€",
    re.IGNORECASE,
)


def unknown_words(source: str, target: str) -> str:
    """Name the words that an engine did not know and marked with a star.

    >>> unknown_words("a forklift licence", "una licencia de *forklift")
    '*forklift'
    """
    if "*" not in target or target.count("*") <= source.count("*"):
        return ""
    return ", ".join(dict.fromkeys(_UNKNOWN.findall(target)))


def engine_marks(source: str, target: str) -> str:
    """Name the escapes and pieces of an engine's alphabet in the target.

    >>> engine_marks("tea & fruit", "chá &amp; frutas")
    '&amp;'
    """
    found = _ESCAPE.findall(target)
    return ", ".join((Counter(found) - Counter(_ESCAPE.findall(source))).elements()) if found else ""
