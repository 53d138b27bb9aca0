"""Which postings a language version holds, and why each other one is held back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from babel import Locale

from pipeline.model.locale import locales_of_text
from pipeline.model.markup import strip_markup
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Posting
from pipeline.model.segment import SegmentedPosting, UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, OriginKind, Unit, UnitState


class Policy(StrEnum):
    """What a language version may hold beside postings written in that language."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one locale decides; `faulty` tells whether a unit has an error finding."""

    locale: Locale
    policy: Policy
    configured: tuple[Locale, ...]
    faulty: Callable[[Unit], bool]
    has_route: Callable[[Locale], bool]
    as_of: date | None = None


Units = Mapping[UnitKey, Unit]


def decide(segmented: SegmentedPosting, units: Units, rule: Rule) -> Decision:
    """Decide on one posting in one locale; `units` are the locale's units of the posting's domain.

    A posting is published whole or not at all, and never with a target that was made for another source.
    """
    reason = _reason_without_units(segmented.posting, rule)
    if reason is not None:
        return Decision(segmented=segmented, locale=rule.locale, reason=reason)
    keys = segmented.keys()
    found = tuple(find_unit(units, key, segmented.posting.id) for key in keys)
    return Decision(
        segmented=segmented, locale=rule.locale, reason=_reason_of_units(segmented.posting, found, rule), units=found
    )


def find_unit(units: Units, key: UnitKey, posting_id: str) -> Unit:
    """Return the unit of a segment in a posting: one narrowed to the posting wins; an empty one if there is none."""
    for wanted in (key.narrowed(posting_id), key):
        unit = units.get(wanted)
        if unit is not None and not unit.retired:
            return unit
    return Unit(key=key)


def _reason_without_units(posting: Posting, rule: Rule) -> Reason | None:
    """Return the reason that the posting's own fields give, None if its units decide."""
    language = posting.language
    written = [
        version
        for version in posting.written
        if rule.locale in locales_of_text(version.language, posting.countries, rule.configured)
    ]
    reasons = (
        (posting.unlisted, Reason.UNLISTED),
        (posting.expired(rule.as_of), Reason.EXPIRED),
        (bool(posting.unclear), Reason.FIELD),
        (language is None, Reason.UNDETERMINED),
        (posting.locales is not None and rule.locale not in posting.locales, Reason.NOT_REQUESTED),
        (bool(written) and not written[0].separate, Reason.SOURCE),
        (bool(written), Reason.HUMAN),
        (rule.policy is Policy.SOURCE or not posting.translate, Reason.NOT_REQUESTED),
        (posting.written_for(rule.locale) is not None, Reason.NO_ROUTE),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _reason_of_units(posting: Posting, units: Sequence[Unit], rule: Rule) -> Reason:
    untranslated = [unit for unit in units if unit.state is UnitState.UNTRANSLATED]
    unreviewed = [unit for unit in units if unit.state is UnitState.NEEDS_REVIEW]
    if untranslated:
        return _reason_untranslated(posting, untranslated, rule)
    if not strip_markup(units[0].target).strip(f" {DELIBERATELY_EMPTY}"):
        return Reason.UNTRANSLATED  # a page and a feed item need a title, whoever emptied it
    if any(unit.stale and unit.previous for unit in units):
        return Reason.SOURCE_CHANGED
    if any(unit.for_show for unit in units):
        return Reason.FINDING
    if unreviewed:
        return _reason_unreviewed(unreviewed, rule)
    by_people = all(unit.made_by is OriginKind.HUMAN or unit.by_rule for unit in units)
    return Reason.HUMAN if by_people else Reason.REVIEWED


def _reason_untranslated(posting: Posting, untranslated: Sequence[Unit], rule: Rule) -> Reason:
    if any(unit.findings for unit in untranslated):
        return Reason.FINDING
    routed = posting.language is not None and rule.has_route(posting.language)
    return Reason.UNTRANSLATED if routed else Reason.NO_ROUTE


def _reason_unreviewed(unreviewed: Sequence[Unit], rule: Rule) -> Reason:
    if rule.policy is not Policy.MACHINE or any(unit.stale for unit in unreviewed):
        return Reason.NEEDS_REVIEW
    return Reason.FINDING if any(rule.faulty(unit) for unit in unreviewed) else Reason.MACHINE
