"""Packages on disk: how they are named and where they lie, read with care.

A package is a folder with `metadata.json`. One of Argos has a SentencePiece tokenizer and a CTranslate2 model beside
it, for example `translate-en_pt-1_9`; one of Firefox what `firefox_files` copied, for example
`firefox-en_pt-5c0f7a31be42`. They are looked for in Polypost's own model folder and in that of Argos Translate.
"""

import contextlib
import hashlib
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from pipeline.errors import LocaleError, ModelPackageError
from pipeline.model.locale import parse_locale
from pipeline.model.packages import ARGOS, FIREFOX, SHORT_LIST, InstalledPackage, Pair
from pipeline.storage.files import read_regular

_log = logging.getLogger(__name__)

MAX_METADATA_BYTES = 1024**2
# What a Firefox package may hold: the model, one vocabulary or one a language, perhaps a short list.
MODEL, VOCABULARY = "model.bin", "vocab.spm"
VOCABULARIES = ("srcvocab.spm", "trgvocab.spm")
_FIREFOX_FILES = (
    {MODEL, VOCABULARY},
    {MODEL, VOCABULARY, SHORT_LIST},
    {MODEL, *VOCABULARIES},
    {MODEL, *VOCABULARIES, SHORT_LIST},
)
_TYPES = {"translate": ARGOS, FIREFOX: FIREFOX}
_PREFIXES = {ARGOS: "translate", FIREFOX: FIREFOX}
# CTranslate2 writes JSON, before its version 3 it wrote plain lines; `source` stands for source and target apart.
_VOCABULARIES = tuple(f"{kind}_vocabulary.{suffix}" for kind in ("shared", "source") for suffix in ("json", "txt"))
# The two codes of the Argos index that are not CLDR's.
_ARGOS_LANGUAGES = {"pb": "pt_BR", "zt": "zh_Hant"}
_VERSION_CHARS = 12
# No spaces: the engine comment of a catalog is cut at them.
_VERSION = re.compile(r"[0-9][0-9A-Za-z.+-]{0,31}")


class _Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What we read of `metadata.json`; the defaults are Argos's."""

    from_code: str
    to_code: str
    package_version: str
    type: str = "translate"
    target_prefix: str = ""
    files: dict[str, str] = {}


def parse_argos_code(code: str) -> str:
    """Spell a language code of Argos as CLDR does.

    Raises LocaleError if it names no language.

    >>> parse_argos_code("pb"), parse_argos_code("en")
    ('pt_BR', 'en')
    """
    return str(parse_locale(_ARGOS_LANGUAGES.get(code, code)))


def is_version(text: str) -> bool:
    """Tell whether a text can be a version and part of a file name."""
    return _VERSION.fullmatch(text) is not None


def firefox_version(digests: Mapping[str, str]) -> str:
    """Return the version of a Firefox model: its files carry none, so it is what their bytes say."""
    return digest_listing(digests)[:_VERSION_CHARS]


def version_age(version: str) -> tuple[tuple[int, ...], str]:
    """Order versions by their numbers.

    >>> version_age("1.10") > version_age("1.9")
    True
    """
    return tuple(map(int, re.findall(r"\d+", version))), version


def package_name(pair: Pair, version: str, engine: str = ARGOS) -> str:
    """Name the folder of a package, as Argos does.

    >>> package_name(Pair("en", "pt"), "1.9")
    'translate-en_pt-1_9'
    """
    return f"{_PREFIXES[engine]}-{pair.source}_{pair.target}-{version.replace('.', '_')}"


def model_folders(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return where packages lie, our own folder first, then Argos's."""
    home = Path(environ["HOME"]) if environ.get("HOME") else Path.home()
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    ours = Path(environ.get("POLYPOST_MODELS_DIR") or data / "polypost" / "models")
    theirs = Path(environ.get("ARGOS_PACKAGES_DIR") or data / "argos-translate" / "packages")
    return tuple(dict.fromkeys((ours, theirs)))


def list_packages(folders: Sequence[Path]) -> tuple[InstalledPackage, ...]:
    """Return every package, sorted by pair, the newest first; of equal versions the first folder's.

    One that cannot be used is passed over with a warning.
    """
    found = [package for folder in folders for package in _packages_in(folder)]
    found.sort(key=lambda package: version_age(package.version), reverse=True)
    return tuple(sorted(found, key=lambda package: package.pair))


def read_package(folder: Path) -> InstalledPackage:
    """Read an unpacked package.

    Raises ModelPackageError if its metadata are missing or wrong, or if it lacks a file that translating needs.
    """
    metadata = _read_metadata(folder)
    reason = _refusal(folder, metadata)
    if reason:
        raise ModelPackageError(folder, reason)
    try:
        return InstalledPackage(
            folder=folder,
            source=parse_argos_code(metadata.from_code),
            target=parse_argos_code(metadata.to_code),
            version=metadata.package_version,
            target_prefix=metadata.target_prefix,
            engine=_TYPES[metadata.type],
            files=metadata.files,
        )
    except LocaleError as error:
        raise ModelPackageError(folder, f"metadata.json: {error.text!r} is not a language code") from error


def digest_files(folder: Path) -> str:
    """Return one sha256 over all files of a package, by their paths.

    The same as `find -L . -type f | sed s,./,, | LC_ALL=C sort | xargs sha256sum | sha256sum` in `folder`.
    """
    return digest_listing(digest_each(folder))


def digest_each(folder: Path) -> dict[str, str]:
    """Return the sha256 of each file of a package by its path, sorted."""
    root = folder.resolve()
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    digests = {}
    for name in sorted(files):
        with files[name].open("rb") as file:
            digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests


def digest_listing(digests: Mapping[str, str]) -> str:
    """Return one sha256 over those of files, listed as sha256sum does."""
    return hashlib.sha256("".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()).hexdigest()


def _packages_in(folder: Path) -> Iterator[InstalledPackage]:
    try:
        found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return
    except OSError as error:
        _log.warning("model folder %s is passed over: %s", folder, error.strerror)
        return
    for path in found:
        try:
            package = _read_settled(path)
        except ModelPackageError as error:
            _log.warning("model package %s is passed over: %s", path, error.reason)
        else:
            if package is not None:
                yield package


def _read_settled(path: Path) -> InstalledPackage | None:
    """Read a package; None if no folder is there. Read again if another one took its place meanwhile.

    The files of a package that was replaced may go while it is read: then what was seen says nothing of the new one.
    """
    before = _place(path)
    try:
        package = read_package(path) if path.is_dir() else None
    except ModelPackageError:
        if _place(path) == before:
            raise
        package = None
    return package if package or _place(path) == before else _read_settled(path)


def _place(path: Path) -> str | int | None:
    """Say what a name stands for: where a link leads to, the folder's own number, or None if nothing is there."""
    with contextlib.suppress(OSError):  # raised for what is no link
        return str(path.readlink())
    with contextlib.suppress(OSError):
        return path.stat().st_ino
    return None


def _read_metadata(folder: Path) -> _Metadata:
    try:
        return msgspec.json.decode(read_regular(folder / "metadata.json", MAX_METADATA_BYTES), type=_Metadata)
    except FileNotFoundError as error:
        raise ModelPackageError(folder, "has no metadata.json; is it an Argos package?") from error
    except OSError as error:
        raise ModelPackageError(folder, f"metadata.json {error.strerror or 'cannot be read'}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ModelPackageError(folder, f"metadata.json cannot be used: {error}") from error


def _refusal(folder: Path, metadata: _Metadata) -> str:
    if metadata.type not in _TYPES:
        return f"is of the type {metadata.type!r}, not a model for translating"
    if metadata.type != FIREFOX and not is_version(metadata.package_version):
        return f"metadata.json: package_version {metadata.package_version!r} is not a version"
    if metadata.from_code == metadata.to_code:
        return f"metadata.json: translates from {metadata.from_code!r} to itself"
    return _firefox_lack(folder, metadata) if metadata.type == FIREFOX else _argos_lack(folder)


def _firefox_lack(folder: Path, metadata: _Metadata) -> str:
    whole = set(metadata.files) in _FIREFOX_FILES and all((folder / name).is_file() for name in metadata.files)
    whole = whole and metadata.package_version == firefox_version(metadata.files)
    return "" if whole else "is no complete Firefox model; install it again: polypost models install --from DIR"


def _argos_lack(folder: Path) -> str:
    # Each looked up by its path: a listing could be that of a folder which is just being replaced.
    model = folder / "model"
    if not (model / "model.bin").is_file() or not any((model / name).is_file() for name in _VOCABULARIES):
        return "has no complete model: model/model.bin and a vocabulary beside it"
    if not (folder / "sentencepiece.model").is_file():
        by_bpe = "cuts words by BPE (bpe.model), which is not supported; take a version with sentencepiece.model"
        return by_bpe if (folder / "bpe.model").is_file() else "has no sentencepiece.model"
    return ""
