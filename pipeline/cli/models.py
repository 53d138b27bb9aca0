"""`polypost models`: the models that engines translate with."""

import os
from pathlib import Path

import click
from babel import Locale

from pipeline.cli import options, report
from pipeline.cli.messages import set_up_messages
from pipeline.cli.progress import terminal_downloads
from pipeline.config import read_settings
from pipeline.errors import UsageError
from pipeline.workflow import models as stock

_config_file = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("polypost.toml"),
    help="The configuration; polypost.toml in this folder if not given.",
)


@click.group()
def models() -> None:
    """Install, list, verify or remove the models that engines translate with."""
    set_up_messages()


@models.command()
@click.argument("pair", nargs=-1, metavar="[FROM TO]", type=options.LocaleParam())
@click.option(
    "--from",
    "origins",
    multiple=True,
    metavar="FILE|DIR",
    type=click.Path(exists=True, path_type=Path),
    help="An .argosmodel file or a folder of Firefox models, in place of the index; can be repeated.",
)
@click.option("--through", type=options.LocaleParam(), help="Install FROM to this language and this language to TO.")
@click.option("--upgrade", is_flag=True, help="Take the newest package and pin it in place of the pinned one.")
@click.option("--index", default="", metavar="URL", help="The Argos index, in place of ARGOS_PACKAGE_INDEX.")
@click.option(
    "--timeout",
    default=30.0,
    metavar="SECONDS",
    type=click.FloatRange(min=0.1),
    help="How long to wait for the server; 30.",
)
@click.option(
    "--attempts",
    default=4,
    metavar="NUMBER",
    type=click.IntRange(min=1),
    help="How often to try what brings nothing new; 4.",
)
@_config_file
def install(  # noqa: PLR0913  one parameter an option
    pair: tuple[Locale, ...],
    origins: tuple[Path, ...],
    config: Path,
    *,
    through: Locale | None,
    index: str,
    timeout: float,
    attempts: int,
    upgrade: bool,
) -> None:
    """Install models and pin them in models.lock beside the configuration.

    FROM TO is fetched from the Argos index, in the version that is pinned if one is. Without it and without files,
    everything that models.lock pins is fetched. Of a folder of Firefox models all are installed, or that for FROM TO.
    """
    by_index = bool(through or upgrade or index or (pair and not all(map(Path.is_dir, origins))))
    if len(pair) not in {0, 2} or (by_index and origins) or (through and not pair):
        raise UsageError("name one pair or files: polypost models install en fr, or --from FILE.argosmodel")
    settings = read_settings(config)
    if origins:
        for package in stock.install_from(settings, origins, pair, os.environ):
            click.echo(f"{package.source}→{package.target} {package.version} installed: {package.folder}")
        return
    # A command that fetches nothing is to load no network code.
    from pipeline.workflow import model_downloads as downloads  # noqa: PLC0415  only here

    supplier = downloads.Supplier(
        settings=settings,
        environ=os.environ,
        index=index,
        upgrade=upgrade,
        policy=downloads.retry_policy(seconds=timeout, attempts=attempts),
        progress=terminal_downloads(),
    )
    languages = filter(None, (pair[0], through, pair[1])) if pair else ()
    for supplied in supplier.supply(downloads.requests_along(languages) or supplier.pinned_requests()):
        package, done = supplied.package, "installed" if supplied.fetched else "is installed already"
        click.echo(f"{package.source}→{package.target} {package.version} {done}: {package.folder}")


@models.command("list")
@_config_file
@options.as_json
def list_(config: Path, *, as_json: bool) -> None:
    """List the installed packages that are used: what models.lock beside the configuration pins, else the newest."""
    found = stock.select_models(stock.lock_beside(config), os.environ)
    if as_json:
        rows = [(p.engine, p.source, p.target, p.version, str(p.folder)) for p in found]
        report.print_json([dict(zip(("engine", "from", "to", "version", "folder"), row, strict=True)) for row in rows])
    elif found:
        report.print_table([(f"{p.source}→{p.target} {p.engine} {p.version}", str(p.folder)) for p in found])
    else:
        click.echo("no model is installed: polypost models install en fr, or --from FILE.argosmodel or a folder")


@models.command()
@_config_file
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
@_config_file
def remove(source: Locale, target: Locale, config: Path) -> None:
    """Remove the packages of a pair from our own model folder, and from models.lock.

    What lies in Argos's own folder stays.
    """
    removed = stock.remove_models(read_settings(config), source, target, os.environ)
    for folder in removed:
        click.echo(f"removed: {folder}")
    click.echo(f"{source}→{target} is not pinned any more")
