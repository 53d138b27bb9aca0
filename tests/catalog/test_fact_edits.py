"""Where facts alone are other ones, the target gets exactly these, in its own form; what is ambiguous gets none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.fact_edits import FactEdit
from pipeline.model.locale import parse_locale
from tests.laws import examples


def carried(way: str, before: str, after: str, target: str, *names: str) -> str | None:
    source, locale = way.split(">")
    edit = FactEdit(source=parse_locale(source), target=parse_locale(locale), names=names)
    return edit.carry(before, after, target)


@pytest.mark.parametrize(
    ("way", "before", "after", "target", "wanted"),
    [
        ("en>de", "3 years of welding", "4 years of welding", "3 Jahre Schweißen", "4 Jahre Schweißen"),
        ("en>pt_BR", "1+ years of work", "3+ years of work", "1+ anos de trabalho", "3+ anos de trabalho"),
        ("en>de", "1 kg of flour", "2 kg of flour", "1 kg Mehl", "2 kg Mehl"),
        ("en>pt_BR", "Two years", "Three years", "Dois anos", "Três anos"),
        ("en>de", "three to five years", "four to five years", "drei bis fünf Jahre", "vier bis fünf Jahre"),
        ("en>de", "three to five years", "three to six years", "drei bis fünf Jahre", "drei bis sechs Jahre"),
        ("en>pt_BR", "Three weeks", "Two weeks", "Três semanas", "2 semanas"),
        ("en>pt_BR", "Three weeks", "30 weeks", "Três semanas", "30 semanas"),
        ("en>ar", "3 years", "5 years", "٣ سنوات", "٥ سنوات"),
        (
            "en>es",
            "1,200 jobs since 2019",
            "1,500 jobs since 2020",
            "1200 empleos desde 2019",
            "1500 empleos desde 2020",
        ),
        ("en>de", "999 parts", "1,200 parts", "999 Teile", "1.200 Teile"),
        ("en>de", "999 parts", "1200 parts", "999 Teile", "1200 Teile"),
        ("en>ja", "Pay: ¥5,000,000", "Pay: ¥6,000,000", "給与：5,000,000円", "給与：6,000,000円"),
        (
            "en>pt_BR",
            "Up to $120k–$150k",
            "Up to $130k–$150k",
            "Até US$ 120.000 – US$ 150.000",
            "Até US$ 130.000 – US$ 150.000",
        ),
        ("en>pt_BR", "$120,000 a year", "$130,000 a year", "US$ 120 mil por ano", "US$ 130 mil por ano"),
        ("pt>en", "R$ 5.000,00 por mês", "R$ 5.500,00 por mês", "R$5,000.00 per month", "R$5,500.00 per month"),
        ("en>pt_BR", "€50,000 per year", "£55,000 per year", "€ 50.000 por ano", "£\xa055.000 por ano"),
        ("en>de", "3.5 years", "4 years", "3,5 Jahre", "4 Jahre"),
        ("en>de", "10% off", "12.5% off", "10 % Rabatt", "12,5 % Rabatt"),
        (
            "en>pt_BR",
            "Python 3.11 or newer",
            "Python 3.12 or newer",
            "Python 3.11 ou mais novo",
            "Python 3.12 ou mais novo",
        ),
        ("en>de", "Version 1.2.3 runs", "Version 1.2.4 runs", "Version 1.2.3 läuft", "Version 1.2.4 läuft"),
        ("en>de", "The 5th floor", "The 6th floor", "Das 5. Obergeschoss", "Das 6. Obergeschoss"),
        ("en>de", "0 to 3 faults", "5 to 9 faults", "0 bis 3 Fehler", "5 bis 9 Fehler"),
        ("en>de", "3 years of work", "three years of work", "3 Jahre Arbeit", "3 Jahre Arbeit"),
    ],
)
def test_number_is_put_into_the_target_in_its_form(way: str, before: str, after: str, target: str, wanted: str) -> None:
    assert carried(way, before, after, target) == wanted


@pytest.mark.parametrize(
    ("way", "before", "after", "target", "wanted"),
    [
        ("en>pt_BR", "by 15 January 2027", "by 15 March 2027", "até 15 de janeiro de 2027", "até 15 de março de 2027"),
        ("en>de", "by 15 January 2027", "by 6 March 2028", "bis 15.01.2027", "bis 06.03.2028"),
        ("en>de", "by 15 January 2027", "by 6 March 2027", "bis 15.1.2027", "bis 6.3.2027"),
        ("en>de", "by 5 May 2027", "by 6 June 2027", "bis 05.05.2027", "bis 6. Juni 2027"),
        ("en>de", "by 15 January", "by 16 January", "Bis 15. Januar", "Bis 16. Januar"),
        ("en>fr", "on 1 March 2027", "on 2 March 2027", "le 1er mars 2027", "le 2 mars 2027"),
        ("en>de", "by 03/04/2027", "by 03/05/2027", "bis 4. März 2027", "bis 5. März 2027"),
        ("en>de", "by 03/04/2027", "by 03/05/2027", "bis 3. April 2027", "bis 3. Mai 2027"),
        ("en>fr", "Meet us on Monday", "Meet us on Friday", "Rencontre le lundi", "Rencontre le vendredi"),
        ("en>de", "Meet us on Monday", "Meet us on Friday", "Montag ist Treffen", "Freitag ist Treffen"),
        ("en>pt_BR", "Meet us on Friday", "Meet us on Tuesday", "Reunião na sexta-feira", "Reunião na terça-feira"),
        ("en>fr", "From 9am to 5pm", "From 8am to 6pm", "De 9h à 17h", "De 8h à 18h"),
        ("fr>en", "De 9h à 17h", "De 8h à 18h", "From 9:00 am to 5:00 pm", "From 8:00 am to 6:00 pm"),
        ("en>de", "from 09:00", "from 10:30", "ab 09:00 Uhr", "ab 10:30 Uhr"),
        ("en>de", "from 9 am", "from 10:30 am", "ab 9 Uhr da", "ab 10:30 da"),
        ("fr>en", "De 9h à 17h", "De 13h à 18h", "From 9 to 5 pm", "From 1:00\u202fPM to 6 pm"),
        ("en>de", "from 9:30 am", "from 10:00 am", "ab 9:30 Uhr", "ab 10:00 Uhr"),
        ("fr>en", "à 11h", "à 16h", "at 11 am", "at 4:00\u202fPM"),
    ],
)
def test_date_day_or_time_is_put_into_the_target_in_its_form(
    way: str, before: str, after: str, target: str, wanted: str
) -> None:
    assert carried(way, before, after, target) == wanted


@pytest.mark.parametrize(
    ("way", "before", "after", "target", "wanted"),
    [
        ("en>de", "Work in London", "Work in Lisbon", "Arbeit in London", "Arbeit in Lissabon"),
        (
            "en>fr",
            "Join us in Ulm today",
            "Join us in Tübingen today",
            "Venez à Ulm aujourd’hui",
            "Venez à Tübingen aujourd’hui",
        ),
        ("en>de", "Work in New York", "Work in San Francisco", "Arbeit in New York", "Arbeit in San Francisco"),
        ("en>de", "Work in São Paulo", "Work in São Luís", "Arbeit in São Paulo", "Arbeit in São Luís"),
        ("en>fr", "Remote (Germany)", "Remote (Portugal)", "À distance (Allemagne)", "À distance (Portugal)"),
        ("en>de", "Years of Java", "Years of Python", "Jahrelang Java", "Jahrelang Python"),
        ("en>de", "Acme, Acme Berlin", "Bolt, Bolt Berlin", "Acme, Acme Berlin", "Bolt, Bolt Berlin"),
        ("en>fr", "Working at Amazon", "Working at Acme", "Travailler chez Amazon", "Travailler chez Acme"),
    ],
)
def test_name_is_put_into_the_target(way: str, before: str, after: str, target: str, wanted: str) -> None:
    own = ("Tübingen", "San Francisco", "São Luís", "Bolt", "Acme")
    assert carried(way, before, after, target, *own) == wanted


@pytest.mark.parametrize(
    ("way", "before", "after", "target"),
    [
        ("en>de", "1 year of work", "3 years of work", "1 Jahr Arbeit"),
        ("en>ru", "2 shifts", "5 shifts", "2 смены"),
        ("en>de", "3 years of work", "3 months of work", "3 Jahre Arbeit"),
        ("en>de", "3 years of work", "4 years of rest", "3 Jahre Arbeit"),
        ("en>de", "at least 3 years", "at most 4 years", "mindestens 3 Jahre"),
        ("en>de", "10% off, 10% more", "15% off, 10% more", "10 % Rabatt, 10 % mehr"),
        ("en>de", "3 tools, 3 years", "4 tools, 4 years", "3 Werkzeuge und Jahre"),
        ("en>de", "3 tools", "4 tools", "drei Werkzeuge in 3 Kisten"),
        ("en>de", "3 tools", "4 tools", "Werkzeuge"),
        ("en>fr", "The 5th floor", "The 6th floor", "Le 5e étage"),
        ("en>pt_BR", "Meet us on Monday", "Meet us on Friday", "Reunião às segundas-feiras"),
        ("en>ru", "in January 2027", "in March 2027", "в январе 2027"),
        ("en>de", "€50,000–€60,000", "$50,000–$60,000", "50.000–60.000 €"),
        ("en>de", "€50,000 a year", "£50,000 a year", "50.000 im Jahr"),
        ("en>de", "Work in Ulm", "Work in Bonn", "Arbeit an der Donau"),
        ("en>de", "Work in Ulm", "Work in teams", "Arbeit in Ulm"),
        ("en>de", "the bonus is paid", "the Acme is paid", "der bonus wird gezahlt"),
        ("en>fr", "Remote in Germany", "Remote in Portugal", "À distance en Allemagne"),
        ("en>fr", "Working for Amazon", "Working for Acme Bolt now", "Travailler pour Amazon"),
        ("en>fr", "The team of Amazon", "The team of Bolt", "L’équipe d’Amazon"),
        ("en>fr", "The team of Bolt", "The team of Acme", "L’équipe de Bolt"),
        ("en>de", "Acme and Acme", "Acme and Bolt", "Acme und Acme"),
        ("en>de", "Acme is Acme", "Bolt is Ulm", "Acme ist Acme"),
        ("en>de", "word " * 300 + "Acme", "word " * 300 + "Bolt", "Wort Acme"),
        ("en>de", "parts 1; " * 60, "parts 2; " * 60, "Teile 1; " * 60),
        ("en>de", "We like it", "We like it", "Wir mögen es"),
    ],
)
def test_what_is_more_than_a_fact_or_not_found_once_is_no_proposal(
    way: str, before: str, after: str, target: str
) -> None:
    found = carried(way, before, after, target, "Bolt", "Acme", "Bonn", "Acme Bolt")
    assert found in {None, target}
    assert found is None or before == after


def test_number_of_forty_figures_is_read_exactly() -> None:
    figures = "1234567890" * 4
    before, after = f"{figures}5 parts", f"{figures}6 parts"
    assert carried("en>de", before, after, f"{figures}5 Teile") == f"{figures}6 Teile"


PIECES = st.sampled_from(
    [
        *"0127.,:-–/%$€ h",
        "12",
        "1,200",
        "٣",
        " am ",
        " May ",
        " Monday ",
        "Uhr",
        "three ",
        "Acme",
        "a",
        "Java ",
        " to ",
        "°",
    ]
)
LINES = st.lists(PIECES, max_size=8).map("".join)


@examples(200)
@given(LINES, LINES, LINES, st.sampled_from(["en>de", "pt>en", "en>ar", "ja>fr"]))
def test_any_text_can_be_asked_for_and_a_source_without_an_edit_changes_nothing(
    before: str, after: str, target: str, way: str
) -> None:
    carried(way, before, after, target, "Acme", "Java")
    assert carried(way, before, before, target) in {None, target}
