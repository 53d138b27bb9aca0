"""Every page of the samples is valid HTML by html-validate, in every language, and every kind of page by vnu."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.model.locale import parse_locale, to_tag
from tests.publishing.kinds_of_pages import page_of_each_kind
from tests.publishing.sample_site import LOCALES
from tests.tools import require_tool

RULES = Path(__file__).with_name("html-validate.config.mjs")


def faults(root: Path, pages: Iterable[Path]) -> list[tuple[str, str]]:
    """Return page and rule of everything that html-validate has to say; through a pipe it would break off."""
    command = [require_tool("html-validate"), "--config", str(RULES), "--formatter"]
    with TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        done = subprocess.run(
            [*command, f"json={told}", *map(str, pages)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert done.returncode in {0, 1}, done.stderr
        results = json.loads(told.read_bytes())
    return [
        (Path(result["filePath"]).relative_to(root).as_posix(), message["ruleId"])
        for result in results
        for message in result["messages"]
    ]


def vnu_finds(pages: Iterable[Path]) -> list[tuple[str, str]]:
    """Return name and message of all errors of the checker behind validator.w3.org."""
    jar = Path(require_tool("vnu")).resolve().parent / "build/dist/vnu.jar"
    command = [require_tool("java"), "-jar", str(jar), "--errors-only", "--exit-zero-always", "--format", "json"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, encoding="utf-8", check=True, timeout=240)
    found = json.loads(done.stderr)["messages"]
    return [(message["url"].rpartition("/")[2], message["message"]) for message in found]


def test_every_page_is_valid(sample_site: Path) -> None:
    pages = sorted(sample_site.rglob("*.html"))
    folders = {page.relative_to(sample_site).parts[0] for page in pages}
    assert folders == {"index.html", "404.html", *(locale.replace("_", "-") for locale in LOCALES)}
    assert faults(sample_site, pages) == []


@pytest.mark.parametrize(
    ("path", "before", "planted", "rule"),
    [
        ("index.html", "</h1>", "</h2>", "close-order"),
        ("en/index.html", 'id="countries"', 'id="list"', "no-dup-id"),
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


def test_every_kind_of_page_is_valid_by_the_checker_of_the_w3c(sample_site: Path, tmp_path: Path) -> None:
    tags = [to_tag(parse_locale(locale)) for locale in LOCALES]
    paths = {path for tag in tags for path in page_of_each_kind(sample_site, tag).values()}
    assert vnu_finds(sample_site / path for path in sorted(paths)) == []
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang=en><title>A</title><p><li>B", encoding="utf-8")
    assert [name for name, _ in vnu_finds([tmp_path / "wrong.html"])] == ["wrong.html"]
