"""What runs keep of catalogs in `build/`: a catalog that still is as a run left it is opened without parsing it."""

from collections.abc import Container
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec

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


def look_for_losses(project: Project, path: Path, kept: Kept | None, present: partial[Container[bytes]]) -> None:
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
            look_for_losses(project, path, kept, partial(lambda: entries.positions))
        elif entries is None:
            look_for_losses(project, path, kept, partial(frozenset[bytes]))
        return entries

    with catalog_errors(path):
        content, entries = use_shared_file(path, opened, doubts=(CatalogError, LostWorkError))
    return entries, content


def _opened(project: Project, path: Path, content: bytes | None) -> Entries | None:
    kept = None if content is None else find_kept_catalog(project, path)
    if content is not None and kept is not None and kept.content == content_digest(content):
        return Entries(content, kept.rows, kept.narrowed)
    catalog = parse_content(content, path)
    return Entries.of(catalog) if catalog else None


def _keys(catalog: Catalog | None) -> set[bytes]:
    return {key_digest(unit.key) for unit in catalog.units} if catalog else set()


def _kept_path(project: Project, path: Path) -> Path:
    name = name_from(project.build_dir, path)
    digest = sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:_NAME_CHARS]
    return project.build_dir / FOLDER / f"{path.stem}.{path.parent.parent.name}.{digest}"
