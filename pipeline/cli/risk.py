"""`polypost risk`: how likely translations are wrong."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import click

from pipeline.cli import options
from pipeline.errors import FileError, UsageError
from pipeline.model.locale import parse_locale
from pipeline.workflow.project import Project
from pipeline.workflow.risk_lines import Translation, find_risks

_FIELDS = ("source", "target", "source_locale", "locale")


@click.command()
@click.argument("file", type=click.File(encoding="utf-8-sig", errors="replace"), default="-")
@options.with_settings
@options.as_json
def risk(project: Project, *, file: TextIO, as_json: bool) -> None:
    """Read translations from FILE or standard input; print how likely each is wrong, 0 to 100.

    A line is a JSON object with source, target, source_locale, locale and, if known, context (title, heading or the
    kind of the section). With --json the same objects with their risk and the features that it is estimated from.
    """
    pairs = list(_objects(file))
    found = find_risks(project, [_translation(each, number) for number, each in pairs])
    for (_, each), (number, features) in zip(pairs, found, strict=True):
        if as_json:
            click.echo(json.dumps({**each, "risk": number, "features": features}, ensure_ascii=False))
        else:
            click.echo(f"{number:3}  {each['source']} → {each['target']}")


def _objects(lines: TextIO) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the object of each line that is not empty, with the number of the line."""
    for number, line in enumerate(_read(lines), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError as error:
            raise UsageError(f"line {number} is no JSON object: {error}") from error
        if not isinstance(found, dict):
            raise UsageError(f"line {number} is no JSON object")
        yield number, found


def _read(lines: TextIO) -> Iterable[str]:
    try:
        yield from lines
    except OSError as error:
        raise FileError(Path(lines.name), error.strerror or "cannot be read") from error


def _translation(pair: dict[str, object], number: int) -> Translation:
    texts = {name: pair.get(name, "" if name == "context" else None) for name in (*_FIELDS, "context")}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise UsageError(f"line {number}: {name} has to be a text; a line has {', '.join(_FIELDS)}")
    words = {name: str(text) for name, text in texts.items()}
    return Translation(
        source=words["source"],
        target=words["target"],
        source_locale=parse_locale(words["source_locale"]),
        locale=parse_locale(words["locale"]),
        context=words["context"],
    )
