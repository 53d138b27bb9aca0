"""Names and folders that lead elsewhere: ids that are paths, an `--out` that is somebody's, settings that name others.

Beside the project lies a folder of somebody else. Whatever is tried, not a byte of it may change, nothing may be made
beside the project, and no command may end with a traceback.
"""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from babel import Locale

from pipeline.language.term import Term
from pipeline.terminology.formats.csv_text import serialize_csv
from tests.hostile.tally import CANARY, Tally, tree_of
from tests.projects import CONFIG, polypost, read_tree, write_tree
from tests.publishing.xss_payloads import FORMULAS

_POSTING = "Title: Night nurse\nLanguage: en\nDate-Posted: 2026-11-02\n\nWe look after forty patients.\n"
_PATHS = (
    *(
        "../../x",
        "../../../../../../tmp/x",
        "/etc/passwd",
        "/var/x",
        "..",
        ".",
        "a/../../b",
        "..\\..\\x",
        "C:\\x",
        "C:x",
    ),
    *(
        "\\\\host\\share",
        "~/x",
        "$HOME/x",
        "${HOME}",
        "%2e%2e%2fx",
        "..%2f..%2fx",
        "..%c0%afx",
        "\u2024\u2024/x",
        "\uff0e\uff0e/x",
    ),
    *(
        "x\0y",
        "x\ny",
        "x\ry",
        "x\ty",
        "x\x1b[2Jy",
        "\u202ex",
        "CON",
        "NUL.txt",
        "aux",
        "com1",
        "x.",
        "x ",
        " x",
        "-rf",
        "--out=/x",
    ),
    *(
        ".htaccess",
        ".git/config",
        "index.html",
        "feed.json",
        "manifest.json",
        "languages.json",
        "*",
        "?",
        "[a-z]",
        "{a,b}",
        "|id",
        ";id",
    ),
    *(
        "`id`",
        "$(id)",
        "&id",
        ">x",
        "<x",
        "a" * 5_000,
        "a/" * 500,
        "é" * 300,
        "\U0001f600" * 100,
        "#x",
        "x?y=z",
        "x&y",
        "'",
        '"',
    ),
)
_SAFE = re.compile(r"[A-Za-z0-9_-]+(\.pt_BR|\.[a-z0-9]+)*")
_FIELDS = ("id", "title", "organization", "city")
# Where the settings name files, locales and addresses.
_SETTINGS = (
    ('postings = ["postings/*.txt"', "postings = [{}"),
    ('locales = ["en", "pt_BR", "fr"]', 'locales = ["en", {}]'),
    ("https://jobs.example.org/", "{bare}"),
    ('engines = ["bergamot"]', "engines = []\nglossary = {}"),
    ('engines = ["bergamot"]', "engines = [{}]"),
    ("[publish.locales.en]", "[publish.locales.{}]"),
)
_VALUES = (
    *(
        "../../somebody/*",
        "../somebody/secret",
        "/etc/passwd",
        "/dev/zero",
        "/proc/self/environ",
        "../..",
        "~",
        "**",
        "file:///etc/passwd",
    ),
    *(
        "javascript:alert(1)",
        "../en",
        "en/../..",
        "zz_ZZ",
        "x" * 5_000,
        "\u202ex",
        "a\tb",
        "pseudo;id",
        "$(id)",
        "http://[",
        "https://",
    ),
)


def attack_folders(folder: Path, *, long: bool) -> Tally:
    """Try every name and every folder."""
    tried, through = 0, []
    paths: tuple[str, Callable[[], str]] = ("ids and titles that are paths", partial(_publish_paths, folder))
    attacks = [paths, *_outputs(folder), *_settings(folder, long=long)]
    for name, attack in attacks:
        tried += len(_PATHS) * len(_FIELDS) if name.startswith("ids") else 1
        somebody = write_tree(folder / "somebody", {"secret": CANARY, "languages.json": "[]", "notes/a.txt": "mine"})
        before = tree_of(somebody)
        told = attack()
        if tree_of(somebody) != before:
            told = "changed somebody's files"
        strange = {path.name for path in folder.iterdir()} - {"somebody", "project"}
        for name_of_other in (*strange, "somebody"):
            shutil.rmtree(folder / name_of_other, ignore_errors=True)
        if told or strange:
            through.append(f"{name}: {told or sorted(strange)}")
    return Tally(stage="folders, ids and settings", tried=tried, through=tuple(through))


def attack_cells(folder: Path, *, long: bool) -> Tally:  # noqa: ARG001  as every stage
    """Write a glossary of formulas: no spreadsheet takes a cell of it for one."""
    starts = ("=", "+", "-", "@")
    texts = [
        *FORMULAS,
        *(f"{start}{rest}" for start in starts for rest in ("1+1", "cmd|'/C calc'!A0", "A1", "", "'", " x")),
    ]
    texts += [f"'{text}" for text in texts]
    terms = [
        Term(language="en", source=one, locale=Locale("fr"), required=(other,), forbidden=(), keep=False)
        for one, other in zip(texts, [*texts[1:], texts[0]], strict=True)
    ]
    rows = csv.reader(io.StringIO(serialize_csv(terms)))
    through = [cell for row in rows for cell in row if cell.startswith(starts)]
    return Tally(stage="formulas in cells", tried=2 * len(terms), through=tuple(through))


def _publish_paths(folder: Path) -> str:
    """Build with a posting for each path in each field; all that is made has a name of ours below the project."""
    project = folder / "project"
    lines = [json.dumps(_posting(number, field, path)) for field in _FIELDS for number, path in enumerate(_PATHS)]
    config = CONFIG.replace('engines = ["bergamot"]', "engines = []")
    write_tree(project, {"polypost.toml": config, "postings/a.jsonl": "\n".join(lines)})
    done = polypost(project, "build")
    if done.returncode not in {0, 1} or "Traceback" in done.stderr:
        return done.stderr[-300:]
    names = [
        part
        for made in ("public", "locales", "build")
        for path in read_tree(project / made)
        for part in path.split("/")
    ]
    return ", ".join(name for name in dict.fromkeys(names) if not _SAFE.fullmatch(name))[:300]


def _posting(number: int, field: str, path: str) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": f"{field}-{number}",
        "title": f"Nurse {field} {number}",
        "language": "en",
        "description": "We look after forty patients.",
    }
    if field == "city":
        return {**fields, "locations": [{"country": "FR", "city": path}]}
    return {**fields, field: path}


def _outputs(folder: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield builds into what is somebody else's, or is none."""
    somebody = folder / "somebody"
    outs = {
        "somebody's folder": "../somebody",
        "a folder in somebody's": "../somebody/notes",
        "a file": "../somebody/secret",
        "below a file": "../somebody/secret/public",
        "the project": ".",
        "the postings": "postings",
        "the catalogs": "locales",
        "a link to somebody's folder": "link",
        "a link to a file": "link-to-file",
        "a device": "/dev/null",
        "a name of control characters": "pub\x1blic\n",
    }
    for option in ("--out", "--build-dir", "--locales-dir"):
        for name, place in outs.items():
            if option == "--out" or name in {"a file", "below a file", "a link to a file", "a device"}:
                yield f"{option} {name}", partial(_build, folder, (option, place))
    yield "public is a link to somebody's", lambda: _build(folder, (), links={"public": somebody})
    yield "its store is a link to somebody's", lambda: _build(folder, (), links={".public-releases": somebody})
    yield (
        "a catalog is a link to somebody's",
        lambda: _build(folder, (), links={"locales/pt_BR/LC_MESSAGES/postings.en.po": somebody / "secret"}),
    )


def _build(folder: Path, options: Sequence[str], links: dict[str, Path] | None = None) -> str:
    """Build, with links in place of what the build makes; tell what is wrong."""
    project = _fresh(
        folder, CONFIG.replace(', "postings/*.jsonl"', "").replace('engines = ["bergamot"]', "engines = []")
    )
    for name, target in {
        "link": folder / "somebody",
        "link-to-file": folder / "somebody/secret",
        **(links or {}),
    }.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).symlink_to(target)
    before = read_tree(project / "postings")
    done = polypost(project, "build", *options)
    if read_tree(project / "postings") != before:
        return "changed the postings"
    return done.stderr[-300:] if "Traceback" in done.stderr or done.returncode not in {0, 1, 2} else ""


def _settings(folder: Path, *, long: bool) -> Iterator[tuple[str, Callable[[], str]]]:
    for number, (place, form) in enumerate(_SETTINGS):
        for value in _VALUES if long else _VALUES[number :: len(_SETTINGS)]:
            text = form.replace("{bare}", value).replace("{}", json.dumps(value))
            yield (
                f"setting {text[:60]}",
                partial(_configured, folder, CONFIG.replace(place, text)),
            )


def _configured(folder: Path, config: str) -> str:
    project = _fresh(folder, config)
    done = polypost(project, "build")
    if "Traceback" in done.stderr or done.returncode not in {0, 1, 2, 3}:
        return done.stderr[-300:]
    return ""


def _fresh(folder: Path, config: str) -> Path:
    """Return a project without anything made yet."""
    project = folder / "project"
    shutil.rmtree(project, ignore_errors=True)
    return write_tree(project, {"polypost.toml": config, "postings/nurse.txt": _POSTING})
