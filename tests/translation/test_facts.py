"""Facts are carried: found with the form of the target, shown to the engine or hidden, and put in their place."""

from itertools import pairwise

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.locale import parse_locale
from pipeline.translation.fact_forms import fit_facts
from pipeline.translation.facts import NO_HINTS, FactHints, find_facts
from pipeline.translation.protection import Marker, Replacement, mask, unmask

EN, PT, DE, FR = map(parse_locale, ("en", "pt_BR", "de", "fr"))
DOLLARS = FactHints(currency="USD", day_first=False)
MARKER = Marker(form="Q{}Q")


def carried(text: str, source: Locale = EN, target: Locale = PT, hints: FactHints = DOLLARS) -> list[tuple[str, ...]]:
    """Return what stands there, what comes back and what is asked, of every fact."""
    found = find_facts(text, source, target, hints).replacements
    return [(text[each.start : each.stop], each.text.replace("\u00a0", " "), each.asked) for each in found]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("$120K", [("$120K", "US$ 120.000", "US$ 52,700")]),
        ("USD$183,000 a year", [("USD$183,000", "US$ 183.000", "US$ 52,700")]),
        ("$120,000 USD a year", [("$120,000 USD", "US$ 120.000", "US$ 52,700")]),
        ("$80-90K", [("$80-90K", "US$ 80.000 – US$ 90.000", "US$ 52,700")]),
        ("$500M-$2B", [("$500M-$2B", "US$ 500 milhões – US$ 2 bilhões", "US$ 52,700")]),
        ("from $5 to $7.50", [("$5", "US$ 5", "US$ 52,700"), ("$7.50", "US$ 7,50", "US$ 61,300")]),
        ("€13.50/hour", [("€13.50/hour", "€ 13,50 por hora", "US$ 52,700")]),
        ("£45k p.a.", [("£45k p.a.", "£ 45.000 por ano", "US$ 52,700")]),
        ("over $250K+", [("$250K+", "US$ 250.000+", "US$ 52,700")]),
        ("CAD $99,000", [("CAD $99,000", "CA$ 99.000", "US$ 52,700")]),
        ("$52,700 or $9", [("$52,700", "US$ 52.700", "US$ 61,300"), ("$9", "US$ 9", "US$ 73,400")]),
        ("Jan 31, 2027", [("Jan 31, 2027", "31 de janeiro de 2027", "January 31, 2027")]),
        ("by 03/04/2027", [("03/04/2027", "4 de março de 2027", "March 4, 2027")]),
        ("on 2027-01-31", [("2027-01-31", "31 de janeiro de 2027", "January 31, 2027")]),
        ("on 05/05/2027", [("05/05/2027", "5 de maio de 2027", "May 5, 2027")]),
        ("at 2:30 pm EST", [("2:30 pm", "14h30", "14:30")]),
        ("9am - 5pm", [("9am", "9h", "09:00"), ("5pm", "17h", "17:00")]),
        ("at 9am, for some at 5pm", [("9am", "9h", "09:00"), ("5pm", "17h", "17:00")]),
        ("10k users", [("10k", "10.000", "10,000")]),
        ("5M+ users", [("5M+", "5.000.000+", "At least 5 million")]),
        ("for 3+ years", [("3+", "3+", "at least 3")]),
        ("<b>3+ years</b>", [("3+", "3+", "At least 3")]),
        ("minimum 3+ years", [("3+", "3+", "3")]),
        ("100–5,000 staff", [("100–5,000", "100–5.000", "100 to 5,000")]),
        ("1,500,000 rows", [("1,500,000", "1.500.000", "1.5 million")]),
        ("2.5 years", [("2.5", "2,5", "2.5")]),
        ("12.5% off", [("12.5%", "12,5%", "12.5%")]),
        ("Python 3.11 and 2.5 years", [("3.11", "3.11", ""), ("2.5", "2,5", "2.5")]),
        ("Kafka 2.8.1 and chapter 2.1.3", [("2.8.1", "2.8.1", ""), ("2.1.3", "2.1.3", "")]),
        ("releases 1.2.3-1.2.5", [("1.2.3", "1.2.3", ""), ("1.2.5", "1.2.5", "")]),
        ("5 - ten people", [("5 - ten", "5–10", "5 to 10")]),
        ("3 years, 5 people, two cats", []),
        ("2 to 6 pm, 9-5", []),
        ("on 31/02/2027", []),
        ("C++ and 401k, call +1 (555) 010-4477", []),
        ("no figures", []),
        ("open until 18:00Local", []),
        ('<a href="https://a.example/?$5">x</a> 7', []),
    ],
)
def test_fact_has_the_form_of_the_target_and_one_that_the_engine_gets_right(
    text: str, facts: list[tuple[str, ...]]
) -> None:
    assert carried(text) == facts


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("de 2ª a 6ª feira", [("2ª", "Monday", "segunda-feira"), ("6ª feira", "Friday", "sexta-feira")]),
        ("de segunda a 5ª", [("5ª", "Thursday", "quinta-feira")]),
        ("da 2ª a 5ª série", []),
    ],
)
def test_day_of_the_week_in_figures_is_said_by_its_name(text: str, days: list[tuple[str, ...]]) -> None:
    assert carried(text, PT, EN) == days


def test_amount_is_hidden_where_no_other_one_is_left_to_ask_for() -> None:
    asked = [fact[2] for fact in carried("; ".join(f"${number}" for number in range(1, 9)))]
    assert asked[:2] == ["US$ 52,700", "US$ 61,300"]
    assert asked[6:] == ["", ""]
    assert [fact[2] for fact in carried("Gehalt 50.000 €", DE)] == [""]


@pytest.mark.parametrize(
    ("text", "hints", "carried"),
    [
        ("up to 60,000 dollars", NO_HINTS, ["60.000"]),
        ("up to 60,000 dollars", FactHints(currency="USD"), ["US$\u00a060.000"]),
        ("able to lift 50 pounds", FactHints(currency="USD"), []),
    ],
)
def test_word_for_several_units_is_as_open_in_the_target(text: str, hints: FactHints, carried: list[str]) -> None:
    facts = find_facts(text, EN, PT, hints)
    assert ([each.text for each in facts.replacements], facts.unsafe) == (carried, "")


@pytest.mark.parametrize(
    ("text", "hints", "why"),
    [
        ("up to $60,000", NO_HINTS, "$60,000 may be in several currencies"),
        ("up to $60,000", FactHints(currency="EUR"), "$60,000 may be in several currencies"),
        ("by 03/04/2027", FactHints(currency="USD"), "03/04/2027 may be two days"),
        ("up to US$60,000 by 13/04/2027", NO_HINTS, ""),
    ],
)
def test_line_is_unsafe_where_nothing_decides_what_it_says(text: str, hints: FactHints, why: str) -> None:
    assert find_facts(text, EN, PT, hints).unsafe == why


def test_what_is_asked_stands_in_the_question_and_only_the_rest_is_hidden() -> None:
    text = "Up to $120K from Jan 31 for Python 3.11"
    masked = mask(text, MARKER, (), find_facts(text, EN, PT, DOLLARS).replacements)
    assert masked.text == "Up to US$ 52,700 from January 31 for Python Q0Q"
    assert [each.text for each in masked.originals] == ["3.11"]


def test_hint_of_the_day_first_decides_the_order() -> None:
    assert carried("by 03/04/2027", hints=FactHints(day_first=True))[0][1] == "3 de abril de 2027"


def test_amount_comes_back_in_the_place_of_the_one_that_was_asked() -> None:
    asked = [Replacement(0, 1, "£\u00a045.000", "US$ 52,700")]
    assert fit_facts("até US$ 52.700 brutos", asked, PT) == "até £\u00a045.000 brutos"
    assert fit_facts("até 52.700 dólares brutos", asked, PT) == "até £\u00a045.000 brutos"
    assert fit_facts("de US$ 52.700 a US$ 61.300", asked, PT) == "de £\u00a045.000 a US$ 61.300"
    both = [*asked, Replacement(2, 3, "£\u00a050.000", "US$ 61,300")]
    assert fit_facts("de US$ 52.700 a US$ 61.300", both, PT) == "de £\u00a045.000 a £\u00a050.000"


@pytest.mark.parametrize("answer", ["até US$ 52,7 mil", "US$ 52.700 ou US$ 52.700", "52.700 coisas", "US$ 52.700 mil"])
def test_answer_without_the_asked_amount_once_is_none(answer: str) -> None:
    assert fit_facts(answer, [Replacement(0, 1, "£\u00a045.000", "US$ 52,700")], PT) == ""


@pytest.mark.parametrize(
    ("text", "asked", "answer", "fitted"),
    [
        ("14h30", "14:30", "segunda-feira às 14:30 da tarde", "segunda-feira às 14h30"),
        ("5 de janeiro de 2027", "January 5, 2027", "em 5 de Janeiro de 2027", "em 5 de janeiro de 2027"),
        ("1.200", "1,200", "mais de 1,200 pessoas", "mais de 1.200 pessoas"),
        ("100.000.000.000", "100 billion", "100 mil milhões de dados", "100\u00a0bilhões de dados"),
        ("10.000+", "at least 10,000", "pelo menos 10,000 lojas", "pelo menos 10.000 lojas"),
        ("12,5%", "12.5%", "12.5 % de desconto", "12,5% de desconto"),
        ("1.200", "1,200", "ver https://x.example/1,200", "ver https://x.example/1,200"),
        ("1.200", "1,200", "muitas pessoas", "muitas pessoas"),
        ("US$ 5", "", "Q0Q", "Q0Q"),
    ],
)
def test_fact_that_was_asked_as_itself_gets_the_form_of_the_locale(
    text: str, asked: str, answer: str, fitted: str
) -> None:
    assert fit_facts(answer, [Replacement(0, 1, text, asked)], PT) == fitted


@given(
    st.lists(
        st.sampled_from(["$5", "10k", "Jan 5", "9am", "12.5%", "x", "<b>", "€1.5M/yr", "3+", "http://a.example/1,2"])
    )
)
def test_facts_are_apart_and_hidden_ones_come_back_in_the_form_of_the_target(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = find_facts(text, EN, FR, DOLLARS).replacements
    assert all(one.stop <= other.start for one, other in pairwise(found))
    hidden = [each._replace(asked="") for each in found]
    masked = mask(text, MARKER, (), hidden)
    back = unmask(masked.text, masked.originals, MARKER)
    expected = text
    for each in reversed(found):
        expected = expected[: each.start] + each.text + expected[each.stop :]
    assert back == expected


@pytest.mark.parametrize(
    "number", ["1" * 29, "1," + ",".join(["000"] * 12), f"{'9' * 400}.50", f"${'1' * 40}", f"{'1' * 40}%"]
)
def test_number_of_any_length_is_read(number: str) -> None:
    text = f"We look after {number} patients and pay {number} million."
    found = find_facts(text, Locale("en"), Locale("pt", "BR"), NO_HINTS)
    assert fit_facts(text, found.replacements, Locale("pt", "BR")) is not None
