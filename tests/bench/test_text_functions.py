"""Every function that reads a text takes twice as long for twice the text; `make hostile` tries longer ones."""

import random
from functools import partial

import pytest

from tests.bench.shapes import NAMES, text_of
from tests.bench.text_functions import FUNCTIONS, MAX_GROWTH, growth_of

LONGEST = 16_000  # 1,000,000 in the long form
SHAPES = 8  # of each function others


@pytest.mark.parametrize("name", FUNCTIONS)
def test_twice_the_text_takes_twice_as_long(name: str) -> None:
    chosen = random.Random(name).sample(NAMES, SHAPES)  # noqa: S311  the same at each run
    grown = {shape: growth_of(FUNCTIONS[name], partial(text_of, shape), LONGEST).times for shape in chosen}
    assert {shape: times for shape, times in grown.items() if times > MAX_GROWTH} == {}


def test_function_that_takes_more_is_seen() -> None:
    def cubic(text: str) -> int:
        return sum(range(len(text) ** 3 // 50_000))

    # A square is told from a line by the bound, and a cube by so much that no neighbour on the machine hides it.
    assert 2 < MAX_GROWTH < 4
    assert growth_of(cubic, partial(text_of, "random letters"), LONGEST, enough=0.002).times > MAX_GROWTH
