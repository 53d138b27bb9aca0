"""Who uses a unit, and who waits for it: the catalog names one posting, here are all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.model.locale import source_language
from pipeline.model.outcome import Decision
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState
from pipeline.publishing.versions.waiting import Waiting
from pipeline.workflow.cataloging import Catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.releasing import decide_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """The postings that use a unit in a locale, and those of them that are held by it, in the order of the postings."""

    postings: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


class LocaleWaiting:
    """What the postings of every locale wait for, noted while their decisions pass by."""

    def __init__(self, project: Project, most: int) -> None:
        self.of = {locale: Waiting(most) for locale in project.settings.locales}

    def noted(self, decisions: Iterable[Decision]) -> Iterator[Decision]:
        """Yield the decisions as they are."""
        for decision in decisions:
            self.of[decision.locale].note(decision)
            yield decision


def users_of_units(project: Project, intake: Intake, catalogs: Catalogs, decision: Decision) -> Mapping[UnitKey, Users]:
    """Return who uses the units of a decision that nobody has reviewed, and those that hold it or stay as written."""
    wanted = {unit.key for unit in units_in_question(project, decision)}
    shared = {key._replace(context=key.context.partition("|")[0]) for key in wanted}
    language = decision.segmented.posting.language
    alike = intake.by_language.get(source_language(language), ()) if language else ()
    sharing = (item for item in alike if not shared.isdisjoint(item.keys()))
    using: defaultdict[UnitKey, list[str]] = defaultdict(list)
    waiting: defaultdict[UnitKey, list[str]] = defaultdict(list)
    for other in decide_in(project, sharing, catalogs, decision.locale):
        for key in wanted.intersection(unit.key for unit in other.units):
            using[key].append(other.segmented.posting.id)
        for key in wanted.intersection(unit.key for unit in other.holding):
            waiting[key].append(other.segmented.posting.id)
    return {key: Users(postings=tuple(using[key]), waiting=tuple(waiting[key])) for key in wanted}


def units_in_question(project: Project, decision: Decision) -> tuple[Unit, ...]:
    """Return the units that a reviewer may look at: those shown as written, those that hold the posting, the others.

    Of those that hold it and of the others the riskiest come first. What is reviewed and neither holds nor stays as
    written is left out.
    """
    reader = project.risks.of(decision.segmented.posting.language, decision.locale)
    rest = [unit for unit in decision.units if unit.state is not UnitState.REVIEWED]
    holding, others = (sorted(units, key=lambda unit: -(reader.risk(unit) or 0)) for units in (decision.holding, rest))
    found = {unit.key: unit for unit in (*decision.as_written, *holding, *others)}
    return tuple(found.values())
