"""`polypost models`: the models that engines translate with."""

import os
from pathlib import Path

import click
from babel import Locale

from pipeline.cli import models_install, options, report
from pipeline.config import read_settings
from pipeline.workflow import models as stock


@click.group()
def models() -> None:
    """Install, list, verify or remove the models that engines translate with."""


models.add_command(models_install.install)


@models.command("list")
@models_install.config_file
@options.as_json
def list_(config: Path, *, as_json: bool) -> None:
    """List the installed packages that are used: what models.lock beside the configuration pins, else the newest."""
    found = stock.select_models(stock.lock_beside(config), os.environ)
    if as_json:
        rows = [(p.source, p.target, p.version, str(p.folder)) for p in found]
        report.print_json([dict(zip(("from", "to", "version", "folder"), row, strict=True)) for row in rows])
    elif found:
        report.print_table([(f"{p.source}→{p.target} {p.version}", str(p.folder)) for p in found])
    else:
        click.echo("no model is installed: polypost models install en fr, or --from FILE.argosmodel")


@models.command()
@models_install.config_file
def verify(config: Path) -> None:
    """Compare the installed packages with models.lock; ends with 1 if they differ."""
    findings = stock.verify_models(read_settings(config), os.environ)
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(findings)} differences")
    if findings:
        raise SystemExit(1)


@models.command()
@click.argument("source", metavar="FROM", type=options.LocaleParam())
@click.argument("target", metavar="TO", type=options.LocaleParam())
@models_install.config_file
def remove(source: Locale, target: Locale, config: Path) -> None:
    """Remove the packages of a pair from our own model folder, and from models.lock.

    What lies in Argos's own folder stays.
    """
    removed = stock.remove_models(read_settings(config), source, target, os.environ)
    for folder in removed:
        click.echo(f"removed: {folder}")
    click.echo(f"{source}→{target} is not pinned any more")
