"""Markdown files: front matter in YAML's or TOML's form says the fields, the first heading the title."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from pipeline.intake.formats.generic import parse_posting
from pipeline.intake.formats.item import Item, listed
from pipeline.intake.formats.text import labelled_fields, stem_in_words
from pipeline.intake.reading.headings import HeadingLexicon, strip_heading
from pipeline.intake.reading.record import PostingRecord, RecordError

_YAML = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([^\s:#][^:]{0,80}):(?:[ \t]+(.*))?$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)$")
_MARKS = frozenset({"true", "false"})
_TITLE = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)|\A\s*([^\n]{1,120})\n=+[ \t]*(?:\n|\Z)")


def has_front_matter(text: str) -> bool:
    """Tell a file that begins with fields between two lines of dashes or pluses."""
    return bool(_YAML.match(text) or _TOML.match(text))


def looks_like_markdown(text: str) -> bool:
    """Tell a file that begins with front matter or with a heading of the first level."""
    return has_front_matter(text) or bool(_TITLE.match(text))


def read_markdown(text: str, lexicon: HeadingLexicon, *, stem: str) -> Iterator[Item]:
    """Read the one posting of a file; `stem` is its id if the file names none."""
    yield Item(1, _parse(text, lexicon, stem), lambda: text, "markdown")


def _parse(text: str, lexicon: HeadingLexicon, stem: str) -> PostingRecord | RecordError:
    fields: dict[str, object] = {}
    lines: dict[str, tuple[str, ...]] = {}
    body = text
    if match := _TOML.match(text):
        try:
            values = tomllib.loads(match[1])
        except tomllib.TOMLDecodeError as error:
            return RecordError(f"front matter: {error}")
        fields = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
        body = text[match.end() :]
    elif match := _YAML.match(text):
        fields = _plain_yaml(match[1])
        body = text[match.end() :]
    title = _TITLE.match(body)
    named = strip_heading(title[1] or title[2]) if title else ""
    if title and named and not lexicon.knows(named):
        fields.setdefault("title", named)
        if fields["title"] == named:
            labelled, rest = labelled_fields(body[title.end() :].split("\n"))
            fields, lines, body = labelled.fields | fields, labelled.lines, "\n".join(rest)
    fields.setdefault("id", stem)
    if body.strip():
        fields["description"] = body
    shown = listed(shown=not _is_draft(fields))
    record = replace(parse_posting(fields, lexicon), lines=lines)
    record = record if shown is None else replace(record, locales=shown)
    return record if record.title else replace(record, title=stem_in_words(stem), title_guessed=True)


def _is_draft(fields: dict[str, object]) -> bool:
    """Tell what generators of sites do not show: `draft: true`, `published: false`; the marks are taken off."""
    said = {
        name: str(fields.pop(name)).lower()
        for name in ("draft", "published")
        if str(fields.get(name)).lower() in _MARKS
    }
    return said.get("draft") == "true" or said.get("published") == "false"


def _plain_yaml(text: str) -> dict[str, object]:
    """Read what front matter holds: a field a line, lists in brackets or with dashes, members of one level."""
    found: dict[str, object] = {}
    name = ""
    for line in text.split("\n"):
        pair, item = _PAIR.match(line), _ITEM.match(line)
        member = _PAIR.match(line.strip()) if name and line[:1].isspace() else None
        inner = {} if found.get(name) == "" else found.get(name)
        if member and not item and isinstance(inner, dict):
            found[name] = {**inner, member[1].strip(): _value((member[2] or "").strip())}
        elif item and name:
            before = found.get(name)
            found[name] = [*(before if isinstance(before, list) else []), _scalar(item[1])]
        elif pair:
            name = pair[1].strip()
            found[name] = _value((pair[2] or "").strip())
        elif name and line.strip() and isinstance(found.get(name), str):
            found[name] = f"{found[name]} {line.strip()}".strip().removeprefix("| ").removeprefix("> ")
    return {name: value for name, value in found.items() if value not in ("", [])}


def _value(text: str) -> object:
    if text.startswith("[") and text.endswith("]"):
        return [_scalar(part) for part in text[1:-1].split(",") if part.strip()]
    return _scalar(text)


def _scalar(text: str) -> str:
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        return bare[1:-1]
    return re.sub(r"\s+#.*$", "", bare)
