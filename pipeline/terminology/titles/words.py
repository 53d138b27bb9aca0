"""The bundled words of titles, `data/words.tsv`: one idea a row, in every language the same.

Kinds of rows: `occupation` (product manager), `regulated` (nurse: an occupation that the law gives its name, so that no
field is put beside it), `head` (an occupation that takes a field: "{} manager"), `field` (sales), `rank` (senior),
`term` (how, when or where the work is done: part-time, night shift, remote), `name` (a technology, written alike), and
the small words between them. The first name in a cell is said, the others are only understood. Names of people are in
the paired form of `person_forms`. A field that is an adjective begins with "=" ("gerente comercial"), one that stands
like an adjective behind a whole occupation with "~" ("engenheiro(a) de software backend"); a German field has behind a
"+" what joins it to the next word ("Vertrieb+s": Vertrieb, Vertriebsleiter).

>>> [(word.row.kind.value, word.row.name_in("pt")) for word in words("en").at(fold("Product Manager"), 0, 2)]
[('occupation', 'gerente de produto')]
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.terminology.titles.person_forms import feminine, masculine

LANGUAGES = ("en", "pt", "es", "fr", "de")
HOLE = "{}"
ADJECTIVE, BEHIND = "=", "~"
_MARKS = ADJECTIVE + BEHIND
_ACCENTS = re.compile("[\u0300-\u036f]")
_TOKEN = re.compile(r"\.?[^\W_]+(?:\.(?=\w)[^\W_]+)*(?:\+\+|[+#](?!\w))?|[&/,+]")


class Kind(Enum):
    """What a word of a title tells."""

    OCCUPATION = "occupation"
    REGULATED = "regulated"
    HEAD = "head"
    FIELD = "field"
    RANK = "rank"
    TERM = "term"
    NAME = "name"
    JOINING = "joining"
    LINK = "link"
    OPENER = "opener"
    FOCUS = "focus"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """One idea and its names by language, the one that is said first; a language may have none."""

    kind: Kind
    names: Mapping[str, tuple[str, ...]]

    def name_in(self, language: str) -> str:
        """Return what a language calls it, "" if it has no name for it."""
        return next(iter(self.names.get(language, ())), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a phrase means; of a head, whether its field stands before it."""

    row: Row
    field_first: bool = False


_SMALL = frozenset({Kind.JOINING, Kind.LINK, Kind.OPENER, Kind.FOCUS})


class Words:
    """The phrases of one language by their folded words."""

    def __init__(self, language: str) -> None:
        self._phrases: dict[tuple[str, ...], list[Word]] = defaultdict(list)
        self._small = {
            row.kind: frozenset(map(fold_word, row.names.get(language, ()))) for row in _rows() if row.kind in _SMALL
        }
        for row in _rows():
            for name in row.names.get(language, ()) if row.kind not in _SMALL else ():
                self._add(row, name, language)
        self.longest = max(map(len, self._phrases), default=0)
        # The beginnings and ends of German compounds.
        self.stems = {key[0] for key, found in self._phrases.items() if len(key) == 1 and _has(found, Kind.FIELD)}

    def small(self, *kinds: Kind) -> frozenset[str]:
        """Return the small words of some kinds: `joining` (and), `link` (of), `opener` (vaga), `focus`."""
        return frozenset().union(*(self._small[kind] for kind in kinds))

    def at(self, tokens: Sequence[str], start: int, stop: int) -> list[Word]:
        """Return what the phrase that consists of these tokens may mean."""
        return self._phrases.get(tuple(tokens[start:stop]), [])

    def _add(self, row: Row, name: str, language: str) -> None:
        first = row.kind is Kind.HEAD and not name.startswith(HOLE)
        for form in _written_forms(row.kind, name, language):
            tokens = fold(form.replace(HOLE, " "))
            while first and len(tokens) > 1 and tokens[-1] in self._small[Kind.LINK]:
                tokens = tokens[:-1]
            word = Word(row=row, field_first=row.kind is Kind.HEAD and not first)
            if tokens and not any(known.row is row for known in self._phrases[tokens]):
                self._phrases[tokens].append(word)


@cache
def words(language: str) -> Words:
    """Return the words of a language; one that the table does not have knows none."""
    return Words(language)


@lru_cache(maxsize=4096)
def fold(text: str) -> tuple[str, ...]:
    """Return the words and signs of a text as they are compared: small letters without accents, hyphens parted.

    >>> fold("Full-Stack-Entwickler, C# & .NET (Sênior)")
    ('full', 'stack', 'entwickler', ',', 'c#', '&', '.net', 'senior')
    """
    return tuple(map(fold_word, _TOKEN.findall(text)))


def fold_word(word: str) -> str:
    """Return a word in small letters without accents."""
    small = word.casefold()
    return small if small.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", small))


def tokens_of(text: str) -> list[str]:
    """Return the words and signs of a text as they are written."""
    return _TOKEN.findall(text)


def only_tokens(text: str) -> bool:
    """Tell whether nothing but words, hyphens, full stops and apostrophes stands in a text."""
    return not re.search(r"[^\s\-.'’]", _TOKEN.sub("", text))


def standing_alone(field: str) -> str:
    """Return a field as it stands without a head.

    >>> standing_alone("Vertrieb+s"), standing_alone("=comercial")
    ('Vertrieb', 'comercial')
    """
    return field.lstrip(_MARKS).partition("+")[0]


def _written_forms(kind: Kind, name: str, language: str) -> tuple[str, ...]:
    """Return how a name is written: in both genders, of a German field alone and in a compound."""
    if kind is Kind.NAME or language == "en":
        return (name,)
    bare = name.lstrip(_MARKS)
    if language == "de" and kind is Kind.FIELD and "+" in bare:
        stem, _, joint = bare.partition("+")
        return tuple(dict.fromkeys((stem, stem + joint.strip("-"))))
    return tuple(dict.fromkeys((masculine(bare), feminine(bare))))


def _has(found: Sequence[Word], kind: Kind) -> bool:
    return any(word.row.kind is kind for word in found)


@cache
def _rows() -> tuple[Row, ...]:
    path = files("pipeline.terminology.titles") / "data" / "words.tsv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    languages = header.split("\t")[1:]
    rows = []
    for line in lines:
        kind, *cells = line.split("\t")
        names = {
            language: tuple(name for name in cell.split(";") if name)
            for language, cell in zip(languages, cells, strict=True)
        }
        rows.append(Row(kind=Kind(kind), names=names))
    return tuple(rows)
