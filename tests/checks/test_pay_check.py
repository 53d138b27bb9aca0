"""What qualifies a pay is said of it in the target too."""

import pytest

from pipeline.checks.pay import lost_terms
from tests.checks.pairs import compared


@pytest.mark.parametrize(
    ("language", "locale", "source", "target", "detail"),
    [
        ("en", "pt", "Up to $40 an hour", "US$ 40 por hora", "missing at most"),
        ("en", "pt", "We earn over $5M", "Ganhamos US$ 5 milhões", "missing more than"),
        ("en", "de", "at least €2,400 net", "2.400 € netto", "missing at least"),
        ("en", "de", "€4,000 a month", "4.000 €", "missing per month"),
        ("en", "fr", "€4,000 gross a month", "4 000 € par mois", "missing gross"),
        ("en", "es", "$50,000 plus commission", "50.000 US$", "missing commission"),
        ("en", "pt", "Minimum $20, maximum $25", "Mínimo US$ 20, US$ 25", "missing at most"),
        ("en", "pt", "At most $25, more than $20", "No máximo US$ 25, US$ 20", "missing more than"),
        ("pt", "en", "R$ 2.000,00 brutos por mês mais comissão", "R$2,000.00", "missing per month, gross, commission"),
    ],
)
def test_term_of_pay_that_the_target_leaves_out_is_named(
    language: str, locale: str, source: str, target: str, detail: str
) -> None:
    assert lost_terms(compared(source, target, locale, language=language)) == detail


@pytest.mark.parametrize(
    ("language", "locale", "source", "target"),
    [
        ("en", "pt", "Up to $40 an hour", "No máximo US$ 40 por hora"),
        ("en", "pt", "$40+ an hour", "US$ 40+ por hora"),
        ("en", "pt", "at least $40", "≥ US$ 40"),
        ("en", "de", "€4,000 a month, plus commission", "4.000 € monatlich, zuzüglich Umsatzprovision"),
        ("en", "fr", "€4,000 gross a month", "4 000 € brut par mois"),
        ("en", "pt", "from $40 to $50 an hour", "de US$ 40 a US$ 50 por hora"),
        ("en", "de", "Costs must not exceed $40.", "Die Kosten dürfen 40 $ nicht überschreiten."),
        ("en", "pt", "a commission", "uma taxa"),
        ("en", "pt", "Minimum $20, maximum $25", "Mínimo de US$ 20, máximo de US$ 25"),
        ("en", "fi", "up to $40 an hour", "40 dollaria"),
        ("en", "it", "$50,000 plus commission", "50.000 USD più provvigioni"),
    ],
)
def test_term_of_pay_in_other_words_is_no_finding(language: str, locale: str, source: str, target: str) -> None:
    assert lost_terms(compared(source, target, locale, language=language)) == ""
