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
from pipeline.catalog.merge import posting_of, posting_reference
from pipeline.checks.address import ADDRESS
from pipeline.model.finding import Finding
from pipeline.model.locale import parse_locale, source_language
from pipeline.model.outline import Outline
from pipeline.model.segment import UnitKey, key_digest
from pipeline.model.unit import MAX_REFERENCES, EngineOrigin, Unit
from pipeline.storage.files import write_if_changed
from pipeline.workflow.cataloging import CatalogName, Catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake

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


def write_report(project: Project, intake: Intake, catalogs: Catalogs) -> Counter[str]:
    """Write the report into `build/`; return how many units had each outcome.

    It names every posting that uses a unit, of which the catalogs name a few.
    """
    reported = tuple(reported_units(catalogs))
    by_name: defaultdict[CatalogName, list[Unit]] = defaultdict(list)
    for item in reported:
        by_name[item.name].append(item.unit)
    users = {name: _users_of_shared(intake, name, catalogs[name], units) for name, units in by_name.items()}
    across = {name: _findings_across(project, intake, name, catalogs[name], units) for name, units in by_name.items()}
    write_if_changed(report_path(project), "".join(_lines(project, reported, across, users)).encode())
    return Counter(engine_outcome(item.unit) for item in reported)


def findings_across(project: Project, catalogs: Catalogs) -> dict[CatalogName, dict[Unit, tuple[Finding, ...]]]:
    """Return what only shows where the units of a posting stand together."""
    return {
        name: project.checks.of(parse_locale(name.source), name.locale).findings_across(catalog.units)
        for name, catalog in catalogs.items()
    }


def report_path(project: Project) -> Path:
    """Where the report lies."""
    return project.build_dir / REPORT_FILE_NAME


def _users_of_shared(
    intake: Intake, name: CatalogName, entries: Entries, units: Iterable[Unit]
) -> Mapping[UnitKey, Sequence[str]]:
    """Return the postings that use a unit, of the units that may have more of them than a catalog names."""
    shared = {key_digest(unit.key): unit.key for unit in units if len(unit.references) >= MAX_REFERENCES}
    found: dict[UnitKey, list[str]] = {key: [] for key in shared.values()}
    for outline in _outlines(intake, name) if shared else ():
        for digest in outline.key_digests():
            key = shared.get(digest)
            if key is not None and not (
                outline.id in entries.narrowed and key_digest(key.narrowed(outline.id)) in entries.digests
            ):
                found[key].append(posting_reference(outline.id))
    return found


def _findings_across(
    project: Project, intake: Intake, name: CatalogName, entries: Entries, units: Iterable[Unit]
) -> Mapping[Unit, Sequence[Finding]]:
    """Return what is found of units only beside the others of their postings, of which it is written beside them."""
    postings = {reference for unit in units if ADDRESS in unit.findings for reference in unit.references}
    beside = {posting_of(reference) for reference in postings}
    keys = {
        key for outline in _outlines(intake, name) if beside and outline.id in beside for key in outline.key_digests()
    }
    keys.update(compress(entries.keys, marked(entries.rows, NARROW)) if beside else ())
    places = sorted(entries.positions[key] for key in keys if key in entries.positions)
    checker = project.checks.of(parse_locale(name.source), name.locale)
    return checker.findings_across([entries.unit_at(place) for place in places])


def _outlines(intake: Intake, name: CatalogName) -> Iterator[Outline]:
    """Yield the postings in short that bring segments to a catalog."""
    for outline in intake.outlines:
        if (
            outline.language is not None
            and source_language(outline.language) == name.source
            and outline.wants(name.locale)
        ):
            yield outline


def _lines(
    project: Project,
    reported: Collection[ReportedUnit],
    across: Mapping[CatalogName, Mapping[Unit, Sequence[Finding]]],
    users: Mapping[CatalogName, Mapping[UnitKey, Sequence[str]]],
) -> Iterator[str]:
    for item in project.progress.over("report", reported):
        unit = item.unit
        checker = project.checks.of(parse_locale(item.name.source), item.name.locale)
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
