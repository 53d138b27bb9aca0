"""How much a text says: characters of dense scripts count for more."""

import re

# An ideograph, a kana or a hangul syllable says about as much as three letters.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
DENSE_WEIGHT = 3


def count_letters(text: str) -> int:
    """Count letters, those of dense scripts threefold.

    >>> count_letters("QA 1"), count_letters("介護")
    (2, 6)
    """
    return sum(map(str.isalpha, text)) + _dense_surplus(text)


def count_chars(text: str) -> int:
    """Count characters, those of dense scripts threefold."""
    return len(text) + _dense_surplus(text)


def _dense_surplus(text: str) -> int:
    if text.isascii():
        return 0
    return (DENSE_WEIGHT - 1) * len(_DENSE.findall(text))
