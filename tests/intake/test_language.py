"""The language of a posting: a decision over guesses, the same in every call and order."""

import gzip
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.detection.detectors import Guess, LangdetectDetector, Py3langidDetector, installed_implementation
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord, SectionRecord
from pipeline.model.posting import UNDETERMINED, Detection, DetectionReason, Posting, Section, SectionKind, blocks_of
from pipeline.model.text import count_letters
from tests.laws import examples

LEXICON = load_headings()
REAL = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
DATA = Path(os.environ.get("POLYPOST_DATA", Path(__file__).parents[3] / "shared" / "data"))
FRENCH, ENGLISH = Locale("fr"), Locale("en")
# Our own sentences, of the kind that postings are made of.
SAMPLES = {
    "en": "We are looking for a baker who likes to work at night and who is proud of good bread.",
    "fr": "Nous cherchons une boulangère qui aime travailler la nuit et qui est fière de son pain.",
    "de": "Wir suchen eine Bäckerin, die gern nachts arbeitet und auf ihr gutes Brot stolz ist.",
    "es": "Buscamos una panadera a la que le guste trabajar de noche y que esté orgullosa de su pan.",
    "pt": "Procuramos uma padeira que goste de trabalhar à noite e que tenha orgulho do seu pão.",
    "it": "Cerchiamo una fornaia a cui piace lavorare di notte e che sia orgogliosa del suo pane.",
    "nl": "Wij zoeken een bakker die graag 's nachts werkt en die trots is op goed brood van eigen bodem.",
    "pl": "Szukamy piekarza, który lubi pracować w nocy i jest dumny ze swojego dobrego chleba.",
    "sv": "Vi söker en bagare som tycker om att arbeta på natten och som är stolt över sitt goda bröd.",
    "da": "Vi søger en bager, der kan lide at arbejde om natten, og som er stolt af sit gode brød hver dag.",
    "fi": "Etsimme leipuria, joka työskentelee mielellään öisin ja joka on ylpeä hyvästä leivästään.",
    "cs": "Hledáme pekaře, který rád pracuje v noci a který je hrdý na svůj dobrý chléb každý den.",
    "ro": "Căutăm un brutar căruia îi place să lucreze noaptea și care este mândru de pâinea lui bună.",
    "hu": "Olyan péket keresünk, aki szívesen dolgozik éjszaka, és büszke a saját jó kenyerére.",
    "tr": "Geceleri çalışmayı seven ve iyi ekmeğiyle gurur duyan bir fırıncı arıyoruz, hemen başvurun.",
    "ru": "Мы ищем пекаря, который любит работать ночью и гордится своим хорошим хлебом.",
    "uk": "Ми шукаємо пекаря, який любить працювати вночі та пишається своїм добрим хлібом.",
    "el": "Ψάχνουμε έναν αρτοποιό που του αρέσει να δουλεύει τη νύχτα και είναι περήφανος για το ψωμί του.",
    "ar": "نبحث عن خباز يحب العمل ليلا ويفتخر بخبزه الجيد كل يوم في مخبزنا الصغير.",
    "he": "אנחנו מחפשים אופה שאוהב לעבוד בלילה ושגאה בלחם הטוב שלו בכל יום מחדש.",
    "hi": "हम एक ऐसे नानबाई की तलाश कर रहे हैं जो रात में काम करना पसंद करता हो।",
    "ja": "私たちは夜に働くのが好きで、おいしいパンに誇りを持つパン職人を探しています。",
    "zh": "我们正在寻找一位喜欢夜间工作并为自己的好面包感到自豪的面包师。",
    "zh_Hant": "我們正在尋找一位喜歡夜間工作並為自己的好麵包感到自豪的麵包師傅，歡迎應徵。",
    "ko": "우리는 밤에 일하는 것을 좋아하고 좋은 빵을 자랑스러워하는 제빵사를 찾고 있습니다.",
}


def guessing(*guesses: Guess) -> Callable[[str], Sequence[Guess]]:
    return lambda _text: guesses


def surely(language: str) -> Guess:
    return Guess(language, 0.96)


def telling(words: Mapping[str, str]) -> Callable[[str], Sequence[Guess]]:
    """Return a detector that is sure of a language when it reads one of its words, and else of nothing."""
    return lambda text: tuple(surely(language) for word, language in words.items() if word in text)


def alike(detect: Callable[[str], Sequence[Guess]]) -> Ensemble:
    return Ensemble(first=detect, second=detect)


def posting(text: str = SAMPLES["fr"] * 2, declared: Locale | None = None) -> Posting:
    section = Section(kind=SectionKind.DESCRIPTION, blocks=blocks_of((text,)))
    return Posting(id="b", title="Baker", declared=declared, sections=(section,))


def detection_of(posting: Posting, detect: Callable[[str], Sequence[Guess]]) -> Detection:
    return read_language(posting, alike(detect), LEXICON).detection


SURELY_FRENCH = guessing(surely("fr"), Guess("en", 0.04))
PERHAPS_FRENCH = guessing(Guess("fr", 0.28), Guess("en", 0.27), Guess("it", 0.26))
LONG = SAMPLES["fr"] * 2
NIGHT = {"nuit": "fr", "night": "en"}


def test_sure_guess_is_the_language() -> None:
    assert detection_of(posting(), SURELY_FRENCH) == Detection(
        language=FRENCH, score=96, reason=DetectionReason.DETECTED, read_as=FRENCH
    )


def test_guess_that_is_no_more_likely_than_not_is_no_language() -> None:
    found = detection_of(posting(), PERHAPS_FRENCH)
    assert (found.language, found.reason, found.score < 50) == (None, DetectionReason.UNCERTAIN, True)


def test_too_little_text_is_no_language_whatever_the_detectors_say() -> None:
    assert detection_of(posting(text="Pain"), SURELY_FRENCH) == UNDETERMINED
    assert detection_of(posting(), guessing()) == UNDETERMINED


def test_declared_language_wins_and_a_contradiction_is_reported() -> None:
    canadian = Locale("fr", "CA")
    assert [detection_of(posting(declared=declared), SURELY_FRENCH) for declared in (canadian, ENGLISH)] == [
        Detection(language=canadian, score=96, reason=DetectionReason.DECLARED, declared=canadian, read_as=FRENCH),
        Detection(language=ENGLISH, score=96, reason=DetectionReason.CONTRADICTION, declared=ENGLISH, read_as=FRENCH),
    ]


def test_declared_language_needs_no_text_and_doubt_is_no_contradiction() -> None:
    assert detection_of(posting(text="", declared=ENGLISH), SURELY_FRENCH) == Detection(
        language=ENGLISH, score=0, reason=DetectionReason.DECLARED, declared=ENGLISH
    )
    assert detection_of(posting(declared=ENGLISH), PERHAPS_FRENCH).reason is DetectionReason.DECLARED


def test_second_detector_is_asked_only_where_the_first_is_no_help() -> None:
    asked: list[str] = []

    def second(text: str) -> Sequence[Guess]:
        asked.append(text)
        return (surely("fr"),)

    sure, unsure = guessing(surely("fr")), guessing(Guess("fr", 0.9))
    Ensemble(first=sure, second=second)(LONG)
    assert asked == []
    Ensemble(first=unsure, second=second)(LONG)
    Ensemble(first=sure, second=second)("Du pain")
    assert asked == [LONG, "Du pain"]


def test_long_answer_that_may_conceal_another_language_is_confirmed_by_the_second_detector() -> None:
    irish = "Táimid ag lorg báicéir a bhfuil taithí aige ar obair oíche agus a bhfuil bród air as a chuid aráin. " * 2
    english = SAMPLES["en"] * 2
    both = Ensemble(first=guessing(surely("en")), second=guessing(surely("ga")))
    read = [read_language(posting(text), both, LEXICON).language for text in (irish, english)]
    assert read == [Locale("ga"), ENGLISH]


def test_second_detector_is_believed_over_the_first_and_alone_on_short_texts() -> None:
    both = Ensemble(first=guessing(Guess("fr", 0.9)), second=guessing(surely("en")))
    assert [both(text)[0].language for text in (LONG, "Du pain")] == ["en", "en"]


def test_short_text_in_doubt_is_in_the_language_of_more_postings() -> None:
    both = Ensemble(first=guessing(), second=guessing(Guess("gl", 0.55), Guess("pt", 0.45)))
    assert [both(text)[0].language for text in ("Técnico de frío", LONG)] == ["pt", "gl"]


def test_language_of_most_letters_decides_in_any_order() -> None:
    french = Section(kind=SectionKind.OTHER, blocks=blocks_of((SAMPLES["fr"] * 3,)))
    english = Section(kind=SectionKind.DESCRIPTION, blocks=blocks_of((SAMPLES["en"] * 2,)))
    detect = telling(NIGHT)
    for sections in ((french, english), (english, french)):
        decided = read_language(Posting(id="b", title="Baker", sections=sections), alike(detect), LEXICON)
        assert decided.detection == Detection(
            language=FRENCH, score=59, reason=DetectionReason.DETECTED, read_as=FRENCH
        )
        assert [section.language for section in decided.sections] == [
            ENGLISH if section is english else FRENCH for section in sections
        ]


def test_passage_that_only_the_first_reads_differently_counts_for_the_rest() -> None:
    sections = tuple(
        Section(kind=SectionKind.OTHER, blocks=blocks_of(items=(SAMPLES[language] * 2,)))
        for language in ("fr", "en", "fr")
    )
    ensemble = Ensemble(first=telling(NIGHT), second=guessing(surely("fr")))
    decided = read_language(Posting(id="b", title="Baker", sections=sections), ensemble, LEXICON)
    assert [section.language for section in decided.sections] == [FRENCH] * 3


def test_known_heading_names_the_kind_and_what_follows_it_inherits() -> None:
    sections = (
        Section(kind=SectionKind.OTHER, heading="Votre profil", blocks=blocks_of(items=(SAMPLES["fr"],))),
        Section(kind=SectionKind.OTHER, blocks=blocks_of(("et",))),
        Section(kind=SectionKind.OTHER, heading="Nos fours", blocks=blocks_of(items=("Un grand",))),
        Section(kind=SectionKind.OTHER, heading="Requirements", blocks=blocks_of(items=("Une main",))),
        Section(kind=SectionKind.OFFER, heading="Votre profil"),
        Section(kind=SectionKind.REQUIREMENTS, heading="Votre profil"),
    )
    decided = read_language(Posting(id="b", title="B", sections=sections), alike(SURELY_FRENCH), LEXICON)
    assert [(section.kind, section.standard) for section in decided.sections] == [
        (SectionKind.REQUIREMENTS, True),
        (SectionKind.REQUIREMENTS, False),
        (SectionKind.OTHER, False),
        (SectionKind.OTHER, False),
        (SectionKind.OFFER, False),
        (SectionKind.REQUIREMENTS, True),
    ]


def test_no_heading_is_standard_while_the_language_is_undetermined() -> None:
    section = Section(kind=SectionKind.OTHER, heading="Requirements", blocks=blocks_of(items=("Hands",)))
    decided = read_language(Posting(id="b", title="B", sections=(section,)), alike(guessing()), LEXICON)
    assert decided.sections == (section,)


def test_long_section_has_its_own_language_and_a_short_one_the_postings() -> None:
    long = Section(kind=SectionKind.OTHER, blocks=blocks_of((SAMPLES["fr"], SAMPLES["fr"])))
    short = Section(kind=SectionKind.OTHER, blocks=blocks_of(items=("Du pain",)))
    british = Posting(id="b", title="B", declared=Locale("en", "GB"), sections=(long, short))
    decided = read_language(british, alike(SURELY_FRENCH), LEXICON)
    assert [section.language for section in decided.sections] == [FRENCH, Locale("en", "GB")]


@pytest.mark.parametrize("implementation", ["langdetect", "langdetect_rs"])
def test_samples_are_read_as_what_they_are(implementation: str) -> None:
    detect = LangdetectDetector(implementation)
    assert {language: detect(text)[0].language for language, text in SAMPLES.items()} == {
        language: language for language in SAMPLES
    }


def sampled_texts() -> list[str]:
    """Our own texts, each also cut short, and where the shared data lies a sample of that."""
    texts = [text[:length] for text in SAMPLES.values() for length in (len(text), 30)]
    dev = DATA / "detection" / "dev.json.gz"
    if dev.exists():
        tree = json.loads(gzip.decompress(dev.read_bytes()))["section300"]
        texts += [text for language in sorted(tree) for text in tree[language][:7]]
    return texts


def test_both_implementations_give_the_same_answers_in_any_order_and_every_call() -> None:
    texts = sampled_texts()
    shuffled = sorted(texts, key=lambda text: text[::-1])
    slow, fast = LangdetectDetector("langdetect"), LangdetectDetector("langdetect_rs")
    first = {text: slow(text) for text in texts}
    assert {text: rounded(fast(text)) for text in shuffled} == {text: rounded(first[text]) for text in shuffled}
    assert {text: fast(text) for text in texts} == {text: fast(text) for text in shuffled}
    assert {text: slow(text) for text in shuffled[:60]} == {text: first[text] for text in shuffled[:60]}


def rounded(guesses: Sequence[Guess]) -> list[tuple[str, float]]:
    return [(guess.language, round(guess.probability, 6)) for guess in guesses]


@pytest.mark.parametrize(
    "text",
    [
        "本公司誠徵資深軟體工程師，負責後端系統開發與維護，具備良好溝通能力與團隊合作精神。",
        "護理師：負責病患照護、給藥及病歷紀錄，須具護理師執照，願意配合輪班。",
        "門市人員需負責接待顧客、收銀、商品陳列與清潔工作，無經驗可，提供完整教育訓練。",
    ],
)
def test_traditional_chinese_is_not_taken_for_korean(text: str) -> None:
    (guess,) = LangdetectDetector()(text)
    assert (guess.language, round(guess.probability, 2)) == ("zh_Hant", 1.0)


@pytest.mark.parametrize("text", ["12345 " * 30, "🍞 " * 60, "ᏣᎳᎩ " * 60, "- / - " * 50])
def test_posting_without_words_of_a_known_script_is_undetermined(text: str) -> None:
    assert read_language(replace(posting(text), title="#1"), REAL, LEXICON).detection == UNDETERMINED


@examples(150)
@given(st.lists(st.text(max_size=300), max_size=4), st.text(max_size=80))
def test_any_text_is_read_and_the_same_each_time(texts: list[str], title: str) -> None:
    sections = tuple(Section(kind=SectionKind.OTHER, blocks=blocks_of((text,), items=(text, title))) for text in texts)
    read = [read_language(Posting(id="b", title=title, sections=sections), REAL, LEXICON) for _ in range(2)]
    assert read[0] == read[1]
    written = [section for version in read[0].written or (read[0],) for section in version.sections]
    assert [part.lines for part in written if part.lines] == [(text, text, title) for text in texts]


@pytest.mark.parametrize("implementation", ["langdetect", "langdetect_rs"])
@pytest.mark.parametrize("text", ["", "12345", "🍞", "ᏣᎳᎩ " * 20])
def test_text_without_features_has_no_guess(implementation: str, text: str) -> None:
    assert LangdetectDetector(implementation)(text) == ()


def test_faster_implementation_is_used_where_it_is_installed() -> None:
    assert installed_implementation() == "langdetect_rs"


def test_letters_are_counted_and_dense_ones_threefold() -> None:
    assert [count_letters(text) for text in ("Bread 24/7!", "パン", "빵", "خبز")] == [5, 6, 3, 3]


def test_kind_that_the_posting_names_stays_also_where_it_is_other() -> None:
    record = PostingRecord(
        id="b",
        title="B",
        sections=[
            SectionRecord(kind="requirements", heading="Votre profil", blocks=blocks_of(items=[SAMPLES["fr"]])),
            SectionRecord(kind="other", blocks=blocks_of(["et"])),
            SectionRecord(kind="other", heading="Votre profil", blocks=blocks_of(items=["Deux mains"])),
            SectionRecord(blocks=blocks_of(items=["Deux pieds"])),
        ],
    )
    decided = read_language(build_posting(record, lexicon=LEXICON), alike(SURELY_FRENCH), LEXICON)
    assert [section.kind for section in decided.sections] == [SectionKind.REQUIREMENTS, *[SectionKind.OTHER] * 3]
