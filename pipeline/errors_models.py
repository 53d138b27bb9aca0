"""Errors of model packages and their lock file; to be merged into `errors.py`."""

from pathlib import Path

from pipeline.errors import PipelineError, UsageError


class ModelPackageError(UsageError):
    """A package of a model cannot be used; `reason` says what is wrong with it."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class ModelsLockError(PipelineError):
    """The record of pinned models cannot be read."""

    exit_code = 2

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}; restore it from version control, or install the models again")
