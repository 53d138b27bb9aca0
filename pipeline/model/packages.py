"""A pair of languages, and the installed package of a model that translates it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from babel import Locale

# The one language that nearly every package of Argos starts from or leads to: where the two steps of a route meet.
PIVOT = Locale("en")

# The engines that run installed packages.
ARGOS = "argos"
FIREFOX = "firefox"
# The file of a Firefox package with the words that may translate a word: it makes the model faster, no better.
SHORT_LIST = "lex.bin"


class Pair(NamedTuple):
    """Source and target language, as engines know them."""

    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"


class RankedPair(NamedTuple):
    """A pair by an engine, by any of them where `engine` is "": what a configuration gives a rank."""

    engine: str
    pair: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledPackage:
    """A model for one pair and engine, unpacked in `folder`.

    `source` and `target` are spelled as CLDR does. `sha256` is that of the archive, known right after installing.
    `files` has the sha256 of each file by its name, for an engine that compares them whenever it loads the model.
    """

    folder: Path
    source: str
    target: str
    version: str
    engine: str = ARGOS
    files: Mapping[str, str] = field(default_factory=dict, hash=False)
    target_prefix: str = ""
    sha256: str = ""

    @property
    def pair(self) -> Pair:
        """The pair that it translates."""
        return Pair(self.source, self.target)
