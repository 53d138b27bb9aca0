"""`polypost languages`: every language that something is known of, and what can be done in it."""

import click

from pipeline.cli import options, report
from pipeline.workflow.languages import list_languages


@click.command()
@options.as_json
def languages(*, as_json: bool) -> None:
    """Print every language with what can be done in it; what is not named is done in every language."""
    known = list_languages()
    if as_json:
        report.print_json({"languages": [{"language": code, "abilities": list(can)} for code, can in known.items()]})
        return
    for code, can in known.items():
        click.echo(f"{code:4} {', '.join(can)}")
