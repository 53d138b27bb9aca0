"""States and properties of a unit."""

from dataclasses import FrozenInstanceError, replace

import pytest

from pipeline.model.segment import UnitKey
from pipeline.model.unit import (
    DELIBERATELY_EMPTY,
    DRAFT_ENGINE,
    EngineOrigin,
    Extras,
    OriginKind,
    Provenance,
    Unit,
    UnitState,
    digest,
)

KEY = UnitKey("requirements", "Bake bread")
OLD_KEY = UnitKey("requirements", "Bake cake")
TARGET = "Assar pão"
ENGINE = EngineOrigin(engine="bergamot", model="7", route="en→pt")
BY_ENGINE = Provenance(kind=OriginKind.ENGINE, digest=digest(TARGET), engine=ENGINE)
BY_MEMORY = Provenance(kind=OriginKind.MEMORY, digest=digest(TARGET), context="offer")


def test_state_follows_from_target_doubt_and_retirement() -> None:
    plural = Extras(plural_source="ovens", plural_targets=("forno", ""))
    units = {
        "empty": Unit(key=KEY),
        "doubtful": Unit(key=KEY, target=TARGET, doubtful=True),
        "accepted": Unit(key=KEY, target=TARGET),
        "retired": Unit(key=KEY, target=TARGET, retired=True),
        "deliberately empty": Unit(key=KEY, target=DELIBERATELY_EMPTY),
        "half a plural": Unit(key=KEY, target="forno", extras=plural),
        "plural without targets": Unit(key=KEY, extras=Extras(plural_source="ovens")),
    }
    assert {name: unit.state for name, unit in units.items()} == {
        "empty": UnitState.UNTRANSLATED,
        "doubtful": UnitState.NEEDS_REVIEW,
        "accepted": UnitState.REVIEWED,
        "retired": UnitState.OBSOLETE,
        "deliberately empty": UnitState.REVIEWED,
        "half a plural": UnitState.UNTRANSLATED,
        "plural without targets": UnitState.UNTRANSLATED,
    }


@pytest.mark.parametrize(
    ("target", "provenance", "maker"),
    [
        (TARGET, None, OriginKind.HUMAN),
        (TARGET, BY_ENGINE, OriginKind.ENGINE),
        (TARGET, BY_MEMORY, OriginKind.MEMORY),
        (TARGET + "!", BY_ENGINE, OriginKind.HUMAN),
    ],
)
def test_whoever_changed_the_target_since_is_a_person(
    target: str, provenance: Provenance | None, maker: OriginKind
) -> None:
    assert Unit(key=KEY, target=target, provenance=provenance).made_by is maker


def test_target_is_the_engines_own_until_somebody_reviews_or_changes_it() -> None:
    own = Unit(key=KEY, target=TARGET, doubtful=True, provenance=BY_ENGINE)
    others = [
        Unit(key=KEY, target=TARGET, provenance=BY_ENGINE),
        Unit(key=KEY, target=TARGET + "!", doubtful=True, provenance=BY_ENGINE),
        Unit(key=KEY, target=TARGET, doubtful=True, provenance=BY_MEMORY),
        Unit(key=KEY, target=TARGET, doubtful=True),
        Unit(key=KEY, doubtful=True, provenance=BY_ENGINE),
    ]
    assert (own.engines_own, [unit.engines_own for unit in others]) == (True, [False] * 5)


RISKY = replace(BY_ENGINE, risk=72)


def test_risk_stands_beside_a_machines_target_until_somebody_reviews_or_changes_it() -> None:
    own = Unit(key=KEY, target=TARGET, doubtful=True, provenance=RISKY)
    others = [
        replace(own, doubtful=False),
        replace(own, target=TARGET + "!"),
        replace(own, target="", doubtful=False),
        replace(own, provenance=replace(RISKY, kind=OriginKind.MEMORY, engine=None)),
        replace(own, provenance=None),
    ]
    assert (own.risk, [unit.risk for unit in others]) == (72, [None] * 5)
    assert (own.machine_made, [unit.machine_made for unit in others]) == (True, [False] * 5)
    assert replace(own, provenance=BY_ENGINE).risk is None


@pytest.mark.parametrize("engine", ["copy", "glossary", "titles", "pseudo", "bergamot+pseudo"])
def test_words_of_a_list_and_what_only_shows_the_layout_have_no_risk(engine: str) -> None:
    made = replace(RISKY, engine=replace(ENGINE, engine=engine))
    unit = Unit(key=KEY, target=TARGET, doubtful=True, provenance=made)
    assert (unit.machine_made, unit.risk) == (False, None)


def test_emptied_offer_is_rejected_and_a_failed_attempt_is_not() -> None:
    units = [Unit(key=KEY, provenance=BY_ENGINE), Unit(key=KEY, attempt=ENGINE), Unit(key=KEY, target=TARGET)]
    assert [unit.rejected for unit in units] == [True, False, False]


def test_target_made_for_another_source_is_stale_until_accepted_or_made_anew() -> None:
    stale = Unit(key=KEY, target=TARGET, doubtful=True, previous=OLD_KEY)
    current = [
        Unit(key=KEY, target=TARGET, previous=OLD_KEY),
        Unit(key=KEY, target=TARGET, doubtful=True, previous=OLD_KEY, provenance=BY_ENGINE),
        Unit(key=KEY, previous=OLD_KEY),
    ]
    assert (stale.stale, [unit.stale for unit in current]) == (True, [False] * 3)


def test_unreviewed_target_that_nothing_vouches_for_is_stale() -> None:
    assert Unit(key=KEY, target=TARGET, doubtful=True).stale
    assert not Unit(key=KEY, target="edited by a person", doubtful=True, provenance=BY_ENGINE).stale


def test_changed_engine_target_with_a_previous_source_is_stale() -> None:
    edited = Unit(key=KEY, target="Assar bolo", doubtful=True, previous=OLD_KEY, provenance=BY_ENGINE)
    assert edited.stale


def test_digest_is_eight_digits_even_of_a_lone_surrogate() -> None:
    assert [len(digest(text)) for text in ("", TARGET, "\ud800")] == [8, 8, 8]


def test_origin_is_told_in_one_line() -> None:
    assert str(ENGINE) == "bergamot 7 en→pt"


def test_draft_is_one_until_a_form_of_it_is_changed() -> None:
    plural = Extras(plural_source="ovens", plural_targets=("forno", "fornos"))
    origin = EngineOrigin(engine=DRAFT_ENGINE, model="ana", route="en→pt")
    made = Provenance(kind=OriginKind.ENGINE, digest=digest("forno\0fornos"), engine=origin)
    ovens = Unit(key=KEY, target="forno", extras=plural, provenance=made)
    changed = replace(ovens, extras=replace(plural, plural_targets=("forno", "fornalhas")))
    others = (Unit(key=KEY, target=TARGET), Unit(key=KEY, target=TARGET, provenance=BY_ENGINE))
    assert [unit.draft for unit in (ovens, changed, *others)] == [True, False, False, False]


def test_key_can_be_narrowed_to_a_posting() -> None:
    assert KEY.narrowed("acme-4711") == UnitKey("requirements|acme-4711", "Bake bread")


def test_unit_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Unit(key=KEY).target = TARGET  # type: ignore[misc]


def test_targets_of_others_are_told_from_other_comments() -> None:
    remarks = ("from the ministry's list", "conflict: reviewed Fazer pão", "conflict: rejected")
    unit = Unit(key=KEY, target=TARGET, doubtful=True, extras=Extras(remarks=remarks))
    assert unit.conflict_lines == remarks[1:]
    assert unit.conflicts == ("reviewed Fazer pão", "rejected")
    assert not Unit(key=KEY).conflicts
