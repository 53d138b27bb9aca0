"""Which postings a language version holds, and why each other one is held back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from babel import Locale

from pipeline.language.commitments import is_statutory, knows_commitments, read_commitments
from pipeline.model.locale import locales_of_text
from pipeline.model.markup import strip_markup
from pipeline.model.max_risk import HIGHEST_RISK, NO_MAX_RISK, MaxRisk
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Posting
from pipeline.model.segment import HEADING, TITLE, SegmentedPosting, UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, OriginKind, Unit, UnitState
from pipeline.publishing.versions.as_written import choose_as_written, count_words


class Policy(StrEnum):
    """What a language version may hold beside postings written in that language."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one locale decides; `faulty` tells whether a unit has an error finding.

    `max_original` is the percentage of a posting's segments that may be shown as written under the policy `machine`, 0
    for none. A title may where `original_titles` says so; one in words that the target language uses has a target.
    `risk` tells how likely a machine's target is wrong, None of any other; above `max_risk` it counts as none.
    `withheld` tells of the id of a posting whether a person has taken it out of this locale.
    `signed_off` tells of a reviewed target whether it is approved, which the policy `approved` asks for.
    `labelled` tells whether the words that a machine's translation is labelled with are in the language of the locale.
    """

    locale: Locale
    policy: Policy
    configured: tuple[Locale, ...]
    faulty: Callable[[Unit], bool]
    has_route: Callable[[Locale], bool]
    as_of: date | None = None
    max_original: float = 0
    original_titles: bool = False
    risk: Callable[[Unit], int | None] = lambda _: None
    max_risk: MaxRisk = NO_MAX_RISK
    withheld: Callable[[str], bool] = lambda _: False
    signed_off: Callable[[Unit], bool] = lambda _: False
    labelled: bool = True

    @property
    def leaves_some(self) -> bool:
        """Whether any segment may be shown as written."""
        return self.policy is Policy.MACHINE and self.max_original > 0


Units = Mapping[UnitKey, Unit]


def decide(
    segmented: SegmentedPosting, units: Units, rule: Rule, *, keys: Sequence[UnitKey] = (), narrowed: bool = True
) -> Decision:
    """Decide on one posting in one locale; `units` are the locale's units of the posting's domain.

    `keys` are those of the posting, if they are known; `narrowed` says whether a unit may be narrowed to the posting.

    Under `source`, `reviewed` and `approved` a posting is published whole or not at all, under `machine` with a few
    segments as written; never with a target that was made for another source.
    """
    reason = _reason_without_units(segmented.posting, rule)
    if reason is not None:
        return Decision(segmented=segmented, locale=rule.locale, reason=reason)
    keys = keys or segmented.keys()
    posting_id = segmented.posting.id if narrowed else ""
    return _Judgement(segmented, rule, {key: find_unit(units, key, posting_id) for key in keys}).decision()


def find_unit(units: Units, key: UnitKey, posting_id: str) -> Unit:
    """Return the unit of a segment in a posting: one narrowed to the posting wins; an empty one if there is none.

    Without an id only the unit that all postings share is looked for.
    """
    for wanted in (key.narrowed(posting_id), key) if posting_id else (key,):
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
        (rule.withheld(posting.id), Reason.WITHHELD),
        (bool(posting.unclear), Reason.FIELD),
        (language is None, Reason.UNDETERMINED),
        (posting.locales is not None and rule.locale not in posting.locales, Reason.NOT_REQUESTED),
        (bool(written) and not written[0].separate, Reason.SOURCE),
        (bool(written), Reason.HUMAN),
        (rule.policy is Policy.SOURCE or not posting.translate, Reason.NOT_REQUESTED),
        (posting.written_for(rule.locale) is not None, Reason.NO_ROUTE),
    )
    return next((reason for holds, reason in reasons if holds), None)


class _Judgement:
    """The units of one posting in one locale, sorted into those that hold it and those that are shown as written."""

    def __init__(self, segmented: SegmentedPosting, rule: Rule, found: Mapping[UnitKey, Unit]) -> None:
        self._segmented, self._rule, self._found = segmented, rule, found
        language = segmented.posting.language
        self._language = language.language if language else ""
        self._routed = language is not None and rule.has_route(language)
        self._too_risky: dict[UnitKey, int] = {}

    def decision(self) -> Decision:
        """Decide: whatever has no target to publish and may not be shown as written holds the posting."""
        leaves_some = self._rule.leaves_some
        statutory = [key for key, unit in self._found.items() if leaves_some and self._is_statutory(unit)]
        failing = [key for key, unit in self._found.items() if key not in statutory and not self._usable(unit)]
        chosen = frozenset(statutory) | self._chosen(failing, statutory)
        holding = [self._found[key] for key in failing if key not in chosen]
        as_written = (*statutory, *(key for key in self._found if key in chosen and key not in statutory))
        return Decision(
            segmented=self._segmented,
            locale=self._rule.locale,
            reason=self._reason_to_hold(holding) if holding else self._reason_to_publish(chosen),
            units=tuple(self._found.values()),
            holding=tuple(holding),
            as_written=tuple(self._found[key] for key in as_written),
            too_risky=self._too_risky,
        )

    def _usable(self, unit: Unit) -> bool:
        """Tell whether the unit has a target that may be published."""
        if not unit.translated or unit.for_show or self._is_untitled(unit):
            return False
        if unit.state is UnitState.REVIEWED:
            return self._rule.policy is not Policy.APPROVED or unit.by_rule or self._rule.signed_off(unit)
        if self._rule.policy is not Policy.MACHINE:
            return False
        if unit.stale:
            anew = unit.made_anew if self._rule.leaves_some else None
            return anew is not None and self._good_enough(anew)
        return self._good_enough(unit)

    def _good_enough(self, unit: Unit) -> bool:
        """Tell whether a target that nobody has reviewed may be published: without an error or too high a risk."""
        if self._rule.faulty(unit):
            return False
        limits, context = self._rule.max_risk, unit.key.context
        least = min(limits.of(context), limits.of_commitments(context))
        risk = self._rule.risk(unit) if least < HIGHEST_RISK else None
        if risk is None or risk <= least:
            return True
        bound = not self._is_title(unit) and self._commits(unit)
        if risk <= (limits.of_commitments(context) if bound else limits.of(context)):
            return True
        self._too_risky[unit.key] = risk
        return False

    def _chosen(self, failing: Sequence[UnitKey], statutory: Sequence[UnitKey]) -> frozenset[UnitKey]:
        """Return what is shown as written within the share: the short ones first, so that the most of them are.

        What a person has begun and not finished comes last. Where it finds no room, it is published as a machine's
        target is: nothing that was in this version goes because somebody works on it.
        """
        if not self._rule.leaves_some:
            return frozenset()
        begun = [key for key, unit in self._found.items() if self._is_draft(unit) and key not in {*failing, *statutory}]
        standing = ([key for key in keys if self._may_stand(self._found[key])] for keys in (failing, begun))
        wanting = [key for keys in standing for key in sorted(keys, key=lambda key: count_words(key.source))]
        if not wanting:
            return frozenset()
        return choose_as_written(
            self._segmented,
            wanting,
            percent=self._rule.max_original,
            copies={key for key, unit in self._found.items() if unit.by_rule},
            untranslated={*statutory, *(key for key, unit in self._found.items() if unit.kept_as_written)},
        )

    def _may_stand(self, unit: Unit) -> bool:
        """Tell whether the segment is of a kind that may be shown as written, and an engine could not help."""
        if not self._could_ask(unit):
            return False
        return self._rule.original_titles if self._is_title(unit) else not self._commits(unit)

    def _commits(self, unit: Unit) -> bool:
        """Tell whether the segment may say what a posting promises or asks for, also where nobody can read whether."""
        source = strip_markup(unit.key.source)
        return not knows_commitments(self._language) or bool(read_commitments(source, self._language))

    def _is_statutory(self, unit: Unit) -> bool:
        """Tell whether the segment is a statutory line that no person has translated: no machine's target will do."""
        if not self._could_ask(unit) or unit.state is UnitState.REVIEWED:
            return False
        context = unit.key.context.partition("|")[0]
        return context not in {TITLE, HEADING} and is_statutory(strip_markup(unit.key.source), self._language)

    def _could_ask(self, unit: Unit) -> bool:
        """Tell whether an engine can be asked, or has been: what is published must not depend on what is installed."""
        if unit.attempt is None and unit.provenance is None and unit.suggestion is None:
            return self._routed
        makers = (unit.provenance, unit.suggestion)
        asked = [unit.attempt, *(maker.engine for maker in makers if maker is not None)]
        engines = [origin for origin in asked if origin is not None]
        return (self._routed or bool(engines)) and not any(origin.for_show for origin in engines)

    def _is_draft(self, unit: Unit) -> bool:
        """Tell whether a person began this target and did not finish it."""
        begun = unit.doubtful and unit.state is UnitState.NEEDS_REVIEW
        return begun and unit.made_by is OriginKind.HUMAN and not unit.stale

    def _is_title(self, unit: Unit) -> bool:
        return unit is self._found[UnitKey(TITLE, self._segmented.posting.title)]

    def _is_untitled(self, unit: Unit) -> bool:
        """Tell whether the title was emptied: a page and a feed item need one."""
        return self._is_title(unit) and not strip_markup(unit.target).strip(f" {DELIBERATELY_EMPTY}")

    def _reason_to_hold(self, holding: Sequence[Unit]) -> Reason:
        untranslated = [unit for unit in holding if not unit.translated]
        if untranslated:
            if any(unit.findings for unit in untranslated):
                return Reason.FINDING
            return Reason.UNTRANSLATED if self._routed else Reason.NO_ROUTE
        if any(map(self._is_untitled, holding)):
            return Reason.UNTRANSLATED
        if any(unit.stale and unit.previous for unit in holding):
            return Reason.SOURCE_CHANGED
        for_show = any(unit.for_show for unit in holding)
        if not for_show and (self._rule.policy is not Policy.MACHINE or any(unit.stale for unit in holding)):
            return Reason.NEEDS_REVIEW
        return Reason.RISK if all(unit.key in self._too_risky for unit in holding) else Reason.FINDING

    def _reason_to_publish(self, as_written: Collection[UnitKey]) -> Reason:
        units = self._found.values()
        if as_written or any(unit.state is not UnitState.REVIEWED for unit in units):
            return Reason.MACHINE if self._rule.labelled else Reason.WORDS
        by_people = all(unit.made_by is OriginKind.HUMAN or unit.by_rule for unit in units)
        return Reason.HUMAN if by_people else Reason.REVIEWED
