"""The words of our own pages and feeds, in the language of a version: the `site` catalog."""

import hashlib
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from gettext import NullTranslations

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup

from pipeline.model.locale import to_tag
from pipeline.model.posting import SectionKind
from pipeline.model.site_settings import FOOTER_CONTEXT, SiteSettings
from pipeline.publishing.versions.isolation import isolate_text

_PLACE = re.compile(r"%\(\w+\)[sd]")
WORDS_LANGUAGE = "en"
# Large enough to meet every plural category that CLDR has for whole numbers: "many" in French begins at a million.
_COUNTS = (*range(201), 1_000_000)


def pgettext(context: str, text: str) -> tuple[str, str]:
    """Mark a text for extraction into the `site` catalog; it is looked up when it is printed."""
    return context, text


_HEADINGS = {
    SectionKind.DESCRIPTION: pgettext("section", "Description"),
    SectionKind.RESPONSIBILITIES: pgettext("section", "Responsibilities"),
    SectionKind.REQUIREMENTS: pgettext("section", "Requirements"),
    SectionKind.NICE_TO_HAVE: pgettext("section", "Nice to have"),
    SectionKind.OFFER: pgettext("section", "What we offer"),
    SectionKind.ABOUT: pgettext("section", "About us"),
    SectionKind.PROCESS: pgettext("section", "How to apply"),
    SectionKind.OTHER: pgettext("section", "Further information"),
}
_EMPLOYMENT_TYPES = {
    "FULL_TIME": pgettext("employment type", "Full time"),
    "PART_TIME": pgettext("employment type", "Part time"),
    "CONTRACTOR": pgettext("employment type", "Contractor"),
    "TEMPORARY": pgettext("employment type", "Temporary"),
    "INTERN": pgettext("employment type", "Internship"),
    "VOLUNTEER": pgettext("employment type", "Volunteer"),
    "PER_DIEM": pgettext("employment type", "By the day"),
    "OTHER": pgettext("employment type", "Other"),
}
_PAY_UNITS = {
    "HOUR": pgettext("pay", "%(amount)s per hour"),
    "DAY": pgettext("pay", "%(amount)s per day"),
    "WEEK": pgettext("pay", "%(amount)s per week"),
    "MONTH": pgettext("pay", "%(amount)s per month"),
    "YEAR": pgettext("pay", "%(amount)s per year"),
}


# What a reader of a machine's translation has to understand: never said in English beside another language.
LABELS = (
    "Machine translation from %(language)s, not reviewed by a person",
    "Machine-translated from %(language)s",
    "Report this translation",
)
LABELS_WITH_COUNT = (("%(num)d sentence is shown in %(language)s", "%(num)d sentences are shown in %(language)s"),)


def untranslated_labels(translations: NullTranslations, locale: Locale) -> tuple[str, ...]:
    """Return the labels of a machine's translation without a target in a language: it then has no such version."""
    if locale.language == WORDS_LANGUAGE:
        return ()
    single = [label for label in LABELS if translations.gettext(label) == label]
    counted_ones = [one for one, many in LABELS_WITH_COUNT if translations.ngettext(one, many, 2) == many]
    return (*single, *counted_ones)


# What cards say of a posting, in words of our own.
_FACTS = {
    "remote": ("Remote", "Remote – anywhere", "Remote – open to %(countries)s"),
    "posted": ("Posted %(date)s",),
    "edited": ("updated %(date)s",),
    "apply": ("Apply by %(date)s",),
    "label": ("Translated and reviewed",),
}


_NAMED_FACTS = {"pay": _PAY_UNITS, "types": _EMPLOYMENT_TYPES}


def languages_of_facts(translations: NullTranslations, locale: Locale) -> dict[str, str]:
    """Return by its name what the element of each fact of a card says: English if none of its words has a target."""
    said = {name: all(translations.gettext(word) == word for word in words) for name, words in _FACTS.items()}
    for name, words in _NAMED_FACTS.items():
        said[name] = all(translations.pgettext(context, word) == word for context, word in words.values())
    english = Markup(' lang="{}" dir="ltr"').format(WORDS_LANGUAGE)
    own = locale.language == WORDS_LANGUAGE
    return {"place": "", **{name: english if missing and not own else "" for name, missing in said.items()}}


def digest_of_words(translations: NullTranslations) -> str:
    """Return a digest of all words of a language, its plural rule among them."""
    words = vars(translations).get("_catalog", {})
    return hashlib.sha256(repr(sorted(words.items(), key=repr)).encode("utf-8", "surrogatepass")).hexdigest()


def site_title(translations: NullTranslations, locale: Locale, name: str) -> str:
    """Return what the whole site is called: after its owner, if they say a name, which keeps its own direction."""
    if not name:
        source = "Job postings"
        return fillable(translations.gettext("Job postings"), source)
    source = "Jobs at %(name)s"
    title = fillable(translations.gettext("Jobs at %(name)s"), source)
    return title % {"name": isolate_text(name, locale, whole=True)}


def owners_footer(translations: NullTranslations, locale: Locale, settings: SiteSettings) -> str:
    """Return what the owner wrote for the foot of every page, an element with its language if it is not translated."""
    written_in = settings.footer_locale
    target = translations.pgettext(FOOTER_CONTEXT, settings.footer) if settings.footer else ""
    if target != settings.footer or written_in is None or written_in.language == locale.language or not target:
        return target
    marked = Markup('<span lang="{}" dir="{}">{}</span>')
    return marked.format(to_tag(written_in), written_in.text_direction, target)


def section_heading(translations: NullTranslations, kind: SectionKind) -> str:
    """Return the heading of a kind of section."""
    return translations.pgettext(*_HEADINGS[kind])


def employment_type(translations: NullTranslations, code: str) -> str:
    """Return the name of an employment type; a code that is not of the common ones is printed in words."""
    known = _EMPLOYMENT_TYPES.get(code)
    return translations.pgettext(*known) if known else code.replace("_", " ").capitalize()


def pay(translations: NullTranslations, amount: str, unit: str) -> str:
    """Return an amount with the time that it is paid for."""
    return translations.pgettext(*_PAY_UNITS[unit]) % {"amount": amount}


def counted(locale: Locale, translations: NullTranslations, one: str, many: str, count: int) -> str:
    """Return a text with its count written as the locale writes it; what else is to be filled in stays."""
    return fillable(translations.ngettext(one, many, count), many).replace(
        "%(num)d", format_decimal(count, locale=locale)
    )


def found(translations: NullTranslations, count: int) -> str:
    """Return how many postings a search or a filter found; the number stays a placeholder."""
    if count == 0:
        return translations.gettext("No posting found")
    return translations.ngettext("%(num)d posting found", "%(num)d postings found", count)


def found_forms(translations: NullTranslations, locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield what `found` says by CLDR plural category, and for "none", so that a script can choose; # is the number."""
    yield "none", found(translations, 0)
    plural_form = locale.plural_form
    counts = {plural_form(count): count for count in reversed(_COUNTS) if count}
    yield from (
        (category, found(translations, count).replace("%(num)d", "#")) for category, count in sorted(counts.items())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What a page in another language says, in its own, to lead a reader to a version."""

    read: str
    decline: str
    chosen_before: str
    postings: str
    missing: str
    why_missing: str
    all_postings: str


def invitation(translations: NullTranslations, locale: Locale, count: int) -> Invitation:
    """Invite to a version of `count` postings."""
    marked = marked_where_untranslated(translations)
    postings = marked.ngettext("%(num)d posting in this language", "%(num)d postings in this language", count)
    return Invitation(
        read=marked.gettext("Read this page in your language"),
        decline=marked.gettext("Not now"),
        chosen_before=marked.gettext("Your last choice"),
        postings=postings.replace("%(num)d", format_decimal(count, locale=locale)),
        missing=marked.gettext("This page does not exist"),
        why_missing=marked.gettext("The posting may have been taken down, or the address may be mistyped."),
        all_postings=marked.gettext("All postings"),
    )


def fillable(target: str, source: str) -> str:
    """Return a target whose places can be filled with what those of its source are, else the source itself.

    A plural form may leave its number out.

    >>> fillable("100 % de %(name)s", "100 %% of %(name)s"), fillable("de %(name)s", "of %(name)s")
    ('100 %% of %(name)s', 'de %(name)s')
    """
    places = set(_PLACE.findall(target))
    rest = _PLACE.sub("", target).replace("%%", "")
    return target if "%" not in rest and places <= set(_PLACE.findall(source)) else source


def marked_where_untranslated(translations: NullTranslations) -> NullTranslations:
    """Return the same words; one that has no translation is an element that says in which language it is."""
    marked = copy(translations)
    marked.add_fallback(_Untranslated())
    return marked


class _Untranslated(NullTranslations):
    def gettext(self, message: str) -> str:
        return _marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _marked(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        del context
        return _marked(message)


def _marked(message: str) -> str:
    return Markup('<span lang="{}">{}</span>').format(WORDS_LANGUAGE, message)
