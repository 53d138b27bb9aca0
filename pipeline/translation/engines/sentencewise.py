"""Segments of several sentences through an engine that takes one sentence at a time."""

from collections.abc import Callable, Sequence

from pipeline.translation.clauses import cut_at_clauses

# A neural model takes time by the square of a sentence's length, and sixty words have some four hundred characters.
MAX_SENTENCE_CHARS = 1_000


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
