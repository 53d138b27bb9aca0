"""`polypost models`: what is installed, pinned, listed and found to differ."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.projects import CONFIG, polypost, read_json, write_tree
from tests.translation.argos_archives import EN_PT, PT_ES, members, write_archive


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "project", {"polypost.toml": CONFIG})


def models(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = project.parent / "home"
    home.mkdir(exist_ok=True)
    unset = dict.fromkeys(("XDG_DATA_HOME", "POLYPOST_MODELS_DIR", "ARGOS_PACKAGES_DIR"), "")
    return polypost(project, "models", *arguments, HOME=str(home), **unset)


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
        {"from": source, "to": target, "version": "0.1", "folder": str(ours / f"translate-{source}_{target}-0_1")}
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


def test_refused_package_ends_with_two_and_is_not_pinned_while_those_before_it_are(project: Path) -> None:
    bad = write_archive(project / "bad.argosmodel", members(type="sbd"))
    done = models(project, "install", "--from", str(EN_PT), "--from", str(bad))
    assert done.returncode == 2
    assert done.stderr == f"error: {bad}: is of the type 'sbd', not a model for translating\n"
    assert [entry["to"] for entry in read_json(project / "models.lock")["packages"]] == ["pt"]


def test_nothing_is_unpacked_without_a_project_or_beside_a_broken_lock(project: Path) -> None:
    ours = project.parent / "home/.local/share/polypost/models"
    write_tree(project, {"models.lock": "{"})
    assert models(project, "install", "--from", str(EN_PT)).returncode == 2
    assert models(project, "verify").returncode == 2
    (project / "polypost.toml").unlink()
    assert models(project, "install", "--from", str(EN_PT)).returncode == 2
    assert not ours.exists()


def test_empty_stock_says_how_to_fill_it(project: Path) -> None:
    told = "no model is installed: polypost models install en fr, or --from FILE.argosmodel\n"
    assert models(project, "list").stdout == told
    assert models(project, "list", "--json").stdout == "[]\n"
