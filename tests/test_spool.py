"""Values in a temporary file come back as they were, in any order, and the file goes with the object."""

import gc
import resource
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FileError
from pipeline.storage.spool import Chest, Spool

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    text: str
    language: Locale
    day: date | None = None


@given(st.lists(st.binary(max_size=50)), st.data())
def test_pieces_come_back_in_any_order(pieces: list[bytes], data: st.DataObject) -> None:
    chest = Chest()
    for piece in pieces:
        chest.add(piece)
    order = data.draw(st.permutations(range(len(pieces))))
    assert [chest.read(number) for number in order] == [pieces[number] for number in order]


def test_piece_can_be_read_between_two_that_are_added() -> None:
    chest = Chest()
    for number in range(300):
        chest.add(bytes([number % 256]) * 10_000)
        assert chest.read(number // 2) == bytes([(number // 2) % 256]) * 10_000


@given(st.lists(st.builds(Note, text=TEXTS, language=st.just(Locale("pt", "BR")), day=st.none() | st.dates())))
def test_values_come_back_as_they_were(notes: list[Note]) -> None:
    spool = Spool(Note, notes)
    assert list(spool) == notes == spool[:]
    assert [spool[-number] for number in range(1, len(notes) + 1)] == notes[::-1]


def test_value_that_is_not_there_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        Spool(Note)[0]


def test_file_has_no_name_and_goes_with_the_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = open_files()
    chest = Chest()
    chest.add(b"x" * 2_000_000)
    assert list(tmp_path.iterdir()) == []
    del chest
    gc.collect()
    assert open_files() == before


def test_temporary_folder_without_room_names_a_remedy() -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        with pytest.raises(FileError, match="temporary files go there; make room, or name another folder by TMPDIR"):
            Chest().add(bytes(2 << 20))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
