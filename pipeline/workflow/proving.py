"""A published folder is proved: alone, against the postings and the catalogs, and against a build from nothing."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from babel import Locale

from pipeline.catalog.layout import POSTINGS_PREFIX, SITE_DOMAIN, catalog_path, source_languages
from pipeline.catalog.po_file import read_catalog
from pipeline.catalog.site_domain import shipped_words, site_words
from pipeline.errors import PipelineError
from pipeline.model.locale import to_tag
from pipeline.model.packages import Pair
from pipeline.model.segment import SegmentedPosting, UnitKey
from pipeline.model.unit import Unit
from pipeline.proof.faults import Fault
from pipeline.proof.manifest import Manifest, compare_folder, read_manifest
from pipeline.proof.outputs import OutputProof
from pipeline.proof.sentences import LocaleRecord, SentenceRecord, Words
from pipeline.proof.site import Site
from pipeline.translation.engines import Engine
from pipeline.workflow.build import build
from pipeline.workflow.catalogs import CatalogName, restore_catalog
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings
from pipeline.workflow.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found: the faults, none if all holds, and how much was looked at; postings count in each language."""

    faults: Sequence[Fault]
    files: int
    postings: int = 0
    languages: int = 0
    with_record: bool = False
    rebuilt: bool = False


def prove(folder: Path, run: Run | None = None, *, rebuild: bool = False) -> Proof:
    """Prove a published folder; with a run, what it says too, and with `rebuild` that a build gives the same bytes.

    A folder that is not as its manifest lists it is not looked at further.
    Raises UsageError if it has no manifest.
    """
    manifest, faults = read_manifest(folder)
    faults += compare_folder(folder, manifest)
    if faults:
        return Proof(faults=faults, files=len(manifest))
    project = Project.of(run) if run else None
    proof = OutputProof(Site(folder, manifest), _record(project) if project else None)
    proof.run()
    faults += proof.faults
    if project:
        base_url = project.settings.require_address()
        if proof.base_url != base_url:
            faults.append(Fault("", "base_url", f"is {proof.base_url!r} in the feeds and {base_url!r} as configured"))
        if rebuild:
            faults += _compare_with_build(project, manifest)
    return Proof(
        faults=faults,
        files=len(manifest) + 1,
        postings=proof.postings,
        languages=proof.languages,
        with_record=project is not None,
        rebuilt=rebuild,
    )


def _record(project: Project) -> SentenceRecord:
    """Read the postings and the catalogs; nothing is written."""
    postings = read_postings(project).segmented
    places = {outline.id: place for place, outline in enumerate(postings.outlines)}

    def find(posting_id: str) -> SegmentedPosting | None:
        return postings[places[posting_id]] if posting_id in places else None

    return SentenceRecord(
        find, {to_tag(locale): _locale_record(project, locale) for locale in project.settings.locales}
    )


def _locale_record(project: Project, locale: Locale) -> LocaleRecord:
    own = read_catalog(catalog_path(project.locales_dir, locale, SITE_DOMAIN)) or shipped_words(locale)
    sources = [(word.key, word.plural_source) for word in site_words(project.settings.site)]
    return LocaleRecord(
        locale=locale,
        policy=project.settings.policy_of(locale),
        signed_off=project.signed_off(locale),
        units={source: _units(project, locale, source) for source in source_languages(project.locales_dir)},
        words=Words(own.units if own else (), sources),
    )


def _units(project: Project, locale: Locale, source: str) -> dict[UnitKey, Unit]:
    catalog = read_catalog(catalog_path(project.locales_dir, locale, POSTINGS_PREFIX + source))
    restored = restore_catalog(project, CatalogName(source, locale), catalog) if catalog else None
    return {unit.key: unit for unit in restored.units} if restored else {}


class _EngineAskedError(PipelineError):
    """A build from the record alone would ask an engine: something was published that the record does not hold."""

    def __init__(self, engine: str, segments: Sequence[str], pair: Pair) -> None:
        what = f"{len(segments)} segments {pair}, the first is {segments[0]!r}"
        super().__init__(f"a build would ask {engine} for {what}; run `polypost build` and verify what that publishes")


class _SilentEngine:
    """An engine that says what it could do and translates nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        """Refuse."""
        raise _EngineAskedError(self._engine.name, segments, pair)

    def hypothesis(self, segments: Sequence[str], pair: Pair, rank: int) -> list[str]:  # noqa: ARG002  an engine's own
        """Refuse."""
        raise _EngineAskedError(self._engine.name, segments, pair)


class _Unasked(Project):
    """A project whose engines refuse to translate."""

    @cached_property
    def engines(self) -> tuple[Engine, ...]:
        """The engines of the project; which there are decides what is published."""
        return tuple(cast("Engine", _SilentEngine(engine)) for engine in super().engines)


def _compare_with_build(project: Project, manifest: Manifest) -> Iterator[Fault]:
    """Build from copies of the catalogs and nothing else, and compare the files; no engine is asked."""
    with TemporaryDirectory(prefix="polypost-") as temporary:
        locales_dir, out = Path(temporary, "locales"), Path(temporary, "public")
        shutil.copytree(project.locales_dir, locales_dir, ignore=shutil.ignore_patterns("*.mo", ".*"))
        copy = _Unasked.of(replace(project, locales_dir=locales_dir, build_dir=Path(temporary, "build"), out=out))
        try:
            build(copy, allow_withdrawals=True)
        except _EngineAskedError as error:
            yield Fault("", "build from nothing", str(error))
            return
        built, faults = read_manifest(out)
        yield from faults
        for path in sorted(built.keys() | manifest.keys()):
            if path not in built or path not in manifest:
                where = "only what a build writes has it" if path in built else "a build does not write it"
                yield Fault(path, "", where)
            elif built[path] != manifest[path]:
                reason = f"a build writes {built[path].bytes} bytes with the sha256 {built[path].sha256}"
                yield Fault(path, "", f"{reason}, here are {manifest[path].bytes} with {manifest[path].sha256}")
