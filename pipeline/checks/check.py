"""The form of a check: one row, and the two texts that its function compares.

A check is a function that reads a source and its target and says what is wrong, beside a row that names it:

    def lost_motto(pair: Compared) -> str:
        return "missing the motto" if "Carpe diem" in pair.source and "Carpe diem" not in pair.target else ""

    CHECKS = (
        Check(id="motto", severity=Severity.WARNING, remedy="write the motto as the source does", find=lost_motto),
    )
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from babel import Locale
from msgspec import Struct

from pipeline.language.glossary import FormsOf, TermScope
from pipeline.model.finding import Severity

LanguageOf = Callable[[str], str | None]


class Compared(Struct, frozen=True, kw_only=True):  # of each unit one, made in a tenth of the time of a dataclass
    """A source and its target, and what a check may know of the two.

    `source_language` is "" where it is undetermined. `names` find what no translation may change, `kept` are other
    wordings that the target may have from the source, `address` is how targets in the locale speak to the reader, "" if
    they may choose, `terms` what the glossary asks for in a `context`, `trade` what the one that comes with the program
    does of a target that nobody has reviewed. `language_of` names the language of a text, None while it is unsure;
    `forms_of` gives the words of a language. Without the two, what would ask them finds nothing.
    """

    source: str
    target: str
    source_language: str
    locale: Locale
    names: tuple[re.Pattern[str], ...] = ()
    kept: tuple[str, ...] = ()
    context: str = ""
    address: str = ""
    terms: TermScope | None = None
    trade: TermScope | None = None
    language_of: LanguageOf | None = None
    forms_of: FormsOf | None = None

    @property
    def language(self) -> str:
        """The language of the target, without its script and country."""
        return self.locale.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: `find` says what is wrong with a target, "" if nothing is.

    `id` is stable: catalogs and configurations name it. `remedy` tells a reviewer what to do. `languages` are those
    whose targets the check reads, None for any; what it needs of the source it looks at itself. Longer texts
    than a segment may be go to checks of `any_length` only, the others are made for sentences. A `promised` check
    protects what a posting states and is an error everywhere. A target that fails a `refused` one is worth nothing to
    a reviewer either, and is not kept.
    """

    id: str
    severity: Severity
    remedy: str
    find: Callable[[Compared], str]
    languages: frozenset[str] | None = None
    any_length: bool = False
    promised: bool = False
    refused: bool = False

    def reads(self, locale: Locale) -> bool:
        """Tell whether the check reads targets in a locale."""
        return self.languages is None or locale.language in self.languages


def difference(missing: Counter[str], added: Counter[str] | None = None) -> str:
    """Return what is missing and what was added in words, "" if nothing is.

    >>> difference(Counter(["2"]), Counter(["3", "3"]))
    'missing 2, added 3, 3'
    """
    found = (("missing", missing), ("added", added or Counter()))
    return ", ".join(f"{word} {', '.join(sorted(each.elements()))}" for word, each in found if each)
