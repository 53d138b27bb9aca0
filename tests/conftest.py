"""Laws run on the same examples in CI, so that a red run is red again; on a developer's machine they keep searching.

They are the same whatever else has changed or has run before: Hypothesis draws one value in twenty from the constants
of all modules that are loaded, so that a word that is added anywhere would give every law other examples; not in CI.
How long an example takes to make fails no law: that is a matter of what else the machine does.

A test that fails is named in the moment it fails, in the quiet form of the output too, which else shows a letter and
keeps the name until the end of the run. Where several processes run the tests, each begins with its share of the slow
ones: with those at the end, one process alone would be at work for the last minute.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, islice

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from tests.laws import EXAMPLES

IN_CI = os.environ.get("CI") == "true"
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("laws", PATIENT, derandomize=IN_CI, max_examples=EXAMPLES)
# What is measured is which lines and branches run at all (`make coverage`): a few examples do.
settings.register_profile("coverage", PATIENT, derandomize=True, max_examples=10)
settings.load_profile("laws")
if IN_CI:
    providers._get_local_constants = Constants  # noqa: SLF001  there is no setting for it
# Whose tests take seconds.
SLOW = ("tests/chaos/", "tests/cli/", "tests/hostile/", "tests/proof/", "tests/test_", "tests/workflow/")


def in_shares(names: Sequence[str], shares: int) -> list[int]:
    """Return tests, by their numbers, so that each of some equal parts begins with its share of the slow files.

    The tests of a file stay together, for they use the same things.
    """
    slow: defaultdict[str, list[int]] = defaultdict(list)
    quick: list[int] = []
    for number, name in enumerate(names):
        (slow[name.partition("::")[0]] if name.startswith(SLOW) else quick).append(number)
    files = list(slow.values())
    left = iter(quick)
    size = -(-len(names) // shares)
    parts: Iterable[list[int]] = (list(chain.from_iterable(files[share::shares])) for share in range(shares))
    filled = [[*part, *islice(left, max(0, size - len(part)))] for part in parts]
    return [*chain.from_iterable(filled), *left]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests in the order of their shares; pytest-xdist gives each process one part after the other."""
    shares = getattr(config, "workerinput", {}).get("workercount", 1)
    if shares > 1:
        items[:] = [items[number] for number in in_shares([item.nodeid for item in items], shares)]


class FailuresAtOnce:
    """Writes a line for every failure, when it is known."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal

    @pytest.hookimpl(trylast=True)  # behind the letter
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Name the test, the part of it that failed and, where pytest knows one, the reason's first line."""
        if not report.failed:
            return
        crash = getattr(report.longrepr, "reprcrash", None)
        reason = f" - {crash.message.splitlines()[0]}" if crash and crash.message else ""
        where = "" if report.when == "call" else f" ({report.when})"
        self._terminal.write_line(f"\nFAILED {report.nodeid}{where}{reason}", red=True)


@pytest.hookimpl(trylast=True)  # the terminal's own reporter comes first
def pytest_configure(config: pytest.Config) -> None:
    """Where lines are written at all: in a worker of pytest-xdist there is no terminal."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None:
        config.pluginmanager.register(FailuresAtOnce(terminal), "failures-at-once")
