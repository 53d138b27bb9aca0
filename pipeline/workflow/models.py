"""The models of the engines: installed from files, listed, compared with what the project has pinned.

Installing from the Argos index is in `model_downloads`, which alone loads network code.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.config import Settings
from pipeline.translation.engines.argos_package_file import (
    InstalledPackage,
    install_package,
    list_packages,
    model_folders,
)
from pipeline.translation.models_lock_file import FILE_NAME, LockFinding, pin_installed, read_lock, select, verify

_log = logging.getLogger(__name__)


def lock_path(settings: Settings) -> Path:
    """Return where the pinned models are recorded: beside the configuration."""
    return settings.root / FILE_NAME


def lock_beside(config: Path) -> Path:
    """Return where they would be recorded if there is no configuration yet."""
    return config.parent / FILE_NAME


def install_models(
    settings: Settings, archives: Iterable[Path], environ: Mapping[str, str]
) -> Iterator[InstalledPackage]:
    """Install packages into our own model folder and pin each at once; yield them one by one.

    Raises ModelPackageError at the first that is refused; those before it stay installed and pinned.
    """
    ours = model_folders(environ)[0]
    for archive in archives:
        read_lock(lock_path(settings))  # before anything is unpacked: a broken lock stops the command
        package = install_package(archive, ours)
        pin_installed(lock_path(settings), package)
        yield package


def select_models(lock: Path, environ: Mapping[str, str]) -> tuple[InstalledPackage, ...]:
    """Return the packages that a project translates with; warn of pinned ones that are not there as pinned.

    Raises ModelsLockError if the lock cannot be read.
    """
    selection = select(list_packages(model_folders(environ)), read_lock(lock))
    for finding in selection.findings:
        _log.warning("%s; until then argos leaves this pair out", finding)
    return selection.packages


def verify_models(settings: Settings, environ: Mapping[str, str]) -> tuple[LockFinding, ...]:
    """Return where installed and pinned models differ."""
    return verify(list_packages(model_folders(environ)), read_lock(lock_path(settings)))
