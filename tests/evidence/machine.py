"""Translations by real engines of real postings, and what a translator said of some of them.

`python -m tests.evidence.machine` makes them: a project of the shared postings in `build/evidence`, translated by the
engines that are installed here. They stay there: the postings are other people's. The verdicts are shared data.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

from tests.evidence.pairs import Pair
from tests.projects import CHECKOUT, shared_data

PROJECT = CHECKOUT / "build" / "evidence" / "machine"
COMMAND = "python -m tests.evidence.machine"
# Engines that come from wheels or from Debian; the small Argos packages of the tests are no engine for postings.
_CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings.jsonl"]
locales = ["en", "pt_BR", "es"]

[translate]
engines = ["bergamot", "apertium"]
"""
_TITLE_CHARS = 80


def make(folder: Path = PROJECT) -> int:
    """Translate the shared postings; return how many targets there are."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(_record(posting), ensure_ascii=False) for posting in shared_postings()]
    (folder / "postings.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "polypost.toml").write_text(_CONFIG, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "pipeline", "translate"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        check=True,
    )
    return sum(1 for _ in translated(folder))


def translated(folder: Path = PROJECT) -> Iterator[Pair]:
    """Yield every unreviewed target that an engine made; none before the command has run."""
    for path in sorted(folder.glob("locales/*/LC_MESSAGES/postings.*.po")):
        language = path.suffixes[0].lstrip(".")
        for entry in polib.pofile(str(path)):
            if entry.msgstr and not entry.obsolete and "fuzzy" in entry.flags:
                yield Pair(
                    language=language,
                    locale=path.parts[-3],
                    source=entry.msgid,
                    target=entry.msgstr,
                    group="machine",
                    context=entry.msgctxt or "",
                )


def judged() -> Iterator[Pair]:
    """Yield the segments that a translator judged, with the target as it was then."""
    for line in (shared_data() / "judged" / "segments.jsonl").read_text(encoding="utf-8").splitlines():
        each = json.loads(line)
        yield Pair(
            language="en" if each["locale"] == "pt_BR" else "pt",
            locale=each["locale"],
            source=each["source"],
            target=each["target"],
            group="judged",
            verdict=each["verdict"],
            kind=each["kind"] or "",
            context=each["context"],
        )


def shared_postings() -> list[Any]:
    """Read the shared postings."""
    packed = (shared_data() / "postings" / "real.jsonl.gz").read_bytes()
    return [json.loads(line) for line in gzip.decompress(packed).decode().splitlines()]


def _record(posting: Any) -> dict[str, str]:
    """Return what the intake asks for; the first line is the title of a posting that has none."""
    title = posting["title"] or next(line.strip() for line in posting["description"].splitlines() if line.strip())
    return {
        "id": posting["id"],
        "title": title[:_TITLE_CHARS],
        "url": f"https://jobs.example.org/{posting['id']}",
        "description": posting["description"],
    }


if __name__ == "__main__":
    print(f"{make()} targets in {PROJECT}")  # noqa: T201
