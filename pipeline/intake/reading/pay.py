"""Reads pay forgivingly: "€60,000 – €75,000 per year", "13 à 15 €/h", our object, schema.org's.

A part that is missing or not understood costs the whole, since a wrong pay helps nobody; it is noted in `Doubts`.

>>> doubts = Doubts()
>>> read_salary("13 à 15 €/h", "salary", doubts)
Salary(currency='EUR', minimum=13.0, maximum=15.0, unit='HOUR')
>>> read_salary("by agreement", "salary", doubts), doubts.found[0].reason
(None, 'names no amount with a currency')
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from babel.core import get_global

from pipeline.intake.reading.aliases import field_named, words
from pipeline.intake.reading.gazetteer import fold_name
from pipeline.intake.reading.values import Doubts, text_of
from pipeline.language.knowledge import knowledge, languages
from pipeline.language.quantities import read
from pipeline.language.quantity import Kind, Quantity
from pipeline.model.posting import Salary

# 60.000 and 60,000 are both sixty thousand: no pay has three decimals.
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+")
_CURRENCY = re.compile("[A-Z]{3}")
_PAY_UNITS = frozenset({"HOUR", "DAY", "WEEK", "MONTH", "YEAR"})
_LONGEST_PAY = 300
# Pay without a period is taken for that of a year in these currencies from this amount on.
_YEARLY_FROM = 10_000
_YEARLY_IN = frozenset({"EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD"})
_NUMBERS = frozenset({int, float})
_LANGUAGE_OF_FIGURES = "en"
# "15 € brutto/h", "12,000 pm"
_SHORT_UNIT = re.compile(r"(?:/ ?|\d ?k? ?(?=p))([^\W\d_]{1,3})(?![^\W_])")
# How francs are written in Switzerland; elsewhere "Fr." is a Friday or a lady.
_SWISS_FRANCS = re.compile(r"\bs?Fr\.? ?(?=\d)", re.IGNORECASE)
_WITH_SWISS_FRANCS = frozenset({"CH", "LI"})
# A range of pay is seldom wider.
_HALF_OF_AMOUNT = Decimal("0.4")
_LONGEST_PHRASE, _SHORTEST_WORD = 3, 3
# "bi-weekly" and "semi-monthly" are none of the times that a salary has.
_HALF_OR_DOUBLE = frozenset({"bi", "semi"})


def _amounts_in(text: str, language: str) -> tuple[Quantity, ...]:
    """Read the quantities of a text; one that is longer than any pay is none."""
    return read(text, language) if len(text) <= _LONGEST_PAY else ()


def read_number(value: object) -> float | None:
    """Read an amount: 50000, "50000", "50.000 €", "50k"."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if isfinite(value) else None
    text = text_of(value)
    if not text:
        return None
    if _GROUPED.fullmatch(text):
        return float(re.sub(r"\D", "", text))
    try:
        plain = float(text)
    except ValueError:
        found = [
            quantity
            for quantity in _amounts_in(text, _LANGUAGE_OF_FIGURES)
            if quantity.kind in {Kind.MONEY, Kind.COUNT}
        ]
        return float(found[0].value) if len(found) == 1 and found[0].upper is None else None
    return plain if isfinite(plain) else None


def read_salary(
    value: object, field: str, doubts: Doubts, *, language: str = "", countries: Iterable[str] = ()
) -> Salary | None:
    """Read pay: our object, schema.org's, or a text; a "$" is that of the posting's country."""
    if value is None or value == "":
        return None
    if type(value) is dict and (quick := _quick_salary(value)):
        return quick
    if isinstance(value, list | tuple) and value:
        value = value[0]
    reader = _SalaryReader(field, doubts, language, tuple(countries))
    return reader.of_object(value) if isinstance(value, Mapping) else reader.of_text(value)


def _quick_salary(value: dict[str, object]) -> Salary | None:
    """Read pay in our own form, None for any other."""
    if not value.keys() <= {"currency", "min", "max", "unit"}:
        return None
    currency, low, high, unit = value.get("currency"), value.get("min"), value.get("max"), value.get("unit", "YEAR")
    if not (isinstance(currency, str) and isinstance(unit, str)):
        return None
    if (
        currency not in _currencies()
        or unit not in _PAY_UNITS
        or type(low) not in _NUMBERS
        or type(high) not in _NUMBERS
    ):
        return None
    if not 0 <= low <= high < _YEARLY_FROM**3:  # type: ignore[operator]  # numbers, as seen above
        return None
    minimum, maximum = float(low), float(high)  # type: ignore[arg-type]  # as well
    return Salary(currency=currency, minimum=minimum, maximum=maximum, unit=unit)


class _SalaryReader:
    """Reads one pay range; a part that is missing or not understood costs the whole, a wrong pay helps nobody."""

    def __init__(self, field: str, doubts: Doubts, language: str, countries: tuple[str, ...]) -> None:
        self._field, self._doubts, self._language, self._countries = field, doubts, language, countries

    def of_object(self, value: Mapping[str, object]) -> Salary | None:
        inner = value.get("value")
        parts = {**value, **inner} if isinstance(inner, Mapping) else value
        members = {fold_name(str(name)).replace(" ", ""): part for name, part in parts.items()}

        for name, value_of in parts.items():  # "devise", "Gehalt von"
            members.setdefault(field_named(str(name)).removeprefix("salary_"), value_of)

        def part(*names: str) -> object:
            return next((members[name] for name in names if members.get(name) not in (None, "", {})), None)

        low = part("min", "minvalue", "from", "minimum", "low", "minamount", "lowerbound", "floor")
        high = part("max", "maxvalue", "to", "maximum", "high", "maxamount", "upperbound", "ceiling")
        single = part("amount", "price") if not isinstance(members.get("value"), Mapping) else None
        single = single or (part("value") if not isinstance(part("value"), Mapping) else None)
        named = text_of(part("currency", "currencycode", "salarycurrency"))
        if isinstance(single, str) and low is None and high is None and (not named or read_number(single) is None):
            return self.of_text(single)
        if low is None and high is None:
            low = high = single
        currency = self._currency(named, named)
        unit = self._unit(
            text_of(part("unit", "unittext", "period", "interval", "frequency", "unitcode", "per", "type"))
        )
        if currency is None or unit is None:
            return None
        if low is None and high is None and not currency:
            return None
        if not currency:
            return self._dropped(value, "names no currency", "write its code, for example EUR")
        return self._range(value, currency, unit, (low, high))

    def _range(self, value: object, currency: str, unit: str, bounds: tuple[object, object]) -> Salary | None:
        low, high = map(read_number, bounds)
        wrong = [
            bound for bound, read_as in zip(bounds, (low, high), strict=True) if bound is not None and read_as is None
        ]
        amounts = [amount for amount in (low, high) if amount is not None]
        if wrong or any(amount < 0 for amount in amounts) or amounts != sorted(amounts):
            return self._dropped(value, "is no range of pay")
        return Salary(currency=currency, minimum=low, maximum=high, unit=unit)

    def of_text(self, value: object) -> Salary | None:
        text = text_of(value)
        if not _WITH_SWISS_FRANCS.isdisjoint(self._countries):
            text = _SWISS_FRANCS.sub("CHF ", text)
        found = self._amounts(text)
        if not found:
            return self._dropped(value, "names no amount with a currency", 'write {"currency": "EUR", "min": 50000}')
        if found[0].kind is not Kind.MONEY:
            return self._dropped(value, "is no range of pay")
        first = found[0]
        low: float | None = float(first.value)
        high = float(first.upper if first.upper is not None else found[1].value if len(found) > 1 else first.value)
        unit = next((quantity.period for quantity in found if quantity.period), "").upper()
        currency = self._currency(next((quantity.unit for quantity in found if quantity.unit), ""), value)
        if currency is None:
            return None
        unit = unit or pay_unit_in(text)
        if not unit and currency in _YEARLY_IN and float(first.value) >= _YEARLY_FROM:
            unit = "YEAR"
        if unit not in _PAY_UNITS:
            return self._dropped(value, "does not say what time it is for", "add for example `per month`")
        if len(found) == 1 and first.upper is None and first.comparator in {"at_most", "at_least"}:
            low, bound = (None, high) if first.comparator == "at_most" else (low, None)
            return Salary(currency=currency, minimum=low, maximum=bound, unit=unit)
        return self._range(value, currency, unit, (low, high))

    def _amounts(self, text: str) -> list[Quantity]:
        """Return the amounts of a text by the language that reads most of it, a number that is half of a range first.

        A posting seldom declares its language, and "13 à 15 €/h" is 15 € to who reads English: those of its countries
        are asked too, and all others if none of them finds a range and what time it is for.
        """
        best: list[Quantity] = []
        most = (False, False)
        for language in self._languages():
            read_as = _amounts_in(text, language)
            money = [quantity for quantity in read_as if quantity.kind is Kind.MONEY]
            half = [quantity for quantity in read_as if money and _is_half(quantity, money[0])]
            told = (not half, bool(pay_unit_in(text)) or any(quantity.period for quantity in money))
            if money and (told > most or not best):
                best, most = [*half, *money], told
            if not read_as and not re.search(r"\d", text):
                break  # "by agreement"
            if all(most):
                break
        return best

    def _languages(self) -> Iterable[str]:
        official = (
            language
            for country in self._countries
            for language, told in get_global("territory_languages").get(country, {}).items()
            if told["official_status"]
        )
        return dict.fromkeys(
            [*filter(None, [self._language]), *official, _LANGUAGE_OF_FIGURES, *languages("currencies")]
        )

    def _currency(self, text: str, value: object) -> str | None:
        """Return a currency's code, "" for none named, None (noted with the `value`) for one that is not understood."""
        code = text.upper()
        if not code or (_CURRENCY.fullmatch(code) and code in _currencies()):
            return code
        known = knowledge("any")
        signed = known.table("signs").get(text, text)
        several = known.table("several").get(signed.lower(), ())
        own = [code for country in self._countries for code in _currencies_of(country) if code in several]
        if signed in _currencies() or len(set(own)) == 1 or len(several) == 1:
            return signed if signed in _currencies() else (own or several)[0]
        self._dropped(value, "names no currency for sure", "write its code, for example USD")
        return None

    def _unit(self, text: str) -> str | None:
        unit = text.upper()
        if not unit or unit in _PAY_UNITS:
            return unit or "YEAR"
        folded = fold_name(text)
        found = words().pay_units.get(folded) or pay_unit_in(text)
        if not found and folded not in {"monetaryamount", "quantitativevalue", "salary"}:
            self._dropped(text, "does not say what time it is for", "write HOUR, DAY, WEEK, MONTH or YEAR")
            return None
        return found or "YEAR"

    def _dropped(self, value: object, reason: str, hint: str = "") -> Salary | None:
        self._doubts.note(self._field, value, reason, hint)
        return None


def _is_half(quantity: Quantity, amount: Quantity) -> bool:
    """Tell a number without unit that stands before an amount of its size: "13" in "13 à 15 €", no "2" in "2 × 9 €"."""
    alike = _HALF_OF_AMOUNT * amount.value <= quantity.value <= amount.value
    return quantity.kind is Kind.COUNT and quantity.end <= amount.start and alike


def pay_unit_in(text: str) -> str:
    """Return the time that a text names in any language, "" if none; a word of a letter or two only behind an amount.

    >>> pay_unit_in("£24ph"), pay_unit_in("15 € brutto/h"), pay_unit_in("€16 for 8 h")
    ('HOUR', 'HOUR', '')
    """
    spelled = fold_name(text).split()
    if not _HALF_OR_DOUBLE.isdisjoint(spelled):
        return ""
    for size in range(_LONGEST_PHRASE, 0, -1):
        for start in range(len(spelled) - size + 1):
            phrase = " ".join(spelled[start : start + size])
            if (size > 1 or len(phrase) >= _SHORTEST_WORD - (not phrase.isascii())) and (
                unit := words().pay_units.get(phrase)
            ):
                return unit
    short = (words().pay_units.get(fold_name(match[1])) for match in _SHORT_UNIT.finditer(text))
    return next(filter(None, short), "")


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(map(str, get_global("all_currencies")))


@lru_cache(maxsize=300)
def _currencies_of(country: str) -> tuple[str, ...]:
    found = get_global("territory_currencies").get(country, ())
    return tuple(code for code, _, end, tender in found if end is None and tender)
