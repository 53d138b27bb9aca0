"""A reviewer and CI work on one catalog in git: with the driver nothing conflicts, without it everything is mended."""

import difflib
import random
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog.po_file import parse_catalog, serialize_catalog
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState
from tests.projects import polypost, write_tree
from tests.tools import LONG, require_tool
from tests.workflow.git_rounds import (
    CATALOG,
    CONFIG,
    Said,
    begin,
    commit,
    git,
    merge_ci,
    review,
    rounds,
    run,
    survives,
    units,
    work,
)

ROUNDS = 20 if LONG else 3
TEMPLATE, RECORD = "locales/postings.en.pot", "locales/publications.jsonl"


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("master"))


@pytest.fixture
def project(master: Path, tmp_path: Path) -> Path:
    return shutil.copytree(master, tmp_path / "project")


def lost(project: Path, said: list[Said]) -> list[Said]:
    """Return what a reviewer said that is gone; the file has to be one that gettext takes."""
    command = [require_tool("msgfmt"), "--check", "--output-file=/dev/null", str(project / CATALOG)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    after = units(project)
    return [each for each in said if not survives(each, after)]


def changed_by_update(project: Path, said: list[Said]) -> list[str]:
    """Return the lines of catalogs and templates that the next run leaves otherwise than a merge left them.

    Left out is what follows from a review by itself, of the units that were reviewed and of no other: findings about
    them come and go, neighbours and suggestion that were shown for the review go, and a target of a person that was
    emptied leaves a sentence that nobody has translated, for which an engine's target is remembered.
    """
    path = project / CATALOG
    before = parse_catalog(path.read_text(encoding="utf-8"), path)
    run(project, "catalogs", "update")
    after, reviewed = units(project), {each.key for each in said}
    expected = replace(
        before,
        units=tuple(_as_reviewed(unit, after[unit.key]) if unit.key in reviewed else unit for unit in before.units),
    )
    lines = serialize_catalog(expected).splitlines(), path.read_text(encoding="utf-8").splitlines()
    templates = git(project, "diff", "--unified=0", "--", "locales/*.pot").splitlines()
    return [*difflib.unified_diff(*lines, lineterm="", n=0), *templates]


def _as_reviewed(unit: Unit, after: Unit) -> Unit:
    emptied = unit.state is UnitState.UNTRANSLATED and not unit.rejected
    if emptied and after.engines_own and after.state is UnitState.NEEDS_REVIEW:
        return after
    return replace(unit, findings=after.findings)


def test_driver_merges_every_round_and_loses_no_review_and_the_next_run_changes_nothing(project: Path) -> None:
    run(project, "catalogs", "install-driver")
    commit(project, "Merge catalogs by unit")
    conflicts, gone, changed = 0, [], []
    for conflict, said in rounds(project, ROUNDS, merge_ci):
        conflicts += conflict
        gone += lost(project, said)
        changed += changed_by_update(project, said)
        git(project, "checkout", "-q", "--", ".")
    assert (conflicts, gone, changed) == (0, [], [])


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_resolve_mends_every_conflict_that_git_leaves_without_the_driver(project: Path, style: str) -> None:
    git(project, "config", "merge.conflictStyle", style)

    def mended(folder: Path) -> bool:
        if not merge_ci(folder):
            return False
        told = polypost(folder, "catalogs", "resolve")
        assert (told.returncode, told.stderr) == (0, "")
        commit(folder, "Resolve")
        return True

    conflicts, gone, changed = [], [], []
    for conflict, said in rounds(project, ROUNDS if style == "merge" else 2, mended, many=60):
        conflicts.append(conflict)
        gone += lost(project, said)
        changed += changed_by_update(project, said)
        git(project, "checkout", "-q", "--", ".")
    assert (any(conflicts), gone, changed) == (True, [], [])


@pytest.fixture
def parted(project: Path) -> Path:
    """Return a project on the branch of a reviewer, beside which CI has one of its own; with the driver."""
    run(project, "catalogs", "install-driver")
    commit(project, "Merge catalogs by unit")
    git(project, "branch", "ci")
    return project


def test_rebase_and_cherry_pick_go_through_the_driver(parted: Path) -> None:
    chance = random.Random(5)  # noqa: S311  an order, not a secret
    said = review(parted, chance)
    commit(parted, "Review")
    more = review(parted, chance)
    commit(parted, "Review more")
    git(parted, "switch", "-q", "ci")
    work(parted, chance, 1, frozenset(each.key for each in said + more))
    commit(parted, "Postings")
    git(parted, "cherry-pick", "main~1")
    assert lost(parted, said) == []
    git(parted, "switch", "-q", "main")
    git(parted, "rebase", "-q", "ci")
    assert lost(parted, said + more) == []
    assert changed_by_update(parted, said + more) == []


def accept(project: Path, source: str, target: str) -> None:
    path = project / CATALOG
    catalog = parse_catalog(path.read_text(encoding="utf-8"), path)
    changed = (
        replace(unit, target=target, doubtful=False) if unit.key.source == source else unit for unit in catalog.units
    )
    path.write_text(serialize_catalog(replace(catalog, units=tuple(changed))), encoding="utf-8")


def differ(project: Path) -> None:
    """Let two people accept different targets of one unit."""
    accept(project, "Baker number 11", "Padeira número 11")
    commit(project, "Ana")
    git(project, "switch", "-q", "ci")
    accept(project, "Baker number 11", "Padeiro nº 11")
    commit(project, "Ben")
    git(project, "switch", "-q", "main")


def question(project: Path) -> tuple[str, bool, tuple[str, ...]]:
    unit = units(project)[UnitKey("title", "Baker number 11")]
    return unit.target, unit.doubtful, unit.extras.remarks


def test_where_two_people_differ_a_reviewer_sees_both_targets(parted: Path) -> None:
    differ(parted)
    told = git(parted, "merge", "ci", fails=True)
    assert "CONFLICT (content)" in told
    both = ("Padeira número 11", True, ("conflict: reviewed Padeiro nº 11",))
    assert question(parted) == both
    commit(parted, "Merge")
    run(parted, "catalogs", "update")
    assert question(parted) == both
    accept(parted, "Baker number 11", "Padeiro nº 11")
    run(parted, "catalogs", "update")
    assert question(parted) == ("Padeiro nº 11", False, ())


def test_resolve_tells_what_two_people_have_to_decide_and_ends_with_1(project: Path) -> None:
    git(project, "branch", "ci")
    differ(project)
    git(project, "merge", "ci", fails=True)
    stopped = polypost(project, "catalogs", "update")
    where = r"en\.po:\d+: unfinished merge, lines \d+-\d+; `polypost catalogs resolve .*postings\.en\.po` mends it"
    assert (stopped.returncode, bool(re.search(where, stopped.stderr))) == (1, True)
    shown = polypost(project, "catalogs", "resolve", "--dry-run", CATALOG)
    told = polypost(project, "catalogs", "resolve", CATALOG)
    assert (shown.returncode, told.returncode, shown.stderr) == (1, 1, told.stderr)
    assert "'Padeira número 11' (reviewed) and 'Padeiro nº 11' (reviewed)" in told.stderr
    assert question(project)[2] == ("conflict: reviewed Padeiro nº 11",)


def test_what_somebody_wrote_into_an_unfinished_merge_is_kept(project: Path) -> None:
    git(project, "branch", "ci")
    differ(project)
    git(project, "merge", "ci", fails=True)
    path = project / CATALOG
    text = path.read_text(encoding="utf-8")
    ours, theirs = 'msgstr "Padeira número 11"\n', 'msgstr "Padeiro nº 11"\n'
    start, end = text.index("<<<<<<<"), text.index("\n", text.index(">>>>>>>")) + 1
    assert f"{ours}=======\n{theirs}" in text[start:end]
    path.write_text(f'{text[:start]}msgstr "Panificadora 11"\n{text[end:]}=======\n', encoding="utf-8")
    torn = polypost(project, "catalogs", "resolve", CATALOG)
    assert (torn.returncode, "git checkout --merge" in torn.stderr) == (1, True)
    path.write_text(f'{text[:start]}msgstr "Panificadora 11"\n{text[end:]}', encoding="utf-8")
    done = polypost(project, "catalogs", "resolve", CATALOG)
    assert (done.returncode, done.stderr, question(project)[0]) == (0, "", "Panificadora 11")


def test_template_and_record_are_mended_too(project: Path) -> None:
    base = (project / TEMPLATE).read_text(encoding="utf-8")
    entry = '\n#: postings/{0}\nmsgctxt "title"\nmsgid "{0}"\nmsgstr ""\n'
    line = '{{"posting": "{0}", "locale": "en", "digest": "d", "slug": "{0}"}}\n'
    write_tree(project, {RECORD: line.format("base")})
    commit(project, "Base")
    git(project, "branch", "ci")
    for branch in ("main", "ci"):
        git(project, "switch", "-q", branch)
        write_tree(project, {TEMPLATE: base + entry.format(branch), RECORD: line.format("base") + line.format(branch)})
        commit(project, branch)
    git(project, "merge", "main", fails=True)
    stopped = polypost(project, "build", "--dry-run")
    assert "publications.jsonl:2: unfinished merge, lines 2-6; `polypost catalogs resolve" in stopped.stderr
    run(project, "catalogs", "resolve")
    assert (project / TEMPLATE).read_text(encoding="utf-8") == base + entry.format("ci") + entry.format("main")
    record = (project / RECORD).read_text(encoding="utf-8")
    assert record == line.format("base") + line.format("ci") + line.format("main")


def test_driver_is_installed_once_and_a_dry_run_installs_nothing(project: Path) -> None:
    (project / ".gitattributes").write_text("*.png binary", encoding="utf-8")
    shown = polypost(project, "catalogs", "install-driver", "--dry-run").stdout
    assert (project / ".gitattributes").read_text(encoding="utf-8") == "*.png binary"
    done = polypost(project, "catalogs", "install-driver").stdout
    assert [*shown.splitlines()[:-1], "6 changes"] == done.splitlines()
    assert (project / ".gitattributes").read_text(encoding="utf-8").splitlines() == [
        "*.png binary",
        "locales/**/*.po merge=polypost",
        "locales/*.pot merge=polypost",
        "locales/publications.jsonl merge=union",
        "locales/decisions/*.jsonl merge=union",
    ]
    assert polypost(project, "catalogs", "install-driver").stdout == "0 changes\n"


def test_driver_needs_a_clone(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": CONFIG})
    told = polypost(tmp_path, "catalogs", "install-driver")
    assert (told.returncode, "is in no clone of git" in told.stderr) == (2, True)


def test_file_that_cannot_be_read_is_merged_as_git_does_by_itself(parted: Path) -> None:
    path = parted / CATALOG
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "Baker number 11"', 'msgid "Baker number 11'), encoding="utf-8")
    commit(parted, "Torn")
    git(parted, "switch", "-q", "ci")
    accept(parted, "Baker number 11", "Padeira")
    commit(parted, "Ana")
    git(parted, "merge", "main", fails=True)
    assert git(parted, "ls-files", "-u").count(CATALOG) == 3
    assert "is a quote missing?" in polypost(parted, "catalogs", "resolve").stderr


def test_unit_that_git_put_in_twice_without_a_marker_is_mended(project: Path) -> None:
    path = project / CATALOG
    text = path.read_text(encoding="utf-8")
    entry = next(entry for entry in text.split("\n\n") if 'msgid "Baker number 11"' in entry)
    path.write_text(f"{text}\n{entry.replace('#, fuzzy', '#')}\n", encoding="utf-8")
    told = polypost(project, "catalogs", "update")
    assert (told.returncode, f"keep one of them: `polypost catalogs resolve {path}`" in told.stderr) == (1, True)
    run(project, "catalogs", "resolve")
    assert units(project)[UnitKey("title", "Baker number 11")].state is UnitState.REVIEWED
