"""How an engine is asked for a text whose markers it may lose: whole, without the glossary's wordings, in parts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from pipeline.translation.protection import (
    Marker,
    Masked,
    Replacement,
    join_parts,
    keeps_markers,
    mask,
    parts_around,
    unmask,
)
from pipeline.translation.shape import fit_part

Answers = Mapping[str, str]
# No sentence that people write has as many, and each makes another text of what is otherwise repeated.
MAX_MARKERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The ways to ask for one text, the best first; the next is taken where an answer lost or invented a marker.

    What an engine was asked for stays part of the question, so that what it answered is remembered and not asked again.
    """

    ways: tuple[Masked, ...]
    marker: Marker

    @property
    def askable(self) -> bool:
        """Whether there are so few markers that an engine may keep them."""
        return all(len(way.originals) <= MAX_MARKERS for way in self.ways)

    def asked(self, answers: Answers) -> tuple[str, ...]:
        """Return what has to be asked, as far as the answers so far tell."""
        asked: list[str] = []
        for way in self.ways:
            asked.append(way.text)
            if way.text not in answers or self._kept(way, answers):
                return tuple(asked)
        return (*asked, *self._parts(answers))

    def used(self, answers: Answers) -> tuple[str, ...]:
        """Return the texts whose answers make the target; every one that was asked for is answered."""
        whole = next((way.text for way in self.ways if self._kept(way, answers)), None)
        return (whole,) if whole is not None else self._parts(answers) or (self.ways[-1].text,)

    def target(self, answers: Answers, locale: Locale) -> str:
        """Return the answer with the originals put back; "" where the engine said nothing.

        Raises MarkerError if an engine lost or invented a marker in every way.
        """
        for way in self.ways:
            if self._kept(way, answers):
                return unmask(answers[way.text], way.originals, self.marker)
        last, parts = self.ways[-1], self._parts(answers)
        if not answers[last.text] or not all(answers[part] for part in parts):
            return ""
        if not last.originals:
            return unmask(answers[last.text], last.originals, self.marker)
        return join_parts(last, self.marker, {part: fit_part(answers[part], part, locale) for part in parts})

    def _kept(self, way: Masked, answers: Answers) -> bool:
        return bool(answers[way.text]) and keeps_markers(answers[way.text], way, self.marker)

    def _parts(self, answers: Answers) -> tuple[str, ...]:
        last = self.ways[-1]
        return parts_around(last, self.marker) if last.originals and answers[last.text] else ()


def question_for(
    text: str,
    marker: Marker,
    names: Sequence[str],
    terms: Sequence[Replacement] = (),
    *,
    foreign: re.Pattern[str] | None = None,
) -> Question:
    """Return the question for a text; `terms` are the wordings that the glossary puts in, `foreign` as for `mask`."""
    plain = mask(text, marker, names, foreign=foreign)
    worded = mask(text, marker, names, terms, foreign=foreign) if terms else plain
    return Question(ways=(plain,) if worded == plain else (worded, plain), marker=marker)
