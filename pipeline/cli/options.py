"""Options that several commands share, and the project that they describe."""

import os
import shlex
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click
from babel import Locale

from pipeline.cli.messages import set_up_messages
from pipeline.cli.progress import run_stopwatch
from pipeline.config import CONFIG_NAME, KNOWN_ENGINES, KNOWN_FORMATS, Settings, read_settings
from pipeline.errors import LocaleError, UsageError
from pipeline.model.finding import CheckIds
from pipeline.model.locale import parse_locale
from pipeline.workflow.posting_files import files_in, find_posting_files, find_ways_to_read
from pipeline.workflow.run import Run

Command = Callable[..., Any]
_DEFAULT_CONFIG = Path(CONFIG_NAME)
# What a command has to be told to look at the same project.
OF_CATALOGS = ("config", "locales_dir")
OF_RECORDS = (*OF_CATALOGS, "build_dir", "out", "as_of")
OF_READING = ("postings", "format_name", "config")
OF_PROJECT = ("postings", "format_name", *OF_RECORDS)


class LocaleParam(click.ParamType[Locale]):
    """A locale in either spelling."""

    name = "locale"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Locale:
        """Read the locale."""
        try:
            return value if isinstance(value, Locale) else parse_locale(value)
        except LocaleError as error:
            self.fail(str(error), param, ctx)


class DateParam(click.ParamType[date]):
    """A day of the calendar."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day like 2026-11-01", param, ctx)


_folder = click.Path(file_okay=False, path_type=Path)
_config = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="The configuration; polypost.toml in this folder if not given.",
)
_verbose = click.option("-v", "--verbose", is_flag=True, help="Tell what is done, on standard error.")
_log_json = click.option(
    "--log-json", is_flag=True, help="Write notes, warnings and the end of each stage as JSON Lines on standard error."
)
_messages = (_verbose, _log_json)
_locales_dir = click.option("--locales-dir", type=_folder, help="Catalogs, in place of locales/.")
_build_dir = click.option("--build-dir", type=_folder, help="Working files, in place of build/.")
_out = click.option("--out", type=_folder, help="Output, in place of public/.")
_as_of = click.option(
    "--as-of",
    type=DateParam(),
    default=None,
    metavar="DATE",
    help="The day the run counts as; SOURCE_DATE_EPOCH if not given; never the clock.",
)
_files = click.argument("postings", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path))
_format = click.option(
    "--format",
    "format_name",
    type=click.Choice(KNOWN_FORMATS),
    default=None,
    help="Read the posting files as this format, in place of recognizing each by its content.",
)
asked_engines = click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice(KNOWN_ENGINES),
    help="Translate with this engine only, in place of the configured ones; can be repeated.",
)
locked = click.option(
    "--locked",
    is_flag=True,
    help="Translate with exactly the engines and models that models.lock pins; end with 3 if one is missing.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")


def form_of(*forms: str) -> Callable[[Command], Command]:
    """Give a command `--format`, text or one of `forms`, and `--json` for short; it gets the chosen one as `form`."""

    def decorate(command: Command) -> Command:
        def run(*arguments: Any, form: str | None, as_json: bool, **values: Any) -> Any:
            if as_json and form not in {None, "json"}:
                raise UsageError(f"--json and --format {form} are two forms; name one")
            return command(*arguments, form="json" if as_json else form or "text", **values)

        choice = click.option(
            "--format", "form", type=click.Choice(("text", *forms)), default=None, help="How to print; text."
        )
        return choice(as_json(update_wrapper(run, command)))

    return decorate


_allow_losses = click.option(
    "--allow-losses",
    is_flag=True,
    help="Go on although over a tenth of a catalog's reviewed units, or of the record, is gone since the last run.",
)
_all_notes = click.option(
    "--all-notes", is_flag=True, help="Repeat the notes of the last run, in place of how many they are."
)
allow_withdrawals = click.option(
    "--allow-withdrawals", is_flag=True, help="Let more postings vanish than publish.max_withdrawn allows."
)

allow_incomplete = click.option(
    "--allow-incomplete", is_flag=True, help="Begin a language version although our pages have no words in it."
)


def with_project(command: Command, *, opened: bool = True) -> Command:
    """Give a command the options that describe a project, and the project; posting files need all three folders.

    Not `opened`, the command gets only what the options say, so that it can answer before engines are loaded.
    """
    return _decorated(
        command, (_files, _format, _config, _locales_dir, _build_dir, _out, _as_of, *_messages), _project, opened=opened
    )


def with_run(command: Command, *, opened: bool = True) -> Command:
    """Give a command that writes what people write too the options of a project, and one to allow losses there."""
    folders = (_locales_dir, _build_dir, _out)
    shared = (_files, _format, _config, *folders, _as_of, _allow_losses, _all_notes, *_messages)
    return _decorated(command, shared, _project, opened=opened)


def with_catalogs(command: Command, *, opened: bool = True) -> Command:
    """Give a command that works on catalogs alone its options and the project."""
    return _decorated(command, (_config, _locales_dir, *_messages), _catalog_project, opened=opened)


def with_catalog_run(command: Command, *, opened: bool = True) -> Command:
    """Give a command that writes catalogs alone its options and the project."""
    return _decorated(command, (_config, _locales_dir, _allow_losses, *_messages), _catalog_project, opened=opened)


def with_records(command: Command, *, opened: bool = True) -> Command:
    """Give a command that looks at postings and catalogs its options and the project."""
    return _decorated(command, (_config, _locales_dir, _build_dir, _out, _as_of, *_messages), _project, opened=opened)


def with_reading(command: Command, *, opened: bool = True) -> Command:
    """Give a command that only reads postings its options and the project; posting files need no folders."""
    return _decorated(command, (_files, _format, _config, *_messages), _reading_project, opened=opened)


def with_record(command: Command) -> Command:
    """Give a command that needs no project the options of one, and the run that they describe, None without one."""
    return _decorated(command, (_config, _locales_dir, _as_of, *_messages), _record_run, opened=False)


def with_settings(command: Command, *, opened: bool = True) -> Command:
    """Give a command that needs no posting its options and the project; without a configuration, one that has none."""
    return _decorated(command, (_config, *_messages), _settings_project, opened=opened)


def options_used(*names: str) -> str:
    """Return those of the named options that this run was given, to be put behind a command that a hint names."""
    parameters = click.get_current_context().params
    words: list[str] = []
    for name in names:
        value = parameters.get(name)
        if isinstance(value, tuple):
            words += map(str, value)
        elif value is not None:
            words += ["--" + name.removesuffix("_name").replace("_", "-"), str(value)]
    return "".join(f" {shlex.quote(word)}" for word in words)


def _decorated(
    command: Command, shared: tuple[Command, ...], make: Callable[..., Run | None], *, opened: bool
) -> Command:
    """Give a command shared options; it gets the run that they describe, `opened` as a project or as it is."""
    names = {*OF_PROJECT, "allow_losses", "all_notes", "verbose", "log_json"}

    def run(**values: Any) -> Any:
        shared_values = {name: values.pop(name) for name in names & values.keys()}
        set_up_messages(verbose=shared_values.pop("verbose"), as_json=shared_values.pop("log_json"))
        described = make(**shared_values)
        return command(_opened(described) if opened else described, **values)

    wrapped: Command = update_wrapper(run, command)
    for option in reversed(shared):
        wrapped = option(wrapped)
    return wrapped


def _opened(run: Run | None) -> Any:
    from pipeline.workflow.project import Project  # noqa: PLC0415  takes longer than many a command

    return run and Project.of(run)


def _known_checks() -> CheckIds:
    from pipeline.workflow.checking import CHECK_IDS  # noqa: PLC0415  only for who configures checks

    return CHECK_IDS


def _project(  # noqa: PLR0913  the options of the command line
    postings: tuple[Path, ...] = (),
    config: Path | None = None,
    locales_dir: Path | None = None,
    build_dir: Path | None = None,
    out: Path | None = None,
    as_of: date | None = None,
    *,
    format_name: str | None = None,
    allow_losses: bool = False,
    all_notes: bool = False,
) -> Run:
    if postings and not (locales_dir and build_dir and out):
        raise UsageError(
            "posting files as arguments replace the configured ones, so --locales-dir, --build-dir and --out have to "
            "be given too: else a partial set would retire the rest"
        )
    settings = read_settings(config or _DEFAULT_CONFIG, _known_checks)
    files = files_in(postings) or find_posting_files(settings)
    return Run(
        settings=settings,
        files=files,
        read_as=find_ways_to_read(settings, files, format_name),
        locales_dir=locales_dir or settings.root / "locales",
        build_dir=build_dir or settings.root / "build",
        out=out or settings.root / "public",
        as_of=as_of or _source_date(),
        allow_losses=allow_losses,
        all_notes=all_notes,
        progress=run_stopwatch(build_dir or settings.root / "build"),
    )


def _catalog_project(config: Path | None, locales_dir: Path | None, *, allow_losses: bool = False) -> Run:
    settings = read_settings(config or _DEFAULT_CONFIG, _known_checks)
    return Run(
        settings=settings,
        files=(),
        locales_dir=locales_dir or settings.root / "locales",
        build_dir=settings.root / "build",
        out=settings.root / "public",
        allow_losses=allow_losses,
        progress=run_stopwatch(settings.root / "build"),
    )


def _record_run(config: Path | None, locales_dir: Path | None, as_of: date | None) -> Run | None:
    if config is not None:
        return _project(config=config, locales_dir=locales_dir, as_of=as_of)
    if locales_dir or as_of:
        raise UsageError("--locales-dir and --as-of say more of a project, so --config has to name it")
    return None


def _reading_project(postings: tuple[Path, ...], config: Path | None, *, format_name: str | None = None) -> Run:
    known = config is not None or _DEFAULT_CONFIG.exists() or not postings
    settings = read_settings(config or _DEFAULT_CONFIG, _known_checks) if known else Settings(root=Path.cwd())
    files = files_in(postings) or find_posting_files(settings)
    return Run(
        settings=settings,
        files=files,
        read_as=find_ways_to_read(settings, files, format_name),
        locales_dir=settings.root / "locales",
        build_dir=settings.root / "build",
        out=settings.root / "public",
        progress=run_stopwatch(settings.root / "build"),
    )


def _settings_project(config: Path | None) -> Run:
    known = config is not None or _DEFAULT_CONFIG.exists()
    settings = read_settings(config or _DEFAULT_CONFIG, _known_checks) if known else Settings(root=Path.cwd())
    root = settings.root
    return Run(settings=settings, files=(), locales_dir=root / "locales", build_dir=root / "build", out=root / "public")


def _source_date() -> date | None:
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text), tz=UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH is {text!r}, it has to be seconds since 1970") from error
