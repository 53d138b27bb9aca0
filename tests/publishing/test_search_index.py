"""The index of the full text: every word leads to its postings, and a change costs what has changed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.posting import Posting, Section, SectionKind, blocks_of
from pipeline.publishing.pages.search_index import SEGMENT_SIZE, Segment, segments_of, shard_of, words_in
from pipeline.publishing.pages.search_words import distinct_words, words_of
from pipeline.publishing.release.manifest import with_manifest
from pipeline.publishing.release.searching import search_files
from pipeline.publishing.release.switch import pieces_of, switch_release
from pipeline.publishing.release.unchanged import Unchanged
from pipeline.publishing.versions.version import Entry, Version
from pipeline.storage.derived import open_derived
from tests.laws import examples
from tests.publishing.examples import as_written, nurse, versions_of

EN = Locale("en")
WORDS = ("lamp", "ladder", "C++", "net", ".NET", "oak", "oven")


def posting(number: int, text: str) -> Posting:
    section = Section(kind=SectionKind.OTHER, heading="Tasks", blocks=blocks_of(items=[text]))
    return replace(nurse(f"n{number}"), sections=(section,))


def version_of(texts: Mapping[int, str]) -> Version:
    (version,) = versions_of([EN], [as_written(posting(number, text)) for number, text in texts.items()])
    return version


def published(version: Version, unchanged: Unchanged, read: list[str]) -> dict[str, bytes]:
    """Return the files of a version, and note which texts were read."""
    digests = {entry.position: sha256(version.postings.digest(entry)).digest() for entry in version.postings.entries}

    def words(entry: Entry) -> Iterable[str]:
        read.append(entry.posting)
        return words_in(version.postings.text(entry))

    files = search_files(
        version,
        digests,
        card="<li></li>",
        words=lambda entry: list(words(entry)),
        unchanged=unchanged,
        other_names=lambda *_: (),
    )
    return {f"en/{path}": b"".join(pieces_of(content)) for path, content in files}


def postings_with(files: Mapping[str, bytes], version: Version, word: str) -> set[str]:
    """Look a word up as the script does."""
    index = json.loads(files["en/list.json"])
    (order,), (shards,) = index["orders"], index["shards"]
    shard = json.loads(files[f"en/search/0-{shard_of(word, shards)}.json"])
    assert shard["order"] == order
    return {version.postings.entries[at].posting for at in accumulate(shard["words"].get(word, []))}


def test_word_leads_to_the_postings_whose_text_holds_it() -> None:
    version = version_of({number: " ".join(WORDS[number % 7 :]) for number in range(50)})
    files = published(version, Unchanged(), [])
    assert json.loads(files["en/list.json"])["shards"] == [4]
    for at, word in enumerate(("lamp", "ladder", "c++", "net", ".net", "oak", "oven")):
        assert postings_with(files, version, word) == {f"n{number}" for number in range(50) if number % 7 <= at}
    assert postings_with(files, version, "tasks") == {f"n{number}" for number in range(50)}
    assert postings_with(files, version, "c") == set()


_HARD = st.text(st.sampled_from("5 0²a.,'ـ\u0301´\u00a0\u2009½å夜ﹰ１٣&"), max_size=14)


@examples(500)
@given(
    texts=st.lists(st.one_of(_HARD, st.text(max_size=40), st.sampled_from(("夜勤あり" * 9, "1 000", "1"))), max_size=4)
)
def test_words_of_texts_together_are_those_of_each(texts: list[str]) -> None:
    assert distinct_words(texts) == {word for text in texts for word in words_of(text)}


def test_words_stay_right_where_more_are_met_than_are_remembered() -> None:
    numbers = {f"a{number}" for number in range(40_000)}
    assert distinct_words([" ".join(numbers)]) == numbers


TEXTS = st.dictionaries(
    st.integers(0, 60), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), min_size=1
)


@given(before=TEXTS, after=TEXTS)
def test_index_after_a_change_is_the_index_of_all_anew(
    before: dict[int, str], after: dict[int, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("index")
    old, new = version_of(before), version_of(after)
    read: list[str] = []
    with open_derived(root / "kept.sqlite3", program="1") as derived:
        switch_release(root / "public", with_manifest(published(old, Unchanged(derived), []).items()))
    with open_derived(root / "kept.sqlite3", program="1") as derived:
        files = published(new, Unchanged(derived, root / "public"), read)
    assert files == published(new, Unchanged(), [])
    (was,), (now,) = segments_of(old.postings.entries), segments_of(new.postings.entries)
    if was.shards == now.shards and before != after:
        known = set(map(old.postings.digest, old.postings.entries))
        assert set(read) == {each.posting for each in new.postings.entries if new.postings.digest(each) not in known}


def test_file_that_somebody_edited_is_not_built_upon(tmp_path: Path) -> None:
    old, new = version_of({1: "lamp", 2: "oak"}), version_of({1: "lamp", 2: "oven"})
    public = tmp_path / "public"
    with open_derived(tmp_path / "kept.sqlite3", program="1") as derived:
        switch_release(public, with_manifest(published(old, Unchanged(derived), []).items()))
    path = public.resolve() / "en/search/0-0.json"
    for content in ("{}", ""):
        path.write_text(content) if content else path.unlink()
        with open_derived(tmp_path / "kept.sqlite3", program="1") as derived:
            read: list[str] = []
            assert published(new, Unchanged(derived, public), read) == published(new, Unchanged(), [])
        assert sorted(read) == ["n1", "n2"]


def test_large_version_is_dealt_into_segments_of_like_size() -> None:
    (entry,) = version_of({1: "lamp"}).postings.entries
    entries = [replace(entry, posting=f"p{number}") for number in range(3 * SEGMENT_SIZE)]
    segments = list(segments_of(entries))
    sizes = [len(segment.entries) for segment in segments]
    assert (len(sizes), sum(sizes)) == (4, len(entries))
    assert max(sizes) < SEGMENT_SIZE
    assert {segment.shards for segment in segments} == {256}
    assert sorted(each.posting for held in segments for each in held.entries) == sorted(
        each.posting for each in entries
    )
    assert Segment(0, ()).shards == 1
