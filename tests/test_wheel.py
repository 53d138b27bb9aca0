"""A wheel in an environment of its own, with the newest releases that our bounds allow, serves a project anywhere."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
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


def environment_with(folder: Path, babel: str) -> Path:
    """Install the wheel in an environment of its own; return the folder of its commands."""
    made = run(folder, sys.executable, "-m", "venv", folder / "venv")
    assert made.returncode == 0, made.stderr
    pip = folder / "venv/bin/pip"
    built = run(folder, pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder / "dist", CHECKOUT)
    if built.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"no wheel can be built here: {built.stderr.strip().splitlines()[-1]}")
    assert built.returncode == 0, built.stderr
    installed(pip, *(folder / "dist").glob("polypost-*.whl"), babel)
    return pip.parent


def assert_gettext_accepts(catalogs: Iterable[Path]) -> None:
    for catalog in catalogs:
        done = run(catalog.parent, require_tool("msgfmt"), "--check", "-o", os.devnull, catalog)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("babel", [BABEL, OLDEST_BABEL])
def test_project_is_served_without_a_checkout_by_the_newest_and_the_oldest_babel(tmp_path: Path, babel: str) -> None:
    polypost = environment_with(tmp_path, babel) / "polypost"
    project = write_tree(tmp_path / "project", POSTINGS)

    def carried_out(*arguments: str) -> str:
        done = run(project, polypost, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert json.loads(carried_out("inspect", "jobs/bicycle mechanic.txt", "--json"))["language"] == "en"
    patterns = ("--postings", "jobs/*.txt", "--postings", "exports/*.jsonl")
    carried_out("init", "--base-url", "https://jobs.acme.test", "--locales", "en,pt_BR,pt_PT,fr,es,de,ar,pl", *patterns)
    carried_out("build")
    translated = {"bicycle mechanic", "garage-9"}
    everywhere = translated | {"padaria-7"}  # written in Portuguese, and in Brazil
    for tag, expected in {"en": everywhere, "pt-BR": everywhere, "pt-PT": translated}.items():
        items = read_json(project / f"public/{tag}/feed.json")["items"]
        assert {item["_polypost"]["posting"] for item in items} == expected, tag
        words = re.findall(r'<span lang="en">[^<]*</span>', (project / f"public/{tag}/index.html").read_text("utf-8"))
        assert words == [], tag
    carried_out("catalogs", "check")
    carried_out("check")
    before = read_tree(project)
    carried_out("build")
    assert read_tree(project) == before
    catalogs = sorted(project.glob("locales/*/LC_MESSAGES/*.po"))
    assert len(catalogs) > 8
    assert_gettext_accepts(catalogs)
