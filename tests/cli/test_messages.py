"""What commands say on standard error: for people, for what collects logs, and each note once."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from tests.processes import STOPPED
from tests.projects import CHECKOUT, polypost, read_json, write_tree
from tests.publishing.test_page_validity import faults

NURSE = (
    '{"id": "acme-1", "title": "Nurse", "language": "en", "description": "You care for patients in Lyon.", '
    '"date_posted": "2026-11-01", "location": "Lyon, FR"}'
)
GUESSED = (
    '{"id": "acme-2", "title": "Baker", "language": "en", "description": "You bake bread.", "locatoin": "Nantes", '
    '"date_posted": "2026-11-02", "location": "Nantes, FR"}'
)
BARE = '{"id": "acme-3", "title": "Cook", "language": "en", "description": "You cook soup."}'
CONFIG = (
    '[project]\nbase_url = "http://localhost:8000/"\npostings = ["*.jsonl"]\nlocales = ["en", "fr"]\n'
    '[translate]\nengines = []\n[publish]\npolicy = "machine"\n'
)
UNKNOWN = (
    "note: 1 posting: `locatoin` is not a field, for example 'Nantes' in jobs.jsonl:{line}; did you mean `location`?"
)
LOCAL = (
    "note: pages and feeds name http://localhost:8000/, which is this machine; set project.base_url before others read "
    "them"
)
BEFORE = "note: {count} as before; polypost inspect lists those about postings, --all-notes repeats {them}"
SCHEMA = read_json(CHECKOUT / "docs" / "report.schema.json")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"polypost.toml": CONFIG, "jobs.jsonl": f"{NURSE}\n{GUESSED}\nnot a posting\n"})


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    return done.stderr.splitlines()


def objects(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    """Return what was said in JSON, without times, which are checked here, and without what stages took."""
    found = [json.loads(line) for line in lines(done)]
    assert all(TIME.fullmatch(each.pop("time")) for each in found)
    return [each for each in found if each["event"] != "stage"]


def test_a_note_is_told_once_then_counted_and_told_again_when_it_is_asked_for(project: Path) -> None:
    rejected = lines(polypost(project, "build"))[0]
    assert rejected.startswith("rejected: jobs.jsonl:3: ")
    counted = [rejected, BEFORE.format(count="2 notes", them="them")]
    assert lines(polypost(project, "build")) == counted
    assert lines(polypost(project, "build", "--as-of", "2026-12-01")) == counted
    told = [rejected, UNKNOWN.format(line=2), LOCAL]
    assert lines(polypost(project, "build", "--all-notes")) == told
    assert lines(polypost(project, "build", "--all-notes")) == told


def test_a_note_about_the_same_on_another_line_is_the_same_and_a_new_one_is_told(project: Path) -> None:
    polypost(project, "build")
    write_tree(project, {"jobs.jsonl": f"{GUESSED}\n{NURSE}\n"})
    assert lines(polypost(project, "build")) == [BEFORE.format(count="2 notes", them="them")]
    write_tree(project, {"jobs.jsonl": f'{GUESSED}\n{NURSE[:-1]}, "salery": 1}}\n'})
    done = polypost(project, "build")
    assert any("`salery`" in line for line in lines(done)), done.stderr


def test_what_is_doubtful_of_a_whole_file_is_a_note_too(project: Path) -> None:
    (project / "jobs.csv").write_bytes("Titel;Aufgaben\nBäcker;Du backst Brot.\n".encode("cp1252"))
    config = CONFIG.replace("*.jsonl", "*.csv").replace("localhost:8000", "jobs.test")
    write_tree(project, {"polypost.toml": config})
    told = [
        'note: jobs.csv: read as columns = {title = "Titel"}; to keep or change it, write it under [[intake.sources]]',
        "note: jobs.csv: 1 record: is not UTF-8 and was read as windows-1252",
        "note: jobs.csv: 1 without an id: made from title, organization, place and address",
    ]
    assert lines(polypost(project, "build", "--dry-run"))[: len(told)] == told
    assert lines(polypost(project, "build"))[: len(told)] == told
    (again,) = lines(polypost(project, "build", "--as-of", "2026-12-01"))
    assert "as before; polypost inspect lists" in again
    for command in ("inspect", "detect"):
        assert lines(polypost(project, command))[: len(told)] == told


def test_postings_that_search_engines_take_for_none_are_noted_in_one_line(project: Path) -> None:
    undated = BARE.replace("acme-3", "acme-4").replace("}", ', "location": "Lyon, FR"}')
    write_tree(project, {"jobs.jsonl": f"{NURSE}\n{BARE}\n{undated}\n"})
    note = (
        "note: published 1 without `country` and 2 without `date_posted`: their pages have no JSON-LD, as search "
        "engines refuse it; name the country of the work, or, of remote work, of its applicants; "
        "name the day of posting"
    )
    assert lines(polypost(project, "build")) == [LOCAL, note]


def test_a_note_whose_cause_came_back_is_told_again(project: Path) -> None:
    polypost(project, "build")
    write_tree(project, {"jobs.jsonl": f"{NURSE}\n"})
    assert lines(polypost(project, "build", "--allow-withdrawals")) == [
        "note: 1 note as before; --all-notes repeats it"
    ]
    write_tree(project, {"jobs.jsonl": f"{NURSE}\n{GUESSED}\n"})
    assert UNKNOWN.format(line=2) in lines(polypost(project, "build"))


def test_notes_are_json_lines_where_a_log_is_asked_for(project: Path) -> None:
    done = polypost(project, "build", "--log-json")
    rejected, unknown, local = objects(done)
    assert {**rejected, "message": ""} == {
        "level": "error",
        "event": "rejected",
        "message": "",
        "file": "jobs.jsonl",
        "position": 3,
    }
    assert unknown == {
        "level": "note",
        "event": "doubt",
        "message": UNKNOWN.format(line=2).removeprefix("note: "),
        "field": "locatoin",
        "postings": 1,
        "posting": "acme-2",
    }
    assert local == {"level": "note", "event": "local_address", "message": LOCAL.removeprefix("note: ")}


def test_the_end_of_each_stage_is_a_line_of_the_log_once_where_it_was_at_work(project: Path) -> None:
    worked, repeated = (polypost(project, "build", "--log-json") for _ in range(2))
    stages = [each for line in lines(worked) if (each := json.loads(line))["event"] == "stage"]
    assert [each["stage"] for each in stages if each["seconds"] < 1][:2] in (["read", "detect"], ["read", "check"])
    assert set(stages[0]) == {"time", "level", "event", "message", "stage", "seconds", "count", "rate", "peak_bytes"}
    assert (stages[0]["count"], stages[0]["level"]) == (3, "info")
    assert [each["event"] for each in objects(repeated)] == ["rejected", "as_before"]
    assert '"stage"' not in repeated.stderr


def test_warnings_and_the_mistake_that_ends_a_command_are_in_the_log_too(project: Path) -> None:
    write_tree(project, {"polypost.toml": CONFIG.replace('"*.jsonl"', '"*.jsonl", "*.txt"')})
    (warning,) = [each for each in objects(polypost(project, "detect", "--log-json")) if each["level"] == "warning"]
    assert warning == {
        "level": "warning",
        "event": "log",
        "message": "project.postings: nothing matches *.txt",
        "logger": "pipeline.workflow.posting_files",
    }
    mistaken = polypost(project, "why", "acme-9", "fr", "--log-json")
    assert mistaken.returncode == 2
    assert [(each["level"], each["event"]) for each in objects(mistaken)][-1] == ("error", "error")


def test_a_stop_is_a_line_of_the_log(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pipeline.cli.stopping import Stopping; "
        "sys.exit(Stopping().run(lambda: os.kill(os.getpid(), signal.SIGTERM) or 0))"
    )
    command = [sys.executable, "-c", code, "--log-json"]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    told = json.loads(done.stderr)
    assert datetime.fromisoformat(told.pop("time")).tzinfo is not None
    assert (done.returncode, told) == (143, {"level": "error", "event": "stopped", "message": STOPPED.strip()})


def test_stages_are_told_to_people_who_ask_what_is_done(project: Path) -> None:
    (project / "build").mkdir()  # where answers are kept
    assert re.search(r"^info: detect: 2 in \d+\.\d s$", polypost(project, "detect", "-v").stderr, re.MULTILINE)
    assert "info:" not in polypost(project, "detect").stderr
    assert "info:" not in polypost(project, "detect", "-v").stderr  # it answers from what was kept


@pytest.mark.parametrize("command", ["build", "translate", "publish"])
def test_each_run_that_writes_leaves_a_report_of_the_documented_form(project: Path, command: str) -> None:
    polypost(project, command)
    report = read_json(project / "build" / "report.json")
    jsonschema.validate(report, SCHEMA)
    assert (report["command"], report["postings"]["read"]) == (command, 3)
    assert {"read", "detect"} <= {stage["stage"] for stage in report["stages"]}
    assert ("announced" in report["locales"]["en"]) == (command != "translate")


def test_report_tells_why_feeds_announce_items_again_and_an_unchanged_build_leaves_it_alone(project: Path) -> None:
    polypost(project, "build")
    first = (project / "build" / "report.json").read_bytes()
    new = json.loads(first)["locales"]["en"]["announced"]
    polypost(project, "build")
    assert (project / "build" / "report.json").read_bytes() == first
    moved = f'{NURSE.replace("in Lyon", "in Nice")}\n{GUESSED[:-1]}, "url": "https://acme.example/2"}}\n'
    write_tree(project, {"jobs.jsonl": moved})
    polypost(project, "build")
    assert [new, read_json(project / "build" / "report.json")["locales"]["en"]["announced"]] == [
        {"new": 2, "returned": 0, "text_changed": 0, "facts_changed": 0, "withdrawn": 0},
        {"new": 0, "returned": 0, "text_changed": 1, "facts_changed": 1, "withdrawn": 0},
    ]


def test_report_is_a_page_that_loads_and_runs_nothing(project: Path) -> None:
    polypost(project, "build")
    page = (project / "build" / "report.html").read_text(encoding="utf-8")
    tree = html.document_fromstring(page)
    assert not tree.xpath("//script | //link | //@href | //@src | //@style | //@*[starts-with(name(), 'on')]")
    assert "default-src 'none'; style-src 'sha256-" in page
    assert [heading.text for heading in tree.iter("h2")] == [
        "Time a stage",
        "Coverage",
        "Postings that are held",
        "Items that feeds announce again",
    ]


def test_page_of_a_report_is_valid(project: Path) -> None:
    polypost(project, "build")
    assert faults(project / "build", [project / "build" / "report.html"]) == []
