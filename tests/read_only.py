"""A folder that cannot be written, also where the tests run as root."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.projects import CHECKOUT, NO_MODELS

# From linux/prctl.h and linux/capability.h: root without this capability is bound by modes as anybody is.
_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE = 1


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take the right to write in a folder away for a while."""
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)


def without_privilege(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the folder of a project, bound by the modes of files."""
    libc = ctypes.CDLL(None)
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=project,
        env={**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT), **environment},
        preexec_fn=lambda: libc.prctl(_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE),  # fails where there is none to drop
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
