"""Laws run on the same examples in CI, so that a red run is red again; on a developer's machine they keep searching.

A test that fails is named in the moment it fails, in the quiet form of the output too, which else shows a letter and
keeps the name until the end of the run.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
# What is measured is which lines and branches run at all (`make coverage`): a few examples do.
settings.register_profile("coverage", derandomize=True, deadline=None, max_examples=10)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


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
