"""What each engine was asked, what became of it, and why a unit is held: a line a unit, made from the catalogs.

It is read off the catalogs and not off the run, so an unchanged run writes the same bytes.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog import layout
from pipeline.catalog.filling import asked_engine, engine_outcome
from pipeline.model.locale import parse_locale
from pipeline.model.unit import EngineOrigin, Unit
from pipeline.storage.files import write_if_changed
from pipeline.workflow.cataloging import CatalogName, Catalogs
from pipeline.workflow.project import Project

FILE_NAME = "translation-report.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedUnit:
    """A live unit that an engine was asked about, where it lies and who was asked."""

    name: CatalogName
    unit: Unit
    asked: EngineOrigin


def reported_units(catalogs: Catalogs) -> Iterator[ReportedUnit]:
    """Yield what engines were asked about, in the order of the catalogs."""
    for name, catalog in catalogs.items():
        for unit in catalog.units:
            asked = asked_engine(unit)
            if asked is not None and not unit.retired and not unit.by_rule:
                yield ReportedUnit(name=name, unit=unit, asked=asked)


def write_report(project: Project, catalogs: Catalogs) -> Counter[str]:
    """Write the report into `build/`; return how many units had each outcome."""
    reported = tuple(reported_units(catalogs))
    write_if_changed(report_path(project), "".join(_lines(project, reported)).encode())
    return Counter(engine_outcome(item.unit) for item in reported)


def report_path(project: Project) -> Path:
    """Where the report lies."""
    return project.build_dir / FILE_NAME


def _lines(project: Project, reported: Iterable[ReportedUnit]) -> Iterator[str]:
    for item in reported:
        unit = item.unit
        checker = project.checks.of(parse_locale(item.name.source), item.name.locale)
        details = {finding.check: finding for finding in checker.findings(unit)} if unit.findings else {}
        fields = {
            "locale": str(item.name.locale),
            "catalog": str(layout.catalog_path(Path(), item.name.locale, item.name.domain)),
            "postings": list(unit.references),
            "context": unit.key.context,
            "source": unit.key.source,
            "engine": item.asked.engine,
            "model": item.asked.model,
            "route": item.asked.route,
            "outcome": engine_outcome(unit),
            "target": unit.suggestion.target if unit.suggestion else unit.target,
            "findings": [
                {
                    "check": check,
                    "severity": details[check].severity.value if check in details else "error",
                    "detail": details[check].detail if check in details else "the engine's target was not kept",
                }
                for check in unit.findings
            ],
        }
        yield json.dumps(fields, ensure_ascii=False) + "\n"
