"""`polypost inspect`: how each posting was understood, field by field and block by block."""

from functools import partial

import click

from pipeline.cli import options
from pipeline.cli.answers import remembered
from pipeline.workflow.run import Run


@click.command()
@partial(options.with_reading, opened=False)
@options.as_json
@click.option("--plain", is_flag=True, help="Show only what an engine is asked in plainer words than the source.")
@remembered
def inspect(run: Run, *, as_json: bool, plain: bool) -> None:
    """Show how each posting was understood: its fields, its sections with their kind, its blocks in order.

    A kind of section is given by the posting, known by its heading, or guessed. What was not understood, guessed or
    left out stands below each posting. Texts are cut to the width of the terminal; --json prints them whole, as JSON
    Lines. Files can be looked at without a polypost.toml. With --plain each segment is shown that an engine is asked in
    plainer words, and those words.
    """
    from pipeline.cli import inspecting
    from pipeline.workflow.project import Project

    inspecting.print_postings(Project.of(run), as_json=as_json, plain=plain)
