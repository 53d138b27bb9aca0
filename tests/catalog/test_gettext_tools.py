"""GNU gettext agrees with the house form, and people's work survives its tools."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.catalog.layout import house_headers, template
from pipeline.catalog.merge import merge_units
from pipeline.catalog.po_file import Catalog, parse_catalog, read_catalog, serialize_catalog, write_catalog
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, Extras, Suggestion, Unit
from tests.catalog.random_units import HEADERS, LINE, random_units
from tests.catalog.units import ARGOS, empty, engines, incoming, key, persons
from tests.tools import require_tool

PATH = Path("postings.en.po")
# msgfmt wants source and target to end alike: with a line end, or without.
TIDY_TARGET = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
FORTY = tuple(f"acme-{number}" for number in range(40))
CATALOG = Catalog(
    headers=HEADERS,
    notes=("By hand.",),
    units=(
        merge_units([persons("Welding robots", "روبوتات اللحام")], [incoming("Welding robots", *FORTY)])[0],
        engines('C:\\temp "and" 50 %', "\u200f50 % C:\\temp «و»", "a b", "acme:4711", "ü/x"),
        replace(persons("Team 👩‍🔧🎓", "فريق 👩‍🔧🎓", doubtful=True), previous=key("Team 👩‍🔧", "offer|a b")),
        replace(persons("Two\nlines", "سطر\nسطران", context=""), extras=Extras(notes=("a note",), flags=("no-wrap",))),
        replace(persons("Line", "a\u2028b\tc", doubtful=True), suggestion=Suggestion(engine=ARGOS, target="سطر")),
        replace(persons("Drive", "D", doubtful=True), suggestion=Suggestion(engine=ARGOS, target="C:\\temp\\")),
        replace(empty("Nothing"), attempt=ARGOS, findings=("empty",)),
        persons("It goes without saying", DELIBERATELY_EMPTY, context="offer"),
        replace(
            persons("%(num)d posting", "%(num)d إعلان"),
            extras=Extras(
                plural_source="%(num)d postings", plural_targets=("%(num)d إعلان",) * 6, flags=("no-c-format",)
            ),
        ),
        replace(engines("Gone", "ذهب"), retired=True),
        replace(
            persons("Gone and edited", "ذهب\nوعُدّل\n", doubtful=True),
            retired=True,
            previous=key("Gone,\nedited"),
        ),
    ),
)


def gettext(tool: str, *arguments: str | Path) -> str:
    done = subprocess.run([require_tool(tool), *arguments], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def assert_gettext_agrees(catalog: Catalog, folder: Path) -> None:
    path = folder / "written.po"
    write_catalog(path, catalog)
    assert gettext("msgcat", "--no-wrap", "--width=100000", path) == path.read_text(encoding="utf-8")
    gettext("msgfmt", "--check", "--output-file", folder / "written.mo", path)


def test_gettext_reproduces_and_accepts_a_catalog_with_everything(tmp_path: Path) -> None:
    assert_gettext_agrees(CATALOG, tmp_path)
    assert parse_catalog(serialize_catalog(CATALOG), PATH).units == CATALOG.units


def test_gettext_reproduces_and_accepts_a_template(tmp_path: Path) -> None:
    assert_gettext_agrees(template("en", [incoming("Nurse", *FORTY), incoming("Pflege", context="title")]), tmp_path)


# Shrinking would start the tools for minutes.
@settings(max_examples=4, deadline=None, phases=[Phase.generate])
@given(st.lists(random_units(targets=TIDY_TARGET), min_size=20, max_size=30, unique_by=lambda unit: unit.key))
def test_gettext_reproduces_and_accepts_random_catalogs(
    tmp_path_factory: pytest.TempPathFactory, units: list[Unit]
) -> None:
    catalog = Catalog(headers=HEADERS, units=tuple(sorted(units, key=lambda unit: unit.retired)))
    assert_gettext_agrees(catalog, tmp_path_factory.mktemp("random"))


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[2].glob("locales/**/*.po*")), ids=lambda path: path.name)
def test_gettext_reproduces_and_accepts_the_catalogs_of_the_repository(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert gettext("msgcat", "--no-wrap", "--width=100000", path) == text
    gettext("msgfmt", "--check", "--output-file", tmp_path / "checked.mo", path)


@pytest.mark.parametrize(
    "entry",
    [
        '#, c-format\nmsgid "100%% remote, %d days"\nmsgstr "100 % remoto"\n',
        '#, possible-c-format\nmsgid "Grow %d people"\nmsgstr "Crescer"\n',
        '#, python-brace-format\nmsgid "Know {y}"\nmsgstr "Saber {z}"\n',
        '#, kde-format\nmsgid "Earn %1"\nmsgstr "Ganhar"\n',
        'msgid "Nurse"\nmsgstr "Infirmière\\n"\n',
        'msgid "\\nNurse\\n"\nmsgstr "Infirmière"\n',
        'msgid "Job"\nmsgid_plural "Jobs"\nmsgstr[0] "Poste"\nmsgstr[1] "Postes\\n"\n',
        'msgid "Job"\nmsgid_plural "Jobs"\nmsgstr[0] "Poste"\n',
        'msgid "Job"\nmsgid_plural "Jobs"\nmsgstr[0] "Poste"\nmsgstr[1] "Postes"\nmsgstr[2] "Postes"\n',
    ],
)
def test_what_msgfmt_refuses_of_an_entry_is_not_written_again(entry: str, tmp_path: Path) -> None:
    french = Catalog(headers=house_headers("en", parse_locale("fr")))
    theirs, ours = tmp_path / "theirs.po", tmp_path / "ours.po"
    theirs.write_text(f"{serialize_catalog(french)}\n{entry}", encoding="utf-8")
    command = [require_tool("msgfmt"), "--check", "--output-file=/dev/null"]
    assert subprocess.run([*command, theirs], capture_output=True, check=False).returncode == 1
    catalog = read_catalog(theirs)
    assert catalog is not None
    write_catalog(ours, catalog)
    assert len(catalog.units) == 1
    gettext("msgfmt", "--check", "--output-file=/dev/null", ours)


def test_nothing_of_a_person_is_lost_when_msgmerge_was_run_between(tmp_path: Path) -> None:
    reviewed = persons("Two years of experience with welding robots", "Deux ans d’expérience des robots de soudage")
    same = persons("Shift work", "Travail posté")
    gone = persons("Company car", "Voiture de fonction")
    machine = engines("Flexible hours", "Horaires flexibles")
    headers = house_headers("en", parse_locale("fr"))
    po, pot = tmp_path / "postings.en.po", tmp_path / "postings.en.pot"
    write_catalog(po, Catalog(headers=headers, units=(reviewed, same, gone, machine)))
    arriving = [
        incoming("Three years of experience with welding robots"),
        incoming("Shift work"),
        incoming("Flexible hours"),
    ]
    write_catalog(pot, template("en", arriving))

    gettext("msgmerge", "--quiet", "--previous", "--update", "--backup=none", po, pot)
    merged = read_catalog(po)
    assert merged is not None
    fuzzy = replace(
        persons("Three years of experience with welding robots", reviewed.target, doubtful=True), previous=reviewed.key
    )
    # msgmerge drops extracted comments, so the engine's target counts as a person's from now on.
    kept = replace(machine, provenance=None)
    assert merged.units == (fuzzy, same, kept, replace(gone, retired=True, references=()))
    assert fuzzy.stale

    again = merge_units(merged.units, arriving)
    assert again == merged.units
    assert merge_units(again, [incoming("Company car")])[0] == gone


def test_wide_and_narrow_units_are_two_entries_for_gettext(tmp_path: Path) -> None:
    narrow = replace(persons("Lead", "Chef", "acme-1"), key=UnitKey("title|acme-1", "Lead"))
    wide = persons("Lead", "Cheffe", context="title")
    assert_gettext_agrees(Catalog(headers=HEADERS, units=(wide, narrow)), tmp_path)
