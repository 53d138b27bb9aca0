"""`[site]` is read with the files that it names, and says what is wrong with them and what to write instead."""

import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
from babel import Locale

from pipeline.config import read_settings
from pipeline.errors import ConfigError
from pipeline.model.colours import DARK, LIGHT, TEXT_CONTRAST, contrast
from pipeline.model.site_settings import NO_SETTINGS, SiteFile, SiteSettings, SiteTemplate
from tests.projects import write_tree

LEAST = '[project]\nlocales = ["de", "fr"]\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120.4 32"><path d="M0 0h120v32H0z"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1200, 630) + b"\x08\x02\0\0\0"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc4\x00\x05abc\xff\xc2\x00\x11\x08" + struct.pack(">HH", 630, 1200) + b"\x03" * 10
)
ICO = b"\0\0\1\0\1\0"


def read(folder: Path, table: str, tree: Mapping[str, str] | None = None) -> SiteSettings:
    write_tree(folder, {"polypost.toml": f"{LEAST}[site]\n{table}\n", **(tree or {})})
    return read_settings(folder / "polypost.toml").site


def mistakes(folder: Path, table: str) -> str:
    with pytest.raises(ConfigError) as raised:
        read(folder, table)
    return "\n".join(raised.value.mistakes)


def test_site_without_a_table_is_as_polypost_has_it(tmp_path: Path) -> None:
    site = read(tmp_path, "")
    assert site == SiteSettings(footer_locale=Locale("de"))
    assert (site.files, site.imprint_of(Locale("fr"))) == ((), "")


def test_every_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / "preview.png").write_bytes(PNG)
    (tmp_path / "icon.ico").write_bytes(ICO)
    table = """
name = "  Acme &\\n Sons "
logo = "brand/Our Logo.SVG"
favicon = "icon.ico"
image = "preview.png"
imprint = { default = "https://acme.com/imprint", fr = "https://acme.com/mentions?x=1#top" }
privacy = "https://acme.com/privacy"
report = "jobs@acme.com"
footer = "Acme Ltd., Dublin"
style = "brand/own.css"
templates = "site/templates"
noindex_machine = true
"""
    layout = '{% extends "polypost/layout.html" %}'
    site = read(
        tmp_path, table, {"brand/Our Logo.SVG": SVG, "brand/own.css": "aside {}", "site/templates/layout.html": layout}
    )
    assert site == SiteSettings(
        name="Acme & Sons",
        logo=SiteFile(name="logo.svg", media_type="image/svg+xml", content=SVG.encode(), width=120, height=32),
        favicon=SiteFile(name="favicon.ico", media_type="image/x-icon", content=ICO),
        image=SiteFile(name="image.png", media_type="image/png", content=PNG, width=1200, height=630),
        imprint={"": "https://acme.com/imprint", "fr": "https://acme.com/mentions?x=1#top"},
        privacy={"": "https://acme.com/privacy"},
        report="mailto:jobs@acme.com",
        footer="Acme Ltd., Dublin",
        footer_locale=Locale("de"),
        style="aside {}",
        templates=(SiteTemplate(name="layout.html", place="site/templates/layout.html", source=layout),),
        noindex_machine=True,
    )
    assert [site.imprint_of(Locale(name)) for name in ("de", "fr")] == list(site.imprint.values())
    assert site.privacy_of(Locale("fr")) == "https://acme.com/privacy"


def test_digest_moves_with_every_setting_and_with_the_content_of_a_file(tmp_path: Path) -> None:
    tables = (
        "",
        'name = "A"',
        'footer = "A"',
        'logo = "a.svg"',
        'templates = "t"',
        '[site.colours]\naccent = "#004080"',
    )
    trees = ({"a.svg": SVG, "t/layout.html": "a"}, {"a.svg": SVG.replace("M0", "M1"), "t/layout.html": "b"})
    digests = [read(tmp_path, table, tree).digest for tree in trees for table in tables]
    assert len(set(digests)) == len(tables) + 2
    assert NO_SETTINGS.digest not in digests  # the locale of a footer is one


def test_publish_noindex_machine_of_earlier_versions_still_holds(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": f"{LEAST}[publish]\nnoindex_machine = true\n"})
    assert read_settings(tmp_path / "polypost.toml").site.noindex_machine


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('nmae = "A"', "site.nmae is not a setting of this version; did you mean name?"),
        ("name = 3", "site.name is 3, it has to be a text in quotes"),
        (f'name = "{"a" * 101}"', "site.name has 101 characters, 100 are allowed; shorten it"),
        (
            'imprint = "acme.com"',
            "site.imprint is 'acme.com', it has to be an http or https address: \"https://your-company.com/imprint\"",
        ),
        ("privacy = { de = 1 }", "site.privacy.de is 1, it has to be an http or https address"),
        ('privacy = { es = "https://a.example/" }', "site.privacy.es: project.locales does not list es"),
        ('privacy = { xx9 = "https://a.example/" }', "site.privacy.xx9: "),
        (
            'report = "jobs at acme"',
            "site.report is 'jobs at acme', it has to be a mail address, \"jobs@your-company.com\"",
        ),
        (
            'logo = "logo.gif"',
            "site.logo is 'logo.gif', it has to be a picture whose name ends in .svg, .png, .jpg, .jpeg",
        ),
        ('image = "logo.svg"', "site.image is 'logo.svg', it has to be a picture whose name ends in .png, .jpg, .jpeg"),
        ('logo = "none.svg"', "site.logo: there is no file none.svg; put it there, or take the setting out"),
        ('logo = "folder.svg"', "site.logo: folder.svg is a folder, not a regular file"),
        ('logo = "large.png"', "site.logo: large.png has more than 200,000 bytes, too many to be meant"),
        ('logo = "text.png"', "site.logo: text.png is not the kind of picture that its name says; save it again"),
        ('logo = "text.jpg"', "site.logo: text.jpg is not the kind of picture that its name says; save it again"),
        ('templates = "none"', "site.templates: none holds no template, a file that ends in .html; make one there"),
        ('templates = "latin"', "site.templates: latin/a.html is not UTF-8; save it in that encoding"),
        ('templates = "folders"', "site.templates: folders/a.html is a folder, not a regular file"),
        ('style = "none.css"', "site.style: there is no file none.css; put it there, or take the setting out"),
        ("colours = 3", "site.colours is 3, it has to be a table"),
        (
            '[site.colours]\naccnet = "#000"',
            "site.colours.accnet is not a setting of this version; did you mean accent?",
        ),
        (
            '[site.colours]\naccent = "blue"',
            "site.colours.accent is 'blue', it has to be a colour with its digits: \"#0b5a7a\"",
        ),
        ("[site.colours.dark]\ntext = 7", "site.colours.dark.text is 7, it has to be a colour with its digits"),
        ('[site.colours.dark]\ndark = "#000"', "site.colours.dark.dark is not a setting of this version"),
    ],
)
def test_mistake_is_told_with_its_key_and_what_to_write(tmp_path: Path, table: str, told: str) -> None:
    (tmp_path / "folder.svg").mkdir()
    (tmp_path / "folders/a.html").mkdir(parents=True)
    (tmp_path / "large.png").write_bytes(PNG + bytes(200_000))
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin/a.html").write_bytes(b"\xe9")
    for name in ("text.png", "text.jpg"):
        (tmp_path / name).write_text("text")
    assert mistakes(tmp_path, table).startswith(told)


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        ("<svg/>", "line 1: begins with <svg> and not with <svg xmlns='http://www.w3.org/2000/svg'>"),
        (SVG[:-1], "is not well-formed SVG (unclosed token: line 1"),
        (
            SVG.replace("<path", "\n<script>alert(1)</script><path"),
            "line 2: holds <script>, which a browser runs; take it",
        ),
        (SVG.replace("<path", "<foreignObject/><path"), "line 1: holds <foreignObject>, which a browser runs"),
        (SVG.replace("<path", "<path onload='a()'"), "line 1: holds onload='a()', which a browser runs"),
        (
            SVG.replace("<path", "<image href='https://a.example/a.png'/><path"),
            "line 1: refers to 'https://a.example/a.png'",
        ),
        (
            SVG.replace("<path", "<a href='data:text/html,x'/><path"),
            "line 1: refers to 'data:text/html,x' outside of itself",
        ),
        (SVG.replace("<path", "<set attributeName='xlink:href' to='#a'/><path"), "line 1: animates a link"),
        (
            SVG.replace("<path", "<path style='fill: url( //a.example/#b)'"),
            "line 1: has a style that refers outside of itself",
        ),
        (SVG.replace("<path", "<path fill=\"url('a.svg#b')\""), "line 1: has a style that refers outside of itself"),
        (
            SVG.replace("<path", "<style>a{}\n@import 'a.css'</style><path"),
            "line 2: has a style that refers outside of itself",
        ),
        (
            SVG.replace("<path", "<style>a{fill:u\\72l(b)}</style><path"),
            "line 1: has a style that refers outside of itself",
        ),
        (
            f"<?xml-stylesheet href='a.css'?>{SVG}",
            "line 1: refers to a style sheet outside of itself; embed what it shows",
        ),
        (f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{SVG}", "line 1: declares entities, which can hide anything"),
    ],
)
def test_svg_that_could_do_more_than_be_looked_at_is_refused(tmp_path: Path, picture: str, told: str) -> None:
    (tmp_path / "logo.svg").write_text(picture)
    assert mistakes(tmp_path, 'logo = "logo.svg"').startswith(f"site.logo: logo.svg {told}")


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        ('<?xpacket begin="a"?><svg xmlns="http://www.w3.org/2000/svg" width="64px" height="16"/>', (64, 16)),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="16" viewBox="0,0, 30 10"/>', (30, 10)),
        (
            (
                '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
                '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
                '<style>a{fill:url( "#b")}</style><defs><linearGradient id="b"/></defs><use x:href="#b"/>'
                '<image x:href=" data:image/png;base64,AA=="/></svg>'
            ),
            (0, 0),
        ),
    ],
)
def test_svg_of_drawing_programs_passes_with_its_size(tmp_path: Path, picture: str, size: tuple[int, int]) -> None:
    logo = read(tmp_path, 'logo = "logo.svg"', {"logo.svg": picture}).logo
    assert logo is not None
    assert (logo.width, logo.height) == size


def test_photograph_is_measured(tmp_path: Path) -> None:
    (tmp_path / "a.jpeg").write_bytes(JPEG)
    picture = read(tmp_path, 'image = "a.jpeg"').image
    assert picture == SiteFile(name="image.jpeg", media_type="image/jpeg", content=JPEG, width=1200, height=630)


def test_colour_that_cannot_be_read_is_told_with_its_ratio_and_one_that_can(tmp_path: Path) -> None:
    told = mistakes(
        tmp_path, '[site.colours]\naccent = "#7fb3d5"\n[site.colours.dark]\nbackground = "#12161a"\ntext = "#333"'
    )
    assert told == (
        "site.colours.accent #7fb3d5 on the usual background #faf9f6 has a contrast of 2.14 : 1, text needs 4.5 : 1 "
        'to be read by everybody (WCAG 2.2 AA); write accent = "#53748a", or another background\n'
        "site.colours.dark.text #333333 on site.colours.dark.background #12161a has a contrast of 1.43 : 1, text needs "
        '4.5 : 1 to be read by everybody (WCAG 2.2 AA); write text = "#858585", or another background'
    )


def test_accent_for_the_dark_is_made_of_that_for_the_light(tmp_path: Path) -> None:
    site = read(tmp_path, '[site.colours]\naccent = "#80005A"')
    assert site.light is not None
    assert site.dark is not None
    assert (site.light.accent, site.light.paper, site.dark.paper) == ("#80005a", LIGHT.paper, DARK.paper)
    assert contrast(site.dark.accent, DARK.sheet) >= TEXT_CONTRAST > contrast("#80005a", DARK.sheet)


def test_colours_of_the_light_alone_leave_the_dark_as_it_is(tmp_path: Path) -> None:
    site = read(tmp_path, '[site.colours]\nbackground = "#fff"\ntext = "#000"')
    assert (site.dark, site.light is not None and site.light.paper) == (DARK, "#ffffff")
