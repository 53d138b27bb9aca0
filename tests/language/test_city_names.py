"""Names of cities for readers of other letters: by GeoNames, and by CLDR where it has one in the reader's language."""

import pytest
from babel import Locale, localedata
from babel.core import get_global
from babel.languages import get_official_languages

from pipeline.language.city_names import city_name
from pipeline.language.typography import cities
from pipeline.model.locale import parse_locale, script_of


@pytest.mark.parametrize(
    ("locale", "name", "country", "called"),
    [
        ("en", "大阪市", "JP", "Osaka"),
        ("ar", "大阪市", "JP", "Osaka"),
        ("pt_BR", "عمّان", "JO", "Amã"),
        ("el", "София", "BG", "Σόφια"),
        ("en", "МОСКВА", "RU", "Moscow"),
        ("ja", "大阪市", "JP", "大阪市"),
        ("en", "Lisboa", "PT", "Lisboa"),
        ("ar", "Herning", "DK", "Herning"),
        ("en", "長野県", "JP", "長野県"),
        ("en", "大阪市", "", "大阪市"),
        ("en", "", "JP", ""),
    ],
)
def test_only_what_readers_may_not_read_has_another_name(locale: str, name: str, country: str, called: str) -> None:
    assert city_name(parse_locale(locale), name, country) == called


def test_most_cities_that_cldr_names_in_their_own_letters_are_known_and_none_is_another_city() -> None:
    english = Locale("en")
    known, others = [], set()
    for zone, country in get_global("zone_territories").items():
        for language in filter(localedata.exists, get_official_languages(country, de_facto=True)):
            own, name = cities(Locale(language)).get(zone, ""), cities(english).get(zone, "")
            if script_of(Locale(language)) == "Latn" or own == name:
                continue
            called = city_name(english, own, country)
            known.append(called != own)
            if called not in {own, name} and called[:1] != name[:1]:
                others.add((called, name))
    assert (sum(known), len(known)) == (103, 117)
    # The same cities, spelled in another way.
    assert others == {
        ("Kyzylorda", "Qyzylorda"),
        ("Laayoune", "El Aaiun"),
        ("Petropavlovsk-Kamchatsky", "Kamchatka"),
        ("Khovd", "Hovd"),
        ("Ürümqi", "Urumqi"),
    }
