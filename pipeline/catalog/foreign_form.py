r"""PO text of any other tool or hand, read as gettext reads it, where the house form does not recognize it.

gettext cares for words and strings, not for lines: `#,fuzzy`, `#.text`, `#:f`, `#|msgid`, a lone `#~`, flags behind
`#=`, several strings or statements on a line, octal and hexadecimal escapes are all read. What it would refuse is
refused with its line; so is a file that was cut off in an entry.

    read_other_form('msgid "" msgstr "Language: fr\\n"\n#,fuzzy\nmsgid "caf" "\\303\\251" msgstr "x"', Path("fr.po"))
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.catalog.house_form import Entry
from pipeline.errors import CatalogError, LocaleError
from pipeline.model.locale import parse_locale, written_alike
from pipeline.storage.conflict_markers import tell_unfinished

REMEDY = "restore the file from version control"
_TOKEN = re.compile(
    r"""\s*(?:(msgctxt|msgid_plural|msgid|msgstr(?:\s*\[\s*\d+\s*\])?)(?![a-z_]) | "((?:[^"\\]|\\.)*)")""", re.VERBOSE
)
_ESCAPE = re.compile(r'(?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{2}))+|\\([\\ntrvbfa"])|\\(.)')
_BYTE = re.compile(r"\\(?:([0-7]{1,3})|x(..))")
_SIMPLE = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "a": "\a", '"': '"'}
_CHARSET = re.compile(r"charset\s*=\s*([^\s;\\\"]+)", re.IGNORECASE)
_READABLE = frozenset({"utf-8", "utf8", "charset"})  # the last is what a new template says
_JOINED = "#-#-#-#-#"  # msgcat, where the files that it joins say different things of an entry
_NO_STRING = "neither a comment nor a whole quoted string; is a quote missing?"
# They belong to the entry that follows; a free comment (`# `) may stand at the end of a file.
_ENTRY_COMMENTS = (".", ":", ",", "|", "=")


class OtherForm(NamedTuple):
    """What a file says: the fields and comment lines of its header, and its entries."""

    headers: Mapping[str, str]
    notes: tuple[str, ...]
    entries: list[Entry]


@dataclass(slots=True)
class _Draft:
    """An entry while it is being read; `begun` is the line of its first word."""

    line: int = 0
    begun: int = 0
    done: bool = False
    obsolete: bool = False
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    previous: dict[str, list[str]] = field(default_factory=dict)

    def text(self, keyword: str) -> str:
        return "".join(self.texts.get(keyword, ()))

    def plural_targets(self) -> tuple[str, ...]:
        forms = {int(name[7:-1]): "".join(parts) for name, parts in self.texts.items() if name.startswith("msgstr[")}
        return tuple(forms[number] for number in sorted(forms))

    def entry(self) -> Entry:
        plural_targets = self.plural_targets()
        return Entry(
            line=self.line,
            context=self.text("msgctxt") if "msgctxt" in self.texts else None,
            source=self.text("msgid"),
            target=plural_targets[0] if plural_targets else self.text("msgstr"),
            plural_source=self.text("msgid_plural"),
            plural_targets=plural_targets,
            notes=tuple(filter(None, self.notes)),
            remarks=tuple(self.remarks),
            references=tuple(self.references),
            flags=tuple(self.flags),
            previous_context="".join(self.previous.get("msgctxt", ())),
            previous_source="".join(self.previous.get("msgid", ())),
            obsolete=self.obsolete,
        )


def read_other_form(text: str, path: Path, *, doubles: bool = False) -> OtherForm:
    """Read PO text in whatever form; of what the house form reads it says the same.

    Raises CatalogError, with the line, if it is not PO text, is torn, is an unfinished merge or, but for `doubles`,
    holds an entry twice.
    """
    if unfinished := tell_unfinished(text, path):
        raise CatalogError(path, unfinished[1], unfinished[0])
    reader = _Reader(path)
    for line in text.split("\n"):
        reader.read(line)
    reader.end()
    drafts = reader.done
    headers = [draft for draft in drafts if not draft.text("msgid") and "msgctxt" not in draft.texts]
    header = _only_header(headers, path)
    fields: dict[str, str] = {}
    for line in header.text("msgstr").split("\n") if header else ():
        name, colon, value = line.partition(":")
        if colon:
            fields[name.strip()] = value.strip()
    entries = [draft.entry() for draft in drafts if draft is not header]
    if not doubles:
        _refuse_duplicates(entries, path)
    return OtherForm(fields, tuple(header.notes) if header else (), entries)


class _Reader:
    """Reads the lines of a file, one entry after the other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = _Draft()
        self._words: list[str] | None = None  # the parts of the string that is being read
        self._line = 0
        self.done: list[_Draft] = []

    def read(self, line: str) -> None:
        """Read one line."""
        self._line += 1
        written = line.strip()
        obsolete = written.startswith("#~")
        if obsolete:
            written = written[2:].lstrip()
        previous = written.startswith("|" if obsolete else "#|")
        if previous:
            written = written.removeprefix("#").removeprefix("|")
        if previous or written.startswith("#"):
            self._begin_entry()
        if written.startswith("#"):
            _add_comment(self._draft, written, self._line)
            return
        for keyword, string in _tokens(written, self._path, self._line):
            if keyword and not keyword.startswith("msgstr[") and self._draft.done:
                self._begin_entry()
            self._draft.line = self._draft.line or self._line
            if keyword and previous:
                self._words = self._draft.previous.setdefault(keyword, [])
            elif keyword:
                self._words = self._begin_string(keyword, obsolete=obsolete)
            elif self._words is None:
                raise CatalogError(self._path, _NO_STRING, self._line)
            else:
                self._words.append(_unescaped(string, self._path, self._line))

    def end(self) -> None:
        """Take in the last entry. Raises CatalogError if it is not whole."""
        draft = self._draft
        if draft.begun or draft.remarks or draft.references or draft.flags or draft.previous:
            if not draft.done:
                raise _torn(self._path, draft.begun or draft.line)
            self._begin_entry()

    def _begin_entry(self) -> None:
        """Begin another entry if this one has a target. Raises CatalogError if it only has a source."""
        if self._draft.begun and not self._draft.done:
            raise _torn(self._path, self._draft.begun)
        if self._draft.done:
            if not all(self._draft.texts.values()):  # a word without a string
                raise _torn(self._path, self._draft.begun)
            self.done.append(self._draft)
            self._draft, self._words = _Draft(), None

    def _begin_string(self, keyword: str, *, obsolete: bool) -> list[str]:
        """Begin a string of an entry; return what collects its parts."""
        draft = self._draft
        if keyword in draft.texts:
            raise CatalogError(self._path, f"{keyword} twice in this entry; is a msgstr missing before it?", self._line)
        if keyword.startswith("msgstr") and "msgid" not in draft.texts:
            raise CatalogError(self._path, f"{keyword} without a msgid before it", self._line)
        if draft.begun and draft.obsolete != obsolete:
            raise CatalogError(self._path, "`#~` stands before some lines of this entry, not before all", self._line)
        draft.obsolete = obsolete
        draft.begun = draft.begun or self._line
        draft.done = draft.done or keyword.startswith("msgstr")
        return draft.texts.setdefault(keyword, [])


def _add_comment(draft: _Draft, written: str, number: int) -> None:
    """Take in a comment line."""
    kind, said = written[1:2], written[2:].removeprefix(" ").rstrip()
    if kind in _ENTRY_COMMENTS:
        draft.line = draft.line or number
    match kind:
        case ".":
            draft.remarks += [said] if said else []
        case ":":
            draft.references += _references(said)
        case "," | "=":
            draft.flags += filter(None, map(str.strip, said.split(",")))
        case _:
            draft.line = draft.line or number
            draft.notes.append(written[1:].removeprefix(" ").rstrip())


def _references(said: str) -> Iterator[str]:
    """Yield places; gettext isolates the name of one that has spaces in it (U+2068, U+2069)."""
    for isolated, plain in re.findall("\u2068([^\u2069]*)\u2069|([^\\s\u2068]+)", said):
        yield plain or isolated.strip().replace(" ", "%20")


def _tokens(written: str, path: Path, line: int) -> Iterator[tuple[str, str]]:
    """Yield the words and strings of a line; one of the two is "" each time, but for an empty string."""
    position = 0
    while position < len(written):
        token = _TOKEN.match(written, position)
        if token is None:
            raise CatalogError(path, _NO_STRING, line)
        yield re.sub(r"\s", "", token[1] or ""), token[2] or ""
        position = token.end()


def _unescaped(string: str, path: Path, line: int) -> str:
    """Return what a string says; bytes that are written as numbers are those of UTF-8."""

    def said(escape: re.Match[str]) -> str:
        if escape[2]:
            raise CatalogError(path, f"\\{escape[2]} is no escape of PO; write \\\\{escape[2]} for a backslash", line)
        if escape[1]:
            return _SIMPLE[escape[1]]
        values = bytes(int(octal, 8) & 0xFF if octal else int(hexa, 16) for octal, hexa in _BYTE.findall(escape[0]))
        try:
            return values.decode()
        except UnicodeDecodeError as error:
            raise CatalogError(path, f"the bytes {escape[0]} are no UTF-8; write the character itself", line) from error

    return (_ESCAPE.sub(said, string) if "\\" in string else string).replace("\0", "")  # msgfmt ends a text at it


def _only_header(headers: list[_Draft], path: Path) -> _Draft | None:
    """Return the header entry. Raises CatalogError if there are two, or if it is marked obsolete."""
    if len(headers) > 1:
        first, second = headers[:2]
        lines = f"lines {first.begun} and {second.begun}"
        which = next((f" (the one in line {each.begun} is obsolete)" for each in headers if each.obsolete), "")
        raise CatalogError(path, f"has two headers, {lines}{which}; keep the one that names the language", second.begun)
    if headers and headers[0].obsolete:
        raise CatalogError(path, "its header is marked obsolete; take `#~ ` off its lines", headers[0].begun)
    return headers[0] if headers else None


def _refuse_duplicates(entries: Iterable[Entry], path: Path) -> None:
    seen: dict[tuple[str | None, str], int] = {}
    for entry in entries:
        key = (entry.context, entry.source)
        if key in seen:  # msgcat and msgfmt refuse it among obsolete entries too
            reason = f"{entry.source!r} stands here and in line {seen[key]}"
            reason += f"; keep one of them: `polypost catalogs resolve {path}`"
            raise CatalogError(path, reason, entry.line)
        seen[key] = entry.line


def refuse_torn_header(headers: Mapping[str, str], path: Path, *, entries: int) -> None:
    """Raise CatalogError if a file has no header entry, or only the start of one."""
    if not any(headers):
        what = "has no header entry" if entries else "is empty"
        raise CatalogError(path, f"{what}: a crash or a full disk may have cut it; {REMEDY}")
    if not entries and "Content-Type" not in headers:
        raise CatalogError(path, f"breaks off in its header; {REMEDY}")


def refuse_what_is_not_meant(text: str, path: Path) -> None:
    """Raise CatalogError, with the lines, for a file in which two were joined, or of another encoding."""
    if _JOINED in text:
        lines = [number for number, line in enumerate(text.split("\n"), start=1) if _JOINED in line]
        reason = (
            f"msgcat joined files that differ (`{_JOINED}`, lines {', '.join(map(str, lines[:4]))}); keep one text each"
        )
        raise CatalogError(path, reason, lines[0])
    charset = declared_charset(text)
    if charset:
        raise CatalogError(path, in_another_encoding(charset), _line_of(text, "charset"))


def refuse_another_locale(text: str, headers: Mapping[str, str], path: Path) -> None:
    """Raise CatalogError, with the line, for a file whose header names another language than the folder it lies in."""
    if path.parent.name == "LC_MESSAGES" and headers.get("Language"):
        folder = path.parent.parent.name
        try:
            alike = written_alike(parse_locale(headers["Language"]), parse_locale(folder))
        except LocaleError:
            return
        if not alike:
            told = f"says `Language: {headers['Language']}`, but lies in the folder of {folder}"
            reason = f"{told}; correct the line, or move the file"
            raise CatalogError(path, reason, _line_of(text, "Language:"))


def decode_catalog(content: bytes, path: Path) -> str:
    """Return the text of a file. Raises CatalogError, with what to type, if it is not in UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        charset = encoding_of(content)
        if charset:
            raise CatalogError(path, in_another_encoding(charset), line) from error
        raise CatalogError(path, f"not UTF-8 at byte {error.start}; save it as UTF-8", line) from error


def encoding_of(content: bytes) -> str:
    """Return the encoding that a file which is not in UTF-8 declares, by a mark at its beginning or in its header."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    return declared_charset(content.decode("latin-1"))


def convert(content: bytes, path: Path) -> bytes | None:
    """Return a file in UTF-8, with a header that says so; None for one that is and does.

    What declares another encoding but is UTF-8 all through, and not ASCII alone, only gets the header.
    Raises CatalogError if what it declares is unknown, or is not what it is in.
    """
    charset = encoding_of(content)
    if not charset:
        decode_catalog(content, path)
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode(charset)
        except (LookupError, UnicodeDecodeError) as error:
            reason = f"its header says charset={charset}, but it cannot be read so ({error}); correct the header"
            raise CatalogError(path, reason) from error
    return _CHARSET.sub("charset=UTF-8", text.removeprefix("\ufeff"), count=1).encode()


def declared_charset(text: str) -> str:
    """Return the encoding that a header declares; "" if it declares none, or UTF-8."""
    charset = _CHARSET.search(text.partition("\n\n")[0])
    return charset[1] if charset and charset[1].lower() not in _READABLE else ""


def in_another_encoding(charset: str) -> str:
    """Say that a file is not UTF-8, and what to type."""
    return f"its header says charset={charset}; `polypost catalogs update --convert` rewrites it as UTF-8"


def _line_of(text: str, word: str) -> int:
    return 1 + text.count("\n", 0, text.index(word))


def _torn(path: Path, line: int) -> CatalogError:
    return CatalogError(path, f"this entry breaks off before its msgstr; {REMEDY}", line)
