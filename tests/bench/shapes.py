"""How long texts of every shape take in `polypost translate`: `python -m tests.bench.shapes 60000`."""

import json
import random
import string
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.projects import CONFIG, polypost, write_tree

_WORDS = "we are looking for a nurse who works with patients in our hospital every day and at night".split()  # noqa: SIM905
_FRAGMENTS = {
    "one word": "a",
    "words of 190 letters": "abcdefghij" * 19 + " ",
    "words of 90 letters": "xylophonic" * 9 + " ",
    "one word repeated": "nurse ",
    "two words repeated": "good nurse ",
    "sentences": "We are looking for a nurse with experience. ",
    "clauses": "we look for nurses with experience, ",
    "semicolons": "we look for nurses; ",
    "commas only": ",",
    "commas and spaces": ", ",
    "letters and commas": "a,",
    "digits only": "7",
    "numbers": "1,234.5 ",
    "amounts": "$120k - $150k ",
    "brackets": "(",
    "nested brackets": "(a [b {c ",
    "tags": "<b>nurse</b> ",
    "open tags": "<i>",
    "emoji": "😀",
    "emoji and words": "nurse 👩‍⚕️ ",
    "CJK": "看護師を募集しています",
    "CJK with marks": "看護師、募集。",
    "mixed scripts": "nurse медсестра 看護師 ",
    "addresses": "https://a.example/jobs?id=7 ",
    "mail": "jobs@a.example ",
    "dashes": "-",
    "spaced dashes": "nurse – ward – night – ",
    "bars": "Acme | Nurse | Berlin | ",
    "nested quotes": '“‘"',
    "combining marks": "e\u0301",
    "zero width": "nur\u200bse",
    "capitals": "SENIOR NURSE ",
    "slashes": "nurse/",
    "hyphens": "well-known-",
    "full stops": "a.b.",
    "titles with marks of gender": "Senior Nurse (m/f/d) - ",
    "ranks": "senior lead junior ",
    "forms of gender": "Pfleger/-in ",
    "letters and case": "aB",
    "glued words": "teamWork ourPatients ",
    "names of products": "Node.js C++ .NET ",
    "jargon": "fast-paced hands-on ",
    "duties": "Ensuring that we ",
    "negations": "not without no ",
    "obligations": "you must have a licence ",
    "dates": "3 May 2026, ",
    "times": "9 a.m. – 5 p.m. ",
    "percentages": "50 % ",
    "numbers in words": "twenty thousand and ",
    "thousands": "1.000.",
    "Roman numbers": "XIV ",
    "ordinals": "1. 2nd ",
    "figures of other scripts": "٣٤٥ ",
    "placeholders": "{name} %s ",
    "markers": "Q0Q ",
    "Markdown": "* **nurse** ",
    "open Markdown": "[a](",
    "backslashes": "\\",
    "entities": "&amp;",
    "open entities": "&",
    "comments": "<!--",
    "closing tags": "</",
    "an attribute without end": '<a href="',
    "blank lines": "\n\n",
    "items": "- nurse\n",
    "headings": "Requirements:\n",
    "colons": "nurse: ",
    "tabs": "nurse\t",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "apostrophes": "l'",
    "ellipses": "…",
    "questions": "nurse? ",
    "equal signs": "=",
    "percent signs": "%20",
    "at signs": "a@",
    "places": "Porto, Portugal; ",
    "Arabic": "ممرضة ",
    "Thai": "พยาบาล",
    "directions": "\u202e",
    "variants": "\ufe0f",
}
_RANDOM = ("one line without an end mark", "random letters", "random words")
NAMES = (*_FRAGMENTS, *_RANDOM)


class Shape(NamedTuple):
    """A text of some length by what it is made of."""

    name: str
    text: str


def text_of(name: str, length: int) -> str:
    """Return a text of a shape."""
    if name in _FRAGMENTS:
        fragment = _FRAGMENTS[name]
        return (fragment * (length // len(fragment) + 1))[:length]
    chance = random.Random(7)  # noqa: S311  not for secrets
    if name == "one line without an end mark":
        return " ".join(chance.choices(_WORDS, k=length // 5))[:length]
    if name == "random letters":
        return "".join(chance.choices(string.ascii_letters, k=length))
    words = ("".join(chance.choices(string.ascii_lowercase, k=chance.randint(1, 12))) for _ in range(length // 6))
    return " ".join(words)[:length]


def shapes(length: int) -> Iterator[Shape]:
    """Yield a text of a length of every shape."""
    return (Shape(name, text_of(name, length)) for name in NAMES)


def seconds(shape: Shape, folder: Path) -> float:
    """Return how long a posting with that title and body takes."""
    body = [{"paragraph": "We are looking for a nurse."}, {"item": shape.text}, {"paragraph": shape.text}]
    sections = [{"kind": "offer", "heading": "Offer", "blocks": body}]
    posting = {"id": "a", "title": f"Nurse {shape.text}", "language": "en", "sections": sections}
    project = write_tree(
        folder, {"polypost.toml": CONFIG, "postings/a.jsonl": json.dumps(posting, ensure_ascii=False) + "\n"}
    )
    started = time.monotonic()
    done = polypost(project, "translate")
    if done.returncode:
        raise RuntimeError(f"{shape.name}: {done.stderr}")
    return time.monotonic() - started


def main(length: int) -> None:
    """Print the seconds of each shape, the slowest last."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        seconds(Shape("none", "of the night"), Path(folder))  # what is loaded once
    for shape in shapes(length):
        with tempfile.TemporaryDirectory() as folder:
            taken = seconds(shape, Path(folder))
        found.append((taken, shape.name))
        print(f"{taken:7.1f} s  {shape.name}", flush=True)  # noqa: T201
    slowest, name = max(found)
    print(f"{len(found)} shapes of {length:,} characters, the slowest {name} in {slowest:.1f} s")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
