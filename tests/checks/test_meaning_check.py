"""What turns a sentence's meaning stays: negation, obligation, bounds and words that have an opposite."""

import pytest

from pipeline.checks import meaning, quantities
from tests.checks.pairs import compared


def findings(language: str, locale: str, source: str, target: str) -> dict[str, str]:
    pair = compared(source, target, locale, language=language)
    told = {check.id: check.find(pair) for check in (*meaning.CHECKS, *quantities.CHECKS)}
    return {check: detail for check, detail in told.items() if detail}


@pytest.mark.parametrize(
    ("language", "locale", "source", "target"),
    [
        ("en", "de", "A licence is not required.", "Ein Führerschein ist nicht nötig."),
        ("en", "pt", "You are unable to apply twice.", "Não é possível candidatar-se duas vezes."),
        ("en", "fr", "Unless you are ill", "Si vous n'êtes pas malade"),
        ("en", "fr", "Do not hesitate to call", "N'hésitez pas à appeler"),
        ("en", "de", "No. 5 is open", "Nr. 5 ist offen"),
        ("en", "es", "Only 3 places are left", "No quedan más que 3 plazas"),
        ("en", "de", "You must not smoke.", "Rauchen ist verboten."),
        ("en", "pt", "Applicants must speak German.", "É obrigatório falar alemão."),
        ("en", "fr", "Accounts with no bank", "Comptes sans banque"),
        ("en", "tr", "You must not smoke.", "Sigara içmek yasak."),
        ("", "de", "You must not smoke.", "Sie dürfen rauchen."),
    ],
)
def test_meaning_said_in_another_way_is_no_finding(language: str, locale: str, source: str, target: str) -> None:
    assert findings(language, locale, source, target) == {}


@pytest.mark.parametrize(
    ("language", "locale", "source", "target", "check", "detail"),
    [
        ("en", "de", "A licence is not required.", "Ein Führerschein ist nötig.", "negation", "missing a negation"),
        ("en", "pt", "We ask for a photo.", "Não pedimos foto.", "negation", "added a negation"),
        ("en", "es", "You must wear a helmet.", "Puede llevar casco.", "obligation", "obligation became permission"),
        (
            "pt",
            "en",
            "Você pode trabalhar de casa.",
            "You must work from home.",
            "obligation",
            "permission became obligation",
        ),
        ("en", "nl", "Smoking is not allowed here.", "Roken is hier toegestaan.", "negation", "missing a negation"),
        ("en", "nl", "You must wear a helmet.", "U mag een helm dragen.", "obligation", "obligation became permission"),
        ("en", "pt", "at least one reference", "no máximo uma referência", "bounds", "lower became upper"),
        ("en", "fr", "Full-time, in Lyon", "À temps partiel, à Lyon", "polarity", "full time became part time"),
        ("en", "de", "with a car", "ohne Auto", "polarity", "with became without"),
    ],
)
def test_meaning_that_turned_is_named(
    language: str, locale: str, source: str, target: str, check: str, detail: str
) -> None:
    assert findings(language, locale, source, target)[check] == detail
