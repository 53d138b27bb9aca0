"""Postings and catalogs whose every text tries to run, built as a user builds them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree

from pipeline.catalog.layout import SITE_DOMAIN, catalog_path
from pipeline.catalog.po_file import read_catalog, write_catalog
from pipeline.model.cleaning import clean_line
from pipeline.model.locale import parse_locale
from tests.projects import polypost, read_json, write_tree

CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings/*.txt", "postings/*.jsonl"]
locales = ["en", "fr"]

[translate]
engines = []

[publish]
policy = "machine"
"""
FRENCH = parse_locale("fr")
_CONTENT = {"content", "summary", "description", "encoded"}
HARMLESS = (
    "Cook/Baker One <b>two</b> <i>three</i> <em>four</em> <strong>five</strong> <u>six</u> <code>seven</code> "
    '<sub>eight</sub> <sup>nine</sup> <a href="https://a.example">ten</a> <a href="mailto:a@b.example">eleven</a> '
    '<a href="https://a.example:99999/">no address</a>'
)


def record(number: int, text: str) -> dict[str, Any]:
    """Return a posting with a text in every field that takes any."""
    return {
        "id": f"{text} {number}",
        "title": f"{text} {number}",
        "organization": text,
        "url": f"https://a.example/{quote(text, safe='')}",
        "locations": [{"country": "FR", "city": text}, {"city": text}],
        "remote": True,
        "applicant_countries": ["FR", "BE"],
        "employment_type": [text, "FULL_TIME"],
        "salary": {"currency": "EUR", "min": 1, "max": 2, "unit": "YEAR"},
        "date_posted": "2026-11-01",
        "valid_through": "2027-01-31",
        "language": "en",
        "sections": [
            {"kind": "description", "heading": text, "paragraphs": [text, f"Work. {text} More work."]},
            {"heading": f"About {text}", "items": [text, f"item {text}"]},
        ],
    }


def described(number: int, text: str, description: str) -> dict[str, Any]:
    """Return a posting whose body is a description as exporters write it."""
    return {"id": f"described {number}", "title": f"Clerk {text}", "language": "en", "description": description}


def text_file(number: int, text: str) -> str:
    """Return a text file with a text in every field line and in its body."""
    line = " ".join(text.split())
    head = (
        f"Title: {line} {number}\nId: text {line} {number}\nOrganization: {line}\nLocation: {line}, FR\nLanguage: en\n"
    )
    return f"{head}Employment-Type: {line}\n\n{line}\n\nRequirements:\n{line}\n- {line}\n\n{line}:\n{line}\n"


def hostile_files(texts: Sequence[str]) -> dict[str, str]:
    """Return posting files that hold every text in every field, in each format."""
    lines = [record(number, text) for number, text in enumerate(texts)]
    for number, text in enumerate(texts):
        # Some texts are nothing but an element that is dropped, and a posting without words is rejected.
        html = f"<p>Words</p><h2>{text}</h2><p>{text}</p><ul><li>{text}</li></ul>{text}"
        lines += [described(2 * number, text, html), described(2 * number + 1, text, f"Words\n\n{text}\n\n{text}\n")]
    return {
        "postings/hostile.jsonl": "".join(json.dumps(line) + "\n" for line in lines),
        **{f"postings/text-{number}.txt": text_file(number, text) for number, text in enumerate(texts)},
    }


def build_hostile_site(root: Path, texts: Sequence[str]) -> Path:
    """Build with the texts in the postings, in their translations and in the words of our own pages."""
    write_tree(root, {"polypost.toml": CONFIG, **hostile_files(texts)})
    _run(root, "build")
    _translate(root, [*map(clean_line, texts[1:]), clean_line(texts[0])])
    _reword(root, [text for text in map(clean_line, texts) if "%" not in text] or ["x"])
    _run(root, "publish")
    return (root / "public").resolve()


def _run(root: Path, command: str) -> None:
    """Run a command; text that nests too deeply is refused, all else comes out."""
    done = polypost(root, command)
    refused = [line for line in done.stderr.splitlines() if line.startswith("rejected:")]
    assert all(line.endswith("HTML nested deeper than 100 elements") for line in refused), done.stderr
    assert done.returncode == bool(refused), done.stderr


def _translate(root: Path, texts: Iterable[str]) -> None:
    """Do what a hostile translator does: every target is one of the texts, and no doubt is left."""
    path = catalog_path(root / "locales", FRENCH, "postings.en")
    catalog = read_catalog(path)
    assert catalog is not None
    targets = cycle(texts)
    units = tuple(replace(unit, target=f"{next(targets)} !", doubtful=False) for unit in catalog.units)
    write_catalog(path, replace(catalog, units=units))


def _reword(root: Path, texts: Iterable[str]) -> None:
    """Put a text behind every word of our own."""
    path = catalog_path(root / "locales", FRENCH, SITE_DOMAIN)
    catalog = read_catalog(path)
    assert catalog is not None
    targets = cycle(texts)
    units = tuple(
        replace(unit, target=f"{unit.target} {next(targets)}") if unit.target else unit for unit in catalog.units
    )
    write_catalog(path, replace(catalog, units=units))


def feed_contents(release: Path) -> Iterator[str]:
    """Yield what every feed hands out as HTML."""
    for path in sorted(release.rglob("feed*.json")):
        yield from (item["content_html"] for item in read_json(path)["items"] if "content_html" in item)
    for path in sorted(release.rglob("*.xml")):
        tree = etree.parse(path)
        elements = (element for element in tree.iter() if isinstance(element.tag, str))
        yield from (element.text or "" for element in elements if etree.QName(element).localname in _CONTENT)


def as_documents(root: Path, contents: Iterable[str]) -> list[str]:
    """Write contents as pages of their own below `root`; return their paths."""
    pages: Mapping[str, str] = {
        f"contents/{number}.html": f"<!DOCTYPE html><html><head><title>x</title></head><body>{content}</body></html>"
        for number, content in enumerate(dict.fromkeys(contents))
    }
    write_tree(root, {path: page.replace("<head>", '<head><meta charset="utf-8">', 1) for path, page in pages.items()})
    return list(pages)
