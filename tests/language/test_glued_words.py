"""Where two words are parted that lost the line end between them, and which names are not."""

import time

import pytest

from pipeline.language.glued_words import Parted, part_glued_words
from pipeline.language.knowledge import knowledge


def parted(text: str) -> str:
    return part_glued_words(text, "pt").text


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("AvançadoEspanhol", "Avançado; Espanhol"),
        ("Qlik SenseExperiência com IA", "Qlik Sense; Experiência com IA"),
        ("GympassAssistência médica", "Gympass; Assistência médica"),
        ("Excel AvançadoVBA AvançadoPower BI", "Excel Avançado; VBA Avançado; Power BI"),
        ("Vale-transporteVale refeição", "Vale-transporte; Vale refeição"),
        ("TransportePrevidênciaSeguro", "Transporte; Previdência; Seguro"),
        ("DataBricksServiços", "DataBricks; Serviços"),
    ],
)
def test_a_line_end_that_was_lost_becomes_a_semicolon(glued: str, apart: str) -> None:
    assert parted(glued) == apart


@pytest.mark.parametrize(
    ("glued", "apart"), [("SQL.Habilidade", "SQL. Habilidade"), ("precisa terFormação", "precisa ter Formação")]
)
def test_a_point_and_a_short_word_take_a_space(glued: str, apart: str) -> None:
    assert parted(glued) == apart


@pytest.mark.parametrize(
    "name",
    [
        *(
            "JavaScript",
            "PowerBI",
            "LinkedIn",
            "iFood",
            "McDonald",
            "GitHub",
            "YouTube",
            "PicPay",
            "PagSeguro",
            "TotalPass",
        ),
        *("OdontoPrev", "PcDs", "WiFi", "CloudFormation", "MetaData", "Node.Js", "Asp.Net", "São Paulo", "QualiFast"),
        *("BancoBM", "valoresE"),
    ],
)
def test_a_name_is_not_parted(name: str) -> None:
    assert parted(name) == name


def test_every_name_of_two_words_that_is_listed_would_be_parted() -> None:
    names = knowledge("pt").listed("glued", "names")
    assert names
    for name in names:
        written = [f"{name[:cut].title()}{name[cut:].title()}" for cut in range(1, len(name))]
        assert [each for each in written if parted(each) != each] == []


@pytest.mark.parametrize("text", ["www.AvançadoEspanhol.com", "a@AvançadoEspanhol", "#VemSer", "{AvançadoEspanhol}"])
def test_addresses_placeholders_and_tags_are_not_parted(text: str) -> None:
    assert parted(text) == text


def test_what_is_kept_stays_whole_and_moves_with_the_text() -> None:
    text = "AvançadoEspanhol na CasaNova, AvançadoEspanhol"
    start = text.index("CasaNova")
    whole = part_glued_words(text, "pt", [(start, start + 8)])
    assert whole.text == "Avançado; Espanhol na CasaNova, Avançado; Espanhol"
    assert [whole.text[first:stop] for first, stop in whole.kept] == ["CasaNova"]
    assert part_glued_words("AvançadoEspanhol", "pt", [(0, 16)]) == Parted("AvançadoEspanhol", ((0, 16),))


@pytest.mark.parametrize("language", ["en", "xh"])
def test_a_language_of_which_names_are_made_or_no_words_are_known_parts_nothing(language: str) -> None:
    assert part_glued_words("PowerBI SkillsExperience", language, [(0, 7)]).kept == ((0, 7),)
    assert part_glued_words("PowerBI SkillsExperience", language).text == "PowerBI SkillsExperience"


def test_parting_takes_linear_time() -> None:
    def seconds(text: str) -> float:
        def once() -> float:
            started = time.process_time()
            part_glued_words(text, "pt")
            return time.process_time() - started

        return min(once() for _ in range(3))  # whatever else the machine does makes it slower, never faster

    for piece in ("AvançadoEspanhol ", "AvançadoEspanhol", "aB", "a.B", "www.a"):
        seconds(piece)
        assert seconds(piece * 8_000) < 30 * seconds(piece * 800) + 0.1
