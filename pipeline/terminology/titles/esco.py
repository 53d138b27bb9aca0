"""The names of occupations in ESCO, the European classification, in 21 languages; see `data/ATTRIBUTION.md`.

A concept has a number here, its place in the list; by it the languages find each other. The labels of a language are
unpacked when they are asked for.

>>> number = concepts().index("occupation/f2b15a0e-e65a-438a-affb-29b9d50b77d1")
>>> labels("en")[number][0], labels("de")[number][0]
('software developer', 'Softwareentwickler/Softwareentwicklerin')
"""

import lzma
from functools import cache
from importlib.resources import files

_FOLDER = files("pipeline.terminology.titles") / "data" / "esco"
_ENDING = ".tsv.xz"
# The written forms of Norwegian have one file.
_SAME = {"nb": "no", "nn": "no"}


@cache
def languages() -> frozenset[str]:
    """Return the languages that ESCO has names in."""
    found = {entry.name.removesuffix(_ENDING) for entry in _FOLDER.iterdir() if entry.name.endswith(_ENDING)}
    return frozenset(found | {code for code, file in _SAME.items() if file in found})


@cache
def concepts() -> tuple[str, ...]:
    """Return the concepts: `occupation/…` and groups of them, `isco/…`."""
    return tuple(_read("concepts.txt.xz").split("\n"))


@cache
def labels(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of each concept in a language, the preferred one first; none in a language without names."""
    if language not in languages():
        return ((),) * len(concepts())
    lines = _read(_SAME.get(language, language) + _ENDING).split("\n")
    return tuple(tuple(line.split("\t")) if line else () for line in lines)


def _read(name: str) -> str:
    return lzma.decompress((_FOLDER / name).read_bytes()).decode()
