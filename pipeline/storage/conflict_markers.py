"""The conflict markers that git leaves in a file, and the versions of the file that stand between them.

    1 <<<<<<< HEAD
    2 #. engine: argos 1.9 en→fr 3f2a9c1b
    3 ||||||| 5d2f1e0
    4 #. engine: argos 1.8 en→fr 8a1b2c3d
    5 =======
    6 #, fuzzy
    7 >>>>>>> ci

The styles of git differ in the part behind `|||||||`: merge leaves it out; zdiff3 takes lines that begin or end both
sides out of the conflict.
"""

import re
from pathlib import Path
from typing import NamedTuple

_MARKER = re.compile(r"^(<{7,}|\|{7,}|={7,}|>{7,})(?: [^\r\n]*)?\r?$", re.MULTILINE)
_OURS, _BASE, _THEIRS, _END = "<|=>"
_FOLLOWING = {_END: _OURS, _OURS: _BASE + _THEIRS, _BASE: _THEIRS, _THEIRS: _END}
_NAMED = 3
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Region(NamedTuple):
    """The lines of a conflict, from its first marker to its last."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


class Sides(NamedTuple):
    """The versions of a file that has markers; `base` is None where the markers do not tell it."""

    base: str | None
    ours: str
    theirs: str


def find_regions(text: str) -> tuple[Region, ...]:
    r"""Return where conflicts stand; a marker without the others of its conflict is one by itself.

    >>> find_regions("a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\nd\n")
    (Region(first=2, last=6),)
    """
    regions: list[Region] = []
    first, line, counted = 0, 1, 0
    for marker in _MARKER.finditer(text):
        line, counted = line + text.count("\n", counted, marker.start()), marker.start()
        kind = marker[1][0]
        if kind == _OURS and not first:
            first = line
        elif kind == _END or not first:
            regions.append(Region(first or line, line))
            first = 0
    return (*regions, Region(first, first)) if first else tuple(regions)


def describe_regions(regions: tuple[Region, ...]) -> str:
    """Say where an unfinished merge stands.

    >>> describe_regions((Region(27, 31), Region(40, 44)))
    'unfinished merge, lines 27-31 and 40-44'
    """
    *others, last = map(str, regions[:_NAMED])
    more = f" and {len(regions) - _NAMED} more" if len(regions) > _NAMED else ""
    return f"unfinished merge, lines {', '.join(others)}{' and ' if others else ''}{last}{more}"


def split_sides(text: str) -> Sides | None:
    r"""Return the versions of a file; None if its markers are not whole.

    >>> split_sides("a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\nd\n")
    Sides(base=None, ours='a\nb\nd\n', theirs='a\nc\nd\n')
    """
    parts: dict[str, list[str]] = {_OURS: [], _BASE: [], _THEIRS: []}
    state, size, based = _END, 0, True
    for line in _LINE.findall(text):
        marker = _MARKER.match(line)
        if marker and (state == _END or len(marker[1]) == size):  # longer ones stand in the base of a criss-cross merge
            kind = marker[1][0]
            if kind not in _FOLLOWING[state]:
                return None
            based = based and (state, kind) != (_OURS, _THEIRS)
            state, size = kind, len(marker[1])
        else:
            for kind in parts if state == _END else (state,):
                parts[kind].append(line)
    if state != _END:
        return None
    ours, base, theirs = ("".join(parts[kind]) for kind in (_OURS, _BASE, _THEIRS))
    return Sides(base if based else None, ours, theirs)


def tell_unfinished(text: str, path: Path) -> tuple[int, str] | None:
    """Return at which line a merge is unfinished, where all are, and what to type; None if there is none."""
    regions = find_regions(text)
    if not regions:
        return None
    return regions[0].first, f"{describe_regions(regions)}; `polypost catalogs resolve {path}` mends it"
