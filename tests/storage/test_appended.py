import os
import threading
from pathlib import Path

import pytest

from pipeline.errors import FileError
from pipeline.storage.appended import append_lines


def test_lines_come_behind_what_is_there_and_a_line_without_end_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file.jsonl"
    append_lines(path, ["one"])
    with path.open("a") as file:
        file.write("torn")
    append_lines(path, ["two", "three"])
    append_lines(path, [])
    assert path.read_text() == "one\ntorn\ntwo\nthree\n"


def test_no_line_of_several_writers_is_lost_or_torn(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    lines = [[f"{writer} {number} {'x' * 500}" for number in range(50)] for writer in range(4)]

    def write(own: list[str]) -> None:
        for line in own:
            append_lines(path, [line])

    threads = [threading.Thread(target=write, args=(own,)) for own in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.read_text().splitlines()) == sorted(line for own in lines for line in own)


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match="pipe"):
        append_lines(tmp_path / "pipe", ["one"])
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError, match="folder"):
        append_lines(tmp_path / "folder", ["one"])
