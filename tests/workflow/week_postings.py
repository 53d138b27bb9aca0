"""The postings of a scripted week, and what happens to their texts: words, numbers, marks, moves, splits, leaving.

A posting knows the keys of its sentences without asking the program, so that a test can tell what has to stand.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

SECTIONS = {
    "responsibilities": "Responsibilities",
    "requirements": "Requirements",
    "nice_to_have": "Nice to have",
    "offer": "What we offer",
}
_JOBS = ("Baker", "Welder", "Night nurse", "Roofer", "Ferry cook", "Weaver", "Glazier", "Gardener", "Harbour pilot")
_TASKS = (
    "Open the workshop at the {thing} every morning",
    "Count {number} boxes behind the {thing} each week",
    "Clean the {thing} with {number} colleagues",
    "Write a short report about the {thing}",
    "Carry {number} parts from the {thing} to the harbour",
    'Lock the "{thing}" door before you leave',
)
_SKILLS = (
    "A steady hand at the {thing}",
    "{number} years of work with a {thing}",
    "Patience with people at the {thing}",
    "Good knowledge of the {thing} and of its tools",
)
_OFFERS = (
    "A warm meal at the {thing}",
    "{number} free days after work on the {thing}",
    "A quiet room near the {thing}",
)
_THINGS = (
    "mill",
    "bridge",
    "garden",
    "kitchen",
    "boat",
    "oven",
    "roof",
    "window",
    "tower",
    "market",
    "lamp",
    "station",
)
_FIRST = "We look for somebody who knows the {thing} well."
_SECOND = "You work near the {thing} with ten people, and you sleep at home."
_SHARED = ("We pay for your lunch.", "Send us a short letter.", "We speak with everybody who writes to us.")
_WORDS = ("carefully", "in spring", "without haste", "on Sundays", "by hand", "in the rain", "with a smile")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a posting says: the sentences of its description, the items of its sections."""

    title: str
    description: tuple[str, ...]
    items: Mapping[str, tuple[str, ...]]

    def written(self) -> str:
        """Return the file."""
        parts = [f"Title: {self.title}\nLanguage: en\nLocation: Porto, PT\nDate-Posted: 2026-10-05\n"]
        parts += [" ".join(self.description) + "\n"]
        parts += [f"{SECTIONS[kind]}:\n" + "\n".join(lines) + "\n" for kind, lines in self.items.items() if lines]
        return "\n".join(parts)

    def units(self) -> frozenset[Key]:
        """Return context and source of all that is translated."""
        lines = ((kind, line) for kind, each in self.items.items() for line in each)
        return frozenset((("title", self.title), *(("description", each) for each in self.description), *lines))

    def with_line(self, kind: str, line: str, *others: str) -> "Text":
        """Return it with a line replaced by others, or removed."""
        if kind == "description":
            return replace(self, description=_replaced(self.description, line, others))
        return replace(self, items={**self.items, kind: _replaced(self.items[kind], line, others)})


def _replaced(lines: tuple[str, ...], line: str, others: tuple[str, ...]) -> tuple[str, ...]:
    place = lines.index(line)
    return tuple(dict.fromkeys((*lines[:place], *others, *lines[place + 1 :])))


Postings = dict[str, Text]


def new_text(chance: random.Random, number: int) -> Text:
    """Return a posting that shares some of its sentences with others."""

    def some(forms: tuple[str, ...], many: int) -> tuple[str, ...]:
        chosen = chance.sample(forms, many)
        return tuple(each.format(thing=chance.choice(_THINGS), number=chance.randrange(2, 60)) for each in chosen)

    thing = chance.choice(_THINGS)
    return Text(
        title=f"{chance.choice(_JOBS)} number {number}",
        description=(_FIRST.format(thing=thing), _SECOND.format(thing=thing), chance.choice(_SHARED)),
        items={
            "responsibilities": some(_TASKS, 4),
            "requirements": some(_SKILLS, 3),
            "nice_to_have": some(_SKILLS, 1),
            "offer": some(_OFFERS, 2),
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An edit of a posting: what it is called, and the key that a sentence had and has where it stays the same text."""

    kind: str
    posting: str
    text: Text | None
    moved: tuple[tuple[Key, Key], ...] = ()


class Editor:
    """Who edits the postings."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._gone: Postings = {}
        self._past: list[tuple[str, Text]] = []
        self._number = 10

    def add(self, postings: Postings) -> Change:
        """Write a new posting."""
        self._number += 1
        text = new_text(self._chance, self._number)
        if postings and self._chance.random() < 0.7:
            other = self._chance.choice([*postings.values()])
            kind = self._chance.choice(("responsibilities", "offer"))
            text = replace(text, items={**text.items, kind: (*text.items[kind], *other.items[kind][:2])})
            text = replace(text, items={**text.items, kind: tuple(dict.fromkeys(text.items[kind]))})
        return Change(kind="add", posting=f"shop-{self._number}", text=text)

    def edit(self, postings: Postings) -> Change:
        """Do something to a posting: one of all that happens to postings."""
        ways = (
            *(self._words, self._number_, self._mark, self._quotes, self._space, self._move, self._move),
            *(self._split, self._join, self._remove, self._return, self._revert, self.add),
        )
        while True:
            change = self._chance.choice(ways)(postings)
            if change is not None:
                before = postings.get(change.posting)
                if before is not None and change.kind != "revert":
                    self._past.append((change.posting, before))
                return change

    def _line(self, postings: Postings, wanted: Callable[[str], bool] = bool) -> tuple[str, Text, str, str] | None:
        name = self._chance.choice([*postings])
        text = postings[name]
        lines = [(kind, line) for kind, each in text.items.items() for line in each if wanted(line)]
        return (name, text, *self._chance.choice(lines)) if lines else None

    def _rewritten(self, postings: Postings, kind: str, make: Callable[[str], str]) -> Change | None:
        found = self._line(postings, lambda line: make(line) != line)
        if found is None:
            return None
        name, text, section, line = found
        after = make(line)
        same = ((((section, line), (section, after))),) if kind in {"mark", "quotes", "space"} else ()
        return Change(kind=kind, posting=name, text=text.with_line(section, line, after), moved=same)

    def _words(self, postings: Postings) -> Change | None:
        more = self._chance.choice(_WORDS)
        return self._rewritten(postings, "words", lambda line: f"{line.rstrip('.')} {more}")

    def _number_(self, postings: Postings) -> Change | None:
        other = str(self._chance.randrange(61, 99))
        return self._rewritten(postings, "number", lambda line: re.sub(r"\d+", other, line))

    def _mark(self, postings: Postings) -> Change | None:
        return self._rewritten(postings, "mark", lambda line: line[:-1] if line.endswith(".") else f"{line}.")

    def _quotes(self, postings: Postings) -> Change | None:
        return self._rewritten(postings, "quotes", lambda line: re.sub(r'"(\w+)"', "“\\1”", line))

    def _space(self, postings: Postings) -> Change | None:
        return self._rewritten(postings, "space", lambda line: re.sub(r"(\d+) (?=\w)", "\\1\u00a0", line))

    def _move(self, postings: Postings) -> Change | None:
        found = self._line(postings)
        if found is None or len(found[1].items[found[2]]) < 2:
            return None
        name, text, kind, line = found
        other = self._chance.choice(
            [each for each in SECTIONS if each != kind and line not in text.items[each]] or [""]
        )
        if not other:
            return None
        without = text.with_line(kind, line)
        moved = replace(without, items={**without.items, other: (*without.items[other], line)})
        return Change(kind="move", posting=name, text=moved, moved=(((kind, line), (other, line)),))

    def _split(self, postings: Postings) -> Change | None:
        return self._described(postings, "split", lambda each: re.sub(r", and you (\w+)", r". You \1", each))

    def _join(self, postings: Postings) -> Change | None:
        def joined(each: str) -> str:
            return re.sub(r"\. You sleep", ", and you sleep", each)

        return self._described(postings, "join", joined)

    def _described(self, postings: Postings, kind: str, make: Callable[[str], str]) -> Change | None:
        name = self._chance.choice([*postings])
        text = postings[name]
        whole = " ".join(text.description)
        after = make(whole)
        sentences = tuple(re.findall(r"[^.]+\.", after))
        stripped = tuple(each.strip() for each in sentences)
        return Change(kind=kind, posting=name, text=replace(text, description=stripped)) if after != whole else None

    def _remove(self, postings: Postings) -> Change | None:
        if len(postings) < 4:
            return None
        name = self._chance.choice([*postings])
        self._gone[name] = postings[name]
        return Change(kind="remove", posting=name, text=None)

    def _return(self, postings: Postings) -> Change | None:
        gone = [name for name in self._gone if name not in postings]
        if not gone:
            return None
        name = self._chance.choice(gone)
        return Change(kind="return", posting=name, text=self._gone.pop(name))

    def _revert(self, postings: Postings) -> Change | None:
        past = [(name, text) for name, text in self._past if name in postings and postings[name] != text]
        if not past:
            return None
        name, text = self._chance.choice(past)
        return Change(kind="revert", posting=name, text=text)


def all_keys(postings: Postings) -> frozenset[Key]:
    """Return the keys of all postings."""
    return frozenset(key for text in postings.values() for key in text.units())


def users(postings: Postings, keys: frozenset[Key]) -> Iterator[str]:
    """Yield the postings that have one of the keys."""
    return (name for name, text in postings.items() if keys & text.units())
