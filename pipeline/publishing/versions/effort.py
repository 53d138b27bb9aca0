"""How much work is left: by posting what it waits for in each language, by locale the words that nobody has reviewed.

Both are told from the decisions about postings, one decision at a time. A sentence that forty postings share is forty
times what a posting waits for, and once what a locale has to do.
"""

from dataclasses import dataclass

from pipeline.model.outcome import Decision, Reason
from pipeline.model.unit import UnitState
from pipeline.publishing.versions.as_written import count_words
from pipeline.publishing.versions.waiting import UnitName


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Why a posting is or is not in a language version, and how many sentences and words it waits for.

    Of a held posting these are what holds it, of a published one what it shows as written.
    """

    reason: Reason
    published: bool
    sentences: int = 0
    words: int = 0

    @property
    def holds(self) -> bool:
        """Whether sentences alone keep the posting out."""
        return not self.published and self.sentences > 0


def left_in(decision: Decision) -> Left:
    """Return what the posting of a decision waits for in its locale."""
    units = decision.holding or decision.as_written
    return Left(
        reason=decision.reason,
        published=decision.published,
        sentences=len(units),
        words=sum(count_words(unit.key.source) for unit in units),
    )


class WordsLeft:
    """The words of one locale that nobody has reviewed, those without and those with a target."""

    def __init__(self) -> None:
        self._seen: set[UnitName] = set()
        self.to_translate = 0
        self.to_review = 0

    def note(self, decision: Decision) -> None:
        """Count the units of one decision that were not counted before."""
        language = str(decision.segmented.posting.language)
        for unit in decision.units:
            name = UnitName(language, unit.key)
            if unit.state is UnitState.REVIEWED or name in self._seen:
                continue
            self._seen.add(name)
            if unit.translated:
                self.to_review += count_words(unit.key.source)
            else:
                self.to_translate += count_words(unit.key.source)
