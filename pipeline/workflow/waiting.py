"""Who uses a unit, and who waits for it: the catalog names one posting, here are all of them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress

from babel import Locale

from pipeline.catalog.entries import NARROW, marked
from pipeline.checks.address import ADDRESS
from pipeline.model.finding import Finding
from pipeline.model.locale import source_language
from pipeline.model.outcome import Decision
from pipeline.model.outline import Outline
from pipeline.model.segment import UnitKey, key_digest
from pipeline.model.unit import Unit, UnitState
from pipeline.publishing.versions.waiting import Place, Waiting
from pipeline.workflow.catalogs import CatalogName, Catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.rulings import LocaleRulings, Ruling, Rulings, count_numbers, numbers_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """The postings that use a unit in a locale, and those of them that are held by it, in the order of the postings."""

    postings: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


class LocaleWaiting:
    """What the postings of every locale wait for, noted while their decisions pass by."""

    def __init__(self, project: Project, most: int) -> None:
        self._most = most
        self.of = {locale: Waiting(most) for locale in project.settings.locales}

    def noted(self, decisions: Iterable[Decision]) -> Iterator[Decision]:
        """Yield the decisions as they are."""
        for decision in decisions:
            self.of[decision.locale].note(decision)
            yield decision

    def count(self, rulings: Rulings) -> None:
        """Count what all postings wait for, of which only their digests are looked at.

        Most locales wait for the same segments of a posting: these are counted once for all of them; where each posting
        waits for more than are named, as without an engine, nobody asks for which.
        """
        of = [self.of[locale] for locale in rulings.of]
        every = list(rulings.of.values())
        naming = self._naming(every)
        counts: defaultdict[tuple[tuple[int, bool], ...], Counter[Hashable]] = defaultdict(Counter)
        for number, outline in enumerate(rulings.intake.outlines):
            language = str(outline.language)
            for (waiting, own), waiters in _waiters(every, number, outline, naming).items():
                names = every[own].own_names(number) if own is not None else _shared_names(outline, language)
                wanted = list(map(names.__getitem__, numbers_in(waiting)))
                counts[tuple((place, ruling.published) for place, ruling in waiters)].update(wanted)
                for place, ruling in waiters:
                    units = _places(every[place], number, language, ruling, waiting)
                    of[place].add(wanted, units, published=ruling.published, whole=not ruling.as_written)
        for those, counted in counts.items():
            for place, published in those:
                of[place].add_counts(counted, published=published)

    def _naming(self, every: Sequence[LocaleRulings]) -> Collection[tuple[int, bool]]:
        """Return in which locales, by their places, a held or a published posting waits for so few that they are named.

        Of the others only the postings are counted.
        """
        naming = set[tuple[int, bool]]()
        for place, found in enumerate(every):
            for published in (False, True):
                waiting = [_wanted(ruling) for ruling in found if ruling.published is published]
                numbers = [count_numbers(each) for each in waiting if each]
                if min(numbers, default=0) > self._most:
                    self.of[found.locale].add_others(len(numbers), published=published)
                elif numbers:
                    naming.add((place, published))
        return naming


def _wanted(ruling: Ruling) -> bytes:
    """Return the numbers of the segments that a posting waits for."""
    return ruling.as_written if ruling.published else ruling.holding


def _waiters(
    every: Sequence[LocaleRulings], number: int, outline: Outline, naming: Collection[tuple[int, bool]]
) -> Mapping[tuple[bytes, int | None], Sequence[tuple[int, Ruling]]]:
    """Return in which locales, by their places, a posting waits for the same; apart where it has units of its own."""
    waiters: dict[tuple[bytes, int | None], list[tuple[int, Ruling]]] = {}
    for place, found in enumerate(every):
        ruling = found.ruling(number)
        if (waiting := _wanted(ruling)) and (place, ruling.published) in naming:
            own = place if outline.id in found.narrowed else None
            waiters.setdefault((waiting, own), []).append((place, ruling))
    return waiters


def _shared_names(outline: Outline, language: str) -> list[bytes]:
    """Return names of segments that postings share, by their numbers."""
    prefix = language.encode()
    return [prefix + digest for digest in outline.key_digests()]


def _places(found: LocaleRulings, number: int, language: str, ruling: Ruling, waiting: bytes) -> Iterator[Place]:
    risks = dict(ruling.too_risky)
    return (Place(language, partial(found.unit, number, each), risks.get(each)) for each in numbers_in(waiting))


def users_of_units(project: Project, rulings: Rulings, decision: Decision) -> Mapping[UnitKey, Users]:
    """Return who uses the units of a decision that nobody has reviewed, and those that hold it or stay as written."""
    found, outlines = rulings.of[decision.locale], rulings.intake.outlines
    wanted = {key_digest(_shared(unit.key)): unit.key for unit in units_in_question(project, decision)}
    using: defaultdict[UnitKey, list[str]] = defaultdict(list)
    waiting: defaultdict[UnitKey, list[str]] = defaultdict(list)
    digests = frozenset(wanted)
    for number, outline in enumerate(outlines):
        if not outline.has_key_of(digests):  # nearly all: nothing else is asked of them
            continue
        ruling = found.ruling(number)
        if not ruling.by_units or not _alike(outline.language, decision.segmented.posting.language):
            continue
        holding = frozenset[int]()
        for place, digest in enumerate(outline.key_digests()):
            key = wanted.get(digest)
            if key is None or key != _key_in(found, number, place, key, outline.id):
                continue
            using[key].append(outline.id)
            holding = holding or frozenset(numbers_in(ruling.holding))
            if place in holding:
                waiting[key].append(outline.id)
    return {key: Users(postings=tuple(using[key]), waiting=tuple(waiting[key])) for key in wanted.values()}


def findings_beside(
    project: Project, intake: Intake, catalogs: Catalogs, decision: Decision
) -> Mapping[Unit, tuple[Finding, ...]]:
    """Return what is found of the units of a decision only beside the others of the postings that use them."""
    language = decision.segmented.posting.language
    odd = {key_digest(_shared(unit.key)) for unit in decision.units if ADDRESS in unit.findings}
    entries = catalogs.get(CatalogName(source_language(language), decision.locale)) if language and odd else None
    if entries is None or language is None:
        return {}
    alike = (outline for outline in intake.outlines if _alike(outline.language, language))
    keys = {
        digest for outline in alike if not odd.isdisjoint(outline.key_digests()) for digest in outline.key_digests()
    }
    keys.update(compress(entries.keys, marked(entries.rows, NARROW)))
    places = sorted(entries.positions[key] for key in keys if key in entries.positions)
    checker = project.checks.of(language, decision.locale)
    return checker.findings_across(map(entries.unit_at, places), project.places.of(source_language(language)))


def _shared(key: UnitKey) -> UnitKey:
    """Return the key that all postings share."""
    return key._replace(context=key.context.partition("|")[0])


def _key_in(found: LocaleRulings, number: int, place: int, key: UnitKey, posting: str) -> UnitKey:
    """Return the key of the unit that a posting uses where it has a segment of this key."""
    return found.unit(number, place).key if posting in found.narrowed else _shared(key)


def _alike(first: Locale | None, second: Locale | None) -> bool:
    return first is not None and second is not None and source_language(first) == source_language(second)


def units_in_question(project: Project, decision: Decision) -> tuple[Unit, ...]:
    """Return the units that a reviewer may look at: those shown as written, those that hold the posting, the others.

    Of those that hold it and of the others the riskiest come first. What is reviewed and neither holds nor stays as
    written is left out.
    """
    reader = project.risks.of(decision.segmented.posting.language, decision.locale)
    rest = [unit for unit in decision.units if unit.state is not UnitState.REVIEWED]
    holding, others = (sorted(units, key=lambda unit: -(reader.risk(unit) or 0)) for units in (decision.holding, rest))
    found = {unit.key: unit for unit in (*decision.as_written, *holding, *others)}
    return tuple(found.values())
