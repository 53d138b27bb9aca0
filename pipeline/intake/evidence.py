"""What detectors guess of the passages of a posting, counted: passages vote with their letters, known headings too."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from babel import Locale

from pipeline.intake.guess import Guess, weigh_guesses
from pipeline.intake.headings import HeadingLexicon
from pipeline.intake.opinions import Opinions
from pipeline.intake.outline import BORROWED, Outline, read_outline
from pipeline.intake.passages import CLOSE, FINE, LINES, MIN_WEIGHT, Passage, cut_passages
from pipeline.model.locale import parse_locale
from pipeline.model.posting import Posting

# The title and a few short lines are not worth reading beside passages that say more.
_MIN_REST_WEIGHT = 60
# A guess of at least this probability speaks for the whole passage.
CLEAR = 0.5
# A short rest is not worth reading beside passages that count so many times as much; more where languages compete.
_TIMES_THE_REST = 3
_CONTESTED_TIMES = 8
# Postings of fewer letters are read closely at once: a passage or two could hide what they are in.
_SHORT_WEIGHT = 700
# Headings of another language than that of a short text shed doubt on it, if they count at least this part as much;
# over a long text they may be those of the employer's software.
_MIN_HEADINGS = 0.25
# Within a section the smaller language would be published as the larger one, where it is this much of a posting.
_MIN_LEAD_WITHIN = 0.15
_MIN_HALF = 0.25
# Lines of fewer letters tell little alone; so sure has to be what others tell, and so much of all another language.
_MIN_LINE_WEIGHT = 30
_SURE_OF_LINE = 0.9
_MIN_TORN = 0.4


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
    """The readings of a posting or of one section, and what its headings tell.

    A posting is `torn` if its lines, read one by one, take turns in two languages.
    """

    readings: tuple[Reading, ...]
    headings: Guess | None = None
    heading_votes: float = 0.0
    torn: bool = False

    @cached_property
    def weight(self) -> int:
        """How many letters were read."""
        return sum(reading.passage.weight for reading in self.readings)

    @cached_property
    def votes(self) -> float:
        """How many votes there are."""
        return sum(reading.passage.votes for reading in self.readings) + self.heading_votes

    @cached_property
    def shares(self) -> tuple[Guess, ...]:
        """Return the languages, each with its share of the votes, the largest first."""
        weighted = [(guess, reading.passage.votes) for reading in self.readings for guess in reading.votes]
        weighted += [(self.headings, self.heading_votes)] if self.headings else []
        return weigh_guesses(weighted, self.votes) if self.votes else ()

    @property
    def best(self) -> Locale | None:
        """The language of most letters."""
        return self.shares[0].language if self.shares else None

    def certainty(self, language: Locale) -> float:
        """Return how probable a language is in the mean of all votes, 0-1."""
        found = sum(
            guess.probability * reading.passage.votes
            for reading in self.readings
            for guess in reading.guesses
            if guess.language == language
        )
        named = self.headings is not None and self.headings.language == language
        return (found + (self.heading_votes if named else 0.0)) / self.votes

    @property
    def contested(self) -> bool:
        """Whether a second language has more than half as many votes as the first."""
        return len(self.shares) > 1 and 2 * self.shares[1].probability > self.shares[0].probability

    @property
    def contradicted(self) -> bool:
        """Whether the headings are in another language than the text, and are no small part of it."""
        if self.headings is None or self.best is None or self.weight >= _SHORT_WEIGHT:
            return False
        if self.headings.language.language in {self.best.language, BORROWED}:
            return False
        return self.heading_votes >= _MIN_HEADINGS * self.shares[0].probability * self.votes

    def of_section(self, number: int) -> "Evidence":
        """Return what there is about one section."""
        return Evidence(readings=tuple(reading for reading in self.readings if reading.passage.section == number))

    @property
    def halved(self) -> bool:
        """Whether a section, which can be marked with one language only, has two of nearly the same weight."""
        numbers = {reading.passage.section for reading in self.readings if reading.passage.section is not None}
        least = max(MIN_WEIGHT, _MIN_HALF * self.votes)
        return any(part.smaller_half >= least for part in map(self.of_section, sorted(numbers)))

    @property
    def smaller_half(self) -> float:
        """The votes of the second language, if those of the first are hardly more."""
        if not self.shares[1:]:
            return 0.0
        first, second, *_ = self.shares
        close = first.probability - second.probability < _MIN_LEAD_WITHIN
        return second.probability * self.votes if close else 0.0


def gather_evidence(posting: Posting, opinions: Opinions, lexicon: HeadingLexicon) -> Evidence:
    """Read every passage; short postings, and where two languages compete, more closely; what differs again."""
    outline = read_outline(posting, lexicon)
    passages = cut_passages(posting, outline.says)
    short = sum(passage.weight for passage in passages) < _SHORT_WEIGHT
    readings = _read(cut_passages(posting, outline.says, CLOSE) if short else passages, opinions)
    evidence = _with_headings(readings, outline, lexicon)
    if evidence.contested:
        evidence = _with_headings(_read_finely(posting, outline.says, readings, opinions), outline, lexicon)
    if short or evidence.contested:
        evidence = replace(evidence, torn=_is_torn(cut_passages(posting, outline.says, LINES), opinions))
    others = {reading.best for reading in evidence.readings} - {evidence.best}
    doubtful = {language for language in others if not _confirmed(evidence.readings, language, opinions)}
    if not doubtful:
        return evidence
    return replace(
        evidence,
        readings=tuple(
            read_again(reading, opinions) if reading.best in doubtful else reading for reading in evidence.readings
        ),
    )


def _is_torn(lines: Iterable[Passage], opinions: Opinions) -> bool:
    """Tell whether the lines of a section, a good part of all, are surely in two languages, with much of each."""
    sections: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for line in lines:
        guesses = opinions.ask_both(line.text) if line.weight >= _MIN_LINE_WEIGHT else ()
        if guesses and guesses[0].probability >= _SURE_OF_LINE:
            sections[line.section][guesses[0].language.language] += round(line.votes)
    least = _MIN_TORN * sum(votes.total() for votes in sections.values())
    seconds = (votes.most_common(2)[1:] for votes in sections.values())
    return any(count >= max(1.0, least) for second in seconds for _, count in second)


def _with_headings(readings: tuple[Reading, ...], outline: Outline, lexicon: HeadingLexicon) -> Evidence:
    """Let the headings vote, where the lexicon knows the language of the text as well: close ones share headings."""
    evidence = Evidence(readings=readings)
    if outline.language is None or evidence.best is None or evidence.best.language not in lexicon.kinds:
        return evidence
    alike = (guess.language for guess in evidence.shares if guess.language.language == outline.language)
    language = next(alike, None) or parse_locale(outline.language)
    return replace(evidence, headings=Guess(language=language, probability=1.0), heading_votes=outline.votes)


def _read(passages: Sequence[Passage], opinions: Opinions, times: int = _TIMES_THE_REST) -> tuple[Reading, ...]:
    """Read the passages, without a short rest beside others that count more than so many `times` as much."""
    votes = sum(passage.votes for passage in passages)
    return tuple(
        Reading(passage=passage, guesses=opinions(passage.text))
        for passage in passages
        if passage.section is not None or passage.weight >= _MIN_REST_WEIGHT or votes <= (times + 1) * passage.votes
    )


def _read_finely(
    posting: Posting, says: Sequence[float], readings: Sequence[Reading], opinions: Opinions
) -> tuple[Reading, ...]:
    """Cut everything closely, and sections that hold two languages so that few passages do."""
    languages: dict[int | None, set[Locale | None]] = {}
    for reading in readings:
        languages.setdefault(reading.passage.section, set()).add(reading.best)
    mixed = {section for section, found in languages.items() if len(found) > 1}
    close = [passage for passage in cut_passages(posting, says, CLOSE) if passage.section not in mixed]
    fine = [passage for passage in cut_passages(posting, says, FINE) if passage.section in mixed]
    return _read((*close, *fine), opinions, _CONTESTED_TIMES)


def read_again(reading: Reading, opinions: Opinions) -> Reading:
    """Return what both detectors make of a passage."""
    return Reading(passage=reading.passage, guesses=opinions.ask_both(reading.passage.text))


def _confirmed(readings: Iterable[Reading], language: Locale | None, opinions: Opinions) -> bool:
    """Let both detectors read the longest passage in a language that is not the posting's."""
    alike = (reading for reading in readings if reading.best == language)
    return read_again(max(alike, key=lambda reading: reading.passage.weight), opinions).best == language
