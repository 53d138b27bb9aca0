"""The decisions of a project: read once, added to at once, asked by the unit that they are about.

Also whose they are: who decides here, whether git agrees that they wrote it, and how a person is forgotten.
"""

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from babel import Locale

from pipeline.catalog.decision_files import (
    FOLDER_NAME,
    BrokenLine,
    ReadDecisions,
    append_decisions,
    email_digest,
    find_person,
    line_digest,
    named_email_digest,
    new_anonymous_name,
    person_files,
    person_name,
    read_decisions,
)
from pipeline.catalog.decisions import TOOLS, Decisions, Standing, serialize_decision, target_digest, unit_digest
from pipeline.catalog.restoring import carried, emptied_again, found, restored, settled
from pipeline.errors import UsageError
from pipeline.model.decision import Action, Decision
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState
from pipeline.storage.files import writing
from pipeline.storage.git_authors import Author, find_author, line_authors
from pipeline.storage.last_run import LastRun
from pipeline.storage.shared_file import read_shared_file

_log = logging.getLogger(__name__)


class DecisionRecord:
    """What people decided in a project; the folder is read when it is first asked."""

    def __init__(self, locales_dir: Path) -> None:
        self.folder = locales_dir / FOLDER_NAME
        self._added: dict[bytes, str] = {}
        self._found: Counter[Action] = Counter()

    @property
    def decisions(self) -> Decisions:
        """All decisions."""
        return self._read.decisions

    @property
    def broken(self) -> tuple[BrokenLine, ...]:
        """The lines that are not of our form."""
        return self._read.broken

    def look_for_losses(self, last_run: LastRun) -> None:
        """Compare the number of lines of each file with that after the last run, and note it for the next one.

        Raises LostWorkError if more than a tenth of a file is gone: a full disk may have cut it.
        """
        for path, lines in self._read.lines.items():
            last_run.look_at_ledger(path, lines)
            last_run.remember_ledger(path, lines)

    def of(self, unit: Unit, locale: Locale) -> Standing:
        """Return what stands for the target that a unit has now."""
        return self.decisions.of(unit_digest(locale, unit))

    def is_unsigned_copy(self, unit: Unit, locale: Locale) -> bool:
        """Tell whether a target is its source, and neither a comment nor a person says how it came about.

        Another tool may have dropped the comment of a copy that needs no review; what a person has copied is known.
        """
        unsigned = unit.state is UnitState.REVIEWED and unit.provenance is None and unit.target == unit.key.source
        return unsigned and bool(self.decisions) and not self.of(unit, locale).known

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
        for decision in added:
            self._added[line_digest(serialize_decision(decision).encode(), decision.person)] = decision.subject
        self._found.update(decision.action for decision in added if decision.person == TOOLS)
        self.__dict__.pop("digest", None)
        return tuple(added)

    @property
    def found(self) -> Mapping[Action, int]:
        """How often this run found in the catalogs that people had done what."""
        return self._found

    @property
    def about(self) -> Mapping[bytes, str]:
        """What each line that was read or added is about, by a digest of the line."""
        return {**self._read.about, **self._added}

    @cached_property
    def digest(self) -> bytes:
        """One of all lines, in whatever order they stand."""
        return sha256(b"".join(sorted(self.about))).digest()

    @cached_property
    def _read(self) -> ReadDecisions:
        found = read_decisions(self.folder)
        for line in found.broken:
            _log.warning("%s", line)
        return found


class CatalogDecisions:
    """The decisions about the units of one catalog, and what is found in it that no decision tells of yet."""

    def __init__(self, record: DecisionRecord, locale: Locale) -> None:
        self._record = record
        self._locale, self._locale_name = locale, str(locale)

    def named(self, unit: Unit) -> bytes:
        """Return by what decisions know a unit, with its target and without one, in 16 bytes."""
        own = unit_digest(self._locale_name, unit)
        return bytes.fromhex(own + (target_digest(self._locale_name, unit.key, "") if unit.translated else own))

    def restore(self, units: Iterable[Unit]) -> tuple[Unit, ...]:
        """Return the units of a file with what other tools have taken from them."""
        decisions = self._record.decisions
        return self.recognize(emptied_again(unit, self._locale, decisions) for unit in units)

    def recognize(self, units: Iterable[Unit]) -> tuple[Unit, ...]:
        """Return units of which people said something before as they were then."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignLines:
    """Lines of a person's file that git knows from somebody else; `line` is the first of `count`."""

    path: Path
    line: int
    author: str
    count: int

    def __str__(self) -> str:
        lines = "1 line was" if self.count == 1 else f"{self.count} lines were"
        return (
            f"{self.path}:{self.line}: {lines} committed by {self.author}, and the file is another person's; "
            "ask them whether they decided so"
        )


def find_foreign_lines(locales_dir: Path) -> Iterator[ForeignLines]:
    """Yield what stands in a person's file and was committed by another, a file and author at a time.

    Lines that are not committed yet, and files outside a repository, tell nothing.
    """
    for path in person_files(locales_dir / FOLDER_NAME):
        owner = named_email_digest(path.stem)
        strange: dict[Author, list[int]] = {}
        for line in line_authors(path) if owner else ():
            if email_digest(line.author.email) != owner:
                strange.setdefault(line.author, []).append(line.number)
        for author, numbers in strange.items():
            yield ForeignLines(path=path, line=numbers[0], author=author.name, count=len(numbers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """The file of a person, and the one that it is now; `decisions` counts its lines, all of which stay."""

    before: Path
    after: Path
    decisions: int


def forget_person(locales_dir: Path, person: str, *, dry_run: bool = False) -> Forgotten:
    """Give the file of a person, by its stem, an e-mail address or a name, another name that tells nothing.

    Raises UsageError if no file, or more than one, is meant.
    """
    folder = locales_dir / FOLDER_NAME
    meant = find_person(folder, person)
    if len(meant) != 1:
        known = [path.stem for path in meant or person_files(folder) if path.stem != TOOLS]
        what = f"{person} is the name of {len(meant)} people" if meant else f"nobody in {folder} is {person}"
        raise UsageError(f"{what}; name one of {', '.join(known)}" if known else what)
    (before,) = meant
    after = new_anonymous_name(folder)
    count = sum(bool(line.strip()) for line in (read_shared_file(before) or b"").split(b"\n"))
    if not dry_run:
        with writing(before):
            before.rename(after)
    return Forgotten(before=before, after=after, decisions=count)
