"""Packages enter and leave our own model folder, whole or not at all.

A package is unpacked into a hidden folder and tried there; then a symbolic link of its name, for example
`translate-en_pt-1_9`, leads to it from one moment to the next.
"""

import shutil
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from pipeline.errors import ModelPackageError
from pipeline.model.locale import parse_locale
from pipeline.model.packages import ARGOS, FIREFOX, InstalledPackage, Pair
from pipeline.models.archive import unpack_archive
from pipeline.models.firefox_files import FoundModel, copy_model
from pipeline.models.package import digest_files, list_packages, package_name, read_package
from pipeline.storage.files import alone_in

# Raises ModelPackageError if a complete package is not to be installed.
Trial = Callable[[InstalledPackage], None]
# Refused is a target language that has next to nothing of the text while another one has most of it: close languages
# (nb and da, ms and id) share a text between them, and a weak model of the right language is no fault of this kind.
MAX_SHARE_OF_CLAIMED = 0.1
MIN_SHARE_OF_OTHER = 0.5
# Detectors err on shorter texts. A model that writes nothing for whole sentences is found out when it translates.
MIN_CHARS = 40
# Asked where there are no sentences: every tokenizer cuts it into something, if only into characters it does not know.
_ANY_LANGUAGE = ("Python 3",)

Translate = Callable[[InstalledPackage, Sequence[str]], Sequence[str]]
# The languages that a text may be in, each with its share of 1.
Detect = Callable[[str], Mapping[str, float]]


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


def install_package(archive: Path, models_dir: Path, trial: Trial = lambda _package: None) -> InstalledPackage:
    """Unpack an `.argosmodel` file into `models_dir`; one of the same pair and version is replaced in one step.

    Where the same files are installed already, they stay as they are. `trial` sees the package before anybody else.
    Raises ModelPackageError if the archive is not what it has to be or fails the trial; then nothing has changed.
    """

    def unpack(draft: Path) -> InstalledPackage:
        digest = unpack_archive(archive, draft)
        return replace(read_package(draft), sha256=digest)

    return _install(archive, models_dir, unpack, trial)


def install_model(model: FoundModel, models_dir: Path, trial: Trial = lambda _package: None) -> InstalledPackage:
    """Copy a Firefox model into `models_dir`, as `install_package` does with an archive.

    Raises ModelPackageError if a file is not what it has to be or the model fails the trial; then nothing has changed.
    """

    def copy(draft: Path) -> InstalledPackage:
        digest = copy_model(model, draft)
        return replace(read_package(draft), sha256=digest)

    return _install(model.folder, models_dir, copy, trial)


def _install(
    origin: Path, models_dir: Path, fill: Callable[[Path], InstalledPackage], trial: Trial
) -> InstalledPackage:
    """Let a draft be filled and tried, and put it in its place in one step."""
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=models_dir, prefix=".unpacking."))
        try:
            package = fill(draft)
            trial(package)
            installed = models_dir / package_name(package.pair, package.version, package.engine)
            if not installed.is_dir() or digest_files(installed) != digest_files(draft):
                _switch(installed, draft)
        except ModelPackageError as error:
            if error.path != draft:
                raise
            raise ModelPackageError(origin, error.reason) from error  # the draft is nobody's business
        finally:
            shutil.rmtree(draft, ignore_errors=True)  # gone under this name where all went well
    except OSError as error:
        raise ModelPackageError(models_dir, error.strerror or "cannot be written") from error
    return replace(package, folder=installed)


def remove_packages(folder: Path, pair: Pair) -> tuple[Path, ...]:
    """Remove every version of a pair, those that cannot be read any more included; return where they were, sorted.

    Raises ModelPackageError if something cannot be removed.
    """
    patterns = [f"{package_name(pair, '', engine)}*" for engine in (ARGOS, FIREFOX)]
    read = {found.folder for found in list_packages([folder]) if found.pair == pair}
    places = sorted(read.union(*map(folder.glob, patterns)))
    if not places:
        return ()
    try:
        with alone_in(folder):
            for place in (*places, *(hidden for pattern in patterns for hidden in folder.glob(f".{pattern}"))):
                if place.is_dir() and not place.is_symlink():
                    shutil.rmtree(place)
                else:
                    place.unlink()  # of a link only itself: what it leads to is found under its own name
    except OSError as error:
        raise ModelPackageError(folder, error.strerror or "cannot be written") from error
    return tuple(places)


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


@cache
def load_probes() -> Mapping[str, Sequence[str]]:
    """Return the sentences by language, spelled as CLDR does."""
    return tomllib.loads(files(__package__).joinpath("probes.toml").read_text(encoding="utf-8"))


def require_claimed_language(package: InstalledPackage, translate: Translate, detect: Detect) -> None:
    """Let a package translate and refuse one whose targets are in another language than it claims.

    A target language without sentences of its own here is one that no detector knows, so it is not judged.
    Raises ModelPackageError, from `translate` too if the model does not run.
    """
    probes = load_probes()
    text = "\n".join(translate(package, _sentences(package.source)))
    claimed = parse_locale(package.target).language
    if claimed not in probes or sum(map(str.isalpha, text)) < MIN_CHARS:
        return
    shares = detect(text)
    found = max(shares, key=lambda language: shares[language], default=claimed)
    if shares.get(claimed, 0) < MAX_SHARE_OF_CLAIMED and shares.get(found, 0) >= MIN_SHARE_OF_OTHER:
        reason = f"claims to translate to {package.target}, but what it writes is {found}: its metadata.json is wrong"
        raise ModelPackageError(package.folder, f"{reason}, or it is another package; take one from its maker")


def _sentences(source: str) -> Sequence[str]:
    probes = load_probes()
    return probes.get(source) or probes.get(parse_locale(source).language) or _ANY_LANGUAGE
