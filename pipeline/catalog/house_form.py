"""The house form of PO text: written here, and read by one expression an entry, ten times as fast as polib reads.

It is what `msgcat --no-wrap --width=100000` writes, byte for byte. polib drops comments and previous sources of
obsolete entries when it writes, and splits lines where gettext does not (docs/why/libraries.md). A file that we wrote
last, and in which people have changed words and flags since, is in the house form. Of any other nothing is said here,
so that what a file means, and where it is torn, is decided in one place: the two readers agree on every file that this
one reads (`tests/catalog/test_house_form.py`).

    #. engine: argos 1.9/r2 en→fr 3f2a9c1b
    #: postings/acme-4711
    #, fuzzy
    msgctxt "title"
    msgid "Nurse"
    msgstr "Infirmière"
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

# What no line of the house form holds: other line ends, characters at which other tools end a line, their stand-ins.
_STRANGE = re.compile("[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\ufdd0-\ufdd7]")
_ESCAPE = re.compile(r'\\([\\ntrvbf"])')
_ESCAPED = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r", "v": "\v", "b": "\b", "f": "\f", '"': '"'}
_WRITTEN = {character: f"\\{letter}" for letter, character in _ESCAPED.items()}
_TO_ESCAPE = re.compile(f"[{re.escape(''.join(_WRITTEN))}]")
_INNER = r'[^"\\\n]*+(?:\\[\\ntrvbf"][^"\\\n]*+)*+'
_QUOTED = f'"{_INNER}"'
_HEADER = re.compile(rf'(?:\#(?:[ ][^\n]*+)?+\n)*+msgid[ ]""\nmsgstr[ ]""\n(?:{_QUOTED}\n)++\n*+', re.VERBOSE)


class Entry(NamedTuple):
    """What an entry says, apart from how it is written, and the line where it begins."""

    line: int
    context: str | None
    source: str
    target: str
    plural_source: str = ""
    plural_targets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous_context: str = ""
    previous_source: str = ""
    obsolete: bool = False


class HouseForm(NamedTuple):
    """The text of a header and the entries behind it."""

    header: str
    entries: list[Entry]


def read_house_form(text: str) -> HouseForm | None:
    r"""Read the entries of a file in the house form; None if it is in another, holds an entry twice or breaks off.

    >>> header = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n\n'
    >>> read_house_form(header + 'msgid "Nurse"\nmsgstr "Pflegekraft"\n').entries
    [Entry(line=5, context=None, source='Nurse', target='Pflegekraft', ...)]
    """
    header = _HEADER.match(text)
    if header is None or _STRANGE.search(text):
        return None
    entries: list[Entry] = []
    position, line = header.end(), 1 + text.count("\n", 0, header.end())
    while position < len(text):
        found = _LIVE.match(text, position) or _OBSOLETE.match(text, position)
        if found is None:
            return None
        entries.append(_entry(found, line))
        line += text.count("\n", position, found.end())
        position = found.end()
    keys = {(entry.context, entry.source) for entry in entries}
    return None if len(keys) < len(entries) or any(not source for _, source in keys) else HouseForm(header[0], entries)


def read_entry(text: str) -> Entry | None:
    """Read the text of one entry, with the line end behind it and nothing more; None if it is in another form."""
    found = None if _STRANGE.search(text) else _LIVE.fullmatch(text) or _OBSOLETE.fullmatch(text)
    return None if found is None or text.endswith("\n\n") else _entry(found, 0)


def _string(keyword: str, mark: str = "") -> str:
    """Return the expression of a string: what its first line says, and whole further lines, which begin with a mark."""
    return rf'{mark}{keyword}[ ]"({_INNER})"\n((?:{mark}{_QUOTED}\n)*+)'


def _plural_target(mark: str) -> str:
    """Return the expression of one target of a plural, all in all."""
    return rf"{mark}msgstr\[[0-9]\][ ]{_QUOTED}\n(?:{mark}{_QUOTED}\n)*+"


def _entry_expression(mark: str, previous: str) -> re.Pattern[str]:
    """Return the expression of an entry, whose previous source begins its lines with a mark of its own."""
    return re.compile(
        rf"""
        ((?:\#[ ][^\n]*\n)*+) ((?:\#\.[ ][^\n]*\n)*+) ((?:\#:[ ][^\n]*\n)*+) ((?:\#,[ ][^\n]*\n)*+)
        (?:(?:{_string("msgctxt", previous)})?+ {_string("msgid", previous)})?+
        (?:{_string("msgctxt", mark)})?+ {_string("msgid", mark)}
        (?:{_string("msgstr", mark)} | {_string("msgid_plural", mark)} ((?:{_plural_target(mark)})++))
        \n*+
        """,
        re.VERBOSE,
    )


_LIVE = _entry_expression("", r"\#\|[ ]")
_OBSOLETE = _entry_expression(r"\#~[ ]", r"\#~\|[ ]")
_PLURAL_TARGET = re.compile(
    rf"""(?:\#~[ ])?msgstr\[([0-9])\][ ]"({_INNER})"\n((?:(?:\#~[ ])?{_QUOTED}\n)*+)""", re.VERBOSE
)


def _entry(found: re.Match[str], line: int) -> Entry:
    notes, remarks, references, flags, old_context, old_context_more, old, old_more, *strings = found.groups()
    context, context_more, source, source_more, target, target_more, plural, plural_more, forms = strings
    plural_targets = _plural_targets(forms) if forms else ()
    return Entry(
        line,
        None if context is None else _text(context, context_more),
        _text(source, source_more),
        plural_targets[0] if plural_targets else _text(target, target_more),
        "" if plural is None else _text(plural, plural_more),
        plural_targets,
        _comments(notes, 2) if notes else (),
        _comments(remarks, 3) if remarks else (),
        tuple([word for line in references[:-1].split("\n") for word in line[3:].split()]) if references else (),
        _flags(flags) if flags else (),
        "" if old_context is None else _text(old_context, old_context_more),
        "" if old is None else _text(old, old_more),
        found.re is _OBSOLETE,
    )


def _comments(written: str, mark: int) -> tuple[str, ...]:
    """Return what comment lines say behind a mark of so many characters; a line that says nothing is none."""
    return tuple([line for written_line in written.split("\n") if (line := written_line[mark:].rstrip())])


@lru_cache
def _flags(written: str) -> tuple[str, ...]:
    """Return the flags of an entry; thousands have the same."""
    return tuple([flag.strip() for line in _comments(written, 3) for flag in line.split(",")])


def _plural_targets(written: str) -> tuple[str, ...]:
    forms = {found[1]: _text(found[2], found[3]) for found in _PLURAL_TARGET.finditer(written)}
    return tuple(forms[number] for number in sorted(forms))


def _text(first: str, more: str) -> str:
    """Return what a string says: what stands between the quotes of its first line, and its further lines."""
    if more:
        first += "".join(line[line.index('"') + 1 : -1] for line in more[:-1].split("\n"))
    return _ESCAPE.sub(_unescaped, first) if "\\" in first else first


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPED[found[1]]


def write_header(notes: Iterable[str], fields: Iterable[tuple[str, str]]) -> str:
    """Write the header entry: comment lines and fields in their order."""
    lines = "".join(_comment("#", note) if note else "#\n" for note in notes)
    header = "".join(f"{name}: {value}\n" for name, value in fields)
    return f'{lines}msgid ""\n{_written("msgstr", header, split=True)}'


def write_entry(entry: Entry) -> str:
    """Write one entry."""
    mark, before = ("#~ ", "#~| ") if entry.obsolete else ("", "#| ")
    parts = [_comment("#", note) for note in entry.notes]
    parts += [_comment("#.", remark) for remark in entry.remarks]
    if entry.references:
        parts.append(f"#: {' '.join(entry.references)}\n")
    if entry.flags:
        parts.append(f"#, {', '.join(entry.flags)}\n")
    if entry.previous_source:
        if entry.previous_context:
            parts.append(_written("msgctxt", entry.previous_context, before))
        parts.append(_written("msgid", entry.previous_source, before))
    if entry.context:
        parts.append(_written("msgctxt", entry.context, mark))
    parts.append(_written("msgid", entry.source, mark))
    if entry.plural_source:
        parts.append(_written("msgid_plural", entry.plural_source, mark))
        parts += [_written(f"msgstr[{number}]", target, mark) for number, target in enumerate(entry.plural_targets)]
    else:
        parts.append(_written("msgstr", entry.target, mark))
    return "".join(parts)


def _comment(mark: str, text: str) -> str:
    """Write a comment line; gettext joins one that ends with a backslash to the next line, a space keeps them apart."""
    return f"{mark} {text} \n" if text.endswith("\\") else f"{mark} {text}\n"


def _written(keyword: str, text: str, mark: str = "", *, split: bool = False) -> str:
    """Write one string: in one line, or a line for each that the text itself has."""
    if not split and "\n" not in text[:-1]:
        return f'{mark}{keyword} "{_escaped(text)}"\n'
    lines = "".join(f'{mark}"{_escaped(line)}"\n' for line in re.findall(r"[^\n]*\n|[^\n]+", text))
    return f'{mark}{keyword} ""\n{lines}'


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(_escape, text) if _TO_ESCAPE.search(text) else text


def _escape(found: re.Match[str]) -> str:
    return _WRITTEN[found[0]]
