"""The words of our own pages and feeds, in the language of a version: the `site` catalog."""

from gettext import NullTranslations

from pipeline.model.posting import SectionKind


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
