"""A segment's source, target, state and origin in one locale."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from babel import Locale

from pipeline.model.segment import UnitKey

DELIBERATELY_EMPTY = "\u2060"
CONFLICT = "conflict:"  # what stands behind it in a comment is the target of somebody who differed
DIGEST_CHARS = 8
ID_CHARS = 12
SHOW_ENGINE = "pseudo"
COPY_ENGINE = "copy"  # not an engine that can be asked: what it names is true by rule
# Nor can these: their targets are the words of lists that people have checked.
GLOSSARY_ENGINE = "glossary"
TITLES_ENGINE = "titles"
# Nor this: the words are whoever's the origin names, and no native reader has read them yet.
DRAFT_ENGINE = "draft"
_NO_MACHINES = frozenset({COPY_ENGINE, GLOSSARY_ENGINE, TITLES_ENGINE})


class UnitState(StrEnum):
    """Where a unit stands in its review."""

    UNTRANSLATED = "untranslated"
    NEEDS_REVIEW = "needs_review"
    REVIEWED = "reviewed"
    OBSOLETE = "obsolete"


class OriginKind(StrEnum):
    """Who made a target."""

    HUMAN = "human"
    MEMORY = "memory"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOrigin:
    """The engine, its model and the route that made a target, for example `argos`, `1.9/r3`, `en→fr`.

    Behind the bar stands the recipe by which the text was prepared for the engine; origins of version 0.1 have none.
    """

    engine: str
    model: str
    route: str

    @property
    def recipe(self) -> str:
        """The recipe, "" without one."""
        return self.model.rpartition("/")[2] if "/" in self.model else ""

    def __str__(self) -> str:
        return f"{self.engine} {self.model} {self.route}"

    @property
    def for_show(self) -> bool:
        """Whether a step of the route is the engine that only shows how long text would look."""
        return SHOW_ENGINE in self.engine.split("+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a catalog remembers of how a target came about; `digest` is of the target that was made then.

    `asked` are the plainer words in which an engine was asked for it, "" if they are those of the source, `repair` what
    helped where the first way to ask had failed, `risk` how likely it was found to be wrong then, 0 to 100.
    """

    kind: OriginKind
    digest: str
    engine: EngineOrigin | None = None
    context: str = ""
    asked: str = ""
    repair: str = ""
    risk: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What an engine makes of an edited source, beside a person's target that was kept."""

    engine: EngineOrigin
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What other tools wrote into an entry and find there again."""

    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    plural_source: str = ""
    plural_targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One source segment and its translation into one locale.

    `doubtful` is what a reviewer takes away to accept the target. `previous` is the source that the target was made
    for, or that stood here before. `attempt` is an engine that gave nothing usable. `references` is the first
    posting, by id, that holds it: a line that named all would change with each of them, and conflict in git. Catalogs
    of other tools and of earlier versions have more.
    `moved_from` is, in the run that brought it here, the key under which it stood before.
    `neighbours` describe what people made of similar sources, a line each, while the unit is to be reviewed.
    """

    key: UnitKey
    target: str = ""
    doubtful: bool = False
    retired: bool = False
    provenance: Provenance | None = None
    previous: UnitKey | None = None
    suggestion: Suggestion | None = None
    attempt: EngineOrigin | None = None
    findings: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    extras: Extras = Extras()
    moved_from: UnitKey | None = field(default=None, compare=False)

    @property
    def translated(self) -> bool:
        """Whether there is a target; of a plural unit, in every form."""
        if self.extras.plural_source:
            return bool(self.extras.plural_targets) and all(self.extras.plural_targets)
        return bool(self.target)

    @property
    def state(self) -> UnitState:
        """Where the unit stands in its review."""
        if self.retired:
            return UnitState.OBSOLETE
        if not self.translated:
            return UnitState.UNTRANSLATED
        return UnitState.NEEDS_REVIEW if self.doubtful else UnitState.REVIEWED

    @property
    def made_by(self) -> OriginKind:
        """Who made the target that stands here now; whoever changed it since is a person."""
        if self.provenance is None or self.provenance.digest != digest(self.wording):
            return OriginKind.HUMAN
        return self.provenance.kind

    @property
    def wording(self) -> str:
        """The target, of a plural unit all its forms: whoever changes one of them has changed it."""
        return "\0".join(self.extras.plural_targets) if self.extras.plural_targets else self.target

    @property
    def draft(self) -> bool:
        """Whether the target says what a draft said. Among postings `doubtful` tells whether somebody accepted it."""
        origin = self.provenance.engine if self.provenance else None
        return origin is not None and origin.engine == DRAFT_ENGINE and self.made_by is OriginKind.ENGINE

    @property
    def engines_own(self) -> bool:
        """Whether the target is an engine's and nobody has reviewed or changed it."""
        made = self.translated and self.made_by is OriginKind.ENGINE
        return made and (self.doubtful or self.by_rule)

    @property
    def by_rule(self) -> bool:
        """Whether the target is a copy of a source in which nothing can be translated; it needs no review."""
        origin = self.provenance.engine if self.provenance else None
        return self.made_by is OriginKind.ENGINE and origin is not None and origin.engine == COPY_ENGINE

    @property
    def machine_made(self) -> bool:
        """Whether a machine put the target into words, so that it may be wrong, and nobody reviewed or changed it."""
        origin = self.provenance.engine if self.provenance else None
        return self.engines_own and origin is not None and origin.engine not in _NO_MACHINES and not origin.for_show

    @property
    def risk(self) -> int | None:
        """How likely the target is wrong, 0 to 100, as it was found when a machine made it; None if nothing says so."""
        return self.provenance.risk if self.provenance and self.machine_made else None

    @property
    def rejected(self) -> bool:
        """Whether a person emptied what an engine had offered."""
        return not self.translated and self.provenance is not None

    @property
    def for_show(self) -> bool:
        """Whether the target only shows how long text would look: it is never published, not even reviewed."""
        origin = self.provenance.engine if self.provenance else None
        return self.made_by is OriginKind.ENGINE and origin is not None and origin.for_show

    @property
    def conflict_lines(self) -> tuple[str, ...]:
        """The comments with the targets of people who differed about it."""
        return tuple(line for line in self.extras.remarks if line.startswith(CONFLICT))

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What they say: the state that each of the targets had, and the target."""
        return tuple(line.removeprefix(CONFLICT).strip() for line in self.conflict_lines)

    @property
    def kept_as_written(self) -> bool:
        """Whether a person accepted the source itself as the target: the segment stays in its own language.

        A single word may be the same in two languages ("Patience"); several are not, but for a name.
        """
        return (
            self.state is UnitState.REVIEWED
            and not self.by_rule
            and self.target.strip() == self.key.source.strip()
            and len(self.target.split()) > 1
        )

    @property
    def made_anew(self) -> "Unit | None":
        """The unit with what an engine made of the edited source in place of the stale target; None without that."""
        if not self.stale or self.suggestion is None:
            return None
        target, engine = self.suggestion.target, self.suggestion.engine
        made = Provenance(kind=OriginKind.ENGINE, digest=digest(target), engine=engine)
        return replace(self, target=target, provenance=made, previous=None, suggestion=None, findings=())

    @property
    def stale(self) -> bool:
        """Whether the target was made for another source.

        A previous source beside a target says so, unless the digest proves that an engine made this target anew. So
        may a target that nobody has accepted and nothing vouches for: msgmerge copies one to a similar source,
        without a word unless it was started with --previous, and drops the comment that told where it came from.
        """
        if not self.translated or not self.doubtful or self.engines_own:
            return False
        return self.previous is not None or self.provenance is None


def digest(target: str) -> str:
    """Return the eight hexadecimal digits by which a catalog knows an unchanged target.

    >>> digest("Pflegekraft")
    '29f33cd1'
    """
    return hashlib.sha256(target.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_CHARS]


def shown(target: str) -> str:
    """Return a target as messages show it: what cannot be seen is said in words.

    >>> shown("Koch"), shown(DELIBERATELY_EMPTY)
    ('Koch', '(deliberately empty: U+2060)')
    """
    return "(deliberately empty: U+2060)" if target == DELIBERATELY_EMPTY else target


def unit_id(key: UnitKey, locale: Locale) -> str:
    """Return the twelve hexadecimal digits by which commands name a unit of a locale.

    >>> unit_id(UnitKey("title", "Nurse"), Locale("pt", "BR"))
    'a360bf05b1a2'
    """
    named = "\u241f".join((str(locale), key.context, key.source))
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:ID_CHARS]


def count_states(units: Iterable[Unit]) -> dict[UnitState, int]:
    """Count the units in every state, zeros included."""
    found = Counter(unit.state for unit in units)
    return {state: found[state] for state in UnitState}
