"""Targets are written in the words of their country."""

import re
from pathlib import Path

import pytest

from pipeline.language import regional_words
from pipeline.language.regional_words import reworded

FILES = sorted(Path(regional_words.__file__).with_name("regional").glob("*.tsv"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A nossa equipa cresce", "A nossa equipe cresce"),
        ("EQUIPAS", "EQUIPES"),
        ("Contacte-nos hoje", "Entre em contato conosco hoje"),
        ("a carta de condução", "a carteira de motorista"),
        ("equipamento, micro-equipa", "equipamento, micro-equipa"),
    ],
)
def test_word_of_another_country_is_said_in_that_of_the_locale(text: str, wanted: str) -> None:
    assert reworded(text, "pt_BR") == wanted


@pytest.mark.parametrize("locale", ["pt_PT", "pt", "de", "../regional/pt_BR"])
def test_locale_without_a_list_keeps_its_words(locale: str) -> None:
    assert reworded("Equipa", locale) == "Equipa"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_list_is_sorted_and_no_wording_is_reworded_again(file: Path) -> None:
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    assert header == "written\twording"
    assert lines == sorted(set(lines))
    assert all(re.fullmatch(r"[^\t]+\t[^\t]+", line) for line in lines)
    wordings = [line.split("\t")[1] for line in lines]
    assert [reworded(wording, file.stem) for wording in wordings] == wordings
