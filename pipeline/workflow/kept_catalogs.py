"""What runs keep of catalogs in `build/`: a catalog that still is as a run left it is opened without parsing it."""

import re
from collections.abc import Callable, Container
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

import msgspec

from pipeline.catalog.decision_files import LINE_DIGEST_BYTES
from pipeline.catalog.entries import Entries, Kept, content_digest
from pipeline.catalog.po_file import Catalog, catalog_errors, parse_content
from pipeline.errors import CatalogError, LostWorkError
from pipeline.model.segment import key_digest
from pipeline.storage.kept_file import find_kept, keep
from pipeline.storage.last_run import name_from
from pipeline.storage.shared_file import read_shared_file, use_shared_file
from pipeline.workflow.project import Project

FOLDER = "catalogs"
_NAME_CHARS = 8
_DIGEST = re.compile("[0-9a-f]{16}")  # what a decision about a target is about; others are about postings


def find_kept_catalog(project: Project, path: Path) -> Kept | None:
    """Return what the last run kept of a catalog, whatever it holds now; None if that is nothing, or damaged."""
    packed = find_kept(_kept_path(project, path))
    try:
        return None if packed is None else msgspec.msgpack.decode(packed, type=Kept)
    except msgspec.MsgspecError:  # of another version
        return None


def keep_catalog(project: Project, path: Path, kept: Kept) -> None:
    """Keep something of a catalog for the next run, in the place of what was kept before."""
    keep(_kept_path(project, path), msgspec.msgpack.encode(kept))


def look_at_catalog(project: Project, path: Path, catalog: Catalog | None) -> None:
    """Look whether reviewed units are gone from a catalog since the last run.

    Raises LostWorkError if too many are.
    """
    look_for_losses(project, path, find_kept_catalog(project, path), partial(_keys, catalog))


def look_for_losses(project: Project, path: Path, kept: Kept | None, present: Callable[[], Container[bytes]]) -> None:
    """Do the same with what was kept of a catalog; `present` gives the digests of the keys that it holds now."""
    project.last_run.look_at_catalog(path, kept.accepted() if kept else (), present)


def open_entries(project: Project, path: Path) -> Entries | None:
    """Open a catalog to look at it; None if there is no such file.

    Raises CatalogError if it cannot be read.
    """
    with catalog_errors(path):
        return _opened(project, path, read_shared_file(path))


def open_settled_entries(project: Project, path: Path) -> tuple[Entries | None, bytes | None]:
    """Open a catalog, and return its bytes too; a cut one is waited for, then refused.

    Raises CatalogError for a file that cannot be read, LostWorkError for one that has lost reviews.
    """

    def opened(content: bytes | None) -> Entries | None:
        entries = _opened(project, path, content)
        kept = find_kept_catalog(project, path)
        if entries is not None and (kept is None or kept.content != content_digest(entries.content)):
            look_for_losses(project, path, kept, lambda: entries.positions)
        elif entries is None:
            look_for_losses(project, path, kept, frozenset[bytes])
        return entries

    with catalog_errors(path):
        content, entries = use_shared_file(path, opened, doubts=(CatalogError, LostWorkError))
    return entries, content


def _opened(project: Project, path: Path, content: bytes | None) -> Entries | None:
    kept = None if content is None else find_kept_catalog(project, path)
    if content is not None and kept is not None and kept.content == content_digest(content):
        return Entries(content, kept.rows, kept.narrowed, rested=kept.decided == project.decisions.digest)
    catalog = parse_content(content, path)
    return Entries.of(catalog) if catalog else None


class Decided:
    """What people have decided since runs before: by which names decisions know the targets that it is about."""

    def __init__(self, project: Project) -> None:
        self._record = project.decisions
        self._path = project.build_dir / FOLDER / "decided"
        kept = find_kept(self._path)
        self._before = frozenset[bytes]() if kept is None else _cut(kept)
        self._digest_before = b"" if kept is None else sha256(kept).digest()
        self._lines = dict(self._record.about)

    def since(self, digest: bytes) -> frozenset[bytes] | None:
        """Return the names of what was decided since the run that left such a digest; None if that is not known."""
        if digest != self._digest_before or not self._lines.keys() >= self._before:
            return None
        return self._names

    @property
    def digest(self) -> bytes:
        """One of all that is decided, with what was found in this run."""
        return self._record.digest

    def keep(self) -> None:
        """Keep for the next run what is decided."""
        if self.digest != self._digest_before:
            keep(self._path, b"".join(sorted(self._record.about)))

    @cached_property
    def _names(self) -> frozenset[bytes]:
        subjects = {subject for line, subject in self._lines.items() if line not in self._before}
        digests = self._record.decisions.reached_from(subject for subject in subjects if _DIGEST.fullmatch(subject))
        return frozenset(map(bytes.fromhex, digests))


def _cut(packed: bytes) -> frozenset[bytes]:
    return frozenset(packed[at : at + LINE_DIGEST_BYTES] for at in range(0, len(packed), LINE_DIGEST_BYTES))


def _keys(catalog: Catalog | None) -> set[bytes]:
    return {key_digest(unit.key) for unit in catalog.units} if catalog else set()


def _kept_path(project: Project, path: Path) -> Path:
    name = name_from(project.build_dir, path)
    digest = sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:_NAME_CHARS]
    return project.build_dir / FOLDER / f"{path.stem}.{path.parent.parent.name}.{digest}"
