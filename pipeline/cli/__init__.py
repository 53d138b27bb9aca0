"""The terminal: options in, report out; one file a command.

Here is what runs before anything else is imported, which takes longer than many a command: from its first line on a
command can be stopped, and what it prints can be cut off, without a traceback. `commands` lists the commands.
"""

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

from pipeline.cli.stopping import Stopping

# What a run reads it holds to its end: the collector would look at millions of objects again and again, for half of the
# time of reading 200,000 units. It still looks at new ones, in which garbage is, but not while modules are loaded: they
# make 100,000 objects, of which next to none is garbage.
COLLECTED_AFTER = (250_000, 20, 1000)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that the arguments name, by default those of this process, and end with its exit code."""
    gc.set_threshold(*COLLECTED_AFTER)
    stopping = Stopping()
    from pipeline.cli.streams import open_standard_streams  # noqa: PLC0415  from now on an import can be stopped

    open_standard_streams()
    from pipeline.cli.commands import run  # noqa: PLC0415  the long one

    code = stopping.run(lambda: run(arguments))
    gc.freeze()  # else the shutdown looks at millions of objects once more: .45 s of CPU time after 10,000 postings
    sys.exit(code)
