"""Yield on real postings: what a default project publishes of them, and how much of that stands as written.

These figures are proxies. They count what comes out, not whether it is right: that is a translator's verdict.
"""

import gzip
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from pipeline.config import read_settings
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.publishing.versions.as_written import count_words
from pipeline.workflow.cataloging import translate
from pipeline.workflow.catalogs import Translated
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake, take_in
from pipeline.workflow.standing import decide_all
from tests.bench.table import Found, Note, Row
from tests.projects import shared_data, write_tree

WAYS = (("en", "pt_BR"), ("pt", "en"))
# What was published of the same postings by version 0.1.0, in the order of the ways.
FIRST_VERSION = (40.0, 25.0)
_CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings.jsonl"]
locales = ["en", "pt_BR"]

[publish]
policy = "machine"
"""
# These postings no route could bring into a locale, or they ask not to be there.
_NOT_TRANSLATABLE = frozenset(
    {
        Reason.SOURCE,
        Reason.HUMAN,
        Reason.NO_ROUTE,
        Reason.NOT_REQUESTED,
        Reason.UNDETERMINED,
        Reason.UNLISTED,
        Reason.EXPIRED,
    }
)


@dataclass(slots=True, kw_only=True)
class Yielded:
    """What became of the translatable postings of one way; `shown` are the words as written of all published ones."""

    translatable: int = 0
    published: int = 0
    whole: int = 0
    words: int = 0
    shown: int = 0

    def count(self, decision: Decision) -> None:
        """Add what was decided on one posting."""
        self.translatable += 1
        if decision.published:
            self.published += 1
            self.whole += not decision.as_written
            self.words += sum(count_words(unit.key.source) for unit in decision.units)
            self.shown += sum(count_words(unit.key.source) for unit in decision.as_written)


def rows() -> Iterator[Found]:
    """Build a project of all real postings with nothing but the policy configured, and count."""
    with tempfile.TemporaryDirectory() as folder:
        project = real_project(Path(folder))
        intake = take_in(project)
        translated = translate(project, intake)
        decisions = list(decide_all(project, intake, translated.catalogs))
    yield from yield_rows(decisions)
    yield from intake_rows(intake)
    yield Note(what="targets repaired, of all engines", text=_repairs(translated))


def real_project(folder: Path, most: int | None = None) -> Project:
    """Make a project of the real postings, or of the first of them."""
    packed = (shared_data() / "postings" / "real.jsonl.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()[:most]
    write_tree(folder, {"polypost.toml": _CONFIG, "postings.jsonl": "\n".join(lines) + "\n"})
    return Project(
        settings=read_settings(folder / "polypost.toml"),
        files=(folder / "postings.jsonl",),
        locales_dir=folder / "locales",
        build_dir=folder / "build",
        out=folder / "public",
    )


def yield_rows(decisions: Iterable[Decision]) -> Iterator[Row]:
    """Yield for each way the share that is published, the share of it that is whole, and the words as written."""
    counted = {(source, parse_locale(target)): Yielded() for source, target in WAYS}
    for decision in decisions:
        way = _way(decision)
        if way in counted and decision.reason not in _NOT_TRANSLATABLE:
            counted[way].count(decision)
    for ((source, locale), found), before in zip(counted.items(), FIRST_VERSION, strict=True):
        if not found.published:
            continue
        name = f"{source}→{locale}"
        share, whole = 100 * found.published / found.translatable, 100 * found.whole / found.translatable
        size = f"{found.translatable} translatable"
        yield Row(what=f"yield {name} (a proxy)", size=size, unit="%", ours=(share,), at_least=95)
        yield Row(
            what=f"yield {name} (a proxy)", size=size, unit="%", ours=(share,), peer=(before,), against="version 0.1.0"
        )
        yield Row(what=f"published whole {name} (a proxy)", size=size, unit="%", ours=(whole,), at_least=57)
        shown = 100 * found.shown / found.words
        size = f"{found.published} published"
        yield Row(what=f"words as written {name}", size=size, unit="%", ours=(shown,), at_most=5)


def intake_rows(intake: Intake) -> Iterator[Row]:
    """Yield how many records were rejected, and how many postings are in no language that could be told."""
    undetermined = sum(posting.language is None for posting in intake.read.postings)
    yield Row(what="real records rejected", ours=(float(len(intake.read.rejected)),))
    yield Row(what="real postings undetermined", ours=(float(undetermined),), at_most=0)


def _way(decision: Decision) -> tuple[str, Locale]:
    language = decision.segmented.posting.language
    return (language.language if language else "", decision.locale)


def _repairs(translated: Translated) -> str:
    repaired: Counter[str] = Counter()
    for use in translated.uses:
        repaired.update(use.repaired)
    asked = sum(use.segments for use in translated.uses)
    steps = ", ".join(f"{count} by {step} ({count / asked:.2%})" for step, count in repaired.most_common())
    return f"{asked} questions; {steps or 'none'}"
