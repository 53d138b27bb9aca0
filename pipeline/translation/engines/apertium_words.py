"""What Apertium does not know: words of job postings that a lexicon knows, and names that stand as they are.

A noun of the lexicon is asked as another that Apertium knows and no posting has, of the same gender and number, so that
articles and adjectives agree: for "a arquitetura nova" it is asked "a borboleta nova", answers "la mariposa nueva", and
what comes back is "la arquitectura nueva". A word that is no noun is asked as one that nobody knows, which Apertium
leaves where it stands.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from pipeline.language.product_names import find_names
from pipeline.language.vocabulary import has_vocabulary, is_known, is_listed_name, is_loan
from pipeline.model.packages import Pair

# To be raised when words are asked otherwise or others are let through: answers are others then.
VERSION: Final = b"1"
_FOLDER = files("pipeline.translation.engines") / "apertium_words"
_STAND_IN, _ARTICLE = "=", "@"
_WORD = re.compile(r"(?<![\w@#.&-])[^\W\d_]+")
_BESIDE = re.compile(r"[\w@]|[-.&][^\W_]")
_NAME = re.compile(r"(?<![\w@#.&-])[^\W\d_]+(?![\w@]|\.\w)")
_ACRONYM = re.compile(r"(?:(?![a-zß-ÿ])[^\W\d_]){2,6}s?")
_BEFORE = re.compile(r"(?<![\w-])(\w+) \Z")
_LONGEST_ARTICLE = 8  # with the spaces around it
_MARKED = re.compile(r"([*@#])([^\W_]+(?:[-'’+.][^\W_]+)*)")
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:;•–—(\"“]\s*|\s-\s)\Z")
# A name has a capital; two make a code even where the word begins with them: "SQL", "PhD".
# How far before a word the end of a sentence is looked for.
_NEAR = 100
_CODE = re.compile(r".*\d|.+[A-Z]")


class _Hidden(NamedTuple):
    """What Apertium makes of what was asked in place of a word, and the word in the target language."""

    answered: str
    target: str


class Asked(NamedTuple):
    """A text in which other words stand for those of the lexicon."""

    text: str
    hidden: tuple[_Hidden, ...] = ()

    def target(self, answer: str) -> str:
        """Return an answer with the words of the lexicon; "" where one of them was lost or came twice."""
        for answered, target in self.hidden:
            places = list(re.finditer(rf"(?<!\w){re.escape(answered)}(?!\w)", answer, re.IGNORECASE))
            if len(places) != 1:
                return ""
            (place,) = places
            begins = next(filter(str.isalpha, place[0]))
            answer = answer[: place.start()] + _cased(target, begins) + answer[place.end() :]
        return answer


class Lexicon:
    """The words of a pair in small letters, each in the form in which it stands, and the nouns that stand in for them.

    A line holds a word, perhaps of several parts, what it is in the target language, and of a noun its gender and
    number, with the gender in the target language where it is another: `treinamento`, `formación`, `m.sg>f`. Articles
    tell what a name behind them is, so that Apertium does not take them for something else: `@f.sg` of "A", which is a
    preposition too where it begins no sentence.
    """

    def __init__(self, text: str = "", language: str = "") -> None:
        self._language = language
        self._articles: dict[str, str] = {}
        self._words: dict[str, tuple[str, str]] = {}
        self._stand_ins: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for line in text.splitlines():
            if line and not line.startswith("#"):
                self._add(*line.split("\t"))
        for beginning in self._by_first.values():
            beginning.sort(key=len, reverse=True)

    def _add(self, word: str, target: str, kind: str) -> None:
        if kind.startswith(_STAND_IN):
            self._stand_ins[kind.removeprefix(_STAND_IN)].append((word, target))
        elif kind.startswith(_ARTICLE):
            self._articles[word] = kind.removeprefix(_ARTICLE)
        else:
            self._words[word] = target, kind
            if first := _WORD.match(word):
                self._by_first[first[0]].append(word)

    def hide(self, text: str) -> Asked:
        """Return a text as Apertium is asked for it.

        >>> lexicon_of(Pair("pt", "es")).hide("Nova arquitetura")
        Asked(text='Nova borboleta', hidden=(_Hidden(answered='mariposa', target='arquitectura'),))
        """
        pieces: list[str] = []
        hidden: list[_Hidden] = []
        small = text.casefold()
        found = {place: self._words[small[slice(*place)]] for place in self._places(text)}
        for start, stop in self._names(text):
            if not any(start < end and begin < stop for begin, end in found):
                before = _BEFORE.search(text, max(0, start - _LONGEST_ARTICLE), start)
                found[start, stop] = text[start:stop], self._articles.get(before[1], "") if before else ""
        end = 0
        for (start, stop), (target, kind) in sorted(found.items()):
            taken = {answered for answered, _ in hidden}
            nouns = (noun for noun in self._stand_ins.get(kind, ()) if noun[0] not in small and noun[1] not in taken)
            asked, answered = next(nouns, _unknown(len(hidden)))
            pieces += (text[end:start], _cased(asked, text[start]))
            hidden.append(_Hidden(answered, target))
            end = stop
        return Asked("".join((*pieces, text[end:])), tuple(hidden))

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where acronyms stand ("SOA" is a verb to Apertium, "DOM" a title), and names behind an article.

        In a text of capitals there is none of either.
        """
        if sum(map(str.islower, text)) > sum(map(str.isupper, text)):
            for match in _NAME.finditer(text):
                before = _BEFORE.search(text, max(0, match.start() - _LONGEST_ARTICLE), match.start())
                named = before and before[1] in self._articles and _is_name(match[0], text, self._language)
                if _ACRONYM.fullmatch(match[0]) or named:
                    yield match.span()

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where words stand, in order, the longest of those that begin at the same place."""
        end = 0
        small = text.casefold()
        if len(small) != len(text):  # a letter that is two in small ones: places would be others
            return
        for match in _WORD.finditer(small):
            start = match.start()
            for word in self._by_first.get(match[0], ()) if start >= end else ():
                if small.startswith(word, start) and not _BESIDE.match(small, start + len(word)):
                    end = start + len(word)
                    yield start, end
                    break


@cache
def lexicon_of(pair: Pair) -> Lexicon:
    """Return the lexicon of a pair, an empty one for most."""
    return Lexicon(lexicon_bytes(pair).decode(), pair.source)


def lexicon_bytes(pair: Pair) -> bytes:
    """Return the file of a pair, b"" where there is none."""
    file = _FOLDER / f"{pair.source}-{pair.target}.tsv"
    return file.read_bytes() if file.is_file() else b""


def without_marks_of_names(asked: str, answer: str, pair: Pair) -> str:
    """Take the mark off a word that Apertium does not know and that stands in the source as a name, code or loan.

    Of 4,710 sentences of real and translated Portuguese postings 2,980 came back in Spanish with a mark, 1,868 once
    names were let through, 679 with the lexicon too.

    >>> without_marks_of_names("Domina SQL e Kafka em Galway", "Domina *SQL y *Kafka en *Galway", Pair("pt", "es"))
    'Domina SQL y Kafka en Galway'
    >>> without_marks_of_names("Arquitetura e carregamento", "*Arquitetura y *carregamento", Pair("pt", "es"))
    '*Arquitetura y *carregamento'
    """
    listed = {word for start, stop in find_names(asked, pair.source) for word in asked[start:stop].split()}

    @cache
    def is_name(word: str) -> bool:
        return word in listed or _is_name(word, asked, pair.source)

    def unmarked(match: re.Match[str]) -> str:
        written_so = match[0] in asked and not answer.startswith(match[1], match.start() - 1)
        return match[2] if not written_so and is_name(match[2]) else match[0]

    return _MARKED.sub(unmarked, answer)


def _is_name(word: str, asked: str, language: str) -> bool:
    places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", asked)]
    if not places:
        return False
    if is_loan(word.lower()) or (_CODE.match(word) and not asked.isupper()):
        return True
    if not word[0].isupper():
        return not is_known(word, language) and bool(find_names(word.capitalize(), language))  # "python"
    within = any(not _SENTENCE_BEGINS.search(asked, max(0, place - _NEAR), place) for place in places)
    if has_vocabulary(language):
        return not is_known(word.lower(), language) or (within and is_listed_name(word, language))
    return within


def _unknown(number: int) -> tuple[str, str]:
    """Return a word that nobody knows, and what Apertium makes of it."""
    word = f"zq{''.join(chr(ord('a') + int(digit)) for digit in str(number))}zq"
    return word, f"*{word}"


def _cased(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like.isupper() else word
