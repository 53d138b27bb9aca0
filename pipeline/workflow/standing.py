"""How postings and locales stand: what is decided on postings, which units there are, how many are published.

Nothing is published here, so that a command that only asks loads no feeds and no pages: these take .1 s of CPU time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale

from pipeline.catalog import layout
from pipeline.model.outcome import Decision, LocaleStatus, Reasons
from pipeline.model.segment import SegmentedPosting
from pipeline.model.unit import Unit, UnitState
from pipeline.workflow.catalogs import Catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.rulings import LocaleDecisions


def decide_all(project: Project, intake: Intake, catalogs: Catalogs) -> Iterator[Decision]:
    """Decide on every posting in every configured locale, one locale after the other."""
    for locale in project.settings.locales:
        yield from decide_in(project, intake.segmented, catalogs, locale)


def decide_each(project: Project, intake: Intake, catalogs: Catalogs) -> Iterator[Decision]:
    """Make the same decisions one posting after the other, which takes less time and more memory."""
    locales = [LocaleDecisions(project, catalogs, locale) for locale in project.settings.locales]
    for item in intake.segmented:
        keys = item.keys()
        for locale in locales:
            yield locale.decide(item, keys)


def decide_in(
    project: Project, postings: Iterable[SegmentedPosting], catalogs: Catalogs, locale: Locale
) -> Iterator[Decision]:
    """Decide on postings in one locale."""
    return map(LocaleDecisions(project, catalogs, locale).decide, postings)


def decide_one(project: Project, segmented: SegmentedPosting, catalogs: Catalogs, locale: Locale) -> Decision:
    """Decide on one posting in one locale."""
    return next(decide_in(project, (segmented,), catalogs, locale))


def catalog_of(project: Project, decision: Decision) -> Path:
    """Return where the units of a posting in a locale are reviewed, as seen from the working folder."""
    language = decision.segmented.posting.language
    domain = layout.postings_domain(language) if language else layout.POSTINGS_PREFIX + "*"
    path = layout.catalog_path(project.locales_dir, decision.locale, domain)
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def summarize(project: Project, reasons: Reasons, catalogs: Catalogs) -> dict[Locale, LocaleStatus]:
    """Count units and postings per locale; expired and unlisted postings are neither published nor held."""
    if project.decisions.decisions.any_approved:
        return {
            locale: LocaleStatus.of(counts, _all_units(catalogs, locale), project.signed_off(locale))
            for locale, counts in reasons.items()
        }
    units = {locale: count_units(catalogs, locale) for locale in reasons}
    return {locale: LocaleStatus(units=units[locale], reasons=counts) for locale, counts in reasons.items()}


def count_units(catalogs: Catalogs, locale: Locale) -> dict[UnitState, int]:
    """Count the units of a locale in every state; none is parsed."""
    found = Counter[UnitState]()
    for name, catalog in catalogs.items():
        if name.locale == locale:
            found.update(catalog.states)
    return {state: found[state] for state in UnitState}


def _all_units(catalogs: Catalogs, locale: Locale) -> Iterable[Unit]:
    return (unit for name, catalog in catalogs.items() if name.locale == locale for unit in catalog.units)
