"""What a list says of a posting, in the words and forms of its version: a card of plain texts, made without its text.

    card_of(version, entry).place  ->  "Lyon, France"

The template `card.html` puts each text into an element of its own, and a script that shows what somebody searched for
fills the same elements, so that a posting looks the same wherever it is listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale

from pipeline.model.locale import to_tag
from pipeline.model.outcome import Reason
from pipeline.publishing.versions import facts, wording
from pipeline.publishing.versions.version import Entry, Version

# Of more places or countries than these, one less is named and the others are counted.
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The texts of a card, "" for what is not known; `path` leads from the folder of the language.

    `title_language` is the title's, where it is not the version's. Each text about a day stands beside that day.
    """

    path: str
    title: str
    title_language: Locale | None = None
    employer: str = ""
    place: str = ""
    remote: str = ""
    pay: str = ""
    types: str = ""
    posted: date | None = None
    posted_text: str = ""
    edited: date | None = None
    edited_text: str = ""
    apply_by: date | None = None
    apply_text: str = ""
    label: str = ""
    by_machine: bool = False


def card_of(version: Version, entry: Entry) -> Card:
    """Say in short what there is to know of a posting."""
    return Card(
        path=entry.path,
        title=entry.title,
        title_language=entry.title_language if to_tag(entry.title_language) != version.tag else None,
        employer=entry.organization,
        place=place_text(version, entry),
        remote=remote_text(version, entry),
        pay=pay_text(version, entry),
        types=types_text(version, entry),
        posted=entry.posted,
        posted_text=posted_text(version, entry),
        edited=entry.edited,
        edited_text=edited_text(version, entry),
        apply_by=entry.valid_through,
        apply_text=apply_text(version, entry),
        label=label_text(version, entry),
        by_machine=entry.translation == Reason.MACHINE,
    )


def place_text(version: Version, entry: Entry) -> str:
    """Name the places of work: "Lyon, France", or "Lyon, France · Paris, France"."""
    shown, more = _first(facts.place_names(version.locale, entry))
    if more:
        words, places = version.translations, ("%(num)d more place", "%(num)d more places")
        shown = [*shown, wording.counted(version.locale, words, *places, more)]
    return " · ".join(shown)


def remote_text(version: Version, entry: Entry) -> str:
    """Say who may do a remote job: "Remote – open to Austria, Switzerland"; "" for work on site."""
    words = version.translations
    if entry.worldwide:
        return words.gettext("Remote – anywhere")
    if not entry.remote or not (entry.applicant_countries or entry.areas):
        return words.gettext("Remote") if entry.remote else ""
    shown, more = _first(facts.open_to_names(version.locale, entry.applicant_countries, entry.areas))
    if more:
        countries = ("%(num)d more country", "%(num)d more countries")
        shown = [*shown, wording.counted(version.locale, words, *countries, more)]
    return _filled(
        words.gettext("Remote – open to %(countries)s"), "countries", facts.comma(version.locale).join(shown)
    )


def pay_text(version: Version, entry: Entry) -> str:
    """Say what it pays."""
    return facts.pay(version.locale, version.translations, entry.salary) if entry.salary else ""


def types_text(version: Version, entry: Entry) -> str:
    """Name its types of employment."""
    types = (wording.employment_type(version.translations, code) for code in entry.employment_type)
    return facts.comma(version.locale).join(types)


def posted_text(version: Version, entry: Entry) -> str:
    """Say when it was posted."""
    return _dated(version, version.translations.gettext("Posted %(date)s"), entry.posted)


def edited_text(version: Version, entry: Entry) -> str:
    """Say when it was changed since, beside the day of posting."""
    return _dated(version, version.translations.gettext("updated %(date)s"), entry.edited, entry.posted)


def apply_text(version: Version, entry: Entry) -> str:
    """Say until when somebody may apply, beside the day of posting."""
    return _dated(version, version.translations.gettext("Apply by %(date)s"), entry.valid_through, entry.posted)


def label_text(version: Version, entry: Entry) -> str:
    """Say who translated it; "" for a posting as it was written."""
    words = version.translations
    if entry.translation == Reason.SOURCE:
        return ""
    if entry.translation != Reason.MACHINE:
        return words.gettext("Translated and reviewed")
    written = entry.source_language  # "Portuguese": the card has no room for "Portuguese (Brazil)"
    name = facts.language_name(version.locale, Locale(written.language, script=written.script)) if written else ""
    return _filled(words.gettext("Machine-translated from %(language)s"), "language", name)


def _dated(version: Version, text: str, day: date | None, since: date | None = None) -> str:
    return _filled(text, "date", facts.short_date(version.locale, day, since)) if day else ""


def _first(names: Sequence[str]) -> tuple[list[str], int]:
    """Return the names to be shown, and how many more there are."""
    shown = names if len(names) <= _MOST_NAMES else names[: _MOST_NAMES - 1]
    return [*shown], len(names) - len(shown)


def _filled(text: str, name: str, value: str) -> str:
    return text.replace(f"%({name})s", value)
