"""`polypost build --check`: writes nothing, says what a build would write, and ends with 1 if that is anything."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.projects import CONFIG, built, polypost, read_tree, write_tree

NURSE = "Title: Night nurse\nLanguage: en\nLocation: Porto, PT\n\nWe look after forty patients.\n"
COOK = NURSE.replace("Night nurse", "Cook").replace("We look after forty patients.", "We cook for forty guests.")
NOTHING = "a build would write nothing\n"
FOLDERS = ("locales", "public")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {"polypost.toml": CONFIG.replace(', "postings/*.jsonl"', ""), "postings/nurse.txt": NURSE}
    built(write_tree(tmp_path, files))
    return tmp_path


def written(project: Path) -> dict[str, dict[str, bytes]]:
    return {name: read_tree(project / name) for name in FOLDERS if (project / name).exists()}


def test_after_a_build_nothing_is_left_to_write(project: Path) -> None:
    before = written(project)
    for kept in (True, False):
        if not kept:
            shutil.rmtree(project / "build")
        done = polypost(project, "build", "--check")
        assert (done.returncode, done.stdout) == (0, NOTHING), done.stderr
        report = json.loads(polypost(project, "build", "--check", "--json").stdout)
        nothing: dict[str, list[str]] = {"added": [], "changed": [], "removed": []}
        assert report == {"would_write": False, "locales": [], "publications": 0, "public": nothing}
    assert written(project) == before


def test_new_posting_is_told_with_every_file_and_written_nowhere(project: Path) -> None:
    write_tree(project, {"postings/cook.txt": COOK})
    before = written(project)
    done = polypost(project, "build", "--check")
    assert (done.returncode, written(project)) == (1, before)
    told = done.stdout.splitlines()
    assert told[-1] == "run `polypost build`, it has something to write"
    assert "locales: pt_BR/LC_MESSAGES/postings.en.po would be written" in told
    assert "locales: postings.en.pot would be written" in told
    assert "locales: publications.jsonl would be continued, lines: 2" in told
    assert any(re.fullmatch(r"public: en/postings/cook-\w+\.html would be added", line) for line in told)
    report = json.loads(polypost(project, "build", "--check", "--json").stdout)
    assert report["would_write"]
    assert f"public: {report['public']['changed'][0]} would be changed" in told
    built(project)
    after = written(project)
    changed = {name for name in after["locales"] if after["locales"][name] != before["locales"].get(name)}
    assert changed == {*report["locales"], "publications.jsonl"}
    added = {name for name in after["public"] if name not in before["public"]}
    assert added - {"manifest.json"} == set(report["public"]["added"]) - {"manifest.json"}


def test_accepted_target_and_a_missing_release_are_something_to_write(project: Path) -> None:
    path = project / "locales/pt_BR/LC_MESSAGES/postings.en.po"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("#, fuzzy\n", ""), encoding="utf-8")
    done = polypost(project, "build", "--check")
    assert (done.returncode, "public: pt-BR/feed.json would be changed" in done.stdout) == (1, True)
    path.write_text(content, encoding="utf-8")
    (project / "public").unlink()
    done = polypost(project, "build", "--check")
    assert (done.returncode, "public: en/index.html would be added" in done.stdout) == (1, True)
    assert "locales:" not in done.stdout


def test_what_a_killed_command_had_begun_is_something_to_write(project: Path) -> None:
    write_tree(project, {"locales/decisions/.unfinished.jsonl": ""})
    done = polypost(project, "build", "--check")
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "locales: decisions/ would be written")
    assert (project / "locales/decisions/.unfinished.jsonl").exists()


def test_before_the_first_build_everything_is_to_be_written_and_nothing_is(tmp_path: Path) -> None:
    files = {"polypost.toml": CONFIG.replace(', "postings/*.jsonl"', ""), "postings/nurse.txt": NURSE}
    done = polypost(write_tree(tmp_path, files), "build", "--check")
    assert done.returncode == 1
    assert "more would be added" in done.stdout
    assert written(tmp_path) == {}


def test_build_that_would_be_stopped_ends_the_check_as_it(project: Path) -> None:
    texts = {f"postings/{name}.txt": NURSE.replace("Night", name) for name in ("ward", "day", "shift")}
    built(write_tree(project, texts))
    for name in texts:
        (project / name).unlink()
    done = polypost(project, "build", "--check")
    assert (done.returncode, done.stdout) == (1, "")
    assert "published postings would vanish" in done.stderr
    assert polypost(project, "build", "--check", "--allow-withdrawals").stdout.splitlines()[-1].startswith("run ")


def test_rejected_record_ends_the_check_as_it_ends_a_build(tmp_path: Path) -> None:
    files = {"polypost.toml": CONFIG, "postings/nurse.txt": NURSE, "postings/bad.jsonl": '{"id": "x"}\n'}
    polypost(write_tree(tmp_path, files), "build")
    for _ in range(2):
        done = polypost(tmp_path, "build", "--check")
        assert (done.returncode, done.stdout) == (1, NOTHING)
        assert "bad.jsonl:1" in done.stderr
