"""schema.org's JobPosting: JSON-LD as it stands in web pages and feeds, alone, in lists or in a `@graph`.

Values come in every spelling that the vocabulary allows: a country as code, name or object, one place or many, types
with or without the vocabulary's address, a description escaped once more.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.intake.formats.item import (
    Tree,
    first,
    list_of,
    place,
    places,
    salary,
    section,
    sections,
    text_of,
    tree_of,
    trees_of,
)
from pipeline.intake.reading.record import PostingRecord

_VOCABULARY = re.compile(r"^(?:https?://schema\.org/|schema:)", re.IGNORECASE)
_LETTERS = re.compile(r"<[^<>]*>|&[a-z#0-9]+;|\W+", re.IGNORECASE)
# What a posting may say beside its description, by our kinds of section.
_PARTS = {
    "responsibilities": "responsibilities",
    "qualifications": "requirements",
    "skills": "requirements",
    "experienceRequirements": "requirements",
    "educationRequirements": "requirements",
    "jobBenefits": "offer",
    "incentiveCompensation": "offer",
    "workHours": "description",
}


def recognizes_json_ld(node: Tree) -> bool:
    """Tell a JobPosting by its type."""
    return "JobPosting" in types_of(node)


def types_of(node: Tree) -> set[str]:
    """Return the types of a node, without the vocabulary's address.

    >>> types_of({"@type": ["http://schema.org/JobPosting"]})
    {'JobPosting'}
    """
    return {_VOCABULARY.sub("", text_of(name)) for name in list_of(first(node.get("@type"), node.get("type")))}


def with_references(nodes: Sequence[Tree]) -> list[Tree]:
    """Return the nodes of a graph; where a member of one is only a reference to another, that stands in its place.

    >>> with_references([{"@id": "#rye", "name": "Rye"}, {"hiringOrganization": {"@id": "#rye"}}])[1]
    {'hiringOrganization': {'@id': '#rye', 'name': 'Rye'}}
    """
    known = {text: node for node in nodes if (text := text_of(node.get("@id")))}

    def resolved(value: object) -> object:
        return known.get(text_of(tree_of(value).get("@id")), value) if tree_of(value).keys() == {"@id"} else value

    return [{name: resolved(value) for name, value in node.items()} for node in nodes]


def parse_json_ld(node: Tree, envelope: Tree) -> PostingRecord:
    """Put the values of a JobPosting under our names."""
    description = first(_text(node.get("description")), _text(node.get("responsibilities")))
    return PostingRecord(
        id=first(_identifier(node), node.get("@id"), _address(node)),
        title=first(_text(node.get("title")), _text(node.get("name"))),
        organization=_name(first(node.get("hiringOrganization"), envelope.get("hiringOrganization"))),
        url=_address(node) or None,
        locations=places(*_places(node)),
        remote="TELECOMMUTE" in map(str.upper, map(text_of, list_of(node.get("jobLocationType")))) or None,
        applicant_countries=[_name(part) for part in list_of(node.get("applicantLocationRequirements"))] or None,
        date_posted=node.get("datePosted"),
        valid_through=node.get("validThrough"),
        employment_type=node.get("employmentType"),
        salary=_salary(node),
        language=_language(node),
        description=description,
        sections=sections(_further(node, text_of(description))),
    )


def _text(value: object) -> str:
    """Return a text that may be given with its language, in a list, or as an object with a value."""
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, value)))
    return text_of(first(tree_of(value).get("@value"), tree_of(value).get("value"), tree_of(value).get("name"))) or (
        text_of(value)
    )


def _identifier(node: Tree) -> object:
    found = next(iter(list_of(node.get("identifier"))), None)
    return first(tree_of(found).get("value"), tree_of(found).get("@value"), text_of(found))


def _address(node: Tree) -> str:
    return next(
        (text for part in list_of(node.get("url")) if (text := text_of(part) or text_of(tree_of(part).get("@id")))), ""
    )


def _name(value: object) -> object:
    found = next(iter(list_of(value)), None)
    return first(tree_of(found).get("name"), tree_of(found).get("legalName"), text_of(found))


def _places(node: Tree) -> Iterator[object]:
    for part in list_of(node.get("jobLocation")):
        addresses = list_of(tree_of(part).get("address")) or [part]
        for address in addresses:
            members = tree_of(address)
            known = place(
                _name(members.get("addressLocality")),
                _name(members.get("addressRegion")),
                _name(members.get("addressCountry")),
                postal_code=members.get("postalCode"),
            )
            yield known or first(text_of(address), tree_of(part).get("name"), members.get("name"))


def _salary(node: Tree) -> Tree | None:
    for pay in list_of(first(node.get("baseSalary"), node.get("estimatedSalary"))):
        members = tree_of(pay)
        amount = next(iter(trees_of(members.get("value"))), members)
        exact = first(amount.get("value"), text_of(members.get("value")), text_of(pay))
        found = salary(
            first(amount.get("minValue"), amount.get("minvalue"), exact),
            first(amount.get("maxValue"), amount.get("maxvalue"), exact),
            currency=first(members.get("currency"), amount.get("currency"), node.get("salaryCurrency")),
            period=first(amount.get("unitText"), amount.get("unitCode"), members.get("unitText")),
        )
        if found:
            return found
    return None


def _language(node: Tree) -> object:
    found = next(iter(list_of(node.get("inLanguage"))), None)
    return first(
        tree_of(found).get("alternateName"),
        tree_of(found).get("name"),
        text_of(found),
        tree_of(node.get("title")).get("@language"),
    )


def _further(node: Tree, description: str) -> Iterator[Tree | None]:
    """Yield the parts that the description does not say already: most pages repeat it in them."""
    known = _LETTERS.sub("", description).casefold()
    for name, kind in _PARTS.items():
        text = _text(node.get(name))
        letters = _LETTERS.sub("", text).casefold()
        if letters and letters not in known:
            known += letters
            yield section("", text, kind)
