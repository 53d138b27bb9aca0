"""A project begins: what lies in a folder is looked at, and the files that a project needs are written into it.

The files are made from the templates in `project_files/` beside this module. One that is there already is kept.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from string import Template

from babel import Locale

from pipeline import __version__
from pipeline.config import CONFIG_NAME, Settings, with_slash
from pipeline.model.locale import source_language
from pipeline.storage.files import write_if_changed
from pipeline.workflow.posting_files import OWNER_FILE
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings

_TEMPLATES = files("pipeline.workflow") / "project_files"
_FILES: Mapping[str, str] = {
    "polypost.toml": CONFIG_NAME,
    "Makefile": "Makefile",
    "workflow.yml": ".github/workflows/polypost.yml",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
}
EXAMPLE = "postings/example.txt"
UNDETERMINED = "undetermined"
EXAMPLE_LOCALES = ("en", "pt_BR")
_SUFFIXES = frozenset(
    {
        *(".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".gz", ".zip"),
        *(".jsonl", ".ndjson", ".json", ".jsonld", ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".docx"),
    }
)
# In which people write postings too, and which are not read.
_UNREAD = frozenset({".doc", ".odt", ".pages", ".pdf", ".rtf"})
# Folders and files of other purposes, which a reader of anything would take for postings.
_OTHER_FOLDERS = frozenset({"build", "public", "locales", "node_modules", "venv", "dist", "docs", "tests"})
_OTHER_FILES = frozenset(
    {"readme", "license", "changelog", "contributing", "requirements", "robots", "package", "notice"}
)
_MAX_DEPTH = 3
# Enough to know the languages; the rest of a folder is not waited for.
_READ_FILES, _READ_BYTES = 60, 4_000_000
# Where Polypost's own words and most readers of a language are, if a text names no country.
_USUAL_LOCALE = {"pt": "pt_BR"}
# What the engine that comes with Polypost adds to a language.
_EMBEDDED = {"en": "pt_BR", "pt": "en"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPostings:
    """Posting files that one pattern means: how many there are, and the languages of the postings that were read."""

    pattern: str
    files: int
    languages: Mapping[str, int]

    def __str__(self) -> str:
        languages = ", ".join(f"{count} {name}" for name, count in self.languages.items())
        return f"{self.pattern}  {self.files} file{'s' * (self.files != 1)}" + (f": {languages}" if languages else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a project has to be told."""

    base_url: str
    locales: tuple[Locale, ...]
    postings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Which files of a project were written, and which were there before and are as they were."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def look_for_postings(folder: Path) -> tuple[FoundPostings, ...]:
    """Find the files below a folder in which postings can be read, by folder and ending."""
    found = (_read_some(folder, pattern, paths) for pattern, paths in _groups(folder, _SUFFIXES))
    return tuple(group for group in found if group is not None)


def look_for_unread(folder: Path) -> tuple[FoundPostings, ...]:
    """Find the files below a folder that may be postings in a form that is not read: PDF, RTF."""
    groups = _groups(folder, _UNREAD)
    return tuple(FoundPostings(pattern=pattern, files=len(paths), languages={}) for pattern, paths in groups)


def _groups(folder: Path, suffixes: frozenset[str]) -> list[tuple[str, list[Path]]]:
    groups: dict[str, list[Path]] = {}
    for path in _candidates(folder, suffixes, _MAX_DEPTH):
        above = path.parent.relative_to(folder).as_posix()
        groups.setdefault(f"*{path.suffix}" if above == "." else f"{above}/*{path.suffix}", []).append(path)
    return sorted(groups.items())


def suggested_locales(found: Iterable[FoundPostings]) -> tuple[str, ...]:
    """Return the languages of the postings, the most frequent first, and one more that can be translated at once."""
    count: Counter[str] = Counter()
    for group in found:
        count.update(group.languages)
    written = [language for language, _ in count.most_common() if language != UNDETERMINED]
    more = (_EMBEDDED[language] for language in written if language in _EMBEDDED)
    return tuple(dict.fromkeys(_USUAL_LOCALE.get(name, name) for name in (*written, *more))) or EXAMPLE_LOCALES


def begin_project(folder: Path, answers: Answers | None, *, example: bool = False) -> Begun:
    """Write the files of a project that are not there yet, with an example of a posting if that is wanted.

    Without answers there has to be a configuration already. Raises FileError if a file cannot be written.
    """
    values = {"requirement": _quoted(_requirement())}
    if answers:
        values |= {
            "base_url": _quoted(with_slash(answers.base_url)),
            "postings": ", ".join(map(_quoted, answers.postings)),
            "locales": ", ".join(_quoted(str(locale)) for locale in answers.locales),
            "last_locale": str(answers.locales[-1]),
        }
    wanted = {**_FILES, "example.txt": EXAMPLE} if example else _FILES
    kept = [target for target in wanted.values() if (folder / target).exists() or (folder / target).is_symlink()]
    for name, target in wanted.items():
        if target not in kept:
            write_if_changed(folder / target, _filled(name, values).encode())
    return Begun(written=tuple(target for target in wanted.values() if target not in kept), kept=tuple(kept))


def _candidates(folder: Path, suffixes: frozenset[str], depth: int) -> Iterator[Path]:
    for path in sorted(folder.iterdir() if folder.is_dir() and os.access(folder, os.R_OK | os.X_OK) else ()):
        if path.name.startswith((".", "_", OWNER_FILE)):
            continue
        if path.is_dir():
            if depth and path.name not in _OTHER_FOLDERS:
                yield from _candidates(path, suffixes, depth - 1)
        elif path.is_file() and path.suffix.lower() in suffixes and path.stem.lower().split(".")[0] not in _OTHER_FILES:
            yield path


def _read_some(folder: Path, pattern: str, paths: list[Path]) -> FoundPostings | None:
    """Read the first files of a group; None if no posting is in any of them. A large file is taken by its name."""
    sizes = accumulate(path.stat().st_size for path in paths)
    first = [path for path, so_far in zip(paths, sizes, strict=True) if so_far <= _READ_BYTES][:_READ_FILES]
    project = Project(
        settings=Settings(root=folder),
        files=tuple(first),
        locales_dir=folder / "locales",
        build_dir=folder / "build",
        out=folder / "public",
    )
    count = Counter(
        source_language(outline.language) if outline.language else UNDETERMINED
        for outline in read_postings(project).outlines
    )
    if first and not count:
        return None
    return FoundPostings(pattern=pattern, files=len(paths), languages=dict(count.most_common()))


def _filled(name: str, values: Mapping[str, str]) -> str:
    text = (_TEMPLATES / name).read_text(encoding="utf-8")
    return Template(text).substitute(values) if name in {"polypost.toml", "workflow.yml"} else text


def _quoted(text: str) -> str:
    """Return a text as TOML, YAML and JSON write it alike."""
    return json.dumps(text, ensure_ascii=False)


def _requirement() -> str:
    """Return what pip installs to get this Polypost on another machine: its version, or where git has it."""
    try:
        origin = json.loads(distribution("polypost").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, json.JSONDecodeError):
        origin = {}
    git = origin.get("vcs_info", {})
    return f"polypost @ git+{origin['url']}@{git['commit_id']}" if git else f"polypost=={__version__}"
