"""A project in git on which a reviewer and CI work at the same time: what each does, and how often they meet.

`python -m tests.workflow.git_rounds FOLDER` prints how many of 20 merges conflict without the driver.
"""

import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.catalog.po_file import parse_catalog, serialize_catalog
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Unit, digest
from tests.projects import polypost, write_tree

CATALOG = "locales/pt_BR/LC_MESSAGES/postings.en.po"
CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings/*.txt"]
locales = ["pt_BR"]

[translate]
engines = ["bergamot"]
"""
TRADES = ("Baker", "Welder", "Nurse", "Tiler", "Cook", "Roofer", "Weaver", "Miller", "Farrier", "Cooper", "Glazier")
TASKS = (
    "Open the doors at six",
    "Keep the tools clean",
    "Write down what was used",
    "Help the younger people",
    "Lift heavy parts",
)
SKILLS = (
    "A steady hand",
    "Good eyes",
    "Patience with people",
    "A driving licence",
    "Knowledge of the trade",
    "Some Spanish",
)
SHARED = ("We pay for your lunch.", "You work in a team of ten people.", "Send us a short letter.")
STEPS = ("today", "tomorrow", "in spring", "in autumn", "at night", "on Sundays", "by train", "with care")
ENTRY = re.compile(r"\n\n(?=#|msg)")


def posting(number: int) -> str:
    """Return a posting of a dozen segments, some of which other postings have too."""
    trade = TRADES[number % len(TRADES)]
    tasks = "\n".join(f"{task} {STEPS[(number + place) % len(STEPS)]}" for place, task in enumerate(TASKS))
    skills = "\n".join(f"{skill} for a {trade.lower()} {number}" for skill in SKILLS)
    return (
        f"Title: {trade} number {number}\nDate-Posted: 2026-10-05\n\n"
        f"{SHARED[number % 3]} The shop {number} is near the harbour.\n\n"
        f"Responsibilities:\n{tasks}\n\nRequirements:\n{skills}\n\nWhat we offer:\n{SHARED[(number + 1) % 3]}\n"
    )


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    """Run git as a person of no particular configuration."""
    command = ["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert fails or done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def begin(folder: Path) -> Path:
    """Make a project of twelve postings, translated and committed."""
    files = {f"postings/shop-{number:02}.txt": posting(number) for number in range(10, 22)}
    write_tree(folder, {"polypost.toml": CONFIG, ".gitignore": "build/\npublic/\n", **files})
    run(folder, "translate")
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "Begin")
    return folder


def run(folder: Path, *arguments: str) -> None:
    """Run a command that has to end well."""
    done = polypost(folder, *arguments)
    assert done.returncode == 0, done.stderr


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def units(folder: Path) -> dict[UnitKey, Unit]:
    """Return the units of the catalog by what they are about."""
    path = folder / CATALOG
    return {unit.key: unit for unit in parse_catalog(path.read_text(encoding="utf-8"), path).units}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a reviewer said of a unit: the target, "" where it was rejected."""

    key: UnitKey
    target: str


def review(folder: Path, chance: random.Random, many: int = 20) -> list[Said]:
    """Accept, edit and reject some targets as Poedit saves that: lines go, `fuzzy` goes, the header is stamped."""
    path = folder / CATALOG
    head, *entries = ENTRY.split(path.read_text(encoding="utf-8"))
    waiting = [number for number, entry in enumerate(entries) if "#, fuzzy\n" in entry and "#~" not in entry]
    said = []
    for number in sorted(chance.sample(waiting, min(many, len(waiting)))):
        entry = re.sub(r"^#(?:, fuzzy|\| .*)\n", "", entries[number], flags=re.MULTILINE)
        source = re.search(r'^msgid "(.*)"', entry, re.MULTILINE)
        context = re.search(r'^msgctxt "(.*)"', entry, re.MULTILINE)
        before = re.search(r'^msgstr "(.*)"', entry, re.MULTILINE)
        assert source
        assert context
        assert before
        target = chance.choice((before[1], before[1], f"{before[1]} (Ana)", ""))
        entries[number] = entry.replace(f'\nmsgstr "{before[1]}"', f'\nmsgstr "{target}"')
        said.append(Said(key=UnitKey(context[1], source[1]), target=target))
    minute = chance.randrange(10, 60)
    fields = {
        "PO-Revision-Date": f"2026-11-30 09:{minute}+0000",
        "Last-Translator": "Ana Lima <ana@example.org>",
        "X-Generator": "Poedit 3.4.2",
    }
    for name, value in fields.items():
        line = f'"{name}: {value}\\n"'
        head = (
            re.sub(rf'^"{name}:.*"$', lambda _, line=line: line, head, flags=re.MULTILINE)
            if name in head
            else f"{head.rstrip()}\n{line}"
        )
    path.write_text(
        "\n\n".join((head.rstrip("\n"), *(entry.rstrip("\n") for entry in entries))) + "\n", encoding="utf-8"
    )
    return said


def work(folder: Path, chance: random.Random, number: int, leave: frozenset[UnitKey] = frozenset()) -> None:
    """Add three postings, edit a sentence of five others, translate, and have five targets made anew by a newer model.

    What `leave` names keeps its source and its target.
    """
    names = sorted((folder / "postings").glob("*.txt"))
    for more in range(3):
        path = folder / f"postings/shop-{chance.randrange(10, 99)}-{number}-{more}.txt"
        path.write_text(posting(100 + 3 * number + more), encoding="utf-8")
    for path in chance.sample(names, 5):
        lines = path.read_text(encoding="utf-8").split("\n")
        free = [
            place
            for place, line in enumerate(lines)
            if place > 3 and line and line[-1] not in ":." and not any(key.source == line for key in leave)
        ]
        place = chance.choice(free)
        lines[place] = f"{lines[place]} {STEPS[number % len(STEPS)]} {number}"
        path.write_text("\n".join(lines), encoding="utf-8")
    run(folder, "translate")
    path = folder / CATALOG
    catalog = parse_catalog(path.read_text(encoding="utf-8"), path)
    free_units = [
        unit.key for unit in catalog.units if unit.machine_made and not unit.retired and unit.key not in leave
    ]
    newer = set(chance.sample(free_units, 5))
    origin = EngineOrigin(engine="bergamot", model="1999/r9", route="en→pt")
    after = tuple(_made_anew(unit, origin) if unit.key in newer else unit for unit in catalog.units)
    path.write_text(serialize_catalog(replace(catalog, units=after)), encoding="utf-8")
    run(folder, "catalogs", "update")


def _made_anew(unit: Unit, origin: EngineOrigin) -> Unit:
    target = f"{unit.target}, feito de novo"
    made = Provenance(kind=OriginKind.ENGINE, digest=digest(target), engine=origin, risk=unit.risk)
    return replace(unit, target=target, provenance=made)


def rounds(
    folder: Path, count: int, bring_together: Callable[[Path], bool], many: int = 20
) -> Iterator[tuple[bool, list[Said]]]:
    """Let both work `count` times from one commit; yield whether `bring_together` had a conflict, and what was said."""
    chance = random.Random(17)  # noqa: S311  an order, not a secret
    for number in range(count):
        git(folder, "switch", "-q", "-c", f"review-{number}", "main")
        said = review(folder, chance, many)
        commit(folder, "Review")
        git(folder, "switch", "-q", "-c", f"ci-{number}", "main")
        work(folder, chance, number, frozenset(each.key for each in said))
        commit(folder, "Postings")
        git(folder, "switch", "-q", f"review-{number}")
        conflict = bring_together(folder)
        yield conflict, said
        git(folder, "branch", "-f", "main")


def merge_ci(folder: Path) -> bool:
    """Merge the branch of CI into that of the reviewer; tell whether git left a conflict."""
    number = git(folder, "branch", "--show-current").strip().rpartition("-")[2]
    git(folder, "merge", "-q", "--no-edit", f"ci-{number}", fails=True)
    return bool(git(folder, "ls-files", "-u"))


def survives(said: Said, after: dict[UnitKey, Unit]) -> bool:
    """Tell whether what a reviewer said of a unit is still there: of the unit, if need be as an obsolete one."""
    unit = after.get(said.key)
    if unit is not None and unit.target == said.target and (unit.rejected or not unit.doubtful):
        return True
    return not said.target and (unit is None or unit.retired)


def count_conflicts(folder: Path, count: int = 20) -> int:
    """Count the merges that conflict in git's own way; each is then given up for the version of CI."""

    def merge_or_give_up(project: Path) -> bool:
        conflict = merge_ci(project)
        if conflict:
            git(project, "checkout", "-q", "--theirs", "--", ".")
            commit(project, "Give up")
        return conflict

    return sum(conflict for conflict, _ in rounds(begin(folder), count, merge_or_give_up))


if __name__ == "__main__":
    sys.stdout.write(f"{count_conflicts(Path(sys.argv[1]))} of 20 merges conflict\n")
