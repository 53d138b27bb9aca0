"""Attacks are counted: how many were tried at a stage, and which came through."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.intake.reading.record import RecordError

# Stands in files that nothing names but an attack; where it comes out, a file was read that nobody gave.
CANARY = "canary-9f3b1c"
# A hundred times what the slowest of the documents takes.
_SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a stage withstood; `through` names each attack that came through, and how."""

    stage: str
    tried: int
    through: tuple[str, ...] = ()


def try_each(stage: str, attacks: Iterable[tuple[str, Callable[[], object]]]) -> Tally:
    """Try attacks on something that reads: each has to be read or refused by an error of ours, soon, without canary."""
    tried, through = 0, []
    for name, attack in attacks:
        tried += 1
        told = _outcome(attack)
        if told:
            through.append(f"{name[:100]}: {told[:300]}")
    return Tally(stage=stage, tried=tried, through=tuple(through))


def _outcome(attack: Callable[[], object]) -> str:
    started = time.process_time()
    try:
        shown = repr(attack())
    except (PipelineError, RecordError) as error:
        shown = str(error)
        if len(shown) > 10_000:
            return f"an error of {len(shown):,} characters"
    except (Exception, RecursionError) as error:  # noqa: BLE001  any other one is what is looked for
        return f"{type(error).__name__}: {error}"
    if CANARY in shown:
        return "shows a file that nobody gave"
    taken = time.process_time() - started
    return f"takes {taken:.0f} s" if taken > _SECONDS else ""


def tree_of(folder: Path) -> dict[str, bytes | str]:
    """Read what lies in a folder, links by where they lead; a folder is named, too."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        else:
            found[name] = path.read_bytes() if path.is_file() else "folder"
    return found
