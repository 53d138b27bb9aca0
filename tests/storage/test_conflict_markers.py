"""Conflict markers are found with their lines, and the versions between them are taken apart, in every style of git."""

import subprocess
from pathlib import Path

import pytest

from pipeline.storage.conflict_markers import (
    Region,
    Sides,
    describe_regions,
    find_regions,
    split_sides,
    tell_unfinished,
)

BASE, OURS, THEIRS = "a\nb\nc\nd\ne\n", "a\nX\nc\nY\ne\n", "a\nX\nc\nZ\ne\n"
PATH = Path("a.po")


@pytest.mark.parametrize("style", ["", "--diff3", "--zdiff3"])
def test_versions_are_those_that_git_has_merged(style: str, tmp_path: Path) -> None:
    for name, text in (("base", BASE), ("ours", OURS), ("theirs", THEIRS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["git", "merge-file", "-p", *filter(None, [style]), "ours", "base", "theirs"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    if done.returncode == 1:
        sides = split_sides(done.stdout)
        assert sides
        assert (sides.ours, sides.theirs) == (OURS, THEIRS)
        assert sides.base in {None, BASE, "a\nX\nc\nd\ne\n"}
        assert (sides.base is None) is not bool(style)


def test_longer_markers_within_a_base_are_text_of_it() -> None:
    inner = "<<<<<<<<< one\nx\n=========\ny\n>>>>>>>>> two\n"
    text = f"<<<<<<< ours\r\na\n||||||| base\n{inner}=======\nb\n>>>>>>> theirs\nend"
    assert split_sides(text) == Sides(f"{inner}end", "a\nend", "b\nend")


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("a\n=======b\n<<<<<<<x\n", ()),
        ("a\n=======\nb\n", (Region(2, 2),)),
        ("<<<<<<< a\nb\n", (Region(1, 1),)),
        (">>>>>>> a\n<<<<<<< b\n=======\n>>>>>>> c\n", (Region(1, 1), Region(2, 4))),
    ],
)
def test_markers_that_are_not_whole_are_found_and_not_taken_apart(text: str, regions: tuple[Region, ...]) -> None:
    assert find_regions(text) == regions
    assert not regions or split_sides(text) is None


def test_who_reads_an_unfinished_merge_is_told_what_to_type() -> None:
    one = "<<<<<<< a\n=======\n>>>>>>> b\n"
    assert tell_unfinished("a\n", PATH) is None
    assert tell_unfinished(f"a\n{one}", PATH) == (
        2,
        "unfinished merge, lines 2-4; `polypost catalogs resolve a.po` mends it",
    )
    assert describe_regions(find_regions(one * 5)) == "unfinished merge, lines 1-3, 4-6 and 7-9 and 2 more"
