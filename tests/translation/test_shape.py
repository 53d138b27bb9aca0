"""What stands around a segment comes back on its target as it was, in the convention of the target's locale."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.locale import parse_locale
from pipeline.translation.end_marks import EndMark, end_mark, with_end_mark
from pipeline.translation.engines.cutting import cut_at_clauses, cut_batches
from pipeline.translation.lettering import (
    NO_EVIDENCE,
    Evidence,
    Lettering,
    gather_evidence,
    in_sentence_case,
    lettering_of,
    with_lettering,
)
from pipeline.translation.plain_signs import with_plain_signs
from pipeline.translation.shape import give_shape, take_shape

ENGLISH = Evidence(language="en")
RUNNING_TEXT = (
    "Our team runs Kubernetes on AWS and the engineer on call sleeps well.",
    "You join the platform team in Zürich and report to the head of engineering.",
)


@pytest.mark.parametrize(
    ("source", "core"),
    [
        ("• Fresh bread", "Fresh bread"),
        ("  – Fresh bread  ", "Fresh bread"),
        ("1. Bake bread", "Bake bread"),
        ("12) Bake bread", "Bake bread"),
        ("(a) Bake bread", "Bake bread"),
        ("✓ • Bake bread", "Bake bread"),
        ("-5 degrees", "-5 degrees"),
        ("401(k) plan", "401(k) plan"),
        ("3.5 years", "3.5 years"),
        ("•", "•"),
        ("", ""),
        (" \u00a0", ""),
    ],
)
def test_bullets_numbering_and_outer_spaces_are_taken_off_and_put_back(source: str, core: str) -> None:
    shaped = take_shape(source, ENGLISH)
    assert shaped.text == core
    assert give_shape(shaped.text, shaped.shape, Locale("fr")) == (source if core else "")


@given(st.text())
def test_shape_loses_nothing_of_a_segment(source: str) -> None:
    shaped = take_shape(source, NO_EVIDENCE)
    assert source.startswith(shaped.shape.before)
    assert source.endswith(shaped.shape.after)
    core = source[len(shaped.shape.before) : len(source) - len(shaped.shape.after)]
    assert (
        shaped.text.casefold() == with_plain_signs(core).casefold() or shaped.shape.lettering is not Lettering.RUNNING
    )
    assert len(shaped.shape.before) + len(core) + len(shaped.shape.after) == len(source)


@pytest.mark.parametrize(
    ("source", "target", "locale", "expected"),
    [
        ("Fresh bread", "Pão fresco.", "pt_BR", "Pão fresco"),
        ("Fresh bread etc.", "Pão fresco etc.", "pt_BR", "Pão fresco etc."),
        ("Ph.D", "Ph.D.", "pt_BR", "Ph.D."),
        ("Wait for it", "Espere...", "pt_BR", "Espere..."),
        ("We bake.", "Assamos", "pt_BR", "Assamos."),
        ("We bake.", "パンを焼きます.", "ja", "パンを焼きます。"),
        ("We bake.", "パンを焼きます", "ja", "パンを焼きます。"),
        ("Ready?", "準備はいいですか?", "ja", "準備はいいですか？"),
        ("Ready?", "هل أنت مستعد?", "ar", "هل أنت مستعد؟"),
        ("We bake.", "نخبز.", "ar", "نخبز."),
        ("We bake.", "हम रोटी बनाते हैं.", "hi", "हम रोटी बनाते हैं।"),
        ("We bake.", "हम रोटी बनाते हैं", "hi", "हम रोटी बनाते हैं।"),
        ("We bake.", "आम्ही भाजतो.", "mr", "आम्ही भाजतो."),
        ("We bake.", "เราอบขนมปัง", "th", "เราอบขนมปัง"),
        ("Έτοιμοι;", "Ready", "en", "Ready"),
        ("パンを焼きます。", "We bake bread", "en", "We bake bread."),
        ("Apply now!", "Candidate-se agora", "pt_BR", "Candidate-se agora!"),
        ("Your tasks:", "Suas tarefas", "pt_BR", "Suas tarefas"),
        ("We bake.", "Assamos?", "pt_BR", "Assamos?"),
        ("We bake (daily).", "Assamos (todo dia)", "pt_BR", "Assamos (todo dia)."),
        ("“We bake.”", "“Assamos.”", "pt_BR", "“Assamos.”"),
        ("We bake", "", "pt_BR", ""),
        ("We bake.", "Nós  assamos.", "pt_BR", "Nós assamos."),
        ("We  bake.", "Nós  assamos.", "pt_BR", "Nós  assamos."),
        ("Ready?", "Listo?", "es", "¿Listo?"),
        ("Apply now!", "«Solicita ahora!»", "es", "«¡Solicita ahora!»"),
        ("If so, ready?", "Si es así, ¿listo?", "es", "Si es así, ¿listo?"),
        ("We bake. Ready?", "Horneamos. Listo?", "es", "Horneamos. ¿Listo?"),
        ("Ready? Come!", "Usted está pronto? Venga!", "es", "¿Usted está pronto? ¡Venga!"),
        ("Is Mr. Paz here?", "Está el Sr. Paz?", "es", "¿Está el Sr. Paz?"),
        ("To ask: ready?", "Pregunta: listo?", "es", "Pregunta: listo?"),
        ("Join us.", "⟦Ĵôîñ úš. ~~~⟧", "ja", "⟦Ĵôîñ úš。 ~~~⟧"),
        ("Ready?", "Pronto?", "pt_BR", "Pronto?"),
    ],
)
def test_target_ends_as_its_source_does_in_its_own_sign(source: str, target: str, locale: str, expected: str) -> None:
    assert give_shape(target, take_shape(source, ENGLISH).shape, parse_locale(locale)) == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Baker", "padeiro", "Padeiro"),
        ("Élan", "élan", "Élan"),
        ("baker", "Padeiro", "Padeiro"),
        ("App for iPhone", "iPhone app", "iPhone app"),
        ("Nurse", "看護師", "看護師"),
    ],
)
def test_target_starts_with_a_capital_where_its_source_does(source: str, target: str, expected: str) -> None:
    assert give_shape(target, take_shape(source, ENGLISH).shape, Locale("de")) == expected


@given(st.text(), st.sampled_from(list(EndMark)), st.sampled_from(["pt", "ja", "ar", "hi", "th", "el"]))
def test_end_mark_is_set_once(target: str, mark: EndMark, locale: str) -> None:
    once = with_end_mark(target, mark, Locale(locale))
    assert with_end_mark(once, mark, Locale(locale)) == once or mark is EndMark.NONE
    assert sum(map(str.isalnum, once)) == sum(map(str.isalnum, target))


def test_end_of_a_text_is_read_in_every_script() -> None:
    assert [end_mark(text) for text in ("a.", "a。", "a।", "a?", "a？", "a؟", "a!", "a:", "a", "", "a.)")] == [
        *[EndMark.STATEMENT] * 3,
        *[EndMark.QUESTION] * 3,
        EndMark.EXCLAMATION,
        EndMark.OTHER,
        EndMark.NONE,
        EndMark.NONE,
        EndMark.STATEMENT,
    ]


@pytest.mark.parametrize(
    ("line", "lettering", "asked"),
    [
        ("SENIOR NURSE (M/F/D)", Lettering.CAPITALS, "Senior nurse (M/F/D)"),
        ("WHAT YOU WILL DO", Lettering.CAPITALS, "What you will do"),
        ("KUBERNETES AND AWS ENGINEER", Lettering.CAPITALS, "Kubernetes and AWS engineer"),
        ("HR MANAGER IN ZÜRICH", Lettering.CAPITALS, "HR manager in Zürich"),
        ("ACME IS HIRING AT HTTPS://ACME.EXAMPLE", Lettering.CAPITALS, "Acme is hiring at HTTPS://ACME.EXAMPLE"),
        ("SQL", Lettering.RUNNING, "SQL"),
        ("AWS", Lettering.RUNNING, "AWS"),
        ("HR", Lettering.RUNNING, "HR"),
        ("Senior Platform Engineer", Lettering.TITLE, "Senior platform engineer"),
        ("Head of Nursing in Zürich", Lettering.TITLE, "Head of nursing in Zürich"),
        ("Kubernetes Engineer", Lettering.TITLE, "Kubernetes engineer"),
        ("SAP Consultant", Lettering.TITLE, "SAP consultant"),
        ("Google Vertex", Lettering.RUNNING, "Google Vertex"),
        ("Engineer", Lettering.RUNNING, "Engineer"),
        ("We Hire Engineers Now.", Lettering.RUNNING, "We Hire Engineers Now."),
        ("A nurse with patience", Lettering.RUNNING, "A nurse with patience"),
        ("5 + 5", Lettering.RUNNING, "5 + 5"),
        ("B.Sc./M.Sc. in Computer Science", Lettering.TITLE, "B.Sc./M.Sc. in Computer science"),
        (".NET DEVELOPERS", Lettering.CAPITALS, ".NET developers"),
        ("🚀 JOIN OUR TEAM", Lettering.CAPITALS, "🚀 Join our team"),
        ("看護師", Lettering.RUNNING, "看護師"),
    ],
)
def test_line_in_capitals_is_asked_in_sentence_case(line: str, lettering: Lettering, asked: str) -> None:
    evidence = gather_evidence(RUNNING_TEXT, "en", proper=("Acme",))
    assert lettering_of(line, evidence) is lettering
    assert in_sentence_case(line, lettering, evidence) == asked


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Join the Community Operations team.", "Join the community operations team."),
        ("You lead the Sales & Marketing team.", "You lead the sales & marketing team."),
        ("We need a Sales Manager, Buyer or Planner.", "We need a sales manager, buyer or planner."),
        ("We use Sales Kubernetes, Marketing, Finance.", "We use Sales Kubernetes, Marketing, Finance."),
        ("You join Retail Acme in the Sales Team.", "You join Retail Acme in the sales team."),
        ("Sales Team and more of it.", "Sales Team and more of it."),
        ("We grow: Sales Team and more of it.", "We grow: Sales Team and more of it."),
        ("We follow the Supply Process (SP) here.", "We follow the Supply Process (SP) here."),
        ("We love Product OWNERS here.", "We love Product OWNERS here."),
        ("We meet Blue Yonder here.", "We meet Blue Yonder here."),
    ],
)
def test_phrase_in_title_case_is_asked_in_small_letters_unless_it_is_a_name(sentence: str, asked: str) -> None:
    evidence = gather_evidence(RUNNING_TEXT, "en", proper=("Acme",))
    assert in_sentence_case(sentence, Lettering.RUNNING, evidence) == asked


def test_german_nouns_are_no_title_and_come_back_in_a_line_of_capitals() -> None:
    evidence = gather_evidence(["Wir suchen eine Pflegefachkraft mit Erfahrung."], "de")
    assert lettering_of("Erfahrene Pflegefachkraft", evidence) is Lettering.RUNNING
    assert take_shape("Wir suchen eine Pflegefachkraft.", evidence).text == "Wir suchen eine Pflegefachkraft."
    assert take_shape("WIR SUCHEN EINE PFLEGEFACHKRAFT", evidence).text == "Wir suchen eine Pflegefachkraft"


def test_word_that_is_written_both_ways_is_a_name_only_where_it_mostly_is() -> None:
    texts = ["We love Go here.", "Our Go team is small.", "You go home early."]
    assert gather_evidence(texts, "en").written == {"go": "Go"}
    assert "go" in gather_evidence([*texts, "They go on and go on."], "en").small


def test_line_in_capitals_says_nothing_about_names_and_a_name_nothing_about_title_case() -> None:
    evidence = gather_evidence(["WE LOVE KUBERNETES", "We run Kubernetes here."], "en")
    assert evidence.written == {"kubernetes": "Kubernetes"}
    assert lettering_of("Senior Kubernetes", evidence) is Lettering.RUNNING


def test_protected_names_keep_their_letters() -> None:
    evidence = gather_evidence((), "en", names=("Blue Yonder",))
    shaped = take_shape("BLUE YONDER ENGINEERS", evidence)
    assert shaped.text == "Blue Yonder engineers"
    assert give_shape("engenheiros da Blue Yonder", shaped.shape, Locale("pt")) == "ENGENHEIROS DA Blue Yonder"


@pytest.mark.parametrize(
    ("target", "locale", "expected"),
    [
        ("infirmière à domicile", "fr", "INFIRMIÈRE À DOMICILE"),
        ("Türkiye'de işçi", "tr", "TÜRKİYE'DE İŞÇİ"),
        ("Νοσοκόμα με εμπειρία", "el", "ΝΟΣΟΚΟΜΑ ΜΕ ΕΜΠΕΙΡΙΑ"),
        ("看護師", "ja", "看護師"),
        ("escreva a jobs@a.example", "pt", "ESCREVA A jobs@a.example"),
        ("<b>olá</b> {name}", "pt", "<b>OLÁ</b> {name}"),
    ],
)
def test_capitals_come_back_by_the_rules_of_the_locale(target: str, locale: str, expected: str) -> None:
    assert with_lettering(target, Lettering.CAPITALS, Locale(locale)) == expected


def test_title_case_comes_back_only_where_the_locale_has_it() -> None:
    shape = take_shape("Head of Nursing", ENGLISH).shape
    assert give_shape("Chefia de enfermagem", shape, Locale("pt")) == "Chefia de enfermagem"
    assert give_shape("Head of nursing", shape, Locale("en")) == "Head of Nursing"


@given(st.text(alphabet="ab,;: ()–，、"), st.integers(min_value=1, max_value=12))
def test_cut_sentence_is_whole_and_every_piece_fits(sentence: str, longest: int) -> None:
    pieces = cut_at_clauses(sentence, lambda piece: len(piece) <= longest)
    assert pieces == () or "".join(pieces) == sentence
    assert all(len(piece) <= longest for piece in pieces)


def test_sentence_without_a_border_is_not_cut() -> None:
    assert cut_at_clauses("bread " * 20, lambda piece: len(piece) < 20) == ()


def test_strong_border_wins_over_a_nearer_weak_one() -> None:
    sentence = "we bake; and we sell, every day, all year"
    assert cut_at_clauses(sentence, lambda piece: len(piece) < 40) == ("we bake; ", "and we sell, every day, all year")


def test_names_with_letters_foreign_to_their_language_are_protected() -> None:
    texts = ["You work in Venlo or in Liège.", "Émigrés welcome, São Paulo too", "A résumé and café au lait"]
    assert gather_evidence(texts, "en", names=("Acme",)).names == ("Acme", "Liège", "São")
    texts = ["Ask for Łukasz, Ødegård or José Müller, near Škoda."]
    assert gather_evidence(texts, "en").names == ("José", "Müller", "Ødegård", "Łukasz", "Škoda")
    texts = ["Šipka hires.", "Baker @ Žito", "Ask for Đặng Thị Hà", "Chef at Ó Briain’s", "Café manager"]
    assert set(gather_evidence(texts, "en").names) == {"Hà", "Ó", "Đặng", "Šipka", "Žito", "Thị"}
    assert gather_evidence(["Wir arbeiten in München, bei Škoda und im Café"], "de").names == ("Škoda",)
    assert gather_evidence(["Ami Şişecamnál dolgozik"], "xx").names == ()


def test_text_beyond_the_limit_tells_nothing_about_names() -> None:
    assert gather_evidence(["bread " * 20_000], "en") == gather_evidence([], "en")


def test_no_text_makes_no_batch() -> None:
    assert list(cut_batches([], max_texts=3)) == []
