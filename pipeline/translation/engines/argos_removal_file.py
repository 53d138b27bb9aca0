"""Packages leave our own model folder again, with every trace of them."""

import shutil
from pathlib import Path

from pipeline.errors import ModelPackageError
from pipeline.files import alone_in
from pipeline.translation.engines import Pair
from pipeline.translation.engines.argos_names import package_name
from pipeline.translation.engines.argos_package_file import list_packages


def remove_packages(folder: Path, pair: Pair) -> tuple[Path, ...]:
    """Remove every version of a pair, those that cannot be read any more included; return where they were, sorted.

    Raises ModelPackageError if something cannot be removed.
    """
    named = f"{package_name(*pair, '')}*"
    read = {found.folder for found in list_packages([folder]) if (found.source, found.target) == pair}
    places = sorted(read | set(folder.glob(named)))
    if not places:
        return ()
    try:
        with alone_in(folder):
            for place in places:
                _remove(place)
            for copy in folder.glob(f".{named}"):
                _remove(copy)
    except OSError as error:
        raise ModelPackageError(folder, error.strerror or "cannot be written") from error
    return tuple(places)


def _remove(place: Path) -> None:
    """Remove a folder; of a symbolic link the link alone, what it leads to is found under its own name."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink()
