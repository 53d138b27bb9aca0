"""The risk of a machine's target is found once, when it is made, and stands beside it from then on."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale

from pipeline.catalog.filling import note_risk
from pipeline.catalog.po_file import read_catalog
from pipeline.config import Settings
from pipeline.language.glossary import Glossary
from pipeline.model.max_risk import MaxRisk
from pipeline.model.posting import Posting, Section, SectionKind, blocks_of
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Suggestion, Unit, digest
from pipeline.publishing.versions.policy import Policy, Rule, decide
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.translation.risk import Evidence, SecondAnswers
from pipeline.workflow.checking import Checks
from pipeline.workflow.risks import RiskReader, Risks
from tests.projects import CONFIG, built, polypost, read_times, write_tree
from tests.publishing.examples import detected, segmented
from tests.workflow.counting import engine_calls

EN, PT = Locale("en"), Locale("pt", "BR")
ENGINE = EngineOrigin(engine="bergamot", model="1/r3", route="en→pt")
POSTING = """Title: Night baker
Language: en

We bake bread every night in a small team near the harbour.
You know our flour.
Our bakery opens at six in the morning.
"""
CATALOG_PATH = "locales/pt_BR/LC_MESSAGES/postings.en.po"


def machine(source: str, target: str, context: str = "requirements") -> Unit:
    made = Provenance(kind=OriginKind.ENGINE, digest=digest(target), engine=ENGINE)
    return Unit(key=UnitKey(context, source), target=target, doubtful=True, provenance=made)


class Estimates:
    """Finds every target to be of risk 70, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Evidence] = []
        checks = Checks(Settings(root=Path()), Glossary((), SimplemmaForms))
        self.reader: RiskReader = Risks(checks, self).of(EN, PT)

    def __call__(self, evidence: Evidence) -> int:
        self.asked.append(evidence)
        return 70


def test_risk_is_read_where_it_stands_and_else_found_once_from_source_and_target() -> None:
    found = Estimates()
    unit = machine("Two ovens", "Dois fornos", "offer|acme-4711")
    assert found.reader.risk(note_risk(unit, 12)) == 12
    assert found.asked == []
    assert [found.reader.risk(unit) for _ in range(3)] == [70] * 3
    assert found.asked == [Evidence(source="Two ovens", target="Dois fornos", source_language="en", language="pt")]


def test_findings_and_the_way_back_are_evidence() -> None:
    found = Estimates()
    assert found.reader.find(machine("2 ovens.", "3 fornos"), SecondAnswers("3 ovens", "2 fornos;")) == 70
    (evidence,) = found.asked
    assert (evidence.errors, evidence.returned, evidence.others) == (1, "3 ovens", ("2 fornos;",))


def test_risk_of_a_stale_target_is_that_of_the_engines_new_one() -> None:
    found = Estimates()
    stale = Unit(key=UnitKey("offer", "Two ovens"), target="Um forno", doubtful=True)
    assert found.reader.risk(stale) is None
    assert found.reader.risk(replace(stale, suggestion=Suggestion(engine=ENGINE, target="Dois fornos"))) == 70
    assert [evidence.target for evidence in found.asked] == ["Dois fornos"]


@pytest.mark.parametrize("most", [60, 100])
def test_ten_thousand_units_are_looked_at_once_each_and_only_where_their_risk_matters(most: int) -> None:
    """Nine in ten are reviewed or have the number beside them; every sentence stands in two postings."""
    found = Estimates()
    lines = [f"You knead the dough of bread {number}" for number in range(5000)]
    units = {}
    for number, line in enumerate(lines):
        made = machine(line, f"Você sova a massa do pão {number}", "responsibilities")
        units[made.key] = (made, note_risk(made, 50), *[replace(made, doubtful=False)] * 8)[number % 10]
    rule = Rule(
        locale=PT,
        policy=Policy.MACHINE,
        configured=(EN, PT),
        faulty=lambda _: False,
        has_route=lambda _: True,
        risk=found.reader.risk,
        max_risk=MaxRisk(default=most),
    )
    for _ in range(2):
        for start in range(0, len(lines), 50):
            section = Section(kind=SectionKind.RESPONSIBILITIES, blocks=blocks_of(items=lines[start : start + 50]))
            posting = Posting(id=f"acme-{start}", title="Baker", detection=detected("en"), sections=(section,))
            decide(segmented(posting), units, rule)
    assert len(found.asked) == (500 if most < 100 else 0)


def risks(project: Path) -> dict[str, int | None]:
    """Return the risk of each unit by the first words of its source."""
    catalog = read_catalog(project / CATALOG_PATH)
    assert catalog is not None
    return {" ".join(unit.key.source.split()[:2]): unit.risk for unit in catalog.units}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    built(write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/baker.txt": POSTING}))
    return tmp_path


def test_new_target_of_a_machine_gets_its_risk_and_a_title_of_known_words_none(project: Path) -> None:
    found = risks(project)
    assert found.pop("Night baker") is None
    assert len(found) == 3
    assert all(risk is not None for risk in found.values())


def test_unchanged_run_rewrites_no_file_with_or_without_the_lines(project: Path) -> None:
    catalog = project / CATALOG_PATH
    catalog.write_text(re.sub(r"#\. risk: .*\n", "", catalog.read_text(encoding="utf-8"), count=2), encoding="utf-8")
    before = read_times(project / "locales")
    found = risks(project)
    assert sorted(found.values(), key=str)[1:] == [None] * 3
    built(project)
    shutil.rmtree(project / "build")
    assert engine_calls(project, "build") == []
    assert (read_times(project / "locales"), risks(project)) == (before, found)


def test_risk_goes_when_a_person_accepts_or_changes_the_target_and_is_found_anew_with_it(project: Path) -> None:
    catalog = project / CATALOG_PATH
    text = catalog.read_text(encoding="utf-8")
    units = read_catalog(catalog)
    assert units is not None
    bake, know = (next(u for u in units.units if u.key.source.startswith(start)) for start in ("We bake", "You know"))
    lines = text.replace(f'msgstr "{bake.target}"', 'msgstr "Fazemos pão."')
    start = lines.index("#, fuzzy", lines.index(digest(know.target)))
    catalog.write_text(lines[:start] + lines[start + len("#, fuzzy\n") :], encoding="utf-8")
    built(project)
    found = risks(project)
    assert (found["We bake"], found["You know"], found["Our bakery"] is not None) == (None, None, True)
    assert polypost(project, "catalogs", "clear", "--machine").returncode == 0
    assert risks(project)["Our bakery"] is None
    built(project)
    assert risks(project) == found


def test_round_trip_asks_each_target_once_and_an_unchanged_run_asks_nothing(tmp_path: Path) -> None:
    config = CONFIG.replace("[translate]\n", "[translate]\nround_trip = true\n")
    write_tree(tmp_path, {"polypost.toml": config, "postings/baker.txt": POSTING})
    asked = engine_calls(tmp_path, "build")
    catalog = read_catalog(tmp_path / CATALOG_PATH)
    assert catalog is not None
    made = [unit for unit in catalog.units if unit.machine_made]
    for unit in made:
        source = unit.key.source.rstrip(".")
        assert [asked.count(text) for text in (unit.key.source, f"{source};", unit.target)] == [1, 1, 1]
    assert len(asked) == 3 * len(made) == 9
    shutil.rmtree(tmp_path / "build")
    assert engine_calls(tmp_path, "build") == []
    catalog_text = (tmp_path / CATALOG_PATH).read_text(encoding="utf-8")
    assert polypost(tmp_path, "catalogs", "clear", "--machine").returncode == 0
    built(tmp_path)
    assert (tmp_path / CATALOG_PATH).read_text(encoding="utf-8") == catalog_text
    assert polypost(tmp_path, "catalogs", "clear", "--machine").returncode == 0
    assert polypost(tmp_path, "catalogs", "update").returncode == 0
    assert (tmp_path / CATALOG_PATH).read_text(encoding="utf-8") == catalog_text


def test_posting_is_held_for_the_risk_that_its_catalog_names(project: Path) -> None:
    catalog = project / CATALOG_PATH
    text = catalog.read_text(encoding="utf-8")
    limited = CONFIG.replace("[publish]\n", "[publish]\nmax_original = 0\nmax_risk = 99\n")
    write_tree(project, {"polypost.toml": limited})
    reasons = []
    for risk in (99, 100):
        catalog.write_text(re.sub(r"#\. risk: .*", f"#. risk: {risk}", text), encoding="utf-8")
        reasons.append(polypost(project, "why", "baker", "pt-BR").stdout.splitlines()[0])
    assert reasons == ["baker is published in pt_BR: machine", "baker is held in pt_BR: risk"]
