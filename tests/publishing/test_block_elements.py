"""Blocks as elements: lists within lists, and what ends them."""

import pytest

from pipeline.model.posting import Block, BlockKind
from pipeline.publishing.feeds.content import block_elements


def paragraph(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def heading(text: str) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=3)


def item(text: str, depth: int = 0, *, ordered: bool = False) -> Block:
    return Block(kind=BlockKind.ITEM, text=text, depth=depth, ordered=ordered)


@pytest.mark.parametrize(
    ("blocks", "written"),
    [
        ([], ""),
        ([paragraph("a"), paragraph("b"), heading("c")], "<p>a</p><p>b</p><h3>c</h3>"),
        ([item("a"), item("b"), paragraph("c")], "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        ([item("a"), item("b", 1), item("c")], "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ([item("a"), item("b", 1), item("c", 1)], "<ul><li>a<ul><li>b</li><li>c</li></ul></li></ul>"),
        ([item("a"), item("b", 1), item("c", 2)], "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ([item("a"), item("b", ordered=True)], "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ([item("a"), item("b", 1, ordered=True)], "<ul><li>a<ol><li>b</li></ol></li></ul>"),
    ],
)
def test_list_of_deeper_items_stands_in_the_item_before_it(blocks: list[Block], written: str) -> None:
    assert block_elements(blocks, [block.text for block in blocks], 3) == written


def test_items_that_are_alike_stand_in_one_list_even_without_one_around_it() -> None:
    deep = [item("a", 2), item("b", 2), item("c", 2)]
    assert block_elements(deep, "abc", 3) == "<ul><li>a</li><li>b</li><li>c</li></ul>"
