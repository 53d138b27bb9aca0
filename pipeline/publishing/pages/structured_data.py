"""JSON-LD (schema.org): a JobPosting for the page of one posting, an ItemList for a page of a list.

A JobPosting has all that Google requires and recommends. What a posting does not say is not made up, so the page of one
without a country or a day has none: Google would refuse it. Nor has a page with sentences in another language. Of a
remote job that is open to an area (EU, LATAM), the countries of the area are named: an area is no place to Google.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.model.posting import Location, Salary
from pipeline.publishing.feeds.content import Content
from pipeline.publishing.versions.facts import Whereabouts, applicants_of
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.version import Entry, Version

# Every other code is OTHER to Google.
_EMPLOYMENT_TYPES = frozenset(
    {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
)
# Google's word for an employer who is not named.
_UNNAMED = "confidential"


def unmet_requirements(date_posted: date | None, where: Whereabouts) -> Iterator[str]:
    """Yield the fields without which Google takes a posting for none.

    >>> from pipeline.model.posting import Posting
    >>> list(unmet_requirements(None, Posting(id="1", title="Nurse", remote=True, areas=("EU",))))
    ['date_posted']
    """
    if date_posted is None:
        yield "date_posted"
    if not any(place.country for place in where.locations) and not applicants_of(where):
        yield "country"


def serialize_item_list(version: Version, entries: Iterable[Entry]) -> str:
    """Write the JSON-LD of a page of a list: the pages that it leads to, in its order; "" without any."""
    items = [
        {"@type": "ListItem", "position": position, "url": version.url(entry.path)}
        for position, entry in enumerate(entries, 1)
    ]
    fields = {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items}
    return _in_script(json.dumps(fields, ensure_ascii=False, separators=(",", ":"))) if items else ""


def serialize_job_posting(version: Version, localized: LocalizedPosting, content: Content) -> str:
    """Write the JSON-LD of the page of a posting; "" if it would be refused."""
    posting = localized.posting
    if localized.original or any(unmet_requirements(posting.date_posted, posting)):
        return ""
    applicants = applicants_of(posting)
    named = {"name": posting.organization} if posting.organization else {}
    types = (code if code in _EMPLOYMENT_TYPES else "OTHER" for code in posting.employment_type)
    fields: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": content.title,
        "description": content.text,
        "url": version.url(localized.path),
        "identifier": {"@type": "PropertyValue", **named, "value": posting.id},
        "datePosted": posting.date_posted,
        "validThrough": posting.valid_through,
        "employmentType": list(dict.fromkeys(types)),
        "hiringOrganization": {"@type": "Organization", **named} if named else _UNNAMED,
        "jobLocation": [_place(place) for place in dict.fromkeys(posting.locations) if place.country],
        # Work from home is refused where nobody says whose home it may be.
        "jobLocationType": "TELECOMMUTE" if applicants else None,
        "applicantLocationRequirements": [{"@type": "Country", "name": code} for code in applicants],
        "baseSalary": _salary(posting.salary) if posting.salary else None,
        "directApply": False,  # who wants to apply goes on to the employer
    }
    kept = {name: value for name, value in fields.items() if value not in (None, [], "")}
    return _in_script(json.dumps(kept, ensure_ascii=False, default=str, indent=1))


def _in_script(text: str) -> str:
    """Write JSON so that nothing in it can end the script element."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _place(place: Location) -> dict[str, object]:
    address = {
        "addressLocality": place.city,
        "addressRegion": place.region,
        "postalCode": place.postal_code,
        "addressCountry": place.country,
    }
    named = {name: value for name, value in address.items() if value}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **named}}


def _salary(salary: Salary) -> dict[str, object] | None:
    bounds = {"minValue": salary.minimum, "maxValue": salary.maximum}
    amounts = {name: _plain(amount) for name, amount in bounds.items() if amount is not None}
    if not amounts:
        return None
    if len(amounts) == len(bounds) and salary.minimum == salary.maximum:
        amounts = {"value": amounts["minValue"]}
    return {
        "@type": "MonetaryAmount",
        "currency": salary.currency,
        "value": {"@type": "QuantitativeValue", **amounts, "unitText": salary.unit},
    }


def _plain(amount: float) -> float:
    return int(amount) if amount == int(amount) else amount
