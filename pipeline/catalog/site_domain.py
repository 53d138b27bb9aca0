"""The `site` domain: the words of our own pages and feeds, extracted with Babel, translated by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel import Locale

from pipeline.catalog.incoming import Incoming
from pipeline.catalog.layout import SITE_DOMAIN, catalog_path
from pipeline.catalog.mo_file import serialize_mo
from pipeline.catalog.po_file import Catalog, read_catalog
from pipeline.language.plurals import PluralRule
from pipeline.language.serbian import in_latin_letters
from pipeline.model.locale import written_alike
from pipeline.model.segment import UnitKey
from pipeline.model.site_settings import FOOTER_CONTEXT, NO_SETTINGS, SiteSettings
from pipeline.model.unit import Unit, UnitState, digest

SITE_LANGUAGE = "en"
_SERBIAN, _SERBIAN_IN_LATIN = Locale("sr"), Locale("sr", script="Latn")
_METHODS = [("**.py", "python"), ("pages/templates/**.html", "jinja2")]
_JINJA_OPTIONS = {"trimmed": "true", "encoding": "utf-8"}
_OPTIONS = {"pages/templates/**.html": _JINJA_OPTIONS}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def site_words(settings: SiteSettings = NO_SETTINGS) -> tuple[Incoming, ...]:
    """Extract the words of our pages and feeds, in the order of the files that print them, then those of the owner.

    An owner brings a footer, and what their templates mark with `_(…)`; both are translated in their own catalogs.
    """
    from babel.messages.extract import extract  # noqa: PLC0415  only for who updates catalogs

    found = {word.key: word for word in _our_words()}
    if settings.footer:
        footer = _incoming(settings.footer, FOOTER_CONTEXT, "polypost.toml")
        found.setdefault(footer.key, footer)
    for template in settings.templates:
        source = BytesIO(template.source.encode())
        for _, message, _, context in extract("jinja2", source, _KEYWORDS, (), _JINJA_OPTIONS):
            word = _incoming(message, context or "", template.place)
            found.setdefault(word.key, word)
    return tuple(found.values())


@cache
def _our_words() -> tuple[Incoming, ...]:
    from babel.messages.extract import extract_from_dir  # noqa: PLC0415  as above

    root = Path(str(files("pipeline.publishing")))
    found: dict[UnitKey, Incoming] = {}
    extracted = extract_from_dir(root, _METHODS, _OPTIONS, _KEYWORDS)
    for name, _, words, _, context in sorted(extracted, key=lambda word: (word[0], word[1])):
        word = _incoming(words, context or "", f"pipeline/publishing/{name}")
        before = found.setdefault(word.key, word)
        places = dict.fromkeys((*before.references, *word.references))
        found[word.key] = replace(before, references=tuple(places))
    return tuple(found.values())


def _incoming(message: str | tuple[str, ...], context: str, place: str) -> Incoming:
    source, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
    return Incoming(key=UnitKey(context, source), references=(place,), plural_source=plural)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCounts:
    """How many words a catalog has, how many are drafts, and how many have no target and are said in English."""

    words: int
    drafts: int
    missing: int

    @classmethod
    def of(cls, catalog: Catalog | None) -> "WordCounts":
        """Count the words of a `site` catalog."""
        units = [unit for unit in catalog.units if not unit.retired] if catalog else []
        return cls(
            words=len(units),
            drafts=sum(unit.draft for unit in units),
            missing=sum(unit.state is not UnitState.REVIEWED for unit in units),
        )


@cache
def shipped_locales() -> tuple[Locale, ...]:
    """Return the locales whose words come with Polypost, in the order of their names."""
    found = _shipped_folder().glob(f"*/LC_MESSAGES/{SITE_DOMAIN}.po")
    return tuple(Locale.parse(name) for name in sorted(path.parts[-3] for path in found))


def shipped_words(locale: Locale) -> Catalog | None:
    """Return the translation of our words that comes with Polypost, of this locale or the nearest; None without one.

    Serbian comes in Cyrillic letters and is written in Latin ones by rule.
    """
    found = next(filter(None, map(read_catalog, _shipped_paths(locale))), None)
    if found is None and written_alike(_SERBIAN_IN_LATIN, locale):
        cyrillic = shipped_words(_SERBIAN)
        return cyrillic and replace(cyrillic, units=tuple(map(_in_latin_letters, cyrillic.units)))
    return found


def _in_latin_letters(unit: Unit) -> Unit:
    plurals = tuple(map(in_latin_letters, unit.extras.plural_targets))
    target = in_latin_letters(unit.target)
    unit = replace(unit, target=target, extras=replace(unit.extras, plural_targets=plurals))
    made = unit.provenance
    return replace(unit, provenance=replace(made, digest=digest(unit.wording))) if made else unit


def page_words(locale: Locale, own: Catalog | None) -> NullTranslations:
    """Return the reviewed words of our pages in a locale: of the project's `own` catalog, else the shipped ones."""
    catalog = own or shipped_words(locale)
    return GNUTranslations(BytesIO(serialize_mo(catalog))) if catalog else NullTranslations()


def seed_words(units: tuple[Unit, ...], shipped: Catalog | None, rule: PluralRule | None) -> tuple[Unit, ...]:
    """Give words that a project has not translated the target that comes with Polypost; its own ones stay.

    A draft stays until somebody changes it or another one comes, and what an older target was guessed to fit goes.
    `rule` is that of the project's catalog: a plural gets as many forms as it asks for, one that was given others too.
    """
    known = {unit.key: unit for unit in shipped.units if unit.state is UnitState.REVIEWED} if shipped else {}
    written_for = shipped.plural_rule if shipped else None
    return tuple(_seeded(unit, known[unit.key], rule, written_for) if unit.key in known else unit for unit in units)


def _seeded(unit: Unit, shipped: Unit, rule: PluralRule | None, written_for: PluralRule | None) -> Unit:
    guessed = unit.doubtful and unit.previous is not None
    if guessed or unit.draft or unit.state is UnitState.UNTRANSLATED:
        unit = replace(shipped, references=unit.references)
    targets = shipped.extras.plural_targets
    if not targets or unit.extras.plural_targets != targets or rule is None or written_for is None:
        return unit
    fitted = rule.fitted(targets, written_for)
    made = unit.provenance
    unit = replace(unit, target=fitted[0], extras=replace(unit.extras, plural_targets=fitted))
    return replace(unit, provenance=replace(made, digest=digest(unit.wording))) if made else unit


def _shipped_folder() -> Path:
    package = Path(str(files("pipeline")))
    packed = package / "site"  # in an installed wheel
    return packed if packed.is_dir() else package.parent / "locales"  # in a checkout


def _shipped_paths(locale: Locale) -> Iterator[Path]:
    alike = [each for each in shipped_locales() if written_alike(each, locale)]
    for each in sorted(alike, key=lambda each: (each != locale, str(each))):
        yield catalog_path(_shipped_folder(), each, SITE_DOMAIN)
