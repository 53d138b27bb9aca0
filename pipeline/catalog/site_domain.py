"""The `site` domain: the words of our own pages and feeds, extracted with Babel, translated by hand."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.extract import extract_from_dir

from pipeline.catalog.layout import SITE_DOMAIN, catalog_path
from pipeline.catalog.mo_file import serialize_mo
from pipeline.catalog.pairing import Incoming
from pipeline.catalog.po_file import Catalog, read_catalog
from pipeline.language.plurals import PluralRule
from pipeline.model.locale import written_alike
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState

SITE_LANGUAGE = "en"
_METHODS = [("**.py", "python"), ("pages/templates/**.html", "jinja2")]
_OPTIONS = {"pages/templates/**.html": {"trimmed": "true", "encoding": "utf-8"}}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


@cache
def site_words() -> tuple[Incoming, ...]:
    """Extract the words of our pages and feeds, in the order of the files that print them."""
    root = Path(str(files("pipeline.publishing")))
    found: dict[UnitKey, Incoming] = {}
    extracted = extract_from_dir(root, _METHODS, _OPTIONS, _KEYWORDS)
    for name, _, words, _, context in sorted(extracted, key=lambda word: (word[0], word[1])):
        source, plural = (words[0], words[1]) if isinstance(words, tuple) else (words, "")
        key = UnitKey(context or "", source)
        before = found.get(key, Incoming(key=key, references=(), plural_source=plural))
        places = dict.fromkeys((*before.references, f"pipeline/publishing/{name}"))
        found[key] = replace(before, references=tuple(places))
    return tuple(found.values())


def shipped_words(locale: Locale) -> Catalog | None:
    """Return the translation of our words that comes with Polypost, of this locale or the nearest; None without one."""
    return next(filter(None, map(read_catalog, _shipped_paths(locale))), None)


def page_words(locale: Locale, own: Catalog | None) -> NullTranslations:
    """Return the reviewed words of our pages in a locale: of the project's `own` catalog, else the shipped ones."""
    catalog = own or shipped_words(locale)
    return GNUTranslations(BytesIO(serialize_mo(catalog))) if catalog else NullTranslations()


def seed_words(units: tuple[Unit, ...], shipped: Catalog | None, rule: PluralRule | None) -> tuple[Unit, ...]:
    """Give words that a project has not translated the target that comes with Polypost; its own ones stay.

    `rule` is that of the project's catalog: a plural gets as many forms as it asks for, one that was given others too.
    """
    known = {unit.key: unit for unit in shipped.units if unit.state is UnitState.REVIEWED} if shipped else {}
    written_for = shipped.plural_rule if shipped else None
    return tuple(_seeded(unit, known[unit.key], rule, written_for) if unit.key in known else unit for unit in units)


def _seeded(unit: Unit, shipped: Unit, rule: PluralRule | None, written_for: PluralRule | None) -> Unit:
    if unit.state is UnitState.UNTRANSLATED:
        unit = replace(shipped, references=unit.references)
    targets = shipped.extras.plural_targets
    if not targets or unit.extras.plural_targets != targets or rule is None or written_for is None:
        return unit
    fitted = rule.fitted(targets, written_for)
    return replace(unit, target=fitted[0], extras=replace(unit.extras, plural_targets=fitted))


def _shipped_paths(locale: Locale) -> Iterator[Path]:
    package = Path(str(files("pipeline")))
    folder = package / "site"  # in an installed wheel
    if not folder.is_dir():
        folder = package.parent / "locales"  # in a checkout
    found = sorted(path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{SITE_DOMAIN}.po"))
    alike = [name for name in found if written_alike(Locale.parse(name), locale)]
    for name in sorted(alike, key=lambda name: (name != str(locale), name)):
        yield catalog_path(folder, Locale.parse(name), SITE_DOMAIN)
