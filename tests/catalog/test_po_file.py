"""PO text: what is read back, what is kept of other tools and of people, what is refused."""

import time
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.layout import house_headers, with_house_headers
from pipeline.catalog.po_file import Catalog, parse_catalog, read_catalog, serialize_catalog, write_catalog
from pipeline.catalog.remarks import parse_remarks, serialize_remarks
from pipeline.errors import CatalogError
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.text import is_visible
from pipeline.model.unit import DELIBERATELY_EMPTY, Extras, OriginKind, Suggestion, Unit, UnitState
from tests.catalog.random_units import random_catalogs
from tests.catalog.units import ARGOS, BERGAMOT, engines, key, persons
from tests.laws import examples
from tests.projects import read_times

PATH = Path("locales/fr/LC_MESSAGES/postings.en.po")
HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
HEADERS = (("Language", "fr"), ("Content-Type", "text/plain; charset=UTF-8"))
HOUSE_FORM = (
    HEAD
    + """\
#. engine: argos 1.9 en→fr 3f2a9c1b
#: postings/acme-4711
#, fuzzy
#| msgctxt "requirements"
#| msgid "Ph.D. in a related field"
msgctxt "requirements"
msgid "Ph.D. in Computer Science or a closely related field"
msgstr "Doctorat en informatique ou dans un domaine étroitement lié"
"""
)


def parse(entries: str) -> Catalog:
    return parse_catalog(HEAD + entries, PATH)


def only(entries: str) -> Unit:
    (unit,) = parse(entries).units
    return unit


@given(random_catalogs())
def test_parsing_undoes_serializing(catalog: Catalog) -> None:
    parsed = parse_catalog(serialize_catalog(catalog), PATH)
    assert parsed.units == catalog.units
    assert parsed.notes == catalog.notes
    assert dict(parsed.headers) == dict(catalog.headers)


@given(random_catalogs())
def test_serializing_twice_writes_the_same(catalog: Catalog) -> None:
    text = serialize_catalog(catalog)
    assert serialize_catalog(parse_catalog(text, PATH)) == text


@examples(200)
@given(st.text(st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x00"), min_size=1))
def test_any_target_that_a_person_types_is_read_back(target: str) -> None:
    catalog = Catalog(headers=HEADERS, units=(persons("Nurse", target),))
    read = target.strip("\n") if target == DELIBERATELY_EMPTY or is_visible(target) else ""
    expected = Catalog(headers=HEADERS, units=(persons("Nurse", read),))
    assert parse_catalog(serialize_catalog(catalog), PATH) == expected


@pytest.mark.parametrize(
    "target", [" ", "\u00a0", "\u200b", "\u200f", "\ufeff", "\u2060\u2060", "\\n", "\u3164", "\ufe0f"]
)
def test_target_in_which_nothing_can_be_seen_is_none(target: str) -> None:
    unit = only(f'#. engine: argos 1.9 en→fr 3f2a9c1b\n#, fuzzy\nmsgid "Nurse"\nmsgstr "{target}"\n')
    assert (unit.target, unit.state, unit.rejected) == ("", UnitState.UNTRANSLATED, True)


def test_line_ends_of_a_target_are_those_of_its_source_as_msgfmt_wants_it() -> None:
    entries = 'msgid "a"\nmsgstr "\\nb\\n"\n\nmsgid "\\nc\\n"\nmsgstr "d"\n'
    assert [unit.target for unit in parse(entries).units] == ["b", "\nd\n"]


def test_house_form_is_written_as_it_was_read() -> None:
    assert serialize_catalog(parse_catalog(HOUSE_FORM, PATH)) == HOUSE_FORM


def test_header_of_another_tool_is_kept() -> None:
    text = (
        "# French translations.\n# Ana, 2026.\n"
        'msgid ""\nmsgstr ""\n"Project-Id-Version: jobs 2\\n"\n"Last-Translator: Ana <ana@example.org>\\n"\n'
        '"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        '"X-Source-Language: en\\n"\n"X-Generator: Weblate 5.8\\n"\n'
    )
    catalog = with_house_headers(parse_catalog(text, PATH), "en", parse_locale("fr"))
    assert serialize_catalog(catalog) == text


def test_missing_header_fields_are_ours() -> None:
    assert with_house_headers(None, "en", parse_locale("fr")).headers == house_headers("en", parse_locale("fr"))
    head = 'msgid ""\nmsgstr "Project-Id-Version: polypost\\n"\n\n'
    bare = parse_catalog(head + 'msgid "Nurse"\nmsgstr "Infirmière"\n', PATH)
    mended = with_house_headers(bare, "en", parse_locale("fr"))
    assert dict(mended.headers) == dict(house_headers("en", parse_locale("fr")))
    assert mended.units == (Unit(key=key("Nurse", ""), target="Infirmière"),)


def test_target_whose_fuzzy_was_taken_away_is_reviewed() -> None:
    unit = parse_catalog(HOUSE_FORM.replace("#, fuzzy\n", ""), PATH).units[0]
    assert (unit.state, unit.previous, unit.stale) == (UnitState.REVIEWED, None, False)


def test_suggestion_goes_when_the_target_is_accepted() -> None:
    stale = replace(
        persons("Nurse", "Infirmière", doubtful=True),
        previous=key("A nurse"),
        suggestion=Suggestion(engine=ARGOS, target="Infirmier"),
    )
    text = serialize_catalog(Catalog(headers=HEADERS, units=(stale,)))
    accepted = parse_catalog(text.replace("#, fuzzy\n", ""), PATH)
    assert accepted == Catalog(headers=HEADERS, units=(persons("Nurse", "Infirmière"),))


def test_target_that_was_edited_is_a_persons() -> None:
    text = serialize_catalog(Catalog(headers=HEADERS, units=(engines("Nurse", "Infirmière"),)))
    unit = parse_catalog(text, PATH).units[0]
    edited = parse_catalog(text.replace("Infirmière", "Infirmier"), PATH).units[0]
    assert (unit.made_by, unit.engines_own) == (OriginKind.ENGINE, True)
    assert (edited.made_by, edited.engines_own, edited.state) == (OriginKind.HUMAN, False, UnitState.NEEDS_REVIEW)


@pytest.mark.parametrize("risk", [0, 7, 100])
def test_risk_stands_behind_what_made_the_target(risk: int) -> None:
    lines = ("engine: argos 1.9 en→ar 3f2a9c1b", "asked: a cook", "repaired: clauses", f"risk: {risk}", "check: length")
    found = parse_remarks(lines)
    assert found.provenance is not None
    assert (found.provenance.risk, found.foreign) == (risk, ())
    unit = Unit(key=UnitKey("", "A"), provenance=found.provenance, findings=found.findings)
    assert tuple(serialize_remarks(unit)) == lines


@pytest.mark.parametrize(
    "lines",
    [
        ("engine: argos 1.9 en→ar 3f2a9c1b", "risk: 101"),
        ("engine: argos 1.9 en→ar 3f2a9c1b", "risk: 07"),
        ("engine: argos 1.9 en→ar 3f2a9c1b", "risk: high"),
        ("engine: argos 1.9 en→ar 3f2a9c1b", "risk: 5 of 100"),
        ("memory: 100 title 3f2a9c1b", "risk: 5"),
        ("risk: 5",),
    ],
)
def test_line_that_says_no_risk_of_a_machines_target_is_somebody_elses(lines: tuple[str, ...]) -> None:
    found = parse_remarks(lines)
    assert found.foreign == lines[-1:]
    assert found.provenance is None or found.provenance.risk is None


def test_target_that_was_emptied_is_rejected_and_stays_so() -> None:
    text = serialize_catalog(Catalog(headers=HEADERS, units=(engines("Nurse", "Infirmière"),)))
    emptied = parse_catalog(text.replace('"Infirmière"', '""'), PATH)
    assert emptied.units == (replace(engines("Nurse", "Infirmière"), target="", doubtful=False),)
    assert emptied.units[0].rejected
    assert parse_catalog(serialize_catalog(emptied), PATH) == emptied


def test_word_joiner_alone_is_a_reviewed_target() -> None:
    unit = only(f'msgctxt "offer"\nmsgid "And more"\nmsgstr "{DELIBERATELY_EMPTY}"\n')
    assert unit == Unit(key=key("And more", "offer"), target=DELIBERATELY_EMPTY)
    assert unit.state is UnitState.REVIEWED


def test_comments_and_flags_of_other_tools_are_kept_in_the_house_order() -> None:
    unit = only(
        "#  ask the welders\n#. Translators: of robots\n#. check: numbers\n#: src/a.py:12 postings/b%20c\n"
        '#, no-wrap, fuzzy, no-c-format\nmsgid "Welder"\nmsgstr "Soudeuse"\n'
    )
    assert unit == Unit(
        key=key("Welder", ""),
        target="Soudeuse",
        doubtful=True,
        findings=("numbers",),
        references=("src/a.py:12", "postings/b%20c"),
        extras=Extras(
            notes=(" ask the welders",), remarks=("Translators: of robots",), flags=("no-c-format", "no-wrap")
        ),
    )


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        ('msgid "a"\nmsgstr "b\n', 7),
        ('msgid "a"\nmsgstr b"\n', 7),
        ('msgid "a"\nmsgstr "b"\n"c\n', 8),
        ('msgid "a\nmsgstr "b"\n', 6),
        ('msgid "a"\nmsgstr "b" c\n', 7),
        ('msgid "a"\nmsgstr "b"c"\n', 7),
        ("msgid 'a'\nmsgstr 'b'\n", 6),
        ('msgid "a"\nmsgstr "b\\q"\n', 7),
        ('<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', 6),
        ('msgid "a"\nmsgstr "b"\n=======\n', 8),
        ('#~ msgid "a"\n#~ msgstr "b\n', 7),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 7),
        ('msgstr "c"\n', 6),
        ("README.md\n", 6),
    ],
)
def test_text_that_is_not_po_is_refused_with_its_line(entries: str, line: int) -> None:
    with pytest.raises(CatalogError, match=f"^{PATH}:{line}: ") as refused:
        parse(entries)
    assert (refused.value.path, refused.value.line) == (PATH, line)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ": is empty: "),
        ("\n \n", ": is empty: "),
        ("# French translations.\n", ": is empty: "),
        ('msgid ""\nmsgstr ""\n', ": is empty: "),
        ('msgid "Nurse"\nmsgstr "Infirmière"\n', ": has no header entry: "),
        ('msgid ""\nmsgstr ""\n"Project-Id-Version: polypost\\n"\n', ": breaks off in its header; "),
        ('msgid ""\n', ":1: this entry breaks off "),
        (HEAD + '#: postings/a\nmsgctxt "offer"\n', ":7: this entry breaks off "),
        (HEAD + '#: postings/a\nmsgid "a"\n', ":7: this entry breaks off "),
        (HEAD + 'msgid "a"\nmsgid_plural "as"\n', ":6: this entry breaks off "),
        (HEAD + '#~ msgid "a"\n', ":6: this entry breaks off "),
        (HEAD + 'msgid "a"\nmsgstr "b"\n\n#. engine: argos 1.9 en', ":9: this entry breaks off "),
        (HEAD + 'msgid "a"\nmsgstr "b"\n\n#: postings/a\n#, fuzzy\n#| msgid "c"\n', ":9: this entry breaks off "),
        (HEAD + 'msgid "a"\n\n#: postings/b\nmsgid "b"\nmsgstr "c"\n', ":6: this entry breaks off "),
    ],
)
def test_torn_file_is_refused_with_what_to_do(text: str, told: str) -> None:
    with pytest.raises(CatalogError) as refused:
        parse_catalog(text, PATH)
    assert str(refused.value).startswith(f"{PATH}{told}")
    assert str(refused.value).endswith("; restore the file from version control")


def test_free_comment_may_end_a_file() -> None:
    assert parse('msgid "a"\nmsgstr "b"\n\n# vim: ft=po\n').units == (Unit(key=key("a", ""), target="b"),)


def test_cut_file_loses_no_entry_in_silence() -> None:
    """Cut anywhere, it is refused, or it holds what stands before the cut, the last target perhaps shortened."""
    whole = serialize_catalog(parse_catalog(HOUSE_FORM, PATH))
    kept = set()
    for end in range(len(HEAD), len(whole)):
        try:
            kept.add(parse_catalog(whole[:end], PATH).units)
        except CatalogError:
            continue
    assert kept == {(), parse_catalog(whole, PATH).units}


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252", "US-ASCII", "UTF-16"])
def test_header_that_names_another_charset_is_refused(charset: str) -> None:
    with pytest.raises(
        CatalogError, match=f":4: its header says charset={charset}; `polypost catalogs update --convert`"
    ):
        parse_catalog(HOUSE_FORM.replace("UTF-8", charset), PATH)


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "CHARSET"])
def test_charset_of_a_header_is_read_in_any_spelling(charset: str) -> None:
    assert parse_catalog(HOUSE_FORM.replace("UTF-8", charset), PATH).units == parse_catalog(HOUSE_FORM, PATH).units


@pytest.mark.parametrize("mark", ["", "#~ "], ids=["live", "obsolete"])
def test_entry_that_stands_twice_is_refused_with_both_lines(mark: str) -> None:
    entry = '{0}msgctxt "offer"\n{0}msgid "a"\n{0}msgstr "b"\n'
    with pytest.raises(CatalogError, match=f"^{PATH}:10: 'a' stands here and in line 6"):
        parse(entry.format("") + "\n" + entry.format(mark))


def test_content_that_names_a_file_is_content(tmp_path: Path) -> None:
    other = tmp_path / "other.po"
    other.write_text(HOUSE_FORM, encoding="utf-8")
    with pytest.raises(CatalogError):
        parse_catalog(str(other), PATH)


def test_files_of_other_systems_are_read(tmp_path: Path) -> None:
    plain, marked, windows = tmp_path / "a.po", tmp_path / "b.po", tmp_path / "c.po"
    plain.write_bytes(HOUSE_FORM.encode())
    marked.write_bytes(HOUSE_FORM.encode("utf-8-sig"))
    windows.write_bytes(HOUSE_FORM.replace("\n", "\r\n").encode())
    expected = parse_catalog(HOUSE_FORM, PATH)
    assert [read_catalog(path) for path in (plain, marked, windows)] == [expected] * 3
    assert read_catalog(tmp_path / "missing.po") is None


def test_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.po"
    house = HOUSE_FORM.replace("→", "-")
    for content, told in (
        (house.encode("latin-1"), ":13: not UTF-8 at byte "),
        (house.replace("UTF-8", "ISO-8859-1").encode("latin-1"), ":13: its header says charset=ISO-8859-1; "),
        (HOUSE_FORM.encode("utf-16"), ":1: its header says charset=UTF-16; "),
    ):
        path.write_bytes(content)
        with pytest.raises(CatalogError, match=told):
            read_catalog(path)


def test_folder_in_place_of_a_catalog_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="is a folder, not a regular file"):
        read_catalog(tmp_path)
    with pytest.raises(CatalogError):
        write_catalog(tmp_path, Catalog())


def test_unchanged_catalog_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "fr" / "LC_MESSAGES" / "site.po"
    catalog = parse_catalog(HOUSE_FORM, PATH)
    assert write_catalog(path, catalog)
    before = read_times(tmp_path)
    time.sleep(0.01)
    assert not write_catalog(path, catalog)
    assert read_times(tmp_path) == before
    assert path.read_text(encoding="utf-8") == HOUSE_FORM


def test_comment_that_an_editor_has_wrapped_is_one_line_again() -> None:
    made = persons("Two years", "Dois anos", doubtful=True)
    long = "Dois anos de experiência com robôs de solda, e a vontade de ficar bem-humorado mais dois anos"
    suggestion = Suggestion(engine=BERGAMOT, target=long)
    headers = house_headers("en", parse_locale("pt_BR"))
    units = (replace(made, previous=made.key, suggestion=suggestion),)
    text = serialize_catalog(Catalog(headers=headers, units=units))
    wrapped = str(polib.pofile(text, wrapwidth=78))
    assert f" {long}" not in wrapped
    assert parse_catalog(wrapped, Path("a.po")).units[0].suggestion == suggestion
