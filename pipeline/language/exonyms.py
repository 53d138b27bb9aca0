"""Finds what two languages call the same place, language, month or day of the week: Helsinki is Helsinque.

The names are those of CLDR: countries and parts of the world, languages, cities that a time zone is named by, the
calendar. One beside another capital is part of a name that nobody translates: Rede Américas, Bank Austria.

>>> sorted(words_for_same("países da América Latina", "countries in Latin America", "pt", "en"))
['america', 'latin']
>>> words_for_same("Só a Rede Américas tem", "Only the Americas Network has", "pt", "en")
frozenset()
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.language.calendar_words import calendar_words
from pipeline.language.lexicon import locale_of
from pipeline.language.typography import cities
from pipeline.language.words import Phrases, Word, words_of


class _Named(NamedTuple):
    """What a text names, in a form that no language has, and the first of its words and that behind them."""

    meaning: str
    first: int
    stop: int


def words_for_same(source: str, target: str, language: str, own: str) -> frozenset[str]:
    """Return the words of a target, in small letters, that name what the source names in its language."""
    before = {each.meaning for each in _named(source, language) if not _is_beside_capital(source, each)}
    words = words_of(target).ordered
    found = [words[each.first : each.stop] for each in _named(target, own) if each.meaning in before]
    return frozenset(word for each in found for word in each)


def _named(text: str, language: str) -> Iterator[_Named]:
    words, calendar = words_of(text), calendar_words(language)
    yield from (_Named(f"name {each.meaning}", each.first, each.stop) for each in _names(language).all(words))
    yield from (_Named(f"month {each.meaning}", each.first, each.stop) for each in calendar.months.all(words))
    yield from (_Named(f"day {each.meaning[0]}", each.first, each.stop) for each in calendar.weekdays.all(words))


def _is_beside_capital(text: str, named: _Named) -> bool:
    """Tell whether a word with a capital stands right before or behind a name; the first of a text has one anyway."""
    words, first, stop = words_of(text), named.first, named.stop
    before = (
        first > 1 and text[words[first - 1].end : words[first].start] == " " and _is_capital(text, words[first - 1])
    )
    return before or (
        stop < len(words) and text[words[stop - 1].end : words[stop].start] == " " and _is_capital(text, words[stop])
    )


def _is_capital(text: str, word: Word) -> bool:
    return text[word.start].isupper()


@cache
def _names(language: str) -> Phrases[str]:
    """Return what a language calls places and languages, by their codes; a city called as its country is that."""
    locale = locale_of(language)
    tables = (locale.territories, cities(locale), locale.languages) if locale else ()
    return Phrases((name, code) for table in tables for code, name in sorted(table.items()))
