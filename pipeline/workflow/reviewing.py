"""What people do by command: each decision is recorded at once, then the catalogs follow, each in one write.

A command that is killed in between leaves a list of what it had decided; whichever run writes catalogs next finishes
that first. Without the list `fuzzy` beside an accepted target would look as if somebody had taken the review back.

    steps = Steps(project.decisions.decisions, person="ana-1f0c22de", when=datetime.now(UTC))
    outcomes = review(project, ["1a2b3c4d5e6f"], steps.accept)
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec
from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.decisions import TOOLS, Decisions, target_digest, unit_digest
from pipeline.catalog.po_file import Catalog
from pipeline.catalog.remarks import origin_lines
from pipeline.catalog.reviewing import Edit, EditKind, edited
from pipeline.errors import FileError, ReviewError, UnknownUnitError
from pipeline.model.decision import Action, Decision
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState, unit_id
from pipeline.storage.files import alone_in, write_if_changed, writing
from pipeline.workflow.cataloging import revise
from pipeline.workflow.maintenance import catalog_files
from pipeline.workflow.project import Project

_UNFINISHED = ".unfinished.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUnit:
    """A live unit of a catalog of postings."""

    locale: Locale
    domain: str
    unit: Unit

    @property
    def id(self) -> str:
        """The digits by which commands name it."""
        return unit_id(self.unit.key, self.locale)

    @property
    def digest(self) -> str:
        """The digest by which decisions know its target."""
        return unit_digest(self.locale, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done to a unit: the decisions that are recorded, and the edit of the catalog, if there is one."""

    decisions: tuple[Decision, ...]
    edit: Edit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What became of a unit; `refusal` says why nothing was done."""

    found: FoundUnit
    after: Unit
    decisions: tuple[Decision, ...] = ()
    refusal: str = ""


class Steps:
    """What one person does to units now; each method says what that means for a unit, and nothing is done yet.

    Raises ReviewError where a unit does not allow it.
    """

    def __init__(self, decisions: Decisions, *, person: str, when: datetime) -> None:
        self._decisions, self._person = decisions, person
        self._when = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def accept(self, found: FoundUnit) -> Step:
        """Accept the target that stands there."""
        if found.unit.state is UnitState.REVIEWED and self._holds(found, Action.ACCEPT):
            return Step(decisions=())
        return Step(decisions=(self._about(found, Action.ACCEPT),), edit=Edit(kind=EditKind.ACCEPT))

    def accept_suggestion(self, found: FoundUnit) -> Step:
        """Accept what an engine made of the edited source in place of the target."""
        anew = found.unit.made_anew
        return self._with_target(found, anew.target if anew else "", Edit(kind=EditKind.ACCEPT_SUGGESTION))

    def replace(self, found: FoundUnit, target: str) -> Step:
        """Put another target in, which is accepted with that; line ends around it are the shell's."""
        target = target.strip("\r\n")
        return self._with_target(found, target, Edit(kind=EditKind.REPLACE, target=target))

    def reject(self, found: FoundUnit) -> Step:
        """Take the target out; it is not offered again."""
        decision = self._about(found, Action.REJECT, text=found.unit.target)
        return Step(decisions=(*self._review_so_far(found), decision), edit=Edit(kind=EditKind.REJECT))

    def approve(self, found: FoundUnit) -> Step:
        """Sign an accepted target off."""
        if found.unit.state is not UnitState.REVIEWED:
            raise _refusal(found, "is not reviewed; accept it first")
        return Step(decisions=() if self._holds(found, Action.APPROVE) else (self._about(found, Action.APPROVE),))

    def dismiss(self, found: FoundUnit, check: str) -> Step:
        """Silence what a check finds in this target of this source."""
        if not found.unit.translated:
            raise _refusal(found, "has no target in which a check could find something")
        if self._holds(found, Action.DISMISS, check):
            return Step(decisions=())
        return Step(decisions=(self._about(found, Action.DISMISS, check=check),))

    def comment(self, found: FoundUnit, text: str) -> Step:
        """Say something of the target."""
        if not text.strip():
            raise _refusal(found, "would get a comment that says nothing")
        return Step(decisions=(self._about(found, Action.COMMENT, text=text),))

    def assign(self, found: FoundUnit, person: str) -> Step:
        """Ask somebody to look at it; "" asks nobody."""
        return Step(decisions=(self._about(found, Action.ASSIGN, text=person),))

    def undo(self, found: FoundUnit) -> Step:
        """Take back what this person did last to the unit."""
        last = self._last(found)
        if last is None:
            raise _refusal(found, "has nothing of yours to take back")
        withdrawal = Decision(
            action=Action.WITHDRAW,
            digest=last.digest,
            person=self._person,
            when=self._when,
            check=last.check,
            undoes=last.action,
        )
        if last.action not in {Action.ACCEPT, Action.REJECT}:
            return Step(decisions=(withdrawal,))
        # A rejection tells what was rejected, and an acceptance of a new target what it replaced, if only an empty one.
        target = last.text if last.text or last.previous else found.unit.target
        digest = target_digest(found.locale, found.unit.key, target)
        reviewed = self._accepted_without(last, digest)
        edit = Edit(kind=EditKind.PUT_BACK, target=target, reviewed=reviewed, conflicts=last.conflicts)
        return Step(decisions=(withdrawal,), edit=edit)

    def _last(self, found: FoundUnit) -> Decision | None:
        """Return what this person decided last of the target, or by which they emptied the unit."""
        own = [each for each in self._decisions.holding(found.digest) if each.person == self._person]
        if not found.unit.translated:
            rejected = {each.digest: each for each in self._decisions.by(self._person) if each.action is Action.REJECT}
            own += [
                each
                for each in rejected.values()
                if each.text
                and each.digest == target_digest(found.locale, found.unit.key, each.text)
                and each in self._decisions.holding(each.digest)
            ]
        return max(own, key=lambda each: (each.when, each.turn), default=None)

    def _accepted_without(self, left_out: Decision, digest: str) -> bool:
        """Tell whether a target is accepted by all that stands of it but one decision."""
        verdicts = {Action.ACCEPT: True, Action.APPROVE: True, Action.REJECT: False}
        holding = (each for each in self._decisions.holding(digest) if each is not left_out)
        return [False, *(verdicts[each.action] for each in holding if each.action in verdicts)][-1]

    def _with_target(self, found: FoundUnit, target: str, edit: Edit) -> Step:
        digest = target_digest(found.locale, found.unit.key, target)
        about = self._about(found, Action.ACCEPT, text=found.unit.target)
        decision = replace(about, digest=digest, previous=found.digest)
        return Step(decisions=(*self._review_so_far(found), decision), edit=edit)

    def _holds(self, found: FoundUnit, action: Action, check: str = "") -> bool:
        """Tell whether this person has said the same of the target, and not taken it back."""
        said = (self._person, action, check)
        return any((each.person, each.action, each.check) == said for each in self._decisions.holding(found.digest))

    def _review_so_far(self, found: FoundUnit) -> tuple[Decision, ...]:
        """Return the review that the catalog alone knows of, so that it can be put back with the target."""
        if found.unit.state is not UnitState.REVIEWED or self._decisions.of(found.digest).accepted:
            return ()
        return (Decision(action=Action.ACCEPT, digest=found.digest, person=TOOLS, origin=origin_lines(found.unit)),)

    def _about(self, found: FoundUnit, action: Action, *, text: str = "", check: str = "") -> Decision:
        verdict = action in {Action.ACCEPT, Action.REJECT, Action.APPROVE}
        return Decision(
            action=action,
            digest=found.digest,
            person=self._person,
            when=self._when,
            text=text,
            check=check,
            origin=origin_lines(found.unit) if verdict else (),
            conflicts=found.unit.conflict_lines if verdict else (),
        )


def _refusal(found: FoundUnit, reason: str) -> ReviewError:
    return ReviewError(found.unit.key.context, found.unit.key.source, reason)


def find_units(project: Project, ids: Sequence[str]) -> tuple[FoundUnit, ...]:
    """Return the live units with these ids, each once, in the order in which they are named.

    Raises UnknownUnitError if no catalog has one of them.
    """
    wanted = dict.fromkeys(ids)
    found: dict[str, FoundUnit] = {}
    for file in catalog_files(project):
        for unit in file.catalog.units if file.of_postings else ():
            name = unit_id(unit.key, file.locale)
            if name in wanted and not unit.retired:
                found[name] = FoundUnit(locale=file.locale, domain=file.domain, unit=unit)
    missing = [name for name in wanted if name not in found]
    if missing:
        raise UnknownUnitError(missing)
    return tuple(found[name] for name in wanted)


def review(
    project: Project, ids: Sequence[str], step_of: Callable[[FoundUnit], Step], *, dry_run: bool = False
) -> tuple[Reviewed, ...]:
    """Do one thing to each of the units; what a unit does not allow is told of it, and the others are done.

    Raises UnknownUnitError, before anything is done, if no catalog has one of the ids.
    """
    if not dry_run:
        finish(project)
    outcomes: list[Reviewed] = []
    unfinished: list[_Unfinished] = []
    for found in find_units(project, ids):
        try:
            step = step_of(found)
            after = edited(found.unit, step.edit) if step.edit else found.unit
        except ReviewError as error:
            outcomes.append(Reviewed(found=found, after=found.unit, refusal=error.reason))
        else:
            outcomes.append(Reviewed(found=found, after=after, decisions=step.decisions))
            if step.decisions:
                unfinished.append(_Unfinished.of(found, step))
    if unfinished and not dry_run:
        with _alone(project) as path:
            _finish(project, path)
            write_if_changed(path, _ENCODER.encode_lines(unfinished))
            _finish(project, path)
    return tuple(outcomes)


class _Unfinished(msgspec.Struct, frozen=True, kw_only=True):
    """A step that may not have been carried out whole; `before` is the digest of the target that it is made of."""

    locale: str
    domain: str
    context: str
    source: str
    before: str
    decisions: tuple[Decision, ...]
    edit: Edit | None

    @classmethod
    def of(cls, found: FoundUnit, step: Step) -> "_Unfinished":
        key = found.unit.key
        return cls(
            locale=str(found.locale),
            domain=found.domain,
            context=key.context,
            source=key.source,
            before=found.digest,
            decisions=step.decisions,
            edit=step.edit,
        )

    @property
    def key(self) -> UnitKey:
        return UnitKey(self.context, self.source)


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Unfinished)


def finish(project: Project) -> None:
    """Carry out what a killed command had decided, and forget it.

    A target that is another one by now is left as it is: somebody has gone on from there.
    """
    if is_unfinished(project):
        with _alone(project) as path:
            _finish(project, path)


def is_unfinished(project: Project) -> bool:
    """Tell whether a killed command has left something to be carried out."""
    return (project.decisions.folder / _UNFINISHED).exists()


@contextmanager
def _alone(project: Project) -> Iterator[Path]:
    """Yield where it is kept what is to be finished, while no other command is at it."""
    folder = project.decisions.folder
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folder):
        yield folder / _UNFINISHED


def _finish(project: Project, path: Path) -> None:
    try:
        unfinished = _DECODER.decode_lines(path.read_bytes())
    except FileNotFoundError:
        return
    except msgspec.DecodeError as error:
        raise FileError(
            path, f"is damaged ({error}); delete it, and look at the last units that you decided"
        ) from error
    decisions = project.decisions.decisions
    project.decisions.append(each for step in unfinished for each in step.decisions if not decisions.has(each))
    edits: defaultdict[tuple[str, str], dict[UnitKey, _Unfinished]] = defaultdict(dict)
    for step in unfinished:
        if step.edit is not None:
            edits[step.locale, step.domain][step.key] = step
    for (locale, domain), steps in edits.items():
        catalog = layout.catalog_path(project.locales_dir, parse_locale(locale), domain)
        revise(project, catalog, partial(_with_edits, steps=steps))
    project.last_run.write()
    path.unlink()


def _with_edits(current: Catalog | None, *, steps: Mapping[UnitKey, _Unfinished]) -> Catalog | None:
    if current is None:
        return None
    return replace(current, units=tuple(_edited(unit, steps.get(unit.key)) for unit in current.units))


def _edited(unit: Unit, step: _Unfinished | None) -> Unit:
    if step is None or step.edit is None or unit.retired or unit_digest(step.locale, unit) != step.before:
        return unit
    return edited(unit, step.edit)
