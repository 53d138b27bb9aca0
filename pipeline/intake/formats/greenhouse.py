"""Greenhouse's job board API (`/v1/boards/<board>/jobs?content=true`, lists and single jobs).

`content` is HTML escaped once; places are free text; postings of one opening share `internal_job_id`.
"""

from pipeline.intake.formats.item import Tree, first, places, salary, text_of, tree_of, trees_of
from pipeline.intake.reading.record import PostingRecord, RecordError, named_group


def recognizes_greenhouse(job: Tree) -> bool:
    """Tell a job of Greenhouse by its members."""
    return "absolute_url" in job and bool(
        {"internal_job_id", "content", "requisition_id", "first_published"} & set(job)
    )


def parse_greenhouse(job: Tree, envelope: Tree) -> PostingRecord:
    """Put the values of a job under our names.

    Raises RecordError for a job without its text.
    """
    if not job.get("content"):
        raise RecordError("a job of a Greenhouse board without its text; ask for the board with `?content=true`")
    pay = next(iter(trees_of(job.get("pay_input_ranges"))), {})
    return PostingRecord(
        id=job.get("id"),
        title=job.get("title"),
        organization=first(job.get("company_name"), envelope.get("name")),
        url=job.get("absolute_url"),
        locations=places(tree_of(job.get("location")).get("name")),
        date_posted=job.get("first_published"),
        valid_through=job.get("application_deadline"),
        employment_type=_metadata(job, "employment type"),
        salary=salary(
            _cents(pay.get("min_cents")), _cents(pay.get("max_cents")), currency=pay.get("currency_type"), period=""
        ),
        language=job.get("language"),
        description=job.get("content"),
        group=named_group("greenhouse", text_of(job.get("internal_job_id"))),
    )


def _metadata(job: Tree, name: str) -> object:
    """Return a field that the employer defined, by its name; what such fields hold is up to each employer."""
    found = (part.get("value") for part in trees_of(job.get("metadata")) if text_of(part.get("name")).lower() == name)
    return next(found, None)


def _cents(value: object) -> object:
    return value / 100 if isinstance(value, int | float) else None
