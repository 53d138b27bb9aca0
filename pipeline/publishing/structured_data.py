"""JSON-LD JobPosting (schema.org) for the page of one posting, with what Google requires of it."""

import json

from pipeline.publishing.feeds.content import content_html
from pipeline.publishing.localized import LocalizedPosting
from pipeline.publishing.version import Version


def serialize_job_posting(version: Version, localized: LocalizedPosting) -> str:
    """Write the JSON-LD of a page so that nothing in it can end the script element."""
    posting = localized.posting
    named = {"name": posting.organization} if posting.organization else {}
    fields: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": localized.title,
        "description": content_html(localized),
        "url": version.url(localized.path),
        "identifier": {"@type": "PropertyValue", **named, "value": posting.id},
        "datePosted": posting.date_posted or localized.published,
        "validThrough": posting.valid_through,
        "employmentType": list(posting.employment_type),
        "hiringOrganization": {"@type": "Organization", "name": posting.organization} if posting.organization else None,
        "jobLocation": _places(localized),
        "jobLocationType": "TELECOMMUTE" if posting.remote else None,
        "applicantLocationRequirements": [
            {"@type": "Country", "name": code} for code in (posting.applicant_countries if posting.remote else ())
        ],
        "baseSalary": _salary(localized),
    }
    kept = {name: value for name, value in fields.items() if value not in (None, [], "")}
    text = json.dumps(kept, ensure_ascii=False, default=str, indent=1)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _places(localized: LocalizedPosting) -> list[dict[str, object]]:
    return [
        {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                **({"addressLocality": place.city} if place.city else {}),
                **({"addressCountry": place.country} if place.country else {}),
            },
        }
        for place in localized.posting.locations
    ]


def _salary(localized: LocalizedPosting) -> dict[str, object] | None:
    salary = localized.posting.salary
    if salary is None or (salary.minimum is None and salary.maximum is None):
        return None
    amounts = {"minValue": salary.minimum, "maxValue": salary.maximum}
    value = {name: amount for name, amount in amounts.items() if amount is not None}
    return {
        "@type": "MonetaryAmount",
        "currency": salary.currency,
        "value": {"@type": "QuantitativeValue", **value, "unitText": salary.unit},
    }
