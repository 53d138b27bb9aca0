"""The memory of machine output: whole batches, across runs and crashes."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MemoryFileError
from pipeline.model.unit import EngineOrigin
from pipeline.translation.memory_file import open_memory

ORIGIN = EngineOrigin(engine="bergamot", model="7", route="en→pt")
NEWER = EngineOrigin(engine="bergamot", model="8", route="en→pt")
BATCH = 20
ENDLESS_WRITER = f"""
import sys
from itertools import count
from pathlib import Path
from pipeline.model.unit import EngineOrigin
from pipeline.translation.memory_file import open_memory

with open_memory(Path(sys.argv[1])) as memory:
    for batch in count():
        outputs = {{f"{{batch}}/{{number}}": "pão" * 50 for number in range({BATCH})}}
        memory.remember(EngineOrigin(engine="bergamot", model="7", route="en→pt"), outputs)
        print(batch, flush=True)
"""


def test_output_is_recalled_by_engine_model_route_and_source(tmp_path: Path) -> None:
    path = tmp_path / "new" / "memory.sqlite3"
    outputs = {"bread": "pão", "dear {name}": ""}
    with open_memory(path) as memory:
        memory.remember(ORIGIN, outputs)
    with open_memory(path) as memory:
        assert memory.recall(ORIGIN, ["dear {name}", "bread", "oven"]) == outputs
        assert memory.recall(NEWER, ["bread"]) == {}


def test_later_output_replaces_the_earlier_one(tmp_path: Path) -> None:
    with open_memory(tmp_path / "memory.sqlite3") as memory:
        memory.remember(ORIGIN, {"bread": ""})
        memory.remember(ORIGIN, {"bread": "pão"})
        assert memory.recall(ORIGIN, ["bread"]) == {"bread": "pão"}


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.text("pão \n\x00é🍞")))
def test_what_is_remembered_is_recalled(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> None:
    with open_memory(tmp_path_factory.mktemp("memory") / "memory.sqlite3") as memory:
        memory.remember(ORIGIN, texts)
        assert memory.recall(ORIGIN, texts) == texts


def test_batch_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    with open_memory(tmp_path / "memory.sqlite3") as memory:
        with pytest.raises(UnicodeEncodeError):
            memory.remember(ORIGIN, {"bread": "pão", "oven": "\ud800"})
        assert memory.recall(ORIGIN, ["bread", "oven"]) == {}


def test_file_that_is_no_database_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    path.write_bytes(b"this is not a database, " * 100)
    with (
        pytest.raises(MemoryFileError, match="not a database; delete the file") as caught,
        open_memory(path) as memory,
    ):
        memory.recall(ORIGIN, ["bread"])
    assert caught.value.path == path


def test_what_is_no_fault_of_the_file_does_not_tell_to_delete_it(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    with open_memory(path) as memory:
        memory.remember(ORIGIN, {"bread": "pão"})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, before[1]))
    try:
        with (
            pytest.raises(MemoryFileError, match=r"; make room.* what was remembered stays$"),
            open_memory(path) as memory,
        ):
            memory.remember(ORIGIN, {str(number): "pão" * 1000 for number in range(100)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with open_memory(path) as memory:
        assert memory.recall(ORIGIN, ["bread"]) == {"bread": "pão"}
    for place, reason in (
        (tmp_path, "unable to open database file; make the file and"),
        (path / "a/b", "Not a directory; something else stands where"),
    ):
        with pytest.raises(MemoryFileError, match=reason), open_memory(place) as memory:
            memory.recall(ORIGIN, ["bread"])


def test_damaged_pages_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    sources = [f"bread {number}" for number in range(2000)]
    with open_memory(path) as memory:
        memory.remember(ORIGIN, {source: source.upper() for source in sources})
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(MemoryFileError), open_memory(path) as memory:
        memory.recall(ORIGIN, sources)


def test_database_of_another_form_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE machine_output (bread TEXT)")
    connection.close()
    with pytest.raises(MemoryFileError), open_memory(path) as memory:
        memory.recall(ORIGIN, ["bread"])
    with pytest.raises(MemoryFileError), open_memory(path) as memory:
        memory.remember(ORIGIN, {"bread": "pão"})


def test_place_that_cannot_hold_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file, not a folder", encoding="utf-8")
    for path in (tmp_path / "build" / "memory.sqlite3", tmp_path):
        with pytest.raises(MemoryFileError), open_memory(path) as memory:
            memory.recall(ORIGIN, ["bread"])


def test_memory_that_nobody_asks_is_not_made(tmp_path: Path) -> None:
    with open_memory(tmp_path / "build/memory.sqlite3"):
        pass
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("finished", [1, 7, 30])
def test_killed_writer_loses_at_most_its_unfinished_batch(tmp_path: Path, finished: int) -> None:
    path = tmp_path / "memory.sqlite3"
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", ENDLESS_WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        for _ in range(finished):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        told = finished + len(writer.stdout.read().splitlines())
    with open_memory(path) as memory:
        kept = memory.recall(ORIGIN, [f"{batch}/{number}" for batch in range(told + 5) for number in range(BATCH)])
        batches = [source.partition("/")[0] for source in kept]
        assert {batches.count(batch) for batch in batches} == {BATCH}
        assert told <= len(kept) // BATCH <= told + 1
        memory.remember(ORIGIN, {"bread": "pão"})
        assert memory.recall(ORIGIN, ["bread"]) == {"bread": "pão"}
