"""The registry: every check by its id, over a unit."""

import time
from dataclasses import replace

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pipeline.checks.check import Check, Compared
from pipeline.checks.registry import CHECKS, IDS, SUBJECTS, SUCCESSORS, check_unit, check_units, checks_for, refusals
from pipeline.language import spans
from pipeline.model.finding import Finding, Severity
from pipeline.model.markup import strip_markup
from pipeline.model.segment import UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, Extras, Unit
from tests.checks.damaged import damaged_pairs
from tests.checks.pairs import compared
from tests.checks.verdicts import errors, findings

NAMES = tuple(map(spans.name_pattern, ("Acme", "Blue Oven")))
KNOWN = structs.replace(compared("", ""), names=NAMES)
OF_PORTUGUESE = checks_for(Locale("pt"))
LINK = '<a href="https://bread.example/ovens">https://bread.example/o...</a> C++'


def unit(source: str, target: str) -> Unit:
    return Unit(key=UnitKey("requirements", source), target=target, doubtful=True)


def found(source: str, target: str) -> list[tuple[str, Severity]]:
    return [(finding.check, finding.severity) for finding in check_unit(unit(source, target), KNOWN, OF_PORTUGUESE)]


def test_ids_are_unique_and_every_row_says_what_to_do() -> None:
    ids = [check.id for check in CHECKS]
    assert sorted(ids) == sorted(set(ids))
    assert all(check.remedy and check.find.__doc__ for check in CHECKS)
    assert IDS.promised | IDS.adjustable == set(ids)
    assert all(check.severity is Severity.ERROR for check in CHECKS if check.promised)


def test_every_function_of_a_row_stands_in_the_module_of_its_subject() -> None:
    assert all(check.find.__module__ == subject.__name__ for subject in SUBJECTS for check in subject.CHECKS)


def test_id_of_an_earlier_version_leads_to_a_check_of_today_or_to_none() -> None:
    ids = {check.id for check in CHECKS}
    assert not ids & set(SUCCESSORS)
    assert set(SUCCESSORS.values()) <= {*ids, ""}
    assert [IDS.current(check) for check in ("gender_forms", "verb_forms", "urls")] == ["gender", "", "urls"]


def test_severity_of_a_check_is_as_configured_or_the_check_is_off() -> None:
    chosen = checks_for(Locale("pt"), {"spaces": Severity.ERROR, "end_mark": None})
    found = {check.id: check.severity for check in chosen}
    assert (found["spaces"], "end_mark" in found, found["quotes"]) == (Severity.ERROR, False, Severity.WARNING)


def test_check_reads_only_targets_in_its_languages() -> None:
    portuguese, spanish = ({check.id for check in checks_for(Locale(language))} for language in ("pt", "es"))
    assert ("spelling" in portuguese, "spelling" in spanish) == (True, False)


def test_reviewed_targets_are_checked_by_every_check() -> None:
    text = "Gwneud bara bob nos a mynd ag ef i siopau'r dref cyn chwech"
    source = "Bake bread every night and take it to the shops"
    known = compared("", "", language_of=lambda _: "cy")
    found = [
        check_unit(replace(unit(source, text), doubtful=doubtful), known, OF_PORTUGUESE) for doubtful in (True, False)
    ]
    assert [[finding.check for finding in each] for each in found] == [["language"], ["language"]]


@pytest.mark.parametrize(
    ("check", "source", "target"),
    [
        ("empty", "Bake bread", " "),
        ("length", "Bake bread every night for all of our forty shops", "Pão"),
        ("urls", "See https://bread.example/jobs", "Veja https: //bread.example/jobs"),
        ("placeholders", "Dear {name}", "Prezado nome"),
        ("names", "Join Acme today", "Junte-se ao Auge hoje"),
        ("names", "Write C++ code", "Escreva código C"),
        ("names", "Sales @ Kestrel", "Vendas - Kestrel"),
        ("markup", "Count 10<sup>6</sup> cells", "Conte 10 células<sup>6</sup>"),
        ("names", "Bread 🍞 lovers", "Amantes de pão"),
        ("markup", "<b>Bake</b> bread", "Assar pão"),
        ("numbers", "2 ovens", "3 fornos"),
        ("repetition", "a varied workplace", "um local de trabalho de trabalho"),
        ("dates", "by 15 January", "até 15 de março"),
        ("currency", "a gift of €20", "um presente de $20"),
        ("units", "loads of 25 kg", "cargas de 25 lb"),
        ("unknown_words", "a licence for lorries", "uma licença de *forklift"),
        ("characters", "tea and fruit", "chá &amp; frutas"),
        ("characters", "Bake bread", "Assar\x07 pão"),
        ("characters", "Bake bread", "Assar \u202epão"),
        ("unpaired", "Bake (at night)", "Assar (à noite"),
        ("unpaired", "Our “motto”", "Nosso lema"),
        ("numbers", "Keep at -18 °C", "Guardar a 18 °C"),
    ],
)
def test_error_is_found(check: str, source: str, target: str) -> None:
    assert found(source, target) == [(check, Severity.ERROR)]


@pytest.mark.parametrize(
    ("check", "source", "target"),
    [
        ("unchanged", "Bake bread", "Bake bread"),
        ("spaces", "Bake bread", " Assar pão"),
        ("spaces", "Bake bread", "Assar pão "),
        ("doubled_words", "a good place", "Um bom bom lugar"),
        ("quotes", 'Our "motto"', "Nosso lema"),
        ("acronyms", "Knows SAP", "Conhece o sistema"),
    ],
)
def test_warning_is_found(check: str, source: str, target: str) -> None:
    assert found(source, target) == [(check, Severity.WARNING)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Bake bread at Acme, see https://bread.example", "Assar pão na Acme, veja https://bread.example"),
        ("Internship", "Internship"),
        ("Acme Blue Oven", "Acme Blue Oven"),
        ("SQL ETL", "SQL ETL"),
        ("https://bread.example jobs@bread.example", "https://bread.example jobs@bread.example"),
        (LINK, LINK),
        (" Bake bread", " Assar pão"),
        ("Write C++ and Node.js, {name}!", "Escreva C++ e Node.js, {name}!"),
    ],
)
def test_sound_target_has_no_finding(source: str, target: str) -> None:
    assert found(source, target) == []


def test_finding_says_what_is_wrong() -> None:
    assert check_unit(unit("2 ovens", "3 fornos"), KNOWN, OF_PORTUGUESE) == (
        Finding(check="numbers", severity=Severity.ERROR, detail="missing 2, added 3"),
    )


def test_empty_target_is_one_finding_only() -> None:
    assert found("Bake 2 loaves at Acme", "\u00a0") == [("empty", Severity.ERROR)]


def test_untranslated_deliberately_empty_and_plural_units_are_not_checked() -> None:
    plural = replace(unit("2 ovens", "3"), extras=Extras(plural_source="ovens", plural_targets=("1", "3")))
    units = [unit("2 ovens", ""), unit("2 ovens", DELIBERATELY_EMPTY), plural]
    assert [check_unit(each, KNOWN, OF_PORTUGUESE) for each in units] == [(), (), ()]


def test_units_that_are_checked_together_have_the_findings_of_each_alone() -> None:
    long = "Bake 2 loaves. " * 2_000
    texts = [("2 ovens", "3 fornos"), ("2 ovens", ""), ("Bake", "\u00a0"), (long, "Asse"), ("2 ovens", "3 fornos")]
    units = [*(unit(*each) for each in texts), *(unit(pair.source, pair.target) for pair in damaged_pairs()[:300])]
    together = check_units(units, KNOWN, OF_PORTUGUESE)
    assert together == [check_unit(each, KNOWN, OF_PORTUGUESE) for each in units]
    assert [len(each) for each in together[:3]] == [1, 0, 1]


def test_what_is_worthless_to_a_reviewer_or_marked_by_the_engine_is_refused() -> None:
    source = "Bake 2 loaves every night for all of our forty shops"
    targets = (
        "",
        "Pão",
        "Asse 3 pães todas as noites",
        "Asse 2 pães de noite de noite para as lojas",
        "Asse 2 *loaves",
    )
    assert [refusals(source, target) for target in targets] == [
        ("empty",),
        ("length",),
        (),
        ("repetition",),
        ("unknown_words",),
    ]


TEXTS = st.text() | st.text(alphabet="aB1 2,.;:()“«»?!€$%kgー二の。و١٢،\u200f\u202e*&<>{}/@Ç", max_size=40)
EVERY_KIND = [
    (compared("", "", language, language_of=lambda _: "en"), checks_for(Locale(language)))
    for language in ("fr", "es", "ja", "ar", "fi", "zh")
]


@given(TEXTS, TEXTS, st.sampled_from(EVERY_KIND))
def test_checks_say_something_of_any_two_texts(
    source: str, target: str, known: tuple[Compared, tuple[Check, ...]]
) -> None:
    assert all(finding.detail for finding in check_unit(unit(source, target), *known))


@given(TEXTS)
def test_text_that_is_its_own_translation_kept_all_its_facts(text: str) -> None:
    found = {finding.check for finding in check_unit(unit(text, text), *EVERY_KIND[0])}
    assert not found & IDS.promised


def test_very_long_target_takes_no_time() -> None:
    long_texts = ("pão " * 50_000, "9" * 50_000, "ab" * 50_000, "パン" * 20_000, " " * 50_000 + "a", "(" * 50_000)
    started = time.process_time()
    for text in long_texts:
        check_unit(unit("Bake bread", text), *EVERY_KIND[2])
        check_unit(unit(text, "Assar pão"), *EVERY_KIND[1])
    assert time.process_time() - started < 20


@given(st.text(alphabet="aBcDé.@/:#+{%<_(|0= パ🚀\u2600jsionET", max_size=14))
def test_quick_look_before_a_search_passes_over_nothing(text: str) -> None:
    """Every span of a text that its translation lost is told, whatever character it is found by."""
    wanted = (spans.URL, spans.EMAIL, spans.PLACEHOLDER, spans.CODE_NAME, spans.EMOJI, spans.COMPARISON)
    words = strip_markup(text)
    found = {finding.check for finding in check_unit(unit(text, "x"), compared("", ""), OF_PORTUGUESE)}
    lost = any(pattern.search(words) for pattern in wanted) and text != "x"
    assert not lost or found & {"urls", "placeholders", "names", "acronyms"}


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("Use :name and $PATH now", "Use agora", "placeholders"),
        ("Fill in [NAME] now", "Preencha agora", "placeholders"),
        ("Edit /etc/hosts now", "Edite agora", "placeholders"),
        ("Call tel:112 now", "Ligue agora", "urls"),
        ("Read polyglot.app now", "Leia agora", "urls"),
    ],
)
def test_what_is_lost_is_an_error(source: str, target: str, check: str) -> None:
    assert check in errors(findings(source, target, "pt_BR", names=()))


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "A degree in CS or EE", "Ein Abschluss in Informatik oder Elektrotechnik"),
        ("de", "Send your CV", "Senden Sie Ihren Lebenslauf"),
        ("pt_BR", "A Ph.D. is welcome", "Doutorado é bem-vindo"),
        ("pt_BR", "Open to U.S. citizens", "Aberto a cidadãos dos Estados Unidos"),
    ],
)
def test_degrees_papers_and_countries_may_have_their_own_words(locale: str, source: str, target: str) -> None:
    assert findings(source, target, locale, names=()) == ()
