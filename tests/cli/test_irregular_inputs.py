"""A pipe, a device, a folder or a socket in the place of a file ends a command at once, with one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config import read_settings
from pipeline.errors import ConfigError, GlossaryError, PostingsError
from pipeline.intake.posting_file import PostingReader
from pipeline.intake.reading.headings import load_headings
from pipeline.terminology.glossary_file import read_glossary
from pipeline.workflow.posting_files import find_posting_files
from tests.irregular import IRREGULAR, put
from tests.processes import SECONDS
from tests.projects import CHECKOUT, CONFIG, polypost, write_tree

POSTING = "Title: Night nurse\nLanguage: en\n\nWe look after forty patients.\n"
FOLDERS = ("--locales-dir", "l", "--build-dir", "b", "--out", "o")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    config = CONFIG.replace('"postings/*.txt", "postings/*.jsonl"', '"postings/nurse.txt"')
    return write_tree(tmp_path, {"polypost.toml": config, "postings/nurse.txt": POSTING})


def refused(project: Path, *arguments: str) -> str:
    """Run a command that has to end with 2; return the one line that it says."""
    done = polypost(project, *arguments)  # one that reads such a thing never ends, and is killed after minutes
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("kind", IRREGULAR)
def test_posting_file_is_not_read(tmp_path: Path, kind: str) -> None:
    for name in ("other.txt", "other.jsonl", "other"):
        reader = PostingReader(root=tmp_path, lexicon=load_headings())
        with pytest.raises(PostingsError) as told:
            list(reader.read([put(kind, tmp_path / name)]))
        assert str(told.value) == f"{tmp_path}/{name}: is a {kind}, not a regular file"


@pytest.mark.parametrize("kind", IRREGULAR)
def test_configured_posting_file_is_refused(project: Path, kind: str) -> None:
    put(kind, project / "postings/nurse.txt")
    told = (
        "is a folder without a file in it" if kind == "folder" else "is not a regular file; project.postings names it"
    )
    with pytest.raises(PostingsError, match=f"postings/nurse.txt: {told}"):
        find_posting_files(read_settings(project / "polypost.toml"))


@pytest.mark.parametrize("kind", IRREGULAR)
def test_configuration_is_not_read(project: Path, kind: str) -> None:
    with pytest.raises(ConfigError) as told:
        read_settings(put(kind, project / "polypost.toml"))
    assert str(told.value) == f"{project}/polypost.toml: is a {kind}, not a regular file"


@pytest.mark.parametrize("kind", IRREGULAR)
def test_glossary_is_not_read(tmp_path: Path, kind: str) -> None:
    for name in ("glossary.csv", "glossary.tbx"):
        with pytest.raises(GlossaryError) as told:
            read_glossary(put(kind, tmp_path / name))
        assert str(told.value) == f"{tmp_path}/{name}: is a {kind}, not a regular file"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("other.txt", ("detect", "other.txt")),
        ("other.jsonl", ("build", "other.jsonl", *FOLDERS)),
        ("postings/nurse.txt", ("status",)),
        ("other.toml", ("status", "--config", "other.toml")),
        ("polypost.toml", ("catalogs", "stats")),
        ("terms.tbx", ("glossary", "import", "--from", "tbx", "terms.tbx")),
        ("occupations_en.csv", ("glossary", "import", "--from", "esco", "occupations_en.csv", "occupations_en.csv")),
    ],
)
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_command_ends_at_once(project: Path, kind: str, name: str, arguments: tuple[str, ...]) -> None:
    put(kind, project / name)
    line = refused(project, *arguments)
    assert line.startswith(f"error: {name}: is ")
    assert "regular file" in line


def test_configuration_may_come_from_a_file_on_standard_input(project: Path) -> None:
    with (project / "polypost.toml").open("rb") as config:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "inspect", "--config", "/dev/stdin", "postings/nurse.txt"],
            cwd=project,
            env={"PYTHONPATH": str(CHECKOUT)},
            stdin=config,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")


def test_file_without_an_end_in_sight_is_refused_by_its_size(project: Path) -> None:
    with (project / "polypost.toml").open("wb") as config:
        config.truncate(1 << 40)
    assert refused(project, "status") == "error: polypost.toml: has more than 16,777,216 bytes, too many to be meant"
