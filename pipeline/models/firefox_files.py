"""Models as Firefox and Mozilla ship them: found in a folder by the names of their files, judged and copied.

A folder may hold several pairs, in itself or in folders of their own, packed by gzip or not: for example
`model.enpt.intgemm.alphas.bin` beside `vocab.enpt.spm` (or `srcvocab.enja.spm` and `trgvocab.enja.spm`) and
`lex.50.50.enpt.s2t.bin`. Whatever else lies there is passed over. Copies have the names that `package` gives them.
"""

import gzip
import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import LocaleError, ModelPackageError
from pipeline.model.locale import parse_locale
from pipeline.model.packages import FIREFOX, PIVOT, SHORT_LIST, Pair
from pipeline.models.package import MODEL, VOCABULARIES, VOCABULARY, digest_listing, firefox_version
from pipeline.storage.files import open_regular

FROM_FOLDER = "polypost models install --from DIR"
# What supplies the engine itself.
REMEDY = "install it: pip install 'polypost[firefox]'"
_FILE = re.compile(r"(model|vocab|srcvocab|trgvocab|lex)\.(?:(.+)\.)?(?:bin|spm)(?:\.(?:gz|zst))?")
_PLACES = {
    "model": MODEL,
    "vocab": VOCABULARY,
    "lex": SHORT_LIST,
    "srcvocab": VOCABULARIES[0],
    "trgvocab": VOCABULARIES[1],
}
# The largest that Mozilla ships have 60 MB, 1 MB a vocabulary and 7 MB a short list.
_MAX_BYTES = {MODEL: 1024**3, SHORT_LIST: 256 * 1024**2} | dict.fromkeys((VOCABULARY, *VOCABULARIES), 64 * 1024**2)
# Marian's version of a model, its magic number of a short list, the first field of SentencePiece's message.
_HEADS = {MODEL: b"\x01" + bytes(7), SHORT_LIST: bytes.fromhex("f5173401d5481af1")}
_HEADS |= dict.fromkeys((VOCABULARY, *VOCABULARIES), b"\x0a")
_GZIP, _ZSTD, _LFS = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"version https://git-lfs"
_PIECE = 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModel:
    """A complete model in a folder; `files` by the names of their copies, `pair` None if no name tells it."""

    folder: Path
    pair: Pair | None
    files: Mapping[str, Path]


def is_part_of_model(path: Path) -> bool:
    """Tell by its name whether a file is one of those of a Firefox model."""
    return _FILE.fullmatch(path.name) is not None


def find_models(folder: Path, wanted: Sequence[Pair] = ()) -> tuple[FoundModel, ...]:
    """Return the models of a folder, or the one for the first of the `wanted` pairs that it has; sorted by pair.

    Files that do not name their languages are taken for those of the first wanted pair. Raises ModelPackageError, with
    what to do, if there is none, or one that is not complete, or two for a pair.
    """
    found = [model for place in _places(folder) for model in _models_in(place)]
    if not found:
        reason = "holds no model of Firefox (model.enpt.intgemm.alphas.bin, vocab.enpt.spm, lex.50.50.enpt.s2t.bin)"
        raise ModelPackageError(folder, f"{reason}; name the folder they lie in; of Argos name the .argosmodel file")
    by_pair: dict[Pair | None, FoundModel] = {}
    for model in found:
        if model.pair in by_pair:
            both = " and ".join(str(other.files[MODEL]) for other in (by_pair[model.pair], model))
            raise ModelPackageError(
                folder, f"holds two models for {model.pair or 'one pair'}, {both}; name one's folder"
            )
        by_pair[model.pair] = model
    if wanted:
        return (_choose(folder, by_pair, wanted),)
    if None in by_pair:
        reason = f"{by_pair[None].files[MODEL].name} does not name its languages"
        raise ModelPackageError(folder, f"{reason}; name them: polypost models install FROM TO --from {folder}")
    return tuple(model for _, model in sorted(by_pair.items(), key=lambda item: str(item[0])))


def copy_model(model: FoundModel, folder: Path) -> str:
    """Copy the files of a model, unpacked, and describe them in `metadata.json`; return the sha256 over all.

    Raises ModelPackageError if one is no such file: damaged, of another kind, beyond the limits, not to be read.
    """
    if model.pair is None:
        raise ValueError("a model is copied for a pair")
    digests = {name: _copy(path, folder / name) for name, path in sorted(model.files.items())}
    source, target = model.pair
    version = firefox_version(digests)
    fields = {"from_code": source, "to_code": target, "package_version": version, "type": FIREFOX}
    text = json.dumps({**fields, "files": digests}, indent=2)
    (folder / "metadata.json").write_text(f"{text}\n", encoding="utf-8")
    return digest_listing(digests)


def parse_pair(name: str) -> Pair | None:
    """Read the pair in a name: all models of Mozilla's are to English or from it.

    >>> parse_pair("lex.50.50.enpt.s2t.bin"), parse_pair("model.zh_hanten.bin"), parse_pair("model.tiny.bin")
    (Pair(source='en', target='pt'), Pair(source='zh_Hant', target='en'), None)
    """
    return next(filter(None, map(_split_codes, name.split("."))), None)


def _split_codes(word: str) -> Pair | None:
    english = str(PIVOT)
    languages = word.removeprefix(english), word.removesuffix(english)
    pairs = (Pair(english, _language(languages[0])), Pair(_language(languages[1]), english))
    candidates = (pair for pair, rest in zip(pairs, languages, strict=True) if rest != word)
    return next((pair for pair in candidates if "" not in pair and pair.source != pair.target), None)


def _language(code: str) -> str:
    try:
        return str(parse_locale(code)) if code else ""
    except LocaleError:
        return ""


def _places(folder: Path) -> Iterator[Path]:
    """Yield a folder and those in it."""
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError as error:
        raise ModelPackageError(
            folder, f"cannot be read ({error.strerror}); name a folder of Firefox models"
        ) from error
    yield from (folder, *inside)


def _models_in(place: Path) -> Iterator[FoundModel]:
    groups: dict[Pair | None, dict[str, Path]] = {}
    try:
        paths = sorted(place.iterdir())
    except OSError as error:
        raise ModelPackageError(place, f"cannot be read ({error.strerror}); make it readable") from error
    for path in paths:
        named = _FILE.fullmatch(path.name)
        if not named:
            continue
        files = groups.setdefault(parse_pair(named[2] or ""), {})
        other = files.setdefault(_PLACES[named[1]], path)
        if other != path:
            raise ModelPackageError(
                place, f"holds {other.name} and {path.name}, which are for one pair; leave one of them"
            )
    for pair, files in groups.items():
        if lack := _lack(files):
            there = ", ".join(path.name for path in files.values())
            of = f" for {pair}" if pair else ""
            raise ModelPackageError(place, f"holds {there}, but {lack}{of}; add it from where they come")
        yield FoundModel(folder=place, pair=pair, files=files)


def _lack(files: Mapping[str, Path]) -> str:
    """Say what a model lacks, or has besides."""
    apart = set(VOCABULARIES) & set(files)
    if MODEL not in files:
        return "no model (model.….bin)"
    if VOCABULARY in files:
        return "both one vocabulary (vocab.….spm) and one a language" if apart else ""
    return (
        "" if len(apart) == len(VOCABULARIES) else "no vocabulary (vocab.….spm, or srcvocab.….spm and trgvocab.….spm)"
    )


def _choose(folder: Path, by_pair: Mapping[Pair | None, FoundModel], wanted: Sequence[Pair]) -> FoundModel:
    for pair in wanted:
        if pair in by_pair:
            return by_pair[pair]
    if None in by_pair:
        unnamed = by_pair[None]
        return FoundModel(folder=unnamed.folder, pair=wanted[0], files=unnamed.files)
    pairs = ", ".join(sorted(map(str, by_pair)))
    raise ModelPackageError(folder, f"holds no model for {wanted[0]}, but for {pairs}; leave the languages out for all")


def _copy(path: Path, copy: Path) -> str:
    """Copy one file, unpacked if it is packed; return the sha256 of the copy."""
    if path.is_symlink():
        raise ModelPackageError(path, "is a symbolic link; copy the file that it leads to: cp -L")
    try:
        with open_regular(path) as file:
            head = file.read(len(_LFS))
            file.seek(0)
            if reason := _refusal(head, copy.name, os.fstat(file.fileno()).st_size):
                raise ModelPackageError(path, reason)
            if not head.startswith(_GZIP):
                return _write(path, file, copy)
            with gzip.open(file) as unpacked:
                return _write(path, unpacked, copy)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise ModelPackageError(path, f"is damaged or incomplete ({error}); fetch it again") from error
    except OSError as error:
        raise ModelPackageError(path, f"cannot be read ({error.strerror or error})") from error


def _refusal(head: bytes, name: str, size: int) -> str:
    """Say why a file cannot be used by what it begins with; "" if nothing speaks against it."""
    if head.startswith(_LFS):
        return "is a pointer of Git LFS, not the file itself; fetch that: git lfs pull"
    if head.startswith(_ZSTD):
        return "is packed by zstd; unpack it first: zstd -d"
    return f"has {size:,} bytes, {_MAX_BYTES[name]:,} are the limit" if size > _MAX_BYTES[name] else ""


def _write(path: Path, content: BinaryIO | gzip.GzipFile, copy: Path) -> str:
    whole, size = hashlib.sha256(), 0
    with copy.open("xb") as target:
        while piece := content.read(_PIECE):
            if not size and not piece.startswith(_HEADS[copy.name]):
                break
            whole.update(piece)
            size += target.write(piece)
            if size > _MAX_BYTES[copy.name]:
                raise ModelPackageError(path, f"unpacks to more than {_MAX_BYTES[copy.name]:,} bytes, the limit")
    if not size:
        kind = {MODEL: "model", SHORT_LIST: "short list"}.get(copy.name, "vocabulary")
        raise ModelPackageError(path, f"is no {kind} of Firefox by what it begins with; fetch it again from its maker")
    return whole.hexdigest()
