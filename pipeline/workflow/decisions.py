"""The decisions of a project: read once, added to at once, asked by the unit that they are about."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from babel import Locale

from pipeline.catalog.decision_files import (
    FOLDER_NAME,
    BrokenLine,
    ReadDecisions,
    append_decisions,
    person_name,
    read_decisions,
)
from pipeline.catalog.decisions import Decisions, Standing, unit_digest
from pipeline.catalog.restoring import carried, found, restored, settled
from pipeline.errors import UsageError
from pipeline.model.decision import Decision
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.storage.git_authors import find_author

_log = logging.getLogger(__name__)


class DecisionRecord:
    """What people decided in a project; the folder is read when it is first asked."""

    def __init__(self, locales_dir: Path) -> None:
        self.folder = locales_dir / FOLDER_NAME

    @property
    def decisions(self) -> Decisions:
        """All decisions."""
        return self._read.decisions

    @property
    def broken(self) -> tuple[BrokenLine, ...]:
        """The lines that are not of our form."""
        return self._read.broken

    def of(self, unit: Unit, locale: Locale) -> Standing:
        """Return what stands for the target that a unit has now."""
        return self.decisions.of(unit_digest(locale, unit))

    def dismissed(self, unit: Unit, locale: Locale) -> Collection[str]:
        """Name the checks that a person has silenced for the target that a unit has now."""
        return self.of(unit, locale).dismissed if self.decisions.any_dismissed else ()

    def append(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Write decisions behind all that is known of what they are about; they are on the disk when this returns.

        Returns them with their turns. Raises FileError if a file cannot be written; then none of that file is there.
        """
        added = []
        for decision in decisions:
            added.append(self.decisions.next_turn(decision))
            self.decisions.add(added[-1])
        append_decisions(self.folder, added)
        return tuple(added)

    @cached_property
    def _read(self) -> ReadDecisions:
        found = read_decisions(self.folder)
        for line in found.broken:
            _log.warning("%s; the line is kept and counts for nothing: mend it, or remove it", line)
        return found


class CatalogDecisions:
    """The decisions about the units of one catalog, and what is found in it that no decision tells of yet."""

    def __init__(self, record: DecisionRecord, locale: Locale) -> None:
        self._record = record
        self._locale = locale

    def restore(self, units: Iterable[Unit]) -> tuple[Unit, ...]:
        """Return units with what other tools have taken from them."""
        decisions = self._record.decisions
        return tuple(restored(unit, self._locale, decisions) for unit in units) if decisions else tuple(units)

    def settle(self, before: Iterable[Unit], filled: Iterable[Unit]) -> tuple[Unit, ...]:
        """Return units that were filled in, each asked only what nobody has answered yet."""
        decisions = self._record.decisions
        if not decisions:
            return tuple(filled)
        return tuple(settled(unit, now, self._locale, decisions) for unit, now in zip(before, filled, strict=True))

    def find(self, before: Mapping[UnitKey, Unit], units: Iterable[Unit]) -> Iterator[Decision]:
        """Yield what people have done in a catalog; `before` are its units as they were read."""
        decisions = self._record.decisions
        for unit in units:
            moved = before.get(unit.moved_from) if unit.moved_from else None
            carries = tuple(carried(unit, moved, self._locale, decisions)) if moved else ()
            yield from carries or found(unit, self._locale, decisions)


def person_here(folder: Path) -> str:
    """Return the name of the file of whoever works in a folder, as git knows them.

    Raises UsageError, with what to type, if git has no e-mail address of them.
    """
    author = find_author(folder)
    if not author.email:
        raise UsageError(
            "nobody is named who decides; tell git who you are: git config user.name 'Ana Souza', "
            "git config user.email ana@example.org"
        )
    return person_name(author.name, author.email)
