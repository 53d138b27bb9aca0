"""`build/translation-report.jsonl`: a line for each unit that an engine was asked about, and what became of it.

It is read off the catalogs and not off the run, so an unchanged run writes the same bytes.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

from pipeline.catalog import layout
from pipeline.catalog.entries import ASKED, NARROW, Entries, marked
from pipeline.catalog.filling import asked_engine, engine_outcome
from pipeline.checks.address import ADDRESS
from pipeline.model.finding import Finding
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey, key_digest
from pipeline.model.unit import EngineOrigin, Unit
from pipeline.storage.files import write_if_changed
from pipeline.workflow.arriving import Arrival
from pipeline.workflow.catalogs import CatalogName, Catalogs, Translated
from pipeline.workflow.checking import UnitChecker
from pipeline.workflow.project import Project

REPORT_FILE_NAME = "translation-report.jsonl"
# Why a unit has no target, by the check that its attempt names.
_NOT_KEPT = {
    "": "the engine's target was not kept",
    "currency": "no engine was asked: neither the text nor its postings say which currency it is",
    "dates": "no engine was asked: neither the text nor its postings say which number is the month",
    "too_long": "no engine was asked: it is too long, or has no place to cut it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedUnit:
    """A live unit that an engine was asked about, where it lies and who was asked."""

    name: CatalogName
    unit: Unit
    asked: EngineOrigin


def reported_units(catalogs: Catalogs) -> Iterator[ReportedUnit]:
    """Yield what engines were asked about, in the order of the catalogs; no other unit is parsed."""
    for name, entries in catalogs.items():
        for position in compress(range(len(entries.keys)), marked(entries.rows, ASKED)):
            unit = entries.unit_at(position)
            asked = asked_engine(unit)
            if asked is not None:
                yield ReportedUnit(name=name, unit=unit, asked=asked)


def write_report(project: Project, translated: Translated) -> Counter[str]:
    """Write the report into `build/`; return how many units had each outcome.

    It names every posting that uses a unit, of which the catalogs name one.
    """
    catalogs, arrivals = translated.catalogs, translated.arrivals
    reported = tuple(reported_units(catalogs))
    by_name: defaultdict[CatalogName, list[Unit]] = defaultdict(list)
    for item in reported:
        by_name[item.name].append(item.unit)
    users: dict[CatalogName, Mapping[UnitKey, Sequence[str]]] = {}
    across: dict[CatalogName, Mapping[Unit, Sequence[Finding]]] = {}
    for name, units in by_name.items():
        anywhere = translated.anywhere[name.source]
        users[name] = _users_of_shared(arrivals[name], anywhere, catalogs[name], units)
        across[name] = _findings_across(project, name, anywhere, catalogs[name], units)
    lines = "".join(_lines(project, reported, across, users))
    write_if_changed(report_path(project), lines.encode(), lasting=False)
    return Counter(engine_outcome(item.unit) for item in reported)


def findings_across(project: Project, catalogs: Catalogs) -> dict[CatalogName, dict[Unit, tuple[Finding, ...]]]:
    """Return what only shows where the units of a posting stand together."""
    return {
        name: checker_of(project, name).findings_across(catalog.units, project.places.of(name.source))
        for name, catalog in catalogs.items()
    }


def checker_of(project: Project, name: CatalogName) -> UnitChecker:
    """Return the checks of a catalog."""
    return project.checks.of(parse_locale(name.source), name.locale)


def report_path(project: Project) -> Path:
    """Where the report lies."""
    return project.build_dir / REPORT_FILE_NAME


def _users_of_shared(
    arrival: Arrival, anywhere: Arrival, entries: Entries, units: Iterable[Unit]
) -> Mapping[UnitKey, Sequence[str]]:
    """Return the postings that use a unit, of the units that several postings share."""

    def uses(key: UnitKey, posting: str) -> bool:
        return posting not in entries.narrowed or entries.digest_of(key.narrowed(posting)) is None

    digests = {unit.key: key_digest(unit.key) for unit in units}
    users = {
        key: zip(arrival.references_of(each), arrival.postings_of(each), strict=True)
        for key, each in digests.items()
        if len(anywhere.users_of(each)) > 1
    }
    return {key: [reference for reference, posting in each if uses(key, posting)] for key, each in users.items()}


def _findings_across(
    project: Project, name: CatalogName, arrival: Arrival, entries: Entries, units: Iterable[Unit]
) -> Mapping[Unit, Sequence[Finding]]:
    """Return what is found of units only beside the others of their postings, of which it is written beside them."""
    places = project.places.of(name.source)
    odd = [unit for unit in units if ADDRESS in unit.findings]
    postings = {reference for unit in odd for reference in places(unit.key) or unit.references}
    numbers = map(arrival.number_of, postings)
    keys = {key for number in numbers if number is not None for key in arrival.keys_at(number)}
    keys.update(compress(entries.keys, marked(entries.rows, NARROW)) if postings else ())
    positions = sorted(entries.positions[key] for key in keys if key in entries.positions)
    return checker_of(project, name).findings_across([entries.unit_at(each) for each in positions], places)


def _lines(
    project: Project,
    reported: Collection[ReportedUnit],
    across: Mapping[CatalogName, Mapping[Unit, Sequence[Finding]]],
    users: Mapping[CatalogName, Mapping[UnitKey, Sequence[str]]],
) -> Iterator[str]:
    for item in project.progress.over("report", reported):
        unit = item.unit
        checker = checker_of(project, item.name)
        found = (*checker.findings(unit), *across[item.name].get(unit, ())) if unit.findings else ()
        details = {finding.check: finding for finding in found}
        fields = {
            "locale": str(item.name.locale),
            "catalog": str(layout.catalog_path(Path(), item.name.locale, item.name.domain)),
            "postings": list(users[item.name].get(unit.key, unit.references)),
            "context": unit.key.context,
            "source": unit.key.source,
            "engine": item.asked.engine,
            "model": item.asked.model,
            "route": item.asked.route,
            "outcome": engine_outcome(unit),
            **_how_it_was_made(unit),
            "target": unit.suggestion.target if unit.suggestion else unit.target,
            "findings": [
                {
                    "check": check,
                    "severity": details[check].severity.value if check in details else "error",
                    "detail": details[check].detail if check in details else _NOT_KEPT.get(check, _NOT_KEPT[""]),
                }
                for check in unit.findings
            ],
        }
        yield json.dumps(fields, ensure_ascii=False) + "\n"


def _how_it_was_made(unit: Unit) -> dict[str, str | int | None]:
    """Return in which plainer words a target was asked for, what repaired it and its risk, where the catalog tells."""
    made = unit.provenance
    found: dict[str, str | int | None] = {"asked": made.asked, "repaired": made.repair} if made else {}
    return {name: value for name, value in (found | {"risk": unit.risk}).items() if value not in {"", None}}
