"""`polypost models`: the models that engines translate with."""

import os
from pathlib import Path

import click

from pipeline.cli import options, report
from pipeline.config import read_settings
from pipeline.errors import UsageError
from pipeline.workflow import models as stock

_config = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("polypost.toml"),
    help="The configuration; polypost.toml in this folder if not given.",
)


@click.group()
def models() -> None:
    """Install, list or verify the models that engines translate with."""


@models.command()
@click.argument("pair", nargs=-1, metavar="[FROM TO]")
@click.option(
    "--from",
    "archives",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An .argosmodel file; can be repeated.",
)
@_config
def install(pair: tuple[str, ...], archives: tuple[Path, ...], config: Path) -> None:
    """Install Argos packages and pin them in models.lock beside the configuration."""
    if pair or not archives:
        raise UsageError("this version installs from files only: polypost models install --from FILE.argosmodel")
    settings = read_settings(config)
    for package in stock.install_models(settings, archives, os.environ):
        click.echo(f"{package.source}→{package.target} {package.version} installed: {package.folder}")


@models.command("list")
@options.as_json
def list_(*, as_json: bool) -> None:
    """List the installed packages that are used, the newest of every pair."""
    found = stock.list_models(os.environ)
    if as_json:
        rows = [(p.source, p.target, p.version, str(p.folder)) for p in found]
        report.print_json([dict(zip(("from", "to", "version", "folder"), row, strict=True)) for row in rows])
    elif found:
        report.print_table([(f"{p.source}→{p.target} {p.version}", str(p.folder)) for p in found])
    else:
        click.echo("no model is installed: polypost models install --from FILE.argosmodel")


@models.command()
@_config
def verify(config: Path) -> None:
    """Compare the installed packages with models.lock; ends with 1 if they differ."""
    findings = stock.verify_models(read_settings(config), os.environ)
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(findings)} differences")
    if findings:
        raise SystemExit(1)
