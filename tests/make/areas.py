"""Makes pipeline/language/areas.toml: the countries of each area that postings name, and by which code CLDR names it.

    npm pack cldr-core    (unpacked into a folder)
    python -m tests.make.areas CLDR_CORE/package

An area that has a code in CLDR holds what CLDR says that it contains; the others what their own members say (the treaty
of Benelux, the Nordic Council, the charters of the Gulf Cooperation Council and the Commonwealth of Independent
States), or, where there is only a custom, what CLDR's regions in that part of the world contain. Customs differ, so
these hold rather a country more.
"""

import json
import sys
from pathlib import Path

TARGET = Path(__file__).parents[2] / "pipeline" / "language" / "areas.toml"
# Antarctica and islands without towns, which CLDR puts into no part of the world.
UNSETTLED = "QO"
# What an area contains, in codes of CLDR, and by which of them it is named in every language; one that has no name in
# CLDR is named by its few countries, else by its letters ("EMEA"), which are the same in most languages.
AREAS = {
    "AFRICA": ("002", "002"),
    "AMERICAS": ("019", "019"),
    "APAC": ("030 034 035 009 -IR", ""),
    "ANZ": ("AU NZ", "AU NZ"),
    "ASIA": ("142", "142"),
    "BALTICS": ("EE LT LV", "EE LT LV"),
    "BENELUX": ("BE LU NL", "BE LU NL"),
    "CEE": ("AL BG CZ EE HR HU LT LV PL RO SI SK", ""),  # as the OECD counts them
    "CENTRAL_AMERICA": ("013", "013"),
    "CIS": ("AM AZ BY KG KZ MD RU TJ UZ", ""),
    "DACH": ("AT CH DE", "AT CH DE"),
    "EEA": ("EU IS LI NO", "EU IS LI NO"),
    "EMEA": ("150 002 145 IR", ""),
    "EU": ("EU", "EU"),
    "EUROPE": ("150 EU", "150"),
    "GCC": ("AE BH KW OM QA SA", "AE BH KW OM QA SA"),
    "IBERIA": ("ES PT", "ES PT"),
    "LATAM": ("419", "419"),
    "MENA": ("015 145 IR -AM -AZ -CY -GE", ""),
    "NORDICS": ("AX DK FI FO GL IS NO SE", "DK FI IS NO SE"),
    "NORTH_AMERICA": ("021 MX", "003"),
    "OCEANIA": ("009", "009"),
    "SCANDINAVIA": ("DK NO SE", "DK NO SE"),
    "SOUTHEAST_ASIA": ("035", "035"),
    "SOUTH_AMERICA": ("005", "005"),
}
_HEAD = """\
# The countries of each area that a posting can name, and the codes of CLDR by whose names it is called.
# Made by tests/make/areas.py from CLDR 48 (npm package cldr-core; Unicode License v3, © Unicode, Inc.).
"""


def main() -> None:
    """Write the table."""
    source = Path(sys.argv[1]) / "supplemental" / "territoryContainment.json"
    contained = json.loads(source.read_text("utf-8"))["supplemental"]["territoryContainment"]
    areas = (
        f'\n[{area}]\nnamed = "{named}"\ncountries = "{" ".join(sorted(countries(parts, contained)))}"'
        for area, (parts, named) in AREAS.items()
    )
    TARGET.write_text(_HEAD + "\n".join(areas) + "\n", encoding="utf-8")


def countries(parts: str, contained: dict[str, dict[str, list[str]]]) -> set[str]:
    """Return the codes of the countries of regions and countries, less those with a minus before them."""
    words = parts.split()
    found = {code for word in words if word[0] != "-" for code in leaves(word, contained)}
    return found - {word[1:] for word in words if word[0] == "-"}


def leaves(code: str, contained: dict[str, dict[str, list[str]]]) -> set[str]:
    """Return the countries of a region of CLDR, a country's own code."""
    if code == UNSETTLED:
        return set()
    inner = contained.get(code, {"_contains": []})["_contains"]
    return {leaf for part in inner for leaf in leaves(part, contained)} if inner else {code}


if __name__ == "__main__":
    main()
