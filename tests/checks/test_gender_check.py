"""Whoever is addressed in the source is addressed in the target: in any right form of a mark, or by a neutral word."""

import pytest

from pipeline.checks.gender import lost_gender_mark, one_gendered
from tests.checks.pairs import say


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "Baker (m/f/d)", "Bäcker (m/w/d)"),
        ("de", "Baker (m/f/d)", "Bäcker:in"),
        ("de", "Baker (m/f/d)", "Bäcker*in"),
        ("de", "Baker (m/f/d)", "BäckerIn"),
        ("de", "Baker (m/f/d)", "Backfachkraft"),
        ("fr", "Baker (m/f/d)", "Boulanger H/F"),
        ("fr", "Baker (m/f/d)", "Boulanger·ère"),
        ("fr", "Baker (all genders)", "Boulanger / Boulangère"),
        ("es", "Baker (m/f)", "Panadero o panadera"),
        ("es", "Baker (m/f)", "Panadero/a"),
        ("pt", "Baker (m/f)", "Padeiro(a)"),
        ("pt", "Baker (all genders)", "Gerente (todos os gêneros)"),
        ("en", "Padeiro/a", "Baker"),
        ("ja", "Baker (m/f)", "パン職人"),
    ],
)
def test_any_right_form_of_a_mark_satisfies(locale: str, source: str, target: str) -> None:
    language = "pt" if locale == "en" else "en"
    assert say(lost_gender_mark, source, target, locale, language) == ""


@pytest.mark.parametrize(
    ("locale", "source", "target", "detail"),
    [
        ("de", "Baker (m/f/d)", "Bäcker in Vollzeit", "Bäcker names one gender"),
        ("fr", "Cook (m/f/d)", "Cuisinière à temps plein", "Cuisinière names one gender"),
        ("es", "Baker (m/f)", "Panadera", "Panadera names one gender"),
        ("pt", "Nurse (all genders)", "Enfermeira", "Enfermeira names one gender"),
        ("pt", "Manager (all genders)", "Gerente (m)", "(m) names one gender"),
        ("en", "Vendedor/a", "Salesman", "Salesman names one gender"),
    ],
)
def test_target_of_one_gender_is_found_where_the_source_speaks_of_all(
    locale: str, source: str, target: str, detail: str
) -> None:
    assert say(lost_gender_mark, source, target, locale, "pt" if locale == "en" else "en") == detail


def test_target_of_one_gender_is_shown_where_the_source_has_none() -> None:
    targets = ("Desenvolvedor de software", "Desenvolvedor(a) de software", "Pessoa desenvolvedora")
    found = [say(one_gendered, "Software developer", target) for target in targets]
    assert found[:2] == ["Desenvolvedor names one gender", ""]
    assert say(one_gendered, "Desarrollador de software", "Desenvolvedor de software", "pt", "es") == ""
    assert say(one_gendered, "The oven and its motor", "O forno e seu motor") == ""
