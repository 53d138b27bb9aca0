"""What a language version holds, and the one reason for everything that it does not."""

from dataclasses import replace
from datetime import date

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import PUBLISHED_REASONS, Reason
from pipeline.model.posting import Posting
from pipeline.model.segment import UnitKey
from pipeline.model.unit import (
    DELIBERATELY_EMPTY,
    EngineOrigin,
    OriginKind,
    Provenance,
    Unit,
    digest,
)
from pipeline.publishing.versions.policy import Policy, Rule, decide, find_unit
from tests.laws import examples
from tests.publishing.examples import nurse, segmented

FR = parse_locale("fr")
CONFIGURED = tuple(map(parse_locale, ("en", "fr", "pt_BR", "pt_PT", "de")))
TITLE, ITEM = UnitKey("title", "Nurse"), UnitKey("requirements", "Patience")
ENGINE = EngineOrigin(engine="argos", model="1.9", route="en→fr")


def rule(policy: Policy = Policy.REVIEWED, *, locale: Locale = FR, route: bool = True, faulty: bool = False) -> Rule:
    return Rule(
        locale=locale,
        policy=policy,
        configured=CONFIGURED,
        faulty=lambda _: faulty,
        has_route=lambda _: route,
        as_of=date(2026, 11, 23),
    )


def made(key: UnitKey, target: str, *, doubtful: bool) -> Unit:
    provenance = Provenance(kind=OriginKind.ENGINE, digest=digest(target), engine=ENGINE)
    return Unit(key=key, target=target, doubtful=doubtful, provenance=provenance)


def units(*found: Unit) -> dict[UnitKey, Unit]:
    return {unit.key: unit for unit in found}


HUMAN = units(Unit(key=TITLE, target="Infirmière"), Unit(key=ITEM, target="Patience"))
SHOW = EngineOrigin(engine="pseudo", model="1", route="en→fr")
FOR_SHOW = units(
    Unit(key=TITLE, target="Infirmière"),
    replace(
        made(ITEM, "Pàtîéñçé", doubtful=False),
        provenance=Provenance(kind=OriginKind.ENGINE, digest=digest("Pàtîéñçé"), engine=SHOW),
    ),
)
COPY = EngineOrigin(engine="copy", model="1", route="en→fr")
COPIED = units(
    Unit(key=TITLE, target="Infirmière"),
    replace(
        made(ITEM, "Patience", doubtful=False),
        provenance=Provenance(kind=OriginKind.ENGINE, digest=digest("Patience"), engine=COPY),
    ),
)
ACCEPTED = units(made(TITLE, "Infirmière", doubtful=False), Unit(key=ITEM, target="Patience"))
MACHINE = units(made(TITLE, "Infirmière", doubtful=True), Unit(key=ITEM, target="Patience"))
HALF = units(Unit(key=ITEM, target="Patience"))
FAILED = units(Unit(key=TITLE, attempt=ENGINE, findings=("repetition",)), Unit(key=ITEM, target="Patience"))
STALE = units(
    Unit(key=TITLE, target="Infirmière", doubtful=True, previous=UnitKey("title", "A nurse")),
    Unit(key=ITEM, target="Patience"),
)
UNTITLED = units(Unit(key=TITLE, target=DELIBERATELY_EMPTY), Unit(key=ITEM, target="Patience"))


@pytest.mark.parametrize(
    ("posting", "known", "by", "reason"),
    [
        (nurse(language="fr"), {}, rule(Policy.SOURCE), Reason.SOURCE),
        (nurse(), HUMAN, rule(), Reason.HUMAN),
        (nurse(), COPIED, rule(), Reason.HUMAN),
        (nurse(), ACCEPTED, rule(), Reason.REVIEWED),
        (nurse(), MACHINE, rule(Policy.MACHINE), Reason.MACHINE),
        (nurse(), HUMAN, rule(Policy.MACHINE), Reason.HUMAN),
        (nurse(), MACHINE, replace(rule(Policy.MACHINE), labelled=False), Reason.WORDS),
        (nurse(), ACCEPTED, replace(rule(Policy.MACHINE), labelled=False), Reason.REVIEWED),
        (nurse(language="fr"), {}, replace(rule(Policy.MACHINE), labelled=False), Reason.SOURCE),
        (nurse(), HALF, rule(Policy.MACHINE), Reason.UNTRANSLATED),
        (nurse(), MACHINE, rule(), Reason.NEEDS_REVIEW),
        (nurse(), FAILED, rule(Policy.MACHINE), Reason.FINDING),
        (nurse(), MACHINE, rule(Policy.MACHINE, faulty=True), Reason.FINDING),
        (nurse(), ACCEPTED, rule(Policy.MACHINE, faulty=True), Reason.REVIEWED),
        (nurse(), STALE, rule(Policy.MACHINE), Reason.SOURCE_CHANGED),
        (nurse(), HALF, rule(Policy.MACHINE, route=False), Reason.NO_ROUTE),
        (nurse(language=None), HUMAN, rule(Policy.MACHINE), Reason.UNDETERMINED),
        (nurse(), HUMAN, rule(Policy.SOURCE), Reason.NOT_REQUESTED),
        (replace(nurse(), locales=(parse_locale("de"),)), HUMAN, rule(), Reason.NOT_REQUESTED),
        (replace(nurse(), unclear=("valid_through",)), HUMAN, rule(), Reason.FIELD),
        (replace(nurse(), translate=False), HUMAN, rule(), Reason.NOT_REQUESTED),
        (replace(nurse(), locales=()), HUMAN, rule(), Reason.UNLISTED),
        (replace(nurse(), valid_through=date(2026, 11, 22)), HUMAN, rule(), Reason.EXPIRED),
        (replace(nurse(), valid_through=date(2026, 11, 23)), HUMAN, rule(), Reason.HUMAN),
        (nurse(), UNTITLED, rule(), Reason.UNTRANSLATED),
        (nurse(), FOR_SHOW, rule(Policy.MACHINE), Reason.FINDING),
        (nurse(), ACCEPTED, rule(Policy.APPROVED), Reason.NEEDS_REVIEW),
        (nurse(), MACHINE, replace(rule(Policy.APPROVED), signed_off=lambda _: True), Reason.NEEDS_REVIEW),
        (nurse(), ACCEPTED, replace(rule(Policy.APPROVED), signed_off=lambda _: True), Reason.REVIEWED),
        (nurse(), COPIED, replace(rule(Policy.APPROVED), signed_off=lambda unit: unit.key == TITLE), Reason.HUMAN),
    ],
)
def test_every_posting_has_one_reason(posting: Posting, known: dict[UnitKey, Unit], by: Rule, reason: Reason) -> None:
    decision = decide(segmented(posting), known, by)
    assert (decision.reason, decision.published) == (reason, reason in PUBLISHED_REASONS)


@pytest.mark.parametrize(
    ("language", "countries", "own"),
    [
        ("pt", (), {"pt_BR", "pt_PT"}),
        ("pt", ("BR",), {"pt_BR"}),
        ("pt", ("PT", "FR"), {"pt_PT"}),
        ("pt-PT", ("BR",), {"pt_PT"}),
        ("pt-AO", (), {"pt_BR", "pt_PT"}),
        ("de-AT", ("AT",), {"de"}),
        ("zh-TW", (), set()),
    ],
)
def test_posting_is_its_own_version_in_the_regional_locales_it_belongs_to(
    language: str, countries: tuple[str, ...], own: set[str]
) -> None:
    item = segmented(nurse(language=language, countries=countries))
    decisions = [decide(item, {}, rule(Policy.SOURCE, locale=locale)) for locale in CONFIGURED]
    assert {str(decision.locale) for decision in decisions if decision.published} == own


def test_posting_of_another_region_is_not_translated_into_its_own_language() -> None:
    item = segmented(nurse(language="pt-BR"))
    assert decide(item, HUMAN, rule(Policy.MACHINE, locale=parse_locale("pt_PT"))).reason is Reason.NO_ROUTE


def test_unit_narrowed_to_the_posting_wins_there_only() -> None:
    narrow = Unit(key=TITLE.narrowed("acme-1"), target="Infirmier")
    known = HUMAN | units(narrow)
    assert [find_unit(known, TITLE, posting) for posting in ("acme-1", "acme-2")] == [narrow, HUMAN[TITLE]]


def test_obsolete_and_missing_units_are_untranslated() -> None:
    gone = {TITLE: replace(HUMAN[TITLE], retired=True)}
    assert [find_unit(gone, key, "acme-1") for key in (TITLE, ITEM)] == [Unit(key=TITLE), Unit(key=ITEM)]


random_unit = st.builds(
    lambda key, target, doubtful, previous, own: replace(
        made(key, target, doubtful=doubtful and bool(target)) if own else Unit(key=key, target=target),
        doubtful=doubtful and bool(target),
        previous=previous,
    ),
    st.sampled_from([TITLE, ITEM, TITLE.narrowed("acme-1")]),
    st.sampled_from(["", "Infirmière", DELIBERATELY_EMPTY]),
    st.booleans(),
    st.sampled_from([None, UnitKey("title", "A nurse")]),
    st.booleans(),
)


@examples(300)
@given(st.lists(random_unit, max_size=6), st.sampled_from(list(Policy)))
def test_stale_or_missing_target_is_never_published(found: list[Unit], policy: Policy) -> None:
    decision = decide(segmented(nurse()), units(*found), rule(policy))
    if decision.published:
        assert all(unit.translated and not unit.stale for unit in decision.units)
        assert policy is Policy.MACHINE or not any(unit.doubtful for unit in decision.units)
        assert decision.reason is Reason.MACHINE or not any(unit.doubtful for unit in decision.units)
