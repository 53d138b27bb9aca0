"""Sentences like those that the small packages were trained on."""

from collections.abc import Iterator
from itertools import islice
from random import Random

from tests.fixtures.argos.recipe import make_sentence


def sentences(seed: int) -> Iterator[str]:
    """Yield sentences without end, with repetitions, as postings have them; the same for the same seed."""
    chance = Random(seed)  # noqa: S311  sentences, not secrets
    while True:
        yield make_sentence(chance)


def distinct_sentences(count: int, seed: int) -> list[str]:
    """Return as many different sentences."""
    found: dict[str, None] = {}
    for text in sentences(seed):
        found[text] = None
        if len(found) == count:
            break
    return list(found)


def even_share(texts: list[str], count: int) -> list[str]:
    """Return `count` of the texts with short and long ones in the same proportion.

    >>> even_share(["a", "bbb", "cc", "dddd"], 2)
    ['cc', 'dddd']
    """
    ordered = sorted(texts, key=len)
    step = len(ordered) / count
    return list(islice((ordered[int((number + 0.5) * step)] for number in range(count)), count))
