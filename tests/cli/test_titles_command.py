"""`polypost titles`: lines in, one JSON object a line out."""

import json
from pathlib import Path

import pytest

from tests.projects import polypost

LINES = "Senior Backend Engineer\n\nKöchinnen\nQwx zzj\n"


def test_lines_become_json_lines_with_concept_target_and_candidates(tmp_path: Path) -> None:
    (tmp_path / "titles.txt").write_text(LINES, encoding="utf-8")
    run = polypost(tmp_path, "titles", "--to", "pt-BR", "--json", "--top", "2", "titles.txt")
    first, second, third = map(json.loads, run.stdout.splitlines())
    assert (first["query"], first["language"], first["target"], first["used"]) == (
        "Senior Backend Engineer",
        "en",
        "Engenheiro(a) de backend sênior",
        True,
    )
    assert [*second] == ["query", "language", "concept", "score", "target", "used", "candidates"]
    assert second["language"] == "de"
    assert second["concept"] == second["candidates"][0]["concept"]
    assert len(second["candidates"]) == 2
    assert third["used"] is False


def test_without_json_a_line_tells_what_is_used_and_what_suggested(tmp_path: Path) -> None:
    (tmp_path / "titles.txt").write_text("Nurse (m/f/d)\nKnitwear ninja\n", encoding="utf-8")
    run = polypost(tmp_path, "titles", "--to", "de", "--from", "en", "titles.txt")
    assert run.stdout.splitlines()[0] == "used       Nurse (m/f/d) → Pflegefachkraft (m/w/d)"
    assert not run.stdout.splitlines()[1].startswith("used")


def test_the_gender_form_of_the_project_is_used(tmp_path: Path) -> None:
    config = '[project]\nlocales = ["pt_BR"]\n[translate.locales.pt_BR]\ngender = "feminine"\n'
    (tmp_path / "polypost.toml").write_text(config, encoding="utf-8")
    (tmp_path / "titles.txt").write_text("Data engineer\n", encoding="utf-8")
    run = polypost(tmp_path, "titles", "--to", "pt-BR", "--from", "en", "titles.txt")
    assert run.stdout == "used       Data engineer → Engenheira de dados\n"


@pytest.mark.parametrize(
    ("gender", "noted"), [("masculine", True), ("feminine", True), ("paired", False), ("neutral", False)]
)
def test_titles_in_one_gender_alone_are_warned_of(tmp_path: Path, gender: str, *, noted: bool) -> None:
    config = f'[project]\nlocales = ["pt_BR"]\n[translate.locales.pt_BR]\ngender = "{gender}"\n'
    (tmp_path / "polypost.toml").write_text(config, encoding="utf-8")
    (tmp_path / "titles.txt").write_text("Data engineer\n", encoding="utf-8")
    run = polypost(tmp_path, "titles", "--to", "pt-BR", "--from", "en", "titles.txt")
    assert (f"note: titles in pt_BR name {gender} forms alone" in run.stderr) is noted


def test_a_name_whose_occupation_is_in_doubt_is_suggested(tmp_path: Path) -> None:
    (tmp_path / "titles.txt").write_text("Laborleiter\nOPERADORES DE GRÚA TORRE\n", encoding="utf-8")
    run = polypost(tmp_path, "titles", "--to", "en", "--from", "de", "titles.txt")
    assert run.stdout.splitlines()[0] == "suggested  Laborleiter → Laboratory Leader"
    run = polypost(tmp_path, "titles", "--to", "en", "--from", "es", "titles.txt")
    assert run.stdout.splitlines()[1] == "used       OPERADORES DE GRÚA TORRE → Tower Crane Operator"
