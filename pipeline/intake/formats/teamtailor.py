"""Teamtailor's API (JSON:API, `/v1/jobs?include=locations,department`); its feeds are read by `json_feed` and `feeds`.

Places stand beside the jobs in `included` and are looked up by their ids.
"""

from pipeline.intake.formats.item import (
    Tree,
    first,
    listed,
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

_SHOWN = ("", "open", "published")


def recognizes_teamtailor(job: Tree) -> bool:
    """Tell a job of Teamtailor's API by its members."""
    attributes = tree_of(job.get("attributes"))
    return (
        job.get("type") == "jobs"
        and "title" in attributes
        and bool({"body", "pitch", "human-status"} & set(attributes))
    )


def parse_teamtailor(job: Tree, envelope: Tree) -> PostingRecord:
    """Put the values of a job under our names."""
    attributes = tree_of(job.get("attributes"))
    links = tree_of(job.get("links"))
    company = next((part for part in _related(job, envelope, "company")), {})
    status = text_of(first(attributes.get("human-status"), attributes.get("status"))).lower()
    return PostingRecord(
        id=job.get("id"),
        title=attributes.get("title"),
        organization=first(company.get("name"), attributes.get("company-name")),
        url=first(links.get("careersite-job-url"), attributes.get("external-application-url")),
        locations=places(
            *(
                place(part.get("city"), part.get("region"), part.get("country"))
                for name in ("locations", "location")
                for part in _related(job, envelope, name)
            )
        ),
        remote=text_of(attributes.get("remote-status")) in ("fully", "remote") or None,
        date_posted=first(attributes.get("published-at"), attributes.get("start-date"), attributes.get("created-at")),
        valid_through=attributes.get("end-date"),
        employment_type=attributes.get("employment-type"),
        salary=salary(
            attributes.get("min-salary"),
            attributes.get("max-salary"),
            currency=attributes.get("currency"),
            period=attributes.get("salary-time-unit"),
        ),
        language=attributes.get("language-code"),
        locales=listed(shown=status in _SHOWN and attributes.get("internal") is not True),
        description=first(attributes.get("body"), attributes.get("pitch")),
        sections=sections([section("", attributes.get("requirements"), "requirements")]),
    )


def _related(job: Tree, envelope: Tree, name: str) -> list[Tree]:
    """Return the attributes of the things of this name that belong to the job."""
    wanted = trees_of(tree_of(tree_of(job.get("relationships")).get(name)).get("data"))
    ids = [(part.get("type"), part.get("id")) for part in wanted]
    there = {(part.get("type"), part.get("id")): part for part in trees_of(envelope.get("included"))}
    return [tree_of(there[key].get("attributes")) for key in ids if key in there]
