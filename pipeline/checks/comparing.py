"""How a check says what is in one text and not in the other."""

from collections import Counter


def told(missing: Counter[str], added: Counter[str]) -> str:
    """Return what is missing and what was added in words, "" if nothing is.

    >>> told(Counter(["2"]), Counter(["3", "3"]))
    'missing 2, added 3, 3'
    """
    return ", ".join(
        f"{word} {', '.join(sorted(found.elements()))}"
        for word, found in (("missing", missing), ("added", added))
        if found
    )


def changed_kinds(before: set[str], after: set[str]) -> str:
    """Return what only one side has, each once.

    >>> changed_kinds({"euro"}, {"dollar"})
    'missing euro, added dollar'
    """
    return told(Counter(before - after), Counter(after - before))
