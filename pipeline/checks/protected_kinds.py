"""The check of each kind of protected span, after a quick look for what all of its kind have."""

import re
from collections.abc import Callable
from functools import partial

from pipeline.checks.capitals import ABBREVIATION
from pipeline.checks.protected import changed_spans, lost_letters, lost_spans
from pipeline.model import spans

_ADDRESS_SIGN = re.compile(r"[@/]|\.\w|(?:mailto|tel|sms):")
_PLACEHOLDER_SIGN = re.compile(r"[{%<_$[*]|[/:]\w")
_NAME_SIGN = re.compile(r"[@#+\\]|[^\W\d_A-Z][A-Z]|\.\w")
_LETTER = re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z])")
_SIGN = re.compile(r"[@(/<>=^~\\|\u00b1\u2190-\u2bff\U0001f000-\U0001faff]")
Difference = Callable[[str, str], str]


def _gated(gate: re.Pattern[str], run: Difference) -> Difference:
    """Run a check only on texts that have a character without which it finds nothing."""

    def gated(source: str, target: str) -> str:
        return run(source, target) if gate.search(source) or gate.search(target) else ""

    return gated


def names_check(names: tuple[re.Pattern[str], ...]) -> Difference:
    """Return the check for names, which the target may say more often, and for signs, which it may not."""
    lost_names = partial(lost_spans, patterns=names)
    lost_words = _gated(_NAME_SIGN, _lost_code_names)
    letters = _gated(_LETTER, lost_letters)
    signs = (spans.GENDER_MARK, spans.EMOJI, spans.COMPARISON)
    changed_signs = _gated(_SIGN, partial(changed_spans, patterns=signs))

    def changed_names(source: str, target: str) -> str:
        told = (
            lost_names(source, target) if names else "",
            lost_words(source, target),
            letters(source, target),
            changed_signs(source, target),
        )
        return ", ".join(filter(None, told))

    return changed_names


def _lost_code_names(source: str, target: str) -> str:
    """Name the lost words with signs but Ph.D. and U.S.: a language may have its own, and `acronyms` tells those."""
    return lost_spans(ABBREVIATION.sub(" ", source), target, (spans.CODE_NAME,))


changed_addresses = _gated(_ADDRESS_SIGN, partial(changed_spans, patterns=(spans.URL, spans.EMAIL)))
changed_placeholders = _gated(_PLACEHOLDER_SIGN, partial(changed_spans, patterns=(spans.PLACEHOLDER,)))
