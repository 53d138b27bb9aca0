"""What must come out of an engine as it went in: found in the source, hidden behind markers, put back after.

A marker that an engine lost, doubled or invented is an error and never repaired by guess.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.language.formulas import formula_spans
from pipeline.language.letter_names import LETTER_NAME
from pipeline.language.spans import protected_spans
from pipeline.model.markup import split_markup


class MarkerError(ValueError):
    """An engine dropped, repeated or invented a marker."""

    def __init__(self, seen: list[int], expected: int) -> None:
        self.seen = seen
        super().__init__(f"markers {seen} came back of {expected}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """The stand-in that an engine lets through; `form` holds one `{}` for the number.

    `for_letters` tells that it stands for names of one letter too: rules and dictionaries take them for words. Neural
    models leave them as they are, and lose the noun they stand at if they do not see them.
    """

    form: str
    for_letters: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds the marker again, also where an engine put it in small letters."""
        before, after = map(re.escape, self.form.split("{}"))
        # Six digits at most: an engine that loops must not make a number that cannot be read.
        return re.compile(f"{before}(\\d{{1,6}}){after}", re.IGNORECASE)

    @property
    def characters(self) -> re.Pattern[str]:
        """What a marker consists of; beside one, such a character would be read as part of it."""
        return re.compile(f"[{re.escape(self.form.replace('{}', ''))}\\d]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A protected span; where its marker would run together with what it touches, a space sets it off."""

    text: str
    space_before: bool = False
    space_after: bool = False


class Replacement(NamedTuple):
    """A span of a segment and the text that comes back in its place.

    One with `asked` is not hidden: the engine sees that form of it, and gives it back in its own words, as `answered`
    where it is known how.
    """

    start: int
    stop: int
    text: str
    asked: str = ""
    answered: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A segment with its protected spans behind markers."""

    text: str
    originals: tuple[Hidden, ...]


def mask(
    text: str,
    marker: Marker,
    names: Iterable[str] = (),
    terms: Sequence[Replacement] = (),
    *,
    foreign: re.Pattern[str] | None = None,
) -> Masked:
    """Hide every protected span of `text`, and what only looks like a marker, behind numbered markers.

    Behind the span of a term its wording is hidden in place of the span itself, or the engine sees another form of it;
    `terms` are in order. `foreign` finds
    the words of scripts that neither language writes: models never saw their letters and drop them.

    >>> mask("Write to jobs@example.org", Marker(form="Q{}Q")).text
    'Write to Q0Q'
    >>> mask("Use <b>Go or Zig</b>.", Marker(form="Q{}Q")).text
    'Use Q0Q Go or Zig Q1Q.'
    """
    pieces: list[str] = []
    originals: list[Hidden] = []
    end = 0
    lookalikes = (match.span() for match in marker.pattern.finditer(text))
    replaced = ((term.start, term.stop) for term in terms if not term.asked)
    others = (match.span() for match in foreign.finditer(text)) if foreign and not text.isascii() else ()
    letters = _between_tags(text, LETTER_NAME) if marker.for_letters else ()
    for start, stop in _joined((*_spans(text, tuple(names)), *lookalikes, *replaced, *others, *letters)):
        hidden = _hidden(text, start, stop, marker, terms)
        stand_in = marker.form.format(len(originals))
        pieces += [_shown(text, end, start, terms), " " * hidden.space_before, stand_in, " " * hidden.space_after]
        originals.append(hidden)
        end = stop
    return Masked(text="".join((*pieces, _shown(text, end, len(text), terms))), originals=tuple(originals))


def hidden_spans(text: str, names: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Return what of a text no engine sees whatever its marker: tags, addresses, names and the like, in order.

    >>> hidden_spans("Write to <b>Acme</b> now", ("Acme",))
    [(9, 20)]
    """
    return _joined(_spans(text, tuple(names)))


def unmask(translated: str, originals: Sequence[Hidden], marker: Marker) -> str:
    """Put the originals back, without the spaces that set them off.

    Raises MarkerError if the engine dropped, repeated or invented a marker or a part of one ("Q0QQ"), or set tags so
    that they do not pair up.
    """
    seen = _numbers(translated, marker)
    if sorted(seen) != list(range(len(originals))):
        raise MarkerError(seen, len(originals))
    pieces = marker.pattern.split(translated)
    for number in range(1, len(pieces), 2):
        hidden = originals[int(pieces[number])]
        if _touches(pieces[number - 1][-1:], pieces[number + 1][:1], marker):
            raise MarkerError(seen, len(originals))
        if hidden.space_before:
            pieces[number - 1] = pieces[number - 1].removesuffix(" ")
        if hidden.space_after:
            pieces[number + 1] = pieces[number + 1].removeprefix(" ")
        pieces[number] = hidden.text
    restored = "".join(pieces)
    if _count_tags(restored) < _count_tags("".join(hidden.text for hidden in originals)):
        raise MarkerError(seen, len(originals))  # a tag that closes before it opens
    return restored


def _touches(before: str, after: str, marker: Marker) -> bool:
    """Tell whether a character of a marker stands beside one: `mask` sets those of the text off with a space."""
    return any(char and marker.characters.match(char) for char in (before, after))


def _count_tags(text: str) -> int:
    return len(split_markup(text)) // 2


def _numbers(text: str, marker: Marker) -> list[int]:
    return [int(number) for number in marker.pattern.findall(text)]


def _spans(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the tags of a segment, the protected spans between them, and the formulas that go over tags."""
    yield from formula_spans(text)
    position, code = 0, -1
    for number, part in enumerate(split_markup(text)):
        if number % 2:
            yield position, position + len(part)
        else:
            yield from ((position + start, position + stop) for start, stop in protected_spans(part, names))
        if part == "<code>" and number % 2:
            code = position
        position += len(part)
        if part == "</code>" and number % 2:
            yield code, position  # what a machine reads is no language


def _between_tags(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    position = 0
    for number, part in enumerate(split_markup(text)):
        if number % 2 == 0:
            yield from ((position + match.start(), position + match.end()) for match in pattern.finditer(part))
        position += len(part)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that touch or overlap: a bold name is one thing to hide."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if joined and joined[-1][1] >= start:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _hidden(text: str, start: int, stop: int, marker: Marker, terms: Iterable[Replacement]) -> Hidden:
    """Note where a tag touches a word, or anything a character of a marker: they would be taken for one."""
    before, after = text[max(start - 1, 0) : start], text[stop : stop + 1]
    return Hidden(
        text=_reworded(text, start, stop, terms),
        space_before=(text[stop - 1] == ">" and before.isalnum()) or bool(marker.characters.match(before)),
        space_after=(text[start] == "<" and after.isalnum()) or bool(marker.characters.match(after)),
    )


def _shown(text: str, start: int, stop: int, terms: Iterable[Replacement]) -> str:
    """Return a part of a text with what the engine is to see in another form."""
    pieces: list[str] = []
    for term in terms:
        if term.asked and start <= term.start and term.stop <= stop:
            pieces += [text[start : term.start], term.asked]
            start = term.stop
    return "".join((*pieces, text[start:stop]))


def _reworded(text: str, start: int, stop: int, terms: Iterable[Replacement]) -> str:
    """Return a span with the terms in it replaced."""
    pieces: list[str] = []
    for term in terms:
        if start <= term.start < stop:
            pieces += [text[start : term.start], term.text]
            start = term.stop
    return "".join((*pieces, text[start:stop]))
