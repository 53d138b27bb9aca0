"""What the checks say of pairs of texts, with the real detector, and how that is counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from pipeline.checks.check import Check, Compared
from pipeline.checks.registry import check_unit, checks_for
from pipeline.intake.detection.detectors import LangdetectDetector, base_language
from pipeline.intake.detection.ensemble import SURE
from pipeline.language.spans import name_pattern
from pipeline.model.finding import Finding, Severity
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many there were of each kind, and how many of them were found."""

    seen: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def count(self, kind: str, *, found: bool, text: str) -> None:
        """Count one."""
        self.seen[kind] += 1
        self.found[kind] += found
        if not found:
            self.missed.append(f"{kind}: {text}")

    @property
    def share(self) -> float:
        """The share of all that was found, 0-1."""
        return self.found.total() / self.seen.total()

    def __str__(self) -> str:
        rows = [f"{kind}: {self.found[kind]} of {number}" for kind, number in sorted(self.seen.items())]
        return "\n".join([*rows, f"all: {self.share:.2%}", *self.missed])


def findings(
    source: str, target: str, locale: str, *, names: Iterable[str], language: str = "en"
) -> tuple[Finding, ...]:
    """Return what the checks say of an unreviewed target."""
    unit = Unit(key=UnitKey("requirements", source), target=target, doubtful=True)
    return check_unit(unit, _known(language, locale, tuple(names)), _checks(locale))


def errors(found: Iterable[Finding]) -> set[str]:
    """Return the ids of the checks that found an error."""
    return {finding.check for finding in found if finding.severity is Severity.ERROR}


@cache
def _checks(locale: str) -> tuple[Check, ...]:
    return checks_for(Locale.parse(locale))


@cache
def _known(language: str, locale: str, names: tuple[str, ...]) -> Compared:
    return Compared(
        source="",
        target="",
        source_language=language,
        locale=Locale.parse(locale),
        names=tuple(map(name_pattern, names)),
        language_of=_language_of,
        forms_of=cache(SimplemmaForms),
    )


def _language_of(text: str) -> str | None:
    best = max(_detector()(text), key=lambda guess: guess.probability, default=None)
    return base_language(best.language) if best and best.probability >= SURE else None


@cache
def _detector() -> LangdetectDetector:
    return LangdetectDetector()
