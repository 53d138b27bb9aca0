"""Every kind of page in five languages passes axe and pa11y, and stays small."""

import gzip
import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser

from tests.projects import read_json
from tests.publishing.browser import WIDTHS, browser_program, chromium
from tests.publishing.kinds_of_pages import page_of_each_kind
from tests.publishing.loopback import serving
from tests.publishing.outputs import selected
from tests.publishing.sample_site import UNBROKEN
from tests.tools import SLOW_PAGES, require_tool

TAGS = ("en", "pt-BR", "fr", "ar", "ja")
MAX_PAGE_BYTES = 60_000
# In the dark it is the same document in other colours, whatever its language; `make fuzz` looks at all of them so.
DARK = tuple(f"{tag}/" for tag in (TAGS if SLOW_PAGES else ("en", "ar")))
AXE_RULES: Mapping[str, Mapping[str, Any]] = {
    "light": {},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
PA11Y = Path(__file__).with_name("pa11y_pages.cjs")


@pytest.fixture(scope="module")
def address(sample_site: Path) -> Iterator[str]:
    with serving(sample_site) as found:
        yield found


@pytest.fixture(scope="module")
def paths(sample_site: Path) -> list[str]:
    """Return a page of every kind in each language, and the hard one."""
    found = {path: None for tag in TAGS for path in page_of_each_kind(sample_site, tag).values()}
    hard = next(page for page in sample_site.glob("de/postings/*.html") if UNBROKEN in page.read_text(encoding="utf-8"))
    return [*found, hard.relative_to(sample_site).as_posix()]


def axe_finds(browser: Browser, address: str, paths: Iterable[str]) -> Mapping[str, list[str]]:
    """Return what axe has to say about each page, by its path, with the scheme of colours in which it is so."""
    tools = Path(require_tool("pa11y")).resolve().parents[2]
    context: Any = browser.new_context(
        viewport={"width": WIDTHS["phone"], "height": 844},
        bypass_csp=True,  # for axe itself
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for path in paths:
        page.goto(f"{address}{path}")
        page.add_script_tag(path=tools / "axe-core/axe.min.js")
        for scheme, rules in AXE_RULES.items():
            if scheme == "dark" and "/" in path and not path.startswith(DARK):
                continue
            page.emulate_media(color_scheme=scheme)
            for rule in page.evaluate("options => axe.run(options)", rules)["violations"]:
                found.setdefault(path, []).extend(f"{scheme} {rule['id']} {node['target']}" for node in rule["nodes"])
    context.close()
    return found


def pa11y_finds(addresses: Iterable[str]) -> Mapping[str, list[str]]:
    command = ["node", str(PA11Y), require_tool("pa11y"), browser_program(), *addresses]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return {address: issues for address, issues in found.items() if issues}


def test_axe_finds_nothing_on_any_kind_of_page_in_light_and_in_dark(address: str, paths: list[str]) -> None:
    with chromium() as browser:
        assert axe_finds(browser, address, paths) == {}


def test_pa11y_finds_nothing_on_any_kind_of_page(address: str, paths: list[str]) -> None:
    assert pa11y_finds(f"{address}{path}" for path in paths) == {}


def test_barrier_that_is_planted_is_found_by_both(sample_site: Path, tmp_path: Path) -> None:
    text = (sample_site / "en/index.html").read_text(encoding="utf-8")
    planted = text.replace('<label for="filter-text">', "<span>").replace('<html lang="en"', "<html")
    (tmp_path / "page.html").write_text(planted, encoding="utf-8")
    with serving(tmp_path) as address:
        with chromium() as browser:
            assert axe_finds(browser, address, ["page.html"]) != {}
        assert pa11y_finds([f"{address}page.html"]) != {}


def test_text_that_cannot_be_read_in_the_dark_is_found(sample_site: Path, tmp_path: Path) -> None:
    style = "<style>@media (prefers-color-scheme: dark) { body { color: #222; background: #000 } }</style>"
    text = (sample_site / "en/index.html").read_text(encoding="utf-8")
    (tmp_path / "page.html").write_text(text.replace("</head>", f"{style}</head>"), encoding="utf-8")
    with serving(tmp_path) as address, chromium() as browser:
        (found,) = axe_finds(browser, address, ["page.html"]).values()
    assert {each.partition("[")[0] for each in found} == {"dark color-contrast "}


def test_page_and_what_it_is_painted_with_are_small(sample_site: Path) -> None:
    painted_with = sum((sample_site / name).stat().st_size for name in ("style.css", "icon.svg"))
    sizes = {page: page.stat().st_size + painted_with for page in sample_site.rglob("*.html")}
    assert {page: size for page, size in sizes.items() if size > MAX_PAGE_BYTES} == {}


def test_list_is_small_as_servers_send_it_with_all_that_is_asked_for(sample_site: Path) -> None:
    shared = [*sample_site.glob("*.js"), *sample_site.glob("*.css"), sample_site / "icon.svg"]
    for tag in TAGS:
        sent = [*shared, *(sample_site / tag / name for name in ("index.html", "list.json", "names.json"))]
        sent += (sample_site / tag / "list").iterdir()
        assert sum(len(gzip.compress(file.read_bytes())) for file in sent) < MAX_PAGE_BYTES, tag


def test_list_is_painted_from_its_own_bytes_before_any_script(sample_site: Path) -> None:
    """Titles, employers and counts stand in the page, and no script is waited for: what they add comes after."""
    for tag in TAGS:
        page = html.document_fromstring((sample_site / tag / "index.html").read_bytes())
        assert set(selected(page, "//script/@type")) <= {"module", "application/ld+json"}
        assert not selected(page, "//script[not(@type)]")
        titles = {item["title"] for item in read_json(sample_site / tag / "feed.json")["items"]}
        shown = {plain("".join(map(str, link.itertext()))) for link in page.iterfind(".//ol[@class='cards']//h3/a")}
        assert shown == set(map(plain, titles))


def plain(title: str) -> str:
    """Return a title without what only tells a browser where to break a line and which way signs run."""
    return re.sub("[\u00ad\u200b\u2066-\u2069]", "", title)
