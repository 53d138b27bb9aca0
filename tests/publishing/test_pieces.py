"""What has not changed of a file that is put together is taken from the old one, and only from a whole one."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.publishing.release.pieces import KeptPieces, Pieces

GROUNDS = b"words of 2026"


def write(
    place: Path, kept: KeptPieces | None, texts: Sequence[bytes], grounds: bytes = GROUNDS
) -> tuple[list[bytes], KeptPieces]:
    """Write a list of texts, and return those that had to be made, with what is kept of the file."""
    pieces, made = Pieces(kept, place, grounds), []

    def make(text: bytes) -> bytes:
        made.append(text)
        return b"<" + text + b">"

    content = b"head " + b", ".join([pieces.take(text, lambda text=text: make(text)) for text in texts]) + b" tail"  # type: ignore[misc]
    written = b"".join(pieces.noting(iter((content[:5], content[5:]))))
    assert written == b"head " + b", ".join(b"<" + text + b">" for text in texts) + b" tail"
    place.write_bytes(written)
    return made, pieces.kept(sha256(written).digest())


def test_only_what_is_new_is_made(tmp_path: Path) -> None:
    place = tmp_path / "feed"
    made, kept = write(place, None, [b"a", b"b", b"c"])
    assert made == [b"a", b"b", b"c"]
    made, kept = write(place, kept, [b"d", b"c", b"a"])
    assert made == [b"d"]
    assert write(place, kept, [b"a", b"d"])[0] == []


def test_an_old_file_that_somebody_changed_is_not_read(tmp_path: Path) -> None:
    place = tmp_path / "feed"
    _, kept = write(place, None, [b"a", b"b"])
    place.write_bytes(place.read_bytes().replace(b"<a>", b"<x>"))
    assert write(place, kept, [b"a", b"b"])[0] == [b"a", b"b"]
    place.unlink()
    assert write(place, kept, [b"a"])[0] == [b"a"]


def test_other_words_make_every_piece_anew(tmp_path: Path) -> None:
    place = tmp_path / "feed"
    _, kept = write(place, None, [b"a"])
    assert write(place, kept, [b"a"], grounds=b"other words")[0] == [b"a"]


@pytest.mark.parametrize("shown", [b"", b"escaped"])
def test_a_piece_that_the_file_does_not_hold_as_it_is_is_made_every_time(tmp_path: Path, shown: bytes) -> None:
    place = tmp_path / "cards"
    pieces = Pieces(None, place, GROUNDS)
    pieces.take(b"a", lambda: b'"a"')
    content = b"".join(pieces.noting(iter((shown,))))
    place.write_bytes(content)
    again = Pieces(pieces.kept(sha256(content).digest()), place, GROUNDS)
    assert again.take(b"a", lambda: b"made") == b"made"
