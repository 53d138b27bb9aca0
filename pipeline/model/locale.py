"""Locales: how they are spelled, which script and direction they have, which of them a text belongs to."""

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from pipeline.errors import LocaleError

# CLDR's own name for Bokmål is nb; `no` is the macro language that detectors and feeds still use.
_CANONICAL_LANGUAGE = {"no": "nb", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "tl": "fil", "cmn": "zh"}
# POSIX modifiers and encodings (de_DE.UTF-8@euro) have no place in a BCP 47 tag, and CLDR's `root` is no language.
_SPELLING = re.compile(r"([a-z]{2,3})((?:_[a-z0-9]+)*)", re.IGNORECASE)

_SCRIPTS_WITHOUT_SPACES = frozenset({"Jpan", "Hans", "Hant", "Thai", "Laoo", "Khmr", "Mymr"})


@cache
def parse_locale(text: str) -> Locale:
    """Read a locale in either spelling.

    Raises LocaleError if `text` names no locale that CLDR knows.

    >>> parse_locale("pt-BR") == parse_locale("pt_BR")
    True
    >>> str(parse_locale("no"))
    'nb'
    """
    spelled = _SPELLING.fullmatch(text.strip().replace("-", "_"))
    if spelled is None:
        raise LocaleError(text)
    # Renamed before it is parsed: Babel knows no `no_NO` and reads `iw` as Hebrew of Israel.
    language = _CANONICAL_LANGUAGE.get(spelled[1].lower(), spelled[1])
    try:
        return Locale.parse(language + spelled[2], sep="_")
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise LocaleError(text) from error


@cache
def to_tag(locale: Locale) -> str:
    """Spell a locale as BCP 47 does: the form of `public/`, feeds, HTML and URLs.

    >>> to_tag(parse_locale("zh_hant_TW"))
    'zh-Hant-TW'
    """
    return str(locale).replace("_", "-")


@cache
def script_of(locale: Locale) -> str:
    """Name the script a locale is written in, by CLDR likely subtags; "" if CLDR has no opinion.

    >>> script_of(parse_locale("zh_TW")), script_of(parse_locale("pt"))
    ('Hant', 'Latn')
    """
    if locale.script:
        return locale.script
    likely = get_global("likely_subtags")
    with_territory = f"{locale.language}_{locale.territory}" if locale.territory else ""
    expanded = likely.get(with_territory) or likely.get(locale.language) or ""
    parts = expanded.split("_")
    return parts[1] if len(parts) > 1 else ""


@cache
def direction_of(locale: Locale) -> str:
    """Tell which way a locale is written, `ltr` or `rtl`, as HTML says it.

    >>> direction_of(parse_locale("pt_BR")), direction_of(parse_locale("he"))
    ('ltr', 'rtl')
    """
    return str(locale.text_direction)


def usual_territory(language: str) -> str:
    """Name the country that CLDR likely subtags take for a language where none is named, "" without an opinion.

    >>> usual_territory("pt"), usual_territory("en")
    ('BR', 'US')
    """
    parts = get_global("likely_subtags").get(language, "").split("_")
    return parts[-1] if len(parts) > 1 else ""


def written_alike(first: Locale, second: Locale) -> bool:
    """Tell whether two locales are one language in one script, so that nothing needs translating."""
    return first.language == second.language and script_of(first) == script_of(second)


@cache
def source_language(locale: Locale) -> str:
    """Name the language of a text for its domain; the script only where it is not the usual one.

    >>> source_language(parse_locale("pt_PT")), source_language(parse_locale("zh_TW"))
    ('pt', 'zh_Hant')
    """
    usual = script_of(Locale(locale.language))
    script = script_of(locale)
    return locale.language if script == usual else f"{locale.language}_{script}"


def locales_of_text(language: Locale, countries: Iterable[str], configured: Iterable[Locale]) -> tuple[Locale, ...]:
    """Choose the configured locales that a text belongs to as it is written.

    Every locale of the language in its script; among regional ones the declared region, else those of the
    posting's countries, else all. The order of `configured` is kept.
    """
    alike = [locale for locale in configured if written_alike(language, locale)]
    regional = {locale.territory for locale in alike if locale.territory}
    regions = {language.territory} & regional or set(countries) & regional or regional
    return tuple(locale for locale in alike if not locale.territory or locale.territory in regions)


def sentence_gap(locale: Locale) -> str:
    """Return what stands between two sentences of a paragraph in the script of `locale`."""
    return "" if script_of(locale) in _SCRIPTS_WITHOUT_SPACES else " "
