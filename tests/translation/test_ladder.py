"""A source whose target has a fault is asked for in other ways, in a fixed order; the best target is kept."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from babel import Locale

from pipeline.language.duties import duties_of
from pipeline.model.outcome import EngineUse
from pipeline.model.segment import UnitKey
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.pseudo import PseudoEngine
from pipeline.translation.facts import Facts
from pipeline.translation.ladder import Candidate, Output, Repair, Verdict, best, rungs
from pipeline.translation.lettering import Evidence
from pipeline.translation.line_parts import Part, PartKind
from pipeline.translation.memory_file import MemoryFile, open_memory
from pipeline.translation.preparation import NO_PREPARATION, Preparation
from pipeline.translation.protection import Marker, Replacement
from pipeline.translation.routes import Route, Step, find_routes
from pipeline.translation.translator import Translator

EN_PT = Pair("en", "pt")
WORDS = re.compile(r"[^\W\d_]+")


class Baker(Engine):
    """An engine by a rule; it keeps what it was asked."""

    name = "baker"
    marker = Marker(form="Q{}Q")
    other_markers = (Marker(form="PH{}"),)
    batch_segments = 8

    def __init__(
        self,
        answer: Callable[[str], str],
        *,
        name: str = "baker",
        pairs: Sequence[Pair] = (EN_PT,),
        beam: Sequence[Callable[[str], str]] = (),
    ) -> None:
        self.name = name
        self.asked: list[str] = []
        self._answers = (answer, *beam)
        self._pairs = pairs

    @property
    def hypotheses(self) -> int:
        return len(self._answers)

    def pairs(self) -> frozenset[Pair]:
        return frozenset(self._pairs)

    def covers(self, pair: Pair) -> bool:
        return pair in self._pairs

    def model(self, pair: Pair) -> str:
        return str(pair)

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        return self.hypothesis(segments, pair, 0)

    def hypothesis(self, segments: Sequence[str], pair: Pair, rank: int) -> list[str]:
        assert self.covers(pair)
        self.asked += segments
        return [self._answers[rank](segment) for segment in segments]


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[MemoryFile]:
    with open_memory(tmp_path / "memory.sqlite3") as opened:
        yield opened


def count_bad(_unit: UnitKey, target: str) -> Verdict:
    """Find a fault in each BAD of a target, and a doubt in each question mark."""
    return Verdict(errors=target.count("BAD"), warnings=target.count("?"))


def baked(
    memory: MemoryFile,
    engines: Sequence[Engine],
    source: str,
    preparation: Preparation = NO_PREPARATION,
    *,
    target: str = "pt",
    judge: Callable[[UnitKey, str], Verdict] = count_bad,
) -> Output:
    routes = find_routes(engines, Locale("en"), Locale(target))
    one = Translator(
        memory=memory,
        refuse=lambda _source, made: () if made else ("empty",),
        judge=judge,
        locale=Locale(target),
        preparation=preparation,
    )
    key = UnitKey("responsibilities", source)
    uses: list[EngineUse] = []
    made = one.translate(routes, [key], uses.append)
    assert one.recall(routes, [key]) == made
    again: list[EngineUse] = []
    assert (one.translate(routes, [key], again.append), again) == (made, [])
    return made[key]


def test_target_with_only_a_doubt_is_kept_as_it_is(memory: MemoryFile) -> None:
    engine = Baker(lambda text: f"{text}?")
    assert baked(memory, [engine], "fresh bread, every day").target == "fresh bread, every day?"
    assert engine.asked == ["fresh bread, every day"]


def test_marker_that_does_not_come_through_is_changed(memory: MemoryFile) -> None:
    engine = Baker(lambda text: re.sub(r"Q\d+Q", "", text))
    made = baked(memory, [engine], "write to jobs@a.example now")
    assert (made.target, made.repair) == ("write to jobs@a.example now", Repair.MARKER)
    assert engine.asked == ["write to Q0Q now", "write to PH0 now"]


def test_sentence_with_a_fault_is_asked_in_its_clauses(memory: MemoryFile) -> None:
    source = "we bake our bread every night in the old town; we sell it in the morning at the harbour"
    engine = Baker(lambda text: f"{text} BAD" if ";" in text else f"{text.capitalize()}.")
    made = baked(memory, [engine], source)
    assert (made.target, made.repair) == (source, Repair.CLAUSES)
    assert engine.asked == [source, *source.split("; ")[::-1]]


def test_plain_words_and_terms_that_do_harm_are_left_out(memory: MemoryFile) -> None:
    def plain(text: str, language: str, context: str, kept: Sequence[tuple[int, int]]) -> str:
        assert (language, context) == ("en", "responsibilities")
        if list(kept):
            return text
        return text.replace("rock star", "star")

    engine = Baker(lambda text: text.replace("star", "BAD") if "rock" not in text else text)
    made = baked(memory, [engine], "a rock star", Preparation(plain=plain))
    assert (made.target, made.asked, made.repair) == ("a rock star", "", Repair.WORDS)
    named = Preparation(plain=plain, evidence=Evidence(language="en", names=("rock star",)))
    assert baked(memory, [Baker(str.upper, name="named")], "a rock star", named).target == "A rock star"
    right = baked(memory, [Baker(str.upper, name="other")], "a rock star", Preparation(plain=plain))
    assert (right.target, right.asked, right.repair) == ("A STAR", "a star", Repair.NONE)
    wording = Preparation(terms=lambda text, _context: (Replacement(text.index("rock"), len(text), "BAD"),))
    assert baked(memory, [Baker(str.upper, name="third")], "a rock star", wording).repair is Repair.TERMS


def names_of(text: str) -> Sequence[tuple[int, int]]:
    """Take Rye and Rye Spelt for names."""
    return [match.span() for match in re.finditer("Rye(?: Spelt)?", text)]


def count_lost(unit: UnitKey, target: str) -> Verdict:
    lost = [unit.source[start:stop] for start, stop in names_of(unit.source) if unit.source[start:stop] not in target]
    return Verdict(errors=target.count("BAD"), lost_names=len(lost))


def test_name_that_an_engine_keeps_is_not_hidden_from_it(memory: MemoryFile) -> None:
    engine = Baker(lambda text: f"o {text}")
    made = baked(memory, [engine], "bread of Rye", Preparation(names=names_of), judge=count_lost)
    assert (made.target, made.repair, engine.asked) == ("o bread of Rye", Repair.NONE, ["bread of Rye"])


def test_name_that_an_engine_lost_is_hidden_from_it_where_no_term_is_in_the_way(memory: MemoryFile) -> None:
    engine = Baker(lambda text: text.replace("Rye", "centeio"))
    made = baked(memory, [engine], "bread of Rye Spelt", Preparation(names=names_of), judge=count_lost)
    assert (made.target, made.repair) == ("bread of Rye Spelt", Repair.NAMES)
    assert engine.asked == ["bread of Rye Spelt", "bread of Q0Q"]
    term = Preparation(names=names_of, terms=lambda text, _: (Replacement(text.index("Rye"), len(text), "Espelta"),))
    other = Baker(lambda text: text.replace("Rye", "centeio"), name="other")
    assert baked(memory, [other], "bread of Rye Spelt", term, judge=count_lost).target == "bread of Espelta"


def test_name_that_is_lost_with_one_marker_is_hidden_behind_another_in_the_end(memory: MemoryFile) -> None:
    engine = Baker(lambda text: re.sub(r"Q\d+Q", "", text.replace("Rye", "centeio")))
    made = baked(memory, [engine], "bread of Rye", Preparation(names=names_of), judge=count_lost)
    assert (made.target, made.repair) == ("bread of Rye", Repair.NAMES)
    assert engine.asked == ["bread of Rye", "bread of Q0Q", "bread of PH0"]


def test_fault_is_worse_than_a_lost_name(memory: MemoryFile) -> None:
    engine = Baker(lambda text: "centeio" if "Rye" in text else f"{text} BAD")
    made = baked(memory, [engine], "bread of Rye", Preparation(names=names_of), judge=count_lost)
    assert (made.target, made.repair) == ("centeio", Repair.NONE)


def test_name_keeps_its_capitals_in_a_line_in_title_case(memory: MemoryFile) -> None:
    engine = Baker(lambda text: text)
    evidence = Evidence(language="en", small=frozenset({"baker", "spelt", "bread"}))
    line = Preparation(names=names_of, evidence=evidence)
    assert baked(memory, [engine], "Bread Baker Rye Spelt", line, judge=count_lost).repair is Repair.NONE
    assert engine.asked == ["Bread baker Rye Spelt"]


def fact(text: str, asked: str) -> Preparation:
    """State that the first figure of a source is a text in the target, and shown to an engine in another form."""

    def find(source: str, _unit: UnitKey) -> Facts:
        match = re.search(r"\d+", source)
        return Facts(replacements=(Replacement(match.start(), match.end(), text, asked),) if match else ())

    return Preparation(facts=find)


def test_fact_is_shown_as_the_engine_reads_it_and_written_as_the_target_does(memory: MemoryFile) -> None:
    engine = Baker(str.upper)
    assert baked(memory, [engine], "for 5000 people", fact("5.000", "5,000")).target == "FOR 5.000 PEOPLE"
    assert engine.asked == ["for 5,000 people"]


def test_fact_that_an_engine_changes_is_hidden_from_it(memory: MemoryFile) -> None:
    engine = Baker(lambda text: text.replace("5,000", "BAD"))
    made = baked(memory, [engine], "for 5000 people", fact("5.000", "5,000"))
    assert (made.target, made.repair) == ("for 5.000 people", Repair.FACTS)
    assert engine.asked == ["for 5,000 people", "for Q0Q people"]


def test_fact_goes_through_a_pivot_as_the_target_writes_it(memory: MemoryFile) -> None:
    first, second = Baker(str.upper), Baker(str.lower, name="second", pairs=[Pair("pt", "es")])
    made = baked(memory, [first, second], "for 5000 people", fact("5.000", ""), target="es")
    assert (made.target, first.asked, second.asked) == ("for 5.000 people", ["for Q0Q people"], ["FOR Q0Q PEOPLE"])


def test_next_answers_of_a_beam_are_asked_for_one_after_the_other(memory: MemoryFile) -> None:
    engine = Baker(lambda text: f"{text} BAD", beam=[lambda _: "", lambda text: f"{text}?"])
    made = baked(memory, [engine], "bread")
    assert (made.target, made.repair) == ("bread?", Repair.HYPOTHESIS)
    assert engine.asked == ["bread"] * 3


def test_another_route_is_taken_where_the_first_fails_and_named_as_the_origin(memory: MemoryFile) -> None:
    first = Baker(lambda text: f"{text} BAD")
    second = Baker(str.upper, name="second")
    made = baked(memory, [first, second], "bread")
    assert made.origin is not None
    assert (made.target, made.repair, made.origin.engine) == ("BREAD", Repair.ROUTE, "second")
    assert baked(memory, [Baker(str.lower, name="third"), second], "bread").repair is Repair.NONE


def test_engine_for_show_is_no_help_and_gets_none(memory: MemoryFile) -> None:
    first, show = Baker(lambda text: f"{text} BAD"), PseudoEngine()
    assert baked(memory, [first, show], "bread").target == "bread BAD"
    locales = Locale("en"), Locale("pt")
    assert [route.for_show for route in find_routes([show, first], *locales)] == [True]
    assert [route.for_show for route in find_routes([first, show], *locales)] == [False]
    assert find_routes([], *locales) == ()


def test_of_targets_that_all_have_faults_the_one_with_the_fewest_is_kept(memory: MemoryFile) -> None:
    first = Baker(lambda text: f"{text} BAD BAD", beam=[lambda text: f"{text} BAD", lambda text: f"{text} BAD?"])
    made = baked(memory, [first, Baker(lambda text: f"{text} BAD.", name="second")], "bread")
    assert (made.target, made.repair) == ("bread BAD", Repair.HYPOTHESIS)


def test_without_any_target_the_first_reason_is_told(memory: MemoryFile) -> None:
    made = baked(memory, [Baker(lambda text: WORDS.sub("", text))], "bread from jobs@a.example")
    assert (made.target, made.failures, made.repair) == ("", ("placeholders",), Repair.NONE)
    tried = [Candidate(Output(target="", failures=(name,))) for name in ("length", "empty")]
    assert best(tried).output.failures == ("length",)


def test_every_step_of_a_route_is_repaired(memory: MemoryFile) -> None:
    first = Baker(str.upper)
    second = Baker(lambda text: re.sub(r"Q\d+Q", "", text), name="second", pairs=[Pair("pt", "es")])
    made = baked(memory, [first, second], "write to jobs@a.example now", target="es")
    assert (made.target, made.repair) == ("WRITE TO jobs@a.example NOW", Repair.MARKER)
    assert second.asked == ["WRITE TO Q0Q NOW", "WRITE TO PH0 NOW"]


def by_bars(line: str) -> Sequence[Part]:
    """Cut at bars; what begins with a capital is a name."""
    parts = re.split(r"( \| )", line)
    kinds = (PartKind.KEPT if part.istitle() or part == " | " else PartKind.ASKED for part in parts)
    return tuple(Part(text=part, kind=kind) for part, kind in zip(parts, kinds, strict=True)) if len(parts) > 1 else ()


def test_line_is_asked_in_its_parts_each_with_a_shape_of_its_own(memory: MemoryFile) -> None:
    engine = Baker(lambda text: f"um {text.lower()}")
    made = baked(memory, [engine], "baker | New York | FULL TIME", Preparation(parts=by_bars))
    assert (made.target, made.repair) == ("um baker | New York | UM FULL TIME", Repair.NONE)
    assert engine.asked == ["baker", "Full time"]


def test_part_of_a_line_is_repaired_by_itself_and_a_line_that_stays_faulty_is_asked_whole(memory: MemoryFile) -> None:
    lost = Baker(lambda text: re.sub(r"Q\d+Q", "", text))
    made = baked(memory, [lost], "New York | at jobs@a.example", Preparation(parts=by_bars))
    assert (made.target, made.repair) == ("New York | at jobs@a.example", Repair.MARKER)
    whole = Baker(lambda text: text if "|" in text or "Q" in text else f"{text} BAD", name="whole")
    made = baked(memory, [whole], "New York | baker", Preparation(parts=by_bars))
    assert (made.target, made.repair) == ("New York | baker", Repair.NONE)


def test_unsafe_source_is_asked_of_no_engine(memory: MemoryFile) -> None:
    unsafe = Facts(unsafe="$5 may be in several currencies", check="currency")
    engine = Baker(str.upper)
    made = baked(memory, [engine], "$5 an hour", Preparation(facts=lambda _text, _unit: unsafe))
    assert (made, engine.asked) == (Output(target="", failures=("currency",)), [])


def test_answers_are_the_same_in_any_order_and_company(tmp_path: Path) -> None:
    sources = [f"bread {'and butter ' * number}for Q{number}Q, {number} BAD" for number in range(40)]
    told = []
    for name, ordered in (("a", sources), ("b", sources[::-1]), ("c", sources[5:9])):
        with open_memory(tmp_path / name) as memory:
            engine = Baker(lambda text: text.replace(" BAD", "", text.count("and") % 2))
            told.append({source: baked(memory, [engine], source) for source in ordered})
    assert told[0] == told[1]
    assert told[2].items() <= told[0].items()


def test_ways_of_the_first_route_come_before_those_of_the_others() -> None:
    one, two = (Route(steps=(Step(engine=Baker(str.upper, name=name), pair=EN_PT),)) for name in ("one", "two"))
    ways = [(rung.route, rung.manner.repair) for rung in rungs([one, two])]
    assert ways[0] == (one, Repair.NONE)
    assert [way for way in ways if way[0] is two] == [(two, Repair.ROUTE)] * 5
    assert [route for route, _ in ways].index(two) == len(ways) - 5


DUTIES = Preparation(evidence=Evidence(language="en", names=("Coach",)), duties=duties_of)


def as_portuguese(text: str) -> str:
    """Answer with an infinitive where one was asked for, else with a noun."""
    return f"Para assar {text.removeprefix('To bake ')}" if text.startswith("To ") else f"forno de {text}"


def test_duty_is_asked_as_an_infinitive(memory: MemoryFile) -> None:
    engine = Baker(as_portuguese)
    made = baked(memory, [engine], "• Bake bread", DUTIES)
    assert (made.target, made.asked, made.repair) == ("• Assar bread", "To bake bread", Repair.NONE)
    assert engine.asked == ["Bake bread", "To bake bread"]


def test_duty_that_is_answered_in_the_infinitive_is_asked_once(memory: MemoryFile) -> None:
    engine = Baker(lambda _text: "Assar pão")
    assert baked(memory, [engine], "Bake bread", DUTIES).target == "Assar pão"
    assert engine.asked == ["Bake bread"]


def test_duty_whose_answers_are_no_infinitives_keeps_the_first(memory: MemoryFile) -> None:
    engine = Baker(lambda text: text.replace("To bake", "forno de"))
    made = baked(memory, [engine], "Bake bread", DUTIES)
    assert (made.target, made.asked, made.repair) == ("Bake bread", "", Repair.NONE)
    assert engine.asked == ["Bake bread", "To bake bread"]


def test_infinitive_with_a_fault_is_not_kept(memory: MemoryFile) -> None:
    engine = Baker(lambda text: "Para assar BAD" if text.startswith("To") else "Asse pão")
    made = baked(memory, [engine], "Bake bread", DUTIES)
    assert (made.target, made.asked, made.repair) == ("Asse pão", "", Repair.NONE)


def test_duty_is_no_second_question_where_nothing_is_said_otherwise(memory: MemoryFile) -> None:
    engine = Baker(lambda text: f"{text} BAD")
    baked(memory, [engine], "Fresh bread", DUTIES)
    assert engine.asked == ["Fresh bread"]


def test_name_at_the_beginning_is_no_verb(memory: MemoryFile) -> None:
    engine = Baker(lambda text: text)
    baked(memory, [engine], "Coach the bakers", DUTIES)
    assert not [text for text in engine.asked if text.startswith("To ")]


def test_part_of_a_line_is_no_duty(memory: MemoryFile) -> None:
    engine = Baker(str.upper)
    parts = (Part(text="Bake bread", kind=PartKind.ASKED), Part(text=" | Bonn", kind=PartKind.KEPT))
    cut = Preparation(parts=lambda line: parts if "|" in line else (), duties=duties_of)
    assert baked(memory, [engine], "Bake bread | Bonn", cut).target == "BAKE BREAD | Bonn"
    assert engine.asked == ["Bake bread"]


TRADE = {"lead": ("telescope", "telescópio", "líder"), "deck": ("camera", "câmera", "convés")}


def lost_trade(text: str, _unit: UnitKey, answer: str) -> tuple[Replacement, ...]:
    """Return the terms of a text of which an answer lacks the wording, each with the noun that is asked for it."""
    return tuple(
        Replacement(match.start(), match.end(), wording, asked, answered)
        for match in re.finditer("|".join(TRADE), text)
        for asked, answered, wording in [TRADE[match[0]]]
        if wording not in answer
    )


def count_lost_terms(key: UnitKey, target: str) -> Verdict:
    return Verdict(lost_terms=len(lost_trade(key.source, key, target)))


def said(**words: str) -> Baker:
    """Return an engine that knows some words, and nouns by which terms are asked."""
    known = {asked: answered for asked, answered, _ in TRADE.values()} | words
    return Baker(lambda text: WORDS.sub(lambda match: known.get(match[0], match[0]), text))


def test_term_that_the_answer_lacks_is_put_in_by_a_noun_that_the_engine_knows(memory: MemoryFile) -> None:
    engine = said(lead="chumbo", the="o")
    made = baked(memory, [engine], "the lead", Preparation(trade=lost_trade), judge=count_lost_terms)
    assert (made.target, made.repair, engine.asked) == ("o líder", Repair.TRADE, ["the lead", "the telescope"])


def test_term_that_the_answer_has_is_not_put_in(memory: MemoryFile) -> None:
    engine = said(lead="líder")
    made = baked(memory, [engine], "the lead", Preparation(trade=lost_trade), judge=count_lost_terms)
    assert (made.target, made.repair, engine.asked) == ("the líder", Repair.NONE, ["the lead"])


def test_term_that_is_lost_when_another_is_put_in_is_put_in_too(memory: MemoryFile) -> None:
    def answer(text: str) -> str:
        deck = "pátio" if "telescope" in text else "convés"
        return text.replace("deck", deck).replace("telescope", "telescópio").replace("camera", "câmera")

    engine = Baker(answer)
    made = baked(memory, [engine], "lead on deck", Preparation(trade=lost_trade), judge=count_lost_terms)
    assert (made.target, made.repair) == ("líder on convés", Repair.TRADE)
    assert engine.asked == ["lead on deck", "telescope on deck", "telescope on camera"]


@pytest.mark.parametrize("answered", ["", "telescópio e telescópio"])
def test_answer_without_the_noun_just_once_is_not_kept(memory: MemoryFile, answered: str) -> None:
    engine = Baker(lambda text: text.replace("telescope", answered))
    made = baked(memory, [engine], "a lead", Preparation(trade=lost_trade), judge=count_lost_terms)
    assert (made.target, made.repair) == ("a lead", Repair.NONE)


def test_duty_is_asked_as_one_when_its_term_is_put_in(memory: MemoryFile) -> None:
    known = {
        "Answer the lead": "Atenda o chumbo",
        "To answer the lead": "Atender o chumbo",
        "To answer the telescope": "Atender o telescópio",
    }
    engine = Baker(lambda text: known.get(text, "BAD"))
    ready = Preparation(trade=lost_trade, duties=duties_of)
    made = baked(memory, [engine], "Answer the lead", ready, judge=count_lost_terms)
    assert (made.target, made.repair, engine.asked) == ("Atender o líder", Repair.TRADE, [*known])


def test_sentence_behind_a_label_is_a_duty(memory: MemoryFile) -> None:
    engine = Baker(as_portuguese)
    parts = (Part(text="Bread: ", kind=PartKind.KEPT), Part(text="Bake rolls.", kind=PartKind.ASKED))
    cut = Preparation(parts=lambda line: parts if "Bread" in line else (), duties=duties_of)
    unit = "Bread: Bake rolls."
    assert baked(memory, [engine], unit, cut).target == "Bread: Assar rolls."
