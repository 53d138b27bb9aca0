"""The words of our own pages: every one is translated in the catalogs that come with Polypost."""

import os
import re
import subprocess
from collections import Counter
from dataclasses import replace
from gettext import c2py

import pytest
from babel import Locale

from pipeline.catalog.po_file import Catalog
from pipeline.catalog.site_domain import WordCounts, page_words, seed_words, shipped_locales, shipped_words, site_words
from pipeline.language.plurals import PluralRule, plural_rule
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import DRAFT_ENGINE, EngineOrigin, Extras, OriginKind, Provenance, Unit, UnitState, digest
from pipeline.publishing.versions.wording import LABELS, LABELS_WITH_COUNT, untranslated_labels
from tests.catalog.units import empty, persons
from tests.projects import CHECKOUT
from tests.tools import require_tool

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
SHIPPED = tuple(map(str, shipped_locales()))
# The 24 languages of the European Union, and thirteen locales more.
LOCALES = (
    "ar bg cs da de el en es et fi fr ga he hi hr hu it ja ko lt lv mt nb nl pl pt pt_BR ro ru sk sl sr sv tr uk "
    "zh_Hans zh_Hant"
)


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


def draft(source: str, *targets: str, plural: str = "") -> Unit:
    unit = Unit(
        key=UnitKey("", source),
        target=targets[0],
        extras=Extras(plural_source=plural, plural_targets=targets if plural else ()),
    )
    origin = EngineOrigin(engine=DRAFT_ENGINE, model="polypost", route="en→xx")
    return replace(
        unit, provenance=Provenance(kind=OriginKind.ENGINE, digest=digest("\0".join(targets)), engine=origin)
    )


def test_words_come_in_the_languages_of_the_european_union_and_thirteen_more() -> None:
    assert " ".join(SHIPPED) == LOCALES


@pytest.mark.parametrize("locale", SHIPPED)
def test_every_word_has_a_target_with_its_placeholders(locale: str) -> None:
    catalog = shipped(locale)
    units = {unit.key: unit for unit in catalog.units}
    plural, single = forms_of_one_number(catalog), set[int]()
    missing = [word.key for word in site_words() if units[word.key].state is not UnitState.REVIEWED]
    differing = [lacking(units[word.key], plural if word.plural_source else single) for word in site_words()]
    assert (missing, [found for found in differing if found]) == ([], [])


@pytest.mark.parametrize("locale", SHIPPED)
def test_gettext_accepts_every_catalog(locale: str) -> None:
    path = CHECKOUT / f"locales/{locale}/LC_MESSAGES/site.po"
    command = (require_tool("msgfmt"), "--check", "-o", os.devnull, path)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("locale", SHIPPED)
def test_what_labels_a_machine_translation_is_in_every_language(locale: str) -> None:
    assert untranslated_labels(page_words(parse_locale(locale), None), parse_locale(locale)) == ()


def test_labels_are_words_of_our_pages_and_miss_where_a_language_has_none() -> None:
    sources = {(word.key.source, word.plural_source) for word in site_words()}
    assert {*((label, "") for label in LABELS), *LABELS_WITH_COUNT} <= sources
    lacking = untranslated_labels(page_words(parse_locale("sw"), None), parse_locale("sw"))
    assert lacking == (*LABELS, *(one for one, _ in LABELS_WITH_COUNT))


def test_two_of_the_languages_run_from_right_to_left() -> None:
    running = {name for name in SHIPPED if Locale.parse(name).text_direction == "rtl"}
    assert running == {"ar", "he"}


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
    assert shipped("pt_PT") == shipped("pt_AO") == shipped("pt") != shipped("pt_BR")
    assert shipped("zh_TW") == shipped("zh_Hant")
    assert shipped_words(parse_locale("sw")) is None


@pytest.mark.parametrize("locale", ["sr_Latn", "sr_Latn_RS", "sr_ME"])
def test_serbian_in_latin_letters_has_every_word_that_serbian_has(locale: str) -> None:
    cyrillic, latin = shipped("sr"), shipped(locale)
    assert WordCounts.of(latin) == WordCounts.of(cyrillic)
    assert not any(re.search("[Ѐ-ӿ]", unit.target) for unit in latin.units)
    assert page_words(parse_locale(locale), None).pgettext("section", "What we offer") == "Šta nudimo"


def test_projects_own_words_stay_and_missing_ones_are_seeded() -> None:
    own, other = persons("Remote", "De casa", context=""), persons("Remote", "Remoto", context="")
    seeded = Catalog(units=(other, persons("Pay", "Salário", context=""), persons("Day", "Dia", doubtful=True)))
    assert seed_words((own, empty("Pay", context=""), empty("Day")), seeded, None) == (
        own,
        persons("Pay", "Salário", context=""),
        empty("Day"),
    )
    assert seed_words((own,), None, None) == (own,)


def test_drafts_follow_what_comes_with_polypost_until_somebody_changes_them() -> None:
    shipped_one = Catalog(units=(persons("Pay", "Lønn", context=""),))
    changed = replace(draft("Pay", "Løn"), target="Gasje")
    assert seed_words((draft("Pay", "Løn"),), shipped_one, None) == (replace(shipped_one.units[0], references=()),)
    assert seed_words((changed,), shipped_one, None) == (changed,)


def test_draft_stays_one_where_its_forms_are_fitted_to_another_rule() -> None:
    days = draft("%(num)d day", "%(num)d dag", "%(num)d dager", plural="%(num)d days")
    headers = (("Plural-Forms", plural_rule(parse_locale("nb")).header),)
    rule = PluralRule(3, "n==1 ? 0 : n==2 ? 1 : 2")
    (fitted,) = seed_words((empty("%(num)d day", context=""),), Catalog(headers=headers, units=(days,)), rule)
    assert (fitted.extras.plural_targets, fitted.draft) == (("%(num)d dag", "%(num)d dager", "%(num)d dager"), True)


def test_target_that_was_guessed_from_a_word_that_has_gone_gives_way_to_the_shipped_one() -> None:
    guessed = replace(persons("Newer jobs", "Neuere", context="", doubtful=True), previous=UnitKey("", "Newer"))
    came = persons("Newer jobs", "Neuere Stellen", context="")
    assert seed_words((guessed,), Catalog(units=(came,)), None) == (replace(came, references=guessed.references),)


def test_drafts_and_missing_words_are_counted() -> None:
    units = (draft("Pay", "Lønn"), persons("Day", "Dag", context=""), empty("Hour", context=""))
    assert WordCounts.of(Catalog(units=units)) == WordCounts(words=3, drafts=1, missing=1)
    assert WordCounts.of(None) == WordCounts(words=0, drafts=0, missing=0)


@pytest.mark.parametrize("locale", SHIPPED)
def test_shipped_catalogs_hold_no_word_that_no_page_prints(locale: str) -> None:
    assert {unit.key for unit in shipped(locale).units if not unit.retired} == {word.key for word in site_words()}
