"""How much a text says: characters of dense scripts count for more."""

import re

from pipeline.model.patterns import lazy_pattern

# An ideograph, a kana or a hangul syllable says about as much as three letters.
_DENSE = lazy_pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
DENSE_WEIGHT = 3
# All but spaces, controls and format characters (general category Zs, Cc, Cf), variation selectors and empty letters.
_VISIBLE = re.compile(
    "[^\\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def is_visible(text: str) -> bool:
    r"""Tell whether there is anything in a text that a reader can see.

    >>> is_visible("x"), is_visible("\u00a0\u200b\u2060"), is_visible("")
    (True, False, False)
    """
    return _VISIBLE.search(text) is not None


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
