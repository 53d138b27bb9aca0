"""Where a sentence that is too long for an engine is cut: at the border of a clause, the strongest near its middle."""

import re
from collections.abc import Callable

# From the strongest border to the weakest; a border lies behind its sign and the space that follows.
_BORDERS = (
    re.compile(r"[;；؛](?:\s+|(?<=；))"),
    re.compile(r":\s+|[\u2013\u2014]\s+|\s(?=\()|(?<=\))\s+"),
    re.compile(r"[,،]\s+|[、，]"),
)
# A cut nearer to an end than this share of the sentence leaves a scrap without a verb.
MIN_SHARE = 0.2


def cut_at_clauses(sentence: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Cut a sentence into pieces that fit, each with the space behind it; joined, they are the sentence.

    The result is empty where no border helps: a sentence is never cut within a clause.

    >>> cut_at_clauses("We bake; we sell, and we clean.", lambda piece: len(piece) < 20)
    ('We bake; ', 'we sell, ', 'and we clean.')
    """
    if fits(sentence):
        return (sentence,)
    for border in _BORDERS:
        cuts = [match.end() for match in border.finditer(sentence)]
        inside = [cut for cut in cuts if MIN_SHARE <= cut / len(sentence) <= 1 - MIN_SHARE]
        if not inside:
            continue
        cut = min(inside, key=lambda place: (abs(2 * place - len(sentence)), place))
        first, second = cut_at_clauses(sentence[:cut], fits), cut_at_clauses(sentence[cut:], fits)
        if first and second:
            return first + second
    return ()
