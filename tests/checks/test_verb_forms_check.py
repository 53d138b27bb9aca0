"""Behind the verb of a future stands an infinitive, where an English verb may also be a noun."""

import pytest

from pipeline.checks.verb_forms import infinitive_check
from tests.checks.verdicts import errors, findings


@pytest.mark.parametrize(
    ("language", "source", "target", "told"),
    [
        ("pt", "You will rake leaves.", "Você vai ancinho folhas.", "vai ancinho"),
        ("pt", "You’ll mop the deck.", "Você vai esfregá o convés.", "vai esfregá"),
        ("pt", "They will rivet hulls.", "Eles vão rebitados cascos.", "vão rebitados"),
        ("pt", "You will mop the deck.", "Você vai esfregá-lo.", ""),
        ("pt", "You will also lay tiles.", "Você vai também pôr azulejos.", ""),
        ("pt", "You will mostly cook.", "Você vai principalmente cozinhar.", ""),
        ("pt", "You will be cooking.", "Você vai cozinhando.", ""),
        ("pt", "You will go to sea.", "Você vai pescar e vai mar adentro.", ""),
        ("pt", "The parcel goes by rail.", "A encomenda vai trem.", ""),
        ("es", "You will hem skirts.", "Usted va a dobladillo faldas.", "va a dobladillo"),
        ("es", "You will hem them.", "Usted va a coserlas.", ""),
        ("fr", "You will prune trees.", "Vous allez pruneau des arbres.", "allez pruneau"),
        ("fr", "You will not prune trees.", "Vous n’allez pas tailler d’arbres.", ""),
        ("de", "You will prune trees.", "Sie werden Pflaume Bäume.", ""),
    ],
)
def test_word_behind_the_verb_of_a_future_is_an_infinitive(language: str, source: str, target: str, told: str) -> None:
    assert infinitive_check("en", language)(source, target) == told


def test_future_that_no_english_verb_made_is_not_looked_at() -> None:
    assert infinitive_check("es", "pt")("We will rake.", "Você vai ancinho.") == ""


def test_noun_for_a_verb_is_an_error() -> None:
    assert errors(findings("You will rake leaves.", "Você vai ancinho folhas.", "pt_BR", names=())) == {"verb_forms"}
