"""Occupation names of ESCO, the European classification: its CSV download, one file a language."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel import Locale

from pipeline.language.term import Term
from pipeline.model.locale import source_language
from pipeline.model.segment import TITLE
from pipeline.terminology.formats.csv_text import delimiter_of
from pipeline.terminology.formats.rows import Mistake

_URI, _PREFERRED, _ALTERNATIVE = "conceptUri", "preferredLabel", "altLabels"
_FILE_LANGUAGE = re.compile(r"[_-]([a-z]{2,3})\.csv\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """An occupation's names in one language."""

    preferred: str
    alternative: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupations:
    """The occupations of a file by their URI, and everything that is wrong with it."""

    by_uri: Mapping[str, Occupation]
    mistakes: tuple[Mistake, ...] = ()


def language_of(file_name: str) -> str:
    """Name the language of a file of the download; "" if its name does not say.

    >>> language_of("occupations_de.csv")
    'de'
    """
    match = _FILE_LANGUAGE.search(file_name)
    return match[1].lower() if match else ""


def parse_occupations(text: str) -> Occupations:
    """Read the names; alternative ones stand a line each in their cell, in older versions between bars."""
    bare = text.removeprefix("\ufeff")
    delimiter = delimiter_of(bare, (_URI, _PREFERRED, _ALTERNATIVE))
    rows = csv.DictReader(io.StringIO(bare, newline=""), delimiter=delimiter, strict=True)
    found: dict[str, Occupation] = {}
    mistakes: list[Mistake] = []
    try:
        missing = [name for name in (_URI, _PREFERRED) if name not in (rows.fieldnames or ())]
        if missing:
            reason = f"the columns {' and '.join(missing)} are missing; is it an ESCO occupations file?"
            return Occupations(by_uri={}, mistakes=(Mistake(line=1, reason=reason),))
        for row in rows:
            uri, preferred = (" ".join((row[name] or "").split()) for name in (_URI, _PREFERRED))
            if not uri:
                mistakes.append(Mistake(line=rows.line_num, reason=f"{_URI} is empty"))
            elif preferred and uri in found:
                mistakes.append(Mistake(line=rows.line_num, reason=f"{uri} stands twice"))
            elif preferred:
                found[uri] = Occupation(preferred=preferred, alternative=_alternatives(row, preferred))
    except csv.Error as error:
        mistakes.append(Mistake(line=rows.line_num, reason=f"not CSV: {error}"))
    return Occupations(by_uri=found, mistakes=tuple(mistakes))


def join_occupations(
    source: Mapping[str, Occupation], target: Mapping[str, Occupation], language: Locale, locale: Locale
) -> Iterator[Term]:
    """Yield a term for titles from every name of an occupation to its preferred name in another language.

    An alternative name that is the preferred one of another occupation belongs to that one. A name that several
    occupations share has a choice of targets, in the order of the file.
    """
    preferred = {occupation.preferred.casefold() for occupation in source.values()}
    wanted: dict[str, list[str]] = {}
    for uri, occupation in source.items():
        if uri not in target:
            continue
        alternatives = (name for name in occupation.alternative if name.casefold() not in preferred)
        for name in (occupation.preferred, *alternatives):
            wanted.setdefault(name, []).append(target[uri].preferred)
    for name, names in wanted.items():
        required = tuple(dict.fromkeys(names))
        yield Term(language=source_language(language), source=name, locale=locale, context=TITLE, required=required)


def _alternatives(row: Mapping[str, str | None], preferred: str) -> tuple[str, ...]:
    names = (" ".join(name.split()) for name in re.split(r"[\n|]", row.get(_ALTERNATIVE) or ""))
    return tuple(name for name in dict.fromkeys(names) if name and name != preferred)
