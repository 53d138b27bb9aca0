"""What our feeds say beyond the words of their formats: `_polypost` in JSON, elements of a namespace in Atom and RSS.

Both are made of the same fields, which `docs/feeds.md` lists, so that no format knows more than another:

    {"salary": {"currency": "EUR", "min": 60000, "unit": "YEAR"}, "employment_type": ["FULL_TIME"]}
    <polypost:salary currency="EUR" min="60000" unit="YEAR"/>
    <polypost:employment_type>FULL_TIME</polypost:employment_type>
"""

from collections.abc import Sequence

from pipeline.model.locale import to_tag
from pipeline.model.posting import Location, Posting, Salary
from pipeline.publishing.feeds.xml_text import attribute, text, write_timestamp
from pipeline.publishing.versions.localized import LocalizedPosting

NAMESPACE = "urn:polypost:posting"
PREFIX = "polypost"
EMPLOYMENT = "urn:polypost:employment-type"
Fields = dict[str, object]

# The id of the posting, its countries and how it was translated stand in an id and in categories.
_ELEMENTS = {
    "remote": "remote",
    "source_language": "source_language",
    "locations": "location",
    "applicant_countries": "applicant_country",
    "applicant_areas": "applicant_area",
    "salary": "salary",
    "employment_type": "employment_type",
    "valid_through": "valid_through",
    "organization": "organization",
    "text_modified": "text_modified",
}


def extension_of(localized: LocalizedPosting, countries: Sequence[str]) -> Fields:
    """Return `_polypost` of an item: five fields that are always there, the others where they have a value."""
    posting = localized.posting
    optional: Fields = {
        "locations": _locations(posting),
        "applicant_countries": posting.applicant_countries if posting.remote else (),
        "applicant_areas": posting.areas,
        "salary": _salary(posting.salary) if posting.salary else None,
        "employment_type": posting.employment_type,
        "valid_through": posting.valid_through.isoformat() if posting.valid_through else "",
        "organization": posting.organization,
        "original": localized.original,
        "text_modified": write_timestamp(localized.text_modified) if localized.text_modified else "",
    }
    return {
        "posting": posting.id,
        "countries": countries,
        "remote": posting.remote,
        "translation": localized.translation,
        "source_language": to_tag(localized.source_language) if localized.source_language else None,
    } | {name: value for name, value in optional.items() if value}


def extension_elements(fields: Fields) -> str:
    """Return the same fields as elements, one a line."""
    values = [(_ELEMENTS.get(name), value) for name, value in fields.items() if value]
    return "".join([_elements(element, value) for element, value in values if element])


def _locations(posting: Posting) -> list[dict[str, str]]:
    return [named for place in dict.fromkeys(posting.locations) if (named := _place(place))]


def _place(place: Location) -> dict[str, str]:
    parts = {"country": place.country, "region": place.region, "city": place.city, "postal_code": place.postal_code}
    return {name: value for name, value in parts.items() if value}


def _salary(salary: Salary) -> dict[str, object]:
    bounds = {"min": salary.minimum, "max": salary.maximum}
    amounts = {name: _plain(amount) for name, amount in bounds.items() if amount is not None}
    return {"currency": salary.currency, **amounts, "unit": salary.unit} if amounts else {}


def _plain(amount: float) -> float:
    return int(amount) if amount == int(amount) else amount


def _elements(name: str, value: object) -> str:
    """Return the elements of a field, one a line; what has parts of its own has them as attributes."""
    if isinstance(value, list | tuple):
        return "".join([_elements(name, each) for each in value])
    if isinstance(value, dict):
        parts = "".join([f' {part}="{attribute(str(found))}"' for part, found in value.items()])
        return f"<{PREFIX}:{name}{parts}/>\n"
    return f"<{PREFIX}:{name}>{'true' if value is True else text(str(value))}</{PREFIX}:{name}>\n"
