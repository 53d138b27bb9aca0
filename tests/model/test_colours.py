"""Colours can be read on each other, or are told to be none that can."""

import re
from dataclasses import asdict
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.colours import (
    DARK,
    EDGE_CONTRAST,
    LIGHT,
    TEXT_CONTRAST,
    OwnColours,
    Palette,
    contrast,
    least_contrast,
    make_palette,
    parse_colour,
    readable_near,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
# The examples of the understanding documents and of the contrast checker of WebAIM.
KNOWN = [
    ("#000000", "#ffffff", 21.0),
    ("#777777", "#ffffff", 4.47),
    ("#767676", "#ffffff", 4.54),
    ("#ff0000", "#ffffff", 3.99),
]


@pytest.mark.parametrize(("one", "other", "ratio"), KNOWN)
def test_contrast_is_that_of_the_definition_whichever_colour_is_in_front(one: str, other: str, ratio: float) -> None:
    assert (int(contrast(one, other) * 100) / 100, contrast(one, other)) == (ratio, contrast(other, one))


@pytest.mark.parametrize("text", ["", "#12", "#12345", "#ggg", "red", "0b5a7a", "#0b5a7a "])
def test_what_has_no_three_or_six_digits_is_no_colour(text: str) -> None:
    assert parse_colour(text) == ""


@given(COLOURS, COLOURS)
def test_shade_that_is_offered_can_be_read(colour: str, background: str) -> None:
    offered = readable_near(colour, (background,))
    assert least_contrast(offered, (background,)) >= TEXT_CONTRAST
    assert offered == colour or contrast(colour, background) < TEXT_CONTRAST


@given(COLOURS, COLOURS, COLOURS)
def test_all_that_is_made_of_colours_that_can_be_read_can_be_read_too(accent: str, paper: str, ink: str) -> None:
    own = OwnColours(accent=readable_near(accent, (paper,)), background=paper, text=readable_near(ink, (paper,)))
    assert_readable(make_palette(LIGHT, own))


@given(COLOURS, st.sampled_from([LIGHT, DARK]))
def test_accent_alone_goes_with_the_usual_colours(colour: str, usual: Palette) -> None:
    accent = readable_near(colour, (usual.paper, usual.sheet))
    made = make_palette(usual, OwnColours(accent=accent))
    assert_readable(made)
    assert (made.paper, made.sheet, made.ink, made.quiet) == (usual.paper, usual.sheet, usual.ink, usual.quiet)


def assert_readable(palette: Palette) -> None:
    backgrounds = (palette.paper, palette.sheet)
    texts = {name: getattr(palette, name) for name in ("ink", "quiet", "accent", "accent_strong")}
    ratios = {name: least_contrast(colour, backgrounds) for name, colour in texts.items()}
    ratios |= {f"{name} on tint": contrast(texts[name], palette.tint) for name in texts}
    ratios["on accent"] = least_contrast(palette.on_accent, (palette.accent, palette.accent_strong))
    assert {name: ratio for name, ratio in ratios.items() if ratio < TEXT_CONTRAST} == {}
    assert least_contrast(palette.edge, backgrounds) >= EDGE_CONTRAST


def test_usual_colours_are_those_of_the_style_sheet_and_can_be_read() -> None:
    sheet = (files("pipeline.publishing.pages") / "static" / "style.css").read_text(encoding="utf-8")
    roots = [
        dict(re.findall(r"--([\w-]+): (#\w{6});", block)) for block in re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    ]
    for found, palette in zip(roots, (LIGHT, DARK), strict=False):
        own = {name.replace("_", "-"): colour for name, colour in asdict(palette).items()}
        assert {name: colour for name, colour in found.items() if not name.startswith("label")} == own
        assert_readable(palette)
    assert make_palette(DARK, OwnColours()) is DARK
