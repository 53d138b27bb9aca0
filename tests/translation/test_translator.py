"""Sources become targets: each is asked once, and a failure is remembered like a success."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from babel import Locale

from pipeline.errors import EngineError
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import EngineUse
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.ladder import Output, Repair
from pipeline.translation.lettering import Evidence
from pipeline.translation.memory_file import MemoryFile, open_memory
from pipeline.translation.preparation import Preparation
from pipeline.translation.protection import Marker, Replacement
from pipeline.translation.routes import (
    Route,
    Step,
    find_route,
    group_by_command,
    list_reachable,
    list_unreached,
    pairs_for,
    reachable_pairs,
)
from pipeline.translation.translator import Translator
from tests.translation.asking import ask, recall

PAIR = Pair("en", "pt")
BATCH_SEGMENTS = 64


class ShoutingEngine(Engine):
    """Answers in capitals and keeps what it was asked."""

    name = "shouting"
    marker = Marker(form="Q{}Q")
    batch_segments = BATCH_SEGMENTS

    def __init__(
        self, name: str = "shouting", answer: Callable[[str], str] = str.upper, pairs: tuple[Pair, ...] = (PAIR,)
    ) -> None:
        self.name = name
        self.asked: list[tuple[str, ...]] = []
        self._answer = answer
        self._pairs = pairs

    def pairs(self) -> frozenset[Pair]:
        return frozenset(self._pairs)

    def covers(self, pair: Pair) -> bool:
        return pair in self._pairs

    def model(self, pair: Pair) -> str:
        return f"{pair.source}{pair.target}-1"

    def flaws(self, asked: str, answer: str) -> tuple[str, ...]:
        return ("unknown_words",) if answer.count("*") > asked.count("*") else ()

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        assert self.covers(pair)
        self.asked.append(tuple(segments))
        return [self._answer(segment) for segment in segments]


class ForgetfulEngine(ShoutingEngine):
    """Leaves the last target out."""

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        return super().translate(segments, pair)[:-1]


def refuse_nothing(source: str, target: str) -> tuple[str, ...]:
    del source
    return () if target else ("empty",)


def direct(engine: ShoutingEngine) -> Route:
    return Route(steps=(Step(engine=engine, pair=PAIR),))


def translator(memory: MemoryFile, names: tuple[str, ...] = ()) -> Translator:
    ticks = count()
    return Translator(
        memory=memory,
        refuse=refuse_nothing,
        locale=Locale("pt", "BR"),
        preparation=Preparation(evidence=Evidence(language="en", names=names)),
        clock=lambda: float(next(ticks)),
    )


def stop_after_a_batch(use: EngineUse) -> None:
    """End a run as a crash would."""
    raise StopIteration(use)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[MemoryFile]:
    with open_memory(tmp_path / "memory.sqlite3") as opened:
        yield opened


def test_each_source_is_asked_once_and_remembered(memory: MemoryFile) -> None:
    engine = ShoutingEngine()
    route = direct(engine)
    used = ask(translator(memory), route, ["bread", "oven", "bread"])
    assert used == [EngineUse(engine="shouting", calls=1, segments=2, seconds=1.0)]
    assert engine.asked == [("oven", "bread")]
    assert recall(translator(memory), route, ["bread", "oven", "knife"]) == {
        "bread": Output(target="BREAD"),
        "oven": Output(target="OVEN"),
    }


def test_batches_do_not_depend_on_the_order_of_the_sources(tmp_path: Path) -> None:
    sources = [f"{'bread ' * (number % 7)}a{number}" for number in range(BATCH_SEGMENTS * 2 + 5)]
    forward, backward = ShoutingEngine(), ShoutingEngine()
    for name, engine, ordered in (("a", forward, sources), ("b", backward, sources[::-1])):
        with open_memory(tmp_path / name) as opened:
            ask(translator(opened), direct(engine), ordered)
    by_length = sorted(sources, key=lambda source: (len(source), source))
    assert forward.asked == backward.asked
    assert [source for batch in forward.asked for source in batch] == by_length
    assert [len(batch) for batch in forward.asked] == [BATCH_SEGMENTS, BATCH_SEGMENTS, 5]


def test_nothing_to_ask_is_no_call(memory: MemoryFile) -> None:
    engine = ShoutingEngine()
    assert (ask(translator(memory), direct(engine), []), engine.asked) == ([], [])


def test_names_and_addresses_come_back_as_they_went_in(memory: MemoryFile) -> None:
    route = direct(ShoutingEngine())
    source = "write to Acme at jobs@a.example"
    ask(translator(memory, names=("Acme",)), route, [source])
    told = recall(translator(memory, names=("Acme",)), route, [source])
    assert told == {source: Output(target="WRITE TO Acme AT jobs@a.example")}


def test_failure_is_remembered_without_a_target(memory: MemoryFile) -> None:
    route = direct(ShoutingEngine(answer=lambda _: ""))
    used = ask(translator(memory), route, ["dear reader"])
    assert used == [EngineUse(engine="shouting", calls=1, segments=1, seconds=1.0)]
    assert recall(translator(memory), route, ["dear reader"]) == {"dear reader": Output(target="", failures=("empty",))}


def lose_markers(text: str) -> str:
    return re.sub(r" ?Q\d+Q", "", text).upper()


@pytest.mark.parametrize("spoil", [lose_markers, lambda text: text.upper() + (" Q0Q" if "Q0Q" in text else "")])
def test_text_whose_markers_did_not_come_back_is_asked_again_in_parts(
    memory: MemoryFile, spoil: Callable[[str], str]
) -> None:
    engine = ShoutingEngine(answer=spoil)
    source = "dear {name}, write to jobs@a.example."
    uses = ask(translator(memory), direct(engine), [source])
    assert engine.asked == [("dear Q0Q, write to Q1Q.",), ("dear", "write to")]
    assert [use.segments for use in uses] == [1, 2]
    told = {source: Output(target="DEAR {name}, WRITE TO jobs@a.example.", repair=Repair.PARTS)}
    assert recall(translator(memory), direct(engine), [source]) == told
    assert ask(translator(memory), direct(engine), [source]) == []


def test_parts_that_are_not_all_there_yet_are_no_target(memory: MemoryFile) -> None:
    engine = ShoutingEngine(answer=lose_markers)
    with pytest.raises(StopIteration):
        translator(memory).translate([direct(engine)], [UnitKey("offer", "dear {name}")], stop_after_a_batch)
    assert recall(translator(memory), direct(engine), ["dear {name}"]) == {}
    ask(translator(memory), direct(engine), ["dear {name}"])
    assert engine.asked == [("dear Q0Q",), ("dear",)]


@pytest.mark.parametrize(
    ("invented", "asked"), [("Q7Q", [("dear Q0Q",), ("dear",)]), ("q1q", [("dear Q0Q",), ("dear",)])]
)
def test_marker_invented_between_the_markers_too_is_a_failure(
    memory: MemoryFile, invented: str, asked: list[tuple[str, ...]]
) -> None:
    engine = ShoutingEngine(answer=lambda text: f"{text} {invented}")
    ask(translator(memory), direct(engine), ["dear {name}"])
    failed = Output(target="", failures=("placeholders",))
    assert recall(translator(memory), direct(engine), ["dear {name}"]) == {"dear {name}": failed}
    assert engine.asked == asked


def test_outside_of_a_segment_is_not_asked_and_comes_back(memory: MemoryFile) -> None:
    engine = ShoutingEngine(answer=lambda text: f"um {text.lower()}.")
    sources = ["• fresh bread ", "fresh bread", "FRESH BREAD"]
    ask(translator(memory), direct(engine), sources)
    assert engine.asked == [("Fresh bread", "fresh bread")]
    assert recall(translator(memory), direct(engine), sources) == {
        "• fresh bread ": Output(target="• um fresh bread "),
        "fresh bread": Output(target="um fresh bread"),
        "FRESH BREAD": Output(target="UM FRESH BREAD"),
    }


def test_answer_that_the_engine_itself_marks_is_no_target_and_goes_no_further(memory: MemoryFile) -> None:
    first = ShoutingEngine(name="first", answer=lambda text: text.replace("oven", "*oven"))
    second = ShoutingEngine(name="second", pairs=(Pair("pt", "es"),))
    route = find_route([first, second], Locale("en"), Locale("es"))
    assert route is not None
    ask(translator(memory), route, ["an oven", "rye *bread"])
    assert recall(translator(memory), route, ["an oven", "rye *bread"]) == {
        "an oven": Output(target="", failures=("unknown_words",)),
        "rye *bread": Output(target="RYE *BREAD"),
    }
    assert second.asked == [("rye *bread",)]


def test_engine_that_returns_another_number_of_targets_is_an_error_and_nothing_is_kept(memory: MemoryFile) -> None:
    route = direct(ForgetfulEngine())
    with pytest.raises(EngineError, match="1 targets came back for 2 segments"):
        ask(translator(memory), route, ["bread", "oven"])
    assert recall(translator(memory), route, ["bread", "oven"]) == {}


def test_finished_batches_are_kept_when_a_later_one_fails(memory: MemoryFile) -> None:
    sources = [f"a{number:03}" for number in range(BATCH_SEGMENTS + 1)]
    route = direct(ShoutingEngine())
    with pytest.raises(StopIteration):
        translator(memory).translate([route], [UnitKey("offer", source) for source in sources], stop_after_a_batch)
    assert list(recall(translator(memory), route, sources)) == sources[:BATCH_SEGMENTS]


def test_engine_takes_languages_and_the_first_that_covers_the_pair_is_the_route() -> None:
    first, second = ShoutingEngine(name="first", pairs=()), ShoutingEngine(name="second")
    locales = Locale("en", "GB"), Locale("pt", "BR")
    assert pairs_for(*locales) == (Pair("en", "pt_BR"), PAIR)
    assert find_route([first, second, ShoutingEngine()], *locales) == direct(second)
    assert find_route([first, second], Locale("en"), Locale("fr")) is None


def test_package_of_the_territory_or_script_is_nearer_than_that_of_the_language() -> None:
    brazil, hant = Pair("en", "pt_BR"), Pair("en", "zh_Hant")
    engine = ShoutingEngine(pairs=(PAIR, brazil, hant))
    found = [find_route([engine], Locale("en"), parse_locale(name)) for name in ("pt_BR", "pt_PT", "zh_TW", "zh")]
    assert [route and route.steps[0].pair for route in found] == [brazil, PAIR, hant, None]


def test_origin_names_engine_model_and_route() -> None:
    origin = direct(ShoutingEngine()).origin
    assert origin == EngineOrigin(engine="shouting", model="enpt-1/r3", route="en→pt")


def test_missing_locales_are_grouped_by_the_command_that_opens_them() -> None:
    engines = [ShoutingEngine(pairs=(Pair("en", "pt"),))]
    german, portuguese, french = (parse_locale(name) for name in ("de", "pt_BR", "fr"))
    # No text is in pt_BR to an engine, so what starts from there serves nobody.
    known = [*engines, ShoutingEngine(pairs=(Pair("pt_BR", "es"),))]
    assert [(str(found.pair), found.origin.route) for found in list_reachable(known)] == [("en→pt", "en→pt")]
    missing = tuple(list_unreached(engines, ["en", "de"], [german, portuguese, french]))
    assert [(str(found), found.remedy) for found in missing] == [
        ("en→de", "polypost models install en de"),
        ("en→fr", "polypost models install en fr"),
        ("de→pt_BR", "polypost models install de en"),
        ("de→fr", "polypost models install de fr --through en"),
    ]
    assert [(supply.command, [str(locale) for locale in supply.opens]) for supply in group_by_command(missing)] == [
        ("polypost models install en de", ["en→de"]),
        ("polypost models install en fr", ["en→fr"]),
        ("polypost models install de en", ["de→pt_BR"]),
        ("", ["de→fr"]),
    ]


def test_command_for_both_halves_of_a_route_is_named_where_no_other_brings_them() -> None:
    missing = tuple(list_unreached([], ["de"], [parse_locale("fr")]))
    (supply,) = group_by_command(missing)
    assert (supply.command, supply.opens) == ("polypost models install de fr --through en", missing)


def test_pivot_is_taken_only_where_nothing_is_direct_and_in_the_configured_order() -> None:
    first = ShoutingEngine(name="first", pairs=(Pair("en", "pt"), Pair("en", "fr")))
    second = ShoutingEngine(name="second", pairs=(Pair("pt", "es"), Pair("fr", "es"), Pair("en", "it")))
    engines = [first, second]
    route = find_route(engines, Locale("en"), Locale("es"))
    assert route == Route(steps=(Step(engine=first, pair=Pair("en", "fr")), Step(engine=second, pair=Pair("fr", "es"))))
    assert find_route(engines, Locale("en"), Locale("it")) == Route(steps=(Step(engine=second, pair=Pair("en", "it")),))
    assert reachable_pairs(engines) == (
        Pair("en", "es"),
        Pair("en", "fr"),
        Pair("en", "it"),
        Pair("en", "pt"),
        Pair("fr", "es"),
        Pair("pt", "es"),
    )


def test_route_through_a_pivot_names_everything_and_remembers_every_step(memory: MemoryFile) -> None:
    first = ShoutingEngine(name="first", answer=lambda text: f"{text}!")
    second = ShoutingEngine(name="second", pairs=(Pair("pt", "es"),))
    route = find_route([first, second], Locale("en"), Locale("es"))
    assert route is not None
    assert route.origin == EngineOrigin(engine="first+second", model="enpt-1+ptes-1/r3", route="en→pt→es")
    source = "see Acme"
    uses = ask(translator(memory, names=("Acme",)), route, [source])
    assert [(use.engine, use.segments) for use in uses] == [("first", 1), ("second", 1)]
    assert recall(translator(memory, names=("Acme",)), route, [source]) == {source: Output(target="SEE Acme!")}
    assert (ask(translator(memory, names=("Acme",)), route, [source]), first.asked) == ([], [("see Q0Q",)])


def test_name_that_is_protected_later_makes_another_question(memory: MemoryFile) -> None:
    engine = ShoutingEngine()
    ask(translator(memory), direct(engine), ["ask Acme", "ask us"])
    again = translator(memory, names=("Acme",))
    assert list(recall(again, direct(engine), ["ask Acme", "ask us"])) == ["ask us"]
    ask(again, direct(engine), ["ask Acme", "ask us"])
    assert engine.asked == [("ask us", "ask Acme"), ("ask Q0Q",)]
    assert recall(again, direct(engine), ["ask Acme"]) == {"ask Acme": Output(target="ASK Acme")}


def put_in_nurse(text: str, context: str) -> tuple[Replacement, ...]:
    assert context == "offer"
    start = text.find("nurse")
    return (Replacement(start, start + len("nurse"), "Enfermeiro"),) if start >= 0 else ()


def test_wording_of_a_term_is_put_in(memory: MemoryFile) -> None:
    engine = ShoutingEngine()
    wording = replace(translator(memory), preparation=Preparation(terms=put_in_nurse))
    assert len(ask(wording, direct(engine), ["a nurse", "a cook"])) == 1
    assert recall(wording, direct(engine), ["a nurse", "a cook"]) == {
        "a nurse": Output(target="A Enfermeiro"),
        "a cook": Output(target="A COOK"),
    }
    assert engine.asked == [("a Q0Q", "a cook")]


def test_engine_that_loses_the_marker_of_a_term_is_asked_without_it_and_not_again(memory: MemoryFile) -> None:
    engine = ShoutingEngine(answer=lambda text: text.replace("Q0Q", "").strip())
    wording = replace(translator(memory), preparation=Preparation(terms=put_in_nurse))
    uses = ask(wording, direct(engine), ["a nurse", "dear {name}"])
    assert [use.segments for use in uses] == [2, 2]
    assert engine.asked == [("a Q0Q", "dear Q0Q"), ("dear", "a nurse")]
    told = recall(wording, direct(engine), ["a nurse", "dear {name}"])
    assert told == {
        "a nurse": Output(target="a nurse", repair=Repair.TERMS),
        "dear {name}": Output(target="dear {name}", repair=Repair.PARTS),
    }
    assert (ask(wording, direct(engine), ["a nurse", "dear {name}"]), len(engine.asked)) == ([], 2)


def test_wording_that_is_put_in_before_a_pivot_is_hidden_from_the_second_engine(memory: MemoryFile) -> None:
    first, second = ShoutingEngine(name="first"), ShoutingEngine(name="second", pairs=(Pair("pt", "es"),))
    route = find_route([first, second], Locale("en"), Locale("es"))
    assert route is not None
    one = replace(translator(memory), preparation=Preparation(terms=put_in_nurse))
    ask(one, route, ["a nurse"])
    assert (first.asked, second.asked) == ([("a Q0Q",)], [("A Q0Q",)])
    assert recall(one, route, ["a nurse"]) == {"a nurse": Output(target="A Enfermeiro")}


@pytest.mark.parametrize(
    ("pair", "asked"),
    [
        (Pair("pt", "en"), "Educador de infância"),
        (Pair("pt", "es"), "Educador(a) de infância"),
    ],
)
def test_inline_gender_forms_are_taken_off_where_the_target_has_one_form(
    memory: MemoryFile, pair: Pair, asked: str
) -> None:
    engine = ShoutingEngine(pairs=(pair,))
    route = Route(steps=(Step(engine=engine, pair=pair),))
    one = replace(
        translator(memory), locale=Locale(pair.target), preparation=Preparation(evidence=Evidence(language="pt"))
    )
    ask(one, route, ["Educador(a) de infância"])
    assert engine.asked == [(asked,)]
    assert recall(one, route, ["Educador(a) de infância"]) == {
        "Educador(a) de infância": Output(target=asked.upper()),
    }


def test_words_of_a_foreign_script_come_back_from_an_engine_that_drops_them(memory: MemoryFile) -> None:
    engine = ShoutingEngine(answer=lambda text: re.sub("[^\x00-\x7f]", "", text))
    source = "We speak Русский and 日本語 here"
    one = translator(memory)
    ask(one, direct(engine), [source])
    assert recall(one, direct(engine), [source]) == {source: Output(target=source)}


def test_word_that_both_genders_became_is_said_once(memory: MemoryFile) -> None:
    engine = ShoutingEngine(answer=lambda text: text.replace("Jurista / Advogada", "Lawyer / Lawyer"))
    sources = ["Jurista / Advogada", "Tom/Tom", "Jurista / Advogada (Lyon)", "1/1"]
    one = translator(memory)
    ask(one, direct(engine), sources)
    targets = {source: output.target for source, output in recall(one, direct(engine), sources).items()}
    assert targets == {
        "Jurista / Advogada": "Lawyer",
        "Tom/Tom": "Tom/Tom",
        "Jurista / Advogada (Lyon)": "Lawyer / Lawyer (Lyon)",
        "1/1": "1/1",
    }
