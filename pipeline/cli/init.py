"""`polypost init`: a project begins; what is not given is asked for, on a terminal only."""

import logging
import shlex
import sys
from pathlib import Path
from typing import Any

import click
from babel import Locale

from pipeline.cli.serve import DEFAULT_PORT
from pipeline.config import CONFIG_NAME, address_fault
from pipeline.errors import LocaleError, UsageError
from pipeline.model.locale import parse_locale
from pipeline.workflow.beginning import (
    EXAMPLE,
    Answers,
    begin_project,
    look_for_postings,
    look_for_unread,
    suggested_locales,
)

_USUAL_POSTINGS = ("postings/*.txt", "postings/*.jsonl")
_THIS_MACHINE = f"http://127.0.0.1:{DEFAULT_PORT}/"


class AddressParam(click.ParamType[str]):
    """An address that paths can be added to."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse one that a configuration could not hold."""
        fault = address_fault(str(value))
        return self.fail(fault, param, ctx) if fault else str(value)


class LocalesParam(click.ParamType[tuple[Locale, ...]]):
    """Locales, parted by commas or spaces."""

    name = "locales"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Locale, ...]:
        """Read the locales; there has to be one."""
        try:
            found = (
                value if isinstance(value, tuple) else tuple(map(parse_locale, str(value).replace(",", " ").split()))
            )
        except LocaleError as error:
            self.fail(str(error), param, ctx)
        return found or self.fail("names no locale; write for example en,pt_BR", param, ctx)


class PatternsParam(click.ParamType[tuple[str, ...]]):
    """Names and patterns of files, parted by spaces, quoted as in a shell."""

    name = "patterns"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Split them; an address is none, though somebody may give one to this question."""
        patterns = value if isinstance(value, tuple) else tuple(shlex.split(str(value)))
        if address := next((pattern for pattern in patterns if "://" in pattern), None):
            self.fail(f"{address} is an address and no file; save what is there as a file", param, ctx)
        return patterns


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--base-url", type=AddressParam(), help="Where the site will be, as in https://jobs.your-company.com/.")
@click.option("--locales", type=LocalesParam(), help="The languages to publish in, as in en,pt_BR.")
@click.option("--postings", multiple=True, metavar="GLOB", help="The posting files; can be repeated.")
@click.option("--example", is_flag=True, help=f"Write an example of a posting, {EXAMPLE}, too.")
def init(folder: Path, *, example: bool, **options: Any) -> None:
    """Begin a project in FOLDER: write polypost.toml, a Makefile, a CI workflow, .gitignore and .gitattributes.

    What is not given as an option is asked for on a terminal. A file that is there already is kept as it is.
    """
    logging.getLogger().setLevel(logging.ERROR)  # what is odd about a posting is told by `inspect`
    if (folder / CONFIG_NAME).exists():
        _begin(folder, None, example=example)
        return
    found = look_for_postings(folder)
    for group in found:
        click.echo(f"found  {group}", err=True)
    for group in look_for_unread(folder):
        click.echo(f"not read  {group}; save them as HTML, text or a table", err=True)
    patterns = tuple(group.pattern for group in found) or _USUAL_POSTINGS
    locales = ",".join(suggested_locales(found))
    missing = [name for name in ("postings", "locales", "base_url") if not options[name]]
    if missing and not (sys.stdin.isatty() and sys.stderr.isatty()):
        guesses = {
            "postings": " ".join(f"--postings {shlex.quote(pattern)}" for pattern in patterns),
            "locales": f"--locales {locales}",
            "base_url": "--base-url https://jobs.your-company.com/",
        }
        suggested = " ".join(guesses[name] for name in missing)
        raise UsageError(
            f"there is no terminal to ask on; name what is missing, for example: polypost init {suggested}"
        )
    if missing and not found and not example and not options["postings"]:
        example = click.confirm(f"No posting is here. Write an example of one, {EXAMPLE}?", default=True, err=True)
    asked = {name: _ask(name, patterns, locales) for name in missing}
    _begin(folder, Answers(**{**options, **asked}), example=example)


def _ask(name: str, patterns: tuple[str, ...], locales: str) -> Any:
    if name == "postings":
        offered = (shlex.quote(pattern) if " " in pattern else pattern for pattern in patterns)
        return click.prompt("Posting files", " ".join(offered), type=PatternsParam(), err=True)
    if name == "locales":
        return click.prompt("Languages to publish in", locales, type=LocalesParam(), err=True)
    question = "Address of the site (as it stands: to look at it on this machine)"
    return click.prompt(question, _THIS_MACHINE, type=AddressParam(), err=True)


def _begin(folder: Path, answers: Answers | None, *, example: bool) -> None:
    begun = begin_project(folder, answers, example=example)
    for what, names in (("wrote", begun.written), ("kept ", begun.kept)):
        for name in names:
            click.echo(f"{what}  {folder / name}")
    here = folder == Path()
    config, out = (
        ("", "")
        if here
        else (f" --config {shlex.quote(str(folder / CONFIG_NAME))}", f" --out {shlex.quote(str(folder / 'public'))}")
    )
    click.echo(f"\nNext:\n  polypost build{config}\n  polypost serve{out}")
