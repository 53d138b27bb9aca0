"""A release is switched as a whole; what did not change is not written."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import FileError, ReleaseError
from pipeline.model.outcome import ReleaseChanges
from pipeline.publishing.release.manifest import with_manifest
from pipeline.publishing.release.switch import compare_release, pieces_of, switch_release
from pipeline.storage.files import write_if_changed
from tests.projects import read_times, read_tree, write_tree

FIRST = {"languages.json": b"[1]", "fr/index.html": b"<p>un", "de/index.html": b"<p>eins"}
SECOND = {"languages.json": b"[2]", "fr/index.html": b"<p>un", "es/index.html": b"<p>uno"}


def release(out: Path, files: dict[str, bytes]) -> ReleaseChanges:
    return switch_release(out, files.items())


def stored(out: Path) -> list[str]:
    return sorted(path.name for path in (out.parent / f".{out.name}-releases").iterdir())


def test_release_holds_exactly_its_files_and_tells_what_changed(tmp_path: Path) -> None:
    out = tmp_path / "public"
    assert release(out, FIRST) == ReleaseChanges(added=tuple(FIRST))
    assert read_tree(out) == FIRST
    assert release(out, SECOND) == ReleaseChanges(
        added=("es/index.html",), changed=("languages.json",), removed=("de/index.html",), unchanged=1
    )
    assert read_tree(out) == SECOND


def test_unchanged_file_keeps_its_time_and_place_on_disk(tmp_path: Path) -> None:
    out = tmp_path / "public"
    release(out, FIRST)
    before = (out / "fr/index.html").stat()
    release(out, SECOND)
    after = (out / "fr/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_equal_release_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "public"
    release(out, FIRST)
    before = (read_times(tmp_path), out.readlink(), stored(out))
    assert release(out, FIRST) == ReleaseChanges(unchanged=3)
    assert (read_times(tmp_path), out.readlink(), stored(out)) == before


def test_link_leads_to_a_whole_release_at_any_time_and_the_one_before_stays(tmp_path: Path) -> None:
    out = tmp_path / "public"
    release(out, FIRST)
    reader = out.resolve()

    def watched() -> Iterator[tuple[str, bytes]]:
        for path, text in SECOND.items():
            assert read_tree(out) == FIRST
            yield path, text

    switch_release(out, watched())
    assert (read_tree(reader), read_tree(out)) == (FIRST, SECOND)
    release(out, FIRST | {"style.css": b"p"})
    assert len(stored(out)) == 2
    assert not reader.exists()


def test_release_before_stays_where_the_project_is_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "linked").symlink_to("real")
    out = tmp_path / "linked" / "public"
    release(out, FIRST)
    reader = out.resolve()
    release(out, SECOND)
    assert (read_tree(reader), read_tree(out)) == (FIRST, SECOND)


def test_files_changed_by_hand_are_made_again(tmp_path: Path) -> None:
    out = tmp_path / "public"
    release(out, FIRST)
    for _ in range(2):
        (out / "fr/index.html").write_bytes(b"<p>edited")
        (out / "extra.html").write_bytes(b"<p>extra")
        assert release(out, FIRST) == ReleaseChanges(changed=("fr/index.html",), removed=("extra.html",), unchanged=2)
        assert read_tree(out) == FIRST


@pytest.mark.parametrize(
    ("before", "pieces", "written"),
    [
        ([b"ab", b"cd"], [b"a", b"bcd"], False),
        ([b"abcd"], [b"abc", b"de", b""], True),
        ([b"abcd"], [b"ab", b"xd"], True),
        ([b"abcd"], [b"ab"], True),
        ([b"abcd"], [], True),
        ([], [b"abcd"], True),
        ([], [], False),
    ],
)
def test_file_in_pieces_is_written_only_if_it_differs(
    tmp_path: Path, before: list[bytes], pieces: list[bytes], *, written: bool
) -> None:
    out = tmp_path / "public"
    marker = ("languages.json", b"[]")
    switch_release(out, [marker, ("jobs.xml", iter(before))])
    times = read_times(tmp_path)
    changes = switch_release(out, [marker, ("jobs.xml", iter(pieces))])
    assert changes == ReleaseChanges(changed=("jobs.xml",) if written else (), unchanged=1 if written else 2)
    assert read_tree(out)["jobs.xml"] == b"".join(pieces)
    assert written or read_times(tmp_path) == times
    assert not list(tmp_path.rglob(".staging"))


def test_release_has_the_same_name_whether_its_files_come_in_pieces_or_whole(tmp_path: Path) -> None:
    release(tmp_path / "a/public", FIRST)
    switch_release(tmp_path / "b/public", ((path, iter([text[:1], text[1:]])) for path, text in FIRST.items()))
    assert stored(tmp_path / "a/public") == stored(tmp_path / "b/public")


@pytest.mark.parametrize("leftover", [".staging/fr/index.html", ".link", "folder/x.html"])
def test_what_a_crash_left_behind_is_cleaned_away(tmp_path: Path, leftover: str) -> None:
    out = tmp_path / "public"
    release(out, FIRST)
    write_tree(tmp_path / ".public-releases", {leftover: "half a"})
    release(out, SECOND)
    assert read_tree(out) == SECOND
    assert len(stored(out)) == 2


def test_folder_of_an_older_release_is_taken_over(tmp_path: Path) -> None:
    out = tmp_path / "public"
    listed = {path: b"".join(pieces_of(content)) for path, content in with_manifest(FIRST.items())}
    write_tree(out, {path: text.decode() for path, text in listed.items()})
    inode = (out / "fr/index.html").stat().st_ino
    release(out, SECOND)
    assert (out.is_symlink(), read_tree(out)) == (True, SECOND)
    assert (out / "fr/index.html").stat().st_ino == inode
    assert len(stored(out)) == 1


def test_empty_folder_is_taken_over(tmp_path: Path) -> None:
    out = tmp_path / "public"
    out.mkdir()
    release(out, FIRST)
    assert read_tree(out) == FIRST


def test_folder_with_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    out = write_tree(tmp_path / "public", {"thesis.tex": "years of work"})
    linked = tmp_path / "linked"
    linked.symlink_to("public")
    for path in (out, linked):
        with pytest.raises(ReleaseError, match="other files"):
            release(path, FIRST)
    assert read_tree(out) == {"thesis.tex": b"years of work"}
    assert linked.readlink() == Path("public")


@pytest.mark.parametrize(
    "more",
    [
        {".git/HEAD": "ref: refs/heads/pages"},
        {"fr/thesis.tex": "years of work"},
        {"manifest.json": "{}"},
        {"manifest.json": '{"files": []}'},
    ],
)
def test_folder_that_only_looks_like_a_release_is_refused_and_left_alone(tmp_path: Path, more: dict[str, str]) -> None:
    listed = {path: b"".join(pieces_of(content)).decode() for path, content in with_manifest(FIRST.items())}
    out = write_tree(tmp_path / "public", {**listed, **more})
    before = read_tree(out)
    with pytest.raises(ReleaseError, match="holds other files than a release"):
        release(out, SECOND)
    assert (out.is_symlink(), read_tree(out)) == (False, before)


def test_what_somebody_put_beside_the_releases_stays(tmp_path: Path) -> None:
    release(tmp_path / "public", FIRST)
    write_tree(tmp_path / ".public-releases", {"notes/a.txt": "mine"})
    release(tmp_path / "public", SECOND)
    assert (tmp_path / ".public-releases/notes/a.txt").is_file()


def test_link_in_place_of_the_folder_of_releases_is_refused(tmp_path: Path) -> None:
    write_tree(tmp_path / "somebody", {"notes/a.txt": "mine"})
    (tmp_path / ".public-releases").symlink_to("somebody")
    with pytest.raises(ReleaseError, match="is a symbolic link"):
        release(tmp_path / "public", FIRST)
    assert read_tree(tmp_path / "somebody") == {"notes/a.txt": b"mine"}


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    write_tree(tmp_path, {"public": "x"})
    with pytest.raises(ReleaseError, match="is a file"):
        release(tmp_path / "public", FIRST)


def test_folder_that_cannot_be_written_is_a_release_error(tmp_path: Path) -> None:
    write_tree(tmp_path, {".public-releases": "a file where the store has to be"})
    with pytest.raises(ReleaseError):
        release(tmp_path / "public", FIRST)


def test_file_is_replaced_only_by_other_content(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "feed.json"
    assert write_if_changed(path, b"[]")
    before = read_times(tmp_path)
    assert not write_if_changed(path, b"[]")
    assert read_times(tmp_path) == before
    assert write_if_changed(path, b"[1]")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"[1]", 0o644)
    assert [found.name for found in path.parent.iterdir()] == ["feed.json"]


def test_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    write_tree(path, {"inside.txt": "a folder stands where the file should"})
    with pytest.raises(FileError, match="a folder stands where the file should be"):
        write_if_changed(path, b"[]")
    assert read_tree(tmp_path) == {"feed.json/inside.txt": b"a folder stands where the file should"}


def test_changes_are_foreseen_without_writing_anything(tmp_path: Path) -> None:
    out = tmp_path / "public"
    assert compare_release(out, FIRST.items()) == ReleaseChanges(added=tuple(FIRST))
    assert list(tmp_path.iterdir()) == []
    release(out, FIRST)
    before = (read_times(tmp_path), out.readlink(), stored(out))
    foreseen = compare_release(out, SECOND.items())
    assert (read_times(tmp_path), out.readlink(), stored(out)) == before
    assert release(out, SECOND) == foreseen
    write_tree(tmp_path / "other", {"thesis.tex": "years of work"})
    with pytest.raises(ReleaseError, match="other files"):
        compare_release(tmp_path / "other", FIRST.items())


@pytest.mark.parametrize(
    "path", ["../x", "fr/../../x", "/etc/x", "fr//x", "fr/./x", "", "fr/", "C:x", "fr\\..\\x", "fr/x\0.html"]
)
def test_file_that_would_lie_elsewhere_is_refused(tmp_path: Path, path: str) -> None:
    out = tmp_path / "in" / "public"
    release(out, FIRST)
    with pytest.raises(ReleaseError, match="would lie elsewhere"):
        release(out, {**SECOND, path: b"x"})
    assert read_tree(out) == FIRST
    assert [found.name for found in tmp_path.iterdir()] == ["in"]


def test_release_that_finds_no_room_says_what_to_do_and_leaves_no_draft(tmp_path: Path) -> None:
    out = tmp_path / "public"
    release(out, FIRST)
    before = stored(out)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        with pytest.raises(ReleaseError, match=r"; make room and run again; nothing there has changed$"):
            release(out, {**FIRST, "fr/index.html": bytes(4096)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (stored(out), read_tree(out)) == (before, FIRST)


def test_interrupted_release_leaves_no_draft(tmp_path: Path) -> None:
    out = tmp_path / "public"
    release(out, FIRST)
    before = stored(out)

    def interrupted() -> Iterator[tuple[str, bytes]]:
        yield from SECOND.items()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        switch_release(out, interrupted())
    assert (stored(out), read_tree(out)) == (before, FIRST)


def test_closed_folder_names_a_remedy(tmp_path: Path) -> None:
    write_tree(tmp_path, {"file": "text"})
    with pytest.raises(ReleaseError, match="something else stands where one of its folders should be"):
        release(tmp_path / "file/public", FIRST)
