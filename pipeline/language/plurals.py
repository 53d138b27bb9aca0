"""How many plural forms a language has and which number takes which: gettext's header Plural-Forms.

The rules come with Polypost and not from Babel, whose releases disagree (Portuguese has two forms in 2.18, three in
2.19): a catalog must have as many targets as the rule in its own header asks for.

>>> rule = plural_rule(Locale("pt", "BR"))
>>> rule.header, rule.form_of(1), rule.form_of(2)
('nplurals=2; plural=(n > 1);', 0, 1)
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from importlib.resources import files

from babel import Locale

_TABLE = "plural_rules.toml"
_HEADER = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")
_USUAL = "nplurals=2; plural=(n != 1);"
# What msgfmt tries a rule on, and the numbers that have a form of their own in Breton and Cornish.
_COUNTS = (*range(1001), 10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class PluralRule:
    """The header of a catalog, read: how many forms there are, and an expression in C that chooses one."""

    forms: int
    expression: str

    @property
    def header(self) -> str:
        """The value of the header Plural-Forms."""
        return f"nplurals={self.forms}; plural={self.expression};"

    def form_of(self, count: int) -> int:
        """Return the number of the form that `count` takes."""
        return _compiled(self.expression)(count)

    def fitted(self, targets: Sequence[str], written_for: "PluralRule") -> tuple[str, ...]:
        """Return targets that were written for the forms of another rule in the forms of this one.

        >>> PluralRule(3, "n==1 ? 0 : n%1000000==0 ? 1 : 2").fitted(("vaga", "vagas"), PluralRule(2, "n!=1"))
        ('vaga', 'vagas', 'vagas')
        """
        examples = {self.form_of(count): count for count in reversed(_COUNTS)}
        return tuple(targets[written_for.form_of(examples.get(form, 0))] for form in range(self.forms))


def plural_rule(locale: Locale) -> PluralRule:
    """Return the rule of a locale; that of English for a language of which none is known."""
    table = _rules()
    return parse_plural_rule(table.get(str(locale)) or table.get(locale.language) or _USUAL)


@cache
def parse_plural_rule(header: str) -> PluralRule:
    """Read the value of a header Plural-Forms.

    Raises ValueError, with what is wrong, for one that gettext could not use.
    """
    found = _HEADER.fullmatch(header)
    if found is None:
        raise ValueError('is not "nplurals=NUMBER; plural=EXPRESSION;"')
    rule = PluralRule(int(found[1]), found[2].strip())
    try:
        chosen = {rule.form_of(count) for count in _COUNTS}
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise ValueError(f"has an expression that cannot be computed: {error}") from error
    if max(chosen) >= rule.forms or min(chosen) < 0:
        raise ValueError(f"chooses form {max(chosen)} of {rule.forms}, counted from 0")
    return rule


@cache
def _compiled(expression: str) -> Callable[[int], int]:
    return c2py(expression)  # of the library that looks the forms up when a page is written


@cache
def _rules() -> Mapping[str, str]:
    table = tomllib.loads((files("pipeline.language") / _TABLE).read_text(encoding="utf-8"))
    return {name: header for header, names in table.items() for name in names.split()}
