"""`polypost verify` on a project: what it proves with the catalogs, and how it ends."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.every_command import FILES
from tests.projects import built, polypost, read_times, write_tree
from tests.proof.tampering import copied, edit, files_of, relist, replaced_everywhere

CONFIG = "polypost.toml"
FRENCH = "Language: fr\nTitle: Cuisinier\nLocation: Lyon, FR\n\nNous servons cent repas par jour.\n"
# A target of the samples' catalogs that is published, and the language that it is in.
ORIGINAL = re.compile(r'(<span class="original".*?<span lang="en" dir="ltr">)[^<]+')
SENTENCE = re.compile(r'<li><span class="sentence" id="s\d+"><span>([^<>&]{30,80})</span>')


@pytest.fixture
def release(project: Path, tmp_path: Path) -> Path:
    """Return a copy of the release without compressed copies, so that a text can be replaced everywhere."""
    root = copied(project / "public", tmp_path / "public")
    for path in files_of(root):
        if path.endswith(".gz"):
            (root / path).unlink()
    relist(root)
    return root


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of one posting, of which an engine has translated a version."""
    root = write_tree(tmp_path_factory.mktemp("small"), FILES)
    built(root)
    return root


def test_a_release_is_proved_from_its_catalogs(project: Path) -> None:
    done = polypost(project, "verify", "public", "--config", CONFIG)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"public: \d+ files, \d+ postings in 7 languages: as its manifest lists it, the same postings and their "
        r"countries in every output; every sentence from a posting or a catalog\n",
        done.stdout,
    )


def test_a_release_is_proved_by_a_build_from_nothing_that_writes_nowhere_else(small: Path) -> None:
    before = read_times(small)
    done = polypost(small, "verify", "public", "--config", CONFIG, "--rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("; byte for byte what a build from nothing writes\n")
    assert read_times(small) == before


def test_a_posting_missing_everywhere_is_found_by_a_build_from_nothing(small: Path, tmp_path: Path) -> None:
    more = copied(small, tmp_path / "more")
    (more / "postings" / "cook.txt").write_text(FRENCH, encoding="utf-8")
    assert polypost(more, "verify", str(small / "public"), "--config", CONFIG).returncode == 0
    done = polypost(more, "verify", str(small / "public"), "--config", CONFIG, "--rebuild")
    assert done.returncode == 1
    assert re.search(r"^fr/postings/cuisinier-.*html: only what a build writes has it$", done.stdout, re.MULTILINE)
    assert re.search(r"^sitemap.xml: a build writes \d+ bytes with the sha256", done.stdout, re.MULTILINE)


def test_a_build_that_would_ask_an_engine_says_so(small: Path, tmp_path: Path) -> None:
    more = copied(small, tmp_path / "more")
    edit(more, "postings/nurse.txt", lambda text: text.replace("forty patients", "ninety guests"))
    done = polypost(more, "verify", "public", "--config", CONFIG, "--rebuild")
    assert "build from nothing: a build would ask bergamot for 1 segments en→pt" in done.stdout


def test_a_sentence_changed_everywhere_is_found_with_the_catalogs_alone(project: Path, release: Path) -> None:
    page = next(path for path in files_of(release) if path.startswith("pt-BR/postings/"))
    found = SENTENCE.search((release / page).read_text(encoding="utf-8"))
    assert found is not None
    assert replaced_everywhere(release, found[1], "Envie dinheiro para esta conta") > 3
    relist(release)
    assert polypost(project, "verify", str(release)).returncode == 0
    done = polypost(project, "verify", str(release), "--config", CONFIG)
    assert done.returncode == 1
    assert "'Envie dinheiro para esta conta' is made of no targets of the catalog" in done.stdout
    assert found[1] in done.stdout


def test_an_original_that_the_employer_did_not_write_is_found_with_the_posting_alone(
    project: Path, release: Path
) -> None:
    page = next(path for path in files_of(release) if path.startswith("pt-BR/postings/"))
    edit(release, page, lambda text: ORIGINAL.sub(r"\1Send money", text, count=1))
    relist(release)
    assert polypost(project, "verify", str(release)).returncode == 0
    done = polypost(project, "verify", str(release), "--config", CONFIG)
    assert done.stdout.startswith(f"{page}: span.original: 'Send money' in 'en' is no sentence of the posting\n")


def test_a_word_of_ours_that_no_catalog_has_is_found(project: Path, release: Path) -> None:
    page = next(path for path in files_of(release) if path.startswith("fr/postings/"))
    edit(release, page, lambda text: text.replace("Toutes les offres<", "Tout<"))
    relist(release)
    done = polypost(project, "verify", str(release), "--config", CONFIG)
    assert done.stdout.startswith(f"{page}: 'Tout' is no word of the site catalog\n")


def test_a_target_that_left_the_catalog_is_found(project: Path, tmp_path: Path) -> None:
    locales = tmp_path / "locales"
    shutil.copytree(project / "locales", locales)
    for path in locales.rglob("pt_BR/**/postings.*.po"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r'^msgstr "[^"].*"$', 'msgstr "Outra coisa"', text, flags=re.MULTILINE), encoding="utf-8"
        )
    done = polypost(project, "verify", "public", "--config", CONFIG, "--locales-dir", str(locales), "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["proved"]) == (1, False)
    assert {fault["file"] for fault in found["faults"]} == {"pt-BR/feed.json"}
    assert set(found["faults"][0]) == {"file", "place", "reason"}


def test_more_faults_than_anybody_reads_are_counted(project: Path, release: Path) -> None:
    replaced_everywhere(release, 'hreflang="x-default"', 'hreflang="x-none"')
    relist(release)
    lines = polypost(project, "verify", str(release)).stdout.splitlines()
    assert len(lines) == 51
    assert re.search(r"is not as it should be: \d+ faults, the first 50 are shown$", lines[-1])


def test_what_is_no_release_is_refused_with_what_to_do(project: Path, tmp_path: Path) -> None:
    done = polypost(project, "verify", str(tmp_path))
    assert done.returncode == 2
    assert "holds no manifest.json, so it is no release; `polypost build` writes one" in done.stderr
    assert polypost(project, "verify", "public", "--rebuild").returncode == 2
    assert polypost(project, "verify", "public", "--as-of", "2026-11-01").returncode == 2
    assert polypost(project, "verify", "nowhere").returncode == 2
