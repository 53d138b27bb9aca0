"""A catalog that was made beforehand is written as it is; what somebody has saved since is taken over."""

from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.po_file import Catalog, read_catalog, serialize_catalog
from pipeline.catalog.revision import prepare_catalog, revise_catalog
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit

NURSE, COOK = UnitKey("title", "Nurse"), UnitKey("title", "Cook")


def catalog(*units: Unit) -> Catalog:
    housed = layout.with_house_headers(None, source="en", locale=Locale("de"))
    return replace(housed, units=units)


def units_in(path: Path) -> tuple[Unit, ...]:
    found = read_catalog(path)
    return found.units if found else ()


def with_cook(current: Catalog | None) -> Catalog:
    return catalog(*(current.units if current else ()), Unit(key=COOK))


def refused(_current: Catalog | None) -> Catalog:
    raise AssertionError("what was prepared is made again")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "postings.en.po"
    path.write_text(serialize_catalog(catalog(Unit(key=NURSE))), encoding="utf-8")
    return path


def test_what_was_prepared_is_written_and_not_made_again(path: Path) -> None:
    before = path.read_bytes()
    prepared = prepare_catalog(path, with_cook)
    assert path.read_bytes() == before
    done = revise_catalog(path, refused, alone_in_folder=path.parent, prepared=prepared)
    assert (done.entries, done.written, done.taken_over) == (prepared.entries, True, 0)
    assert units_in(path) == (
        Unit(key=NURSE),
        Unit(key=COOK),
    )


def test_what_somebody_has_saved_since_is_taken_over(path: Path) -> None:
    prepared = prepare_catalog(path, with_cook)
    accepted = Unit(key=NURSE, target="Pflegekraft")
    path.write_text(serialize_catalog(catalog(accepted)), encoding="utf-8")
    done = revise_catalog(path, refused, alone_in_folder=path.parent, prepared=prepared)
    assert (done.written, done.taken_over) == (True, 1)
    assert units_in(path) == (
        accepted,
        Unit(key=COOK),
    )


def test_a_file_that_is_new_since_is_merged_anew(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.unlink()
    prepared = prepare_catalog(path, with_cook)
    path.write_text(text, encoding="utf-8")
    done = revise_catalog(path, with_cook, alone_in_folder=path.parent, prepared=prepared)
    assert (done.written, done.taken_over) == (True, 1)
    assert units_in(path) == (
        Unit(key=NURSE),
        Unit(key=COOK),
    )


def test_where_no_file_is_wanted_none_is_written(path: Path) -> None:
    path.unlink()
    prepared = prepare_catalog(path, lambda _: None)
    done = revise_catalog(path, refused, alone_in_folder=path.parent, prepared=prepared)
    assert (done.entries, done.written, path.exists()) == (None, False, False)
