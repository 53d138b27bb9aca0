"""The glossary of the trade on the embedded engine: sentences of many trades, none of which chose a term."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.projects import CONFIG, polypost, write_tree

ENGLISH = {
    "Unload the trailer with an old forklift.": "empilhadeira",
    "Our shift leads open the shop at six.": "líderes de turno",
    "Steel-toe boots are provided on your first day.": "botas",
    "After a probation period of three months you join the team for good.": "período de experiência",
    "You are a self-starter who learns from mistakes.": "proativ",
    "We add two full stack developers to the group.": "full stack",
    "The dental hygienist prepares the room for each patient.": "saúde bucal",
    "A pallet jack and a hand truck stand at the back door.": "paleteira",
    "Payslips are sent by mail.": "holerite",
    "The sous chef orders fish and vegetables.": "chef",
    "Scaffolding is checked every morning.": "andaime",
    "You keep the general ledger of three companies.": "razão",
    "The phlebotomist labels every sample.": "flebotomista",
    "We cover your relocation assistance in full.": "mudança",
    "A room attendant cleans fourteen rooms.": "camareira",
}
PORTUGUESE = {
    "O vale-refeição é pago no primeiro dia do mês.": "meal",
    "Dirigir a empilhadeira no pátio da fábrica.": "forklift",
    "O banco de horas é fechado a cada seis meses.": "time",
    "Oferecemos ônibus fretado para quem mora longe.": "bus",
    "A camareira prepara os quartos do segundo andar.": "housekeeper",
    "O estagiário acompanha as visitas aos clientes.": "intern",
    "É preciso ter CNH B e gostar de estrada.": "licen",
}


def posting(language: str, sentences: dict[str, str]) -> str:
    lines = "\n".join(f"- {sentence}" for sentence in sentences)
    return f"Title: Data engineer\nLanguage: {language}\nLocation: Lisbon, PT\n\nResponsibilities:\n{lines}\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "polypost.toml": CONFIG,
        "postings/en.txt": posting("en", ENGLISH),
        "postings/pt.txt": posting("pt", PORTUGUESE),
    }
    made = write_tree(tmp_path_factory.mktemp("trade"), files)
    assert polypost(made, "build").returncode == 0
    return made


def units(project: Path, name: str, locale: str) -> dict[str, dict[str, Any]]:
    told = json.loads(polypost(project, "why", name, locale, "--json").stdout)
    return {unit["source"]: unit for unit in told["units"]}


@pytest.mark.parametrize(("name", "locale", "sentences"), [("en", "pt_BR", ENGLISH), ("pt", "en", PORTUGUESE)])
def test_terms_come_out_as_translators_say_them(
    project: Path, name: str, locale: str, sentences: dict[str, str]
) -> None:
    made = {source: str(unit["target"]) for source, unit in units(project, name, locale).items()}
    assert {source: made[source] for source, wording in sentences.items() if wording not in made[source].lower()} == {}
