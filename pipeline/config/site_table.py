"""The table `[site]` of the configuration: what makes a site its owner's, with the files that it names, all checked."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel import Locale

from pipeline.config.pictures import PictureError, measure, media_type_of
from pipeline.config.reader import TableReader
from pipeline.model.cleaning import clean_line
from pipeline.model.colours import (
    DARK,
    LIGHT,
    TEXT_CONTRAST,
    OwnColours,
    Palette,
    least_contrast,
    make_palette,
    parse_colour,
    readable_near,
)
from pipeline.model.locale import parse_locale
from pipeline.model.site_settings import SiteFile, SiteSettings, SiteTemplate
from pipeline.storage.files import read_regular

_TEXTS = frozenset({"name", "footer"})
_ADDRESSES = frozenset({"imprint", "privacy"})
_PICTURES: Mapping[str, tuple[str, ...]] = {
    "logo": (".svg", ".png", ".jpg", ".jpeg"),
    "favicon": (".svg", ".png", ".ico"),
    "image": (".png", ".jpg", ".jpeg"),  # services that show a preview take no SVG
}
SITE_KEYS = _TEXTS | _ADDRESSES | set(_PICTURES) | {"colours", "noindex_machine", "report", "style", "templates"}
# Every page loads the logo and the icon; a preview of more than a megabyte is left out by some services.
_MAX_BYTES = {"logo": 200_000, "favicon": 100_000, "image": 1_000_000}
_MAX_CHARACTERS = {"name": 100, "footer": 1000}
_MAX_TEXT_BYTES = 1_000_000
_ADDRESS = re.compile(r"https?://[^\s/?#<>\"\\]+(?:[/?#][^\s<>\"\\]*)?")
_MAIL = re.compile(r"[^\s@<>\"?&%:/]+@[^\s@<>\"?&%:/]+\.[^\s@<>\"?&%:/.]+")
_OWN_COLOURS = ("accent", "background", "text")


def read_site(reader: TableReader, root: Path, locales: tuple[Locale, ...]) -> SiteSettings:
    """Read `[site]`; files are named from `root`, the folder of the configuration.

    The footer is written in the first of the locales. `publish.noindex_machine`, its place before, still holds.
    """
    light, dark = _palettes(reader)
    logo, favicon, image = (_picture(reader, root, key) for key in _PICTURES)
    noindex = [reader.value(table, "noindex_machine", bool, default=False) for table in ("site", "publish")]
    return SiteSettings(
        name=_text(reader, "name"),
        logo=logo,
        favicon=favicon,
        image=image,
        imprint=_addresses(reader, "imprint", locales),
        privacy=_addresses(reader, "privacy", locales),
        report=_report(reader),
        footer=_text(reader, "footer"),
        footer_locale=locales[0] if locales else None,
        light=light,
        dark=dark,
        style=_style(reader, root),
        templates=tuple(_templates(reader, root)),
        noindex_machine=any(noindex),
    )


def _text(reader: TableReader, key: str) -> str:
    """Read a text of one line; a break in it is a space, as in HTML."""
    text = clean_line(reader.value("site", key, str, ""))
    if len(text) > _MAX_CHARACTERS[key]:
        reader.mistakes.append(f"site.{key} has {len(text)} characters, {_MAX_CHARACTERS[key]} are allowed; shorten it")
    return text


def _addresses(reader: TableReader, key: str, locales: tuple[Locale, ...]) -> dict[str, str]:
    """Read an address for all locales, or a table of them by locale with a `default`; "" is the key of the default."""
    value = reader.table("site").get(key, {})
    table = value if isinstance(value, dict) else {"default": value}
    found: dict[str, str] = {}
    for name, address in table.items():
        where = f"site.{key}.{name}" if table is value else f"site.{key}"
        if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
            wanted = f'it has to be an http or https address: "https://your-company.com/{key}"'
            reader.mistakes.append(f"{where} is {address!r}, {wanted}")
        elif name == "default":
            found[""] = address
        else:
            for locale in reader.parsed(where, [name], parse_locale):
                if locale not in locales:
                    reader.mistakes.append(f"{where}: project.locales does not list {name}")
                found[str(locale)] = address
    return found


def _report(reader: TableReader) -> str:
    """Read to whom readers report a translation, as an address that a page can link to."""
    report = reader.value("site", "report", str, "")
    if not report or _ADDRESS.fullmatch(report):
        return report
    mail = report.removeprefix("mailto:")
    if not _MAIL.fullmatch(mail):
        wanted = 'it has to be a mail address, "jobs@your-company.com", or an http or https address'
        reader.mistakes.append(f"site.report is {report!r}, {wanted}")
    return f"mailto:{mail}"


def _picture(reader: TableReader, root: Path, key: str) -> SiteFile | None:
    """Read a picture; whatever it is called, in a release it has the name of the key."""
    name = reader.value("site", key, str, "")
    if not name:
        return None
    suffix = Path(name).suffix.lower()
    if suffix not in _PICTURES[key]:
        kinds = ", ".join(_PICTURES[key])
        reader.mistakes.append(f"site.{key} is {name!r}, it has to be a picture whose name ends in {kinds}")
        return None
    try:
        content = read_regular(root / name, _MAX_BYTES[key])
        size = measure(content, media_type_of(suffix))
    except FileNotFoundError:
        reader.mistakes.append(f"site.{key}: there is no file {name}; put it there, or take the setting out")
        return None
    except OSError as error:
        reader.mistakes.append(f"site.{key}: {name} {error.strerror}")
        return None
    except PictureError as error:
        reader.mistakes.append(f"site.{key}: {name} {error}")
        return None
    return SiteFile(
        name=f"{key}{suffix}", media_type=media_type_of(suffix), content=content, width=size.width, height=size.height
    )


def _palettes(reader: TableReader) -> tuple[Palette | None, Palette | None]:
    """Read the colours and make the others of them; without those for the dark its accent is made too."""
    table = dict(reader.value("site", "colours", dict, {}))
    if not table:
        return None, None
    dark = reader.typed("site.colours.dark", table.pop("dark", {}), dict, {})
    light_own = _own_colours(reader, "site.colours", table, known=(*_OWN_COLOURS, "dark"))
    dark_own = _own_colours(reader, "site.colours.dark", dark, known=_OWN_COLOURS)
    if not dark_own.accent and light_own.accent:
        backgrounds = _backgrounds(make_palette(DARK, dark_own))
        dark_own = OwnColours(
            accent=readable_near(light_own.accent, backgrounds), background=dark_own.background, text=dark_own.text
        )
    return (
        _palette(reader, "site.colours", LIGHT, light_own),
        _palette(reader, "site.colours.dark", DARK, dark_own),
    )


def _own_colours(reader: TableReader, where: str, table: Mapping[str, object], known: tuple[str, ...]) -> OwnColours:
    reader.refuse_unknown(where, table, known)
    found = {key: _colour(reader, f"{where}.{key}", table.get(key, "")) for key in _OWN_COLOURS}
    return OwnColours(accent=found["accent"], background=found["background"], text=found["text"])


def _colour(reader: TableReader, where: str, value: object) -> str:
    colour = parse_colour(value) if isinstance(value, str) else ""
    if value and not colour:
        reader.mistakes.append(f'{where} is {value!r}, it has to be a colour with its digits: "#0b5a7a"')
    return colour


def _palette(reader: TableReader, where: str, usual: Palette, own: OwnColours) -> Palette:
    """Make a palette of colours; note those that could not be read on its backgrounds, with one that could."""
    palette = make_palette(usual, own)
    backgrounds = _backgrounds(palette)
    for key, colour in (("text", palette.ink), ("accent", palette.accent)):
        worst = min(backgrounds, key=lambda background: least_contrast(colour, (background,)))
        ratio = least_contrast(colour, (worst,))
        if ratio < TEXT_CONTRAST:
            background = f"{where}.background" if own.background else "the usual background"
            reader.mistakes.append(
                f"{where}.{key} {colour} on {background} {worst} has a contrast of {_cut(ratio)} : 1, text needs "
                f"{TEXT_CONTRAST} : 1 to be read by everybody (WCAG 2.2 AA); "
                f'write {key} = "{readable_near(colour, backgrounds)}", or another background'
            )
    return palette


def _backgrounds(palette: Palette) -> tuple[str, str]:
    return palette.paper, palette.sheet


def _cut(ratio: float) -> str:
    """Write a ratio so that one that is too low never looks like one that is not."""
    return f"{int(ratio * 100) / 100:.2f}"


def _templates(reader: TableReader, root: Path) -> Iterator[SiteTemplate]:
    """Read the owner's templates; what they hold is checked by whoever renders pages."""
    name = reader.value("site", "templates", str, "")
    if not name:
        return
    folder = root / name
    paths = sorted(path for path in folder.rglob("*.html") if not path.name.startswith("."))
    if not paths:
        hint = "make one there, as docs/site.md shows, or take the setting out"
        reader.mistakes.append(f"site.templates: {name} holds no template, a file that ends in .html; {hint}")
    for path in paths:
        place = Path(os.path.relpath(path, root)).as_posix()
        source = _file_text(reader, "templates", path, place)
        if source is not None:
            yield SiteTemplate(name=path.relative_to(folder).as_posix(), place=place, source=source)


def _style(reader: TableReader, root: Path) -> str:
    name = reader.value("site", "style", str, "")
    return (_file_text(reader, "style", root / name, name) or "") if name else ""


def _file_text(reader: TableReader, key: str, path: Path, place: str) -> str | None:
    """Read a text file that a setting names; note why it cannot be read."""
    try:
        return read_regular(path, _MAX_TEXT_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        reader.mistakes.append(f"site.{key}: {place} is not UTF-8; save it in that encoding")
    except FileNotFoundError:
        reader.mistakes.append(f"site.{key}: there is no file {place}; put it there, or take the setting out")
    except OSError as error:
        reader.mistakes.append(f"site.{key}: {place} {error.strerror}")
    return None
