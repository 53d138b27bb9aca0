"""Every example of docs/posting.md is read without a doubt, and the page names every format."""

import json
import re
from pathlib import Path

import pytest

from pipeline.config import read_settings
from pipeline.intake.formats.registry import FORMATS
from pipeline.intake.posting_file import PostingReader
from pipeline.intake.reading.headings import load_headings
from pipeline.model.posting import Posting, SectionKind
from tests.projects import CHECKOUT

PAGE = (CHECKOUT / "docs/posting.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(json|text|markdown|csv)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
FIELDS = re.findall(
    r"^\| (`[a-z_]+`(?:, `[a-z_]+`)*) \|.*\| ([^|]+) \|$", PAGE.partition("### What is")[0], re.MULTILINE
)
VALUES = [
    (name, value)
    for names, shown in FIELDS
    for name in re.findall(r"\w+", names)
    for value in re.findall(r"`(.+?)`", shown)
]


def read(folder: Path, content: str) -> list[Posting]:
    file = folder / "example"
    file.write_text(content, encoding="utf-8")
    found = list(PostingReader(root=folder, lexicon=load_headings()).read([file]))
    return [posting for posting in found if isinstance(posting, Posting)]


@pytest.mark.parametrize(("form", "example"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_example_is_one_posting_without_a_doubt(form: str, example: str, tmp_path: Path) -> None:
    found = read(tmp_path, example)
    assert [posting.doubts for posting in found] == [()], form


@pytest.mark.parametrize(("field", "value"), VALUES)
def test_value_of_the_table_is_understood(field: str, value: str, tmp_path: Path) -> None:
    fields = {"id": "b", "title": "Baker", "description": "We bake.", field: json.loads(value)}
    (posting,) = read(tmp_path, json.dumps(fields))
    assert posting.doubts == ()


def test_every_format_and_every_kind_of_section_is_named() -> None:
    named = set(re.findall(r"^\| `([a-z-]+)` \|", PAGE.partition("## Formats")[2], re.MULTILINE))
    assert named == set(FORMATS)
    assert all(f"`{kind}`" in PAGE for kind in SectionKind)


def test_configuration_of_the_page_is_read(tmp_path: Path) -> None:
    (source,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    file = tmp_path / "polypost.toml"
    file.write_text(f'[project]\nlocales = ["fr"]\n{source}', encoding="utf-8")
    assert read_settings(file).sources[0].columns["title"] == "Stelle"
