"""`polypost glossary`: the wordings that translations have to use."""

from pathlib import Path

import click
from babel import Locale

from pipeline.cli import options, report
from pipeline.errors import UsageError
from pipeline.model.finding import Severity
from pipeline.workflow import terminology as terms
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def glossary() -> None:
    """Check the glossary, or make one of ESCO occupation names or of a TBX file."""


@glossary.command()
@options.with_records
@options.as_json
def check(project: Project, *, as_json: bool) -> None:
    """Look for mistakes, duplicates, contradictions and terms that no posting uses; ends with 1 on a contradiction."""
    found = list(terms.check_glossary(project, read_postings(project)))
    if as_json:
        rows = [{"line": each.line or None, "severity": each.severity.value, "reason": each.reason} for each in found]
        report.print_json(rows)
    else:
        for each in found:
            place = f"{project.settings.glossary}:{each.line}" if each.line else str(project.settings.glossary)
            click.echo(f"{place}: {each.severity.value}: {each.reason}")
        click.echo(f"{_count(found, Severity.ERROR)} errors, {_count(found, Severity.WARNING)} warnings")
    if _count(found, Severity.ERROR):
        raise SystemExit(1)


@glossary.command("import")
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--from", "kind", type=click.Choice(("esco", "tbx")), required=True, help="What the files are.")
@click.option(
    "--source-language", type=options.LocaleParam(), help="The language of the first file, if not in its name."
)
@click.option("--locale", type=options.LocaleParam(), help="The locale of the second file, if not in its name.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("glossary.csv"), show_default=True)
@click.option("--force", is_flag=True, help="Replace a file that holds something else.")
def import_(
    files: tuple[Path, ...], *, kind: str, source_language: Locale | None, locale: Locale | None, out: Path, force: bool
) -> None:
    """Write a CSV glossary made of FILES: two ESCO occupation files, source language first, or one TBX file."""
    if len(files) != (2 if kind == "esco" else 1):
        raise UsageError("esco takes the file of the source language and that of the target; tbx takes one file")
    if out.exists() and not force:
        raise UsageError(f"{out} exists; name another file with --out, or replace it with --force")
    if kind == "esco":
        made = terms.import_occupations(files[0], files[1], source_language, locale, out)
        click.echo(f"{made.path}: {made.terms} terms of {made.joined} occupations; {made.alone} in one language only")
    else:
        made = terms.import_tbx(files[0], out)
        click.echo(f"{made.path}: {made.terms} terms")


def _count(found: list[terms.Trouble], severity: Severity) -> int:
    return sum(each.severity is severity for each in found)
