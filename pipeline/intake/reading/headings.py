"""Which headings name which kind of section: "Anforderungen" the requirements, by the data file of each language.

Headings that are usual but name no kind ("Additional information") stand there as `other`: a line is seen to be one,
and it is translated and printed as any text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from babel import Locale

from pipeline.language.knowledge import knowledge, languages
from pipeline.model.cleaning import clean_line
from pipeline.model.patterns import lazy_pattern
from pipeline.model.posting import SectionKind

_OPENING_MARKS = re.compile(r"^(?:#{1,6}\s|[*_\s])+")
# A `#` closes a heading only after a space: `C#` is a word.
_CLOSING_HASHES = re.compile(r"(?:\s#+)+$")
_CLOSING_MARKS = "*_:： \u00a0\u202f"
_MARKED = re.compile(r"#{1,6}\s")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'"})
# Employers ask or tell the same: "Who are you?" and "Who are you".
_QUESTION_MARKS = "?!¿¡？！؟ \u00a0\u202f"
# Turkish writes İ and I where others write I and i; a capital's small letter then differs by a dot.
_DOTLESS = str.maketrans({"ı": "i", "\u0307": None})
# Korean parts the nouns of a heading as its writer likes.
_SPACE_IN_KOREAN = lazy_pattern(r"(?<=[\uac00-\ud7a3])\s+(?=[\uac00-\ud7a3])")
MAX_HEADING_CHARS = 70
MAX_HEADING_WORDS = 9


@dataclass(frozen=True, kw_only=True)
class HeadingLexicon:
    """Folded headings and their kinds, by language."""

    kinds: Mapping[str, Mapping[str, SectionKind]]

    @cached_property
    def _readings(self) -> Mapping[str, Mapping[str, SectionKind]]:
        """The kinds of each heading, by the languages that know it."""
        readings: dict[str, dict[str, SectionKind]] = {}
        for language, known in self.kinds.items():
            for heading, kind in known.items():
                readings.setdefault(heading, {})[language] = kind
        return readings

    def kind_of(self, heading: str, language: str | None) -> SectionKind | None:
        """Return the kind that exactly this heading names in `language`; None if it names none there.

        Two headings of one kind, joined, name it too: "Skills & experience".
        """
        known = self.kinds.get(language or "", {})
        kind = known.get(fold_heading(heading))
        if kind is None and known:
            kinds = {known.get(fold_heading(part)) for part in _halves(heading, language or "")}
            kind = kinds.pop() if len(kinds) == 1 else None
        return None if kind is SectionKind.OTHER else kind

    def readings_of(self, heading: str) -> Mapping[str, SectionKind]:
        """Return the languages that know a heading, each with the kind that it names there."""
        return self._readings.get(fold_heading(heading), {})

    def knows(self, heading: str) -> bool:
        """Tell whether any language knows this heading: enough to see that a line is one."""
        return fold_heading(heading) in self._readings


def load_headings() -> HeadingLexicon:
    """Read the headings of every language."""
    return HeadingLexicon(
        kinds={
            language: {
                fold_heading(heading): SectionKind(kind) for heading, kind in knowledge(language).phrases("headings")
            }
            for language in languages("headings")
        }
    )


def strip_heading(line: str) -> str:
    """Take off what marks a line as a heading in plain text and is no part of its words.

    >>> strip_heading("## Job Responsibility:")
    'Job Responsibility'
    """
    if line[:1].isalnum() and line[-1].isalnum() and line.isprintable() and "  " not in line:
        return line  # most: nothing but its words
    words = _OPENING_MARKS.sub("", clean_line(line))
    return _CLOSING_HASHES.sub("", words.rstrip(_CLOSING_MARKS)).rstrip(_CLOSING_MARKS)


@lru_cache(maxsize=4096)
def fold_heading(heading: str) -> str:
    """Return the form in which headings are compared."""
    words = strip_heading(heading).translate(_APOSTROPHES).strip(_QUESTION_MARKS)
    folded = " ".join(words.split()).casefold()
    return folded if folded.isascii() else _SPACE_IN_KOREAN.sub("", folded.translate(_DOTLESS))


@cache
def _joiner(language: str) -> re.Pattern[str]:
    """Return what joins two words: signs, and CLDR's word for "and"."""
    pair = Locale(language).list_patterns["standard"]["2"]
    word = re.escape(pair.removeprefix("{0}").removesuffix("{1}").strip())
    return re.compile(rf"\s+{word}\s+|\s*[&/+]\s*")


def _halves(heading: str, language: str) -> list[str]:
    return _joiner(language).split(strip_heading(heading))


def is_heading(line: str, lexicon: HeadingLexicon) -> bool:
    """Tell whether a line of plain text opens a section: a short one that ends in a colon, or a known one."""
    text = line.strip()
    if not text or len(text) > MAX_HEADING_CHARS or len(text.split()) > MAX_HEADING_WORDS:
        return False
    if not strip_heading(text):
        return False
    return text.rstrip("*_ ").endswith((":", "：")) or bool(_MARKED.match(text)) or lexicon.knows(text)
