"""What git makes of a catalog where it joins lines without a conflict: reviewed targets that nobody has accepted.

A reviewer takes `fuzzy` from an entry while CI has its target made anew. Both lines change, neither is next to the
other, and a merge without our driver, as a button on a hosting site makes it, takes both: a text that nobody has seen
stands as reviewed. The file cannot tell, the commit can, as long as it is the last one and has two parents:

    for found in find_unseen(locales_dir):
        print(found.path, found.reason)
        mend(found, locales_dir=locales_dir)    # the reviewer's target is back, as the driver would have merged
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.catalog.foreign_form import decode_catalog
from pipeline.catalog.po_file import Catalog, parse_catalog
from pipeline.catalog.revision import revise_catalog
from pipeline.catalog.three_way import find_unseen_units, merge_catalogs
from pipeline.model.locale import parse_locale
from pipeline.model.unit import Unit
from pipeline.storage.git_merging import LastMerge, find_last_merge, read_committed
from pipeline.storage.shared_file import read_shared_file
from pipeline.workflow.decisions import DecisionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """The units of a catalog that nobody has accepted as they stand, and what merging by unit makes of them."""

    path: Path
    units: tuple[Unit, ...]
    merged: tuple[Unit, ...]

    @property
    def reason(self) -> str:
        """Say what is wrong, and what mends it."""
        sources = ", ".join(repr(unit.key.source) for unit in self.units)
        return (
            f"nobody has accepted the targets that {sources} got when the last merge joined lines of two branches; "
            "polypost catalogs resolve puts back what was accepted"
        )


def find_unseen(locales_dir: Path) -> Iterator[Unseen]:
    """Yield the catalogs in which the last commit, if it is a merge of two, made reviewed targets nobody has accepted.

    What somebody has said of such a target since is left out. A squash or a rebase leaves no merge to look at.
    """
    last = find_last_merge(locales_dir)
    if last is None:
        return
    record = DecisionRecord(locales_dir)
    for path in sorted(locales_dir.glob("*/LC_MESSAGES/*.po")):
        found = _unseen_of(path, last, record)
        if found is not None:
            yield found


def mend(found: Unseen, *, locales_dir: Path) -> None:
    """Put back what was accepted; a unit that was changed since the merge stays."""
    mended = dict(zip(found.units, found.merged, strict=True))

    def change(current: Catalog | None) -> Catalog | None:
        return current and replace(current, units=tuple(mended.get(unit, unit) for unit in current.units))

    revise_catalog(found.path, change, alone_in_folder=locales_dir)


def _unseen_of(path: Path, last: LastMerge, record: DecisionRecord) -> Unseen | None:
    contents = [read_committed(path, commit) for commit in ("HEAD", last.ours, last.theirs)]
    if None in contents or contents[0] in contents[1:]:
        return None
    joined, ours, theirs = (_parsed(content or b"", path) for content in contents)
    now = frozenset(_parsed(read_shared_file(path) or b"", path).units)
    locale = parse_locale(path.parent.parent.name)
    found = (unit for unit in find_unseen_units(joined, ours, theirs) if unit in now)
    units = tuple(unit for unit in found if not record.of(unit, locale).known)
    if not units:
        return None
    base = read_committed(path, last.base) if last.base else None
    merged = merge_catalogs(_parsed(base, path) if base else None, ours, theirs)
    by_key = {unit.key: unit for unit in merged.catalog.units}
    return Unseen(path=path, units=units, merged=tuple(by_key[unit.key] for unit in units))


def _parsed(content: bytes, path: Path) -> Catalog:
    return parse_catalog(decode_catalog(content, path), path, doubles=True)
