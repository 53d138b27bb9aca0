"""Sentences: nothing is lost, and a full stop inside a name, a number or an abbreviation ends none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.locale import parse_locale
from pipeline.model.posting import Detection, DetectionReason, Posting, Section, SectionKind, blocks_of
from pipeline.model.segment import SegmentedBlock, SegmentedPosting, SegmentedSection
from pipeline.translation.segmenter import Segmenter

SEGMENTER = Segmenter()
LANGUAGES = ("en", "fr", "de", "es", "pt", "it", "nl", "ru", "el", "ar", "he", "hi", "th", "ja", "zh", "ko", "xx")
WORDS = st.sampled_from(
    [
        "we",
        "Bake",
        "bread",
        "Ph.D.",
        "e.g.",
        "z. B.",
        "M.",
        "Dr.",
        "etc.",
        "Inc.",
        "C++",
        ".NET",
        "Node.js",
        "1.5",
        "No.",
        "3.500,00",
        "https://a.example/b.c?d=e.",
        "jobs@a.example.",
        "пекарь",
        "Хлеб.",
        "خبز.",
        "هل؟",
        "パン。",
        "焼く！",
        "面包。",
        "रोटी।",
        "빵.",
        "¿Y",
        "tú?",
        "¡Ven!",
        "«Oui.»",
        "“Yes.”",
        "...",
        "…",
        "?!",
        "1.",
        "a)",
        "-",
        "(",
        ")",
        "\u00a0",
        "\u200b",
        "\u2028",
        "\n",
        "\n\n",
        "\t",
        "",
        "🍞",
        "ไทย",
        "e\u0301",
        "\u202e",
        "É.",
        "St.",
        "U.S.",
    ]
)
TEXTS = st.text() | st.lists(WORDS, max_size=20).map(" ".join) | st.lists(WORDS, max_size=12).map("".join)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_sentences_one_after_the_other_are_the_text(text: str, language: str) -> None:
    assert "".join(SEGMENTER.split(text, language)) == text


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_no_sentence_is_empty(text: str, language: str) -> None:
    assert "" not in SEGMENTER.split(text, language)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["You hold a Ph.D. in chemistry. ", "You like ovens."]),
        ("en", ["You hold a Ph.D. ", "You like ovens."]),
        ("en", ["We sell bread, e.g. Rye and spelt. ", "We bake at night."]),
        ("en", ["Bring tools, i.e. Knives. ", "We bring the rest."]),
        ("en", ["Ask Dr. Meyer or J. Smith. ", "They know."]),
        ("en", ["We write C++. ", "You may write .NET. ", "Some write Node.js. ", "All test."]),
        ("en", ["Our .NET team is small. ", "Our Node.js team is not."]),
        ("en", ["Version 3.5 is out. ", "Use it."]),
        ("en", ["See https://a.example/b.c?d=e.f for more. ", "Then apply."]),
        ("en", ["Apply at https://a.example/jobs. ", "We answer."]),
        ("en", ["Write to jobs@a.example. ", "We answer."]),
        ("en", ["We raised €1.5 million. ", "We grow."]),
        ("en", ["See no. 5 on the list. ", "The answer is no. ", "We go on."]),
        ("en", ["Tools, ovens, etc. are here. ", "Bring knives, etc. ", "We bring flour."]),
        ("en", ["Are you a baker? ", "Great! ", "Join Acme Inc. ", "We pay well."]),
        ("en", ["She said “Come in.” ", "We came."]),
        ("en", ["1. Bake the bread. ", "2. Sell it."]),
        ("de", ["Wir nutzen z. B. Roggen. ", "Sie backen gern."]),
        ("de", ["Wir nutzen z.B. Roggen. ", "Frau Dr. Meier leitet es. ", "Am 1. Mai geht es los."]),
        ("de", ["Umsatz: 3 Mio. Euro. ", "Kommen Sie."]),
        ("fr", ["M. Dupont dirige le fournil. ", "Vous travaillez avec Mme. Martin. ", "Venez."]),
        ("fr", ["Une équipe d'env. 3 pers. pour le pain. ", "Venez."]),
        ("pt", ["O salário é de R$ 3.500,00. ", "Candidate-se já."]),
        ("pt", ["Fale com a Sra. Lima. ", "Ela responde."]),
        ("es", ["¿Te gusta el pan? ", "¡Ven con nosotros! ", "Trabajarás con el Sr. Gil. ", "¿Y tú?"]),
        ("it", ["Parla con il sig. Rossi. ", "Risponde sempre."]),
        ("nl", ["Je bakt bijv. Brood. ", "Dat is alles."]),
        ("ja", ["私たちはパンを焼きます。", "あなたを待っています！", "応募してください。"]),
        ("zh", ["我们烤面包。", "欢迎加入！"]),
        ("ar", ["نحن مخبز صغير. ", "نبحث عن خباز! ", "هل أنت مستعد؟ ", "قدم الآن."]),
        ("hi", ["हम रोटी बनाते हैं। ", "आप भी आएँ।"]),
        ("ru", ["Мы печём хлеб. ", "Вы тоже?"]),
        ("de", ["Die Fa. Meier GmbH backt. ", "Komm zu uns."]),
        ("pt", ["Exp. mín. 2 anos. ", "Venha já."]),
        ("pl", ["Biuro, tj. Piekarnia w Łodzi. ", "Zarobki ok. 5 tys. zł brutto. ", "Nr ref. 12. ", "Aplikuj."]),
        ("es", ["Oferta con Ref. 12/2026 abierta. ", "Ven ya."]),
        ("hi", ["वेतन रु. 20,000 प्रति माह। ", "आवेदन करें।"]),
        ("ar", ["الراتب 5000 ر.س. شهرياً. ", "قدم الآن."]),
        ("ja", ["「採用。」をご覧ください。", "「はい。」", "彼は言った。"]),
        ("en", ["Requirements: 1. Python. ", "2. SQL. ", "We grew. ", "Ask for version 3. ", "Then go."]),
    ],
)
def test_cut_comes_after_the_sentence_and_not_before(language: str, sentences: list[str]) -> None:
    assert SEGMENTER.split("".join(sentences), language) == tuple(sentences)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Unsere Praxis liegt im 3. Stock ohne Aufzug."),
        ("de", "Ab dem 2. Lehrjahr und jedes 2. Wochenende gibt es Zulagen."),
        ("de", "Start ist im 2. Quartal 2027."),
        ("de", "Wir holten 2025 den 1. Platz beim Wettbewerb."),
        ("de", "Wir zahlen 13. und 14. Monatslohn."),
        ("de", "Ein Betrieb in 4. Generation, seit dem 1. Tag."),
        ("de", "Betreuung der 1. bis 4. Klasse, auch der 1.–4. Klasse und des 13./14. Monatslohns."),
        ("de", "Die 5. Klasse, der 1. FC Ahrweiler und zum 100. Geburtstag."),
        ("de", "Bewerbung bis 31. Dez. 2026 oder 1. Okt. möglich."),
        ("de", "Ausbildung: ab 3. Lehrjahr mit Prämie."),
        ("de", "Das Labor (2. Obergeschoss) und das <b>3. Geschoss</b>."),
        ("de", "Ab dem III. Quartal."),
        ("da", "Søg senest den 1. Maj."),
        ("cs", "Nástup 1. Září."),
        ("de", "Grüße an Hrn. Meier in der Abt. Einkauf."),
        ("en", "Process: (1) 30-min call → (2) 90-min pairing → (3) Offer"),
        ("en", "Steps: 1. Plan 2. Build 3. Test."),
        ("en", "Ask Mgr. Smith in rm. B12, vol. 3."),
        ("en", "Shifts start at 6 a.m. Monday to Friday."),
        ("pt", "O Hosp. Sta. Clara e a Profa. Lima, ext. 12, nº. 5."),
        ("es", "Escriba a RR. HH. de la obra, urb. El Pinar, ctra. Norte."),
        ("fr", "Citez la Réf. 1234, école Ste. Anne, trim. 2, niv. B2, bât. C."),
        ("it", "Inglese liv. B2, CCNL liv. 4."),
        ("nl", "Engels niv. B2 vereist."),
        ("pl", "Prawo jazdy kat. B, woj. Mazowieckie."),
        ("ru", "Наш адрес: ул. Садовая, корп. Б, каб. 5."),
        ("en", "We bake (and how!) every night."),
        ("zh", "“质量第一。”是我们的承诺。"),
    ],
)
def test_full_stop_of_an_ordinal_or_an_abbreviation_and_a_bracket_end_no_sentence(language: str, sentence: str) -> None:
    assert SEGMENTER.split(sentence, language) == (sentence,)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Wir suchen Verstärkung ab 2027. ", "Bewerben Sie sich jetzt."]),
        ("de", ["Wir sind ein Team von 12. ", "Komm zu uns!"]),
        ("de", ["Wir sind 45. ", "Gemeinsam backen wir."]),
        ("de", ["Bewerbung bis zum 31. ", "Wir antworten."]),
        ("de", ["Die Stelle ist ab 3. ", "Bewerben Sie sich."]),
        ("de", ["Bezahlt wird nach Entgeltgruppe 9. ", "Befristet auf zwei Jahre."]),
        ("de", ["Im Haus arbeiten 120. ", "Werde Teil davon."]),
        ("de", ["Geöffnet ist von 9 bis 17. ", "Urlaub nach Absprache."]),
        ("de", ["Bewerbung bis 31. Dez. ", "Danach nicht."]),
        ("fr", ["Le permis\u00a0B est exigé\u202f. ", "Mme\u00a0B\u202f. Petit répond\u00a0. ", "Merci."]),
        ("cs", ["Je nás 12. ", "Přidej se."]),
        ("en", ["We are a team of 12. ", "March with us."]),
        ("en", ["We close at 6 p.m. ", "Tuesdays are free."]),
        ("el", ["Γνωρίζετε C++; ", "Ελάτε."]),
        ("de", ["„Brot ist Handwerk.“ ", "Die Praxis zeigt es."]),
        ("en", ["The oven is new. [12]", " Bake with it."]),
        ("am", ["ሰላም። ", "እንዴት።"]),
    ],
)
def test_number_and_short_name_may_end_a_sentence(language: str, sentences: list[str]) -> None:
    assert SEGMENTER.split("".join(sentences), language) == tuple(sentences)


def test_long_text_without_spaces_takes_no_time() -> None:
    text = "a" * 100_000 + ". Then more. "
    assert "".join(SEGMENTER.split(text, "en")) == text


def test_paragraphs_are_cut_and_everything_else_is_a_segment_as_it_is() -> None:
    section = Section(
        kind=SectionKind.OFFER,
        heading="We offer. A lot",
        standard=True,
        blocks=blocks_of(("We bake.  You sell. ", "Both eat."), items=("Bread. And butter.",)),
    )
    detection = Detection(language=parse_locale("en_GB"), score=99, reason=DetectionReason.DETECTED)
    for posting in (
        Posting(id="a", title="Baker. Or not", sections=(section,), detection=detection),
        Posting(id="a", title="Baker. Or not", sections=(section,)),
    ):
        assert SEGMENTER.segment(posting) == SegmentedPosting(
            posting=posting,
            sections=(
                SegmentedSection(
                    kind=SectionKind.OFFER,
                    heading="We offer. A lot",
                    standard=True,
                    blocks=(
                        SegmentedBlock(block=section.blocks[0], segments=("We bake.", "You sell.")),
                        SegmentedBlock(block=section.blocks[1], segments=("Both eat.",)),
                        SegmentedBlock(block=section.blocks[2], segments=("Bread. And butter.",)),
                    ),
                ),
            ),
        )
