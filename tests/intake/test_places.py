"""Places as people write them: the country is named, found with a confidence, or not known."""

import gzip
import json
from ast import literal_eval
from collections.abc import Iterator

import pytest
from babel import Locale

from pipeline.intake.reading.gazetteer import look_up
from pipeline.intake.reading.locations import Where, countries_of, read_applicants, read_areas, read_where
from pipeline.intake.reading.places import SURE, read_area, read_country, read_places
from pipeline.intake.reading.values import Doubts
from pipeline.model.posting import Location
from tests.projects import shared_data


def where(value: object, language: str = "") -> Where:
    return read_where(value, Doubts(), Locale(language) if language else None)


def places(value: object, language: str = "") -> list[tuple[str, str, str]]:
    return [(place.country, place.city, place.region) for place in where(value, language).locations]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fr", "FR"), ("FR", "FR"), (" UK ", "GB"), ("EL", "GR"), ("USA", "US"), ("U.S.A.", "US"), ("XK", "XK"),
        ("France", "FR"), ("Deutschland", "DE"), ("NORGE", "NO"), ("Sverige", "SE"), ("Brasil", "BR"), ("España", "ES"),
        ("日本", "JP"), ("中国", "CN"), ("Россия", "RU"), ("مصر", "EG"), ("Ελλάδα", "GR"), ("Taiwan (ROC)", "TW"),
        ("united\u00a0 kingdom", "GB"), ("Côte d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Czech Republic", "CZ"),
        ("Türkiye", "TR"), ("Turkey", "TR"), ("The Netherlands", "NL"), ("South Korea", "KR"), ("Hong Kong", "HK"),
        ("United States of America", "US"), ("Viet Nam", "VN"), ("Kosovo", "XK"), ("Korea, Republic of", "KR"),
        ("Republic of Korea", "KR"), ("Tanzania, United Republic of", "TZ"), ("DEU", "DE"), ("Magyarország", "HU"),
        ("Vereinigte Staaten", "US"), ("Reino Unido", "GB"), ("Pays-Bas", "NL"), ("Éire", "IE"), ("Suomi", "FI"),
    ],
)  # fmt: skip
def test_code_name_or_alias_is_a_country(text: str, code: str) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize("text", ["", "Atlantis", "EU", "ZZ", "UN", "001", "Lyon", "XX", "IC", "Europe", "Kongo"])
def test_what_is_no_country_or_more_than_one_is_none(text: str) -> None:
    assert read_country(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("London, UK", ("GB", "London", "")),
        ("Lyon, France", ("FR", "Lyon", "")),
        ("Lyon (France)", ("FR", "Lyon", "")),
        ("Lyon - France", ("FR", "Lyon", "")),
        ("Lyon, FR", ("FR", "Lyon", "")),
        ("Austin, TX", ("US", "Austin", "TX")),
        ("Austin TX", ("US", "Austin", "TX")),
        ("Paris, TX", ("US", "Paris", "TX")),
        ("Paris", ("FR", "Paris", "")),
        ("Toronto, ON", ("CA", "Toronto", "ON")),
        ("Toronto, CA", ("CA", "Toronto", "")),
        ("San Francisco, CA", ("US", "San Francisco", "CA")),
        ("Atlanta, Georgia", ("US", "Atlanta", "Georgia")),
        ("Tbilisi, Georgia", ("GE", "Tbilisi", "")),
        ("Lebanon, NH", ("US", "Lebanon", "NH")),
        ("New Orleans, LA", ("US", "New Orleans", "LA")),
        ("Washington, DC", ("US", "Washington", "DC")),
        ("Cambridge, England", ("GB", "Cambridge", "")),
        ("Cambridge, Massachusetts", ("US", "Cambridge", "Massachusetts")),
        ("Córdoba, España", ("ES", "Córdoba", "")),
        ("Paraná, Entre Ríos", ("AR", "Paraná", "Entre Ríos")),
        ("São Paulo, SP", ("BR", "São Paulo", "SP")),
        ("Stuttgart, BW", ("DE", "Stuttgart", "BW")),
        ("Melbourne VIC 3000", ("AU", "Melbourne", "VIC")),
        ("10115 Berlin, Deutschland", ("DE", "Berlin", "")),
        ("Rua das Flores 123, São Paulo - SP, Brasil", ("BR", "São Paulo", "SP")),
        ("68 - ST LOUIS", ("FR", "ST LOUIS", "")),
        ("Île-de-France", ("FR", "", "Île-de-France")),
        ("Bayern", ("DE", "", "Bayern")),
        ("California, USA", ("US", "", "California")),
        ("US-CA", ("US", "", "")),
        ("Greater Boston", ("US", "Greater Boston", "")),
        ("Großraum Stuttgart", ("DE", "Großraum Stuttgart", "")),
        ("NYC", ("US", "NYC", "")),
        ("Wien", ("AT", "Wien", "")),
        ("Москва", ("RU", "Москва", "")),
        ("東京都渋谷区", ("JP", "東京都渋谷区", "")),
        ("Kaohsiung City, Taiwan (ROC)", ("TW", "Kaohsiung City", "")),
        ("Hybrid - London", ("GB", "London", "")),
        ("Ontario", ("CA", "", "Ontario")),
        ("Luxembourg", ("LU", "", "")),
        ("SE", ("SE", "", "")),
        ("Washington, D.C.", ("US", "Washington", "DC")),
        ("London, England, United Kingdom", ("GB", "London", "")),
        ("Trinidad and Tobago", ("TT", "", "")),
        ("Neustadt am See, DE", ("DE", "Neustadt am See", "")),
    ],
)
def test_place_is_read_with_its_country(text: str, expected: tuple[str, str, str]) -> None:
    assert places(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berlin or Munich", ["DE Berlin", "DE Munich"]),
        ("Berlin/München", ["DE Berlin", "DE München"]),
        ("London; Paris | New York", ["GB London", "FR Paris", "US New York"]),
        ("London, Paris, New York", ["GB London", "FR Paris", "US New York"]),
        ("Germany, France, Spain", ["DE ", "FR ", "ES "]),
        ("['Mexico City, Mexico', 'Santiago, Chile']", ["MX Mexico City", "CL Santiago"]),
    ],
)
def test_several_places_are_several(text: str, expected: list[str]) -> None:
    assert [f"{place.country} {place.city}" for place in where(text).locations] == expected


@pytest.mark.parametrize(
    "text",
    ["Cambridge", "Georgia", "Córdoba", "Valencia", "Santiago", "Manchester", "Segundo, CA", "Web Developer, Mobile",
     "Backend, Frontend", "Acme Labs, Inc.", "TX", "Middle of Nowhere", "Senior"],
)  # fmt: skip
def test_country_that_is_not_sure_is_not_counted_and_noted(text: str) -> None:
    doubts = Doubts()
    (location,) = read_where(text, doubts).locations
    assert (location.country, location.city) == ("", text.rstrip("."))
    assert [doubt.field for doubt in doubts.found] == ["locations"]


def test_language_of_the_text_decides_between_namesakes() -> None:
    assert places("Mérida") == [("", "Mérida", "")]
    assert (places("Passau"), places("Passau", "de")) == ([("", "Passau", "")], [("DE", "Passau", "")])
    assert countries_of("pt", "BR") == {"BR"}
    assert {"AT", "CH", "DE", "LI"} <= countries_of("de", None)


@pytest.mark.parametrize(
    ("text", "applicants", "areas"),
    [
        ("Remote", (), ()),
        ("Anywhere", (), ()),
        ("Remote – Germany", ("DE",), ()),
        ("Remote (US)", ("US",), ()),
        ("US-Remote", ("US",), ()),
        ("Remote - US only", ("US",), ()),
        ("Remote-India (PEO)", ("IN",), ()),
        ("Remote in Canada or US", ("CA", "US"), ()),
        ("Homeoffice, Österreich", ("AT",), ()),
        ("Télétravail - France", ("FR",), ()),
        ("Remote - Europe", (), ("EUROPE",)),
        ("Remote, EMEA", (), ("EMEA",)),
    ],
)
def test_remote_place_says_from_where_applicants_may_be(
    text: str, applicants: tuple[str, ...], areas: tuple[str, ...]
) -> None:
    assert where(text) == Where(applicants=applicants, areas=areas, remote=True)


def test_place_of_work_that_may_be_remote_too_stays_one() -> None:
    assert where("Zürich / Remote") == Where(locations=(Location(country="CH", city="Zürich"),), remote=True)
    assert where("London (Hybrid)").remote is False


@pytest.mark.parametrize(
    ("text", "code"),
    [("EU", "EU"), ("European Union", "EU"), ("EMEA", "EMEA"), ("Lateinamerika", "LATAM"), ("LATAM", "LATAM"),
     ("DACH", "DACH"), ("Europa", "EUROPE"), ("North America", "NORTH_AMERICA"), ("NORTH_AMERICA", "NORTH_AMERICA")],
)  # fmt: skip
def test_what_is_larger_than_a_country_is_an_area_and_no_country(text: str, code: str) -> None:
    assert (read_areas([text], Doubts()), read_country(text)) == ((code,), "")
    assert where(text.replace("_", " ")).areas == (code,)


@pytest.mark.parametrize(
    "value",
    [
        {"country": "FR", "city": "Lyon"},
        {"country": "France", "city": "Lyon"},
        {"countryCode": "fr", "city": "Lyon"},
        {"city": "Lyon"},
        {"name": "Lyon, France"},
        {"name": "Lyon", "country": "FR"},
        {"name": "Lyon, France", "countryCode": "FR"},
        {"@type": "Place", "address": {"addressLocality": "Lyon", "addressCountry": "France"}},
        {"address": {"addressLocality": "Lyon", "addressCountry": {"@type": "Country", "name": "FR"}}},
        [{"location": {"address": "Lyon, France"}}],
        {"postalAddress": {"addressLocality": "Lyon", "addressRegion": "Europe", "addressCountry": "FR"}},
        ["Lyon, France"],
        "Lyon",
    ],
)
def test_place_is_read_in_every_form(value: object) -> None:
    assert places(value) == [("FR", "Lyon", "")]


@pytest.mark.parametrize(
    "value",
    [
        {"country": "FR", "city": "Lyon", "postal_code": "69003"},
        [{"country": "France", "city": "Lyon", "postal_code": 69003}],
        {"address": {"addressCountry": "FR", "addressLocality": "Lyon", "postalCode": "69003"}},
        {"city": "Lyon", "Code postal": "69003", "country": "FR"},
        {"city": "Lyon", "PLZ": "69003"},
    ],
)
def test_postal_code_of_an_address_is_kept(value: object) -> None:
    assert read_where(value, Doubts()).locations == (Location(country="FR", city="Lyon", postal_code="69003"),)


def test_country_that_is_named_counts_whatever_the_city() -> None:
    assert places([{"country": "CA", "city": "Paris"}, {"country": "CA", "city": "Nowhere", "region": "ON"}]) == [
        ("CA", "Paris", ""),
        ("CA", "Nowhere", "ON"),
    ]


def test_what_is_no_place_costs_itself_only() -> None:
    doubts = Doubts()
    assert read_where([7, {"country": "Utopistan", "city": "Lyon"}, "Lyon, FR"], doubts).locations == (
        Location(city="Lyon"),
        Location(country="FR", city="Lyon"),
    )
    assert [doubt.reason for doubt in doubts.found] == ["is no place", "is no place that is known"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["FR", "be", "FR"], Where(applicants=("FR", "BE"))),
        ("FR, Belgium; EU", Where(applicants=("FR", "BE"), areas=("EU",))),
        ("Korea, Republic of", Where(applicants=("KR",))),
        ([{"@type": "Country", "name": "USA"}], Where(applicants=("US",))),
        ("Worldwide", Where()),
        (["California"], Where(applicants=("US",))),
    ],
)
def test_applicants_countries_are_read(value: object, expected: Where) -> None:
    doubts = Doubts()
    assert (read_applicants(value, doubts), doubts.unclear) == (expected, [])


def test_what_a_limit_cuts_of_a_long_list_is_noted() -> None:
    doubts = Doubts()
    found = read_where("Lyon, FR; Berlin, DE; " * 200, doubts)
    assert [place.country for place in found.locations] == ["FR", "DE"]
    assert read_where("Lyon, " * 10_000, doubts).locations == (Location(country="FR", city="Lyon"),)
    assert len(read_where("Nowhere " + ", x, y, z" * 200, doubts).locations) == 1
    assert len(read_where(" or ".join(["London"] * 40), doubts).locations) == 1
    assert read_where("or " * 1_000, doubts).locations[0].country == ""
    assert doubts.found[0].reason == "is read no further than 2,000 characters"


def test_applicants_country_that_is_not_understood_holds() -> None:
    doubts = Doubts()
    assert read_applicants(["FR", "Utopistan"], doubts).applicants == ("FR",)
    assert doubts.unclear == ["applicant_countries"]


def test_the_table_knows_names_in_many_scripts_and_no_words() -> None:
    assert {name.country for name in look_up("ミュンヘン")} == {"DE"}
    assert [look_up(word) for word in ("Remote", "Senior", "Data", "Online", "Home", "Team")] == [()] * 6
    assert read_area("Benelux") == "BENELUX"


def real_places() -> Iterator[tuple[str, set[str]]]:
    """Yield the places of real postings, where these name their country too, with it."""
    with gzip.open(shared_data() / "postings" / "real.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            posting = json.loads(line)
            text = posting["city"] or ""
            texts = literal_eval(text) if isinstance(text, str) and text.startswith("[") else [text]
            named = {read_country(posting["country"] or each.rpartition(", ")[2]) for each in texts}
            american = not posting["country"] and any(each[-4:-2] == ", " for each in texts)  # Chicago, IL
            if text and "" not in named and not american:
                yield text, named


def test_of_countries_of_real_postings_that_are_counted_99_of_100_are_right() -> None:
    read = [(named, {place.country for place in where(text).locations} - {""}) for text, named in real_places()]
    counted = [(named, found) for named, found in read if found]
    right = [found <= named for named, found in counted]
    assert len(counted) >= 0.95 * len(read)  # most are found at all
    assert sum(right) >= 0.99 * len(right)


def test_confidence_is_a_share_of_100() -> None:
    found = read_places("Manchester").places[0]
    assert (found.country, 0 < found.confidence < SURE) == ("GB", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Madrid, Barcelona", [("ES", "Madrid", ""), ("ES", "Barcelona", "")]),
        ("Lyon, Paris, Marseille", [("FR", "Lyon", ""), ("FR", "Paris", ""), ("FR", "Marseille", "")]),
        ("Berlin, Hamburg", [("DE", "Berlin", ""), ("DE", "Hamburg", "")]),
        ("London, Manchester", [("GB", "London", ""), ("GB", "Manchester", "")]),
        ("London, Porto", [("GB", "London", ""), ("", "Porto", "")]),
        ("Getafe, Madrid", [("ES", "Getafe", "Madrid")]),
        ("Bremerhaven, Bremen", [("DE", "Bremerhaven", "Bremen")]),
        ("Belgique, Luxembourg", [("BE", "", ""), ("LU", "", "")]),
        ("Namur, Luxembourg", [("BE", "Namur", "Luxembourg")]),
        ("México, Colombia, Argentina", [("MX", "", ""), ("CO", "", ""), ("AR", "", "")]),
        ("Armenia, Colombia", [("CO", "Armenia", "")]),
        ("USA, Georgia", [("US", "", "Georgia")]),
    ],
)
def test_cities_and_countries_in_a_row_are_a_list_and_a_place_in_its_region_is_none(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert places(text) == expected


@pytest.mark.parametrize("text", ["Berlin or remote (CET ± 2h)", "Berlin; Homeoffice (bundesweit)"])
def test_what_stands_beside_remote_and_is_no_name_is_noted_and_no_place(text: str) -> None:
    doubts = Doubts()
    found = read_where(text, doubts)
    assert (found.remote, [(place.country, place.city) for place in found.locations]) == (True, [("DE", "Berlin")])
    assert [doubt.reason for doubt in doubts.found] == ["is no place that is known"]


def test_city_that_is_written_as_a_list_is_several_places() -> None:
    value = [{"country": "JP", "city": "['Tokyo, Japan', 'Osaka']"}]
    assert places(value) == [("JP", "Tokyo", ""), ("JP", "Osaka", "")]


def test_town_alone_is_no_country_of_applicants() -> None:
    doubts = Doubts()
    assert read_applicants(["Atlantis", "London, UK"], doubts).applicants == ("GB",)
    assert doubts.unclear == ["applicant_countries"]


@pytest.mark.parametrize("text", ["3 locations", "Multiple locations", "12+ Standorte", "Plusieurs sites", "Various"])
def test_text_that_only_says_that_there_are_several_places_is_none(text: str) -> None:
    doubts = Doubts()
    assert read_where(text, doubts) == Where()
    assert [doubt.reason for doubt in doubts.found] == ["names none of the places"]


@pytest.mark.parametrize(("text", "region"), [("Curitiba/PR", "PR"), ("Recife / PE", "PE")])
def test_code_behind_a_slash_is_that_of_the_places_region(text: str, region: str) -> None:
    (location,) = where(text).locations
    assert (location.country, location.region) == ("BR", region)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"city": "Dallas, Texas, United States"}, ("US", "Dallas", "Texas")),
        ({"city": "Bogota, Colombia"}, ("CO", "Bogota", "")),
        ({"city": "Uusimaa, Finland"}, ("FI", "", "Uusimaa")),
        ({"city": "Washington, District of Columbia, United States"}, ("US", "Washington", "District of Columbia")),
        ({"city": "92 - Nanterre", "country": "FR"}, ("FR", "Nanterre", "")),
        ({"city": "92 - Nanterre", "region": "Île-de-France", "country": "FR"}, ("FR", "Nanterre", "Île-de-France")),
        ({"name": "Headquarters", "city": "Dallas, Texas", "country": "US"}, ("US", "Dallas", "Texas")),
        ({"city": "75056", "country": "FR"}, ("FR", "", "")),
        ({"city": "Capital Federal, Buenos Aires", "country": "AR"}, ("AR", "Capital Federal", "Buenos Aires")),
        ({"city": "1st Avenue Mall", "country": "US"}, ("US", "1st Avenue Mall", "")),
        ({"city": "Wag Labs, Inc.", "country": "US"}, ("US", "Wag Labs, Inc.", "")),
        ({"city": "Ipsville, Nowhere"}, ("", "Ipsville, Nowhere", "")),
    ],
)
def test_city_that_says_more_than_its_name_is_taken_apart_where_it_is_understood(
    value: object, expected: tuple[str, str, str]
) -> None:
    assert places([value]) == [expected]


@pytest.mark.parametrize(
    ("value", "postal_code"),
    [
        ({"city": "92 - Nanterre", "postal_code": "92000"}, "92000"),
        ({"city": "Dallas, Texas, United States", "postal_code": "75201"}, "75201"),
        ({"libelle": "75 - PARIS", "codePostal": "75015"}, "75015"),
    ],
)
def test_postal_code_stays_with_a_city_that_is_taken_apart(value: object, postal_code: str) -> None:
    assert [place.postal_code for place in where([value]).locations] == [postal_code]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Bosnia and Herzegovina, Serbia and Croatia", ["BA", "RS", "HR"]),
        ("Trinidad and Tobago, Jamaica and Barbados", ["TT", "JM", "BB"]),
        ("St. John's, Newfoundland and Labrador, Canada or London, UK", ["CA", "GB"]),
        ("Washington, District of Columbia, United States", ["US"]),
    ],
)
def test_word_within_a_name_parts_no_list(text: str, countries: list[str]) -> None:
    assert [place.country for place in read_places(text).places] == countries
