"""Programs of others that write a catalog anew: each takes where it lies and the template."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polib
from translate.convert.pot2po import convertpot

from tests.tools import require_tool


def _run(*command: str | Path) -> None:
    subprocess.run([require_tool(str(command[0])), *command[1:]], check=True, capture_output=True)


def msgmerge(catalog: Path, template: Path) -> None:
    _run("msgmerge", "--quiet", "--update", "--backup=off", catalog, template)


def msgmerge_previous(catalog: Path, template: Path) -> None:
    _run("msgmerge", "--quiet", "--previous", "--update", "--backup=off", catalog, template)


def babel(catalog: Path, template: Path) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "update", "-l", catalog.parts[-3]]
    subprocess.run([*command, "-i", template, "-o", catalog], check=True)


def pot2po(catalog: Path, template: Path) -> None:
    before = catalog.with_name("before.po")
    catalog.rename(before)
    with template.open("rb") as read, catalog.open("wb") as write, before.open("rb") as old:
        convertpot(read, write, old)
    before.unlink()


def msgcat(catalog: Path, _: Path) -> None:
    _run("msgcat", "--output-file", catalog, catalog)


def msgcat_sorted(catalog: Path, _: Path) -> None:
    _run("msgcat", "--sort-output", "--no-wrap", "--output-file", catalog, catalog)


def msgattrib(catalog: Path, _: Path) -> None:
    _run("msgattrib", "--clear-previous", "--sort-by-file", "--output-file", catalog, catalog)


def polib_save(catalog: Path, _: Path) -> None:
    found = polib.pofile(str(catalog))
    found.metadata["X-Generator"] = "Poedit 3.4.2"
    found.save()


def polib_merge(catalog: Path, template: Path) -> None:
    found = polib.pofile(str(catalog))
    found.merge(polib.pofile(str(template)))
    found.save()


def crlf(catalog: Path, _: Path) -> None:
    catalog.write_bytes(catalog.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def byte_order_mark(catalog: Path, _: Path) -> None:
    catalog.write_bytes(b"\xef\xbb\xbf" + catalog.read_bytes().removeprefix(b"\xef\xbb\xbf"))


Tool = Callable[[Path, Path], None]
MERGERS: tuple[Tool, ...] = (msgmerge, msgmerge_previous, babel, pot2po)
TOOLS = (*MERGERS, msgcat, msgcat_sorted, msgattrib, polib_save, polib_merge, crlf, byte_order_mark)
