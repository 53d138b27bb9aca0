"""JSON-LD JobPosting (schema.org) for the page of one posting, with all that Google requires and recommends of it.

What a posting does not say is not made up: one without a country, say, is no job posting to Google.
"""

import json

from pipeline.model.posting import Location, Salary
from pipeline.publishing.feeds.content import Content
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.version import Version

# Every other code is OTHER to Google.
_EMPLOYMENT_TYPES = frozenset(
    {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
)
# Google's word for an employer who is not named.
_UNNAMED = "confidential"


def serialize_job_posting(version: Version, localized: LocalizedPosting, content: Content) -> str:
    """Write the JSON-LD of a page so that nothing in it can end the script element."""
    posting = localized.posting
    named = {"name": posting.organization} if posting.organization else {}
    types = (code if code in _EMPLOYMENT_TYPES else "OTHER" for code in posting.employment_type)
    fields: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": localized.title,
        "description": content.html,
        "url": version.url(localized.path),
        "identifier": {"@type": "PropertyValue", **named, "value": posting.id},
        "datePosted": posting.date_posted or localized.published,
        "validThrough": posting.valid_through,
        "employmentType": list(dict.fromkeys(types)),
        "hiringOrganization": {"@type": "Organization", **named} if named else _UNNAMED,
        "jobLocation": [_place(place) for place in dict.fromkeys(posting.locations) if place != Location()],
        "jobLocationType": "TELECOMMUTE" if posting.remote else None,
        "applicantLocationRequirements": [
            {"@type": "Country", "name": code} for code in (posting.applicant_countries if posting.remote else ())
        ],
        "baseSalary": _salary(posting.salary) if posting.salary else None,
        "directApply": False,  # who wants to apply goes on to the employer
    }
    kept = {name: value for name, value in fields.items() if value not in (None, [], "")}
    text = json.dumps(kept, ensure_ascii=False, default=str, indent=1)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _place(place: Location) -> dict[str, object]:
    address = {"addressLocality": place.city, "addressRegion": place.region, "addressCountry": place.country}
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
