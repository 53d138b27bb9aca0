"""The models of the engines: installed from files, tried, pinned, listed, verified and removed.

Installing from the Argos index is in `model_downloads`, which alone loads network code.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from babel import Locale

from pipeline.config import Settings
from pipeline.errors import MissingEngineError, MissingModelError, ModelPackageError, UsageError
from pipeline.model.packages import FIREFOX, InstalledPackage
from pipeline.models.archive import digest_archive
from pipeline.models.firefox_files import REMEDY, find_models, is_part_of_model
from pipeline.models.index import request_for
from pipeline.models.install import (
    Trial,
    install_model,
    install_package,
    remove_packages,
    require_claimed_language,
    write_refusal,
)
from pipeline.models.lock import (
    FILE_NAME,
    Difference,
    LockFinding,
    compare,
    pin_installed,
    read_lock,
    unpin,
)
from pipeline.models.package import list_packages, model_folders

_log = logging.getLogger(__name__)

Install = Callable[[Path, Trial], InstalledPackage]


def lock_path(settings: Settings) -> Path:
    """Return where the pinned models are recorded: beside the configuration."""
    return settings.root / FILE_NAME


def lock_beside(config: Path) -> Path:
    """Return where they would be recorded if there is no configuration yet."""
    return config.parent / FILE_NAME


def install_from(
    settings: Settings, origins: Iterable[Path], languages: Sequence[Locale], environ: Mapping[str, str]
) -> Iterator[InstalledPackage]:
    """Install Argos packages and folders of Firefox models into our own model folder and pin each at once.

    Of a folder all models are installed, or the one from the first to the second of the `languages`. Yields them one by
    one. Raises ModelPackageError at the first that is refused; those before it stay installed and pinned. Raises
    UsageError, before anything is written, if it could not be pinned or kept, and MissingEngineError for a folder where
    the engine is not installed.
    """
    for origin in origins:
        drafts = _from_folder(settings, origin, languages) if origin.is_dir() else _from_archive(settings, origin)
        for install in drafts:
            package = install(own_folder(environ), try_package)
            pin_installed(lock_path(settings), package)
            yield package


def _from_archive(settings: Settings, archive: Path) -> Iterator[Install]:
    if is_part_of_model(archive):
        raise ModelPackageError(archive, "is one file of a Firefox model; name the folder that all its files lie in")
    path = lock_path(settings)
    if digest_archive(archive) not in {entry.sha256 for entry in read_lock(path)}:
        require_pinnable(path)
    yield partial(install_package, archive)


def _from_folder(settings: Settings, folder: Path, languages: Sequence[Locale]) -> Iterator[Install]:
    from pipeline.translation.engines import firefox  # noqa: PLC0415  an engine is loaded where it is needed

    if not firefox.is_installed():
        raise MissingEngineError(FIREFOX, REMEDY)
    require_pinnable(lock_path(settings))
    for model in find_models(folder, request_for(*languages).pairs if languages else ()):
        yield partial(install_model, model)


def remove_models(settings: Settings, source: Locale, target: Locale, environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Remove the packages of a pair from our own model folder and unpin it; return where they were.

    Argos's own folder is never touched. Raises MissingModelError if the pair is neither there nor pinned.
    """
    path, folder = lock_path(settings), model_folders(environ)[0]
    pinned = {entry.pair for entry in read_lock(path)}
    request = request_for(source, target)
    for pair in request.pairs:
        if pair in pinned:
            require_pinnable(path)
        removed = remove_packages(folder, pair)
        if removed or pair in pinned:
            unpin(path, pair)
            return removed
    raise MissingModelError(
        str(request), f"neither installed in {folder} nor pinned", "see what is there: polypost models list"
    )


def try_package(package: InstalledPackage) -> None:
    """Refuse an unpacked package that does not translate, or to another language than it says.

    Raises ModelPackageError.
    """
    from pipeline.translation.engines import argos, firefox  # noqa: PLC0415  as above

    translate = firefox.try_package if package.engine == FIREFOX else argos.try_package
    require_claimed_language(package, translate, detect_shares)


def require_pinnable(lock: Path) -> None:
    """Refuse to go on where the lock cannot be written: an installed package that is not pinned is half the work.

    Raises UsageError.
    """
    reason = write_refusal(lock.parent)
    if reason:
        raise UsageError(
            f"{lock.absolute()} cannot be written ({reason}), and it has to say what is installed; nothing was changed."
            " Make its folder writable, or name the configuration of another project with --config"
        )


def own_folder(environ: Mapping[str, str]) -> Path:
    """Return our own model folder, made if need be.

    Raises ModelPackageError, with the variable that names it, if it cannot be written.
    """
    folder = model_folders(environ)[0]
    reason = write_refusal(folder)
    if not reason:
        return folder
    if environ.get("POLYPOST_MODELS_DIR"):
        raise ModelPackageError(folder, f"{reason}; POLYPOST_MODELS_DIR names it, let it name a folder for models")
    raise ModelPackageError(folder, f"{reason}; make it writable, or name another folder with POLYPOST_MODELS_DIR")


def select_models(
    lock: Path, environ: Mapping[str, str], engine: str = "", *, locked: bool = False
) -> tuple[InstalledPackage, ...]:
    """Return the packages that a project translates with, all or those of one engine; if `locked`, pinned ones alone.

    Warns of pinned ones that are not there as pinned. Raises ModelsLockError if the lock cannot be read.
    """
    installed = (package for package in list_packages(model_folders(environ)) if engine in {"", package.engine})
    selection = compare(installed, (entry for entry in read_lock(lock) if engine in {"", entry.engine}))
    for finding in selection.findings:
        if finding.difference is not Difference.UNPINNED:
            _log.warning("%s; until then %s leaves this pair out", finding, finding.engine)
    unpinned = {(f.pair, f.engine) for f in selection.findings if locked and f.difference is Difference.UNPINNED}
    return tuple(package for package in selection.packages if (package.pair, package.engine) not in unpinned)


def verify_models(settings: Settings, environ: Mapping[str, str]) -> tuple[LockFinding, ...]:
    """Return where installed and pinned models differ."""
    return compare(list_packages(model_folders(environ)), read_lock(lock_path(settings))).findings


def detect_shares(text: str) -> Mapping[str, float]:
    """Ask both detectors: some languages that packages translate to are known to one of them only."""
    from pipeline.intake.detection.detectors import (  # noqa: PLC0415  only for who installs a model
        LangdetectDetector,
        Py3langidDetector,
        base_language,
    )
    from pipeline.intake.detection.ensemble import Ensemble  # noqa: PLC0415  as above

    shares: defaultdict[str, float] = defaultdict(float)
    for guess in Ensemble(first=LangdetectDetector(), second=Py3langidDetector()).ask_both(text):
        shares[base_language(guess.language)] += guess.probability
    return shares
