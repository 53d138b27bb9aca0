"""The zip that an Argos package comes in: every member is judged before a byte of one is written.

An `.argosmodel` file comes from the network or from a stranger. It is unpacked only if it is a plain zip of one folder
with plain files in it, none of which leads out of the folder or grows beyond the limits.
"""

import hashlib
import os
import re
import shutil
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pipeline.errors import ModelPackageError
from pipeline.storage.files import open_regular

# The packages of the Argos index hold some hundred megabytes in about ten files, those with Stanza a few dozen.
MAX_MEMBERS = 1_000
MAX_TOTAL_BYTES = 2 * 1024**3
# A model shrinks by a tenth and a vocabulary to a third; a bomb to a thousandth, which is all that deflate can do.
# One file of a package may be odd, the whole is mostly its model.
MAX_RATIO = 200
MAX_WHOLE_RATIO = 20
# A file this small may be nothing but spaces.
RATIO_FREE_BYTES = 1024**2
_NEEDED_FILES = frozenset({"metadata.json", "sentencepiece.model", "bpe.model"})
# What argostranslate reads beside those, so that it can run what we installed: a model, sentence splitters, credits.
_KEPT = re.compile(r"(model/[^/]+|(stanza|spacy|minisbd)/.+|(?i:readme|licen[cs]e|notice)[^/]*)")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})  # 0: packed by a system without file types
_ENCRYPTED = 0x1
# What the standard library raises on a damaged zip, by the place where it is damaged.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OverflowError, RuntimeError, ValueError)


def digest_archive(archive: Path) -> str:
    """Return the sha256 of an archive.

    Raises ModelPackageError if it is no regular file that can be read.
    """
    with _refusing(archive), open_regular(archive) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack_archive(archive: Path, folder: Path) -> str:
    """Unpack what lies in the one top folder of `archive` into `folder`; return the sha256 of the archive.

    Members become plain files, whatever modes they ask for; those that are no part of a package are left out. Raises
    ModelPackageError, before anything is written if the list of members gives it away, if the archive is no zip, is
    damaged, or holds what no package does: links, paths that lead elsewhere, more than one top folder, a folder in
    place of a file, sizes beyond the limits.
    """
    with _refusing(archive), open_regular(archive) as file, zipfile.ZipFile(file) as opened:
        members = opened.infolist()
        reason = _refusal(members, os.fstat(file.fileno()).st_size)
        if reason:
            raise ModelPackageError(archive, reason)
        for member in members:
            place = _place(member)
            if not member.is_dir() and (place in _NEEDED_FILES or _KEPT.fullmatch(place)):
                _write(opened, member, folder / place)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _refusing(archive: Path) -> Iterator[None]:
    """Turn what a file that is no sound zip makes the standard library raise into a ModelPackageError."""
    try:
        yield
    except _DAMAGE as error:
        raise ModelPackageError(archive, f"a damaged or incomplete package ({error})") from error
    except OSError as error:
        raise ModelPackageError(archive, f"cannot be unpacked ({error.strerror or error})") from error


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Write one member; no more bytes than its header names are ever read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(member) as source, path.open("xb") as target:
        shutil.copyfileobj(source, target, 1024**2)
    if path.stat().st_size != member.file_size:
        raise EOFError(f"{member.filename} is cut off")


def _place(member: zipfile.ZipInfo) -> str:
    """Return the path of a member below the top folder."""
    return member.filename.partition("/")[2]


def _refusal(members: Sequence[zipfile.ZipInfo], packed_bytes: int) -> str:
    """Say why the archive is not to be unpacked; "" if nothing speaks against it.

    `packed_bytes` is the size of the whole archive: members can name the same bytes and lie about their own.
    """
    total = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        return f"holds {len(members)} files, {MAX_MEMBERS} are the limit"
    if total > MAX_TOTAL_BYTES:
        return f"unpacks to {total} bytes, {MAX_TOTAL_BYTES} are the limit"
    if total > max(RATIO_FREE_BYTES, MAX_WHOLE_RATIO * packed_bytes):
        return f"unpacks to {total} bytes, more than {MAX_WHOLE_RATIO} times its packed size"
    return next(filter(None, map(_member_refusal, members)), "") or _layout_refusal(members)


def _member_refusal(member: zipfile.ZipInfo) -> str:
    name = member.orig_filename  # `filename` is already cut at a NUL
    if not name.isprintable() or "\\" in name or ":" in name:
        return f"holds a file with an unusable name, {name!r}"
    if {"", ".", ".."} & set(name.removesuffix("/").split("/")):
        return f"holds {name!r}, a path that leads out of the package"
    if stat.S_IFMT(member.external_attr >> 16) not in _KINDS:
        return f"holds {name!r}, a link or device"
    if member.flag_bits & _ENCRYPTED or member.compress_type not in _METHODS:
        return f"holds {name!r}, encrypted or packed by an unknown method"
    if member.file_size > RATIO_FREE_BYTES and member.file_size > MAX_RATIO * member.compress_size:
        return f"holds {name!r}, which unpacks to more than {MAX_RATIO} times its packed size"
    return ""


def _layout_refusal(members: Sequence[zipfile.ZipInfo]) -> str:
    names = [member.filename for member in members]
    if len({name.partition("/")[0] for name in names}) != 1 or any("/" not in name for name in names):
        return "has to hold one folder with everything in it"
    # Also where only the case differs: on some systems that is one file.
    twice = [name for name, count in Counter(map(str.casefold, names)).items() if count > 1]
    if twice:
        return f"holds {twice[0]!r} twice"
    places = {PurePosixPath(_place(member).casefold()): member.is_dir() for member in members}
    folders = {str(parent) for place in places for parent in place.parents}
    folders |= {str(place) for place, is_folder in places.items() if is_folder}
    files = {str(place) for place, is_folder in places.items() if not is_folder}
    misplaced = sorted((files | _NEEDED_FILES | {"model/model.bin"}) & folders)
    return f"holds a folder {misplaced[0]!r}, which has to be a file" if misplaced else ""
