"""Damaged translations, each with the kind of its damage; knows nothing of how a check finds it."""

import re
from collections.abc import Callable, Iterator, Sequence

from tests.checks.sentences import OMISSIBLE, Pair, Sentence, sentences

# The kinds of which not one may be missed.
HARD = frozenset(
    {"placeholder", "url", "email", "number", "name", "empty", "loop", "wrong_language", "lost_item"},
)
_WRONG_LANGUAGES = {"pt_BR": "es", "fr": "es", "es": "pt_BR", "de": "fr", "ar": "fr", "ja": "de"}
_MONTHS = {"janeiro": "março", "janvier": "mars", "enero": "marzo", "Januar": "März", "يناير": "مارس", "1月": "3月"}
_CURRENCIES = {
    "€": "$",
    "euros": "dólares",
    "يورو": "دولار",
    "ユーロ": "ドル",
    "£": "€",
    "إسترلينيًا": "",
    "ポンド": "円",
}
_UNITS = {"25 kg": "25 lb", "25 كغ": "25 رطل", "12 km": "12 miles", "12 كم": "12 ميل"}


Damage = Callable[[Sentence], Iterator[str]]


def damaged_pairs(good: Sequence[Sentence] = ()) -> list[Pair]:
    """Return every damaged target once, of our own sentences or others; what a damage does not change is not in it."""
    found = {
        (sentence.locale, sentence.source, target): kind
        for kind, damage in DAMAGES
        for sentence in good or sentences()
        for target in damage(sentence)
        if target != sentence.target
    }
    return [
        Pair(locale=locale, source=source, target=target, kind=kind) for (locale, source, target), kind in found.items()
    ]


def damage_placeholder(sentence: Sentence) -> Iterator[str]:
    if placeholder := sentence.fields.get("placeholder"):
        yield sentence.target.replace(placeholder, "")
        yield sentence.target.replace(placeholder, placeholder.replace("e", "ê"))
        yield sentence.target.replace(placeholder, placeholder[1:-1])
        yield sentence.target.replace(placeholder, placeholder + placeholder)
        yield sentence.target.replace(placeholder, placeholder.upper())


def damage_url(sentence: Sentence) -> Iterator[str]:
    if url := sentence.fields.get("url"):
        yield sentence.target.replace("https://", "https: //")
        yield sentence.target.replace("kestrel.example", "falke.example")
        yield sentence.target.replace(url, "")
        yield sentence.target.replace(url, url.rpartition("/")[0])
        yield sentence.target.replace("https", "http")


def damage_email(sentence: Sentence) -> Iterator[str]:
    if email := sentence.fields.get("email"):
        yield sentence.target.replace("@", "-")
        yield sentence.target.replace("@", " @ ")
        yield sentence.target.replace(email, "")
        yield sentence.target.replace("jobs@", "empleos@")
        yield sentence.target.replace(".example", ".example.org")


def damage_number(sentence: Sentence) -> Iterator[str]:
    rest = sentence.target
    for kept in ("placeholder", "url", "email"):
        rest = rest.replace(sentence.fields.get(kept, "\0"), "")
    numbers = re.findall(r"\d[\d.,\u202f:٫٬h]*\d|\d", re.sub(r"<[^>]*>", "", rest))
    for number in dict.fromkeys(numbers):
        last = str((int(number[-1]) + 1) % 10)
        yield sentence.target.replace(number, number[:-1] + last)
        yield sentence.target.replace(number, "9" + number)
        yield sentence.target.replace(number, "")
        if "37" in number:
            yield sentence.target.replace(number, number.replace(",", "").replace(".", ""))
    if numbers:
        yield f"{sentence.target} 250"


def damage_name(sentence: Sentence) -> Iterator[str]:
    # Without its gender mark a neutral title is right.
    if (name := sentence.fields.get("name")) and not name.startswith("("):
        yield sentence.target.replace(name, "")
        yield sentence.target.replace(name, name.lower())
        yield sentence.target.replace(name, "Falcon")
    for code_name in ("C++", "Node.js"):
        yield sentence.target.replace(code_name, code_name[:1])
    if emoji := sentence.fields.get("emoji"):
        yield sentence.target.replace(emoji, "")
        yield sentence.target.replace(emoji, "??")


def empty(sentence: Sentence) -> Iterator[str]:
    yield {"pt_BR": " ", "fr": "\u00a0", "es": "...", "de": "-", "ar": "\u200f", "ja": "。"}[sentence.locale]


def loop(sentence: Sentence) -> Iterator[str]:
    if sentence.locale == "ja":
        half = sentence.target[: len(sentence.target) // 2]
        yield half * 3
        yield sentence.target + sentence.target[-6:] * 3
        yield sentence.target + sentence.target
        return
    words = sentence.target.split(" ")
    yield " ".join([*words[:-1], *words[-2:], *words[-2:], *words[-2:]])
    yield " ".join([*words[:1], *words[:1], *words[:1], *words[:1], *words[1:]])
    yield f"{sentence.target} {sentence.target}"
    if len(words) >= 6:
        yield ", ".join([" ".join(words[:5])] * 3)


def wrong_language(sentence: Sentence) -> Iterator[str]:
    if sentence.long_enough:
        yield OMISSIBLE.sub(r"\1", sentence.fields[_WRONG_LANGUAGES[sentence.locale]])
        yield sentence.source.replace("We ", "We all ").replace("You ", "You all ").replace("The ", "Our ")


def lost_item(sentence: Sentence) -> Iterator[str]:
    yield OMISSIBLE.sub("", sentence.marked)
    for number, _ in enumerate(OMISSIBLE.findall(sentence.marked)):
        parts = OMISSIBLE.split(sentence.marked)
        yield "".join(part for position, part in enumerate(parts) if position != 2 * number + 1)


def lost_tail(sentence: Sentence) -> Iterator[str]:
    if sentence.long_enough and len(sentence.source) > 70:
        yield sentence.target[: len(sentence.target) // 3]


def half_translated(sentence: Sentence) -> Iterator[str]:
    if sentence.long_enough and sentence.locale != "ja":
        words, source = sentence.target.split(" "), sentence.source.split(" ")
        yield " ".join([*words[: len(words) // 3], *source[len(source) // 3 :]])


def unchanged(sentence: Sentence) -> Iterator[str]:
    yield sentence.source


def swapped(table: dict[str, str]) -> Damage:
    def swap(sentence: Sentence) -> Iterator[str]:
        for before, after in table.items():
            yield re.sub(rf"(?<!\w){before}" if before == "1月" else re.escape(before), after, sentence.target, count=1)

    return swap


def replaced(pattern: str, replacement: str) -> Damage:
    """Return the damage that replaces what matches, once."""
    compiled = re.compile(pattern)

    def replace(sentence: Sentence) -> Iterator[str]:
        yield compiled.sub(replacement, sentence.target, count=1)

    return replace


def dates(sentence: Sentence) -> Iterator[str]:
    yield from swapped(_MONTHS)(sentence)
    for month in ("dezembro", "décembre", "diciembre", "Dezember", "ديسمبر"):
        yield sentence.target.replace(month, "")
    if "31" in sentence.target and "2026" in sentence.target:
        yield sentence.target.replace("31", "13")


DAMAGES: tuple[tuple[str, Damage], ...] = (
    ("unchanged", unchanged),
    ("date", dates),
    ("currency", swapped(_CURRENCIES)),
    ("unit", swapped(_UNITS)),
    ("placeholder", damage_placeholder),
    ("url", damage_url),
    ("email", damage_email),
    ("number", damage_number),
    ("name", damage_name),
    ("empty", empty),
    ("loop", loop),
    ("wrong_language", wrong_language),
    ("lost_item", lost_item),
    ("lost_tail", lost_tail),
    ("half_translated", half_translated),
    ("markup", replaced("</(?:b|a)>", "")),
    ("markup", replaced("(<(?:b|a )[^>]*>)[^<]*", r"\1")),
    ("markup", replaced("<b>(.*?)</b>", r"</b>\1<b>")),
    ("brackets", replaced("[)）]", "")),
    ("brackets", replaced("[(（]", "[")),
    ("quotes", replaced("[“„«「]", "")),
    ("quotes", replaced("[“„«「]\u00a0?(.*?)\u00a0?[”“»」]", r"\1")),
    ("end_mark", replaced("[.!。！]$", "")),
    ("end_mark", replaced("[?？؟]$", ".")),
    ("end_mark", replaced(r"(?<=[^\W\d])$", ".")),
    ("end_mark", replaced("[。]$", ".")),
    ("end_mark", replaced("؟$", "?")),
    ("spaces", replaced("^", " ")),
    ("spaces", replaced("$", "\t")),
    ("spaces", replaced("(?<=[a-z]) (?=[a-z])", "  ")),
    ("spaces", replaced("(?<=[a-z])(?=[,;])(?<!\u202f)", " ")),
    ("acronym", replaced("SAP", "Sap")),  # not CV: every language has a word for it
    ("acronym", replaced("ISO 9001", "IOS 9001")),
    ("control", replaced("(?<=..).", "\u0007")),
    ("control", replaced("(?<=...)", "\u200b")),
    ("control", replaced("(?<=...)", "\ufffd")),
    ("bidi", replaced("(?<=...)", "\u202e")),
    ("bidi", replaced("(?<=...)", "\u2067")),
    ("doubled_word", replaced(r"(?<= )([^\W\d]{3,}) (?=[^\W\d])", r"\1 \1 ")),
    ("unknown_words", replaced(r"(?<= )(?=[^\W\d]{4,})", "*")),
    ("junk", replaced(r"(?<= )(?=[^\W\d])", "&amp; ")),
    ("junk", replaced(r"(?<= )(?=[^\W\d])", "<unk> ")),
    ("junk", replaced(r"(?<= )(?=[^\W\d])", "▁")),
    ("junk", replaced("$", " ⁇")),
)
