"""Workable's three forms: the widget (`/api/v1/widget/accounts/…`), the careers page's API, and the API with a key.

A job that is open in several countries comes once for each, under the same shortcode.
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
from pipeline.intake.reading.record import PostingRecord, RecordError


def recognizes_workable(job: Tree) -> bool:
    """Tell a job of Workable by its members."""
    return "shortcode" in job and "title" in job


def parse_workable(job: Tree, envelope: Tree) -> PostingRecord:
    """Put the values of a job under our names.

    Raises RecordError for a job without its text, as lists have them unless they are asked for details.
    """
    if first(*(job.get(name) for name in ("description", "full_description", "requirements"))) is None:
        raise RecordError(_WITHOUT_TEXT)
    pay = tree_of(job.get("salary"))
    where = tree_of(job.get("location"))
    workplace = text_of(first(job.get("workplace"), where.get("workplace_type"))).lower()
    return PostingRecord(
        id=job.get("shortcode"),
        title=first(job.get("title"), job.get("full_title")),
        organization=first(job.get("company"), envelope.get("name")),
        url=first(job.get("url"), job.get("shortlink"), job.get("application_url")),
        locations=_places(job, where),
        remote=first(job.get("telecommuting"), job.get("remote"), where.get("telecommuting"), workplace == "remote"),
        date_posted=first(job.get("published_on"), job.get("published"), job.get("created_at")),
        employment_type=first(job.get("employment_type"), job.get("type")),
        salary=salary(
            pay.get("salary_from"), pay.get("salary_to"), currency=pay.get("salary_currency"), period=pay.get("period")
        ),
        language=job.get("language"),
        locales=listed(shown=text_of(job.get("state")) in _SHOWN or "city" in job),
        description=first(job.get("description"), job.get("full_description")),
        sections=sections(
            [
                section("", job.get("requirements"), "requirements"),
                section("", job.get("benefits"), "offer"),
            ]
        ),
    )


_WITHOUT_TEXT = (
    "a job of a Workable list without its text; ask for the list with `?details=true`, or for each job's page"
)
# In the widget `state` is a part of the country, everywhere else how far the job is.
_SHOWN = ("", "published")


def _places(job: Tree, where: Tree) -> object:
    found = [_place(part) for part in trees_of(job.get("locations")) if part.get("hidden") is not True]
    return places(*found) or places(_place(where) or where.get("location_str") or _place(job))


def _place(part: Tree) -> Tree | None:
    country = first(part.get("countryCode"), part.get("country_code"), part.get("country"))
    region = first(part.get("region"), part.get("state") if "shortcode" in part else None)
    return place(part.get("city"), region, country)
