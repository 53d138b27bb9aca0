"""A posting whose halves say the same in two languages ("Nous cherchons un serveur… We are looking for a waiter…").

Such a posting stays one posting with one id: its first half is the posting itself, what other locales are translated
from; the second is a `WrittenVersion` beside it, published as written. Whether the halves say the same is judged by
what no translator changes: as many sections of the same kinds, as many lines in each and about as long, the same
numbers and addresses; a line that announces the second ("English version below") says enough. In doubt they are two
texts, and the language of most letters decides. Halves follow one another: languages that take turns line by line or
section by section are left alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from msgspec import structs

from pipeline.intake.detection.detectors import base_language
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.passages import plain_text, weigh_text
from pipeline.intake.reading.furniture import announced_language
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.model.posting import BlockKind, Posting, Section, SectionKind

_MIN_PROBABILITY = 0.9
# Where a line announces the other language.
_MIN_ANNOUNCED = 0.6
_MAX_ANNOUNCED_STRETCH = 2.5
# Sentences as long as the other's count once, shared kinds, numbers, addresses and names twice. Less may be chance, and
# sentences alone can be those of two lists.
_MIN_EVIDENCE = 8
_TELLING_WEIGHT = 2
_MIN_TELLING = 2
# A translation is at most so much longer; short lines vary more.
_MAX_STRETCH = 2.0
_SHORT = 12
_MIN_ALIKE = 0.8
# Dates and times are not written with the same numbers everywhere.
_MIN_SHARED = 0.6
_ADDRESS = re.compile(r"https?://\S+|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]*\w")
_NUMBER = re.compile(r"\d+(?:[.,’'\u00a0\u202f ]\d{3}(?!\d))*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")
# A word or two hardly lean anywhere: then both versions keep the title as it was written.
_MIN_LEAN = 0.6
_NAME = re.compile(r"(?<=\w[ ,/(-])[A-ZÀ-Þ][\w&+#]{2,}")
_TITLE_BORDER = re.compile(r"\s+[/|–—-]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One of the two texts, in the order of the posting."""

    language: str
    title: str
    sections: tuple[Section, ...]


def split_halves(posting: Posting, ensemble: Ensemble, lexicon: HeadingLexicon) -> tuple[Half, Half] | None:
    """Return the halves of a posting that says the same in two languages; None if it does not clearly do so."""
    if announced := _announced_halves(posting, ensemble, lexicon):
        return announced
    parts = _cut_in_the_middle(posting.sections)
    if parts is None or not _alike(*parts):
        return None
    # The detectors come last, since they take most of the time: most halves share too little in whatever language.
    shared, filled = _count_shared(parts), sum(bool(section.lines) for section in parts[0])
    if shared is None or not _say_the_same(parts, shared + filled):
        return None
    first, second = (_language_of(part, ensemble) for part in parts)
    if first is None or second is None or base_language(first) == base_language(second):
        return None
    headed = _count_headed(_kinds(parts[0], first, lexicon), _kinds(parts[1], second, lexicon))
    if headed is None or not _say_the_same(parts, shared + headed):
        return None
    titles = _split_title(posting.title, (first, second), ensemble)
    return (
        Half(language=first, title=titles[0], sections=parts[0]),
        Half(language=second, title=titles[1], sections=_formed_alike(parts[1], parts[0])),
    )


_Parts = tuple[tuple[Section, ...], tuple[Section, ...]]


def _announced_halves(posting: Posting, ensemble: Ensemble, lexicon: HeadingLexicon) -> tuple[Half, Half] | None:
    """Return the halves around a line that announces the second: "English version below", "Version française".

    Who says so need not say the same with as many lines; but the second is as long as a version is, and in the language
    that is announced, since "English" may be a requirement above a paragraph about the employer.
    """
    for language, parts in _announced_parts(posting.sections):
        weights = sorted(sum(map(weigh_text, _all_lines(part))) for part in parts)
        if weights[1] > _MAX_ANNOUNCED_STRETCH * weights[0]:
            continue
        first, second = (_language_of(part, ensemble, least=_MIN_ANNOUNCED) for part in parts)
        if first is None or second is None or not base_language(first) != base_language(second) == language:
            continue
        titles = _split_title(posting.title, (first, second), ensemble)
        titled = _take_title(parts[1], lexicon) if titles[0] == titles[1] else ("", parts[1])
        return (
            Half(language=first, title=titles[0], sections=parts[0]),
            Half(language=second, title=titled[0] or titles[1], sections=titled[1]),
        )
    return None


def _announced_parts(sections: tuple[Section, ...]) -> Iterator[tuple[str, _Parts]]:
    """Cut at each line that announces a language; no such line stays in either part."""
    for place, section in enumerate(sections):
        if language := announced_language(section.heading):
            yield language, (_quiet(sections[:place]), _quiet(sections[place:]))
        for number, block in enumerate(section.blocks):
            if language := announced_language(block.text):
                head = replace(section, blocks=section.blocks[:number])
                tail = replace(_without_heading(section), blocks=section.blocks[number:])
                yield language, (_quiet((*sections[:place], head)), _quiet((tail, *sections[place + 1 :])))


def _quiet(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return sections without lines that announce a language, and without those that are empty then."""
    quiet = (
        replace(
            _without_heading(section) if announced_language(section.heading) else section,
            blocks=tuple(block for block in section.blocks if not announced_language(block.text)),
        )
        for section in sections
    )
    return tuple(section for section in quiet if section.heading or section.blocks)


def _without_heading(section: Section) -> Section:
    return replace(section, heading="", kind=SectionKind.DESCRIPTION, kind_given=False)


def _take_title(sections: tuple[Section, ...], lexicon: HeadingLexicon) -> tuple[str, tuple[Section, ...]]:
    """Take the title off a half that begins with a heading of its own above those of a posting."""
    first, *rest = sections
    if not first.heading or lexicon.knows(first.heading) or not any(lexicon.knows(part.heading) for part in rest):
        return "", sections
    return first.heading, tuple(part for part in (_without_heading(first), *rest) if part.heading or part.blocks)


def _cut_in_the_middle(sections: tuple[Section, ...]) -> _Parts | None:
    """Cut where as many lines stand before as after; within a section the second half begins without a heading."""
    count = sum(len(section.lines) for section in sections)
    if count == 0 or count % 2:
        return None
    left = count // 2
    for place, section in enumerate(sections):
        lines = len(section.lines)
        if left == 0:
            return sections[:place], sections[place:]
        if left < lines:
            head, tail = _cut_section(section, left)
            return (*sections[:place], head), (tail, *sections[place + 1 :])
        left -= lines
    return None


def _cut_section(section: Section, lines: int) -> tuple[Section, Section]:
    place = [number for number, block in enumerate(section.blocks) if block.kind is not BlockKind.HEADING][lines]
    head = replace(section, blocks=section.blocks[:place])
    return head, replace(_without_heading(section), blocks=section.blocks[place:])


def _formed_alike(sections: tuple[Section, ...], model: tuple[Section, ...]) -> tuple[Section, ...]:
    """Make the same lines paragraphs and items as in the other half: under a heading plain text knows only items."""
    forms = (block for section in model for block in section.blocks if block.kind is not BlockKind.HEADING)
    return tuple(
        replace(
            section,
            blocks=tuple(
                block if block.kind is BlockKind.HEADING else structs.replace(next(forms), text=block.text)
                for block in section.blocks
            ),
        )
        for section in sections
    )


def _all_lines(sections: Sequence[Section]) -> list[str]:
    return [line for section in sections for line in section.lines]


def _alike(first: Sequence[Section], second: Sequence[Section]) -> bool:
    """Tell whether two halves have as many sections with as many lines, nearly all of them about as long."""
    shapes = [[len(section.lines) for section in half if section.lines] for half in (first, second)]
    if shapes[0] != shapes[1]:
        return False
    pairs = zip(_all_lines(first), _all_lines(second), strict=True)
    return _count_alike(pairs) >= _MIN_ALIKE * len(_all_lines(first))


def _count_alike(pairs: Iterable[tuple[str, str]]) -> int:
    weights = (sorted(map(weigh_text, pair)) for pair in pairs)
    return sum(long <= _MAX_STRETCH * short + _SHORT for short, long in weights)


def _sentence_pairs(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pair the sentences of two lines that have as many of them, else the lines."""
    for lines in zip(first, second, strict=True):
        sentences = [_SENTENCE_END.split(line) for line in lines]
        alike = len(sentences[0]) == len(sentences[1])
        yield from zip(*sentences, strict=True) if alike else (lines,)


def _language_of(sections: Sequence[Section], ensemble: Ensemble, *, least: float = _MIN_PROBABILITY) -> str | None:
    guesses = ensemble.ask_both("\n".join(map(plain_text, _all_lines(sections))))
    return guesses[0].language if guesses and guesses[0].probability >= least else None


def _kinds(sections: Sequence[Section], language: str, lexicon: HeadingLexicon) -> list[SectionKind]:
    """Name the kinds of the sections that say something."""
    filled = [section for section in sections if section.lines]
    return [lexicon.kind_of(section.heading, base_language(language)) or section.kind for section in filled]


def _count_headed(first: Sequence[SectionKind], second: Sequence[SectionKind]) -> int | None:
    """Count the pairs of sections of a kind that a heading named; None where two kinds differ."""
    known = [pair for pair in zip(first, second, strict=True) if SectionKind.OTHER not in pair]
    if any(one is not other for one, other in known):
        return None
    return sum(one is not SectionKind.DESCRIPTION for one, _ in known)


def _count_shared(parts: _Parts) -> int | None:
    """Count the numbers, addresses and names that stand in both halves; None where they differ."""
    anchors = [_anchors(_all_lines(part)) for part in parts]
    shared = anchors[0] & anchors[1]
    if len(shared) < _MIN_SHARED * len(anchors[0] | anchors[1]):
        return None
    names = [_names(_all_lines(part)) for part in parts]
    same_names = names[0] & names[1]
    if len(same_names) < _MIN_SHARED * min(map(len, names)):
        same_names = set()
    return len(shared) + len(same_names)


def _say_the_same(parts: _Parts, telling: int) -> bool:
    """Weigh what two halves of the same shape share: kinds, numbers, addresses and names, and the sentences."""
    if telling < _MIN_TELLING:
        return False
    alike = _count_alike(_sentence_pairs(*map(_all_lines, parts)))
    return alike + _TELLING_WEIGHT * telling >= _MIN_EVIDENCE


def _anchors(lines: Sequence[str]) -> set[str]:
    """Return addresses, and numbers of two digits and more by their digits: small ones may be spelled out."""
    text = "\n".join(lines)
    numbers = (re.sub(r"\D", "", number) for number in _NUMBER.findall(_ADDRESS.sub(" ", text)))
    return {*_ADDRESS.findall(text), *(number for number in numbers if len(number) > 1)}


def _names(lines: Sequence[str]) -> set[str]:
    """Return words with a capital inside their line: names in most languages, every noun in German.

    Without accents, since the other language may leave them out: Montréal, Montreal.
    """
    words = (word for line in lines for word in _NAME.findall(line))
    return {normalize("NFKD", word).encode("ascii", "ignore").decode() or word for word in words}


def _split_title(title: str, languages: tuple[str, str], ensemble: Ensemble) -> tuple[str, str]:
    """Return the title of each half: its side of the one border that stands between the languages, else all of it."""
    borders = list(_TITLE_BORDER.finditer(title))
    if len(borders) != 1:
        return title, title
    left, right = title[: borders[0].start()], title[borders[0].end() :]
    leanings = [_lean(side, languages, ensemble) for side in (left, right)]
    if abs(leanings[0] - leanings[1]) < _MIN_LEAN or leanings[0] * leanings[1] > 0:
        return title, title
    return (left, right) if leanings[0] > leanings[1] else (right, left)


def _lean(text: str, languages: tuple[str, str], ensemble: Ensemble) -> float:
    """Tell how much a text leans to the first language (1) or to the second (-1)."""
    found = {guess.language: guess.probability for guess in ensemble(plain_text(text))}
    return found.get(languages[0], 0.0) - found.get(languages[1], 0.0)
