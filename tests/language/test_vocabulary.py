"""Words that a language has: the bundled lists, what is read of a text, and how the lists are packed."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.vocabulary import FOLDER, Vocabulary, has_vocabulary, is_known, unknown_words
from tests.make.vocabularies import SOURCES, pack

MAX_BYTES = 15_000_000
WORDS = st.text("abcdéxyzß", min_size=1, max_size=6)


@given(st.sets(WORDS), st.sets(WORDS))
def test_packed_words_are_known_and_no_others(words: set[str], others: set[str]) -> None:
    packed = Vocabulary(pack(words))
    assert {word for word in words | others if word in packed} == words
    assert "" not in packed


@pytest.mark.parametrize(
    ("language", "known", "unknown"),
    [
        ("pt", "equipe equipa contacto acção óptimo conseguirão homologações microcrédito", "inimido acumprio"),
        ("en", "colour color backends scalable lifecycle prioritizations reorganizes", "foodation vivence dayche"),
        ("fr", "connaitre connaître développeuses hyperactif", "sauveguarde poyurvoir"),
        ("es", "trabajarías equipos búsquedas autocompletar", "restultados achivo"),
        ("nl", "verwijderen wachtwoordcontrole werkzaamheden", "wetenschapelijke resultatan"),
    ],
)
def test_forms_compounds_and_older_spellings_are_known(language: str, known: str, unknown: str) -> None:
    assert [word for word in f"{known} {unknown}".split() if not is_known(word, language)] == unknown.split()


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Falar com a Zyxwvuts sobre zyxwvuts", ("zyxwvuts",)),
        ("Zyxwvuts é uma padaria", ("zyxwvuts",)),
        ("Zyxwvuts Padaria", ()),
        ("não-Zyxwvuts, pré-zyxwvutsa", ("zyxwvuts", "zyxwvutsa")),
        ("ver zyxwvuts.example, @zyxwvuts e /zyxwvuts", ()),
        ("um zyxw e um ZYXWVUTS", ()),
        ("aplicac\u0327a\u0303o", ()),
    ],
)
def test_names_addresses_and_short_words_are_not_asked_for(text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_words(text, "pt") == unknown


def test_language_without_a_list_has_no_unknown_words() -> None:
    assert (has_vocabulary("xh"), unknown_words("zyxwvuts", "xh")) == (False, ())


def test_lists_are_small_and_named_with_their_licences() -> None:
    lists = {path.stem: path for path in FOLDER.glob("*.xz")}
    attribution = (FOLDER / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert lists.keys() == SOURCES.keys()
    assert sum(path.stat().st_size for path in lists.values()) <= MAX_BYTES
    assert all(f"`{path.name}`" in attribution for path in (*lists.values(), *Path(FOLDER / "licences").iterdir()))


def test_long_text_of_unknown_words_takes_no_time() -> None:
    words = " ".join(f"zyx{'abcdefghij' * 3}{'klmnopqr'[number % 8]}" for number in range(20_000))
    started = time.process_time()
    for text in (words, "a" * 200_000, "a-" * 100_000):
        unknown_words(text, "nl")
    assert time.process_time() - started < 5
