"""Whatever somebody changes in a published folder is found, and so is what they change with a manifest that fits."""

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.proof.faults import Fault
from pipeline.workflow.proving import prove
from tests.proof.tampering import copied, edit, files_of, put, random_tampers, relist

SEED = 20261130
TAMPERS = 1000 if os.environ.get("POLYPOST_FUZZ") == "long" else 100


def faults_of(root: Path) -> list[Fault]:
    return list(prove(root).faults)


def files_named(root: Path) -> set[str]:
    return {fault.file for fault in faults_of(root)}


def test_releases_as_published_are_proved(project: Path, paged: Path) -> None:
    for release in (project / "public", paged):
        proof = prove(release)
        assert not proof.faults
        assert proof.files == len(files_of(release.resolve()))


def test_every_single_byte_tamper_is_found_in_its_file(project: Path, tmp_path: Path) -> None:
    root = copied(project / "public", tmp_path / "public")
    for tamper in random_tampers(root, TAMPERS, SEED):
        before = put(root, tamper)
        named = files_named(root)
        # A manifest that says something else of a file makes that file the wrong one.
        assert tamper.path in named or (tamper.path == "manifest.json" and named), tamper
        put(root, tamper._replace(byte=before))
    assert not faults_of(root)


def added_file(root: Path) -> str:
    (root / "fr" / "extra.html").write_text("<p>")
    return "fr/extra.html"


def added_folder(root: Path) -> str:
    (root / "fr" / "empty" / "below").mkdir(parents=True)
    return "fr/empty/below"


def removed(root: Path) -> str:
    (root / "en/rss.xml").unlink()
    return "en/rss.xml"


def swapped(root: Path) -> str:
    (root / "en/atom.xml").rename(root / "kept")
    (root / "en/rss.xml").rename(root / "en/atom.xml")
    (root / "kept").rename(root / "en/rss.xml")
    return "en/atom.xml"


def truncated(root: Path) -> str:
    with (root / "en/feed.json").open("r+b") as file:
        file.truncate(100)
    return "en/feed.json"


def linked(root: Path) -> str:
    shutil.move(root / "en/jobs.xml", root.parent / "jobs.xml")
    (root / "en/jobs.xml").symlink_to(root.parent / "jobs.xml")
    return "en/jobs.xml"


def linked_folder(root: Path) -> str:
    shutil.move(root / "fr", root.parent / "fr")
    (root / "fr").symlink_to(root.parent / "fr")
    return "fr"


def made_a_pipe(root: Path) -> str:
    (root / "en/jobs.xml").unlink()
    os.mkfifo(root / "en/jobs.xml")
    return "en/jobs.xml"


def listed_outside(root: Path) -> str:
    (root.parent / "outside.txt").write_text("x")
    edit(root, "manifest.json", lambda text: text.replace('"app.js"', '"../outside.txt"'))
    return "manifest.json"


def listed_twice(root: Path) -> str:
    edit(root, "manifest.json", lambda text: re.sub(r"\n(.*app\.js.*)", r"\n\1\n\1", text))
    return "manifest.json"


def written_otherwise(root: Path) -> str:
    edit(root, "manifest.json", lambda text: json.dumps(json.loads(text)))
    return "manifest.json"


@pytest.mark.parametrize(
    "change",
    [
        added_file,
        added_folder,
        removed,
        swapped,
        truncated,
        linked,
        linked_folder,
        made_a_pipe,
        listed_outside,
        listed_twice,
        written_otherwise,
    ],
    ids=lambda change: change.__name__,
)
def test_a_folder_unlike_its_manifest_is_found(change: Callable[[Path], str], paged: Path, tmp_path: Path) -> None:
    root = copied(paged, tmp_path / "public")
    assert change(root) in files_named(root)


def without_first_item(text: str) -> str:
    feed = json.loads(text)
    del feed["items"][0]
    return json.dumps(feed)


def without(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text, count=1, flags=re.DOTALL)


def instead(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.DOTALL)


def drop_country(text: str) -> str:
    listed = json.loads(text)
    del listed["countries"][0]
    return json.dumps(listed)


def without_last_posting(text: str) -> str:
    listed = json.loads(text)
    ((_, count),) = listed["parts"]
    listed["parts"][0][1] = count - 1
    return json.dumps(listed)


def without_remote_work(text: str) -> str:
    listed = json.loads(text)
    listed["columns"]["remotes"] = []
    return json.dumps(listed)


def without_last_row(text: str) -> str:
    part = json.loads(text)
    del part["rows"][-1]
    return json.dumps(part)


def with_country(text: str) -> str:
    listed = json.loads(text)
    listed["countries"].append({"code": "PT", "name": "Portugal", "postings": 1, "feed": "countries/PT/feed.json"})
    return json.dumps(listed)


# A manifest is written anew after each, so that only what outputs say of one another is left to find it.
CHANGES: Mapping[str, tuple[str, Callable[[str], str], str]] = {
    "a posting dropped from the JSON Feed": ("en/feed.json", without_first_item, "is not in en/feed.json"),
    "a posting dropped from Atom": ("en/atom.xml", without(r"<entry .*?</entry>\n"), "en/atom.xml: n0.. is missing"),
    "a posting dropped from RSS": ("en/rss.xml", without("<item>.*?</item>\n"), "en/rss.xml: n0.. is missing"),
    "a posting dropped from job XML": (
        "en/jobs.xml",
        without("<job>.*n008.*?</job>\n"),
        "en/jobs.xml: n008 is missing",
    ),
    "a place dropped from job XML": ("en/jobs.xml", without("<job>.*?</job>\n"), "en/jobs.xml: line .*countries is"),
    "a posting dropped from a country feed": (
        "en/countries/FR/feed.json",
        without_first_item,
        "en/countries/FR/feed.json: n0.. is missing",
    ),
    "another home of a country feed": (
        "en/countries/FR/atom.xml",
        instead('/en/countries/FR/"', '/en/"'),
        "link alternate: is .*/en/'",
    ),
    "a posting dropped from a list": (
        "en/index.html",
        without('<li class="card".*?</ul>\n</li>'),
        "en/index.html: n0.. is missing",
    ),
    "a posting dropped from the list of a country": (
        "en/countries/FR/index.html",
        without('<li class="card".*?</ul>\n</li>'),
        "en/countries/FR/index.html: n0.. is missing",
    ),
    "a posting dropped from the index": ("en/list.json", without_last_posting, r"rows: are \d+, not \d+"),
    "a posting dropped from the cards": ("en/list/*.json", without_last_row, r"rows: are \d+, not \d+"),
    "another employer on a card": ("en/list/*.json", instead('"Söhne & Co"', '"Co"'), "organization is 'Co'"),
    "another country in the index": ("en/list.json", instead(r'"countries":\[\d+', '"countries":[0'), "countries is"),
    "remote work in the index": ("en/list.json", without_remote_work, "not what its card says"),
    "a word of no posting": ("en/search/0-0.json", instead(r":\[\d+", ":[9999"), "names postings that are none of"),
    "an index of another release": ("en/search/0-1.json", instead('"order":"..', '"order":"xx'), "order.* is 'xx"),
    "a page of a list left out": ("en/index.html", without('<a rel="next".*?</a>'), "en/index-1.html: belongs"),
    "a page dropped from the sitemap": ("en/sitemap.xml", without("<url>.*?</url>"), "the page of n0.. is missing"),
    "a country added": ("en/countries.json", with_country, "PT has 0 postings, not 1"),
    "a country dropped": ("en/countries.json", drop_country, "is missing, which has"),
    "a count of a country": ("en/countries.json", instead(r'"postings": (\d+)', '"postings": 99'), "not 99"),
    "a count of a list": ("en/index.html", instead('class="count">', 'class="count">1'), "the lists are"),
    "a page of a feed left out": ("en/feed.json", without(r' "next_url": "[^"]*",\n'), "en/feed-1.json: belongs"),
    "a link to nothing": ("en/index.html", instead('href="../app.js|src="../app.js', 'src="../no.js'), "is not there"),
    "a link outside": ("index.html", instead('src="app.js', 'src="../../app.js'), "is not there"),
    "an alternate": ("en/sitemap.xml", instead('hreflang="en"', 'hreflang="de"'), "the alternates are"),
    "another label": ("en/rss.xml", instead(">source</category>", ">machine</category>"), "not 'source' as"),
    "another title": ("en/atom.xml", instead("<title>Nurse &lt;i&gt; ", "<title>Boss "), "title is 'Boss"),
    "another country": ("en/atom.xml", instead('term="FR" scheme', 'term="PT" scheme'), "countries is .*'PT'"),
    "another text": ("en/feed.json", instead("Patience", "Impatience"), "the text differs"),
    "another id": ("en/feed.json", instead(r'"id":"n0', '"id":"x0'), "is 'x0"),
    "a deletion of what is there": (
        "fr/atom.xml",
        instead("<entry", '<at:deleted-entry ref="urn:polypost:f1/fr" when="2026-01-01T00:00:00Z"/>\n<entry'),
        "announces a deletion",
    ),
    "a language dropped": ("languages.json", lambda text: json.dumps(json.loads(text)[:1]), "belongs to no output"),
    "a language that has other postings": ("languages.json", instead('"postings": 40', '"postings": 41'), "has 41"),
    "no XML": ("en/atom.xml", lambda text: text[:-9], "is no XML"),
    "no JSON": ("en/feed.json", lambda text: text[:-9], "cannot be read"),
    "a field of another type": ("en/feed.json", instead('"remote":(true|false)', '"remote":3'), r"\$\.items\[0\]"),
    "another search": ("opensearch.xml", instead("/en/index.html", "/fr/index.html"), "describes the search"),
    "another sitemap": ("robots.txt", instead("sitemap.xml", "map.xml"), "does not name"),
    "a country of an area dropped": (
        "en/postings/nurse-i-39-aed838c1bf.html",
        instead('"name": "NL"', '"name": "PT"'),
        "JSON-LD: countries is .*'PT'",
    ),
    "a script": ("fr/index.html", instead("</main>", "<script>alert(1)</script></main>"), "one that no page has"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_with_a_fitting_manifest_is_found_by_what_the_other_outputs_say(
    name: str, paged: Path, tmp_path: Path
) -> None:
    path, change, reason = CHANGES[name]
    root = copied(paged, tmp_path / "public")
    (found_path,) = root.glob(path)
    edit(root, found_path.relative_to(root).as_posix(), change)
    relist(root)
    found = "\n".join(map(str, faults_of(root)))
    assert re.search(reason, found), found


def test_text_beside_the_parts_of_a_page_is_found(paged: Path, tmp_path: Path) -> None:
    root = copied(paged, tmp_path / "public")
    page = next(path for path in files_of(root) if path.startswith("en/postings/"))
    edit(root, page, instead("</article>", "<p>Pay us first</p></article>"))
    relist(root)
    assert [fault.reason for fault in faults_of(root)] == ["is no part of a page: 'Pay us first'"]


def test_a_page_without_the_label_of_machine_translation_is_found(project: Path, tmp_path: Path) -> None:
    root = copied(project / "public", tmp_path / "public")
    machine = [path for path in files_of(root) if re.match("pt-BR/postings/.*html$", path)]
    page = next(path for path in machine if 'class="label">' in (root / path).read_text(encoding="utf-8"))
    edit(root, page, without('<p class="origin">.*?</p>\n'))
    relist(root)
    found = [fault for fault in faults_of(root) if fault.file == page]
    assert any("label is 'source', not 'machine'" in fault.reason for fault in found), found


def test_a_compressed_copy_of_something_else_is_found(project: Path, tmp_path: Path) -> None:
    root = copied(project / "public", tmp_path / "public")
    shutil.copy(root / "en/atom.xml.gz", root / "en/rss.xml.gz")
    (root / "en/feed.json.gz").unlink()
    (root / "en/jobs.xml.gz").write_bytes(b"none")
    relist(root)
    assert files_named(root) == {"en/rss.xml.gz", "en/feed.json.gz", "en/jobs.xml.gz"}
