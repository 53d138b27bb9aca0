"""A catalog has as many targets of a plural as its own header says: what msgfmt asks for, and pages look up."""

import subprocess
from dataclasses import replace
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.catalog.layout import house_headers, plural_faults, with_house_headers
from pipeline.catalog.merge import merge_units
from pipeline.catalog.mo_file import serialize_mo
from pipeline.catalog.po_file import PLURAL_FORMS, Catalog, parse_catalog, serialize_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, seed_words, shipped_words, site_words
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Extras, Unit, UnitState
from tests.tools import require_tool

# What Babel 2.19 writes for Portuguese, and Babel 2.18 for Arabic: two forms exchanged.
THREE = "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"
EXCHANGED = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=0 && n%100<=2 ? 4 : 5);"
)
FOUND = UnitKey("", "%(num)d posting found")
MORE_LOCALES = ("pt_PT", "de_AT", "fr_CA", "es_MX", "ar_EG", "pl", "ja", "ga")


def site(name: str, header: str = "") -> Catalog:
    """Return the catalog of our own words as a new project gets it, under the rule of another tool if one is named."""
    locale = parse_locale(name)
    before = Catalog(headers=((PLURAL_FORMS, header),)) if header else None
    return seeded(with_house_headers(before, SITE_LANGUAGE, locale), name)


def seeded(catalog: Catalog, name: str) -> Catalog:
    words = merge_units(catalog.units, site_words())
    return replace(catalog, units=seed_words(words, shipped_words(parse_locale(name)), catalog.plural_rule))


def with_header(header: str, *forms: str) -> Catalog:
    unit = Unit(key=FOUND, target=forms[0], extras=Extras(plural_source="%(num)d found", plural_targets=forms))
    return Catalog(headers=((PLURAL_FORMS, header),), units=(unit,))


@pytest.mark.parametrize("name", ["en", "pt_BR", "fr", "es", "de", "ar", *MORE_LOCALES])
def test_msgfmt_accepts_our_words_in_every_locale_and_no_fault_is_found(name: str, tmp_path: Path) -> None:
    catalog = site(name)
    path = tmp_path / "site.po"
    path.write_text(serialize_catalog(catalog), encoding="utf-8")
    done = subprocess.run(
        [require_tool("msgfmt"), "--check", "-o", "/dev/null", path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, list(plural_faults(catalog, parse_locale(name)))) == (0, []), done.stderr


@pytest.mark.parametrize("name", ["pt_BR", "ar"])
def test_shipped_plurals_follow_the_rule_that_the_project_s_catalog_has(name: str) -> None:
    foreign = {"pt_BR": THREE, "ar": EXCHANGED}[name]
    words = [
        GNUTranslations(BytesIO(serialize_mo(catalog)))
        for catalog in (site(name), site(name, foreign), shipped_words(parse_locale(name)))
        if catalog
    ]
    for count in (*range(200), 1_000_000):
        assert len({each.ngettext(FOUND.source, "%(num)d postings found", count) for each in words}) == 1, count


def test_plurals_seeded_under_a_rule_with_more_forms_are_completed() -> None:
    two = {unit.key: unit for unit in site("pt_BR").units}
    broken = replace(site("pt_BR", THREE), units=tuple(two.values()))
    mended = seeded(broken, "pt_BR")
    assert len(list(plural_faults(broken, parse_locale("pt_BR")))) > 0
    assert list(plural_faults(mended, parse_locale("pt_BR"))) == []
    assert seeded(mended, "pt_BR") == mended


def test_plural_that_a_person_wrote_is_never_completed() -> None:
    own = with_header(THREE, "%(num)d vaga", "%(num)d vagas").units[0]
    words = seed_words((own,), shipped_words(parse_locale("pt_BR")), site("pt_BR", THREE).plural_rule)
    assert words == (own,)


def test_untranslated_plural_has_as_many_empty_forms_as_the_header_says() -> None:
    catalog = seed_words(merge_units((), site_words()), None, None)
    headers = house_headers(SITE_LANGUAGE, parse_locale("pl"))
    written = parse_catalog(serialize_catalog(Catalog(headers=headers, units=catalog)), Path("site.po"))
    plurals = [unit for unit in written.units if unit.extras.plural_source]
    assert {unit.extras.plural_targets for unit in plurals} == {("", "", "")}
    assert {unit.state for unit in plurals} == {UnitState.UNTRANSLATED}


def test_faults_say_what_to_write() -> None:
    locale = parse_locale("pl")
    ours = dict(house_headers("en", locale))[PLURAL_FORMS]
    few = (
        "has 2 plural forms for '%(num)d posting found' and 3 by its header Plural-Forms; write msgstr[0] to msgstr[2]"
    )
    placeholder = (
        "its header Plural-Forms, 'nplurals=INTEGER; plural=EXPRESSION;', is not "
        f'"nplurals=NUMBER; plural=EXPRESSION;"; write "Plural-Forms: {ours}\\n"'
    )
    missing = f'has no header Plural-Forms; polypost catalogs update writes "Plural-Forms: {ours}\\n"'
    assert list(plural_faults(with_header(ours, "a", "b"), locale)) == [few]
    assert list(plural_faults(with_header("nplurals=INTEGER; plural=EXPRESSION;", "a"), locale)) == [placeholder]
    assert list(plural_faults(Catalog(), locale)) == [missing]
