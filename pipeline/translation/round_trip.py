"""Asks the engines again about a target: what it means in the language of its source, and what else it might be.

Both are evidence of its risk. The way back is asked for the target itself. The way there is asked for its source once
more, with a semicolon at its end (a full stop where it has one): an engine that is sure of its words writes the same
ones. Each text is one question, remembered as any other.

Example: of "We bake bread." an engine made "Assamos pão."; asked again, it makes "Assamos pão;" of "We bake bread;",
and "We bake bread." of "Assamos pão.".
"""

from collections.abc import Iterable
from typing import Final

from pipeline.model.locale import parse_locale
from pipeline.model.markup import strip_markup
from pipeline.translation.asking import Asked, Asker, Used
from pipeline.translation.protection import MarkerError, mask
from pipeline.translation.questions import Question, question_for
from pipeline.translation.routes import Route, Step

_END: Final = ".!?:;… "


def with_other_end(source: str) -> str:
    """Return a source as it is asked once more.

    >>> with_other_end("We bake <b>bread</b>.")
    'We bake bread;'
    """
    text = strip_markup(source).strip()
    return text.rstrip(_END) + ("." if text.endswith(";") else ";")


def ask_route(asker: Asker, route: Route, texts: Iterable[str], used: Used | None) -> dict[str, str]:
    """Return what a route makes of texts, in plain text; "" where an answer cannot be read, or is not known.

    Nothing but what is protected anyway is hidden. Without `used` no engine is asked.
    """
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
