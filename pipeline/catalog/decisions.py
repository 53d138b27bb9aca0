"""Decisions as text and as one view: what stands for a target after all that people said of it.

    {"digest": "9f2c1a66d0b7e3f4", "action": "accept", "origin": ["engine: argos 1.9/r3 en→fr 3f2a9c1b"]}

Decisions are kept beside the catalogs because other tools drop what a catalog remembers: msgmerge, Babel and pot2po
write entries without the comments that name the engine. Nothing is ever changed or removed; what was said last holds.
Files that git has united hold the same, in whatever order their lines came to stand.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

import msgspec
from babel import Locale

from pipeline.model.decision import Action, Decision, subject_of_version
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit

TOOLS = "tools"  # the person of what was found in a catalog: nobody
DIGEST_CHARS = 16
_SEPARATOR = "\u241f"
_VERDICTS = frozenset({Action.ACCEPT, Action.APPROVE, Action.REJECT})
_DECODER = msgspec.json.Decoder(Decision)


def target_digest(locale: Locale | str, key: UnitKey, target: str) -> str:
    """Return the digest by which decisions know a target of a source in a context and a locale.

    >>> target_digest("fr", UnitKey("title", "Nurse"), "Infirmière")
    '9ee1f2afe7ed8364'
    """
    seen = _SEPARATOR.join((str(locale), key.context, key.source, target))
    return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_CHARS]


def unit_digest(locale: Locale | str, unit: Unit) -> str:
    """Return the digest of the target that stands in a unit, of a plural of all its forms.

    A unit without a target has one too: a rejection is recorded there when nobody knows any more what was rejected.
    """
    forms = unit.extras.plural_targets
    return target_digest(locale, unit.key, _SEPARATOR.join(forms) if any(forms) else unit.target)


def parse_decision(line: bytes, person: str) -> Decision:
    """Read a line of a person's file.

    Raises ValueError, which says what is wrong, if it is not of our form.
    """
    try:
        return replace(_DECODER.decode(line), person=person)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ValueError(str(error)) from error


def serialize_decision(decision: Decision) -> str:
    """Write a decision as one line, without a line end; who decided is the name of the file."""
    fields = {
        "digest": decision.digest,
        "action": decision.action.value,
        "check": decision.check,
        "text": decision.text,
        "when": decision.when,
        "previous": decision.previous,
        "posting": decision.posting,
        "locale": decision.locale,
        "origin": decision.origin,
        "conflicts": decision.conflicts,
        "undoes": decision.undoes,
        "turn": decision.turn if decision.turn > 1 else None,
    }
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands for a target; people by the names of their files, in the order in which they decided.

    `dismissed` names for each check who silenced it, `assigned` who is to look at the target. `origin` are the comment
    lines that tell how it was made. `known` says that something was said of it, if only that it is not accepted.
    """

    accepted_by: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    rejected_by: tuple[str, ...] = ()
    dismissed: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Decision, ...] = ()
    assigned: str = ""
    origin: tuple[str, ...] = ()
    known: bool = False

    @property
    def accepted(self) -> bool:
        """Whether somebody accepted or approved it, and nobody rejected it since."""
        return bool(self.accepted_by or self.approved_by)

    @property
    def rejected(self) -> bool:
        """Whether somebody rejected it, and nobody accepted it since."""
        return bool(self.rejected_by)

    def signed_off(self, *, two_person: bool) -> bool:
        """Tell whether it is approved; by the rule of two persons, by another person than who accepted it.

        What was found in a catalog names nobody: it is neither the first person nor the second.
        """
        approvers = set(self.approved_by) - {TOOLS}
        return bool(approvers) and (not two_person or len(approvers | set(self.accepted_by) - {TOOLS}) > 1)


NOTHING = Standing()


class Decisions:
    """All decisions; those added later are seen at once."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._by_subject: defaultdict[str, list[Decision]] = defaultdict(list)
        self._folded: dict[str, Standing] = {}
        for decision in dict.fromkeys(decisions):
            self._by_subject[decision.subject].append(decision)
        for about in self._by_subject.values():
            if len(about) > 1:
                about.sort(key=_order)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._by_subject)

    def of(self, digest: str) -> Standing:
        """Return what stands for a target."""
        if digest not in self._by_subject:
            return NOTHING
        if digest not in self._folded:
            self._folded[digest] = _standing(self.holding(digest), self._by_subject[digest])
        return self._folded[digest]

    def reached_from(self, digests: Iterable[str]) -> frozenset[str]:
        """Return digests of targets, and those to which what was said of them was carried."""
        carried: defaultdict[str, list[str]] = defaultdict(list)
        for decision in chain.from_iterable(self._by_subject.values()):
            if decision.action is Action.CARRY:
                carried[decision.previous].append(decision.digest)
        reached: set[str] = set()
        waiting = list(digests)
        while waiting:
            digest = waiting.pop()
            if digest not in reached:
                reached.add(digest)
                waiting += carried.get(digest, ())
        return frozenset(reached)

    def withheld(self, posting: str, locale: Locale | str) -> Decision | None:
        """Return the decision by which a posting is kept out of a locale; None without one."""
        subjects = (subject_of_version(posting, str(locale)), subject_of_version(posting, ""))
        return next((found[-1] for subject in subjects if (found := self.holding(subject))), None)

    def holding(self, subject: str) -> tuple[Decision, ...]:
        """Return the decisions about a subject that nobody has taken back, in their order."""
        return tuple(self._holding(subject))

    def by(self, person: str) -> Iterator[Decision]:
        """Yield what one person decided, also what was taken back."""
        return (each for about in self._by_subject.values() for each in about if each.person == person)

    def has(self, decision: Decision) -> bool:
        """Tell whether a decision is among them, whatever its turn."""
        about = self._by_subject.get(decision.subject, ())
        return any(replace(each, turn=decision.turn) == decision for each in about)

    @cached_property
    def any_found(self) -> bool:
        """Whether a run has found decisions in catalogs before: else what was reviewed there is not on record yet."""
        return next(self.by(TOOLS), None) is not None

    @cached_property
    def any_approved(self) -> bool:
        """Whether anything was ever approved: else no target has to be looked up to know that it is not."""
        return self._any(Action.APPROVE)

    @cached_property
    def any_rejected(self) -> bool:
        """Whether anything was ever rejected: else no empty target has to be looked up."""
        return self._any(Action.REJECT)

    @cached_property
    def any_dismissed(self) -> bool:
        """Whether any finding was ever dismissed: else no target has to be looked up to know which are."""
        return self._any(Action.DISMISS)

    @cached_property
    def any_withheld(self) -> bool:
        """Whether any posting was ever withheld."""
        return self._any(Action.WITHHOLD)

    @cached_property
    def told_of_targets(self) -> tuple[tuple[object, ...], ...]:
        """What publishing asks of targets beside the catalogs: which findings are dismissed, who approved them."""
        subjects = sorted(self._by_subject) if self.any_dismissed or self.any_approved else ()
        about = ((subject, self.of(subject)) for subject in subjects)
        return tuple(
            (subject, *sorted(found.dismissed), found.approved_by, found.accepted_by)
            for subject, found in about
            if found.dismissed or found.approved_by
        )

    def _any(self, action: Action) -> bool:
        return any(decision.action is action for about in self._by_subject.values() for decision in about)

    def next_turn(self, decision: Decision) -> Decision:
        """Return a decision with the turn that puts it behind all that is known about its subject."""
        about = self._by_subject.get(decision.subject, ())
        return replace(decision, turn=1 + max((earlier.turn for earlier in about), default=0))

    def add(self, decision: Decision) -> None:
        """Take in one more."""
        self._by_subject[decision.subject].append(decision)
        self._by_subject[decision.subject].sort(key=_order)
        self._folded.clear()  # others may have been carried from it
        for cached in ("any_found", "any_approved", "any_rejected", "any_dismissed", "any_withheld", "told_of_targets"):
            self.__dict__.pop(cached, None)

    def _holding(self, subject: str, carried: frozenset[str] = frozenset()) -> Iterator[Decision]:
        """Yield the decisions about a subject that nobody has taken back, in their order."""
        found: list[Decision] = []
        for decision in self._by_subject.get(subject, ()):
            if decision.action is Action.WITHDRAW:
                _take_back(found, decision)
            elif decision.action is not Action.CARRY:
                found.append(decision)
            elif decision.previous not in carried:
                found += self._holding(decision.previous, carried | {subject})
        yield from found


def _order(decision: Decision) -> tuple[int, str, str, str]:
    """Return by what decisions about one subject are sorted: no order in which files were united changes it."""
    return decision.turn, decision.when, decision.person, serialize_decision(decision)


def _take_back(found: list[Decision], withdrawal: Decision) -> None:
    """Remove what a withdrawal takes back: of a named kind the last one, the author's own before another's."""
    if withdrawal.undoes is None:
        found[:] = [decision for decision in found if decision.action not in _VERDICTS]
        return
    about = [
        (decision.person == withdrawal.person, number)
        for number, decision in enumerate(found)
        if decision.action is withdrawal.undoes and withdrawal.check in {"", decision.check}
    ]
    if about:
        del found[max(about)[1]]


def _standing(holding: Iterable[Decision], about: Iterable[Decision]) -> Standing:
    accepted: dict[str, None] = {}
    approved: dict[str, None] = {}
    rejected: dict[str, None] = {}
    dismissed: dict[str, str] = {}
    comments: list[Decision] = []
    assigned = ""
    for decision in holding:
        match decision.action:
            case Action.ACCEPT | Action.APPROVE:
                rejected.clear()
                (accepted if decision.action is Action.ACCEPT else approved)[decision.person] = None
            case Action.REJECT:
                accepted.clear()
                approved.clear()
                rejected[decision.person] = None
            case Action.DISMISS:
                dismissed[decision.check] = decision.person
            case Action.COMMENT:
                comments.append(decision)
            case _:
                assigned = decision.text
    origins = [decision.origin for decision in about if decision.origin]
    return Standing(
        accepted_by=tuple(accepted),
        approved_by=tuple(approved),
        rejected_by=tuple(rejected),
        dismissed=dismissed,
        comments=tuple(comments),
        assigned=assigned,
        origin=origins[-1] if origins else (),
        known=True,
    )
