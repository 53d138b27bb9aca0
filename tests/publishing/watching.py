"""Watches what a page does in Chromium, beyond showing text; the site's own Content-Security-Policy is set aside.

The policy is a second wall; what is tested behind it is that nothing stands in the page that it would have to stop.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request, Route

from tests.publishing.xss_payloads import MARK

_PATIENCE = 60_000  # milliseconds for one page
# Every element with what makes it dangerous: names, and the values by which scripts, styles and links are told apart.
# Then each is touched as a reader may touch it; links lead nowhere meanwhile.
_STIR = r"""async () => {
  const telling = new Set(["id", "name", "class", "style", "rel", "type", "http-equiv", "target"]);
  const described = attribute => {
    if (attribute.name === "href") {
      const address = attribute.value;
      const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(address);
      return `href=${scheme ? scheme[0].toLowerCase() : "relative"}`;
    }
    if (attribute.name === "id" && /^s[0-9]+$/.test(attribute.value)) return "id"; // sentences are numbered
    return telling.has(attribute.name) ? `${attribute.name}=${attribute.value}` : attribute.name;
  };
  const elements = [...document.querySelectorAll("*")];
  const shapes = elements.map(
    element => `${element.nodeName} ${[...element.attributes].map(described).sort().join(" ")}`.trim());
  const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) shapes.push("a comment");
  for (const script of document.querySelectorAll("script[type='application/ld+json']")) JSON.parse(script.text);
  addEventListener("click", event => event.preventDefault(), true);
  for (const element of elements)
    for (const name of ["pointerover", "mouseover", "mouseenter", "focus", "click", "keydown", "toggle"])
      element.dispatchEvent(new Event(name, {bubbles: name !== "focus", cancelable: true}));
  await new Promise(done => setTimeout(done, 15));
  return {shapes: [...new Set(shapes)], ran: window.__xss === 1};
}"""


@dataclass(kw_only=True)
class Seen:
    """What a page did: `acts` that no page of ours does, and the shapes of its elements."""

    acts: list[str] = field(default_factory=list)
    shapes: frozenset[str] = frozenset()


class Watcher:
    """A tab that opens pages of one origin and notes what they try."""

    def __init__(self, page: Page, origin: str) -> None:
        self._page = page
        self._origin = origin
        self._seen = Seen()
        page.on("dialog", self._on_dialog)
        page.on("console", self._on_console)
        page.on("popup", lambda popup: self._note(f"opened {popup.url}"))
        page.route("**/*", self._on_request)

    def open(self, path: str, *, until_it_acts: bool = False) -> Seen:
        """Open a page, touch everything on it, and return what it did; wait for that where it is sure to do something.

        On a busy machine what follows from a touch, a reload or a missing picture may come long after.
        """
        self._seen = Seen()
        address = f"{self._origin}{path}"
        try:
            self._page.goto(address, wait_until="load")
            found: dict[str, Any] = self._page.evaluate(_STIR)
            deadline = monotonic() + _PATIENCE / 1000
            while until_it_acts and not (found["ran"] or self._seen.acts or self._page.url != address):
                assert monotonic() < deadline, "nothing was noticed"
                self._page.wait_for_timeout(10)
                found["ran"] = self._page.evaluate("window.__xss === 1")
        except Error as error:  # it went away under our hands
            self._note(error.message.splitlines()[0])
            return self._seen
        if found["ran"]:
            self._note("ran")
        if self._page.url != address:
            self._note(f"went to {self._page.url}")
        self._seen.shapes = frozenset(found["shapes"])
        return self._seen

    def _note(self, act: str) -> None:
        self._seen.acts.append(act)

    def _on_dialog(self, dialog: Dialog) -> None:
        self._note(f"dialog {dialog.message}")
        dialog.dismiss()

    def _on_console(self, message: ConsoleMessage) -> None:
        if MARK in message.text:
            self._note("console")

    def _on_request(self, route: Route, request: Request) -> None:
        if request.url.startswith(self._origin):
            route.continue_()
        else:
            self._note(f"asked for {request.url}")
            route.abort()


@contextmanager
def watching(browser: Browser, origin: str) -> Iterator[Watcher]:
    """Open a tab for the pages of an origin."""
    context = browser.new_context(bypass_csp=True)
    context.set_default_timeout(_PATIENCE)
    try:
        yield Watcher(context.new_page(), origin)
    finally:
        context.close()
