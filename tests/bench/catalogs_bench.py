"""Catalogs at size: merging beside msgmerge, large ones within a time and a memory, and the checks over them.

Every merge runs in a process of its own, from files to a file: its seconds are those of reading, merging and writing
alone, its memory is that of the whole process. `python -m tests.bench.catalogs_bench CATALOG TEMPLATE MERGED` is one.
"""

import gc
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.incoming import Incoming
from pipeline.catalog.merge import merge_units
from pipeline.catalog.po_file import Catalog, read_catalog, serialize_catalog, write_catalog
from pipeline.cli import COLLECTED_AFTER
from pipeline.config import Settings
from pipeline.language.glossary import Glossary
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.workflow.checking import Checks
from tests.bench.cost import cost_of, cost_of_program
from tests.bench.table import Found, Row, tried
from tests.fixtures.argos.recipe import make_sentence
from tests.projects import write_tree
from tests.tools import require_tool

FRENCH = Locale("fr")
SMALL, EDITED, LARGE, EDITED_OF_LARGE, CHECKED = 3_000, 300, 200_000, 500, 50_000
ROUNDS = 3
_SEED = 16
_A_POSTING = 30
_CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings.jsonl"]
locales = ["fr"]
[translate]
engines = []
"""


def rows() -> Iterator[Found]:
    """Yield merges of two sizes, the command, and the checks."""
    yield from tried("catalogs, merge", lambda: merge_rows(SMALL, EDITED))
    for edited, limit in ((0, 8), (EDITED_OF_LARGE, 20)):
        yield from tried("catalogs, large ones", partial(large_rows, LARGE, edited, limit))
    yield from tried("catalogs, check", lambda: check_rows(CHECKED))


def merge_rows(count: int, edited: int, rounds: int = ROUNDS) -> Iterator[Row]:
    """Merge a catalog with a template in which some sources were edited; then the same by the command."""
    with TemporaryDirectory(prefix="polypost-catalogs-") as folder:
        files = write_files(Path(folder), count, edited)
        command = (require_tool("msgmerge"), "--quiet", "--output-file", *map(str, (files[2], files[0], files[1])))
        figures = [(merged(files)[0], cost_of_program(*command).quiet_seconds) for _ in range(rounds)]
        own, other = zip(*figures, strict=True)
        size = f"{count:,} units, {edited} edited"
        what = "catalog read, merged and written"
        yield Row(what=what, size=size, unit="s", ours=own, peer=other, against="msgmerge", at_most=1.5)
        taken = update_seconds(Path(folder) / "project", count, edited)
        yield Row(what="catalogs update, beyond the merge", size=size, unit="s", ours=(taken - min(own),), at_most=1)


def large_rows(count: int, edited: int, limit: float) -> Iterator[Row]:
    """Merge a large catalog; msgmerge takes minutes with its search for similar sources, so it is no peer."""
    with TemporaryDirectory(prefix="polypost-catalogs-") as folder:
        taken, megabytes = merged(write_files(Path(folder), count, edited))
    what, size = "catalog read, merged and written", f"{count:,} units, {edited} edited"
    yield Row(what=what, size=size, unit="s", ours=(taken,), at_most=limit)
    yield Row(what=f"{what}, peak memory", size=size, unit="MB", ours=(megabytes,), at_most=1024)


def check_rows(count: int) -> Iterator[Row]:
    """Check the targets of a catalog, then again as the next run does."""
    gc.set_threshold(*COLLECTED_AFTER)  # as in every command; each section of the bench has a process of its own
    units = made_units(count)
    with TemporaryDirectory(prefix="polypost-catalogs-") as folder:
        for what in ("the first time", "again"):
            started = time.process_time()
            _check(units, Path(folder))
            taken = time.process_time() - started
            yield Row(what=f"checks of a catalog, {what}", size=f"{count:,} units", unit="s", ours=(taken,), at_most=10)


def write_files(folder: Path, count: int, edited: int) -> tuple[Path, Path, Path]:
    """Write a catalog, a template of which some sources were edited, and name the file to merge into."""
    units = made_units(count)
    arriving = [
        Incoming(key=key, references=unit.references) for key, unit in zip(_keys(units, edited), units, strict=True)
    ]
    catalog, template, merged_file = (folder / name for name in ("old.po", "new.pot", "merged.po"))
    write_catalog(catalog, Catalog(headers=layout.house_headers("en", FRENCH), units=units))
    write_catalog(template, layout.template("en", arriving))
    return catalog, template, merged_file


def merged(files: Sequence[Path]) -> tuple[float, float]:
    """Merge in a process of its own; return the seconds of the merge and the most megabytes of the process."""
    cost = cost_of("-m", "tests.bench.catalogs_bench", *map(str, files))
    return float(json.loads(cost.output)), cost.megabytes


def update_seconds(project: Path, count: int, edited: int) -> float:
    """Return what `catalogs update` takes where a catalog of so many units meets postings of which some were edited."""
    units = made_units(count)
    catalog = project / "locales/fr/LC_MESSAGES/postings.en.po"
    write_tree(project, {"polypost.toml": _CONFIG, "postings.jsonl": _postings([unit.key for unit in units])})
    cost_of("-m", "pipeline", "catalogs", "update", cwd=project)
    made, targets = read_catalog(catalog), {unit.key.source: unit.target for unit in units}
    assert made is not None
    translated = tuple(replace(unit, target=targets.get(unit.key.source, "")) for unit in made.units)
    assert sum(unit.translated for unit in translated) == count
    write_catalog(catalog, replace(made, units=translated))
    cost_of("-m", "pipeline", "catalogs", "update", cwd=project)
    write_tree(project, {"postings.jsonl": _postings(_keys(units, edited))})
    return cost_of("-m", "pipeline", "catalogs", "update", cwd=project).quiet_seconds


def made_units(count: int) -> tuple[Unit, ...]:
    """Return units of sources that stand in no other, thirty a posting, with targets of nearly the same words."""
    chance = Random(_SEED)  # noqa: S311  sentences, not secrets
    sources = [f"{make_sentence(chance).rstrip('.')} at site {number}." for number in range(count)]
    return tuple(
        Unit(
            key=UnitKey("requirements", source),
            target=source.replace(" and ", " et ").replace(" at site ", " au site "),
            doubtful=number % 3 > 0,
            references=(f"postings/p-{number // _A_POSTING}",),
        )
        for number, source in enumerate(sources)
    )


def _keys(units: Sequence[Unit], edited: int) -> list[UnitKey]:
    every = len(units) // edited if edited else 0
    return [
        UnitKey(unit.key.context, unit.key.source.replace(" at site ", " now at site "))
        if every and number % every == 0
        else unit.key
        for number, unit in enumerate(units)
    ]


def _postings(keys: Sequence[UnitKey]) -> str:
    """Return the postings whose requirements are these sources."""
    lines = []
    for start in range(0, len(keys), _A_POSTING):
        items = [{"item": key.source} for key in keys[start : start + _A_POSTING]]
        section = {"kind": "requirements", "heading": "Requirements", "blocks": items}
        posting = {"id": f"p-{start // _A_POSTING}", "title": "Nurse", "language": "en", "sections": [section]}
        lines.append(json.dumps(posting))
    return "\n".join(lines) + "\n"


def _merge(catalog: Path, template: Path, merged_file: Path) -> None:
    current, wanted = read_catalog(catalog), read_catalog(template)
    if current is not None and wanted is not None:
        arriving = [Incoming(key=unit.key, references=unit.references) for unit in wanted.units]
        units = merge_units(current.units, arriving)
        merged_file.write_text(serialize_catalog(replace(current, units=units)), encoding="utf-8")


def _check(units: Sequence[Unit], folder: Path) -> None:
    checks = Checks(Settings(root=folder), Glossary((), SimplemmaForms), build_dir=folder)
    checker = checks.of(Locale("en"), FRENCH)
    for unit in checker.ahead(units):
        checker.findings(unit)
    checks.keep()


if __name__ == "__main__":
    gc.set_threshold(*COLLECTED_AFTER)  # as in every command
    started = time.process_time()  # it waits for nobody but for others on the machine
    _merge(*map(Path, sys.argv[1:]))
    print(time.process_time() - started)  # noqa: T201
