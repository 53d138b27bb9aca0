"""How alike two sources are: the only importer of rapidfuzz."""

from rapidfuzz import fuzz

# Below it two sentences share a subject, not a wording (DESIGN, section 4).
EDITED_SCORE = 75


def match_score(first: str, second: str) -> float:
    """Return how alike two sources are, 0-100; 100 is exact.

    >>> match_score("Ph.D. in a related field", "Ph.D. in a closely related field") >= EDITED_SCORE
    True
    """
    return fuzz.ratio(first, second, score_cutoff=EDITED_SCORE)
