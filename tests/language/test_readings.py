"""What every reading holds to: exact spans, linear time, nothing said of a language that is not known."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import calendar, meaning, quantities
from pipeline.language.abilities import abilities
from pipeline.language.figures import figure
from pipeline.language.knowledge import languages

LONG = 100_000


@given(st.text(), st.sampled_from([*languages(), "fi", ""]))
def test_span_of_a_reading_lies_in_the_text_and_in_order(text: str, language: str) -> None:
    for found in (quantities.read(text, language), calendar.read(text, language), meaning.read(text, language)):
        assert all(0 <= each.start < each.end <= len(text) for each in found)
        assert [each.start for each in found] == sorted(each.start for each in found)


@given(st.integers(min_value=1000, max_value=10**12), st.sampled_from([",", ".", "\u00a0", "\u202f", "'"]))
def test_grouping_sign_never_changes_the_number(number: int, sign: str) -> None:
    written = f"{number:,}".replace(",", sign)
    assert figure(written) == (Decimal(number),)
    assert [each.value for each in quantities.read(f"about {written} people", "en")] == [number]


@pytest.mark.parametrize(
    "piece", ["1 ", "1,", "1.", "9-", "am ", "two ", "€", "no ", "1/", "01 ", "5 to ", "maio de ", "24/7 ", "h "]
)
def test_reading_takes_linear_time(piece: str) -> None:
    text = piece * (LONG // len(piece))
    for language in ("en", "pt"):
        started = time.process_time()
        quantities.read(text, language)
        calendar.read(text, language)
        meaning.read(text, language)
        assert time.process_time() - started < 10


def test_language_without_data_reads_figures_and_no_words() -> None:
    assert [each.value for each in quantities.read("kaksi vuotta, 5 päivää", "fi")] == [5]
    assert meaning.read("ei koskaan", "fi") == ()


def test_reading_keeps_what_is_needed_to_write_a_quantity_anew() -> None:
    (found,) = quantities.read("up to $1,250.50 gross per month", "en")
    kept = (found.unit, found.value, found.decimals, found.comparator, found.period, found.basis)
    assert kept == ("dollar", found.value, 2, "at_most", "month", "gross")
    assert (found.start, found.end) == (6, 15)


def test_order_of_day_and_month_stays_open_where_both_may_be_a_month() -> None:
    moments = [calendar.read(text, "en")[0] for text in ("03/04/2027", "13/04/2027", "2027-04-03")]
    assert [moment.order_open for moment in moments] == [True, False, False]


def test_every_language_with_a_data_file_reads_quantities() -> None:
    assert all(each.quantities for each in abilities(languages()))
    assert {each.language for each in abilities(languages()) if each.negation} == {"de", "en", "es", "fr", "pt"}
