"""A crash costs nothing: what an engine finished survives kill -9, and the next run goes on."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

from pipeline.translation.engines.bergamot import BergamotEngine
from tests.projects import CHECKOUT, CONFIG, polypost, read_tree, write_tree
from tests.workflow.counting import engine_calls

VERBS = ("Plan", "Repair", "Clean", "Paint", "Measure", "Inspect", "Describe", "Order", "Sell", "Carry")
THINGS = ("boats", "bridges", "kitchens", "gardens", "tables", "windows", "lamps", "roads", "tools", "coats")
TIMES = ("every morning", "before noon", "on Sundays", "in winter", "with a colleague", "by hand")
DEADLINE_SECONDS = 180


def many_items() -> str:
    items = "\n".join(" ".join(words) for words in product(VERBS, THINGS[:3], TIMES))
    head = "Title: Night nurse\nLanguage: en\nLocation: Porto, PT\nDate-Posted: 2026-11-01"
    return f"{head}\n\nResponsibilities:\n{items}\n"


def remembered(path: Path) -> set[str]:
    if not path.exists():
        return set()
    connection = sqlite3.connect(path)
    try:
        return {row[0] for row in connection.execute("SELECT asked FROM machine_output")}
    except sqlite3.OperationalError:  # the table is not there yet
        return set()
    finally:
        connection.close()


def test_killed_translation_goes_on_where_it_was(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/caretaker.txt": many_items()})
    memory = tmp_path / "build/memory.sqlite3"
    # The engine does not go on from the second batch: the kill comes before the end however late it is.
    held = f"held {BergamotEngine.batch_segments + 20}"
    command = [sys.executable, "-m", "tests.chaos.child", str(tmp_path / "log"), held, "translate"]
    running = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(CHECKOUT)})
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not remembered(memory) and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    finished = remembered(memory)
    assert finished

    calls = engine_calls(tmp_path, "translate")
    whole = write_tree(tmp_path / "whole", {"polypost.toml": CONFIG, "postings/caretaker.txt": many_items()})
    assert polypost(whole, "translate").returncode == 0
    assert len(calls) == len(set(calls))
    assert finished.isdisjoint(calls)
    assert finished | set(calls) == remembered(whole / "build/memory.sqlite3")

    assert not list(tmp_path.rglob(".*.po.*"))
    once = read_tree(tmp_path / "locales")
    assert polypost(tmp_path, "translate").returncode == 0
    assert read_tree(tmp_path / "locales") == once
