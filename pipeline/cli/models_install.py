"""`polypost models install`: models from files or from the Argos index."""

import os
from pathlib import Path
from typing import Any

import click
from babel import Locale

from pipeline.cli import options
from pipeline.cli.progress import terminal_downloads
from pipeline.config import Settings, read_settings
from pipeline.errors import UsageError
from pipeline.workflow import models as stock

config_file = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("polypost.toml"),
    help="The configuration; polypost.toml in this folder if not given.",
)


@click.command()
@click.argument("pair", nargs=-1, metavar="[FROM TO]", type=options.LocaleParam())
@click.option(
    "--from",
    "archives",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An .argosmodel file, in place of the index; can be repeated.",
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
@config_file
def install(pair: tuple[Locale, ...], archives: tuple[Path, ...], config: Path, **wanted: Any) -> None:
    """Install Argos packages and pin them in models.lock beside the configuration.

    FROM TO is fetched from the Argos index, in the version that is pinned if one is. Without it and without files,
    everything that models.lock pins is fetched.
    """
    by_index = bool(pair or wanted["through"] or wanted["upgrade"] or wanted["index"])
    if len(pair) not in {0, 2} or (by_index and archives) or (wanted["through"] and not pair):
        raise UsageError("name one pair or files: polypost models install en fr, or --from FILE.argosmodel")
    settings = read_settings(config)
    if not archives:
        _supply(settings, pair, **wanted)
    for package in stock.install_models(settings, archives, os.environ):
        click.echo(f"{package.source}→{package.target} {package.version} installed: {package.folder}")


def _supply(  # noqa: PLR0913  one parameter an option
    settings: Settings,
    pair: tuple[Locale, ...],
    *,
    through: Locale | None,
    upgrade: bool,
    index: str,
    timeout: float,
    attempts: int,
) -> None:
    # A command that fetches nothing is to load no network code.
    from pipeline.workflow.model_downloads import Supplier, patience_of, wishes_along  # noqa: PLC0415  only here

    supplier = Supplier(
        settings=settings,
        environ=os.environ,
        index=index,
        upgrade=upgrade,
        patience=patience_of(seconds=timeout, attempts=attempts),
        progress=terminal_downloads(),
    )
    languages = (pair[0], through, pair[1]) if pair and through else pair
    wishes = wishes_along(languages) if pair else supplier.pinned_wishes()
    if not wishes:
        raise UsageError("models.lock pins nothing yet; name a pair: polypost models install en fr")
    for supplied in supplier.supply(wishes):
        package, done = supplied.package, "installed" if supplied.fetched else "is installed already"
        click.echo(f"{package.source}→{package.target} {package.version} {done}: {package.folder}")
