"""A wheel in an environment of its own, with the newest releases that our bounds allow, serves a project anywhere."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, read_json, read_tree, write_tree
from tests.tools import require_tool

PYPROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
BABEL = next(text for text in PYPROJECT["project"]["dependencies"] if text.startswith("babel"))
OLDEST_BABEL = f"babel=={BABEL.partition('>=')[2].partition(',')[0]}.0"
POSTINGS = {
    "jobs/bicycle mechanic.txt": (
        "Title: Bicycle mechanic\nOrganization: Example Cycles\nLocation: Dublin, IE\n\n"
        "We repair bicycles of every age in our workshop by the canal.\n\n"
        "Requirements\nTwo years of experience in a workshop\nGood spoken English\n"
    ),
    "exports/jobs.jsonl": "".join(
        json.dumps(posting, ensure_ascii=False) + "\n"
        for posting in (
            {
                "id": "padaria-7",
                "title": "Padeiro",
                "locations": [{"country": "BR", "city": "Recife"}],
                "description": "<p>Procuramos um padeiro para a nossa padaria no centro.</p>",
            },
            {"id": "garage-9", "title": "Car mechanic", "description": "You repair cars in our garage in Cork."},
        )
    ),
}


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody does who has no checkout and nothing installed."""
    hidden = {"PYTHONPATH", "POLYPOST_MODELS_DIR", "POLYPOST_DATA", "VIRTUAL_ENV", "PIP_CONSTRAINT"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=550, check=False
    )


def installed(pip: Path, *what: str | Path) -> None:
    """Install from the package index; skip where none is reached on a user's machine, fail in CI."""
    done = run(pip.parent, pip, "install", "--quiet", "--disable-pip-version-check", *what)
    if done.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"pip cannot install here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def binaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the commands of an environment that the wheel is installed in."""
    folder = tmp_path_factory.mktemp("fresh")
    environment = run(folder, sys.executable, "-m", "venv", folder / "venv")
    assert environment.returncode == 0, environment.stderr
    pip = folder / "venv/bin/pip"
    built = run(folder, pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder / "dist", CHECKOUT)
    if built.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"no wheel can be built here: {built.stderr.strip().splitlines()[-1]}")
    assert built.returncode == 0, built.stderr
    installed(pip, *(folder / "dist").glob("polypost-*.whl"))
    return pip.parent


def begun(binaries: Path, folder: Path) -> None:
    """Begin a project with postings of its own in a folder that holds nothing else, and build it."""
    write_tree(folder, POSTINGS)
    options = ("--base-url", "https://jobs.acme.test", "--locales", "en,pt_BR,pt_PT,fr,es,de,ar,pl")
    patterns = ("--postings", "jobs/*.txt", "--postings", "exports/*.jsonl")
    for command in (("init", *options, *patterns), ("build",)):
        done = run(folder, binaries / "polypost", *command)
        assert done.returncode == 0, done.stderr


def test_project_begins_and_builds_without_a_checkout(binaries: Path, tmp_path: Path) -> None:
    begun(binaries, tmp_path)
    published = {
        locale: {item["_polypost"]["posting"] for item in read_json(tmp_path / f"public/{locale}/feed.json")["items"]}
        for locale in ("en", "pt-BR")
    }
    everything = {"bicycle mechanic", "padaria-7", "garage-9"}
    assert published == {"en": everything, "pt-BR": everything}
    before = read_tree(tmp_path)
    assert run(tmp_path, binaries / "polypost", "build").returncode == 0
    assert read_tree(tmp_path) == before


@pytest.mark.parametrize("babel", [BABEL, OLDEST_BABEL])
def test_catalogs_are_sound_with_the_newest_and_the_oldest_babel(binaries: Path, tmp_path: Path, babel: str) -> None:
    installed(binaries / "pip", "--upgrade", babel)
    begun(binaries, tmp_path)
    for command in (("catalogs", "check"), ("check",), ("catalogs", "compile")):
        done = run(tmp_path, binaries / "polypost", *command)
        assert done.returncode == 0, done.stdout + done.stderr
    catalogs = sorted(tmp_path.glob("locales/*/LC_MESSAGES/*.po"))
    assert len(catalogs) > 8
    for catalog in catalogs:
        done = run(tmp_path, require_tool("msgfmt"), "--check", "-o", os.devnull, catalog)
        assert done.returncode == 0, done.stderr
    for tag in ("pt-BR", "pt-PT"):
        page = (tmp_path / f"public/{tag}/index.html").read_text(encoding="utf-8")
        assert re.findall(r'<span lang="en">[^<]*</span>', page) == [], tag


def test_file_is_understood_without_a_project(binaries: Path, tmp_path: Path) -> None:
    write_tree(tmp_path, POSTINGS)
    done = run(tmp_path, binaries / "polypost", "inspect", "jobs/bicycle mechanic.txt", "--json")
    assert (done.returncode, json.loads(done.stdout)["language"]) == (0, "en"), done.stderr
    assert run(tmp_path, binaries / "polypost", "languages").returncode == 0
