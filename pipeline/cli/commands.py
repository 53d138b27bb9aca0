"""The commands, each in a file of its own, and how one is run: what went wrong is told in a line a mistake."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli import (
    build,
    catalogs,
    check,
    detect,
    engines,
    glossary,
    init,
    inspect,
    languages,
    models,
    publish,
    serve,
    status,
    titles,
    translate,
    why,
)
from pipeline.cli.streams import READER_GONE, ReaderGone
from pipeline.config import CONFIG_NAME
from pipeline.errors import PipelineError, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="polypost")
@click.pass_context
def polypost(context: click.Context) -> None:
    """Read job postings in any language, translate and review them, publish one version per language.

    Start with `polypost init`, go on with `polypost build`. Results go to standard output, progress and notes to
    standard error.

    Exit codes: 0 done; 1 a record was rejected, a check found an error, publishing stopped, or a file is damaged or
    cannot be written; 2 wrong usage or configuration, or a posting file that cannot be read; 3 an engine or model that
    was asked for by name is missing; 130 stopped by Ctrl-C, 143 by SIGTERM, 141 the reader of the output is gone.
    """
    if context.invoked_subcommand is None:
        if not Path(CONFIG_NAME).exists():
            raise UsageError(
                f"no {CONFIG_NAME} here; `polypost init` begins a project, `polypost --help` lists the rest"
            )
        click.echo(context.get_help())
        context.exit(UsageError.exit_code)


for _command in (
    init.init,
    build.build,
    inspect.inspect,
    detect.detect,
    translate.translate,
    publish.publish,
    catalogs.catalogs,
    check.check,
    engines.engines,
    languages.languages,
    glossary.glossary,
    titles.titles,
    models.models,
    status.status,
    why.why,
    serve.serve,
):
    polypost.add_command(_command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, by default those of this process; return its exit code."""
    try:
        return _run(arguments)
    except ReaderGone:
        return READER_GONE


def _run(arguments: Sequence[str] | None) -> int:
    try:
        try:
            polypost.main(arguments)
        finally:
            sys.stdout.flush()  # else it would be done, and fail, when nothing can be told any more
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except PipelineError as error:
        for mistake in str(error).splitlines():
            click.secho(f"error: {mistake}", err=True, fg="red")
        return error.exit_code
