"""Which countries an area holds that a posting names (EU, LATAM, DACH), and what it is called in a language.

Of a remote job that is open to an area, people in each of its countries want to know. CLDR has a name for some areas;
of the others a small one is named by its countries, and a large one by its letters.

>>> countries_of_area("BENELUX"), area_names(Locale("de"), "LATAM"), area_names(Locale("de"), "EMEA")
(('BE', 'LU', 'NL'), ('Lateinamerika',), ('EMEA',))
>>> area_names(Locale("en"), "EEA")
('European Union', 'Iceland', 'Liechtenstein', 'Norway')
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel import Locale

_TABLE = "areas.toml"


def countries_of_area(area: str) -> tuple[str, ...]:
    """Return the codes of the countries of an area, sorted; none of one that is not known."""
    return tuple(_areas().get(area, {}).get("countries", "").split())


def area_names(locale: Locale, area: str) -> tuple[str, ...]:
    """Return what an area is called in a language: its name, those of its countries, or its letters."""
    names: Mapping[str, str] = locale.territories
    codes = _areas().get(area, {}).get("named", "").split()
    return tuple(names.get(code, code) for code in codes) or (area,)


@cache
def _areas() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("pipeline.language") / _TABLE).read_text("utf-8"))
