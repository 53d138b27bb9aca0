"""Models from the Argos index: chosen, fetched, compared with what is pinned, tried, installed and pinned."""

import errno
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from babel import Locale

from pipeline.config import Settings
from pipeline.errors import DownloadError, MissingModelError, ModelIndexError, ModelPackageError, UsageError
from pipeline.http_client import HttpClient, RetryPolicy, host_of
from pipeline.model.packages import ARGOS, FIREFOX, InstalledPackage, Pair
from pipeline.models.archive import MAX_TOTAL_BYTES
from pipeline.models.download import PartFile, open_part
from pipeline.models.index import (
    FROM_FILE,
    PUBLIC_INDEX,
    OfferedPackage,
    PackageRequest,
    exact_request,
    index_address,
    parse_index,
    request_for,
)
from pipeline.models.install import install_package
from pipeline.models.lock import LockedPackage, choose, pin_installed, read_lock
from pipeline.models.package import list_packages, model_folders, package_name
from pipeline.workflow.models import lock_path, own_folder, require_pinnable, select_models, try_package
from pipeline.workflow.stopwatch import Progress, show_nothing

_log = logging.getLogger(__name__)

# The public index has some 50 KB.
MAX_INDEX_BYTES = 8 * 1024**2
MAX_INDEX_SECONDS = 120
# Hidden, so that nothing that lies in it is ever taken for a package.
DOWNLOADS = ".downloads"
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
    policy: RetryPolicy
    progress: Progress = show_nothing

    def pinned_requests(self) -> tuple[PackageRequest, ...]:
        """Return what models.lock pins, as if it had been asked for.

        Raises UsageError if that is nothing.
        """
        pinned = read_lock(lock_path(self.settings))
        if not pinned:
            raise UsageError("models.lock pins nothing yet; name a pair: polypost models install en fr")
        select_models(lock_path(self.settings), self.environ, FIREFOX)  # warns of those that no index has
        return tuple(exact_request(entry.pair) for entry in pinned if entry.engine == ARGOS)

    def supply(self, requests: Iterable[PackageRequest]) -> Iterator[Supplied]:
        """Install a package for each pair and pin it at once; yield them one by one.

        Nothing is fetched for what is installed as pinned; nothing is installed before each pair has a package.
        Raises ModelIndexError, MissingModelError, or UsageError where it could not be pinned.
        """
        address = index_address(self.index or self.environ.get("ARGOS_PACKAGE_INDEX") or PUBLIC_INDEX)
        wanted = [(request, None if self.upgrade else self._pin_of(request.pairs)) for request in requests]
        there = [self._installed_as(entry) for _, entry in wanted]
        offers = () if all(there) else self._read_index(address)
        chosen = [found or choose(offers, *asked) for asked, found in zip(wanted, there, strict=True)]
        if any(entry is None for _, entry in wanted):  # what is fetched as pinned leaves the lock as it is
            require_pinnable(lock_path(self.settings))
        for package in chosen:
            if isinstance(package, InstalledPackage):
                yield Supplied(package=package, fetched=False)
            else:
                yield self._install(package)

    def _pin_of(self, pairs: Iterable[Pair]) -> LockedPackage | None:
        pinned = {entry.pair: entry for entry in read_lock(lock_path(self.settings)) if entry.engine == ARGOS}
        return next((pinned[pair] for pair in pairs if pair in pinned), None)

    def _installed_as(self, entry: LockedPackage | None) -> InstalledPackage | None:
        """Return the installed package that is exactly what is pinned."""
        installed = list_packages(model_folders(self.environ)) if entry else ()
        return next((package for package in installed if entry and entry.is_met_by(package)), None)

    def _read_index(self, address: str) -> tuple[OfferedPackage, ...]:
        host = host_of(address)
        try:
            client = HttpClient(replace(self.policy, total_seconds=MAX_INDEX_SECONDS))
            return parse_index(client.request("GET", address, limit=MAX_INDEX_BYTES), host)
        except DownloadError as error:
            raise ModelIndexError(host, f"cannot be reached: {error.reason}") from error

    def _install(self, offer: OfferedPackage) -> Supplied:
        ours = own_folder(self.environ)
        name = f"{package_name(offer.pair, offer.version)}.argosmodel.part"
        with open_part(ours / DOWNLOADS / name) as part:
            # Read again: another process may have installed it while this one waited for its part.
            entry = self._pin_of((offer.pair,))
            there = self._installed_as(entry) if entry and entry.version == offer.version else None
            if not there:
                link = self._fetch(part, offer)
                if entry and not self.upgrade:
                    _require_pinned(part, entry, link)
                pin_installed(lock_path(self.settings), package := _unpack(part, offer, ours, link))
            part.discard()
            return Supplied(package=there or package, fetched=there is None)

    def _fetch(self, part: PartFile, offer: OfferedPackage) -> str:
        """Fetch the package from the first of its links that gives it; return that link."""
        name = f"{offer.pair} {offer.version}"

        def show(done: int, total: int) -> None:
            if total:
                self.progress(name, done, total)

        failures: list[DownloadError] = []
        for link in offer.links:
            if failures:
                _log.warning("%s; trying the next link", failures[-1])
            try:
                part.fetch(HttpClient(self.policy), link, limit=MAX_TOTAL_BYTES, progress=show)
            except DownloadError as error:
                failures.append(error)
            else:
                return link
            finally:
                self.progress(name, 1, 1)  # ends a bar that broke off: it hides the cursor
        reason = f"version {offer.version} cannot be fetched: {failures[-1]}"
        remedy = f"run the command again to go on from what has come, or {FROM_FILE}"
        raise MissingModelError(str(offer.pair), reason, remedy) from failures[-1]


def retry_policy(*, seconds: float, attempts: int) -> RetryPolicy:
    """Wait as long for a connection as for an answer."""
    return RetryPolicy(connect_seconds=seconds, read_seconds=seconds, attempts=attempts)


def requests_along(languages: Iterable[Locale]) -> tuple[PackageRequest, ...]:
    """Ask for what leads from each language to the next.

    Raises UsageError if one leads to itself.
    """
    requests = tuple(request_for(source, target) for source, target in pairwise(languages))
    for request in requests:
        if request.pairs[0].source == request.pairs[0].target:
            raise UsageError(f"{request}: that needs no translation")
    return requests


def _require_pinned(part: PartFile, entry: LockedPackage, link: str) -> None:
    try:
        entry.require(part.sha256(), link)
    except MissingModelError:
        part.discard()
        raise


def _unpack(part: PartFile, offer: OfferedPackage, models_dir: Path, link: str) -> InstalledPackage:
    def trial(package: InstalledPackage) -> None:
        if (package.pair, package.version) != (offer.pair, offer.version):
            raise ModelPackageError(package.folder, f"is {package.pair} {package.version}, not what the index says")
        try_package(package)

    try:
        return install_package(part.path, models_dir, trial)
    except ModelPackageError as error:
        if error.path != part.path or getattr(error.__cause__, "errno", 0) in _DISK_IS_FULL:
            raise  # not the package's fault: what has come is kept
        part.discard()
        reason = f"the package at {link} cannot be used and was deleted: {error.reason}"
        raise MissingModelError(str(offer.pair), reason, FROM_FILE) from error
