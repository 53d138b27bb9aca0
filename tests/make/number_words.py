"""Makes pipeline/language/data/number_words.toml: the words for numbers of each language, from num2words.

    python -m tests.make.number_words

num2words (LGPL) is only needed to make the table. Nought to a hundred, round hundreds and thousands; ordinals to 31.
"""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from num2words import num2words

TARGET = Path(__file__).parents[2] / "pipeline" / "language" / "data" / "number_words.toml"
# Our codes, and those of num2words where they differ; several where countries differ.
LANGUAGES = {
    "ca": ("ca",), "da": ("da",), "de": ("de",), "en": ("en",), "es": ("es",), "fr": ("fr", "fr_BE", "fr_CH"),
    "it": ("it",), "nb": ("no",), "nl": ("nl",), "pl": ("pl",), "pt": ("pt_BR", "pt"), "sv": ("sv",), "ar": ("ar",),
}  # fmt: skip
CARDINALS = (*range(101), *range(200, 1000, 100), *range(1000, 11000, 1000))
ORDINALS = range(1, 32)
# The endings that the masculine singular of an ordinal is inflected with.
ENDINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "de": {"te": ("te", "ter", "ten", "tes", "tem")},
    "pt": {"o": ("o", "a", "os", "as")},
    "es": {"o": ("o", "a", "os", "as")},
    "it": {"o": ("o", "a", "i", "e")},
    "fr": {"": ("", "s")},
    "ca": {"è": ("è", "ena", "ens", "enes"), "": ("", "a", "s", "es")},
    "nl": {"e": ("e", "en")},
    "pl": {"y": ("y", "a", "e", "ego", "ej", "ym", "ą"), "i": ("i", "a", "ie", "iego", "iej", "im", "ią")},
}
_HEAD = """\
# The words for numbers by language: whole numbers to 100, round hundreds and thousands; ordinals to 31 with their
# endings. Made by tests/make/number_words.py from num2words 0.5.14; words that it lacks are in each language's file.
"""


def main() -> None:
    """Write the table."""
    lines = [_HEAD]
    for language, codes in LANGUAGES.items():
        for table, words in (("cardinals", cardinals(codes)), ("ordinals", ordinals(language, codes))):
            found: dict[str, int] = {}
            for word, value in words:
                found.setdefault(word, value)
            if found:
                lines.append(f"[{language}.{table}]")
                lines += [f"{json.dumps(word, ensure_ascii=False)} = {value}" for word, value in found.items()]
                lines.append("")
    TARGET.write_text("\n".join(lines), encoding="utf-8")


def cardinals(codes: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield the whole numbers in words."""
    for code in codes:
        for value in CARDINALS:
            yield spelled(num2words(value, lang=code)), value


def ordinals(language: str, codes: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield ordinals in words, in every ending."""
    for code in codes:
        for value in ORDINALS:
            try:
                word = spelled(num2words(value, lang=code, to="ordinal"))
            except (NotImplementedError, KeyError):  # Catalan lacks the twentieth
                continue
            if word == spelled(num2words(value, lang=code)) or any(char.isdigit() for char in word):
                continue
            for form in inflected(word, ENDINGS.get(language, {})):
                yield form, value


def inflected(word: str, endings: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield a word with the endings of the first that it has."""
    for ending, others in endings.items():
        if word.endswith(ending):
            yield from (word.removesuffix(ending) + other for other in others)
            return
    yield word


def spelled(words: str) -> str:
    """Write words without hyphens and accents that only some write."""
    return " ".join(unicodedata.normalize("NFC", words).replace("-", " ").replace("\u00ad", "").lower().split())


if __name__ == "__main__":
    main()
