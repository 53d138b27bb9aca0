"""What was found out about texts is found again as long as everything else that decides is the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.storage.verdicts import Verdicts
from tests.projects import read_times

NAME = "lengths.msgpack"


def lengths(folder: Path, grounds: str = "v1") -> Verdicts[int]:
    return Verdicts(folder / NAME, int, grounds=grounds)


def test_later_run_finds_what_an_earlier_one_kept(tmp_path: Path) -> None:
    kept = lengths(tmp_path)
    assert kept.put(0, "", "a") == 0
    assert kept.get("", "a") == 0
    kept.write()
    assert [lengths(tmp_path).get(*texts) for texts in (("", "a"), ("a", ""), ("a",))] == [0, None, None]


def test_other_grounds_know_nothing(tmp_path: Path) -> None:
    kept = lengths(tmp_path)
    kept.put(3, "abc")
    kept.write()
    assert lengths(tmp_path, "v2").get("abc") is None


@pytest.mark.parametrize("content", [b"", b"\x92", b"\xc0" * 40])
def test_damaged_file_is_no_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert lengths(tmp_path).get("abc") is None


def test_first_run_makes_the_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    kept = lengths(tmp_path / "build")
    kept.put(3, "abc")
    kept.write()
    assert lengths(tmp_path / "build").get("abc") == 3


def test_nothing_is_written_that_is_known_and_nothing_into_a_project_that_is_gone(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "project/build"):
        kept = lengths(folder)
        kept.put(3, "abc")
        kept.write()
    (tmp_path / NAME).chmod(0o400)
    before = read_times(tmp_path)
    again = lengths(tmp_path)
    again.get("abc")
    again.write()
    assert (read_times(tmp_path), (tmp_path / "project").exists()) == (before, False)


def test_folder_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    kept = lengths(tmp_path)
    kept.put(3, "abc")
    kept.write()
    assert lengths(tmp_path).get("abc") is None


def test_what_no_run_asks_for_any_more_is_forgotten(tmp_path: Path) -> None:
    first = lengths(tmp_path)
    for text in texts(0, 2000):
        first.put(1, text)
    first.write()
    half = lengths(tmp_path)
    for text in texts(0, 1000):
        half.get(text)
    half.put(1, "new")
    half.write()
    assert lengths(tmp_path).get("1999") == 1
    few = lengths(tmp_path)
    for text in texts(0, 500):
        few.get(text)
    few.write()
    kept = lengths(tmp_path)
    found = [text for text in (*texts(0, 2000), "new") if kept.get(text)]
    assert found == list(texts(0, 500))


def test_what_takes_no_room_is_kept(tmp_path: Path) -> None:
    first = lengths(tmp_path)
    for text in texts(0, 1000):
        first.put(1, text)
    first.write()
    one = lengths(tmp_path)
    one.put(1, "new")
    for text in texts(0, 100):
        one.get(text)
    one.write()
    assert lengths(tmp_path).get("999") == 1


def texts(first: int, end: int) -> Iterator[str]:
    return map(str, range(first, end))
