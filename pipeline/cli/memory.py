"""`polypost memory`: what people have translated before, exchanged with other translation tools."""

from pathlib import Path

import click
from babel import Locale

from pipeline.cli import options, report
from pipeline.workflow import memory_exchange as exchange
from pipeline.workflow.project import Project

# Of what is wrong with a file so many are told; `--json` tells all.
_TOLD = 20


@click.group()
def memory() -> None:
    """Exchange translations with other tools, as TMX 1.4."""


@memory.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options.with_catalogs
@click.option(
    "--locale", "locales", multiple=True, type=options.LocaleParam(), help="Only this locale; can be repeated."
)
@click.option("--all", "unreviewed", is_flag=True, help="Targets that nobody has reviewed too, each with its state.")
def export(project: Project, *, file: Path, locales: tuple[Locale, ...], unreviewed: bool) -> None:
    """Write the reviewed translations of the postings into FILE, a TMX 1.4 document, obsolete ones too."""
    chosen = [project.configured_locale(locale) for locale in locales] or [*project.settings.locales]
    count = exchange.export_memory(project, file, chosen, unreviewed=unreviewed)
    click.echo(f"{file}: {count} units")


@memory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.with_catalog_run
@click.option("--dry-run", is_flag=True, help="Print what would be new and filled in; write nothing.")
@options.as_json
def import_(project: Project, *, file: Path, dry_run: bool, as_json: bool) -> None:
    """Keep the translations of FILE, a TMX document, and offer them: filled in where a source has none, to be reviewed.

    They stay in locales/memory, and new sentences find them as neighbours. Ends with 1 if a part cannot be read.
    """
    found = (exchange.preview_import if dry_run else exchange.import_memory)(project, file)
    if as_json:
        counts = {"units": found.units, "used": found.used, "new": found.new, "filled": found.filled}
        mistakes = [{"line": mistake.line, "reason": mistake.reason} for mistake in found.mistakes]
        report.print_json({**counts, "mistakes": mistakes})
    else:
        for mistake in found.mistakes[:_TOLD]:
            click.echo(f"{file}:{mistake.line}: {mistake.reason}", err=True)
        if len(found.mistakes) > _TOLD:
            click.echo(f"{file}: {len(found.mistakes) - _TOLD} more mistakes; --json tells all", err=True)
        click.echo(
            f"{file}: {found.units} units, {found.used} for configured locales, {found.new} new; "
            f"{found.filled} targets filled in, to be reviewed"
        )
    report.print_saved_meanwhile(project)
    if found.mistakes:
        raise SystemExit(1)
