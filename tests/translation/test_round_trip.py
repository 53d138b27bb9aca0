"""Engines that are asked again about a target: each text once, through memory, on the way there and back."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from babel import Locale

from pipeline.model.outcome import EngineUse
from pipeline.translation.asking import Asker
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.pseudo import PseudoEngine
from pipeline.translation.memory_file import open_memory
from pipeline.translation.protection import Marker
from pipeline.translation.risk import UNASKED, SecondAnswers
from pipeline.translation.round_trip import Made, RoundTrip, with_other_end
from pipeline.translation.routes import find_route

EN, PT, ES = Locale("en"), Locale("pt", "BR"), Locale("es")


WORDS = {
    "We bake bread;": "Assamos pão;",
    "Assamos pão.": "We bake bread.",
    "Write to Q0Q;": "Escreva;",
    "Hacemos pan.": "Assamos pão.",
}


class WordBook(Engine):
    """Knows a few words both ways; a text that it knows nothing of loses its marker."""

    name = "wordbook"
    marker = Marker(form="Q{}Q")
    batch_segments = 8

    def __init__(self) -> None:
        self.asked: list[str] = []

    def pairs(self) -> frozenset[Pair]:
        return frozenset({Pair("en", "pt"), Pair("pt", "en"), Pair("es", "pt")})

    def covers(self, pair: Pair) -> bool:
        return pair in self.pairs()

    def model(self, pair: Pair) -> str:  # noqa: ARG002  one for all
        return "1"

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:  # noqa: ARG002  no text is in two languages
        self.asked += segments
        return [WORDS.get(segment, "") for segment in segments]


@pytest.mark.parametrize(
    ("source", "asked"),
    [("We bake.", "We bake;"), (" <b>Bake!</b> ", "Bake;"), ("Bake", "Bake;"), ("bake; fry;", "bake; fry.")],
)
def test_a_source_is_asked_again_with_another_end(source: str, asked: str) -> None:
    assert with_other_end(source) == asked


def test_a_target_is_asked_back_and_its_source_again_each_once(tmp_path: Path) -> None:
    engine = WordBook()
    there, back = find_route([engine], EN, PT), find_route([engine], PT, EN)
    made = Made("We bake <b>bread</b>.", "Assamos pão.")
    uses: list[EngineUse] = []
    with open_memory(tmp_path / "memory.sqlite3") as memory:
        trip = RoundTrip(asker=Asker(memory=memory), there=there, back=back)
        assert trip.answers([made], None) == {made: UNASKED}
        expected = {made: SecondAnswers("We bake bread.", "Assamos pão;")}
        assert trip.answers([made, made], uses.append) == expected
        later = RoundTrip(asker=Asker(memory=memory), there=there, back=back)
        assert later.answers([made], None) == expected
    assert engine.asked == ["We bake bread;", "Assamos pão."]
    assert sum(use.segments for use in uses) == 2


def test_a_lost_marker_and_a_text_that_cannot_be_asked_are_no_answer(tmp_path: Path) -> None:
    engine = WordBook()
    there = find_route([engine], EN, PT)
    lost = Made("Write to jobs@acme.example.", "Escreva.")
    endless = Made("word " * 400, "")
    with open_memory(tmp_path / "memory.sqlite3") as memory:
        trip = RoundTrip(asker=Asker(memory=memory), there=there, back=None)
        assert trip.answers([lost, endless], lambda _: None) == {lost: UNASKED, endless: UNASKED}


def test_a_way_back_may_have_two_steps_and_a_way_for_show_is_none(tmp_path: Path) -> None:
    engine = WordBook()
    back = find_route([engine], ES, EN)
    show = find_route([PseudoEngine()], EN, ES)
    made = Made("We bake bread.", "Hacemos pan.")
    with open_memory(tmp_path / "memory.sqlite3") as memory:
        trip = RoundTrip(asker=Asker(memory=memory), there=show, back=back)
        assert trip.answers([made], lambda _: None) == {made: SecondAnswers("We bake bread.", "")}
    assert engine.asked == ["Hacemos pan.", "Assamos pão."]
