"""Merging catalogs beside msgmerge, both from files to a file; and the checks over a catalog, first and again."""

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.merge import merge_units
from pipeline.catalog.pairing import Incoming
from pipeline.catalog.po_file import Catalog, read_catalog, serialize_catalog, write_catalog
from pipeline.config import Settings
from pipeline.language.glossary import Glossary
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.workflow.checking import Checks
from tests.bench.table import Note, Row, tried
from tests.fixtures.argos.recipe import make_sentence

FRENCH = Locale("fr")
SMALL, EDITED, LARGE, EDITED_OF_LARGE, CHECKED = 3000, 300, 200_000, 500, 50_000
_SEED = 16


def rows() -> Iterator[Row | Note]:
    """Yield merges of two sizes and the checks."""
    yield from tried("catalogs: merge", lambda: [merge_row(SMALL, EDITED, rounds=3)])
    # With its search for similar sources msgmerge takes minutes.
    yield from tried("catalogs: merge", lambda: [merge_row(LARGE, EDITED_OF_LARGE, rounds=1, fuzzy=False)])
    yield from tried("catalogs: check", lambda: check_rows(CHECKED))


def merge_row(count: int, edited: int, *, rounds: int, fuzzy: bool = True) -> Row:
    """Merge a catalog with a template in which some sources were edited, by processor time."""
    units = made_units(count)
    every = count // edited
    arriving = [
        Incoming(key=_edited(unit.key) if number % every == 0 else unit.key, references=unit.references)
        for number, unit in enumerate(units)
    ]
    with TemporaryDirectory() as folder:
        catalog, template, merged = (Path(folder, name) for name in ("old.po", "new.pot", "merged.po"))
        write_catalog(catalog, Catalog(headers=layout.house_headers("en", FRENCH), units=units))
        write_catalog(template, layout.template("en", arriving))
        command = ["msgmerge", "--quiet", *([] if fuzzy else ["--no-fuzzy-matching"]), "--output-file"]
        command += map(str, (merged, catalog, template))
        peer = partial(subprocess.run, command, check=True)
        figures = [(_seconds(partial(_merge, catalog, template, merged)), _seconds(peer)) for _ in range(rounds)]
    own, other = zip(*figures, strict=True)
    how = "" if fuzzy else " without fuzzy matching"
    what = f"catalog of {count:,} units, {edited} edited, seconds to read, merge and write (peer: msgmerge{how})"
    return Row(what=what, ours=own, peer=other, wanted="≤ 1.5" if fuzzy else "")


def check_rows(count: int) -> Iterator[Row]:
    """Check the targets of a catalog, then again as the next run does."""
    units = made_units(count)
    with TemporaryDirectory() as folder:
        for what, wanted in (("first", ""), ("again", "≤ 10 s")):
            seconds = _seconds(partial(_check, units, Path(folder)))
            yield Row(what=f"checks of {count:,} units, {what}, seconds", ours=(seconds,), wanted=wanted)


def made_units(count: int) -> tuple[Unit, ...]:
    """Return units of sources that stand in no other, thirty a posting, with targets of nearly the same words."""
    chance = Random(_SEED)  # noqa: S311  sentences, not secrets
    sources = [f"{make_sentence(chance).rstrip('.')} at site {number}." for number in range(count)]
    return tuple(
        Unit(
            key=UnitKey("requirements", source),
            target=source.replace(" and ", " et ").replace(" at site ", " au site "),
            doubtful=number % 3 > 0,
            references=(f"postings/p-{number // 30}",),
        )
        for number, source in enumerate(sources)
    )


def _edited(key: UnitKey) -> UnitKey:
    return UnitKey(key.context, key.source.replace(" at site ", " now at site "))


def _merge(catalog: Path, template: Path, merged: Path) -> None:
    current, wanted = read_catalog(catalog), read_catalog(template)
    if current is not None and wanted is not None:
        arriving = [Incoming(key=unit.key, references=unit.references) for unit in wanted.units]
        units = merge_units(current.units, arriving)
        merged.write_text(serialize_catalog(replace(current, units=units)), encoding="utf-8")


def _check(units: Sequence[Unit], folder: Path) -> None:
    checks = Checks(Settings(root=folder), Glossary((), SimplemmaForms), build_dir=folder)
    checker = checks.of(Locale("en"), FRENCH)
    for unit in units:
        checker.findings(unit)
    checks.keep()


def _seconds(work: Callable[[], object]) -> float:
    """Return the seconds of a processor that work takes, in this process and in those that it starts."""
    before = time.process_time() + _of_children()
    work()
    return time.process_time() + _of_children() - before


def _of_children() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
