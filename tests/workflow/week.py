"""Two clones of a project during a week, what people say there, and what has to stand after each step.

What is asserted is what the record promises and is told without the program: catalogs are read with polib, who said
what is kept here, and which sentences there are is known by `week_postings`.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel import Locale

from pipeline.model.segment import UnitKey
from pipeline.model.unit import unit_id
from pipeline.translation.engines.bergamot import BergamotEngine
from tests.loaded import run_loaded
from tests.projects import CHECKOUT, NO_MODELS, read_json, read_tree, write_tree
from tests.tools import require_tool
from tests.workflow.week_postings import Change, Key, Postings, all_keys, users
from tests.workflow.week_tools import Tool

CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings/*.txt"]
locales = ["en", "pt_BR", "fr"]

[translate]
engines = ["bergamot"]

[publish]
policy = "reviewed"
max_withdrawn = 100

[publish.locales.pt_BR]
policy = "machine"
"""
TEMPLATE = "locales/postings.en.pot"
CATALOGS = {locale: f"locales/{locale}/LC_MESSAGES/postings.en.po" for locale in ("pt_BR", "fr")}
KEPT_MARKS = str.maketrans("", "", '.“”"\u00a0 ')
Label = tuple[str, str]  # locale and posting
Name = tuple[str, Key]  # locale and key


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What people said of a unit: the target that they accepted, those that they rejected."""

    accepted: str | None = None
    rejected: set[str] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class Done:
    """A command that a person may take back, and what stood in its units before."""

    names: list[Name]
    verdicts: list[Verdict]
    entries: list[tuple[str, bool]]


class Week:
    """What both clones have seen: the questions to the engine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: set[str] = set()
        self.story: list[str] = []  # what happened, for whom a failure is to be understood by

    def note(self, *words: object) -> None:
        self.story.append(" ".join(map(str, words)))

    def ask(self, questions: list[str], *, killed: bool) -> None:
        """Take in what the engine was asked; after a kill the last batch may be asked again."""
        assert len(questions) == len(set(questions)), "asked twice in one run"
        twice = self.asked.intersection(questions)
        assert not twice, ("asked twice", twice, self.story[-12:])
        self.asked |= set(questions[: -BergamotEngine.batch_segments] if killed else questions)


class Clone:
    """A clone of the project in which somebody works."""

    def __init__(self, week: Week, folder: Path, email: str) -> None:
        self.week, self.folder = week, folder
        self.postings: Postings = {}
        self.verdicts: dict[Name, Verdict] = {}
        self.labels: dict[Label, str] = {}
        self.explained: set[Label] = set()
        self.done: list[Done] = []
        self.untranslated: set[Name] = set()  # before a tool was used
        self.unseen = False  # whether somebody has edited a catalog, and no command of ours has seen that
        self.git("config", "user.name", email.partition("@")[0])
        self.git("config", "user.email", email)

    # What is run.

    def git(self, *arguments: str, fails: bool = False) -> str:
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "GIT_CONFIG_GLOBAL": os.devnull}
        command = [require_tool("git"), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert fails or done.returncode == 0, (arguments, done.stdout, done.stderr, self.week.story[-12:])
        return done.stdout

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)

    def run(self, *arguments: str, moment: str = "never", ends: Collection[int] = (0,)) -> int:
        """Run a command, kill it at that moment, and count what the engine was asked."""
        log = self.week.folder / "log"
        log.unlink(missing_ok=True)
        self.week.note(self.folder.name, *arguments, "" if moment == "never" else f"killed at {moment}")
        python = ["-m", "tests.chaos.child", str(log), moment, *arguments]
        environment = {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT)}
        done = run_loaded(self.folder, python, environment) or subprocess.run(
            [sys.executable, *python], cwd=self.folder, env=environment, check=False, capture_output=True, text=True
        )
        allowed = {*ends} if moment == "never" else {*ends, -9}
        assert done.returncode in allowed, (done.returncode, done.stdout, done.stderr, self.week.story[-12:])
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
        self.week.ask([text for kind, text in lines if kind == "asked"], killed=done.returncode < 0)
        return done.returncode

    def build(self, change: Change | None = None, moment: str = "never") -> None:
        """Build, after a change of a posting; what is published changes where that is explained and nowhere else."""
        if self.run("build", moment=moment):
            self.run("build")
        if change:
            self.follow(change)
        self.check()
        self.look_at_labels()

    def update(self) -> None:
        """Let the program see what was done in an editor."""
        self.run("catalogs", "update")
        self.unseen = False
        self.check()

    def build_again(self) -> None:
        """Build once more, which asks nothing and changes nothing."""
        before, asked = self.files(), len(self.week.asked)
        self.run("build")
        self.same(before, self.files())
        assert len(self.week.asked) == asked

    def files(self) -> dict[str, bytes]:
        return {name: text for top in ("locales", "public") for name, text in read_tree(self.folder / top).items()}

    def same(self, before: Mapping[str, object], after: Mapping[str, object]) -> None:
        """Tell what is another thing than before."""
        changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
        shown = [(name, *_difference(before.get(name), after.get(name))) for name in changed[:4]]
        assert not changed, (changed, *shown, *self.week.story[-12:])

    def use(self, tool: Tool) -> dict[str, object]:
        """Have another program write the catalogs anew, after ours has seen what was said in them.

        Returns what they meant before.
        """
        if self.unseen:
            self.update()
        self.week.note(self.folder.name, tool.__name__)
        self.untranslated = {
            (locale, key)
            for locale in CATALOGS
            for key, entry in self.entries(locale).items()
            if not entry.msgstr and "engine: " not in entry.comment
        }
        before = self.meaning()
        for path in CATALOGS.values():
            tool(self.folder / path, self.folder / TEMPLATE)
        return before

    def meaning(self) -> dict[str, object]:
        """Return what a tool may not change: all but the order of obsolete entries, and what is shown once of others.

        What nobody has translated yet a tool may fill with the target of a similar source, to be reviewed.
        """
        catalogs = {
            (locale, key): (entry.msgstr, entry.fuzzy, entry.occurrences, _lasting(entry))
            for locale in CATALOGS
            for key, entry in self.entries(locale).items()
            if (locale, key) not in self.untranslated
        }
        lasting = {name: text for name, text in self.files().items() if not name.endswith(".po")}
        return {**{str(name): said for name, said in catalogs.items()}, **lasting}

    # What has to stand.

    def entries(self, locale: str) -> dict[Key, polib.POEntry]:
        catalog = polib.pofile(str(self.folder / CATALOGS[locale]))
        return {(entry.msgctxt or "", entry.msgid): entry for entry in catalog if not entry.obsolete}

    def check(self) -> None:
        """Compare the catalogs with what is there to translate and with what people said."""
        for path in sorted(self.folder.glob("locales/*/LC_MESSAGES/*.po")):
            command = [require_tool("msgfmt"), "--check", "--output-file=/dev/null", str(path)]
            told = subprocess.run(command, capture_output=True, text=True, check=False)
            assert told.returncode == 0, (told.stderr, self.week.story[-12:])
        for locale in CATALOGS:
            entries = self.entries(locale)
            wanted = all_keys(self.postings)
            assert entries.keys() == wanted, (entries.keys() ^ wanted, self.week.story[-12:])
            faults = [fault for key, entry in entries.items() for fault in self._faults(locale, key, entry)]
            assert not faults, (*faults, *self.week.story[-25:])

    def _faults(self, locale: str, key: Key, entry: polib.POEntry) -> Iterator[str]:
        verdict = self.verdicts.get((locale, key), Verdict())
        shown = f"{locale} {key} {entry.msgstr!r} {'fuzzy' if entry.fuzzy else 'reviewed'} {entry.comment!r}"
        if verdict.accepted is not None and (entry.fuzzy or entry.msgstr != verdict.accepted):
            yield f"lost review of {verdict.accepted!r}: {shown}"
        if entry.msgstr in verdict.rejected and entry.msgstr != verdict.accepted:
            yield f"rejected target is there again: {shown}"
        offers = [line for line in entry.comment.split("\n") if line.startswith("suggestion: ")]
        if any(line.endswith(f" {target}") for line in offers for target in verdict.rejected):
            yield f"rejected target is offered again: {shown}"
        by_rule = "engine: copy" in entry.comment or "engine: titles" in entry.comment
        moved = any(
            (place, source, said.accepted) == (locale, key[1], entry.msgstr)
            for (place, (_, source)), said in self.verdicts.items()
        )
        if entry.msgstr and not entry.fuzzy and verdict.accepted is None and not by_rule and not moved:
            yield f"nobody reviewed it: {shown}"

    def published(self) -> dict[Label, str]:
        """Return the label of each posting in each language version."""
        feeds = {locale: self.folder / f"public/{locale.replace('_', '-')}/feed.json" for locale in ("en", *CATALOGS)}
        items = ((locale, read_json(path)["items"]) for locale, path in feeds.items() if path.exists())
        return {
            (locale, item["_polypost"]["posting"]): item["_polypost"]["translation"]
            for locale, each in items
            for item in each
        }

    def look_at_labels(self) -> None:
        """Compare the labels: they change by what people said of a posting or an edit of its text, by nothing else."""
        before, self.labels = self.labels, self.published()
        changed = {
            label for label in {*before, *self.labels} if before.get(label) != self.labels.get(label)
        } - self.explained
        assert not changed, (
            [(label, before.get(label), self.labels.get(label)) for label in changed],
            self.week.story[-12:],
        )
        self.explained.clear()

    # What happens.

    def edit(self, change: Change) -> None:
        """Change the text of a posting as its author does."""
        self.week.note(self.folder.name, change.kind, change.posting, change.moved)
        path = self.folder / f"postings/{change.posting}.txt"
        before = all_keys(self.postings)
        if change.text is None:
            del self.postings[change.posting]
            path.unlink()
        else:
            self.postings[change.posting] = change.text
            write_tree(self.folder, {f"postings/{change.posting}.txt": change.text.written()})
        self.explained |= {(locale, change.posting) for locale in ("en", *CATALOGS)}
        self._appeared = all_keys(self.postings) - before

    def follow(self, change: Change) -> None:
        """Let what was said of a sentence hold where it has moved to, or with another mark.

        It may hold there, but need not, where another posting keeps the sentence as it was.
        """
        shared = all_keys(self.postings)
        for old, new in change.moved:
            for locale in CATALOGS:
                verdict = self.verdicts.get((locale, old))
                if verdict is None or (locale, new) in self.verdicts or new not in self._appeared:
                    continue
                entry = self.entries(locale)[new]
                followed = deepcopy(verdict)
                if old in shared and (entry.fuzzy or not entry.msgstr or verdict.accepted is None):
                    continue
                if verdict.accepted is not None and change.kind != "move":
                    same = entry.msgstr.translate(KEPT_MARKS) == verdict.accepted.translate(KEPT_MARKS)
                    assert same, (change, verdict, entry.msgstr)
                    followed.accepted = entry.msgstr
                self.verdicts[locale, new] = followed

    def explain(self, names: Iterable[Name]) -> None:
        for locale, key in names:
            self.explained |= {(locale, posting) for posting in users(self.postings, frozenset((key,)))}

    def verdict(self, name: Name) -> Verdict:
        return self.verdicts.setdefault(name, Verdict())

    def accepted(self, name: Name, target: str) -> None:
        verdict = self.verdict(name)
        verdict.accepted = target
        verdict.rejected.discard(target)

    def rejected(self, name: Name, target: str) -> None:
        verdict = self.verdict(name)
        verdict.accepted = None
        verdict.rejected.add(target)

    def pull(self, other: "Clone") -> None:
        """Take in what was committed in the other clone; git asks nothing."""
        self.week.note(self.folder.name, "pulls")
        self.git("pull", "--quiet", "--no-rebase", "--no-edit", str(other.folder), "main", fails=True)
        unmerged = self.git("ls-files", "-u")
        assert not unmerged, (unmerged, self.git("diff")[:3000], self.week.story[-12:])
        assert not self.git("status", "--porcelain"), (self.git("status"), self.week.story[-12:])


def ids(names: Iterable[Name]) -> list[str]:
    """Return the ids by which commands name units."""
    return [unit_id(UnitKey(*key), Locale.parse(locale)) for locale, key in names]


def _lasting(entry: polib.POEntry) -> list[str]:
    """Return the comments of an entry that hold as long as its target; neighbours are shown once.

    A target that waits for review may be what an engine made and what is remembered at the same time.
    """
    passing = ("neighbour: ", "repaired: ", *(("engine: ", "risk: ", "asked: ", "memory: ") if entry.fuzzy else ()))
    return [line for line in entry.comment.split("\n") if line and not line.startswith(passing)]


def _difference(before: object, after: object) -> tuple[object, object]:
    if isinstance(before, bytes) and isinstance(after, bytes):
        lines = before.decode().splitlines(), after.decode().splitlines()
        only = [[line for line in lines[side] if line not in lines[1 - side]][:6] for side in (0, 1)]
        return only[0], only[1]
    return before, after


def newer_template(clone: Clone) -> Path:
    """Return the template of the postings as they are now, which the catalogs do not know yet."""
    other = clone.week.folder / "template"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(clone.folder, other, symlinks=True, ignore=shutil.ignore_patterns(".git", "public*", ".public*"))
    command = [sys.executable, "-m", "pipeline", "catalogs", "update"]
    subprocess.run(command, cwd=other, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, check=True, capture_output=True)
    return other / TEMPLATE


class People:
    """What reviewers do, by command and in an editor of PO files."""

    def __init__(self, clone: Clone, chance: random.Random) -> None:
        self._clone, self._chance = clone, chance

    def act(self) -> None:
        """Do one thing."""
        ways = (
            *(self.accept, self.accept, self.reject, self.replace, self.translate, self.undo, self.undo, self.approve),
            *(self.withhold, self.comment, self.dismiss, self.edit, self.edit, self.accept_killed),
        )
        self._chance.choice(ways)()

    def _units(self, wanted: Callable[[polib.POEntry], bool], many: int, locale: str = "pt_BR") -> list[Name]:
        entries = self._clone.entries(locale)
        found = [
            (locale, key) for key, entry in entries.items() if wanted(entry) and "engine: copy" not in entry.comment
        ]
        return self._chance.sample(found, min(many, len(found)))

    def _decide(self, command: str, names: list[Name], *more: str, moment: str = "never") -> list[polib.POEntry]:
        """Run a command on units, and return the entries from before."""
        clone = self._clone
        entries = [clone.entries(locale)[key] for locale, key in names]
        clone.done.append(
            Done(
                names=names,
                verdicts=[deepcopy(clone.verdict(name)) for name in names],
                entries=[(entry.msgstr, entry.fuzzy) for entry in entries],
            )
        )
        if clone.run(command, *ids(names), *more, moment=moment):
            clone.run(command, *ids(names), *more)
        clone.explain(names)
        return entries

    def _waiting(self, entry: polib.POEntry) -> bool:
        return bool(entry.fuzzy and entry.msgstr)

    def accept(self, moment: str = "never") -> None:
        names = self._units(self._waiting, 12)
        if names:
            for name, entry in zip(names, self._decide("accept", names, moment=moment), strict=True):
                self._clone.accepted(name, entry.msgstr)
            self._clone.check()

    def accept_killed(self) -> None:
        self.accept(moment=str(self._chance.randrange(1, 24)))

    def reject(self) -> None:
        names = self._units(lambda entry: bool(entry.msgstr), 4)
        if names:
            for name, entry in zip(names, self._decide("reject", names), strict=True):
                self._clone.rejected(name, entry.msgstr)
            self._clone.check()

    def replace(self, locale: str = "pt_BR") -> None:
        for name in self._units(lambda _: True, 1, locale):
            (entry,) = self._decide("replace", [name], target := f"{self._chance.randrange(1000)} {name[1][1]}")
            del entry
            self._clone.accepted(name, target)
            self._clone.check()

    def translate(self) -> None:
        for _ in range(2):
            self.replace("fr")

    def undo(self) -> None:
        """Take back the last thing that nobody went on from."""
        clone = self._clone
        live = all_keys(clone.postings)
        while clone.done:
            last = clone.done.pop()
            if all(key in live for _, key in last.names):
                break
        else:
            return
        clone.run("undo", *ids(last.names))
        clone.explain(last.names)
        for name, verdict, (target, fuzzy) in zip(last.names, last.verdicts, last.entries, strict=True):
            clone.verdicts[name] = verdict
            entry = clone.entries(name[0])[name[1]]
            stands = (entry.msgstr, entry.fuzzy) == (target, fuzzy)
            assert stands, (name, target, fuzzy, entry, clone.week.story[-25:])
        clone.check()

    def _went_on(self, names: Iterable[Name]) -> None:
        """Forget what `undo` would not take back next."""
        said = {*names}
        self._clone.done = [done for done in self._clone.done if not said.intersection(done.names)]

    def approve(self) -> None:
        names = self._units(lambda entry: bool(entry.msgstr and not entry.fuzzy), 5)
        if names:
            self._clone.run("approve", *ids(names))
            self._clone.run("undo", *ids(names[:1]))
            self._went_on(names)

    def withhold(self) -> None:
        posting = self._chance.choice([*self._clone.postings])
        self._clone.run("withhold", posting, "pt_BR", *self._chance.choice(((), ("--undo",))))
        self._clone.explained.add(("pt_BR", posting))

    def comment(self) -> None:
        for name in self._units(lambda _: True, 1):
            self._clone.run("comment", *ids([name]), "Which one?")
            self._clone.run("assign", *ids([name]), "--to", "Ben")
            self._clone.run("undo", *ids([name]))

    def dismiss(self) -> None:
        for locale, key in self._units(lambda entry: "check: " in entry.comment and bool(entry.msgstr), 2):
            comment = self._clone.entries(locale)[key].comment
            check = next(line for line in comment.split("\n") if line.startswith("check: "))
            self._clone.run("dismiss", *ids([(locale, key)]), "--finding", check.removeprefix("check: "))
            self._went_on([(locale, key)])
            self._clone.explain([(locale, key)])

    def edit(self) -> None:
        """Review in an editor of PO files: accept, write, reject, begin, take a review back."""
        clone, chance = self._clone, self._chance
        locale = chance.choice(("pt_BR", "pt_BR", "fr"))
        catalog = polib.pofile(str(clone.folder / CATALOGS[locale]), wrapwidth=chance.choice((0, 78)))
        live = [entry for entry in catalog if not entry.obsolete and "engine: copy" not in entry.comment]
        names = []
        for entry in chance.sample(live, min(6, len(live))):
            name = (locale, (entry.msgctxt, entry.msgid))
            way = chance.choice(("accept", "write", "reject", "begin", "withdraw"))
            if (entry.msgstr == "" and way != "write") or (way == "withdraw" and entry.fuzzy):
                continue
            names.append(name)
            clone.week.note(clone.folder.name, "editor", way, name, repr(entry.msgstr))
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"] + ["fuzzy"] * (way in {"begin", "withdraw"})
            if way == "accept":
                clone.accepted(name, entry.msgstr)
            elif way == "reject":
                clone.rejected(name, entry.msgstr)
                entry.msgstr = ""
            elif way == "withdraw":
                clone.verdict(name).accepted = None
            else:
                entry.msgstr = f"{chance.randrange(1000)} (editor) {entry.msgid}"
                clone.verdict(name).accepted = entry.msgstr if way == "write" else None
            if not entry.fuzzy:
                entry.previous_msgid = entry.previous_msgctxt = None
        catalog.save()
        clone.explain(names)
        self._went_on(names)
        clone.unseen = True
        if chance.random() < 0.5:
            clone.update()
