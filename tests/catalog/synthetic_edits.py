"""Edits of real units whose right target is known: the same edit is made in source and target, by other means.

Nothing of the program makes an edit here: words of the two languages stand in tables, figures are replaced as text. So
a target that the program proposes can be held against one that it had no part in.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from babel import Locale

from pipeline.catalog.incoming import Incoming
from pipeline.catalog.merge import Merged, merge
from pipeline.catalog.pairing import Languages
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState

REFERENCE = "postings/b-edited"
# A unit of two postings is named after the first of them by id: the edited one, or the other.
OTHERS = ("postings/a-other", "postings/c-other")
KINDS = ("mechanical", "moved", "split", "joined", "number", "date", "amount", "place", "name", "word")
_TRIES = 4000
_SHORTEST, _LONGEST = 25, 300

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "pt": [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
DAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    "pt": ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
}
NUMBER_WORDS = {
    "en": ("two", "three", "four", "five", "six"),
    "pt": ("dois", "três", "quatro", "cinco", "seis"),
    "fr": ("deux", "trois", "quatre", "cinq", "six"),
}
CITIES = (
    {"en": "Lisbon", "pt": "Lisboa", "fr": "Lisbonne"},
    {"en": "London", "pt": "Londres", "fr": "Londres"},
    {"en": "Berlin", "pt": "Berlim", "fr": "Berlin"},
    {"en": "Warsaw", "pt": "Varsóvia", "fr": "Varsovie"},
    {"en": "Vienna", "pt": "Viena", "fr": "Vienne"},
    {"en": "Stuttgart", "pt": "Stuttgart", "fr": "Stuttgart"},
    {"en": "Recife", "pt": "Recife", "fr": "Recife"},
    {"en": "Grenoble", "pt": "Grenoble", "fr": "Grenoble"},
)
TOOLS = ("Python", "Java", "Kubernetes", "Terraform", "PostgreSQL", "MongoDB", "Docker", "Kafka", "Django", "Angular")
FIRMS = ("Nordwind", "Blue Harbour", "Tavares & Lima", "Kestrel Labs", "Mistral Santé")
IN = {"en": "in", "pt": "em", "fr": "à"}
WITH = {"en": "with", "pt": "com", "fr": "avec"}
AND = {"en": "and", "pt": "e", "fr": "et"}
UNTIL = {"en": "by", "pt": "até", "fr": "avant le"}
AT = {"en": "at", "pt": "às", "fr": "à"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its target."""

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Units before, segments after, and what the segments' targets should be; `kept` tells that they stay reviewed.

    `right` are the targets that will do, for each segment that was edited.
    """

    kind: str
    how: str
    languages: Languages
    before: tuple[Unit, ...]
    after: tuple[Incoming, ...]
    right: Mapping[UnitKey, tuple[str, ...]]
    kept: bool = False


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of edits: how many were proposed rightly, and which were published without a review."""

    made: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[Case, Merged]] = field(default_factory=list)
    unreviewed: list[tuple[Case, Merged]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Return the percentage that is right."""
        return 100 * self.right.total() / self.made.total()


Document = Sequence[tuple[UnitKey, str]]


def documents(units: Iterable[Unit]) -> list[Document]:
    """Return what a catalog has of each posting: keys and targets in their order."""
    found: defaultdict[str, list[tuple[UnitKey, str]]] = defaultdict(list)
    for unit in units:
        if unit.translated and not unit.retired and not unit.extras.plural_source and not unit.by_rule:
            found[unit.references[0]].append((unit.key, unit.target))
    return [listed for listed in found.values() if len(listed) > 2]


def make_cases(texts: Sequence[Document], source: Locale, target: Locale, count: int, seed: int) -> Iterator[Case]:
    """Yield as many edits of the texts, of each kind as many."""
    chance = Random(seed)  # noqa: S311  sentences, not secrets
    maker = _Maker(source, target, chance)
    made = 0
    for _ in range(_TRIES * count):
        if made == count:
            return
        text = chance.choice(texts)
        case = maker.make(KINDS[made % len(KINDS)], text)
        if case is not None:
            made += 1
            yield case


def judge(cases: Iterable[Case]) -> Tally:
    """Merge every case and count."""
    tally = Tally()
    for case in cases:
        merged = merge(case.before, case.after, case.languages)
        units = {unit.key: unit for unit in merged.units if not unit.retired}
        edited = [units[key] for key in case.right]
        tally.made[case.kind] += 1
        right = [unit.target in case.right[unit.key] for unit in edited]
        wanted = UnitState.REVIEWED if case.kept else UnitState.NEEDS_REVIEW
        if all(right) and all(unit.state is wanted for unit in edited):
            tally.right[case.kind] += 1
        else:
            tally.wrong.append((case, merged))
        if any(_is_published(unit, case, fits=fits) for unit, fits in zip(edited, right, strict=True)):
            tally.unreviewed.append((case, merged))
    return tally


def _is_published(unit: Unit, case: Case, *, fits: bool) -> bool:
    """Tell whether a target goes out that nobody has reviewed: it counts as reviewed, or as made for this source."""
    if unit.state is UnitState.REVIEWED:
        return not (case.kept and fits)
    return unit.translated and not unit.stale


class _Maker:
    """Makes edits of one direction."""

    def __init__(self, source: Locale, target: Locale, chance: Random) -> None:
        self._source, self._target, self._chance = source, target, chance
        self._from, self._to = source.language, target.language

    def make(self, kind: str, text: Document) -> Case | None:
        """Return an edit of a unit of a text, None if what was drawn does not fit it."""
        place = self._chance.randrange(len(text))
        key, target = text[place]
        if not _SHORTEST <= len(key.source) <= _LONGEST or _is_odd(key.source) or _is_odd(target):
            return None
        makers: dict[str, Callable[[Document, int], Case | None]] = {
            "moved": self._moved,
            "split": self._split,
            "joined": self._joined,
            "word": self._word,
        }
        if kind in makers:
            return makers[kind](text, place)
        changes: dict[str, Callable[[Pair], tuple[str, Pair, Pair] | None]] = {
            "mechanical": self._mechanical,
            "number": self._number,
            "date": self._date,
            "amount": self._amount,
            "place": self._place,
            "name": self._name,
        }
        made = changes[kind](Pair(key.source, target))
        return self._edited(kind, text, place, *made) if made else None

    def _edited(self, kind: str, text: Document, place: int, how: str, old: Pair, new: Pair) -> Case:
        """Return the case of one unit with another text."""
        context = text[place][0].context
        before = [*text[:place], (UnitKey(context, old.source), old.target), *text[place + 1 :]]
        key = UnitKey(context, new.source)
        after = [*(each for each, _ in text[:place]), key, *(each for each, _ in text[place + 1 :])]
        right = (new.target, new.target.replace("\u00a0", " "))
        return self._case(kind, how, before, after, {key: right}, kept=kind == "mechanical")

    def _case(
        self,
        kind: str,
        how: str,
        before: Document,
        after: Sequence[UnitKey],
        right: Mapping[UnitKey, tuple[str, ...]],
        *,
        kept: bool = False,
    ) -> Case:
        names = (*FIRMS, *(city[self._from] for city in CITIES))
        return Case(
            kind=kind,
            how=how,
            languages=Languages(source=self._source, target=self._target, names={REFERENCE: names}),
            before=tuple(Unit(key=key, target=target, references=(REFERENCE,)) for key, target in dict(before).items()),
            after=tuple(Incoming(key=key, references=(REFERENCE,)) for key in dict.fromkeys(after)),
            right=right,
            kept=kept,
        )

    def _mechanical(self, pair: Pair) -> tuple[str, Pair, Pair] | None:
        how = self._chance.choice(("stop", "no stop", "colon", "dash", "space", "gap", "quotes", "straight quotes"))
        source, target = pair.source, pair.target
        ends = source[-1].isalnum() and target[-1].isalnum()
        colon = "\u00a0:" if self._to == "fr" else ":"
        if how in {"quotes", "straight quotes"}:
            return None if set(source + target) & set("\"'“”‘’«»") else self._quoted(how, pair)
        if how == "space":
            gap = re.search(r"(?<=\d) (?=[^\W\d])", source)
            return (how, pair, Pair(f"{source[: gap.start()]}\u00a0{source[gap.end() :]}", target)) if gap else None
        if how == "gap":
            comma = re.search(r"(?<=[a-z]), (?=[a-z])", source)
            wide = f"{source[: comma.start()]} , {source[comma.end() :]}" if comma else ""
            return (how, Pair(wide, target), pair) if wide else None
        if not ends or (how == "dash" and set("-–") & set(source + target)):
            return None
        tool = self._chance.choice(TOOLS)
        made = {
            "stop": (pair, Pair(f"{source}.", f"{target}.")),
            "no stop": (Pair(f"{source}.", f"{target}."), pair),
            "colon": (pair, Pair(f"{source}:", f"{target}{colon}")),
            "dash": (
                Pair(f"{source} - {tool}", f"{target} - {tool}"),
                Pair(f"{source} – {tool}", f"{target} – {tool}"),
            ),
        }
        return how, *made[how]

    def _quoted(self, how: str, pair: Pair) -> tuple[str, Pair, Pair]:
        tool = self._chance.choice(TOOLS)
        inner = ("«\u00a0", "\u00a0»") if self._to == "fr" else ("“", "”")
        outer = ("«\u00a0", "\u00a0»") if self._from == "fr" else ("“", "”")
        straight = Pair(f'{pair.source} "{tool}"', f'{pair.target} "{tool}"')
        set_ones = Pair(f"{pair.source} {outer[0]}{tool}{outer[1]}", f"{pair.target} {inner[0]}{tool}{inner[1]}")
        return (how, straight, set_ones) if how == "quotes" else (how, set_ones, straight)

    def _number(self, pair: Pair) -> tuple[str, Pair, Pair] | None:
        words, others = NUMBER_WORDS[self._from], NUMBER_WORDS[self._to]
        old, new = self._chance.sample(range(len(words)), 2)
        sources, targets = re.findall(rf"\b{words[old]}\b", pair.source), re.findall(rf"\b{others[old]}\b", pair.target)
        if len(sources) == len(targets) == 1:
            return (
                "word",
                pair,
                Pair(
                    re.sub(rf"\b{words[old]}\b", words[new], pair.source),
                    re.sub(rf"\b{others[old]}\b", others[new], pair.target),
                ),
            )
        figures = list(re.finditer(r"(?<![\w.,:/$€£-])\d{1,3}(?![\w.,:/-]|\s?[€$£])", pair.source))
        found = [match[0] for match in figures if int(match[0]) > 1 and _count(match[0], pair.source) == 1]
        found = [each for each in found if _count(each, pair.target) == 1]
        if not found:
            return None
        written = self._chance.choice(found)
        other = str(int(written) + self._chance.choice((1, 2, 3, 5, 10)))
        if _count(other, pair.source) or _count(other, pair.target):
            return None
        return "figure", pair, Pair(_replaced(written, other, pair.source), _replaced(written, other, pair.target))

    def _date(self, pair: Pair) -> tuple[str, Pair, Pair] | None:
        if not (pair.source[-1].isalnum() and pair.target[-1].isalnum()) or re.search(r"\d", pair.source):
            return None
        one, other = self._chance.sample(range(2, 29), 2)
        month, next_month = self._chance.sample(range(12), 2)
        how = self._chance.choice(("day", "month", "year", "numeric", "weekday", "time", "day and month"))
        if how == "weekday":
            first, last = self._chance.sample(range(5), 2)
            ends = [Pair(f" ({DAYS[self._from][day]})", f" ({DAYS[self._to][day]})") for day in (first, last)]
        elif how == "time":
            first, last = self._chance.sample(range(7, 19), 2)
            ends = [
                Pair(f" {AT[self._from]} {_clock(hour, self._from)}", f" {AT[self._to]} {_clock(hour, self._to)}")
                for hour in (first, last)
            ]
        else:
            days = {
                "day": ((one, month, 2027), (other, month, 2027)),
                "month": ((one, month, 2027), (one, next_month, 2027)),
                "year": ((one, month, 2027), (one, month, 2028)),
                "numeric": ((one, month, 2027), (other, next_month, 2027)),
                "day and month": ((one, month, None), (other, next_month, None)),
            }[how]
            written = _numeric if how == "numeric" else _date
            ends = [
                Pair(
                    f" {UNTIL[self._from]} {written(*day, self._from)}", f" {UNTIL[self._to]} {written(*day, self._to)}"
                )
                for day in days
            ]
        old, new = (Pair(pair.source + end.source, pair.target + end.target) for end in ends)
        return how, old, new

    def _amount(self, pair: Pair) -> tuple[str, Pair, Pair] | None:
        found = re.findall(r"(?<![\d.,])\d{1,3}[.,]\d{3}(?![\d.,]|,\d)", pair.source)
        if found:
            old = self._chance.choice(found)
            theirs = [
                each for each in (old, old.translate(str.maketrans(",.", ".,"))) if _count(each, pair.target) == 1
            ]
            new = f"{self._chance.randrange(2, 99)}{old[-4]}500"
            if _count(old, pair.source) == len(theirs) == 1 and new != old:
                sign = theirs[0][-4]
                changed = new.replace(new[-4], sign)
                return "own", pair, Pair(_replaced(old, new, pair.source), _replaced(theirs[0], changed, pair.target))
            return None
        if re.search(r"\d", pair.source + pair.target) or not pair.source[-1].isalnum():
            return None
        first, last = self._chance.sample(range(20, 95), 2)
        code = self._chance.choice(("EUR", "USD", "BRL", "percent", "range"))
        ends = [Pair(_money(each, code, self._from), _money(each, code, self._to)) for each in (first, last)]
        old_pair, new_pair = (Pair(f"{pair.source}: {end.source}", f"{pair.target}: {end.target}") for end in ends)
        return code, old_pair, new_pair

    def _place(self, pair: Pair) -> tuple[str, Pair, Pair] | None:
        if not (pair.source[-1].isalnum() and pair.target[-1].isalnum()):
            return None
        old, new = self._chance.sample(CITIES, 2)
        ends = [Pair(f"{IN[self._from]} {city[self._from]}", f"{IN[self._to]} {city[self._to]}") for city in (old, new)]
        one, other = (Pair(f"{pair.source} {end.source}", f"{pair.target} {end.target}") for end in ends)
        known = any(city[self._from] in pair.source for city in (old, new))
        return None if known else ("city", one, other)

    def _name(self, pair: Pair) -> tuple[str, Pair, Pair] | None:
        listed = [tool for tool in TOOLS if _count(tool, pair.source) == _count(tool, pair.target) == 1]
        new = self._chance.choice(TOOLS)
        if listed and _count(new, pair.source) == 0:
            old = self._chance.choice(listed)
            return "own tool", pair, Pair(_replaced(old, new, pair.source), _replaced(old, new, pair.target))
        if not (pair.source[-1].isalnum() and pair.target[-1].isalnum()):
            return None
        names = self._chance.choice((TOOLS, FIRMS))
        ends = self._chance.sample(names, 2)
        one, other = (
            Pair(f"{pair.source} {WITH[self._from]} {end}", f"{pair.target} {WITH[self._to]} {end}") for end in ends
        )
        return "tool" if names is TOOLS else "firm", one, other

    def _word(self, text: Document, place: int) -> Case | None:
        """Put another word into a source: its target is kept as it is, to be reviewed."""
        key, target = text[place]
        words = list(re.finditer(r"(?<= )[a-zà-ü]{4,}(?= )", key.source))
        if not words:
            return None
        match = self._chance.choice(words)
        others = [word for each, _ in text for word in re.findall(r"(?<= )[a-zà-ü]{4,}(?= )", each.source)]
        new = self._chance.choice(["", *others])
        source = " ".join(f"{key.source[: match.start()]}{new}{key.source[match.end() :]}".split())
        if source == key.source or source in {each.source for each, _ in text}:
            return None
        return replace(
            self._edited("word", text, place, "other word", Pair(key.source, target), Pair(source, target)), kept=False
        )

    def _moved(self, text: Document, place: int) -> Case | None:
        key, target = text[place]
        how = self._chance.choice(("section", "place", "copied"))
        kinds = [context for context in ("requirements", "offer", "about", "process") if context != key.context]
        moved = UnitKey(self._chance.choice(kinds), key.source)
        if moved in dict(text) or key.context in {"title", "heading"}:
            return None
        rest = [each for each, _ in text if each != key]
        if how == "place":
            rest.insert(self._chance.randrange(len(rest) + 1), key)
            return self._case("moved", how, text, rest, {key: (target,)}, kept=True)
        rest.insert(self._chance.randrange(len(rest) + 1), moved)
        case = self._case("moved", how, text, rest, {moved: (target,)}, kept=True)
        if how == "section":
            return case
        other = self._chance.choice(OTHERS)
        named = (min(REFERENCE, other),)
        before = tuple(replace(unit, references=named) if unit.key == key else unit for unit in case.before)
        return replace(case, before=before, after=(*case.after, Incoming(key=key, references=(other,))))

    def _split(self, text: Document, place: int) -> Case | None:
        made = self._two(text, place)
        if made is None:
            return None
        how, whole, first, last = made
        context = text[place][0].context
        before = [*text[:place], (UnitKey(context, whole.source), whole.target), *text[place + 2 :]]
        parts = [UnitKey(context, each.source) for each in (first, last)]
        after = [*(key for key, _ in text[:place]), *parts, *(key for key, _ in text[place + 2 :])]
        right = {part: (whole.target, each.target) for part, each in zip(parts, (first, last), strict=True)}
        return self._case("split", how, before, after, right, kept=how == "sentences")

    def _joined(self, text: Document, place: int) -> Case | None:
        made = self._two(text, place)
        if made is None:
            return None
        how, whole, first, last = made
        context = text[place][0].context
        both = [(UnitKey(context, each.source), each.target) for each in (first, last)]
        before = [*text[:place], *both, *text[place + 2 :]]
        key = UnitKey(context, whole.source)
        after = [*(each for each, _ in text[:place]), key, *(each for each, _ in text[place + 2 :])]
        right = {key: (f"{first.target} {last.target}", f"{first.target}{last.target}")}
        return self._case("joined", how, before, after, right, kept=how == "sentences")

    def _two(self, text: Document, place: int) -> tuple[str, Pair, Pair, Pair] | None:
        """Return two neighbouring units as one and as two sentences."""
        if place + 1 >= len(text) or text[place][0].context != text[place + 1][0].context:
            return None
        first, last = (Pair(key.source, target) for key, target in text[place : place + 2])
        every = (first.source, first.target, last.source, last.target)
        if any(_is_odd(each) or re.search(r"[.!?:;](\s|$)", each.rstrip(".")) for each in every):
            return None
        first, last = (Pair(each.source.rstrip(".") + ".", each.target.rstrip(".") + ".") for each in (first, last))
        how = self._chance.choice(("sentences", "and", "semicolon"))
        if how == "sentences":
            return how, Pair(f"{first.source} {last.source}", f"{first.target} {last.target}"), first, last
        joint = f", {AND[self._from]} " if how == "and" else "; "
        theirs = f", {AND[self._to]} " if how == "and" else "; "
        whole = Pair(first.source[:-1] + joint + _small(last.source), first.target[:-1] + theirs + _small(last.target))
        return how, whole, first, last


def _is_odd(text: str) -> bool:
    """Tell whether a text is better not edited as text: it has markup, escapes or several lines."""
    return bool(set(text) & set("<>&\\*_\n•|")) or not text.strip() or "  " in text


def _count(part: str, text: str) -> int:
    return len(re.findall(rf"(?<![\w.,]){re.escape(part)}(?!\w|[.,]\d)", text))


def _replaced(old: str, new: str, text: str) -> str:
    return re.sub(rf"(?<![\w.,]){re.escape(old)}(?!\w|[.,]\d)", new, text)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _date(day: int, month: int, year: int | None, language: str) -> str:
    name = MONTHS[language][month]
    forms = {
        "en": f"{name} {day}" + (f", {year}" if year else ""),
        "pt": f"{day} de {name}" + (f" de {year}" if year else ""),
        "fr": f"{day} {name}" + (f" {year}" if year else ""),
    }
    return forms[language]


def _numeric(day: int, month: int, year: int | None, language: str) -> str:
    return f"{year}-{month + 1:02}-{day:02}" if language == "en" else f"{day:02}/{month + 1:02}/{year}"


def _clock(hour: int, language: str) -> str:
    half = f"{hour % 12 or 12} {'am' if hour < 12 else 'pm'}"
    return {"en": half, "pt": f"{hour}h", "fr": f"{hour} h"}[language]


def _money(tens: int, code: str, language: str) -> str:
    grouped = {"en": f"{tens},000", "pt": f"{tens}.000", "fr": f"{tens}\u00a0000"}[language]
    if code == "percent":
        return f"{tens}%" if language != "fr" else f"{tens}\u00a0%"
    if code == "range":
        upper = {"en": "99,000", "pt": "99.000", "fr": "99\u00a0000"}[language]
        return {"en": f"€{grouped}–€{upper}", "pt": f"€ {grouped} a € {upper}", "fr": f"{grouped}–{upper}\u00a0€"}[
            language
        ]
    signs = {"EUR": "€", "USD": "US$", "BRL": "R$"}
    sign = signs[code]
    return {"en": f"{sign}{grouped}", "pt": f"{sign}\u00a0{grouped}", "fr": f"{grouped}\u00a0{sign}"}[language]
