"""The checks of a project: put together once for each pair of languages, each target checked once."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from pipeline.checks.address import ADDRESS, mixed_addresses, spoken_address, usual_kind
from pipeline.checks.check import Check, Compared
from pipeline.checks.registry import CHECKS, IDS, SUCCESSORS, check_unit, check_units, checks_for, refusals
from pipeline.config import Settings
from pipeline.language import spans
from pipeline.language.address import ADDRESSES
from pipeline.language.glossary import Glossary, TermScope
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import source_language
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState
from pipeline.storage.spool import packing_of
from pipeline.storage.verdicts import Verdicts
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.run import Run

_Findings = tuple[Finding, ...]
CHECK_IDS = IDS  # what a configuration may say of checks
# A unit takes .56 ms, of 50,000 units 28 s.
_SECONDS_A_UNIT = 0.0005
_UNITS_A_PART = 250
# So many units are checked together.
_BLOCK = 100
_KINDS = ("", *ADDRESSES)  # ways to speak to the reader, by their number
_REMEDIES = {check.id: check.remedy for check in CHECKS}


def remedy_of(check: str) -> str:
    """Return what a reviewer does about the findings of a check."""
    return _REMEDIES[check]


def current_ids(checks: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that checks named by an earlier version have today, without those that are no more."""
    return tuple(dict.fromkeys(filter(None, (SUCCESSORS.get(check, check) for check in checks))))


class Spoken(NamedTuple):
    """The number of the way in which a unit speaks to the reader, and whether somebody accepted it."""

    kind: int
    accepted: bool


def odd_kinds(spoken: Collection[Spoken]) -> frozenset[int]:
    """Return the ways in which units of a posting speak to the reader that are not the posting's usual one."""
    kinds = Counter(_KINDS[each.kind] for each in spoken)
    accepted = Counter(_KINDS[each.kind] for each in spoken if each.accepted)
    return frozenset(map(_KINDS.index, set(kinds) - {usual_kind(kinds, accepted)}))


class UnitChecker:
    """Says what the checks of one pair find; what they found in a source and its target is kept for other runs.

    `known` is what the checks may know of the pair, with whatever texts. `dismissed` names the checks that a person has
    silenced for the target of a unit: what they find is not told and holds nothing.
    """

    def __init__(
        self,
        checks: tuple[Check, ...],
        known: Compared,
        kept: Verdicts[_Findings] | None = None,
        dismissed: Callable[[Unit], Collection[str]] = lambda _: (),
    ) -> None:
        self._checks = checks
        # A language that is configured to speak in one way is looked at unit by unit.
        self._across = not known.address and any(check.id == ADDRESS for check in checks)
        self._errors = tuple(check for check in checks if check.severity is Severity.ERROR)
        self._pair = known
        self._trade = bool(known.trade and known.trade.terms)  # which are looked for in drafts alone
        self._of_context = any(scope and scope.terms for scope in (known.terms, known.trade))
        self._kept = kept or Verdicts(None, _Findings, grounds="")
        self._dismissed = dismissed
        self._faulty: dict[tuple[str, ...], bool] = {}

    def ahead(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Yield units; what `findings` will say of them is found a block at a time, which takes less."""
        coming = iter(units)
        while block := tuple(islice(coming, _BLOCK)):
            live = (unit for unit in block if self._is_read(unit) and not unit.retired)
            new = [unit for unit in live if self._kept.get(*self._texts(unit)) is None]
            for unit, found in zip(new, check_units(new, self._pair, self._checks), strict=True):
                self._kept.put(found, *self._texts(unit))
            yield from block

    def findings(self, unit: Unit) -> _Findings:
        """Return what the checks say of a unit."""
        found = self._found(unit)
        silenced = self._dismissed(unit) if found else ()
        return tuple(each for each in found if each.check not in silenced) if silenced else found

    def each(self, units: Sequence[Unit], run: Run) -> Iterator[tuple[Unit, _Findings]]:
        """Yield units with what the checks say of each; some of those that no run has read are left to children."""
        cut = [units[start : start + _UNITS_A_PART] for start in range(0, len(units), _UNITS_A_PART)]
        new = sum(self._is_read(unit) and self._kept.get(*self._texts(unit)) is None for unit in units)

        def work(part: int) -> list[_Findings]:
            return list(map(self._found, self.ahead(cut[part])))

        parts: Iterator[list[_Findings]] = run.share(
            work, len(cut), packing_of(list[_Findings]), seconds=new * _SECONDS_A_UNIT
        )
        for part, found in zip(cut, parts, strict=True):
            for unit, findings in zip(part, found, strict=True):
                if self._is_read(unit):
                    self._kept.put(findings, *self._texts(unit))
                yield unit, self.findings(unit)

    def _found(self, unit: Unit) -> _Findings:
        if not self._is_read(unit):
            return ()
        texts = self._texts(unit)
        found = self._kept.get(*texts)
        return self._kept.put(check_unit(unit, self._pair, self._checks), *texts) if found is None else found

    def findings_across(
        self, units: Iterable[Unit], places: Callable[[UnitKey], tuple[str, ...]]
    ) -> dict[Unit, tuple[Finding, ...]]:
        """Return what only shows where the units of a posting stand together; `places` tells all postings of one."""
        if not self._across:
            return {}  # each is reported by itself, or none is
        found = mixed_addresses(units, self._pair.source_language, self._pair.locale, places)
        return {unit: (each,) for unit, each in found.items() if not self.is_dismissed(each.check, unit)}

    def is_dismissed(self, check: str, unit: Unit) -> bool:
        """Tell whether a person has silenced a check for the target of a unit."""
        return check in self._dismissed(unit)

    def spoken(self, unit: Unit) -> int:
        """Return the number of the way in which a unit speaks to the reader; 0 for none, or where that is not asked."""
        kind = spoken_address(unit, self._pair.source_language, self._pair.locale).kind if self._across else ""
        return _KINDS.index(kind)

    @property
    def found(self) -> Mapping[bytes, _Findings]:
        """What this run found or looked up, by names of the texts."""
        return self._kept.used

    def take_over(self, found: Mapping[bytes, _Findings]) -> None:
        """Know what another process found."""
        self._kept.add(found)

    @property
    def grounds(self) -> str:
        """A digest of all that decides what the checks find in a text."""
        return self._kept.grounds

    def faulty(self, unit: Unit) -> bool:
        """Tell whether a check holds the unit; warnings, some of which read a lexicon, are not asked for that."""
        if not self._is_read(unit):
            return False
        texts = self._texts(unit)
        if texts not in self._faulty:
            found = self._kept.get(*texts)
            if found is None:
                found = check_unit(unit, self._pair, self._errors)
            self._faulty[texts] = any(finding.severity is Severity.ERROR for finding in found)
        if self._faulty[texts] and self._dismissed(unit):
            return any(finding.severity is Severity.ERROR for finding in self.findings(unit))
        return self._faulty[texts]

    def keep(self) -> None:
        """Keep for the next run what was found in this one."""
        self._kept.write()

    @staticmethod
    def _is_read(unit: Unit) -> bool:
        return bool(unit.target) and not unit.extras.plural_source

    def _texts(self, unit: Unit) -> tuple[str, ...]:
        of_draft = "draft" if self._trade and unit.state is UnitState.NEEDS_REVIEW else ""
        return unit.key.source, unit.target, unit.key.context if self._of_context else "", of_draft


class Checks:
    """The checks of a project for every pair of languages, made when they are first needed."""

    def __init__(
        self,
        settings: Settings,
        glossary: Glossary,
        trade: Glossary | None = None,
        *,
        build_dir: Path | None = None,
        dismissed: Callable[[Unit, Locale], Collection[str]] = lambda _unit, _locale: (),
    ) -> None:
        self._settings = settings
        self._glossary = glossary
        self._trade = trade
        self._build_dir = build_dir
        self._dismissed = dismissed
        self._names = settings.do_not_translate
        self._checkers: dict[tuple[str, Locale], UnitChecker] = {}

    def of(self, source: Locale | None, locale: Locale) -> UnitChecker:
        """Return the checks of targets in `locale` for sources in a language, None while it is undetermined."""
        pair = (source_language(source) if source else "", locale)
        if pair not in self._checkers:
            terms = self._glossary.scope(*pair)
            known = Compared(
                source="",
                target="",
                source_language=source.language if source else "",
                locale=locale,
                names=tuple(map(spans.name_pattern, self._names)),
                kept=(*self._names, *_wordings(terms)),
                address=self._settings.address_of(locale),
                terms=terms,
                trade=self._trade.scope(*pair) if self._trade else None,
                language_of=self._language_of,
                forms_of=self._glossary.forms_of,
            )
            asked = {ADDRESS: Severity.ERROR} if known.address else {}
            checks = checks_for(locale, {**asked, **self._settings.severities_of(locale)})
            self._checkers[pair] = UnitChecker(checks, known, self._kept(known, checks), self._dismissed_in(locale))
        return self._checkers[pair]

    def keep(self) -> None:
        """Keep in `build/` what was found in this run."""
        for checker in self._checkers.values():
            checker.keep()

    def _kept(self, known: Compared, checks: Iterable[Check]) -> Verdicts[_Findings]:
        """Open what earlier runs found in the same texts by the same program, names, terms and severities."""
        severities = [(check.id, check.severity.value) for check in checks]
        terms = [scope.terms for scope in (known.terms, known.trade) if scope]
        grounds = repr((digest_of_program(), self._names, known.address, severities, terms))
        name = f"findings.{known.source_language}.{known.locale}.msgpack"
        return Verdicts(
            self._build_dir / name if self._build_dir else None,
            _Findings,
            grounds=sha256(grounds.encode("utf-8", "surrogatepass")).hexdigest(),
        )

    def _dismissed_in(self, locale: Locale) -> Callable[[Unit], Collection[str]]:
        return lambda unit: self._dismissed(unit, locale)

    def refuse(self, source: str, target: str) -> tuple[str, ...]:
        """Name the checks for which machine output between any two languages is not worth keeping."""
        return refusals(source, target)

    def _language_of(self, text: str) -> str | None:
        """Name the language of a text; None while the detector is unsure."""
        return self._detect(text)

    @cached_property
    def _detect(self) -> Callable[[str], str | None]:
        # A detector takes a while to load, and is asked about few targets.
        from pipeline.intake.detection.detectors import LangdetectDetector, base_language  # noqa: PLC0415
        from pipeline.intake.detection.ensemble import SURE  # noqa: PLC0415

        detector = LangdetectDetector()

        def detected(text: str) -> str | None:
            best = max(detector(text), key=lambda guess: guess.probability, default=None)
            return base_language(best.language) if best and best.probability >= SURE else None

        return detected


def _wordings(terms: TermScope) -> Iterator[str]:
    """Yield what the glossary keeps or asks for."""
    for term in terms.terms:
        yield from (term.source,) if term.keep else term.required
