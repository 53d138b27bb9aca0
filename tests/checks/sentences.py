"""Sentences about jobs with a good translation in each of six locales."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOCALES = ("pt_BR", "fr", "es", "de", "ar", "ja")
NAMES = ("Kestrel Works",)
OMISSIBLE = re.compile("⟦(.*?)⟧")
# A text with fewer letters beside its names and addresses cannot be told from other languages.
MIN_TELLING_LETTERS = 40
_FIELDS = ("placeholder", "url", "email", "name")
_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A source, a target and what is wrong with it, "" if nothing is."""

    locale: str
    source: str
    target: str
    kind: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A good translation before it is damaged; `fields` are the sentence's row in `sentences.toml`."""

    locale: str
    marked: str
    fields: dict[str, str]

    @property
    def source(self) -> str:
        return self.fields["en"]

    @property
    def target(self) -> str:
        return OMISSIBLE.sub(r"\1", self.marked)

    @property
    def long_enough(self) -> bool:
        weight = 3 if self.locale == "ja" else 1
        return min(self._letters(self.target) * weight, self._letters(self.source)) >= MIN_TELLING_LETTERS

    def _letters(self, text: str) -> int:
        for field in _FIELDS:
            text = text.replace(self.fields.get(field, "\0"), "")
        return sum(map(str.isalpha, _TAG.sub("", text)))


@cache
def sentences() -> tuple[Sentence, ...]:
    """Read every sentence in every locale."""
    tree = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
    return tuple(
        Sentence(locale=locale, marked=fields[locale], fields=fields)
        for fields in tree["sentence"]
        for locale in LOCALES
    )


def good_pairs() -> list[Pair]:
    """Return every sentence as it should be."""
    return [Pair(locale=each.locale, source=each.source, target=each.target) for each in sentences()]
