"""A week of edits, reviews, merges, other people's tools and crashes: nothing that people said is lost."""

import os
import random
import shutil
from pathlib import Path

import pytest

from tests.repositories import repository
from tests.workflow.week import CATALOGS, CONFIG, Clone, People, Week, newer_template
from tests.workflow.week_postings import Editor
from tests.workflow.week_tools import MERGERS, TOOLS

LONG = os.environ.get("POLYPOST_CHAOS") == "long"
ROUNDS = 20 if LONG else 2
SEEDS = range(100, 105) if LONG else (1,)


def begin(folder: Path, chance: random.Random) -> tuple[Clone, Clone, Editor]:
    """Make a project in two clones, that of CI and that of the reviewers."""
    week, editor = Week(folder), Editor(chance)
    ignored = "/build/\n/public\n.public-releases/\n"
    place = repository(folder / "ci", {"polypost.toml": CONFIG, ".gitignore": ignored})
    ci = Clone(week, place, "ci@example.org")
    for _ in range(4):
        ci.edit(editor.add(ci.postings))
    ci.build()
    ci.run("catalogs", "install-driver")
    ci.commit("Begin")
    ci.git("clone", "--quiet", ".", "../ana")
    ana = Clone(week, folder / "ana", "ana@example.org")
    ana.run("catalogs", "install-driver")
    ana.postings = dict(ci.postings)
    return ci, ana, editor


def edit_postings(ci: Clone, editor: Editor, chance: random.Random) -> None:
    """Edit some postings and build; now and then with msgmerge first, or with a kill."""
    for _ in range(chance.randrange(1, 4)):
        change = editor.edit(ci.postings)
        ci.edit(change)
        if chance.random() < 0.2:
            template = newer_template(ci)
            tool = chance.choice(MERGERS)
            ci.week.note("ci", tool.__name__, "with the newer template")
            for path in CATALOGS.values():
                tool(ci.folder / path, template)
        ci.build(change, str(chance.randrange(1, 60)) if chance.random() < 0.2 else "never")


@pytest.mark.parametrize("seed", SEEDS)
def test_week_loses_no_decision_asks_nothing_twice_and_changes_no_label(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311  an order, not a secret
    ci, ana, editor = begin(tmp_path, chance)
    people = People(ana, chance)
    for number in range(ROUNDS):
        ci.week.note("round", number)
        edit_postings(ci, editor, chance)
        ci.commit("Postings")
        for _ in range(chance.randrange(1, 4)):
            people.act()
        if chance.random() < 0.5:
            ana.use(chance.choice(TOOLS))
        ana.commit("Review")
        ana.unseen = False

        ana.pull(ci)
        ana.postings = dict(ci.postings)
        ana.verdicts = {**ci.verdicts, **ana.verdicts}
        ci.git("pull", "--quiet", "--ff-only", str(ana.folder), "main")
        ci.verdicts = dict(ana.verdicts)
        ci.explained |= ana.explained
        ana.explained.clear()
        ci.build()
        if chance.random() < 0.5:
            ci.commit("Build")
            before = ci.use(chance.choice(TOOLS))
            ci.build()
            ci.same(before, ci.meaning())
        if chance.random() < 0.3:
            shutil.rmtree(ci.folder / "build")
            asked = len(ci.week.asked)
            ci.build_again()
            assert len(ci.week.asked) == asked
            ci.week.asked.clear()  # of a target whose comment a tool drops only `build` still knows who made it
        ci.build_again()
        ci.commit("Build")
        ana.git("pull", "--quiet", "--ff-only", str(ci.folder), "main")
    ci.git("clone", "--quiet", ".", "../again")
    again = Clone(ci.week, tmp_path / "again", "again@example.org")
    again.run("build")
    again.same(ci.files(), again.files())
