"""The files that give a site its owner's look: their pictures, and `site.css` with their colours and their own style.

The colours are the custom properties of `style.css`, for screens: what is printed stays black on white.
"""

from collections.abc import Iterator
from dataclasses import asdict

from pipeline.model.colours import Palette
from pipeline.model.site_settings import SiteSettings

STYLE_FILE_NAME = "site.css"


def own_files(settings: SiteSettings) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files that lie in the root of a release beside those of every site."""
    colours = serialize_colours(settings.light, settings.dark) if settings.light and settings.dark else ""
    if colours or settings.style:
        yield STYLE_FILE_NAME, f"{colours}{settings.style}".encode()
    yield from ((each.name, each.content) for each in settings.files)


def serialize_colours(light: Palette, dark: Palette) -> str:
    """Write the colours of both surroundings as custom properties."""
    sheets = (("screen", light), ("screen and (prefers-color-scheme: dark)", dark))
    return "".join(f"@media {media} {{\n  :root {{\n{_properties(palette)}  }}\n}}\n" for media, palette in sheets)


def _properties(palette: Palette) -> str:
    return "".join(f"    --{name.replace('_', '-')}: {colour};\n" for name, colour in asdict(palette).items())
