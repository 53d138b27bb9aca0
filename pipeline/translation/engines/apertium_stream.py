r"""Apertium's stream format: segments go through one process and come out apart, in order and whole, or not at all.

Every segment travels as `[number]text[].[]` and a NUL. At a NUL each program of a pipeline ends its sentence, so
words of two segments never meet; the number in a superblank, which no program touches, proves which segment a piece
belongs to; the full stop between superblanks ends the sentence as the `txt` format of Apertium does. Without it
`lrx-proc` swallows NULs, and the pieces behind move up by one.
"""

import re
from collections.abc import Sequence

# Escaped, these come out as they went in; the others that the format knows would be dropped, cut the word behind them
# off or look like a mark, so they travel as private characters, which every program takes for punctuation.
_ESCAPED = "\\^$/[]{}<>@"
_DISGUISED = "*#~_\0"
_PRIVATE = 0xE000
_ENCODING = str.maketrans(
    {char: "\\" + char for char in _ESCAPED} | {char: chr(_PRIVATE + ord(char)) for char in _DISGUISED}
)
_DECODING = str.maketrans({chr(_PRIVATE + ord(char)): char for char in _DISGUISED})
_PRIVATE_CHARACTERS = re.compile("[" + "".join(map(chr, _DECODING)) + "]")
_END = "[].[]"
_PIECE = re.compile(r"\[(\d+)\](.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPED = re.compile(r"[\[\]^$\\]")

# What Apertium puts before a word: * it does not know it, @ the pair does not translate it, # it has no such form.
MARKS = "*@#"


class StreamError(ValueError):
    """What came out is not one piece for each segment, in order."""


def encode_segments(segments: Sequence[str]) -> str:
    r"""Return the stream of the segments.

    >>> encode_segments(["Hola [mundo]", "* 3 años"])
    '[0]Hola \\[mundo\\][].[]\x00[1]\ue02a 3 años[].[]\x00'
    """
    return "".join(f"[{number}]{segment.translate(_ENCODING)}{_END}\0" for number, segment in enumerate(segments))


def decode_segments(stream: str, segments: Sequence[str]) -> list[str]:
    r"""Return what came out for each segment, with the marks of unknown words; "" where part of it was lost.

    Behind the last piece each program leaves a NUL of its own. Raises StreamError if a piece is missing, cut off or not
    where it belongs.

    >>> decode_segments("[0]Olá \\[*mundo\\][].[]\x00\x00\x00", ["Hola [mundo]"])
    ['Olá [*mundo]']
    """
    pieces = stream.split("\0")
    if any(pieces[len(segments) :]):
        raise StreamError(f"text came out behind the last of {len(segments)} segments")
    targets = []
    for number, segment in enumerate(segments):
        found = _PIECE.fullmatch(pieces[number]) if number < len(pieces) - 1 else None
        if found is None or int(found[1]) != number:
            raise StreamError(f"segment {number + 1} of {len(segments)} did not come out: {segment[:60]!r}")
        targets.append(_decoded(found[2], segment))
    return targets


def has_marks(source: str, target: str) -> bool:
    """Tell whether the target holds marks; those that the source held as text came out again, one by one.

    >>> has_marks("Python * Java", "*Python * *Java"), has_marks("C# *", "C# *")
    (True, False)
    """
    return any(target.count(mark) > source.count(mark) for mark in MARKS)


def _decoded(piece: str, segment: str) -> str:
    text = piece.removesuffix(_END)
    kept = _privates(text) == _privates(segment.translate(_ENCODING)) and not _privates(segment)
    if text == piece or not kept or _UNESCAPED.search(_ESCAPE.sub("", text)):
        return ""
    return _ESCAPE.sub(r"\1", text).translate(_DECODING)


def _privates(text: str) -> list[str]:
    return sorted(_PRIVATE_CHARACTERS.findall(text))
