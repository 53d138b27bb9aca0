"""What a command prints can be cut off, find no room or go nowhere: it says so in one line at most."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.cli.every_command import COMMANDS, FILES
from tests.processes import POLYPOST, ended, started
from tests.projects import built, polypost, polypost_into, write_tree

NO_ROOM = "error: standard output: No space left on device\n"
ENDING = tuple(command for command in COMMANDS if command[0] != "serve")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_tree(tmp_path_factory.mktemp("project"), FILES)
    built(folder)
    return folder


@pytest.fixture
def nobody() -> Iterator[IO[bytes]]:
    """Return a pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        yield pipe


def printed_into(project: Path, stdout: IO[bytes], *command: str) -> tuple[int, str]:
    done = polypost_into(project, stdout, *command)
    return done.returncode, done.stderr


def printed_from_the_start_into(project: Path, stdout: IO[bytes], *command: str) -> tuple[int, str]:
    with started(project, *POLYPOST, *command, stdout=stdout) as process:
        code, _, notes = ended(process)
    return code, notes


@pytest.mark.parametrize(
    "command", [*ENDING, ("--help",), ("--version",), ("catalogs", "stats", "--help"), ("build",)], ids=" ".join
)
def test_output_that_nobody_reads_ends_a_command_quietly(
    project: Path, tmp_path: Path, nobody: IO[bytes], command: tuple[str, ...]
) -> None:
    done = polypost(project, *command)
    expected = (141, "") if done.stdout else (done.returncode, done.stderr)
    assert printed_into(project, nobody, *command) == expected
    with (tmp_path / "full").open("wb"), Path("/dev/full").open("wb", buffering=0) as full:
        expected = (1, done.stderr + NO_ROOM) if done.stdout else (done.returncode, done.stderr)
        assert printed_into(project, full, *command) == expected


@pytest.mark.parametrize("command", [("--help",), ("--version",), ("build",)], ids=" ".join)
def test_output_that_nobody_reads_ends_a_command_that_begins_anew(
    project: Path, nobody: IO[bytes], command: tuple[str, ...]
) -> None:
    assert printed_from_the_start_into(project, nobody, *command) == (141, "")
    with Path("/dev/full").open("wb", buffering=0) as full:
        code, notes = printed_from_the_start_into(project, full, *command)
    assert (code, notes.endswith(NO_ROOM)) == (1, True)


def test_server_whose_address_nobody_reads_does_not_start(project: Path, nobody: IO[bytes]) -> None:
    assert printed_from_the_start_into(project, nobody, "serve", "--port", "0") == (141, "")


def test_notes_that_nobody_reads_end_a_command_too(project: Path, nobody: IO[bytes]) -> None:
    code, _, _ = through_shell(project, f"2>/proc/{os.getpid()}/fd/{nobody.fileno()}", "status", "--dance")
    assert code == 141


def through_shell(project: Path, redirections: str, *command: str) -> tuple[int, str, str]:
    with started(project, "sh", "-c", f'"$@" {redirections}', "sh", *POLYPOST, *command) as process:
        return ended(process)


@pytest.mark.parametrize(
    ("redirections", "command"),
    [
        (">&-", ("--help",)),
        ("2>&-", ("why", "nobody", "fr")),
        ("<&-", ("--help",)),
        ("<&- 2>&-", ("build",)),
        ("<&- >&- 2>&-", ("build",)),
        ("2>/dev/full", ("why", "nobody", "fr")),
    ],
)
def test_closed_descriptor_changes_nothing_but_what_is_seen(
    project: Path, tmp_path: Path, redirections: str, command: tuple[str, ...]
) -> None:
    copy = shutil.copytree(project, tmp_path / "copy", symlinks=True)
    shutil.rmtree(copy / "build")  # the memory is opened anew, and must not take the place of standard error
    done = polypost(project, *command)
    output = "" if ">&-" in redirections.split() else done.stdout
    notes = "" if "2>" in redirections else done.stderr
    code, said, noted = through_shell(copy, redirections, *command)
    assert (code, noted) == (done.returncode, notes)
    assert (len(said.splitlines()), said[:1]) == (len(output.splitlines()), output[:1])
    assert b"error" not in b"".join(path.read_bytes()[:16] for path in (copy / "build").rglob("*") if path.is_file())


def test_pipe_that_another_program_made_non_blocking_is_written_whole(project: Path) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with os.fdopen(reading, "rb") as reader, os.fdopen(writing, "wb") as pipe:
        os.write(writing, bytes(4096) * 16)  # until it is full
        with started(project, *POLYPOST, "--help", stdout=pipe) as process:
            pipe.close()
            got = reader.read()
            code, _, notes = ended(process)
    assert (code, notes) == (0, "")
    assert got.strip(b"\0").decode() == polypost(project, "--help").stdout
