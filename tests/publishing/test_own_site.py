"""A site has its owner's name, pictures, links, colours, words and templates wherever they belong."""

import json
import re
from dataclasses import replace
from gettext import NullTranslations
from importlib.resources import files
from pathlib import Path

import pytest
from babel import Locale

from pipeline.errors import SiteTemplateError
from pipeline.model.colours import DARK, LIGHT, OwnColours, make_palette
from pipeline.model.locale import parse_locale
from pipeline.model.site_settings import NO_SETTINGS, SiteFile, SiteSettings, SiteTemplate
from pipeline.publishing.pages.html import check_own_templates
from pipeline.publishing.pages.own_look import serialize_colours
from pipeline.publishing.versions.wording import owners_footer, site_title
from tests.projects import CHECKOUT, CONFIG, built, polypost, read_tree, write_tree
from tests.publishing.browser import WIDTHS, chromium, tab
from tests.publishing.examples import BASE_URL, as_written, nurse, site_of, versions_of
from tests.publishing.loopback import serving
from tests.publishing.test_page_accessibility import axe_finds

EN = parse_locale("en")
GUIDE = CHECKOUT / "docs/site.md"
LOGO = SiteFile(name="logo.svg", media_type="image/svg+xml", content=b"<svg/>", width=120, height=32)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="32"><path fill="#8a4b00" d="M0 0h120v32H0z"/></svg>'
DIM = OwnColours(accent="#e8a33d", background="#201a14", text="#f3e9dc")
POSTING = {"postings/nurse.txt": "Title: Enfermeira\nLanguage: pt\nLocation: Lisboa, PT\n\nCuidados de saúde.\n"}
OWN = SiteSettings(
    name="Acme <&> Co",
    logo=LOGO,
    favicon=SiteFile(name="favicon.png", media_type="image/png", content=b"png"),
    image=SiteFile(name="image.png", media_type="image/png", content=b"png", width=1200, height=630),
    imprint={"": "https://acme.example/imprint?a=1&b=2"},
    privacy={"": "https://acme.example/privacy"},
    footer="Acme <b>Ltd.</b>",
    footer_locale=EN,
    light=make_palette(LIGHT, OwnColours(accent="#80005a")),
    dark=DARK,
    style="aside { color: var(--ink); }",
)


def site_with(settings: SiteSettings, list_size: int = 32) -> dict[str, bytes]:
    versions = [replace(version, settings=settings) for version in versions_of([EN], [as_written(nurse())])]
    return site_of(versions, settings=settings, list_size=list_size)


def write_release(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def template(source: str, name: str = "layout.html") -> SiteTemplate:
    return SiteTemplate(name=name, place=f"site/templates/{name}", source=source)


def with_templates(*templates: SiteTemplate) -> SiteSettings:
    return SiteSettings(templates=templates)


def pages_of(files: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in files.items() if path.endswith(".html")}


def test_name_is_in_every_title_of_pages_and_feeds() -> None:
    files = site_with(OWN)
    title = "Jobs at Acme &lt;&amp;&gt; Co"
    page = files["en/index.html"].decode()
    assert f"<title>{title}</title>" in page
    assert len(re.findall(f"<h1[^>]*>{title}</h1>", re.sub('<span lang="en">|</span>', "", page))) == 1
    assert all(f'og:site_name" content="{title}"' in page for page in pages_of(files).values())
    assert json.loads(files["en/feed.json"])["title"] == "Jobs at Acme <&> Co"
    assert json.loads(files["en/countries/IE/feed.json"])["title"] == "Jobs at Acme <&> Co · Ireland"
    for path in ("en/atom.xml", "en/rss.xml", "en/opensearch.xml"):
        assert title in files[path].decode(), path
    assert b"<publisher><![CDATA[Jobs at Acme <&> Co]]></publisher>" in files["en/jobs.xml"]


def test_pictures_are_in_the_release_and_on_every_page() -> None:
    files = site_with(OWN)
    assert [files[each.name] for each in OWN.files] == [each.content for each in OWN.files]
    for path, page in pages_of(files).items():
        up = "/" if path.endswith("404.html") else "../" * path.count("/")
        alt = 'alt="Jobs at Acme &lt;&amp;&gt; Co"'
        assert f'<img class="logo" src="{up}logo.svg" {alt} width="120" height="32">' in page
        assert f'<link rel="icon" type="image/png" href="{up}favicon.png">' in page
        assert f'<meta property="og:image" content="{BASE_URL}image.png">' in page


def test_footer_of_every_page_leads_to_imprint_and_privacy_and_says_the_owners_words() -> None:
    for page in pages_of(site_with(OWN)).values():
        footer = page.partition("<footer")[2]
        assert '<a href="https://acme.example/imprint?a=1&amp;b=2" rel="external">' in footer
        assert '<a href="https://acme.example/privacy" rel="external">' in footer
        assert "<p>Acme &lt;b&gt;Ltd.&lt;/b&gt;</p>" in footer


class French(NullTranslations):
    def gettext(self, message: str) -> str:
        return "Emplois chez %(name)s" if message == "Jobs at %(name)s" else message

    def pgettext(self, context: str, message: str) -> str:
        return "Acme SARL" if (context, message) == ("footer", "Acme Ltd.") else message


def test_footer_that_is_not_translated_says_in_which_language_it_is() -> None:
    settings = SiteSettings(footer="Acme Ltd.", footer_locale=Locale("de"))
    words = {"fr": French(), "de": NullTranslations(), "es": NullTranslations()}
    said = {name: owners_footer(translations, Locale(name), settings) for name, translations in words.items()}
    assert said == {"fr": "Acme SARL", "de": "Acme Ltd.", "es": '<span lang="de" dir="ltr">Acme Ltd.</span>'}
    assert owners_footer(French(), Locale("fr"), NO_SETTINGS) == ""


def test_colours_are_a_sheet_for_screens_that_every_page_loads_after_ours() -> None:
    files = site_with(OWN)
    assert OWN.light is not None
    assert files["site.css"].decode() == serialize_colours(OWN.light, DARK) + OWN.style
    assert "@media screen {\n  :root {\n    --paper: #faf9f6;" in files["site.css"].decode()
    for page in pages_of(files).values():
        assert page.index("style.css") < page.index("site.css")


def test_site_without_settings_has_no_file_and_no_element_of_an_owner() -> None:
    files = site_with(NO_SETTINGS)
    assert not {"site.css", "logo.svg", "favicon.png", "image.png"} & set(files)
    for page in pages_of(files).values():
        assert not [word for word in ("site.css", "og:image", 'class="logo"', "imprint", "privacy") if word in page]


def test_template_of_the_owner_replaces_a_block_on_every_page_and_escapes() -> None:
    block = '{% block head_extra %}<meta name="author" content="{{ "<Acme>" }} {{ version.tag }}">\n{% endblock %}'
    source = f'{{% extends "polypost/layout.html" %}}\n{block}'
    ours, own = pages_of(site_with(NO_SETTINGS)), pages_of(site_with(with_templates(template(source))))
    meta = '<meta name="author" content="&lt;Acme&gt; en">\n'
    assert own == {path: page.replace("</head>", f"{meta}</head>") for path, page in ours.items()}


def test_template_of_the_owner_may_use_others_of_theirs_and_words_of_ours() -> None:
    layout = template(
        '{% extends "polypost/layout.html" %}{% block footer %}{% include "parts/foot.html" %}{% endblock %}'
    )
    foot = template("<footer>{{ _('Remote') }} {{ version.tag }}</footer>", "parts/foot.html")
    settings = with_templates(layout, foot)
    check_own_templates(settings)
    pages = {path: page for path, page in pages_of(site_with(settings)).items() if path.startswith("en/")}
    assert [path for path in pages if '<footer><span lang="en">Remote</span> en</footer>' not in pages[path]] == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            '{% extends "polypost/layout.html" %}\n{% block foter %}{% endblock %}',
            ":2: polypost/layout.html has no block foter; did you mean footer?",
        ),
        (
            '{% extends "polypost/layout.html" %}\n\nCopyright',
            ":3: this stands outside of every block, so no page shows it",
        ),
        (
            '{% extends "polypost/layout.html" %}\n{{ version.tag }}',
            ":2: this stands outside of every block, so no page",
        ),
        (
            '\n{% extends "layout.html" %}',
            ":2: refers to itself; write polypost/layout.html for the one that comes with",
        ),
        (
            '{% extends "polypost/layouts.html" %}',
            ":1: there is no template polypost/layouts.html; did you mean polypost/",
        ),
        (
            '{% extends "polypost/layout.html" %}\n{% block footer %}',
            ":2: Unexpected end of template. Jinja was looking for",
        ),
        ("a\nb\n{{ version.tag | contry }}", ":3: No filter named 'contry'"),
    ],
)
def test_fault_in_a_template_is_told_with_its_line_before_any_page_is_made(source: str, told: str) -> None:
    with pytest.raises(SiteTemplateError) as raised:
        check_own_templates(with_templates(template(source)))
    assert str(raised.value).startswith(f"site/templates/layout.html{told}")


def test_template_that_no_page_uses_is_told() -> None:
    with pytest.raises(
        SiteTemplateError, match=r"^site/templates/lst\.html: no page uses .*; those that pages use are .*list"
    ):
        check_own_templates(with_templates(template("", "lst.html")))
    check_own_templates(NO_SETTINGS)


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("verison.tag", "'verison' is undefined"),
        ("1 + version.tag", "unsupported operand"),
        ("version.locale.none.at", "has no"),
    ],
)
def test_fault_that_shows_when_a_page_is_made_is_told_with_its_line(expression: str, told: str) -> None:
    source = f'{{% extends "polypost/layout.html" %}}\n{{% block footer %}}\n{{{{ {expression} }}}}{{% endblock %}}'
    with pytest.raises(
        SiteTemplateError, match=rf"^site/templates/layout\.html:3: .*{re.escape(told)}.*; docs/site\.md says"
    ):
        site_with(with_templates(template(source)))


def test_words_of_the_owner_are_translated_in_their_catalogs_and_an_edited_template_makes_pages_anew(
    tmp_path: Path,
) -> None:
    block = '{% block after_main %}<aside><p>{{ _("We answer soon") }}</p></aside>{% endblock %}'
    layout = '{% extends "polypost/layout.html" %}' + block
    links = 'imprint = "https://acme.example/"\nprivacy = "https://acme.example/privacy"'
    table = f'\n[site]\nname = "Acme"\nfooter = "Acme Ltd., Dublin"\ntemplates = "own"\n{links}\n'
    project = write_tree(tmp_path, {"polypost.toml": CONFIG + table, "own/layout.html": layout, **POSTING})
    built(project)
    template_catalog = (project / "locales/site.pot").read_text(encoding="utf-8")
    assert '#: polypost.toml\nmsgctxt "footer"\nmsgid "Acme Ltd., Dublin"\n' in template_catalog
    assert '#: own/layout.html\nmsgid "We answer soon"\n' in template_catalog

    notes = [line for line in polypost(project, "catalogs", "check").stderr.splitlines() if "your own site" in line]
    footer = "'Acme Ltd., Dublin', "  # which is English as it stands
    wanted = {"en": "['We answer soon']", **dict.fromkeys(("pt_BR", "fr"), f"[{footer}'We answer soon']")}
    told = "words of your own site have no target, pages show them as you wrote them; translate"
    assert [line.partition("/locales/")[2] for line in notes] == [
        f"{locale}/LC_MESSAGES/site.po: {told} {sources}" for locale, sources in wanted.items()
    ]

    catalog = project / "locales/pt_BR/LC_MESSAGES/site.po"
    text = catalog.read_text(encoding="utf-8")
    for source, target in (("Acme Ltd., Dublin", "Acme Ltda., Dublin"), ("We answer soon", "Respondemos logo")):
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    catalog.write_text(text, encoding="utf-8")
    built(project)
    before = read_tree((project / "public").resolve())
    page = before["pt-BR/index.html"].decode()
    assert [part for part in ("<p>Acme Ltda., Dublin</p>", "<p>Respondemos logo</p>") if part not in page] == []
    proven = polypost(project, "verify", "public", "--config", "polypost.toml")
    assert proven.returncode == 0, proven.stdout + proven.stderr

    built(project)
    assert read_tree((project / "public").resolve()) == before
    write_tree(project, {"own/layout.html": layout.replace("<p>", '<p id="answer">')})
    built(project)
    after = read_tree((project / "public").resolve())
    pages = {path for path in before if path.endswith(".html")}
    assert {path for path in before if before[path] != after[path]} - {"manifest.json"} == pages


def test_colours_of_the_owner_pass_axe_in_light_and_in_dark_and_the_logo_has_its_place(tmp_path: Path) -> None:
    own = OwnColours(accent="#8a4b00", background="#fff4e0", text="#3b2f2f")
    settings = replace(
        OWN, logo=replace(LOGO, content=SVG), light=make_palette(LIGHT, own), dark=make_palette(DARK, DIM)
    )
    write_release(tmp_path, site_with(settings))
    paths = ["index.html", "en/index.html", "en/postings/nurse-7974d1de16.html"]
    with serving(tmp_path) as address, chromium() as browser:
        assert axe_finds(browser, address, paths) == {}
        with tab(browser, WIDTHS["phone"]) as page:
            page.goto(f"{address}{paths[1]}")
            logo = page.locator("header img").bounding_box()
            paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert logo is not None
    assert (round(logo["width"]), round(logo["height"]), paper) == (120, 32, "rgb(255, 244, 224)")


def test_name_with_signs_of_markup_is_whole_in_a_translated_title() -> None:
    versions = [replace(each, settings=OWN, translations=French()) for each in versions_of([EN], [as_written(nurse())])]
    page = site_of(versions, settings=OWN)["en/index.html"].decode()
    assert "<title>Emplois chez Acme &lt;&amp;&gt; Co</title>" in page
    assert 'alt="Emplois chez Acme &lt;&amp;&gt; Co"' in page


def test_templates_that_extend_each_other_in_a_circle_are_told() -> None:
    one, other = (
        template(f'{{% extends "{name}" %}}', of) for name, of in (("a.html", "layout.html"), ("layout.html", "a.html"))
    )
    settings = with_templates(one, other)
    check_own_templates(settings)
    with pytest.raises(SiteTemplateError, match=r"^site/templates/\w+\.html:1: maximum recursion depth exceeded"):
        site_with(settings)


def test_name_keeps_its_own_direction_in_a_title_that_runs_in_the_other() -> None:
    titles = [site_title(NullTranslations(), Locale(language), "Acme Inc.") for language in ("ar", "en")]
    assert titles == ["Jobs at \u2066Acme Inc.\u2069", "Jobs at Acme Inc."]


def test_guide_names_no_block_that_its_template_has_not() -> None:
    rows = re.findall(r"^\| `(\w+\.html)` \| [^|]+ \| (.*) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    folder = files("pipeline.publishing.pages") / "templates"
    known = {
        name: set(re.findall(r"\{% block (\w+) %\}", (folder / name).read_text(encoding="utf-8"))) for name, _ in rows
    }
    told = {name: set(re.findall("`(\\w+)`", blocks)) for name, blocks in rows}
    assert {name: blocks - known[name] for name, blocks in told.items() if blocks - known[name]} == {}
    assert len(rows) == 5
