"""Our checks and pofilter's on the same pairs: how much damage each finds, how often each is wrong, how fast."""

import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from translate.filters.checks import CheckerConfig, StandardChecker
from translate.filters.decorators import Category
from translate.storage.po import pounit

from pipeline.model.finding import Finding
from tests.bench.table import Found, Row, tried
from tests.checks.clean import clean_pairs
from tests.checks.damaged import HARD, damaged_pairs
from tests.checks.sentences import NAMES, Pair, good_pairs
from tests.checks.verdicts import errors, findings

Judge = Callable[[Pair], set[str]]
_CHUNK = 500
_FAILURES = Path(__file__).parents[1] / "checks" / "engine_failures.toml"


def rows() -> Iterator[Found]:
    """Yield what was measured, ours, pofilter's and the ratio of the two."""
    for what, measure in _ROWS.items():
        yield from tried(f"checks: {what}", partial(_measured, measure))


def _measured(measure: Callable[[], Row]) -> Iterator[Row]:
    yield measure()


def _hard() -> list[Pair]:
    return [pair for pair in damaged_pairs() if pair.kind in HARD]


def _row(what: str, pairs: Sequence[Pair], ours: Judge, peers: Judge, at_least: float | None = None) -> Row:
    own, other = (100 * sum(bool(judge(pair)) for pair in pairs) / len(pairs) for judge in (ours, peers))
    size = f"{len(pairs):,} pairs"
    return Row(what=what, size=size, unit="%", ours=(own,), peer=(other,), against="pofilter", at_least=at_least)


def _speed_row(pairs: Sequence[Pair]) -> Row:
    _ours(pairs[0]), _peers(pairs[0])
    chunks = [pairs[start : start + _CHUNK] for start in range(0, len(pairs), _CHUNK)]
    own, other = zip(*((_speed(_ours, chunk), _speed(_peers, chunk)) for chunk in chunks), strict=True)
    size = f"{len(pairs):,} pairs"
    return Row(what="checks, units of one processor", size=size, unit="/s", ours=own, peer=other, against="pofilter")


def _speed(judge: Judge, pairs: Sequence[Pair]) -> float:
    """Return units a second of the processor: other programs' shares of a shared machine do not count."""
    started = time.process_time()
    for pair in pairs:
        judge(pair)
    return len(pairs) / (time.process_time() - started)


def _ours(pair: Pair) -> set[str]:
    return {finding.check for finding in _found(pair)}


def _our_errors(pair: Pair) -> set[str]:
    return errors(_found(pair))


def _found(pair: Pair) -> tuple[Finding, ...]:
    return findings(pair.source, pair.target, pair.locale, names=_names(), language=pair.language)


@cache
def _names() -> tuple[str, ...]:
    return (*NAMES, *_failure_table()["names"])


@cache
def _failure_table() -> Any:
    return tomllib.loads(_FAILURES.read_text(encoding="utf-8"))


def _peers(pair: Pair) -> set[str]:
    return set(_peer_failures(pair))


def _peers_grave(pair: Pair) -> set[str]:
    grave = {Category.CRITICAL, Category.FUNCTIONAL}
    return {name for name, category in _peer_failures(pair).items() if category in grave}


def _peer_failures(pair: Pair) -> dict[str, object]:
    unit = pounit(pair.source)
    unit.target = pair.target
    failures: Any = _checker(pair.locale).run_filters(unit, categorised=True)
    return {name: failure["category"] for name, failure in failures.items()}


def _ours_beyond(pair: Pair) -> set[str]:
    return _ours(pair) - _of_the_good(pair, _ours)


def _peers_beyond(pair: Pair) -> set[str]:
    return _peers(pair) - _of_the_good(pair, _peers)


@cache
def _of_the_good(pair: Pair, judge: Judge) -> frozenset[str]:
    """Return what is found in the translation before it was damaged, which is no find."""
    return frozenset(judge(_good()[pair.locale, pair.source]))


@cache
def _good() -> dict[tuple[str, str], Pair]:
    return {(pair.locale, pair.source): pair for pair in good_pairs()}


@cache
def _checker(locale: str) -> StandardChecker:
    return StandardChecker(CheckerConfig(targetlanguage=locale, notranslatewords=list(_names())))


def _failures() -> list[Pair]:
    return [
        Pair(
            language=failure["pair"].split("→")[0],
            locale=failure["pair"].split("→")[1],
            source=failure["source"],
            target=failure["target"],
            kind=failure["kind"],
        )
        for failure in _failure_table()["failure"]
    ]


_ROWS: Mapping[str, Callable[[], Row]] = {
    "damaged translations": lambda: _row(
        "checks: damaged translations found", damaged_pairs(), _ours_beyond, _peers_beyond, at_least=1
    ),
    "hard kinds of damage": lambda: _row(
        "checks: hard kinds of damage found", _hard(), _ours_beyond, _peers_beyond, at_least=1
    ),
    "failures of real engines": lambda: _row("checks: failures of real engines found", _failures(), _ours, _peers),
    "sound translations with an error": lambda: _row(
        "checks: sound translations with an error (of pofilter: critical or functional)",
        clean_pairs(),
        _our_errors,
        _peers_grave,
    ),
    "sound translations with any finding": lambda: _row(
        "checks: sound translations with any finding", clean_pairs(), _ours, _peers
    ),
    "units a second": lambda: _speed_row(clean_pairs()),
}
