"""The spans of a segment that no translation may change: shared by protection, which hides them, and checks."""

import re
from collections.abc import Iterable

from pipeline.model.markup import strip_markup

# Scripts without spaces: a name or an address stands right beside their words, which are no part of it.
_DENSE = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_LETTER = rf"[^\W{_DENSE}]"
# An address with its scheme, one that starts with www, a host with a path, or a bare host under a common ending.
# A bracket belongs to it only with the one that closes it; a full stop or comma at its end does not.
_NOT_IN_URL = rf"\s<>\"“”،؛(){_DENSE}"
_URL_REST = rf"(?:[^{_NOT_IN_URL}]|\([^{_NOT_IN_URL}]*\))*(?:[^{_NOT_IN_URL}.,;:!?\]}}'’]|\([^{_NOT_IN_URL}]*\))"
_HOST = rf"(?<!{_LETTER})(?<![@.-])(?:[a-z0-9][a-z0-9-]*\.)+"
URL = re.compile(
    rf"(?:[a-z][a-z0-9+.-]*://|www\.){_URL_REST}|{_HOST}[a-z]{{2,}}/(?:{_URL_REST})?"
    rf"|{_HOST}(?:com|org|net|edu|gov|info|example|eu|de|fr|es|pt|br|uk|ie|ch|at|it|nl|be|pl)(?!{_LETTER}|-|\.\w)",
    re.IGNORECASE,
)
EMAIL = re.compile(rf"(?<!{_LETTER})(?<![.+%-])(?:{_LETTER}|[.+%-])+@(?:{_LETTER}|-)+(?:\.(?:{_LETTER}|-)+)+")
PLACEHOLDER = re.compile(
    r"\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{[\w.\[\]]*(?:![rsa])?(?::[^{}\s]*)?\}|%(?:\(\w+\))?[sdif](?!\w)|%\w+%"
    r"|<[A-Za-z_][\w-]*>|(?<!\w)__\w+__(?!\w)"
)
# Words that are written with signs or with capitals inside: C++, C#, .NET, Node.js, Ph.D., PostgreSQL, iOS, @acme,
# #hiring, C:\Temp.
CODE_NAME = re.compile(
    rf"(?<!{_LETTER})(?<!\.)(?:C\+\+|[CFJ]#|\.NET|{_LETTER}+\.(?:js|py|io|NET)|[A-Za-z]\+\+)(?!{_LETTER}|[+#])"
    rf"|(?<!{_LETTER})(?<!\.)(?:[A-Z][a-z]{{0,2}}\.){{2,}}(?!{_LETTER})"
    rf"|(?<!{_LETTER})[A-Za-z]?[a-z]+[A-Z]{_LETTER}*"
    rf"|(?<!{_LETTER})[@#](?!\d){_LETTER}+|(?<!{_LETTER})[A-Za-z]:\\(?:{_LETTER}|[\\/.~-])+"
)
# (m/w/d), (f/m/x), (m/f/*), (w/m/div.), H/F, m/w/d: who may apply, in the letters of the law of a country.
_GENDER = r"(?:[mwfdxhi*]|nb|div\.?|alle)"
GENDER_MARK = re.compile(
    rf"\({_GENDER}(?:\s?[/|,]\s?{_GENDER})+\)|(?<!\w)[mwfdxhi]/[mwfdxhi](?:/[mwfdxhi*])?(?!\w)", re.IGNORECASE
)
# +49 (0)30 1234-567, 0044 20 7946 0018, (555) 010-4477, 030/1234567: written so that it can be dialled.
PHONE = re.compile(
    r"(?<![\w+])(?:\+|00)[1-9](?:[ \u00a0\u202f./-]?\(?\d+\)?){2,}(?!\w)"
    r"|(?<!\w)\(0?\d{2,4}\)[ \u00a0-]?\d{3,4}[ \u00a0-]?\d{3,5}(?!\w)"
    r"|(?<![\w.,/-])0\d{1,4}[ /-]\d{3,}(?:[ -]\d{2,})*(?![\w.,/-])"
)
_PICTURE = "\U0001f1e6-\U0001faff\u2600-\u27bf\u2b50\u2b55"
# The joiner counts only behind a picture: Indic scripts write it inside words.
EMOJI = re.compile(f"[{_PICTURE}][{_PICTURE}\ufe0f\u200d]*")

# Signs between terms: engines drop a comparison as if it were a broken tag, and words for a power or a bar.
COMPARISON = re.compile(r"[<>=]=?|[≤≥≠±^~\\]|[|]+")

PATTERNS = (URL, EMAIL, PHONE, PLACEHOLDER, CODE_NAME, GENDER_MARK, EMOJI, COMPARISON)


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


def is_untranslatable(text: str, names: Iterable[str] = ()) -> bool:
    """Tell whether a text is only names, numbers and symbols, so that every language writes it alike.

    >>> [is_untranslatable(text, ("Acme",)) for text in ("<b>C++</b>, Node.js", "Acme 2026", "Python", " ")]
    [True, True, False, False]
    """
    words = strip_markup(text)
    if not words.strip():
        return False
    for start, stop in reversed(protected_spans(words, names)):
        words = words[:start] + words[stop:]
    return not any(map(str.isalpha, words))


def name_pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name as a whole word, in exactly this spelling."""
    before = rf"(?<!{_LETTER})" if name[:1].isalnum() else ""
    after = rf"(?!{_LETTER})" if name[-1:].isalnum() else ""
    return re.compile(before + re.escape(name) + after)
