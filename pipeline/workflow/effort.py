"""What is left to do: by posting, and by locale with the sentences to begin with; noted while decisions pass by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel import Locale

from pipeline.model.outcome import OWN_REASONS, Decision, Plan
from pipeline.model.posting import Posting
from pipeline.model.unit import Unit
from pipeline.publishing.versions.as_written import count_words
from pipeline.publishing.versions.effort import Left, WordsLeft, left_in
from pipeline.workflow.waiting import LocaleWaiting


@dataclass(frozen=True, slots=True)
class PostingLeft:
    """What a posting waits for in each locale."""

    posting: Posting
    left: dict[Locale, Left]

    @property
    def words(self) -> int:
        """The words that it waits for in all."""
        return sum(found.words for found in self.left.values())

    @property
    def held(self) -> bool:
        """Whether some language version lacks it."""
        return not all(found.published for found in self.left.values())


class Effort:
    """What postings and locales wait for, and the words that nobody has reviewed."""

    def __init__(self, waiting: LocaleWaiting) -> None:
        self._waiting = waiting
        self._postings: dict[str, PostingLeft] = {}
        self.words = {locale: WordsLeft() for locale in waiting.of}

    def noted(self, decisions: Iterable[Decision]) -> Iterator[Decision]:
        """Yield the decisions as they are."""
        for decision in self._waiting.noted(decisions):
            self._note(decision)
            yield decision

    def _note(self, decision: Decision) -> None:
        if decision.reason in OWN_REASONS:
            return
        self.words[decision.locale].note(decision)
        posting = decision.segmented.posting
        found = self._postings.setdefault(posting.id, PostingLeft(posting, {}))
        found.left[decision.locale] = left_in(decision)

    def postings(self, *, held: bool) -> list[PostingLeft]:
        """Return the postings with the fewest words to go first, then those that wait for no word; or the held ones."""
        found = [each for each in self._postings.values() if each.held or not held]
        return sorted(found, key=lambda each: (not each.words, each.words))

    def cheapest(self, locale: Locale) -> list[PostingLeft]:
        """Return the posting that a locale gets for the fewest words; none if no held one waits for a sentence."""
        waiting = (each for each in self._postings.values() if each.left[locale].holds)
        return sorted(waiting, key=lambda each: each.left[locale].words)[:1]

    def plans(self, locale: Locale) -> tuple[Plan, Plan]:
        """Return the sentences that publish the most postings, and those that make the most of them whole."""
        return self._waiting.of[locale].to_publish, self._waiting.of[locale].to_complete


def words_in(unit: Unit) -> int:
    """Return how many words there are to translate or to review in a unit."""
    return count_words(unit.key.source)
