"""Reviewing by command: decisions are recorded at once, catalogs follow, and everything can be taken back."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel import Locale

from pipeline.model.segment import UnitKey
from pipeline.model.unit import unit_id
from tests.projects import CONFIG, polypost, read_tree, write_tree

HEADER = """\
msgid ""
msgstr ""
"Language: pt_BR\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Source-Language: en\\n"

"""
NURSE = """\
#. engine: bergamot 1693087644/r3 en→pt 9a81fe7b
#. risk: 21
#: postings/nurse
#, fuzzy
msgctxt "title"
msgid "Night nurse"
msgstr "Enfermeira da noite"

"""
FORTY = """\
#: postings/nurse
#, fuzzy
msgctxt "description"
msgid "We look after 40 patients."
msgstr "Cuidamos de 14 pacientes."
"""
PATH = "locales/pt_BR/LC_MESSAGES/postings.en.po"
POSTING = "Language: en\nId: nurse\nTitle: Night nurse\nLocation: Porto, PT\n\nWe look after 40 patients.\n"
ANA = {"GIT_AUTHOR_NAME": "Ana Souza", "GIT_AUTHOR_EMAIL": "ana@example.org"}
BEA = {"GIT_AUTHOR_NAME": "Bea", "GIT_AUTHOR_EMAIL": "bea@example.org"}
ANAS_FILE = "locales/decisions/ana-souza-86b9260a.jsonl"
TITLE_ID, FORTY_ID = (
    unit_id(UnitKey(context, source), Locale("pt", "BR"))
    for context, source in (("title", "Night nurse"), ("description", "We look after 40 patients."))
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {"polypost.toml": CONFIG, "postings/nurse.txt": POSTING, PATH: HEADER + NURSE + FORTY}
    return write_tree(tmp_path, files)


def run(project: Path, *arguments: str, code: int = 0, who: dict[str, str] = ANA) -> subprocess.CompletedProcess[str]:
    done = polypost(project, *arguments, **who)
    assert done.returncode == code, (done.stdout, done.stderr)
    return done


def catalog(project: Path) -> str:
    return (project / PATH).read_text(encoding="utf-8")


def decisions(project: Path, file: str = ANAS_FILE) -> list[tuple[str, str]]:
    lines = (project / file).read_text(encoding="utf-8").splitlines()
    return [(line["action"], line.get("undoes", "")) for line in map(json.loads, lines)]


def test_queue_names_id_texts_findings_and_what_waits(project: Path) -> None:
    listed = json.loads(run(project, "review", "list", "--locale", "pt-BR", "--finding", "numbers", "--json").stdout)
    assert [
        (unit["source"], unit["target"], unit["urgency"], unit["waiting"], unit["findings"][0]["check"])
        for unit in listed
    ] == [("We look after 40 patients.", "Cuidamos de 14 pacientes.", "holds", ["nurse"], "numbers")]


def test_accepted_units_are_reviewed_in_the_catalog_and_recorded(project: Path) -> None:
    done = run(project, "accept", TITLE_ID, FORTY_ID)
    assert "2 of 2 units done" in done.stdout
    assert "#, fuzzy" not in catalog(project)
    assert decisions(project) == [("accept", ""), ("accept", "")]


@pytest.mark.parametrize(
    "steps",
    [
        ["accept {0}"],
        ["accept {0} {1}", "reject {0}"],
        ["reject {1}"],
        ["replace {1} Cuidamos."],
        ["accept {1}", "replace {1} Cuidamos.", "reject {1}"],
        ["replace {0} Enfermeira", "replace {0} Enfermeiro"],
        ["comment {0} ?", "assign {0} --to Bea", "dismiss {1} --finding numbers"],
    ],
)
def test_everything_can_be_taken_back_step_by_step(project: Path, steps: Sequence[str]) -> None:
    ids = TITLE_ID, FORTY_ID
    before = catalog(project)
    for step in steps:
        run(project, *step.format(*ids).split())
    for step in reversed(steps):
        run(project, "undo", *(each for each in ids if each in step.format(*ids)))
    assert catalog(project) == before
    for each in ids:
        assert "nothing of yours" in run(project, "undo", each, code=1).stderr


def test_review_that_only_the_catalog_knows_comes_back_with_its_target(project: Path) -> None:
    reviewed = HEADER + NURSE.replace("#, fuzzy\n", "") + FORTY
    write_tree(project, {PATH: reviewed})
    run(project, "replace", TITLE_ID, "Enfermeira noturna")
    run(project, "undo", TITLE_ID)
    assert catalog(project) == reviewed


def test_target_of_a_unit_that_had_none_is_taken_out_again(project: Path) -> None:
    empty = HEADER + FORTY.replace("#, fuzzy\n", "").replace("Cuidamos de 14 pacientes.", "")
    write_tree(project, {PATH: empty})
    run(project, "replace", FORTY_ID, "Cuidamos.\n")
    assert 'msgstr "Cuidamos."\n' in catalog(project)
    run(project, "undo", FORTY_ID)
    assert catalog(project) == empty


def test_what_is_said_twice_is_recorded_once(project: Path) -> None:
    for command in (["accept", TITLE_ID], ["approve", TITLE_ID], ["dismiss", FORTY_ID, "--finding", "numbers"]):
        run(project, *command)
        assert "you have said so before" in run(project, *command).stdout
    assert decisions(project) == [("accept", ""), ("approve", ""), ("dismiss", "")]
    assert "taken back: approve" in run(project, "undo", TITLE_ID).stdout


def test_comment_that_says_nothing_is_refused(project: Path) -> None:
    assert "says nothing" in run(project, "comment", TITLE_ID, " ", code=1).stderr


def test_what_another_person_decided_is_not_taken_back(project: Path) -> None:
    run(project, "accept", TITLE_ID)
    assert "nothing of yours" in run(project, "undo", TITLE_ID, code=1, who=BEA).stderr


def test_dry_run_prints_and_writes_nothing(project: Path) -> None:
    before = read_tree(project / "locales")
    for arguments in (["accept", TITLE_ID], ["reject", FORTY_ID], ["replace", TITLE_ID, "X"], ["withhold", "nurse"]):
        run(project, *arguments, "--dry-run")
    assert read_tree(project / "locales") == before


def test_unknown_id_is_named_and_nothing_is_done(project: Path) -> None:
    before = read_tree(project / "locales")
    assert "no unit has the id 000000000000" in run(project, "accept", TITLE_ID, "000000000000", code=2).stderr
    assert read_tree(project / "locales") == before


def test_ids_of_the_queue_are_read_from_standard_input(project: Path) -> None:
    listed = run(project, "review", "list", "--ids", "--locale", "pt-BR").stdout
    assert len(listed.split()) == 2


def test_nobody_decides_where_git_knows_nobody(project: Path) -> None:
    nobody = {"GIT_AUTHOR_NAME": "", "GIT_AUTHOR_EMAIL": "", "HOME": str(project), "GIT_CONFIG_NOSYSTEM": "1"}
    assert "git config user.email" in run(project, "accept", TITLE_ID, code=2, who=nobody).stderr


def test_only_what_is_reviewed_is_signed_off(project: Path) -> None:
    assert "is not reviewed; accept it first" in run(project, "approve", TITLE_ID, code=1).stderr
    run(project, "accept", TITLE_ID)
    run(project, "approve", TITLE_ID, who=BEA)


def test_dismissed_finding_is_silent_for_this_target_alone(project: Path) -> None:
    run(project, "dismiss", FORTY_ID, "--finding", "numbers")
    assert polypost(project, "check", **ANA).returncode == 0
    write_tree(project, {PATH: catalog(project).replace("14 pacientes", "4 pacientes")})
    assert polypost(project, "check", **ANA).returncode == 1


def test_comment_and_assignment_are_shown_in_the_queue(project: Path) -> None:
    run(project, "comment", TITLE_ID, "Which ward?")
    run(project, "assign", TITLE_ID, "--to", "Bea")
    listed = json.loads(run(project, "review", "list", "--assigned", "Bea", "--json").stdout)
    assert [(unit["unit"], unit["comments"][0]["text"]) for unit in listed] == [(TITLE_ID, "Which ward?")]


def test_queue_and_why_say_what_people_said_and_why_there_is_no_target(project: Path) -> None:
    disputed = NURSE.replace("#. engine", "# the ward's own word\n#. conflict: reviewed Enfermeiro\n#. engine")
    failed = FORTY.replace("Cuidamos de 14 pacientes.", "").replace("#, fuzzy\n", "")
    failed = "#. attempt: bergamot 1693087644/r3 en→pt\n#. check: numbers\n" + failed
    write_tree(project, {PATH: HEADER + disputed + failed})
    run(project, "comment", TITLE_ID, "Which ward?\n\x1b[2JAna", who=BEA)
    run(project, "assign", TITLE_ID, "--to", "Bea")
    title = [
        "target: Enfermeira da noite",
        "conflict: reviewed Enfermeiro",
        "note: the ward's own word",
        "assigned to: Bea",
        "bea-27b745b2 says: Which ward?",
        "  [2JAna",
        "warning one_gender: Enfermeira names one gender",
    ]
    missing = "no target: what bergamot makes of it fails the checks: numbers"
    listed = run(project, "review", "list", "--locale", "pt-BR").stdout.splitlines()
    assert listed == [
        f"{FORTY_ID} pt_BR  keeps out nurse",
        "  [description] We look after 40 patients.",
        f"    {missing}",
        f"{TITLE_ID} pt_BR  not reviewed, in nurse",
        "  [title] Night nurse",
        *(f"    {line}" for line in title),
        "2 units; polypost accept, reject, replace or dismiss take their ids",
    ]
    told = run(project, "why", "nurse", "pt-BR").stdout.splitlines()
    assert told[1:4] == [
        f"  {FORTY_ID} untranslated (numbers)  [description] We look after 40 patients.",
        f"      {missing}",
        "      holds: the posting, alone",
    ]
    assert told[4:12] == [f"  {TITLE_ID} needs_review  [title] Night nurse", *(f"      {line}" for line in title)]
    unknown = run(project, "review", "list", "--finding", "number", code=2).stderr
    assert "no check has the id 'number'; there are acronyms, address, " in unknown
    (refused,) = json.loads(run(project, "review", "list", "--finding", "numbers", "--json").stdout)
    assert (refused["unit"], refused["refused_by"]) == (FORTY_ID, ["numbers"])


def test_undo_brings_back_what_another_person_had_said(project: Path) -> None:
    disputed = NURSE.replace("#. engine", "#. conflict: reviewed Enfermeiro\n#. engine")
    write_tree(project, {PATH: HEADER + disputed + FORTY})
    before = catalog(project)
    run(project, "replace", TITLE_ID, "Enfermeira noturna")
    assert "conflict" not in catalog(project)
    run(project, "undo", TITLE_ID)
    assert catalog(project) == before


def test_what_was_done_in_an_editor_is_counted_by_the_next_run(project: Path) -> None:
    run(project, "catalogs", "update")
    write_tree(project, {PATH: catalog(project).replace("#, fuzzy\n", "").replace("Enfermeira da noite", "")})
    told = run(project, "catalogs", "update").stderr
    assert told.endswith("note: found in the catalogs since the last run: accepted 1, rejected 1\n")
    assert "found in the catalogs" not in run(project, "catalogs", "update").stderr


def test_what_a_killed_command_had_decided_is_finished_once(project: Path) -> None:
    run(project, "accept", TITLE_ID)
    accepted, recorded = catalog(project), (project / ANAS_FILE).read_text(encoding="utf-8")
    line = json.loads(recorded)
    unfinished = {
        "locale": "pt_BR",
        "domain": "postings.en",
        "context": "title",
        "source": "Night nurse",
        "before": line["digest"],
        "decisions": [{**line, "person": "ana-souza-86b9260a"}],
        "edit": {"kind": "accept"},
    }
    written = json.dumps(unfinished, ensure_ascii=False) + "\n"
    for known in ("", recorded):  # killed before or after the decision was on the disk
        write_tree(
            project, {PATH: HEADER + NURSE + FORTY, ANAS_FILE: known, "locales/decisions/.unfinished.jsonl": written}
        )
        run(project, "comment", FORTY_ID, "?")
        assert catalog(project) == accepted
        assert decisions(project) == [("accept", ""), ("comment", "")]
        assert not (project / "locales/decisions/.unfinished.jsonl").exists()


def test_target_that_somebody_changed_after_a_killed_command_stays(project: Path) -> None:
    run(project, "accept", TITLE_ID)
    line = json.loads((project / ANAS_FILE).read_text(encoding="utf-8"))
    unfinished = {
        "locale": "pt_BR",
        "domain": "postings.en",
        "context": "title",
        "source": "Night nurse",
        "before": line["digest"],
        "decisions": [],
        "edit": {"kind": "reject"},
    }
    saved = HEADER + NURSE.replace("Enfermeira da noite", "Enfermeira noturna") + FORTY
    write_tree(project, {PATH: saved, "locales/decisions/.unfinished.jsonl": json.dumps(unfinished)})
    run(project, "comment", FORTY_ID, "?")
    assert catalog(project) == saved


def test_damaged_list_of_unfinished_steps_stops_with_its_name(project: Path) -> None:
    write_tree(project, {"locales/decisions/.unfinished.jsonl": '{"locale": "pt'})
    done = run(project, "accept", TITLE_ID, code=1)
    assert ".unfinished.jsonl" in done.stderr
    assert "delete it" in done.stderr


def test_withheld_posting_is_in_no_version_until_it_is_taken_in_again(project: Path) -> None:
    run(project, "withhold", "nurse", "--reason", "the employer asked")
    why = json.loads(run(project, "why", "nurse", "en", "--json").stdout)
    assert (why["published"], why["reason"]) == (False, "withheld")
    assert "already withheld" in run(project, "withhold", "nurse").stdout
    run(project, "withhold", "nurse", "--undo")
    assert json.loads(run(project, "why", "nurse", "en", "--json").stdout)["published"]


def test_withheld_postings_are_no_withdrawals_that_stop_publishing(project: Path) -> None:
    run(project, "publish")
    run(project, "withhold", "nurse", "en")
    done = run(project, "publish")
    assert "withheld" in done.stdout


def test_undo_of_what_is_not_withheld_names_where_it_is(project: Path) -> None:
    def told(*arguments: str) -> str:
        return run(project, "withhold", "nurse", *arguments).stdout

    assert told("--undo") == "nurse is not withheld in every locale\n"
    told("pt-BR")
    assert told("--undo") == "nurse is not withheld in every locale, but in pt_BR\n"
    told()
    assert told("en", "--undo") == "nurse is not withheld in en, but in every locale, pt_BR\n"


def test_posting_that_nobody_has_cannot_be_withheld(project: Path) -> None:
    assert "no posting has the id 'nurs'; near it: nurse" in run(project, "withhold", "nurs", code=2).stderr
