"""Facts above the text of a web page or a Word document, each by its label: in lines, in a list or in a table.

    <h1>Caretaker</h1> <table><tr><td>Location</td><td>Bristol, UK</td></tr>
                              <tr><td>Reports to</td><td>Head teacher</td></tr></table> <p>You open the school. …

They are read as those of a text file are; what is no field stays where it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from pipeline.intake.formats.labels import Labelled, LabelledLine, gather, read_label
from pipeline.intake.reading.aliases import field_named
from pipeline.model.cleaning import clean_line

_BLOCKS = frozenset(
    [
        *("address", "article", "blockquote", "div", "main", "p", "pre", "section"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
        *("dd", "dl", "dt", "li", "ol", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    ]
)
_BREAKS = dict.fromkeys([*_BLOCKS, "br"], "\n")
# Texts, and what is a heading rather than a fact.
_NO_FACTS = frozenset({"description", "sections", "versions"})
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Fact:
    """Labelled lines of a block, and the nodes that hold them."""

    lines: list[LabelledLine]
    nodes: list[LexborNode]


def take_facts(main: LexborNode, passes_over: Callable[[str], bool], *, titled: bool) -> Labelled:
    """Take the facts that a page begins with out of it; `passes_over` tells lines that may stand above them.

    A page that is `titled` keeps a line that is called title. `kept` of the result are lines that stood in a block
    beside a fact, all others stay in the page.
    """
    facts = list(_facts(main, passes_over))
    usual = _NO_FACTS | ({"title"} if titled else set())
    lines = [line if line.field not in usual else line._replace(field="") for fact in facts for line in fact.lines]
    if not any(line.field for line in lines):
        return gather([])
    found = gather(lines)
    kept: list[str] = []
    for fact in facts:
        left = [line.text for line in fact.lines if line.text in found.kept]
        if len(left) < len(fact.lines):
            kept += left
            for node in fact.nodes:
                node.decompose()
    return found._replace(kept=kept)


def _facts(main: LexborNode, passes_over: Callable[[str], bool]) -> Iterator[_Fact]:
    begun = False
    for nodes in _lowest_blocks(main):
        texts = [_lines(node) for node in nodes]
        if not any(texts):
            continue
        read = [_pair(*map(" ".join, texts))] if len(nodes) == _PAIR else [read_label(line) for line in texts[0]]
        lines = [line for line in read if line is not None]
        if len(lines) == len(read):
            begun = True
            yield _Fact(lines, nodes)
        elif begun or not all(map(passes_over, texts[0])):
            return


def _lowest_blocks(main: LexborNode) -> Iterator[list[LexborNode]]:
    """Yield the blocks without blocks in them in their order, and text beside blocks.

    A row of two cells is a pair, as is a term with what it is.
    """
    waiting = [*reversed(list(main.iter(include_text=True)))]
    while waiting:
        node = waiting.pop()
        cells = list(node.iter()) if node.tag == "tr" else []
        if len(cells) == _PAIR:
            yield cells
        elif node.tag == "dt" and (term := _description(waiting)) is not None:
            yield [node, term]
        elif node.tag == "-text" or (node.tag in _BLOCKS and not _holds_block(node)):
            yield [node]
        else:
            waiting += reversed(list(node.iter(include_text=True)))


def _description(waiting: list[LexborNode]) -> LexborNode | None:
    """Take what a term is off the nodes behind it."""
    while waiting and waiting[-1].tag == "-text" and not (waiting[-1].text_content or "").strip():
        waiting.pop()
    return waiting.pop() if waiting and waiting[-1].tag == "dd" else None


def _holds_block(node: LexborNode) -> bool:
    inside = node.traverse()
    next(inside)
    return any(child.tag in _BLOCKS for child in inside)


def _pair(label: str, value: str) -> LabelledLine | None:
    name = label.rstrip(":： ")
    return LabelledLine(label=name, field=field_named(name), value=value, text=f"{name}: {value}") if name else None


def _lines(node: LexborNode) -> list[str]:
    """Return the lines of a block, as line breaks part them."""
    text = "".join(
        (child.text_content or "").replace("\n", " ") if child.tag == "-text" else _BREAKS.get(str(child.tag), "")
        for child in node.traverse(include_text=True)
    )
    return [line for part in text.split("\n") if (line := clean_line(part))]
