"""What a word is a form of, by simplemma's lexicons and, for words that none of them has, by Snowball's stems.

A stemmer alone takes "engineering" for a form of "engineer" and does not know that "formações" is one of "formação"; a
lexicon alone does not know compounds such as "Pflegefachmänner". Both are pure Python without dependencies.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from babel import Locale

from pipeline.language.word_forms import ExactForms, Form

_GENDERED_ENDINGS = frozenset({"ca", "es", "gl", "it", "pt"})
_LEXICONS = {"bs": "hbs", "hr": "hbs", "sr": "hbs", "fil": "tl"}


class SimplemmaForms:
    """The words of one language, named as its catalogs name it.

    Its lexicon is read, in up to two seconds, when the first word is asked for. A language of which neither library
    knows anything has exact words only.
    """

    def __init__(self, language: str) -> None:
        self._language = language.partition("_")[0]
        self._known: dict[str, Form] = {}
        self._lexicon: Any = None
        self._stemmer: Any = None

    def form(self, word: str) -> Form:
        """Return what a word, as it is written in a text, is a form of."""
        if word not in self._known:
            self._known[word] = self._form(word)
        return self._known[word]

    def _form(self, word: str) -> Form:
        if not word[0].isalpha() or len(word) == 1:
            return ExactForms().form(word)
        self._open()
        written = word.capitalize() if word.isupper() else word
        lemma = (
            self._lexicon.get_lemma(written, _LEXICONS.get(self._language, self._language)) if self._lexicon else None
        )
        stem = self._stemmer.stemWord(word.casefold()) if self._stemmer else word.casefold()
        gender = _gender(word.casefold(), self._language)
        proper = lemma is not None and lemma[:1].isupper()
        return Form(lemma=(lemma or word).casefold(), stem=stem, known=lemma is not None, gender=gender, proper=proper)

    def _open(self) -> None:
        if self._lexicon is not None or self._stemmer is not None:
            return
        dictionaries = import_module("simplemma.strategies.dictionaries.dictionary_factory")
        if _LEXICONS.get(self._language, self._language) in dictionaries.SUPPORTED_LANGUAGES:
            self._lexicon = _lexicons(len(dictionaries.SUPPORTED_LANGUAGES))
        self._stemmer = _stemmer_of(self._language)


@cache
def _lexicons(languages: int) -> Any:
    """Open what reads each lexicon once a process; streamed it takes a fifth of the memory, 19 MB for German."""
    strategies = import_module("simplemma.strategies")
    return strategies.DictionaryLookupStrategy(strategies.StreamDictionaryFactory(cache_max_size=languages))


def _stemmer_of(language: str) -> Any:
    """Return Snowball's stemmer of a language, which bears its English name; None without one.

    Both written forms of Norwegian begin with "Norwegian" in CLDR.
    """
    name = str(Locale("en").languages.get(language, "")).partition(" ")[0]
    if not name or find_spec(f"snowballstemmer.{name.lower()}_stemmer") is None:
        return None
    # The class itself: what the package offers at its top changes with another library that may be installed.
    return getattr(import_module(f"snowballstemmer.{name.lower()}_stemmer"), f"{name}Stemmer")()


def _gender(word: str, language: str) -> str:
    """Return the letter that tells an occupation's gender in a Romance language, also from its plural."""
    last = word.removesuffix("s")[-1:]
    if language == "fr":
        return "e" if last == "e" else "-"
    return last if language in _GENDERED_ENDINGS and last in {"a", "o"} else ""
