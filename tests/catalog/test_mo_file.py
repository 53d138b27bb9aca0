"""MO files: what Python's gettext and msgfmt make of our catalogs is what we write."""

import subprocess
from dataclasses import replace
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.layout import house_headers
from pipeline.catalog.mo_file import serialize_mo
from pipeline.catalog.po_file import Catalog, parse_catalog, serialize_catalog, write_catalog
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Extras, Unit
from tests.catalog.random_units import KEY, LINE
from tests.catalog.units import empty, engines, persons
from tests.tools import require_tool

HEADERS = house_headers("en", parse_locale("fr"))
PLURAL = replace(
    persons("%(num)d posting", "%(num)d offre", context=""),
    extras=Extras(plural_source="%(num)d postings", plural_targets=("%(num)d offre", "%(num)d offres")),
)
PLURAL_PAIR = ("%(num)d posting", "%(num)d postings")
CATALOG = Catalog(
    headers=HEADERS,
    units=(
        persons("Lead", "Cheffe", context="title"),
        persons("Lead", "Tête", context=""),
        PLURAL,
        engines("Accepted", "Accepté", doubtful=False),
        engines("Doubtful", "Douteux"),
        empty("Empty"),
        replace(persons("Gone", "Parti"), retired=True),
        persons("Zoë 🎓", "\u200fة", context="offer"),
    ),
)


def read(catalog: Catalog) -> GNUTranslations:
    return GNUTranslations(BytesIO(serialize_mo(catalog)))


def entries(translations: GNUTranslations) -> dict[object, str]:
    return dict(vars(translations)["_catalog"])


def msgfmt_entries(catalog: Catalog, folder: Path) -> dict[object, str]:
    write_catalog(folder / "a.po", catalog)
    subprocess.run([require_tool("msgfmt"), "-o", folder / "a.mo", folder / "a.po"], check=True)
    return entries(GNUTranslations(BytesIO((folder / "a.mo").read_bytes())))


def test_reviewed_targets_are_found_by_context_and_number() -> None:
    words = read(CATALOG)
    found = [
        words.pgettext("title", "Lead"),
        words.gettext("Lead"),
        words.pgettext("requirements", "Accepted"),
        words.pgettext("offer", "Zoë 🎓"),
        *(words.ngettext(*PLURAL_PAIR, number) for number in (0, 1, 2)),
    ]
    assert found == [
        "Cheffe",
        "Tête",
        "Accepté",
        "\u200fة",
        "%(num)d offre",
        "%(num)d offre",
        "%(num)d offres",
    ]


def test_targets_that_nobody_reviewed_and_obsolete_ones_are_left_out() -> None:
    words = read(CATALOG)
    left = ("Doubtful", "Empty", "Gone")
    assert [words.pgettext("requirements", source) for source in left] == list(left)


def test_msgfmt_makes_the_same_of_a_catalog(tmp_path: Path) -> None:
    written = parse_catalog(serialize_catalog(CATALOG), tmp_path)
    assert entries(read(written)) == msgfmt_entries(CATALOG, tmp_path)


@given(st.dictionaries(KEY, LINE, max_size=20))
def test_every_reviewed_target_is_read_back(targets: dict[UnitKey, str]) -> None:
    units = tuple(Unit(key=key, target=target) for key, target in targets.items())
    words = read(Catalog(headers=HEADERS, units=units))
    for unit in units:
        context, source = unit.key
        assert (words.pgettext(context, source) if context else words.gettext(source)) == unit.target


def test_encoding_is_named_whatever_the_header_says() -> None:
    units = (persons("Lead", "Tête", context=""),)
    for headers in ((), (("Content-Type", "text/plain; charset=CHARSET"),)):
        assert read(Catalog(headers=headers, units=units)).gettext("Lead") == "Tête"
