"""HR-XML 3.2 as EURES and the public employment services exchange it (`PositionOpening`).

One opening has a `PositionProfile` for each language in which people wrote it: the first is the posting, the others
are its versions. Countries come as codes, EL and UK among them.
"""

from lxml import etree

from pipeline.intake.formats.item import Tree, first, listed, place, places, salary, section, sections
from pipeline.intake.formats.xml_text import child, children, local_name, markup_in, text_at, text_in
from pipeline.intake.reading.record import PostingRecord

# What stands beside the description, by our kinds of section.
_PARTS = {
    "PositionQualifications": "requirements",
    "QualificationsDescription": "requirements",
    "BenefitsDescription": "offer",
    "OtherRemuneration": "offer",
    "Benefits": "offer",
}


def recognizes_hr_xml(root: etree._Element) -> str:
    """Return the name of the elements that are postings, "" if this is another document."""
    return "PositionOpening" if next(root.iter("{*}PositionProfile"), None) is not None else ""


def parse_hr_xml(node: etree._Element, _root: etree._Element) -> PostingRecord:
    """Put the values of an opening under our names."""
    profiles = children(node, "PositionProfile")
    profile = profiles[0] if profiles else node
    status = text_at(node, "PositionOpeningStatusCode").casefold()
    return PostingRecord(
        id=text_at(node, "DocumentID") or text_at(profile, "PositionID") or None,
        title=_title(profile),
        organization=_organization(profile),
        url=_address(profile),
        locations=places(*(_place(part) for part in children(profile, "PositionLocation"))),
        date_posted=node.get("validFrom") or text_at(profile, "PostingInstruction", "PostingPeriod", "StartDate"),
        valid_through=first(text_at(profile, "ApplicationCloseDate"), node.get("validTo")),
        employment_type=[
            text
            for name in ("PositionScheduleTypeCode", "PositionOfferingTypeCode")
            if (text := text_at(profile, name))
        ]
        or None,
        salary=_salary(profile),
        language=profile.get("languageCode"),
        locales=listed(shown=status in ("", "active", "open")),
        sections=_sections(profile),
        versions=[_version(part) for part in profiles[1:]] or None,
    )


def _version(profile: etree._Element) -> Tree:
    return {
        "language": profile.get("languageCode"),
        "title": _title(profile),
        "url": _address(profile),
        "sections": _sections(profile),
    }


def _title(profile: etree._Element) -> str:
    return text_at(profile, "PositionTitle")


def _organization(profile: etree._Element) -> str | None:
    organization = child(profile, "PositionOrganization")
    return text_at(organization, "OrganizationIdentifiers", "OrganizationName") or (
        text_at(organization, "OrganizationName") or None
    )


def _address(profile: etree._Element) -> str | None:
    """Return the address at which one applies, where that is all that the instruction says."""
    for method in profile.iter("{*}ApplicationMethod"):
        for name in ("InternetWebAddress", "URI", "Instructions"):
            text = next((text_in(part) for part in method.iter(f"{{*}}{name}")), "")
            if text.startswith(("http://", "https://")) and len(text.split()) == 1:
                return text
    return None


def _place(location: etree._Element) -> Tree | str | None:
    address = child(location, "Address")
    found = place(
        text_at(address, "CityName"),
        text_at(address, "CountrySubDivisionName"),
        text_at(address, "CountryCode"),
        postal_code=text_at(address, "PostalCode"),
    )
    return found or text_at(location, "LocationName") or None


def _salary(profile: etree._Element) -> Tree | None:
    package = child(profile, "PositionRemuneration") or child(profile, "RemunerationPackage")
    for base in package.iter("{*}BasePay", "{*}RemunerationRange", "{*}Salary") if package is not None else ():
        low, high, exact = (
            next(base.iter(f"{{*}}{name}"), None) for name in ("MinimumAmount", "MaximumAmount", "BaseAmount")
        )
        amounts = [part for part in (low, high, exact) if part is not None]
        currency = next((code for part in amounts if (code := part.get("currencyCode") or part.get("currencyID"))), "")
        period = text_at(base, "BasePayIntervalCode") or base.get("baseInterval") or ""
        low_text, high_text = (text_in(part if part is not None else exact) for part in (low, high))
        return salary(low_text or None, high_text or None, currency=currency, period=period)
    return None


def _sections(profile: etree._Element) -> list[Tree] | None:
    body = child(profile, "PositionFormattedDescription")
    contents = children(body, "Content")
    found = [section("", markup_in(part)) for part in contents] or [
        section("", text_at(profile, "PositionDescription"))
    ]
    further = (section("", markup_in(part), _PARTS[local_name(part)]) for part in profile if local_name(part) in _PARTS)
    return sections([*found, *(part for part in further if part and "<" not in str(part["description"]))])
