"""A merge without our driver joins the lines of two branches: what nobody has accepted is not left as reviewed."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog.layout import house_headers
from pipeline.catalog.po_file import Catalog, parse_catalog, serialize_catalog
from pipeline.model.locale import parse_locale
from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Unit, digest, unit_id
from tests.catalog.units import key
from tests.projects import CONFIG, polypost, write_tree
from tests.repositories import commit, git, repository

CATALOG = "locales/fr/LC_MESSAGES/postings.en.po"


def made(target: str, model: str = "1.9") -> Unit:
    """Return a unit with an engine's target that waits for review."""
    origin = EngineOrigin(engine="argos", model=model, route="en→fr")
    provenance = Provenance(kind=OriginKind.ENGINE, digest=digest(target), engine=origin, risk=20)
    return Unit(key=key("Nurse"), target=target, doubtful=True, provenance=provenance, references=("postings/a",))


OLD, NEW = made("Infirmière"), made("Soignante", "2.0")
ACCEPTED = replace(OLD, doubtful=False)
UNSEEN = replace(NEW, doubtful=False)


def text(*units: Unit) -> str:
    headers = house_headers("en", parse_locale("fr"))
    return serialize_catalog(Catalog(headers=headers, units=units))


def units(project: Path) -> tuple[Unit, ...]:
    path = project / CATALOG
    return parse_catalog(path.read_text(encoding="utf-8"), path).units


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """Make a merge: a reviewer has accepted a target that CI has made anew meanwhile."""
    project = repository(tmp_path / "project", {"polypost.toml": CONFIG, CATALOG: text(OLD)})
    git(project, "switch", "--quiet", "--create", "review")
    commit(project, {CATALOG: text(ACCEPTED)})
    git(project, "switch", "--quiet", "main")
    commit(project, {CATALOG: text(NEW)})
    git(project, "merge", "--quiet", "--no-edit", "review")
    return project


def problems(project: Path) -> list[str]:
    """Return what `catalogs check` tells of the catalog."""
    printed = polypost(project, "catalogs", "check").stdout.splitlines()
    return [line.partition(": ")[2] for line in printed if CATALOG in line]


def test_what_nobody_accepted_is_told_and_what_was_accepted_is_put_back(merged: Path) -> None:
    assert units(merged) == (UNSEEN,)
    told = (
        "nobody has accepted the targets that 'Nurse' got when the last merge joined lines of two branches; "
        "polypost catalogs resolve puts back what was accepted"
    )
    assert problems(merged) == [told]
    shown = polypost(merged, "catalogs", "resolve", "--dry-run")
    assert shown.stdout.endswith(f"{CATALOG}: would put back what was accepted of 'Nurse'\n")
    assert units(merged) == (UNSEEN,)
    done = polypost(merged, "catalogs", "resolve")
    assert (done.returncode, done.stdout.count(": put back what was accepted of 'Nurse'\n")) == (0, 1)
    assert units(merged) == (ACCEPTED,)
    assert problems(merged) == []


def test_shallow_clone_knows_enough_of_a_merge(merged: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "2", merged.as_uri(), "runner")
    runner = tmp_path / "runner"
    assert len(problems(runner)) == 1
    assert polypost(runner, "catalogs", "resolve").returncode == 0
    assert units(runner) == (ACCEPTED,)
    git(tmp_path, "clone", "--quiet", "--depth", "1", merged.as_uri(), "shallow")
    assert problems(tmp_path / "shallow") == []


def test_target_that_somebody_accepts_after_the_merge_is_theirs(merged: Path) -> None:
    for setting in ("user.name=Ana", "user.email=ana@example.org"):
        git(merged, "config", *setting.split("="))
    done = polypost(merged, "accept", unit_id(UNSEEN.key, parse_locale("fr")))
    assert (done.returncode, done.stderr) == (0, "")
    assert problems(merged) == []


def test_changed_unit_and_other_commits_are_left_alone(merged: Path) -> None:
    write_tree(merged, {CATALOG: text(replace(UNSEEN, target="Infirmier"))})
    assert problems(merged) == []
    git(merged, "checkout", "--quiet", "--", ".")
    commit(merged, {"README": "no merge"})
    assert problems(merged) == []


def test_unit_that_one_side_reviewed_is_reviewed_after_a_merge(merged: Path) -> None:
    git(merged, "switch", "--quiet", "--create", "more", "HEAD~1")
    commit(merged, {CATALOG: text(NEW, replace(OLD, key=key("Cook"), doubtful=False))})
    git(merged, "switch", "--quiet", "--create", "other", "HEAD~1")
    commit(merged, {CATALOG: text(replace(NEW, references=("postings/b",)))})
    git(merged, "merge", "--quiet", "--no-edit", "--strategy-option=theirs", "more")
    assert problems(merged) == []
