"""What the passages and headings of a posting tell of its language, counted.

Every passage votes with its letters for the language it is read in; letters of sections that are written for this
posting (tasks, requirements) count more than those about the employer, which stand in every posting of his. Headings
that the lexicon knows vote too. Where languages compete, the posting is cut more finely and read again.

Each rule was switched off alone on 2,288 postings built of shared texts (13 kinds of 176, `tests/detection_sets.py`)
and on 44 hostile ones written by hand (`tests/fixtures/detection/hostile.toml`); what is wrong without it stands beside
it. With all rules 7 of the built ones and no hostile one are wrong.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from pipeline.intake.detection.detectors import Guess, base_language
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.letters import UNKNOWN
from pipeline.intake.detection.passages import CLOSE, FINE, LINES, Passage, cut_passages
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.model.posting import Posting, Section, SectionKind

# How much a letter of a section counts: what is wanted and offered is written for this posting. Without: 166 of 176
# lists above "About us", 5 hostile.
_PLAIN = 1.0
_SHARES = {
    **dict.fromkeys(
        (SectionKind.RESPONSIBILITIES, SectionKind.REQUIREMENTS, SectionKind.NICE_TO_HAVE, SectionKind.OFFER), 1.5
    ),
    SectionKind.PROCESS: 0.5,
    SectionKind.ABOUT: 0.25,
}
# A heading that the lexicon knows is worth as much as so many letters. Without: 2 hostile.
_HEADING_WEIGHT = 30
# Postings in any language have headings in English.
_BORROWED = "en"
# Title and short lines are not worth reading beside passages that count so many times as much. Never reading them: 96
# of 176 lists above "About us", 4 hostile; always: no difference but time.
_TIMES_THE_REST = 8
# Postings of fewer letters are read closely at once: a passage or two could hide what they are in. Without:
# 160 of 176 lines above boilerplate, 7 hostile.
_SHORT_WEIGHT = 700
# Headings of another language than that of a short text shed doubt on it, if they count at least this part as much;
# over a long text they may be those of the employer's software. Without: 1 hostile.
_MIN_HEADINGS = 0.25
# So long a line has to be, and so sure what it tells alone; and so much of all lines has to be another language.
# Without: 2 hostile, each of two paragraphs in two languages.
_MIN_LINE_WEIGHT = 30
# Without: 3 texts of 1,500 characters that are half in English.
_MAX_UNKNOWN = 0.6
_SURE_OF_LINE = 0.9
_MIN_TORN = 0.4


class Reading(NamedTuple):
    """A passage with what was guessed of it."""

    passage: Passage
    guesses: Sequence[Guess]

    @property
    def best(self) -> str | None:
        """The most probable language."""
        return self.guesses[0].language if self.guesses else None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The readings of a posting or of one section, and the one language of its headings with their votes.

    A posting is `torn` if its lines, read one by one, take turns in two languages.
    """

    readings: tuple[Reading, ...]
    headings: str | None = None
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
    def shares(self) -> Sequence[Guess]:
        """The languages, each with its share of the votes, the largest first.

        Passages in no language that the detectors know abstain, unless they are most of the text.
        """
        votes: defaultdict[str, float] = defaultdict(float)
        for passage, guesses in self.readings:
            for guess in guesses:
                votes[guess.language] += passage.votes * guess.probability
        if self.headings:
            votes[self.headings] += self.heading_votes
        whole = self.votes
        if votes[UNKNOWN] <= _MAX_UNKNOWN * self.votes:
            whole -= votes.pop(UNKNOWN)
        ranked = sorted(votes.items(), key=lambda vote: vote[1], reverse=True)
        return [Guess(language, vote / whole) for language, vote in ranked] if whole else []

    @property
    def best(self) -> str | None:
        """The language of most letters."""
        return self.shares[0].language if self.shares else None

    @property
    def contested(self) -> bool:
        """Whether a second language has more than half as many votes as the first.

        Without reading such postings more finely: 18 of 176 with boilerplate in one section.
        """
        if self.best == UNKNOWN:
            return True
        return len(self.shares) > 1 and 2 * self.shares[1].probability > self.shares[0].probability

    @property
    def contradicted(self) -> bool:
        """Whether the headings are in another language than the text, and are no small part of it."""
        if self.headings is None or self.best is None or self.weight >= _SHORT_WEIGHT:
            return False
        if base_language(self.headings) in {base_language(self.best), _BORROWED}:
            return False
        return self.heading_votes >= _MIN_HEADINGS * self.shares[0].probability * self.votes

    def of_section(self, number: int) -> "Evidence":
        """Return what there is about one section."""
        return Evidence(readings=tuple(reading for reading in self.readings if reading.passage.section == number))


class _Outline(NamedTuple):
    """By section how much each of its letters counts; the one language of the headings, and their votes."""

    shares: Sequence[float]
    language: str | None
    votes: float


def gather_evidence(posting: Posting, ensemble: Ensemble, lexicon: HeadingLexicon) -> Evidence:
    """Read every passage; short postings, and where two languages compete, more closely; what is in doubt again."""
    outline = _read_outline(posting, lexicon)
    passages = cut_passages(posting, outline.shares)
    short = sum(passage.weight for passage in passages) < _SHORT_WEIGHT
    readings = _read(cut_passages(posting, outline.shares, CLOSE) if short else passages, ensemble)
    evidence = _with_headings(readings, outline, lexicon)
    if evidence.contested:
        evidence = _with_headings(_read_finely(posting, outline.shares, readings, ensemble), outline, lexicon)
    if short or evidence.contested:
        evidence = replace(evidence, torn=_is_torn(cut_passages(posting, outline.shares, LINES), ensemble))
    refuted = _read_doubtful(evidence, ensemble)
    if not refuted:
        return evidence
    again = {reading.passage: reading for reading in refuted.values()}
    reread = (
        again.get(each.passage) or read_again(each, ensemble) if each.best in refuted else each
        for each in evidence.readings
    )
    return replace(evidence, readings=tuple(reread))


def read_again(reading: Reading, ensemble: Ensemble) -> Reading:
    """Return what both detectors make of a passage."""
    return Reading(reading.passage, ensemble.ask_both(reading.passage.text))


def _read_outline(posting: Posting, lexicon: HeadingLexicon) -> _Outline:
    """Look all headings up in the lexicon; their language is the one that knows more of them than any other."""
    shares: list[float] = []
    votes: defaultdict[str, float] = defaultdict(float)
    for section in posting.sections:
        known = lexicon.readings_of(section.heading) if section.heading else {}
        share = _SHARES.get(_kind_of(section, known), _PLAIN)
        shares.append(share)
        for language in known:
            votes[language] += _HEADING_WEIGHT * share
    most = max(votes.values(), default=0.0)
    best = [language for language, count in votes.items() if count == most]
    return _Outline(shares, best[0], most) if len(best) == 1 else _Outline(shares, None, 0.0)


def _kind_of(section: Section, known: Mapping[str, SectionKind]) -> SectionKind:
    free = section.kind is SectionKind.OTHER and not section.kind_given
    return next(iter(known.values()), section.kind) if free else section.kind


def _with_headings(readings: tuple[Reading, ...], outline: _Outline, lexicon: HeadingLexicon) -> Evidence:
    """Let the headings vote, where the lexicon knows the language of the text as well: close ones share headings."""
    evidence = Evidence(readings=readings)
    if outline.language is None or evidence.best is None or base_language(evidence.best) not in lexicon.kinds:
        return evidence
    alike = (guess.language for guess in evidence.shares if base_language(guess.language) == outline.language)
    return replace(evidence, headings=next(alike, outline.language), heading_votes=outline.votes)


def _read(passages: Sequence[Passage], ensemble: Ensemble) -> tuple[Reading, ...]:
    """Read the passages, without a short rest beside others that count much more."""
    votes = sum(passage.votes for passage in passages)
    return tuple(
        [
            Reading(passage, ensemble(passage.text))
            for passage in passages
            if passage.section is not None or votes <= (_TIMES_THE_REST + 1) * passage.votes
        ]
    )


def _read_finely(
    posting: Posting, shares: Sequence[float], readings: Sequence[Reading], ensemble: Ensemble
) -> tuple[Reading, ...]:
    """Cut everything closely, and sections that hold two languages so that few passages do."""
    languages: defaultdict[int | None, set[str | None]] = defaultdict(set)
    for reading in readings:
        languages[reading.passage.section].add(reading.best)
    mixed = {section for section, found in languages.items() if len(found) > 1 or UNKNOWN in found}
    close = [passage for passage in cut_passages(posting, shares, CLOSE) if passage.section not in mixed]
    fine = [passage for passage in cut_passages(posting, shares, FINE) if passage.section in mixed]
    return _read((*close, *fine), ensemble)


def _is_torn(lines: Iterable[Passage], ensemble: Ensemble) -> bool:
    """Tell whether the lines of a section, a good part of all, are surely in two languages, with much of each."""
    sections: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for line in lines:
        guesses = ensemble.ask_both(line.text) if line.weight >= _MIN_LINE_WEIGHT else ()
        if guesses and guesses[0].language != UNKNOWN and guesses[0].probability >= _SURE_OF_LINE:
            sections[line.section][base_language(guesses[0].language)] += round(line.votes)
    least = _MIN_TORN * sum(votes.total() for votes in sections.values())
    seconds = (votes.most_common(2)[1:] for votes in sections.values())
    return any(count >= max(1.0, least) for second in seconds for _, count in second)


def _read_doubtful(evidence: Evidence, ensemble: Ensemble) -> Mapping[str, Reading]:
    """Return, by languages in doubt, what both detectors read in the longest passage in them, where it is another one.

    In doubt are languages other than the posting's, and those that languages without a profile are taken for: without,
    longer texts in Gaelic, Zulu and Malay are read as English, Swahili and Indonesian.
    """
    longest: dict[str, Reading] = {}
    for reading in evidence.readings:
        if reading.best is not None:
            known = longest.get(reading.best)
            if known is None or reading.passage.weight > known.passage.weight:
                longest[reading.best] = reading
    doubtful = {
        language: read_again(reading, ensemble)
        for language, reading in longest.items()
        if language != evidence.best or ensemble.conceals(language, reading.passage.text)
    }
    return {language: reading for language, reading in doubtful.items() if reading.best != language}
