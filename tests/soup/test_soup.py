"""No text ends a run: what the program itself knows is put together at random, and every function is asked about it.

The same texts each time; `make fuzz` asks 200 times as many, in all languages.
"""

import random

import pytest
from babel import Locale

from pipeline.language.knowledge import languages
from tests.projects import CHECKOUT
from tests.soup.functions import Soup, text_functions
from tests.soup.laws import LAWS
from tests.soup.pieces import LONGEST, patterns, text_matching, words
from tests.soup.postings import posting_of_any_record_is_published_or_refused
from tests.soup.texts import Texts
from tests.tools import LONG

ROUNDS = 400 if LONG else 2
TEXTS = 6_000 if LONG else 30
SENTENCES = tuple(
    line
    for path in sorted((CHECKOUT / "samples").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.strip()
)
LOCALES = tuple(
    map(Locale.parse, ("en", "pt_BR", "de", "fr", "es", "ar", "he", "ja", "zh_Hant", "ru", "hi", "th", "tr"))
)
FUNCTIONS = tuple(text_functions())


def soup_of(seed: str) -> Soup:
    return Soup(
        chance=random.Random(seed),  # noqa: S311  the same at each run
        texts=Texts(SENTENCES),
        languages=languages() if LONG else ("en", "pt"),
        locales=LOCALES,
    )


def test_every_function_takes_every_text_or_names_what_it_raises() -> None:
    soup = soup_of("functions")
    faults = [fault for _ in range(ROUNDS) for each in FUNCTIONS if (fault := each.fault(soup))]
    assert faults == []


@pytest.mark.parametrize("law", LAWS)
def test_law_holds_of_every_text(law: str) -> None:
    soup = soup_of(law)
    for _ in range(TEXTS):
        LAWS[law](soup)


def test_posting_of_any_record_is_published_or_refused() -> None:
    soup = soup_of("postings")
    for _ in range(TEXTS // 2):
        posting_of_any_record_is_published_or_refused(soup)


def test_pieces_are_what_the_program_has_rules_for() -> None:
    chance = random.Random(1)  # noqa: S311  the same at each run
    drawn = [(pattern, text_matching(pattern, chance)) for pattern in patterns()]
    found = sum(bool(pattern.search(text)) for pattern, text in drawn)
    assert len(drawn) > 400
    assert found > 0.8 * len(drawn)
    assert all(len(text) <= LONGEST for text in words())
    assert {"Requirements", "Anforderungen", "R$", "twenty"} <= set(words())


def test_functions_are_found_by_their_signature() -> None:
    names = {function.name for function in FUNCTIONS}
    assert len(names) > 400
    assert {"checks.names.lost_names", "language.gender_forms.gender_forms"} <= names
