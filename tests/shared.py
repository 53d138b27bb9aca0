"""What is built once for all tests that only read it, in whichever worker of a run they are.

The first worker that needs it makes it, the others wait. Nobody changes it: a test that does copies it first.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, built


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder of that name that `make` has filled, in this worker or in another one."""
    base = factory.getbasetemp()
    root = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, finished = root / f"shared-{name}", root / f"shared-{name}.finished"
    with (root / f"shared-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a worker in which it failed
            folder.mkdir()
            make(folder)
            finished.touch()
    return folder


def built_samples(factory: pytest.TempPathFactory) -> Path:
    """Return the project of the repository, built from nothing; what it keeps in build/ makes other builds short."""

    def make(folder: Path) -> None:
        for name in ("samples", "locales"):
            shutil.copytree(CHECKOUT / name, folder / name)
        shutil.copy(CHECKOUT / "polypost.toml", folder)
        built(folder)

    return made_once(factory, "samples", make)
