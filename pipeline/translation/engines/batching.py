"""Batches that are bounded by how many texts and how many characters they hold."""

from collections.abc import Iterable, Iterator


def cut_batches(texts: Iterable[str], *, max_texts: int, max_chars: int) -> Iterator[tuple[str, ...]]:
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
