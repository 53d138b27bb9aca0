"""`publish --dry-run` tells what would come, change and go, and writes nothing at all."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.projects import CHECKOUT, CONFIG, built, polypost, read_json, read_tree, write_tree

PLANNED = ("added", "changed", "withdrawn")


def keeper(number: int, title: str = "Keeper") -> str:
    fields = {"id": f"keeper-{number}", "title": title, "language": "fr", "description": f"Poste {number} au phare."}
    return json.dumps(fields) + "\n"


def keepers(*numbers: int) -> str:
    return "".join(keeper(number, f"Gardien {number}") for number in numbers)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"polypost.toml": CONFIG, "postings/keepers.jsonl": keepers(*range(6))}
    folder = write_tree(tmp_path_factory.mktemp("master"), files)
    built(folder)
    return folder


# What a record became, how postings stand, what files of a release were made of: nothing that is not so without them.
LOOKED_UP = ("read.", "outlines.", "ruling.", "published.")


@pytest.fixture
def project(master: Path, tmp_path: Path) -> Path:
    """Return a copy of a project that was built once."""
    return shutil.copytree(master, tmp_path / "project", symlinks=True)


def everything(project: Path) -> dict[str, tuple[bytes, int, int]]:
    """Read content, inode and time of every file and link, hidden ones too, but for what is only looked up again."""
    return {
        path.relative_to(project).as_posix(): (
            path.readlink().as_posix().encode() if path.is_symlink() else path.read_bytes() if path.is_file() else b"",
            path.lstat().st_ino,
            path.lstat().st_mtime_ns,
        )
        for path in project.rglob("*")
        if not (path.parent == project / "build" and path.name.startswith(LOOKED_UP)) and path != project / "build"
    }


def dry_run(project: Path, *arguments: str, command: str = "publish") -> Any:
    before = everything(project)
    done = polypost(project, command, "--dry-run", "--json", *arguments)
    assert everything(project) == before
    assert done.returncode == (1 if json.loads(done.stdout)["stopped"] else 0), done.stderr
    return json.loads(done.stdout)


def test_first_release_is_foreseen_in_an_empty_project(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/keepers.jsonl": keepers(1, 2)})
    told = dry_run(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["polypost.toml", "postings"]
    expected = [{"posting": f"keeper-{number}", "title": f"Gardien {number}"} for number in (1, 2)]
    assert [told["locales"]["fr"][kind] for kind in PLANNED] == [expected, [], []]
    assert [told["locales"]["en"][kind] for kind in PLANNED] == [[], [], []]
    assert polypost(tmp_path, "publish").returncode == 0
    assert told["files"] == {"added": len(read_tree(tmp_path / "public")), "changed": 0, "removed": 0, "unchanged": 0}


def test_what_comes_changes_and_goes_is_told_and_then_done(project: Path) -> None:
    postings = keepers(0, 1, 2, 3, 9) + keeper(4, "Gardienne en chef")
    write_tree(project, {"postings/keepers.jsonl": postings})
    before = read_tree(project / "public")
    told = dry_run(project)
    assert [told["locales"]["fr"][kind] for kind in PLANNED] == [
        [{"posting": "keeper-9", "title": "Gardien 9"}],
        [{"posting": "keeper-4", "title": "Gardienne en chef"}],
        [{"posting": "keeper-5", "title": ""}],
    ]
    done = polypost(project, "publish")
    after = read_tree(project / "public")
    changed = [path for path in after if path in before and after[path] != before[path]]
    counts = {"added": len(set(after) - set(before)), "removed": len(set(before) - set(after)), "changed": len(changed)}
    assert {key: value for key, value in told["files"].items() if key != "unchanged"} == counts
    assert f"{counts['added']} files added, {counts['changed']} changed, {counts['removed']} removed" in done.stdout
    assert dry_run(project)["files"] == {"added": 0, "changed": 0, "removed": 0, "unchanged": len(after)}


def test_build_is_foreseen_with_what_it_would_translate(project: Path) -> None:
    cook = {"id": "cook", "title": "Cook", "language": "en", "description": "We cook fish for our guests."}
    write_tree(project, {"postings/cook.jsonl": json.dumps(cook)})
    before = read_tree(project / "public")
    told = dry_run(project, command="build")
    assert told["locales"]["pt_BR"]["added"] == [{"posting": "cook", "title": "Cozinheiro(a)"}]
    assert [told["locales"]["en"][kind] for kind in PLANNED] == [[{"posting": "cook", "title": "Cook"}], [], []]
    built(project)
    after = read_tree(project / "public")
    changed = [path for path in after if path in before and after[path] != before[path]]
    assert (told["files"]["added"], told["files"]["changed"]) == (len(set(after) - set(before)), len(changed))
    assert dry_run(project, command="build")["files"] == {
        "added": 0,
        "changed": 0,
        "removed": 0,
        "unchanged": len(after),
    }


def test_posting_whose_facts_alone_change_is_told(project: Path) -> None:
    postings = keepers(*range(6)).replace('{"id": "keeper-3",', '{"id": "keeper-3", "organization": "Phare",')
    write_tree(project, {"postings/keepers.jsonl": postings})
    told = dry_run(project)["locales"]["fr"]
    assert [told[kind] for kind in PLANNED] == [[], [{"posting": "keeper-3", "title": "Gardien 3"}], []]


def test_people_get_the_same_as_lines(project: Path) -> None:
    write_tree(project, {"postings/keepers.jsonl": keepers(0, 1, 2, 3, 4, 9)})
    lines = polypost(project, "publish", "--dry-run").stdout.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("fr: "))
    # Its page, and the part of the list with its card, which is named by its content.
    assert lines[first].startswith("fr: postings 1 added, 0 changed, 1 withdrawn; files 2 added, ")
    assert lines[first + 1 : first + 3] == ["  added      keeper-9  Gardien 9", "  withdrawn  keeper-5"]


def test_bad_day_is_foreseen_with_the_exit_code_it_will_have(project: Path) -> None:
    write_tree(project, {"postings/keepers.jsonl": keepers(1)})
    told = dry_run(project)
    assert told["stopped"].startswith("fr: 5 of 6 published postings would vanish, 2 may")
    assert len(told["locales"]["fr"]["withdrawn"]) == 5
    assert polypost(project, "publish").returncode == 1
    assert dry_run(project, "--allow-withdrawals")["stopped"] is None


def test_rejected_record_has_its_exit_code(project: Path) -> None:
    write_tree(project, {"postings/more.jsonl": "{}\n"})
    before = everything(project)
    done = polypost(project, "publish", "--dry-run")
    assert (done.returncode, "rejected: postings/more.jsonl:1" in done.stderr) == (1, True)
    assert everything(project) == before


def test_two_that_publish_at_once_leave_one_whole_release_and_record(project: Path) -> None:
    write_tree(project, {"postings/keepers.jsonl": keepers(*range(60))})
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "pipeline", "publish"]
    running = [subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [each.wait(timeout=120) for each in running] == [0, 0, 0]
    recorded = (project / "locales/publications.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(recorded) == len(set(recorded)) == 60
    files = read_tree(project / "public")
    assert {entry["path"] for entry in read_json(project / "public/manifest.json")["files"]} == {*files} - {
        "manifest.json"
    }
    assert dry_run(project)["files"]["unchanged"] == len(files)
