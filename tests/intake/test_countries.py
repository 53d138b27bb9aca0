"""Countries as people write them."""

import pytest

from pipeline.intake.reading.countries import parse_country
from pipeline.intake.reading.record import RecordError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fr", "FR"),
        ("FR", "FR"),
        (" UK ", "GB"),
        ("EL", "GR"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("XK", "XK"),
        ("France", "FR"),
        ("Deutschland", "DE"),
        ("NORGE", "NO"),
        ("Sverige", "SE"),
        ("Brasil", "BR"),
        ("España", "ES"),
        ("日本", "JP"),
        ("中国", "CN"),
        ("Россия", "RU"),
        ("مصر", "EG"),
        ("Ελλάδα", "GR"),
        ("Taiwan (ROC)", "TW"),
        ("united\u00a0 kingdom", "GB"),
        ("Côte d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Czech Republic", "CZ"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("The Netherlands", "NL"),
        ("South Korea", "KR"),
        ("Hong Kong", "HK"),
        ("United States of America", "US"),
        ("Viet Nam", "VN"),
        ("Kosovo", "XK"),
    ],
)
def test_code_name_or_alias_is_understood(text: str, code: str) -> None:
    assert parse_country(text) == code


@pytest.mark.parametrize(
    "text", ["", "Atlantis", "EU", "ZZ", "UN", "001", "FRA ", "Lyon", "XX", "IC", "Europe", "Kongo"]
)
def test_what_is_no_country_or_more_than_one_is_refused(text: str) -> None:
    with pytest.raises(RecordError, match="is not a country"):
        parse_country(text)
