"""The measure itself: that its faults are faults, that there are as many of each, and that it is the same each time."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.bench import evidence_bench
from tests.evidence import faults, machine, people
from tests.evidence.bases import FOLDER, LANGUAGES, bases
from tests.evidence.measure import SHORT, Evidence, Extent, Outcome, gather, outcome_of, share
from tests.evidence.pairs import Pair
from tests.evidence.verdicts import CHECKS

FILES = {"base": faults.EACH, "holdout": faults.EACH_HELD_OUT}
LEAST_SENTENCES = {"base": 60, "holdout": 20}
LEAST_KINDS = 30


@pytest.fixture(scope="module")
def short() -> Evidence:
    return gather(SHORT)


@pytest.mark.parametrize("file", FILES)
def test_every_kind_of_fault_is_planted_as_often_in_every_direction(file: str) -> None:
    counts = Counter((pair.direction, pair.kind) for pair in faults.planted(file, FILES[file]))
    assert len(faults.KINDS) >= LEAST_KINDS
    assert len(counts) == len(faults.DIRECTIONS) * len(faults.KINDS)
    assert set(counts.values()) == {FILES[file]}


@pytest.mark.parametrize("file", FILES)
def test_every_fault_differs_from_its_sound_target_and_from_every_other_fault_of_its_kind(file: str) -> None:
    every = list(faults.planted(file, FILES[file]))
    assert [pair for pair in every if pair.target == pair.sound] == []
    assert len({(pair.direction, pair.kind, pair.source, pair.target) for pair in every}) == len(every)


@pytest.mark.parametrize("file", FILES)
def test_no_fault_is_a_sound_target_of_its_source(file: str) -> None:
    sound = {(pair.direction, pair.source, pair.target) for pair in faults.sound(file, faults.VARIANTS)}
    every = faults.planted(file, FILES[file])
    assert [pair for pair in every if (pair.direction, pair.source, pair.target) in sound] == []


@pytest.mark.parametrize("file", FILES)
def test_every_language_has_the_same_marks_and_none_is_left(file: str) -> None:
    for base in bases(file, variants=1):
        marks = [{piece.kind for piece in base.pieces[language] if piece.kind} for language in LANGUAGES]
        assert all(each == marks[0] for each in marks), base.text("en")
        assert not [base.text(language) for language in LANGUAGES if "[[" in base.text(language)]


@pytest.mark.parametrize("file", FILES)
def test_every_language_of_a_sentence_names_the_same_slots(file: str) -> None:
    for fields in sentences(file):
        slots = [set(re.findall(r"\{\w+\}", fields[language])) for language in LANGUAGES]
        assert all(each == slots[0] for each in slots), fields["en"]


def sentences(file: str) -> list[dict[str, str]]:
    tree = tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8"))
    found: list[dict[str, str]] = tree["base"]
    return found


@pytest.mark.parametrize("file", FILES)
def test_there_are_enough_sentences(file: str) -> None:
    assert len(bases(file, variants=1)) >= LEAST_SENTENCES[file]


def test_hold_out_shares_no_sentence_with_what_checks_may_be_made_for() -> None:
    texts = {file: {pair.source for pair in faults.sound(file, faults.VARIANTS)} for file in FILES}
    assert texts["base"].isdisjoint(texts["holdout"])


def test_faults_are_the_same_each_time() -> None:
    assert list(faults.planted("base", 3)) == list(faults.planted("base", 3))
    assert people.people(10, 5, 5) == people.people(10, 5, 5)


def test_faults_in_peoples_translations_are_as_many_of_each_kind() -> None:
    if people.missing():
        pytest.skip(f"apt-get install {' '.join(people.missing())}")
    counts = Counter((pair.direction, pair.kind) for pair in people.planted(10))
    assert set(counts.values()) == {10}


def test_missing_catalogs_are_named_by_their_packages(tmp_path: Path) -> None:
    assert people.missing(tmp_path) == list(people.DOMAINS.values())


def test_translations_by_engines_are_none_before_they_are_made(tmp_path: Path) -> None:
    assert list(machine.translated(tmp_path)) == []


def test_what_the_sound_target_has_too_is_no_find() -> None:
    sound = Pair(language="en", locale="de", source="Salary: 300 euros", target="Gehalt: 400 Euro", group="base")
    worse = Pair(
        language="en",
        locale="de",
        source=sound.source,
        target="Gehalt: 500 Euro",
        group="base",
        kind="digits",
        sound=sound.target,
    )
    outcomes = gather_these(sound, worse)
    assert "numbers" in outcomes[0].found
    assert "numbers" not in outcomes[1].found


def gather_these(*pairs: Pair) -> list[Outcome]:
    return list(map(outcome_of, pairs))


def test_switching_a_check_off_takes_its_findings_out() -> None:
    pair = Pair(language="en", locale="de", source="Salary: 300 euros", target="Gehalt: 400 Euro", group="base")
    outcomes = gather_these(pair)
    assert share(outcomes).errors == 1
    assert share(outcomes, without=CHECKS).any == 0


def test_short_form_measures_every_set(short: Evidence) -> None:
    groups = {outcome.pair.group for outcome in (*short.sound, *short.planted)}
    assert groups >= {"own", "base", "holdout"}
    titles = [title for title, _ in evidence_bench.tables(short, {})]
    assert titles[0].startswith("planted faults")
    assert len(list(evidence_bench.totals(short))) >= 8


def test_examples_of_the_hold_out_are_not_shown(short: Evidence) -> None:
    shown = [
        *(outcome for kind in short.kinds for outcome in evidence_bench.missed(short, kind)),
        *(outcome for check in CHECKS for outcome in evidence_bench.false_ones(short, check)),
    ]
    assert {outcome.pair.group for outcome in shown} & {"holdout"} == set()


def test_full_form_is_larger_than_the_short_one() -> None:
    assert Extent().each > SHORT.each
