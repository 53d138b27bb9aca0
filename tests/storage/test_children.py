"""What comes of parts is the same with any number of child processes, whatever becomes of these."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.storage.children import Children, usable_cores
from pipeline.storage.spool import Packing
from tests.processes import SECONDS

PARTS = 40
TEXTS: Packing[str] = Packing(encode=str.encode, decode=bytes.decode)
ONE_BY_ONE = [f"{number}" * 100 for number in range(PARTS)]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no children")


def text_of(number: int) -> str:
    time.sleep(0.001)
    return f"{number}" * 100


def of_children(made: list[str]) -> int:
    return sum(text != str(os.getpid()) for text in made)


@pytest.mark.parametrize("processes", [0, 1, 2, 3, 6])
@pytest.mark.parametrize("own", [(), (0,), (3, 7, PARTS - 1), range(PARTS)])
def test_parts_come_in_their_order_with_any_number_of_processes(processes: int, own: tuple[int, ...]) -> None:
    assert list(Children(processes=processes).share(text_of, PARTS, TEXTS, seconds=1, own=own)) == ONE_BY_ONE


@pytest.mark.parametrize("parts", [0, 1, 2])
def test_few_parts_come_too(parts: int) -> None:
    assert list(Children(processes=6).share(text_of, parts, TEXTS, seconds=1)) == ONE_BY_ONE[:parts]


@linux_only
def test_children_and_parent_both_work(tmp_path: Path) -> None:
    def work(_: int) -> str:
        (tmp_path / str(os.getpid())).touch()
        wait_until(lambda: len(list(tmp_path.iterdir())) == 2)  # else the first to begin may do all
        return str(os.getpid())

    made = list(Children(processes=2).share(work, PARTS, TEXTS, seconds=1))
    assert 0 < of_children(made) < PARTS


def test_little_work_is_not_shared() -> None:
    shared = Children(processes=6, least=2).share(lambda _: text_of(0)[:0] + str(os.getpid()), PARTS, TEXTS, seconds=1)
    assert set(shared) == {str(os.getpid())}


@linux_only
def test_own_parts_are_done_by_the_parent_alone() -> None:
    own = {*range(0, PARTS, 3)}
    made = list(
        Children(processes=3).share(lambda _: text_of(0)[:0] + str(os.getpid()), PARTS, TEXTS, seconds=1, own=own)
    )
    assert {made[part] for part in own} == {str(os.getpid())}


def killing(parent: int, number: int) -> str:
    """Kill the process that works on some of the parts, unless it is the parent."""
    if number % 5 == 1 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return text_of(number)


def failing(parent: int, number: int) -> str:
    if number % 5 == 1 and os.getpid() != parent:
        raise UsageError("in a child")
    return text_of(number)


def running_out_of_memory(parent: int, number: int) -> str:
    if number % 5 == 1 and os.getpid() != parent:
        raise MemoryError
    return text_of(number)


def hanging(parent: int, number: int) -> str:
    if number % 5 == 1 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGSTOP)
    return text_of(number)


@pytest.mark.parametrize("work", [killing, failing, running_out_of_memory, hanging])
@pytest.mark.parametrize("processes", [2, 5])
def test_what_a_child_does_not_finish_is_done_by_the_parent(work: Callable[[int, int], str], processes: int) -> None:
    parent = os.getpid()
    children = Children(processes=processes, patience=0.3)
    assert list(children.share(lambda number: work(parent, number), PARTS, TEXTS, seconds=1)) == ONE_BY_ONE


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_a_fault_is_told_where_it_is_without_children(processes: int) -> None:
    def work(number: int) -> str:
        if number in {17, 30}:
            raise UsageError(f"part {number}")
        return text_of(number)

    made: list[str] = []
    with pytest.raises(UsageError, match=r"^part 17$"):
        made.extend(_noted(Children(processes=processes).share(work, PARTS, TEXTS, seconds=1), made))
    assert made == ONE_BY_ONE[:17]


def _noted(parts: Iterator[str], made: list[str]) -> Iterator[str]:
    for part in parts:
        made.append(part)
        yield from ()


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_what_is_logged_is_logged_once_by_the_parent(processes: int, caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("pipeline.test")

    def work(number: int) -> str:
        log.warning("part %d of %s", number, "many")
        return text_of(number)

    assert list(Children(processes=processes).share(work, PARTS, TEXTS, seconds=1)) == ONE_BY_ONE
    told = sorted((record.process, record.getMessage()) for record in caplog.records)
    assert told == sorted((os.getpid(), f"part {number} of many") for number in range(PARTS))


@linux_only
def test_each_child_begins_with_what_it_is_told_to() -> None:
    begun: list[str] = []

    def work(_: int) -> str:
        return f"{os.getpid()} {begun}" + text_of(0)[:0]

    made = list(Children(processes=3).share(work, PARTS, TEXTS, seconds=1, begin=lambda: begun.append("begun")))
    assert {text for text in made if "begun" in text} == {
        text for text in made if not text.startswith(f"{os.getpid()} ")
    }


@linux_only
def test_no_child_is_left_when_the_rest_is_not_wanted() -> None:
    before = children_of(os.getpid())  # of the tests, as a browser is
    shared = Children(processes=4).share(text_of, PARTS, TEXTS, seconds=1)
    assert next(shared) == ONE_BY_ONE[0]
    assert children_of(os.getpid()) != before
    shared.close()
    assert children_of(os.getpid()) == before


def children_of(pid: int) -> str:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")


PROGRAM = """
import os, sys, time
from pathlib import Path
from pipeline.storage.children import Children
from pipeline.storage.spool import Packing

def work(number):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(60)
    return ""

list(Children(processes=3).share(work, 9, Packing(encode=str.encode, decode=bytes.decode), seconds=1))
"""


@linux_only
@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM])
def test_children_end_with_their_parent(tmp_path: Path, signum: signal.Signals) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PROGRAM, tmp_path])
    wait_until(lambda: len(list(tmp_path.iterdir())) == 3)
    parent.send_signal(signum)
    parent.wait()
    wait_until(lambda: not any(is_alive(int(path.name)) for path in tmp_path.iterdir()))


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@linux_only
def test_a_process_that_may_use_one_core_has_no_children() -> None:
    program = (
        "import os\n"
        "os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n"
        "from pipeline.storage.children import Children\n"
        "print(Children().processes)\n"
    )
    found = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True, text=True)
    assert (found.stdout, usable_cores()) == ("1\n", min(len(os.sched_getaffinity(0)), 8))
