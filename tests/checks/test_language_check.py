"""A target is in its language: by script, by frequent words, and by a detector only in doubt."""

import pytest

from pipeline.checks.language import wrong_language
from tests.checks.pairs import compared

SOURCE = "We bake bread every night and take it to the shops of the town"


def read_as(target: str, language: str = "pt", *, detected: str | None = None, source: str = SOURCE) -> str:
    return wrong_language(compared(source, target, language, language_of=lambda _: detected))


@pytest.mark.parametrize(
    ("language", "target"),
    [
        ("pt", "Assamos pão todas as noites e o levamos para as lojas da cidade"),
        ("es", "Horneamos pan todas las noches y lo llevamos a las tiendas de la ciudad"),
        ("de", "Wir backen jede Nacht Brot und bringen es in die Läden der Stadt"),
        ("ar", "نخبز الخبز كل ليلة ونأخذه إلى متاجر Acme Corp و Node.js"),
        ("ja", "毎晩パンを焼いてSAP SuccessFactorsで管理します"),
        ("zh", "我们每天晚上烤面包并送到镇上的商店"),
        ("pt", "Pão"),
        ("xh", "Sibhaka isonka busuku ngabunye size sisise ezivenkileni zedolophu"),
    ],
)
def test_target_in_its_language_passes_without_a_detector(language: str, target: str) -> None:
    assert read_as(target, language) == ""


@pytest.mark.parametrize(
    ("language", "target", "told"),
    [
        ("pt", "Horneamos pan todas las noches y lo llevamos a las tiendas de la ciudad", "reads as es"),
        ("es", "Assamos pão todas as noites e o levamos para as lojas da cidade", "reads as pt"),
        ("ar", "Apply today and start next week", "written in another script"),
        ("ja", "我们每天晚上烤面包并送到镇上的商店", "written without kana"),
        ("zh", "毎晩パンを焼いて店に届けます", "written in kana"),
        ("el", "Each night bread is baked", "written in another script"),
        ("ko", "毎晩パンを焼いて店に届けます", "written in another script"),
        ("pt", SOURCE, "reads as en, it is the source itself"),
    ],
)
def test_other_language_is_found_without_a_detector(language: str, target: str, told: str) -> None:
    assert read_as(target, language) == told


def test_detector_decides_where_words_do_not_tell() -> None:
    text = "Gwneud bara bob nos mynd siopau'r dref cyn chwech bore"
    assert [read_as(text, detected=found) for found in ("cy", "pt", None)] == ["reads as cy", "", ""]


def test_detector_is_not_believed_about_a_language_that_it_does_not_know() -> None:
    assert read_as("Facemos pan tódalas noites mañá tarde cedo vila tendas", "gl", detected="pt") == ""


def test_source_that_may_be_the_same_in_a_close_language_passes() -> None:
    text = "Turno de noite con descanso"
    assert wrong_language(compared(text, text, "gl", language="es", language_of=lambda _: "es")) == ""


@pytest.mark.parametrize(
    ("language", "source", "target", "detected"),
    [
        ("pt", "Skills: Docker, Kubernetes, Linux, Git", "Saber: Docker, Kubernetes, Linux, Git", "de"),
        ("en", "Residir em São José dos Campos ou perto", "Live in São José dos Campos or close by", "pt"),
    ],
)
def test_names_that_both_texts_have_do_not_vote_on_the_language(
    language: str, source: str, target: str, detected: str
) -> None:
    assert read_as(target, language, detected=detected, source=source) == ""


def test_text_in_another_language_is_told_among_names_of_both_texts() -> None:
    target = "We bake bread for São José dos Campos every night and take it to the shops"
    assert read_as(target, "pt", source=f"{target} now") == "reads as en"
