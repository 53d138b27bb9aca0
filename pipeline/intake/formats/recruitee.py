"""Recruitee's careers site API (`/api/offers/`, lists and single offers).

`translations` hold the same offer as people wrote it in other languages: these are versions, not machine translation.
"""

from collections.abc import Iterator

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


def recognizes_recruitee(offer: Tree) -> bool:
    """Tell an offer of Recruitee by its members."""
    return "careers_url" in offer or {"title", "translations", "requirements", "slug"} <= set(offer)


def parse_recruitee(offer: Tree, _envelope: Tree) -> PostingRecord:
    """Put the values of an offer under our names."""
    pay = tree_of(offer.get("salary"))
    translations = tree_of(offer.get("translations"))
    language = first(offer.get("primary_lang_code"), offer.get("lang_code"), _own_language(offer, translations))
    body = tree_of(translations.get(text_of(language)))
    return PostingRecord(
        id=offer.get("id"),
        title=first(offer.get("title"), body.get("title")),
        organization=offer.get("company_name"),
        url=first(offer.get("careers_url"), offer.get("careers_apply_url")),
        locations=_places(offer),
        remote=offer.get("remote"),
        date_posted=first(offer.get("published_at"), offer.get("created_at")),
        valid_through=offer.get("close_at"),
        employment_type=offer.get("employment_type_code"),
        salary=salary(pay.get("min"), pay.get("max"), currency=pay.get("currency"), period=pay.get("period")),
        language=language,
        locales=listed(shown=text_of(offer.get("status")) in ("", "published")),
        description=first(offer.get("description"), body.get("description")),
        sections=sections([_requirements(offer) or _requirements(body)]),
        versions=list(_versions(translations, text_of(language), offer)) or None,
    )


def _own_language(offer: Tree, translations: Tree) -> object:
    """Return the language of the offer itself: that of the translation with its title and text."""
    same = [
        language
        for language, body in translations.items()
        if all(tree_of(body).get(part) == offer.get(part) for part in ("title", "description"))
    ]
    return same[0] if len(same) == 1 else None


def _versions(translations: Tree, own: str, offer: Tree) -> Iterator[Tree]:
    for language, body in translations.items():
        version = tree_of(body)
        text = version.get("description")
        if language == own or not text_of(text) or (text, version.get("title")) == _text(offer):
            continue
        yield {
            "language": language,
            "title": first(version.get("title"), offer.get("title")),
            "sections": sections([section("", text), _requirements(version)]),
        }


def _text(offer: Tree) -> tuple[object, object]:
    return offer.get("description"), offer.get("title")


def _requirements(body: Tree) -> Tree | None:
    return section("", body.get("requirements"), "requirements")


def _places(offer: Tree) -> object:
    listed_places = [_place(part) for part in trees_of(offer.get("locations"))]
    return places(*listed_places) or places(_place(offer) or offer.get("location"))


def _place(part: Tree) -> Tree | None:
    region = first(part.get("state"), part.get("state_code"))
    country = first(part.get("country_code"), part.get("country"))
    return place(part.get("city"), region, country, postal_code=part.get("postal_code"))
