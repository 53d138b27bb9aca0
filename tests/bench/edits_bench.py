"""What edits cost a reviewer: a thousand edits of real postings that an engine translated and somebody accepted."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.model.locale import parse_locale
from pipeline.workflow.cataloging import translate
from pipeline.workflow.catalogs import CatalogName
from pipeline.workflow.reading import take_in
from tests.bench.table import Row
from tests.bench.yield_bench import WAYS, real_project
from tests.catalog.synthetic_edits import KINDS, Case, Tally, documents, judge, make_cases

EDITS = 1000
SEED = 17


def rows() -> Iterator[Row]:
    """Translate the real postings, edit them, and count what is proposed."""
    with tempfile.TemporaryDirectory() as folder:
        project = real_project(Path(folder))
        catalogs = translate(project, take_in(project)).catalogs
    cases: list[Case] = []
    for source, target in WAYS:
        units = catalogs[CatalogName(source, parse_locale(target))].units
        cases += make_cases(documents(units), parse_locale(source), parse_locale(target), EDITS // len(WAYS), SEED)
    yield from edits_rows(judge(cases))


def edits_rows(tally: Tally) -> Iterator[Row]:
    """Yield the share of edits with a right proposal, of all and of each kind, and how many went out unreviewed."""
    size = f"{tally.made.total():,} edits"
    yield Row(what="edits with the right proposal", size=size, unit="%", ours=(tally.share,), at_least=80)
    yield Row(what="edits published unreviewed", size=size, ours=(len(tally.unreviewed),), at_most=0)
    for kind in KINDS:
        share = 100 * tally.right[kind] / tally.made[kind]
        yield Row(what=f"right proposals: {kind}", size=f"{tally.made[kind]} edits", unit="%", ours=(share,))
