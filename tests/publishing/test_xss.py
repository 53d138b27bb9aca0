"""Text is data: nothing that a posting or a catalog holds runs in a browser, from a page or from a feed.

`make fuzz` gives every payload a posting of its own; else they share postings, a few in each field.
"""

import json
import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from pipeline.publishing.pages.listings import LIST_SIZE
from tests.projects import polypost, read_json, write_tree
from tests.publishing.browser import chromium
from tests.publishing.hostile_site import (
    CONFIG,
    HARMLESS,
    as_documents,
    build_hostile_site,
    feed_contents,
    record,
)
from tests.publishing.loopback import serving
from tests.publishing.watching import Seen, watching
from tests.publishing.xss_payloads import LIVE, PAYLOADS, dealt, every_payload
from tests.shared import made_once
from tests.tools import LONG

# What shows only as an element that does not belong there.
HARMLESS_BY_THEMSELVES = {"address", "address of another scheme", "base", "clobbering", "unknown element"}
PATHS_AT_ONCE = 500  # a server of ours lives for some minutes only
TEXTS = dealt(len(every_payload()) if LONG else 8)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def look_at_all(browser: Browser, release: Path, *, alike: str = "(?!)") -> dict[str, Seen]:
    """Open every page of a release, and everything that its feeds hand out as HTML, but what is `alike` others."""
    pages = sorted(page.relative_to(release).as_posix() for page in release.rglob("*.html"))
    contents = [content for content in feed_contents(release) if not re.search(alike, content)]
    paths = [*(page for page in pages if not re.search(alike, page)), *as_documents(release, contents)]
    found: dict[str, Seen] = {}
    for start in range(0, len(paths), PATHS_AT_ONCE):
        with serving(release) as origin, watching(browser, origin) as watcher:
            found |= {path: watcher.open(path) for path in paths[start : start + PATHS_AT_ONCE]}
    return found


def seen_once(factory: pytest.TempPathFactory, name: str, look: Callable[[Path], dict[str, Seen]]) -> dict[str, Seen]:
    """Return what a browser saw of a site, in this worker or in another one."""

    def make(folder: Path) -> None:
        seen = {path: [each.acts, sorted(each.shapes)] for path, each in look(folder).items()}
        (folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")

    found = read_json(made_once(factory, name, make) / "seen.json")
    return {path: Seen(acts=acts, shapes=frozenset(shapes)) for path, (acts, shapes) in found.items()}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> dict[str, Seen]:
    return seen_once(
        tmp_path_factory, "hostile", lambda folder: look_at_all(browser, build_hostile_site(folder, TEXTS))
    )


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> dict[str, Seen]:
    # As many as give lists pages of their own: each text is in several postings.
    texts = [HARMLESS, *(f"Plain words {number}" for number in range(LIST_SIZE // 4))]
    alike = "[Pp]lain[- ]words[- ]([2-9]|1[0-9])"  # but for the number
    return seen_once(
        tmp_path_factory,
        "harmless",
        lambda folder: look_at_all(browser, build_hostile_site(folder, texts), alike=alike),
    )


def test_payloads_are_many_and_of_every_technique() -> None:
    assert len(every_payload()) >= 400
    assert {name: len(group) >= 9 for name, group in PAYLOADS.items()} == dict.fromkeys(PAYLOADS, True)


def test_every_posting_is_there_in_both_languages(hostile: dict[str, Seen]) -> None:
    pages = [path for path in hostile if "/postings/" in path]
    # In a text file and in two descriptions each, two texts nest too deeply.
    assert len(pages) == 2 * (4 * len(TEXTS) - 3 * 2)
    contents = [path for path in hostile if path.startswith("contents/")]
    assert len(contents) > 6 * len(TEXTS)  # two descriptions may say the same


def test_nothing_runs(hostile: dict[str, Seen]) -> None:
    assert {path: seen.acts for path, seen in hostile.items() if seen.acts} == {}


def test_no_element_is_there_that_harmless_text_does_not_make(
    hostile: dict[str, Seen], harmless: dict[str, Seen]
) -> None:
    assert {path: seen.acts for path, seen in harmless.items() if seen.acts} == {}
    known = frozenset().union(*(seen.shapes for seen in harmless.values()))
    strange = {path: sorted(seen.shapes - known) for path, seen in hostile.items() if seen.shapes - known}
    assert strange == {}


@pytest.mark.parametrize("name", LIVE)
def test_page_with_a_live_payload_is_caught(
    browser: Browser, tmp_path: Path, harmless: dict[str, Seen], name: str
) -> None:
    page = f"<!DOCTYPE html><html><head><title>x</title></head><body><p>{LIVE[name]}</p></body></html>"
    write_tree(tmp_path, {"live.html": page})
    with serving(tmp_path) as origin, watching(browser, origin) as watcher:
        seen = watcher.open("live.html")
    known = frozenset().union(*(seen.shapes for seen in harmless.values()))
    assert seen.acts or seen.shapes - known


@pytest.mark.parametrize("name", [name for name in LIVE if name not in HARMLESS_BY_THEMSELVES])
def test_what_a_live_payload_does_is_noticed_beside_its_elements(browser: Browser, tmp_path: Path, name: str) -> None:
    write_tree(tmp_path, {"live.html": f"<!DOCTYPE html><title>x</title><p>{LIVE[name]}</p>"})
    with serving(tmp_path) as origin, watching(browser, origin) as watcher:
        assert watcher.open("live.html", until_it_acts=True).acts != []


def test_field_that_takes_no_text_shows_no_payload(tmp_path: Path) -> None:
    plain = record(0, "Plain words")
    fields: list[dict[str, Any]] = [
        {"url": "{}"},
        {"language": "{}"},
        {"locales": ["{}"]},
        {"date_posted": "{}"},
        {"valid_through": "{}"},
        {"applicant_countries": ["{}"]},
        {"salary": {"currency": "{}", "unit": "YEAR"}},
        {"salary": {"currency": "EUR", "unit": "{}"}},
        {"salary": {"currency": "EUR", "min": "{}"}},
        {"remote": "{}"},
        {"sections": [{"kind": "{}", "paragraphs": ["x"]}]},
    ]
    payloads = [payload for payload in every_payload() if not payload.startswith("https://")][::12]
    cases = [json.dumps(plain | field).replace('"{}"', json.dumps(text)) for field in fields for text in payloads]
    lines = [json.dumps(json.loads(case) | {"id": f"case {number}"}) for number, case in enumerate(cases)]
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/refused.jsonl": "\n".join(lines)})
    done = polypost(tmp_path, "build", "--json")
    assert json.loads(done.stdout)["postings"]["rejected"] == 0
    shown = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "public").rglob("*") if path.is_file()}
    assert any("case 0" in text for text in shown.values())
    for payload in payloads:
        written = {payload, json.dumps(payload)[1:-1], escape(payload), escape(payload, quote=False)}
        assert [path for path, text in shown.items() if any(form in text for form in written)] == []
