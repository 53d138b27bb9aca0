"""What stands beside a unit that is to be reviewed: the neighbours that people made, in lines that every tool keeps."""

import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.pypo import pofile

from pipeline.catalog.layout import house_headers
from pipeline.catalog.neighbours import describe, neighbour_line, note_neighbours, word_diff
from pipeline.catalog.past_units import Match, PastUnit, PastUnits
from pipeline.catalog.po_file import Catalog, parse_catalog, serialize_catalog
from pipeline.model.locale import parse_locale
from pipeline.model.unit import Unit
from tests.catalog.random_units import LETTERS
from tests.catalog.units import empty, engines, key, persons
from tests.tools import require_tool

PAST = PastUnits([PastUnit("requirements", "Two years in a kitchen", "Deux ans en cuisine")])
LINE = "86 [-Two-]{+Three+} years in a kitchen → Deux ans en cuisine"
NEW = engines("Three years in a kitchen", "Trois ans dans la cuisine")


def noted(*units: Unit, before: tuple[Unit, ...] = ()) -> list[tuple[str, ...]]:
    found = note_neighbours({unit.key for unit in before}, units, lambda: PAST)
    return [unit.neighbours for unit in found]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("same", "same", "same"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("Ph.D. in Statistics", "Ph.D. in Physics", "Ph.D. in [-Statistics-]{+Physics+}"),
        ("two or three days", "one or four days", "[-two-]{+one+} or [-three-]{+four+} days"),
        ("a b c", "x y c", "[-a b-]{+x y+} c"),
        ("夜勤の看護師", "日勤の看護師", "[-夜-]{+日+}勤の看護師"),
        ("कर्मचारी चाहिए", "कर्मचारी नहीं चाहिए", "कर्मचारी {+नहीं +}चाहिए"),
        ("Head of it", "Head of IT.", "Head of [-it-]{+IT.+}"),
    ],
)
def test_diff_marks_the_words_that_differ(before: str, after: str, shown: str) -> None:
    assert word_diff(before, after) == shown


def test_what_stays_the_same_is_shown_by_its_ends() -> None:
    same = " ".join(f"{number:02}" for number in range(100))
    ends = f"{same[:50].rstrip()} … {same[-49:]} "
    assert word_diff(f"{same} old", f"{same} new") == f"{ends}[-old-]{{+new+}}"


@given(*[st.lists(LETTERS, min_size=1, max_size=40).map("".join)] * 3)
def test_line_has_no_end_of_line_and_no_open_direction(source: str, neighbour: str, target: str) -> None:
    line = neighbour_line(source, Match(80, PastUnit("", neighbour + "\n\u2028\u202e", target + "\r\x85\u2067")))
    assert len(line.splitlines()) == 1
    assert line == line.strip()
    assert line.count("\u2068") == line.count("\u2069") in {0, 2}
    assert "\u202e" not in line


def test_right_to_left_text_is_isolated() -> None:
    line = neighbour_line("Night nurse", Match(88.4, PastUnit("", "Night nurses", "ممرضات ليليات")))
    assert line == "88 \u2068Night [-nurses-]{+nurse+}\u2069 → \u2068ممرضات ليليات\u2069"


def test_line_is_bounded_however_long_the_texts_are() -> None:
    long, other = ("word " * 2000, "other thing " * 900)
    assert len(neighbour_line(long, Match(60, PastUnit("", other, long)))) < 1100


def test_new_unit_gets_its_neighbours_and_one_that_was_there_does_not() -> None:
    assert noted(NEW) == [(LINE,)]
    assert noted(NEW, before=(NEW,)) == [()]


def test_untranslated_unit_gets_neighbours_and_a_reviewed_one_does_not() -> None:
    untranslated = empty(NEW.key.source)
    reviewed = persons(NEW.key.source, "Trois ans en cuisine", context="offer")
    assert noted(untranslated, reviewed) == [(LINE,), ()]


def test_memory_is_not_asked_for_where_nothing_is_new() -> None:
    def fail() -> PastUnits:
        raise AssertionError

    assert note_neighbours({NEW.key}, (NEW,), fail) == (NEW,)


def test_source_that_was_edited_is_no_neighbour_of_its_own_target() -> None:
    edited = Unit(key=NEW.key, target="Deux ans en cuisine", doubtful=True, previous=key("Two years in a kitchen"))
    assert list(describe(edited, next(PAST.nearest([edited.key.source])))) == []


def catalog_with(unit: Unit) -> str:
    return serialize_catalog(Catalog(headers=house_headers("en", parse_locale("ar")), units=(unit,)))


NOTED = next(iter(note_neighbours((), (NEW,), lambda: PAST)))
RIGHT_TO_LEFT = PastUnits([PastUnit("title", "Night nurses", "ممرضات ليليات")])
NOTED_ARABIC = next(iter(note_neighbours((), (engines("Night nurse", "ممرضة"),), lambda: RIGHT_TO_LEFT)))


@pytest.mark.parametrize("unit", [NOTED, NOTED_ARABIC])
def test_lines_survive_gettext_and_weblate(unit: Unit, tmp_path: Path) -> None:
    require_tool("msgcat")
    catalog, template = tmp_path / "ar.po", tmp_path / "en.pot"
    catalog.write_text(catalog_with(unit), encoding="utf-8")
    template.write_text(catalog_with(empty(unit.key.source)), encoding="utf-8")
    again = subprocess.run(
        ["msgcat", "--no-wrap", "--width=100000", catalog], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert again == catalog.read_text(encoding="utf-8")
    line = f"neighbour: {unit.neighbours[0]}"
    # Weblate stores catalogs by translate-toolkit.
    weblate = pofile.parsefile(str(catalog))  # type: ignore[no-untyped-call]
    weblate.save()
    assert line in polib.pofile(str(catalog))[0].comment.splitlines()
    assert parse_catalog(catalog.read_text(encoding="utf-8"), catalog).units[0].neighbours == unit.neighbours


@given(st.lists(st.lists(LETTERS, min_size=1, max_size=20).map("".join), min_size=3, max_size=3))
def test_lines_come_back_as_they_were_written(texts: list[str]) -> None:
    source, neighbour, target = texts
    line = neighbour_line(source, Match(70, PastUnit("", neighbour, target)))
    unit = Unit(key=key("Cook"), neighbours=(line,))
    assert parse_catalog(catalog_with(unit), Path("ar.po")).units == (unit,)


def test_review_takes_the_lines_away() -> None:
    accepted = catalog_with(NOTED).replace("#, fuzzy\n", "")
    read = parse_catalog(accepted, Path("ar.po"))
    assert read.units[0].neighbours == ()
    assert "neighbour" not in serialize_catalog(read)
