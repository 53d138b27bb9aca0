"""`models.lock`: which models a project is translated with, pinned so that another machine uses the same."""

import json
from collections.abc import Iterable, Sequence
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

    @property
    def remedy(self) -> str:
        """The command that mends it: what is pinned is fetched as pinned, what is not gets pinned."""
        return f"polypost models install {self.pair.source} {self.pair.target}"

    def __str__(self) -> str:
        return f"{self.pair} {self.difference}: {self.detail}; {self.remedy}, or --from FILE.argosmodel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The packages to translate with, one a pair, sorted by pair, and the pins that none of the installed ones meets.

    A pair with such a finding has no package: a translation is never made with another model than the pinned one.
    """

    packages: tuple[InstalledPackage, ...]
    findings: tuple[LockFinding, ...]


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


def unpin(path: Path, pair: Pair) -> bool:
    """Take a pair out of the lock, and the file away with the last one; tell whether it was pinned."""
    with alone_in(path.parent):
        lock = read_lock(path)
        kept = tuple(entry for entry in lock if entry.pair != pair)
        if kept:
            write_lock(path, kept)
        elif lock:
            path.unlink()
    return len(kept) < len(lock)


def select(installed: Iterable[InstalledPackage], lock: Iterable[LockedPackage]) -> Selection:
    """Choose what is pinned, by version and by every byte; of a pair that is not pinned the first of `installed`.

    `installed` is in order of preference. The files of pinned pairs are read whole: 200 MB take 0.13 s where the
    processor knows SHA-256, and sizes with times would miss a file that was changed and set back.
    """
    pinned = {entry.pair: entry for entry in lock}
    stock = _by_pair(installed)
    packages: list[InstalledPackage] = []
    findings: list[LockFinding] = []
    for pair in sorted(stock.keys() | pinned.keys()):
        found = _as_pinned(stock.get(pair, ()), pinned[pair]) if pair in pinned else stock[pair][0]
        if isinstance(found, LockFinding):
            findings.append(found)
        else:
            packages.append(found)
    return Selection(packages=tuple(packages), findings=tuple(findings))


def verify(installed: Iterable[InstalledPackage], lock: Iterable[LockedPackage]) -> tuple[LockFinding, ...]:
    """Return every difference between what is installed and what is pinned, sorted by pair."""
    lock = tuple(lock)
    selection = select(installed, lock)
    pinned = {entry.pair for entry in lock}
    used = {Pair(package.source, package.target) for package in selection.packages}
    detail = "installed, but not in the lock"
    unpinned = (LockFinding(pair=pair, difference=Difference.UNPINNED, detail=detail) for pair in used - pinned)
    return tuple(sorted((*selection.findings, *unpinned), key=lambda finding: finding.pair))


def is_as_pinned(package: InstalledPackage, entry: LockedPackage) -> bool:
    """Tell whether an installed package is the pinned one to the last byte."""
    return (
        Pair(package.source, package.target) == entry.pair
        and package.version == entry.version
        and digest_files(package.folder) == entry.files
    )


def _by_pair(installed: Iterable[InstalledPackage]) -> dict[Pair, tuple[InstalledPackage, ...]]:
    stock: dict[Pair, tuple[InstalledPackage, ...]] = {}
    for package in installed:
        pair = Pair(package.source, package.target)
        stock[pair] = (*stock.get(pair, ()), package)
    return stock


def _as_pinned(candidates: Sequence[InstalledPackage], entry: LockedPackage) -> InstalledPackage | LockFinding:
    """Return the candidate that is pinned, or how the candidates fail to be it."""
    found = next((package for package in candidates if is_as_pinned(package, entry)), None)
    if found:
        return found
    alike = next((package for package in candidates if package.version == entry.version), None)
    if alike:
        detail = f"the files in {alike.folder} are not those that were pinned"
        return LockFinding(pair=entry.pair, difference=Difference.CHANGED, detail=detail)
    if candidates:
        versions = ", ".join(dict.fromkeys(package.version for package in candidates))
        detail = f"version {entry.version} is pinned, installed is {versions}"
        return LockFinding(pair=entry.pair, difference=Difference.OTHER_VERSION, detail=detail)
    detail = f"version {entry.version} is pinned and not installed"
    return LockFinding(pair=entry.pair, difference=Difference.MISSING, detail=detail)
