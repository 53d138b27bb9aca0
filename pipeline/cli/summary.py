"""What `polypost status` prints: how far every locale is, and what to do next."""

from pipeline.cli import gates as gate
from pipeline.cli import report, status_views
from pipeline.workflow.catalogs import Catalogs, read_catalogs
from pipeline.workflow.effort import Effort
from pipeline.workflow.page_words import page_words_of
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings
from pipeline.workflow.rulings import Rulings, count_reasons
from pipeline.workflow.standing import decide_all, decide_each, summarize
from pipeline.workflow.waiting import LocaleWaiting


def print_standing(
    project: Project, *, held: bool, sentences: int, by: str, form: str, gates: tuple[gate.Gate, ...]
) -> None:
    """Read the project and print how it stands; end as its gates and rejected records say."""
    intake = read_postings(project)
    catalogs = read_catalogs(project, intake)
    rulings = Rulings(project, intake, catalogs, page_words_of(project))
    print_rulings(project, rulings, catalogs, held=held, sentences=sentences, by=by, form=form, gates=gates)


def print_rulings(  # noqa: PLR0913  the options of a command
    project: Project,
    rulings: Rulings,
    catalogs: Catalogs,
    *,
    held: bool,
    sentences: int,
    by: str,
    form: str,
    gates: tuple[gate.Gate, ...],
    counted: LocaleWaiting | None = None,
) -> None:
    """Print how a project stands of which every posting has been decided.

    What postings wait for may be `counted` already.
    """
    intake = rulings.intake
    waiting = counted or LocaleWaiting(project, sentences)
    effort = Effort(waiting)
    if by == "locale" and counted is None:
        waiting.count(rulings)
    elif by != "locale":
        for _ in effort.noted(decide_each(project, intake, catalogs)):
            pass
    locales = summarize(project, count_reasons(rulings), catalogs)
    if form == "json":
        fields = report.status_fields(project, intake, locales)
        report.print_json({**fields, **status_views.fields_by(by, effort, locales, held=held)})
    elif by != "locale" or form == "markdown":
        status_views.print_tables(by, effort, locales, held=held, markdown=form == "markdown")
    else:
        report.print_status(project, intake, locales)
        report.print_waiting(waiting)
        if held:
            report.print_held(project, decide_all(project, intake, catalogs))
    report.print_rejections(intake.read.rejected)
    gate.end_under(gates, {locale: found.units for locale, found in locales.items()})
    report.exit_after(intake.read.rejected)
