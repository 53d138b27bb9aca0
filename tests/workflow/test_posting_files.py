"""The files that patterns mean: each real file once, and nothing that matches is passed over in silence."""

import logging
from pathlib import Path

import pytest

from pipeline.config import IntakeSource, Settings
from pipeline.errors import PostingsError
from pipeline.intake.read_as import ReadAs
from pipeline.workflow.posting_files import each_once, files_in, find_posting_files, find_ways_to_read
from tests.projects import CONFIG, bound_polypost, write_tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "project", {"in/b.txt": "B", "in/a.txt": "A", "in/deep/c.txt": "C", "in/d.jsonl": ""})


def names(root: Path, *patterns: str) -> list[str]:
    found = find_posting_files(Settings(root=root, postings=patterns))
    return [path.relative_to(root).as_posix() for path in found]


def test_files_come_in_the_order_of_the_patterns_and_their_names(root: Path) -> None:
    assert names(root, "in/*.jsonl", "in/*.txt") == ["in/d.jsonl", "in/a.txt", "in/b.txt"]
    assert names(root, "in/**/*.txt") == ["in/a.txt", "in/b.txt", "in/deep/c.txt"]
    assert names(root, "in/b.txt", "in/[ab].txt") == ["in/b.txt", "in/a.txt"]


def test_pattern_may_begin_at_the_root_of_the_file_system_or_above_the_project(root: Path) -> None:
    assert names(root, f"{root}/in/*.txt") == ["in/a.txt", "in/b.txt"]
    assert names(root, f"{root}/in/a.txt") == ["in/a.txt"]
    assert names(root, f"{root}/**/c.txt") == ["in/deep/c.txt"]
    (above,) = find_posting_files(Settings(root=root / "in/deep", postings=("../a*.txt",)))
    assert above.resolve() == root / "in/a.txt"


def test_name_with_brackets_names_that_file_first(root: Path) -> None:
    write_tree(root, {"in/x[1].txt": "X", "in/x1.txt": "Y"})
    assert names(root, "in/x[1].txt") == ["in/x[1].txt"]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("in/gone.txt", "in/gone.txt: no such file; project.postings names it"),
        ("in/a.txt/b.txt", "in/a.txt/b.txt: no such file; project.postings names it"),
        ("empty", "empty: is a folder without a file in it"),
        ("in/**.txt", "in/**.txt: not a pattern for project.postings: "),
        ("in/\0.txt", "in/\0.txt: not a pattern for project.postings: "),
    ],
)
def test_what_cannot_be_meant_is_refused(root: Path, pattern: str, told: str) -> None:
    (root / "empty").mkdir()
    with pytest.raises(PostingsError) as refused:
        names(root, pattern)
    assert str(refused.value).startswith(told)


def test_folder_means_the_files_below_it_without_hidden_ones(root: Path) -> None:
    write_tree(root, {"in/.cache/x.txt": "X", "in/.hidden.txt": "Y", "in/~$open.docx": "Z"})
    assert names(root, "in") == ["in/a.txt", "in/b.txt", "in/d.jsonl", "in/deep/c.txt"]
    assert files_in([root / "in/b.txt", root / "in"]) == (
        root / "in/b.txt",
        root / "in/a.txt",
        root / "in/d.jsonl",
        root / "in/deep/c.txt",
    )


def test_sources_of_the_configuration_say_how_their_files_are_read(root: Path) -> None:
    source = IntakeSource(files=("in/deep",), format="text", id_prefix="rye-", columns={"title": "Stelle"})
    later = IntakeSource(files=("in/**/*.txt",), format="markdown")
    settings = Settings(root=root, postings=("in/a.txt",), sources=(source, later))
    found = find_posting_files(settings)
    assert [path.relative_to(root).as_posix() for path in found] == ["in/a.txt", "in/deep/c.txt", "in/b.txt"]
    assert find_ways_to_read(settings) == {
        root / "in/deep/c.txt": ReadAs(format="text", id_prefix="rye-", columns={"title": "Stelle"}),
        root / "in/a.txt": ReadAs(format="markdown"),
        root / "in/b.txt": ReadAs(format="markdown"),
    }


def test_format_that_there_is_not_is_refused_with_those_that_there_are(root: Path) -> None:
    settings = Settings(root=root, sources=(IntakeSource(files=("in",), format="xls"),))
    with pytest.raises(PostingsError, match=r"intake.sources\[0\]: 'xls' is not a format; there are ashby, csv, "):
        find_ways_to_read(settings)


def test_project_without_a_posting_file_is_refused(root: Path) -> None:
    for patterns in ((), ("in/*.xml",), ("in/de*",)):
        with pytest.raises(PostingsError, match="no posting file found"):
            names(root, *patterns)


@pytest.mark.parametrize(
    ("target", "reason"),
    [("gone.txt", "No such file or directory"), ("link.txt", "Too many levels of symbolic links")],
)
@pytest.mark.parametrize("pattern", ["in/*.txt", "in/link.txt"])
def test_matching_link_that_leads_nowhere_is_refused(root: Path, target: str, reason: str, pattern: str) -> None:
    (root / "in/link.txt").symlink_to(target)
    with pytest.raises(PostingsError) as refused:
        names(root, pattern)
    assert str(refused.value) == f"{root}/in/link.txt: is a link to {target}: {reason}"


def test_matching_folder_is_left_out_and_told(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    (root / "in/old.txt").mkdir()
    with caplog.at_level(logging.WARNING):
        assert names(root, "in/*.txt") == ["in/a.txt", "in/b.txt"]
    assert caplog.messages == ["project.postings: in/*.txt matches what is no file and is not read: old.txt"]


def test_folder_that_a_pattern_of_all_levels_matches_is_no_warning(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert names(root, "in/**/*") == ["in/a.txt", "in/b.txt", "in/d.jsonl", "in/deep/c.txt"]
    assert caplog.messages == []


def test_pattern_that_matches_nothing_is_told(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert names(root, "in/a.txt", "in/*.xml") == ["in/a.txt"]
    assert caplog.messages == ["project.postings: nothing matches in/*.xml"]


def test_real_file_is_read_once_under_the_name_that_is_no_link(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    (root / "in/_first.txt").symlink_to("b.txt")
    with caplog.at_level(logging.WARNING):
        assert names(root, "in/*.txt") == ["in/a.txt", "in/b.txt"]
    assert caplog.messages == [f"{root}/in/_first.txt is {root}/in/b.txt by another name; it is read once"]


def test_file_behind_a_linked_folder_is_read_once(root: Path) -> None:
    (root / "in/same").symlink_to("deep")
    assert names(root, "in/*/c.txt") == ["in/deep/c.txt"]


def test_link_to_a_file_that_nothing_else_means_is_read(root: Path) -> None:
    (root / "in/z.txt").symlink_to(root / "in/deep/c.txt")
    assert names(root, "in/*.txt") == ["in/a.txt", "in/b.txt", "in/z.txt"]


def test_file_named_twice_is_read_once(root: Path) -> None:
    assert each_once((root / "in/a.txt", root / "in/b.txt", root / "in/a.txt")) == (
        root / "in/a.txt",
        root / "in/b.txt",
    )


@pytest.mark.parametrize("pattern", ["closed/*.txt", "closed/a.txt", "**/*.txt", "clos*/a.txt"])
def test_folder_that_may_not_be_read_stops_the_run(root: Path, pattern: str) -> None:
    write_tree(root, {"closed/a.txt": "A", "polypost.toml": CONFIG.replace("postings/*.txt", pattern)})
    (root / "closed").chmod(0)
    done = bound_polypost(root, "detect")
    (root / "closed").chmod(0o755)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0].startswith(f"error: {root}/closed")
    assert "Permission denied" in done.stderr
