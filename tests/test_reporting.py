"""The run of the tests itself: who waits for its end knows before what has failed."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import in_shares
from tests.projects import CHECKOUT, write_tree

TESTS = """
import pytest

@pytest.fixture
def broken():
    raise ValueError("first line\\nsecond line")

def test_wrong():
    assert 1 == 2

def test_without_its_fixture(broken):
    pass

def test_right():
    pass
"""


def test_failing_test_is_named_in_the_moment_it_fails(tmp_path: Path) -> None:
    write_tree(tmp_path, {"test_some.py": TESTS, "pytest.ini": "[pytest]\n"})
    command = [sys.executable, "-m", "pytest", "--quiet", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(CHECKOUT)}, capture_output=True, text=True, check=False
    )
    before_the_reports = done.stdout.partition("= ERRORS =")[0].splitlines()
    assert [line for line in before_the_reports if line.startswith("FAILED")] == [
        "FAILED test_some.py::test_wrong - assert 1 == 2",
        "FAILED test_some.py::test_without_its_fixture (setup) - ValueError: first line",
    ]


def test_each_process_begins_with_its_share_of_the_slow_files() -> None:
    quick = [f"tests/model/test_unit.py::test_{number}" for number in range(5)]
    slow = [f"tests/cli/test_{name}.py::test_{number}" for name in "abc" for number in range(2)]
    names = [*quick, *slow, "pipeline/model/unit.py::digest"]
    ordered = [names[number] for number in in_shares(names, 3)]
    assert ordered == [*slow[:2], *quick[:2], *slow[2:4], *quick[2:4], *slow[4:], quick[4], names[-1]]
    assert in_shares(names, 1) == [*range(5, 11), *range(5), 11]
    assert in_shares(slow, 4) == list(range(6))
