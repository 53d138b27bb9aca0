"""The models of the engines: installed from files, listed, compared with what the project has pinned.

Installing from the Argos index is in `model_downloads`, which alone loads network code.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.config import Settings
from pipeline.translation.engines.argos_package_file import (
    InstalledPackage,
    find_packages,
    install_package,
    model_folders,
)
from pipeline.translation.models_lock_file import FILE_NAME, LockFinding, pin_installed, read_lock, verify


def lock_path(settings: Settings) -> Path:
    """Return where the pinned models are recorded: beside the configuration."""
    return settings.root / FILE_NAME


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


def list_models(environ: Mapping[str, str]) -> tuple[InstalledPackage, ...]:
    """Return the packages that the engine would use, the newest of every pair."""
    return find_packages(model_folders(environ))


def verify_models(settings: Settings, environ: Mapping[str, str]) -> tuple[LockFinding, ...]:
    """Return where installed and pinned models differ."""
    return tuple(verify(list_models(environ), read_lock(lock_path(settings))))
