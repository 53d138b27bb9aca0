"""The run of the tests itself: who waits for its end knows before what has failed."""

import subprocess
import sys
from pathlib import Path

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
