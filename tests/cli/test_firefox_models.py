"""`polypost models` with models of Firefox: what is installed, pinned, verified, refused and translated with."""

import gzip
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.models.argos_archives import EN_PT as ARGOS_EN_PT
from tests.models.firefox_models import EN_PT, PT_EN, files_of, folder_of, write_model
from tests.projects import CONFIG, polypost, read_json, write_tree

ENGINES = CONFIG.replace('["bergamot"]', '["firefox", "argos", "bergamot"]')
POSTING = "Title: Cook\nLanguage: en\n\nRequirements:\nTwo years of experience\n"
UNSET = dict.fromkeys(("XDG_DATA_HOME", "POLYPOST_MODELS_DIR", "ARGOS_PACKAGES_DIR"), "")
VERSIONS = {EN_PT: "004ac95ea767", PT_EN: "cff94e43baeb"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "project", {"polypost.toml": ENGINES, "postings/cook.txt": POSTING})


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = project.parent / "home"
    home.mkdir(exist_ok=True)
    return polypost(project, *arguments, **{"HOME": str(home), **UNSET})


def models(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(project, "models", *arguments)


def own_folder(project: Path) -> Path:
    return project.parent / "home/.local/share/polypost/models"


def installed(project: Path, *arguments: str) -> str:
    done = models(project, "install", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def engine_of(project: Path, pair: str) -> str:
    lines = (line.split() for line in run(project, "engines").stdout.splitlines())
    printed = next((" ".join(words[1:]) for words in lines if words[0] == pair), "")
    return printed.partition(" (rank ")[0]  # what ranks are has tests of its own


def test_all_models_of_a_folder_are_installed_pinned_listed_and_verified(project: Path) -> None:
    ours = own_folder(project)
    assert installed(project, "--from", str(folder_of(EN_PT).parent)).splitlines() == [
        f"en→pt 004ac95ea767 installed: {ours / 'firefox-en_pt-004ac95ea767'}",
        f"pt→en cff94e43baeb installed: {ours / 'firefox-pt_en-cff94e43baeb'}",
    ]
    entries = read_json(project / "models.lock")["packages"]
    assert [(entry["engine"], entry["from"], entry["version"]) for entry in entries] == [
        ("firefox", "en", "004ac95ea767"),
        ("firefox", "pt", "cff94e43baeb"),
    ]
    assert [sorted(entry["files"]) for entry in entries] == [["lex.bin", "metadata.json", "model.bin", "vocab.spm"]] * 2
    assert json.loads(models(project, "list", "--json").stdout) == [
        {
            "engine": "firefox",
            "from": pair.source,
            "to": pair.target,
            "version": version,
            "folder": str(ours / f"firefox-{pair.source}_{pair.target}-{version}"),
        }
        for pair, version in VERSIONS.items()
    ]
    assert models(project, "verify").stdout == "0 differences\n"
    assert engine_of(project, "en→pt") == "firefox 004ac95ea767 en→pt"
    assert models(project, "install").returncode == 0  # nothing of it comes from an index
    translated = run(project, "translate", "--json")
    assert (translated.returncode, list(json.loads(translated.stdout))) == (0, ["firefox"])


def test_both_engines_are_pinned_for_a_pair_and_removed_with_it(project: Path) -> None:
    installed(project, "--from", str(folder_of(EN_PT)), "--from", str(ARGOS_EN_PT))
    entries = read_json(project / "models.lock")["packages"]
    assert [(entry.get("engine"), entry["from"]) for entry in entries] == [(None, "en"), ("firefox", "en")]
    assert engine_of(project, "en→pt") == "firefox 004ac95ea767 en→pt"
    assert models(project, "remove", "en", "pt").returncode == 0
    assert list(own_folder(project).iterdir()) == []
    assert not (project / "models.lock").exists()


def test_packed_files_of_one_pair_of_several_can_be_installed(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "from"
    for pair in (EN_PT, PT_EN):
        write_model(folder, pair, {})
    for path in sorted(folder.iterdir()):
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 1))
        path.unlink()
    assert installed(project, "pt", "en", "--from", str(folder)).startswith("pt→en cff94e43baeb installed: ")
    assert [entry["from"] for entry in read_json(project / "models.lock")["packages"]] == ["pt"]


def test_files_without_languages_in_their_names_need_the_pair(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "from"
    folder.mkdir()
    for kind, path in files_of(EN_PT).items():
        (folder / f"{kind}.{'spm' if kind == 'vocab' else 'bin'}").write_bytes(path.read_bytes())
    done = models(project, "install", "--from", str(folder))
    remedy = f"name them: polypost models install FROM TO --from {folder}"
    told = f"error: {folder}: model.bin does not name its languages; {remedy}\n"
    assert (done.returncode, done.stderr) == (2, told)
    assert installed(project, "en", "pt-BR", "--from", str(folder)).startswith("en→pt 004ac95ea767 installed: ")


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def random_after_its_head(content: bytes) -> bytes:
    return content[:16] + Random(1).randbytes(len(content) // 8)  # noqa: S311  no secret


def half_of_its_words(content: bytes) -> bytes:
    """Cut a vocabulary where a word ends, so that it is whole in form."""
    return content[: content.index(b"\x0a", len(content) // 2)]


def endless(content: bytes) -> bytes:
    return content[:8] + (2**62).to_bytes(8, "little") + content[16:]


# What the native library does with them: raises, panics, aborts its process, or translates to nonsense.
GARBAGE: dict[str, tuple[str, Callable[[bytes], bytes] | Path, str]] = {
    "truncated model": ("model", truncated, "cannot be translated with: trace ended mid-record (truncated)"),
    "random model": ("model", random_after_its_head, "cannot be translated with: "),
    "model of endless parts": ("model", endless, "cannot be translated with: capacity overflow"),
    "truncated short list": ("lex", truncated, "cannot be translated with: range end index"),
    "random short list": ("lex", random_after_its_head, "cannot be translated with: "),
    "random vocabulary": ("vocab", random_after_its_head, "cannot be translated with: INTERNAL"),
    "vocabulary with words left out": ("vocab", half_of_its_words, "cannot be translated with: "),
    "model of another pair": ("model", files_of(PT_EN)["model"], "claims to translate to pt, but what it writes is en"),
    "vocabulary of another pair": ("vocab", files_of(PT_EN)["vocab"], "a vocabulary is not that of the model: "),
    "short list of another pair": ("lex", files_of(PT_EN)["lex"], "the short list is not that of the model: "),
}


@pytest.mark.parametrize("case", GARBAGE)
def test_model_that_does_not_translate_is_refused_and_neither_installed_nor_pinned(project: Path, case: str) -> None:
    kind, change, reason = GARBAGE[case]
    folder = write_model(project / "from", EN_PT, {kind: change})
    done = models(project, "install", "--from", str(folder))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {folder}: {reason}")
    assert done.stderr.count("\n") == 1
    assert list(own_folder(project).iterdir()) == []
    assert not (project / "models.lock").exists()


def test_one_file_of_a_model_is_refused_with_what_to_do(project: Path) -> None:
    path = files_of(EN_PT)["model"]
    done = models(project, "install", "--from", str(path))
    assert (done.returncode, done.stderr) == (
        2,
        f"error: {path}: is one file of a Firefox model; name the folder that all its files lie in\n",
    )


def test_pair_with_an_archive_is_refused(project: Path) -> None:
    done = models(project, "install", "en", "pt", "--from", str(ARGOS_EN_PT))
    assert (done.returncode, done.stdout) == (2, "")
    assert "name one pair or files" in done.stderr


@pytest.mark.parametrize("name", ["model.bin", "vocab.spm", "lex.bin", "metadata.json"])
def test_model_that_changed_by_a_byte_is_left_out_with_what_to_do(project: Path, name: str) -> None:
    installed(project, "--from", str(folder_of(EN_PT)))
    folder = own_folder(project) / "firefox-en_pt-004ac95ea767"
    content = bytearray((folder / name).read_bytes())
    content[-2] ^= 0x20
    (folder / name).write_bytes(content)
    verified = models(project, "verify")
    assert verified.returncode == 1
    assert "polypost models install --from DIR with the folder of its files\n1 differences\n" in verified.stdout
    done = run(project, "translate", "--json")
    assert (done.returncode, list(json.loads(done.stdout))) == (0, ["bergamot"])
    assert "until then firefox leaves this pair out" in done.stderr
    asked = run(project, "translate", "--engine", "firefox")
    assert (asked.returncode, "polypost models install --from DIR" in asked.stderr) == (3, True)
    installed(project, "--from", str(folder_of(EN_PT)))
    assert models(project, "verify").stdout == "0 differences\n"


def test_fetching_what_is_pinned_warns_of_a_model_that_no_index_has(project: Path) -> None:
    installed(project, "--from", str(folder_of(EN_PT)))
    (own_folder(project) / "firefox-en_pt-004ac95ea767").unlink()
    done = models(project, "install")
    told = "en→pt missing: version 004ac95ea767 is pinned and not installed; polypost models install --from DIR"
    assert told in done.stderr, done.stderr
