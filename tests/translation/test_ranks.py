"""Routes go by how far their pairs can be trusted, then by fewer steps, then by the order of the configuration."""

from collections.abc import Sequence

import pytest
from babel import Locale

from pipeline.model.packages import RankedPair
from pipeline.model.unit import EngineOrigin
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.pseudo import PseudoEngine
from pipeline.translation.protection import Marker
from pipeline.translation.ranks import GIST, Ranks, chained
from pipeline.translation.routes import MEASURED, ReachablePair, find_route, find_routes, list_reachable, makes_again

EN_PT, EN_ES, PT_ES = Pair("en", "pt"), Pair("en", "es"), Pair("pt", "es")
ENGLISH, SPANISH = Locale("en"), Locale("es")


class Covering(Engine):
    """Covers pairs; what it makes of a text is no matter."""

    name = ""
    marker = Marker(form="Q{}Q")
    batch_segments = 8

    def __init__(self, name: str, *pairs: Pair) -> None:
        self.name = name
        self._pairs = pairs

    def pairs(self) -> frozenset[Pair]:
        return frozenset(self._pairs)

    def covers(self, pair: Pair) -> bool:
        return pair in self._pairs

    def model(self, pair: Pair) -> str:
        return f"{pair.source}{pair.target}"

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        raise NotImplementedError(pair)


BERGAMOT = Covering("bergamot", EN_PT)
APERTIUM = Covering("apertium", EN_ES, PT_ES)
ARGOS = Covering("argos", EN_ES)


def routes(*engines: Engine, ranks: Ranks = MEASURED) -> list[tuple[str, str]]:
    found = find_routes(engines, ENGLISH, SPANISH, ranks)
    return [(route.origin.engine, route.origin.route) for route in found]


def test_two_steps_that_read_well_come_before_one_that_tells_what_a_text_is_about() -> None:
    assert routes(APERTIUM, BERGAMOT) == [("bergamot+apertium", "en→pt→es")]
    assert routes(APERTIUM) == [("apertium", "en→es")]


def test_route_that_only_tells_what_a_text_is_about_repairs_no_other() -> None:
    ranks = Ranks({RankedPair("apertium", EN_ES): GIST - 1})
    assert routes(APERTIUM, BERGAMOT, ranks=ranks)[1:] == [("apertium", "en→es")]
    ranks = Ranks({RankedPair("apertium", EN_ES): GIST})
    assert routes(APERTIUM, BERGAMOT, ranks=ranks)[1:] == []


def test_of_equal_rank_the_fewest_steps_and_then_the_first_engine_named_is_taken() -> None:
    assert routes(BERGAMOT, APERTIUM, ARGOS) == [("argos", "en→es"), ("bergamot+apertium", "en→pt→es")]
    same = Ranks({RankedPair("", EN_ES): 36})
    assert routes(BERGAMOT, APERTIUM, ARGOS, ranks=same)[0] == ("apertium", "en→es")
    assert routes(BERGAMOT, ARGOS, APERTIUM, ranks=same)[0] == ("argos", "en→es")


@pytest.mark.parametrize(
    ("ranked", "first"),
    [
        ({RankedPair("", EN_ES): 10}, "apertium"),
        ({RankedPair("apertium", EN_ES): 10}, "apertium"),
        ({RankedPair("", EN_ES): 90, RankedPair("apertium", EN_ES): 10}, "apertium"),
        ({RankedPair("argos", EN_ES): 50}, "bergamot+apertium"),
        ({RankedPair("argos", EN_ES): 50, RankedPair("", PT_ES): 60}, "argos"),
    ],
)
def test_configured_rank_of_a_pair_counts_and_that_of_a_pair_by_an_engine_counts_more(
    ranked: dict[RankedPair, int], first: str
) -> None:
    assert routes(APERTIUM, ARGOS, BERGAMOT, ranks=Ranks(ranked))[0][0] == first


def test_rank_of_a_language_is_that_of_its_regional_forms_unless_they_have_their_own() -> None:
    brazil = Pair("en", "pt_BR")
    assert Ranks({RankedPair("", EN_PT): 35}).of("argos", brazil) == 35
    assert Ranks({RankedPair("", EN_PT): 35, RankedPair("", brazil): 5}).of("argos", brazil) == 5
    assert (Ranks().of("argos", brazil), Ranks().of("apertium", Pair("en", "gl"))) == (20, 70)


def test_steps_fail_apart_from_each_other() -> None:
    assert [chained(ranks) for ranks in ([], [70], [20, 20], [100, 50], [50, 50, 50])] == [0, 70, 36, 100, 88]


def test_engine_for_show_is_taken_where_it_is_named_first() -> None:
    assert routes(PseudoEngine(), BERGAMOT, APERTIUM) == [("pseudo", "en→es")]


def test_pairs_are_listed_with_the_rank_of_their_route_and_those_behind_it() -> None:
    found = {str(each.pair): str(each).partition(" ")[2] for each in list_reachable([BERGAMOT, APERTIUM])}
    assert found == {
        "en→es": "enpt+ptes en→pt→es (rank 36: 20, 20)",
        "en→pt": "enpt en→pt (rank 20)",
        "pt→es": "ptes pt→es (rank 20)",
    }
    (spanish,) = (each for each in list_reachable([BERGAMOT, APERTIUM]) if each.pair == EN_ES)
    assert list(map(str, spanish.others)) == ["apertium enes en→es (rank 70)"]


def test_pair_that_nothing_covers_has_no_route() -> None:
    assert find_route([BERGAMOT], ENGLISH, SPANISH) is None


@pytest.mark.parametrize(
    ("steps", "printed"), [((20,), "a 1 en→es (rank 20)"), ((20, 20), "a 1 en→es (rank 20: 20, 20)")]
)
def test_route_is_printed_with_its_rank_and_those_of_several_steps(steps: tuple[int, ...], printed: str) -> None:
    origin = EngineOrigin(engine="a", model="1", route="en→es")
    assert str(ReachablePair(pair=EN_ES, origin=origin, rank=20, steps=steps)) == printed


@pytest.mark.parametrize(
    ("engine", "route", "again"),
    [
        ("bergamot", "en→pt", True),
        ("bergamot+apertium", "en→pt→es", True),
        ("bergamot+argos", "en→pt→es", False),
        ("bergamot", "en→pt→es", False),
        ("argos", "en→fr", False),
        ("draft", "en→pt", False),
    ],
)
def test_target_is_made_again_only_where_its_engines_take_every_step(engine: str, route: str, *, again: bool) -> None:
    origin = EngineOrigin(engine=engine, model="any", route=route)
    assert makes_again((BERGAMOT, APERTIUM, ARGOS), origin) is again
