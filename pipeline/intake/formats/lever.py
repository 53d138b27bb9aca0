"""Lever's postings API (`/v0/postings/<company>?mode=json`, also grouped by team).

`description` already is opening and body; `lists` hold bare `<li>`; `createdAt` counts milliseconds since 1970.
"""

from pipeline.intake.formats.item import Tree, first, places, salary, section, sections, text_of, tree_of, trees_of
from pipeline.intake.reading.record import PostingRecord


def recognizes_lever(posting: Tree) -> bool:
    """Tell a posting of Lever by its members."""
    return "text" in posting and "categories" in posting


def parse_lever(posting: Tree, _envelope: Tree) -> PostingRecord:
    """Put the values of a posting under our names."""
    content = tree_of(posting.get("content"))  # the form with a key holds the body in there
    body = {**posting, **content}
    categories = tree_of(posting.get("categories"))
    pay = tree_of(posting.get("salaryRange"))
    return PostingRecord(
        id=posting.get("id"),
        title=posting.get("text"),
        url=first(posting.get("hostedUrl"), tree_of(posting.get("urls")).get("show")),
        locations=_places(posting, categories),
        remote=text_of(posting.get("workplaceType")).lower() == "remote" or None,
        date_posted=posting.get("createdAt"),
        employment_type=categories.get("commitment"),
        salary=salary(pay.get("min"), pay.get("max"), currency=pay.get("currency"), period=pay.get("interval")),
        description=first(body.get("description"), body.get("descriptionPlain")),
        sections=sections(
            [
                *(section(part.get("text"), _items(part.get("content"))) for part in trees_of(body.get("lists"))),
                section("", first(body.get("salaryDescription"), body.get("salaryDescriptionPlain"))),
                section("", first(body.get("additional"), body.get("closing"), body.get("additionalPlain"))),
            ]
        ),
    )


def _places(posting: Tree, categories: Tree) -> object:
    """Return the places; `country` is the code of the first one's country."""
    found = categories.get("allLocations") or [categories.get("location")]
    names = places(*found) if isinstance(found, list) else places(found)
    country = posting.get("country")
    if not country or not names or len(names) != 1:
        return names or places({"country": country} if country else None)
    return [{"name": names[0], "country": country}]


def _items(content: object) -> object:
    return f"<ul>{content}</ul>" if isinstance(content, str) and content.lstrip().startswith("<li") else content
