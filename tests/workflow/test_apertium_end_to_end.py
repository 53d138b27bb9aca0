"""A Spanish posting into Portuguese and Catalan by Apertium, in a build as a user runs it."""

import json
from pathlib import Path

import pytest

from tests.projects import CONFIG, built, polypost, read_tree, write_tree
from tests.tools import require_tool

SPANISH_WORDS = Path(__file__).parents[2] / "locales/es/LC_MESSAGES/site.po"
POSTING = """\
Title: Enfermera
Language: es
Location: Cádiz, ES

Buscamos una enfermera para nuestro hospital. El turno empieza a las seis de la mañana.

Requisitos:
Dos años de experiencia con Azure
"""
BAKER = """\
Title: Trabajo de noche
Language: es
Location: Cádiz, ES

Buscamos un panadero para el turno de noche y ofrecemos un contrato de diez meses.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    require_tool("apertium")
    config = CONFIG.replace('["en", "pt_BR", "fr"]', '["es", "pt_BR", "ca"]').replace('["bergamot"]', '["apertium"]')
    config = config.replace("[publish.locales.en]", "[publish.locales.ca]")
    # Polypost has no words for Catalan pages: a team would begin with those of a language that its readers know.
    words = SPANISH_WORDS.read_text(encoding="utf-8").replace('"Language: es\\n"', '"Language: ca\\n"')
    files = {
        "polypost.toml": config,
        "postings/enfermera.txt": POSTING,
        "postings/baker.txt": BAKER,
        "locales/ca/LC_MESSAGES/site.po": words,
    }
    return write_tree(tmp_path, files)


def test_direct_route_is_taken_and_named_with_its_model(project: Path) -> None:
    told = json.loads(polypost(project, "engines", "--json").stdout)
    assert told["installed"] == ["apertium"]
    assert {"pair": "es→pt", "engine": "apertium", "route": "es→pt", "rank": 20, "others": []} in told["pairs"]
    built(project)
    catalog = (project / "locales/pt_BR/LC_MESSAGES/postings.es.po").read_text(encoding="utf-8")
    assert "#. engine: apertium es-pt_BR-" in catalog
    assert 'msgstr "Dois anos de experiência com Azure"' in catalog
    again = polypost(project, "translate", "--json")
    assert json.loads(again.stdout) == {}


def test_posting_with_an_unknown_word_is_held_and_no_mark_leaves_the_engine(project: Path) -> None:
    built(project)
    held = json.loads(polypost(project, "why", "baker", "pt_BR", "--json").stdout)
    assert (held["published"], held["reason"]) == (False, "finding")
    catalog = (project / "locales/pt_BR/LC_MESSAGES/postings.es.po").read_text(encoding="utf-8")
    assert catalog.count("#. check: unknown_words\n") == 1
    marked = [
        name
        for folder in ("locales", "public")
        for name, text in read_tree(project / folder).items()
        if b"*" in text and name.endswith((".po", ".json", ".xml"))
    ]
    assert marked == []
    feed = json.loads((project / "public/pt-BR/feed.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in feed["items"]] == ["enfermera/pt-BR"]


def test_pair_that_is_not_installed_is_an_engine_without_that_route(project: Path) -> None:
    done = polypost(project, "build", APERTIUM_DATADIR=str(project / "nowhere"))
    assert done.returncode == 0
    assert "not installed and passed over: apertium (see polypost engines)" in done.stderr


def test_program_that_is_asked_for_and_missing_ends_with_three_and_the_command_that_supplies_it(project: Path) -> None:
    done = polypost(project, "translate", "--engine", "apertium", PATH=str(project))
    assert (done.returncode, "apt-get install apertium" in done.stderr) == (3, True)


NOTE = "note: apertium is installed, and used only where polypost.toml names it"
WAY_BACK = '[translate] engines = ["argos", "firefox", "bergamot", "apertium"]'


def unnamed(project: Path) -> Path:
    """Leave the engines of a project to the default."""
    config = (project / "polypost.toml").read_text(encoding="utf-8").replace('engines = ["apertium"]\n', "")
    return write_tree(project, {"polypost.toml": config})


def notes(project: Path) -> list[str]:
    done = polypost(project, "build", "--json")
    assert done.returncode == 0, done.stderr
    return [line for line in done.stderr.splitlines() if line.startswith(NOTE)]


def test_apertium_that_no_longer_works_because_nobody_names_it_is_told_once_with_the_way_back(project: Path) -> None:
    built(project)
    path = project / "locales/pt_BR/LC_MESSAGES/postings.es.po"
    before = path.read_bytes()
    (note,) = notes(unnamed(project))
    assert note.startswith(f"{NOTE}; its ")
    assert " targets stay; it alone leads es→pt_BR, es→ca; " in note
    assert note.endswith(WAY_BACK)
    assert (notes(project), path.read_bytes()) == ([], before)


def test_locale_that_only_apertium_leads_to_is_told_in_a_new_project_too(project: Path) -> None:
    (note,) = notes(unnamed(project))
    assert "its " not in note
    assert "it alone leads es→" in note


def test_nothing_is_told_where_the_configuration_names_its_engines_or_apertium_is_not_there(project: Path) -> None:
    config = (project / "polypost.toml").read_text(encoding="utf-8")
    write_tree(project, {"polypost.toml": config.replace('["apertium"]', '["bergamot"]')})
    assert notes(project) == []
    write_tree(project, {"polypost.toml": config.replace('engines = ["apertium"]\n', "")})
    done = polypost(project, "build", APERTIUM_DATADIR=str(project / "nowhere"))
    assert (done.returncode, NOTE in done.stderr) == (0, False)
