"""The real apertium program with the pairs of Debian, and a pipeline of our own where a program has to misbehave."""

import os
import random
import time
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import EngineError
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.apertium import UNKNOWN_WORDS, ApertiumEngine, find_modes, open_apertium
from pipeline.translation.engines.apertium_stream import StreamError, decode_segments, encode_segments
from pipeline.translation.engines.apertium_words import lexicon_of
from pipeline.translation.ladder import Output
from pipeline.translation.lettering import Evidence
from pipeline.translation.memory_file import open_memory
from pipeline.translation.preparation import Preparation
from pipeline.translation.routes import Route, Step
from pipeline.translation.translator import Translator
from tests.projects import write_tree
from tests.tools import require_tool
from tests.translation.asking import ask, recall

ES_PT, ES_CA, EN_ES, PT_ES = Pair("es", "pt"), Pair("es", "ca"), Pair("en", "es"), Pair("pt", "es")
SPANISH = (
    "Buscamos una enfermera.",
    "El turno empieza a las seis",
    "Ofrecemos vacaciones pagadas y comida gratuita.",
    "Experiencia con el teléfono",
    "Conocimientos de francés y portugués",
    "El contrato dura diez meses. Empieza en enero.",
    "Jornada completa",
)


def engine_for(pair: Pair) -> Engine:
    """Return the engine; skip without the pair on a user's machine, fail in CI."""
    require_tool("apertium")
    engine = open_apertium(os.environ)
    if engine is not None and engine.covers(pair):
        return engine
    if os.environ.get("CI") == "true":
        pytest.fail(f"the Apertium pair {pair} is missing; .ci/run has to install it")
    pytest.skip(f"the Apertium pair {pair} is not installed")


@pytest.mark.parametrize(
    ("pair", "source", "target"),
    [
        (ES_PT, "Buscamos una enfermera.", "Procuramos uma enfermeira."),
        (ES_CA, "Jornada completa", "Jornada completa"),
        (ES_CA, "El turno empieza a las seis", "El torn comença a les sis"),
        (EN_ES, "a house", "Una casa"),
    ],
)
def test_sentences_are_translated(pair: Pair, source: str, target: str) -> None:
    assert engine_for(pair).translate([source], pair) == [target]


@pytest.mark.parametrize("pair", [ES_PT, ES_CA], ids=str)
def test_segments_stay_apart_in_any_order_and_company(pair: Pair) -> None:
    engine = engine_for(pair)
    alone = {source: engine.translate([source], pair)[0] for source in SPANISH}
    for seed in range(5):
        sources = [*SPANISH, *SPANISH, "", " "]
        random.Random(seed).shuffle(sources)  # noqa: S311  an order, not a secret
        assert engine.translate(sources, pair) == [alone.get(source, "") for source in sources]


def test_one_process_translates_a_whole_batch(tmp_path: Path) -> None:
    program = Path(require_tool("apertium"))
    modes = find_modes(program.resolve().parent.parent / "share/apertium")
    log = tmp_path / "log"
    counting = tmp_path / "apertium"
    counting.write_text(f'#!/bin/sh\necho started >> {log}\nexec {program} "$@"\n', encoding="utf-8")
    counting.chmod(0o755)
    engine_for(ES_PT)
    targets = ApertiumEngine(counting, modes).translate([f"Tenemos {number} mesas." for number in range(2000)], ES_PT)
    assert targets == [f"Temos {number} mesas." for number in range(2000)]
    assert log.read_text(encoding="utf-8") == "started\n"


def test_unknown_word_keeps_its_mark_in_the_answer_and_the_answer_is_flawed() -> None:
    engine = engine_for(ES_PT)
    (answer,) = engine.translate(["Buscamos un panadero."], ES_PT)
    assert answer == "Procuramos um *panadero."
    assert engine.flaws("Buscamos un panadero.", answer) == (UNKNOWN_WORDS,)


@pytest.mark.parametrize("text", ["* La casa *", "C# y la casa", "la casa @ la casa", "**la** casa", "#casa"])
def test_mark_that_the_source_holds_as_text_comes_out_and_is_no_flaw(text: str) -> None:
    engine = engine_for(ES_PT)
    (answer,) = engine.translate([text], ES_PT)
    assert [answer.count(mark) for mark in "*#@"] == [text.count(mark) for mark in "*#@"]
    assert engine.flaws(text, answer) == ()


def test_mark_beside_a_mark_of_the_source_is_still_a_flaw() -> None:
    engine = engine_for(ES_PT)
    (answer,) = engine.translate(["*panadero*"], ES_PT)
    assert (answer, engine.flaws("*panadero*", answer)) == ("**panadero*", (UNKNOWN_WORDS,))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Domina SQL e Kafka em Galway.", "Domina SQL y Kafka en Galway."),
        ("Certificados NR-10 e NR-35", "Certificados NR-10 y NR-35"),
        ("iOS e backend", "iOS y backend"),
        ("Transporte a partir de Mossoró", "Transporte a partir de Mossoró"),
        ("*SQL* e Kafka", "*SQL* y Kafka"),
    ],
)
def test_unknown_word_that_stands_in_the_source_as_a_name_a_code_or_a_loan_is_no_flaw(source: str, target: str) -> None:
    engine = engine_for(PT_ES)
    assert engine.translate([source], PT_ES) == [target]
    assert engine.flaws(source, target) == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("A nova arquitetura e o treinamento interno", "La nueva arquitectura y la formación interna"),
        ("Oferecemos vale-refeição e seguro de vida.", "Ofrecemos vale de comida y seguro de vida."),
        ("Pelo menos dois anos, ao longo da carreira", "Al menos dos años, a lo largo de la carrera"),
        ("Princípios como SOA e o DOM", "Principios como SOA y el DOM"),
        ("A Houndify tem escritórios", "La Houndify tiene oficinas"),
    ],
)
def test_words_of_the_lexicon_and_names_come_back_and_what_stands_beside_them_agrees(source: str, target: str) -> None:
    assert engine_for(PT_ES).translate([source], PT_ES) == [target]


def test_noun_that_stands_in_is_none_of_the_text_and_each_is_another() -> None:
    asked = lexicon_of(PT_ES).hide("Uma borboleta, a arquitetura e a arquitetura, a proficiência")
    nouns = [answered for answered, _ in asked.hidden]
    assert len(set(nouns)) == 3
    assert "mariposa" not in nouns


def test_answer_in_which_a_word_of_the_lexicon_is_lost_or_doubled_is_no_target() -> None:
    asked = lexicon_of(PT_ES).hide("A arquitetura")
    answers = ("La mariposa", "La", "La mariposa mariposa")
    assert [asked.target(answer) for answer in answers] == ["La arquitectura", "", ""]


@pytest.mark.parametrize("source", ["Temos tanoeiros", "Tanoeiros novos", "TANOEIROS NOVOS"])
def test_unknown_word_of_the_source_language_is_a_flaw_with_a_capital_too(source: str) -> None:
    engine = engine_for(PT_ES)
    (answer,) = engine.translate([source], PT_ES)
    assert engine.flaws(source, answer) == (UNKNOWN_WORDS,), answer


@pytest.mark.parametrize(
    "text", ["a^b$c", "[casa]", "{casa}", "<b>casa</b>", "casa\\casa", "50 % ~ 60 %", "la_casa", "casa/casa", "[0].[]"]
)
def test_reserved_characters_come_out_as_they_went_in(text: str) -> None:
    (answer,) = engine_for(ES_PT).translate([text], ES_PT)
    kept = "^$[]{}<>\\~_/."
    assert [char for char in answer if char in kept] == [char for char in text if char in kept]


def test_nothing_in_a_segment_moves_another() -> None:
    engine = engine_for(ES_PT)
    odd = [
        "\0",
        "[1]",
        "[].[]",
        "\\",
        "^",
        "$",
        "^casa<n>$",
        "[",
        "]",
        "\ue02a",
        "\n",
        "a\n\nb",
        ".",
        "🏠",
        "\u202e",
        "x" * 5000,
    ]
    mixed = [text for pair in zip(odd, [f"Tenemos {n} mesas." for n in range(len(odd))], strict=True) for text in pair]
    targets = engine.translate(mixed, ES_PT)
    assert targets[1::2] == [f"Temos {number} mesas." for number in range(len(odd))]


def test_models_are_named_by_their_mode_and_data_and_the_usual_country_comes_first() -> None:
    engine = engine_for(ES_PT)
    name, _, digest = engine.model(ES_PT).rpartition("-")
    assert (name, len(digest)) == ("es-pt_BR", 8)
    assert engine.model(ES_PT) == engine_for(ES_PT).model(ES_PT)


def test_markers_survive_and_are_no_unknown_words(tmp_path: Path) -> None:
    engine = engine_for(ES_PT)
    sources = ["Trabajamos con Azure y {name}.", "Lea <b>la página</b> en https://a.example/x antes del viernes [1]."]
    route = Route(steps=(Step(engine=engine, pair=ES_PT),))
    with open_memory(tmp_path / "memory.sqlite3") as memory:
        translator = Translator(
            memory=memory,
            refuse=lambda _source, _target: (),
            locale=Locale("pt"),
            preparation=Preparation(evidence=Evidence(language="es", names=("Azure",))),
        )
        ask(translator, route, sources)
        outputs = recall(translator, route, sources)
    assert outputs == {
        sources[0]: Output(target="Trabalhamos com Azure e {name}."),
        sources[1]: Output(target="Leia <b>a página</b> em https://a.example/x dantes da sexta-feira [1]."),
    }


def test_translation_does_not_depend_on_the_users_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = engine_for(ES_CA).translate(SPANISH, ES_CA)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("AP_SETVAR", "x")
    assert engine_for(ES_CA).translate(SPANISH, ES_CA) == expected


def test_without_the_program_there_is_no_engine(tmp_path: Path) -> None:
    assert open_apertium({"PATH": str(tmp_path)}) is None


def test_without_a_pair_there_is_no_engine(tmp_path: Path) -> None:
    require_tool("apertium")
    (tmp_path / "modes").mkdir()
    assert open_apertium({**os.environ, "APERTIUM_DATADIR": str(tmp_path)}) is None


def mode_files(folder: Path, names: list[str], pipeline: str = "cat") -> dict[Pair, str]:
    write_tree(folder, {f"modes/{name}.mode": pipeline for name in names})
    return {pair: mode.name for pair, mode in find_modes(folder).items()}


def test_modes_are_read_by_the_languages_of_their_names(tmp_path: Path) -> None:
    names = [
        "spa-cat",
        "spa-cat_valencia",
        "eng-spa",
        "spa-eng_US",
        "es-pt",
        "es-pt_BR",
        "es-pt_PT",
        "eco-es-fr",
        "hbs-mkd",
    ]
    assert mode_files(tmp_path, names) == {
        Pair("es", "ca"): "spa-cat",
        Pair("en", "es"): "eng-spa",
        Pair("es", "en"): "spa-eng_US",
        Pair("es", "pt"): "es-pt_BR",
    }


@pytest.mark.parametrize("pipeline", ["cat | no-such-program -w", "cat '/no/such/file.bin'"])
def test_mode_with_a_program_or_file_missing_covers_nothing(tmp_path: Path, pipeline: str) -> None:
    assert mode_files(tmp_path, ["spa-cat"], pipeline) == {}


def test_another_version_of_the_data_is_another_model(tmp_path: Path) -> None:
    data = tmp_path / "es-pt.bin"
    data.write_bytes(b"one")
    mode_files(tmp_path, ["es-pt"], f"cat '{data}'")
    (mode,) = find_modes(tmp_path).values()
    first = mode.digest()
    data.write_bytes(b"two")
    assert mode.digest() != first


def engine_of(folder: Path, script: str, seconds: float = 60) -> ApertiumEngine:
    """Return an engine whose only mode is a pipeline of one script, run by the real program."""
    program = folder / "script"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    mode_files(folder, ["es-pt"], str(program))
    return ApertiumEngine(Path(require_tool("apertium")), find_modes(folder), seconds)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("head -c 20; cat > /dev/null", "segment 2 of 3 did not come out: 'uno'"),
        ("sed 's/.1.uno//'", "segment 2 of 3 did not come out: 'uno'"),
        ("tr '12' '21'", "segment 2 of 3 did not come out: 'uno'"),
        ("cat; printf more", "text came out behind the last of 3 segments"),
        ("cat > /dev/null; echo broken data >&2", "segment 1 of 3 did not come out: 'dos' \\(broken data\\)"),
    ],
)
def test_pieces_that_do_not_match_the_segments_are_an_error_and_never_shift(
    tmp_path: Path, script: str, reason: str
) -> None:
    with pytest.raises(EngineError, match=f"^engine apertium: es-pt: {reason}$"):
        engine_of(tmp_path, script).translate(["uno", "dos", "tres"], ES_PT)


def test_segment_that_lost_its_end_or_a_character_is_left_to_a_person(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, "sed -e 's/dos...../dos/' -e 's/\ue02a//'")
    assert engine.translate(["uno", "* cuatro", "dos"], ES_PT) == ["uno", "", ""]


def test_program_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no answer within 1 seconds"):
        engine_of(tmp_path, f"sleep 4; touch {tmp_path}/later", seconds=1).translate(["uno"], ES_PT)
    time.sleep(5)
    assert not (tmp_path / "later").exists()


@given(st.lists(st.text(), max_size=5))
def test_decoding_undoes_encoding_or_leaves_a_segment_empty(segments: list[str]) -> None:
    decoded = decode_segments(encode_segments(segments) + "\0\0", segments)
    taken = set("\ue000\ue023\ue02a\ue05f\ue07e")
    assert decoded == ["" if set(segment) & taken else segment for segment in segments]


@given(st.lists(st.text(min_size=1), min_size=2, max_size=5), st.randoms())
def test_pieces_out_of_order_or_missing_are_refused(segments: list[str], chance: random.Random) -> None:
    pieces = encode_segments(segments).split("\0")[:-1]
    lost = chance.randrange(len(pieces))
    for wrong in ([*pieces[:lost], *pieces[lost + 1 :]], [*pieces[1:], pieces[0]]):
        with pytest.raises(StreamError):
            decode_segments("\0".join(wrong), segments)
