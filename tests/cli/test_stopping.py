"""Ctrl-C and SIGTERM end every command, whatever it is at, with one line and nothing half written.

`make fuzz` stops a build four times as often.
"""

import os
import random
import shutil
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from tests.cli.every_command import ARGUMENTS, COMMANDS, FILES, POSTING, names_of_commands
from tests.processes import POLYPOST, SECONDS, STOPPED, ended, started, wait_until_heard
from tests.projects import CHECKOUT, CONFIG, built, polypost, read_tree, write_tree
from tests.tools import LONG, require_tool
from tests.workflow.test_crash import many_items

MOST_SECONDS = 60  # on a busy machine, between a signal and the end; nothing that is stopped here ends by itself
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
RUN = "from pipeline.cli.stopping import Stopping; import sys, {module}; sys.exit(Stopping().run(lambda: {call}))"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
ENDLESS_QUERY = f"sqlite3.connect(':memory:').execute('{ENDLESS}').fetchall()"
SLOW_DESTRUCTOR = """
import sys, time
from pipeline.cli.stopping import Stopping

class Slow:
    def __del__(self):
        print("begun", flush=True)
        for _ in range(30_000):
            time.sleep(0.01)

def work():
    slow = Slow()
    del slow
    time.sleep(300)
    return 0

sys.exit(Stopping().run(work))
"""
CAREFUL = """
import os, sys, time
from pipeline.cli.stopping import Stopping

def work():
    try:
        print("begun", flush=True)
        time.sleep(300)
    finally:
        print("cleaning up", flush=True)
        while not os.path.exists("done"):
            time.sleep(0.01)
        print("cleaned up", flush=True)
    return 0

sys.exit(Stopping().run(work))
"""
# Python loads it before all else. The import of that number, counted from the first that can be stopped, never ends.
ENDLESS_IMPORT = """
import sys, time

class Endless:
    left = None

    def find_spec(self, name, path=None, target=None):
        if name == "pipeline.cli.streams":
            Endless.left = {number}
        while Endless.left == 0:
            time.sleep(0.01)
        if Endless.left is not None:
            Endless.left -= 1

sys.meta_path.insert(0, Endless())
"""
MOST_IMPORTS = 100  # there are more in each command: 137 in --version


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_tree(tmp_path_factory.mktemp("master"), FILES)
    built(folder)
    return folder


# The releases, and files that `init` writes.
MEANT = frozenset({".public-releases", ".gitattributes", ".github", ".gitignore"})


def leftovers(folder: Path) -> list[str]:
    """Return what begins with a dot, as everything does that is not yet what it is to be; but what is to be so."""
    return [path.name for path in folder.rglob(".*") if path.name not in MEANT]


def test_every_command_is_tried() -> None:
    assert sorted(names_of_commands()) == sorted(ARGUMENTS)


@pytest.mark.parametrize("command", [*COMMANDS, ("--help",), ("--version",)], ids=" ".join)
def test_command_is_stopped_while_its_modules_are_imported(
    master: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    chance = random.Random(" ".join(command))  # noqa: S311  the same at each run
    number = chance.choice(list(CODES))
    write_tree(tmp_path, {"sitecustomize.py": ENDLESS_IMPORT.format(number=chance.randrange(MOST_IMPORTS))})
    paths = {"PYTHONPATH": f"{tmp_path}:{CHECKOUT}"}
    with started(master, *POLYPOST, *command, environment=paths) as process:
        wait_until_heard(process)
        process.send_signal(number)
        assert ended(process) == (CODES[number], "", STOPPED)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_command_that_is_stopped_at_any_moment_says_so_or_is_done(
    master: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    chance = random.Random(" ".join(command))  # noqa: S311  the same at each run
    project = shutil.copytree(master, tmp_path / "project", symlinks=True)
    for number, code in CODES.items():
        with started(project, *POLYPOST, *command) as process:
            wait_until_heard(process)
            time.sleep(chance.uniform(0, 0.9))
            process.send_signal(number)
            result, _, notes = ended(process)
        assert "Traceback" not in notes
        if result == code:  # what it had to say may have been said before the signal came
            assert notes.endswith(STOPPED) or (command[0], notes) == ("serve", "ended\n")
        else:  # it came to its end before the signal came
            assert result in {0, 1, 2, 3}
            assert STOPPED not in notes
        assert leftovers(project) == []


def test_build_that_is_stopped_again_and_again_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    config = CONFIG.replace(', "postings/*.jsonl"', "")
    files = {"polypost.toml": config, "postings/caretaker.txt": many_items()[:1500]}
    undisturbed, project = write_tree(tmp_path / "a", files), write_tree(tmp_path / "b", files)
    began = time.monotonic()
    with started(undisturbed, *POLYPOST, "build") as process:  # it begins anew, as those do that are stopped
        assert ended(process)[0] == 0
    seconds = time.monotonic() - began
    chance = random.Random(11)  # noqa: S311  the same at each run
    for number, code in [*CODES.items()] * (4 if LONG else 1):
        with started(project, *POLYPOST, "build") as process:
            wait_until_heard(process)
            time.sleep(chance.uniform(0.2, seconds))
            process.send_signal(number)
            result, _, notes = ended(process)
        assert (result, notes) in {(code, STOPPED), (0, "")}
        assert leftovers(project) == []
    built(project)
    for name in ("locales", "public"):
        assert read_tree(project / name) == read_tree(undisturbed / name)


@pytest.mark.parametrize(
    ("module", "call"),
    [("hashlib", "hashlib.pbkdf2_hmac('sha256', b'', b'', 10**9)"), ("sqlite3", ENDLESS_QUERY)],
)
@pytest.mark.parametrize("number", CODES)
def test_native_code_that_does_not_return_is_stopped(
    tmp_path: Path, module: str, call: str, number: signal.Signals
) -> None:
    with started(tmp_path, sys.executable, "-c", RUN.format(module=module, call=call)) as process:
        wait_until_heard(process)
        time.sleep(0.5)
        began = time.monotonic()
        process.send_signal(number)
        assert ended(process) == (CODES[number], "", STOPPED)
        assert time.monotonic() - began < MOST_SECONDS


def test_signal_in_a_destructor_is_not_swallowed(tmp_path: Path) -> None:
    with started(tmp_path, sys.executable, "-c", SLOW_DESTRUCTOR) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert ended(process) == (130, "", STOPPED)
        assert time.monotonic() - began < MOST_SECONDS


def test_second_signal_does_not_cut_the_clean_up_short(tmp_path: Path) -> None:
    with started(tmp_path, sys.executable, "-c", CAREFUL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "cleaning up\n"
        for number in (signal.SIGTERM, signal.SIGINT):
            process.send_signal(number)
            time.sleep(0.2)
        (tmp_path / "done").touch()
        assert ended(process) == (143, "cleaned up\n", STOPPED)


def test_signal_that_was_ignored_stays_ignored(master: Path) -> None:
    with started(master, "sh", "-c", 'trap "" INT; exec "$@"', "sh", *POLYPOST, "status") as process:
        wait_until_heard(process)
        process.send_signal(signal.SIGINT)
        result, output, notes = ended(process)
    assert (result, notes) == (0, "")
    assert output == polypost(master, "status").stdout


def test_server_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        config = CONFIG.replace('engines = ["bergamot"]', f'engines = ["libretranslate"]\nlibretranslate = "{address}"')
        write_tree(tmp_path, {**FILES, "polypost.toml": config.replace(', "postings/*.jsonl"', "")})
        with started(tmp_path, *POLYPOST, "translate") as process:
            server.settimeout(SECONDS)
            connection, _ = server.accept()
            with connection:
                connection.recv(1)
                began = time.monotonic()
                process.send_signal(signal.SIGINT)
                assert ended(process) == (130, "", STOPPED)
                assert time.monotonic() - began < MOST_SECONDS


def test_no_program_of_apertium_is_left(tmp_path: Path) -> None:
    apertium = Path(require_tool("apertium"))
    config = CONFIG.replace('"bergamot"', '"apertium"').replace(', "postings/*.jsonl"', "")
    posting = POSTING.replace("en", "es", 1).replace("We look after forty patients.", "Buscamos una enfermera.")
    write_tree(
        tmp_path,
        {
            "polypost.toml": config,
            "postings/nurse.txt": posting,
            "bin/apertium": f'#!/bin/sh\necho $$ > "{tmp_path}/group"\nsleep 1000\nexec {apertium} "$@"\n',
        },
    )
    (tmp_path / "bin/apertium").chmod(0o755)
    paths = {
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "APERTIUM_DATADIR": str(apertium.resolve().parent.parent / "share/apertium"),
    }
    with started(tmp_path, *POLYPOST, "translate", environment=paths) as process:
        deadline = time.monotonic() + SECONDS
        while not (tmp_path / "group").exists() or not (tmp_path / "group").read_text(encoding="ascii"):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(0.3)  # the program has begun, and is waited for
        process.send_signal(signal.SIGTERM)
        assert ended(process) == (143, "", STOPPED)
    group = (tmp_path / "group").read_text(encoding="ascii").strip()
    deadline = time.monotonic() + SECONDS
    while group in living_groups():  # who is killed ends a moment later
        assert time.monotonic() < deadline
        time.sleep(0.01)


def living_groups() -> set[str]:
    return {fields[2] for fields in map(state_of, Path("/proc").glob("[0-9]*")) if fields[0] != "Z"}


def state_of(process: Path) -> list[str]:
    """Return the state of a process, its parent and its group."""
    try:
        return (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:  # it has just ended
        return ["Z", "", ""]
