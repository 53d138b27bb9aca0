"""Words in running text and what makes two of them forms of one word; the knowledge of languages is handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Protocol
from unicodedata import is_normalized, normalize

from pipeline.language.scripts import HANGUL, UNSPACED, letters_of
from pipeline.model.patterns import lazy_pattern

# Scripts without spaces, and Korean, whose particles are written onto the word: every character is a word, so that a
# phrase is found wherever it stands.
_UNSPACED = letters_of(*UNSPACED, HANGUL)
# Vowel signs and accents that `\w` does not count as part of a word.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_WORD = lazy_pattern(
    rf"[{_UNSPACED}]|[A-Za-z](?:\+\+|#)(?!\w)|(?:(?![{_UNSPACED}_])[\w{_MARKS}])+|[^\s\-\u2010\u2011\u00ad]"
)
_HYPHENS = "-\u2010\u2011"
MIN_ACRONYM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a word is a form of: its lemma, which `known` says a lexicon vouches for, and its stem.

    `gender` is what its ending says, "" where that says nothing. `proper` says that the lexicon writes it with a
    capital, as names in most languages.
    """

    lemma: str
    stem: str
    known: bool
    gender: str = ""
    proper: bool = False

    def inflects(self, other: "Form") -> bool:
        """Tell whether both are forms of one word; stems count for words that no lexicon knows."""
        if self.lemma == other.lemma:
            return True
        return not (self.known and other.known) and self.stem == other.stem

    def repeats(self, other: "Form") -> bool:
        """Tell whether both are forms of one word in one gender: who forbids "enfermeira" wants "enfermeiro"."""
        agree = self.gender == other.gender or not (self.gender and other.gender)
        return agree and self.inflects(other)

    def resembles(self, other: "Form") -> bool:
        """Tell whether both may be forms of one word, by lexicon or by stem."""
        return self.lemma == other.lemma or self.stem == other.stem


Likeness = Callable[[Form, Form], bool]


class WordForms(Protocol):
    """Knows the words of one language."""

    def form(self, word: str) -> Form:
        """Return what a word, as it is written in a text, is a form of."""

    def __hash__(self) -> int:
        """Tell it from another one: what was read with it is kept."""


def keys_of(word: str, forms: WordForms) -> tuple[str, ...]:
    """Return what a form of this word may be found by."""
    form = forms.form(word)
    return tuple(dict.fromkeys((word.casefold(), form.lemma, form.stem)))


class ExactForms:
    """A language of which nothing is known: a word has one form, in capitals or not."""

    def form(self, word: str) -> Form:
        """Return the word itself."""
        return Form(lemma=word.casefold(), stem=word.casefold(), known=True)


class Word(NamedTuple):
    """A word, or a sign, where it stands in a text."""

    start: int
    stop: int
    text: str


_made = tuple.__new__  # half of the time that is spent here is that of the class's own constructor


def split_words(text: str) -> tuple[Word, ...]:
    """Cut a text into words and signs; spaces and hyphens only separate them.

    >>> [word.text for word in split_words("Full-time C++ nurse, l’IT")]
    ['Full', 'time', 'C++', 'nurse', ',', 'l', "'", 'IT']
    """
    if text.isascii() or (is_normalized("NFC", text) and "’" not in text):
        return tuple([_made(Word, (*match.span(), match[0])) for match in _WORD.finditer(text)])
    return tuple(
        Word(match.start(), match.end(), normalize("NFC", match[0]).replace("’", "'")) for match in _WORD.finditer(text)
    )


def is_acronym(word: str) -> bool:
    """Tell whether only its capitals set a word apart from another one, as IT and "it"."""
    return len(word) >= MIN_ACRONYM and word.isupper()


def stands_alone(text: str, start: int, stop: int) -> bool:
    """Tell whether a span is no part of a hyphenated word.

    >>> stands_alone("nurse-led care", 0, 5), stands_alone("nurse - day shift", 0, 5)
    (False, True)
    """
    joined_before = text[start - 1 : start] in tuple(_HYPHENS) and text[max(start - 2, 0) : start - 1].isalnum()
    joined_after = text[stop : stop + 1] in tuple(_HYPHENS) and text[stop + 1 : stop + 2].isalnum()
    return not (joined_before or joined_after)


def close_together(words: tuple[Word, ...], text: str) -> bool:
    """Tell whether nothing but a space or a hyphen stands between words that follow one another."""
    gaps = (text[one.stop : two.start] for one, two in pairwise(words))
    return all(len(gap) <= 1 or gap.isspace() for gap in gaps)
