"""A file of lines holds what would be made anew, whatever it held before; lines that it holds are not made again."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.storage import kept_lines
from pipeline.storage.derived import open_derived
from pipeline.storage.kept_lines import revise_lines

LISTS = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=9), unique=True)


class Lines:
    """Makes lines of texts, and knows which it made."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.made: list[str] = []
        self.digests = [blake2b(text.encode(), digest_size=16).digest() for text in texts]

    def make(self, numbers: Iterable[int]) -> Iterator[str]:
        for number in numbers:
            self.made.append(self.texts[number])
            yield self.texts[number]


def revise(folder: Path, texts: list[str]) -> list[str]:
    """Revise the file; return what was made."""
    lines = Lines(texts)
    with open_derived(folder / "kept.sqlite3", program="1") as derived:
        revise_lines(folder / "lines", derived, lines.digests, lines.make)
    return lines.made


def content(texts: list[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode()


@given(st.lists(LISTS, min_size=1, max_size=4))
def test_file_holds_what_would_be_made_anew_and_old_lines_are_copied(histories: list[list[str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        before: list[str] | None = None
        for texts in histories:
            made = revise(folder, texts)
            assert (folder / "lines").read_bytes() == content(texts)
            if before is not None:
                assert made == [text for text in texts if text not in before]
            before = texts


def test_file_that_somebody_changed_is_made_anew(tmp_path: Path) -> None:
    revise(tmp_path, ["one", "two"])
    (tmp_path / "lines").write_bytes(b"one\ntwx\n")
    revise(tmp_path, ["one", "two", "three"])
    assert (tmp_path / "lines").read_bytes() == content(["one", "two", "three"])
    assert revise(tmp_path, ["three", "two"]) == []


def test_unchanged_file_is_not_written(tmp_path: Path) -> None:
    revise(tmp_path, ["one", "two"])
    before = (tmp_path / "lines").stat().st_ino
    assert revise(tmp_path, ["one", "two"]) == []
    assert (tmp_path / "lines").stat().st_ino == before


def test_lines_are_copied_in_pieces_of_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_lines, "_MOST_AT_ONCE", 16)  # not a megabyte, which would hold all of them
    texts = [str(number) * 7 for number in range(9)]
    revise(tmp_path, texts)
    assert revise(tmp_path, [*texts, "last"]) == ["last"]
    assert (tmp_path / "lines").read_bytes() == content([*texts, "last"])
