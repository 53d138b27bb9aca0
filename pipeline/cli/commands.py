"""The commands, each in a file of its own, and how one is run: what went wrong is told in a line a mistake."""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli import messages
from pipeline.cli.streams import READER_GONE, ReaderGone
from pipeline.config import CONFIG_NAME
from pipeline.errors import PipelineError, UsageError

# What `polypost --help` says of each, in its order; the module of the same name is loaded when the command is run.
_COMMANDS = {
    "init": "Begin a project in a folder.",
    "build": "Read the postings, translate them, publish every language version.",
    "inspect": "Show how each posting was understood.",
    "detect": "Print the language of every posting and why.",
    "translate": "Update the catalogs and translate what has no target yet.",
    "publish": "Publish from the catalogs as they are.",
    "catalogs": "Update, compile, check, count or clear the gettext catalogs.",
    "check": "Run every check over the targets in the catalogs.",
    "forget": "Take the name of a person from what they decided.",
    "engines": "Print the installed engines and the pairs that they reach.",
    "languages": "Print every language with what can be done in it.",
    "glossary": "Check the glossary, or make one of another file.",
    "memory": "Exchange translations with other tools, as TMX.",
    "conflicts": "List equal sources with different targets, and terms with different renderings.",
    "titles": "Find the occupations that titles name, and their targets.",
    "risk": "Print how likely translations are wrong.",
    "models": "Install, list, verify or remove the models of engines.",
    "status": "Print how many postings are published and held, and what to review first.",
    "why": "Tell why a posting is, or is not, in a language version.",
    "review": "List what is to be reviewed, the most urgent first.",
    "accept": "Accept targets: reviewed, and published as such.",
    "reject": "Empty targets; what an engine offered there is not offered again.",
    "replace": "Put another target in, reviewed.",
    "approve": "Sign reviewed targets off.",
    "comment": "Say something of a target.",
    "assign": "Ask somebody to look at targets.",
    "dismiss": "Silence what a check finds in targets.",
    "undo": "Take back what you did last to units.",
    "withhold": "Take a posting out of one or all language versions.",
    "verify": "Prove a published folder: whole, consistent, and all of it from the catalogs.",
    "serve": "Show the output in a browser, on this machine only.",
}

# What people say of units stands together in one module.
_DECIDING = frozenset({"accept", "reject", "replace", "approve", "comment", "assign", "dismiss", "undo"})


class _Commands(click.Group):
    """The commands, none of which is loaded before it is asked for: together they take a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's own signature
        """Return their names in the order of a day's work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's own
        """Load a command; None if there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module = "deciding" if cmd_name in _DECIDING else cmd_name
        found: click.Command = getattr(import_module(f"pipeline.cli.{module}"), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's own
        """Write the list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="polypost")
@click.pass_context
def polypost(context: click.Context) -> None:
    """Read job postings in any language, translate and review them, publish one version per language.

    Start with `polypost init`, go on with `polypost build`. Results go to standard output, progress and notes to
    standard error.

    Exit codes: 0 done; 1 a record was rejected, a check found an error, a gate was missed, publishing stopped, or a
    file is damaged or cannot be written; 2 wrong usage or configuration, or a posting file that cannot be read; 3 an
    engine or model that was asked for by name is missing; 130 stopped by Ctrl-C, 143 by SIGTERM, 141 the reader of the
    output is gone.
    """
    if context.invoked_subcommand is None:
        if not Path(CONFIG_NAME).exists():
            raise UsageError(
                f"no {CONFIG_NAME} here; `polypost init` begins a project, `polypost --help` lists the rest"
            )
        click.echo(context.get_help())
        context.exit(UsageError.exit_code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, by default those of this process; return its exit code."""
    messages.set_up_messages()  # until a command has read its options
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
            messages.error(mistake)
        return error.exit_code
