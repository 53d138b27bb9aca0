"""The spans of a segment that no translation may change: shared by protection, which hides them, and checks."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable

from pipeline.language.limits import long_words
from pipeline.language.people import PERSON
from pipeline.model.markup import strip_markup
from pipeline.model.patterns import lazy_pattern

# Latin letters, digits and the underscore. Japanese and Arabic write on at both ends of a Latin name without a space,
# so the word that a name stands in is a Latin one.
_W = r"A-Za-z0-9_\u00c0-\u024f"
# What ends an address beside white space: brackets, quotes, and the letters and signs of scripts that write on.
_NO_URL = r"\s<>\"“”«»()\u0590-\u06ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef"
# A part of a path in ideographs or katakana; hiragana behind an address is the particle of the sentence.
_OWN_PATH = r"(?<=[/=])[\u30a0-\u30ff\u3400-\u9fff]+"
# An address with its scheme, one that starts with www, a host with a path, or a bare host under a common ending.
# A bracket belongs to it only with the one that closes it; a full stop or comma at its end does not.
_URL_REST = (
    rf"(?:[^{_NO_URL}]|\([^{_NO_URL}]*\)|{_OWN_PATH})*(?:[^{_NO_URL}.,;:!?\]}}'’]|\([^{_NO_URL}]*\)|{_OWN_PATH})"
)
# A host that begins in one of those scripts goes on in it, up to white space, a bracket or a sign of a sentence.
_NO_OWN_URL = r"\s<>\"“”«»()\[\]{}\u3000-\u301f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65،؛؟۔।"
_OWN_URL = rf"(?=[^\W\u0000-\u058f])[^{_NO_OWN_URL}]*[^{_NO_OWN_URL}.,;:!?'’]"
_BEFORE_HOST = rf"(?<![{_W}@.-])"
_HOST = rf"{_BEFORE_HOST}(?:[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f-]*\.)+"
_AFTER_HOST = rf"(?![{_W}-]|\.[{_W}])"
# Endings that no language has for a word, and those that a full stop without a space may set before a small word: these
# count only behind a host in small letters.
_ENDINGS = (
    "ae|ai|app|au|bg|biz|ca|cat|ch|cl|cn|cz|de|dev|dk|ee|eus|fi|fr|gal|gr|hk|hr|hu|ie|int|io|jp|kr|lt|lv|mil|mx|my|ng|nl"
    "|nz|pe|ph|pl|pt|ro|rs|ru|sg|sk|tr|tw|ua|vn|xyz|za"
)
_WORDLIKE_ENDINGS = (
    "academy|agency|am|ar|as|at|be|blog|careers|cloud|co|company|consulting|design|digital|do|energy|es|finance|global"
    "|group|health|hr|il|in|inc|is|it|jobs|la|legal|li|life|live|lu|me|media|museum|network|news|no|one|online|pro|se"
    "|shop|si|site|software|solutions|space|store|studio|systems|team|tech|to|today|tv|us|wiki|work|world|zone"
)
# Three names with full stops between them are a host too, unless the last one tells a file.
_NO_FILE = (
    rf"(?!(?:bak|conf|css|csv|docx?|exe|gz|html?|ini|jar|java|jsx?|json|log|md|net|pdf|php|png|py|rb|rs|sh|sql|svg|toml"
    rf"|tsx?|txt|vue|xlsx?|xml|ya?ml|zip)(?![{_W}]))"
)
# No registered scheme is longer; without a bound every letter of a long word would be tried as the first one of one.
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]{0,30}://"
# Capitals are spelled out, not ignored: over the classes above that would take a tenth of a second to compile.
URL = lazy_pattern(
    rf"{_SCHEME}{_OWN_URL}"
    rf"|(?:{_SCHEME}|(?i:www\.)|(?<![{_W}])(?:mailto|tel|sms):){_URL_REST}"
    rf"|{_HOST}[A-Za-z]{{2,}}/(?:{_URL_REST})?"
    rf"|{_HOST}(?:(?i:com|org|edu|gov|info|example|eu|br|uk)|net|{_ENDINGS}|{_ENDINGS.upper()}){_AFTER_HOST}"
    rf"|{_BEFORE_HOST}(?!(?:ADO|ASP|EF|ML|VB)\.NET)[A-Z0-9-]+\.NET{_AFTER_HOST}"
    rf"|{_BEFORE_HOST}(?:[a-z0-9][a-z0-9-]*\.)+(?:{_WORDLIKE_ENDINGS}){_AFTER_HOST}"
    rf"|{_BEFORE_HOST}(?:[A-Za-z][A-Za-z0-9-]+\.){{2,}}{_NO_FILE}[a-z]{{2,}}{_AFTER_HOST}"
)
EMAIL = lazy_pattern(rf"(?<![{_W}.+%-])[{_W}.+%-]+@[{_W}-]+(?:\.[{_W}-]+)+")
# What forms ask for: in square brackets such a word is a place to fill in, any other may be part of the text.
_FIELD = (
    "(?:[Nn]ame|[Tt]itle|[Dd]ate|[Cc]ompany|[Cc]ity|[Ll]ocation|[Nn]umber|[Aa]ddress|[Ee]mail|[Pp]osition|[Ss]alary)"
)
_FOLDER = r"(?:/[\w+-]+(?:\.[\w+-]+)*)"
PLACEHOLDER = lazy_pattern(
    r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}|<%[^<>%]*%>|\[\[[^\[\]]+\]\]|\*\|\w+\|\*"
    rf"|\$\{{[A-Z_]+\}}{_FOLDER}+|\$\{{[^{{}}]*\}}|(?<![\w$])\$[A-Za-z_]\w*{_FOLDER}*"
    r"|\{[\w.\[\]]*(?:![rsa])?(?::[^{}\s]*)?\}"
    rf"|%(?:\(\w+\))?(?:\d+\$)?[-+0#]?\d*(?:\.\d+)?[sdif](?![{_W}])|%\w+%"
    r"|<[A-Za-z_][\w-]*>|<[A-Z][\w'’-]*(?: [\w'’-]+){1,4}>|(?<!\w)__\w+__(?!\w)"
    rf"|\[[A-Z][A-Z0-9_]+\]|\[(?:[A-Z][A-Z0-9_]* )+{_FIELD.upper()}\]|\[(?:[A-Z][\w'’]* ){{0,3}}{_FIELD}\]"
    # A colon behind a space is French typography too, so only what is nearly always a parameter counts there.
    rf"|(?<![^\s(/\"'=,]):(?:[a-z]+(?:_[a-z0-9]+)+|company|date|email|id|name|slug|title|token|url|user)(?![{_W}])"
    rf"|(?<=[(/\"'=]):[a-z]\w*"
    rf"|(?<![^\s(»‘‹\"'“„«=])(?:~|(?=/[a-z]{{3}}))(?:(?<=~){_FOLDER}+|{_FOLDER}{{2,}})"
)
# Words that are written with signs or with capitals inside: C++17, C#, .NET, Node.js, Ph.D., PostgreSQL, iOS, TVöD,
# @acme, #hiring, C:\Temp, and the driving licence C+E.
CODE_NAME = lazy_pattern(
    rf"(?<![{_W}.])(?:[A-Za-z]\+\+\d{{0,2}}|[A-Z]#\d{{0,2}}|\.NET|[{_W}]+\.(?:js|py|io|NET)|[A-D]1?\+E)(?![{_W}+#])"
    rf"|(?<![{_W}.])(?:[A-Z][a-z]{{0,2}}\.){{2,}}(?![{_W}])"
    rf"|(?<![{_W}])[A-Z]*[a-z\u00df-\u00f6\u00f8-\u00ff]+[A-Z][{_W}]*"
    rf"|(?<!\w)@[^\W\d]\w*(?:[.-]\w+)*|(?<!\w)#[^\W\d]\w*|(?<![{_W}])[A-Za-z]:\\\S+"
)
# (m/w/d), (f/m/x), (m/f/*), (w/m/div.), H/F, m/w/d: who may apply, in the letters of the law of a country.
_GENDER = r"(?:[mwfdxhi*]|nb|div\.?|alle)"
GENDER_MARK = lazy_pattern(
    rf"\({_GENDER}(?:\s?[/|,]\s?{_GENDER})+\)|(?<!\w)[mwfdxhi]/[mwfdxhi](?:/[mwfdxhi*])?(?!\w)", re.IGNORECASE
)
# +49 (0)30 1234-567, 0044 20 7946 0018, (555) 010-4477, 030/1234567: written so that it can be dialled.
PHONE = re.compile(
    r"(?<![\w+])(?:\+|00)[1-9](?:[ \u00a0\u202f./-]?\(?\d\)?){2,}(?!\w)"
    r"|(?<!\w)\(0?\d{2,4}\)[ \u00a0-]?\d{3,4}[ \u00a0-]?\d{3,5}(?!\w)"
    r"|(?<![\w.,/-])0\d{1,4}[ /-]\d{3,}(?:[ -]\d{2,})*(?![\w.,/-])"
)
_PICTURE = "\U0001f1e6-\U0001faff\u2600-\u27bf\u2b50\u2b55"
# The joiner counts only behind a picture: Indic scripts write it inside words.
EMOJI = lazy_pattern(f"[{_PICTURE}][{_PICTURE}\ufe0f\u200d]*")

# Signs between terms: engines drop a comparison as if it were a broken tag, words for a power or a bar, and an @ that
# stands for "at" and belongs to no name.
COMPARISON = re.compile(r"[<>=]=?|[≤≥≠±^~\\]|[|]+|(?<![^\s(])@(?!\S)")
# Arrows, and the signs of arithmetic and law that have no key.
SIGN = re.compile(r"[\u2190-\u21ff×÷§]+")

# A character or a change of case without which no pattern here finds anything: a quick look before the search. What
# each alternative has of its own stands first in the pattern, by which the search goes from one to the next.
_SIGNS = rf"@#:/\\{{}}%<>=^~|+(_$[*×÷§\u00b1\u2190-\u21ff\u2260\u2264\u2265{_PICTURE}"
MAY_HOLD = lazy_pattern(
    rf"[{_SIGNS}.A-Z0](?:(?<=[{_SIGNS}])|(?<=\.)(?=[{_W}])|(?<=[a-z\u00df-\u00f6\u00f8-\u00ff][A-Z])|(?<=0)(?=\d))"
)

PATTERNS = (URL, EMAIL, PHONE, PLACEHOLDER, CODE_NAME, GENDER_MARK, EMOJI, COMPARISON, SIGN)


def protected_spans(text: str, names: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Return start and end of every protected span, in order, none overlapping; the longer of two wins.

    A word that is longer than any word of a language is one too: nothing in it is for an engine.

    >>> protected_spans("C++ at www.example.org.", ("Acme",))
    [(0, 3), (7, 22)]
    """
    searched = PATTERNS if MAY_HOLD.search(text) else ()
    patterns = (*searched, PERSON, *map(name_pattern, names))
    found = {(match.start(), match.end()) for pattern in patterns for match in pattern.finditer(text)}
    return longest_apart([*found, *long_words(text)])


def longest_apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans that overlap no longer one, nor one as long before them, in order.

    >>> longest_apart([(0, 2), (1, 5), (5, 6)])
    [(1, 5), (5, 6)]
    """
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        place = bisect_left(kept, (start, end))
        free_before = place == 0 or kept[place - 1][1] <= start
        if free_before and (place == len(kept) or end <= kept[place][0]):
            insort(kept, (start, end))
    return kept


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text without its spans, which are in order and do not overlap."""
    pieces, end = [], 0
    for start, stop in spans:
        pieces.append(text[end:start])
        end = stop
    return "".join((*pieces, text[end:]))


def is_untranslatable(text: str, names: Iterable[str] = ()) -> bool:
    """Tell whether a text is only names, numbers and symbols, so that every language writes it alike.

    >>> [is_untranslatable(text, ("Acme",)) for text in ("<b>C++</b>, Node.js", "Acme 2026", "Python", " ")]
    [True, True, False, False]
    """
    words = strip_markup(text)
    if not words.strip():
        return False
    return not any(map(str.isalpha, without_spans(words, protected_spans(words, names))))


def name_pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name as a whole word, in exactly this spelling.

    >>> bool(name_pattern("Acme").search("Acmeは")), bool(name_pattern("Acme").search("Acmeist"))
    (True, False)
    """
    before = _beside(name[:1], behind=True)
    after = _beside(name[-1:], behind=False)
    return re.compile(before + re.escape(name) + after)


def _beside(edge: str, *, behind: bool) -> str:
    """Return what must not stand beside the edge of a name: a letter that would make it part of a longer word."""
    if not edge.isalnum():
        return ""
    letters = f"[{_W}]" if re.match(f"[{_W}]", edge) else r"\w"
    return f"(?<!{letters})" if behind else f"(?!{letters})"
