"""What every reading holds to: exact spans, linear time, nothing said of a language that is not known.

`make fuzz` reads texts four times as long.
"""

import re
import time
import tomllib
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import calendar, meaning, quantities
from pipeline.language.abilities import abilities
from pipeline.language.figures import figure
from pipeline.language.knowledge import knowledge, languages
from tests.tools import LONG

LENGTH = 100_000 if LONG else 25_000
FOLDER = Path(str(files("pipeline.language"))) / "data"


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
    text = piece * (LENGTH // len(piece))
    for language in ("en", "pt"):
        started = time.process_time()
        quantities.read(text, language)
        calendar.read(text, language)
        meaning.read(text, language)
        assert time.process_time() - started < LENGTH / 10_000


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


def test_file_is_the_sum_of_the_tables_that_are_read_from_it_one_by_one() -> None:
    for path in FOLDER.glob("*.toml"):
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
        assert {table: dict(knowledge(path.stem).table(table)) for table in whole} == whole, path


def test_ability_is_named_where_the_table_is_that_it_needs() -> None:
    able = abilities(languages())
    assert {each.language for each in able if each.quantities} == set(languages("units"))
    assert {each.language for each in able if each.negation} == set(languages("negation"))
    assert set(languages("negation")) >= {"de", "en", "es", "fr", "pt"}


def test_patterns_of_every_language_compile() -> None:
    for language in languages():
        known = knowledge(language)
        for pattern in (*(known.table("gender").get(name, "") for name in ("one_gender", "occupations")),
                        known.table("lists").get("parting_pattern", "")):  # fmt: skip
            re.compile(pattern)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("<strong>3 years</strong> of experience", [""]),
        ("<strong> 3 years</strong> of experience", [""]),
        ('<a href="https://a.example">3 years</a>', [""]),
        ("<b>more than</b> 3 years, >5 hours, <8 hours", ["more_than", "more_than", "less_than"]),
        ("<b>>3 years</b>", ["more_than"]),
    ],
)
def test_tags_say_nothing_of_a_number(text: str, bounds: list[str]) -> None:
    assert [quantity.comparator for quantity in quantities.read(text, "en")] == bounds


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Noturno 20h as 04h", ["20h", "04h"]),
        ("08h ás 18h", ["08h", "18h"]),
        ("07h às 16h45min", ["07h", "16h45min"]),
        ("07h30min às 16h45min", ["07h30min", "16h45min"]),
        ("1h30min de intervalo", []),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, written: list[str]) -> None:
    assert [text[moment.start : moment.end] for moment in calendar.read(text, "pt")] == written


def test_a_period_is_named_by_every_one_of_it() -> None:
    assert quantities.periods("todos os meses e toda semana", "pt") == {"month", "week"}
