"""`kill -9` at random moments of a build with a real engine, and what has to be so after it.

After each kill `public/` is one whole version. After a normal run `locales/` and `public/` are, byte for byte, what a
build that nobody killed makes of them, no text was asked twice beyond one batch, and what a reviewer saved at a random
moment of every second run is there.
"""

import hashlib
import json
import os
import random
import re
import shutil
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from subprocess import run as run_process
from time import monotonic

from pipeline.translation.engines.bergamot import BergamotEngine
from tests.loaded import run_loaded
from tests.projects import CHECKOUT, CONFIG, NO_MODELS, read_tree, write_tree

CATALOG = "locales/pt_BR/LC_MESSAGES/postings.en.po"
EDITED, EDIT = "Plan boats daily", "Planejar os barcos todo dia"
BATCH = BergamotEngine.batch_segments
BUILD = ("build", "--allow-withdrawals", "--as-of", "2026-11-20")
_VERBS = ("Plan", "Repair", "Clean", "Paint", "Measure", "Inspect", "Describe", "Order", "Sell", "Carry")
_THINGS = ("boats", "bridges", "kitchens", "gardens", "tables", "windows", "lamps")
_TIMES = ("daily", "early", "late", "alone", "today")
# Every 14th task is in the same posting, of which the first build has three.
_APART, _BEGUN = 14, 3
# The first step of the switch: the draft gets the name of its release.
_RENAMED = "os.rename .public-releases/.staging"
_NEIGHBOUR = re.compile(rb"^#\. neighbour: .*\n", re.MULTILINE)
Tree = Mapping[str, bytes]


class LostError(AssertionError):
    """Something is not as it has to be after a kill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a project holds that lasts."""

    locales: Tree
    public: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """A moment of a run, as `tests.chaos.child` takes it, and when a reviewer saves; None: nobody does."""

    number: int
    moment: str
    saved_after: float | None


def _posting(number: int, lines: Sequence[str]) -> str:
    items = "\n".join(lines)
    return (
        f"Title: Caretaker {number}\nLanguage: en\nLocation: Porto, PT\nDate-Posted: 2026-11-02\n\n"
        f"Responsibilities:\n{items}\n"
    )


def _files(number: int, *, later: bool) -> dict[str, str]:
    """Return a project, or what has become of it: `number` postings more, an edited sentence, one that is gone."""
    tasks = [" ".join(words) for words in product(_VERBS, _THINGS, _TIMES)]
    chosen = [tasks[start::_APART] for start in range(_BEGUN + number if later else _BEGUN)]
    postings = {f"postings/p{number}.txt": _posting(number, lines) for number, lines in enumerate(chosen)}
    if later:
        del postings["postings/p2.txt"]
        postings["postings/p1.txt"] = postings["postings/p1.txt"].replace("daily", "every day")
    return postings


class Project:
    """A project between two builds, and what the second makes of it: alone, and with an edit before or after."""

    def __init__(self, folder: Path, *, postings: int) -> None:
        self._begun = folder / "begun"
        config = CONFIG.replace(', "postings/*.jsonl"', "")
        write_tree(self._begun, {"polypost.toml": config, **_files(postings, later=False)})
        _checked_run(self._begun, folder / "log")
        self.before = state_of(self._begun)
        self._opened = (self._begun / CATALOG).read_text(encoding="utf-8")
        shutil.rmtree(self._begun / "postings")
        write_tree(self._begun, _files(postings, later=True))

        started = monotonic()
        alone = self.copied(folder / "alone")
        log = folder / "alone.log"
        _checked_run(alone, log)
        self.seconds = monotonic() - started
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        self.steps = [text for kind, text in lines if kind == "step"]
        self.asked = frozenset(text for kind, text in lines if kind == "asked")
        self.alone = state_of(alone)

        self.save_edit(alone)
        _checked_run(alone, folder / "after.log")
        edited = self.copied(folder / "edited")
        self.save_edit(edited)
        _checked_run(edited, folder / "edited.log")
        self.with_edit = (state_of(edited), state_of(alone))

    def copied(self, place: Path) -> Path:
        """Return the project as it is before the second build."""
        shutil.copytree(self._begun, place, symlinks=True)
        return place

    def save_edit(self, project: Path) -> None:
        """Save the catalog as an editor does that opened it before the second build: whole, one unit accepted."""
        entries = self._opened.split("\n\n")
        (place,) = (number for number, entry in enumerate(entries) if f'msgid "{EDITED}"' in entry)
        kept = [line for line in entries[place].splitlines() if not line.startswith(("#, fuzzy", "msgstr"))]
        entries[place] = "\n".join([*kept, f'msgstr "{EDIT}"'])
        draft = project / CATALOG.replace(".po", ".editor")
        draft.write_text("\n\n".join(entries), encoding="utf-8")
        draft.replace(project / CATALOG)


def kills(project: Project, number: int, seed: int) -> Iterator[Kill]:
    """Yield kills: two of five by the clock, the others before a step, half of those around the switch of a release."""
    chance = random.Random(seed)  # noqa: S311  the same at each run
    renamed = max(place for place, step in enumerate(project.steps, 1) if step.startswith(_RENAMED))
    for each in range(number):
        if each % 5 < 2:
            moment = f"{chance.uniform(0, project.seconds):.4f}s"
        elif each % 5 < 4:
            moment = str(chance.randint(1, len(project.steps)))
        else:
            moment = str(chance.randint(renamed - 1, len(project.steps)))
        saved_after = chance.uniform(0, project.seconds) if each % 2 else None
        yield Kill(number=each, moment=moment, saved_after=saved_after)


def try_kill(project: Project, kill: Kill, folder: Path) -> bool:
    """Kill a build, run it again and compare; tell whether the kill came before its end.

    Raises LostError with what is not as it has to be.
    """
    place = project.copied(folder / f"killed-{kill.number}")
    first, second = folder / "first.log", folder / "second.log"
    for log in (first, second):
        log.unlink(missing_ok=True)
    saving = threading.Timer(kill.saved_after or 0, lambda: project.save_edit(place))
    if kill.saved_after is not None:
        saving.start()
    code = _run(place, first, kill.moment)[0]
    whole = {_digest(state.public) for state in (project.before, project.alone, *project.with_edit)}
    if _digest(verified(place / "public")) not in whole:
        raise LostError("public/ is no version that a build makes")
    if kill.saved_after is not None:
        saving.join()
    _checked_run(place, second)
    _compare(project, kill, state_of(place))
    _count(project, _asked(first), _asked(second))
    shutil.rmtree(place)
    return code != 0


def _compare(project: Project, kill: Kill, found: State) -> None:
    expected = (project.alone,) if kill.saved_after is None else project.with_edit
    # Which reviewed neighbours a new unit has depends on whether it was made before or after the reviewer saved.
    alike = [_without_neighbours(state) if kill.saved_after is not None else state for state in (found, *expected)]
    if alike[0] not in alike[1:]:
        raise LostError(f"other bytes than after a build that nobody killed: {_differences(alike[0], alike[1])}")
    if kill.saved_after is not None and EDIT not in found.locales[CATALOG.removeprefix("locales/")].decode():
        raise LostError("a reviewer's edit is lost")


def _without_neighbours(state: State) -> State:
    kept = {name: _NEIGHBOUR.sub(b"", text) for name, text in state.locales.items()}
    return State(locales=kept, public=state.public)


def _count(project: Project, first: Sequence[str], second: Sequence[str]) -> None:
    twice = set(first) & set(second)
    if len(twice) > BATCH:
        raise LostError(f"{len(twice)} texts were asked twice, more than a batch of {BATCH}")
    if len({*first}) != len(first) or len({*second}) != len(second):
        raise LostError("a text was asked twice in one run")
    if {*first, *second} != project.asked:
        raise LostError("other texts were asked than by a build that nobody killed")


def _differences(found: State, expected: State) -> list[str]:
    pairs = ((found.locales, expected.locales), (found.public, expected.public))
    names = (name for left, right in pairs for name in sorted({*left, *right}) if left.get(name) != right.get(name))
    return list(islice(names, 5))


def verified(public: Path) -> Tree:
    """Read a published folder, every file of which the manifest lists with its digest, and no other lies there."""
    files = read_tree(public)
    listed = json.loads(files["manifest.json"])["files"]
    digests = {entry["path"]: entry["sha256"] for entry in listed}
    real = {name: hashlib.sha256(text).hexdigest() for name, text in files.items() if name != "manifest.json"}
    if digests != real:
        raise LostError("the manifest of public/ does not name what lies there")
    return files


def state_of(project: Path) -> State:
    """Read what lasts; what is not of a catalog, as a draft would be, counts too."""
    return State(locales=read_tree(project / "locales"), public=verified(project / "public"))


def _digest(tree: Tree) -> str:
    return hashlib.sha256(repr(sorted(tree.items())).encode()).hexdigest()


def _asked(log: Path) -> list[str]:
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    found = (json.loads(line) for line in lines)
    return [text for kind, text in found if kind == "asked"]


def _checked_run(project: Path, log: Path) -> None:
    code, notes = _run(project, log, "never")
    if code:
        raise LostError(f"the next run ended with {code}: {notes}")


def _run(project: Path, log: Path, moment: str) -> tuple[int, str]:
    python = ["-m", "tests.chaos.child", str(log), moment, *BUILD]
    environment = {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT)}
    done = run_loaded(project, python, environment) or run_process(
        [sys.executable, *python], cwd=project, env=environment, check=False, capture_output=True, text=True
    )
    return done.returncode, done.stderr
