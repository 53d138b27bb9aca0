"""`build/report.json` and `build/report.html`: what the last run that wrote something was like."""

import json
import platform
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

from babel import Locale

from pipeline import __version__
from pipeline.cli.progress import REPORT_NAME
from pipeline.cli.report import record_counts
from pipeline.cli.report_page import serialize_page
from pipeline.model.outcome import EngineUse, LocaleStatus, ReleaseChanges
from pipeline.storage.files import write_if_changed
from pipeline.workflow.build import Built
from pipeline.workflow.catalogs import Catalogs, Translated
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.releasing import Published
from pipeline.workflow.run_report import LocaleReport, RunReport, mean_risk
from pipeline.workflow.standing import count_units

PAGE_NAME = "report.html"


def write_built(project: Project, built: Built) -> None:
    """Write what a build was like."""
    locales = _published_locales(project, built.translated.catalogs, built.published)
    uses, changes = built.translated.uses, built.published.changes
    _write(project, "build", built.intake, locales, uses=uses, changes=changes)


def write_translated(project: Project, intake: Intake, translated: Translated) -> None:
    """Write what translating was like."""
    catalogs = translated.catalogs
    locales = {
        locale: LocaleReport(units=count_units(catalogs, locale), mean_risk=_mean_risk(catalogs, locale))
        for locale in project.settings.locales
    }
    _write(project, "translate", intake, locales, uses=translated.uses)


def write_published(project: Project, intake: Intake, catalogs: Catalogs, published: Published) -> None:
    """Write what publishing was like."""
    locales = _published_locales(project, catalogs, published)
    _write(project, "publish", intake, locales, changes=published.changes)


def _published_locales(project: Project, catalogs: Catalogs, published: Published) -> dict[Locale, LocaleReport]:
    found: dict[Locale, LocaleReport] = {}
    for locale in project.settings.locales:
        status = LocaleStatus(units=count_units(catalogs, locale), reasons=published.reasons[locale])
        found[locale] = LocaleReport(
            units=status.units,
            mean_risk=_mean_risk(catalogs, locale),
            status=status,
            announced=published.announced[locale],
            words_as_written=published.words_as_written[locale],
        )
    return found


def _mean_risk(catalogs: Catalogs, locale: Locale) -> float | None:
    risks = Counter[int]()
    for name, catalog in catalogs.items():
        if name.locale == locale:
            risks.update(catalog.risks)
    return mean_risk(risks)


def _write(
    project: Project,
    command: str,
    intake: Intake,
    locales: Mapping[Locale, LocaleReport],
    *,
    uses: tuple[EngineUse, ...] = (),
    changes: ReleaseChanges | None = None,
) -> None:
    report = RunReport(
        command=command,
        ended=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        as_of=project.as_of.isoformat() if project.as_of else None,
        versions={"polypost": __version__, "python": platform.python_version()},
        stages=project.progress.stages(),
        postings=record_counts(project, intake),
        locales=locales,
        uses=uses,
        changes=changes,
    )
    fields = report.fields()
    text = json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
    write_if_changed(project.build_dir / REPORT_NAME, text.encode(), lasting=False)
    write_if_changed(project.build_dir / PAGE_NAME, serialize_page(report).encode(), lasting=False)
