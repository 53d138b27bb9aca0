"""What reviewers do in Poedit and Weblate is read as they meant it, and nothing else changes.

`tests/fixtures/editors` holds what the tools themselves saved; translate-toolkit is what Weblate reads and writes with.
"""

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.pypo import pofile

from pipeline.catalog.filling import wants_engine
from pipeline.catalog.incoming import Incoming
from pipeline.catalog.merge import merge_units
from pipeline.catalog.po_file import Catalog, parse_catalog, serialize_catalog
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin, OriginKind, Unit, UnitState
from tests.catalog.random_units import TARGET, random_catalogs
from tests.laws import examples
from tests.tools import require_tool

PATH = Path("locales/pt_BR/LC_MESSAGES/editors.po")
FOLDER = Path(__file__).parents[1] / "fixtures" / "editors"
BEFORE, AFTER = ((FOLDER / name).read_text(encoding="utf-8") for name in ("before.po", "after.po"))
SAVED = pytest.mark.parametrize(
    "path", sorted({*FOLDER.glob("*.po")} - {FOLDER / "before.po", FOLDER / "after.po"}), ids=lambda path: path.stem
)
BERGAMOT = EngineOrigin(engine="bergamot", model="1693087644", route="en→pt")
# Weblate's choices for "Long lines wrapping": at 77 columns, only at newlines, none at all.
WRAPPINGS = (77, 65535, -1)


def read(path: Path) -> Catalog:
    return parse_catalog(path.read_text(encoding="utf-8"), PATH)


def without_comments_of_obsolete(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Take away what the tools drop: no word of a person, nothing that a revived unit would not get again."""
    return tuple(
        Unit(
            key=unit.key,
            target=unit.target,
            doubtful=unit.doubtful,
            retired=True,
            previous=unit.previous,
            extras=replace(unit.extras, remarks=()),
        )
        if unit.retired
        else unit
        for unit in units
    )


def postings_as_before() -> list[Incoming]:
    units = parse_catalog(BEFORE, PATH).units
    return [Incoming(key=unit.key, references=unit.references) for unit in units if not unit.retired]


@SAVED
def test_saved_file_returns_to_the_house_form_with_the_edits_and_no_other_change(path: Path) -> None:
    saved = read(path)
    merged = merge_units(saved.units, postings_as_before())
    house = Catalog(headers=parse_catalog(BEFORE, PATH).headers, units=without_comments_of_obsolete(merged))
    assert serialize_catalog(house) == AFTER


@SAVED
def test_merging_leaves_a_saved_file_as_the_reviewer_left_it(path: Path) -> None:
    saved = read(path)  # of a version that named five postings of a unit
    named = tuple(unit if unit.retired else replace(unit, references=unit.references[:1]) for unit in saved.units)
    assert merge_units(saved.units, postings_as_before()) == named
    assert merge_units(named, postings_as_before()) == named
    text = serialize_catalog(saved)
    assert serialize_catalog(parse_catalog(text, PATH)) == text


@SAVED
def test_edits_are_read_as_the_reviewer_meant_them(path: Path) -> None:
    told = [
        (unit.key.source[:12], unit.state, unit.made_by, wants_engine(unit, BERGAMOT))
        for unit in read(path).units
        if not unit.retired
    ]
    assert told == [
        ("Crane operat", UnitState.REVIEWED, OriginKind.ENGINE, False),
        ("A licence fo", UnitState.REVIEWED, OriginKind.HUMAN, False),
        ("You read tid", UnitState.NEEDS_REVIEW, OriginKind.HUMAN, False),
        ("A locker", UnitState.UNTRANSLATED, OriginKind.HUMAN, False),
        ("Shifts of ei", UnitState.REVIEWED, OriginKind.HUMAN, False),
        ("Lunch on the", UnitState.NEEDS_REVIEW, OriginKind.HUMAN, False),
        ("QA", UnitState.REVIEWED, OriginKind.HUMAN, False),
        ("We welcome a", UnitState.NEEDS_REVIEW, OriginKind.ENGINE, False),
        ('Port "C:\\ber', UnitState.REVIEWED, OriginKind.HUMAN, False),
    ]


@SAVED
def test_header_fields_of_the_tool_are_kept_and_ours_are_not_lost(path: Path) -> None:
    saved, before = dict(read(path).headers), dict(parse_catalog(BEFORE, PATH).headers)
    # Weblate writes the plural formula without brackets.
    assert {name: saved[name].replace("(n > 1)", "n > 1") for name in before} == {
        name: value.replace("(n > 1)", "n > 1") for name, value in before.items()
    }
    assert saved["Last-Translator"] == "Ana Lima <ana@example.org>"
    assert dict(parse_catalog(serialize_catalog(read(path)), PATH).headers) == saved


@SAVED
def test_review_comes_back_with_its_source_after_the_tool_saved_it_as_obsolete(path: Path) -> None:
    key = UnitKey("offer", "Paid insurance")
    arriving = [*postings_as_before(), Incoming(key=key, references=("postings/pier-7",))]
    (revived,) = (unit for unit in merge_units(read(path).units, arriving) if unit.key == key)
    assert replace(revived, provenance=None) == Unit(key=key, target="Seguro pago", references=("postings/pier-7",))
    assert revived.state is UnitState.REVIEWED


@SAVED
def test_gettext_accepts_a_saved_file_in_the_house_form(path: Path, tmp_path: Path) -> None:
    house = tmp_path / "house.po"
    house.write_text(serialize_catalog(read(path)), encoding="utf-8")
    done = subprocess.run(
        [require_tool("msgcat"), "--no-wrap", "--width=100000", house],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == house.read_text(encoding="utf-8")


def saved_by_weblate(text: str, wrapping: int, edits: dict[int, str], *, doubtful: bool = False) -> str:
    """Set the targets of live entries by their number and write the file as a Weblate server does."""
    store = pofile(BytesIO(text.encode("utf-8")), width=wrapping)
    entries = [entry for entry in store.units if not entry.isheader() and not entry.isobsolete()]
    for number, target in edits.items():
        entries[number].target = target
        entries[number].markfuzzy(doubtful)
        if not doubtful:
            entries[number].clear_previous()
    written = BytesIO()
    store.serialize(written)
    return written.getvalue().decode("utf-8")


@given(random_catalogs(), st.sampled_from(WRAPPINGS))
def test_weblate_saves_every_live_unit_as_it_was(catalog: Catalog, wrapping: int) -> None:
    saved = parse_catalog(saved_by_weblate(serialize_catalog(catalog), wrapping, {}), PATH)
    assert without_comments_of_obsolete(saved.units) == without_comments_of_obsolete(catalog.units)
    assert dict(saved.headers) == dict(catalog.headers)
    assert saved.notes == catalog.notes


@given(random_catalogs(), st.sampled_from(WRAPPINGS), TARGET, st.data())
def test_target_accepted_in_weblate_is_reviewed_and_no_other_unit_changes(
    catalog: Catalog, wrapping: int, target: str, data: st.DataObject
) -> None:
    singular = [
        number
        for number, unit in enumerate(unit for unit in catalog.units if not unit.retired)
        if not unit.extras.plural_source
    ]
    edited = data.draw(st.sampled_from(singular)) if singular else None
    edits = {} if edited is None else {edited: target}
    saved = parse_catalog(saved_by_weblate(serialize_catalog(catalog), wrapping, edits), PATH)
    expected = tuple(
        replace(unit, target=target, doubtful=False, previous=None, suggestion=None, neighbours=())
        if number == edited
        else unit
        for number, unit in enumerate(catalog.units)
    )
    assert without_comments_of_obsolete(saved.units) == without_comments_of_obsolete(expected)


@examples(40)
@given(random_catalogs())
def test_lines_that_gettext_wrapped_are_read_as_they_were(catalog: Catalog) -> None:
    # Poedit has gettext wrap at its column; formats are not what is checked here.
    plain = replace(
        catalog, units=tuple(replace(unit, extras=replace(unit.extras, flags=())) for unit in catalog.units)
    )
    done = subprocess.run(
        [require_tool("msgcat"), "--force-po", "--width=79", "-"],
        input=serialize_catalog(plain),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert parse_catalog(done.stdout, PATH).units == plain.units
