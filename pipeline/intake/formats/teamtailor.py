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
    said = tree_of(job.get("attributes"))
    return job.get("type") == "jobs" and "title" in said and bool({"body", "pitch", "human-status"} & set(said))


def parse_teamtailor(job: Tree, envelope: Tree) -> PostingRecord:
    """Put the values of a job under our names."""
    said = tree_of(job.get("attributes"))
    links = tree_of(job.get("links"))
    company = next((part for part in _related(job, envelope, "company")), {})
    status = text_of(first(said.get("human-status"), said.get("status"))).lower()
    return PostingRecord(
        id=job.get("id"),
        title=said.get("title"),
        organization=first(company.get("name"), said.get("company-name")),
        url=first(links.get("careersite-job-url"), said.get("external-application-url")),
        locations=places(
            *(
                place(part.get("city"), part.get("region"), part.get("country"))
                for name in ("locations", "location")
                for part in _related(job, envelope, name)
            )
        ),
        remote=text_of(said.get("remote-status")) in ("fully", "remote") or None,
        date_posted=first(said.get("published-at"), said.get("start-date"), said.get("created-at")),
        valid_through=said.get("end-date"),
        employment_type=said.get("employment-type"),
        salary=salary(
            said.get("min-salary"),
            said.get("max-salary"),
            currency=said.get("currency"),
            period=said.get("salary-time-unit"),
        ),
        language=said.get("language-code"),
        locales=listed(shown=status in _SHOWN and said.get("internal") is not True),
        description=first(said.get("body"), said.get("pitch")),
        sections=sections([section("", said.get("requirements"), "requirements")]),
    )


def _related(job: Tree, envelope: Tree, name: str) -> list[Tree]:
    """Return the attributes of the things of this name that belong to the job."""
    wanted = trees_of(tree_of(tree_of(job.get("relationships")).get(name)).get("data"))
    ids = [(part.get("type"), part.get("id")) for part in wanted]
    there = {(part.get("type"), part.get("id")): part for part in trees_of(envelope.get("included"))}
    return [tree_of(there[key].get("attributes")) for key in ids if key in there]
