"""`why` and `status` name the sentences that postings wait for, everybody who uses them, and what each reason means."""

import json
import re
from pathlib import Path

import polib
import pytest

from pipeline.cli.reasons import MEANINGS, explain
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Reason
from pipeline.model.segment import UnitKey
from pipeline.model.unit import digest, unit_id
from tests.projects import polypost, write_tree

SHARED = "Rye bread makes everybody happy."
LINES = ("You knead dough.", "You heat the oven.", "You sweep the floor.", "You know our flour.", "You greet guests.")
NAMES = tuple(f"baker-{number}" for number in range(7))


def posting(name: str, *more: str) -> str:
    return f"Id: {name}\nTitle: Baker {name[-1]}\nLanguage: en\n\n" + "\n\n".join((*more, *LINES)) + "\n"


def config(locale: str, engines: str) -> str:
    return (
        '[project]\nbase_url = "https://jobs.example.org/"\npostings = ["*.txt"]\n'
        f'locales = ["en", "{locale}"]\n[translate]\nengines = [{engines}]\n[publish]\npolicy = "machine"\n'
    )


def translated_but(folder: Path, locale: str, *sources: str) -> Path:
    """Make the catalogs of a project and translate every unit in them but some."""
    assert polypost(folder, "catalogs", "update").returncode == 0
    path = folder / f"locales/{locale}/LC_MESSAGES/postings.en.po"
    catalog = polib.pofile(str(path), wrapwidth=-1)
    for entry in catalog:
        if entry.msgid not in sources:
            entry.msgstr = entry.msgid.replace("You", "Vous").replace("Baker", "Boulanger").replace("the", "le")
    catalog.save(str(path))
    return folder


def named(locale: str, context: str, source: str) -> str:
    return unit_id(UnitKey(context, source), parse_locale(locale))


@pytest.fixture
def bakers(tmp_path: Path) -> Path:
    """Return seven postings that one sentence holds, of which the last has a title of its own to translate too."""
    files = {f"{name}.txt": posting(name, SHARED) for name in NAMES}
    folder = write_tree(tmp_path, {"polypost.toml": config("fr", ""), **files})
    return translated_but(folder, "fr", SHARED, "Baker 6")


def test_status_says_which_sentences_bring_how_many_postings_live(bakers: Path) -> None:
    told = polypost(bakers, "status").stdout.splitlines()
    first = told.index("fr: translate and accept these 2 sentences and 7 postings of 7 held go live whole:")
    assert told[first + 1 :] == [f"  7 postings: [description] {SHARED}", "  1 posting: [title] Baker 6"]
    assert "  no_route: no installed engine translates from its language into this one" in told


def test_status_names_no_sentence_where_every_posting_needs_more(tmp_path: Path) -> None:
    files = {f"{name}.txt": posting(name, SHARED) for name in NAMES}
    folder = write_tree(tmp_path, {"polypost.toml": config("fr", ""), **files})
    assert polypost(folder, "build").returncode == 0
    assert "held go" not in polypost(folder, "status", "--sentences", "5").stdout
    told = polypost(folder, "status").stdout
    assert "fr: translate and accept these 6 sentences (of 8) and 5 postings of 7 held go live whole:\n" in told


def test_status_names_as_many_sentences_as_it_is_asked_for(bakers: Path) -> None:
    told = polypost(bakers, "status", "--sentences", "1").stdout.splitlines()
    assert told[-2:] == [
        "fr: translate and accept this sentence (of 2) and 6 postings of 7 held go live whole:",
        f"  7 postings: [description] {SHARED}",
    ]


def test_status_lists_postings_that_one_sentence_alone_holds(bakers: Path) -> None:
    told = polypost(bakers, "status", "--held").stdout
    assert f"Held by one sentence alone:\n  fr [description] {SHARED}: {', '.join(NAMES[:6])}\n" in told


def test_status_as_json_keeps_its_shape(bakers: Path) -> None:
    status = json.loads(polypost(bakers, "status", "--json", "--held").stdout)
    assert list(status) == ["locales", "postings"]


def test_why_says_what_a_sentence_holds_and_explains_the_reason(bakers: Path) -> None:
    told = polypost(bakers, "why", "baker-0", "fr").stdout.splitlines()
    assert told[:3] == [
        "baker-0 is held in fr: no_route",
        f"  {named('fr', 'description', SHARED)} untranslated  [description] {SHARED}",
        "      holds: the posting, alone, and 6 others: baker-1, baker-2, baker-3, baker-4, baker-5 and 1 more",
    ]
    assert told[3] == "no_route: no installed engine translates from its language into this one"
    assert told[4].startswith("What to do: ")
    both = polypost(bakers, "why", "baker-6", "fr").stdout
    assert f"  {named('fr', 'title', 'Baker 6')} untranslated  [title] Baker 6\n      holds: the posting\n" in both


def test_why_finds_everybody_who_uses_a_sentence(bakers: Path) -> None:
    told = json.loads(polypost(bakers, "why", "baker-0", "fr", "--json").stdout)
    units = {unit["source"]: unit for unit in told["units"]}
    assert (units[SHARED]["holds"], units[SHARED]["waiting"]) == (True, list(NAMES))
    assert units[SHARED]["postings"] == list(NAMES)
    assert (units[LINES[0]]["holds"], units[LINES[0]]["shown"]) == (False, "target")
    assert re.fullmatch("[0-9a-f]{12}", units[SHARED]["id"])


def test_a_sentence_narrowed_to_a_posting_is_used_by_that_one_alone(bakers: Path) -> None:
    path = bakers / "locales/fr/LC_MESSAGES/postings.en.po"
    catalog = polib.pofile(str(path), wrapwidth=-1)
    catalog.append(polib.POEntry(msgctxt="description|baker-3", msgid=SHARED, msgstr="Deux fois par semaine."))
    catalog.save(str(path))
    told = json.loads(polypost(bakers, "why", "baker-0", "fr", "--json").stdout)
    shared = next(unit for unit in told["units"] if unit["source"] == SHARED)
    assert shared["postings"] == [name for name in NAMES if name != "baker-3"]


def test_a_posting_that_its_own_fields_leave_out_has_no_sentence_to_name(bakers: Path) -> None:
    write_tree(bakers, {"closed.txt": "Valid-Through: 2026-01-01\n" + posting("closed", SHARED)})
    told = polypost(bakers, "why", "closed", "fr", "--as-of", "2026-11-01").stdout.splitlines()
    assert told[0] == "closed is held in fr: expired"
    assert told[1] == "expired: its last day has passed"


@pytest.fixture
def foreign_line(tmp_path: Path) -> Path:
    """Return postings that show one sentence as written: nobody has translated it, and an engine could be asked."""
    files = {f"{name}.txt": posting(name, SHARED) for name in NAMES[:2]}
    folder = write_tree(tmp_path, {"polypost.toml": config("pt_BR", '"bergamot"'), **files})
    return translated_but(folder, "pt_BR", SHARED)


def test_what_is_shown_as_written_comes_first(foreign_line: Path) -> None:
    told = json.loads(polypost(foreign_line, "why", "baker-0", "pt-BR", "--json").stdout)
    assert (told["published"], told["reason"]) == (True, "machine")
    assert [(unit["source"], unit["shown"]) for unit in told["units"]][:2] == [
        (SHARED, "as_written"),
        ("Baker 0", "target"),
    ]
    lines = polypost(foreign_line, "why", "baker-0", "pt-BR").stdout.splitlines()
    shared = named("pt_BR", "description", SHARED)
    assert lines[1:3] == [f"  {shared} untranslated  [description] {SHARED}", "      shown: as written"]
    status = polypost(foreign_line, "status").stdout.splitlines()
    assert status[-2:] == [
        "pt_BR: translate and accept this sentence and 2 postings of 2 that show some as written are whole:",
        f"  2 postings: [description] {SHARED}",
    ]


@pytest.fixture
def risky(tmp_path: Path) -> Path:
    """Return postings of a machine's targets: a sentence that may stay as written, and titles, of too high a risk."""
    files = {f"{name}.txt": posting(name, SHARED) for name in NAMES[:3]}
    limited = config("pt_BR", '"bergamot"') + "max_risk = {title = 50, default = 60}\n"
    folder = translated_but(write_tree(tmp_path, {"polypost.toml": limited, **files}), "pt_BR")
    path = folder / "locales/pt_BR/LC_MESSAGES/postings.en.po"
    catalog = polib.pofile(str(path), wrapwidth=-1)
    risks = {SHARED: 72, "Baker 1": 51, "Baker 2": 97}
    for entry in catalog:
        entry.msgstr = entry.msgstr.replace(SHARED, "O pão de centeio deixa todos felizes.")
        entry.flags = ["fuzzy"]
        entry.comment = f"engine: bergamot 1/r3 en→pt {digest(entry.msgstr)}\nrisk: {risks.get(entry.msgid, 50)}"
    catalog.save(str(path))
    return folder


def test_why_names_the_risk_of_each_target_the_riskiest_first_after_what_is_as_written(risky: Path) -> None:
    told = polypost(risky, "why", "baker-1", "pt-BR").stdout.splitlines()
    assert [line for line in told if not line.startswith("      target: ")][:8] == [
        "baker-1 is held in pt_BR: risk",
        f"  {named('pt_BR', 'description', SHARED)} needs_review  [description] {SHARED}",
        "      risk: 72 of 100, above max_risk 60",
        "      shown: as written",
        f"  {named('pt_BR', 'title', 'Baker 1')} needs_review  [title] Baker 1",
        "      risk: 51 of 100, above max_risk 50",
        "      holds: the posting, alone",
        f"  {named('pt_BR', 'description', LINES[0])} needs_review  [description] {LINES[0]}",
    ]
    assert "      risk: 50 of 100" in told
    assert told[-2] == "risk: sentences that nobody has reviewed are more likely wrong than `publish.max_risk` allows"
    assert told[-1] == (
        "What to do: correct these units in locales/pt_BR/LC_MESSAGES/postings.en.po, or accept them: what is reviewed "
        "is never held; `publish.max_risk` in polypost.toml says how much risk is published"
    )
    found = json.loads(polypost(risky, "why", "baker-1", "pt-BR", "--json").stdout)
    units = {unit["source"]: unit for unit in found["units"]}
    assert found["reason"] == "risk"
    assert [(units[source]["risk"], units[source]["shown"]) for source in (SHARED, "Baker 1", LINES[0])] == [
        (72, "as_written"),
        (51, "target"),
        (50, "target"),
    ]


def test_status_lists_what_is_held_for_its_risk_the_riskiest_first(risky: Path) -> None:
    told = polypost(risky, "status", "--held").stdout
    assert re.findall(r"^pt_BR +(baker-\d) +risk +(.*)$", told, re.MULTILINE) == [
        ("baker-2", "risk 97 of 100, above max_risk 50"),
        ("baker-1", "risk 51 of 100, above max_risk 50"),
    ]
    assert "pt_BR: accept this sentence and 1 posting of 1 that show some as written are whole:\n" in told
    assert f"  1 posting: [description] {SHARED} (risk 72)\n" in told
    assert "  1 posting: [title] Baker 1 (risk 51)\n" in told


def test_what_a_person_accepts_has_no_risk(risky: Path) -> None:
    path = risky / "locales/pt_BR/LC_MESSAGES/postings.en.po"
    catalog = polib.pofile(str(path), wrapwidth=-1)
    for entry in catalog:
        entry.flags = []
    catalog.save(str(path))
    found = json.loads(polypost(risky, "why", "baker-1", "pt-BR", "--json").stdout)
    assert (found["published"], found["reason"]) == (True, "reviewed")
    assert {unit["risk"] for unit in found["units"]} == {None}


def test_the_report_names_every_posting_that_uses_a_unit(tmp_path: Path) -> None:
    files = {f"{name}.txt": posting(name, SHARED) for name in NAMES}
    project = write_tree(tmp_path, {"polypost.toml": config("pt_BR", '"bergamot"'), **files})
    assert polypost(project, "translate").returncode == 0
    lines = (project / "build/translation-report.jsonl").read_text(encoding="utf-8").splitlines()
    users = {item["source"]: item["postings"] for item in map(json.loads, lines)}
    assert users[SHARED] == [f"postings/{name}" for name in NAMES]
    assert users["Baker 3"] == ["postings/baker-3"]


def test_every_reason_is_explained() -> None:
    assert set(MEANINGS) == set(Reason)
    assert explain([Reason.SOURCE, Reason.EXPIRED, Reason.SOURCE]) == [
        "expired: its last day has passed",
        "source: the posting is written in this language",
    ]
