"""`polypost withhold`: a posting is taken out of a language version, at once and whatever the policy says."""

from datetime import UTC, datetime

import click
from babel import Locale

from pipeline.cli import options
from pipeline.cli.options import OF_RECORDS, options_used
from pipeline.workflow.decisions import person_here
from pipeline.workflow.project import Project
from pipeline.workflow.withholding import withheld_in, withhold_posting


@click.command()
@click.argument("posting")
@click.argument("locale", type=options.LocaleParam(), required=False)
@options.with_records
@click.option("--undo", is_flag=True, help="Take it in again.")
@click.option("--reason", default="", help="Why; it is kept with the decision.")
@click.option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
def withhold(project: Project, posting: str, locale: Locale | None, *, undo: bool, reason: str, dry_run: bool) -> None:
    """Take POSTING out of the version of LOCALE, or of all; the next build publishes without it.

    It counts as held, with the reason `withheld`, and not among the withdrawals that `publish.max_withdrawn` allows.
    """
    person = person_here(project.settings.root)
    done = withhold_posting(
        project, posting, locale, person=person, when=datetime.now(UTC), undo=undo, text=reason, dry_run=dry_run
    )
    place = str(locale) if locale else "every locale"
    what = "taken in again in" if undo else "withheld in"
    if not done:
        others = withheld_in(project, posting) if undo else ()
        more = f", but in {', '.join(others)}" if others else ""
        click.echo(f"{posting} is {'not' if undo else 'already'} withheld in {place}{more}")
        return
    click.echo(f"{posting} {'would be' if dry_run else 'is'} {what} {place}")
    click.echo(f"polypost build{options_used(*OF_RECORDS)} publishes that")
