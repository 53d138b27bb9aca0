"""What a reviewer's command makes of a unit: the same as if the entry were changed by hand in an editor of PO files.

edited(unit, Edit(kind=EditKind.ACCEPT))                    # takes `fuzzy` away; who made the target stays
edited(unit, Edit(kind=EditKind.REJECT))                    # an empty target: that text is not offered again
edited(unit, Edit(kind=EditKind.REPLACE, target="Koch"))    # a person's target, reviewed
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.errors import ReviewError
from pipeline.model.text import is_visible
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit


class EditKind(StrEnum):
    """What a command does to a unit.

    `put_back` takes an edit back: the unit gets a target that it had before.
    """

    ACCEPT = "accept"
    ACCEPT_SUGGESTION = "accept_suggestion"
    REJECT = "reject"
    REPLACE = "replace"
    PUT_BACK = "put_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit; `target` is what `replace` and `put_back` put in, `reviewed` whether it was reviewed before.

    `conflicts` are the comments about people who differed that come back with a target.
    """

    kind: EditKind
    target: str = ""
    reviewed: bool = False
    conflicts: tuple[str, ...] = ()


def edited(unit: Unit, edit: Edit) -> Unit:
    """Return the unit after an edit.

    Raises ReviewError, which says why, for what the unit does not allow: an obsolete unit, plural forms, no target to
    accept or reject, or a new one in which nothing can be seen (U+2060 alone means deliberately empty).
    """
    if unit.retired:
        raise _refusal(unit, "is obsolete: no posting has it any more")
    if unit.extras.plural_source:
        raise _refusal(unit, "has plural forms, which only an editor of PO files can change")
    if edit.kind is EditKind.PUT_BACK:
        return _put_back(unit, edit)
    decided = _decided(unit, edit)
    others = decided.conflict_lines
    remarks = tuple(line for line in decided.extras.remarks if line not in others)
    return replace(decided, extras=replace(decided.extras, remarks=remarks)) if others else decided


def _decided(unit: Unit, edit: Edit) -> Unit:
    match edit.kind:
        case EditKind.ACCEPT:
            return _accepted(unit)
        case EditKind.ACCEPT_SUGGESTION:
            if unit.made_anew is None:
                raise _refusal(unit, "has no engine's version of an edited source beside its target")
            return _accepted(unit.made_anew)
        case EditKind.REJECT:
            return _rejected(unit)
        case _:
            return _replaced(unit, edit.target)


def _put_back(unit: Unit, edit: Edit) -> Unit:
    remarks = (*unit.extras.remarks, *edit.conflicts)
    return replace(
        unit,
        target=edit.target,
        doubtful=bool(edit.target) and not edit.reviewed,
        attempt=None,
        findings=unit.findings if edit.target == unit.target else (),
        extras=replace(unit.extras, remarks=remarks) if edit.conflicts else unit.extras,
    )


def _accepted(unit: Unit) -> Unit:
    if not unit.translated:
        raise _refusal(unit, "has no target to accept; write one with `polypost replace`")
    return replace(unit, doubtful=False, previous=None, suggestion=None, attempt=None)


def _rejected(unit: Unit) -> Unit:
    if not unit.translated:
        raise _refusal(unit, "has no target to reject")
    # An engine's comment over an empty target says it; where there is none, the engine that made the suggestion does.
    attempt = None if unit.provenance or not unit.suggestion else unit.suggestion.engine
    return replace(unit, target="", doubtful=False, previous=None, suggestion=None, attempt=attempt, findings=())


def _replaced(unit: Unit, target: str) -> Unit:
    if target != DELIBERATELY_EMPTY and not is_visible(target):
        raise _refusal(unit, "would get a target in which nothing can be seen; `polypost reject` empties one")
    return replace(unit, target=target, doubtful=False, previous=None, suggestion=None, attempt=None, findings=())


def _refusal(unit: Unit, reason: str) -> ReviewError:
    return ReviewError(unit.key.context, unit.key.source, reason)
