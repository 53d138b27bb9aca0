"""A sentence in a script of its own keeps its language, however many names in Latin letters it lists."""

import pytest

from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.headings import load_headings
from pipeline.model.posting import Posting, Section, SectionKind

LEXICON = load_headings()
ENSEMBLE = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
STACK = ("Java 21, Spring Boot, Hibernate", "PostgreSQL, Redis, Kafka, nginx", "Docker, Kubernetes, GitLab CI, Grafana")
WITH_TOOLS = {
    "ru": "Ищем инженера по продажам, который знает Siemens, ABB, Schneider Electric, AutoCAD и MS Excel.",
    "uk": "Шукаємо інженера, який працював із Jenkins, Terraform, Ansible, Prometheus, Grafana та AWS.",
    "bg": "Търсим инженер с опит в Jenkins, Terraform, Ansible, Prometheus, Grafana и Google Cloud.",
    "el": "Ζητείται μηχανικός με εμπειρία σε Siemens, ABB, Schneider Electric, AutoCAD και MS Excel.",
    "he": "דרוש מהנדס עם ניסיון ב-Siemens, ABB, Schneider Electric, AutoCAD, SolidWorks, MS Excel",
    "ar": "نبحث عن مهندس مبيعات له خبرة في Siemens و ABB و Schneider Electric و AutoCAD و MS Excel",
    "fa": "به دنبال مهندس فروش با تجربه در Siemens، ABB، Schneider Electric، AutoCAD و MS Excel هستیم",
    "th": "ต้องการวิศวกรที่ใช้ Siemens, ABB, Schneider Electric, AutoCAD, SolidWorks, MS Excel",
    "hi": "हमें ऐसे इंजीनियर चाहिए जो Jenkins, Terraform, Ansible, Prometheus, Grafana और AWS जानते हों",
    "zh": "熟悉Spring Boot、MySQL、Redis、Kafka、Docker、Kubernetes、Prometheus",
    "ja": "Spring Boot、MySQL、Redis、Kafka、Docker、Kubernetesの経験がある方",
    "ko": "Spring Boot, MySQL, Redis, Kafka, Docker, Kubernetes 경험이 있는 분을 찾습니다",
}


def language_of(*paragraphs: str, items: tuple[str, ...] = ()) -> str:
    section = Section(kind=SectionKind.DESCRIPTION, heading="", paragraphs=paragraphs, items=items)
    found = read_language(Posting(id="a", title="", sections=(section,)), ENSEMBLE, LEXICON).detection.language
    return found.language if found else ""


@pytest.mark.parametrize("language", WITH_TOOLS)
def test_names_of_tools_do_not_outvote_the_sentence_that_lists_them(language: str) -> None:
    assert language_of(WITH_TOOLS[language]) == language
    assert language_of(WITH_TOOLS[language], items=STACK) == language


@pytest.mark.parametrize(
    "text",
    [
        "We work with 株式会社 and ООО «Ромашка» in Osaka and Moscow, and you would travel a lot.",
        "Our office is on улица Ленина, a short walk from the station, and it is open all day.",
        "You should be able to read الشروط والأحكام العامة in the original and explain them to customers.",
    ],
)
def test_english_sentence_that_quotes_another_script_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Ищем повара в наш ресторан в Казани. Работа вечером.",
        "Уборка офиса утром. Звоните.",
        "Водитель категории C. Зарплата 90 000 руб. Есть выходные.",
    ],
)
def test_short_russian_is_not_taken_for_bulgarian(text: str) -> None:
    assert language_of(text) in {"ru", ""}


def test_short_bulgarian_stays_bulgarian() -> None:
    assert (
        language_of("Търсим готвач за нашия ресторант във Варна. Работата е вечер, почивен ден е понеделник.") == "bg"
    )
