"""What the checks find and what they report falsely: planted faults, people's translations, engines' with verdicts.

`make bench` prints all of it. To steer by while checks are written:

    python -m tests.bench.evidence_bench --short                     a small sample, some seconds
    python -m tests.bench.evidence_bench --without dates,currency    what is lost and gained without some checks
    python -m tests.bench.evidence_bench --kinds                     every kind of fault in every direction
    python -m tests.bench.evidence_bench --missed negation           the faults of a kind that nothing reports
    python -m tests.bench.evidence_bench --false numbers             the sound translations that a check reports
    python -m tests.bench.evidence_bench --json                      all figures, for programs

The sentences of the hold-out are never printed, only their figures: they are to stay unknown to whoever writes checks.
"""

import argparse
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from tests.bench.table import Found, Missing, Note, Row, columns
from tests.evidence.measure import (
    HELD_OUT,
    PLANTED,
    SHORT,
    SOUND,
    VERDICTS,
    Evidence,
    Extent,
    Outcome,
    Share,
    alone,
    gather,
    of_group,
    share,
    share_of_check,
    split,
)
from tests.evidence.verdicts import CHECKS, details, microseconds

TIMED = 600  # pairs on which each check is timed alone
SHOWN = 60
FOUND, FALSE = 85, 1  # percent: found at least, reported falsely at most
MICROSECONDS = 250  # at most, all checks of a pair


def rows() -> Iterator[Found]:
    """Yield the totals as rows, and the tables by kind, by set and by check as notes."""
    evidence = gather(Extent())
    yield from totals(evidence)
    times = times_of(evidence)
    if times:
        yield Row(what="checks, all of a pair", unit="µs", ours=(times[""],), at_most=MICROSECONDS)
    for title, table in tables(evidence, times):
        yield Note(what=title, text=f"\n{columns(table)}\n")


def totals(evidence: Evidence, without: Collection[str] = ()) -> Iterator[Found]:
    """Yield what there is to be reached."""
    for group in PLANTED:
        found = share(of_group(evidence.planted, group), without)
        if found.of:
            what, size = f"checks: faults planted in {NAMES[group]}", f"{found.of:,} faults"
            yield Row(what=f"{what}, found", size=size, unit="%", ours=(found.percent_any,), at_least=FOUND)
            yield Row(what=f"{what}, found as errors", size=size, unit="%", ours=(found.percent_errors,))
    for group in SOUND:
        false = share(of_group(evidence.sound, group), without)
        if false.of:
            what, size = f"checks: sound translations, {NAMES[group]}", f"{false.of:,} pairs"
            yield Row(what=f"{what}, with an error", size=size, unit="%", ours=(false.percent_errors,), at_most=FALSE)
            yield Row(what=f"{what}, with any finding", size=size, unit="%", ours=(false.percent_any,))
    for what, need in evidence.needs.items():
        yield Missing(what=f"checks, {what}", need=need)


NAMES = {
    "base": "our sentences",
    "holdout": "the hold-out",
    "in_people": "people's translations",
    "people": "Debian's catalogs",
    "own": "our reviewed catalogs",
}

Table = Sequence[Sequence[str]]


def tables(evidence: Evidence, times: dict[str, float], without: Collection[str] = ()) -> Iterator[tuple[str, Table]]:
    """Yield every table with its title; `without` some checks."""
    yield "planted faults found, % (error, any)", list(kind_table(evidence, without))
    yield "sound translations by language, per 1,000 (error, any)", list(sound_table(evidence, without))
    if evidence.judged:
        yield "judged segments, % (error, any)", list(judged_table(evidence, without))
    yield "by check", list(check_table(evidence, times))
    yield "checks that report on nothing", [[", ".join(evidence.silent()) or "none"]]


def kind_table(evidence: Evidence, without: Collection[str] = ()) -> Iterator[Sequence[str]]:
    """Yield a row a kind of fault: in our sentences, in the hold-out and in people's translations."""
    yield "kind", "of each", *(f"{NAMES[group]} {part}" for group in PLANTED for part in ("error", "any"))
    by_group = {group: of_group(evidence.planted, group) for group in PLANTED}
    for kind in [*evidence.kinds, ""]:
        chosen = [
            share((each for each in by_group[group] if not kind or each.pair.kind == kind), without)
            for group in PLANTED
        ]
        yield (
            kind or "ALL",
            "/".join(str(each.of) for each in chosen),
            *(cell for each in chosen for cell in _percents(each)),
        )


def direction_table(evidence: Evidence, without: Collection[str] = ()) -> Iterator[Sequence[str]]:
    """Yield a row a kind, a column a direction: found as an error and found at all, in our sentences."""
    chosen = of_group(evidence.planted, "base")
    directions = [direction for direction, _ in split(chosen, lambda pair: pair.direction)]
    yield "kind", *directions
    for kind, outcomes in split(chosen, lambda pair: pair.kind):
        by_direction = dict(split(outcomes, lambda pair: pair.direction))
        yield kind, *("/".join(_percents(share(by_direction.get(each, ()), without))) for each in directions)


def sound_table(evidence: Evidence, without: Collection[str] = ()) -> Iterator[Sequence[str]]:
    """Yield a row a set and pair of languages, and of Debian's catalogs one a package."""
    yield "set", "languages or catalog", "of", "error", "any"
    for group in SOUND:
        chosen = of_group(evidence.sound, group)
        by_origin = ((origin, some) for origin, some in split(chosen, lambda pair: pair.origin) if origin)
        for direction, outcomes in [*split(chosen, lambda pair: pair.direction), *by_origin, ("ALL", chosen)]:
            found = share(outcomes, without)
            yield (
                NAMES[group],
                direction,
                str(found.of),
                f"{found.percent_errors * 10:.1f}",
                f"{found.percent_any * 10:.1f}",
            )


def judged_table(evidence: Evidence, without: Collection[str] = ()) -> Iterator[Sequence[str]]:
    """Yield a row a verdict, and one for each kind of what is wrong."""
    yield "verdict", "kind", "of", "error", "any"
    by_verdict = dict(split(evidence.judged, lambda pair: pair.verdict))
    for verdict in VERDICTS:
        outcomes = by_verdict.get(verdict, [])
        found = share(outcomes, without)
        yield verdict, "ALL", str(found.of), *_percents(found)
        if verdict == "ok":
            continue
        for kind, some in sorted(split(outcomes, lambda pair: pair.kind), key=lambda item: -len(item[1])):
            found = share(some, without)
            yield verdict, kind, str(found.of), *_percents(found)


def check_table(evidence: Evidence, times: dict[str, float]) -> Iterator[Sequence[str]]:
    """Yield a row a check; those that find most of the planted faults first."""
    yield (
        "check",
        "planted error %",
        "any %",
        "alone",
        "hold-out any %",
        "sound error ‰",
        "any ‰",
        *(f"{verdict} %" for verdict in VERDICTS),
        "machine ‰",
        "µs",
    )
    main = [each for each in evidence.planted if each.pair.group != HELD_OUT]
    held_out = of_group(evidence.planted, HELD_OUT)
    by_verdict = dict(split(evidence.judged, lambda pair: pair.verdict))
    ordered = sorted(CHECKS, key=lambda check: -share_of_check(main, check).any)
    for check in ordered:
        found, false = share_of_check(main, check), share_of_check(evidence.sound, check)
        yield (
            check,
            *_percents(found),
            str(alone(main, check)),
            f"{share_of_check(held_out, check).percent_any:.1f}",
            f"{false.percent_errors * 10:.1f}",
            f"{false.percent_any * 10:.1f}",
            *(f"{share_of_check(by_verdict.get(verdict, ()), check).percent_any:.1f}" for verdict in VERDICTS),
            f"{share_of_check(evidence.machine, check).percent_any * 10:.1f}",
            f"{times[check]:.0f}" if check in times else "",
        )
    yield "ALL", *_all_checks(evidence, main, held_out), f"{times['']:.0f}" if times else ""


def _all_checks(evidence: Evidence, main: Iterable[Outcome], held_out: Iterable[Outcome]) -> Iterator[str]:
    yield from _percents(share(main))
    yield ""
    yield f"{share(held_out).percent_any:.1f}"
    false = share(evidence.sound)
    yield f"{false.percent_errors * 10:.1f}"
    yield f"{false.percent_any * 10:.1f}"
    by_verdict = dict(split(evidence.judged, lambda pair: pair.verdict))
    yield from (f"{share(by_verdict.get(verdict, ())).percent_any:.1f}" for verdict in VERDICTS)
    yield f"{share(evidence.machine).percent_any * 10:.1f}"


def times_of(evidence: Evidence) -> dict[str, float]:
    """Return what checks cost on an even choice of all sound pairs."""
    step = max(1, len(evidence.sound) // TIMED)
    return microseconds([outcome.pair for outcome in evidence.sound[::step]])


def _percents(found: Share) -> tuple[str, str]:
    if not found.of:
        return "–", "–"
    return f"{found.percent_errors:.1f}", f"{found.percent_any:.1f}"


def figures(evidence: Evidence, times: dict[str, float], without: Collection[str]) -> dict[str, object]:
    """Return every table as a list of objects, by its title."""
    every = [*tables(evidence, times, without), ("by direction", list(direction_table(evidence, without)))]
    return {
        title: [dict(zip(table[0], line, strict=True)) for line in table[1:]] or list(table) for title, table in every
    }


def effect(evidence: Evidence, without: Collection[str]) -> Iterator[Sequence[str]]:
    """Yield how every set changes without some checks."""
    yield "set", "of", "error with", "without", "any with", "without"
    sets = {
        **{f"planted, {NAMES[group]}, %": (of_group(evidence.planted, group), 1) for group in PLANTED},
        **{f"sound, {NAMES[group]}, ‰": (of_group(evidence.sound, group), 10) for group in SOUND},
        **{
            f"judged {verdict}, %": (outcomes, 1)
            for verdict, outcomes in split(evidence.judged, lambda pair: pair.verdict)
        },
        "machine, ‰": (evidence.machine, 10),
    }
    for name, (outcomes, scale) in sets.items():
        before, after = share(outcomes), share(outcomes, without)
        figures = (before.percent_errors, after.percent_errors, before.percent_any, after.percent_any)
        yield name, str(before.of), *(f"{scale * figure:.2f}" for figure in figures)


def missed(evidence: Evidence, kind: str) -> Iterator[Outcome]:
    """Yield the faults of a kind that nothing reports; never those of the hold-out."""
    return (
        each for each in evidence.planted if each.pair.kind == kind and not each.found and each.pair.group != HELD_OUT
    )


def false_ones(evidence: Evidence, check: str) -> Iterator[Outcome]:
    """Yield the sound pairs that a check reports; never those of the hold-out."""
    return (each for each in evidence.sound if check in each.found and each.pair.group != HELD_OUT)


def _show(outcomes: Iterable[Outcome]) -> None:
    for outcome in islice(outcomes, SHOWN):
        pair = outcome.pair
        print(f"{pair.direction} {pair.group}\n  {pair.source}\n  {pair.target}\n  {dict(details(pair))}")  # noqa: T201


def main() -> None:
    """Measure and print what is asked for."""
    parser = argparse.ArgumentParser(description="Measure the checks.", prog="python -m tests.bench.evidence_bench")
    parser.add_argument("--short", action="store_true", help="a small sample, without machine translations")
    parser.add_argument("--without", default="", metavar="CHECK[,CHECK]", help="what switching checks off changes")
    parser.add_argument("--kinds", action="store_true", help="kinds of faults by direction")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument("--times", action="store_true", help="time each check alone")
    parser.add_argument("--missed", metavar="KIND", help="faults of a kind that nothing reports")
    parser.add_argument("--false", metavar="CHECK", help="sound translations that a check reports")
    asked = parser.parse_args()
    without = frozenset(filter(None, asked.without.split(",")))
    if unknown := without - set(CHECKS):
        parser.error(f"no such check: {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}")
    evidence = gather(SHORT if asked.short else Extent())
    times = times_of(evidence) if asked.times else {}
    if asked.missed:
        _show(missed(evidence, asked.missed))
    elif asked.false:
        _show(false_ones(evidence, asked.false))
    elif asked.json:
        print(json.dumps(figures(evidence, times, without), ensure_ascii=False, indent=1))  # noqa: T201
    elif asked.kinds:
        print(columns(list(direction_table(evidence, without))))  # noqa: T201
    elif without:
        print(columns(list(effect(evidence, without))))  # noqa: T201
        print(columns(list(kind_table(evidence, without))))  # noqa: T201
    else:
        for title, table in tables(evidence, times):
            print(f"{title}\n{columns(table)}\n")  # noqa: T201
        for what, need in evidence.needs.items():
            print(f"{what}: skipped: {need}")  # noqa: T201


if __name__ == "__main__":
    main()
