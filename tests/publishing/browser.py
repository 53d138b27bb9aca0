"""Pages as Chromium shows them: opened once at each width, with what tests want to know of them."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.tools import SLOW_PAGES, require_tool

WIDTHS = {"desktop": 1280, "phone": 390}
_HEIGHT = 844
_PATIENCE = 60_000  # milliseconds for one page; only a test that fails waits as long
_SLOWED = 4  # times, where pages are made slow
# Browsers ask for it once, at their leisure: a test that goes on to the next page may be faster.
ICON = "icon.svg"
_FLAGS = ("--no-sandbox", "--disable-background-networking")
# One pixel of grace: browsers round.
_LOOK = """() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const width = document.documentElement.clientWidth;
  const shown = selector => [...document.querySelectorAll(selector)].filter(
    element => element.checkVisibility({opacityProperty: true, visibilityProperty: true}));
  const links = selector => [...document.querySelectorAll(selector)];
  return {
    lang: document.documentElement.lang,
    dir: getComputedStyle(document.body).direction,
    scrolls: document.documentElement.scrollWidth > width + 1,
    sticking_out: shown("body *").filter(element => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > width + 1 || box.left < -1);
    }).map(element => element.tagName.toLowerCase()),
    languages: shown("nav .languages a").map(link => [link.hreflang, link.href]),
    current: shown("nav .languages a[aria-current=page]").map(link => link.hreflang),
    feeds: links("link[rel=alternate][type]").map(link => [link.type, link.href]),
    alternates: links("link[rel=alternate][hreflang]").map(link => [link.hreflang, link.href]),
    canonical: links("link[rel=canonical]").map(link => link.href),
    notes: shown(".note").map(element => element.innerText),
    labels: shown(".origin .label").map(element => element.innerText),
    originals: shown(".origin a").map(link => link.href),
    posting: links("script[type*=ld]").flatMap(script => JSON.parse(script.text).identifier?.value ?? []),
  };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a reader sees of a page; addresses are as the browser resolves them, `requests` all that it asked for."""

    lang: str
    dir: str
    scrolls: bool
    sticking_out: Sequence[str]
    languages: Mapping[str, str]
    current: Sequence[str]
    feeds: Mapping[str, str]
    alternates: Mapping[str, str]
    canonical: Sequence[str]
    notes: Sequence[str]
    labels: Sequence[str]
    originals: Sequence[str]
    posting: Sequence[str]
    errors: Sequence[str]
    requests: Sequence[str]


def browser_program() -> str:
    """Return where the Chromium is that has no windows, for which a page is half the work; else the whole one."""
    return shutil.which("chromium-headless-shell") or require_tool("chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program(), args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def tab(browser: Browser, width: int) -> Iterator[Page]:
    """Open a tab of a width in pixels."""
    context = browser.new_context(viewport={"width": width, "height": _HEIGHT})
    context.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    page = context.new_page()
    if SLOW_PAGES:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWED})
    try:
        yield page
    finally:
        context.close()


def look_at(page: Page, address: str) -> Look:
    """Open an address and look."""
    errors: list[str] = []
    requests: list[str] = []
    listeners: dict[Any, Any] = {
        "console": lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None,
        "pageerror": lambda error: errors.append(str(error)),
        "requestfailed": lambda request: (
            None if request.url.endswith(f"/{ICON}") else errors.append(f"{request.url} {request.failure}")
        ),
        "request": lambda request: requests.append(request.url),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    page.goto(address, wait_until="load")
    seen: dict[str, Any] = page.evaluate(_LOOK)
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    seen |= {name: dict(seen[name]) for name in ("languages", "feeds", "alternates")}
    return Look(**seen, errors=errors, requests=requests)
