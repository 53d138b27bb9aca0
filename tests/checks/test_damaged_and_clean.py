"""The checks on whole sets: damaged translations, failures of the real engines, sound translations by people.

Of the last there are 13,000; `make fuzz` looks at all of them, `make test` at every third.
"""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from tests.checks.clean import clean_pairs, clean_sentences
from tests.checks.damaged import HARD, damaged_pairs
from tests.checks.sentences import LOCALES, NAMES, good_pairs
from tests.checks.verdicts import Tally, errors, findings
from tests.tools import LONG

MIN_DAMAGED = 300
MIN_FAILURES = 50
MIN_CLEAN = 1000
MIN_FOUND = 0.95
MAX_FALSE = 0.02
# Of the hard kinds in sentences that nobody here wrote, some with faults before they were damaged.
MIN_HARD_FOUND_ELSEWHERE = 0.98
# Kinds that a handful of samples must not hide behind those with hundreds.
MIN_FOUND_OF_A_KIND = 0.8


def test_good_translation_has_no_finding() -> None:
    found = {pair.target: findings(pair.source, pair.target, pair.locale, names=NAMES) for pair in good_pairs()}
    told = {target: {finding.check for finding in each} for target, each in found.items()}
    # Some name a person in one gender, or are shorter or longer than most: both are shown to reviewers.
    assert {target: checks for target, checks in told.items() if checks - {"one_gender", "clauses"}} == {}


def test_damage_is_found() -> None:
    tally = Tally()
    for pair in damaged_pairs():
        found = findings(pair.source, pair.target, pair.locale, names=NAMES)
        known = bool(errors(found)) if pair.kind in HARD else bool(found)
        tally.count(pair.kind, found=known, text=f"{pair.locale} {pair.source} | {pair.target}")
    print(tally)  # noqa: T201  the rates are the result
    assert tally.seen.total() >= MIN_DAMAGED
    assert {kind: tally.found[kind] for kind in HARD} == {kind: tally.seen[kind] for kind in HARD}, tally
    assert tally.share > MIN_FOUND, tally
    assert all(tally.found[kind] > MIN_FOUND_OF_A_KIND * tally.seen[kind] for kind in tally.seen), tally


def test_failure_of_a_real_engine_is_found() -> None:
    tree = tomllib.loads((Path(__file__).parent / "engine_failures.toml").read_text(encoding="utf-8"))
    tally = Tally()
    for failure in tree["failure"]:
        source, target = failure["pair"].split("→")
        found = findings(failure["source"], failure["target"], target, names=tree["names"], language=source)
        known = bool(errors(found)) if failure["kind"] in HARD else bool(found)
        tally.count(failure["kind"], found=known, text=f"{failure['source']} | {failure['target']}")
    print(tally)  # noqa: T201
    assert tally.seen.total() >= MIN_FAILURES
    assert {kind: tally.found[kind] for kind in HARD} == {kind: tally.seen[kind] for kind in HARD}, tally
    assert tally.share > MIN_FOUND, tally


def test_sound_translation_rarely_gets_an_error() -> None:
    pairs = clean_pairs()[:: 1 if LONG else 3]
    by_check = Counter(check for pair in pairs for check in _errors_of(pair.source, pair.target, pair.locale))
    false = [pair for pair in pairs if _errors_of(pair.source, pair.target, pair.locale)]
    print(len(pairs), f"{len(false) / len(pairs):.2%}", dict(by_check))  # noqa: T201
    assert len(pairs) >= MIN_CLEAN
    assert {pair.locale for pair in pairs} == set(LOCALES)
    assert len(false) < MAX_FALSE * len(pairs), by_check


def test_damage_to_translations_by_people_is_found() -> None:
    sentences = clean_sentences(step=25 if LONG else 50)
    before = {(each.locale, each.source): _ids(each.source, each.target, each.locale) for each in sentences}
    tally = Tally()
    for pair in damaged_pairs(sentences):
        found = findings(pair.source, pair.target, pair.locale, names=())
        new = [finding for finding in found if finding.check not in before[pair.locale, pair.source]]
        known = bool(errors(new)) if pair.kind in HARD else bool(new)
        tally.count(pair.kind, found=known, text=f"{pair.locale} {pair.source} | {pair.target}")
    print(tally)  # noqa: T201
    hard = sum(tally.found[kind] for kind in HARD) / sum(tally.seen[kind] for kind in HARD)
    assert tally.seen.total() >= MIN_DAMAGED
    assert tally.share > MIN_FOUND, tally
    assert hard > MIN_HARD_FOUND_ELSEWHERE, tally


@cache
def _errors_of(source: str, target: str, locale: str) -> frozenset[str]:
    return frozenset(errors(findings(source, target, locale, names=())))


def _ids(source: str, target: str, locale: str) -> set[str]:
    return {finding.check for finding in findings(source, target, locale, names=())}
