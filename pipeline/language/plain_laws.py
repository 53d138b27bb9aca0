"""What plain words may not change of a phrase: rank, obligation, negation, quantity, eligibility, form of contract.

An entry that drops "senior" or turns "must" into "should" would change the offer in every language at once. So both
sides are read, and what they state has to be the same, in the same order.

>>> changes("hit the ground running", "start working quickly", "en")
()
>>> changes("shift lead", "person who organizes a shift", "en")
("rank is 'lead' in the one and '' in the other",)
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipeline.language import meaning, quantities
from pipeline.language.words import Phrases, words_of

_FILE = files("pipeline.language") / "plain" / "laws.toml"
# What `meaning` reads and no phrase may add or lose; its other subjects ("with", "before", "rise") are usual words.
_SUBJECTS = frozenset({"modality", "bound", "requirement", "hours", "term", "frequency", "inclusion", "place"})
_NO_SUBJECT = "none"


def changes(phrase: str, plain: str, language: str) -> tuple[str, ...]:
    """Return what plain words change of a phrase, a sentence for each; none if they state the same."""
    before, after = _stated(phrase, language), _stated(plain, language)
    return tuple(
        f"{subject} is {', '.join(before.get(subject, ()))!r} in the one and {', '.join(after.get(subject, ()))!r} "
        "in the other"
        for subject in sorted({*before, *after})
        if before.get(subject) != after.get(subject)
    )


def _stated(text: str, language: str) -> Mapping[str, tuple[str, ...]]:
    """Return what a text states of each subject, in its order."""
    found: dict[str, tuple[str, ...]] = {}
    words = words_of(text)
    for each in _phrases(language).all(words):
        subject, side = each.meaning
        if subject == _NO_SUBJECT:
            start, end = words[each.first].start, words[each.stop - 1].end
            text = text[:start] + "_" * (end - start) + text[end:]
        else:
            found[subject] = (*found.get(subject, ()), side)
    for mark in meaning.read(text, language):
        if mark.subject in _SUBJECTS or mark.side == meaning.NOT:
            found[mark.subject] = (*found.get(mark.subject, ()), mark.side)
    amounts = tuple(
        " ".join(filter(None, (each.comparator, str(each.value), str(each.upper or ""), each.unit, each.period)))
        for each in quantities.read(text, language)
        if each.sure
    )
    times = tuple(sorted(quantities.periods(text, language)))
    return {**found, **({"quantity": amounts} if amounts else {}), **({"period": times} if times else {})}


@cache
def _phrases(language: str) -> Phrases[tuple[str, str]]:
    """Return the words of a language that state something, with the subject and what they state."""
    tables = _tables().get(language, {})
    return Phrases(
        (phrase, (subject, side))
        for subject, sides in tables.items()
        for side, listed in sides.items()
        for phrase in listed
    )


def subjects(language: str) -> frozenset[str]:
    """Return the subjects that have words of a language."""
    return frozenset(_tables().get(language, {})) - {_NO_SUBJECT}


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
