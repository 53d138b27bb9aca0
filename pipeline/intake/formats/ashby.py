"""Ashby's job board API (`/posting-api/job-board/<board>?includeCompensation=true`).

Countries come as names; a job that is not `isListed` is for those who have its address only.
"""

from pipeline.intake.formats.item import Tree, first, listed, place, places, salary, text_of, tree_of, trees_of
from pipeline.intake.reading.record import PostingRecord


def recognizes_ashby(job: Tree) -> bool:
    """Tell a job of Ashby by its members."""
    return "jobUrl" in job and bool({"descriptionHtml", "isListed", "secondaryLocations"} & set(job))


def parse_ashby(job: Tree, _envelope: Tree) -> PostingRecord:
    """Put the values of a job under our names."""
    further = trees_of(job.get("secondaryLocations"))
    workplace = text_of(job.get("workplaceType")).lower()
    return PostingRecord(
        id=job.get("id"),
        title=job.get("title"),
        organization=job.get("organizationName"),
        url=first(job.get("jobUrl"), job.get("applyUrl")),
        locations=places(*(_place(part) for part in (job, *further))),
        remote=workplace == "remote" if workplace else job.get("isRemote"),
        date_posted=job.get("publishedAt"),
        employment_type=job.get("employmentType"),
        salary=_salary(job),
        locales=listed(shown=job.get("isListed") is not False),
        description=first(job.get("descriptionHtml"), job.get("descriptionPlain")),
    )


def _place(part: Tree) -> object:
    address = tree_of(tree_of(part.get("address")).get("postalAddress")) or tree_of(part.get("address"))
    parts = (address.get("addressLocality"), address.get("addressRegion"), address.get("addressCountry"))
    return place(*parts, postal_code=address.get("postalCode")) or part.get("location")


def _salary(job: Tree) -> object:
    """Return what is paid as salary, if the job shows it: bonuses and equity are no wage."""
    if job.get("shouldDisplayCompensationOnJobPostings") is False:
        return None
    for part in trees_of(tree_of(job.get("compensation")).get("summaryComponents")):
        if text_of(part.get("compensationType")) == "Salary":
            low, high = part.get("minValue"), part.get("maxValue")
            return salary(low, high, currency=part.get("currencyCode"), period=part.get("interval"))
    return None
