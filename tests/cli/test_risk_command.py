"""`polypost risk`: translations in, the same with their risk out."""

import json
from pathlib import Path

import pytest

from tests.projects import polypost

GOOD = {"source": "We bake bread.", "target": "Assamos pão.", "source_locale": "en", "locale": "pt-BR"}
BAD = {**GOOD, "target": "Nós bake o chumbo pesado da noite inteira.", "note": "mine"}
ASKS = '[project]\nlocales = ["pt_BR"]\n[translate]\nengines = ["bergamot"]\nround_trip = true\n'


def lines(*translations: dict[str, str]) -> str:
    return "".join(f"{json.dumps(each)}\n\n" for each in translations)


def test_lines_come_back_with_their_risk_and_its_features(tmp_path: Path) -> None:
    (tmp_path / "polypost.toml").write_text(ASKS, encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text(lines(GOOD, BAD), encoding="utf-8")
    run = polypost(tmp_path, "risk", "--json", "lines.jsonl")
    good, bad = map(json.loads, run.stdout.splitlines())
    assert [*good] == [*GOOD, "risk", "features"]
    assert bad["note"] == "mine"
    assert good["features"]["unreturned"] == good["features"]["others"] == 0
    assert bad["features"]["unreturned"] > 0
    assert 0 <= good["risk"] < bad["risk"] <= 100
    assert polypost(tmp_path, "risk", "lines.jsonl").stdout.splitlines() == [
        f"{each['risk']:3}  {each['source']} → {each['target']}" for each in (good, bad)
    ]


def test_without_a_round_trip_no_engine_is_asked(tmp_path: Path) -> None:
    (tmp_path / "polypost.toml").write_text(ASKS.replace("true", "false"), encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text(lines(GOOD), encoding="utf-8")
    found = json.loads(polypost(tmp_path, "risk", "--json", "lines.jsonl").stdout)
    assert found["features"]["others"] is found["features"]["unreturned"] is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1 is no JSON object: "),
        ("[]", "line 1 is no JSON object"),
        ('{"source": "a"}', "line 1: target has to be a text; a line has source, target, source_locale, locale"),
        (json.dumps({**GOOD, "locale": "??"}), "??"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "lines.jsonl").write_text(line, encoding="utf-8")
    run = polypost(tmp_path, "risk", "lines.jsonl")
    assert run.returncode == 2
    assert message in run.stderr
