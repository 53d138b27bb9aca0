import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.config import read_settings
from pipeline.workflow.inputs import digest_inputs
from pipeline.workflow.run import Run
from tests.projects import write_tree

CONFIG = '[project]\npostings = ["jobs.jsonl"]\nlocales = ["fr"]\n[translate]\nglossary = "terms.csv"\n'
FILES = {
    "polypost.toml": CONFIG,
    "jobs.jsonl": "{}",
    "terms.csv": "source,target,locale\n",
    "locales/fr/LC_MESSAGES/postings.en.po": 'msgid "a"\nmsgstr ""\n',
    "locales/publications.jsonl": "{}\n",
    "build/postings.jsonl": "{}\n",
    "public/manifest.json": "{}",
}


def run_in(folder: Path) -> Run:
    return Run(
        settings=read_settings(folder / "polypost.toml"),
        files=(folder / "jobs.jsonl",),
        locales_dir=folder / "locales",
        build_dir=folder / "build",
        out=folder / "public",
    )


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("postings", lambda folder: (folder / "jobs.jsonl").write_text("[]")),
        ("configuration", lambda folder: (folder / "polypost.toml").write_text(CONFIG + "\n")),
        ("configuration", lambda folder: (folder / "terms.csv").write_text("source,target,locale\na,b,fr\n")),
        ("record", lambda folder: (folder / "locales/publications.jsonl").write_text("")),
        ("record", lambda folder: (folder / "locales/fr/LC_MESSAGES/postings.en.po").unlink()),
        ("engines", lambda folder: (folder / "models.lock").write_text("")),
        ("release", lambda folder: shutil.rmtree(folder / "public")),
        ("release", lambda folder: (folder / "public/manifest.json").write_text("[]")),
        ("working files", lambda folder: shutil.rmtree(folder / "build")),
    ],
)
def test_one_kind_of_input_has_another_digest_when_it_changes(
    tmp_path: Path, kind: str, change: Callable[[Path], object]
) -> None:
    before = digest_inputs(run_in(write_tree(tmp_path, FILES)))
    change(tmp_path)
    after = digest_inputs(run_in(tmp_path))
    assert {name for name in before if before[name] != after[name]} == {kind}


def test_a_file_that_is_touched_is_the_same_input(tmp_path: Path) -> None:
    before = digest_inputs(run_in(write_tree(tmp_path, FILES)))
    (tmp_path / "jobs.jsonl").touch()
    assert digest_inputs(run_in(tmp_path)) == before


def test_the_day_that_a_run_counts_as_is_an_input(tmp_path: Path) -> None:
    run = run_in(write_tree(tmp_path, FILES))
    assert digest_inputs(run) != digest_inputs(replace(run, as_of=date(2026, 12, 1)))


def test_a_server_is_never_known_to_be_the_same(tmp_path: Path) -> None:
    run = run_in(write_tree(tmp_path, FILES))
    asking = replace(run.settings, libretranslate="http://127.0.0.1:9", engines=("libretranslate",))
    served = replace(run, settings=asking)
    assert digest_inputs(served)["engines"] != digest_inputs(served)["engines"]
    idle = replace(run, settings=replace(asking, engines=("argos",)))
    assert digest_inputs(idle) == digest_inputs(idle)
