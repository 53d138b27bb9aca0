"""Every command in the README runs, as it stands there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.programs import offered
from tests.projects import CHECKOUT, built, polypost, read_json
from tests.shared import built_samples

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = list(dict.fromkeys(line for block in BLOCKS for line in block.strip().split("\n")))
# A draft in a catalog, from its comments to its target.
DRAFT = re.compile(r"#\. engine: draft .*\n(?:#.*\n)*(msgctxt .*\nmsgid .*\n)msgstr .*\n")
# What a reviewer does goes on from what was done before, in whichever process a command comes to be tested.
REVIEW = next(block for block in BLOCKS if "polypost undo" in block).strip().split("\n")
# So does what reads a file that another command writes.
WRITTEN_BY = {
    command: [earlier]
    for command in COMMANDS
    for earlier in COMMANDS
    if (command.startswith("polypost memory import ") and earlier.startswith("polypost memory export "))
    or (command.startswith("polypost verify ") and earlier == "polypost build")
}
# These are run by other means: the first is this very run, the others wait for a browser until they are stopped.
ELSEWHERE = {"make test", "make serve", "polypost serve"}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    copy = tmp_path_factory.mktemp("readme") / "polypost"
    ignored = shutil.ignore_patterns(".git", ".venv", "build", "public", ".public-releases", ".*_cache", ".hypothesis")
    shutil.copytree(CHECKOUT, copy, ignore=ignored)
    shutil.copytree(built_samples(tmp_path_factory) / "build", copy / "build")
    with environment_of(copy):
        yield copy


@contextmanager
def environment_of(checkout: Path) -> Iterator[Path]:
    """Let make find the environment that runs this test, and find it ready, with a program that is loaded."""
    programs = checkout / ".venv" / "bin"
    with offered(programs):
        for program in Path(sys.executable).parent.iterdir():
            if program.name != "polypost":
                (programs / program.name).symlink_to(program)
        (checkout / ".venv" / ".ready").touch()
        yield programs


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in ELSEWHERE])
def test_command_of_the_readme_runs(checkout: Path, command: str) -> None:
    models = {"POLYPOST_MODELS_DIR": str(checkout / "build/models"), "ARGOS_PACKAGES_DIR": str(checkout / "build/none")}
    person = {"GIT_AUTHOR_NAME": "Ana Souza", "GIT_AUTHOR_EMAIL": "ana@example.org"}  # who reviews
    path = f"{checkout / '.venv' / 'bin'}:{os.environ['PATH']}"
    environment = {**os.environ, **models, **person, "PATH": path, "PYTHONPATH": str(CHECKOUT)}
    begun = checkout / "build" / "reviewing"
    ran = begun.read_text(encoding="utf-8").split("\n") if begun.exists() else []
    before = REVIEW[: REVIEW.index(command)] if command in REVIEW else WRITTEN_BY.get(command, [])
    for each in (*(earlier for earlier in before if earlier not in ran), command):
        done = run(each, checkout, environment)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.strip()
        ran.append(each)
    begun.write_text("\n".join(ran), encoding="utf-8")


def run(command: str, checkout: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        shlex.split(command), cwd=checkout, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_every_command_is_in_the_readme() -> None:
    listed = polypost(CHECKOUT, "--help").stdout.partition("Commands:")[2]
    for name in re.findall(r"^  (\w+)  ", listed, re.MULTILINE):
        assert any(re.match(rf"(polypost|make) {name}\b", command) for command in COMMANDS), name


def test_every_make_target_is_in_help_and_every_help_line_is_complete() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    done = subprocess.run(["make", "help"], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    shown = set(re.findall(r"^  make ([\w-]+) +\S", done.stdout, re.MULTILINE))
    assert shown == set(phony[1].split())


def test_readme_says_how_many_samples_are_published_with_and_without_drafts(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    samples = built_samples(tmp_path_factory)
    undrafted = tmp_path / "samples"
    ignored = shutil.ignore_patterns("public", ".public-releases", "publications.jsonl")
    shutil.copytree(samples, undrafted, ignore=ignored)
    for catalog in (undrafted / "locales").rglob("postings.*.po"):
        catalog.write_text(DRAFT.sub(r'\1msgstr ""\n', catalog.read_text("utf-8")), encoding="utf-8")
    built(undrafted, "--allow-losses")
    for name, project in (("with drafts", samples), ("without", undrafted)):
        published = {each["language"]: each["postings"] for each in read_json(project / "public/languages.json")}
        assert table_row(name) == published


def table_row(name: str) -> dict[str, int]:
    """Read the counts of a row by the languages that head the columns."""
    head, row = (re.search(rf"^\| {start}\|(.*)\|$", README, re.MULTILINE) for start in ("(?=\\| en )", f"{name} "))
    assert head is not None
    assert row is not None
    tags, counts = ([cell.strip() for cell in found[1].split("|")] for found in (head, row))
    return dict(zip(tags, map(int, counts), strict=True))
