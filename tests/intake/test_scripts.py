"""A sentence in a script of its own keeps its language, however many names in Latin letters it lists."""

import pytest

from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.reading.headings import load_headings
from pipeline.model.posting import Posting, Section, SectionKind, blocks_of

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
    section = Section(kind=SectionKind.DESCRIPTION, heading="", blocks=blocks_of(paragraphs, items=items))
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


# Our own sentences: "We are looking for a baker who likes to work at night and is proud of good bread."
SMALL_LANGUAGES = {
    "ga": "Táimid ag lorg báicéir ar maith leis oibriú san oíche agus a bhfuil bród air as arán maith.",
    "eu": "Gauez lan egitea gustatzen zaion eta ogi onaz harro dagoen okin baten bila gabiltza.",
    "gd": "Tha sinn a' sireadh bèicear a tha dèidheil air obair air an oidhche agus a tha moiteil às deagh aran.",
    "mn": "Шөнө ажиллах дуртай, сайн талхаараа бахархдаг талхчин ажилд авна.",
    "zu": "Sifuna umbhaki othanda ukusebenza ebusuku futhi oziqhenyayo ngesinkwa esimnandi asibhakayo.",
    "ku": "Em li nanpêjekî digerin ku hez dike bi şev bixebite û bi nanê xwe yê baş serbilind e.",
    "oc": "Cercam un boulangièr que li agrade de trabalhar la nuèch e que siá fièr de son bon pan.",
    "az": "Gecələr işləməyi sevən və yaxşı çörəyi ilə fəxr edən çörəkçi axtarırıq.",
    "tt": "Төнлә эшләргә яраткан һәм яхшы икмәге белән горурланган икмәк пешерүче эзлибез. Җитди караш кирәк.",
    "yi": "מיר זוכן אַ בעקער וואָס האָט ליב צו אַרבעטן ביי נאַכט און איז שטאָלץ אויף זײַן גוטן ברויט.",
    "ms": "Syarikat kami mencari pembuat roti yang suka bekerja pada waktu malam; elaun makan turut diberikan.",
}


@pytest.mark.parametrize("language", SMALL_LANGUAGES)
def test_language_that_the_first_detector_does_not_know_is_read_however_long_the_text(language: str) -> None:
    text = SMALL_LANGUAGES[language]
    assert [language_of(" ".join([text] * times)) for times in (1, 4, 12)] == [language] * 3


@pytest.mark.parametrize(
    "text",
    [
        "We have offices in Łódź, Świętokrzyskie and Żyrardów, and you would travel between them every week.",
        "Our partners are Işık Kağıt and Yıldız Işıklı; you write to them in English, in the morning.",
    ],
)
def test_letters_of_names_do_not_settle_the_language(text: str) -> None:
    assert language_of(text) == "en"


def test_one_word_of_any_length_is_read_in_time_that_grows_with_it() -> None:
    for letter in ("a", "ж", "ł", "字"):
        assert language_of(letter * 50_000) is not None
        assert language_of("work with us " + letter * 50_000) is not None
