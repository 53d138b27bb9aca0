"""The colours of a site: how well one is read on another, and all that pages need, made of three that an owner names.

>>> f"{contrast('#767676', '#ffffff'):.2f}"
'4.54'
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# What text needs to be read by people with low vision, and what the edge of a field needs to be seen: WCAG 2.2, success
# criteria 1.4.3 and 1.4.11.
TEXT_CONTRAST = 4.5
EDGE_CONTRAST = 3.0
_COLOUR = re.compile("#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)
_WHITE, _BLACK = "#ffffff", "#000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of every page in a light or a dark surrounding, by the names that the style sheet gives them."""

    paper: str
    sheet: str
    ink: str
    quiet: str
    line: str
    edge: str
    accent: str
    accent_strong: str
    on_accent: str
    tint: str


# What pages/static/style.css holds; `site.css` overrides it.
LIGHT = Palette(
    paper="#faf9f6",
    sheet="#ffffff",
    ink="#1c2226",
    quiet="#56616a",
    line="#e0dfd9",
    edge="#7d868d",
    accent="#0b5a7a",
    accent_strong="#084760",
    on_accent="#ffffff",
    tint="#e6f0f4",
)
DARK = Palette(
    paper="#12161a",
    sheet="#1a2026",
    ink="#e6eaed",
    quiet="#a3afb8",
    line="#2c343b",
    edge="#76828c",
    accent="#7cc7e8",
    accent_strong="#a5daf2",
    on_accent="#0c1a21",
    tint="#1e2f38",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnColours:
    """The three colours that an owner may name; "" where it is left as it is."""

    accent: str = ""
    background: str = ""
    text: str = ""


def parse_colour(text: str) -> str:
    """Return a colour with six digits, "" for what is none.

    >>> parse_colour("#0AF"), parse_colour("blue")
    ('#00aaff', '')
    """
    if not _COLOUR.fullmatch(text):
        return ""
    digits = text[1:].lower()
    return f"#{digits if len(digits) == len('rrggbb') else ''.join(digit * 2 for digit in digits)}"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it: from 1, equal, to 21, black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, backgrounds: Iterable[str]) -> float:
    """Return the contrast of a colour with that of the backgrounds that it is read worst on."""
    return min(contrast(colour, background) for background in backgrounds)


def readable_near(colour: str, backgrounds: tuple[str, ...]) -> str:
    """Return the colour itself if text in it can be read on all of these, else the nearest shade of it that can.

    >>> readable_near("#0b5a7a", ("#ffffff",)), readable_near("#7cc7e8", ("#ffffff",))
    ('#0b5a7a', '#4a778b')
    """
    steps = ((part / 20, extreme) for part in range(21) for extreme in (_BLACK, _WHITE))
    shades = (_mixed(colour, extreme, part) for part, extreme in steps)
    return next((shade for shade in shades if least_contrast(shade, backgrounds) >= TEXT_CONTRAST), _BLACK)


def make_palette(usual: Palette, own: OwnColours) -> Palette:
    """Make all colours of the owner's three; what is made never has less contrast than what they have themselves.

    Where an owner names an accent alone, the rest is the usual one.
    """
    if own == OwnColours():
        return usual
    accent = own.accent or usual.accent
    page = _with_background(usual, own.background or usual.paper, own.text or usual.ink)
    on_accent = _WHITE if _luminance(page.paper) > _luminance(accent) else _BLACK
    strong = _mixed(accent, _BLACK if on_accent == _WHITE else _WHITE, 0.25)
    tint = _strongest(lambda part: _mixed(page.sheet, accent, part), (0.12, 0.08, 0.04), (accent, page.ink, page.quiet))
    return Palette(
        paper=page.paper,
        sheet=page.sheet,
        ink=page.ink,
        quiet=page.quiet,
        line=page.line,
        edge=page.edge,
        accent=accent,
        accent_strong=strong,
        on_accent=on_accent,
        tint=tint or page.sheet,
    )


def _with_background(usual: Palette, paper: str, ink: str) -> Palette:
    if (paper, ink) == (usual.paper, usual.ink):
        return usual
    away = _WHITE if _luminance(paper) > _luminance(ink) else _BLACK
    return Palette(
        paper=paper,
        sheet=_mixed(paper, away, 0.5),
        ink=ink,
        quiet=_strongest(lambda part: _mixed(ink, paper, part), (0.3, 0.2, 0.1), (paper,)) or ink,
        line=_mixed(ink, paper, 0.85),
        edge=_strongest(lambda part: _mixed(ink, paper, part), (0.5, 0.4, 0.3, 0.2), (paper,), EDGE_CONTRAST) or ink,
        accent=usual.accent,
        accent_strong=usual.accent_strong,
        on_accent=usual.on_accent,
        tint=usual.tint,
    )


def _strongest(
    make: Callable[[float], str], parts: Iterable[float], against: tuple[str, ...], wanted: float = TEXT_CONTRAST
) -> str:
    """Return what is made of the first of the parts that has the wanted contrast; "" if none has."""
    return next((made for made in map(make, parts) if least_contrast(made, against) >= wanted), "")


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  of the definition
        for share in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: str, other: str, part: float) -> str:
    """Mix two colours; `part` is how much of the other one comes in."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * part):02x}" for one, two in pairs)


def _channels(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])
