"""Finds the risk of translations that stand in no catalog, for `polypost risk`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.translation.asking import Asker
from pipeline.translation.memory_file import open_memory
from pipeline.translation.risk import NAMES, UNASKED, SecondAnswers, estimate_risk, read_features
from pipeline.translation.round_trip import Made, RoundTrip
from pipeline.translation.routes import find_route
from pipeline.workflow.project import Project

# Nothing is kept of what is asked for a folder without a project.
_NOWHERE = Path(":memory:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A source and what somebody made of it."""

    source: str
    target: str
    source_locale: Locale
    locale: Locale
    context: str = ""

    @property
    def unit(self) -> Unit:
        """It as a unit that nobody reviewed."""
        return Unit(key=UnitKey(self.context, self.source), target=self.target, doubtful=bool(self.target))


class FoundRisk(NamedTuple):
    """How likely a translation is wrong, 0 to 100, and what is seen of it."""

    risk: int
    features: Mapping[str, float | None]


def find_risks(project: Project, translations: Sequence[Translation]) -> Iterator[FoundRisk]:
    """Yield the risk of each translation, in order; engines are asked where the settings say so, a pair at a time."""
    again = _asked_again(project, translations) if project.settings.round_trip else {}
    for each in translations:
        reader = project.risks.of(each.source_locale, each.locale)
        asked = _made(project, each).asked
        evidence = reader.evidence(each.unit, again.get(each, UNASKED), asked=asked)
        features = read_features(evidence)
        yield FoundRisk(estimate_risk(evidence), {name: getattr(features, name) for name in NAMES})


def _made(project: Project, each: Translation) -> Made:
    words = project.plain_words(each.source_locale.language)
    return Made(words.rewrite(each.source, each.context), each.target)


def _asked_again(project: Project, translations: Sequence[Translation]) -> Mapping[Translation, SecondAnswers]:
    by_pair: dict[tuple[Locale, Locale], list[Translation]] = defaultdict(list)
    for each in translations:
        by_pair[each.source_locale, each.locale].append(each)
    found: dict[Translation, SecondAnswers] = {}
    with open_memory(project.memory_path if project.memory_path.exists() else _NOWHERE) as memory:
        for (source, target), group in by_pair.items():
            there, back = find_route(project.engines, source, target), find_route(project.engines, target, source)
            trip = RoundTrip(asker=Asker(memory=memory), there=there, back=back)
            made = {each: _made(project, each) for each in group}
            answers = trip.answers(made.values(), lambda _: None)
            found |= {each: answers[one] for each, one in made.items()}
    return found
