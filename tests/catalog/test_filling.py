"""Targets go only where none is, or where an engine's own may be replaced."""

from dataclasses import replace

import pytest

from pipeline.catalog.filling import (
    EngineMade,
    asked_engine,
    engine_made,
    engine_outcome,
    fill_from_engine,
    fill_from_people,
    note_findings,
    note_risk,
    wants_engine,
)
from pipeline.model.unit import (
    DELIBERATELY_EMPTY,
    EngineOrigin,
    Extras,
    OriginKind,
    Provenance,
    Suggestion,
    Unit,
    UnitState,
    count_states,
    digest,
)
from tests.catalog.units import ARGOS, BERGAMOT, empty, engines, key, persons

STALE = replace(persons("Nurse", "Infirmière", doubtful=True), previous=key("A nurse"))
REJECTED = replace(engines("Nurse", "Infirmière"), target="", doubtful=False)
PLURAL = replace(empty("%d nurse"), extras=Extras(plural_source="%d nurses"))


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        (empty("Nurse"), True),
        (replace(empty("Nurse"), attempt=BERGAMOT), True),
        (replace(empty("Nurse"), previous=key("A nurse")), True),
        (STALE, True),
        (replace(empty("Nurse"), attempt=ARGOS), False),
        (REJECTED, False),
        (replace(STALE, suggestion=Suggestion(engine=BERGAMOT, target="Infirmier")), False),
        (replace(STALE, attempt=ARGOS), False),
        (persons("Nurse", "Infirmière"), False),
        (persons("Nurse", "Infirmière", doubtful=True), True),
        (persons("Nurse", DELIBERATELY_EMPTY), False),
        (engines("Nurse", "Infirmière"), False),
        (replace(persons("Nurse", "Infirmière"), retired=True), False),
        (PLURAL, False),
    ],
)
def test_engine_is_asked_only_where_its_target_is_of_use(unit: Unit, *, wanted: bool) -> None:
    assert wants_engine(unit, ARGOS) is wanted


def test_only_another_engines_untouched_target_is_made_anew() -> None:
    own, edited = engines("Nurse", "Infirmière"), replace(engines("Nurse", "Infirmière"), target="Infirmier")
    asked = [wants_engine(unit, BERGAMOT, retranslate=True) for unit in (own, edited, persons("A", "b"), REJECTED)]
    assert asked == [True, False, False, False]
    assert not wants_engine(own, ARGOS, retranslate=True)


def test_own_target_that_disregards_a_term_is_made_anew_only_on_request() -> None:
    own = engines("Nurse", "Infirmière")
    assert wants_engine(own, ARGOS, retranslate=True, disregards=True)
    assert not wants_engine(own, ARGOS, disregards=True)
    assert not wants_engine(persons("Nurse", "Infirmière"), ARGOS, retranslate=True, disregards=True)


@pytest.mark.parametrize(
    ("unit", "asked", "outcome"),
    [
        (REJECTED, ARGOS, "rejected"),
        (replace(empty("Nurse"), attempt=BERGAMOT), BERGAMOT, "refused"),
        (replace(STALE, suggestion=Suggestion(engine=BERGAMOT, target="Infirmier")), BERGAMOT, "suggested"),
        (engines("Nurse", "Infirmière", doubtful=False), ARGOS, "reviewed"),
        (replace(engines("Nurse", "Infirmière"), target="Infirmier"), ARGOS, "changed"),
        (replace(engines("Nurse", "Infirmière"), findings=("numbers",)), ARGOS, "with_findings"),
        (engines("Nurse", "Infirmière"), ARGOS, "needs_review"),
    ],
)
def test_catalog_tells_who_was_asked_and_what_became_of_the_answer(
    unit: Unit, asked: EngineOrigin, outcome: str
) -> None:
    assert (asked_engine(unit), engine_outcome(unit)) == (asked, outcome)


def test_of_a_persons_target_no_engine_was_asked() -> None:
    assert asked_engine(persons("Nurse", "Infirmière")) is None


def test_engines_target_is_put_in_with_its_origin_and_to_be_reviewed() -> None:
    before = replace(empty("Nurse"), attempt=BERGAMOT, findings=("length",), previous=key("A nurse"))
    after = replace(engines("Nurse", "Infirmière"), previous=key("A nurse"))
    assert fill_from_engine(before, EngineMade(ARGOS, "Infirmière")) == after
    assert not after.stale


@pytest.mark.parametrize(("target", "failures"), [("", ()), ("Nurse nurse", ("repetition",))])
def test_failed_attempt_is_noted_and_not_made_again(target: str, failures: tuple[str, ...]) -> None:
    tried = fill_from_engine(empty("Nurse"), EngineMade(ARGOS, target, failures))
    assert tried == replace(empty("Nurse"), attempt=ARGOS, findings=failures)
    tried_beside = fill_from_engine(STALE, EngineMade(ARGOS, target, failures))
    assert tried_beside == replace(STALE, attempt=ARGOS)
    assert not wants_engine(tried, ARGOS)
    assert not wants_engine(tried_beside, ARGOS)


def test_persons_stale_target_stays_and_gets_a_suggestion() -> None:
    suggested = replace(STALE, suggestion=Suggestion(engine=ARGOS, target="Infirmier"))
    assert fill_from_engine(STALE, EngineMade(ARGOS, "Infirmier")) == suggested
    assert suggested.stale


def test_target_that_lost_its_comment_is_the_engines_again_if_it_makes_the_same() -> None:
    unvouched = persons("Nurse", "Infirmière", doubtful=True)
    assert fill_from_engine(unvouched, EngineMade(ARGOS, "Infirmière")) == engines("Nurse", "Infirmière")
    suggested = replace(unvouched, suggestion=Suggestion(engine=ARGOS, target="Infirmier"))
    assert fill_from_engine(unvouched, EngineMade(ARGOS, "Infirmier")) == suggested


def test_risk_is_written_beside_a_machines_target_and_nowhere_else() -> None:
    own = engines("Nurse", "Infirmière")
    made = Provenance(kind=OriginKind.ENGINE, digest=digest("Infirmière"), engine=ARGOS, risk=72)
    assert note_risk(own, 72) == replace(own, provenance=made)
    others = [replace(own, doubtful=False), persons("Nurse", "Infirmière", doubtful=True), REJECTED, empty("Nurse")]
    assert [note_risk(unit, 72) for unit in others] == others


def test_target_that_is_made_anew_has_no_risk_of_the_old_one() -> None:
    anew = fill_from_engine(note_risk(engines("Nurse", "Infirmière"), 72), EngineMade(BERGAMOT, "Infirmière"))
    assert (anew.machine_made, anew.risk) == (True, None)


def test_failure_of_a_better_engine_leaves_the_target() -> None:
    own = engines("Nurse", "Infirmière")
    assert fill_from_engine(own, EngineMade(BERGAMOT, "", ("empty",))) == own


def test_reviewed_target_is_offered_in_another_context() -> None:
    reviewed = persons("Nurse", "Infirmière", context="title")
    offered = replace(
        persons("Nurse", "Infirmière", doubtful=True),
        provenance=Provenance(kind=OriginKind.MEMORY, digest=digest("Infirmière"), context="title"),
    )
    assert fill_from_people([reviewed, empty("Nurse")], {}) == (reviewed, offered)
    assert not offered.stale


@pytest.mark.parametrize(
    "others",
    [
        (persons("Nurse", "Infirmière", context="title"), persons("Nurse", "Infirmier", context="offer")),
        (persons("Nurse", "Infirmière", context="title", doubtful=True),),
        (persons("Nurse", "Infirmière", context="title|acme-1"),),
        (replace(persons("Nurse", "Infirmière", context="title"), retired=True),),
        (engines("Nurse", "Infirmière", context="title"),),
    ],
    ids=["two opinions", "doubtful", "narrow", "obsolete", "engine's"],
)
def test_target_that_people_did_not_agree_on_is_not_offered(others: tuple[Unit, ...]) -> None:
    assert fill_from_people([*others, empty("Nurse")], {}) == (*others, empty("Nurse"))


def test_what_an_employer_wrote_in_both_languages_is_offered_elsewhere() -> None:
    written = {key("Nurse", "title"): "Infirmière"}
    provenance = Provenance(kind=OriginKind.MEMORY, digest=digest("Infirmière"), context="title")
    offered = replace(empty("Nurse"), target="Infirmière", doubtful=True, provenance=provenance)
    assert fill_from_people([empty("Nurse")], written) == (offered,)


def test_offer_that_lost_its_comment_is_one_again_and_another_target_is_a_persons() -> None:
    accepted = persons("A lathe", "Un tour", context="requirements")
    (_, offered) = fill_from_people([accepted, empty("A lathe", context="offer")], {})
    changed = replace(offered, target="Une tourneuse")
    for unit in (offered, changed):
        cut = replace(unit, provenance=None)
        assert fill_from_people([accepted, cut], {}) == (accepted, offered if unit is offered else cut)


def test_rejected_unit_is_never_filled_again() -> None:
    units = [persons("Nurse", "Infirmière", context="title"), REJECTED, PLURAL]
    assert fill_from_people(units, {}) == tuple(units)


def test_catalog_tells_what_the_engine_once_made() -> None:
    failed = replace(empty("C"), attempt=ARGOS, findings=("length",))
    suggested = replace(STALE, suggestion=Suggestion(engine=ARGOS, target="Infirmier"))
    beside = replace(STALE, key=key("D"), attempt=ARGOS, findings=("numbers",))
    gone = replace(engines("E", "e"), retired=True)
    edited = replace(engines("F", "f"), target="person's")
    units = [engines("A", "a"), engines("B", "b", doubtful=False), failed, suggested, beside, gone, edited, REJECTED]
    made = {unit.key.source: engine_made(unit, ARGOS) for unit in units}
    assert made == {
        "A": EngineMade(ARGOS, "a"),
        "B": EngineMade(ARGOS, "b"),
        "C": EngineMade(ARGOS, "", ("length",)),
        "Nurse": None,
        "D": None,
        "E": EngineMade(ARGOS, "e"),
        "F": None,
    }
    assert engine_made(suggested, ARGOS) == EngineMade(ARGOS, "Infirmier")
    assert [engine_made(unit, BERGAMOT) for unit in units] == [None] * len(units)


def test_catalog_tells_the_plain_words_and_the_repair_of_a_target_by_the_recipe_of_today() -> None:
    first, other = (replace(origin, model="1/r3") for origin in (ARGOS, BERGAMOT))
    by_other = EngineMade(other, "Infirmière", asked="A nurse", repair="route")
    unit = fill_from_engine(empty("Nurse"), by_other)
    assert engine_made(unit, first) == by_other
    assert engine_made(unit, replace(first, model="1/r4")) is None
    assert engine_made(engines("Nurse", "Infirmière"), first) is None


def test_attempt_by_an_older_recipe_is_made_once_more_and_what_it_has_made_stays() -> None:
    today = replace(ARGOS, model="1.9/r3")
    failed, made = replace(empty("Nurse"), attempt=ARGOS), engines("Nurse", "Infirmière")
    assert wants_engine(failed, today)
    assert not wants_engine(fill_from_engine(failed, EngineMade(today, "", ("length",))), today)
    assert not wants_engine(made, today)
    assert wants_engine(made, today, retranslate=True)


def test_failed_attempt_is_made_again_on_request() -> None:
    failed = replace(empty("Nurse"), attempt=ARGOS)
    assert wants_engine(failed, ARGOS, retranslate=True)
    assert wants_engine(replace(STALE, attempt=ARGOS), ARGOS, retranslate=True)


def test_findings_are_noted_on_every_target_that_is_in_use() -> None:
    units = [engines("A", "a"), persons("B", "b"), empty("C"), replace(engines("D", "d"), retired=True)]
    noted = [note_findings(unit, ("numbers",)) for unit in units]
    assert noted == [*(replace(unit, findings=("numbers",)) for unit in units[:2]), *units[2:]]


def test_findings_of_a_target_that_was_rejected_in_an_editor_go_with_it() -> None:
    rejected = replace(engines("A", "a"), target="", doubtful=False)
    assert note_findings(replace(rejected, findings=("numbers",)), ()) == rejected


def test_every_state_is_counted() -> None:
    units = [engines("A", "a"), persons("B", "b"), empty("C"), empty("D"), replace(persons("E", "e"), retired=True)]
    assert count_states(units) == {
        UnitState.UNTRANSLATED: 2,
        UnitState.NEEDS_REVIEW: 1,
        UnitState.REVIEWED: 1,
        UnitState.OBSOLETE: 1,
    }
