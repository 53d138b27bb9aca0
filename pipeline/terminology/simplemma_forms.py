"""What a word is a form of, by simplemma's lexicons and, for words that none of them has, by Snowball's stems.

A stemmer alone takes "engineering" for a form of "engineer" and does not know that "formações" is one of "formação"; a
lexicon alone does not know compounds such as "Pflegefachmänner". Both are pure Python without dependencies.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import msgspec
from babel import Locale

from pipeline.language.word_forms import ExactForms, Form

_GENDERED_ENDINGS = frozenset({"ca", "es", "gl", "it", "pt"})
_LEXICONS = {"bs": "hbs", "hr": "hbs", "sr": "hbs", "fil": "tl"}


class SimplemmaForms:
    """The words of one language, named as its catalogs name it; `known` are the forms of those that were asked for.

    Its lexicon is opened when the first word is asked for that is not known: as `find` returns it, else by a walk over
    all of its records, .1 s for English, .7 for German, 1.8 for Polish. What `pack` returned opens in a fiftieth of
    that. A language of which neither library knows anything has exact words only.
    """

    def __init__(
        self,
        language: str,
        known: dict[str, Form] | None = None,
        find: Callable[[], bytes | None] = lambda: None,
    ) -> None:
        self._language = language.partition("_")[0]
        self._find = find
        self._walked = False
        self.known = {} if known is None else known
        self._lexicon: Any = None
        self._stemmer: Any = None

    def pack(self) -> bytes | None:
        """Return the lexicon as it was opened, once; None unless this was what walked over its records."""
        walked, self._walked = self._walked, False
        return _lexicons().pack(self._lexicon_language) if walked else None

    @property
    def _lexicon_language(self) -> str:
        return _LEXICONS.get(self._language, self._language)

    def form(self, word: str) -> Form:
        """Return what a word, as it is written in a text, is a form of."""
        if word not in self.known:
            self.known[word] = self._form(word)
        return self.known[word]

    def _form(self, word: str) -> Form:
        if not word[0].isalpha() or len(word) == 1:
            return ExactForms().form(word)
        self._open()
        written = word.capitalize() if word.isupper() else word
        lemma = self._lexicon.get_lemma(written, self._lexicon_language) if self._lexicon else None
        stem = self._stemmer.stemWord(word.casefold()) if self._stemmer else word.casefold()
        gender = _gender(word.casefold(), self._language)
        proper = lemma is not None and lemma[:1].isupper()
        return Form(lemma=(lemma or word).casefold(), stem=stem, known=lemma is not None, gender=gender, proper=proper)

    def _open(self) -> None:
        if self._lexicon is not None or self._stemmer is not None:
            return
        dictionaries = import_module("simplemma.strategies.dictionaries.dictionary_factory")
        if self._lexicon_language in dictionaries.SUPPORTED_LANGUAGES:
            self._walked = _lexicons().open(self._lexicon_language, self._find)
            self._lexicon = import_module("simplemma.strategies").DictionaryLookupStrategy(_lexicons())
        self._stemmer = _stemmer_of(self._language)


class _Lexicons:
    """The lexicons that are open in this process, as simplemma asks for them; streamed, German takes 19 MB."""

    def __init__(self) -> None:
        self._kind = import_module("simplemma.strategies.dictionaries.stream_dictionary_factory").StreamMap
        self._opened: dict[str, Any] = {}

    def get_dictionary(self, lang: str) -> Any:
        """Return what looks up the lemmas of a language."""
        return self._opened[lang]

    def open(self, language: str, find: Callable[[], bytes | None]) -> bool:
        """Open the lexicon of a language, unless it is; tell whether its records had to be walked over for that."""
        if language in self._opened:
            return False
        packed = find()
        parts = msgspec.msgpack.decode(packed) if packed else {}
        known = parts.keys() == set(self._kind.__slots__)
        self._opened[language] = lexicon = self._kind.__new__(self._kind) if known else self._kind(language)
        for name, part in parts.items() if known else ():
            setattr(lexicon, name, part)
        return not known

    def pack(self, language: str) -> bytes:
        """Return an open lexicon in one piece: its text, and the index that was made of it."""
        lexicon = self._opened[language]
        return msgspec.msgpack.encode({name: getattr(lexicon, name) for name in lexicon.__slots__})


_lexicons = cache(_Lexicons)


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
