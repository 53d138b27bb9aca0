"""Argos packages on disk: read with care, installed whole or not at all, found in our folder and in Argos's own."""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from pipeline.errors import LocaleError, ModelPackageError
from pipeline.files import alone_in
from pipeline.translation.engines.argos_archive_file import unpack_archive
from pipeline.translation.engines.argos_names import is_version, package_name, parse_argos_code, version_age

_log = logging.getLogger(__name__)

MAX_METADATA_BYTES = 1024**2
# CTranslate2 writes JSON, before its version 3 it wrote plain lines; `source` stands for source and target apart.
_VOCABULARIES = tuple(
    f"model/{kind}_vocabulary.{suffix}" for kind in ("shared", "source") for suffix in ("json", "txt")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledPackage:
    """A model for one pair, unpacked in `folder`.

    `source` and `target` are spelled as CLDR does. `sha256` is that of the archive, known right after installing.
    """

    folder: Path
    source: str
    target: str
    version: str
    target_prefix: str = ""
    sha256: str = ""

    @property
    def name(self) -> str:
        """What its folder is called, for example translate-en_pt-1_9, as Argos does."""
        return package_name(self.source, self.target, self.version)


class _Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What we read of `metadata.json`; the defaults are Argos's."""

    from_code: str
    to_code: str
    package_version: str
    type: str = "translate"
    target_prefix: str = ""


def model_folders(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return where packages lie, our own folder first, then Argos's."""
    data = Path(environ.get("XDG_DATA_HOME") or _home(environ) / ".local" / "share")
    ours = Path(environ.get("POLYPOST_MODELS_DIR") or data / "polypost" / "models")
    theirs = Path(environ.get("ARGOS_PACKAGES_DIR") or data / "argos-translate" / "packages")
    return tuple(dict.fromkeys((ours, theirs)))


def list_packages(folders: Sequence[Path]) -> tuple[InstalledPackage, ...]:
    """Return every package, sorted by pair, the newest first; of equal versions the first folder's.

    One that cannot be used is passed over with a warning.
    """
    found = [package for folder in folders for package in _packages_in(folder)]
    found.sort(key=lambda package: version_age(package.version), reverse=True)
    return tuple(sorted(found, key=lambda package: (package.source, package.target)))


def find_packages(folders: Sequence[Path]) -> tuple[InstalledPackage, ...]:
    """Return the newest package of every pair, sorted by pair; of equal versions the first folder's."""
    newest: dict[tuple[str, str], InstalledPackage] = {}
    for package in list_packages(folders):
        newest.setdefault((package.source, package.target), package)
    return tuple(newest.values())


def write_refusal(folder: Path) -> str:
    """Say why nothing can be written in a folder, which is made if need be; "" if it can be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except (FileExistsError, NotADirectoryError):
        return "is a file or lies below one, not a folder"
    except OSError as error:
        return error.strerror or str(error)


def accept_any(package: InstalledPackage) -> None:
    """Refuse no package that is complete."""


def install_package(
    archive: Path, models_dir: Path, accept: Callable[[InstalledPackage], None] = accept_any
) -> InstalledPackage:
    """Unpack an `.argosmodel` file into `models_dir`; one of the same pair and version is replaced in one step.

    The package is a hidden folder, complete before a symbolic link of its name leads to it. Where the same files are
    installed already, they stay as they are. `accept` sees the package before anybody else does and raises if it is
    not the one that was meant.
    Raises ModelPackageError if the archive is not what it has to be; then nothing has changed.
    """
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=models_dir, prefix=".unpacking."))
    except OSError as error:
        raise ModelPackageError(models_dir, error.strerror or "cannot be written") from error
    try:
        digest = unpack_archive(archive, draft)
        package = _told_by(archive, draft)
        accept(package)
        installed = models_dir / package.name
        if not installed.is_dir() or digest_files(installed) != digest_files(draft):
            _switch(installed, draft)
    except OSError as error:
        raise ModelPackageError(models_dir, error.strerror or "cannot be written") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # gone under this name where all went well
    return replace(package, folder=installed, sha256=digest)


def read_package(folder: Path) -> InstalledPackage:
    """Read an unpacked package.

    Raises ModelPackageError if its metadata are missing or wrong, or if it lacks a file that translating needs.
    """
    metadata = _read_metadata(folder)
    reason = _metadata_refusal(metadata) or _files_refusal(folder)
    if reason:
        raise ModelPackageError(folder, reason)
    return InstalledPackage(
        folder=folder,
        source=_language(folder, metadata.from_code),
        target=_language(folder, metadata.to_code),
        version=metadata.package_version,
        target_prefix=metadata.target_prefix,
    )


def digest_files(folder: Path) -> str:
    """Return one sha256 over all files of a package, by their paths.

    The same as `find -L . -type f | sed s,./,, | LC_ALL=C sort | xargs sha256sum | sha256sum` in `folder`.
    """
    root = folder.resolve()
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    whole = hashlib.sha256()
    for name in sorted(files):
        with files[name].open("rb") as file:
            whole.update(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n".encode())
    return whole.hexdigest()


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ["HOME"]) if environ.get("HOME") else Path.home()


def _packages_in(folder: Path) -> Iterator[InstalledPackage]:
    try:
        found = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except FileNotFoundError:
        return
    except OSError as error:
        _log.warning("model folder %s is passed over: %s", folder, error.strerror)
        return
    for path in found:
        try:
            yield read_package(path)
        except ModelPackageError as error:
            _log.warning("model package %s is passed over: %s", path, error.reason)


def _told_by(archive: Path, draft: Path) -> InstalledPackage:
    """Read the unpacked package; complaints name the archive, the draft is nobody's business."""
    try:
        return read_package(draft)
    except ModelPackageError as error:
        raise ModelPackageError(archive, error.reason) from error


def _switch(link: Path, draft: Path) -> None:
    """Let `link` lead to the draft from one moment to the next; what it led to before stays for its readers.

    What lay there earlier still is removed.
    """
    draft.chmod(0o755)  # mkdtemp makes a private folder; models are for others
    content = draft.with_name(f".{link.name}{draft.suffix}")
    with alone_in(link.parent):
        before = link.with_name(link.readlink().name) if link.is_symlink() else None
        draft.rename(content)
        if before is None and link.is_dir():  # unpacked by hand
            before = link.rename(content.with_name(f"{content.name}.before"))
        fresh = content.with_name(f"{content.name}.link")
        fresh.symlink_to(content.name)
        fresh.replace(link)
        for old in link.parent.glob(f".{link.name}.*"):
            if old not in {content, before}:
                shutil.rmtree(old, ignore_errors=True)


def _read_metadata(folder: Path) -> _Metadata:
    try:
        with (folder / "metadata.json").open("rb") as file:
            content = file.read(MAX_METADATA_BYTES + 1)
        if len(content) > MAX_METADATA_BYTES:
            raise ModelPackageError(folder, f"metadata.json is longer than {MAX_METADATA_BYTES} bytes")
        return msgspec.json.decode(content, type=_Metadata)
    except OSError as error:
        raise ModelPackageError(folder, "has no metadata.json; is it an Argos package?") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ModelPackageError(folder, f"metadata.json cannot be used: {error}") from error


def _metadata_refusal(metadata: _Metadata) -> str:
    if metadata.type != "translate":
        return f"is of the type {metadata.type!r}, not a model for translating"
    if not is_version(metadata.package_version):
        return f"metadata.json: package_version {metadata.package_version!r} is not a version"
    if metadata.from_code == metadata.to_code:
        return f"metadata.json: translates from {metadata.from_code!r} to itself"
    return ""


def _files_refusal(folder: Path) -> str:
    # Each looked up by its path: a listing could be that of a folder which is just being replaced.
    if not (folder / "model" / "model.bin").is_file() or not any((folder / path).is_file() for path in _VOCABULARIES):
        return "has no complete model: model/model.bin and a vocabulary beside it"
    if (folder / "sentencepiece.model").is_file():
        return ""
    if (folder / "bpe.model").is_file():
        return "cuts words by BPE (bpe.model), which is not supported; take a version with sentencepiece.model"
    return "has no sentencepiece.model"


def _language(folder: Path, code: str) -> str:
    try:
        return parse_argos_code(code)
    except LocaleError as error:
        raise ModelPackageError(folder, f"metadata.json: {code!r} is not a language code") from error
