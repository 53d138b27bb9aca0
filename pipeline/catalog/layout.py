"""Where catalogs lie, what their headers say, which units they hold."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from babel import Locale

from pipeline.catalog.incoming import Incoming, posting_reference
from pipeline.catalog.po_file import PLURAL_FORMS, Catalog
from pipeline.language.plurals import parse_plural_rule, plural_rule
from pipeline.model.locale import source_language
from pipeline.model.segment import SegmentedPosting, UnitKey
from pipeline.model.unit import Extras, Unit

POSTINGS_PREFIX = "postings."
SITE_DOMAIN = "site"


def postings_domain(language: Locale) -> str:
    """Name the domain that holds the segments of postings written in `language`."""
    return POSTINGS_PREFIX + source_language(language)


def catalog_path(locales_dir: Path, locale: Locale, domain: str) -> Path:
    """Return where gettext's tools look for a catalog."""
    return locales_dir / str(locale) / "LC_MESSAGES" / f"{domain}.po"


def template_path(locales_dir: Path, domain: str) -> Path:
    """Return where the template of a domain lies."""
    return locales_dir / f"{domain}.pot"


def source_languages(locales_dir: Path) -> set[str]:
    """Name the source languages that have a template: also those that no posting is written in any more."""
    return {path.name[len(POSTINGS_PREFIX) : -len(".pot")] for path in locales_dir.glob(f"{POSTINGS_PREFIX}*.pot")}


def house_headers(source: str, locale: Locale | None) -> tuple[tuple[str, str], ...]:
    """Return the header fields that are ours: no date, so that a second run changes nothing."""
    fields = {
        "Project-Id-Version": "polypost",
        "Language": str(locale) if locale else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
    }
    if locale is not None:
        fields[PLURAL_FORMS] = plural_rule(locale).header
    return tuple(fields.items())


def with_house_headers(catalog: Catalog | None, source: str, locale: Locale | None) -> Catalog:
    """Return a catalog with our fields set where they are missing or empty; what other tools wrote stays.

    pot2po takes fields over from the template, whose `Language` is empty.
    """
    if catalog is None:
        return Catalog(headers=house_headers(source, locale))
    said = tuple((name, value) for name, value in catalog.headers if value)
    fields = dict(catalog.headers) | dict(house_headers(source, locale)) | dict(said)
    return Catalog(headers=tuple(fields.items()), notes=catalog.notes, units=catalog.units)


def plural_faults(catalog: Catalog, locale: Locale) -> Iterator[str]:
    """Yield what is wrong with the plural rule of a catalog, and with every plural that does not follow it.

    msgfmt refuses such a catalog, and a page that looks up a form that is missing shows the source instead.
    """
    fault = plural_rule_fault(catalog, locale)
    if fault:
        yield fault
        return
    forms = parse_plural_rule(dict(catalog.headers)[PLURAL_FORMS]).forms
    for unit in catalog.units:
        found = len(unit.extras.plural_targets)
        if any(unit.extras.plural_targets) and not unit.retired and found != forms:
            wanted = f"msgstr[0] to msgstr[{forms - 1}]" if forms > 1 else "msgstr[0] alone"
            yield (
                f"has {found} plural forms for {unit.key.source!r} and {forms} by its header {PLURAL_FORMS}; "
                f"write {wanted}"
            )


def plural_rule_fault(catalog: Catalog, locale: Locale) -> str:
    """Return what is wrong with the plural rule in the header, and what to write there; "" if nothing is."""
    header = dict(catalog.headers).get(PLURAL_FORMS)
    ours = f'"{PLURAL_FORMS}: {plural_rule(locale).header}\\n"'
    if header is None:
        return f"has no header {PLURAL_FORMS}; polypost catalogs update writes {ours}"
    try:
        parse_plural_rule(header)
    except ValueError as error:
        return f"its header {PLURAL_FORMS}, {header!r}, {error}; write {ours}"
    return ""


def incoming_units(postings: Iterable[SegmentedPosting]) -> tuple[Incoming, ...]:
    """Gather the segments of postings, in their order, each once with every posting it stands in."""
    places: dict[UnitKey, list[str]] = {}
    for segmented in postings:
        reference = posting_reference(segmented.posting.id)
        for key in segmented.keys():  # noqa: SIM118  a posting is no mapping
            places.setdefault(key, []).append(reference)
    return tuple(Incoming(key=key, references=tuple(references)) for key, references in places.items())


def template(source: str, incoming: Iterable[Incoming]) -> Catalog:
    """Return the template of a domain: its units without targets."""
    units = tuple(
        Unit(
            key=arriving.key,
            references=arriving.named,
            extras=Extras(plural_source=arriving.plural_source),
        )
        for arriving in incoming
    )
    return Catalog(headers=house_headers(source, None), units=units)


def for_locales(postings: Iterable[SegmentedPosting], locales: Collection[Locale]) -> Iterator[SegmentedPosting]:
    """Choose the postings that are to be translated into one of the locales."""
    return (item for item in postings if is_for_any(item, locales))


def is_for_any(segmented: SegmentedPosting, locales: Collection[Locale]) -> bool:
    """Tell whether a posting is to be translated into one of the locales."""
    return any(_translatable(segmented, locale) for locale in locales)


def _translatable(segmented: SegmentedPosting, locale: Locale) -> bool:
    posting = segmented.posting
    if posting.language is None or not posting.translate:
        return False
    if posting.written_for(locale) is not None:
        return False
    return posting.locales is None or locale in posting.locales
