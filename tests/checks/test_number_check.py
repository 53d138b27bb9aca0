"""Numbers keep their value, in whichever form a locale writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.number_signs import changed_codes, changed_relations, changed_signs
from pipeline.checks.number_spellings import numbers
from pipeline.checks.numbers import Pair, changed_numbers, numbers_in_words


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("up to €60,000 a year", "até 60.000 euros por ano"),
        ("up to €60,000 a year", "jusqu'à 60\u202f000 euros par an"),
        ("CHF 1'250 a week", "1.250 francos por semana"),
        ("€1.5 million", "1,5 milhão de euros"),
        ("R$ 3.500,00 por mês", "R$ 3,500.00 a month"),
        ("R$ 3.500,00 por mês", "R$ 3500 a month"),
        ("Start: 2026-11-01", "Início: 01.11.2026"),
        ("Start: 01/11/2026", "Início: 01.11.2026"),
        ("Salary of ٣٬٥٠٠ and ٢٫٥ days", "Salário de 3.500 e 2,5 dias"),
        ("In 2026 100 people joined", "Em 2026, entraram 100 pessoas"),
        ("a team without numbers", "uma equipe sem números"),
        ("three years", "3 anos"),
        ("6 am to 2 pm", "das 6h às 14h"),
        ("from 8:30 to 17:00", "de 8h30 às 17 h"),
        ("until 17:00.", "bis 17.00 Uhr"),
        ("a budget of 1.5 million dollars", "予算は150万ドル"),
        ("a budget of 1.5 million dollars", "Budget: 1.500.000 Dollar"),
        ("$45k a year", "45 mil dólares por ano"),
        ("31 December 2026", "31.12.2026"),
        ("31 December 2026", "2026年12月31日"),
        ("12/31/2026", "31/12/2026"),
        ("one line", "1 行"),
        ("no line is selected", "行が 1 つも選択されていません"),
        ("two nurses", "2 infirmières"),
        ("from 9am to 5pm", "das 9h às 17h"),
        ("das 8h às 17h30", "8am to 5:30pm"),
        ("a shop of 80 m²", "uma loja de 80 m2"),
        ("$5k–10k", "5 a 10 mil dólares"),
        ("a 401(k) plan", "um plano 401k"),
        ("12am to 6am", "de 0h à 6h"),
        ("$500/day", "1日500ドル"),
        ("150 million users", "1億5000万人のユーザー"),
        ("₹1,20,000 a year", "120.000 rupias por ano"),
        ("Version 1.2.3 or 1.250.75", "Versão 1.2.3 ou 1.250.75"),
        ("2,400 kg and 1,750 litres", "2.400 kg e 1.750 litros"),
        ("2,400 kg and 1,750 litres", "2,400 kg e 1,750 litros"),
        ("2,400 kg and 1.750 litres", "2.400 kg e 1,750 litros"),
        ("Section 1.150 and 2,400 users", "Seção 1.150 e 2.400 usuários"),
        ("2,400 users of Python 3.10", "2.400 usuários de Python 3.10"),
    ],
)
def test_number_in_the_form_of_the_target_is_the_same_number(source: str, target: str) -> None:
    assert changed_numbers(source, target) == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("2 references", "3 referências", "missing 2, added 3"),
        ("5 years, 5 days", "5 anos", "missing 5"),
        ("€60,000", "€6,000", "missing 60000, added 6000"),
        ("1.5 million", "15 milhões", "missing 1.5, added 15"),
        ("Python 3.10", "Python 3.1", "missing 3.10, added 3.1"),
        ("on 01.11.2026", "em 01.12.2026", "missing 11, added 12"),
        ("from 17:00 a day", "a partir das 17h01", "added 1"),
        ("6 am to 2 pm", "das 6h às 15h", "missing 2, added 15"),
        ("1.5 million", "1 5", "missing 1.5, added 1, 5"),
        ("31 December 2026", "13.12.2026", "missing 31, added 13"),
        ("$2,175.50", "$2.175.50", "missing 2175.50, added 175, 2, 50"),
        ("R$ 4.120,00", "R$ 4,120,00", "missing 4120, added 0, 120, 4"),
        ("2.400,5 Tonnen", "2,400,5 tonnes", "missing 2400.5, added 2, 400, 5"),
        ("2,400 kg and 1,750 litres", "2,400 kg e 1.750 litros", "in two forms: 2,400, 1.750"),
        ("2,400 kg at 2.5 bar", "2,400 kg a 2,5 bar", "in two forms: 2,400, 2,5"),
    ],
)
def test_number_that_changed_is_named(source: str, target: str, told: str) -> None:
    assert changed_numbers(source, target) == told


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        (Pair("en", "es"), "$3.2bn", "3,2 mil millones de dólares"),
        (Pair("en", "es"), "$3.2bn", "3200 millones de dólares"),
        (Pair("en", "pt"), "3.2 billion", "3,2 bilhões"),
        (Pair("en", "pt"), "3.2 billion", "3,2 mil milhões"),
        (Pair("en", "fr"), "3.2 billion", "3,2 milliards"),
        (Pair("en", "de"), "3.2 billion", "3,2 Milliarden"),
        (Pair("de", "en"), "3 Billionen", "3 trillion"),
        (Pair("en", "ja"), "1.5 billion", "15億"),
        (Pair("en", "fi"), "2 thousand", "2 tuhatta"),
        (Pair("en", "pt"), "€45k", "45 mil euros"),
        (Pair("en", "fr"), "€2M", "2 M€"),
        (Pair("en", "fr"), "A loan of £4m.", "Un prêt de 4 millions de livres."),
        (Pair("en", "de"), "A loan of £1.2m", "Ein Darlehen von 1,2 Mio. £"),
        (Pair("en", "pt"), "GBP 6m or £1-2m", "6 milhões de libras ou 1 a 2 milhões de libras"),
        (Pair("en", "pt"), "€12m from 2m users", "12 milhões de euros de 2 milhões de usuários"),
        (Pair("fr", "en"), "12 m€", "€12 million"),
        (Pair("en", "pt"), "a pool 20m long", "uma piscina de 20 m"),
        (Pair("en", "pt"), "a 10 m £50 rope", "uma corda de 10 m por £50"),
        (Pair("en", "pt"), "three million users", "três milhões de usuários"),
        (Pair("en", "pt"), "a thousand loaves", "mil pães"),
        (Pair("en", "pt"), "three billion people", "três mil milhões de pessoas"),
        (Pair("en", "pt"), "one bread and two cakes", "um pão e dois bolos"),
    ],
)
def test_number_with_a_word_of_scale_is_read_in_the_scale_of_its_language(
    languages: Pair, source: str, target: str
) -> None:
    assert changed_numbers(source, target, languages) == ""


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        (Pair("en", "es"), "$3.2bn", "3,2 billones de dólares"),
        (Pair("en", "de"), "3.2 billion", "3,2 Billionen"),
        (Pair("en", "pt"), "€45k", "45 euros"),
        (Pair("en", "pt"), "£4m", "4 mil libras"),
        (Pair("en", "pt"), "£4m", "4 libras"),
        (Pair("en", "pt"), "a pool 20m long", "uma piscina de 20 milhões"),
        (Pair("en", "pt"), "1.5 billion", "1,5 milhão"),
        (Pair("en", "pt"), "1.5bn", "1,5 milhões"),
        (Pair("en", "pt"), "$5 million", "5 mil milhões de dólares"),
        (Pair("en", "pt"), "2 million", "2 milhares"),
        (Pair("en", "pt"), "€1.5M", "1,5 euros"),
        (Pair("en", "pt"), "three million users", "três mil usuários"),
    ],
)
def test_same_figures_on_another_scale_are_another_number(languages: Pair, source: str, target: str) -> None:
    assert changed_numbers(source, target, languages).startswith("missing ")


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("at -18 °C", "a 18 °C", "missing minus"),
        ("at 18 °C", "a -18 °C", "added minus"),
        ("at -18 °C", "a 18 graus abaixo de zero", ""),
        ("at \u221218 °C", "a - 18 °C", ""),
        ("9-5", "das 9 às 5", ""),
        ("UTC-3", "UTC3", "missing minus"),
        ("5+ years", "5 anos", "missing plus"),
        ("5+ years", "mais de 5 anos", ""),
        ("5+ years", "5年以上", ""),
        ("5+ years", "mindestens 5 Jahre", ""),
        ("5+ years", "experiência mínima de 5 anos", ""),
        ("5+ years", "minimaal 5 jaar", ""),
        ("C++ 17", "C++ 17", ""),
    ],
)
def test_sign_at_a_number_is_kept_or_said_in_words(source: str, target: str, told: str) -> None:
    assert changed_signs(source, target) == told


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("IBAN DE89 3704 0044 0532 0130 00", "IBAN DE89 3704 0044 0532 0130 0", "missing DE89 3704 0044 0532 0130 00"),
        ("IBAN DE89 3704 0044 0532 0130 00", "IBAN DE89370400440532013000", ""),
        ("01067 Dresden", "1067 Dresda", "missing 01067"),
        ("call 020 7946 0000", "ligue para 020 7946 0000", ""),
        ("1 000 000 people on 01.02.2027 at 08:30", "1.000.000 on 1.2.2027 at 8h30", ""),
    ],
)
def test_code_of_figures_keeps_its_noughts(source: str, target: str, told: str) -> None:
    assert changed_codes(source, target) == told


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("60.000 € – 75.000 €", "60.000 euros 75.000 euros", "missing a sign between 60.000 and 75.000"),
        ("60.000 € – 75.000 €", "de 60.000 a 75.000 euros", ""),
        ("60.000 € – 75.000 €", "entre 60.000 e 75.000 euros", ""),
        ("Pay: €41,000 – €46,500", "41.000 euros 46.500 euros", "missing a sign between 41,000 and 46,500"),
        ("PAY £21,000–£22,500 + TIPS", "21.000 LIBRAS 22.500 + GORJETAS", "missing a sign between 21,000 and 22,500"),
        ("€38k – €42k", "38 mil euros 42 mil euros", "missing a sign between 38000 and 42000"),
        ("Pay: €41,000 – €46,500", "Gehalt: 41.000 bis 46.500 Euro", ""),
        ("Shop: 9:15 am – 6:45 pm", "Loja: 9:15 am 18:45", "missing a sign between 9:15 and 18:45"),
        ("SAT 7 AM – 3 PM", "SÁB 7 AM 3 PM", "missing a sign between 7:00 and 15:00"),
        ("Shop: 9:15 am – 6:45 pm", "Loja: das 9h15 às 18h45", ""),
        ("4×10 h", "4 a 10 h", "missing × between 4 and 10"),
        ("4×10 h", "4 x 10 h", ""),
        ("Tel. 01 23 45-67 89", "Tél. 01 23 45 67 89", ""),
        ("4×10 h", "4 vezes 10 h", ""),
    ],
)
def test_range_stays_a_range_and_a_product_a_product(source: str, target: str, told: str) -> None:
    assert changed_relations(source, target) == told


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("A hotline that is open 24/7", "Eine Hotline, die rund um die Uhr offen ist"),
        ("A hotline that is open 24/7", "Un numéro ouvert 24 heures sur 24 et 7 jours sur 7"),
        ("A hotline that is open 24/7", "Une ligne ouverte 24h/24 et 7j/7"),
        ("A hotline that is open 24/7", "24時間365日つながる電話"),
        ("A hotline that is open 24/7", "Un teléfono abierto las 24 horas del día, los 7 días de la semana"),
        ("A hotline that is open 24/7", "خط ساخن مفتوح على مدار الساعة"),
        ("about thirty guests", "30 convidados"),
        ("une trentaine de clients", "about 30 guests"),
        ("twenty-five guests", "25 convidados"),
        ("Anderthalb Tage", "1.5 days"),
        ("um ano e meio", "1,5 years"),
        ("half an hour", "30 minutos"),
        ("12 pm to 8 pm", "do meio-dia às 20h"),
        ("at 7 pm", "الساعة السابعة مساءً"),
        ("De 2.ª a 5.ª, 6 horas", "Monday to Thursday, 6 hours"),
        ("Monday to Thursday, 6 hours", "De 2.ª a 5.ª, 6 horas"),
        ("às 3ª-feiras", "on Tuesdays"),
    ],
)
def test_number_that_the_source_says_in_words_may_be_figures(source: str, target: str) -> None:
    assert changed_numbers(source, target) == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("A hotline that is open 24/7", "Eine Hotline, die immer offen ist", "missing 24, 7"),
        ("twenty-five guests", "20 convidados", "added 20"),
        ("half an hour", "40 minutos", "added 40"),
        ("De 2.ª a 5.ª", "Monday to Friday", "missing 2, 5"),
    ],
)
def test_number_in_words_is_not_any_number(source: str, target: str, told: str) -> None:
    assert changed_numbers(source, target) == told


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        (Pair("pt", "en"), "mil e 300 lugares", "1,300 seats"),
        (Pair("es", "en"), "2 mil 300 plazas", "2,300 seats"),
        (Pair("en", "pt"), "1,300 seats", "mil e 300 lugares"),
        (Pair("pt", "en"), "entre 2 mil e 300 mil lugares", "between 2,000 and 300,000 seats"),
    ],
)
def test_figures_behind_a_thousand_are_added_to_it(languages: Pair, source: str, target: str) -> None:
    assert changed_numbers(source, target, languages) == ""


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The shift ends at 7 pm", "O turno termina às 19h"),
        ("The shift ends at 7 pm", "O turno termina às 7 da noite"),
        ("The shift ends at 7 pm", "El turno termina a las 7 de la tarde"),
        ("The shift ends at 7 pm", "Schichtende ist um 7 Uhr abends"),
        ("The shift ends at 7 pm", "シフトは午後7時に終わります"),
        ("The shift ends at 7 pm", "تنتهي المناوبة الساعة 7 مساءً"),
        ("The shift ends at 7 pm", "Le service finit à 7 h du soir"),
        ("8:00 am – 4:30 pm", "8h00 – 16h30"),
        ("from 2 to 6 pm", "das 14 às 18 horas"),
        ("from 2 to 6 pm", "de 2 a 6 de la tarde"),
        ("Beginn 6 Uhr morgens", "Start at 6"),
        ("at 9 p.m.", "um 21.00 Uhr"),
        ("5 PM roles", "5 vagas de gerente de produto"),
    ],
)
def test_hour_of_half_a_day_is_said_in_the_way_of_the_target(source: str, target: str) -> None:
    assert changed_numbers(source, target) == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("Open 9:30 am–7:00 pm", "Aberto 9:30 am-7:00 horas", "missing 7 pm"),
        ("Open 9:30 am to 7:00 pm", "Aberto das 9:30 às 7:00", "missing 7 pm"),
        ("Come at 3 pm", "Venha às 3 da manhã", "missing 3 pm, added 3 am"),
        ("Come at 3 am", "Venha às 3 da tarde", "missing 3 am, added 3 pm"),
        ("das 7h às 15h", "from 7 pm to 3 pm", "added 7 pm"),
        ("Come at 3 am or 2 pm", "Venha às 15h ou às 14h", "missing 3, added 15"),
    ],
)
def test_hour_does_not_change_its_half_of_the_day(source: str, target: str, told: str) -> None:
    assert changed_numbers(source, target) == told


def test_hour_is_not_missed_in_a_language_whose_words_are_not_read() -> None:
    assert changed_numbers("Come at 3 pm", "Kom klokken 3 om eftermiddagen", Pair("en", "da")) == ""
    assert changed_numbers("Come at 3 pm", "Gel 3'te öğleden sonra", Pair("en", "tr")) == ""


def test_number_that_the_target_writes_in_words_is_only_a_doubt() -> None:
    assert changed_numbers("2 references, 3 years", "duas referências, 4 anos") == "missing 3, added 4"
    assert numbers_in_words("2 references, 3 years", "duas referências, 3 anos") == "in words: 2"
    assert numbers_in_words("15 days, 42 weeks", "quince días, cuarenta y dos semanas") == "in words: 15, 42"


def test_numbers_are_read_in_one_spelling() -> None:
    text = "1,234,567.89; 1.234.567,89; 12 345,6; 0.5; 7"
    assert numbers(text) == ["1234567.89", "1234567.89", "12345.6", "0.5", "7"]


@given(st.integers(min_value=1000, max_value=10**12))
def test_grouping_sign_never_changes_the_number(number: int) -> None:
    written = f"{number:,}"
    assert [numbers(written.replace(",", sign)) for sign in ",.'’\u00a0\u202f\u2009 "] == [[str(number)]] * 8


@given(st.text())
def test_text_agrees_with_itself(text: str) -> None:
    assert changed_numbers(text, text) == ""
