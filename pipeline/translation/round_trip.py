"""Asks the engines again about a target: what it means in the language of its source, and what else it might be.

Both are evidence of its risk. The way back is asked for the target itself. The way there is asked for its source once
more, with a semicolon at its end (a full stop where it has one): an engine that is sure of its words writes the same
ones. Each text is one question, remembered as any other; together they take twice as long as the targets took.

Neither chooses among answers. In 22 sentences that several answers put otherwise, the one that agrees most with the
others was better 6 times and worse 8 times; of 35 pairs with and without plain words, the answer of the lower risk was
better 11 times and worse 24 times.

Example: of "We bake bread." an engine made "Assamos pão."; asked again, it makes "Assamos pão;" of "We bake bread;",
and "We bake bread." of "Assamos pão.".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.model.locale import parse_locale
from pipeline.model.markup import strip_markup
from pipeline.translation.asking import Asked, Asker, Used
from pipeline.translation.protection import MarkerError, mask
from pipeline.translation.questions import Question, question_for
from pipeline.translation.risk import SecondAnswers
from pipeline.translation.routes import Route, Step

_END: Final = ".!?:;… "


class Made(NamedTuple):
    """A target, and the text of which a route made it."""

    asked: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTrip:
    """Asks again on the route by which targets were made and on one that leads back, as far as there are such."""

    asker: Asker
    there: Route | None
    back: Route | None

    def answers(self, made: Iterable[Made], used: Used | None) -> Mapping[Made, SecondAnswers]:
        """Return what is known of each target; without `used` no engine is asked."""
        targets = tuple(dict.fromkeys(made))
        sources = {each.asked: with_other_end(each.asked) for each in targets}
        others = ask_route(self.asker, self.there, sources.values(), used)
        back = ask_route(self.asker, self.back, (each.target for each in targets), used)
        return {each: SecondAnswers(back[each.target], others[sources[each.asked]]) for each in targets}


def with_other_end(source: str) -> str:
    """Return a source as it is asked once more.

    >>> with_other_end("We bake <b>bread</b>.")
    'We bake bread;'
    """
    text = strip_markup(source).strip()
    return text.rstrip(_END) + ("." if text.endswith(";") else ";")


def ask_route(asker: Asker, route: Route | None, texts: Iterable[str], used: Used | None) -> dict[str, str]:
    """Return what a route makes of texts, in plain text; "" where an answer cannot be read, or is not known.

    Nothing but what is protected anyway is hidden. Without `used` no engine is asked, nor is one for show.
    """
    if route is None or route.for_show:
        return dict.fromkeys(texts, "")
    made = {text: strip_markup(text) for text in texts}
    for step in route.steps:
        answers = _answers(asker, step, made.values(), used)
        made = {text: answers[asked] for text, asked in made.items()}
    return made


def _answers(asker: Asker, step: Step, texts: Iterable[str], used: Used | None) -> dict[str, str]:
    marker, language = step.engine.marker, parse_locale(step.pair.source).language
    questions = {text: question_for(mask(text, marker), marker, language) for text in dict.fromkeys(texts) if text}
    asked = Asked(step)
    wanted = {piece: None for question in questions.values() if question for piece in question.asked}
    missing = asker.unanswered(asked, wanted)
    if missing and used is not None:
        asker.ask(asked, missing, used)
    known, locale = asker.answers(asked), parse_locale(step.pair.target)

    def read(question: Question | None) -> str:
        if question is None or any(piece not in known for piece in question.asked):
            return ""
        try:
            return question.target(known, locale)
        except MarkerError:
            return ""

    return {"": ""} | {text: read(question) for text, question in questions.items()}
