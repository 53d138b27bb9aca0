"""The terminal: options in, report out; one file a command.

Here is what runs before anything else is imported, which takes longer than many a command: from its first line on a
command can be stopped, and what it prints can be cut off, without a traceback. `commands` lists the commands.
"""

import sys
from collections.abc import Sequence
from typing import NoReturn

from pipeline.cli.stopping import Stopping


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that the arguments name, by default those of this process, and end with its exit code."""
    stopping = Stopping()
    from pipeline.cli.streams import open_standard_streams  # noqa: PLC0415  from now on an import can be stopped

    open_standard_streams()
    from pipeline.cli.commands import run  # noqa: PLC0415  the long one

    sys.exit(stopping.run(lambda: run(arguments)))
