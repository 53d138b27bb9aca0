"""Makes pipeline/language/quotes.toml: the quotation marks of each language, from CLDR.

    npm pack cldr-misc-full@48 && tar xzf cldr-misc-full-48*.tgz -C build
    python -m tests.make.quotes build/package/main

A locale is named where its marks differ from those of its language.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[2] / "pipeline" / "language" / "quotes.toml"
_HEAD = """\
# The quotation marks of each language, outer and inner, and those of a locale whose country or script differs.
# Made by tests/make/quotes.py from CLDR 48 (cldr-misc-full, delimiters.json).
"""
_NAMES = ("quotationStart", "quotationEnd", "alternateQuotationStart", "alternateQuotationEnd")


def main(folder: Path) -> None:
    """Write the table: four marks, then the locales that have them."""
    marks: dict[str, str] = {}
    for path in sorted(folder.glob("*/delimiters.json")):
        name = path.parent.name
        found = json.loads(path.read_text(encoding="utf-8"))["main"][name]["delimiters"]
        marks[name.replace("-", "_")] = "".join(found[each] for each in _NAMES)
    named: defaultdict[str, list[str]] = defaultdict(list)
    for name, signs in marks.items():
        if "_" not in name or marks.get(name.partition("_")[0]) != signs:
            named[signs].append(name)
    rows = (f'{json.dumps(signs, ensure_ascii=False)} = "{" ".join(names)}"' for signs, names in sorted(named.items()))
    TARGET.write_text(_HEAD + "\n" + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
