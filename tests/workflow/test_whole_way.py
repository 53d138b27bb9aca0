"""The seed posting, and one of the same shape, from text file to language version, by the real engine."""

import re
from itertools import chain
from pathlib import Path

import pytest

from tests.projects import CONFIG, built, polypost, read_json, shared_data, write_tree

OWN_SHAPE = """\
This list contains only the countries for which a posting exists in the language chosen.
The harbour laboratory on Azure watches the water of nine ports for people who live from it. \
Our instruments report every ten minutes, and we look for patterns that nobody has asked about yet. \
You will work with two biologists and one engineer.
Job Responsibility:
keep the instruments at the quay in working order
write down what you see, learn and suspect
compare measurements with those of other ports
present findings to the harbour office every month
move the collection of data to Azure
Requirements:
enrolled in a Ph.D. program in marine biology or a closely related field
able to carry twenty kilos and to swim
two reference letters and a cover letter
experience with Python, R and/or Microsoft Excel
Nice to have:
a boat licence
experience with sensor networks
patience on windy days
some Portuguese
fluent in statistics
a team player in rubber boots
"""


def items_by_section(html: str) -> list[list[str]]:
    lists = re.findall("<ul>(.*?)</ul>", html)
    return [re.findall("<li>(.*?)</li>", found) for found in lists]


def check_portuguese_version(project: Path, source: list[list[str]]) -> None:
    feed = read_json(project / "public/pt-BR/feed.json")
    (item,) = feed["items"]
    assert item["_polypost"]["translation"] == "machine"
    translated = items_by_section(item["content_html"])
    assert [len(section) for section in translated] == [5, 4, 6]
    for before, after in zip(chain(*source), chain(*translated), strict=True):
        assert after != before
        for name in ("Microsoft", "Azure", "Ph.D."):
            assert before.count(name) == after.count(name), (before, after)


def source_items(text: str) -> list[list[str]]:
    parts = re.split(r"^[\w ]+:$", text.strip(), flags=re.MULTILINE)[1:]
    return [part.strip().split("\n") for part in parts]


@pytest.mark.parametrize("which", ["seed", "own"])
def test_posting_of_the_seed_shape_comes_out_whole_in_portuguese(tmp_path: Path, which: str) -> None:
    text = (shared_data() / "ats/seed-posting.txt").read_text(encoding="utf-8") if which == "seed" else OWN_SHAPE
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/seed-posting.txt": text})
    built(tmp_path)
    held = polypost(tmp_path, "why", "seed-posting", "pt-BR", "--json")
    assert '"published": true' in held.stdout, held.stdout
    check_portuguese_version(tmp_path, source_items(text))
    catalog = (tmp_path / "locales/pt_BR/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")
    assert "This list contains only the countries" not in catalog


def test_english_version_is_the_text_as_written(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/harbour.txt": OWN_SHAPE})
    built(tmp_path)
    (item,) = read_json(tmp_path / "public/en/feed.json")["items"]
    assert items_by_section(item["content_html"]) == source_items(OWN_SHAPE)
    assert "<h2>Job Responsibility</h2>" in item["content_html"]
    assert item["_polypost"]["translation"] == "source"
