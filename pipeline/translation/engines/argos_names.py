"""How Argos spells languages, versions and packages, and how we do."""

import re

from pipeline.model.locale import parse_locale

# The two codes of the Argos index that are not CLDR's.
_ARGOS_LANGUAGES = {"pb": "pt_BR", "zt": "zh_Hant"}
# No spaces: the engine comment of a catalog is cut at them.
_VERSION = re.compile(r"[0-9][0-9A-Za-z.+-]{0,31}")


def parse_argos_code(code: str) -> str:
    """Spell a language code of Argos as CLDR does.

    Raises LocaleError if it names no language.

    >>> parse_argos_code("pb"), parse_argos_code("en")
    ('pt_BR', 'en')
    """
    return str(parse_locale(_ARGOS_LANGUAGES.get(code, code)))


def is_version(text: str) -> bool:
    """Tell whether a text can be a version and part of a file name."""
    return _VERSION.fullmatch(text) is not None


def version_age(version: str) -> tuple[tuple[int, ...], str]:
    """Order versions by their numbers.

    >>> version_age("1.10") > version_age("1.9")
    True
    """
    return tuple(map(int, re.findall(r"\d+", version))), version


def package_name(source: str, target: str, version: str) -> str:
    """Name a package as Argos names its folder.

    >>> package_name("en", "pt", "1.9")
    'translate-en_pt-1_9'
    """
    return f"translate-{source}_{target}-{version.replace('.', '_')}"
