"""Single values are read forgivingly; what is not understood costs the value and is noted."""

import pytest
from babel import Locale

from pipeline.intake.reading.aliases import with_hours
from pipeline.intake.reading.pay import read_number, read_salary
from pipeline.intake.reading.values import (
    Doubts,
    plain_line,
    read_employment_types,
    read_language,
    read_text,
    read_url,
    read_yes_no,
)
from pipeline.model.posting import Doubt, Salary

YES = (True, "true", "True", "yes", "Y", "sí", "oui", "ja", "sim", "はい", "1", 1, {"value": "yes"}, ["yes"])
NO = (False, "false", "no", "NON", "nein", "não", "0", 0)


@pytest.mark.parametrize(("value", "expected"), [*((value, True) for value in YES), *((value, False) for value in NO)])
def test_yes_and_no_are_read_in_any_language(value: object, *, expected: bool) -> None:
    doubts = Doubts()
    assert (read_yes_no(value, "translate", doubts), doubts.found) == (expected, [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [("TELECOMMUTE", True), ("Fully remote", True), ("100 % remote", True), ("Homeoffice", True), ("hybrid", False),
     ("On-site", False), ("presencial", False), ("teletrabajo", True), ("", None), (None, None)],
)  # fmt: skip
def test_remote_is_said_in_words(value: object, *, expected: bool | None) -> None:
    doubts = Doubts()
    assert (read_yes_no(value, "remote", doubts), doubts.found) == (expected, [])


def test_neither_yes_nor_no_is_noted_and_holds_where_it_restricts() -> None:
    doubts = Doubts()
    assert (read_yes_no("perhaps", "remote", doubts), read_yes_no("perhaps", "translate", doubts)) == (None, None)
    assert doubts.unclear == ["translate"]
    assert doubts.found[0] == Doubt(
        field="remote", value="perhaps", reason="is neither yes nor no", hint="write true or false"
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://rye.example/1", "https://rye.example/1"),
        (" http://rye.example ", "http://rye.example"),
        ("www.rye.example", "https://www.rye.example"),
        ("rye.example/jobs/1?a=b", "https://rye.example/jobs/1?a=b"),
        ("//rye.example/1", "https://rye.example/1"),
        ({"@id": "x", "url": "https://rye.example/1"}, "https://rye.example/1"),
        (["https://rye.example/1"], "https://rye.example/1"),
        ("", ""),
        (None, ""),
    ],
)
def test_web_address_is_read_with_or_without_its_scheme(value: object, expected: str) -> None:
    doubts = Doubts()
    assert (read_url(value, "url", doubts), doubts.found) == (expected, [])


@pytest.mark.parametrize("value", ["javascript:alert(1)", "https://a b", "mailto:a@rye.example", "see below", "x"])
def test_what_is_no_web_address_is_noted(value: str) -> None:
    doubts = Doubts()
    assert read_url(value, "url", doubts) == ""
    assert [doubt.value for doubt in doubts.found] == [value]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("pt-BR", "pt_BR"), ("pt_br", "pt_BR"), ("no", "nb"), ("English", "en"), ("english", "en"), ("português", "pt"),
        ("Deutsch", "de"), ("Englisch", "en"), ("Français", "fr"), ("日本語", "ja"), ("Portuguese (BR)", "pt_BR"),
        ({"@type": "Language", "name": "Spanish"}, "es"), (["fr", "en"], "fr"), ("en-US", "en_US"),
    ],
)  # fmt: skip
def test_language_is_read_by_tag_and_name(value: object, expected: str) -> None:
    doubts = Doubts()
    assert (str(read_language(value, "language", doubts)), doubts.found) == (expected, [])


def test_language_that_is_not_known_is_noted_and_holds_among_locales() -> None:
    doubts = Doubts()
    assert (read_language("Elvish", "language", doubts), read_language("Elvish", "locales", doubts)) == (None, None)
    assert read_language("", "locales", doubts) is None
    assert (len(doubts.found), doubts.unclear) == (2, ["locales"])
    assert read_language("sv", "locales", doubts) == Locale("sv")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["FULL_TIME"], ("FULL_TIME",)), ("full-time", ("FULL_TIME",)), ("Full time", ("FULL_TIME",)),
        ("Vollzeit", ("FULL_TIME",)), ("Vollzeit, Teilzeit", ("FULL_TIME", "PART_TIME")), ("CDI", ("CDI",)),
        ("CDD", ("TEMPORARY",)), (["CLT", "PJ"], ("CLT", "PJ")), ("Temps plein", ("FULL_TIME",)),
        ("jornada completa", ("FULL_TIME",)), ("Tempo integral", ("FULL_TIME",)), ("正社員", ("FULL_TIME",)),
        ("internship", ("INTERN",)), ("Werkstudent", ("INTERN",)), ("https://schema.org/PART_TIME", ("PART_TIME",)),
        ({"label": "Contract"}, ("CONTRACTOR",)), ([], ()), (None, ()),
    ],
)  # fmt: skip
def test_employment_types_are_those_of_schema_org_where_it_has_one(value: object, expected: tuple[str, ...]) -> None:
    doubts = Doubts()
    assert (read_employment_types(value, "employment_type", doubts), doubts.found) == (expected, [])


@pytest.mark.parametrize(
    ("value", "types", "beyond"),
    [
        ("Monday to Friday", (), True), ("Vollzeit", ("FULL_TIME",), False), ("nights", (), True), (38, (), True),
        ("Teilzeit, 25 Std.", ("PART_TIME",), True), (["full-time", "part-time"], ("FULL_TIME", "PART_TIME"), False),
    ],
)  # fmt: skip
def test_hours_name_a_type_only_by_a_word_that_is_known(value: object, types: tuple[str, ...], *, beyond: bool) -> None:
    doubts = Doubts()
    read = read_employment_types(["CDI", {"hours": value}], "employment_type", doubts)
    assert (read, doubts.found, bool(doubts.beyond)) == (("CDI", *types), [], beyond)


def test_types_may_be_parted_by_a_stroke() -> None:
    assert read_employment_types("Part time / CDI", "employment_type", Doubts()) == ("PART_TIME", "CDI")


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [("CDI, CDD", ["CDI", "CDD"]), (None, []), (["CDI"], ["CDI"]), ({"code": 1}, [{"code": 1}])],
)
def test_hours_stand_behind_the_types(kinds: object, expected: list[object]) -> None:
    assert with_hours(kinds, "7 to 15") == [*expected, {"hours": "7 to 15"}]
    assert with_hours(kinds, ["7 to 15", 38]) == [*expected, {"hours": "7 to 15"}, {"hours": 38}]


def test_sentence_is_no_employment_type() -> None:
    doubts = Doubts()
    assert read_employment_types(["40 hours a week"], "employment_type", doubts) == ()
    assert [doubt.reason for doubt in doubts.found] == ["is no employment type"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(50000, 50000), ("50000", 50000), ("50000.5", 50000.5), ("50.000 €", 50000), ("50,000", 50000), ("50k", 50000),
     (True, None), ("a lot", None), ("10 to 20", None), (float("inf"), None), ("nan", None), (None, None)],
)  # fmt: skip
def test_amount_is_read_from_numbers_and_texts(value: object, expected: float | None) -> None:
    assert read_number(value) == expected


def pay(low: float | None, high: float | None, currency: str = "EUR", unit: str = "YEAR") -> Salary:
    return Salary(currency=currency, minimum=low, maximum=high, unit=unit)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"currency": "EUR", "min": 60000, "max": 75000, "unit": "YEAR"}, pay(60000, 75000)),
        ({"currency": "eur", "min": "60000", "unit": "year"}, pay(60000, None)),
        ({"currency": "EUR", "minValue": "60.000", "maxValue": "75.000", "period": "annually"}, pay(60000, 75000)),
        (
            {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {"@type": "QuantitativeValue", "minValue": 15, "maxValue": 18.5, "unitText": "HOUR"},
            },
            pay(15, 18.5, unit="HOUR"),
        ),
        ({"currency": "EUR", "value": 3000, "unitText": "MONTH"}, pay(3000, 3000, unit="MONTH")),
        ({"currency": "€", "min": 3000, "unit": "pro Monat"}, pay(3000, None, unit="MONTH")),
        ({"value": "3.000 € pro Monat"}, pay(3000, 3000, unit="MONTH")),
        ("€50,000 - €60,000 a year", pay(50000, 60000)),
        ("50.000 €", pay(50000, 50000)),
        ("50.000 - 60.000 EUR", pay(50000, 60000)),
        ("ab 15 €/h", pay(15, None, unit="HOUR")),
        ("up to £30,000 per annum", pay(None, 30000, "GBP")),
        ("R$ 3.500,00 por mês", pay(3500, 3500, "BRL", "MONTH")),
        (["CHF 80’000 pro Jahr"], pay(80000, 80000, "CHF")),
        ("1 800 € brut par mois", pay(1800, 1800, unit="MONTH")),
        ("60-75k EUR", pay(60000, 75000)),
        ("$50,000 - $60,000", pay(50000, 60000, "USD")),
        ({"currency": "$", "min": 20, "unit": "HOUR"}, pay(20, None, "USD", "HOUR")),
        ({}, None),
        ("", None),
        (None, None),
    ],
)
def test_pay_is_read_in_every_form(value: object, expected: Salary | None) -> None:
    doubts = Doubts()
    language = "pt" if "mês" in str(value) else "en" if "up to" in str(value) else "de"
    found = read_salary(value, "salary", doubts, language=language, countries=("US",))
    assert (found, doubts.found) == (expected, [])


@pytest.mark.parametrize(
    ("value", "country", "expected"),
    [
        ("13 à 15 €/h", "", pay(13, 15, unit="HOUR")),
        ("13 à 15 €/h", "FR", pay(13, 15, unit="HOUR")),
        ("3.100 bis 3.400 € brutto mtl.", "", pay(3100, 3400, unit="MONTH")),
        ("3.100 tot 3.400 € per maand", "", pay(3100, 3400, unit="MONTH")),
        ("21,50 € brutto/h", "", pay(21.5, 21.5, unit="HOUR")),
        ("£17ph plus breaks", "", pay(17, 17, "GBP", "HOUR")),
        ("AED 7,000–9,000 pm", "", pay(7000, 9000, "AED", "MONTH")),
        ("年収：600万円〜900万円", "", pay(6_000_000, 9_000_000, "JPY")),
        ("2 × 400 € per month", "", pay(400, 400, unit="MONTH")),
        ("Fr. 5'100.– pro Monat", "CH", pay(5100, 5100, "CHF", "MONTH")),
    ],
)
def test_pay_is_read_in_the_language_that_finds_most_in_it_where_none_is_declared(
    value: str, country: str, expected: Salary
) -> None:
    doubts = Doubts()
    found = read_salary(value, "salary", doubts, countries=(country,) if country else ())
    assert (found, doubts.found) == (expected, [])


@pytest.mark.parametrize(
    ("period", "unit"),
    [("per-hour-wage", "HOUR"), ("1 MONTH", "MONTH"), ("per-year-salary", "YEAR"), ("hourly", "HOUR"),
     ("per hr", "HOUR"), ("stundenweise", "HOUR"), ("par jour", "DAY"), ("semana", "WEEK"), ("", "YEAR")],
)  # fmt: skip
def test_systems_say_the_time_that_pay_is_for_in_their_own_words(period: str, unit: str) -> None:
    value = {"currency": "EUR", "min": 10, "max": 20, "unit": period}
    assert read_salary(value, "salary", Doubts()) == pay(10, 20, unit=unit)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"currency": "euro-ish", "min": 1}, "names no currency for sure"),
        ({"currency": "XXQ", "min": 1}, "names no currency for sure"),
        ({"min": 50000}, "names no currency"),
        ({"currency": [], "min": 1, "max": 2}, "names no currency"),
        ({"currency": "EUR", "min": 9, "max": 5}, "is no range of pay"),
        ({"currency": "EUR", "min": -1}, "is no range of pay"),
        ({"currency": "EUR", "max": float("inf")}, "is no range of pay"),
        ({"currency": "EUR", "min": 5, "unit": "shift"}, "does not say what time it is for"),
        ("competitive", "names no amount with a currency"),
        ("13 vel 15 €/h", "is no range of pay"),
        ("16 € for 8 h", "does not say what time it is for"),
        ("Fr. 5'100.– pro Monat", "names no amount with a currency"),
        ("50000", "names no amount with a currency"),
        ("3.000 €", "does not say what time it is for"),
        ("$50,000 a year", "names no currency for sure"),
        (True, "names no amount with a currency"),
    ],
)
def test_pay_that_is_not_sure_is_left_out_and_noted(value: object, reason: str) -> None:
    doubts = Doubts()
    assert read_salary(value, "salary", doubts) is None
    assert [doubt.reason for doubt in doubts.found] == [reason]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Rye", "Rye"), ({"@type": "Organization", "name": "Rye"}, "Rye"), ([{"legalName": "Rye"}], "Rye"), (7, "7"),
     (" Rye\n& Co ", "Rye & Co"), (None, ""), ("", "")],
)  # fmt: skip
def test_name_is_read_from_texts_and_objects(value: object, expected: str) -> None:
    doubts = Doubts()
    assert (read_text(value, "organization", doubts), doubts.found) == (expected, [])


def test_what_is_nested_deeply_or_long_is_noted_too() -> None:
    doubts = Doubts()
    nested: object = []
    for _ in range(100_000):
        nested = [nested]
    assert read_text(nested, "organization", doubts) == ""
    assert read_salary("1 € " * 100_000, "salary", doubts) is None
    assert [doubt.value[:6] for doubt in doubts.found] == ["nested", "1 € 1 "]


def test_what_is_no_name_is_noted_cut_short() -> None:
    doubts = Doubts()
    assert read_text({"x": "y" * 500}, "organization", doubts) == ""
    assert [(doubt.reason, len(doubt.value)) for doubt in doubts.found] == [("is no text", 121)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sales &amp; Marketing &#8211; Lyon", "Sales & Marketing – Lyon"),
        ("<strong>Nurse</strong> (m/f)<br/>", "Nurse (m/f)"),
        ('Engineering Lead | New York | <a href="https://jobs.exam', "Engineering Lead | New York"),
        ("Head of R&D & AT&T; C++ <Templates>", "Head of R&D & AT&T; C++ <Templates>"),
        ("Pay < 100 and > 50", "Pay < 100 and > 50"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("&lt;b&gt;Baker&lt;/b&gt;", "Baker"),
        ("<p>Baker</p><p>Lyon</p>", "Baker Lyon"),
        ("Nurse<br>Porto", "Nurse Porto"),
        ("&frac12; day; List<B>, Q&notes;", "½ day; List<B>, Q&notes;"),
    ],
)
def test_title_is_text_without_what_an_export_left_in_it(title: str, expected: str) -> None:
    assert plain_line(title) == expected
