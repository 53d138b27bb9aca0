"""A posting through a pivot: English to Portuguese by one engine, Portuguese to Spanish by another, for real."""

import json
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, CONFIG, polypost, write_tree

PACKAGE = CHECKOUT / "tests/fixtures/argos/translate-pt_es-0_1.argosmodel"
POSTING = """\
Title: Nurse
Language: en

Requirements:
Two years of experience
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    config = CONFIG.replace('["en", "pt_BR", "fr"]', '["en", "pt_BR", "es"]').replace(
        '["bergamot"]', '["argos", "bergamot"]'
    )
    return write_tree(tmp_path, {"polypost.toml": config, "postings/nurse.txt": POSTING})


def models(project: Path) -> dict[str, str]:
    return {"POLYPOST_MODELS_DIR": str(project / "models")}


def test_pivot_route_is_taken_and_named_in_the_catalog(project: Path) -> None:
    assert polypost(project, "models", "install", "--from", str(PACKAGE), **models(project)).returncode == 0
    told = json.loads(polypost(project, "engines", "--json", **models(project)).stdout)
    assert told["installed"] == ["argos", "bergamot"]
    assert {"pair": "en→es", "engine": "bergamot+argos", "route": "en→pt→es", "rank": 36, "others": []} in told["pairs"]
    assert polypost(project, "build", **models(project)).returncode == 0
    catalog = (project / "locales/es/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")
    assert "#. engine: bergamot+argos 1693087644+0.1/r3 en→pt→es " in catalog
    again = polypost(project, "translate", "--json", **models(project))
    assert json.loads(again.stdout) == {}


def test_engine_that_is_asked_for_and_missing_ends_with_three_and_the_command_that_supplies_it(project: Path) -> None:
    done = polypost(project, "translate", "--engine", "argos", **models(project))
    assert (done.returncode, "polypost models install en fr" in done.stderr) == (3, True)


def test_configured_engine_that_is_missing_is_passed_over(project: Path) -> None:
    done = polypost(project, "build", **models(project))
    assert done.returncode == 0
    assert "not installed and passed over: argos (see polypost engines)" in done.stderr


def test_engines_names_the_command_for_each_locale_without_a_route(project: Path) -> None:
    assert polypost(project, "catalogs", "update", **models(project)).returncode == 0
    told = json.loads(polypost(project, "engines", "--json", **models(project)).stdout)
    (missing,) = told["unreached"]
    assert (missing["from"], missing["locale"]) == ("en", "es")
    assert missing["remedy"] == "polypost models install en es"
