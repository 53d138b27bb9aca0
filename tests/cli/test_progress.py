"""Who watches a terminal sees how far each stage is; nobody else pays for it."""

import os
import pty
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from pipeline.cli.bars import Bars
from pipeline.cli.progress import run_stopwatch
from tests.processes import SECONDS
from tests.projects import CHECKOUT, NO_MODELS, write_tree

POSTING = '{{"id": "acme-{0}", "title": "Nurse {0}", "language": "en", "description": "You care for patients."}}'
SHOW_CURSOR = "\x1b[?25h"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"jobs.jsonl": "\n".join(POSTING.format(number) for number in range(3000))})


def watched(folder: Path, *arguments: str) -> str:
    """Run a command whose notes go to a terminal; return what that showed."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT), "TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-m", "pipeline", *arguments]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # Linux says so that the other side is closed
            pass
        assert process.wait(timeout=SECONDS) == 0, shown.decode()
    os.close(ours)
    return shown.decode()


def test_terminal_shows_steps_and_rate_and_nothing_is_left_of_it(project: Path) -> None:
    shown = watched(project, "detect", "jobs.jsonl")
    assert re.search(r"detect .*\d+/3000", shown)
    assert re.search(r"\d/s", shown)
    assert shown.rindex(SHOW_CURSOR) > shown.rindex("/3000")


def test_log_is_not_drawn_over(project: Path) -> None:
    assert "\x1b" not in watched(project, "detect", "--log-json", "jobs.jsonl")


def test_what_draws_is_not_loaded_where_nobody_watches(project: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "pipeline", "detect", "jobs.jsonl"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    assert not re.search(r"\brich\b", done.stderr)


def test_stages_within_one_another_are_drawn_beside_each_other_until_each_is_done() -> None:
    terminal = StringIO()
    bars = Bars(terminal, in_bytes=False)
    bars("catalogs", 0, 2)
    bars("translate en→pt", 5, 9)
    bars("translate en→pt", 9, 9)
    bars("catalogs", 2, 2)
    bars("catalogs", 2, 2)
    bars.stop()
    assert terminal.getvalue().strip() == ""


@pytest.mark.parametrize("text", ["", "[]", '{"stages": 7}', '{"stages": [{"stage": "read", "count": "x"}]}'])
def test_report_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    write_tree(tmp_path, {"report.json": text})
    watch = run_stopwatch(tmp_path)
    assert list(watch.over("read", iter(["a"]))) == ["a"]
    assert watch.stages()[0].count == 1
