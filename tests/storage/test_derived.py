"""What was made is taken from `build/` as long as it is whole and the program the same."""

import os
from pathlib import Path

from pipeline.model.posting import Location
from pipeline.storage.derived import NOTHING_KEPT, open_derived

FILE_NAME = "made.sqlite3"
LYON = Location(country="FR", city="Lyon")
PORTO = Location(country="PT", city="Porto")


def _ask(folder: Path, inputs: bytes = b"lyon", program: str = "1") -> tuple[Location, bool]:
    """Return what is kept, and whether it had to be made."""
    made: list[Location] = []

    def make() -> Location:
        made.append(LYON)
        return LYON

    with open_derived(folder / FILE_NAME, program=program) as derived:
        found = derived.make(Location, inputs, make)
    return found, bool(made)


def test_what_was_made_is_made_once(tmp_path: Path) -> None:
    assert [_ask(tmp_path), _ask(tmp_path)] == [(LYON, True), (LYON, False)]


def test_other_inputs_and_another_program_make_it_anew(tmp_path: Path) -> None:
    _ask(tmp_path)
    assert _ask(tmp_path, inputs=b"lyon ") == (LYON, True)
    assert _ask(tmp_path, program="2") == (LYON, True)


def test_without_a_folder_nothing_is_kept_and_no_folder_is_made(tmp_path: Path) -> None:
    assert [_ask(tmp_path / "build"), _ask(tmp_path / "build")] == [(LYON, True)] * 2
    assert not (tmp_path / "build").exists()
    assert NOTHING_KEPT.make(Location, b"porto", lambda: PORTO) == PORTO


def test_a_file_that_is_no_database_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 1000)
    assert [_ask(tmp_path), _ask(tmp_path), _ask(tmp_path)] == [(LYON, True), (LYON, True), (LYON, False)]


def test_a_path_that_cannot_be_opened_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert [_ask(tmp_path), _ask(tmp_path)] == [(LYON, True)] * 2


def test_a_byte_that_turned_is_noticed(tmp_path: Path) -> None:
    _ask(tmp_path)
    path = tmp_path / FILE_NAME
    content = path.read_bytes()
    assert content.count(b"Lyon") == 1
    path.write_bytes(content.replace(b"Lyon", b"Lion"))
    assert _ask(tmp_path) == (LYON, True)


def test_many_values_are_kept_as_they_come_and_dropped_when_most_are_of_no_use(tmp_path: Path) -> None:
    large = Location(city="x" * (1 << 20))
    with open_derived(tmp_path / FILE_NAME, program="1") as derived:
        for number in range(9):
            derived.make(Location, b"%d" % number, lambda: large)
        derived.drop_unused()
    with open_derived(tmp_path / FILE_NAME, program="1") as derived:
        for number in range(4):
            derived.make(Location, b"%d" % number, lambda: PORTO)
        derived.drop_unused()
    with open_derived(tmp_path / FILE_NAME, program="1") as derived:
        found = [derived.make(Location, b"%d" % number, lambda: PORTO) == large for number in range(9)]
    assert found == [True] * 4 + [False] * 5


def test_a_child_process_reads_what_is_kept_and_keeps_nothing(tmp_path: Path) -> None:
    _ask(tmp_path)
    with open_derived(tmp_path / FILE_NAME, program="1") as derived:
        child = os.fork()
        if not child:
            found = None
            try:
                found = derived.find(Location, b"lyon")
                derived.keep(Location, b"porto", PORTO)
                derived.close()
            finally:
                os._exit(found != LYON)
        assert os.waitpid(child, 0)[1] == 0
        assert derived.find(Location, b"lyon") == LYON
    with open_derived(tmp_path / FILE_NAME, program="1") as derived:
        assert derived.find(Location, b"porto") is None
