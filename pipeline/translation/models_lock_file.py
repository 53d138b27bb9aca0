"""`models.lock`: which models a project is translated with, pinned so that another machine uses the same."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from pipeline.errors import ModelsLockError
from pipeline.files import alone_in, write_if_changed
from pipeline.translation.engines import Pair
from pipeline.translation.engines.argos_package_file import InstalledPackage, digest_files

FILE_NAME = "models.lock"


class LockedPackage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pinned package; `sha256` is of the `.argosmodel` file, `files` over what it unpacks to."""

    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    version: str
    sha256: str
    files: str

    @property
    def pair(self) -> Pair:
        """The pair it translates; a lock pins one package a pair."""
        return Pair(self.source, self.target)


class _Lock(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    packages: tuple[LockedPackage, ...]


class Difference(StrEnum):
    """How an installed package and the lock disagree."""

    MISSING = "missing"
    OTHER_VERSION = "other_version"
    CHANGED = "changed"
    UNPINNED = "unpinned"


@dataclass(frozen=True, slots=True, kw_only=True)
class LockFinding:
    """One difference about one pair; `detail` is for people."""

    pair: Pair
    difference: Difference
    detail: str

    def __str__(self) -> str:
        return f"{self.pair} {self.difference}: {self.detail}"


def pin(lock: Iterable[LockedPackage], package: InstalledPackage) -> tuple[LockedPackage, ...]:
    """Return the lock with a package that was just installed in place of the one of its pair."""
    fresh = LockedPackage(
        source=package.source,
        target=package.target,
        version=package.version,
        sha256=package.sha256,
        files=digest_files(package.folder),
    )
    kept = (entry for entry in lock if entry.pair != fresh.pair)
    return tuple(sorted((*kept, fresh), key=lambda entry: entry.pair))


def read_lock(path: Path) -> tuple[LockedPackage, ...]:
    """Read the pinned packages, sorted by pair; none if there is no file yet.

    Raises ModelsLockError if the file is not of our form.
    """
    try:
        lock = msgspec.json.decode(path.read_bytes(), type=_Lock)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ModelsLockError(path, error.strerror or "cannot be read") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ModelsLockError(path, str(error)) from error
    if len({entry.pair for entry in lock.packages}) != len(lock.packages):
        raise ModelsLockError(path, "pins a pair twice")
    return tuple(sorted(lock.packages, key=lambda entry: entry.pair))


def write_lock(path: Path, lock: Iterable[LockedPackage]) -> bool:
    """Write the lock, a field a line for the sake of diffs; tell whether it changed."""
    entries = sorted(lock, key=lambda entry: entry.pair)
    text = json.dumps({"packages": msgspec.to_builtins(entries)}, ensure_ascii=False, indent=2)
    return write_if_changed(path, f"{text}\n".encode())


def pin_installed(path: Path, package: InstalledPackage) -> None:
    """Record a package that was just installed; of several installations at once none loses what another pins."""
    with alone_in(path.parent):
        write_lock(path, pin(read_lock(path), package))


def verify(packages: Iterable[InstalledPackage], lock: Iterable[LockedPackage]) -> Iterator[LockFinding]:
    """Yield every difference between the packages that are used and those that are pinned, sorted by pair."""
    installed = {Pair(package.source, package.target): package for package in packages}
    pinned = {entry.pair: entry for entry in lock}
    for pair in sorted(installed.keys() | pinned.keys()):
        found = _compare(pair, installed.get(pair), pinned.get(pair))
        if found:
            yield found


def _compare(pair: Pair, package: InstalledPackage | None, entry: LockedPackage | None) -> LockFinding | None:
    if entry is None:
        return LockFinding(pair=pair, difference=Difference.UNPINNED, detail="installed, but not in the lock")
    if package is None:
        detail = f"version {entry.version} is pinned and not installed"
        return LockFinding(pair=pair, difference=Difference.MISSING, detail=detail)
    if package.version != entry.version:
        detail = f"version {package.version} is used, {entry.version} is pinned"
        return LockFinding(pair=pair, difference=Difference.OTHER_VERSION, detail=detail)
    if digest_files(package.folder) != entry.files:
        detail = f"the files in {package.folder} are not those that were pinned"
        return LockFinding(pair=pair, difference=Difference.CHANGED, detail=detail)
    return None
