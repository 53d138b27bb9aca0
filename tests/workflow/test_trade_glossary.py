"""The glossary of the trade on the embedded engine: sentences of many trades, none of which chose a term."""

import json
from pathlib import Path
from typing import Any

import polib
import pytest

from tests.projects import CONFIG, polypost, write_tree

ENGLISH = {
    "Unload the trailer with an old forklift.": "empilhadeira",
    "Our shift leads open the shop at six.": "líderes de turno",
    "Steel-toe boots are provided on your first day.": "botas",
    "After a probation period of three months you join the team for good.": "período de experiência",
    "You are a self-starter who learns from mistakes.": "proativ",
    "We add two full stack developers to the group.": "full",
    "The dental hygienist prepares the room for each patient.": "saúde bucal",
    "Bring a copy of your work permit to the office.": "autorização de trabalho",
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
    "O exame admissional é feito na clínica do bairro.": "pre-employment",
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


def findings(project: Path, source: str) -> list[str]:
    return list(units(project, "en", "pt_BR")[source]["findings"])


@pytest.mark.parametrize(("name", "locale", "sentences"), [("en", "pt_BR", ENGLISH), ("pt", "en", PORTUGUESE)])
def test_terms_come_out_as_translators_say_them(
    project: Path, name: str, locale: str, sentences: dict[str, str]
) -> None:
    made = {source: str(unit["target"]) for source, unit in units(project, name, locale).items()}
    assert {source: made[source] for source, wording in sentences.items() if wording not in made[source].lower()} == {}


def test_glossary_of_the_project_goes_first_and_reviewed_targets_are_not_measured_by_the_bundled_one(
    tmp_path: Path,
) -> None:
    glossary = (
        "source_language,source,locale,target,rule,context,note\nen,steel-toe boots,pt_BR,botinas da casa,must,,\n"
    )
    configured = CONFIG.replace('["Microsoft", "Azure"]', '["Microsoft", "Azure"]\nglossary = "glossary.csv"')
    text = posting("en", dict.fromkeys(["Wear steel-toe boots.", "Our shift leads open the shop at six."], ""))
    made = write_tree(tmp_path, {"polypost.toml": configured, "glossary.csv": glossary, "postings/en.txt": text})
    assert polypost(made, "build").returncode == 0
    wear = units(made, "en", "pt_BR")["Wear steel-toe boots."]
    assert ("botinas da casa" in str(wear["target"]), wear["findings"]) == (True, [])
    catalog = polib.pofile(str(made / "locales/pt_BR/LC_MESSAGES/postings.en.po"))
    lead = next(entry for entry in catalog if entry.msgid.startswith("Our shift leads"))
    lead.msgstr = "Nossos chefes abrem a loja às seis."
    catalog.save()
    assert findings(made, lead.msgid) == ["trade_terms"]
    lead.flags.remove("fuzzy")
    catalog.save()
    assert findings(made, lead.msgid) == []


def test_trade_glossary_can_be_turned_off(tmp_path: Path) -> None:
    off = CONFIG.replace("[publish]", "trade_glossary = false\n\n[publish]", 1)
    text = posting("en", {"Bring a copy of your work permit to the office.": "", "Internship": ""})
    made = write_tree(tmp_path, {"polypost.toml": off, "postings/en.txt": text})
    assert polypost(made, "build").returncode == 0
    catalog = (made / "locales/pt_BR/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")
    assert ("repaired: trade" in catalog, "trade_terms" in catalog, "engine: glossary" in catalog) == (False,) * 3
