"""Text cut to what an engine takes at a time: segments into sentences and clauses, and both into batches.

Example: a neural model sees one sentence a call, so "We bake. We sell." is asked as two and joined again.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

# A neural model takes time by the square of a sentence's length, and sixty words have some four hundred characters.
MAX_SENTENCE_CHARS = 1_000
# From the strongest border to the weakest; a border lies behind its sign and the space that follows.
BORDERS = (
    re.compile(r"[;；؛](?:\s+|(?<=；))"),
    re.compile(r":\s+|[\u2013\u2014]\s+|\s(?=\()|(?<=\))\s+"),
    re.compile(r"[,،]\s+|[、，]"),
)
# A cut nearer to an end than this share of the sentence leaves a scrap without a verb.
MIN_SHARE = 0.2


def translate_by_sentence(
    segments: Sequence[str],
    *,
    split: Callable[[str], Sequence[str]],
    translate: Callable[[Sequence[str]], Sequence[str]],
    gap: str,
    fits: Callable[[str], bool] = bool,
) -> list[str]:
    """Translate every sentence once and join those of a segment by `gap`; one result a segment, in the same order.

    `translate` gets all sentences in one call, the shortest first and equal lengths by the alphabet, so that neither
    the order nor the repetition of the segments changes what an engine sees; it is not called without a sentence.
    A segment of which one sentence came back empty is empty as a whole: half of it would read as all of it. A sentence
    that does not fit the engine is cut at the borders of its clauses, and given whole where that does not help; beyond
    `MAX_SENTENCE_CHARS` it is not given at all.

    >>> translate_by_sentence(["a. b.", " ", "b."], split=str.split, translate=lambda s: [t.upper() for t in s], gap="")
    ['A.B.', '', 'B.']
    """
    groups = [
        _pieces(split(segment), lambda text: len(text) <= MAX_SENTENCE_CHARS and fits(text)) for segment in segments
    ]
    wanted = sorted({sentence for group in groups for sentence in group}, key=lambda text: (len(text), text))
    short = [sentence for sentence in wanted if len(sentence) <= MAX_SENTENCE_CHARS]
    targets = dict(zip(short, map(str.strip, translate(short)), strict=True)) if short else {}
    return [_joined([targets.get(sentence, "") for sentence in group], gap) for group in groups]


def _pieces(sentences: Sequence[str], fits: Callable[[str], bool]) -> tuple[str, ...]:
    pieces = (piece for sentence in sentences for piece in cut_at_clauses(sentence, fits) or (sentence,))
    return tuple(filter(None, map(str.strip, pieces)))


def _joined(targets: Sequence[str], gap: str) -> str:
    return gap.join(targets) if all(targets) else ""


def cut_at_clauses(sentence: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Cut a sentence into pieces that fit, each with the space behind it; joined, they are the sentence.

    The result is empty where no border helps: a sentence is never cut within a clause.

    >>> cut_at_clauses("We bake; we sell, and we clean.", lambda piece: len(piece) < 20)
    ('We bake; ', 'we sell, ', 'and we clean.')
    """
    pieces = cut_at_borders(sentence, fits, BORDERS)
    return pieces if all(map(fits, pieces)) else ()


def cut_at_borders(sentence: str, fits: Callable[[str], bool], borders: Sequence[re.Pattern[str]]) -> tuple[str, ...]:
    """Cut a sentence into pieces that fit as far as there are borders, the strongest and the one nearest to the middle.

    >>> cut_at_borders("We bake; we sell, and we clean.", lambda piece: len(piece) < 9, BORDERS)
    ('We bake; ', 'we sell, ', 'and we clean.')
    """
    if fits(sentence):
        return (sentence,)
    for border in borders:
        cuts = [match.end() for match in border.finditer(sentence)]
        inside = [cut for cut in cuts if MIN_SHARE <= cut / len(sentence) <= 1 - MIN_SHARE]
        if inside:
            cut = min(inside, key=lambda place: (abs(2 * place - len(sentence)), place))
            return (
                *cut_at_borders(sentence[:cut], fits, borders),
                *cut_at_borders(sentence[cut:], fits, borders),
            )
    return (sentence,)


def cut_batches(texts: Iterable[str], *, max_texts: int, max_chars: int = sys.maxsize) -> Iterator[tuple[str, ...]]:
    """Yield the texts in order, in batches within both bounds; a text beyond `max_chars` is a batch of its own.

    >>> list(cut_batches(["a", "bb", "cc", "dddddd", "e"], max_texts=3, max_chars=4))
    [('a', 'bb'), ('cc',), ('dddddd',), ('e',)]
    """
    batch: list[str] = []
    chars = 0
    for text in texts:
        if batch and (len(batch) == max_texts or chars + len(text) > max_chars):
            yield tuple(batch)
            batch, chars = [], 0
        batch.append(text)
        chars += len(text)
    if batch:
        yield tuple(batch)
