"""Which marks end a sentence in a locale: those of its script, or of its language where that has its own.

>>> from babel import Locale
>>> marks_of(Locale("ar"))["question"], marks_of(Locale("mr"))["statement"], marks_of(Locale("fr"))
('؟', '.', {})
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from babel import Locale

from pipeline.language.knowledge import ANY, knowledge
from pipeline.model.locale import script_of

# What opens a question or an exclamation in the languages that mark both ends (Ortografía of the RAE, 3.4.9).
OPENING: Final = {"?": "¿", "!": "¡"}


@cache
def marks_of(locale: Locale) -> Mapping[str, str]:
    """Return the marks of a statement, question, exclamation and colon: the first of each is written, all are right.

    What is not named has the plain mark; a statement of "" has none.
    """
    own = {**knowledge(ANY).table("end_marks", script_of(locale)), **knowledge(locale.language).table("end_marks")}
    return {kind: marks for kind, marks in own.items() if isinstance(marks, str)}


@cache
def asks_for_marks(locale: Locale) -> bool:
    """Tell whether sentences end with a mark in the script of a locale."""
    return script_of(locale) not in knowledge(ANY).listed("end_marks", "unasked")


@cache
def opens_questions(language: str) -> bool:
    """Tell whether a language marks the beginning of a question or an exclamation too."""
    return bool(knowledge(language).table("end_marks").get("opened"))
