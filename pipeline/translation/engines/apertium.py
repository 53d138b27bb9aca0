"""Apertium: rules and dictionaries between languages that are close, one process for all segments of a pair."""

import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EngineError, LocaleError
from pipeline.model.locale import parse_locale, source_language, usual_territory
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.apertium_stream import StreamError, decode_segments, encode_segments, has_marks
from pipeline.translation.engines.apertium_words import VERSION, lexicon_bytes, lexicon_of, without_marks_of_names
from pipeline.translation.engines.cutting import cut_batches
from pipeline.translation.protection import Marker

UNKNOWN_WORDS = "unknown_words"
# What one process holds in memory at once; it starts within 0.2 s, so more would hardly be faster.
MAX_CHARS = 1_000_000
# Measured 60,000 characters a second and more on one core; a machine that is a hundred times as busy still makes it.
SECONDS_TO_START = 60
CHARS_A_SECOND = 600
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
        """Return eight hexadecimal digits that change with the pipeline, every file that it reads and our lexicon."""
        state = hashlib.sha256(VERSION + lexicon_bytes(self.pair) + self.path.read_bytes())
        for file in _data_files(self.path):
            state.update(file.read_bytes())
        return state.hexdigest()[:DIGEST_CHARS]


class ApertiumEngine(Engine):
    """Runs the installed modes; a word that Apertium does not know keeps its mark in the answer.

    The tagger of Apertium 3.8 lets a rare kind of word change how it reads later ones in the same process
    (`find_similar_ambiguity_class` assigns through a reference), so of 11,000 segments without an unknown word six
    came out otherwise in other company. That is why equal batches are given in one order.
    """

    name = "apertium"
    # All of ten kinds came through in all of 84 sentences. A letter in one makes it an unknown word, which comes out
    # marked and is read otherwise in other company; a number in brackets is known (`tests/bench/markers.py`).
    marker = Marker(form="[{}]", for_letters=True)
    other_markers = (Marker(form="({})", for_letters=True),)
    batch_segments = 2048

    def __init__(self, program: Path, modes: Mapping[Pair, Mode], seconds: float = SECONDS_TO_START) -> None:
        self._program = program
        self._seconds = seconds
        self._modes = modes
        self._models: dict[Pair, str] = {}

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs of the installed modes."""
        return frozenset(self._modes)

    def covers(self, pair: Pair) -> bool:
        """Tell whether a mode for `pair` is installed."""
        return pair in self._modes

    def model(self, pair: Pair) -> str:
        """Return the mode and a digest of its data, for example es-pt_BR-3f2a9c1b."""
        if pair not in self._models:
            mode = self._modes[pair]
            self._models[pair] = f"{mode.name}-{mode.digest()}"
        return self._models[pair]

    def flaws(self, asked: str, answer: str) -> tuple[str, ...]:
        """Name the check that an answer fails in which words are marked as unknown."""
        return (UNKNOWN_WORDS,) if has_marks(asked, answer) else ()

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        """Translate a batch; each segment is sent once, in an order of its own.

        Raises EngineError if the program fails, takes too long or does not give one answer for each segment.
        """
        lexicon = lexicon_of(pair)
        asked = {segment: lexicon.hide(segment) for segment in segments}
        wanted = sorted({each.text for each in asked.values() if each.text.strip()}, key=lambda text: (len(text), text))
        answers: dict[str, str] = {}
        for batch in cut_batches(wanted, max_texts=len(wanted) or 1, max_chars=MAX_CHARS):
            answers |= zip(batch, self._translate_batch(batch, self._modes[pair]), strict=True)
        targets = {segment: each.target(answers.get(each.text, "")) for segment, each in asked.items()}
        return [without_marks_of_names(segment, targets[segment], pair) for segment in segments]

    def _translate_batch(self, segments: Sequence[str], mode: Mode) -> list[str]:
        # -z ends each segment at its NUL, and -f none leaves the stream to us. -u, which would leave out the marks of
        # unknown words, is not given.
        command = [str(self._program), "-d", str(mode.path.parent.parent), "-z", "-f", "none", mode.name]
        stream = encode_segments(segments)
        done = self._run(command, stream.encode("utf-8", "replace"), self._seconds + len(stream) / CHARS_A_SECOND)
        complaint = _last_line(done.stderr)
        if done.returncode != 0:
            raise EngineError(self.name, f"{mode.name} ended with {done.returncode}: {complaint or 'without a word'}")
        try:
            return decode_segments(done.stdout.decode("utf-8", "replace"), segments)
        except StreamError as error:
            raise EngineError(self.name, f"{mode.name}: {error}{complaint and f' ({complaint})'}") from error

    def _run(self, command: Sequence[str], data: bytes, timeout: float) -> subprocess.CompletedProcess[bytes]:
        """Run a command; whatever becomes of it, none of the programs that it started is left."""
        try:
            process = subprocess.Popen(  # noqa: S603  the program was looked up, the arguments are ours
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise EngineError(self.name, f"{command[0]}: {error.strerror}") from error
        try:
            output, errors = process.communicate(data, timeout)
        except subprocess.TimeoutExpired as error:
            _kill_group(process)
            raise EngineError(self.name, f"no answer within {timeout:.0f} seconds: {' '.join(command)}") from error
        except BaseException:  # Ctrl-C: the pipeline is in a session of its own and would not hear it
            _kill_group(process)
            raise
        return subprocess.CompletedProcess(command, process.returncode, output, errors)


def open_apertium(environment: Mapping[str, str]) -> ApertiumEngine | None:
    """Make the engine; None without the program or without a pair that can run."""
    found = shutil.which("apertium", path=environment.get("PATH"))
    if found is None:
        return None
    modes = find_modes(data_folder(environment, Path(found)))
    return ApertiumEngine(Path(found), modes) if modes else None


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


def _environment() -> dict[str, str]:
    """Return what the program may see; how it answers must not depend on the user's settings."""
    kept = ("PATH", "TMPDIR", "HOME", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C.UTF-8"}


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End a process that has not been waited for, with every program that it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _last_line(errors: bytes) -> str:
    lines = errors.decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


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
