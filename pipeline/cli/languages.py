"""`polypost languages`: every language that something is known of, and what can be done in it."""

from dataclasses import asdict

import click

from pipeline.cli import options, report
from pipeline.workflow.languages import count_site_words, list_languages


@click.command()
@options.as_json
def languages(*, as_json: bool) -> None:
    """Print every language with what can be done in it; what is not named is done in every language.

    Then the locales that the words of our pages come in, with how many of them are drafts that no native has read.
    """
    known, words = list_languages(), count_site_words()
    if as_json:
        listed = [{"language": code, "abilities": list(can)} for code, can in known.items()]
        report.print_json({"languages": listed, "site": {str(locale): asdict(each) for locale, each in words.items()}})
        return
    for code, can in known.items():
        click.echo(f"{code:4} {', '.join(can)}")
    click.echo()
    rows = [(str(locale), str(each.words), str(each.drafts), str(each.missing)) for locale, each in words.items()]
    report.print_table([("site_words", "words", "drafts", "missing"), *rows])
