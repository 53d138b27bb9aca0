"""Where PO text is torn: polib reads over a missing line or a cut end, and what stood there would be lost."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.errors import CatalogError

_REMEDY = "restore the file from version control"
# polib cuts the first and the last character off whatever stands where a string should, and keeps escapes that it
# does not know as text: an unclosed quote would cost a letter.
_STRING_LINE = re.compile(r'(?:(msgid|msgid_plural|msgctxt|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\[\\ntrvbf"])*"')
# They belong to the entry that follows; a free comment (`# `) may stand at the end of a file.
_ENTRY_COMMENTS = ("#.", "#:", "#,", "#|")
_CHARSET = re.compile(r"charset\s*=\s*([^\s;]+)", re.IGNORECASE)
_READABLE = frozenset({"utf-8", "utf8", "charset"})  # the last is what a new template says


def refuse_torn_text(text: str, path: Path) -> None:
    """Raise CatalogError at a line that is not PO, and at an entry that breaks off before its target."""
    noted = begun = 0  # the lines where the comments, and the strings, of an entry without a target so far begin
    for number, written in _written_lines(text):
        if written.startswith("#"):
            if begun:
                raise _torn(path, begun)
            noted = noted or (number if written.startswith(_ENTRY_COMMENTS) else 0)
            continue
        string = _STRING_LINE.fullmatch(written)
        if string is None:
            raise CatalogError(path, "neither a comment nor a whole quoted string; is a quote missing?", number)
        keyword = string[1] or ""
        if keyword.startswith("msgstr"):
            noted = begun = 0
        elif keyword:
            begun = begun or number
    if begun or noted:
        raise _torn(path, begun or noted)


def refuse_torn_header(headers: Mapping[str, str], path: Path, *, entries: int) -> None:
    """Raise CatalogError if a file has no header entry, only the start of one, or one that names another charset."""
    if not any(headers):
        what = "has no header entry" if entries else "is empty"
        raise CatalogError(path, f"{what}: a crash or a full disk may have cut it; {_REMEDY}")
    if not entries and "Content-Type" not in headers:
        raise CatalogError(path, f"breaks off in its header; {_REMEDY}")
    charset = _CHARSET.search(headers.get("Content-Type", ""))
    if charset and charset[1].lower() not in _READABLE:
        reason = f"its header says charset={charset[1]}; catalogs are UTF-8, msgconv --to-code=UTF-8 converts it"
        raise CatalogError(path, reason)


def _written_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield what each line says, an obsolete entry's too, with its number."""
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.strip().removeprefix("#~").strip()
        if written:
            yield number, written


def _torn(path: Path, line: int) -> CatalogError:
    return CatalogError(path, f"this entry breaks off before its msgstr; {_REMEDY}", line)
