"""Titles in the catalogs: said by their words where all are known, else the known parts are put in for the engine."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale

from pipeline.config import Settings
from pipeline.model.segment import UnitKey
from pipeline.translation.protection import Replacement
from pipeline.workflow.titles import Titles
from tests.projects import CONFIG, polypost, write_tree

EN, PT = Locale("en"), Locale("pt", "BR")
POSTING = "Language: en\nTitle: {}\nLocation: Porto, PT\n\nWe look after forty patients.\n"


@pytest.fixture
def titles() -> Titles:
    return Titles(Settings(root=Path()), proper=("Everwise",))


def test_only_titles_are_said(titles: Titles) -> None:
    assert titles.target(UnitKey("title", "Nurse"), EN, PT) == "Enfermeiro(a)"
    assert titles.target(UnitKey("title|acme-1", "Nurse, Everwise"), EN, PT) == "Enfermeiro(a), Everwise"
    assert titles.target(UnitKey("requirements", "Nurse"), EN, PT) == ""


def test_known_parts_of_a_title_are_put_in_for_an_engine(titles: Titles) -> None:
    found = titles.known_parts("Nurse, whispering", "title", EN, PT)
    assert found == (Replacement(start=0, stop=5, text="Enfermeiro(a)"),)
    assert titles.known_parts("Nurse, whispering", "offer", EN, PT) == ()
    assert titles.known_parts("Enfermeiro(a), sussurros", "title", PT, EN) == ()


def test_a_title_of_known_words_needs_no_engine_and_is_to_be_reviewed(tmp_path: Path) -> None:
    # No engine that is configured translates into French.
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/nurse.txt": POSTING.format("Senior data engineer")})
    polypost(tmp_path, "catalogs", "update")
    catalog = (tmp_path / "locales/fr/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")
    entry = catalog.partition('msgctxt "title"')
    assert entry[2].startswith('\nmsgid "Senior data engineer"\nmsgstr "Ingénieur(e) de données senior"\n')
    assert "#. engine: titles " in entry[0]
    assert entry[0].rstrip().endswith("#, fuzzy")


def test_a_line_of_a_text_that_repeats_a_title_is_said_as_the_title(tmp_path: Path) -> None:
    text = POSTING.format("Senior data engineer") + "\nSenior data engineer\n"
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/nurse.txt": text})
    polypost(tmp_path, "catalogs", "update")
    entries = (tmp_path / "locales/fr/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8").split("\n\n")
    said = [entry for entry in entries if 'msgstr "Ingénieur(e) de données senior"' in entry]
    assert sorted(entry.partition('msgctxt "')[2].partition('"')[0] for entry in said) == ["description", "title"]
    assert all("#. engine: titles " in entry for entry in said)


SEARCHED = """
import sys
import subprocess
import sys
from pathlib import Path
from babel import Locale
from pipeline.config import Settings
from pipeline.storage.derived import open_derived
from pipeline.terminology.titles.search import _index
from pipeline.workflow.titles import Titles
with open_derived(Path(sys.argv[1], "titles.sqlite3"), program="") as kept:
    found = Titles(Settings(root=Path()), kept=kept).say("OPERADORES DE GRÚA TORRE", Locale("es"), Locale("de"))
print(found and found.target, _index.cache_info().currsize > 0)
"""


def test_occupation_of_a_title_is_searched_once(tmp_path: Path) -> None:
    run = [sys.executable, "-c", SEARCHED, str(tmp_path)]
    first, again = (subprocess.run(run, capture_output=True, text=True, check=True).stdout.split() for _ in range(2))
    assert first[-1] == "True"
    assert again == [*first[:-1], "False"]
