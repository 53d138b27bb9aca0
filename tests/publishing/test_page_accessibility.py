"""Every kind of page in five languages passes axe and pa11y, and stays small."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.publishing.browser import WIDTHS, chromium
from tests.publishing.loopback import serving
from tests.tools import require_tool

TAGS = ("en", "pt-BR", "fr", "ar", "ja")
MAX_PAGE_BYTES = 60_000
# In the dark it is the same document in other colours.
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
    """Return every kind of page: the choice, lists, postings as written and translated, and the hard one."""
    found = ["index.html", *(f"{tag}/index.html" for tag in TAGS)]
    for tag in (*TAGS, "de"):
        pages = {page: page.read_text(encoding="utf-8") for page in sorted((sample_site / tag / "postings").iterdir())}
        kinds = {('class="label' in text, "Donaudampf" in text): page for page, text in pages.items()}
        found += [page.relative_to(sample_site).as_posix() for page in kinds.values()]
    return found


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
            page.emulate_media(color_scheme=scheme)
            for rule in page.evaluate("options => axe.run(options)", rules)["violations"]:
                found.setdefault(path, []).extend(f"{scheme} {rule['id']} {node['target']}" for node in rule["nodes"])
    context.close()
    return found


def pa11y_finds(addresses: Iterable[str]) -> Mapping[str, list[str]]:
    command = ["node", str(PA11Y), require_tool("pa11y"), require_tool("chromium"), *addresses]
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


def test_page_is_small_with_all_that_it_needs(sample_site: Path) -> None:
    shared = sum((sample_site / name).stat().st_size for name in ("style.css", "app.js", "icon.svg"))
    sizes = {page: page.stat().st_size + shared for page in sample_site.rglob("*.html")}
    assert {page: size for page, size in sizes.items() if size > MAX_PAGE_BYTES} == {}
