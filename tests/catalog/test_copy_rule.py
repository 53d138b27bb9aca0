"""A source in which nothing can be translated is copied, and needs no review."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog.filling import fill_by_rule, fill_from_people, wants_engine
from pipeline.catalog.incoming import Incoming
from pipeline.catalog.merge import clear_machine, merge_units
from pipeline.catalog.po_file import Catalog, parse_catalog, serialize_catalog
from pipeline.language.spans import is_untranslatable
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin, OriginKind, Unit, UnitState

KEY = UnitKey("requirements", "C++, Node.js")
COPIED = fill_by_rule(Unit(key=KEY, references=("postings/a",)), "en→fr")


@pytest.mark.parametrize(
    "source",
    ["C++", "C++ / C#", "40.000 € – 50.000 €", "24/7", "<b>.NET</b>", "https://a.example", "{name}", "Acme", "🎉"],
)
def test_names_numbers_and_symbols_are_untranslatable(source: str) -> None:
    assert is_untranslatable(source, ("Acme",))


@pytest.mark.parametrize("source", ["Python", "5 years", "C++ and C#", "", " ", "Acme Corp", "経験", "見 C++"])
def test_words_are_translatable(source: str) -> None:
    assert not is_untranslatable(source, ("Acme",))


def test_copy_is_reviewed_and_says_by_which_rule() -> None:
    assert (COPIED.target, COPIED.state, COPIED.by_rule, COPIED.made_by) == (
        KEY.source,
        UnitState.REVIEWED,
        True,
        OriginKind.ENGINE,
    )
    assert str(COPIED.provenance and COPIED.provenance.engine) == "copy 1 en→fr"


def test_no_engine_is_asked_about_a_copy() -> None:
    origin = EngineOrigin(engine="argos", model="1.9", route="en→fr")
    assert not wants_engine(COPIED, origin, retranslate=True)


def test_what_a_person_wrote_or_emptied_is_not_copied_over() -> None:
    theirs = Unit(key=KEY, target="C++ et Node.js")
    emptied = replace(COPIED, target="")
    assert fill_by_rule(theirs, "en→fr") == theirs
    assert fill_by_rule(emptied, "en→fr") == emptied


def test_copy_that_a_person_changes_is_theirs() -> None:
    changed = replace(COPIED, target="C++ et Node.js")
    assert (changed.by_rule, changed.engines_own, changed.made_by) == (False, False, OriginKind.HUMAN)


def test_edited_source_is_copied_anew_not_kept_for_review() -> None:
    edited = UnitKey("requirements", "C++, Node.js, C#")
    merged = merge_units([COPIED], [Incoming(key=edited, references=("postings/a",))])
    live = [fill_by_rule(unit, "en→fr") for unit in fill_from_people(merged, {}) if not unit.retired]
    assert [(unit.target, unit.state, unit.stale) for unit in live] == [(edited.source, UnitState.REVIEWED, False)]


def test_clearing_the_machines_targets_leaves_copies() -> None:
    assert clear_machine([COPIED], lambda _: True) == (COPIED,)


def test_copy_is_one_still_after_it_was_written_and_read() -> None:
    catalog = Catalog(headers=(("Content-Type", "text/plain; charset=UTF-8"),), units=(COPIED,))
    assert parse_catalog(serialize_catalog(catalog), Path("postings.en.po")).units == (COPIED,)
