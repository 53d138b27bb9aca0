"""Pictures that an owner gives to a site: read, measured, and refused where they could do more than be looked at.

An SVG file is a document that a browser runs when somebody opens its address, so one that holds a script or refers to
anything outside of itself is not published.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat

_MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".ico": "image/x-icon",
}
_PNG = b"\x89PNG\r\n\x1a\n"
_ICO = b"\0\0\1\0"
_SVG = "http://www.w3.org/2000/svg"
_ACTIVE = frozenset({"script", "handler", "listener", "foreignobject", "iframe", "embed", "object", "audio", "video"})
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
# A backslash may write any of these in another way.
_OUTSIDE = re.compile(
    r"@import|\\|image-set\(|url\(\s*+['\"]?+\s*+(?!#|data:image/(?:png|jpeg|gif|webp))", re.IGNORECASE
)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


class PictureError(ValueError):
    """A picture cannot be published; the text says why and what to do."""


class Size(NamedTuple):
    """Width and height in pixels, 0 where a picture says none."""

    width: int
    height: int


def media_type_of(suffix: str) -> str:
    """Return the media type of a picture by the ending of its name, "" for one that is not known."""
    return _MEDIA_TYPES.get(suffix.lower(), "")


def measure(content: bytes, media_type: str) -> Size:
    """Return the size of a picture.

    Raises PictureError for one that is not what its name says, or could do more than be looked at.
    """
    if media_type == _MEDIA_TYPES[".svg"]:
        return _measure_svg(content)
    if media_type == _MEDIA_TYPES[".png"] and content.startswith(_PNG) and content[12:16] == b"IHDR":
        return Size(int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
    if media_type == _MEDIA_TYPES[".jpg"] and (size := _measure_jpeg(content)):
        return size
    if media_type == _MEDIA_TYPES[".ico"] and content.startswith(_ICO):
        return Size(0, 0)
    raise PictureError("is not the kind of picture that its name says; save it again in that format, or rename it")


def _measure_jpeg(content: bytes) -> Size | None:
    """Find the frame header among the segments of a JPEG file (ITU T.81, annex B)."""
    place = 2 if content.startswith(b"\xff\xd8") else len(content)
    while place + 9 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004  what every marker begins with
        marker = content[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004  SOF, but for DHT, JPG, DAC
            height, width = (int.from_bytes(content[place + start : place + start + 2]) for start in (5, 7))
            return Size(width, height)
        place += 2 + max(2, int.from_bytes(content[place + 2 : place + 4]))
    return None


def _measure_svg(content: bytes) -> Size:
    reader = _SvgReader()
    try:
        return reader.read(content)
    except expat.ExpatError as error:
        raise PictureError(f"is not well-formed SVG ({error}); export it again") from error


class _SvgReader:
    """Goes through an SVG file once and stops at the first thing in it that is more than a drawing."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.EntityDeclHandler = self._entity
        self._root: Size | None = None
        self._style: list[str] | None = None

    def read(self, content: bytes) -> Size:
        """Return the size that the drawing says."""
        self._parser.Parse(content, True)
        return self._root or Size(0, 0)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if self._root is None:
            if (space, element) != (_SVG, "svg"):
                self._refuse(f"begins with <{element}> and not with <svg xmlns={_SVG!r}>", "export it as SVG again")
            self._root = _size_of(attributes)
        if element.lower() in _ACTIVE:
            self._refuse(f"holds <{element}>, which a browser runs")
        if element.lower() == "style":
            self._style = []
        for qualified, value in attributes.items():
            self._look_at(qualified.rpartition(" ")[2].lower(), value)

    def _look_at(self, attribute: str, value: str) -> None:
        if attribute.startswith("on"):
            self._refuse(f"holds {attribute}={value[:40]!r}, which a browser runs")
        if attribute == "attributename" and value.lower().endswith("href"):
            self._refuse("animates a link, which can lead outside of the picture")
        if attribute in {"href", "src"} and not _INSIDE.match(value.strip()):
            self._refuse(f"refers to {value[:80]!r} outside of itself", "embed what it shows")
        self._look_at_style(value)

    def _look_at_style(self, style: str) -> None:
        if found := _OUTSIDE.search(style):
            shown = style[found.start() : found.start() + 60]
            self._refuse(f"has a style that refers outside of itself, {shown!r}", "embed what it shows")

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _end(self, name: str) -> None:
        if self._style is not None and name.rpartition(" ")[2].lower() == "style":
            self._look_at_style("".join(self._style))
            self._style = None

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            self._refuse("refers to a style sheet outside of itself", "embed what it shows")

    def _entity(self, *_declaration: object) -> None:
        self._refuse("declares entities, which can hide anything")

    def _refuse(self, what: str, remedy: str = "take it out") -> None:
        raise PictureError(f"line {self._parser.CurrentLineNumber}: {what}; {remedy}, or export it as PNG")


def _size_of(attributes: Mapping[str, str]) -> Size:
    """Read the size of a drawing from its root: width and height in pixels, else those of its view box."""
    lengths = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    numbers = [float(found[1]) for found in lengths if found]
    box = [
        float(found[1])
        for found in map(_LENGTH.fullmatch, re.split(r"[\s,]+", attributes.get("viewBox", ""))[2:])
        if found
    ]
    width, height = next((each for each in (numbers, box) if len(each) == len(Size._fields)), (0.0, 0.0))
    return Size(round(width), round(height))
