"""Facts of real postings through bergamot: how many lines changed or lost one, as written and with facts carried.

Lines are the segments of real English and Portuguese postings that state an amount, a number, a date or a time in
figures, one engine call each; the postings' own countries and pay decide what a bare `$` and 03/04 are.
"""

import gzip
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from pipeline.intake.posting_file import PostingReader
from pipeline.intake.reading.headings import load_headings
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Rejection
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.fact_hints import fact_hints
from pipeline.translation.facts import FactHints, find_facts
from pipeline.translation.segmenter import Segmenter
from tests.bench.table import Found, Note, Row
from tests.projects import shared_data
from tests.translation.carrying import changed, translated, with_facts

WAYS = (("en", "pt_BR"), ("pt_BR", "en"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A segment that states something, and what its posting says of it."""

    text: str
    hints: FactHints


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A line, and what is changed or lost in its target: as written, with facts carried, with all of them hidden."""

    line: Line
    targets: Sequence[str]
    found: Sequence[list[str]]

    @property
    def best(self) -> list[str]:
        """Return what is lost where an answer that lost a fact is asked again with all facts hidden."""
        return min(self.found[1:], key=len)


def rows(most: int | None = None) -> Iterator[Found]:
    """Yield for each direction the share of lines with a changed fact, carried beside as written; of `most` lines."""
    engine = BergamotEngine(Segmenter())
    for source, target in WAYS:
        pair = parse_locale(source), parse_locale(target)
        lines = [line for line in real_lines(pair[0].language) if not unsafe(line, pair)][:most]
        results = measured(lines, pair, engine)
        raw, once, best = (
            100 * sum(map(bool, found)) / len(results)
            for found in zip(*((each.found[0], each.found[1], each.best) for each in results), strict=True)
        )
        what, size = f"facts {source}→{target}, lines with a changed or lost one", f"{len(lines):,} lines"
        yield Row(what=what, size=size, unit="%", ours=(best,), at_most=0)
        yield Row(what=what, size=size, unit="%", ours=(best,), peer=(raw,), against="as written")
        yield Note(what=f"facts {source}→{target}", text=f"{once:.1f} % at the first question")


def real_lines(language: str) -> list[Line]:
    """Return the segments of real postings in a language that state something."""
    segmenter = Segmenter()
    found: dict[str, Line] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "real.jsonl"
        file.write_bytes(gzip.decompress((shared_data() / "postings" / "real.jsonl.gz").read_bytes()))
        for posting in PostingReader(root=Path(folder), lexicon=load_headings()).read([file]):
            if isinstance(posting, Rejection) or posting.declared is None or posting.declared.language != language:
                continue
            hints = fact_hints([posting])
            keys = segmenter.segment(posting).keys()
            for text in with_facts((key.source for key in keys), language):
                found.setdefault(text, Line(text=text, hints=hints))
    return list(found.values())


def unsafe(line: Line, pair: tuple[Locale, Locale]) -> bool:
    """Tell whether nothing decides what a line says: it is shown as written."""
    return bool(find_facts(line.text, *pair, line.hints).unsafe)


def measured(lines: list[Line], pair: tuple[Locale, Locale], engine: BergamotEngine) -> list[Result]:
    """Return what became of each line in the three ways."""
    texts, hints = [line.text for line in lines], [line.hints for line in lines]
    targets = (
        translated(texts, pair, engine),
        translated(texts, pair, engine, hints),
        translated(texts, pair, engine, hints, hidden=True),
    )
    return [
        Result(line=line, targets=made, found=tuple(changed(line.text, each, pair, line.hints) for each in made))
        for line, *made in zip(lines, *targets, strict=True)
    ]
