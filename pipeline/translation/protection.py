"""What must come out of an engine as it went in: found in the source, hidden behind markers, put back after.

A marker that an engine lost, doubled or invented is an error and never repaired by guess.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.markup import split_markup
from pipeline.model.spans import protected_spans


class MarkerError(ValueError):
    """An engine dropped, repeated or invented a marker."""

    def __init__(self, seen: list[int], expected: int) -> None:
        self.seen = seen
        super().__init__(f"markers {seen} came back of {expected}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """The stand-in that an engine lets through; `form` holds one `{}` for the number."""

    form: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds the marker again, also where an engine put it in small letters."""
        before, after = map(re.escape, self.form.split("{}"))
        return re.compile(f"{before}(\\d+){after}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A segment with its protected spans behind markers."""

    text: str
    originals: tuple[str, ...]


def mask(text: str, marker: Marker, names: Iterable[str] = ()) -> Masked:
    """Hide every protected span of `text`, and what only looks like a marker, behind numbered markers.

    >>> mask("Write to jobs@example.org", Marker(form="Q{}Q"))
    Masked(text='Write to Q0Q', originals=('jobs@example.org',))
    """
    originals: list[str] = []
    pieces: list[str] = []

    def hide(original: str) -> str:
        originals.append(original)
        return marker.form.format(len(originals) - 1)

    for number, part in enumerate(split_markup(text)):
        if number % 2:
            pieces.append(hide(part))
            continue
        end = 0
        for start, stop in protected_spans(part, (*names, *(match[0] for match in marker.pattern.finditer(part)))):
            pieces += [part[end:start], hide(part[start:stop])]
            end = stop
        pieces.append(part[end:])
    return Masked(text="".join(pieces), originals=tuple(originals))


def unmask(translated: str, originals: tuple[str, ...], marker: Marker) -> str:
    """Put the originals back.

    Raises MarkerError if the engine dropped, repeated or invented a marker.
    """
    seen = [int(number) for number in marker.pattern.findall(translated)]
    if sorted(seen) != list(range(len(originals))):
        raise MarkerError(seen, len(originals))
    return marker.pattern.sub(lambda match: originals[int(match[1])], translated)
