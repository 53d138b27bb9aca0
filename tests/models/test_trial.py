"""A package is installed only if it is a file that ends and a model that writes the language that it claims."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import ModelPackageError, ModelsLockError
from pipeline.model.locale import parse_locale
from pipeline.model.packages import InstalledPackage
from pipeline.models.download import open_part
from pipeline.models.install import MAX_SHARE_OF_CLAIMED, install_package, load_probes, require_claimed_language
from pipeline.models.lock import read_lock
from pipeline.models.package import list_packages
from pipeline.storage.files import open_regular
from pipeline.workflow.models import detect_shares, try_package
from tests.models.argos_archives import EN_PT, PT_ES, TOP, members, repacked, speaking, write_archive

ENDLESS = Path("/dev/zero")


def pipe(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    return path


def endless_link(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(ENDLESS)
    return path


IRREGULAR = pytest.mark.parametrize("irregular", [pipe, endless_link])


@IRREGULAR
def test_pipe_or_device_as_a_package_is_refused_at_once(tmp_path: Path, irregular: Callable[[Path], Path]) -> None:
    archive = irregular(tmp_path / "x.argosmodel")
    with pytest.raises(ModelPackageError) as raised:
        install_package(archive, tmp_path / "models")
    assert re.fullmatch(rf"{archive}: cannot be unpacked \(is a (pipe|device), not a regular file\)", str(raised.value))
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("place", ["metadata.json", "sentencepiece.model", "model/model.bin"])
@IRREGULAR
def test_installed_package_with_a_pipe_or_device_in_it_is_passed_over(
    tmp_path: Path, irregular: Callable[[Path], Path], place: str, caplog: pytest.LogCaptureFixture
) -> None:
    package = install_package(write_archive(tmp_path / "x.argosmodel", members()), tmp_path / "models")
    (package.folder / place).unlink()
    irregular(package.folder / place)
    assert list_packages([tmp_path / "models"]) == ()
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith(f"model package {tmp_path / 'models' / TOP} is passed over: ")


@IRREGULAR
def test_pipe_or_device_as_the_lock_is_refused_at_once(tmp_path: Path, irregular: Callable[[Path], Path]) -> None:
    with pytest.raises(ModelsLockError, match=r"models\.lock: is a (pipe|device), not a regular file"):
        read_lock(irregular(tmp_path / "models.lock"))


@IRREGULAR
def test_pipe_or_device_in_place_of_a_part_is_refused_at_once(
    tmp_path: Path, irregular: Callable[[Path], Path]
) -> None:
    path = irregular(tmp_path / "x.part")
    with pytest.raises(ModelPackageError, match=r"is a (pipe|device), not a regular file"), open_part(path):
        pass


def test_regular_file_is_read_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("file")
    with open_regular(tmp_path / "link") as file:
        assert file.read() == b"x"


@pytest.mark.parametrize("archive", [EN_PT, PT_ES])
def test_small_package_that_is_what_it_claims_is_installed(tmp_path: Path, archive: Path) -> None:
    assert install_package(archive, tmp_path / "models", try_package).folder.is_dir()


@pytest.mark.parametrize(
    ("archive", "codes", "written"),
    [
        (EN_PT, ("en", "es"), "pt"),
        (EN_PT, ("en", "fr"), "pt"),
        (EN_PT, ("en", "gl"), "pt"),
        (EN_PT, ("pt", "fr"), "pt"),
        (EN_PT, ("en", "ja"), "pt"),
        (PT_ES, ("pt", "fr"), "es"),
        (PT_ES, ("es", "pt"), "es"),
        (PT_ES, ("en", "ca"), "es"),
    ],
)
def test_package_renamed_to_another_target_language_is_refused(
    tmp_path: Path, archive: Path, codes: tuple[str, str], written: str
) -> None:
    source, target = codes
    renamed = repacked(archive, tmp_path / "x.argosmodel", from_code=source, to_code=target)
    with pytest.raises(ModelPackageError) as raised:
        install_package(renamed, tmp_path / "models", try_package)
    assert str(raised.value) == (
        f"{renamed}: claims to translate to {target}, but what it writes is {written}: its metadata.json is wrong, "
        "or it is another package; take one from its maker"
    )
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("target", sorted(load_probes()))
def test_language_that_a_package_may_claim_is_told_from_all_others(target: str) -> None:
    shares = detect_shares("\n".join(load_probes()[target]))
    assert max(shares, key=lambda language: shares[language]) == parse_locale(target).language


@pytest.mark.parametrize("target", ["ar", "de", "en", "fr", "ja", "nb", "ru", "zh"])
def test_package_that_writes_words_of_the_language_it_claims_is_installed(tmp_path: Path, target: str) -> None:
    source = "pt" if target == "en" else "en"
    archive = speaking(tmp_path / "x.argosmodel", source, target)
    assert install_package(archive, tmp_path / "models", try_package).target == target


def claiming(target: str) -> InstalledPackage:
    return InstalledPackage(folder=Path("package"), source="en", target=target, version="1")


@pytest.mark.parametrize(
    ("target", "shares"),
    [
        ("nb", {"da": 1 - MAX_SHARE_OF_CLAIMED, "nb": MAX_SHARE_OF_CLAIMED}),  # close languages share a text
        ("nb", {"da": 0.4, "sv": 0.3, "de": 0.3}),  # undetermined
        ("nb", {}),
        ("eo", {"es": 1.0}),  # which no detector knows
    ],
)
def test_package_is_not_refused_in_doubt(target: str, shares: dict[str, float]) -> None:
    require_claimed_language(claiming(target), lambda _package, sentences: sentences, lambda _text: shares)


def test_target_too_short_to_tell_its_language_is_not_judged() -> None:
    require_claimed_language(claiming("nb"), lambda _package, _sentences: ["Kort"], lambda _text: {"da": 1.0})


def test_sentences_are_those_of_the_language_that_the_package_reads() -> None:
    asked: list[str] = []
    for source in ("de", "pt_BR", "zh_Hant", "eo"):
        package = InstalledPackage(folder=Path("package"), source=source, target="fr", version="1")

        def translate(_package: InstalledPackage, sentences: object) -> list[str]:
            asked.append(str(sentences[0]))  # type: ignore[index]
            return []

        require_claimed_language(package, translate, lambda _text: {})
    probes = load_probes()
    assert asked == [probes["de"][0], probes["pt"][0], probes["zh_Hant"][0], "Python 3"]
