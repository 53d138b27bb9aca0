"""`polypost serve` shows a new release in pages that are open, and adds nothing to the files."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, CONFIG, built, read_tree, write_tree
from tests.publishing.browser import WIDTHS, chromium, tab

POSTING = "Title: {title}\nLanguage: en\n\nYou like ladders and lamps.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/lamp.txt": POSTING.format(title="Lamp cleaner")})
    built(tmp_path)
    return tmp_path


@contextmanager
def served(project: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "pipeline", "serve", "--port", "0"],
        cwd=project,
        env={"PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found, said
        yield found[0]
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


def test_open_page_shows_a_new_release_by_itself(project: Path) -> None:
    before = read_tree(project / "public")
    with served(project) as address, chromium() as browser, tab(browser, WIDTHS["desktop"]) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}en/index.html")
        assert page.locator("h3").all_inner_texts() == ["Lamp cleaner"]
        assert read_tree(project / "public") == before
        write_tree(project, {"postings/lamp.txt": POSTING.format(title="Lantern cleaner")})
        built(project)
        page.get_by_role("heading", name="Lantern cleaner").wait_for()
        assert said == []
    assert all(b"/.polypost/" not in content for content in read_tree(project / "public").values())
