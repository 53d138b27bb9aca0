"""HTML as lines: blocks, breaks and table rows end one; inline markup of the allow list stays, the rest is flattened.

The browser's parser (selectolax, lexbor) repairs what is broken; what it writes back is well-formed, so that one pass
over its tags is enough. What is hidden or can run is dropped.
"""

import html
import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from pipeline.intake.reading.bodies.lines import WORD, Break, Line, ends_sentence, is_balanced, tidy, without_invisible
from pipeline.intake.reading.record import RecordError
from pipeline.model.cleaning import clean_line
from pipeline.model.markup import INLINE_TAGS, SAFE_LINK

# Deeper than any editor nests, and far from the depth at which a browser's rules become slow.
MAX_DEPTH = 100
_TOO_DEEP = f"description: HTML nested deeper than {MAX_DEPTH} elements"
# A browser's rules look through all that is open at each tag, so what leaves far more open is refused before they run.
MAX_OPEN = 500
_DROPPED = ("script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "math", "head", "form")
_HAS_DROPPED = re.compile(rf"<(?:{'|'.join(_DROPPED)})\b", re.IGNORECASE)
# Elements whose text is never escaped: they are blocks here, so that what is written back is well-formed.
_RAW = re.compile(r"<(/?)(?:plaintext|xmp|listing|noembed|noframes)\b", re.IGNORECASE)
_SPECIAL = re.compile(f"{_HAS_DROPPED.pattern}|{_RAW.pattern}", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_GAP_AROUND_TEXT = "p ul ol dl table blockquote pre hr section article figure"
_GAP_AROUND = _HEADINGS | frozenset(_GAP_AROUND_TEXT.split())
_BLOCKS_TEXT = (
    "address aside body caption center dd div dt fieldset figcaption footer header html legend li main nav option "
    "select tbody td tfoot th thead tr textarea title"
)
_BLOCKS = _GAP_AROUND | frozenset(_BLOCKS_TEXT.split())
# What closes itself, and what the next of its kind closes.
_VOID_TEXT = "area base basefont bgsound br col embed frame hr img input keygen link meta param source wbr"
_VOID = frozenset(_VOID_TEXT.split())
_CLOSED_ALONE_TEXT = (
    "body caption colgroup dd dt head html image li optgroup option p rp rt tbody td tfoot th thead tr track"
)
_CLOSED_ALONE = _VOID | frozenset(_CLOSED_ALONE_TEXT.split())
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
# Text, a comment, an element of these kinds that holds nothing but text, a tag.
_TOKEN = re.compile(
    r"([^<]+)|<!--.*?-->|<(?P<leaf>li|p|h[1-6])>(?P<words>[^<&]*)</(?P=leaf)>"
    r'|<(/?)([a-zA-Z][^\s/>]*)((?:[^>"]|"[^"]*")*+)>|<',
    re.DOTALL,
)
_ADDRESS = re.compile(r'\shref="([^"]*)"')
_CELL = re.compile(r"<t[dh]\b")
_MANY_CELLS = re.compile(r"<t[dh]\b[^>]*>(?:(?!</?t[rdh]\b).)*</t[dh]>\s*<t[dh]\b", re.DOTALL)
_NO_DATA = re.compile(r"<(?:ul|ol|h[1-6]|table)\b")
# A cell of a table that holds figures and names is shorter; longer ones lay out a page.
_MAX_CELL_CHARS = 500
_MARKED = re.compile(r"\s*(?:[-*–+•·●▪‣◦○■►➢✓✔✅⦁]|\d{1,2}[.)])\s*\w")
_PROSE_AS_CODE = re.compile(r"<code>([^<>\s]+(?:\s+[^<>\s]+){4,})</code>")


def html_lines(text: str, *, keep_line_ends: bool = False) -> list[Line]:
    """Return the lines of HTML; `keep_line_ends` where the source is text with tags inside its lines.

    Raises RecordError if it is nested deeper than any real description.
    """
    if text.count("<") > MAX_OPEN and _leaves_open(text) > MAX_OPEN:
        raise RecordError(_TOO_DEEP)
    special = _SPECIAL.search(text) is not None
    tree = LexborHTMLParser(_RAW.sub(r"<\1div", text) if special else text)
    if special and _HAS_DROPPED.search(text):
        tree.strip_tags(list(_DROPPED))
    if tree.body is None:
        return []
    walk = _Walk(without_invisible(tree.body.html or ""), keep_line_ends=keep_line_ends)
    walk.run()
    return walk.lines


class _Walk:
    """One pass over well-formed HTML."""

    def __init__(self, source: str, *, keep_line_ends: bool) -> None:
        self.source = source
        self.lines: list[Line] = []
        self.buffer: list[str] = []
        self.before = Break.GAP
        self.lists: list[str] = []
        self.items: list[int] = []  # the number of open lists at each open item
        self.level = 0
        self.keep_line_ends = keep_line_ends
        self.pre = 0  # how many elements are open whose line ends count
        self.inline: list[
            tuple[str, str]
        ] = []  # open inline elements: name and tag, which is empty where it is dropped
        self.shown = 0  # how many of them the line has opened
        self.cells: list[str] | None = None  # of the row of a table of data
        self.tables: list[bool] = []  # whether each open table is one of data

    def run(self) -> None:
        """Walk to the end."""
        depth = -1  # the body itself
        for match in _TOKEN.finditer(self.source):
            text, leaf, words, closing, name, attributes = match.groups()
            if leaf is not None:
                if depth + 1 >= MAX_DEPTH:
                    raise RecordError(_TOO_DEEP)
                self._leaf(leaf, words)
            elif text is not None:
                self._add(text)
            elif name is None:
                continue
            elif closing:
                depth -= 1
                self._end(name)
            else:
                if name not in _VOID:
                    depth += 1
                    if depth >= MAX_DEPTH:
                        raise RecordError(_TOO_DEEP)
                self._start(name, attributes, match.end())
        self._flush()

    def _leaf(self, name: str, text: str) -> None:
        """Take an element that holds nothing but text: most do, and need one step in place of three."""
        if self.inline or self.pre or self.keep_line_ends or self.cells is not None:
            self._start(name, "", 0)
            self._add(text)
            self._end(name)
            return
        if self.buffer:
            self._flush()
        edge = Break.GAP if name != "li" and not self.items else Break.BLOCK
        self.before = max(self.before, edge)
        if name == "li":
            self.items.append(len(self.lists))
        elif name != "p":
            self.level = int(name[1])
        self._keep(text)
        self.before = max(self.before, edge)
        if name == "li":
            self.items.pop()
        elif name != "p":
            self.level = 0

    def _start(self, name: str, attributes: str, end: int) -> None:
        if name == "br":
            self._break()
        elif name in INLINE_TAGS:
            self._open(name, attributes)
        elif name in _BLOCKS:
            self._edge(name)
            if name == "li":
                self.items.append(len(self.lists))
            elif name in {"ul", "ol"}:
                self.lists.append(name)
            elif name in _HEADINGS:
                self.level = int(name[1])
            elif name in {"pre", "textarea"}:
                self.pre += 1
            elif name == "table":
                self.tables.append(self._is_data(end))
            elif name == "tr" and self.tables and self.tables[-1]:
                self.cells = []

    def _end(self, name: str) -> None:
        if self.inline and name == self.inline[-1][0]:
            self._close()
        elif name in _BLOCKS:
            self._edge(name)
            if name == "li" and self.items:
                self.items.pop()
            elif name in {"ul", "ol"} and self.lists:
                self.lists.pop()
            elif name in _HEADINGS:
                self.level = 0
            elif name in {"pre", "textarea"}:
                self.pre -= 1
            elif name == "table" and self.tables:
                self.tables.pop()
            elif name == "tr" and self.cells is not None:
                self._row(self.cells)

    def _row(self, cells: list[str]) -> None:
        self.cells = None
        text = " – ".join(filter(WORD.search, cells))
        if text:
            self.lines.append(Line(text, self.before, item=True))
            self.before = Break.BLOCK

    def _edge(self, name: str) -> None:
        if self.cells is not None:
            if name in {"td", "th"}:
                self.cells.append(tidy(self._line()))
            else:
                self.buffer.append(" ")
            return
        if self.buffer:
            self._flush()
        edge = Break.GAP if name in _GAP_AROUND and not self.items else Break.BLOCK
        self.before = max(self.before, edge)

    def _break(self) -> None:
        if self.cells is not None:
            self.buffer.append(" ")
        elif self._flush():
            self.before = max(self.before, Break.LINE)
        else:
            self.before = Break.GAP

    def _add(self, text: str) -> None:
        if not self.buffer and not self.keep_line_ends and text.isspace():
            return
        if "&" in text or self.inline or self.pre or self.keep_line_ends:
            self._text(text)
        else:
            self.buffer.append(text)

    def _text(self, text: str) -> None:
        if "&" in text:
            text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u00a0").replace("&amp;", "&")
        if (self.pre or self.keep_line_ends) and "\n" in text and self.cells is None:
            first, *rest = text.split("\n")
            self._append(first)
            for line in rest:
                self._break()
                self._append(line)
        else:
            self._append(text)

    def _append(self, text: str) -> None:
        if self.shown == len(self.inline) or not text.strip():
            self.buffer.append(text)
            return
        bare = text.lstrip()
        self.buffer += [text[: len(text) - len(bare)], *(tag for _, tag in self.inline[self.shown :]), bare]
        self.shown = len(self.inline)

    def _open(self, name: str, attributes: str) -> None:
        repeated = any(name == other for other, _ in self.inline) or (name == "code" and self.pre)
        tag = "" if repeated else f"<{name}>"
        if name == "a" and tag:
            found = _ADDRESS.search(attributes)
            address = clean_line(html.unescape(found[1])) if found else ""
            tag = f'<a href="{html.escape(address)}">' if SAFE_LINK.match(address) else ""
        self.inline.append((name, tag))

    def _close(self) -> None:
        name, tag = self.inline.pop()
        if self.shown > len(self.inline):
            self.shown = len(self.inline)
            if tag:
                self._put_end(f"</{name}>")

    def _put_end(self, tags: str) -> None:
        last = self.buffer[-1]
        bare = last.rstrip()
        self.buffer[-1:] = [bare, tags, last[len(bare) :]] if len(bare) < len(last) else [last, tags]

    def _line(self) -> str:
        """Return what the buffer holds, every tag of it closed."""
        if self.shown:
            ends = "".join(f"</{name}>" for name, tag in reversed(self.inline[: self.shown]) if tag)
            self.shown = 0
            if ends:
                self._put_end(ends)
        text = "".join(self.buffer)
        self.buffer.clear()
        return _PROSE_AS_CODE.sub(r"\1", text) if "<code>" in text else text

    def _flush(self) -> bool:
        """End a line; tell whether there was one."""
        return bool(self.buffer) and self._keep(self._line())

    def _keep(self, source: str) -> bool:
        """Add what stands between two ends as a line, or as several; tell whether it said anything."""
        text = tidy(source)
        if not WORD.search(text):
            return False
        indent = len(source) - len(source.lstrip(" \t")) if self.pre or self.keep_line_ends else 0
        ended = _ended_lines(source) if "\n" in source and "\n" in source.strip() else []
        if len(ended) > 1:
            for line in ended:
                self._emit(line, indent)
        else:
            self._emit(text, indent)
        return True

    def _emit(self, text: str, indent: int) -> None:
        item = bool(self.items) and not self.level
        depth = max(self.items[-1] - 1, 0) if item else 0
        ordered = item and self.items[-1] > 0 and self.lists[self.items[-1] - 1 : self.items[-1]] == ["ol"]
        self.lines.append(Line(text, self.before, item, depth, ordered, self.level, indent))
        self.before = Break.LINE

    def _is_data(self, start: int) -> bool:
        """Tell a table of data from one that lays a page out, which has one column, lists or much text in its cells."""
        end = self.source.find("</table>", start)
        table = self.source[start:end]
        if _NO_DATA.search(table) or not _MANY_CELLS.search(table):
            return False
        return max(map(len, _CELL.split(table))) <= _MAX_CELL_CHARS


def _ended_lines(source: str) -> list[str]:
    """Return the lines of a source whose line ends are meant: each ends a sentence, or the next begins with a mark.

    HTML that was wrapped at some width ends few lines where a sentence ends. Kept 132 lines in 15 of 75 real postings.
    """
    lines = [line for line in map(tidy, source.split("\n")) if line]
    marked = all(map(_MARKED.match, lines[1:]))
    ended = all(ends_sentence(line) for line in lines[:-1]) and all(line[0].isupper() for line in lines[1:])
    return lines if (marked or ended) and all(map(is_balanced, lines)) else []


def _leaves_open(text: str) -> int:
    """Return how many elements are open at once at most, those aside that the next of their kind closes."""
    open_tags: Counter[str] = Counter()
    count = most = 0
    for match in _TAG_NAME.finditer(text):
        name = match[2].lower()
        if name in _CLOSED_ALONE:
            continue
        if not match[1]:
            open_tags[name] += 1
            count += 1
            most = max(most, count)
        elif open_tags[name]:
            open_tags[name] -= 1
            count -= 1
    return most
