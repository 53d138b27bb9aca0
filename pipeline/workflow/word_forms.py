"""What words are forms of, kept in `build/` by language, and lexicons as they were opened.

A project has few words beside its texts, and a run that meets no new one opens no lexicon. One that meets a new one
opens what an earlier run kept, in 3 to 50 ms; what comes with simplemma takes .1 to 1.8 s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.language.word_forms import Form
from pipeline.storage.kept_file import find_kept, keep
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.workflow.inputs import digest_of_program

_Value = TypeVar("_Value")


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """The forms of some words, as this program with its lexicons knows them."""

    program: str
    forms: dict[str, Form]


class _KeptLexicon(msgspec.Struct, frozen=True, array_like=True):
    """A lexicon as this program opened it."""

    program: str
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewForms:
    """What a run found out about the words of a language, and its lexicon where that had to be walked over."""

    forms: dict[str, Form]
    lexicon: bytes | None


@dataclass(frozen=True, kw_only=True)
class KeptForms:
    """The word forms of every language that somebody asks for."""

    build_dir: Path
    _opened: dict[str, SimplemmaForms] = field(default_factory=dict)
    _found: dict[str, int] = field(default_factory=dict)
    _handed: dict[str, bytes] = field(default_factory=dict)

    def of(self, language: str) -> SimplemmaForms:
        """Return the word forms of a language, named as its catalogs name it."""
        if language not in self._opened:
            known = self._find(language)
            self._found[language] = len(known)
            self._opened[language] = SimplemmaForms(language, known, partial(self._find_lexicon, language))
        return self._opened[language]

    def keep(self) -> None:
        """Keep for the next run what was asked for in this one and is new."""
        for language, new in self.new().items():
            if new.forms:
                known = self._opened[language].known
                keep(self._path("forms", language), msgspec.msgpack.encode(_Kept(digest_of_program(), known)))
            if new.lexicon is not None:
                kept = _KeptLexicon(digest_of_program(), new.lexicon)
                keep(self._path("lexicon", language), msgspec.msgpack.encode(kept))

    def new(self) -> dict[str, NewForms]:
        """Return by language what is new since this was asked last; a child process hands it to its parent."""
        found = {}
        for language, forms in self._opened.items():
            asked = dict(islice(forms.known.items(), self._found[language], None))
            lexicon = forms.pack() or self._handed.pop(language, None)
            self._found[language] = len(forms.known)
            if asked or lexicon is not None:
                found[language] = NewForms(forms=asked, lexicon=lexicon)
        return found

    def take_over(self, found: Mapping[str, NewForms]) -> None:
        """Know what a child process found out."""
        for language, new in found.items():
            self.of(language).known.update(new.forms)
            if new.lexicon is not None:
                self._handed[language] = new.lexicon

    def _find(self, language: str) -> dict[str, Form]:
        found = _decoded(find_kept(self._path("forms", language)), _Kept)
        return found.forms if found is not None and found.program == digest_of_program() else {}

    def _find_lexicon(self, language: str) -> bytes | None:
        found = _decoded(find_kept(self._path("lexicon", language)), _KeptLexicon)
        return found.packed if found is not None and found.program == digest_of_program() else None

    def _path(self, what: str, language: str) -> Path:
        return self.build_dir / f"{what}.{language}.msgpack"


def _decoded(packed: bytes | None, kind: type[_Value]) -> _Value | None:
    """Return what was kept; None of what another version kept."""
    try:
        return None if packed is None else msgspec.msgpack.decode(packed, type=kind)
    except msgspec.MsgspecError:
        return None
