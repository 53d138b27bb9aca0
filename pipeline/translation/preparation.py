"""What is done to a source before an engine sees it: shape, parts, plain words, duties, facts, terms, markers.

Example: of "• Write to jobs@a.example, self-starter" an engine is asked "Write to Q0Q, motivated person".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from pipeline.language.duties import Duties
from pipeline.language.gender_forms import has_inline_forms, is_genderless, without_inline_forms
from pipeline.language.scripts import foreign_words
from pipeline.language.spans import name_pattern
from pipeline.model.locale import parse_locale, script_of
from pipeline.model.segment import UnitKey
from pipeline.translation.facts import Facts
from pipeline.translation.ladder import Manner
from pipeline.translation.lettering import NO_EVIDENCE, Evidence
from pipeline.translation.line_parts import Part
from pipeline.translation.protection import Replacement, hidden_spans, mask
from pipeline.translation.questions import Question, question_for
from pipeline.translation.routes import Route, Step
from pipeline.translation.shape import Shaped, take_shape

Span = tuple[int, int]
NO_FACTS = Facts()


FindTerms = Callable[[str, str], tuple[Replacement, ...]]  # of a text in a context
FindLost = Callable[[str, UnitKey, str], tuple[Replacement, ...]]  # of a text of a unit, by what was answered
FindFacts = Callable[[str, UnitKey], Facts]  # in a text that belongs to a unit
FindNames = Callable[[str], Sequence[Span]]
PartLine = Callable[[str], Sequence[Part]]
FindDuties = Callable[[str, str], Duties | None]  # of a language, asked for in another
Rewrite = Callable[[str, str, str, Sequence[Span]], str]  # a text in a language and context, but for the kept spans


class Prepared(NamedTuple):
    """A question, None where the text cannot be asked within bounds; and the text in plain words, unmasked.

    `put_in` are terms and facts in the form of the target. A later step leaves as it is what was hidden of them.
    `taken_off` returns the answer to a duty in infinitives, without what the asking brought in, "" for another answer;
    it is None where the text names no duty.
    """

    question: Question | None
    plain: str
    put_in: tuple[Replacement, ...]
    taken_off: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """The rules by which a source is prepared; one that is left out does nothing.

    `evidence` tells names from words in lines of capitals, and which names are protected as they are written. `terms`
    and `facts` find what is put in for the engine, in the form of the target, `trade` the terms that an answer lacks;
    `parts` cuts a line that is no sentence, none where it is one; `names` finds what is hidden where the engine lost
    one of it; `plain` says jargon in plain words, `duties` how sentences that name duties are asked for.
    """

    evidence: Evidence = NO_EVIDENCE
    terms: FindTerms = lambda _text, _context: ()
    trade: FindLost = lambda _text, _unit, _answer: ()
    facts: FindFacts = lambda _text, _unit: NO_FACTS
    names: FindNames = lambda _text: ()
    parts: PartLine = lambda _line: ()
    plain: Rewrite = lambda text, _language, _context, _kept: text
    duties: FindDuties = lambda _language, _target: None

    def shaped(self, text: str, route: Route) -> Shaped:
        """Take the shape off, but for names, and what gives the other gender's ending where the engine has one form."""
        asked, answered = (parse_locale(language).language for language in route.steps[0].pair)
        one_form = has_inline_forms(asked) and is_genderless(answered)
        plain_forms = without_inline_forms(text) if one_form else text
        named = tuple(plain_forms[start:stop] for start, stop in self.names(plain_forms))
        evidence = replace(self.evidence, names=(*self.evidence.names, *named)) if named else self.evidence
        return take_shape(plain_forms, evidence)

    def prepared(
        self,
        text: str,
        unit: UnitKey,
        step: Step,
        manner: Manner,
        *,
        put_in: Sequence[Replacement] | None,
        answer: str = "",
    ) -> Prepared:
        """Return the question for a text; `put_in` is None at the first step of a route, `answer` the best so far.

        Facts and terms are put in once, at the first step, as the target writes them, and hidden at the next: what is
        read from the source as a person wrote it goes through no second reading.
        """
        source = parse_locale(step.pair.source)
        held = (each.text for each in put_in or () if not each.asked)
        names = (*self.evidence.names, *dict.fromkeys(held))
        plain = text
        lost = self.trade(text, unit, answer) if manner.trade and put_in is None else ()
        if manner.plain and put_in is None:  # jargon is what people write; what an engine made would be misread as some
            kept = [*self._term_spans(text, unit), *((term.start, term.stop) for term in lost), *_places(text, names)]
            plain = self.plain(text, source.language, unit.context, kept)
        taken_off = None
        if manner.plain and put_in is None:
            duties = self.duties(source.language, parse_locale(step.pair.target).language)
            asked = duties.asked(plain, unit.context) if duties else plain
            if duties and asked != plain and not self._begins_with_name(plain, unit, names):
                taken_off = partial(duties.answered, plain, unit.context)
                plain = asked if manner.duties else plain
        found = tuple(put_in or ()) if put_in is not None else self._found(plain, unit, names, manner, answer)
        markers = (step.engine.marker, *step.engine.other_markers)
        marker = markers[min(manner.marker, len(markers) - 1)]
        foreign = foreign_words(*(script_of(parse_locale(language)) for language in step.pair))
        masked = mask(plain, marker, names, () if put_in is not None else found, foreign=foreign)
        return Prepared(question_for(masked, marker, source.language, manner.cut), plain, found, taken_off)

    def _begins_with_name(self, text: str, unit: UnitKey, names: Sequence[str]) -> bool:
        return any(start == 0 for start, _ in (*self._term_spans(text, unit), *_places(text, names)))

    def _term_spans(self, text: str, unit: UnitKey) -> list[Span]:
        return [(term.start, term.stop) for term in self.terms(text, unit.context)]

    def _found(
        self, text: str, unit: UnitKey, names: Sequence[str], manner: Manner, answer: str
    ) -> tuple[Replacement, ...]:
        """Return the terms and names of a text and, where nothing hidden is in the way, its facts; in order."""
        terms = self.terms(text, unit.context) if manner.terms else ()
        if manner.trade:
            lost = (term for term in self.trade(text, unit, answer) if not any(_overlap(term, own) for own in terms))
            terms = tuple(sorted((*terms, *lost)))
        if not manner.named:
            named = (Replacement(*span, text[slice(*span)]) for span in self.names(text))
            terms = tuple(
                sorted((*terms, *(name for name in named if not any(_overlap(name, term) for term in terms))))
            )
        facts = self.facts(text, unit).replacements
        if not facts:
            return terms
        hidden = hidden_spans(text, names)
        free = (
            fact for fact in facts if not any(_overlap(fact, term) for term in terms) and not _cut_into(fact, hidden)
        )
        shown = free if manner.shown else (fact._replace(asked="") for fact in free)
        return tuple(sorted((*terms, *shown)))


NO_PREPARATION = Preparation()


def _places(text: str, names: Sequence[str]) -> list[Span]:
    return [match.span() for name in names if name in text for match in name_pattern(name).finditer(text)]


def _overlap(one: Replacement, other: Replacement) -> bool:
    return one.start < other.stop and other.start < one.stop


def _cut_into(fact: Replacement, hidden: Sequence[Span]) -> bool:
    """Tell whether a fact is within a hidden span or ends in one; it may have one inside: "≥ 5 %"."""
    return any(
        start < fact.stop and fact.start < stop and not (fact.start <= start and stop <= fact.stop)
        for start, stop in hidden
    )
