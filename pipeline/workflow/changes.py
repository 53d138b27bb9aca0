"""Which units of the catalogs were changed since a git revision: by their keys, never by the lines of a diff.

A file that was only put in order, or whose comments moved, has no changed unit; one in a renamed catalog is compared
with what it was under the former name.
"""

import logging
from collections.abc import Container, Iterable
from pathlib import Path

from pipeline.catalog.po_file import Catalog, parse_catalog
from pipeline.errors import CatalogError
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.storage.git import Commit

_log = logging.getLogger(__name__)


def changed_keys(before: Iterable[Unit], now: Iterable[Unit]) -> frozenset[UnitKey]:
    """Return the keys of live units that are new, or have another target or another state than before."""
    known = {unit.key: _content(unit) for unit in before}
    return frozenset(unit.key for unit in now if not unit.retired and known.get(unit.key) != _content(unit))


def _content(unit: Unit) -> tuple[object, ...]:
    return unit.target, unit.extras.plural_targets, unit.state


class Changes:
    """The changes of catalogs since a commit."""

    def __init__(self, since: Commit) -> None:
        self._since = since
        self._former = since.former_names("**/*.po")

    def of(self, path: Path, catalog: Catalog) -> Container[UnitKey]:
        """Return the keys of the changed units of a catalog, which lies at `path`; all of one that is new."""
        try:
            name = path.resolve().relative_to(self._since.root.resolve()).as_posix()
        except ValueError:  # another repository's, or nobody's
            name = ""
        content = self._since.read(self._former.get(name, name)) if name else None
        return changed_keys(self._units(content, path), catalog.units)

    def _units(self, content: bytes | None, path: Path) -> Iterable[Unit]:
        try:
            return parse_catalog((content or b"").decode("utf-8-sig"), path).units if content else ()
        except (UnicodeDecodeError, CatalogError) as error:
            _log.warning("%s could not be read as it was in %s, so all of it counts: %s", path, self._since.id, error)
            return ()
