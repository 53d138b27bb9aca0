"""Words that a lexicon of the language does not know: left over from the source, or spelled as nobody spells them."""

import re
from collections.abc import Callable, Iterable, Iterator

from pipeline.checks.protected import words_only
from pipeline.model.word_forms import WordForms

MIN_CHARS = 4
# No language has a longer one, and to look up all that one may be made of takes long.
MAX_CHARS = 40
# Shorter ones are too often abbreviations.
MIN_MISSPELLED_CHARS = 5
# A word of small letters, no part of a compound or of an address.
_WORD = re.compile(r"(?<![\w'’@.#/&-])[^\W\d_]+(?![\w'’@#/&-]|\.\w)")
# A capital at the start of a text says nothing, but two in a row are a name.
_FIRST = re.compile(r"\s*([^\W\d_]+)(?= [^\W\d_A-Z])")
# What may stand before a word that is then none of a lexicon's.
_PREFIX = re.compile(r"(?:un|re|sub|pre|non|co|multi|over|under|inter|micro|anti|semi|post|out|up)(?=[a-z]{3})")
_PART = re.compile(r"(?<![\w'’@.#/&-])[^\W\d_]++(?:-[^\W\d_]++)*+(?![\w'’@#/&-]|\.\w)")
MIN_PART_CHARS = 3
# What an engine leaves of "Educador(a)": English has no such ending.
_GENDER_ENDING = re.compile(r"(?<=[^\W\d_]{3})\((?:a|as|o|os|e|es|in|innen)\)")
_BESIDE_CAPITAL = r"[A-Z\u00c0-\u00de][^\W\d_]* {0}|{0} [A-Z\u00c0-\u00de]"
# What other languages took over from English and lexicons do not have.
_LOANS = (
    "android backend backlog backup barista benchmark blog blues bluetooth brunch bug bugs bytes chat chef chips "
    "cloud coach coaching code commit compliance container content cookie cookies copywriter cosplay crew "
    "crossfit curry dashboard deadline debug deploy desktop download downloads driver drone email engine fashion "
    "feed firewall firmware fitness folder framework freelance freelancer freelancers frontend fullstack gateway "
    "github gospel hackathon hardware helpdesk holding homepage host hub influencer internet kebab kernel ketchup "
    "know laptop laptops layout layouts lead leads learning link linux locale login logo logs mail malware "
    "manager mentoring metro middleware mobile modem modems mouse newsletter offline offshore onboarding online "
    "outsourcing password performance pipeline pitch pixels pizza plugin podcast pool portal prompt prompts "
    "ransomware release roaming root router scanner scanners script scripts scrum server shell shop shopping "
    "skate slack smartphone smoothie snack snacks spa spam sprint stack startup status streaming string sushi "
    "switch tablet tablets tags tailwind team test tester token tour tracking trainee trainer training truck unix "
    "upgrade upload user wagon web webinar website widget wiki wireless workflow yoga zoom"
)
_KNOWN_EVERYWHERE = frozenset(_LOANS.split())

Difference = Callable[[str, str], str]


def left_words_check(source_forms: WordForms, target_forms: WordForms, kept: Iterable[str]) -> Difference:
    """Return the check for words of the source that stand in the target and are none of its language.

    The words of `kept` may stay.
    """
    may_stay = _KNOWN_EVERYWHERE | {word for text in kept for word in _WORD.findall(text.casefold())}

    def left_words(source: str, target: str) -> str:
        if source == target:
            return ""
        told = words_only(target)
        known = {word.casefold() for word in _WORD.findall(told)}
        left = [word for word in _ordinary_words(words_only(source), told) if word in known]
        unknown = dict.fromkeys(word for word in left if word not in may_stay and not _knows(target_forms, word))
        foreign = [word for word in unknown if _knows(source_forms, word)]
        return ", ".join(foreign) if foreign and _is_read(told, target_forms) else ""

    return left_words


def misspelled_check(forms: WordForms) -> Difference:
    """Return the check for English words that neither a lexicon nor the source knows, or with a foreign ending."""

    def misspelled(source: str, target: str) -> str:
        if ending := _GENDER_ENDING.search(target):
            return f"{target[: ending.start()].rsplit(maxsplit=1)[-1]}{ending[0]}"
        text = words_only(target)
        unknown = [word for word in _spelled_words(text) if not _knows_parts(forms, word)]
        if not unknown:
            return ""
        given = source.casefold()
        new = [word for word in dict.fromkeys(unknown) if word not in given]
        return ", ".join(new) if new and _is_read(text, forms) else ""

    return misspelled


def _spelled_words(text: str) -> Iterator[str]:
    """Yield words in small letters and the parts of compounds, where a capital begins no name."""
    for match in _PART.finditer(text):
        parts = match[0].split("-")
        sized = (part for part in parts if MIN_MISSPELLED_CHARS <= len(part) <= MAX_CHARS)
        yield from (part.casefold() for part in sized if part.islower() or (part.istitle() and len(parts) > 1))


def _ordinary_words(source: str, target: str) -> Iterator[str]:
    """Yield the words of a source that are no names: in small letters, or first and without a capital beside them."""
    first = _FIRST.match(source)
    for match in _WORD.finditer(source):
        word = match[0]
        if not MIN_CHARS <= len(word) <= MAX_CHARS:
            continue
        if word.islower():
            yield word
        elif first and match.start() == first.start(1) and word.istitle() and not _begins(target, word):
            yield word.casefold()


def _begins(target: str, word: str) -> bool:
    """Tell whether a word begins the target too, or stands beside a capital there: it may be a name."""
    beside = _BESIDE_CAPITAL.format(re.escape(word))
    return target.lstrip().startswith(word) or re.search(beside, target) is not None


def _is_read(text: str, forms: WordForms) -> bool:
    """Tell whether the lexicon knows most words of a text: else it is none of its language, or there is none."""
    words = [word for word in _WORD.findall(text) if word.islower()]
    return 2 * sum(_knows(forms, word) for word in words) > len(words)


def _knows(forms: WordForms, word: str) -> bool:
    return forms.form(word).known or (word.endswith("s") and forms.form(word[:-1]).known)


def _knows_parts(forms: WordForms, word: str) -> bool:
    """Tell whether a lexicon knows a word, what a prefix stands before, or the two words that are written as one."""
    if _knows(forms, word) or ((prefix := _PREFIX.match(word)) and _knows(forms, word[prefix.end() :])):
        return True
    cuts = range(MIN_PART_CHARS + 1, len(word) - MIN_PART_CHARS)
    return any(forms.form(word[:cut]).known and _knows(forms, word[cut:]) for cut in cuts)
