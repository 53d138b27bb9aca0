"""The house form: what it reads the other reader reads alike, and what msgcat would write otherwise it leaves."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.foreign_form import read_other_form
from pipeline.catalog.house_form import read_house_form
from pipeline.catalog.po_file import Catalog, parse_catalog, serialize_catalog
from pipeline.errors import CatalogError
from tests.catalog.random_units import random_catalogs
from tests.laws import examples
from tests.projects import CHECKOUT

PATH = Path("locales/ar/LC_MESSAGES/postings.en.po")
CATALOGS = sorted(
    path
    for folder in (CHECKOUT / "locales", CHECKOUT / "tests" / "fixtures")
    for path in folder.rglob("*.po*")
    if path.suffix in {".po", ".pot"}
)
HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
NURSE = 'msgctxt "title"\nmsgid "Nurse"\nmsgstr "Infirmière"\n'
# What a hand, another tool or a crash puts where it does not belong.
Damage = list[tuple[float, int, str]]
PIECES = st.sampled_from(
    [
        *'\n "\\#~|.:,',
        *("\r", "\x85", "\u2028", "\x1f", "\xa0", "\ufdd0", "fuzzy"),
        *("# \n", "#. \n", "#, \n", "#~ ", "#: a:1 b\n", "#| msgid_plural\n"),
        *('msgctxt ""\n', 'msgid "', 'msgid ""\n', 'msgstr "', 'msgstr[1] "x"\n', '"more"\n'),
    ]
)


def same_as_other(text: str) -> bool:
    """Compare the two readers; tell whether the text is in the house form."""
    house = read_house_form(text)
    if house is None:
        return False
    other = read_other_form(text, PATH)
    head = read_other_form(house.header, PATH)
    assert (head.headers, head.notes, house.entries) == (other.headers, other.notes, other.entries)
    return True


@given(random_catalogs())
def test_what_we_write_is_read_as_the_other_reader_reads_it(catalog: Catalog) -> None:
    text = serialize_catalog(catalog)
    assert same_as_other(text) or any(strange in text for strange in "\x85\u2028")


@examples(400)
@given(random_catalogs(max_size=3), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), PIECES), max_size=3))
def test_damaged_text_is_left_to_the_other_reader_or_read_as_it_does(catalog: Catalog, damage: Damage) -> None:
    text = serialize_catalog(catalog)
    for place, dropped, piece in damage:
        start = int(place * len(text))
        text = text[:start] + piece + text[start + dropped :]
    same_as_other(text)


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_catalogs_of_ours_and_of_editors_are_read_as_the_other_reader_reads_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert same_as_other(text) or path.parent.name == "editors"


@pytest.mark.parametrize(
    "entries",
    [
        NURSE,
        NURSE.replace('"Nurse"', '""\n"Nur"\n"se"'),
        "# a note\n# \n#. a remark \n#: a:1 b c\n#: d\n#, fuzzy, c-format\n" + NURSE,
        '#| msgctxt ""\n#| "ti"\n#| "tle"\n#| msgid ""\n#| "A nurse\\n"\n' + NURSE,
        '#~| msgid "A nurse"\n#~ msgctxt ""\n#~ "title"\n#~ msgid "Nurse"\n#~ msgstr ""\n#~ "Infir"\n#~ "mière"\n',
        'msgid "%d job"\nmsgid_plural ""\n"%d jobs"\nmsgstr[1] ""\n"%d postes"\nmsgstr[0] "%d poste"\n',
        '#~ msgid "%d job"\n#~ msgid_plural "%d jobs"\n#~ msgstr[0] ""\n#~ "%d poste"\n#~ msgstr[1] "%d postes"\n',
        NURSE.replace("Nurse", r"\t \\n \v\b\f\r \" ") + "\n\n",
    ],
)
def test_what_other_tools_may_write_in_its_place_is_read_too(entries: str) -> None:
    assert same_as_other(HEAD + entries)


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        (
            f"{NURSE}\n{NURSE}",
            f"'Nurse' stands here and in line 6; keep one of them: `polypost catalogs resolve {PATH}`",
        ),
        (f"{NURSE}\n#. more\n", "this entry breaks off before its msgstr; restore the file from version control"),
        (f'{NURSE}\nmsgid "Nur\n', "neither a comment nor a whole quoted string; is a quote missing?"),
    ],
)
def test_file_that_is_no_house_form_is_refused_as_ever(entries: str, reason: str) -> None:
    with pytest.raises(CatalogError) as refused:
        parse_catalog(HEAD + entries, PATH)
    assert (refused.value.reason, refused.value.line) == (reason, 10)
