"""Models from the Argos index: chosen, fetched, compared with what is pinned, installed and pinned."""

import errno
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from babel import Locale

from pipeline.config import Settings
from pipeline.errors import DownloadError, MissingModelError, ModelIndexError, ModelPackageError, UsageError
from pipeline.translation.downloads.http_request import host_of
from pipeline.translation.downloads.part_file import PartFile, fetch_bytes, open_part
from pipeline.translation.downloads.patience import Patience
from pipeline.translation.engines import Pair
from pipeline.translation.engines.argos_archive_file import MAX_TOTAL_BYTES
from pipeline.translation.engines.argos_index import (
    PUBLIC_INDEX,
    OfferedPackage,
    Wish,
    choose_package,
    exact_wish,
    index_address,
    newest,
    parse_index,
    wish_for,
)
from pipeline.translation.engines.argos_package_file import (
    InstalledPackage,
    install_package,
    list_packages,
    model_folders,
)
from pipeline.translation.models_lock_file import LockedPackage, is_as_pinned, pin_installed, read_lock
from pipeline.workflow.models import lock_path, own_folder, require_pinnable, require_usable
from pipeline.workflow.project import Progress, no_progress

_log = logging.getLogger(__name__)

# The public index has some 50 KB.
MAX_INDEX_BYTES = 8 * 1024**2
MAX_INDEX_SECONDS = 120
# Hidden, so that nothing that lies in it is ever taken for a package.
DOWNLOADS = ".downloads"
FROM_FILE = "with a file at hand: polypost models install --from FILE.argosmodel"
_DISK_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """A package that was asked for; `fetched` is False where it was there already, as pinned."""

    package: InstalledPackage
    fetched: bool


@dataclass(frozen=True, kw_only=True)
class Supplier:
    """Supplies models from one index to one project.

    `upgrade` takes the newest package of a pair and pins it in place of the pinned one.
    """

    settings: Settings
    environ: Mapping[str, str]
    index: str = ""
    upgrade: bool = False
    patience: Patience = field(default_factory=Patience)
    progress: Progress = no_progress

    @property
    def address(self) -> str:
        """Where the index is: as asked for, else as Argos is told, else the public one."""
        return index_address(self.index or self.environ.get("ARGOS_PACKAGE_INDEX") or PUBLIC_INDEX)

    def pinned_wishes(self) -> tuple[Wish, ...]:
        """Return what models.lock pins, as if it had been asked for."""
        return tuple(exact_wish(entry.pair) for entry in read_lock(lock_path(self.settings)))

    def supply(self, wishes: Iterable[Wish]) -> Iterator[Supplied]:
        """Install a package for each pair and pin it at once; yield them one by one.

        Nothing is fetched for what is installed as pinned; nothing is installed before each pair has a package.
        Raises ModelIndexError, MissingModelError, or UsageError where it could not be pinned.
        """
        address = self.address
        lock = read_lock(lock_path(self.settings))
        wanted = [(wish, None if self.upgrade else _pinned(lock, wish.pairs)) for wish in wishes]
        there = [self._installed_as(entry) for _, entry in wanted]
        offers = () if all(there) else self._read_index(address)
        chosen = [
            package or self._choose(offers, wish, entry) for (wish, entry), package in zip(wanted, there, strict=True)
        ]
        if any(entry is None for _, entry in wanted):  # what is fetched as pinned leaves the lock as it is
            require_pinnable(lock_path(self.settings))
        for package in chosen:
            if isinstance(package, InstalledPackage):
                yield Supplied(package=package, fetched=False)
            else:
                yield self._install(package)

    def _read_index(self, address: str) -> tuple[OfferedPackage, ...]:
        host = host_of(address)
        try:
            patience = replace(self.patience, total_seconds=MAX_INDEX_SECONDS)
            content = fetch_bytes(address, patience=patience, limit=MAX_INDEX_BYTES)
        except DownloadError as error:
            raise ModelIndexError(host, f"cannot be reached: {error.reason}") from error
        return parse_index(content, host)

    def _choose(self, offers: tuple[OfferedPackage, ...], wish: Wish, entry: LockedPackage | None) -> OfferedPackage:
        if entry is None:
            return choose_package(offers, wish)
        found = newest(offers, entry.pair, entry.version)
        if found:
            return found
        other = newest(offers, entry.pair)
        offered = f"the index offers {other.version}" if other else "the index offers no package for it"
        upgrade = f"to take that and pin it: polypost models install {wish.source} {wish.target} --upgrade; "
        raise MissingModelError(
            str(entry.pair),
            f"models.lock pins version {entry.version}, {offered}",
            f"{upgrade if other else ''}{FROM_FILE}",
        )

    def _installed_as(self, entry: LockedPackage | None) -> InstalledPackage | None:
        """Return the installed package that is exactly what is pinned."""
        if entry is None:
            return None
        installed = list_packages(model_folders(self.environ))
        return next((package for package in installed if is_as_pinned(package, entry)), None)

    def _install(self, offer: OfferedPackage) -> Supplied:
        ours = own_folder(self.environ)
        with open_part(ours / DOWNLOADS / f"{offer.name}.argosmodel.part") as part:
            # Read again: another process may have installed it while this one waited for its part.
            entry = _pinned(read_lock(lock_path(self.settings)), (offer.pair,))
            there = self._installed_as(entry) if entry and entry.version == offer.version else None
            if there:
                part.discard()
                return Supplied(package=there, fetched=False)
            link = self._fetch(part, offer)
            if entry and not self.upgrade:
                _compare_with_pin(part, entry, link)
            package = _unpack(part, offer, ours, link)
            pin_installed(lock_path(self.settings), package)
            part.discard()
            return Supplied(package=package, fetched=True)

    def _fetch(self, part: PartFile, offer: OfferedPackage) -> str:
        """Fetch the package from the first of its links that gives it; return that link."""
        name = f"{offer.pair} {offer.version}"
        told: DownloadError | None = None
        for link in offer.links:
            try:
                part.fetch(link, patience=self.patience, limit=MAX_TOTAL_BYTES, progress=self._bytes_of(name))
            except DownloadError as error:
                told = error
                if link != offer.links[-1]:
                    _log.warning("%s; trying the next link", error)
            else:
                return link
            finally:
                self.progress(name, 1, 1)  # ends a bar that broke off: it hides the cursor
        raise MissingModelError(
            str(offer.pair),
            f"version {offer.version} cannot be fetched: {told}",
            f"run the command again to go on from what has come, or {FROM_FILE}",
        ) from told

    def _bytes_of(self, name: str) -> Callable[[int, int], None]:
        def show(done: int, total: int) -> None:
            if total:
                self.progress(name, done, total)

        return show


def patience_of(*, seconds: float, attempts: int) -> Patience:
    """Wait as long for a connection as for an answer."""
    return Patience(connect_seconds=seconds, read_seconds=seconds, attempts=attempts)


def wishes_along(languages: Iterable[Locale]) -> tuple[Wish, ...]:
    """Ask for what leads from each language to the next.

    Raises UsageError if one leads to itself.
    """
    wishes = tuple(wish_for(source, target) for source, target in pairwise(languages))
    for wish in wishes:
        if wish.pairs[0].source == wish.pairs[0].target:
            raise UsageError(f"{wish}: that needs no translation")
    return wishes


def _pinned(lock: Iterable[LockedPackage], pairs: tuple[Pair, ...]) -> LockedPackage | None:
    found = {entry.pair: entry for entry in lock}
    return next((found[pair] for pair in pairs if pair in found), None)


def _compare_with_pin(part: PartFile, entry: LockedPackage, link: str) -> None:
    came = part.sha256()
    if came == entry.sha256:
        return
    part.discard()
    raise MissingModelError(
        str(entry.pair),
        f"{link} is not the file that models.lock pins: it has sha256 {came}, pinned is {entry.sha256}; it was deleted",
        "run the command again in case it was damaged on the way; if the new file is meant: "
        f"polypost models install {entry.source} {entry.target} --upgrade",
    )


def _unpack(part: PartFile, offer: OfferedPackage, models_dir: Path, link: str) -> InstalledPackage:
    def accept(package: InstalledPackage) -> None:
        pair = Pair(package.source, package.target)
        if (pair, package.version) != (offer.pair, offer.version):
            raise ModelPackageError(part.path, f"is {pair} {package.version}, not what the index says")
        require_usable(part.path, package)

    try:
        return install_package(part.path, models_dir, accept)
    except ModelPackageError as error:
        if error.path != part.path or getattr(error.__cause__, "errno", 0) in _DISK_IS_FULL:
            raise  # not the package's fault: what has come is kept
        part.discard()
        reason = f"the package at {link} cannot be used and was deleted: {error.reason}"
        raise MissingModelError(str(offer.pair), reason, FROM_FILE) from error
