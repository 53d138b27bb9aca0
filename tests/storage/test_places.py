"""Which postings hold a unit, as the last run knew it."""

from pathlib import Path

from pipeline.model.segment import UnitKey, key_digest
from pipeline.storage.places import FILE_NAME, Places

SHARED, ALONE = UnitKey("offer", "A locker"), UnitKey("offer", "A bunk")
REFERENCES = ("postings/pier-7", "postings/pier-12")


def keep(folder: Path) -> Places:
    places = Places(build_dir=folder)
    places.keep("en", {key_digest(SHARED): REFERENCES})
    return places


def test_postings_of_a_shared_unit_are_known_in_the_next_run(tmp_path: Path) -> None:
    keep(tmp_path).write()
    find = Places(build_dir=tmp_path).of("en")
    assert (find(SHARED), find(ALONE), Places(build_dir=tmp_path).of("de")(SHARED)) == (REFERENCES, (), ())


def test_what_was_asked_before_keeps_its_answer_while_the_run_goes_on(tmp_path: Path) -> None:
    places = keep(tmp_path)
    find = places.of("en")
    places.keep("en", {})
    assert (find(SHARED), places.of("en")(SHARED)) == (REFERENCES, ())


def test_nothing_is_written_where_no_unit_is_shared_and_a_damaged_file_says_nothing(tmp_path: Path) -> None:
    Places(build_dir=tmp_path).write()
    assert not (tmp_path / FILE_NAME).exists()
    (tmp_path / FILE_NAME).write_bytes(b"\xff")
    assert Places(build_dir=tmp_path).of("en")(SHARED) == ()
