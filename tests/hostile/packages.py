"""Packages of models that lie about themselves, and indexes that offer what nobody should fetch."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from pipeline.errors import ModelPackageError
from pipeline.models.firefox_files import find_models
from pipeline.models.index import parse_index
from pipeline.models.install import install_model, install_package
from tests.hostile.tally import Tally, tree_of
from tests.models.argos_archives import TOP, members, write_archive
from tests.models.test_firefox_files import BAD_FILES, EN_PT, write_files
from tests.models.test_index import USELESS
from tests.models.test_packages import (
    HOSTILE_FILES,
    HOSTILE_METADATA,
    WRONG_FIELDS,
    as_device,
    as_encrypted,
    as_huge,
    as_link,
    as_longer,
    as_shorter,
    as_unknown_method,
)

_LIES = (as_link, as_device, as_encrypted, as_huge, as_longer, as_shorter, as_unknown_method)
# Names of members, each at the top of an archive and below the folder of its package.
_NAMES = (
    *(
        "../x",
        "../../x",
        "a/../../x",
        "/x",
        "//x",
        "C:/x",
        "C:x",
        "..\\x",
        "\\x",
        "\\\\host\\x",
        "x\0.bin",
        "x\n",
        "x\x7f",
    ),
    *(
        "./../x",
        "a/./../../x",
        ".. /x",
        "..",
        ".",
        "",
        "a//x",
        "x/",
        "CON",
        "aux.txt",
        "x:stream",
        "~/x",
        "$HOME/x",
        "%2e%2e/x",
    ),
    *("\u2024\u2024/x", "\uff0e\uff0e/x", "..\u2215x", "\u202ex", "a" * 300, "a/" * 200 + "x"),
)
_LINKS: tuple[object, ...] = (
    *("file:///etc/passwd", "ftp://x.example/a", "javascript:x", "data:,x", "gopher://x/", "//x", "/x", "x", ""),
    *(
        "http://",
        "https://",
        "http://[",
        "http:// x/",
        "https://x.example:99999/",
        "\x00",
        7,
        None,
        [],
        {},
        ["https://x"],
    ),
)


def attack_packages(folder: Path, *, long: bool) -> Tally:  # noqa: ARG001  as every stage
    """Try to have each installed: it is refused with nothing left of it, or leaves only what is part of a package."""
    tried, through = 0, []
    for name, attempt in (*_archives(folder), *_firefox(folder)):
        tried += 1
        before = tree_of(folder)
        refused = False
        try:
            attempt()
        except ModelPackageError:
            refused = True
        after = tree_of(folder)
        made = {path for path in after if before.get(path) != after[path]}
        strange = sorted(
            path for path in made if not path.startswith(("models", "given")) or (refused and "models/" in path)
        )
        if strange:
            through.append(f"{name!r} left {strange[:3]}")
    return Tally(stage="packages of models", tried=tried, through=tuple(through))


def _archives(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    given = folder / "given.argosmodel"
    hostile = {name: files for name, (files, _) in HOSTILE_FILES.items()}
    hostile |= {name: members() | {f"{TOP}/metadata.json": text} for name, (text, _) in HOSTILE_METADATA.items()}
    hostile |= {f"{fields}": members(**fields) for fields, _ in WRONG_FIELDS}
    hostile |= {f"member {name}": members() | {name: b"x"} for name in _NAMES if name}
    hostile |= {f"member {TOP}/{name}": members() | {f"{TOP}/{name}": b"x"} for name in _NAMES}
    hostile |= {f"type {name}": members(type=name) for name in ("firefox", "sbd", "../x", "", "exec")}
    for name, files in hostile.items():
        with suppress(ValueError):  # a name that no archive can hold
            write_archive(given, files)
            yield name, partial(install_package, given, folder / "models")
    for lie in _LIES:
        with zipfile.ZipFile(given, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members().items():
                archive.writestr(name, content)
            lie(archive.getinfo(f"{TOP}/model/model.bin"))
        yield lie.__name__, partial(install_package, given, folder / "models")


def _firefox(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    for name, (file, content, _) in BAD_FILES.items():
        place = write_files(folder / "given", EN_PT | {file: content})
        yield f"firefox, {name}", partial(_install_all, place, folder / "models")


def _install_all(place: Path, models: Path) -> None:
    for model in find_models(place):
        install_model(model, models)


def indexes() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield readings of indexes that offer something of no use."""
    good = {"package_version": "1.9", "from_code": "en", "to_code": "de", "links": ["https://x.example/a"]}
    entries = [*USELESS.values(), *({**good, "links": [link]} for link in _LINKS)]
    values: tuple[object, ...] = (*_NAMES[:12], 7, None, [], {}, 1e999, "x" * 10_000)
    entries += [{**good, field: value} for field in good for value in values]
    for entry in entries:
        yield f"index {entry}", partial(_offered, json.dumps([entry]).encode())


def _offered(content: bytes) -> str:
    """Read an index; what it offers may only be fetched from the web, and be installed under a plain name."""
    offers = parse_index(content, "models.example.org")
    assert all(link.startswith(("http://", "https://")) for offer in offers for link in offer.links)
    assert all(set(offer.version) <= set("0123456789.") for offer in offers)
    return ""
