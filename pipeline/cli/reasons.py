"""What the reasons mean for which a posting is, or is not, in a language version, and what to do about each."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.cli.options import OF_CATALOGS, OF_RECORDS, options_used
from pipeline.model.max_risk import HIGHEST_RISK
from pipeline.model.outcome import Decision, Reason
from pipeline.model.unit import UnitState

MEANINGS: Mapping[Reason, str] = {
    Reason.SOURCE: "the posting is written in this language",
    Reason.REVIEWED: "every sentence of the translation is reviewed",
    Reason.MACHINE: "a machine translated it, or part of it, and nobody has reviewed all of that",
    Reason.HUMAN: "people wrote or translated all of it",
    Reason.UNTRANSLATED: "sentences have no translation",
    Reason.NEEDS_REVIEW: "sentences are translated, but the policy asks for review or approval, or a review was begun",
    Reason.FINDING: "a check found an error in sentences that nobody has reviewed",
    Reason.RISK: "sentences that nobody has reviewed are more likely wrong than `publish.max_risk` allows",
    Reason.SOURCE_CHANGED: "sentences were edited after they had been translated",
    Reason.NO_ROUTE: "no installed engine translates from its language into this one",
    Reason.WORDS: "words of our pages that label a machine translation have no target in this language",
    Reason.UNDETERMINED: "the language that the posting is written in is not known",
    Reason.NOT_REQUESTED: "the posting, or the policy of this locale, leaves it out",
    Reason.FIELD: "a field that restricts the posting was not understood",
    Reason.WITHHELD: "somebody has taken it out of this language version",
    Reason.UNLISTED: "the posting asks to be shown nowhere",
    Reason.EXPIRED: "its last day has passed",
}
_REMEDIES: Mapping[Reason, str] = {
    Reason.UNTRANSLATED: "run `polypost translate{options}`, or write the targets that are missing in {catalog}",
    Reason.NEEDS_REVIEW: "accept or change these units in {catalog}: take away `fuzzy` (in Poedit: Needs Work)",
    Reason.FINDING: "correct or translate these units in {catalog}, or accept them: what is reviewed is never held",
    Reason.RISK: "correct these units in {catalog}, or accept them: what is reviewed is never held; "
    "`publish.max_risk` in polypost.toml says how much risk is published",
    Reason.SOURCE_CHANGED: "these units were edited in the posting: bring their targets up to date in {catalog}",
    Reason.NO_ROUTE: "translate {catalog} by hand, or install a model: `polypost engines{folders}` names the command",
    Reason.WORDS: "translate in {site} what labels a machine translation: `polypost catalogs check` names the words",
    Reason.UNDETERMINED: 'name the language in the posting: `Language: de` in a text file, "language": "de" in JSON',
    Reason.NOT_REQUESTED: "the posting's own `locales` or `translate`, or the policy of this locale, leave it out",
    Reason.FIELD: "a field that restricts the posting was not understood; `polypost inspect` names it",
    Reason.WITHHELD: "`polypost withhold --undo` takes it in again; `locales/decisions` tells who took it out",
    Reason.UNLISTED: 'the posting asks to be shown nowhere ("locales": [])',
    Reason.EXPIRED: "its last day, `valid_through`, has passed",
}


_APPROVAL = "these units of {catalog} are reviewed and wait for an approval: `polypost approve`"


def explain(reasons: Iterable[Reason]) -> list[str]:
    """Return a line a reason, in the order of their names, each once."""
    return [f"{reason.value}: {MEANINGS[reason]}" for reason in sorted(set(reasons))]


def describe_risk(risk: int, most: float = HIGHEST_RISK) -> str:
    """Say how likely a target is wrong, and above which number it is not published.

    >>> describe_risk(43), describe_risk(72, 60.0)
    ('43 of 100', '72 of 100, above max_risk 60')
    """
    above = f", above max_risk {most:g}" if risk > most else ""
    return f"{risk} of {HIGHEST_RISK}{above}"


def remedy_for(decision: Decision, catalog: Path) -> str:
    """Return what to do next; "" if the posting is published."""
    waits = decision.reason is Reason.NEEDS_REVIEW and all(
        unit.state is UnitState.REVIEWED for unit in decision.holding
    )
    remedy = _APPROVAL if waits else _REMEDIES.get(decision.reason, "")
    return remedy.format(
        catalog=catalog,
        site=catalog.with_name("site.po"),
        options=options_used(*OF_RECORDS),
        folders=options_used(*OF_CATALOGS),
    )
