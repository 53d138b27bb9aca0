"""A posting that expired keeps its page, which says so and belongs to no version; any other address is a wrong one."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pipeline.workflow.proving import prove
from tests.projects import built, polypost, read_json, read_tree, write_tree
from tests.proof.tampering import copied, edit, relist

CONFIG = """
[project]
base_url = "https://jobs.example.org/careers/"
postings = ["postings/*.txt"]
locales = ["en", "fr"]

[translate]
engines = []

[publish]
policy = "reviewed"
"""
COOK = "Title: Ship's cook (m/f)\nOrganization: Ferry & Co\nLocation: Cork, IE\nLanguage: en\n"
POSTINGS = {
    "postings/cook.txt": f"{COOK}Date-Posted: 2026-10-05\nValid-Through: 2026-11-30\n\nCook fish.\n",
    "postings/chef.txt": f"{COOK}Date-Posted: 2026-10-07\n\nCook meat.\n".replace("Ship's", "Hotel").replace(
        "& Co", ""
    ),
    "postings/pain.txt": "Title: Boulangère\nLocation: Lyon, FR\nDate-Posted: 2026-10-08\nLanguage: fr\n\nLe four.\n",
}
BEFORE, AFTER = ("--as-of", "2026-11-01"), ("--as-of", "2026-12-05", "--allow-withdrawals")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_tree(tmp_path, {"polypost.toml": CONFIG, **POSTINGS})
    built(tmp_path, *BEFORE)
    return tmp_path


def page_of_cook(project: Path) -> str:
    (line,) = [line for line in read_json_lines(project) if line["posting"] == "cook" and line["withdrawn"] is None]
    return f"en/postings/{line['slug']}.html"


def read_json_lines(project: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (project / "locales/publications.jsonl").read_text("utf-8").splitlines()]


def test_expired_posting_keeps_a_page_that_says_so_and_leads_to_similar_ones(project: Path) -> None:
    path = page_of_cook(project)
    built(project, *AFTER)
    files = read_tree(project / "public")
    page: Any = html.fromstring(files[path])
    assert page.xpath("string(//h1)") == "This job is no longer open"
    assert page.xpath("string(//p[@class='lead'])") == "Ship's cook (m/f) · Ferry & Co"
    assert "November 30, 2026" in page.xpath("string(//main)")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//article | //script[@type='application/ld+json'] | //link[@hreflang]") == []
    assert [link.text for link in page.xpath("//div[@class='others']//li/a")] == ["Hotel cook (m/f)"]


def test_it_is_in_no_list_feed_count_or_sitemap(project: Path) -> None:
    path = page_of_cook(project)
    built(project, *AFTER)
    files = read_tree(project / "public")
    named = {name for name, text in files.items() if path.rpartition("/")[2].encode() in text}
    assert named == {path, "manifest.json"}
    assert [item["id"] for item in read_json(project / "public/en/feed.json")["items"]] == ["chef/en"]
    assert read_json(project / "public/languages.json")[0]["postings"] == 1
    assert not prove((project / "public").resolve()).faults


def test_it_stays_in_later_runs_without_a_day_and_goes_with_the_posting_itself(project: Path) -> None:
    path = page_of_cook(project)
    built(project, *AFTER)
    before = read_tree(project / "public")
    built(project)
    assert read_tree(project / "public") == before
    (project / "postings/cook.txt").unlink()
    built(project)
    assert path not in read_tree(project / "public")


def test_it_opens_again_at_its_address_with_a_later_day(project: Path) -> None:
    path = page_of_cook(project)
    built(project, *AFTER)
    write_tree(project, {"postings/cook.txt": POSTINGS["postings/cook.txt"].replace("2026-11-30", "2027-01-31")})
    built(project, *AFTER)
    assert b"no longer open" not in read_tree(project / "public")[path]


def test_posting_that_a_person_took_out_keeps_no_page(project: Path) -> None:
    path = page_of_cook(project)
    assert polypost(project, "withhold", "cook").returncode == 0
    built(project, *AFTER)
    assert path not in read_tree(project / "public")


def test_posting_that_expired_before_it_was_published_has_no_page(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": CONFIG, **POSTINGS})
    built(tmp_path, *AFTER)
    assert not [path for path in read_tree(tmp_path / "public") if "ship-s-cook" in path]


def test_wrong_address_has_a_page_in_each_language_whose_links_hold_at_any_depth(project: Path) -> None:
    files = read_tree(project / "public")
    for path, lists in {"404.html": ["en", "fr"], "en/404.html": ["en"], "fr/404.html": ["fr"]}.items():
        page: Any = html.fromstring(files[path])
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert page.xpath("//main//a/@href") == [f"/careers/{tag}/index.html" for tag in lists]
        links = page.xpath("//@href[not(starts-with(., '#'))] | //@src")
        assert not [link for link in links if not link.startswith("/careers/")], path


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('<meta name="robots" content="noindex">', "", "does not ask to be left out of indexes"),
        (">Hotel cook", ">Boss", "is called 'Boss (m/f)'"),
        (
            '<div class="gone">',
            '<div class="gone"><article></article>',
            "is the page of no open posting, and shows one",
        ),
    ],
)
def test_tampered_page_of_an_expired_posting_is_found(
    project: Path, tmp_path: Path, old: str, new: str, reason: str
) -> None:
    path = page_of_cook(project)
    built(project, *AFTER)
    root = copied(project / "public", tmp_path / "tampered")
    edit(root, path, lambda text: text.replace(old, new, 1))
    relist(root)
    faults = prove(root).faults
    assert {fault.file for fault in faults} == {path}
    assert reason in faults[0].reason
