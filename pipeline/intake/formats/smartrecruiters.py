"""SmartRecruiters' posting API (`/v1/companies/<company>/postings`, the list and each posting's detail).

The list has no texts: each posting's `ref` leads to its detail, which has them in `jobAd`.
"""

from pipeline.intake.formats.item import Tree, first, listed, place, places, section, sections, text_of, tree_of
from pipeline.intake.reading.record import PostingRecord, RecordError

# What the system's own parts are by our names; the headings are the employer's.
_KINDS = {"companyDescription": "about", "jobDescription": "", "qualifications": "requirements"}
_WITHOUT_TEXT = (
    "an entry of a SmartRecruiters list, which holds no text; fetch each posting's own address (its `ref`) "
    "and read those answers"
)


def recognizes_smartrecruiters(posting: Tree) -> bool:
    """Tell a posting of SmartRecruiters by its members."""
    return "jobAd" in posting or {"name", "releasedDate", "company"} <= set(posting)


def parse_smartrecruiters(posting: Tree, _envelope: Tree) -> PostingRecord:
    """Put the values of a posting under our names.

    Raises RecordError for an entry of the list, which has no text.
    """
    if "jobAd" not in posting:
        raise RecordError(_WITHOUT_TEXT)
    where = tree_of(posting.get("location"))
    parts = tree_of(tree_of(posting.get("jobAd")).get("sections"))
    company = tree_of(posting.get("company"))
    language = posting.get("language")
    return PostingRecord(
        id=first(posting.get("id"), posting.get("uuid")),
        title=first(posting.get("name"), posting.get("title")),
        organization=first(company.get("name"), company.get("identifier")),
        url=first(posting.get("postingUrl"), posting.get("applyUrl"), posting.get("ref")),
        locations=places(
            place(where.get("city"), where.get("region"), where.get("country"), postal_code=where.get("postalCode"))
            or where.get("fullLocation")
        ),
        remote=where.get("remote"),
        date_posted=posting.get("releasedDate"),
        employment_type=first(
            tree_of(posting.get("typeOfEmployment")).get("label"), tree_of(posting.get("typeOfEmployment")).get("id")
        ),
        language=first(tree_of(language).get("code"), language if isinstance(language, str) else None),
        locales=listed(
            shown=posting.get("active") is not False and text_of(posting.get("visibility")) in ("", "PUBLIC")
        ),
        sections=sections(
            section(tree_of(part).get("title"), tree_of(part).get("text"), _KINDS.get(name, ""))
            for name, part in parts.items()
        ),
    )
