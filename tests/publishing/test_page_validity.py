"""Every page of the samples is valid HTML by html-validate, in every language."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.publishing.sample_site import LOCALES
from tests.tools import require_tool

RULES = Path(__file__).with_name("html-validate.config.mjs")


def faults(root: Path, pages: Iterable[Path]) -> list[tuple[str, str]]:
    """Return page and rule of everything that html-validate has to say."""
    command = [require_tool("html-validate"), "--config", str(RULES), "--formatter", "json"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode in {0, 1}, done.stderr
    return [
        (Path(result["filePath"]).relative_to(root).as_posix(), message["ruleId"])
        for result in json.loads(done.stdout)
        for message in result["messages"]
    ]


def test_every_page_is_valid(sample_site: Path) -> None:
    pages = sorted(sample_site.rglob("*.html"))
    folders = {page.relative_to(sample_site).parts[0] for page in pages}
    assert folders == {"index.html", *(locale.replace("_", "-") for locale in LOCALES)}
    assert faults(sample_site, pages) == []


@pytest.mark.parametrize(
    ("path", "before", "planted", "rule"),
    [
        ("index.html", "</h1>", "</h2>", "close-order"),
        ("en/index.html", 'id="country-IE"', 'id="country-KE"', "no-dup-id"),
        ("ar/index.html", ' lang="ar"', "", "element-required-attributes"),
        ("fr/index.html", "</main>", '<img src="a.png"></main>', "wcag/h37"),
    ],
)
def test_fault_that_is_planted_is_found(
    sample_site: Path, tmp_path: Path, path: str, before: str, planted: str, rule: str
) -> None:
    text = (sample_site / path).read_text(encoding="utf-8")
    assert before in text
    page = tmp_path / "page.html"
    page.write_text(text.replace(before, planted, 1), encoding="utf-8")
    assert rule in {found for _, found in faults(tmp_path, [page])}
