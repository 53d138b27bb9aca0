"""Checks that all of a source stands in its target, once: its clauses, the items of its lists, its sentences.

Engines lose the tail of long text, drop an item of a list, and loop ("de trabalho de trabalho"). How long a target has
to be is known from translations by people: 0.45 times the length that its pair of languages has on average is no
translation, 0.7 times has often lost a clause.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.checks.check import Check, Compared
from pipeline.language.gender_forms import gender_forms
from pipeline.language.knowledge import ANY, knowledge
from pipeline.language.limits import MAX_SEGMENT_CHARS, TOO_LONG
from pipeline.language.scripts import UNSPACED, letters_of
from pipeline.model.finding import Severity
from pipeline.model.markup import strip_markup
from pipeline.model.patterns import lazy_pattern
from pipeline.model.text import count_chars

_SAYING = re.compile(r"[^\W_]|[\U0001f1e6-\U0001faff\u2600-\u27bf]")

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
# A text of so many characters is about as long as others of its pair; from here on a missing clause shows.
MIN_MEASURED_CHARS = 25
MIN_MEASURED_WELL = 40
SHORT, SHORT_LINE = 0.7, 0.65
LONG = 1.5
# With more sentences than the source has, so much is enough.
LONG_WITH_A_SENTENCE = 1.15
# A sentence ends behind a word of two letters or more, and another one begins.
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{2})[)\"'”»]{0,2}[.!?…]{1,3}[)\"'”»]{0,2}\s+(?=[\"'“«(¿¡]{0,2}[^\W\d_])|[。！？؟](?=.)"
)

MIN_PARTS = 3
# Of so many parts more than half cannot have been joined otherwise.
LONG_LIST = 5
# A part of a list is short; longer ones are clauses, which every language joins in its own way.
MAX_PART_WORDS = 7
# A lost item takes its share of the text along; the rest may still be shorter by chance.
SHARE_THAT_COUNTS = 0.4
# Of three parts one may be what a sentence begins with: "At Acme, hours are paid, and weekends are free".
SHARE_OF_FEW = 0.8
# Of three parts with marks between only: "driving licence, first-aid course, no fear of heights".
SHARE_OF_THREE = 0.6
# Where all commas are kept and there are several "and", what is missing may be one that parts no items.
SHARE_OF_AN_AND = 0.8
_MARK = r"[,;،؛、；，](?:(?<!\d.)|(?!\d))"
# "M&A" is one thing, "sales & service" are two.
_AMPERSAND = r"(?<=\s)&(?=\s)"
# One sentence is one segment; in several the commas of clauses outnumber those of lists.
_SENTENCES = re.compile(r"[.!?。！？]\s+[^\W\d_]")
_COMMA = re.compile(_MARK)
# A letter of no language of postings, so that no word ends beside it.
_JOINER = "\u01c0"

# A word three times in a row, or a phrase of two or more words twice in a row, is no language's habit.
_RUNS_OF_A_WORD = 3
_RUNS_OF_A_PHRASE = 2
# Words keep their vowel signs, which `\w` would cut off in Hindi and Thai; a mark is a word of its own, so that what a
# mark parts is no phrase in a row.
_LOOP_WORD = re.compile(
    r"[^\W_]+(?:[\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e4e'’-]+[^\W_]*)*|[^\w\s]+"
)
# Part of a word at least three times in a row ("procedimientosientosientos"), a character at least five times.
_MIN_STUTTER = 5
_STUTTER = re.compile(r"([^\W\d_]{3,12}?)\1\1|([^\W\d_])\2{4,}")
# A script without spaces has no words to compare: a phrase three times in a row, a long one or all twice.
_DENSE = lazy_pattern(f"[{letters_of(*UNSPACED)}]")
_DENSE_LOOP = re.compile(r"([^\W\d]\D{1,59}?)\1\1|(\D{7,200}?)\2|^(\D{3,}?)\3$")
# More words than a sentence has; comparing all with all of a longer text takes long and tells no more.
_MAX_LOOP_WORDS = 400
_KEPT = 4096


def emptied(pair: Compared) -> str:
    """Say that the target has neither a letter nor a digit where the source has one.

    22 targets of real postings were refused for it.
    """
    return "the target has no text" if not _SAYING.search(pair.target) and _SAYING.search(pair.source) else ""


def implausible_length(pair: Compared) -> str:
    """Say that a target is far too short or too long.

    Found 134 planted faults, false 2 of 7,884 translations by people.
    """
    before, after = weighted_length(pair.source), _length_of_a_form(pair.target)
    expected = before * growth_of(pair.source_language, pair.language)
    if after < expected * MIN_RATIO - ALLOWANCE_CHARS or (not after and before):
        return f"{after} characters for {before}: something was lost"
    much = expected * MAX_RATIO + ALLOWANCE_CHARS
    if after > much and after > much + _spelled_out(pair.source, pair.target):
        return f"{after} characters for {before}: something was added"
    return ""


def changed_clauses(pair: Compared) -> str:
    """Say that a target is so short or long that a clause was probably lost or added.

    Found 145 of 150 lost clauses, 305 of 390 cut and 279 of 390 prolonged targets; 255 of 7,884 translations by people
    are so much shorter or longer, 13 of 4,097 by engines.
    """
    before = weighted_length(pair.source)
    if _DENSE.search(pair.source + pair.target):  # Latin names among characters that weigh threefold
        return ""
    if before < MIN_MEASURED_CHARS or pair.source == pair.target or implausible_length(pair):
        return ""
    relative = relative_length(pair.source, pair.target, growth_of(pair.source_language, pair.language))
    if relative < (SHORT if before >= MIN_MEASURED_WELL else SHORT_LINE):
        return f"{relative:.0%} of the usual length: was a clause lost?"
    more = relative > LONG_WITH_A_SENTENCE and _sentences(pair.target) > _sentences(pair.source)
    return f"{relative:.0%} of the usual length: was a clause added?" if relative > LONG or more else ""


def lost_items(pair: Compared) -> str:
    """Say that an enumeration lost some of its items.

    Found 129 of 150 planted, false 10 of 7,884 translations by people. A sentence that ends in ", respectively" is no
    list, and of three parts with an "and" one may be how a sentence begins.
    """
    source, target = pair.source, pair.target
    commas = len(_COMMA.findall(source))
    if not pair.source_language or commas < MIN_PARTS - 2 or _SENTENCES.search(source) or _SENTENCES.search(target):
        return ""
    parts = split_parts(source, pair.source_language)
    if len(parts) < MIN_PARTS or max(len(part.split()) for part in parts[1:-1]) > MAX_PART_WORDS:
        return ""
    # Without its words for "and" known, a target seems to have one part less.
    left = len(split_parts(target, pair.language)) + (not knowledge(pair.language).table("lists"))
    lost = len(parts) - left
    if lost <= 0:
        return ""
    conjunctions = [any(map(str.isalnum, each[0])) for each in _separator(pair.source_language).finditer(source)]
    if any(conjunctions) and not conjunctions[-1] and len(parts[-1].split()) == 1:  # "180 and 225, respectively"
        return ""
    mostly = len(parts) >= LONG_LIST and lost > len(parts) / 2
    kept = len(_COMMA.findall(target)) >= commas and len(parts) > commas + 2
    few = SHARE_OF_FEW if any(conjunctions) else SHARE_OF_THREE
    share = SHARE_OF_AN_AND if kept else few if len(parts) == MIN_PARTS else SHARE_THAT_COUNTS
    growth = growth_of(pair.source_language, pair.language)
    short = relative_length(source, target, growth) <= 1 - share * lost / len(parts)
    return f"{left} of {len(parts)} parts are left" if short or mostly else ""


def looping_phrase(pair: Compared) -> str:
    """Return the words that the target repeats in a row more often than the source does.

    Found 390 of 390 planted, false 0 of 7,884; 13 targets of real postings were refused for it.
    """
    loops = [*_word_loops(pair.target), *_letter_loops(pair.target)]
    if not loops:
        return ""
    allowed = sorted((loop.times for loop in (*_word_loops(pair.source), *_letter_loops(pair.source))), reverse=True)
    for loop in sorted(loops, key=lambda loop: -loop.times):
        if not allowed or allowed.pop(0) < loop.times:
            return loop.phrase
    return ""


def doubled_words(pair: Compared) -> str:
    """Return the words that stand twice in a row in the target only.

    Found 380 of 390 planted, false 6 of 7,884 translations by people.
    """
    found = _doubled(pair.target)
    return ", ".join(found) if found and not _doubled(pair.source) else ""


def growth_of(source: str, target: str) -> float:
    """Return how much longer than a text of language `source` its translation into `target` is on average.

    >>> growth_of("en", "fr"), growth_of("en", "xx")
    (1.22, 1.0)
    """
    return _weight(target) / _weight(source) if source else 1.0


@cache
def _weight(language: str) -> float:
    return float(knowledge(language).table("writing").get("weight", 1))


@lru_cache(maxsize=_KEPT)
def _length_of_a_form(target: str) -> int:
    """Return the length of a target, of the shortest form of one that names both genders of an occupation.

    >>> _length_of_a_form("Empregado de mesa/Empregada de mesa")
    17
    """
    if "/" not in target or len(target) > MAX_LABEL_CHARS:
        return weighted_length(target)
    return min(weighted_length(form) for form in gender_forms(target))


@lru_cache(maxsize=_KEPT)  # the locales of a project have the same sources, and several checks ask
def weighted_length(text: str) -> int:
    """Count the characters of a text without its tags, those of dense scripts threefold."""
    bare = (strip_markup(text) if "<" in text else text).strip()
    return len(bare) if bare.isascii() else count_chars(bare)


def relative_length(source: str, target: str, growth: float = 1.0) -> float:
    """Return how long a target is for its source, 1.0 being the average of its pair."""
    return weighted_length(target) / (weighted_length(source) * growth or 1)


def _spelled_out(source: str, target: str) -> int:
    """Return how many characters a target may have for the acronyms of its source that it does not have."""
    gone = [acronym for acronym in _ACRONYM.findall(source) if acronym not in target]
    if source.isupper():
        gone = [acronym for acronym in gone if len(acronym) <= MAX_LOUD_CHARS]
    return len(gone) * SPELLED_OUT_CHARS


def _sentences(text: str) -> int:
    return len(_SENTENCE_END.findall(text)) + 1


def split_parts(text: str, language: str) -> list[str]:
    """Cut a text at commas, semicolons, and the language's words for "and" and "or" that part something.

    >>> split_parts("plan routes, order parts, and now and then train drivers", "en")
    ['plan routes', 'order parts', 'now and then train drivers']
    """
    idioms = _idioms(language)
    joined = idioms.sub(lambda match: match[0].replace(" ", _JOINER), text) if idioms else text
    parts = _separator(language).split(joined)
    return [part.replace(_JOINER, " ").strip() for part in parts if part and part.strip(" .:()")]


@cache
def _separator(language: str) -> re.Pattern[str]:
    """Return what parts items: a mark, perhaps with a word for "and" behind, or such a word alone."""
    known = knowledge(language)
    words = known.listed("lists", "parting")
    pattern = rf"\b(?:{'|'.join(words)})\b" if words else known.table("lists").get("parting_pattern", "")
    conjunction = "|".join(filter(None, (pattern, _AMPERSAND)))
    return re.compile(rf"{_MARK}(?:\s*(?:{conjunction}))?|{conjunction}")


@cache
def _idioms(language: str) -> re.Pattern[str] | None:
    known = knowledge(language).listed("lists", "idioms")
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b", re.IGNORECASE) if known else None


@cache
def _usual_pairs() -> frozenset[str]:
    return frozenset(knowledge(ANY).listed("lists", "doubled"))


class Loop(NamedTuple):
    """What is repeated, and how often it stands in a row."""

    phrase: str
    times: int


def _doubled(text: str) -> list[str]:
    words = _words(text)
    pairs = (word for word, following in pairwise(words) if word == following)
    return [word for word in dict.fromkeys(pairs) if not word.isdecimal() and word not in _usual_pairs()]


def _word_loops(text: str) -> Iterator[Loop]:
    """Yield every phrase that follows itself at once."""
    words = _words(text)
    if len(set(words)) == len(words):
        return
    places: dict[str, list[int]] = defaultdict(list)
    end = 0
    for position, word in enumerate(words):
        for before in places[word]:
            length, behind = position - before, 2 * position - before
            if before < end or behind > len(words) or words[position - 1] != words[behind - 1]:
                continue
            if words[before:position] == words[position:behind]:
                times = _times(words, before, length)
                spoken = [word for word in words[before:position] if word[0].isalnum()]
                if times >= (_RUNS_OF_A_PHRASE if len(spoken) > 1 else _RUNS_OF_A_WORD) and spoken:
                    yield Loop(" ".join(spoken), times)
                    end = before + times * length
        places[word].append(position)


def _times(words: tuple[str, ...], start: int, length: int) -> int:
    times = 1
    while words[start : start + length] == words[start + times * length : start + (times + 1) * length]:
        times += 1
    return times


def _letter_loops(text: str) -> Iterator[Loop]:
    for stutter in filter(None, map(_stutter, _words(text))):
        yield Loop(stutter, _RUNS_OF_A_WORD)
    if _DENSE.search(text) and (match := _DENSE_LOOP.search(text)):
        yield Loop(match[1] or match[2] or match[3], _RUNS_OF_A_WORD if match[1] else _RUNS_OF_A_PHRASE)


@lru_cache(maxsize=65536)  # the words of a language come again and again
def _stutter(word: str) -> str:
    """Return what stands several times in a row in a word, "" if nothing does."""
    # Three times the same letters leave few different ones; the search itself is slow.
    match = _STUTTER.search(word) if len(word) >= _MIN_STUTTER and len(set(word)) * 3 <= len(word) * 2 else None
    return match[1] or match[2] if match else ""


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    """Return the words and marks of a text; several checks ask for those of one text in a row."""
    bare = strip_markup(text) if "<" in text else text
    return tuple(_LOOP_WORD.findall(bare.casefold())[:_MAX_LOOP_WORDS])


def unread_length(pair: Compared) -> str:
    """Say that source or target is longer than a segment may be, so that no other check compares them."""
    longest = max(len(pair.source), len(pair.target))
    if longest <= MAX_SEGMENT_CHARS:
        return ""
    return f"not compared: {longest} characters, {MAX_SEGMENT_CHARS} are the limit"


CHECKS = (
    Check(
        id=TOO_LONG,
        severity=Severity.ERROR,
        remedy="compare it yourself, or cut the text into paragraphs in its posting",
        find=unread_length,
        any_length=True,
    ),
    Check(
        id="empty",
        severity=Severity.ERROR,
        remedy="write a target",
        find=emptied,
        any_length=True,
        promised=True,
        refused=True,
    ),
    Check(
        id="length",
        severity=Severity.ERROR,
        remedy="compare the ends of source and target: was something lost or added?",
        find=implausible_length,
        any_length=True,
        refused=True,
    ),
    Check(
        id="clauses",
        severity=Severity.WARNING,
        remedy="compare the parts of the sentence: was one lost or added?",
        find=changed_clauses,
    ),
    Check(
        id="items",
        severity=Severity.ERROR,
        remedy="add the missing part of the list",
        find=lost_items,
    ),
    Check(
        id="repetition",
        severity=Severity.ERROR,
        remedy="take the repetition out, or translate the sentence anew",
        find=looping_phrase,
        refused=True,
    ),
    Check(
        id="doubled_words",
        severity=Severity.WARNING,
        remedy="take one of the words out",
        find=doubled_words,
    ),
)
