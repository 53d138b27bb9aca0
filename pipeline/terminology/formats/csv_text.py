"""A glossary as CSV text: a row a wording, in the columns that `COLUMNS` names, in any order; UTF-8."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from babel import Locale

from pipeline.errors import LocaleError
from pipeline.language.term import Rule, Term
from pipeline.model.locale import parse_locale, source_language
from pipeline.model.posting import SectionKind
from pipeline.model.segment import HEADING, TITLE
from pipeline.terminology.formats.rows import Mistake, Parsed, TermRow

COLUMNS = ("source_language", "source", "locale", "target", "rule", "context", "note")
REQUIRED_COLUMNS = COLUMNS[:5]
CONTEXTS = frozenset({TITLE, HEADING, *SectionKind})
# A spreadsheet takes a cell that starts so for a formula; an apostrophe before it says that it is text.
_FORMULA = re.compile("'*[=+@-]")
DELIMITERS = ",;\t"


def parse_csv(text: str) -> Parsed:
    """Read the terms, a row each; rows that ask for the same source are united by who uses them.

    A row without a source, with the rule must_not, forbids a wording whatever the source says.
    """
    bare = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(bare, newline=""), delimiter=delimiter_of(bare, COLUMNS), strict=True)
    rows: list[TermRow] = []
    mistakes: list[Mistake] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        wrong = tuple(Mistake(line=1, reason=reason) for reason in _header_mistakes(header))
        if wrong:
            return Parsed(mistakes=wrong)
        for line, cells in _numbered(reader):
            row = _Row(dict(zip(header, map(_plain, cells), strict=False)), len(cells) - len(header))
            mistakes += (Mistake(line=line, reason=reason) for reason in row.mistakes)
            rows += () if row.mistakes else (TermRow(line=line, term=row.term()),)
    except csv.Error as error:
        mistakes.append(Mistake(line=reader.line_num, reason=f"not CSV: {error}"))
    return Parsed(rows=tuple(rows), mistakes=tuple(mistakes))


def serialize_csv(terms: Iterable[Term]) -> str:
    """Write terms, a row a wording, in their order; every cell is text, none a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for term in terms:
        for rule, target in _wordings(term):
            cells = (term.language, term.source, str(term.locale or ""), target, rule.value, term.context, "")
            writer.writerow([_as_text(cell) for cell in cells])
    return out.getvalue()


def _wordings(term: Term) -> Iterator[tuple[Rule, str]]:
    if term.keep:
        yield Rule.KEEP, ""
    yield from ((Rule.MUST, target) for target in term.required)
    yield from ((Rule.MUST_NOT, target) for target in term.forbidden)


def _header_mistakes(header: list[str]) -> Iterator[str]:
    if len(header) <= 1:
        found = header[0] if header else ""
        separated = "separated by commas, semicolons or tabs"
        yield f"the first line has to name the columns, {separated}: {','.join(COLUMNS)}; it is {found!r}"
        return
    yield from (f"the column {name} is missing" for name in REQUIRED_COLUMNS if name not in header)
    yield from (f"{name!r} is not a column; there are {', '.join(COLUMNS)}" for name in header if name not in COLUMNS)
    yield from (f"the column {name} stands twice" for name in COLUMNS if header.count(name) > 1)


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, each with the line that it starts in."""
    line = reader.line_num + 1
    for cells in reader:
        if any(map(str.strip, cells)):
            yield line, cells
        line = reader.line_num + 1


class _Row:
    """One row, and everything that is wrong with it."""

    def __init__(self, cells: Mapping[str, str], surplus: int) -> None:
        self.mistakes: list[str] = []
        self._cells = cells
        self._source, self._target = cells.get("source", ""), cells.get("target", "")
        self._context = cells.get("context", "")
        self._language = self._locale("source_language")
        self._place = self._locale("locale")
        self._rule = self._chosen(cells.get("rule", ""))
        if surplus > 0:
            self.mistakes.append(f"{surplus} cells more than columns; quote a cell that holds the delimiter")
        if self._context and self._context not in CONTEXTS:
            self.mistakes.append(f"context is {self._context!r}, it has to be one of {', '.join(sorted(CONTEXTS))}")
        self.mistakes += self._empty_cells()

    def term(self) -> Term:
        """Return what the row asks for."""
        return Term(
            language=source_language(self._language) if self._language else "",
            source=self._source,
            locale=self._place,
            context=self._context,
            required=(self._target,) if self._rule is Rule.MUST else (),
            forbidden=(self._target,) if self._rule is Rule.MUST_NOT else (),
            keep=self._rule is Rule.KEEP,
        )

    def _locale(self, column: str) -> Locale | None:
        text = self._cells.get(column, "")
        try:
            return parse_locale(text) if text else None
        except LocaleError as error:
            self.mistakes.append(f"{column}: {error}")
            return None

    def _chosen(self, text: str) -> Rule | None:
        if text in set(Rule):
            return Rule(text)
        self.mistakes.append(f"rule is {text!r}, it has to be one of {', '.join(Rule)}")
        return None

    def _empty_cells(self) -> Iterator[str]:
        if not self._cells.get("source_language"):
            yield "source_language is empty"
        if not self._source and self._rule is not Rule.MUST_NOT:
            yield "source is empty; only must_not can do without"
        if not self._cells.get("locale") and self._rule is not Rule.KEEP:
            yield "locale is empty; only keep can do without"
        if not self._target and self._rule is not Rule.KEEP:
            yield "target is empty; only keep can do without"
        if self._rule is Rule.KEEP and self._target not in {"", self._source}:
            yield f"target is {self._target!r}; with keep it stays empty"


def _plain(cell: str) -> str:
    text = " ".join(cell.split())
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _as_text(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def delimiter_of(text: str, columns: Collection[str]) -> str:
    """Return the delimiter by which the first line names most of the columns; the comma if none does.

    >>> delimiter_of("conceptUri;preferredLabel", ("conceptUri", "preferredLabel"))
    ';'
    """
    return max(DELIMITERS, key=lambda delimiter: _named(text, delimiter, columns))


def _named(text: str, delimiter: str, columns: Collection[str]) -> int:
    header = text.partition("\n")[0].split(delimiter)
    return sum(cell.strip(' \r"') in columns for cell in header) if len(header) > 1 else 0
