"""A weekday stays the same day: by name in both languages, by the ordinals of Portuguese, singly or in a range."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.checks.comparing import told
from pipeline.checks.weekday_names import DENSE, Trust, names_of, pattern_of, spelled

# These write a weekday with a capital: "so" is no Sunday and "sat" no Saturday.
_CAPITALIZING: Final = frozenset({"de", "en"})
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ALL: Final = frozenset(range(len(_DAYS)))
_WORKING_DAYS: Final = frozenset(range(5))
_WEEKEND_DAYS: Final = frozenset({5, 6})
_SUNDAY = 6


# Words for several days, or of one that is no name.
_WORKING = re.compile(
    r"week-?days?|(?:working|business) days?|dias (?:úteis|de semana)|durante a semana|entre ?semana"
    r"|días (?:laborables|hábiles)|en semaine|jours ouvr\w+|werk(?:en)?tag\w*|wochentag\w*|unter der woche"
    r"|giorni (?:feriali|lavorativi)|in settimana|doordeweeks|werkdagen|vardag\w*|hverdag\w*|ukedag\w*"
    r"|dies (?:feiners|laborables)|ايام (?:الاسبوع|العمل)|平日|工作日|평일"
)
_WEEKEND = re.compile(
    r"week-?ends?|weekeind\w*|wochenend\w*|fi(?:m|ns|n|nes|nais) de semana|caps? de setmana|fine settimana|helg\w*"
    r"|نهاية الاسبوع|週末|周末|土日|주말"
)
_OF_SUNDAY = re.compile(r"\bdomin?ical\w*|\bdomenical\w*|\bdominicai\w*|\bsonntäg\w*")
_SEVERAL: Final = ((_WORKING_DAYS, _WORKING), (_WEEKEND_DAYS, _WEEKEND), (frozenset({_SUNDAY}), _OF_SUNDAY))
# Nothing but this stands between two days that are named together; the first is the way from one to the other.
_ARTICLE = r"(?:(?:à|a|ao|o|às|aos|as|os|el|le|il|la|los|les|den|am|on|ال)\s)?"
_RANGE = re.compile(
    r"[.)]?(?:\s?[-–—~〜]\s?|\s(?:to|till|until|through|thru|a|à|às|ao|aos|até|hasta|al|au|bis|t/m|tot|til|fins a)\s"
    rf"{_ARTICLE}|\s?(?:から|至|到|부터)\s?|\s(?:حتي|حتى|الي|إلى|الى)\s)"
)
_LIST = re.compile(
    r"[.)]?(?:\s?[,/&+、・،]\s?(?:(?:and|or|e|y|et|und|ou|o)\s)?|\s(?:and|or|e|ou|y|o|et|i|und|oder|en|of|och|og)\s)"
    rf"{_ARTICLE}|\s?و"
)
# Spanish timetables write L-V.
_LETTERS = "lmxjvsd"
_LETTER_RANGE: Final = re.compile(rf"(?<!\w)([{_LETTERS}])\s?(?:[-–]|a)\s?([{_LETTERS}])(?!\w)")
# An abbreviation stands before a mark, a figure or nothing; an ordinal of Portuguese, before no noun.
_MARK_BEHIND = re.compile(r"\s?(?:[^\w\s]|\d|$)")
_NO_NOUN_BEHIND = re.compile(
    r"\s?(?:[^\w\s]|\d|$|(?:das?|dos?|de|entre|com|em|nos?|nas?|e|ou|a|à|às|até|para|por|durante|feiras?)(?!\w))"
)
# "Black Friday" is no Friday, nor is "Santo Domingo" a Sunday.
_NAMED = re.compile(r"(?<!\w)[^\W\d_a-z]\w+ (\w+)")
_CJK = re.compile("[\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word of a text that may be a weekday, 0 for Monday, and how it hangs together with the one before."""

    start: int
    end: int
    day: int
    trust: Trust
    link: str = ""


def changed_weekdays(source: str, target: str, languages: tuple[str, str]) -> str:
    """Name the weekdays that are surely in one text and not in the other, or "" if they agree.

    >>> changed_weekdays("Tue-Sat", "Ter-Sat", ("en", "pt")), changed_weekdays("De 2.ª a 6.ª", "Mon–Fri", ("pt", "en"))
    ('missing Saturday', '')
    """
    before = spelled(source)
    words = _words(source, before, languages[0])
    if not words:
        return ""
    after = spelled(target)
    others = _words(target, after, languages[1])
    kept = _names_kept(source, target, words)
    named, covered = _sure_days(before, words, languages[0]) - kept, _covered(before, words, languages[0])
    if covered == _ALL and not others:  # "every day"
        return ""
    missing = named - _covered(after, others, languages[1])
    added = _sure_days(after, others, languages[1]) - covered if named else frozenset()
    return told(_as_names(missing), _as_names(added))


def _as_names(days: Iterable[int]) -> Counter[str]:
    return Counter(_DAYS[day] for day in days)


def _names_kept(source: str, target: str, words: Sequence[_Word]) -> frozenset[int]:
    """Return the days that are part of a name which the target has too."""
    starts = {word.start: word.day for word in words}
    kept = (match for match in _NAMED.finditer(source) if match[0] in target and match.start(1) in starts)
    return frozenset(starts[match.start(1)] for match in kept)


def _words(original: str, text: str, language: str) -> list[_Word]:
    found: list[_Word] = []
    names = names_of(language)
    for match in pattern_of(language).finditer(text):
        day, trust = names[match["name"] or match["inner"]]
        if (
            trust is Trust.SHORT
            and language in _CAPITALIZING
            and not original[match.start() : match.start() + 1].isupper()
        ):
            continue
        gap = text[found[-1].end : match.start()] if found else None
        link = "" if gap is None else "range" if _RANGE.fullmatch(gap) else "list" if _LIST.fullmatch(gap) else ""
        found.append(_Word(start=match.start(), end=match.end(), day=day, trust=trust, link=link))
    return found


def _sure_days(text: str, words: Sequence[_Word], language: str) -> frozenset[int]:
    sure = _sure(text, words, language)
    return frozenset(word.day for word, is_sure in zip(words, sure, strict=True) if is_sure)


def _sure(text: str, words: Sequence[_Word], language: str) -> list[bool]:
    """Tell of each word whether it is a weekday: by its name, or named together with another day."""
    together = [False] * len(words)
    for position, (one, other) in enumerate(pairwise(words)):
        if other.link and one.day != other.day and _is_joint(text, one, other, language):
            together[position] = together[position + 1] = True
    return [word.trust is Trust.NAME or joint for word, joint in zip(words, together, strict=True)]


def _is_joint(text: str, one: _Word, other: _Word, language: str) -> bool:
    if language in DENSE:  # where every name of a day is a word: the moon, fire, water
        around = text[max(one.start - 1, 0) : one.start] + text[other.end : other.end + 1]
        return other.link == "range" and not _CJK.search(around)
    if Trust.LOOSE in (one.trust, other.trust):
        return Trust.NAME in (one.trust, other.trust) or _ends_group(text, other, language)
    return True


def _ends_group(text: str, word: _Word, language: str) -> bool:
    """Tell whether no noun follows, of which the words would be ordinals, be it behind one more of them."""
    if _NO_NOUN_BEHIND.match(text, word.end):
        following = pattern_of(language).match(text, word.end + 3)
        return following is None or _NO_NOUN_BEHIND.match(text, following.end()) is not None
    return False


def _covered(text: str, words: Sequence[_Word], language: str) -> frozenset[int]:
    """Return every day that a text may name, and those between the ends of a range."""
    days = {
        word.day
        for position, word in enumerate(words)
        if word.trust > Trust.SHORT
        or language in DENSE
        or word.link
        or (position + 1 < len(words) and words[position + 1].link)
        or _MARK_BEHIND.match(text, word.end)
    }
    for one, other in pairwise(words):
        if other.link == "range":
            days |= _from_to(one.day, other.day)
    for several, pattern in _SEVERAL:
        if pattern.search(text):
            days |= several
    if language == "es":
        for first, last in _LETTER_RANGE.findall(text):
            days |= _from_to(_LETTERS.index(first), _LETTERS.index(last))
    return frozenset(days)


def _from_to(first: int, last: int) -> set[int]:
    return {(first + step) % len(_DAYS) for step in range((last - first) % len(_DAYS) + 1)}
