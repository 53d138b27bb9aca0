"""What a person can do about a posting that is held, by the reason."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.cli.options import OF_CATALOGS, OF_RECORDS, given_options
from pipeline.model.decision import Decision
from pipeline.model.outcome import Reason

_REMEDIES: Mapping[Reason, str] = {
    Reason.UNTRANSLATED: "run `polypost translate{given}`, or write the targets that are missing in {catalog}",
    Reason.NEEDS_REVIEW: "accept or change these units in {catalog}: take away `fuzzy` (in Poedit: Needs Work)",
    Reason.FINDING: "correct these units in {catalog}, or accept them as they are: what is reviewed is never held",
    Reason.SOURCE_CHANGED: "these units were edited in the posting: bring their targets up to date in {catalog}",
    Reason.NO_ROUTE: "translate {catalog} by hand, or install a model: `polypost engines{folders}` names the command",
    Reason.UNDETERMINED: 'name the language in the posting: `Language: de` in a text file, "language": "de" in JSON',
    Reason.NOT_REQUESTED: "the posting's own `locales` or `translate`, or the policy of this locale, leave it out",
    Reason.FIELD: "a field that restricts the posting was not understood; `polypost inspect` names it",
    Reason.UNLISTED: 'the posting asks to be shown nowhere ("locales": [])',
    Reason.EXPIRED: "its last day, `valid_through`, has passed",
}


def remedy_for(decision: Decision, catalog: Path) -> str:
    """Return what to do next; "" if the posting is published."""
    return _REMEDIES.get(decision.reason, "").format(
        catalog=catalog, given=given_options(*OF_RECORDS), folders=given_options(*OF_CATALOGS)
    )
