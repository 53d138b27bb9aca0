"""`polypost status`: how far every locale is."""

from functools import partial

import click

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
@options.as_json
@remembered
def status(run: Run, *, held: bool, sentences: int, as_json: bool) -> None:
    """Print per locale how many postings are published and held, and how far the review is; writes nothing.

    Then the sentences to accept first: those that published postings show as written, and those that hold the others.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    # All of these take a second, which is too long for what was asked before.
    from pipeline.cli import report
    from pipeline.workflow import releasing
    from pipeline.workflow.cataloging import read_catalogs
    from pipeline.workflow.project import Project
    from pipeline.workflow.reading import read_postings
    from pipeline.workflow.standing import Standings, count_reasons
    from pipeline.workflow.waiting import LocaleWaiting

    project = Project.of(run)
    intake = read_postings(project)
    catalogs = read_catalogs(project, intake)
    standings = Standings(project, intake, catalogs, releasing.page_words_of(project))
    waiting = LocaleWaiting(project, sentences)
    for _ in waiting.noted(releasing.decide_all(project, intake, catalogs)):
        pass
    reasons = count_reasons(standings)
    locales = releasing.summarize(reasons, catalogs)
    if as_json:
        report.print_json(report.status_fields(project, intake, locales))
    else:
        report.print_status(project, intake, locales)
        report.print_waiting(waiting)
    if held and not as_json:
        report.print_held(project, releasing.decide_all(project, intake, catalogs))
    report.print_rejections(intake.read.rejected)
    report.exit_after(intake.read.rejected)
