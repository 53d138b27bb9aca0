"""Beside a unit that is to be reviewed stands what people made of the most similar sources, in lines that are read.

A line says how alike the sources are, what has to be taken from the neighbour's and added to it to get this one, and
the neighbour's target:

    #. neighbour: 69 Ph.D. in [-Statistics-]{+Physics+} → Doctorat en statistiques

It is written once, when the unit is made or its source edited, and goes when the unit is reviewed.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from pipeline.catalog.past_units import Match, PastUnits
from pipeline.language.scripts import UNSPACED, letters_of
from pipeline.model.patterns import lazy_pattern
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState

# What a line shows of a source with its changes, of each change, of what stays the same in a row, and of a target.
_SOURCE_CHARS, _CHANGE_CHARS, _SAME_CHARS, _TARGET_CHARS = 400, 120, 100, 400
_CUT = "…"
_ARROW = " → "
_UNSPACED = letters_of(*UNSPACED)
_SIGNS = r".,;:!?()\[\]{}\"“”„«»…。、，"
_WORD = lazy_pattern(rf"\s+|[{_UNSPACED}]|[{_SIGNS}]|[^\s{_UNSPACED}{_SIGNS}]+")
# What ends a line for some reader, and what turns the direction of writing beyond where it stands.
_NO_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdd7\ufeff]+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATE, _END = "\u2068", "\u2069"


def note_neighbours(
    before: Collection[UnitKey], units: Sequence[Unit], past: Callable[[], PastUnits]
) -> tuple[Unit, ...]:
    """Return the units, with neighbours those that are to be reviewed and were not there `before`.

    Only where there are such units the `past` ones are asked for.
    """
    new = [unit for unit in units if unit.key not in before and unit.moved_from is None and wants_neighbours(unit)]
    if not new:
        return tuple(units)
    found = zip(new, past().nearest([unit.key.source for unit in new]), strict=True)
    noted = {unit.key: tuple(describe(unit, near)) for unit, near in found}
    return tuple(
        unit if (lines := noted.get(unit.key, unit.neighbours)) == unit.neighbours else replace(unit, neighbours=lines)
        for unit in units
    )


def wants_neighbours(unit: Unit) -> bool:
    """Tell whether somebody is still to review or translate a unit."""
    return unit.state in {UnitState.NEEDS_REVIEW, UnitState.UNTRANSLATED}


def describe(unit: Unit, matches: Sequence[Match]) -> Iterator[str]:
    """Yield the line of each neighbour, but for the unit's own source of before, which stands there with its target."""
    before = unit.previous.source if unit.previous else None
    for match in matches:
        if (match.unit.source, match.unit.target) != (before, unit.target):
            yield neighbour_line(unit.key.source, match)


def neighbour_line(source: str, match: Match) -> str:
    r"""Describe a neighbour of a source in one line.

    >>> from pipeline.catalog.past_units import PastUnit
    >>> neighbour_line("three years", Match(76.9, PastUnit("", "two years", "deux\nans")))
    '76 [-two-]{+three+} years → deux ans'
    """
    changes, target = (
        word_diff(_plain(match.unit.source), _plain(source)),
        _shown(_plain(match.unit.target), _TARGET_CHARS),
    )
    if any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in changes + target):
        changes, target = f"{_ISOLATE}{changes}{_END}", f"{_ISOLATE}{target}{_END}"
    return f"{int(match.score)} {changes}{_ARROW}{target}".strip()


def word_diff(before: str, after: str) -> str:
    """Say how one text becomes another: `[-what goes-]{+what comes+}`; of what stays long, the ends.

    >>> word_diff("Experience with SQL.", "Experience with Java and SQL.")
    'Experience with {+Java and +}SQL.'
    """
    old, new = _words(before), _words(after)
    shown = ""
    for same, (start, stop), (first, last) in _runs(old, new):
        if len(shown) > _SOURCE_CHARS:
            return shown + _CUT
        gone, come = "".join(old[start:stop]), "".join(new[first:last])
        if same:
            shown += _ends(gone)
        else:
            shown += f"[-{_shown(gone, _CHANGE_CHARS)}-]" if gone else ""
            shown += f"{{+{_shown(come, _CHANGE_CHARS)}+}}" if come else ""
    return shown


_Span = tuple[int, int]


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, _Span, _Span]]:
    """Yield what is the same and what is not, in turn; a space between two changes belongs to them."""
    runs: list[tuple[bool, _Span, _Span]] = []
    for step in Indel.opcodes(old, new):
        spans = (step.src_start, step.src_end), (step.dest_start, step.dest_end)
        same = step.tag == "equal"
        if not same and len(runs) > 1 and runs[-1][0] and not "".join(old[slice(*runs[-1][1])]).strip():
            runs.pop()
        if runs and not same and not runs[-1][0]:
            _, (start, _), (first, _) = runs.pop()
            spans = (start, step.src_end), (first, step.dest_end)
        runs.append((same, *spans))
    yield from runs


def _words(text: str) -> list[str]:
    """Cut a text into words, signs and gaps; where words have no gaps, into letters, each with its marks."""
    words: list[str] = []
    for word in _WORD.findall(text):
        if words and unicodedata.category(word[0]).startswith("M"):
            words[-1] += word
        else:
            words.append(word)
    return words


def _ends(text: str) -> str:
    """Return the beginning and the end of what stays the same, if it is long."""
    half = _SAME_CHARS // 2
    return text if len(text) <= _SAME_CHARS else f"{text[:half].rstrip()} {_CUT} {text[-half:].lstrip()}"


def _shown(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + _CUT


def _plain(text: str) -> str:
    return _TURNS.sub("", _NO_LINE.sub(" ", text)).strip()
