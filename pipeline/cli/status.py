"""`polypost status`: how far every locale is."""

from functools import partial
from typing import Any

import click

from pipeline.cli import gates as gate
from pipeline.cli import options
from pipeline.cli.answers import remembered
from pipeline.workflow.run import Run

# Of more no person would choose, and the choice takes time with their number.
MAX_SENTENCES = 100
SENTENCES = 6
# What is asked where nothing is said, in both forms: a build answers that for the next one who asks.
USUAL: tuple[dict[str, Any], ...] = tuple(
    {"held": False, "sentences": SENTENCES, "by": "locale", "form": form, "gates": ()} for form in ("text", "json")
)


@click.command()
@partial(options.with_project, opened=False)
@click.option("--held", is_flag=True, help="List every posting that is held, with its reason and findings.")
@click.option(
    "--sentences",
    type=click.IntRange(min=1, max=MAX_SENTENCES),
    default=SENTENCES,
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
    # All of it takes a second, which is too long for what was asked before, or what a build has answered.
    from pipeline.cli import summary
    from pipeline.workflow.project import Project

    summary.print_standing(Project.of(run), held=held, sentences=sentences, by=by, form=form, gates=gates)
