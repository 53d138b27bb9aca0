"""What detectors guess of the passages of a posting, counted: every passage votes with its letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from babel import Locale

from pipeline.intake.guess import Guess, weigh_guesses
from pipeline.intake.opinions import Opinions
from pipeline.intake.passages import Passage, cut_passages
from pipeline.model.posting import Posting

# The title and a few short lines are not worth reading beside passages that say more.
_MIN_REST_WEIGHT = 60
# A guess of at least this probability speaks for the whole passage.
CLEAR = 0.5
# Where two languages compete: few passages then hold both.
FINE_WEIGHT = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A passage with what was guessed of it."""

    passage: Passage
    guesses: Sequence[Guess]

    @property
    def votes(self) -> Sequence[Guess]:
        """The guesses; a clear one alone, since what is left goes to its neighbour and would help a third language."""
        clear = self.guesses and self.guesses[0].probability >= CLEAR
        return (Guess(language=self.guesses[0].language, probability=1.0),) if clear else self.guesses

    @property
    def best(self) -> Locale | None:
        """The most probable language."""
        return self.guesses[0].language if self.guesses else None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The readings of a posting or of one section."""

    readings: tuple[Reading, ...]

    @cached_property
    def weight(self) -> int:
        """How many letters vote."""
        return sum(reading.passage.weight for reading in self.readings)

    @cached_property
    def shares(self) -> tuple[Guess, ...]:
        """Return the languages, each with its share of the letters, the largest first."""
        weighted = [(guess, reading.passage.weight) for reading in self.readings for guess in reading.votes]
        return weigh_guesses(weighted, self.weight) if self.weight else ()

    @property
    def best(self) -> Locale | None:
        """The language of most letters."""
        return self.shares[0].language if self.shares else None

    def certainty(self, language: Locale) -> float:
        """Return how probable a language is in the mean of all letters, 0-1."""
        found = sum(
            guess.probability * reading.passage.weight
            for reading in self.readings
            for guess in reading.guesses
            if guess.language == language
        )
        return found / self.weight

    @property
    def contested(self) -> bool:
        """Whether a second language has more than half as many letters as the first."""
        return len(self.shares) > 1 and 2 * self.shares[1].probability > self.shares[0].probability

    def of_section(self, number: int) -> "Evidence":
        """Return what there is about one section."""
        return Evidence(readings=tuple(reading for reading in self.readings if reading.passage.section == number))


def gather_evidence(posting: Posting, opinions: Opinions) -> Evidence:
    """Read every passage; where two languages compete, mixed sections more finely; what differs from the rest again."""
    evidence = _read(cut_passages(posting), opinions)
    if evidence.contested:
        evidence = _read_finely(posting, evidence, opinions)
    others = {reading.best for reading in evidence.readings} - {evidence.best}
    doubtful = {language for language in others if not _confirmed(evidence.readings, language, opinions)}
    if not doubtful:
        return evidence
    return Evidence(
        readings=tuple(
            read_again(reading, opinions) if reading.best in doubtful else reading for reading in evidence.readings
        )
    )


def _read(passages: tuple[Passage, ...], opinions: Opinions) -> Evidence:
    if len(passages) > 1 and passages[-1].section is None and passages[-1].weight < _MIN_REST_WEIGHT:
        passages = passages[:-1]
    return Evidence(readings=tuple(Reading(passage=passage, guesses=opinions(passage.text)) for passage in passages))


def _read_finely(posting: Posting, evidence: Evidence, opinions: Opinions) -> Evidence:
    """Cut the sections that hold two languages again, so that few passages do."""
    languages: dict[int | None, set[Locale | None]] = {}
    for reading in evidence.readings:
        languages.setdefault(reading.passage.section, set()).add(reading.best)
    mixed = {section for section, found in languages.items() if len(found) > 1}
    kept = tuple(reading for reading in evidence.readings if reading.passage.section not in mixed)
    fine = tuple(passage for passage in cut_passages(posting, FINE_WEIGHT) if passage.section in mixed)
    return Evidence(readings=kept + _read(fine, opinions).readings)


def read_again(reading: Reading, opinions: Opinions) -> Reading:
    """Return what both detectors make of a passage."""
    return Reading(passage=reading.passage, guesses=opinions.ask_both(reading.passage.text))


def _confirmed(readings: Iterable[Reading], language: Locale | None, opinions: Opinions) -> bool:
    """Let both detectors read the longest passage in a language that is not the posting's."""
    alike = (reading for reading in readings if reading.best == language)
    return read_again(max(alike, key=lambda reading: reading.passage.weight), opinions).best == language
