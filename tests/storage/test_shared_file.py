"""Whoever saves a file while it is being changed loses nothing, in whichever way and at whichever moment."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FileError, UnreadableFileError
from pipeline.storage import shared_file
from pipeline.storage.shared_file import digest_of, read_shared_file, revise_shared_file, use_shared_file
from tests.processes import SECONDS
from tests.projects import CHECKOUT

CHILD = """
import os, sys
from pathlib import Path
from pipeline.storage import shared_file
path = Path(sys.argv[1])
exchange = shared_file._exchange
def exchanged_and_killed(one, other):
    exchange(one, other)
    if sys.argv[2] in ("saved", "interrupted"):
        one.write_bytes(b"saved by a person")
    if sys.argv[2] == "interrupted":
        raise KeyboardInterrupt
    os.kill(os.getpid(), 9)
shared_file._exchange = exchanged_and_killed
shared_file.revise_shared_file(path, lambda before: b"ours", alone_in_folder=path.parent)
"""


def by_rename(path: Path, content: bytes) -> None:
    draft = path.with_name("editor-draft")
    draft.write_bytes(content)
    draft.replace(path)


def in_place(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@contextmanager
def kept_open(path: Path) -> Iterator[None]:
    """Have the file open for writing in another process, as an editor has that is saving it."""
    command = [sys.executable, "-c", "import sys; f = open(sys.argv[1], 'ab'); print(flush=True); sys.stdin.read()"]
    with subprocess.Popen([*command, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as editor:
        assert editor.stdout is not None
        editor.stdout.readline()
        yield
        editor.communicate()


def comes_to_hold(path: Path, content: bytes) -> bool:
    """Tell whether a file holds something; not for the instant in which an exchange is taken back."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if content in (read_shared_file(path) or b""):
            return True
        time.sleep(0.001)
    return False


def test_unchanged_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    done = revise_shared_file(path, lambda before: (before or b"") + b" and after", alone_in_folder=tmp_path)
    assert (done.content, done.written, done.taken_over) == (b"before and after", True, 0)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"before and after"


def test_content_that_stays_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    written = path.stat().st_mtime_ns
    for make in (lambda before: before, lambda _: None):
        done = revise_shared_file(path, make, alone_in_folder=tmp_path)
        assert (done.content, done.written) == (b"before", False)
    assert path.stat().st_mtime_ns == written


@pytest.mark.parametrize("save", [by_rename, in_place])
def test_what_is_saved_while_the_content_is_made_is_taken_over(
    tmp_path: Path, save: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    saved = iter((b"edited", b"edited twice"))

    def make(before: bytes | None) -> bytes:
        for content in saved:
            save(path, content)
            break
        return (before or b"") + b" and ours"

    done = revise_shared_file(path, make, alone_in_folder=tmp_path)
    assert (done.content, done.taken_over) == (b"edited twice and ours", 2)
    assert path.read_bytes() == b"edited twice and ours"


def test_file_that_somebody_makes_meanwhile_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "file"

    def make(before: bytes | None) -> bytes:
        if before is None:
            path.write_bytes(b"theirs")
        return (before or b"") + b" and ours"

    revise_shared_file(path, make, alone_in_folder=tmp_path)
    assert path.read_bytes() == b"theirs and ours"


@pytest.mark.parametrize("save", [by_rename, in_place])
def test_every_save_of_a_busy_editor_survives(tmp_path: Path, save: Callable[[Path, bytes], None]) -> None:
    """The file is a list of lines; the editor adds its own in a loop, we add ours; no line may be missing."""
    path = tmp_path / "file"
    path.write_bytes(b"")
    done = threading.Event()
    lost: list[str] = []

    def edit() -> None:
        for number in range(300):
            content = read_shared_file(path) or b""
            mine = b"editor %d\n" % number
            save(path, content.replace(b"editor %d\n" % (number - 1), b"") + mine)
            if not comes_to_hold(path, mine):
                lost.append(f"editor {number}")
                break
        done.set()

    editor = threading.Thread(target=edit)
    editor.start()
    written = 0
    while not done.is_set():
        with suppress(FileError):  # saved again and again, it is refused: nothing is written, and nothing lost
            revise_shared_file(path, lambda before: (before or b"") + b"ours\n", alone_in_folder=tmp_path)
            written += 1
    editor.join()
    assert lost == []
    assert written > 0


def test_writer_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"half")
    with kept_open(path):
        reading = ThreadPoolExecutor(1).submit(read_shared_file, path)
        time.sleep(0.3)
        assert not reading.done()
        path.write_bytes(b"whole, at last")
    assert reading.result() == b"whole, at last"


def test_writer_that_does_not_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"half")
    told = "another program is writing it; wait until it has saved"
    with kept_open(path), pytest.raises(UnreadableFileError, match=told):
        read_shared_file(path)


def test_content_that_looks_cut_off_is_read_again_until_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"ha")

    def use(content: bytes | None) -> bytes:
        if content != b"half and half":
            path.write_bytes(b"half" if content == b"ha" else b"half and half")
            raise ValueError
        return content

    assert use_shared_file(path, use, doubts=(ValueError,)) == (b"half and half", b"half and half")


def test_content_that_stays_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"ha")
    begun = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        use_shared_file(path, lambda _: 1 // 0, doubts=(ZeroDivisionError,))
    assert shared_file.SETTLE_SECONDS <= time.monotonic() - begun < 10 * shared_file.SETTLE_SECONDS


@pytest.mark.parametrize(
    ("saved", "kept"), [("saved", b"saved by a person"), ("interrupted", b"saved by a person"), ("nothing", b"ours")]
)
def test_end_between_exchange_and_comparison_loses_no_edit(tmp_path: Path, saved: str, kept: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    subprocess.run([sys.executable, "-c", CHILD, str(path), saved], env=environment, check=False, timeout=SECONDS)
    assert path.read_bytes() == b"ours"
    revise_shared_file(path, lambda _: None, alone_in_folder=tmp_path)
    assert path.read_bytes() == kept
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("written", [b"ours", b""])
def test_draft_of_a_killed_run_is_deleted(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    (tmp_path / f".file.{digest_of(b'ours')}-{digest_of(b'before')}.draft").write_bytes(written)
    revise_shared_file(path, lambda _: None, alone_in_folder=tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"before")
    (tmp_path / "link").symlink_to("real")
    revise_shared_file(tmp_path / "link", lambda _: b"after", alone_in_folder=tmp_path)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"after"


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, kind in ((tmp_path / "pipe", "a pipe"), (tmp_path, "a folder")):
        with pytest.raises(FileError, match=f"is {kind}, not a regular file"):
            read_shared_file(path)
    with pytest.raises(FileError, match="is a device, not a regular file"):
        read_shared_file(Path("/dev/zero"))


@given(st.lists(st.binary(max_size=8), max_size=4, unique=True), st.sampled_from([by_rename, in_place]))
def test_saves_are_taken_over_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, saves: list[bytes], save: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path_factory.mktemp("shared") / "file"
    path.write_bytes(b"before")
    left = list(saves)

    def make(before: bytes | None) -> bytes:
        if left:
            save(path, left.pop(0))
        return (before or b"") + b"+"

    revise_shared_file(path, make, alone_in_folder=path.parent)
    assert path.read_bytes() == (saves[-1] if saves else b"before") + b"+"
