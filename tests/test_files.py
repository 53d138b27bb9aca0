"""Atomic writes: the old file or the new one, and an error that says what to do."""

import errno
import resource
from pathlib import Path

import pytest

from pipeline.errors import FileError
from pipeline.storage.files import open_regular, read_regular, write_if_changed
from tests.irregular import IRREGULAR, put
from tests.projects import CONFIG, bound_polypost, built, polypost, private_polypost, read_tree, write_tree

HEAD = "Title: Night nurse\nLocation: Porto, PT\nDate-Posted: 2026-11-01\n"
POSTING = f"{HEAD}\nWe look after forty patients on a quiet ward above the river.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(
        tmp_path, {"polypost.toml": CONFIG.replace(', "postings/*.jsonl"', ""), "postings/nurse.txt": POSTING}
    )


def test_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        FileError, match="is a folder, not a regular file; a folder stands where the file should be; move it away"
    ):
        write_if_changed(tmp_path, b"text")


@pytest.mark.parametrize("make", [lambda path: path.write_text("text"), lambda path: path.symlink_to("nowhere")])
def test_something_else_in_place_of_a_folder_is_told(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "work")
    with pytest.raises(FileError, match="something else stands where one of its folders should be"):
        write_if_changed(tmp_path / "work/file", b"text")


def test_file_that_finds_no_room_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_if_changed(path, b"before")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        with pytest.raises(FileError, match="make room and run again; nothing there has changed") as refused:
            write_if_changed(path, bytes(4096))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert isinstance(refused.value.__cause__, OSError)
    assert refused.value.__cause__.errno == errno.EFBIG
    assert read_tree(tmp_path) == {"file": b"before"}


@pytest.mark.parametrize("folder", ["build", "locales"])
def test_folder_without_write_permission_ends_a_build_with_one_line(project: Path, folder: str) -> None:
    built(project)
    write_tree(project, {"postings/cook.txt": POSTING.replace("Night nurse", "Head cook")})
    closed = [path for path in (project / folder, *(project / folder).rglob("*")) if path.is_dir()]
    for path in closed:
        path.chmod(0o555)
    done = bound_polypost(project, "build")
    for path in closed:
        path.chmod(0o755)
    assert done.returncode == 1
    (told,) = done.stderr.splitlines()
    assert f"/{folder}/" in told
    assert told.endswith("Permission denied; make the file and its folder writable, or name another folder")


def test_project_that_cannot_be_written_builds_while_nothing_is_new(project: Path) -> None:
    built(project)
    closed = [project, *project.rglob("*"), *(project / "public").resolve().parent.rglob("*")]
    for path in closed:
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = bound_polypost(project, "build")
    for path in closed:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert (done.returncode, done.stderr) == (0, "")


def test_new_files_have_the_mode_that_the_umask_leaves_them(project: Path) -> None:
    done = private_polypost(project, "build")
    assert done.returncode == 0, done.stderr
    made = [path for folder in ("locales", "build", "public") for path in (project / folder).resolve().rglob("*")]
    assert {path.stat().st_mode & 0o077 for path in made} == {0}


def test_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_if_changed(path, b"before")
    path.chmod(0o640)
    write_if_changed(path, b"after")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"after", 0o640)


@pytest.mark.parametrize("command", ["build", "translate", "publish"])
def test_file_in_place_of_the_build_folder_is_told(project: Path, command: str) -> None:
    write_tree(project, {"work": "mine"})
    done = polypost(project, command, "--build-dir", "work/inner")
    assert done.returncode == 1
    assert done.stderr.startswith("error: work/inner: ")
    assert "something else stands where one of its folders should be" in done.stderr


@pytest.mark.parametrize("kind", IRREGULAR)
def test_what_may_never_end_is_not_read(tmp_path: Path, kind: str) -> None:
    path = put(kind, tmp_path / "input")
    for read in (open_regular, read_regular):
        with pytest.raises(OSError, match="not a regular file") as refused:
            read(path)
        assert refused.value.strerror == f"is a {kind}, not a regular file"


def test_regular_file_is_read_whole_and_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "link").symlink_to("file")
    assert read_regular(tmp_path / "link", most=4) == b"text"
    with open_regular(tmp_path / "link") as file:
        assert list(file) == [b"text"]


def test_file_beyond_the_bound_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "file").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of nothing, which takes no room
    with pytest.raises(OSError, match="has more than 1,073,741,824 bytes"):
        read_regular(tmp_path / "file")


def test_missing_file_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "missing")
