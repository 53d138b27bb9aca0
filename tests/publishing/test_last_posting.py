"""The last posting of a country leaves: nothing of the country stays, in any output, and nothing leads nowhere."""

from pathlib import Path

import pytest

from tests.projects import built, polypost, read_json, read_tree, write_tree
from tests.publishing.outputs import COUNTRY_OUTPUTS, OUTPUTS, Files, in_structured_data, local, sitemap_pages
from tests.publishing.test_country_rule import entries_of, links_of, target_of

CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings/*.txt"]
locales = ["en", "fr"]

[translate]
engines = []
"""
POSTINGS = {
    "postings/ferry.txt": "Title: Ferry steward\nLocation: Cork, IE\nDate-Posted: 2026-10-05\nLanguage: en\n\nSail.\n",
    "postings/tea.txt": "Title: Tea taster\nLocation: Leeds, GB\nDate-Posted: 2026-10-07\nLanguage: en\n\nSip.\n",
    "postings/pain.txt": "Title: Boulangère\nLocation: Lyon, FR\nDate-Posted: 2026-10-08\nLanguage: fr\n\nLe four.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_tree(tmp_path, {"polypost.toml": CONFIG, **POSTINGS})
    built(tmp_path)
    return tmp_path


def countries(files: Files, tag: str) -> dict[str, tuple[str, ...]]:
    """Return the countries that each output of a version names."""
    found = {name: read(files, f"{tag}/{name}") for name, read in OUTPUTS.items()}
    found["JSON-LD"] = in_structured_data(files, tag)
    return {name: tuple(sorted({country for _, country in pairs})) for name, pairs in found.items()}


def dead_links(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [
        (path, link)
        for path, text in files.items()
        for link in links_of(path, text)
        if target_of(path, link) not in files
    ]


def test_country_of_a_withdrawn_posting_is_gone_from_every_output(project: Path) -> None:
    before = read_tree(project / "public")
    assert countries(before, "en") == dict.fromkeys([*OUTPUTS, "JSON-LD"], ("GB", "IE"))
    assert {f"en/countries/GB/{name}" for name in COUNTRY_OUTPUTS} <= set(before)
    (project / "postings/tea.txt").unlink()
    built(project, "--allow-withdrawals")
    after = read_tree(project / "public")
    assert countries(after, "en") == dict.fromkeys([*OUTPUTS, "JSON-LD"], ("IE",))
    assert [country["code"] for country in read_json(project / "public/en/countries.json")["countries"]] == ["IE"]
    assert [path for path in after if "countries/GB" in path] == []
    named = {path for path, text in after.items() if b"Leeds" in text or b"United Kingdom" in text or b"tea" in text}
    assert named == {"en/atom.xml"}  # the tombstone
    assert dead_links(after) == []
    assert [path for path, text in after.items() if entries_of(path, text) == []] == []


def test_language_of_the_last_posting_is_gone_as_a_whole(project: Path) -> None:
    (project / "postings/pain.txt").unlink()
    built(project, "--allow-withdrawals")
    files = read_tree(project / "public")
    assert [path for path in files if path.startswith("fr/")] == []
    assert {local(address).split("/")[0] for address in sitemap_pages(files)} == {"", "en"}
    assert [path for path, text in files.items() if b"fr/" in text] == []
    assert dead_links(files) == []


def test_ids_and_days_stay_when_other_postings_come_and_go(project: Path) -> None:
    def item() -> object:
        return next(item for item in read_json(project / "public/en/feed.json")["items"] if item["id"] == "ferry/en")

    before = item()
    (project / "postings/tea.txt").unlink()
    built(project, "--allow-withdrawals", "--as-of", "2026-11-20")
    write_tree(project, {"postings/coffee.txt": POSTINGS["postings/tea.txt"].replace("Tea", "Coffee")})
    built(project, "--as-of", "2026-11-21")
    assert item() == before


def test_machine_translations_may_be_kept_out_of_search_engines(project: Path) -> None:
    config = CONFIG + "\n[publish]\nnoindex_machine = true\n"
    write_tree(project, {"polypost.toml": config})
    built(project)
    pages = {path: text for path, text in read_tree(project / "public").items() if "/postings/" in path}
    assert pages
    assert b"noindex" not in b"".join(pages.values())
    write_tree(project, {"polypost.toml": config.replace("true", '"yes"')})
    done = polypost(project, "build")
    assert (done.returncode, "publish.noindex_machine is 'yes', it has to be true or false" in done.stderr) == (2, True)
