"""Faults planted into sound translations, by kind; each kind the same number of times in every pair of languages.

A fault of a fact exchanges it for another of its table ("im Mai" becomes "im September"); one of meaning takes the
wrong side of a mark in the sentence ("mindestens" becomes "höchstens"); one of form damages the text whatever it says
(its tail is cut off). They were chosen from what translators and engines get wrong, without a look at the checks.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from tests.evidence.bases import (
    LANGUAGES,
    LOCALES,
    MONEY,
    Base,
    Piece,
    bases,
    facts,
    joined,
    other_amount,
    other_currency,
)
from tests.evidence.pairs import Pair

DIRECTIONS = (("en", "pt"), ("pt", "en"), ("en", "de"), ("en", "fr"), ("en", "es"))
MARKED = ("negation", "obligation", "bound", "scale", "polarity", "lost_item", "lost_clause")
EACH, EACH_HELD_OUT = 30, 12
VARIANTS = 16
_SHORTEST = 6  # words that a text needs to be cut or to hold a phrase twice
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a fault is planted: the pieces of the target, the base it belongs to, and one that stands beside it."""

    base: Base
    neighbour: Base
    source: str
    target: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the target in pieces."""
        return self.base.pieces[self.target]

    @property
    def text(self) -> str:
        """Return the sound target."""
        return self.base.text(self.target)


Plant = Callable[[Site], str]  # the target with the fault, "" where it cannot be planted


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A sound translation of which only the texts are known; `other` is the same in a third language, "" without."""

    source: str
    target: str
    neighbour: str
    other: str = ""
    turn: int = 0


def planted(file: str = "base", each: int = EACH) -> Iterator[Pair]:
    """Yield as many faults of each kind in each direction."""
    for source, target in DIRECTIONS:
        for kind, plant in KINDS.items():
            yield from _of_kind(file, kind, plant, (source, target), each)


def sound(file: str = "base", variants: int = 4) -> Iterator[Pair]:
    """Yield the sentences without any fault."""
    for source, target in DIRECTIONS:
        for base in bases(file, variants):
            yield _pair(file, Site(base=base, neighbour=base, source=source, target=target))


def _of_kind(file: str, kind: str, plant: Plant, direction: tuple[str, str], each: int) -> list[Pair]:
    """Return the first so many different ones, taken from all sentences in turn."""
    found: dict[tuple[str, str], Pair] = {}
    for site in _sites(file, *direction, PREPARED.get(kind)):
        wrong = plant(site)
        if wrong and wrong != site.text:
            pair = replace(_pair(file, site), target=wrong, kind=kind, sound=site.text)
            found.setdefault((pair.source, pair.target), pair)
        if len(found) == each:
            break
    return list(found.values())


def _sites(file: str, source: str, target: str, prepare: Callable[[Base], Base] | None = None) -> Iterator[Site]:
    every = tuple(map(prepare, bases(file, VARIANTS))) if prepare else bases(file, VARIANTS)
    for place, base in enumerate(every):
        yield Site(base=base, neighbour=every[(place + 1) % len(every)], source=source, target=target)


def _pair(file: str, site: Site) -> Pair:
    return Pair(
        language=site.source,
        locale=LOCALES[site.target],
        source=site.base.text(site.source),
        target=site.text,
        group=file,
    )


def _marked(kind: str) -> Plant:
    def plant(site: Site) -> str:
        return joined(tuple(replace(p, text=p.wrong) if p.kind == kind else p for p in site.pieces))

    return plant


def _exchanged(*slots: str, change: Callable[[Piece, Site], str] | None = None) -> Plant:
    """Return the fault that says something else where the first fact of one of the tables stands."""

    def plant(site: Site) -> str:
        for place, piece in enumerate(site.pieces):
            if piece.slot in slots:
                wrong = (change or _next)(piece, site)
                return _tidied(joined((*site.pieces[:place], replace(piece, text=wrong), *site.pieces[place + 1 :])))
        return ""

    return plant


def _next(piece: Piece, site: Site) -> str:
    """Return another fact of the table, one that the sentence does not name already."""
    values = facts(piece.slot, site.target)
    named = {other.text for other in site.pieces}
    step = 1 + site.base.variant % 2
    later = (values[(piece.index + step + more) % len(values)] for more in range(len(values)))
    return next((value for value in later if value not in named), "")


def _half_a_day_later(piece: Piece, site: Site) -> str:
    """Return the same hour before or after noon, every other time another hour."""
    values = facts(piece.slot, site.target)
    return values[piece.index ^ 1] if site.base.variant % 2 else values[(piece.index + 4) % len(values)]


def _one_end(piece: Piece, site: Site) -> str:
    """Return one end of a range: `3 to 5` becomes `5`, or `3` in every other sentence."""
    numbers = re.findall(r"\d+", piece.text)
    return str(numbers[site.base.number % 2])


def _without_braces(piece: Piece, site: Site) -> str:
    """Return the placeholder's name as a word, or another placeholder in every other sentence."""
    name = re.sub(r"\W|s$", " ", piece.text).strip().replace("_", " ")
    return name if site.base.number % 2 else _next(piece, site)


def _lost_or_changed(piece: Piece, site: Site) -> str:
    return "" if site.base.variant % 2 else _next(piece, site)


def _swapped(site: Site) -> str:
    """Exchange two facts of one table with one another."""
    slots = [piece.slot for piece in site.pieces]
    for place, piece in enumerate(site.pieces):
        if piece.slot and piece.slot in slots[place + 1 :]:
            other = slots.index(piece.slot, place + 1)
            pieces = list(site.pieces)
            pieces[place], pieces[other] = pieces[other], pieces[place]
            return joined(tuple(pieces))
    return ""


def _third_language(site: Site) -> str:
    others = [language for language in LANGUAGES if language not in {site.source, site.target}]
    return site.base.text(others[(site.base.number + site.base.variant) % len(others)])


def _texts(site: Site) -> Texts:
    return Texts(
        source=site.base.text(site.source),
        target=site.text,
        neighbour=site.neighbour.text(site.target),
        other=_third_language(site),
        turn=site.base.number + site.base.variant,
    )


def truncated(texts: Texts) -> str:
    """Cut the last third off or more; every other time the mark at the end stays."""
    words = texts.target.split(" ")
    if len(words) < _SHORTEST:
        return ""
    kept = " ".join(words[: len(words) * (4 + texts.turn % 3) // 10 + 1]).rstrip(",;:")
    return kept + texts.target[-1] if texts.turn % 2 and not texts.target[-1].isalnum() else kept


def doubled_word(texts: Texts) -> str:
    """Write one word of the middle twice."""
    words = texts.target.split(" ")
    places = [place for place, word in enumerate(words[1:-1], 1) if _WORD.fullmatch(word)]
    if not places:
        return ""
    place = places[texts.turn % len(places)]
    return " ".join([*words[: place + 1], *words[place:]])


def repeated_phrase(texts: Texts) -> str:
    """Write three or four words twice."""
    words = texts.target.split(" ")
    if len(words) < _SHORTEST:
        return ""
    length = 3 + texts.turn % 2
    stop = length + texts.turn % (len(words) - length)
    return " ".join([*words[:stop], *words[stop - length :]])


def left_untranslated(texts: Texts) -> str:
    """Put three to five words of the source in the place of as many of the target."""
    words, foreign = texts.target.split(" "), texts.source.split(" ")
    length = 3 + texts.turn % 3
    if min(len(words), len(foreign)) < length + 2:
        return ""
    start = 1 + texts.turn % (min(len(words), len(foreign)) - length - 1)
    left = foreign[start : start + length]
    if sum(bool(_WORD.fullmatch(word)) and word not in words for word in left) < length - 1:
        return ""
    return " ".join([*words[:start], *left, *words[start + length :]])


def invented(texts: Texts) -> str:
    """Add another sentence's text."""
    return f"{texts.target} {texts.neighbour}"


def of_neighbour(texts: Texts) -> str:
    """Return the target of the segment beside it."""
    return texts.neighbour


def in_third_language(texts: Texts) -> str:
    """Return the target in another language."""
    return texts.other


def changed_digit(texts: Texts) -> str:
    """Change one digit of a number of several, or a number of one."""
    numbers = list(re.finditer(r"(?<!\w)\d+(?!\w)", texts.target))
    if not numbers:
        return ""
    number = numbers[texts.turn % len(numbers)]
    place = number.start() + texts.turn % len(number[0])
    digit = str((int(texts.target[place]) + 3) % 9 + 1)
    return texts.target[:place] + digit + texts.target[place + 1 :]


def _tidied(text: str) -> str:
    """Take out the space that a lost word leaves."""
    return re.sub(r" +(?=[ .,;])", "", text).strip()


# What can be planted into any translation.
FORM: Mapping[str, Callable[[Texts], str]] = {
    "neighbour": of_neighbour,
    "wrong_language": in_third_language,
    "untranslated": left_untranslated,
    "truncated": truncated,
    "invented": invented,
    "repeated_phrase": repeated_phrase,
    "doubled_word": doubled_word,
}


def _of_texts(change: Callable[[Texts], str]) -> Plant:
    return lambda site: change(_texts(site))


def _in_countries(base: Base) -> Base:
    """Return a sentence with countries in the place of its cities."""
    return _with_pieces(base, lambda piece, language: _country(piece, language) if piece.slot == "city" else piece)


def _country(piece: Piece, language: str) -> Piece:
    values = facts("country", language)
    index = piece.index % len(values)
    return replace(piece, text=values[index], slot="country", index=index)


def _marked_up(base: Base) -> Base:
    """Return a sentence with tags around its facts."""
    return _with_pieces(base, lambda piece, _: replace(piece, text=f"<b>{piece.text}</b>") if piece.slot else piece)


def _with_pieces(base: Base, change: Callable[[Piece, str], Piece]) -> Base:
    return replace(
        base,
        pieces={
            language: tuple(change(piece, language) for piece in pieces) for language, pieces in base.pieces.items()
        },
    )


def _damaged_tag(site: Site) -> str:
    """Lose a tag, both of them, or what stands between them."""
    damage = (("</b>", ""), ("<b>", ""), ("<b>", "<um>"))[site.base.variant % 3]
    return site.text.replace(*damage, 1) if "<b>" in site.text else ""


def spoiled(texts: Texts) -> str:
    """Put in what no text has: a control, a sign of direction, an escape or a piece of an engine's alphabet."""
    words = texts.target.split(" ")
    place = 1 + texts.turn % max(1, len(words) - 1)
    return (
        " ".join([*words[:place], _NO_TEXT[texts.turn % len(_NO_TEXT)].format(words[place]), *words[place + 1 :]])
        if len(words) > place
        else ""
    )


_NO_TEXT = ("{0}\x03", "{0}\ufffd", "\u202e{0}", "{0}\u200b", "{0}&#39;", "<unk> {0}", "\u2581{0}", "{0}\u00c3\u00a9")
PREPARED: Mapping[str, Callable[[Base], Base]] = {"changed_country": _in_countries, "markup": _marked_up}
KINDS: Mapping[str, Plant] = {
    **{kind: _marked(kind) for kind in MARKED},
    "digits": _exchanged("n", "many"),
    "number_words": _exchanged("w"),
    "time_unit": _exchanged("unit"),
    "pay_period": _exchanged("period"),
    "currency": _exchanged(MONEY, change=lambda piece, site: other_currency(piece.index, site.target)),
    "amount": _exchanged(MONEY, change=lambda piece, site: other_amount(piece.index, site.target)),
    "month": _exchanged("month"),
    "weekday": _exchanged("weekday"),
    "time_of_day": _exchanged("time", change=_half_a_day_later),
    "range": _exchanged("range", change=_one_end),
    "percent": _exchanged("pct", change=lambda piece, _: piece.text.rstrip("%\u00a0")),
    "swapped": _swapped,
    "lost_name": _exchanged("org", "person", "tool", change=lambda *_: ""),
    "changed_name": _exchanged("org", "person", "tool"),
    "changed_place": _exchanged("city"),
    "changed_country": _exchanged("country"),
    "markup": _damaged_tag,
    "spoiled": lambda site: spoiled(_texts(site)),
    "contact": _exchanged("email", "url", change=_lost_or_changed),
    "placeholder": _exchanged("ph", change=_without_braces),
    "gender": _exchanged("job", change=lambda piece, site: facts("gendered", site.target)[piece.index]),
    **{kind: _of_texts(change) for kind, change in FORM.items()},
}
