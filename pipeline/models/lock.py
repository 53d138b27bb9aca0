"""`models.lock`: which models a project is translated with, pinned so that another machine uses the same.

It lies beside the configuration and holds one package a pair and engine: its version, the sha256 of the `.argosmodel`
file and one over the files that it unpacks to; for a Firefox model the sha256 of each file and one over all. A
translation is never made with another model than the pinned one.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from pipeline.errors import MissingModelError, ModelsLockError
from pipeline.model.packages import ARGOS, InstalledPackage, Pair
from pipeline.models.firefox_files import FROM_FOLDER
from pipeline.models.index import FROM_FILE, OfferedPackage, PackageRequest, choose_package, newest
from pipeline.models.package import digest_each, digest_files
from pipeline.storage.files import alone_in, read_regular, write_if_changed

FILE_NAME = "models.lock"


class LockedPackage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One pinned package; `sha256` is of the `.argosmodel` file, `files` over what it unpacks to.

    Of a Firefox model `files` has the sha256 of each file, and `sha256` is over all of them.
    """

    engine: str = ARGOS
    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    version: str
    sha256: str
    files: str | dict[str, str]

    @property
    def pair(self) -> Pair:
        """The pair it translates."""
        return Pair(self.source, self.target)

    @property
    def place(self) -> tuple[Pair, str]:
        """The pair and the engine; a lock pins one package for both."""
        return self.pair, self.engine

    def is_met_by(self, package: InstalledPackage) -> bool:
        """Tell whether an installed package is the pinned one to the last byte."""
        alike = (package.pair, package.engine, package.version) == (*self.place, self.version)
        return alike and _digests(package) == self.files

    def require(self, sha256: str, link: str) -> None:
        """Refuse what came from `link` unless it is the pinned file.

        Raises MissingModelError.
        """
        if sha256 != self.sha256:
            raise MissingModelError(
                str(self.pair),
                f"{link} is not the file that models.lock pins: it has sha256 {sha256}, pinned is {self.sha256}; "
                "it was deleted",
                "run the command again in case it was damaged on the way; if the new file is meant: "
                f"polypost models install {self.source} {self.target} --upgrade",
            )


Lock = tuple[LockedPackage, ...]


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    packages: Lock


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
    engine: str = ARGOS

    def __str__(self) -> str:
        """Name the command that mends it: what is pinned is fetched as pinned, what is not gets pinned."""
        remedy = f"polypost models install {self.pair.source} {self.pair.target}, or --from FILE.argosmodel"
        if self.engine != ARGOS:
            remedy = f"{FROM_FOLDER} with the folder of its files"
        return f"{self.pair} {self.difference}: {self.detail}; {remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The packages to translate with, one a pair and engine, and where installed and pinned ones differ; both sorted.

    A pair whose pin no installed package meets has none.
    """

    packages: tuple[InstalledPackage, ...]
    findings: tuple[LockFinding, ...]


def read_lock(path: Path) -> Lock:
    """Read the pinned packages, sorted by pair and engine; none if there is no file yet.

    Raises ModelsLockError if the file is not of our form.
    """
    try:
        lock = msgspec.json.decode(read_regular(path), type=_File).packages
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ModelsLockError(path, error.strerror or "cannot be read") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ModelsLockError(path, str(error)) from error
    if len({entry.place for entry in lock}) != len(lock):
        raise ModelsLockError(path, "pins a pair twice")
    return tuple(sorted(lock, key=lambda entry: entry.place))


def write_lock(path: Path, lock: Iterable[LockedPackage]) -> bool:
    """Write the lock, a field a line for the sake of diffs; tell whether it changed."""
    entries = sorted(lock, key=lambda entry: entry.place)
    text = json.dumps({"packages": msgspec.to_builtins(entries)}, ensure_ascii=False, indent=2)
    return write_if_changed(path, f"{text}\n".encode())


def pin(lock: Iterable[LockedPackage], package: InstalledPackage) -> Lock:
    """Return the lock with a package that was just installed in place of the one of its pair and engine."""
    fresh = LockedPackage(
        engine=package.engine,
        source=package.source,
        target=package.target,
        version=package.version,
        sha256=package.sha256,
        files=_digests(package),
    )
    kept = (entry for entry in lock if entry.place != fresh.place)
    return tuple(sorted((*kept, fresh), key=lambda entry: entry.place))


def _digests(package: InstalledPackage) -> str | dict[str, str]:
    """Read the files of a package and return what a lock pins of them."""
    return digest_files(package.folder) if package.engine == ARGOS else digest_each(package.folder)


def pin_installed(path: Path, package: InstalledPackage) -> None:
    """Record a package that was just installed; of several installations at once none loses what another pins."""
    with alone_in(path.parent):
        write_lock(path, pin(read_lock(path), package))


def unpin(path: Path, pair: Pair) -> None:
    """Take a pair out of the lock, and the file away with the last one."""
    with alone_in(path.parent):
        lock = read_lock(path)
        kept = [entry for entry in lock if entry.pair != pair]
        if kept:
            write_lock(path, kept)
        elif lock:
            path.unlink()


def choose(
    offers: Sequence[OfferedPackage], request: PackageRequest, entry: LockedPackage | None = None
) -> OfferedPackage:
    """Return the offered package that is pinned by `entry`, or the newest that serves a request without a pin.

    Raises MissingModelError, with what would do instead, if it is not offered.
    """
    if entry is None:
        return choose_package(offers, request)
    found = newest(offers, entry.pair, entry.version)
    if found:
        return found
    other = newest(offers, entry.pair)
    offered = f"the index offers {other.version}" if other else "the index offers no package for it"
    upgrade = f"to take that and pin it: polypost models install {request.source} {request.target} --upgrade; "
    reason = f"models.lock pins version {entry.version}, {offered}"
    raise MissingModelError(str(entry.pair), reason, f"{upgrade if other else ''}{FROM_FILE}")


def compare(installed: Iterable[InstalledPackage], lock: Iterable[LockedPackage]) -> Selection:
    """Choose what is pinned, by version and by every byte; where nothing is pinned, the first of `installed`.

    `installed` is in order of preference. The files of pinned pairs are read whole: 200 MB take 0.13 s where the
    processor knows SHA-256, and sizes with times would miss a file that was changed and set back.
    """
    pinned = {entry.place: entry for entry in lock}
    stock: dict[tuple[Pair, str], list[InstalledPackage]] = {place: [] for place in pinned}
    for package in installed:
        stock.setdefault((package.pair, package.engine), []).append(package)
    packages: list[InstalledPackage] = []
    findings: list[LockFinding] = []
    for place, candidates in sorted(stock.items()):
        entry = pinned.get(place)
        fitting = filter(entry.is_met_by, candidates) if entry else candidates
        found = next(iter(fitting), None)
        packages += [found] if found else []
        if entry is None or found is None:
            findings.append(_difference(place, entry, candidates))
    return Selection(packages=tuple(packages), findings=tuple(findings))


def _difference(
    place: tuple[Pair, str], entry: LockedPackage | None, candidates: Sequence[InstalledPackage]
) -> LockFinding:
    """Tell how the installed packages of a pair and engine fail to be the pinned one."""
    if entry is None:
        kind, detail = Difference.UNPINNED, "installed, but not in the lock"
    elif alike := [package for package in candidates if package.version == entry.version]:
        kind, detail = Difference.CHANGED, f"the files in {alike[0].folder} are not those that were pinned"
    elif candidates:
        versions = ", ".join(dict.fromkeys(package.version for package in candidates))
        kind, detail = Difference.OTHER_VERSION, f"version {entry.version} is pinned, installed is {versions}"
    else:
        kind, detail = Difference.MISSING, f"version {entry.version} is pinned and not installed"
    return LockFinding(pair=place[0], engine=place[1], difference=kind, detail=detail)
