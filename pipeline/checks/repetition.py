"""Does the target loop? Engines repeat words and phrases (argos-translate #197, #428, #444)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from pipeline.model.markup import strip_markup
from pipeline.model.scripts import UNSPACED, letters_of

# A word three times in a row, or a phrase of two or more words twice in a row, is no language's habit.
_RUNS_OF_A_WORD = 3
_RUNS_OF_A_PHRASE = 2
# Words keep their vowel signs, which `\w` would cut off in Hindi and Thai; a mark is a word of its own, so that what a
# mark parts is no phrase in a row.
_WORD = re.compile(
    r"[^\W_]+(?:[\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e4e'’-]+[^\W_]*)*|[^\w\s]+"
)
# Part of a word at least three times in a row ("procedimientosientosientos"), a character at least five times.
_MIN_STUTTER = 5
_STUTTER = re.compile(r"([^\W\d_]{3,12}?)\1\1|([^\W\d_])\2{4,}")
# A script without spaces has no words to compare: a phrase three times in a row, a long one or all twice.
_DENSE = re.compile(f"[{letters_of(*UNSPACED)}]")
_DENSE_LOOP = re.compile(r"([^\W\d]\D{1,59}?)\1\1|(\D{7,200}?)\2|^(\D{3,}?)\3$")
# More words than a sentence has; comparing all with all of a longer text takes long and tells no more.
_MAX_WORDS = 400
# Words that languages do put twice in a row.
_PAIR_WORDS = "that had is nous vous die der das es den dem wir ihr si se la le lo los no sehr bla très muy ha ho"
_USUAL_PAIRS = frozenset(_PAIR_WORDS.split())


# Who has to choose between two things that are one has lost a word: "degree" and "diploma" became the same.
_NO_CHOICE = re.compile(r"\b([^\W\d_]{4,}) (?:ou|or|o|oder|of|eller|или|lub|u) \1\b", re.IGNORECASE)


class Loop(NamedTuple):
    """What is repeated, and how often it stands in a row."""

    phrase: str
    times: int


def looping_phrase(source: str, target: str) -> str:
    """Return the words that the target repeats in a row more often than the source does, or "" without a loop.

    >>> looping_phrase("a varied workplace", "um local de trabalho de trabalho")
    'de trabalho'
    """
    loops = [*_word_loops(target), *_letter_loops(target)]
    if not loops:
        return ""
    allowed = sorted((loop.times for loop in (*_word_loops(source), *_letter_loops(source))), reverse=True)
    for loop in sorted(loops, key=lambda loop: -loop.times):
        if not allowed or allowed.pop(0) < loop.times:
            return loop.phrase
    return ""


def doubled_words(source: str, target: str) -> str:
    """Return the words that stand twice in a row, or as a choice between the same, in the target only.

    >>> doubled_words("a good place", "um bom bom lugar"), doubled_words("diploma or degree", "diploma ou diploma")
    ('bom', 'diploma ou diploma')
    """
    found = _doubled(target)
    if found and not _doubled(source):
        return ", ".join(found)
    choice = _NO_CHOICE.search(target)
    return choice[0] if choice and not _NO_CHOICE.search(source) else ""


def _doubled(text: str) -> list[str]:
    words = _words(text)
    pairs = (word for word, following in pairwise(words) if word == following)
    return [word for word in dict.fromkeys(pairs) if not word.isdecimal() and word not in _USUAL_PAIRS]


def _word_loops(text: str) -> Iterator[Loop]:
    """Yield every phrase that follows itself at once."""
    words = _words(text)
    if len(set(words)) == len(words):
        return
    places: dict[str, list[int]] = defaultdict(list)
    spoken_before = (0, *accumulate(int(word[0].isalnum()) for word in words))
    end = 0
    for position, word in enumerate(words):
        for before in places[word]:
            length = position - before
            if spoken_before[position] == spoken_before[before]:
                continue  # marks alone are no loop, and in a row of them every pair would be compared
            if before >= end and words[before:position] == words[position : position + length]:
                times = _times(words, before, length)
                spoken = [word for word in words[before:position] if word[0].isalnum()]
                if times >= (_RUNS_OF_A_PHRASE if len(spoken) > 1 else _RUNS_OF_A_WORD):
                    yield Loop(" ".join(spoken), times)
                    end = before + times * length
        places[word].append(position)


def _times(words: tuple[str, ...], start: int, length: int) -> int:
    times = 1
    while words[start : start + length] == words[start + times * length : start + (times + 1) * length]:
        times += 1
    return times


def _letter_loops(text: str) -> Iterator[Loop]:
    for word in _words(text):
        # Three times the same letters leave few different ones; the search itself is slow.
        if len(word) >= _MIN_STUTTER and len(set(word)) * 3 <= len(word) * 2 and (match := _STUTTER.search(word)):
            yield Loop(match[1] or match[2], _RUNS_OF_A_WORD)
    if _DENSE.search(text) and (match := _DENSE_LOOP.search(text)):
        yield Loop(match[1] or match[2] or match[3], _RUNS_OF_A_WORD if match[1] else _RUNS_OF_A_PHRASE)


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    """Return the words and marks of a text; several checks ask for those of one text in a row."""
    bare = strip_markup(text) if "<" in text else text
    return tuple(islice((match[0] for match in _WORD.finditer(bare.casefold())), _MAX_WORDS))
