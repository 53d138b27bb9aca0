"""How every posting stands in a locale, kept in `build/`, so that only what changed is decided again.

A decision follows from the posting, from the entries of its segments in the catalog, and from what holds for all
postings of a language in a locale: the policy, the checks, the routes, the words of our pages. So beside the decisions
stand the digests of these. Where the catalog has other entries than then, the postings that use one of them are decided
anew, and so are new postings; all of them where anything else has changed.

    rulings = Rulings(project, intake, catalogs, words)
    rulings.of[locale].ruling(17).reason
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from gettext import NullTranslations
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec
from babel import Locale
from msgspec import structs

from pipeline.catalog.entries import PAIR_BYTES
from pipeline.model.locale import source_language
from pipeline.model.outcome import PUBLISHED_REASONS, Decision, Reason
from pipeline.model.outline import Outline
from pipeline.model.segment import KEY_BYTES, SegmentedPosting, UnitKey, key_digest
from pipeline.model.unit import Unit
from pipeline.publishing.versions.as_written import count_words
from pipeline.publishing.versions.localized import LocalizedPosting, localize
from pipeline.publishing.versions.policy import Policy, Rule, decide, find_unit
from pipeline.publishing.versions.wording import digest_of_words, untranslated_labels
from pipeline.storage.kept_file import find_kept, keep
from pipeline.storage.spool import Chest, packing_of
from pipeline.translation.routes import find_route
from pipeline.workflow.catalogs import Catalogs
from pipeline.workflow.inputs import digest_of_configuration, digest_of_program
from pipeline.workflow.page_words import page_words_in
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake

_DIGEST_BYTES = 16
_NUMBER_BYTES = 3
_UNDETERMINED = "und"
# Where more of the postings are to be decided, all units are parsed.
_MOST = 0.05
# On 10,000 postings in five locales it is decided in 6 s.
_SECONDS_A_DECISION = 0.00012
_POSTINGS_A_PART = 50


class Ruling(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """How a posting stands in a locale.

    `holding` and `as_written` are the numbers of the segments that hold it and that are shown as written, three
    bytes each; `too_risky` are numbers of segments with the risk that their target is not published for. `by_units`
    tells that its units decided. The rest is said of a published posting: its title, which an expired one may have too,
    the digest of its text as the record has it, and one of all that it says, and whether the title is in the language
    of the posting.
    """

    reason: Reason
    holding: bytes = b""
    as_written: bytes = b""
    too_risky: tuple[tuple[int, int], ...] = ()
    words_as_written: int = 0
    by_units: bool = False
    title: str = ""
    title_as_written: bool = False
    digest: str = ""
    text: bytes = b""

    @property
    def published(self) -> bool:
        """Whether the posting is in this language version."""
        return self.reason in PUBLISHED_REASONS


class _Decided(NamedTuple):
    """How a posting stands, and its text in the language of the locale, packed, if it is published."""

    ruling: Ruling
    packed: bytes


def count_numbers(packed: bytes) -> int:
    """Return how many numbers of segments a ruling names there."""
    return len(packed) // _NUMBER_BYTES


def numbers_in(packed: bytes) -> Iterator[int]:
    """Yield the numbers of segments that a ruling names."""
    return map(_number, packed[::3], packed[1::3], packed[2::3])


def _number(low: int, middle: int, high: int) -> int:
    return low | middle << 8 | high << 16


class _Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    posting: bytes
    state: int
    ruling: Ruling


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """How the postings of one language stood in a locale; `entries` are the digests of keys and of what stood there."""

    grounds: bytes
    content: bytes
    entries: bytes
    narrowed: tuple[str, ...]
    rows: list[_Row]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Kept).decode


class GoneTitle(NamedTuple):
    """The title of a posting that has expired, and its language where it is not that of the locale."""

    text: str
    language: Locale | None


class LocaleDecisions:
    """Decides in one locale: with its units by source language and key, and its rules by source language and day."""

    def __init__(self, project: Project, catalogs: Catalogs, locale: Locale) -> None:
        self._project, self.locale = project, locale
        self._rules: dict[tuple[str, date | None], Rule] = {}
        self.entries = {name.source: entries for name, entries in catalogs.items() if name.locale == locale}
        self.contents = {source: entries.digest for source, entries in self.entries.items()}
        self._units: dict[str, Mapping[UnitKey, Unit]] = {
            source: entries.by_key for source, entries in self.entries.items()
        }
        self.narrowed = frozenset[str]().union(*(entries.narrowed for entries in self.entries.values()))

    @cached_property
    def _labelled(self) -> bool:
        return not untranslated_labels(page_words_in(self._project, self.locale), self.locale)

    def decide(self, item: SegmentedPosting, keys: tuple[UnitKey, ...] = (), *, as_open: bool = False) -> Decision:
        """Decide on a posting, whose keys may be known; or as if its last day had not passed."""
        language = item.posting.language
        units = self._units.get(source_language(language), {}) if language else {}
        ends = item.posting.valid_through is not None and not as_open
        by = str(language), self._project.expires_on(item.posting.id) if ends else None
        if by not in self._rules:
            self._rules[by] = _rule(self._project, language, self.locale, by[1], labelled=self._labelled)
        return decide(item, units, self._rules[by], keys=keys, narrowed=item.posting.id in self.narrowed)

    def unit(self, item: SegmentedPosting, key: UnitKey) -> Unit:
        """Return the unit of a segment in a posting."""
        language = item.posting.language
        return find_unit(self._units.get(source_language(language), {}) if language else {}, key, item.posting.id)

    def read_all(self) -> None:
        """Parse every unit at once, which takes a fraction of the time where most of them are asked for."""
        for source, entries in self.entries.items():
            self._units[source] = {unit.key: unit for unit in reversed(entries.units)}  # a live one before an obsolete


def _rule(project: Project, language: Locale | None, locale: Locale, as_of: date | None, *, labelled: bool) -> Rule:
    return Rule(
        locale=locale,
        policy=Policy(project.settings.policy_of(locale)),
        max_original=project.settings.max_original_of(locale),
        original_titles=project.settings.original_titles_of(locale),
        risk=project.risks.of(language, locale).risk,
        max_risk=project.settings.max_risk_of(locale),
        configured=project.settings.locales,
        faulty=project.checks.of(language, locale).faulty,
        has_route=lambda source: find_route(project.engines, source, locale) is not None,
        signed_off=project.signed_off(locale),
        as_of=as_of,
        labelled=labelled,
        withheld=lambda posting: project.decisions.decisions.withheld(posting, locale) is not None,
    )


class LocaleRulings:
    """How the postings stand in one locale; those that are `missing` are not known before `decide` was told of them."""

    def __init__(
        self,
        project: Project,
        intake: Intake,
        decisions: LocaleDecisions,
        translations: NullTranslations,
        written: "_Written",
    ) -> None:
        self.locale = decisions.locale
        self._project, self._intake, self._decisions, self._translations = project, intake, decisions, translations
        self._written = written
        self._rulings: list[Ruling | None] = [None] * len(intake.outlines)
        self._pieces: dict[int, int] = {}
        self._chest = Chest()
        self._states = [_state(project, outline, self.locale) for outline in intake.outlines]
        self._grounds = {source: self._grounds_of(source) for source in written.numbers}
        self._known: set[str] = set()
        for source, numbers in written.numbers.items():
            self._find(source, numbers)
        self.missing = frozenset(number for number, found in enumerate(self._rulings) if found is None)

    def ruling(self, number: int) -> Ruling:
        """Return how a posting stands."""
        found = self._rulings[number]
        if found is None:
            raise AssertionError(number)
        return found

    def __iter__(self) -> Iterator[Ruling]:
        """Yield how the postings stand, in their order."""
        return map(self.ruling, range(len(self._rulings)))

    def decide(self, item: SegmentedPosting, keys: tuple[UnitKey, ...]) -> _Decided:
        """Decide on a posting that is missing."""
        decision = self._decisions.decide(item, keys)
        if not decision.published:
            title = self._last_title(item, keys) if decision.reason is Reason.EXPIRED else ""
            return _Decided(structs.replace(_in_short(decision), title=title), b"")
        localized = localize(decision, self._translations)
        packed = packing_of(LocalizedPosting).encode(localized)
        return _Decided(_in_short(decision, localized, packed), packed)

    def put(self, number: int, decided: _Decided) -> None:
        """Note what was decided on a posting that is missing."""
        self._rulings[number] = decided.ruling
        if decided.packed:
            self._pieces[number] = len(self._chest)
            self._chest.add(decided.packed)

    def _last_title(self, item: SegmentedPosting, keys: tuple[UnitKey, ...]) -> str:
        """Return the title that an expired posting has in the locale; "" if it would not be published even if open."""
        if item.posting.id not in self._project.published_ids:
            return ""
        decision = self._decisions.decide(item, keys, as_open=True)
        localized = localize(decision, self._translations) if decision.published else None
        return "" if localized is None or localized.title_as_written else localized.title

    def gone_title(self, number: int) -> GoneTitle:
        """Return the title of an expired posting, as it is written where it has none in the locale."""
        title = self.ruling(number).title
        if title:
            return GoneTitle(title, None)
        posting = self._intake.read.postings[number]
        return GoneTitle(posting.title, posting.language)

    def withheld(self, posting: str) -> bool:
        """Tell whether a person has taken a posting out of the locale."""
        return self._project.decisions.decisions.withheld(posting, self.locale) is not None

    def read_all(self) -> None:
        """Parse all units, if something is to be decided."""
        if self.missing:
            self._decisions.read_all()

    def text(self, number: int) -> LocalizedPosting:
        """Return a published posting in the language of the locale."""
        if number in self._pieces:
            return packing_of(LocalizedPosting).decode(self._chest.read(self._pieces[number]))
        return localize(self._decisions.decide(self._intake.segmented[number]), self._translations)

    @property
    def narrowed(self) -> frozenset[str]:
        """The ids of the postings that have units of their own."""
        return self._decisions.narrowed

    def unit(self, number: int, of: int) -> Unit:
        """Return the unit of a segment of a posting."""
        item = self._intake.segmented[number]
        return self._decisions.unit(item, item.keys()[of])

    def own_names(self, number: int) -> list[bytes]:
        """Return digests of the segments' keys as the catalog has them for a posting with units of its own."""
        item = self._intake.segmented[number]
        language = str(item.posting.language).encode()
        return [language + key_digest(self._decisions.unit(item, key).key) for key in item.keys()]  # noqa: SIM118

    def keep(self) -> None:
        """Keep for other runs what was decided in this one."""
        outlines = self._intake.outlines
        for source, numbers in self._written.numbers.items():
            if source in self._known and self.missing.isdisjoint(numbers):
                continue
            entries = self._decisions.entries.get(source)
            rows = [_Row(outlines[number].digest, self._states[number], self.ruling(number)) for number in numbers]
            kept = _Kept(
                self._grounds[source],
                self._decisions.contents[source] if entries else b"",
                entries.pairs if entries else b"",
                tuple(sorted(entries.narrowed)) if entries else (),
                rows,
            )
            keep(self._path(source), _encode(kept))

    def _find(self, source: str, numbers: Sequence[int]) -> None:
        """Take over how the postings of one language stood, where nothing has changed that it follows from."""
        found = find_kept(self._path(source))
        kept = None
        with suppress(msgspec.MsgspecError):
            kept = _decode(found) if found is not None else None
        if found is None or kept is None or kept.grounds != self._grounds[source]:
            return
        entries = self._decisions.entries.get(source)
        affected = frozenset[int]()
        narrowed: set[str] = set()
        if kept.content == (self._decisions.contents[source] if entries else b""):
            self._known.add(source)
        else:
            old, new = _differing(kept.entries, entries.pairs if entries else b"")
            affected = self._written.with_keys(frozenset(each[:KEY_BYTES] for each in set(_cut(old)) ^ set(_cut(new))))
            narrowed = {*kept.narrowed, *(entries.narrowed if entries else ())}
        known = {(row.posting, row.state): row.ruling for row in kept.rows}
        outlines = self._intake.outlines
        for number in numbers:
            outline = outlines[number]
            if number in affected or (narrowed and outline.id in narrowed):
                continue
            self._rulings[number] = known.get((outline.digest, self._states[number]))

    def _path(self, source: str) -> Path:
        return self._project.build_dir / f"ruling.{source}.{self.locale}.msgpack"

    def _grounds_of(self, source: str) -> bytes:
        """Return a digest of what decides beside a posting and its units."""
        routed = sorted(
            str(language)
            for language in self._written.languages[source]
            if language is not None and find_route(self._project.engines, language, self.locale) is not None
        )
        words = digest_of_words(self._translations)
        told = self._project.decisions.decisions.told_of_targets
        configured = digest_of_configuration(self._project)
        grounds = (digest_of_program(), configured, str(self.locale), routed, words, told)
        return _digest(repr(grounds).encode())


class Rulings:
    """How every posting stands in every locale whose words are given."""

    def __init__(
        self, project: Project, intake: Intake, catalogs: Catalogs, words: Mapping[Locale, NullTranslations]
    ) -> None:
        self.intake = intake
        written = _Written(intake.outlines)
        self.of = {
            locale: LocaleRulings(project, intake, LocaleDecisions(project, catalogs, locale), translations, written)
            for locale, translations in words.items()
        }
        missing = sorted(frozenset[int]().union(*(each.missing for each in self.of.values())))
        if len(missing) > len(intake.outlines) * _MOST:
            for each in self.of.values():
                each.read_all()
        decided = project.progress.over("decide", self._decided(project, missing), len(missing))
        for number, rulings in zip(missing, decided, strict=True):
            for each, ruling in zip(self.of.values(), rulings, strict=True):
                if ruling is not None:
                    each.put(number, ruling)
        if project.build_dir.is_dir():
            for each in self.of.values():
                each.keep()

    def _decided(self, project: Project, missing: Sequence[int]) -> Iterator[list[_Decided | None]]:
        """Yield how postings stand in each locale in which that is missing; child processes decide on some of them."""

        def work(part: int) -> list[list[_Decided | None]]:
            numbers = missing[part * _POSTINGS_A_PART : (part + 1) * _POSTINGS_A_PART]
            return list(map(self._decide, numbers, self.intake.segmented.at(numbers)))

        parts, seconds = -(-len(missing) // _POSTINGS_A_PART), len(missing) * len(self.of) * _SECONDS_A_DECISION
        made: Iterator[list[list[_Decided | None]]] = project.share(
            work, parts, packing_of(list[list[_Decided | None]]), seconds=seconds
        )
        return chain.from_iterable(made)

    def _decide(self, number: int, item: SegmentedPosting) -> list[_Decided | None]:
        keys = item.keys()
        return [each.decide(item, keys) if number in each.missing else None for each in self.of.values()]


class _Written:
    """The postings by the language that they are written in, looked up once for all locales."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        self._outlines = outlines
        self._with_keys: dict[frozenset[bytes], frozenset[int]] = {}
        self.numbers: dict[str, list[int]] = {}
        self.languages: dict[str, set[Locale | None]] = {}
        for number, outline in enumerate(outlines):
            source = source_language(outline.language) if outline.language else _UNDETERMINED
            self.numbers.setdefault(source, []).append(number)
            self.languages.setdefault(source, set()).add(outline.language)

    def with_keys(self, keys: frozenset[bytes]) -> frozenset[int]:
        """Return the numbers of those that have a segment of one of these keys; most catalogs change alike."""
        if keys not in self._with_keys:
            found = (number for number, outline in enumerate(self._outlines) if outline.has_key_of(keys))
            self._with_keys[keys] = frozenset(found)
        return self._with_keys[keys]


def _state(project: Project, outline: Outline, locale: Locale) -> int:
    """Return what holds of a posting beside what it says: that its last day has passed, that somebody withheld it."""
    expired = outline.valid_through is not None and outline.expired(project.expires_on(outline.id))
    decisions = project.decisions.decisions
    withheld = decisions.any_withheld and decisions.withheld(outline.id, locale) is not None
    return expired | withheld << 1


def _in_short(decision: Decision, localized: LocalizedPosting | None = None, packed: bytes = b"") -> Ruling:
    numbers = {unit.key: number for number, unit in enumerate(decision.units)}
    return Ruling(
        reason=decision.reason,
        holding=_numbers(numbers[unit.key] for unit in decision.holding),
        as_written=_numbers(numbers[unit.key] for unit in decision.as_written),
        too_risky=tuple((numbers[key], risk) for key, risk in decision.too_risky.items() if key in numbers),
        words_as_written=sum(count_words(unit.key.source) for unit in decision.as_written),
        by_units=bool(decision.units),
        title=localized.title if localized else "",
        title_as_written=localized.title_as_written if localized else False,
        digest=localized.digest if localized else "",
        text=_digest(packed) if packed else b"",
    )


def _numbers(found: Iterable[int]) -> bytes:
    return b"".join(number.to_bytes(_NUMBER_BYTES, "little") for number in found)


def _differing(old: bytes, new: bytes) -> tuple[bytes, bytes]:
    """Return two columns of entries without what they begin and end with alike."""
    most = min(len(old), len(new)) // PAIR_BYTES
    first = bisect_left(range(1, most + 1), x=True, key=lambda n: old[: n * PAIR_BYTES] != new[: n * PAIR_BYTES])
    old, new = old[first * PAIR_BYTES :], new[first * PAIR_BYTES :]
    ends = range(1, most - first + 1)
    last = bisect_left(ends, x=True, key=lambda n: old[-n * PAIR_BYTES :] != new[-n * PAIR_BYTES :])
    return old[: len(old) - last * PAIR_BYTES], new[: len(new) - last * PAIR_BYTES]


def _cut(packed: bytes) -> Iterator[bytes]:
    return (packed[start : start + PAIR_BYTES] for start in range(0, len(packed), PAIR_BYTES))


def _digest(value: bytes) -> bytes:
    return blake2b(value, digest_size=_DIGEST_BYTES).digest()


def count_reasons(rulings: Rulings) -> dict[Locale, Counter[Reason]]:
    """Count how the postings of every locale stand by the reason."""
    return {locale: Counter(ruling.reason for ruling in found) for locale, found in rulings.of.items()}
