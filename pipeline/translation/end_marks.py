"""What ends a sentence in each script, and how the mark of a source becomes that of its target."""

import re
from enum import Enum

from babel import Locale

from pipeline.language.end_marks import OPENING, marks_of, opens_questions


class EndMark(Enum):
    """How a segment ends; NONE is an item or a heading that has no mark."""

    NONE = ""
    STATEMENT = "."
    QUESTION = "?"
    EXCLAMATION = "!"
    OTHER = ":"


# Unicode property Sentence_Terminal, as far as job postings write it.
_KINDS = {
    **dict.fromkeys(".。．।۔።։។", EndMark.STATEMENT),
    **dict.fromkeys("?？؟՞፧", EndMark.QUESTION),
    **dict.fromkeys("!！", EndMark.EXCLAMATION),
    **dict.fromkeys(":：;；,、…،؛—–-/&+", EndMark.OTHER),
}
# The last two are what pseudo-translation puts behind a text.
_CLOSING = "\"'”’»)]）」』】* \u00a0\u202f~⟧"
_SENTENCES = re.compile(r"(?<=[.!?…]\s)(?=\S)")
_MIDWAY = re.compile(r"[:;]\s")
_ABBREVIATED = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_]\.\Z|\b(?:etc|bzw|usw|ca|cf|Inc|Ltd|Ltda|Co|Cia|Dra?|Jr|Sra?|Srta|Uds?|approx)\.\Z"
)
# No abbreviation is longer.
_LOOK_BACK_CHARS = 20


def end_mark(text: str) -> EndMark:
    """Tell how a text ends, closing quotes and brackets aside.

    >>> end_mark("Ready?"), end_mark("(ready.)"), end_mark("ready")
    (<EndMark.QUESTION: '?'>, <EndMark.STATEMENT: '.'>, <EndMark.NONE: ''>)
    """
    return _KINDS.get(text.rstrip(_CLOSING)[-1:], EndMark.NONE)


def mark_for(mark: EndMark, locale: Locale) -> str:
    """Return the sign by which a locale writes a mark.

    >>> mark_for(EndMark.QUESTION, Locale("ar")), mark_for(EndMark.STATEMENT, Locale("fr"))
    ('؟', '.')
    """
    return marks_of(locale).get(mark.name.lower(), mark.value)[:1]


def with_end_mark(target: str, wanted: EndMark, locale: Locale) -> str:
    """Return a target that ends as its source does, in the sign of its locale.

    A full stop that an engine added to an item is taken off, a mark that it lost is put on, and one of another script
    is exchanged. A target that ends otherwise, say with a question for a statement, stays for the checks to see.

    >>> with_end_mark("Condições de trabalho.", EndMark.NONE, Locale("pt"))
    'Condições de trabalho'
    >>> with_end_mark("応募してください.", EndMark.STATEMENT, Locale("ja"))
    '応募してください。'
    """
    found = end_mark(target)
    body = target.rstrip(_CLOSING)
    closing = target[len(body) :]
    if wanted is EndMark.NONE:
        added = found is EndMark.STATEMENT and not _is_abbreviated(body) and not body.endswith("..")
        return body[:-1] + closing if added else target
    if wanted is EndMark.OTHER:
        return target
    if found is wanted:
        return target if _ends_otherwise(body) else body[:-1] + mark_for(wanted, locale) + closing
    if found is EndMark.NONE and body and not closing.strip("*) "):
        return target.rstrip() + mark_for(wanted, locale)
    return target


def with_opening_mark(target: str, locale: Locale) -> str:
    """Return questions and exclamations with the mark that opens them, where the locale writes one.

    A sentence with an opening mark, or with a colon before what may be the question, is left to its reviewer.

    >>> with_opening_mark("Buscas trabajo? Te esperamos. Ven hoy!", Locale("es"))
    '¿Buscas trabajo? Te esperamos. ¡Ven hoy!'
    """
    if not opens_questions(locale.language):
        return target
    return "".join(map(_opened, _whole_sentences(target)))


def _whole_sentences(text: str) -> list[str]:
    """Cut a text behind the marks of its sentences, not behind an abbreviation."""
    sentences: list[list[str]] = [[]]
    before = ""
    for piece in _SENTENCES.split(text):
        if _is_abbreviated(before.rstrip()):
            sentences[-1].append(piece)
        else:
            sentences.append([piece])
        before = (before + piece)[-2 * _LOOK_BACK_CHARS :]
    return list(map("".join, sentences))


def _is_abbreviated(text: str) -> bool:
    """Tell whether a text ends in the full stop of an abbreviation."""
    return _ABBREVIATED.search(text[-_LOOK_BACK_CHARS:]) is not None


def _opened(sentence: str) -> str:
    opening = OPENING.get(end_mark(sentence).value)
    if opening is None or set(sentence) & {"¿", "¡"} or _MIDWAY.search(sentence):
        return sentence
    start = len(sentence) - len(sentence.lstrip("\"'“‘«(["))
    return sentence[:start] + opening + sentence[start:]


def _ends_otherwise(body: str) -> bool:
    """Tell whether the last sign is part of more: of an abbreviation, or of several marks."""
    return _is_abbreviated(body) or body[-2:-1] in _KINDS
