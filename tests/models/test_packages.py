"""Packages are read with care: a hostile or half one is refused, and never leaves anything behind."""

import stat
import threading
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from pipeline.errors import ModelPackageError, ModelsLockError
from pipeline.model.packages import InstalledPackage, Pair
from pipeline.models.archive import MAX_MEMBERS, MAX_TOTAL_BYTES, RATIO_FREE_BYTES
from pipeline.models.install import install_package
from pipeline.models.lock import Difference, LockFinding, Selection, compare, pin, read_lock, write_lock
from pipeline.models.package import MAX_METADATA_BYTES, digest_files, list_packages, model_folders
from tests.models.argos_archives import EN_PT, TOP, members, write_archive

EN_PT_SHA256 = "a14691eebe82e6d9b34757f338367e317e2ec817929385e23350cb93b4a1b396"


def without(name: str) -> dict[str, bytes]:
    return {path: content for path, content in members().items() if path != f"{TOP}/{name}"}


HOSTILE_FILES: dict[str, tuple[dict[str, bytes], str]] = {
    "path traversal": (members() | {f"{TOP}/../../evil": b""}, "leads out of the package"),
    "path traversal at the top": (members() | {"../evil": b""}, "leads out of the package"),
    "absolute path": (members() | {"/tmp/evil": b""}, "leads out of the package"),  # noqa: S108
    "backslashes": (members() | {f"{TOP}\\..\\evil": b""}, "unusable name"),
    "drive": (members() | {"C:/evil": b""}, "unusable name"),
    "control character": (members() | {f"{TOP}/a\nb": b""}, "unusable name"),
    "two top folders": (members() | {"other/file": b""}, "has to hold one folder"),
    "file beside the folder": (members() | {"evil": b""}, "has to hold one folder"),
    "nothing": ({}, "has to hold one folder"),
    "same file but for case": (members() | {f"{TOP}/METADATA.json": b"{}"}, "twice"),
    "file that is also a folder": (
        members() | {f"{TOP}/stanza/en": b"", f"{TOP}/stanza/EN/evil": b""},
        "holds a folder 'stanza/en', which has to be a file",
    ),
    "folder beside the file of its name": (
        members() | {f"{TOP}/metadata.json/": b""},
        "holds a folder 'metadata.json', which has to be a file",
    ),
    "folder in place of a file": (
        {name.replace("model.bin", "model.bin/evil"): content for name, content in members().items()},
        "holds a folder 'model/model.bin', which has to be a file",
    ),
    "name that is too long": (members() | {f"{TOP}/model/{'a' * 300}": b""}, "cannot be unpacked"),
    "too many files": (members() | {f"{TOP}/{n}": b"" for n in range(MAX_MEMBERS)}, f"{MAX_MEMBERS} are the limit"),
    "bomb": (
        members() | {f"{TOP}/bomb": bytes(RATIO_FREE_BYTES + 1), f"{TOP}/ballast": Random(0).randbytes(100_000)},  # noqa: S311  no secret
        "200 times its packed size",
    ),
    "bomb of many small files": (
        members() | {f"{TOP}/stanza/{number}": bytes(RATIO_FREE_BYTES // 10) for number in range(20)},
        "20 times its packed size",
    ),
    "no metadata": (without("metadata.json"), "has no metadata.json"),
    "no model": (without("model/model.bin"), "has no complete model"),
    "no vocabulary": (without("model/shared_vocabulary.json"), "has no complete model"),
    "no tokenizer": (without("sentencepiece.model"), "has no sentencepiece.model"),
    "BPE": (without("sentencepiece.model") | {f"{TOP}/bpe.model": b""}, "BPE (bpe.model), which is not supported"),
}
HOSTILE_METADATA: dict[str, tuple[bytes, str]] = {
    "not JSON": (b"{", "metadata.json cannot be used"),
    "not UTF-8": (b'{"from_code": "\xff"}', "metadata.json cannot be used"),
    "not an object": (b"[]", "metadata.json cannot be used"),
    "nested without end": (b'{"x":' + b"[" * 100_000, "metadata.json cannot be used"),
    "longer than sense": (
        b"".join(b"%d" % number for number in range(MAX_METADATA_BYTES // 5)),
        "metadata.json has more than 1,048,576 bytes",
    ),
}
WRONG_FIELDS: list[tuple[dict[str, object], str]] = [
    ({"from_code": None}, "metadata.json cannot be used: .*from_code"),
    ({"to_code": 7}, "metadata.json cannot be used: .*to_code"),
    ({"target_prefix": ["x"]}, "metadata.json cannot be used: .*target_prefix"),
    ({"package_version": None}, "metadata.json cannot be used: .*package_version"),
    ({"package_version": "1 9"}, "'1 9' is not a version"),
    ({"package_version": "../../1"}, "is not a version"),
    ({"package_version": "1" * 5000}, "is not a version"),
    ({"from_code": "../en"}, "'../en' is not a language code"),
    ({"to_code": "qqq"}, "'qqq' is not a language code"),
    ({"to_code": "english"}, "'english' is not a language code"),
    ({"to_code": "en"}, "from 'en' to itself"),
    ({"type": "sbd"}, "of the type 'sbd'"),
]


def newest_packages(folders: Sequence[Path]) -> tuple[InstalledPackage, ...]:
    """Return what a project without a lock translates with."""
    return compare(list_packages(folders), ()).packages


def refusal(archive: Path, folder: Path) -> str:
    """Install what has to be refused; return the reason, once nothing is left of it."""
    models_dir = folder / "models"
    with pytest.raises(ModelPackageError) as raised:
        install_package(archive, models_dir)
    assert raised.value.path == archive
    assert list(models_dir.iterdir()) == []
    assert sorted(path.name for path in folder.iterdir()) == ["models", archive.name]
    return raised.value.reason


@pytest.mark.parametrize("case", HOSTILE_FILES)
def test_hostile_archive_is_refused_and_leaves_nothing(tmp_path: Path, case: str) -> None:
    files, reason = HOSTILE_FILES[case]
    assert reason in refusal(write_archive(tmp_path / "x.argosmodel", files), tmp_path)


@pytest.mark.parametrize("case", HOSTILE_METADATA)
def test_metadata_that_cannot_be_read_are_refused(tmp_path: Path, case: str) -> None:
    content, reason = HOSTILE_METADATA[case]
    archive = write_archive(tmp_path / "x.argosmodel", members() | {f"{TOP}/metadata.json": content})
    assert reason in refusal(archive, tmp_path)


@pytest.mark.parametrize(("fields", "reason"), WRONG_FIELDS)
def test_metadata_that_lie_are_refused(tmp_path: Path, fields: dict[str, object], reason: str) -> None:
    archive = write_archive(tmp_path / "x.argosmodel", members(**fields))
    with pytest.raises(ModelPackageError, match=reason):
        install_package(archive, tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def as_link(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def as_device(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFCHR | 0o666) << 16


def as_encrypted(info: zipfile.ZipInfo) -> None:
    info.flag_bits |= 1


def as_huge(info: zipfile.ZipInfo) -> None:
    info.file_size = info.compress_size = MAX_TOTAL_BYTES + 1


def as_unknown_method(info: zipfile.ZipInfo) -> None:
    info.compress_type = 97


def as_shorter(info: zipfile.ZipInfo) -> None:
    info.file_size -= 1


def as_longer(info: zipfile.ZipInfo) -> None:
    info.file_size += 1


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (as_link, "a link or device"),
        (as_device, "a link or device"),
        (as_encrypted, "encrypted or packed by an unknown method"),
        (as_unknown_method, "encrypted or packed by an unknown method"),
        (as_huge, f"{MAX_TOTAL_BYTES} are the limit"),
        (as_shorter, "damaged or incomplete"),
        (as_longer, "damaged or incomplete"),
    ],
)
def test_member_that_is_no_plain_file_or_lies_about_itself_is_refused(
    tmp_path: Path, lie: Callable[[zipfile.ZipInfo], None], reason: str
) -> None:
    path = tmp_path / "x.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members().items():
            archive.writestr(name, content)
        lie(archive.getinfo(f"{TOP}/model/model.bin"))  # goes into the list at the end of the archive
    assert reason in refusal(path, tmp_path)


def test_package_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = write_archive(tmp_path / "whole.argosmodel", members()).read_bytes()
    for length in range(0, len(whole), 7):
        (tmp_path / "x.argosmodel").write_bytes(whole[:length])
        with pytest.raises(ModelPackageError, match="damaged or incomplete"):
            install_package(tmp_path / "x.argosmodel", tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_package_with_a_damaged_byte_in_the_weights_is_refused(tmp_path: Path) -> None:
    content = bytearray(EN_PT.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "x.argosmodel").write_bytes(content)
    assert "damaged or incomplete" in refusal(tmp_path / "x.argosmodel", tmp_path)


def test_only_what_is_part_of_a_package_is_unpacked(tmp_path: Path) -> None:
    parts = {f"{TOP}/{name}" for name in ("README.md", "LICENSE", "stanza/en/tokenize/ewt.pt", "minisbd/en.onnx")}
    others = {f"{TOP}/{name}" for name in (".ssh/authorized_keys", "run.sh", "model/more/x", "z/1", "stanza.txt")}
    archive = write_archive(tmp_path / "x.argosmodel", members() | dict.fromkeys(parts | others, b"x"))
    root = install_package(archive, tmp_path / "models").folder.resolve()
    unpacked = {f"{TOP}/{path.relative_to(root).as_posix()}" for path in root.rglob("*") if path.is_file()}
    assert unpacked == parts | members().keys()


def test_archive_that_lies_about_packed_sizes_is_judged_by_its_own(tmp_path: Path) -> None:
    path = tmp_path / "x.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members() | {f"{TOP}/stanza/x": bytes(2 * RATIO_FREE_BYTES)}).items():
            archive.writestr(name, content)
        archive.getinfo(f"{TOP}/stanza/x").compress_size = RATIO_FREE_BYTES
    assert "20 times its packed size" in refusal(path, tmp_path)


def test_real_package_is_installed_with_its_checksum(tmp_path: Path) -> None:
    package = install_package(EN_PT, tmp_path)
    assert package == InstalledPackage(
        folder=tmp_path / "translate-en_pt-0_1", source="en", target="pt", version="0.1", sha256=EN_PT_SHA256
    )
    assert (package.folder / "model/model.bin").stat().st_size == 1459499


def test_reinstalling_replaces_and_keeps_only_the_copy_before_for_its_readers(tmp_path: Path) -> None:
    archive, models_dir = tmp_path / "x.argosmodel", tmp_path / "models"
    for content in (b"first", b"second", b"third", b"third"):
        package = install_package(write_archive(archive, members() | {f"{TOP}/model/model.bin": content}), models_dir)
        assert (package.folder / "model/model.bin").read_bytes() == content
    assert sorted(path.read_bytes() for path in models_dir.glob(".translate*/model/model.bin")) == [b"second", b"third"]
    assert [path.name for path in models_dir.glob("[!.]*")] == [TOP]


def test_refused_reinstallation_keeps_what_was_there(tmp_path: Path) -> None:
    models_dir = tmp_path / "models"
    install_package(write_archive(tmp_path / "good.argosmodel", members()), models_dir)
    before = newest_packages([models_dir])
    with pytest.raises(ModelPackageError):
        install_package(write_archive(tmp_path / "bad.argosmodel", without("sentencepiece.model")), models_dir)
    assert newest_packages([models_dir]) == before


def test_folder_unpacked_by_hand_is_replaced(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "x.argosmodel", members())
    by_hand = tmp_path / "models" / TOP
    by_hand.mkdir(parents=True)
    (by_hand / "stale").touch()
    package = install_package(archive, tmp_path / "models")
    assert package.folder == by_hand
    assert not (by_hand / "stale").exists()


def test_reinstalling_the_same_files_touches_nothing(tmp_path: Path) -> None:
    first = install_package(write_archive(tmp_path / "x.argosmodel", members()), tmp_path / "models")
    before = first.folder.resolve()
    assert install_package(tmp_path / "x.argosmodel", tmp_path / "models") == first
    assert first.folder.resolve() == before


def two_of_one_name(folder: Path) -> Sequence[Path]:
    contents = (b"old", b"new")
    files = [members() | {f"{TOP}/model/model.bin": content} for content in contents]
    return [write_archive(folder / content.decode(), each) for content, each in zip(contents, files, strict=True)]


def test_package_is_found_while_it_is_replaced_again_and_again(tmp_path: Path) -> None:
    archives = two_of_one_name(tmp_path)
    install_package(archives[0], tmp_path / "models")

    def install_often() -> None:
        for number in range(100):
            install_package(archives[number % 2], tmp_path / "models")

    installing = threading.Thread(target=install_often)
    installing.start()
    while installing.is_alive():
        (package,) = newest_packages([tmp_path / "models"])
        assert package.folder.name == TOP
    installing.join()


def test_files_of_a_package_outlast_the_next_switch(tmp_path: Path) -> None:
    old, new = two_of_one_name(tmp_path)
    folder = install_package(old, tmp_path / "models").folder.resolve()
    install_package(new, tmp_path / "models")
    assert (folder / "model/model.bin").read_bytes() == b"old"
    install_package(old, tmp_path / "models")
    assert not folder.exists()


def test_broken_packages_are_passed_over_with_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    install_package(write_archive(tmp_path / "x.argosmodel", members()), tmp_path / "models")
    (tmp_path / "models" / "half").mkdir()
    (tmp_path / "models" / ".unpacking.killed").mkdir()
    (tmp_path / "models" / "note.txt").touch()
    found = newest_packages([tmp_path / "models", tmp_path / "nowhere"])
    assert [package.folder.name for package in found] == [TOP]
    assert [record.getMessage() for record in caplog.records] == [
        f"model package {tmp_path / 'models' / 'half'} is passed over: has no metadata.json; is it an Argos package?"
    ]


def test_newest_version_wins_and_our_folder_before_argos(tmp_path: Path) -> None:
    for folder, versions in {"ours": ("1.9", "1.10"), "theirs": ("1.10", "1.2")}.items():
        for version in versions:
            archive = write_archive(tmp_path / "x.argosmodel", members(package_version=version))
            install_package(archive, tmp_path / folder)
    install_package(write_archive(tmp_path / "x.argosmodel", members(to_code="de")), tmp_path / "theirs")
    found = newest_packages([tmp_path / "ours", tmp_path / "theirs"])
    assert [package.folder.relative_to(tmp_path).as_posix() for package in found] == [
        "theirs/translate-en_de-1_9",
        "ours/translate-en_fr-1_10",
    ]


def test_languages_are_spelled_as_cldr_does(tmp_path: Path) -> None:
    codes = {"zt": "zh_Hant", "pb": "pt_BR", "tl": "fil", "nb": "nb", "zh": "zh", "pt-BR": "pt_BR"}
    for code, expected in codes.items():
        archive = write_archive(tmp_path / "x.argosmodel", members(to_code=code))
        assert install_package(archive, tmp_path / "models").target == expected


def test_model_folders_follow_the_environment() -> None:
    assert model_folders({"HOME": "/h"}) == (
        Path("/h/.local/share/polypost/models"),
        Path("/h/.local/share/argos-translate/packages"),
    )
    assert model_folders({"HOME": "/h", "XDG_DATA_HOME": "/d"}) == (
        Path("/d/polypost/models"),
        Path("/d/argos-translate/packages"),
    )
    assert model_folders({"HOME": "/h", "POLYPOST_MODELS_DIR": "/m", "ARGOS_PACKAGES_DIR": "/m"}) == (Path("/m"),)


def test_lock_reads_what_it_wrote_and_an_equal_one_is_not_written_again(tmp_path: Path) -> None:
    french = install_package(write_archive(tmp_path / "x.argosmodel", members()), tmp_path / "models")
    german = install_package(write_archive(tmp_path / "x.argosmodel", members(to_code="de")), tmp_path / "models")
    lock = pin(pin((), french), german)
    assert write_lock(tmp_path / "models.lock", lock)
    assert not write_lock(tmp_path / "models.lock", reversed(lock))
    assert read_lock(tmp_path / "models.lock") == lock
    assert [entry.pair for entry in lock] == [Pair("en", "de"), Pair("en", "fr")]
    assert compare((french, german), lock) == Selection(packages=(german, french), findings=())


def test_each_difference_is_told_with_what_mends_it_and_no_package_that_differs_is_selected(tmp_path: Path) -> None:
    def installed(**fields: object) -> InstalledPackage:
        return install_package(write_archive(tmp_path / "x.argosmodel", members(**fields)), tmp_path / "models")

    changed, gone, older = installed(), installed(to_code="de"), installed(to_code="es", package_version="1.0")
    lock = pin(pin(pin((), changed), gone), older)
    newer = installed(to_code="es", package_version="1.1")
    unpinned = installed(to_code="it")
    (changed.folder / "model/model.bin").write_bytes(b"other weights")
    findings = (
        LockFinding(
            pair=Pair("en", "de"), difference=Difference.MISSING, detail="version 1.9 is pinned and not installed"
        ),
        LockFinding(
            pair=Pair("en", "es"), difference=Difference.OTHER_VERSION, detail="version 1.0 is pinned, installed is 1.1"
        ),
        LockFinding(
            pair=Pair("en", "fr"),
            difference=Difference.CHANGED,
            detail=f"the files in {changed.folder} are not those that were pinned",
        ),
    )
    more = LockFinding(pair=Pair("en", "it"), difference=Difference.UNPINNED, detail="installed, but not in the lock")
    found = compare((changed, newer, unpinned), lock)
    assert found == Selection(packages=(unpinned,), findings=(*findings, more))
    assert str(findings[0]) == (
        "en→de missing: version 1.9 is pinned and not installed; "
        "polypost models install en de, or --from FILE.argosmodel"
    )


def test_pinned_package_is_selected_before_a_newer_one_and_from_any_folder(tmp_path: Path) -> None:
    def installed(folder: str, **fields: object) -> InstalledPackage:
        return install_package(write_archive(tmp_path / "x.argosmodel", members(**fields)), tmp_path / folder)

    other = installed("ours", package_version="1.9", target_prefix="x")
    pinned = installed("theirs", package_version="1.9")
    newer = installed("ours", package_version="1.10")
    stock = list_packages([tmp_path / "ours", tmp_path / "theirs"])
    assert [package.folder for package in stock] == [newer.folder, other.folder, pinned.folder]
    assert [package.folder for package in compare(stock, pin((), pinned)).packages] == [pinned.folder]
    assert [package.folder for package in newest_packages([tmp_path / "ours", tmp_path / "theirs"])] == [newer.folder]


def test_digest_sees_names_as_well_as_contents(tmp_path: Path) -> None:
    digests = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_bytes(b"same")
        digests.add(digest_files(tmp_path / name))
    assert len(digests) == 2


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"packages": [{"from": "en"}]}',
        '{"packages": [], "more": 1}',
        '{"packages": [' + ", ".join(['{"from":"en","to":"fr","version":"1","sha256":"","files":""}'] * 2) + "]}",
    ],
)
def test_lock_that_is_not_ours_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "models.lock").write_text(content, encoding="utf-8")
    with pytest.raises(ModelsLockError, match=r"models\.lock: "):
        read_lock(tmp_path / "models.lock")
