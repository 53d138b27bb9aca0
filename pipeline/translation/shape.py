"""What is taken off a segment before an engine sees it, and put back on its target: bullets, case, end mark, signs."""

import re
from dataclasses import dataclass

from babel import Locale

from pipeline.language.letters import writes_capital_nouns
from pipeline.language.regional_words import reworded
from pipeline.language.spans import protected_spans
from pipeline.translation.end_marks import EndMark, end_mark, with_end_mark, with_opening_mark
from pipeline.translation.lettering import (
    Evidence,
    Lettering,
    in_sentence_case,
    lettering_of,
    outside_spans,
    with_lettering,
)
from pipeline.translation.plain_signs import with_plain_signs, with_typographic_signs

# A bullet or a number that counts, each with the space behind it: engines eat it or count on.
_BEFORE = re.compile(
    r"(?:\s*(?:[•‣◦▪▫●○■□►▸➢➤✓✔✗✘★☆→⇒·∙*–—-]|(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|\((?:\d{1,2}|[a-z])\))(?=\s))*\s*"
)
_WIDE_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_AFTER = re.compile(r"\s*\Z")
# The first letter, behind the tags that a text begins with.
_FIRST = re.compile(r"(?:<[^<>]*>|[\"'“‘«(\[])*([^\W\d_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The outside of a segment: `before` and `after` come back as they were, lettering and mark by the locale.

    `capital` tells that it starts with a capital letter, `wide_gaps` that spaces stand side by side in it. `written` is
    the text between, whose typographic signs an engine does not see.
    """

    before: str
    after: str
    lettering: Lettering
    mark: EndMark
    capital: bool = False
    wide_gaps: bool = False
    names: tuple[str, ...] = ()
    written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A segment as an engine is to see it, and its shape."""

    text: str
    shape: Shape


def take_shape(source: str, evidence: Evidence) -> Shaped:
    """Take the outside off a segment; what is left is one line in running text.

    >>> take_shape("• SENIOR NURSE ", Evidence(language="en")).text
    'Senior nurse'
    """
    before = _BEFORE.match(source)
    start = before.end() if before else 0
    if not any(map(str.isalnum, source[start:])):
        start = len(source) - len(source.lstrip())  # all of it is a bullet, so none of it is
    after = _AFTER.search(source, start)
    stop = after.start() if after else len(source)
    core = source[start:stop]
    lettering = lettering_of(core, evidence)
    shape = Shape(
        before=source[:start],
        after=source[stop:],
        lettering=lettering,
        mark=end_mark(core),
        capital=(first := _FIRST.match(core)) is not None and first[1].isupper(),
        wide_gaps=_WIDE_GAP.search(core) is not None,
        names=evidence.names,
        written=core,
    )
    return Shaped(text=with_plain_signs(in_sentence_case(core, lettering, evidence)), shape=shape)


def give_shape(target: str, shape: Shape, locale: Locale) -> str:
    """Return what an engine made with the outside of its source, in the convention of the target's locale.

    >>> shape = take_shape("2) BERLIN OFFICE", Evidence(language="en")).shape
    >>> give_shape("Bureau de Berlin.", shape, Locale("fr"))
    '2) BUREAU DE BERLIN'
    """
    core = target.strip()
    if not core:
        return ""
    if not shape.wide_gaps:
        core = _WIDE_GAP.sub(" ", core)  # what is left where an engine dropped a pronoun
    core = outside_spans(core, shape.names, lambda part: reworded(part, str(locale)))
    core = with_typographic_signs(core, shape.written, locale)
    marked = with_opening_mark(with_end_mark(core, shape.mark, locale), locale)
    first = _FIRST.match(marked)
    if shape.capital and first and first[1].islower() and not _is_within(first.start(1), marked, shape.names):
        marked = marked[: first.start(1)] + first[1].upper() + marked[first.end(1) :]  # as a dictionary writes it
    return shape.before + with_lettering(marked, shape.lettering, locale, shape.names) + shape.after


def _is_within(place: int, text: str, names: tuple[str, ...]) -> bool:
    return any(start <= place < stop for start, stop in protected_spans(text, names))


def fit_part(target: str, part: str, locale: Locale) -> str:
    """Return the target of a part of a sentence as it goes between the others: without the marks of a whole one.

    >>> fit_part("E escreva para.", "and write to", Locale("pt"))
    'e escreva para'
    """
    core = with_end_mark(target.strip(), EndMark.NONE, locale)
    capital = (
        core[:1].isupper()
        and not core[1:2].isupper()
        and part[:1].islower()
        and not writes_capital_nouns(locale.language)
    )
    return core[0].lower() + core[1:] if capital else core
