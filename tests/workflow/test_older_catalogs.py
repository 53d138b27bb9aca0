"""Catalogs of version 0.1.0 stay as they are, but for what its engines failed at; a request makes the rest anew."""

import shutil
from pathlib import Path

import pytest

from pipeline.catalog.po_file import read_catalog
from pipeline.model.unit import Unit, digest
from tests.projects import CONFIG, built, polypost, read_tree, write_tree
from tests.workflow.counting import engine_calls

POSTING = """Title: Night baker
Language: en

We bake bread every night in a small team near the harbour.
You are a self-starter who thrives in a small team.
Our bakery opens at six in the morning.
We sell cakes.
"""
OWN, REVIEWED = "Fazemos pão toda noite, em equipe pequena, perto do porto.", "Nossa padaria abre às seis da manhã."
CATALOG = f"""msgid ""
msgstr ""
"Language: pt_BR\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"X-Source-Language: en\\n"

#. engine: bergamot 1693087644 en→pt {digest(OWN)}
#: postings/baker
#, fuzzy
msgctxt "description"
msgid "We bake bread every night in a small team near the harbour."
msgstr "{OWN}"

#. attempt: bergamot 1693087644 en→pt
#. check: length
#: postings/baker
msgctxt "description"
msgid "You are a self-starter who thrives in a small team."
msgstr ""

#. engine: bergamot 1693087644 en→pt {digest(REVIEWED)}
#: postings/baker
msgctxt "description"
msgid "Our bakery opens at six in the morning."
msgstr "{REVIEWED}"

#. engine: bergamot 1693087644 en→pt {digest("Vendemos bolos.")}
#: postings/baker
msgctxt "description"
msgid "We sell cakes."
msgstr ""
"""
CATALOG_PATH = "locales/pt_BR/LC_MESSAGES/postings.en.po"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/baker.txt": POSTING, CATALOG_PATH: CATALOG})


def units(project: Path) -> dict[str, Unit]:
    """Return the units of the catalog by the first words of their sources."""
    catalog = read_catalog(project / CATALOG_PATH)
    assert catalog is not None
    return {" ".join(unit.key.source.split()[:2]): unit for unit in catalog.units}


def test_build_asks_once_more_for_what_failed_and_leaves_the_rest(project: Path) -> None:
    before = units(project)
    built(project)
    after = units(project)
    assert {name: after[name] for name in ("We bake", "Our bakery", "We sell")} == {
        name: before[name] for name in ("We bake", "Our bakery", "We sell")
    }
    again = after["You are"].provenance
    assert again is not None
    assert again.engine is not None
    assert (again.engine.recipe, again.asked[:10], "self-starter" in again.asked) == ("r3", "You are a ", False)
    kept = read_tree(project / "locales")
    shutil.rmtree(project / "build")
    assert engine_calls(project, "build") == []
    assert read_tree(project / "locales") == kept


def test_own_targets_are_made_anew_on_request_and_nothing_that_people_did_is(project: Path) -> None:
    before = units(project)
    built(project)
    assert polypost(project, "translate", "--retranslate").returncode == 0
    after = units(project)
    anew = after["We bake"].provenance
    assert anew is not None
    assert anew.engine is not None
    assert (anew.engine.recipe, after["We bake"].target != OWN) == ("r3", True)
    assert [after[name] for name in ("Our bakery", "We sell")] == [before[name] for name in ("Our bakery", "We sell")]
