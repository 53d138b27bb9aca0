"""Drafts: a machine's targets in languages that no engine here translates into, kept until a person reads them."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog.po_file import read_catalog, write_catalog
from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Unit, digest
from tests.projects import CONFIG, built, polypost, read_json, read_times, write_tree

POSTING = "Title: Night baker\nLanguage: en\n\nWe bake bread every night.\nYou know our flour.\n"
FRENCH = {
    "Night baker": "Boulanger de nuit",
    "We bake bread every night.": "Nous faisons du pain chaque nuit.",
    "You know our flour.": "Vous connaissez notre farine.",
}
CATALOG = "locales/fr/LC_MESSAGES/postings.en.po"
DRAFT = EngineOrigin(engine="draft", model="ana", route="en→fr")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose French catalog a draft was put into, built."""
    config = f'{CONFIG}\n[publish.locales.fr]\npolicy = "machine"\n'
    write_tree(tmp_path, {"polypost.toml": config, "postings/baker.txt": POSTING})
    built(tmp_path)
    catalog = read_catalog(tmp_path / CATALOG)
    assert catalog is not None
    write_catalog(tmp_path / CATALOG, replace(catalog, units=tuple(map(drafted, catalog.units))))
    built(tmp_path)
    return tmp_path


def drafted(unit: Unit) -> Unit:
    target = FRENCH[unit.key.source]
    made = Provenance(kind=OriginKind.ENGINE, digest=digest(target), engine=DRAFT)
    return replace(unit, target=target, doubtful=True, provenance=made, attempt=None)


def french(project: Path) -> dict[str, str]:
    catalog = read_catalog(project / CATALOG)
    assert catalog is not None
    return {unit.key.source: unit.target for unit in catalog.units if not unit.retired}


def test_posting_of_drafts_is_published_as_a_machines_translation(project: Path) -> None:
    (item,) = read_json(project / "public/fr/feed.json")["items"]
    assert (item["title"], item["_polypost"]["translation"]) == ("Boulanger de nuit", "machine")
    assert polypost(project, "why", "baker", "fr").stdout.startswith("baker is published in fr: machine")


def test_no_build_touches_drafts_also_without_what_builds_keep(project: Path) -> None:
    before = read_times(project / "locales")
    built(project)
    shutil.rmtree(project / "build")
    built(project)
    assert read_times(project / "locales") == before


def test_clearing_empties_what_an_engine_here_makes_again_and_leaves_drafts(project: Path) -> None:
    done = polypost(project, "catalogs", "clear", "--machine")
    assert done.stdout.endswith("/locales: 3 targets emptied; 3 stay, which no engine here makes again\n")
    assert french(project) == FRENCH


def test_sentence_that_is_edited_loses_its_draft_and_has_it_back_when_the_edit_is_taken_back(project: Path) -> None:
    posting = project / "postings/baker.txt"
    posting.write_text(POSTING.replace("You know our flour.", "You know our flour and yeast."), encoding="utf-8")
    built(project, "--allow-withdrawals")
    assert french(project)["You know our flour and yeast."] == ""
    posting.write_text(POSTING, encoding="utf-8")
    built(project)
    assert french(project) == FRENCH
