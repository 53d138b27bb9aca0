"""What postings say about a bare $ and about 03/04, as far as they agree."""

from datetime import date

import pytest

from pipeline.model.locale import parse_locale
from pipeline.model.posting import (
    UNDETERMINED,
    Detection,
    DetectionReason,
    Location,
    Posting,
    Salary,
    Section,
    SectionKind,
    blocks_of,
)
from pipeline.translation.fact_hints import fact_hints
from pipeline.translation.facts import FactHints

APRIL_3 = date(2027, 4, 3)


def posting(
    *countries: str,
    currency: str = "",
    text: str = "",
    valid_through: date | None = None,
    language: str = "",
    applicants: tuple[str, ...] = (),
) -> Posting:
    read = Detection(language=parse_locale(language), score=100, reason=DetectionReason.DECLARED) if language else None
    return Posting(
        id="acme-1",
        title="Cook",
        locations=tuple(Location(country=country) for country in countries),
        applicant_countries=applicants,
        salary=Salary(currency=currency) if currency else None,
        valid_through=valid_through,
        sections=(Section(kind=SectionKind.OTHER, blocks=blocks_of([text])),) if text else (),
        detection=read or UNDETERMINED,
    )


@pytest.mark.parametrize(
    ("postings", "hints"),
    [
        ([posting("US")], FactHints(currency="USD", day_first=False)),
        ([posting("CA", currency="USD")], FactHints(currency="USD")),
        ([posting("GB")], FactHints(currency="GBP", day_first=True)),
        ([posting("US"), posting("US")], FactHints(currency="USD", day_first=False)),
        ([posting("US"), posting("AU")], FactHints()),
        ([posting("US"), posting()], FactHints(day_first=False)),
        ([posting("US", "CA")], FactHints(day_first=False)),
        ([posting("DE", language="en")], FactHints(currency="EUR", day_first=True)),
        ([posting(applicants=("BR",))], FactHints(currency="BRL", day_first=True)),
        ([posting("QZ")], FactHints()),
        ([posting("US", text="by 31/01/2027")], FactHints(currency="USD", day_first=True)),
        ([posting("GB", text="by 01/31/2027")], FactHints(currency="GBP", day_first=False)),
        (
            [posting("US", text="by 03/04/2027", valid_through=date(2027, 4, 3))],
            FactHints(currency="USD", day_first=True),
        ),
        (
            [posting("US", text="by 05/05/2027", valid_through=date(2027, 5, 5))],
            FactHints(currency="USD", day_first=False),
        ),
        ([posting()], FactHints()),
        ([], FactHints()),
    ],
)
def test_hint_is_what_all_postings_agree_on(postings: list[Posting], hints: FactHints) -> None:
    assert fact_hints(postings) == hints
