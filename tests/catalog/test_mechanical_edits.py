"""A source that is only marked, escaped, wrapped or spaced otherwise keeps what people made of its words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.mechanical import Lines, carry_edit, join_targets, wording_of, words_of
from pipeline.catalog.merge import merge_units
from pipeline.model.unit import UnitState, digest
from tests.catalog.units import empty, engines, incoming, key, persons

WORDS = "You paint hulls and masts"
TARGET = "Vous peignez coques et mâts"


@pytest.mark.parametrize(
    ("before", "target", "after", "carried"),
    [
        (f"• {WORDS}", f"• {TARGET}", WORDS, TARGET),
        (f"• {WORDS}", TARGET, WORDS, TARGET),
        (f"•{WORDS}", f"•{TARGET}", WORDS, TARGET),
        (f"- {WORDS};", f"- {TARGET} ;", WORDS, TARGET),
        (f"✅ {WORDS}", f"✅ {TARGET}", WORDS, TARGET),
        (f"3. {WORDS}", f"3. {TARGET}", WORDS, TARGET),
        (f"3\\. {WORDS}", f"3\\. {TARGET}", f"3. {WORDS}", f"3. {TARGET}"),
        ("Hulls &amp; masts", "Coques &amp; mâts", "Hulls & masts", "Coques & mâts"),
        ("Hulls &amp; masts", "Coques et mâts", "Hulls & masts", "Coques et mâts"),
        ("Hull\u00adpainter", "Peintre de co\u00adques", "Hullpainter", "Peintre de coques"),
        (f"**{WORDS}**", f"**{TARGET}**", f"<strong>{WORDS}</strong>", f"<strong>{TARGET}</strong>"),
        (f"**{WORDS}**", f"**{TARGET}**", WORDS, TARGET),
        (f"<b>{WORDS}</b>", f"<b>{TARGET}</b>", WORDS, TARGET),
        (f"{WORDS}.", f"{TARGET}.", WORDS, TARGET),
        (f"{WORDS}:", f"{TARGET} :", WORDS, TARGET),
        (WORDS, TARGET, f"{WORDS}.", f"{TARGET}."),
        (f"🧡{WORDS}", f"🧡 {TARGET}", WORDS, TARGET),
        (f"{WORDS} 🚀💙", f"{TARGET} 🚀💙", WORDS, TARGET),
        (f"<code> == {WORDS}: </code>", f"<code> == {TARGET} : </code>", WORDS, TARGET),
        ("&nbsp;Masts?", "&nbsp;Mâts ?", "Masts?", "Mâts ?"),
        (
            'See <a href="https:&#x2F;&#x2F;a.example" rel="nofollow">us</a>',
            'Voyez <a href="https:&#x2F;&#x2F;a.example" rel="nofollow">nous</a>',
            'See <a href="https://a.example">us</a>',
            'Voyez <a href="https://a.example">nous</a>',
        ),
        (f"{WORDS}  twice", f"{TARGET}  deux fois", f"{WORDS} twice", f"{TARGET}  deux fois"),
    ],
)
def test_mark_that_goes_from_the_source_goes_from_the_target_too(
    before: str, target: str, after: str, carried: str
) -> None:
    assert wording_of(before) == wording_of(after)
    assert carry_edit(target, before, after) == carried
    assert merge_units([persons(before, target)], [incoming(after)]) == (persons(after, carried),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("C# and C", "C and C"),
        ("C++", "C"),
        ("-5 degrees", "5 degrees"),
        ("Do you paint?", "Do you paint"),
        ("Paint (hulls)", "Paint hulls"),
        ("3.5 tonnes", "35 tonnes"),
        ("under < 5", "under 5"),
        ("Paint hulls", "paint hulls"),
        ("+10 %", "10 %"),
    ],
)
def test_sign_that_says_something_makes_another_source(first: str, second: str) -> None:
    assert wording_of(first) != wording_of(second)


def test_machine_target_that_was_accepted_stays_vouched_for() -> None:
    accepted = engines(f"• {WORDS}", f"• {TARGET}", doubtful=False)
    (after,) = merge_units([accepted], [incoming(WORDS)])
    assert after.provenance is not None
    assert (after.state, after.target, after.provenance.digest) == (UnitState.REVIEWED, TARGET, digest(TARGET))


def test_engines_own_target_is_made_anew_for_the_new_source() -> None:
    (after, obsolete) = merge_units([engines(f"• {WORDS}", f"• {TARGET}")], [incoming(WORDS)])
    assert (after.target, obsolete.retired) == ("", True)


def test_lines_that_are_joined_keep_their_reviews_as_one() -> None:
    lines = [persons("You paint hulls", "Vous peignez coques", context="offer"), persons("and masts.", "et mâts.")]
    assert merge_units(lines, [incoming(f"{WORDS}.")]) == (
        persons(f"{WORDS}.", f"{TARGET}."),
        *(replace(line, retired=True) for line in lines),
    )


def test_joined_lines_of_which_one_is_unreviewed_are_to_be_reviewed() -> None:
    lines = [persons("You paint hulls", "Vous peignez coques"), persons("and masts.", "et mâts.", doubtful=True)]
    (after, *_) = merge_units(lines, [incoming(f"{WORDS}.")])
    assert (after.target, after.state) == (f"{TARGET}.", UnitState.NEEDS_REVIEW)


def test_sentences_that_were_one_unit_keep_its_review_each() -> None:
    whole = persons("You paint hulls. Masts too.", "Vous peignez coques. Mâts aussi.")
    assert merge_units([whole], [incoming("You paint hulls."), incoming("Masts too.")]) == (
        persons("You paint hulls.", "Vous peignez coques."),
        persons("Masts too.", "Mâts aussi."),
        replace(whole, retired=True),
    )


def test_target_with_another_number_of_sentences_is_not_cut_but_proposed_to_each_part() -> None:
    whole = persons("You paint hulls. Masts too.", "Vous peignez coques et mâts.")
    assert merge_units([whole], [incoming("You paint hulls."), incoming("Masts too.")]) == (
        replace(persons("You paint hulls.", whole.target, doubtful=True), previous=whole.key),
        replace(persons("Masts too.", whole.target, doubtful=True), previous=whole.key),
        replace(whole, retired=True),
    )


def test_lines_of_another_posting_are_not_joined() -> None:
    lines = [persons("You paint hulls", "Vous peignez coques"), persons("and masts.", "et mâts.", "acme-2")]
    assert merge_units(lines, [incoming(f"{WORDS}.")])[0] == empty(f"{WORDS}.")


def test_merging_again_changes_nothing() -> None:
    lines = [persons("• You paint hulls", "Vous peignez coques"), persons("and masts.", "et mâts.")]
    arriving = [incoming(f"{WORDS}."), incoming("Paid weekly")]
    once = merge_units(lines, arriving)
    assert merge_units(once, arriving) == once


def test_scripts_without_spaces_are_joined_without_one() -> None:
    assert join_targets(["塗装工を", "募集します。"]) == "塗装工を募集します。"


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=6))
def test_joined_lines_are_found_again_in_their_order(texts: list[str]) -> None:
    lines = Lines()
    for number, text in enumerate(texts):
        lines.add(text, number)
    wanted = [word for text in texts for word in words_of(text)]
    found = lines.find(wanted)
    assert [word for number in found for word in words_of(texts[number])] in ([], wanted)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_target_is_carried(before: str, target: str) -> None:
    assert carry_edit(target, before, before) == target.strip()


def test_key_of_a_carried_unit_is_the_new_one() -> None:
    (after,) = merge_units([persons(f"• {WORDS}", TARGET, context="offer")], [incoming(WORDS)])
    assert after.key == key(WORDS)
