"""System tools that tests need, and how long they may take."""

import os
import shutil

import pytest

# `make fuzz` runs the long form of the tests that have one.
LONG = os.environ.get("POLYPOST_FUZZ") == "long"
# Servers answer late and browsers compute slowly: a test that reads a page before it is ready fails.
SLOW_PAGES = os.environ.get("POLYPOST_PAGES") == "slow"


def require_tool(name: str) -> str:
    """Return where a system tool is; skip without it on a user's machine, fail in CI."""
    found = shutil.which(name)
    if found is not None:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is missing; .ci/run has to install it")
    pytest.skip(f"{name} is not installed")


def without_privilege() -> tuple[str, ...]:
    """Return what to put before a command so that permissions bind it even where the tests run as root."""
    if os.geteuid() != 0:
        return ()
    dropped = "-dac_override,-dac_read_search"
    return (require_tool("setpriv"), "--bounding-set", dropped, "--inh-caps", dropped)
