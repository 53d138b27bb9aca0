"""The modes that Apertium's packages install: a file each, the pipeline of programs and data of one pair."""

import hashlib
import re
import shlex
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import LocaleError
from pipeline.model.locale import parse_locale, source_language, usual_territory
from pipeline.translation.engines import Pair

# Two languages, perhaps of a country: `es-pt`, `es-pt_BR`, `spa-cat`; not `spa-cat_valencia` or `eco-es-fr`, which
# translate into another standard or for another purpose.
_NAME = re.compile(r"([a-z]{2,3})(?:_([A-Z]{2}))?-([a-z]{2,3})(?:_([A-Z]{2}))?")
DIGEST_CHARS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """An installed mode; `pair` is by the codes that the rest of us uses, `name` by Apertium's own."""

    name: str
    pair: Pair
    path: Path

    def digest(self) -> str:
        """Return eight hexadecimal digits that change with the pipeline and with every file that it reads."""
        state = hashlib.sha256(self.path.read_bytes())
        for file in _data_files(self.path):
            state.update(file.read_bytes())
        return state.hexdigest()[:DIGEST_CHARS]


def find_modes(data_dir: Path) -> Mapping[Pair, Mode]:
    """Return the mode of each pair whose programs and data are all installed.

    Of several, the one for the country that CLDR takes for the language where none is named: `es-pt_BR` before
    `es-pt` before a mode for another country.
    """
    chosen: dict[Pair, Mode] = {}
    for mode in sorted(_read_modes(data_dir / "modes"), key=_preference):
        chosen.setdefault(mode.pair, mode)
    return chosen


def data_folder(environment: Mapping[str, str], program: Path) -> Path:
    """Return where Apertium's data lies: where the variable that `apertium` itself reads says, else beside it."""
    named = environment.get("APERTIUM_DATADIR")
    return Path(named) if named else program.resolve().parent.parent / "share/apertium"


def _read_modes(folder: Path) -> Iterator[Mode]:
    for path in folder.glob("*.mode"):
        named = _NAME.fullmatch(path.stem)
        source, target = (_language(named[1]), _language(named[3])) if named else ("", "")
        if source and target and source != target and _is_complete(path):
            yield Mode(name=path.stem, pair=Pair(source, target), path=path)


def _language(code: str) -> str:
    """Return the shortest code of a language in its usual script, "" if we have none: eng becomes en."""
    try:
        locale = parse_locale(code)
    except LocaleError:
        return ""
    return locale.language if source_language(locale) == locale.language else ""


def _preference(mode: Mode) -> tuple[int, int, int, str]:
    named = _NAME.fullmatch(mode.name)
    territories = (named[2], named[4]) if named else (None, None)
    strange = [
        0 if territory == usual_territory(language) else 1 if territory is None else 2
        for territory, language in zip(territories, mode.pair, strict=True)
    ]
    return max(strange), sum(strange), len(mode.name), mode.name


def _is_complete(path: Path) -> bool:
    """Tell whether all programs and files of the pipeline are there: packages do not ask for all that they need."""
    programs = (shlex.split(part)[0] for part in path.read_text(encoding="utf-8").split("|") if part.strip())
    return all(map(shutil.which, programs)) and all(file.is_file() for file in _data_files(path))


def _data_files(path: Path) -> Iterable[Path]:
    words = shlex.split(path.read_text(encoding="utf-8").replace("|", " "))
    return (Path(word) for word in words if word.startswith("/"))
