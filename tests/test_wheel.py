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


def carried_out(folder: Path, *command: str | Path) -> str:
    """Run a command that has to succeed; return what it printed."""
    done = run(folder, *command)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def installed(python: Path, *what: str | Path) -> None:
    """Install from the package index; skip where none is reached on a user's machine, fail in CI."""
    pip = (
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-compile",
        "--disable-pip-version-check",
    )
    done = run(python.parent, *pip, *what)
    if done.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"pip cannot install here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


def environment_with_the_wheel(folder: Path) -> Path:
    """Install the wheel in an environment of its own; return the folder of its commands."""
    carried_out(folder, sys.executable, "-m", "venv", "--without-pip", folder / "venv")
    wheel = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder / "dist", CHECKOUT)
    built = run(folder, *wheel)
    if built.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"no wheel can be built here: {built.stderr.strip().splitlines()[-1]}")
    assert built.returncode == 0, built.stderr
    commands = folder / "venv/bin"
    installed(commands / "python", *(folder / "dist").glob("polypost-*.whl"))
    return commands


def assert_gettext_accepts(catalogs: Iterable[Path]) -> None:
    for catalog in catalogs:
        done = run(catalog.parent, require_tool("msgfmt"), "--check", "-o", os.devnull, catalog)
        assert done.returncode == 0, done.stderr


def test_project_is_served_without_a_checkout_by_the_newest_and_the_oldest_babel(tmp_path: Path) -> None:
    commands = environment_with_the_wheel(tmp_path)
    project, polypost = write_tree(tmp_path / "newest", POSTINGS), commands / "polypost"
    inspected = carried_out(project, polypost, "inspect", "jobs/bicycle mechanic.txt", "--json")
    assert json.loads(inspected)["language"] == "en"
    assert_project_is_served(project, polypost)
    carried_out(project, polypost, "catalogs", "check")
    carried_out(project, polypost, "check")
    before = read_tree(project)
    carried_out(project, polypost, "build")
    assert read_tree(project) == before
    installed(commands / "python", OLDEST_BABEL)
    assert_project_is_served(write_tree(tmp_path / "oldest", POSTINGS), polypost)


def assert_project_is_served(project: Path, polypost: Path) -> None:
    patterns = ("--postings", "jobs/*.txt", "--postings", "exports/*.jsonl")
    locales = ("--locales", "en,pt_BR,pt_PT,fr,es,de,ar,pl")
    carried_out(project, polypost, "init", "--base-url", "https://jobs.acme.test", *locales, *patterns)
    carried_out(project, polypost, "build")
    translated = {"bicycle mechanic", "garage-9"}
    everywhere = translated | {"padaria-7"}  # written in Portuguese, and in Brazil
    for tag, expected in {"en": everywhere, "pt-BR": everywhere, "pt-PT": translated}.items():
        items = read_json(project / f"public/{tag}/feed.json")["items"]
        assert {item["_polypost"]["posting"] for item in items} == expected, tag
        words = re.findall(r'<span lang="en">[^<]*</span>', (project / f"public/{tag}/index.html").read_text("utf-8"))
        assert words == [], tag
    catalogs = sorted(project.glob("locales/*/LC_MESSAGES/*.po"))
    assert len(catalogs) > 8
    assert_gettext_accepts(catalogs)
