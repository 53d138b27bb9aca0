"""A glossary from the file to the published page, on the embedded engine."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.projects import CHECKOUT, CONFIG, polypost, read_tree, write_tree
from tests.workflow.counting import engine_calls

POSTING = """\
Title: Nurse (m/f/d)
Language: en
Location: Lisbon, PT

We are looking for a nurse who works with the care team.
The Blue Oven method guides our kitchen.

Requirements:
Two years of experience with shift work
"""
HEADER = "source_language,source,locale,target,rule,context,note\n"
GLOSSARY = f"""{HEADER}\
en,nurse,pt_BR,profissional de enfermagem,must,,
en,nurse,pt_BR,Enfermeiro,must,title,
en,shift work,pt,trabalho por turnos,must,,
en,Blue Oven,,,keep,,
en,nurse,fr,infirmier/infirmière,must,title,
"""
CONFIGURED = CONFIG.replace('["Microsoft", "Azure"]', '["Microsoft", "Azure"]\nglossary = "glossary.csv"')


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"polypost.toml": CONFIGURED, "postings/nurse.txt": POSTING, "glossary.csv": GLOSSARY})


def catalog(project: Path, locale: str = "pt_BR") -> str:
    return (project / f"locales/{locale}/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")


def units(project: Path, **environment: str) -> dict[str, dict[str, Any]]:
    told = json.loads(polypost(project, "why", "nurse", "pt_BR", "--json", **environment).stdout)
    return {unit["source"]: unit for unit in told["units"]}


def reason(project: Path, **environment: str) -> str:
    return str(json.loads(polypost(project, "why", "nurse", "pt_BR", "--json", **environment).stdout)["reason"])


def test_required_wordings_come_out_and_names_stay(project: Path) -> None:
    assert polypost(project, "build").returncode == 0
    made = units(project)
    assert {unit["target"] for unit in made.values()} >= {"Enfermeiro (m/f/d)"}
    assert "profissional de enfermagem" in str(
        made["We are looking for a nurse who works with the care team."]["target"]
    )
    assert "trabalho por turnos" in str(made["Two years of experience with shift work"]["target"])
    assert "Blue Oven" in str(made["The Blue Oven method guides our kitchen."]["target"])
    assert (reason(project), [unit["findings"] for unit in made.values()]) == ("machine", [[]] * 4)


def test_title_that_is_a_term_is_no_engines_work_and_says_so(project: Path) -> None:
    calls = engine_calls(project, "build")
    assert not any("urse" in call for call in calls), calls
    assert "#. engine: glossary " in catalog(project)
    assert 'msgstr "Infirmier/infirmière (m/f/d)"' in catalog(project, "fr")  # no engine reaches French here
    assert units(project)["Nurse (m/f/d)"]["state"] == "needs_review"


def test_second_run_calls_nothing_and_changes_no_byte(project: Path) -> None:
    polypost(project, "build")
    before = read_tree(project / "locales"), read_tree(project / "public")
    assert engine_calls(project, "build") == []
    assert (read_tree(project / "locales"), read_tree(project / "public")) == before


def test_forbidden_wording_is_a_finding_and_holds_the_posting(project: Path) -> None:
    polypost(project, "build")
    assert reason(project) == "machine"
    made = str(units(project)["The Blue Oven method guides our kitchen."]["target"])
    assert "cozinha" in made
    forbidding = f"{GLOSSARY}en,kitchen,pt_BR,cozinhas,must_not,,\n"
    (project / "glossary.csv").write_text(forbidding, encoding="utf-8")
    polypost(project, "build")
    assert reason(project) == "finding"
    assert "#. check: terms\n" in catalog(project)
    told = polypost(project, "check")
    assert (told.returncode, "    “kitchen” must not be “cozinhas”\n" in told.stdout) == (1, True)


def test_changed_glossary_leaves_what_is_translated_until_it_is_asked_for(project: Path) -> None:
    polypost(project, "build")
    changed = GLOSSARY.replace("profissional de enfermagem", "cuidador").replace("Enfermeiro", "Cuidador")
    (project / "glossary.csv").write_text(changed, encoding="utf-8")
    polypost(project, "build")
    source = "We are looking for a nurse who works with the care team."
    assert "profissional de enfermagem" in str(units(project)[source]["target"])
    assert (units(project)[source]["findings"], reason(project)) == (["terms"], "finding")
    assert polypost(project, "translate", "--retranslate").returncode == 0
    made = units(project)
    assert "cuidador" in str(made[source]["target"])
    assert made["Nurse (m/f/d)"]["target"] == "Cuidador (m/f/d)"
    assert reason(project) == "machine"
    assert engine_calls(project, "translate", "--retranslate") == []


def test_glossary_never_touches_what_a_person_wrote(project: Path) -> None:
    polypost(project, "build")
    path = project / "locales/pt_BR/LC_MESSAGES/postings.en.po"
    edited = catalog(project).replace('msgstr "Enfermeiro (m/f/d)"', 'msgstr "Técnico (m/f/d)"')
    path.write_text(edited, encoding="utf-8")
    polypost(project, "translate", "--retranslate")
    assert units(project)["Nurse (m/f/d)"]["target"] == "Técnico (m/f/d)"
    assert units(project)["Nurse (m/f/d)"]["findings"] == ["terms"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "glossary.csv: no such file"),
        (
            f"{HEADER}en,nurse,pt_BR,a,must,,\nen,nurse,pt_BR,,keep,,\nen,x,pt_BR,,must,,\n",
            "glossary.csv:4: target is empty",
        ),
    ],
)
@pytest.mark.parametrize("command", ["build", "translate", "check"])
def test_glossary_that_cannot_be_used_stops_the_run(
    project: Path, content: str | None, told: str, command: str
) -> None:
    if command == "check":
        polypost(project, "build")
    (project / "glossary.csv").unlink()
    if content is not None:
        (project / "glossary.csv").write_text(content, encoding="utf-8")
    before = read_tree(project / "locales")
    done = polypost(project, command)
    assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert read_tree(project / "locales") == before


def test_check_tells_duplicates_contradictions_and_idle_terms(project: Path) -> None:
    more = (
        "en,nurse,pt_BR,Enfermeiro,must,title,\nen,plumber,pt_BR,encanador,must,,\nen,,pt_BR,enfermeiros,must_not,,\n"
    )
    (project / "glossary.csv").write_text(GLOSSARY + more, encoding="utf-8")
    done = polypost(project, "glossary", "check", "--json")
    told = [(each["line"], each["severity"], each["reason"]) for each in json.loads(done.stdout)]
    assert (done.returncode, told) == (
        1,
        [
            (7, "warning", "repeats what line 3 or one after it says"),
            (
                None,
                "error",
                "the rule for pt_BR forbids “enfermeiros”, “nurse” (en to title, pt_BR) requires “Enfermeiro”",
            ),
            (None, "warning", "“plumber” (en to pt_BR) stands in no posting"),
        ],
    )
    (project / "glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    done = polypost(project, "glossary", "check")
    assert (done.returncode, done.stdout) == (0, "0 errors, 0 warnings\n")


def test_many_idle_terms_are_counted_in_one_line(project: Path) -> None:
    idle = "".join(f"en,plumber {number},pt_BR,encanador {number},must,title,\n" for number in range(500))
    (project / "glossary.csv").write_text(GLOSSARY + idle, encoding="utf-8")
    done = polypost(project, "glossary", "check", "--json")
    told = [(each["line"], each["severity"], each["reason"]) for each in json.loads(done.stdout)]
    reason = "500 of 505 terms stand in no posting, the first is “plumber 0” (en to title, pt_BR)"
    assert (done.returncode, told) == (0, [(None, "warning", reason)])


def test_title_that_a_term_names_in_both_genders_is_published(tmp_path: Path) -> None:
    posting = "Title: Waiter\nLanguage: en\nLocation: Lisbon, PT\n\nWe are looking for a friendly colleague.\n"
    both = f"{HEADER}en,waiter,pt_BR,Empregado de mesa/Empregada de mesa,must,title,\n"
    files = {"polypost.toml": CONFIGURED, "postings/nurse.txt": posting, "glossary.csv": both}
    project = write_tree(tmp_path, files)
    polypost(project, "build")
    assert units(project)["Waiter"]["findings"] == []
    assert reason(project) == "machine"


def test_check_without_a_glossary_says_how_to_name_one(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/nurse.txt": POSTING})
    done = polypost(tmp_path, "glossary", "check")
    assert (done.returncode, 'glossary = "glossary.csv"' in done.stderr) == (2, True)


ESCO = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n"


def test_import_makes_a_glossary_that_the_next_build_uses(project: Path) -> None:
    english = f'{ESCO}Occupation,uri/1,2221,nurse,"ward nurse\nhospital nurse"\nOccupation,uri/2,7512,baker,\n'
    portuguese = f"{ESCO}Occupation,uri/1,2221,enfermeiro/enfermeira,\n"
    write_tree(project, {"occupations_en.csv": english, "occupations_pt.csv": portuguese})
    files = ("occupations_en.csv", "occupations_pt.csv")
    refused = polypost(project, "glossary", "import", "--from", "esco", *files)
    assert (refused.returncode, "glossary.csv exists" in refused.stderr) == (2, True)
    done = polypost(project, "glossary", "import", "--from", "esco", *files, "--locale", "pt_BR", "--force")
    assert (done.returncode, done.stdout) == (0, "glossary.csv: 3 terms of 1 occupations; 1 in one language only\n")
    assert (project / "glossary.csv").read_text(encoding="utf-8") == (
        f"{HEADER}en,nurse,pt_BR,enfermeiro/enfermeira,must,title,\n"
        "en,ward nurse,pt_BR,enfermeiro/enfermeira,must,title,\n"
        "en,hospital nurse,pt_BR,enfermeiro/enfermeira,must,title,\n"
    )
    polypost(project, "build")
    assert units(project)["Nurse (m/f/d)"]["target"] == "Enfermeiro/enfermeira (m/f/d)"


def test_import_says_what_it_cannot_use(project: Path) -> None:
    write_tree(project, {"names.csv": f"{ESCO}Occupation,uri/1,2221,nurse,\n", "other_pt.csv": "a,b\n1,2\n"})
    cases = {
        ("names.csv",): "esco takes the file of the source language and that of the target",
        ("names.csv", "names.csv"): "give --source-language and --locale",
        ("names.csv", "other_pt.csv"): "the columns conceptUri and preferredLabel are missing",
    }
    for files, told in cases.items():
        done = polypost(project, "glossary", "import", "--from", "esco", *files, "--out", "new.csv")
        assert (done.returncode, told in done.stderr, (project / "new.csv").exists()) == (2, True, False), done.stderr


def test_tbx_is_a_glossary_and_can_be_made_csv(project: Path) -> None:
    tbx = (
        '<martif type="TBX-Basic"><text><body><termEntry>'
        '<langSet xml:lang="en"><tig><term>shift work</term></tig></langSet>'
        '<langSet xml:lang="pt"><tig><term>trabalho por turnos</term></tig></langSet>'
        "</termEntry></body></text></martif>"
    )
    write_tree(project, {"terms.tbx": tbx, "polypost.toml": CONFIGURED.replace("glossary.csv", "terms.tbx")})
    done = polypost(project, "glossary", "import", "--from", "tbx", "terms.tbx", "--out", "made.csv")
    assert (done.returncode, done.stdout) == (0, "made.csv: 2 terms\n")
    assert (project / "made.csv").read_text(encoding="utf-8") == (
        f"{HEADER}en,shift work,pt,trabalho por turnos,must,,\npt,trabalho por turnos,en,shift work,must,,\n"
    )
    polypost(project, "build")
    assert "trabalho por turnos" in str(units(project)["Two years of experience with shift work"]["target"])


ARGOS = CHECKOUT / "tests/fixtures/argos/translate-en_pt-0_1.argosmodel"


def test_wording_stands_between_parts_where_an_engine_lets_no_marker_through_and_checks_decide(
    project: Path,
) -> None:
    models = {"POLYPOST_MODELS_DIR": str(project / "models")}
    (project / "polypost.toml").write_text(CONFIGURED.replace('["bergamot"]', '["argos"]'), encoding="utf-8")
    assert polypost(project, "models", "install", "--from", str(ARGOS), **models).returncode == 0
    assert polypost(project, "build", **models).returncode == 0
    made = units(project, **models)
    assert all(unit["target"] for unit in made.values())
    repaired = made["Two years of experience with shift work"]
    assert repaired["findings"] == ["numbers"]
    assert "trabalho por turnos" in str(repaired["target"])
    assert reason(project, **models) == "finding"
    assert json.loads(polypost(project, "translate", "--json", **models).stdout) == {}
