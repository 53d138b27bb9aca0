"""The words of our own pages: every one is translated in the catalogs that come with Polypost."""

import re
from collections import Counter
from gettext import c2py

import pytest

from pipeline.catalog.po_file import Catalog
from pipeline.catalog.site_domain import seed_words, shipped_words, site_words
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState
from tests.catalog.units import empty, persons

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
SHIPPED = ("en", "pt_BR", "fr", "es", "de", "ar")


def shipped(locale: str) -> Catalog:
    catalog = shipped_words(parse_locale(locale))
    assert catalog is not None
    return catalog


def texts(unit: Unit) -> list[str]:
    return list(unit.extras.plural_targets or (unit.target,))


def lacking(unit: Unit, names_one: set[int]) -> list[str]:
    """Return the targets without the places of their source; a form for one number may say that in a word."""
    wanted = sorted(PLACEHOLDER.findall(unit.key.source))
    unnumbered = [place for place in wanted if place != "%(num)d"]
    allowed = [[wanted, unnumbered] if form in names_one else [wanted] for form in range(len(texts(unit)))]
    return [text for text, places in zip(texts(unit), allowed, strict=True) if placeholders(text) not in places]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def forms_of_one_number(catalog: Catalog) -> set[int]:
    """Return the plural forms that stand for a single number: in Arabic those for none, one and two."""
    rule = c2py(dict(catalog.headers)["Plural-Forms"].partition("plural=")[2].rstrip(";"))
    numbers = Counter(map(rule, range(1000)))
    return {form for form, count in numbers.items() if count == 1}


@pytest.mark.parametrize("locale", SHIPPED)
def test_every_word_has_a_reviewed_target_with_its_placeholders(locale: str) -> None:
    catalog = shipped(locale)
    units = {unit.key: unit for unit in catalog.units}
    plural, single = forms_of_one_number(catalog), set[int]()
    missing = [word.key for word in site_words() if units[word.key].state is not UnitState.REVIEWED]
    differing = [lacking(units[word.key], plural if word.plural_source else single) for word in site_words()]
    assert (missing, [found for found in differing if found]) == ([], [])


@pytest.mark.parametrize("locale", SHIPPED)
def test_every_plural_has_all_forms_of_its_language(locale: str) -> None:
    headers = dict(shipped(locale).headers)
    count = int(headers["Plural-Forms"].split(";")[0].removeprefix("nplurals="))
    assert {len(unit.extras.plural_targets) for unit in shipped(locale).units if unit.extras.plural_source} == {count}


def test_words_are_found_in_code_and_templates_with_context_plural_and_place() -> None:
    words = {word.key: word for word in site_words()}
    heading = words[UnitKey("section", "What we offer")]
    counted = words[UnitKey("", "%(num)d posting in this language")]
    assert heading.references == ("pipeline/publishing/versions/wording.py",)
    assert counted.plural_source == "%(num)d postings in this language"


def test_words_come_from_the_nearest_shipped_locale() -> None:
    assert shipped("de_AT") == shipped("de")
    assert shipped("pt") == shipped("pt_BR")
    assert shipped_words(parse_locale("sw")) is None


def test_projects_own_words_stay_and_missing_ones_are_seeded() -> None:
    own, other = persons("Remote", "De casa", context=""), persons("Remote", "Remoto", context="")
    seeded = Catalog(units=(other, persons("Pay", "Salário", context=""), persons("Day", "Dia", doubtful=True)))
    assert seed_words((own, empty("Pay", context=""), empty("Day")), seeded, None) == (
        own,
        persons("Pay", "Salário", context=""),
        empty("Day"),
    )
    assert seed_words((own,), None, None) == (own,)


@pytest.mark.parametrize("locale", SHIPPED)
def test_shipped_catalogs_hold_no_word_that_no_page_prints(locale: str) -> None:
    assert {unit.key for unit in shipped(locale).units if not unit.retired} == {word.key for word in site_words()}
