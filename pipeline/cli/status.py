"""`polypost status`: how far every locale is."""

from functools import partial

import click

from pipeline.cli import gates as gate
from pipeline.cli import options
from pipeline.cli.answers import remembered
from pipeline.workflow.run import Run

# Of more no person would choose, and the choice takes time with their number.
MAX_SENTENCES = 100


@click.command()
@partial(options.with_project, opened=False)
@click.option("--held", is_flag=True, help="List every posting that is held, with its reason and findings.")
@click.option(
    "--sentences",
    type=click.IntRange(min=1, max=MAX_SENTENCES),
    default=6,
    show_default=True,
    help="Name at most so many sentences a locale for which the most postings wait.",
)
@click.option(
    "--by",
    type=click.Choice(("locale", "posting", "effort")),
    default="locale",
    show_default=True,
    help="Print a row a locale, what each posting waits for, or where an hour of work brings most.",
)
@click.option("--json", "form", flag_value="json", default="text", help="Print JSON on standard output.")
@click.option("--markdown", "form", flag_value="markdown", help="Print a table for a pull request or a job's summary.")
@gate.fail_under
@remembered
def status(run: Run, *, held: bool, sentences: int, by: str, form: str, gates: tuple[gate.Gate, ...]) -> None:
    """Print per locale how many postings are published and held, and how far the review is; writes nothing.

    Then the sentences to accept first: those that published postings show as written, and those that hold the others.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    # All of these take a second, which is too long for what was asked before.
    from pipeline.cli import report, status_views
    from pipeline.workflow import releasing
    from pipeline.workflow.cataloging import read_catalogs
    from pipeline.workflow.effort import Effort
    from pipeline.workflow.project import Project
    from pipeline.workflow.reading import read_postings
    from pipeline.workflow.rulings import Rulings, count_reasons
    from pipeline.workflow.waiting import LocaleWaiting

    project = Project.of(run)
    intake = read_postings(project)
    catalogs = read_catalogs(project, intake)
    rulings = Rulings(project, intake, catalogs, releasing.page_words_of(project))
    waiting = LocaleWaiting(project, sentences)
    effort = Effort(waiting)
    if by == "locale":
        waiting.count(rulings)
    else:
        for _ in effort.noted(releasing.decide_each(project, intake, catalogs)):
            pass
    locales = releasing.summarize(project, count_reasons(rulings), catalogs)
    if form == "json":
        fields = report.status_fields(project, intake, locales)
        report.print_json({**fields, **status_views.fields_by(by, effort, locales, held=held)})
    elif by != "locale" or form == "markdown":
        status_views.print_tables(by, effort, locales, held=held, markdown=form == "markdown")
    else:
        report.print_status(project, intake, locales)
        report.print_waiting(waiting)
        if held:
            report.print_held(project, releasing.decide_all(project, intake, catalogs))
    report.print_rejections(intake.read.rejected)
    gate.end_under(gates, {locale: found.units for locale, found in locales.items()})
    report.exit_after(intake.read.rejected)
