"""`polypost titles`: which occupation a title names, and what it is in another language."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click
from babel import Locale

from pipeline.cli import notes, options
from pipeline.errors import FileError
from pipeline.model.locale import to_tag
from pipeline.workflow.project import Project
from pipeline.workflow.title_look_up import TitleLookUp, look_up_titles

MAX_TOP = 100


@click.command()
@click.argument("file", type=click.File(encoding="utf-8-sig", errors="replace"), default="-")
@click.option("--to", "locale", type=options.LocaleParam(), required=True, help="The locale to say the titles in.")
@click.option(
    "--from",
    "language",
    type=options.LocaleParam(),
    help="The language of the titles; detected line by line if absent.",
)
@click.option(
    "--top", type=click.IntRange(1, MAX_TOP), default=None, help="Also print so many occupations, the nearest first."
)
@options.with_settings
@options.as_json
def titles(
    project: Project, *, file: TextIO, locale: Locale, language: Locale | None, top: int | None, as_json: bool
) -> None:
    """Read titles, one a line, from FILE or standard input; print the ESCO concept and the title in a locale.

    A target is marked as used where every word of the title is known, so that translations take it without an engine;
    else it is a suggestion. With --json as JSON Lines: query, language, concept, score (0 to 100), target, used.
    """
    notes.tell({"one_gender": notes.one_gender(project)})
    found = look_up_titles(project.settings, _lines(file), language, locale, top=top or 1)
    for each in found:
        click.echo(json.dumps(_fields(each, top), ensure_ascii=False) if as_json else _line(each, top))


def _lines(file: TextIO) -> Iterator[str]:
    try:
        yield from file
    except OSError as error:
        raise FileError(Path(file.name), error.strerror or "cannot be read") from error


def _fields(found: TitleLookUp, top: int | None) -> dict[str, object]:
    best = found.matches[0] if found.matches else None
    fields: dict[str, object] = {
        "query": found.query,
        "language": to_tag(found.language) if found.language else None,
        "concept": best.concept if best else None,
        "score": best.score if best else 0,
        "target": found.target,
        "used": found.used,
    }
    if top is not None:
        fields["candidates"] = [{"concept": match.concept, "score": match.score} for match in found.matches]
    return fields


def _line(found: TitleLookUp, top: int | None) -> str:
    mark = "used" if found.used else "suggested" if found.target else "unknown"
    lines = [f"{mark:9}  {found.query} → {found.target or '?'}"]
    lines += [f"           {match.score:3}  {match.concept}" for match in found.matches if top is not None]
    return "\n".join(lines)
