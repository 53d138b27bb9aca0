"""`make bench`: what was promised of speed, size and rightness, each as a ratio to its peer or limit, in one table.

`python -m tests.bench NAME...` measures some sections only; `--large` those of 100,000 postings, which take an hour.
Each section runs in a process of its own: so a peak of memory is its own, and a fault, or no end at all, is a row that
says so. What is measured is written to RESULTS.md after each section, so that nothing of a run that is stopped is lost:
the command for the rest is printed.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench.results import PATH, write_results
from tests.bench.table import LACKS, Found, Missing, Note, Row, layout, need_of, tried
from tests.projects import CHECKOUT, shared_data

# Each is a module beside this one whose rows() measures; in the order of the table.
SECTIONS = {
    "large": "large_bench",
    "catalogs": "catalogs_bench",
    "edits": "edits_bench",
    "merges": "merges_bench",
    "neighbours": "neighbours_bench",
    "intake": "intake_bench",
    "bodies": "bodies_bench",
    "detection": "detection_bench",
    "samples": "samples_bench",
    "argos": "argos_bench",
    "same_targets": "same_targets",
    "memory": "memory_bench",
    "beam": "beam",
    "markers": "markers",
    "plain": "plain_bench",
    "facts": "facts_bench",
    "titles": "titles_bench",
    "spanish": "spanish_bench",
    "yield": "yield_bench",
    "risk": "risk_bench",
    "checks": "evidence_bench",
    "pofilter": "checks_bench",
    "feeds": "feeds_bench",
}
# Those that count and take no time: two of them may run at once.
COUNTED = frozenset({"edits", "merges", "markers", "facts", "spanish", "yield", "risk"})
# What takes long, or much of the disk; announced before it begins.
LARGE = {"large-100,000": "largest_bench"}
# Of a section; three times what the longest of them takes on two quiet cores.
_SECONDS = 600
_LARGE_SECONDS = 7200
_KINDS = {kind.__name__: kind for kind in (Row, Missing, Note)}


def main(arguments: Sequence[str]) -> int:
    """Measure section by section, then print one table; what a machine lacks is said in its row."""
    asked = _parser().parse_args(arguments)
    if asked.rows:
        for found in rows_of(asked.rows):
            print(json.dumps({"kind": type(found).__name__, **asdict(found)}), flush=True)  # noqa: T201
        return 0
    sections = asked.sections or list(LARGE if asked.large else SECTIONS)
    if need := need_of_data():
        _say(f"{need}: what measures on it is passed over")
    load = os.getloadavg()[0]
    if load > (os.cpu_count() or 1) / 2:
        _say(f"the machine is at work on something else (load {load:.1f}): times will be too high")
    every: dict[str, list[Found]] = {}
    try:
        for section, measured_rows in each_measured(sections):
            every[section] = measured_rows
            write_results(asked.results, {section: measured_rows}, [*SECTIONS, *LARGE])
    except KeyboardInterrupt:
        left = [section for section in sections if section not in every]
        _say(f"stopped; the rest: make bench SECTIONS='{' '.join(left)}'")
        return 130
    rows = {section: every[section] for section in sections}
    print(as_json(rows) if asked.json else layout(found for some in rows.values() for found in some))  # noqa: T201
    return 0


def each_measured(sections: Sequence[str]) -> Iterator[tuple[str, list[Found]]]:
    """Yield each section with its rows: first one after the other those that take a time, then the others in pairs."""
    running: set[subprocess.Popen[str]] = set()

    def rows(section: str) -> tuple[str, list[Found]]:
        started = time.monotonic()
        found = list(measured(section, running))
        _say(f"{section}: {time.monotonic() - started:.0f} s")
        return section, found

    yield from (rows(section) for section in sections if section not in COUNTED)
    with ThreadPoolExecutor(2) as pool:
        coming = [pool.submit(rows, section) for section in sections if section in COUNTED]
        try:
            for each in as_completed(coming):
                yield each.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in tuple(running):
                os.killpg(process.pid, signal.SIGKILL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure, and print one table.")
    names = [*SECTIONS, *LARGE]
    parser.add_argument("sections", nargs="*", metavar="SECTION", type=_one_of(names), help=", ".join(names))
    parser.add_argument("--large", action="store_true", help="what takes an hour: 100,000 postings")
    parser.add_argument("--json", action="store_true", help="the rows as JSON")
    parser.add_argument("--results", type=Path, default=PATH, metavar="FILE", help="the file that keeps the rows")
    parser.add_argument("--rows", metavar="SECTION", type=_one_of(names), help=argparse.SUPPRESS)
    return parser


def _one_of(names: Sequence[str]) -> Any:
    def section(name: str) -> str:
        if name not in names:
            raise argparse.ArgumentTypeError(f"no such section: {name}; there are {', '.join(names)}")
        return name

    return section


def need_of_data() -> str:
    """Say what this machine lacks to measure on real postings and texts; "" if it has them."""
    try:
        shared_data()
    except LACKS as lack:
        return need_of(lack)
    return ""


def rows_of(section: str) -> Iterator[Found]:
    """Yield the rows of a section; its module imports what it measures, which may be missing too."""

    def rows() -> Iterable[Found]:
        module = f"tests.bench.{(SECTIONS | LARGE)[section]}"
        try:
            found: Iterable[Found] = import_module(module).rows()
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            return [Missing(what=section, need="nothing measures this yet")]
        return found

    return tried(section, rows)


def measured(section: str, running: set[subprocess.Popen[str]]) -> Iterator[Found]:
    """Measure a section in a process of its own, one of `running`; how it ended is a row, unless it ended well."""
    seconds = _LARGE_SECONDS if section in LARGE else _SECONDS
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench", "--rows", section],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT), *filter(None, sys.path)])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that all that it started can be ended with it
    )
    errors: list[str] = []
    listening = threading.Thread(target=lambda: errors.extend(process.stderr or ()))
    clock = threading.Timer(seconds, lambda: os.killpg(process.pid, signal.SIGKILL))
    running.add(process)
    listening.start()
    clock.start()
    try:
        for line in process.stdout or ():
            told = json.loads(line)
            yield _KINDS[told.pop("kind")](**{name: _frozen(value) for name, value in told.items()})
        process.wait()
        if process.returncode:
            yield Missing(what=f"{section}, the rest", need=fault_of(process.returncode, errors, seconds))
    finally:
        clock.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        running.discard(process)
        listening.join()


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def fault_of(code: int, errors: Sequence[str], seconds: int) -> str:
    """Say how a section ended: the last line of its errors, without the paths of this machine."""
    if code == -signal.SIGKILL:
        return f"it did not end within {seconds} s"
    for line in errors:
        _say(line.rstrip())
    said = errors[-1].strip() if errors else f"exit code {code}"
    return f"it ended with {said.replace(str(CHECKOUT), '.')[:200]}"


def as_json(every: dict[str, list[Found]]) -> str:
    """Return all rows as an array of objects."""
    rows: list[dict[str, Any]] = []
    for section, found in every.items():
        for each in found:
            told = {"section": section, **asdict(each)}
            if isinstance(each, Row):
                told |= {"limit": each.limit, "ratios": each.ratios, "met": each.met}
            rows.append(told)
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
