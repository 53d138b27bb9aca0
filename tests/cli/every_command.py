"""Every command with arguments that it carries out in a small project."""

from collections.abc import Iterator, Mapping

import click

from pipeline.cli.commands import polypost
from tests.projects import CONFIG

POSTING = (
    "Language: en\nTitle: Night nurse\nLocation: Porto, PT\nDate-Posted: 2026-11-01\n\nWe look after forty patients.\n"
)
TERMS = "source_language,source,locale,target,rule\nen,night nurse,fr,infirmière de nuit,must\n"
RISK = '{"source": "Night nurse", "target": "Enfermeira", "source_locale": "en", "locale": "pt-BR"}\n'
SETTINGS = CONFIG.replace(', "postings/*.jsonl"', "")
FILES: Mapping[str, str] = {
    "polypost.toml": SETTINGS.replace("[translate]", '[translate]\nglossary = "t.csv"'),
    "postings/nurse.txt": POSTING,
    "t.csv": TERMS,
    "risk.jsonl": RISK,
    "memory.tmx": '<tmx version="1.4"><header srclang="en"/><body/></tmx>',
}
ARGUMENTS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("init",): (),
    ("build",): (),
    ("inspect",): ("--json",),
    ("detect",): ("--json",),
    ("translate",): (),
    ("publish",): ("--json",),
    ("catalogs", "update"): (),
    ("catalogs", "compile"): (),
    ("catalogs", "check"): (),
    ("catalogs", "stats"): ("--json",),
    ("catalogs", "clear"): ("--machine",),
    ("catalogs", "merge"): ("missing.po", "missing.po", "missing.po"),
    ("catalogs", "install-driver"): ("--dry-run",),
    ("catalogs", "resolve"): (),
    ("check",): ("--json",),
    ("forget",): ("--dry-run", "nobody"),
    ("engines",): ("--json",),
    ("languages",): ("--json",),
    ("glossary", "check"): ("--json",),
    ("glossary", "import"): ("--from", "tbx", "missing.tbx"),
    ("memory", "export"): ("memory.tmx",),
    ("memory", "import"): ("memory.tmx",),
    ("conflicts",): ("--json",),
    ("titles",): ("--to", "pt-BR", "--from", "en", "postings/nurse.txt"),
    ("risk",): ("--json", "risk.jsonl"),
    ("models", "install"): ("--from", "missing.argosmodel"),
    ("models", "list"): ("--json",),
    ("models", "verify"): (),
    ("models", "remove"): ("en", "fr"),
    ("status",): (),
    ("why",): ("nurse", "fr"),
    ("review", "list"): ("--json",),
    ("accept",): ("000000000000",),
    ("reject",): ("000000000000",),
    ("replace",): ("000000000000", "Enfermeira"),
    ("approve",): ("000000000000",),
    ("comment",): ("000000000000", "?"),
    ("assign",): ("000000000000", "--to", "Bea"),
    ("dismiss",): ("000000000000", "--finding", "numbers"),
    ("undo",): ("000000000000",),
    ("withhold",): ("nurse", "fr", "--dry-run"),
    ("verify",): ("public",),
    ("serve",): ("--port", "0"),
}
COMMANDS = tuple((*names, *arguments) for names, arguments in ARGUMENTS.items())


def names_of_commands(command: click.Command = polypost, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the names that lead to each command."""
    if not isinstance(command, click.Group):
        yield above
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        if below is not None:
            yield from names_of_commands(below, (*above, name))
