"""An amount keeps its currency, by sign, code or word."""

import pytest

from pipeline.checks.currency import changed_currencies


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("€400 a year", "400 euros por ano"),
        ("400 EUR im Jahr", "400 € a year"),
        ("R$ 3.500 por mês", "R$3,500 a month"),
        ("NZ$62,000", "62.000 dólares"),
        ("£30,000", "30.000 libras esterlinas"),
        ("levantar peso, casos reales", "lift weights, real cases"),
        ("European applicants", "candidatos europeus"),
        ("a yen for travel", "um iene"),
        ("5,000円", "5.000 ienes"),
        ("CHF 90’000", "90 000 francs suisses"),
        ("KES 95,000", "95.000 KES"),
        ("KES 95,000", "95.000 xelins quenianos"),
        ("a pie chart", "円グラフ"),
        ("€400 a year", "400 euroa vuodessa"),
        ("people from Europe", "Menschen aus Europa"),
        ("$500", "500 долларов"),
        ("NVQ 3 level", "nível 3"),
        ("£200 a week", "200 libras por semana"),
        ("€500–€600", "500–600 euros"),
        ("EUR 500 or USD 600", "500 euros ou 600 dólares"),
        ("25 lb", "25 libras"),
        ("₹12 lakh a year", "12 lakhs de rupias por ano"),
        ("R$ 4.200 por mês", "4.200 reales al mes"),
        ("3 bilhões de reais", "3 mil millones de reales"),
        ("4,200 reais a month", "4 200 réaux par mois"),
        ("£5 for 3 real cases", "5 Pfund für drei echte Fälle"),
        ("PLN 7,500 a month", "月7,500ズウォティ"),
        ("PLN 7,500 a month", "每月7500兹罗提"),
        ("£4m a year", "4 milhões de libras por ano"),
    ],
)
def test_currency_in_another_form_is_no_finding(source: str, target: str) -> None:
    assert changed_currencies(source, target) == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("$1,250 or €2,000", "$1.250 ou $2.000", "missing euro"),
        ("£30,000", "€30.000", "missing pound, added euro"),
        ("€200", "200 libras", "missing euro"),
        ("EUR 500 or USD 600", "500 dólares ou 600 euros", "500 in dollar for euro"),
        ("KES 500 or EUR 30", "500 euros ou 30 KES", "500 in euro for KES"),
        ("€1.5M and €200k", "1,5 milhões de euros e 200 mil libras", "200000 in pound for euro"),
        ("R$ 3.500", "$3,500", "missing real, added dollar"),
        ("€400 a year", "400 por ano", "missing euro"),
        ("KES 95,000 a month", "95.000 por mês", "missing KES"),
        ("PLN 7,500 a month", "月7,500ユーロ", "missing PLN, added euro"),
        ("R$ 4.200 por mês", "4.200 en casos reales", "missing real"),
    ],
)
def test_lost_or_other_currency_is_told(source: str, target: str, told: str) -> None:
    assert changed_currencies(source, target) == told
