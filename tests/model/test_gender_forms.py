"""The forms of an occupation's name that one label holds."""

import csv
from collections.abc import Iterator

import pytest

from pipeline.language.gender_forms import gender_forms, strip_gender_marks
from tests.projects import shared_data


@pytest.mark.parametrize(
    ("label", "forms"),
    [
        ("Krankenpfleger/Krankenpflegerin", ("Krankenpfleger", "Krankenpflegerin")),
        ("Bürokaufmann/Bürokauffrau", ("Bürokaufmann", "Bürokauffrau")),
        ("Fachkrankenpfleger/Fachkrankenschwester", ("Fachkrankenpfleger", "Fachkrankenschwester")),
        ("Arzt / Ärztin", ("Arzt", "Ärztin")),
        ("Verkäufer/in", ("Verkäufer", "Verkäuferin")),
        ("Verkäufer/-in Mode", ("Verkäufer Mode", "Verkäuferin Mode")),
        ("Verkäufer:in", ("Verkäufer", "Verkäuferin")),
        ("Verkäufer*innen", ("Verkäufer", "Verkäuferinnen")),
        ("DirektorIn", ("Direktor", "Direktorin")),
        ("Kunde/in", ("Kunde", "Kundin")),
        ("Import-/Exporteur/Import-/Exporteurin", ("Import-/Exporteur", "Import-/Exporteurin")),
        ("Ingénieur/Ingénieure", ("Ingénieur", "Ingénieure")),
        ("chargé/chargée de projet", ("chargé de projet", "chargée de projet")),
        ("chargé(e) de projet", ("chargé de projet", "chargée de projet")),
        ("employé·e", ("employé", "employée")),
        ("vendeur/euse", ("vendeur", "vendeuse")),
        ("directeur/trice", ("directeur", "directrice")),
        ("technicien/ne", ("technicien", "technicienne")),
        ("steward/hôtesse", ("steward", "hôtesse")),
        (
            "sellier-garnisseur/sellière-garnisseuse en cuir",
            ("sellier-garnisseur en cuir", "sellière-garnisseuse en cuir"),
        ),
        ("médico/médica", ("médico", "médica")),
        ("técnico/a de obra", ("técnico de obra", "técnica de obra")),
        ("redactor/a de revista", ("redactor de revista", "redactora de revista")),
        ("Enfermeiro(a)", ("Enfermeiro", "Enfermeira")),
        ("Ator/Atriz", ("Ator", "Atriz")),
        ("Modelador de metais/Modeladora", ("Modelador de metais", "Modeladora de metais")),
        ("esperto/esperta nella cucina", ("esperto nella cucina", "esperta nella cucina")),
        ("pielęgniarz/pielęgniarka dyplomowana", ("pielęgniarz dyplomowana", "pielęgniarka dyplomowana")),
        ("učitel hudby / učitelka hudby", ("učitel hudby", "učitelka hudby")),
        ("head waiter/head waitress", ("head waiter", "head waitress")),
        ("Kuvertmacher/Kuvermacherin", ("Kuvertmacher", "Kuvermacherin")),
        ("Koch/Köchin (m/w/d)", ("Koch", "Köchin")),
    ],
)
def test_each_gender_of_a_label_is_a_form(label: str, forms: tuple[str, ...]) -> None:
    assert gender_forms(label)[1:] == forms


@pytest.mark.parametrize("mark", ["D/M", "(m/w/d)", "H/F"])
def test_a_mark_alone_is_a_label_of_its_own(mark: str) -> None:
    assert gender_forms(mark) == (mark,)


@pytest.mark.parametrize(
    "label",
    [
        "audio/video technician",
        "CI/CD engineer",
        "UI/UX designer",
        "A/B tester",
        "TCP/IP specialist",
        "sales manager/sales assistant",
        "audio technician/video technician",
        "chauffeur/verhuizer",
        "Lehrkraft für Erdkunde/Geografie",
        "wybieracz monet/żetonów z automatów",
        "LinkedIn",
        "Ordensbrüder/-schwestern",
        "R&D/QA",
        "nurse",
        "",
        "/",
        "Read the /v2/readings/{id} of it",
        "Log v3.2/logger",
        "tester/testers.csv",
        "log/log_id",
    ],
)
def test_slash_between_other_things_splits_nothing(label: str) -> None:
    assert gender_forms(label) == (label,)


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("Nurse (m/f/d)", "Nurse"),
        ("Comptable H/F", "Comptable"),
        ("Baker (all genders)", "Baker"),
        ("(m/w/d) Koch", "Koch"),
        (" Nurse ", "Nurse"),
    ],
)
def test_marks_are_no_part_of_a_name(label: str, bare: str) -> None:
    assert strip_gender_marks(label) == bare


def occupation_labels(language: str) -> list[str]:
    text = (shared_data() / "esco/occupations.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return sorted({row[language] for row in rows if "/" in row[language]})


def split_share() -> Iterator[tuple[str, float]]:
    """Yield a language and the least share of the slashes in real labels that are gender forms and have to be seen."""
    yield from (("de", 0.99), ("fr", 0.99), ("es", 0.99), ("pt", 0.98), ("it", 0.99), ("pl", 0.98), ("cs", 0.99))


@pytest.mark.parametrize(("language", "share"), list(split_share()))
def test_real_labels_are_split(language: str, share: float) -> None:
    labels = occupation_labels(language)
    split = [label for label in labels if len(gender_forms(label)) >= 2]
    assert len(split) >= share * len(labels)
    assert all(form.strip() == form and form for label in labels for form in gender_forms(label))
