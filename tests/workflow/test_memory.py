"""What people have translated before stands beside new sentences, and goes to other tools and comes from them."""

import json
import shutil
from pathlib import Path

import polib
import pytest

from tests.projects import CONFIG, built, polypost, read_tree, write_tree

CATALOG = "locales/pt_BR/LC_MESSAGES/postings.en.po"
FIRST = """\
Title: Ferry steward
Location: Cork, IE
Date-Posted: 2026-10-05

We carry people and bicycles between two islands, every day of the year.
"""
SECOND = FIRST.replace("Ferry steward", "Ferry captain").replace("bicycles", "cars")
SENTENCE = "We carry people and cars between two islands, every day of the year."
OLD_TARGET = "Levamos pessoas e bicicletas entre duas ilhas, todos os dias do ano."
LINE = (
    "neighbour: 94 We carry people and [-bicycles-]{+cars+} between two islands, every day of the year. → " + OLD_TARGET
)


def tmx(*pairs: tuple[str, str, str]) -> str:
    units = (
        f'<tu><tuv xml:lang="en-US"><seg>{source}</seg></tuv><tuv xml:lang="{locale}"><seg>{target}</seg></tuv></tu>'
        for source, target, locale in pairs
    )
    return f'<tmx version="1.4"><header srclang="en-US"/><body>{"".join(units)}</body></tmx>'


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a project with one posting, whose sentence is reviewed then."""
    folder = write_tree(tmp_path_factory.mktemp("master"), {"polypost.toml": CONFIG, "postings/a.txt": FIRST})
    built(folder)
    catalog = polib.pofile(str(folder / CATALOG), wrapwidth=0)
    for entry in catalog:
        if entry.msgctxt == "description":
            entry.msgstr = OLD_TARGET
            entry.flags.remove("fuzzy")
    catalog.save()
    built(folder)
    return folder


@pytest.fixture
def project(master: Path, tmp_path: Path) -> Path:
    return shutil.copytree(master, tmp_path / "project", symlinks=True)


def entry(project: Path, source: str, catalog: str = CATALOG) -> polib.POEntry:
    return next(each for each in polib.pofile(str(project / catalog)) if each.msgid == source)


def neighbours(project: Path, source: str = SENTENCE) -> list[str]:
    return [line for line in entry(project, source).comment.splitlines() if line.startswith("neighbour:")]


def why(project: Path, posting: str) -> dict[str, list[dict[str, object]]]:
    units = json.loads(polypost(project, "why", posting, "pt_BR", "--json").stdout)["units"]
    return {unit["source"]: unit["neighbours"] for unit in units}


def test_new_sentence_gets_its_neighbours_and_keeps_them_until_it_is_reviewed(project: Path) -> None:
    write_tree(project, {"postings/b.txt": SECOND})
    built(project)
    assert neighbours(project) == [LINE]
    before = read_tree(project / "locales")
    shutil.rmtree(project / "build")
    built(project)
    assert read_tree(project / "locales") == before
    catalog = polib.pofile(str(project / CATALOG), wrapwidth=0)
    next(each for each in catalog if each.msgid == SENTENCE).flags.remove("fuzzy")
    catalog.save()
    built(project)
    assert neighbours(project) == []


def test_edited_sentence_of_a_machine_gets_neighbours(project: Path) -> None:
    write_tree(project, {"postings/b.txt": SECOND.replace("every day", "each day")})
    built(project)
    write_tree(project, {"postings/b.txt": SECOND})
    built(project)
    assert neighbours(project) == [LINE]


def test_current_neighbours_are_shown_by_why_and_review_list(project: Path) -> None:
    write_tree(project, {"postings/b.txt": SECOND})
    built(project)
    shown = {
        "score": 94,
        "context": "description",
        "source": SENTENCE.replace("cars", "bicycles"),
        "changes": "We carry people and [-bicycles-]{+cars+} between two islands, every day of the year.",
        "target": OLD_TARGET,
    }
    assert why(project, "b")[SENTENCE] == [shown]
    assert LINE in polypost(project, "why", "b", "pt_BR").stdout
    listed = json.loads(polypost(project, "review", "list", "--locale", "pt_BR", "--json").stdout)
    assert {unit["source"]: unit["neighbours"] for unit in listed}[SENTENCE] == [shown]
    assert LINE in polypost(project, "review", "list").stdout
    catalog = polib.pofile(str(project / CATALOG), wrapwidth=0)
    next(each for each in catalog if each.msgid == SENTENCE).flags.remove("fuzzy")
    catalog.save()
    assert why(project, "b")[SENTENCE] == []


def test_imported_translation_fills_what_has_no_target_and_never_what_has_one(project: Path) -> None:
    french = "locales/fr/LC_MESSAGES/postings.en.po"
    write_tree(
        project,
        {
            "in.tmx": tmx(
                ("Ferry steward", "Steward de ferry", "fr-FR"),
                (SENTENCE.replace("cars", "bicycles"), "Outra coisa", "pt-BR"),
                (SENTENCE, "Levamos pessoas e carros.", "pt-BR"),
                ("Ferry steward", "Fährsteward", "de-DE"),
            )
        },
    )
    before = read_tree(project)
    would = polypost(project, "memory", "import", "in.tmx", "--json", "--dry-run")
    assert read_tree(project) == before
    done = polypost(project, "memory", "import", "in.tmx", "--json")
    assert json.loads(done.stdout) == {"units": 4, "used": 3, "new": 3, "filled": 1, "mistakes": []}
    assert would.stdout == done.stdout
    filled = entry(project, "Ferry steward", french)
    assert (filled.msgstr, filled.fuzzy, filled.comment.split(" ")[:3]) == (
        "Steward de ferry",
        True,
        ["memory:", "100", "imported"],
    )
    assert entry(project, SENTENCE.replace("cars", "bicycles")).msgstr == OLD_TARGET
    assert (project / "locales/memory/en.fr_FR.jsonl").read_text(encoding="utf-8") == (
        '{"source":"Ferry steward","target":"Steward de ferry"}\n'
    )
    kept = read_tree(project)
    assert polypost(project, "memory", "import", "in.tmx").stdout == (
        "in.tmx: 4 units, 3 for configured locales, 0 new; 0 targets filled in, to be reviewed\n"
    )
    assert {path: kept[path] for path in kept if path.startswith("locales/")} == {
        f"locales/{path}": content for path, content in read_tree(project / "locales").items()
    }


def test_imported_translation_is_offered_to_later_postings(project: Path) -> None:
    write_tree(project, {"in.tmx": tmx((SENTENCE, "Levamos pessoas e carros.", "pt")), "postings/b.txt": SECOND})
    assert polypost(project, "memory", "import", "in.tmx").returncode == 0
    built(project)
    offered = entry(project, SENTENCE)
    assert (offered.msgstr, offered.fuzzy) == ("Levamos pessoas e carros.", True)
    assert offered.comment.splitlines()[0].startswith("memory: 100 imported ")
    assert neighbours(project)[0] == f"neighbour: 100 {SENTENCE} → Levamos pessoas e carros."


def test_translation_for_another_region_is_shown_and_not_offered(project: Path) -> None:
    write_tree(project, {"in.tmx": tmx((SENTENCE, "Transportamos pessoas.", "pt-PT")), "postings/b.txt": SECOND})
    assert polypost(project, "memory", "import", "in.tmx").returncode == 0
    built(project)
    assert entry(project, SENTENCE).comment.startswith("engine: ")
    assert neighbours(project) == [f"neighbour: 100 {SENTENCE} → Transportamos pessoas.", LINE]


def test_export_holds_what_is_reviewed_and_with_all_what_is_not(project: Path) -> None:
    assert polypost(project, "memory", "export", "out.tmx", "--locale", "pt-BR").stdout == "out.tmx: 1 units\n"
    exported = (project / "out.tmx").read_text(encoding="utf-8")
    assert f'<tuv xml:lang="pt-BR"><seg>{OLD_TARGET}</seg></tuv>' in exported
    assert "Ferry steward" not in exported
    assert polypost(project, "memory", "export", "out.tmx", "--all").stdout == "out.tmx: 2 units\n"
    back = json.loads(polypost(project, "memory", "import", "out.tmx", "--json").stdout)
    assert (back["units"], back["used"]) == (2, 1)  # what nobody has reviewed is no memory


def test_part_of_a_file_that_cannot_be_read_is_told_and_the_rest_is_kept(project: Path) -> None:
    write_tree(project, {"in.tmx": tmx((SENTENCE, "Levamos.", "pt-BR"), ("Cook", "x", "??")) + "<"})
    done = polypost(project, "memory", "import", "in.tmx")
    assert done.returncode == 1
    assert "in.tmx:1: xml:lang: '??' is not a locale" in done.stderr
    assert "1 for configured locales, 1 new" in done.stdout


def test_broken_line_of_the_memory_stops_the_run_and_is_named(project: Path) -> None:
    write_tree(project, {"locales/memory/en.pt_BR.jsonl": "<<<<<<< ours\n", "postings/b.txt": SECOND})
    done = polypost(project, "build")
    assert done.returncode == 1
    assert "locales/memory/en.pt_BR.jsonl:1: not " in done.stderr


def test_conflicts_lists_sources_and_terms_that_are_said_in_two_ways(project: Path) -> None:
    assert "0 sources" in polypost(project, "conflicts", "--fail").stdout
    other = FIRST.replace("Ferry steward", "Bus steward") + "\nRequirements:\n" + FIRST.splitlines()[-1] + "\n"
    write_tree(project, {"postings/b.txt": other})
    built(project)
    catalog = polib.pofile(str(project / CATALOG), wrapwidth=0)
    second = next(each for each in catalog if each.msgctxt == "requirements")
    assert second.comment.startswith("memory: 100 description ")
    second.msgstr = "Outra coisa."
    second.flags.remove("fuzzy")
    catalog.save()
    found = json.loads(polypost(project, "conflicts", "--json").stdout)
    (conflict,) = found["sources"]
    assert (conflict["locale"], conflict["source_language"], conflict["source"]) == (
        "pt_BR",
        "en",
        SENTENCE.replace("cars", "bicycles"),
    )
    assert [(each["target"], [unit["context"] for unit in each["units"]]) for each in conflict["targets"]] == [
        (OLD_TARGET, ["description"]),
        ("Outra coisa.", ["requirements"]),
    ]
    assert polypost(project, "conflicts", "--fail").returncode == 1
    assert "1 sources with several reviewed targets" in polypost(project, "conflicts").stdout


def test_term_with_two_wordings_is_a_conflict(project: Path) -> None:
    glossary = "source_language,source,locale,target,rule\nen,island,pt_BR,ilha,must\nen,island,pt_BR,ilhota,must\n"
    other = SECOND.replace("two islands", "an island")
    config = CONFIG.replace("[translate]", '[translate]\nglossary = "glossary.csv"')
    write_tree(project, {"polypost.toml": config, "glossary.csv": glossary, "postings/b.txt": other})
    built(project)
    catalog = polib.pofile(str(project / CATALOG), wrapwidth=0)
    next(each for each in catalog if "an island" in each.msgid).msgstr = "Levamos pessoas e carros até uma ilhota."
    catalog.save()
    terms = [
        each
        for each in json.loads(polypost(project, "conflicts", "--json").stdout)["terms"]
        if each["term"] == "island"
    ]
    assert [(each["list"], [wording["wording"] for wording in each["wordings"]]) for each in terms] == [
        ("glossary", ["ilha", "ilhota"])
    ]
