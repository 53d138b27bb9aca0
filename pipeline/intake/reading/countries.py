"""Country names as people write them, read back to ISO 3166 codes."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

from pipeline.intake.reading.record import RecordError

# Codes and short names met in real postings that CLDR does not list (LESSONS, input formats).
_ALIASES = {
    "uk": "GB",
    "el": "GR",
    "usa": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "uae": "AE",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "great britain": "GB",
    "the netherlands": "NL",
    "holland": "NL",
    "czech republic": "CZ",
    "taiwan (roc)": "TW",
    "south korea": "KR",
    "korea": "KR",
    "russia": "RU",
    "u.k.": "GB",
    "united states of america": "US",
    "republic of ireland": "IE",
    "viet nam": "VN",
    "cape verde": "CV",
    "hong kong": "HK",
    "hongkong": "HK",
    "macau": "MO",
    "macao": "MO",
    "ivory coast": "CI",
    "cote d'ivoire": "CI",
    "macedonia": "MK",
    "turkey": "TR",
}
_READ_IN = (
    "en",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "sv",
    "da",
    "nb",
    "nn",
    "fi",
    "cs",
    "sk",
    "sl",
    "hr",
    "ro",
    "hu",
    "bg",
    "el",
    "et",
    "lv",
    "lt",
    "ga",
    "mt",
    "tr",
    "ru",
    "uk",
    "ar",
    "he",
    "ja",
    "zh",
    "zh_Hant",
    "ko",
    "ca",
    "eu",
    "gl",
)
# Groups, placeholders, and parts of countries that ISO 3166 only reserves a code for.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'"})


def parse_country(text: str) -> str:
    """Return the ISO 3166 alpha-2 code that a code, a name in any of the main languages, or an alias stands for.

    Raises RecordError if it stands for none.

    >>> parse_country("fr"), parse_country("Deutschland"), parse_country("UK")
    ('FR', 'DE', 'GB')
    """
    folded = _fold(text)
    code = folded.upper()
    if folded in _ALIASES:
        return _ALIASES[folded]
    if code in _codes():
        return code
    named = _names().get(folded)
    if named is None:
        raise RecordError(f"{text!r} is not a country; write its ISO 3166 code, for example FR")
    return named


def _fold(name: str) -> str:
    return " ".join(name.translate(_APOSTROPHES).split()).casefold()


def _is_code(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES  # noqa: PLR2004  alpha-2


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").territories) if _is_code(code))


@cache
def _names() -> Mapping[str, str]:
    """Index the names; one that means different countries in different languages (Kongo) stands for none."""
    codes: dict[str, set[str]] = {}
    for language in _READ_IN:
        for code, name in Locale.parse(language).territories.items():
            if _is_code(str(code)):
                codes.setdefault(_fold(str(name)), set()).add(str(code))
    return {name: found.pop() for name, found in codes.items() if len(found) == 1}
