"""What the headings of a posting tell of its language: which one they are in, and how much each section has to say."""

from dataclasses import dataclass

from pipeline.intake.headings import HeadingLexicon
from pipeline.model.posting import Posting, Section, SectionKind

_PLAIN = 1.0
# What is wanted and offered is written for this posting; texts about the employer are copied into every one.
_SAY = {
    **dict.fromkeys(
        (SectionKind.RESPONSIBILITIES, SectionKind.REQUIREMENTS, SectionKind.NICE_TO_HAVE, SectionKind.OFFER), 1.5
    ),
    SectionKind.PROCESS: 0.5,
    SectionKind.ABOUT: 0.25,
}
# A heading that the lexicon knows is worth as much as so many letters.
_HEADING_WEIGHT = 30
# Postings in any language have headings in English.
BORROWED = "en"
_BORROWED_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """`says`: by section how much each of its letters counts; `language`, `votes`: the one language of the headings."""

    says: tuple[float, ...]
    language: str | None = None
    votes: float = 0.0


def read_outline(posting: Posting, lexicon: HeadingLexicon) -> Outline:
    """Look all headings up in the lexicon; their language is the one that knows more of them than any other."""
    says: list[float] = []
    votes: dict[str, float] = {}
    for section in posting.sections:
        known = lexicon.readings_of(section.heading) if section.heading else {}
        say = _SAY.get(_kind_of(section, tuple(known.values())), _PLAIN)
        says.append(say)
        weight = _HEADING_WEIGHT * say * (_BORROWED_WEIGHT if BORROWED in known else 1.0)
        for language in known:
            votes[language] = votes.get(language, 0.0) + weight
    best = [language for language, count in votes.items() if count == max(votes.values())]
    if len(best) != 1:
        return Outline(says=tuple(says))
    return Outline(says=tuple(says), language=best[0], votes=votes[best[0]])


def _kind_of(section: Section, named: tuple[SectionKind, ...]) -> SectionKind:
    free = section.kind is SectionKind.OTHER and not section.kind_given
    return named[0] if free and named else section.kind
