"""A build with pseudo-translated words: none of our own escapes the `site` catalog, none of a posting is published."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import get_currency_symbol

from pipeline.catalog.incoming import posting_reference
from pipeline.catalog.layout import SITE_DOMAIN, catalog_path
from pipeline.catalog.po_file import Catalog, read_catalog, write_catalog
from pipeline.config import read_settings
from pipeline.language.city_names import city_name
from pipeline.model.locale import sentence_gap, to_tag
from pipeline.model.markup import split_markup, strip_markup
from pipeline.model.max_risk import NO_MAX_RISK
from pipeline.model.outcome import Decision
from pipeline.model.posting import Posting, Section
from pipeline.model.segment import SegmentedSection
from pipeline.model.unit import Unit, UnitState
from pipeline.publishing.versions.facts import short_date
from pipeline.publishing.versions.ledger import continue_ledger, latest
from pipeline.publishing.versions.version import newest_first
from pipeline.translation.engines.pseudo import PseudoEngine, pseudo_translate
from pipeline.translation.protection import mask, unmask
from pipeline.workflow.build import Built, build
from pipeline.workflow.localizing import Localized, Recorded
from pipeline.workflow.posting_files import find_posting_files
from pipeline.workflow.project import Project
from pipeline.workflow.standing import decide_all
from tests.projects import CONFIG, NO_MODELS, polypost, read_tree, write_tree
from tests.publishing.examples import version_of
from tests.shared import built_samples
from tests.workflow.visible_text import Explained, OwnWords, visible_texts, without_figures

PT_BR = Locale("pt", "BR")
ACCEPTED = "lighthouse"
KEPT = "The light is older than the town."
STANDARD_HEADINGS = {
    "description": "The role",
    "responsibilities": "Responsibilities",
    "requirements": "Requirements",
    "nice_to_have": "Nice to have",
    "offer": "What we offer",
    "about": "About us",
    "process": "How to apply",
}
EMPLOYMENT = ["FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"]
# No posting has a standard heading of the kind "other": the lexicon knows none.
NEVER_PRINTED = {"Further information"}
# No version of the samples is so large that its list has pages; test_large_lists reads their numbers.
IN_PAGES_OF_LISTS = {"Page %(page)s of %(pages)s"}
# The samples have no owner; tests of a site of one's own read these.
OF_OWNERS = {"Jobs at %(name)s", "Legal notice", "Privacy", "Report this translation"}
# None of them has expired, and no employer has two; tests of these pages read the words.
OF_OTHER_POSTINGS = {
    "Applications were accepted until %(date)s.",
    "This job is no longer open",
    "All postings of this employer",
    "More from this employer",
}
FORMATS = ("Atom", "RSS", "JSON Feed", "XML")


def every_label() -> str:
    """Return postings that make the pages say what the samples alone do not: every pay unit, type and heading."""
    whole = {
        "id": ACCEPTED,
        "title": "Lighthouse keeper",
        "language": "en",
        "locations": [{"country": "IE", "city": "Wicklow"}],
        "employment_type": EMPLOYMENT,
        "sections": [
            {
                "kind": kind,
                "heading": heading,
                "items": [KEPT if kind == "about" else "You work with three colleagues."],
            }
            for kind, heading in STANDARD_HEADINGS.items()
        ],
    }
    paid = [
        {
            "id": f"paid-by-{unit.lower()}",
            "title": "Lamp cleaner",
            "language": "en",
            "salary": {"currency": currency, "min": 20, "max": 25.5, "unit": unit},
            "sections": [{"kind": "requirements", "items": ["You like ladders."]}],
        }
        for unit, currency in (("HOUR", "EUR"), ("DAY", "CHF"), ("WEEK", "KES"), ("MONTH", "JOD"), ("YEAR", "JPY"))
    ]
    return "".join(json.dumps(posting) + "\n" for posting in (whole, *paid))


@dataclass(frozen=True, kw_only=True)
class PseudoSite:
    """A release whose own words are pseudo-translated, with what was decided on every posting."""

    files: dict[str, bytes]
    built: Built
    decisions: Mapping[Locale, Sequence[Decision]]
    words: dict[str, set[str]]

    @cached_property
    def own(self) -> OwnWords:
        """Our own words in every form."""
        return OwnWords(target for targets in self.words.values() for target in targets)

    @cached_property
    def known(self) -> dict[str, frozenset[str]]:
        """What CLDR and the postings say, by the folder of the language; outside of these, in any of them."""
        by_folder = {
            to_tag(locale): frozenset(
                (*cldr_phrases(locale, self.built), *self.days(locale), *posting_phrases(decisions), *FORMATS)
            )
            for locale, decisions in self.decisions.items()
        }
        return by_folder | {"": frozenset().union(*by_folder.values())}

    def days(self, locale: Locale) -> Iterator[str]:
        """Yield the days that elements for days name, as cards write them."""
        content = b"".join(text for path, text in self.files.items() if path.endswith(".html"))
        for written in set(re.findall(rb'datetime="([\d-]+)"', content)):
            day = date.fromisoformat(written.decode())
            yield from (short_date(locale, day), short_date(locale, day, day))

    def explain(self, path: str, content: bytes) -> Explained:
        """Explain all texts of one file."""
        known = self.known[path.rpartition("/")[0].split("/")[0]]
        found = [self.own.explain(text, known) for text in visible_texts(path, content)]
        return Explained(
            frozenset(target for each in found for target in each.own),
            tuple(leak for each in found for leak in each.leaks),
        )


def pseudo(source: str) -> str:
    """Take a text the way it takes to the pseudo engine and back, placeholders kept."""
    masked = mask(source, PseudoEngine.marker)
    return unmask(pseudo_translate(masked.text), masked.originals, PseudoEngine.marker)


def pseudo_unit(unit: Unit) -> Unit:
    first, rest = pseudo(unit.key.source), pseudo(unit.extras.plural_source)
    forms = tuple(rest if number else first for number in range(len(unit.extras.plural_targets)))
    target = "" if forms else first
    return replace(unit, target=target, doubtful=False, extras=replace(unit.extras, plural_targets=forms))


def read_words(project: Project, locale: Locale) -> Catalog:
    catalog = read_catalog(catalog_path(project.locales_dir, locale, SITE_DOMAIN))
    assert catalog is not None
    return catalog


def accept(project: Project, posting_id: str) -> None:
    """Do what a reviewer does: take the doubt off every unit of a posting, and keep one sentence as written."""
    path = catalog_path(project.locales_dir, PT_BR, "postings.en")
    catalog = read_catalog(path)
    assert catalog is not None
    units = tuple(
        replace(unit, doubtful=False, target=KEPT if unit.key.source == KEPT else unit.target)
        if posting_reference(posting_id) in unit.references and unit.translated
        else unit
        for unit in catalog.units
    )
    write_catalog(path, replace(catalog, units=units))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> PseudoSite:
    root = tmp_path_factory.mktemp("pseudo")
    samples = built_samples(tmp_path_factory)
    for name in ("samples", "locales", "build"):
        shutil.copytree(samples / name, root / name)
    shutil.copy(samples / "polypost.toml", root)
    write_tree(root, {"samples/every-label.jsonl": every_label()})
    settings = replace(read_settings(root / "polypost.toml"), max_risk=NO_MAX_RISK)  # no sentence stands as written
    project = Project(
        settings=settings,
        files=find_posting_files(settings),
        locales_dir=root / "locales",
        build_dir=root / "build",
        out=root / "public",
    )
    words: dict[str, set[str]] = {}
    for locale in settings.locales:
        catalog = read_words(project, locale)
        units = tuple(map(pseudo_unit, catalog.units))
        write_catalog(catalog_path(project.locales_dir, locale, SITE_DOMAIN), replace(catalog, units=units))
        for unit in units:
            words.setdefault(unit.key.source, set()).update(unit.extras.plural_targets or (unit.target,))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in NO_MODELS.items():
            patch.setenv(name, value)
        build(project)
        accept(project, ACCEPTED)
        built = build(project)
        made = list(decide_all(project, built.intake, built.translated.catalogs))
    decisions = {locale: [item for item in made if item.locale == locale] for locale in project.settings.locales}
    return PseudoSite(files=read_tree(root / "public"), built=built, decisions=decisions, words=words)


def cldr_phrases(locale: Locale, built: Built) -> Iterator[str]:
    """Yield what CLDR knows: names of languages, countries, cities and currencies, codes of the last, and days."""
    for version in built.published.reasons:
        yield from (version.get_display_name(version) or "", version.get_display_name(locale) or "")
    for posting in (item.posting for item in built.intake.segmented):
        yield from (city_name(locale, place.city, place.country) for place in posting.locations)
        for code in (*posting.countries, *posting.applicant_countries):
            yield locale.territories[code]
        if posting.language:
            yield posting.language.get_display_name(locale) or ""
        if posting.salary:
            currency = posting.salary.currency  # the choice beside an amount shows the code
            yield from (currency, without_figures(get_currency_symbol(currency, locale)))
        for day in filter(None, (posting.date_posted, posting.valid_through)):
            yield format_date(day, "long", locale=locale)


def posting_phrases(decisions: Iterable[Decision]) -> Iterator[str]:
    """Yield what the postings of a version say: names, places, and every text as written or as its unit has it."""
    for decision in decisions:
        posting = decision.segmented.posting
        yield from (posting.organization, *(place.city for place in posting.locations))
        for text in posting_texts(decision, posting):
            yield from (" ".join(part.split()) for part in (strip_markup(text), *split_markup(text)[::2]))


def posting_texts(decision: Decision, posting: Posting) -> Iterator[str]:
    if not decision.units:
        written = posting.written_for(decision.locale)
        assert written is not None
        yield written.title
        for section in written.sections:
            yield from source_texts(section)
        return
    targets = {unit.key.source: unit.target for unit in decision.units}
    yield from (*targets, *targets.values())  # the original stands under each
    for part in decision.segmented.sections:
        yield from translated_paragraphs(part, targets, decision.locale)


def source_texts(section: Section) -> Iterator[str]:
    yield from (section.heading, *(block.text for block in section.blocks))


def translated_paragraphs(section: SegmentedSection, targets: dict[str, str], locale: Locale) -> Iterator[str]:
    for block in section.blocks:
        yield sentence_gap(locale).join(targets[segment] for segment in block.segments)


def test_no_word_of_our_own_escapes_the_site_catalog(site: PseudoSite) -> None:
    leaks = {path: site.explain(path, content).leaks for path, content in site.files.items()}
    assert {path: found for path, found in leaks.items() if found} == {}


def test_every_word_of_the_site_catalog_is_printed_somewhere(site: PseudoSite) -> None:
    printed = {target for path, content in site.files.items() for target in site.explain(path, content).own}
    missing = {source for source, targets in site.words.items() if not targets & printed}
    assert missing == NEVER_PRINTED | IN_PAGES_OF_LISTS | OF_OWNERS | OF_OTHER_POSTINGS


@pytest.mark.parametrize(
    ("path", "before", "planted"),
    [
        ("index.html", "</main>", "<p>Choose one</p></main>"),
        ("fr/index.html", '<main id="content">', '<main id="content" aria-label="Listing">'),
        ("de/index.html", 'property="og:title" content="', 'property="og:title" content="Openings: '),
        ("fr/index.html", "</head>", '<meta name="description" content="Openings"></head>'),
        ("ar/index.html", "<title>", "<title>Openings: "),
        ("en/index.html", '<span class="count">1</span>', '<span class="count">1 posting</span>'),
        ("de/feed.json", '"title": "', '"title": "Feed of '),
        ("es/atom.xml", "<name>", "<name>by "),
        ("es/rss.xml", "<dc:creator>", "<dc:creator>by "),
        ("fr/jobs.xml", "<publisher><![CDATA[", "<publisher><![CDATA[Feed of "),
        ("de/opensearch.xml", "<Description>", "<Description>Search "),
        ("robots.txt", "Allow", "# Welcome\nAllow"),
        ("style.css", ".card {", '.card::before { content: "New"; } .card {'),
        ("app.js", "const form =", 'document.title = "Postings"; const form ='),
        ("icon.svg", "</svg>", "<title>Postings</title></svg>"),
    ],
)
def test_plain_word_that_is_planted_is_found(site: PseudoSite, path: str, before: str, planted: str) -> None:
    content = site.files[path].decode()
    assert before in content
    assert site.explain(path, content.replace(before, planted, 1).encode()).leaks != ()


SHOWN = """\
Title: Lamp cleaner
Language: en

Requirements:
You like ladders
"""
FOR_SHOW = CONFIG.replace('["bergamot"]', '["pseudo"]')


@pytest.mark.parametrize("accepted", [False, True], ids=["as made", "accepted by a reviewer"])
def test_pseudo_translation_is_never_published(tmp_path: Path, *, accepted: bool) -> None:
    write_tree(tmp_path, {"polypost.toml": FOR_SHOW, "postings/lamp.txt": SHOWN})
    assert polypost(tmp_path, "build").returncode == 0
    path = catalog_path(tmp_path / "locales", PT_BR, "postings.en")
    catalog = read_catalog(path)
    assert catalog is not None
    assert [unit.target for unit in catalog.units] == ["⟦Làmp çléàñéŕ ~~~~⟧", "⟦Ýôú lîķé làddéŕš ~~~~~~⟧"]
    if accepted:
        units = tuple(replace(unit, doubtful=False) for unit in catalog.units)
        assert {unit.state for unit in units} == {UnitState.REVIEWED}
        write_catalog(path, replace(catalog, units=units))
        assert polypost(tmp_path, "build").returncode == 0
    told = json.loads(polypost(tmp_path, "why", "lamp", "pt-BR", "--json").stdout)
    assert (told["published"], told["reason"]) == (False, "finding")
    assert not (tmp_path / "public/pt-BR").exists()
    assert b"\xe2\x9f\xa6" not in b"".join(read_tree(tmp_path / "public").values())


def test_lists_know_of_each_posting_what_its_text_says(site: PseudoSite) -> None:
    for locale, rulings in site.built.published.rulings.of.items():
        localized = Localized(rulings, site.built.intake.outlines)
        record = latest(continue_ledger({}, localized.told(), edition=None, as_of=None))
        recorded = Recorded(localized, record)
        version = version_of(locale, list(recorded), NullTranslations())
        assert version.postings.entries == tuple(sorted(recorded.entries(), key=newest_first))
