"""Makes pipeline/language/plural_rules.toml: the plural rule of each language as gettext writes it, from CLDR.

    pip install --target build/babel 'babel==2.19.0'
    PYTHONPATH=build/babel:. python -m tests.make.plural_rules

A form that only multiples of a million have (French "many") is left out: no count of postings meets it, and gettext's
own rules do not have it either.
"""

from collections import defaultdict
from collections.abc import Callable
from gettext import c2py
from itertools import groupby
from pathlib import Path

from babel.messages.plurals import PLURALS

TARGET = Path(__file__).parents[2] / "pipeline" / "language" / "plural_rules.toml"
# How gettext's manual writes the rules of most languages.
CUSTOMARY = {"0": 1, "(n != 1)": 2, "(n > 1)": 2}
COUNTS = (*range(1001), 10_000, 100_000)
_HEAD = """\
# The plural rule of each language as the header Plural-Forms has it, and that of a locale whose country differs.
# Made by tests/make/plural_rules.py from CLDR 48 (Babel 2.19), without the forms of millions alone.
"""


def main() -> None:
    """Write the table: a rule, then the languages that have it."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for name, (forms, expression) in sorted(PLURALS.items()):
        if "_" not in name or header(*PLURALS[name[:2]]) != header(forms, expression):
            named[header(forms, expression)].append(name)
    rows = sorted(named.items(), key=lambda row: (row[0].partition(";")[0], len(row[0]), row[0]))
    groups = groupby(rows, key=lambda row: row[0].partition(";")[0])
    tables = ("\n".join(f'"{rule}" = "{" ".join(names)}"' for rule, names in group) for _, group in groups)
    TARGET.write_text(_HEAD + "\n" + "\n\n".join(tables) + "\n", encoding="utf-8")


def header(forms: int, expression: str) -> str:
    """Return the header of a rule, in gettext's customary words where they say the same of what can be counted."""
    wanted = partition(expression)
    usual = [(many, words) for words, many in CUSTOMARY.items() if partition(words) == wanted]
    forms, expression = usual[0] if usual else (forms, expression)
    return f"nplurals={forms}; plural={expression};"


def partition(expression: str) -> list[int]:
    """Return which counts have one form, numbered as they are met."""
    rule: Callable[[int], int] = c2py(expression)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(rule(count), len(numbers)) for count in COUNTS]


if __name__ == "__main__":
    main()
