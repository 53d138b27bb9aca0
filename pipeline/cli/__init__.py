"""The terminal: options in, report out; one file a command."""

from typing import Any

import click

from pipeline import __version__
from pipeline.cli import (
    build,
    catalogs,
    check,
    detect,
    engines,
    glossary,
    inspect,
    languages,
    models,
    publish,
    serve,
    status,
    translate,
    why,
)
from pipeline.errors import PipelineError


class PipelineGroup(click.Group):
    """Prints a deliberate error, a line a mistake, and ends with its exit code; a bug keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except PipelineError as error:
            for mistake in str(error).splitlines():
                click.secho(f"error: {mistake}", err=True, fg="red")
            ctx.exit(error.exit_code)


@click.group(cls=PipelineGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="polypost")
def main() -> None:
    """Read job postings in any language, translate and review them, publish one version per language.

    Start with `polypost build`. Results go to standard output, progress and notes to standard error.

    Exit codes: 0 done; 1 a record was rejected, a check found an error, publishing stopped, or a file is damaged or
    cannot be written; 2 wrong usage or configuration, or a posting file that cannot be read; 3 an engine or model that
    was asked for by name is missing.
    """


for _command in (
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
    models.models,
    status.status,
    why.why,
    serve.serve,
):
    main.add_command(_command)
