"""Reads single values forgivingly: texts, yes and no, web addresses, languages, employment types, pay.

Each reader takes what a source holds (text, number, list, object) and returns what it means, None for nothing. What
is not understood is noted in `Doubts` and costs the value, never the posting.

>>> doubts = Doubts()
>>> read_yes_no("sí", "remote", doubts), read_url("www.rye.example/jobs", "url", doubts)
(True, 'https://www.rye.example/jobs')
>>> read_yes_no("perhaps", "remote", doubts)
>>> [(doubt.field, doubt.value, doubt.reason) for doubt in doubts.found]
[('remote', 'perhaps', 'is neither yes nor no')]
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import isfinite

from babel import Locale
from babel.core import get_global

from pipeline.errors import LocaleError
from pipeline.intake.reading.aliases import has_word, words
from pipeline.intake.reading.gazetteer import fold_name, language_code
from pipeline.language.knowledge import knowledge
from pipeline.language.quantities import Kind, Quantity, read
from pipeline.model.cleaning import clean_line, is_plain
from pipeline.model.locale import parse_locale
from pipeline.model.posting import Doubt, Salary

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?::\d+)?(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
# 60.000 and 60,000 are both sixty thousand: no pay has three decimals.
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+")
_CURRENCY = re.compile("[A-Z]{3}")
_PAY_UNITS = frozenset({"HOUR", "DAY", "WEEK", "MONTH", "YEAR"})
_EMPLOYMENT = frozenset(
    {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
)
_SHOWN = 120  # characters of a value that a doubt keeps
_LONGEST_TYPE = 40
_LONGEST_PAY = 300
_NAMING = ("name", "value", "@value", "label", "descriptor", "text", "title", "legalName", "displayName", "code", "id")
_DEEPEST = 5
_LISTED = re.compile(r"\s*[,;|]\s*")
# Pay without a period is taken for that of a year in these currencies from this amount on.
_YEARLY_FROM = 10_000
_YEARLY_IN = frozenset({"EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD"})
_NUMBERS = frozenset({int, float})
_LANGUAGE_OF_FIGURES = "en"


class Doubts:
    """What was not understood of one posting, in the order of the reading; `unclear` are fields that restrict it."""

    __slots__ = ("found", "unclear")

    def __init__(self) -> None:
        self.found: list[Doubt] = []
        self.unclear: list[str] = []

    def note(self, field: str, value: object, reason: str, hint: str = "") -> None:
        """Note a doubt."""
        try:
            shown = clean_line(str(value)[: 4 * _SHOWN])
        except RecursionError:
            shown = "nested too deeply to be shown"
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        self.found.append(Doubt(field=field, reason=reason, value=shown, hint=hint))

    def hold(self, field: str, value: object, reason: str, hint: str = "") -> None:
        """Note a doubt about a field that restricts who may see the posting: it is held."""
        self.note(field, value, reason, hint)
        if field not in self.unclear:
            self.unclear.append(field)


def line_of(text: str) -> str:
    """Return a text as one clean line; quick for one that is."""
    if text.isprintable() and "  " not in text and text.strip() == text:
        return text
    return clean_line(text)


def are_lines(texts: Sequence[str]) -> bool:
    """Tell whether each text is one clean line already: all of them by one look at what they are together.

    The only white space that is printable is the space, and two of them are together where a text is empty, or begins
    or ends with one.

    >>> are_lines(["Bake bread", "Sell it"]), are_lines(["Bake ", "Sell it"]), are_lines([""])
    (True, False, False)
    """
    together = f" {' '.join(texts)} "
    if "  " in together or "\n" in together or "\t" in together:
        return False
    return is_plain(together) or together.isprintable()


def text_of(value: object, depth: int = 0) -> str:
    """Return the text that a value is or names: of an object its name, of a list the first that has one.

    >>> text_of({"@type": "Organization", "name": "Rye"}), text_of([None, " Rye "]), text_of(4711), text_of(True)
    ('Rye', 'Rye', '4711', '')
    """
    if isinstance(value, str):
        return line_of(value)
    if isinstance(value, bool) or depth > _DEEPEST:
        return ""
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() and abs(value) < 10**15 else str(value)
    if isinstance(value, Mapping):
        return next((text for name in _NAMING if (text := text_of(value.get(name), depth + 1))), "")
    if isinstance(value, list | tuple):
        return next((text for member in value if (text := text_of(member, depth + 1))), "")
    return ""


def members_of(value: object) -> list[object]:
    """Return a list as it is, a text cut at commas, anything else as the only member."""
    if isinstance(value, list | tuple):
        return [member for member in value if member is not None and member != ""]
    if isinstance(value, str):
        return [part for part in _LISTED.split(value) if part.strip()]
    return [] if value is None else [value]


def read_text(value: object, field: str, doubts: Doubts) -> str:
    """Read a name or another short text, "" for none."""
    text = text_of(value)
    if not text and value not in (None, "", [], {}) and not (isinstance(value, str) and not line_of(value)):
        doubts.note(field, value, "is no text")
    return text


def read_yes_no(value: object, field: str, doubts: Doubts) -> bool | None:
    """Read yes or no, in words of any language."""
    if value is None or isinstance(value, bool):
        return value
    text = text_of(value)
    if not text:
        return None
    if has_word("yes", text) or (field == "remote" and (has_word("remote", text) or has_word("anywhere", text))):
        return True
    if has_word("no", text) or (field == "remote" and has_word("on_site", text)):
        return False
    note = doubts.hold if field == "translate" else doubts.note
    note(field, text, "is neither yes nor no", "write true or false")
    return None


def read_url(value: object, field: str, doubts: Doubts) -> str:
    """Read a web address; one without its scheme is taken for https."""
    address = text_of(value.get("url") or value.get("href") or value if isinstance(value, Mapping) else value)
    if not address or _WEB_ADDRESS.fullmatch(address):
        return address
    if address.startswith("//") and _BARE_ADDRESS.fullmatch(address[2:]):
        return f"https:{address}"
    if _BARE_ADDRESS.fullmatch(address):
        return f"https://{address}"
    doubts.note(field, address, "is no http or https address", "write for example https://example.org/jobs/1")
    return ""


@lru_cache(maxsize=512)
def _language(text: str) -> Locale | None:
    code = language_code(text)
    for spelled in (text, code):
        try:
            return parse_locale(spelled) if spelled else None
        except LocaleError:
            if not code:
                break
    head, bracket, rest = text.partition("(")
    code = language_code(head) if bracket else ""
    territory = rest.strip(" )").upper()
    try:
        return parse_locale(f"{code}_{territory}" if len(territory) == 2 else code) if code else None  # noqa: PLR2004
    except LocaleError:
        return None


def read_language(value: object, field: str, doubts: Doubts) -> Locale | None:
    """Read a tag or the name of a language: `pt-BR`, "English", "português", "Portuguese (BR)"."""
    text = text_of(value)
    if not text:
        return None
    found = _language(text)
    if found is None:
        note = doubts.hold if field == "locales" else doubts.note
        note(field, text, "is no language that is known", "write its tag, for example pt-BR")
    return found


def read_employment_types(value: object, field: str, doubts: Doubts) -> tuple[str, ...]:
    """Read schema.org's employment types; a form of contract that it has no word for (CDI, CLT) stays as it is."""
    if value is None:
        return ()
    if type(value) is list and all(type(kind) is str and kind in _EMPLOYMENT for kind in value):
        return tuple(dict.fromkeys(value))
    found: list[str] = []
    for member in members_of(value):
        text = text_of(member)
        kind = employment_type(text) if text else ""
        if kind:
            found.append(kind)
        elif text:
            doubts.note(field, text, "is no employment type", "write for example FULL_TIME, PART_TIME or INTERN")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def employment_type(text: str) -> str:
    """Return the employment type that a text names, a short unknown word in capitals, "" for anything else.

    >>> employment_type("Vollzeit"), employment_type("full-time"), employment_type("CDI")
    ('FULL_TIME', 'FULL_TIME', 'CDI')
    """
    if text in _EMPLOYMENT:
        return text
    bare = text.rpartition("/")[2] if "schema.org/" in text else text
    folded = fold_name(bare)
    if found := words().employment.get(folded) or words().employment.get(folded.replace(" ", "")):
        return found
    if "_" in bare:  # a code of a system: "fulltime_permanent"
        parts = {kind for part in folded.split() if (kind := words().employment.get(part))}
        if len(parts) == 1:
            return parts.pop()
    return folded.upper().replace(" ", "_") if len(folded) <= _LONGEST_TYPE and not re.search(r"\d", folded) else ""


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
    if (
        currency not in _currencies()
        or unit not in _PAY_UNITS
        or type(low) not in _NUMBERS
        or type(high) not in _NUMBERS
    ):
        return None
    if not 0 <= low <= high < _YEARLY_FROM**3:  # type: ignore[operator]  # numbers, as seen above
        return None
    return Salary(currency=str(currency), minimum=float(low), maximum=float(high), unit=str(unit))  # type: ignore[arg-type]


class _SalaryReader:
    """Reads one pay range; a part that is missing or not understood costs the whole, a wrong pay helps nobody."""

    def __init__(self, field: str, doubts: Doubts, language: str, countries: tuple[str, ...]) -> None:
        self._field, self._doubts, self._language, self._countries = field, doubts, language, countries

    def of_object(self, value: Mapping[str, object]) -> Salary | None:
        inner = value.get("value")
        parts = {**value, **inner} if isinstance(inner, Mapping) else value
        members = {fold_name(str(name)).replace(" ", ""): part for name, part in parts.items()}

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
        currency = self._currency(named)
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
        found: list[Quantity] = []
        for language in dict.fromkeys(filter(None, (self._language, _LANGUAGE_OF_FIGURES))):
            found = [quantity for quantity in _amounts_in(text, language) if quantity.kind is Kind.MONEY]
            if found:
                break
        if not found:
            return self._dropped(value, "names no amount with a currency", 'write {"currency": "EUR", "min": 50000}')
        first = found[0]
        low: float | None = float(first.value)
        high = float(first.upper if first.upper is not None else found[1].value if len(found) > 1 else first.value)
        unit = next((quantity.period for quantity in found if quantity.period), "").upper()
        currency = self._currency(next((quantity.unit for quantity in found if quantity.unit), ""))
        if currency is None:
            return None
        unit = unit or _pay_unit_in(text)
        if not unit and currency in _YEARLY_IN and float(first.value) >= _YEARLY_FROM:
            unit = "YEAR"
        if unit not in _PAY_UNITS:
            return self._dropped(value, "does not say what time it is for", "add for example `per month`")
        if len(found) == 1 and first.upper is None and first.comparator in {"at_most", "at_least"}:
            low, bound = (None, high) if first.comparator == "at_most" else (low, None)
            return Salary(currency=currency, minimum=low, maximum=bound, unit=unit)
        return self._range(value, currency, unit, (low, high))

    def _currency(self, text: str) -> str | None:
        """Return a currency's code, "" for none named, None (noted) for one that is not understood."""
        code = text.upper()
        if not code or (_CURRENCY.fullmatch(code) and code in _currencies()):
            return code
        known = knowledge("any")
        signed = known.table("signs").get(text, text)
        several = known.table("several").get(signed.lower(), ())
        own = [code for country in self._countries for code in _currencies_of(country) if code in several]
        if signed in _currencies() or len(set(own)) == 1 or len(several) == 1:
            return signed if signed in _currencies() else (own or several)[0]
        self._dropped(text, "names no currency for sure", "write its code, for example USD")
        return None

    def _unit(self, text: str) -> str | None:
        unit = text.upper()
        if not unit or unit in _PAY_UNITS:
            return unit or "YEAR"
        folded = fold_name(text)
        found = words().pay_units.get(folded) or _pay_unit_in(text)
        if not found and folded not in {"monetaryamount", "quantitativevalue", "salary"}:
            self._dropped(text, "does not say what time it is for", "write HOUR, DAY, WEEK, MONTH or YEAR")
            return None
        return found or "YEAR"

    def _dropped(self, value: object, reason: str, hint: str = "") -> Salary | None:
        self._doubts.note(self._field, value, reason, hint)
        return None


_LONGEST_PHRASE, _SHORTEST_WORD = 3, 3


# "bi-weekly" and "semi-monthly" are none of the times that a salary has.
_HALF_OR_DOUBLE = frozenset({"bi", "semi"})


def _pay_unit_in(text: str) -> str:
    """Return the time that a text names in any language, "" if none; a word of one or two letters only in a phrase."""
    spelled = fold_name(text).split()
    if not _HALF_OR_DOUBLE.isdisjoint(spelled):
        return ""
    for size in range(_LONGEST_PHRASE, 0, -1):
        for start in range(len(spelled) - size + 1):
            phrase = " ".join(spelled[start : start + size])
            if (size > 1 or len(phrase) >= _SHORTEST_WORD) and (unit := words().pay_units.get(phrase)):
                return unit
    return ""


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(map(str, get_global("all_currencies")))


@lru_cache(maxsize=300)
def _currencies_of(country: str) -> tuple[str, ...]:
    found = get_global("territory_currencies").get(country, ())
    return tuple(code for code, _, end, tender in found if end is None and tender)
