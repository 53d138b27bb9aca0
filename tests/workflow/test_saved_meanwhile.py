"""What a reviewer saves while a command is at work is kept, at every moment and in both ways of saving."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import polib
import pytest

from tests.chaos.child import released
from tests.processes import SECONDS
from tests.projects import CHECKOUT, CONFIG, NO_MODELS, built, polypost, read_json, read_tree, write_tree

CATALOG = Path("locales/pt_BR/LC_MESSAGES/postings.en.po")
VERBS = ("Plan", "Repair", "Clean", "Paint", "Measure", "Inspect", "Describe", "Order", "Sell", "Carry")
THINGS = ("boats", "bridges", "kitchens", "gardens", "tables", "windows", "lamps", "roads", "tools", "coats")
PLACES = ("in the harbour", "behind the station")
TIMES = ("every morning", "before noon", "on Sundays", "in winter", "with a colleague", "by hand")
ENOUGH_EDITS = 9  # of which some come while the catalog is made
MOST_EDITS = 40  # a run that meets a hundred, each while it makes the file anew, gives up
# As an editor that saves a catalog for a moment in two pieces: what is there is whole at the fifth look at it.
WHOLE_LATER = """
import os, sys
from pipeline.cli import main

looks = 0

def hear(event, arguments):
    global looks
    if event == "open" and str(arguments[0]).endswith(sys.argv[1]):
        looks += 1
        if looks == 5:
            os.replace("whole.po", sys.argv[1])

sys.addaudithook(hear)
main(sys.argv[2:])
"""
Save = Callable[[Path, str], None]


def tasks_of(*words: tuple[str, ...]) -> list[str]:
    return [" ".join(each) for each in product(*words)]


def tasks(*words: tuple[str, ...]) -> str:
    items = "\n".join(tasks_of(*words))
    return f"Language: en\nDate-Posted: 2026-11-02\n\nResponsibilities:\n{items}\n"


def by_rename(path: Path, text: str) -> None:
    draft = path.with_suffix(".editor")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def slowly_in_place(path: Path, text: str) -> None:
    half = text.index("\n\n", len(text) // 2) + 1  # at the end of an entry: what is there is sound, but short
    with path.open("w", encoding="utf-8") as file:
        file.write(text[:half])
        file.flush()
        time.sleep(0.3)
        file.write(text[half:])


class Editor:
    """Holds a catalog as it was opened and saves the whole of it, as editors do; accepts one more each time."""

    def __init__(self, path: Path, save: Save) -> None:
        self._path = path
        self._save = save
        self._catalog = polib.pofile(str(path), wrapwidth=0)
        self._left = [entry for entry in self._catalog if entry.fuzzy and not entry.obsolete][:MOST_EDITS]
        self.accepted: dict[str, str] = {}

    def accept_one(self) -> None:
        if self._left:
            entry = self._left.pop(0)
            entry.flags.remove("fuzzy")
            entry.msgstr = f"{entry.msgstr} (revisto)"
            self.accepted[entry.msgid] = entry.msgstr
        self._save(self._path, str(self._catalog))


def started(project: Path, *arguments: str, program: tuple[str, ...] = ("-m", "pipeline")) -> subprocess.Popen[str]:
    environment = {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, *program, *arguments]
    return subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def save_until_the_end(
    running: subprocess.Popen[str], editor: Editor, *, every: float, wait: float, release: Path | None = None
) -> str:
    """Save in a rhythm while the command runs, and let go of a held one after some; return its standard error."""
    time.sleep(wait)
    while True:
        editor.accept_one()
        if release and len(editor.accepted) == ENOUGH_EDITS:
            release.touch()
        if running.poll() is not None:
            break
        time.sleep(every)
    _, told = running.communicate(timeout=SECONDS)
    assert running.returncode == 0, told
    return told


def reviewed(project: Path) -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(project / CATALOG)) if not entry.fuzzy}


def assert_kept(project: Path, editor: Editor) -> None:
    assert editor.accepted.items() <= reviewed(project).items()
    built(project)
    assert editor.accepted.items() <= reviewed(project).items()
    (posting,) = read_json(project / "public/pt-BR/feed.json")["items"]
    for target in editor.accepted.values():
        assert target in posting["title"] + posting["content_html"]
    assert not list((project / "locales").rglob("*.draft")) + list((project / "locales").rglob("*.saved"))


def assert_complete(project: Path, editor: Editor, sources: list[str]) -> None:
    """Check that the next run adds again what the editor, which saved its own copy last, did not have."""
    assert editor.accepted.items() <= reviewed(project).items()
    built(project)
    assert editor.accepted.items() <= reviewed(project).items()
    assert set(sources) <= {entry.msgid for entry in polib.pofile(str(project / CATALOG))}


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = CONFIG.replace(', "fr"', "").replace(', "postings/*.jsonl"', "")
    files = {"polypost.toml": config, "postings/caretaker.txt": tasks(VERBS, THINGS, TIMES[:2])}
    project = write_tree(tmp_path_factory.mktemp("built"), files)
    built(project)
    return project


@pytest.fixture
def project(tmp_path: Path, built_once: Path) -> Path:
    return copied(built_once, tmp_path / "project")


def copied(project: Path, place: Path) -> Path:
    shutil.copytree(project, place, symlinks=True)
    return place


@pytest.mark.parametrize("save", [by_rename, in_place, slowly_in_place])
def test_nothing_is_lost_while_nothing_is_new(project: Path, save: Save) -> None:
    editor = Editor(project / CATALOG, save)
    save_until_the_end(started(project, "build"), editor, every=0.1, wait=0)
    assert len(editor.accepted) > 3
    assert_kept(project, editor)


def test_nothing_is_lost_while_postings_are_new_and_an_engine_translates_for_seconds(
    project: Path, tmp_path: Path
) -> None:
    words = (VERBS, THINGS[:6], PLACES, TIMES[:2])
    write_tree(project, {"postings/caretaker.txt": tasks(*words)})
    editor = Editor(project / CATALOG, by_rename)
    log = tmp_path / "log"
    running = started(project, "build", program=("-m", "tests.chaos.child", str(log), "held 20"))
    told = save_until_the_end(running, editor, every=0.2, wait=0.2, release=released(log))
    assert len(editor.accepted) >= ENOUGH_EDITS
    assert f"{project / CATALOG} was saved while this run was at work; the change is kept and used" in told
    assert_complete(project, editor, tasks_of(*words))


@pytest.mark.parametrize(
    "command", [("translate", "--retranslate"), ("catalogs", "update"), ("catalogs", "clear", "--machine")]
)
def test_no_other_command_loses_what_is_saved(project: Path, command: tuple[str, ...]) -> None:
    write_tree(project, {"postings/second.txt": "Title: Second\n" + tasks(VERBS[:2], THINGS[:2], TIMES[3:])})
    editor = Editor(project / CATALOG, by_rename)
    save_until_the_end(started(project, *command), editor, every=0.1, wait=0.2)
    assert editor.accepted
    assert editor.accepted.items() <= reviewed(project).items()


def test_two_runs_and_an_editor_at_once_lose_nothing(project: Path) -> None:
    write_tree(project, {"postings/second.txt": "Title: Second\n" + tasks(VERBS, THINGS[:5], TIMES[3:5])})
    editor = Editor(project / CATALOG, in_place)
    other = started(project, "translate")
    save_until_the_end(started(project, "build"), editor, every=0.2, wait=0.2)
    _, told = other.communicate(timeout=SECONDS)
    assert other.returncode == 0, told
    assert_complete(project, editor, tasks_of(VERBS, THINGS[:5], TIMES[3:5]))


def test_record_that_somebody_edits_meanwhile_keeps_the_edit(project: Path) -> None:
    """The ledger is saved at every moment of a run; its lines, ours and theirs, all stay."""
    ledger = project / "locales/publications.jsonl"
    other = ledger.read_text(encoding="utf-8").splitlines()[0].replace("caretaker", "theirs")
    write_tree(project, {"postings/second.txt": "Title: Second\n" + tasks(VERBS[:2], THINGS[:2], TIMES[3:])})
    running = started(project, "build", "--allow-withdrawals")
    mine: list[str] = []
    while running.poll() is None:
        mine.append(other.replace("theirs", f"theirs-{len(mine)}"))
        with ledger.open("a", encoding="utf-8") as file:  # between a reading and a writing of ours the run could write
            file.write(f"{mine[-1]}\n")
        time.sleep(0.5)
    _, told = running.communicate(timeout=SECONDS)
    assert running.returncode == 0, told
    lines = ledger.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line in mine] == mine
    assert sum('"posting": "second"' in line for line in lines) == 2


@pytest.fixture(scope="module")
def accepted_once(built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copied(built_once, tmp_path_factory.mktemp("accepted") / "project")
    catalog = polib.pofile(str(project / CATALOG), wrapwidth=0)
    for entry in catalog:
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    catalog.save()
    built(project)
    return project


@pytest.fixture
def accepted(tmp_path: Path, accepted_once: Path) -> Path:
    """Make a project whose every unit is reviewed, and whose last run has seen that."""
    return copied(accepted_once, tmp_path / "project")


def cut(path: Path, share: float) -> bytes:
    """Cut a file at the end of an entry, as a full disk may; return what it was."""
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"\n\n", int(len(whole) * share)) + 1])
    return whole


@pytest.mark.parametrize(
    ("command", "share"),
    [
        (("build",), 0.2),
        (("build",), 0.85),
        (("translate",), 0.5),
        (("publish",), 0.7),
        (("catalogs", "update"), 0.3),
        (("catalogs", "clear", "--machine"), 0.8),
    ],
)
def test_catalog_that_was_cut_at_the_end_of_an_entry_is_never_taken_as_short(
    accepted: Path, command: tuple[str, ...], share: float
) -> None:
    cut(accepted / CATALOG, share)
    before = read_tree(accepted / "locales"), read_tree(accepted / "public")
    done = polypost(accepted, *command)
    assert done.returncode == 1
    assert f"{CATALOG}: " in done.stderr
    assert "reviewed units are gone since the last run; was the file cut off?" in done.stderr
    assert done.stderr.endswith("run again with --allow-losses\n")
    assert (read_tree(accepted / "locales"), read_tree(accepted / "public")) == before


def test_loss_that_is_meant_is_allowed_and_then_forgotten(accepted: Path) -> None:
    cut(accepted / CATALOG, 0.5)
    built(accepted, "--allow-losses", "--allow-withdrawals")
    built(accepted)


def test_small_loss_is_told(accepted: Path) -> None:
    cut(accepted / CATALOG, 0.97)
    done = built(accepted)
    assert f"{CATALOG} has lost " in done.stderr


def test_cut_file_that_is_whole_a_moment_later_is_waited_for(accepted: Path) -> None:
    (accepted / "whole.po").write_bytes(cut(accepted / CATALOG, 0.5))
    running = started(accepted, str(CATALOG), "build", program=("-c", WHOLE_LATER))
    _, told = running.communicate(timeout=SECONDS)
    assert (running.returncode, (accepted / "whole.po").exists()) == (0, False), told
    assert told.splitlines() == [
        "note: 2 notes as before; polypost inspect lists those about postings, --all-notes repeats them"
    ]


def test_record_that_was_cut_is_not_taken_as_short(accepted: Path) -> None:
    ledger = accepted / "locales/publications.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:-1]))
    done = polypost(accepted, "build")
    assert (done.returncode, ledger.read_bytes()) == (1, b"".join(lines[:-1]))
    assert "publications.jsonl: 1 of 2 lines are gone since the last run" in done.stderr


def test_fewer_reviews_of_people_are_no_loss(accepted: Path) -> None:
    """Who takes a review back, empties a target or marks it as doubtful has lost nothing."""
    catalog = polib.pofile(str(accepted / CATALOG), wrapwidth=0)
    for number, entry in enumerate(catalog):
        if number % 2:
            entry.msgstr = ""
        else:
            entry.flags.append("fuzzy")
    catalog.save()
    built(accepted, "--allow-withdrawals")
