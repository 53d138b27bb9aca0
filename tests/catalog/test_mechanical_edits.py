"""A source that is only marked, escaped, wrapped or spaced otherwise keeps what people made of its words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.mechanical import Edit, Lines, carry_edit, edits_between, join_targets, wording_of, words_of
from pipeline.catalog.merge import merge, merge_units
from pipeline.catalog.pairing import Carried, Languages
from pipeline.model.locale import parse_locale
from pipeline.model.unit import UnitState, digest
from tests.catalog.units import empty, engines, incoming, key, persons

WORDS = "You paint hulls and masts"
TARGET = "Vous peignez coques et mâts"
LINK = '<a href="https://a.example">x</a>'


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
    ("locale", "before", "target", "after", "carried"),
    [
        ("ja", WORDS, "船体を塗装します", f"{WORDS}.", "船体を塗装します。"),
        ("ja", f"{WORDS}.", "船体を塗装します。", WORDS, "船体を塗装します"),
        ("zh_Hans", f"{WORDS}:", "你粉刷船体：", f"{WORDS};", "你粉刷船体；"),
        ("ar", f"{WORDS},", "تدهن السفن،", f"{WORDS};", "تدهن السفن؛"),
        ("hi", WORDS, "आप पेंट करते हैं", f"{WORDS}.", "आप पेंट करते हैं।"),
        ("th", WORDS, "คุณทาสีเรือ", f"{WORDS}.", "คุณทาสีเรือ"),
        ("fr", WORDS, TARGET, f"{WORDS}:", f"{TARGET}\u00a0:"),
        ("fr", WORDS, TARGET, f"{WORDS};", f"{TARGET}\u202f;"),
        ("fr_CA", WORDS, TARGET, f"{WORDS};", f"{TARGET};"),
        ("fr", WORDS, f"{TARGET} !", f"{WORDS}.", f"{TARGET} !"),
        ("fr", f"{WORDS} :", f"{TARGET}\u00a0:", f"{WORDS}:", f"{TARGET}\u00a0:"),
        (
            "fr",
            f'Paint "hulls", {WORDS}',
            f'Peindre "coques", {TARGET}',
            f"Paint “hulls”, {WORDS}",
            f"Peindre «\u00a0coques\u00a0», {TARGET}",
        ),
        (
            "de",
            f'"Hulls" <b>"and"</b> {WORDS}',
            '"Rümpfe" <b>"und"</b> Masten',
            f"“Hulls” <b>“and”</b> {WORDS}",
            "„Rümpfe“ <b>„und“</b> Masten",
        ),
        ("de", f"“Hulls”, {WORDS}", "„Rümpfe“, Masten", f'"Hulls", {WORDS}', '"Rümpfe", Masten'),
        (
            "fr",
            f"«\u00a0Hulls\u00a0», {WORDS}",
            f"«\u00a0Coques\u00a0», {TARGET}",
            f'"Hulls", {WORDS}',
            f'"Coques", {TARGET}',
        ),
        (
            "fr",
            "The painter's 'hulls'",
            "L'équipe des 'coques'",
            "The painter’s ‘hulls’",
            "L’équipe des «\u00a0coques\u00a0»",
        ),
        ("fr", "The painter’s hulls", "L’équipe des coques", "The painter's hulls", "L'équipe des coques"),
        (
            "de",
            f'A "hull" of 19" {LINK}',
            f'Ein "Rumpf" von 19" {LINK}',
            f"A “hull” of 19“ {LINK}",
            f'Ein "Rumpf" von 19" {LINK}',
        ),
        ("fr", "The painter's crew’s hulls", "L'équipe", "The painter’s crew’s hulls", "L'équipe"),
        (
            "de",
            "Hulls - masts - 5-10 m",
            "Rümpfe - Masten - 5-10 m",
            "Hulls – masts – 5–10 m",
            "Rümpfe – Masten – 5–10 m",
        ),
        (
            "de",
            "Hulls, masts... and more",
            "Rümpfe, Masten... und mehr",
            "Hulls, masts… and more",
            "Rümpfe, Masten… und mehr",
        ),
        ("de", "Hulls , masts ( 5 )", "Rümpfe , Masten ( 5 )", "Hulls, masts (5)", "Rümpfe, Masten (5)"),
        ("fr", "Hulls : masts , sails", "Coques : mâts , voiles", "Hulls: masts, sails", "Coques : mâts, voiles"),
        (
            "de",
            "Hulls of 5 m and 6 m",
            "Rümpfe von 5 m und 6 m",
            "Hulls of 5\u00a0m and 6\u00a0m",
            "Rümpfe von 5\u00a0m und 6\u00a0m",
        ),
    ],
)
def test_edit_is_made_in_the_form_of_the_locale(
    locale: str, before: str, target: str, after: str, carried: str
) -> None:
    languages = Languages(source=parse_locale("en"), target=parse_locale(locale))
    (unit,) = merge_units([persons(before, target)], [incoming(after)], languages)
    assert unit == persons(after, carried)


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        (f"• {WORDS}", WORDS, ["list_mark", "space"]),
        (f"<b>{WORDS}</b>", WORDS, ["markup"]),
        ("Hulls &amp; masts", "Hulls & masts", ["escape"]),
        ("Hull\u00adpainter", "Hullpainter", ["invisible"]),
        ('"Hulls"', "“Hulls”.", ["quotes", "end_mark"]),
        ("Hulls - masts...", "Hulls – masts…", ["dash", "ellipsis", "end_mark"]),
        ("5 m", "5\u00a0m", ["space"]),
        (WORDS, f"{WORDS}:", ["end_mark"]),
    ],
)
def test_merge_tells_what_was_done_to_a_unit_that_keeps_its_review(before: str, after: str, edits: list[str]) -> None:
    old = persons(before, TARGET)
    merged = merge([old], [incoming(after)])
    assert merged.carried == (
        Carried(old, replace(merged.units[0], references=old.references), tuple(map(Edit, edits))),
    )


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
        ("super market", "supermarket"),
        ("10 000", "10000"),
        ("Paint !", "Paint"),
        ("ASP .NET", "ASP.NET"),
        ("self - service", "self-service"),
        ("1, 000 hulls", "1,000 hulls"),
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


def test_line_of_marks_alone_is_part_of_no_text() -> None:
    lines = Lines()
    lines.add("•", 0)
    assert lines.find(words_of("• You paint hulls")) == ()


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


SIGNS = st.lists(
    st.sampled_from([*"\"'“”„«»‘’ -–.…:;,!?()5aé。、؛", "\u00a0", "&amp;", "<b>", "</b>", "• ", "**", "\u00ad"]),
    max_size=9,
).map("".join)


@given(SIGNS, SIGNS, SIGNS, st.sampled_from(["fr", "fr_CA", "de", "ja", "ar", "th", None]))
def test_edit_of_signs_is_carried_in_any_locale(before: str, after: str, target: str, locale: str | None) -> None:
    carry_edit(target, before, after, parse_locale(locale) if locale else None)
    assert edits_between(before, before) == ()
