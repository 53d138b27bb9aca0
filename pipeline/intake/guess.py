"""What a detector says of a text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from babel import Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One language that a text may be in; `probability` is 0-1."""

    language: Locale
    probability: float


# Most probable first; none for a text without any feature of a language.
Detector = Callable[[str], Sequence[Guess]]


def weigh_guesses(weighted: Iterable[tuple[Guess, float]], whole: float) -> tuple[Guess, ...]:
    """Add up guesses, each with its weight: the languages with their shares of `whole`, the largest first."""
    votes: dict[Locale, float] = {}
    for guess, weight in weighted:
        votes[guess.language] = votes.get(guess.language, 0.0) + weight * guess.probability
    ranked = sorted(votes.items(), key=lambda vote: vote[1], reverse=True)
    return tuple(Guess(language=language, probability=vote / whole) for language, vote in ranked)
