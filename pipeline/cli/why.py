"""`polypost why`: why a posting is, or is not, in a language version."""

from functools import partial

import click
from babel import Locale

from pipeline.cli import options
from pipeline.cli.answers import remembered
from pipeline.workflow.run import Run


@click.command()
@click.argument("posting")
@click.argument("locale", type=options.LocaleParam())
@partial(options.with_records, opened=False)
@options.as_json
@remembered
def why(run: Run, *, posting: str, locale: Locale, as_json: bool) -> None:
    """Tell why POSTING is, or is not, in the version of LOCALE, and which units hold it.

    The sentences that are shown as written come first, then those that hold the posting, each with all other postings
    that wait for it.
    """
    from pipeline.cli import explaining
    from pipeline.workflow.project import Project

    explaining.explain_posting(Project.of(run), posting, locale, as_json=as_json)
