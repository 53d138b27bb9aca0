"""`polypost models`: what is installed, pinned, listed and found to differ."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.models.argos_archives import EN_PT, PT_ES, members, repacked, write_archive
from tests.projects import CONFIG, polypost, read_json, read_tree, write_tree
from tests.read_only import read_only, without_privilege

ARGOS = CONFIG.replace('["bergamot"]', '["argos", "bergamot"]')

UNSET = dict.fromkeys(("XDG_DATA_HOME", "POLYPOST_MODELS_DIR", "ARGOS_PACKAGES_DIR"), "")
POSTING = "Title: Cook\nLanguage: en\n\nRequirements:\nTwo years of experience\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "project", {"polypost.toml": ARGOS, "postings/cook.txt": POSTING})


def run(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    home = project.parent / "home"
    home.mkdir(exist_ok=True)
    return polypost(project, *arguments, **{"HOME": str(home), **UNSET, **more})


def models(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return run(project, "models", *arguments, **more)


def engine_of(project: Path, pair: str) -> str:
    """Return what translates a pair, as `polypost engines` prints it; "" if nothing does."""
    lines = (line.split() for line in run(project, "engines").stdout.splitlines())
    printed = next((" ".join(words[1:]) for words in lines if words[0] == pair), "")
    return printed.partition(" (rank ")[0]  # what ranks are has tests of its own


def installed(project: Path, *archives: Path) -> str:
    done = models(project, "install", *(part for archive in archives for part in ("--from", str(archive))))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_installed_packages_are_pinned_listed_and_verified(project: Path) -> None:
    ours = project.parent / "home/.local/share/polypost/models"
    assert installed(project, PT_ES, EN_PT).splitlines() == [
        f"pt→es 0.1 installed: {ours / 'translate-pt_es-0_1'}",
        f"en→pt 0.1 installed: {ours / 'translate-en_pt-0_1'}",
    ]
    lock = (project / "models.lock").read_text(encoding="utf-8")
    assert [(entry["from"], entry["to"], entry["version"]) for entry in json.loads(lock)["packages"]] == [
        ("en", "pt", "0.1"),
        ("pt", "es", "0.1"),
    ]
    assert json.loads(models(project, "list", "--json").stdout) == [
        {
            "engine": "argos",
            "from": source,
            "to": target,
            "version": "0.1",
            "folder": str(ours / f"translate-{source}_{target}-0_1"),
        }
        for source, target in (("en", "pt"), ("pt", "es"))
    ]
    verified = models(project, "verify")
    assert (verified.returncode, verified.stdout) == (0, "0 differences\n")
    installed(project, EN_PT)
    assert (project / "models.lock").read_text(encoding="utf-8") == lock


def test_verify_ends_with_one_on_a_difference(project: Path) -> None:
    installed(project, EN_PT, PT_ES)
    weights = project.parent / "home/.local/share/polypost/models/translate-en_pt-0_1/model/model.bin"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    theirs = project.parent / "home/.local/share/argos-translate/packages/any-name"
    write_tree(theirs, {name.partition("/")[2]: text.decode() for name, text in members().items()})
    done = models(project, "verify")
    assert done.returncode == 1
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "en→fr unpinned",
        "en→pt changed",
        "2 differences",
    ]


def test_pinned_version_is_the_one_that_translates_though_a_newer_one_is_installed(project: Path) -> None:
    newer = repacked(EN_PT, project / "newer.argosmodel", package_version="0.2")
    installed(project, newer, EN_PT)
    ours = project.parent / "home/.local/share/polypost/models"
    assert sorted(path.name for path in ours.glob("[!.]*")) == ["translate-en_pt-0_1", "translate-en_pt-0_2"]
    assert engine_of(project, "en→pt") == "argos 0.1 en→pt"
    (listed,) = json.loads(models(project, "list", "--json").stdout)
    assert listed["version"] == "0.1"
    assert models(project, "verify").stdout == "0 differences\n"
    (project / "models.lock").unlink()
    assert engine_of(project, "en→pt") == "argos 0.2 en→pt"


def test_package_that_is_not_as_pinned_is_left_out_with_a_warning_and_the_next_engine_translates(project: Path) -> None:
    installed(project, EN_PT, PT_ES)
    ours = project.parent / "home/.local/share/polypost/models"
    weights = ours / "translate-en_pt-0_1/model/model.bin"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    assert engine_of(project, "en→pt") == "bergamot 1693087644 en→pt"
    done = run(project, "translate", "--json")
    assert (done.returncode, list(json.loads(done.stdout))) == (0, ["bergamot"])
    told = (
        f"WARNING: en→pt changed: the files in {ours / 'translate-en_pt-0_1'} are not those that were pinned; "
        "polypost models install en pt, or --from FILE.argosmodel; until then argos leaves this pair out"
    )
    assert told in done.stderr.splitlines()
    installed(project, EN_PT)
    assert engine_of(project, "en→pt") == "argos 0.1 en→pt"


def test_pinned_package_that_is_missing_is_told_and_asking_for_the_engine_by_name_ends_with_three(
    project: Path,
) -> None:
    installed(project, EN_PT)
    elsewhere = {"HOME": str(project)}
    told = "en→pt missing: version 0.1 is pinned and not installed; polypost models install en pt"
    done = run(project, "translate", **elsewhere)
    assert (done.returncode, told in done.stderr) == (0, True)
    done = run(project, "translate", "--engine", "argos", **elsewhere)
    assert (done.returncode, told in done.stderr) == (3, True)


def test_package_in_the_folder_of_argos_serves_a_project_without_a_lock(project: Path) -> None:
    theirs = project.parent / "home/.local/share/argos-translate/packages"
    assert models(project, "install", "--from", str(EN_PT), POLYPOST_MODELS_DIR=str(theirs)).returncode == 0
    (project / "models.lock").unlink()
    assert engine_of(project, "en→pt") == "argos 0.1 en→pt"


def test_refused_package_ends_with_two_and_is_not_pinned_while_those_before_it_are(project: Path) -> None:
    bad = write_archive(project / "bad.argosmodel", members(type="sbd"))
    done = models(project, "install", "--from", str(EN_PT), "--from", str(bad))
    assert done.returncode == 2
    assert done.stderr == f"error: {bad}: is of the type 'sbd', not a model for translating\n"
    assert [entry["to"] for entry in read_json(project / "models.lock")["packages"]] == ["pt"]


GARBAGE: dict[str, tuple[dict[str, bytes], str]] = {
    "weights": ({"model/model.bin": b"garbage" * 9}, "Unsupported model binary version"),
    "empty tokenizer": ({"sentencepiece.model": b""}, "unk is not defined"),
    "tokenizer": ({"sentencepiece.model": b"garbage"}, "could not parse ModelProto from sentencepiece.model"),
    "vocabulary of another model": ({"model/shared_vocabulary.json": b'["a"]'}, "Invalid token ID"),
}


@pytest.mark.parametrize("case", GARBAGE)
def test_package_that_does_not_translate_is_refused_and_neither_installed_nor_pinned(project: Path, case: str) -> None:
    files, reason = GARBAGE[case]
    bad = repacked(EN_PT, project / "bad.argosmodel", files)
    done = models(project, "install", "--from", str(bad))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {bad}: cannot be translated with: ")
    assert (reason in done.stderr, done.stderr.count("\n")) == (True, 1)
    assert list((project.parent / "home/.local/share/polypost/models").iterdir()) == []
    assert not (project / "models.lock").exists()


def test_package_renamed_to_another_language_is_refused_and_neither_installed_nor_pinned(project: Path) -> None:
    bad = repacked(EN_PT, project / "renamed.argosmodel", to_code="es")
    done = models(project, "install", "--from", str(bad))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: {bad}: claims to translate to es, but what it writes is pt: its metadata.json is wrong, or it is "
        "another package; take one from its maker\n"
    )
    assert list((project.parent / "home/.local/share/polypost/models").iterdir()) == []
    assert not (project / "models.lock").exists()


@pytest.mark.parametrize("name", ["pipe", "zero"])
def test_pipe_or_device_as_a_package_ends_with_two_at_once(project: Path, name: str) -> None:
    os.mkfifo(project / "pipe")
    (project / "zero").symlink_to("/dev/zero")
    done = models(project, "install", "--from", str(project / name))
    assert (done.returncode, done.stdout) == (2, "")
    kind = {"pipe": "a pipe", "zero": "a device"}[name]
    assert done.stderr == f"error: {project / name}: cannot be unpacked (is {kind}, not a regular file)\n"


def test_lock_that_cannot_be_written_is_told_before_anything_is_unpacked(project: Path) -> None:
    home = project.parent / "home"
    with read_only(project):
        done = without_privilege(project, "models", "install", "--from", str(EN_PT), HOME=str(home), **UNSET)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: {project / 'models.lock'} cannot be written (Permission denied), and it has to say what is "
        "installed; nothing was changed. Make its folder writable, or name the configuration of another project with "
        "--config\n"
    )
    assert not home.exists()


def test_model_folder_that_cannot_be_used_is_told_with_the_variable_that_names_it(project: Path) -> None:
    file = project / "polypost.toml"
    done = models(project, "install", "--from", str(EN_PT), POLYPOST_MODELS_DIR=str(file))
    assert done.returncode == 2
    assert done.stderr == (
        f"error: {file}: is a file or lies below one, not a folder; POLYPOST_MODELS_DIR names it, let it name a folder "
        "for models\n"
    )
    done = models(project, "install", "--from", str(EN_PT), XDG_DATA_HOME=str(file))
    assert done.returncode == 2
    assert done.stderr.endswith("make it writable, or name another folder with POLYPOST_MODELS_DIR\n")
    assert not (project / "models.lock").exists()


def test_removed_pair_is_neither_installed_nor_pinned_and_nothing_else_is_touched(project: Path) -> None:
    ours, theirs = (
        project.parent / "home/.local/share" / name for name in ("polypost/models", "argos-translate/packages")
    )
    assert models(project, "install", "--from", str(EN_PT), POLYPOST_MODELS_DIR=str(theirs)).returncode == 0
    before = read_tree(theirs)
    installed(project, repacked(EN_PT, project / "newer.argosmodel", package_version="0.2"), EN_PT, PT_ES)
    (ours / "translate-en_pt-broken").mkdir()
    done = models(project, "remove", "en", "pt-BR")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [f"removed: {ours / f'translate-en_pt-{version}'}" for version in ("0_1", "0_2", "broken")]
        + ["en→pt_BR is not pinned any more"],
    )
    assert sorted(path.name for path in ours.iterdir() if "en_pt" in path.name) == []
    assert [entry["to"] for entry in read_json(project / "models.lock")["packages"]] == ["es"]
    assert read_tree(theirs) == before
    assert models(project, "remove", "pt", "es").returncode == 0
    assert not (project / "models.lock").exists()
    assert list(ours.iterdir()) == []


def test_removing_what_is_not_there_ends_with_three(project: Path) -> None:
    done = models(project, "remove", "en", "fr")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.endswith("nor pinned; see what is there: polypost models list\n")


def test_nothing_is_unpacked_without_a_project_or_beside_a_broken_lock(project: Path) -> None:
    ours = project.parent / "home/.local/share/polypost/models"
    write_tree(project, {"models.lock": "{"})
    assert models(project, "install", "--from", str(EN_PT)).returncode == 2
    assert models(project, "verify").returncode == 2
    (project / "polypost.toml").unlink()
    assert models(project, "install", "--from", str(EN_PT)).returncode == 2
    assert not ours.exists()


def test_empty_stock_says_how_to_fill_it(project: Path) -> None:
    told = "no model is installed: polypost models install en fr, or --from FILE.argosmodel or a folder\n"
    assert models(project, "list").stdout == told
    assert models(project, "list", "--json").stdout == "[]\n"
