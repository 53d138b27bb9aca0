"""Reads single values forgivingly: texts, yes and no, web addresses, languages, employment types.

Each reader takes what a source holds (text, number, list, object) and returns what it means, None for nothing. What
is not understood is noted in `Doubts` and costs the value, never the posting.

>>> doubts = Doubts()
>>> read_yes_no("sí", "remote", doubts), read_url("www.rye.example/jobs", "url", doubts)
(True, 'https://www.rye.example/jobs')
>>> read_yes_no("perhaps", "remote", doubts)
>>> [(doubt.field, doubt.value, doubt.reason) for doubt in doubts.found]
[('remote', 'perhaps', 'is neither yes nor no')]
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import unescape
from html.entities import html5

from babel import Locale

from pipeline.errors import LocaleError
from pipeline.intake.reading.aliases import has_word, words
from pipeline.intake.reading.gazetteer import fold_name, language_code
from pipeline.model.cleaning import clean_line, is_plain
from pipeline.model.locale import parse_locale
from pipeline.model.posting import Doubt

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?::\d+)?(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
_EMPLOYMENT = frozenset(
    {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
)
_SHOWN = 120  # characters of a value that a doubt keeps
_LONGEST_TYPE = 40
_EITHER = re.compile(r"\s+/\s+")
_NAMING = (
    *("name", "value", "@value", "label", "descriptor", "text", "title", "legalName", "displayName", "display_name"),
    *("libelle", "nom", "nome", "nombre", "navn", "namn", "code", "id"),
)
_ENTITY = re.compile(r"&(?:([A-Za-z][A-Za-z\d]{1,30};)|#\d{1,6};|#[xX][0-9A-Fa-f]{1,5};)")
# In small letters: `List<B>` is a type of a programming language. Those of blocks stand between two words.
_TAG = re.compile(r"</?(?:(br|div|h[1-6]|p)|a|abbr|b|code|em|font|i|mark|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>")
_CUT_TAG = re.compile(r"<(?:a|div|font|p|span)\s[^<>]*", re.IGNORECASE)
# What parts a title from a tag behind it.
_PARTING = " |,;·–—-"
_DEEPEST = 5
_LISTED = re.compile(r"\s*[,;|]\s*")


class Doubts:
    """What was not understood of one posting, in the order of the reading; `unclear` are fields that restrict it.

    `beyond` are values that say more than their field can hold.
    """

    __slots__ = ("beyond", "found", "unclear")

    def __init__(self) -> None:
        self.found: list[Doubt] = []
        self.unclear: list[str] = []
        self.beyond: dict[str, str] = {}

    def note(self, field: str, value: object, reason: str, hint: str = "") -> None:
        """Note a doubt."""
        try:
            shown = clean_line(str(value)[: 4 * _SHOWN])
        except RecursionError:
            shown = "nested too deeply to be shown"
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        self.found.append(Doubt(field=field, reason=reason, value=shown, hint=hint))

    def hold(self, field: str, value: object, reason: str, hint: str = "") -> None:
        """Note a doubt about a field that restricts who may see the posting: it is held."""
        self.note(field, value, reason, hint)
        if field not in self.unclear:
            self.unclear.append(field)


def line_of(text: str) -> str:
    """Return a text as one clean line; quick for one that is."""
    if text.isprintable() and "  " not in text and text.strip() == text:
        return text
    return clean_line(text)


def plain_line(text: str) -> str:
    """Return a name or a title as text: without the tags and the entities that exports leave in it.

    A tag that a limit of characters cut goes too: 13 of 296 real titles ended so.

    >>> plain_line("<b>Sales &amp; Marketing</b>"), plain_line('Baker | <a href="https://exa')
    ('Sales & Marketing', 'Baker')
    >>> plain_line("List<String> & AT&T, <100 people")
    'List<String> & AT&T, <100 people'
    """
    if "<" not in text and not ("&" in text and _ENTITY.search(text)):
        return text
    text = _ENTITY.sub(lambda match: unescape(match[0]) if not match[1] or match[1] in html5 else match[0], text)
    text = _TAG.sub(lambda match: " " if match[1] else "", text)
    last = max(text.rfind("<"), 0)
    if _CUT_TAG.fullmatch(text, last):
        text = text[:last].rstrip(_PARTING)
    return clean_line(text)


def are_lines(texts: Sequence[str]) -> bool:
    """Tell whether each text is one clean line already: all of them by one look at what they are together.

    The only white space that is printable is the space, and two of them are together where a text is empty, or begins
    or ends with one.

    >>> are_lines(["Bake bread", "Sell it"]), are_lines(["Bake ", "Sell it"]), are_lines([""])
    (True, False, False)
    """
    together = f" {' '.join(texts)} "
    if "  " in together or "\n" in together or "\t" in together:
        return False
    return is_plain(together) or together.isprintable()


def text_of(value: object, depth: int = 0) -> str:
    """Return the text that a value is or names: of an object its name, of a list the first that has one.

    >>> text_of({"@type": "Organization", "name": "Rye"}), text_of([None, " Rye "]), text_of(4711), text_of(True)
    ('Rye', 'Rye', '4711', '')
    """
    if isinstance(value, str):
        return line_of(value)
    if isinstance(value, bool) or depth > _DEEPEST:
        return ""
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() and abs(value) < 10**15 else str(value)
    if isinstance(value, Mapping):
        return next((text for name in _NAMING if (text := text_of(value.get(name), depth + 1))), "")
    if isinstance(value, list | tuple):
        return next((text for member in value if (text := text_of(member, depth + 1))), "")
    return ""


def members_of(value: object) -> list[object]:
    """Return a list as it is, a text cut at commas, anything else as the only member."""
    if isinstance(value, list | tuple):
        return [member for member in value if member is not None and member != ""]
    if isinstance(value, str):
        return [part for part in _LISTED.split(value) if part.strip()]
    return [] if value is None else [value]


def read_text(value: object, field: str, doubts: Doubts) -> str:
    """Read a name or another short text, "" for none."""
    text = text_of(value)
    if not text and value not in (None, "", [], {}) and not (isinstance(value, str) and not line_of(value)):
        doubts.note(field, value, "is no text")
    return plain_line(text)


def read_yes_no(value: object, field: str, doubts: Doubts) -> bool | None:
    """Read yes or no, in words of any language."""
    if value is None or isinstance(value, bool):
        return value
    text = text_of(value)
    if not text:
        return None
    if has_word("yes", text) or (field == "remote" and (has_word("remote", text) or has_word("anywhere", text))):
        return True
    if has_word("no", text) or (field == "remote" and has_word("on_site", text)):
        return False
    note = doubts.hold if field == "translate" else doubts.note
    note(field, text, "is neither yes nor no", "write true or false")
    return None


def read_url(value: object, field: str, doubts: Doubts) -> str:
    """Read a web address; one without its scheme is taken for https."""
    if not isinstance(value, str) and isinstance(value, Mapping):
        value = value.get("url") or value.get("href") or value
    address = text_of(value)
    if not address or _WEB_ADDRESS.fullmatch(address):
        return address
    if address.startswith("//") and _BARE_ADDRESS.fullmatch(address[2:]):
        return f"https:{address}"
    if _BARE_ADDRESS.fullmatch(address):
        return f"https://{address}"
    doubts.note(field, address, "is no http or https address", "write for example https://example.org/jobs/1")
    return ""


@lru_cache(maxsize=512)
def _language(text: str) -> Locale | None:
    code = language_code(text)
    for spelled in (text, code):
        try:
            return parse_locale(spelled) if spelled else None
        except LocaleError:
            if not code:
                break
    head, bracket, rest = text.partition("(")
    code = language_code(head) if bracket else ""
    territory = rest.strip(" )").upper()
    try:
        return parse_locale(f"{code}_{territory}" if len(territory) == 2 else code) if code else None  # noqa: PLR2004
    except LocaleError:
        return None


def read_language(value: object, field: str, doubts: Doubts) -> Locale | None:
    """Read a tag or the name of a language: `pt-BR`, "English", "português", "Portuguese (BR)"."""
    text = text_of(value)
    if not text:
        return None
    found = _language(text)
    if found is None:
        note = doubts.hold if field == "locales" else doubts.note
        note(field, text, "is no language that is known", "write its tag, for example pt-BR")
    return found


def read_employment_types(value: object, field: str, doubts: Doubts) -> tuple[str, ...]:
    """Read schema.org's employment types; a form of contract that it has no word for (CDI, CLT) stays as it is."""
    if value is None:
        return ()
    if type(value) is list and all(type(kind) is str and kind in _EMPLOYMENT for kind in value):
        return tuple(dict.fromkeys(value))
    found: list[str] = []
    for member in members_of(value):
        if isinstance(member, Mapping) and "hours" in member:
            found += _types_among_hours(member["hours"], doubts)
            continue
        whole = text_of(member)
        for text in filter(None, [whole] if known_type(whole) else _EITHER.split(whole)):
            if kind := employment_type(text):
                found.append(kind)
                continue
            doubts.note(field, text, "is no employment type", "write for example FULL_TIME, PART_TIME or INTERN")
    return tuple(dict.fromkeys(found))


def _types_among_hours(value: object, doubts: Doubts) -> list[str]:
    """Return the types that a line about hours names: "Vollzeit, Montag bis Freitag"; the rest says when, not what."""
    texts = list(map(text_of, members_of(value)))
    kinds = [kind for text in texts if (kind := known_type(text))]
    if len(kinds) < len(texts):
        doubts.beyond["hours"] = text_of(value)
    return kinds


@lru_cache(maxsize=512)
def employment_type(text: str) -> str:
    """Return the employment type that a text names, a short unknown word in capitals, "" for anything else.

    >>> employment_type("Vollzeit"), employment_type("full-time"), employment_type("CDI")
    ('FULL_TIME', 'FULL_TIME', 'CDI')
    """
    folded = fold_name(_bare_type(text))
    own = folded.upper().replace(" ", "_") if len(folded) <= _LONGEST_TYPE and not re.search(r"\d", folded) else ""
    return known_type(text) or own


def known_type(text: str) -> str:
    """Return schema.org's employment type that a text names, "" if it names none."""
    if text in _EMPLOYMENT:
        return text
    bare = _bare_type(text)
    folded = fold_name(bare)
    if found := words().employment.get(folded) or words().employment.get(folded.replace(" ", "")):
        return found
    if "_" in bare:  # a code of a system: "fulltime_permanent"
        parts = {kind for part in folded.split() if (kind := words().employment.get(part))}
        if len(parts) == 1:
            return parts.pop()
    return ""


def _bare_type(text: str) -> str:
    return text.rpartition("/")[2] if "schema.org/" in text else text
