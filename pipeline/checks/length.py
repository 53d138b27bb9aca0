"""Is the target plausibly long? Engines lose the tail of long text and loop (LESSONS)."""

import re

from pipeline.model.gender_forms import gender_forms
from pipeline.model.markup import strip_markup
from pipeline.model.text import count_chars

# What a text of a language weighs for one of English, by the medians of translated catalogs of Debian packages where
# there were some, else by a near language; characters of dense scripts count threefold.
_WEIGHT = {"ar": 0.9, "he": 0.8, "fa": 0.95, "zh": 0.95, "ja": 1.35, "ko": 1.2, "fi": 1.05, "pt": 1.15, "gl": 1.15}
_WEIGHT |= {"es": 1.18, "ca": 1.18, "it": 1.15, "fr": 1.22, "ro": 1.15, "de": 1.2, "nl": 1.12, "el": 1.2, "pl": 1.12}
_WEIGHT |= {"ru": 1.12, "uk": 1.1, "bg": 1.1, "hu": 1.12, "sv": 1.05, "da": 1.05, "nb": 1.05, "tr": 1.05, "cs": 1.03}
MIN_RATIO = 0.45
MAX_RATIO = 2.2
# Short text varies more.
ALLOWANCE_CHARS = 12
# What an acronym of the source may grow to where the target has none of its letters: UK, المملكة المتحدة.
_ACRONYM = re.compile(r"(?<![^\W_])[A-Z]{2,5}(?![^\W_])")
# In a line of capitals longer ones are words.
MAX_LOUD_CHARS = 3
SPELLED_OUT_CHARS = 20
# A label of an occupation that names both genders is not longer.
MAX_LABEL_CHARS = 160


def implausible_length(source: str, target: str, growth: float = 1.0) -> str:
    """Say what is wrong with the length of `target`, or "" if it is plausible.

    `growth` is how much longer than its source a target of this pair is on average.

    >>> implausible_length("Registered nurse", "Enfermeiro registado")
    ''
    """
    before, after = weighted_length(source), _length_of_a_form(target)
    expected = before * growth
    if after < expected * MIN_RATIO - ALLOWANCE_CHARS or (not after and before):
        return f"{after} characters for {before}: something was lost"
    if after > expected * MAX_RATIO + ALLOWANCE_CHARS + _spelled_out(source, target):
        return f"{after} characters for {before}: something was added"
    return ""


def _spelled_out(source: str, target: str) -> int:
    """Return how many characters a target may have for the acronyms of its source that it does not have."""
    gone = [acronym for acronym in _ACRONYM.findall(source) if acronym not in target]
    if source.isupper():
        gone = [acronym for acronym in gone if len(acronym) <= MAX_LOUD_CHARS]
    return len(gone) * SPELLED_OUT_CHARS


def growth_of(source: str, target: str) -> float:
    """Return how much longer than a text of language `source` its translation into `target` is on average.

    >>> growth_of("en", "fr"), growth_of("en", "xx")
    (1.22, 1.0)
    """
    return _WEIGHT.get(target, 1.0) / _WEIGHT.get(source, 1.0)


def _length_of_a_form(target: str) -> int:
    """Return the length of a target, of the shortest form of one that names both genders of an occupation.

    >>> _length_of_a_form("Empregado de mesa/Empregada de mesa")
    17
    """
    if "/" not in target or len(target) > MAX_LABEL_CHARS:
        return weighted_length(target)
    return min(weighted_length(form) for form in gender_forms(target) if form)


def weighted_length(text: str) -> int:
    """Count the characters of a text without its tags, those of dense scripts threefold."""
    bare = (strip_markup(text) if "<" in text else text).strip()
    return len(bare) if bare.isascii() else count_chars(bare)


def relative_length(source: str, target: str, growth: float = 1.0) -> float:
    """Return how long a target is for its source, 1.0 being the average of its pair."""
    return weighted_length(target) / (weighted_length(source) * growth or 1)
