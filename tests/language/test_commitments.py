"""What a line tells a reader to know before applying, and which lines are statutory."""

import pytest

from pipeline.language.commitments import is_statutory, knows_commitments, read_commitments
from pipeline.language.knowledge import knowledge, languages

KINDS = {
    *("pay", "hours", "contract", "deadline", "apply", "obligation"),
    *("prohibition", "licence", "permit", "clearance", "fee", "safety"),
}


@pytest.mark.parametrize(
    ("language", "line", "kinds"),
    [
        ("en", "The base salary range is USD$183,000 per year", {"pay"}),
        ("en", "£25k-50k | Wetherby | Full-time", {"pay", "hours"}),
        ("en", "You must hold a driver's license", {"obligation", "licence"}),
        ("en", "Three years of experience with Java", set()),
        ("en", "We raised $30 million and serve a $400B market", set()),
        ("en", "Lunch on Fridays", set()),
        ("en", "From Monday to Friday", {"hours"}),
        ("en", "Write to jobs@acme.example", {"apply"}),
        ("en", "Applications until 3 May 2027", {"deadline"}),
        ("en", "The ability to apply statistics", set()),
        ("en", "We cannot sponsor visas", {"prohibition", "permit"}),
        ("pt", "Regime de contratação: CLT, 40h semanais", {"contract", "hours"}),
        ("pt", "Salário a combinar e PLR", {"pay"}),
        ("pt", "Fazer ajustes quando necessário", set()),
        ("pt", "Inscrição ativa na OAB", {"licence", "apply"}),
        ("es", "Carnet de conducir y jornada completa", {"licence", "hours"}),
        ("es", "Buenas prácticas y trabajo autónomo", set()),
        ("fr", "CDI à temps partiel (28h hebdomadaires) à partir du 5 mai 2027", {"contract", "hours", "deadline"}),
        ("fr", "Permis B obligatoire", {"licence", "obligation"}),
        ("de", "Unbefristeter Arbeitsvertrag in Vollzeit", {"contract", "hours"}),
        ("de", "Führerscheinklasse B und Führungszeugnis", {"licence", "clearance"}),
        ("it", "È obbligatoria la patente B, orario su turni", {"obligation", "licence", "hours"}),
        ("nl", "Rijbewijs B en een VOG", {"licence", "clearance"}),
    ],
)
def test_kinds_of_what_a_line_commits_to(language: str, line: str, kinds: set[str]) -> None:
    assert read_commitments(line, language) == kinds


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "We hire without regard to race, age or disability."),
        ("en", "To request an accommodation, write to us."),
        ("en", "How we process your personal data is in our privacy notice."),
        ("en", "Acme will never ask for payment."),
        ("en", "Beware of fraud: we never ask for money."),
        ("pt", "Todas as vagas são para qualquer raça, gênero ou idade."),
        ("pt", "Vagas elegíveis para pessoas com deficiência."),
        ("es", "Igualdad de oportunidades."),
        ("fr", "Poste ouvert aux personnes en situation de handicap."),
        ("de", "Schwerbehinderte Menschen werden bei gleicher Eignung bevorzugt."),
        ("it", "La ricerca è rivolta a candidati ambosessi (L. 903/77)."),
        ("nl", "Iedereen krijgt gelijke kansen."),
    ],
)
def test_statutory_lines(language: str, line: str) -> None:
    assert is_statutory(line, language)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "You detect fraud and scams in payments."),
        ("en", "You support people with disabilities and their families."),
        ("en", "Any race in the game, whatever its color."),
        ("en", "Knowledge of data protection law."),
        ("pt", "Conhecimento da LGPD."),
        ("de", "Kenntnisse der DSGVO."),
    ],
)
def test_lines_about_the_work_are_not_statutory(language: str, line: str) -> None:
    assert not is_statutory(line, language)


def test_language_without_a_lexicon_reads_no_line() -> None:
    assert not knows_commitments("fi")
    assert not is_statutory("We are an equal opportunity employer", "fi")


@pytest.mark.parametrize("language", languages("commitments"))
def test_every_language_that_has_a_lexicon_has_all_kinds_and_statutory_lines(language: str) -> None:
    known = knowledge(language)
    assert set(known.table("commitments")) | set(known.table("modality")) >= KINDS
    assert set(known.table("statutory")) == {
        "grounds",
        "equal_opportunity",
        "accommodation",
        "data_protection",
        "fraud",
    }
