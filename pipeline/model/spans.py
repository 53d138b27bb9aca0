"""The spans of a segment that no translation may change: shared by protection, which hides them, and checks."""

import re
from collections.abc import Iterable

# An address with its scheme, one that starts with www, a host with a path, or a bare host under a common ending.
_URL_REST = r"[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]}'’]"
_HOST = r"(?<![\w@.-])(?:[a-z0-9][a-z0-9-]*\.)+"
URL = re.compile(
    rf"(?:[a-z][a-z0-9+.-]*://|www\.){_URL_REST}|{_HOST}[a-z]{{2,}}/(?:{_URL_REST})?"
    rf"|{_HOST}(?:com|org|net|edu|gov|info|example|eu|de|fr|es|pt|br|uk|ie|ch|at|it|nl|be|pl)(?![\w-]|\.\w)",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
PLACEHOLDER = re.compile(
    r"\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{[\w.\[\]]*(?:![rsa])?(?::[^{}\s]*)?\}|%(?:\(\w+\))?[sdif](?!\w)|%\w+%"
    r"|<[A-Za-z_][\w-]*>|(?<!\w)__\w+__(?!\w)"
)
# Words that are written with signs or with capitals inside: C++, C#, .NET, Node.js, Ph.D., PostgreSQL, iOS, @acme,
# #hiring, C:\Temp.
CODE_NAME = re.compile(
    r"(?<![\w.])(?:C\+\+|[CFJ]#|\.NET|\w+\.(?:js|py|io|NET)|[A-Za-z]\+\+)(?![\w+#])"
    r"|(?<![\w.])(?:[A-Z][a-z]{0,2}\.){2,}(?!\w)"
    r"|(?<!\w)[A-Za-z]?[a-z]+[A-Z]\w*"
    r"|(?<!\w)[@#][^\W\d]\w*|(?<!\w)[A-Za-z]:\\\S+"
)
GENDER_MARK = re.compile(
    r"\((?:[mwfdxhi]|div|alle)(?:\s?[/|,]\s?(?:[mwfdxhi]|div))+\)|(?<!\w)[HFM]/[HFM](?!\w)", re.IGNORECASE
)
_PICTURE = "\U0001f1e6-\U0001faff\u2600-\u27bf\u2b50\u2b55"
# The joiner counts only behind a picture: Indic scripts write it inside words.
EMOJI = re.compile(f"[{_PICTURE}][{_PICTURE}\ufe0f\u200d]*")

# Signs between terms: engines drop a comparison as if it were a broken tag, and words for a power or a bar.
COMPARISON = re.compile(r"[<>=]=?|[≤≥≠±^~\\]|[|]+")

PATTERNS = (URL, EMAIL, PLACEHOLDER, CODE_NAME, GENDER_MARK, EMOJI, COMPARISON)


def protected_spans(text: str, names: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Return start and end of every protected span, in order, none overlapping; the longer of two wins.

    >>> protected_spans("C++ at www.example.org.", ("Acme",))
    [(0, 3), (7, 22)]
    """
    patterns = (*PATTERNS, *map(name_pattern, names))
    found = {(match.start(), match.end()) for pattern in patterns for match in pattern.finditer(text)}
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other_start or start >= other_end for other_start, other_end in kept):
            kept.append((start, end))
    return sorted(kept)


def name_pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name as a whole word, in exactly this spelling."""
    before = r"(?<!\w)" if name[:1].isalnum() else ""
    after = r"(?!\w)" if name[-1:].isalnum() else ""
    return re.compile(before + re.escape(name) + after)
