"""Firefox models in a folder: found by their names, judged by what they are, copied whole or not at all."""

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ModelPackageError
from pipeline.model.locale import parse_locale
from pipeline.model.packages import InstalledPackage, Pair
from pipeline.models.firefox_files import find_models, parse_pair
from pipeline.models.index import request_for
from pipeline.models.install import install_model, install_package
from pipeline.models.package import digest_listing, list_packages, read_package
from tests.models.argos_archives import members, write_archive

# Complete in form: what each kind of file begins with.
MODEL, VOCABULARY = b"\x01" + bytes(7) + b"weights", b"\x0apieces"
SHORT_LIST = bytes.fromhex("f5173401d5481af1") + b"list"
EN_PT = {
    "model.enpt.intgemm.alphas.bin": MODEL,
    "vocab.enpt.spm": VOCABULARY,
    "lex.50.50.enpt.s2t.bin": SHORT_LIST,
}
EN_JA = {
    "model.enja.intgemm.alphas.bin": MODEL,
    "srcvocab.enja.spm": VOCABULARY,
    "trgvocab.enja.spm": VOCABULARY + b"!",
    "lex.50.50.enja.s2t.bin": SHORT_LIST,
}
UNNAMED = {"model.bin": MODEL, "vocab.spm": VOCABULARY}


def write_files(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def pairs_in(folder: Path, *languages: str) -> list[str]:
    wanted = request_for(*map(parse_locale, languages)).pairs if languages else ()
    return [str(model.pair) for model in find_models(folder, wanted)]


def install_all(folder: Path, models: Path) -> list[InstalledPackage]:
    return [install_model(model, models) for model in find_models(folder)]


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("model.enpt.intgemm.alphas.bin", Pair("en", "pt")),
        ("lex.50.50.deen.s2t.bin", Pair("de", "en")),
        ("vocab.enzh_hant.spm", Pair("en", "zh_Hant")),
        ("vocab.zh-Hanten.spm", Pair("zh_Hant", "en")),
        ("model.enfil.bin", Pair("en", "fil")),
        ("model.enno.bin", Pair("en", "nb")),
        ("model.enes.bin", Pair("en", "es")),
        ("model.esen.bin", Pair("es", "en")),
        ("model.base.intgemm.bin", None),  # two codes, and a word: no model of Mozilla's is without English
        ("model.enen.bin", None),
        ("model.en.bin", None),
        ("model.enxxq.bin", None),
    ],
)
def test_pair_is_read_from_the_names_of_mozilla(name: str, pair: Pair | None) -> None:
    assert parse_pair(name) == pair


def test_folder_may_hold_several_pairs_packed_or_not_in_folders_or_not(tmp_path: Path) -> None:
    write_files(tmp_path, EN_PT | {"README.md": b"", "metadata.json": b"{}"})
    write_files(tmp_path / "enja", {f"{name}.gz": gzip.compress(content) for name, content in EN_JA.items()})
    write_files(tmp_path / ".hidden", {"model.enfr.bin": MODEL})
    assert pairs_in(tmp_path) == ["en→ja", "en→pt"]
    first, second = install_all(tmp_path, tmp_path / "models")
    assert [sorted(package.files) for package in (first, second)] == [
        ["lex.bin", "model.bin", "srcvocab.spm", "trgvocab.spm"],
        ["lex.bin", "model.bin", "vocab.spm"],
    ]
    contents = {"model.bin": MODEL, "vocab.spm": VOCABULARY, "lex.bin": SHORT_LIST}
    assert {name: (second.folder / name).read_bytes() for name in second.files} == contents
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    assert second.files == digests
    assert (second.version, second.sha256) == (digest_listing(digests)[:12], digest_listing(digests))
    assert second.folder == tmp_path / "models" / f"firefox-en_pt-{second.version}"
    assert [package.pair for package in list_packages([tmp_path / "models"])] == [("en", "ja"), ("en", "pt")]


def test_one_pair_of_several_can_be_asked_for_and_a_country_is_served_by_its_language(tmp_path: Path) -> None:
    write_files(tmp_path, EN_PT | EN_JA)
    assert pairs_in(tmp_path, "en", "ja") == ["en→ja"]
    assert pairs_in(tmp_path, "en", "pt-BR") == ["en→pt"]


def test_files_without_languages_in_their_names_are_for_the_pair_that_is_asked_for(tmp_path: Path) -> None:
    assert pairs_in(write_files(tmp_path, UNNAMED), "es", "ca") == ["es→ca"]


def test_model_without_a_short_list_is_whole(tmp_path: Path) -> None:
    (package,) = install_all(
        write_files(tmp_path / "a", {name: EN_PT[name] for name in list(EN_PT)[:2]}), tmp_path / "models"
    )
    assert sorted(package.files) == ["model.bin", "vocab.spm"]


def without(name: str, files: Mapping[str, bytes] = EN_PT) -> dict[str, bytes]:
    return {other: content for other, content in files.items() if other != name}


REFUSED: dict[str, tuple[dict[str, bytes], tuple[str, ...], str]] = {
    "empty": ({}, (), r"holds no model of Firefox \(model\.enpt.*name the folder they lie in"),
    "other files": ({"metadata.json": b"{}", "model/model.bin.txt": b""}, (), "holds no model of Firefox"),
    "no vocabulary": (without("vocab.enpt.spm"), (), r"but no vocabulary \(vocab.* for en→pt; add it"),
    "half of the vocabularies": (without("trgvocab.enja.spm", EN_JA), (), "but no vocabulary .* for en→ja"),
    "both kinds of vocabularies": (EN_JA | {"vocab.enja.spm": VOCABULARY}, (), "but both one vocabulary"),
    "no model": (without("model.enpt.intgemm.alphas.bin"), (), r"but no model \(model\.….bin\) for en→pt"),
    "vocabulary of another pair": (
        without("vocab.enpt.spm") | {"vocab.pten.spm": VOCABULARY},
        (),
        "but no (vocabulary .* for en→pt|model .* for pt→en)",
    ),
    "two models": (EN_PT | {"model.enpt.intgemm8.bin": MODEL}, (), "which are for one pair; leave one of them"),
    "packed and unpacked": (EN_PT | {"vocab.enpt.spm.gz": b""}, (), "holds vocab.enpt.spm and vocab.enpt.spm.gz"),
    "two folders of a pair": (
        {f"{place}/{name}": content for place in ("base", "tiny") for name, content in EN_PT.items()},
        (),
        "holds two models for en→pt, .*base.* and .*tiny.*; name one's folder",
    ),
    "no languages": (UNNAMED, (), "model.bin does not name its languages; name them: .* FROM TO --from"),
    "another pair": (EN_PT, ("en", "fr"), "holds no model for en→fr, but for en→pt; leave the languages out for all"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_folder_that_is_not_clear_is_refused_with_what_to_do(tmp_path: Path, case: str) -> None:
    files, languages, reason = REFUSED[case]
    with pytest.raises(ModelPackageError, match=reason):
        pairs_in(write_files(tmp_path, files), *languages)


def test_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelPackageError, match=r"cannot be read \(No such file or directory\); name a folder"):
        find_models(tmp_path / "nowhere")


BAD_FILES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("vocab.enpt.spm", b"", "is no vocabulary of Firefox by what it begins with"),
    "web page": ("model.enpt.intgemm.alphas.bin", b"<html>", "is no model of Firefox by what it begins with"),
    "short list as text": ("lex.50.50.enpt.s2t.bin", b"the o 0.5", "is no short list of Firefox"),
    "pointer": ("vocab.enpt.spm", b"version https://git-lfs.github.com/spec/v1\n", "pointer of Git LFS.*git lfs pull"),
    "zstd": ("vocab.enpt.spm", b"\x28\xb5\x2f\xfd", "packed by zstd; unpack it first: zstd -d"),
    "broken gzip": ("vocab.enpt.spm", gzip.compress(VOCABULARY * 99)[:30], "is damaged or incomplete"),
    "garbage in gzip": ("vocab.enpt.spm", gzip.compress(VOCABULARY)[:12] + b"\xff" * 9, "is damaged or incomplete"),
    "not gzip": ("vocab.enpt.spm", b"\x1f\x8bno", "is damaged or incomplete"),
    "bomb": ("vocab.enpt.spm", gzip.compress(b"\x0a" + bytes(64 * 1024**2)), "unpacks to more than 67,108,864 bytes"),
    "too large": ("vocab.enpt.spm", b"\x0a" + bytes(64 * 1024**2), "has 67,108,865 bytes, 67,108,864 are the limit"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_file_that_is_no_such_file_is_refused_and_nothing_is_left(tmp_path: Path, case: str) -> None:
    name, content, reason = BAD_FILES[case]
    folder = write_files(tmp_path / "from", EN_PT | {name: content})
    with pytest.raises(ModelPackageError, match=reason) as raised:
        install_all(folder, tmp_path / "models")
    assert raised.value.path == folder / name
    assert list((tmp_path / "models").iterdir()) == []


def as_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_folder(path: Path) -> None:
    path.mkdir()


def as_link(path: Path) -> None:
    target = path.with_name("elsewhere")
    target.write_bytes(VOCABULARY)
    path.symlink_to(target)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (as_pipe, r"cannot be read \(is a pipe, not a regular file\)"),
        (as_folder, r"cannot be read \(is a folder, not a regular file\)"),
        (as_link, "is a symbolic link; copy the file that it leads to: cp -L"),
    ],
)
def test_what_is_no_regular_file_is_refused(tmp_path: Path, make: Callable[[Path], None], reason: str) -> None:
    folder = write_files(tmp_path / "from", without("vocab.enpt.spm"))
    make(folder / "vocab.enpt.spm")
    with pytest.raises(ModelPackageError, match=reason):
        install_all(folder, tmp_path / "models")


def test_same_files_installed_again_stay_as_they_are_and_others_lie_beside_them(tmp_path: Path) -> None:
    folder, models = write_files(tmp_path / "from", EN_PT), tmp_path / "models"
    (first,) = install_all(folder, models)
    before = first.folder.resolve()
    install_all(folder, models)
    assert first.folder.resolve() == before
    (folder / "vocab.enpt.spm").write_bytes(VOCABULARY + b"!")
    (other,) = install_all(folder, models)
    assert sorted(package.version for package in list_packages([models])) == sorted([first.version, other.version])


def drop_file(folder: Path) -> None:
    (folder / "vocab.spm").unlink()


def add_name(folder: Path) -> None:
    edit(folder, lambda fields: {**fields, "files": {**fields["files"], "../evil": "0"}})


def change_digest(folder: Path) -> None:
    edit(folder, lambda fields: {**fields, "files": {**fields["files"], "vocab.spm": "0"}})


def change_version(folder: Path) -> None:
    edit(folder, lambda fields: {**fields, "package_version": "1.0"})


def edit(folder: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    fields = change(json.loads((folder / "metadata.json").read_bytes()))
    (folder / "metadata.json").write_text(json.dumps(fields), encoding="utf-8")


@pytest.mark.parametrize("spoil", [drop_file, add_name, change_digest, change_version])
def test_installed_model_that_is_not_whole_is_refused(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    (package,) = install_all(write_files(tmp_path / "from", EN_PT), tmp_path / "models")
    spoil(package.folder)
    with pytest.raises(ModelPackageError, match=r"is no complete Firefox model; install it again: .* --from DIR"):
        read_package(package.folder)


def test_archive_that_claims_to_be_a_firefox_model_is_refused(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "x.argosmodel", members(type="firefox"))
    with pytest.raises(ModelPackageError, match="is no complete Firefox model"):
        install_package(archive, tmp_path / "models")
