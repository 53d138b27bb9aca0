"""What one run works with beside what it is told: engines, checks, glossary, put together once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path

from babel import Locale

from pipeline.errors import UnknownLocaleError
from pipeline.language.glossary import Glossary
from pipeline.language.plain_words import PlainWords, plain_words
from pipeline.model.unit import Unit
from pipeline.publishing.versions.ledger import latest, withdrawn_everywhere
from pipeline.publishing.versions.ledger_file import FILE_NAME, read_ledger
from pipeline.storage.last_run import LastRun
from pipeline.storage.places import Places
from pipeline.terminology.plain_words_file import read_plain_words
from pipeline.terminology.trade_glossary import trade_terms
from pipeline.translation.engines import Engine
from pipeline.translation.ranks import Ranks
from pipeline.workflow.checking import Checks
from pipeline.workflow.decisions import DecisionRecord
from pipeline.workflow.memory import ProjectMemory
from pipeline.workflow.risks import Risks
from pipeline.workflow.run import Run
from pipeline.workflow.word_forms import KeptForms


@dataclass(frozen=True, kw_only=True)
class Project(Run):
    """A run with all that it works with."""

    @classmethod
    def of(cls, run: Run) -> "Project":
        """Return a run with all that it works with, which is opened when it is first needed."""
        return cls(**{field.name: getattr(run, field.name) for field in fields(run)})

    @property
    def ledger_path(self) -> Path:
        """Where it is recorded what was published when."""
        return self.locales_dir / FILE_NAME

    @cached_property
    def last_run(self) -> LastRun:
        """What the files that people write held after the last run."""
        return LastRun(build_dir=self.build_dir, allow_losses=self.allow_losses)

    @cached_property
    def decisions(self) -> DecisionRecord:
        """What people decided about targets and postings."""
        return DecisionRecord(self.locales_dir)

    @cached_property
    def places(self) -> Places:
        """Which postings share a unit, as the last run knew it."""
        return Places(build_dir=self.build_dir)

    def signed_off(self, locale: Locale) -> Callable[[Unit], bool]:
        """Return what tells of a target in a locale whether it is approved, by two persons where that is asked."""
        record = self.decisions
        if not record.decisions.any_approved:
            return lambda _: False
        return lambda unit: record.of(unit, locale).signed_off(two_person=self.settings.two_person)

    @cached_property
    def memory(self) -> ProjectMemory:
        """What people have translated before, as the files said when they were first asked for."""
        return ProjectMemory(self)

    @cached_property
    def engines(self) -> tuple[Engine, ...]:
        """The engines of this run, in order.

        Raises MissingEngineError if one that was asked for by name is not installed.
        """
        # What opens engines takes a while to load.
        from pipeline.workflow.engines import open_asked_engines, open_configured_engines  # noqa: PLC0415

        if self.asked_engines:
            return open_asked_engines(self.asked_engines, self.settings, locked=self.locked)
        return open_configured_engines(self.settings, locked=self.locked)

    @cached_property
    def ranks(self) -> Ranks:
        """How far each pair of an engine can be trusted."""
        return Ranks(self.settings.ranks)

    def expires_on(self, posting_id: str) -> date | None:
        """Return the day that a posting expires against: the given one, else the one on which it was withdrawn.

        A run without a date after one with a date must not bring back what had expired.
        """
        return self.as_of or self._withdrawn.get(posting_id)

    @cached_property
    def published_ids(self) -> frozenset[str]:
        """The ids of the postings that feeds have, or have had."""
        return frozenset(publication.posting for publication in read_ledger(self.ledger_path))

    @cached_property
    def _withdrawn(self) -> Mapping[str, date]:
        return withdrawn_everywhere(latest(read_ledger(self.ledger_path)))

    @property
    def passed_over(self) -> tuple[str, ...]:
        """The configured engines that are not installed."""
        installed = {engine.name for engine in self.engines}
        return () if self.asked_engines else tuple(n for n in self.settings.engines if n not in installed)

    @cached_property
    def checks(self) -> Checks:
        """Every check, by pair of languages."""
        return Checks(
            self.settings, self.glossary, self.trade, build_dir=self.build_dir, dismissed=self.decisions.dismissed
        )

    @cached_property
    def word_forms(self) -> KeptForms:
        """What words are forms of, as this run and those before asked."""
        return KeptForms(build_dir=self.build_dir)

    @cached_property
    def risks(self) -> Risks:
        """How likely the targets of machines are wrong, by pair of languages."""
        return Risks(self.checks)

    @cached_property
    def glossary(self) -> Glossary:
        """The configured glossary; without one, no term.

        Raises GlossaryError if it is missing or holds a mistake.
        """
        path = self.settings.glossary
        if not path:
            return Glossary((), self.word_forms.of)
        from pipeline.terminology.glossary_file import read_glossary  # noqa: PLC0415  with readers of XML and of ESCO

        return Glossary(read_glossary(path).terms, self.word_forms.of)

    @cached_property
    def trade(self) -> Glossary:
        """The glossary that comes with the program; what the project's own says, and its names, go first."""
        terms = trade_terms() if self.settings.trade_glossary else ()
        return Glossary(terms, self.word_forms.of, self.glossary, self.settings.do_not_translate, listed=True)

    @cached_property
    def plain_words(self) -> Callable[[str], PlainWords]:
        """What returns the plain words of a language, with those of the project.

        Raises PlainWordsError if the project's list is missing or holds a mistake.
        """
        path = self.settings.plain_words
        own = read_plain_words(path) if path else ()
        return lambda language: plain_words(language, own)

    def keep_findings(self) -> None:
        """Keep for the next run what checks found, and what words are forms of, in this one."""
        self.checks.keep()
        self.word_forms.keep()

    def configured_locale(self, locale: Locale) -> Locale:
        """Return the locale if it is configured.

        Raises UnknownLocaleError if it is not.
        """
        if locale not in self.settings.locales:
            raise UnknownLocaleError(str(locale), tuple(map(str, self.settings.locales)))
        return locale
