"""Brackets and quotation marks come in pairs, and as many as in the source; each language has its own."""

import re

# Braces are a placeholder's.
_BRACKET = re.compile(r"[()\[\]（）［］【】〔〕]")
_ONE_FORM = str.maketrans("（）［］【】〔〕", "()[][][]")
_PAIRS = {")": "(", "]": "["}
_QUOTE = re.compile('["“”„‟«»「」『』〝〞＂]')
_QUOTES_A_PAIR = 2


def changed_brackets(source: str, target: str) -> str:
    """Say which brackets are without their other half, or that their number changed; "" if all is well.

    >>> changed_brackets("bake (at night)", "assar (à noite")
    'no end of ('
    """
    before, after = _brackets(source), _brackets(target)
    if not before and not after:
        return ""
    if not _unpaired(before) and (unpaired := _unpaired(after)):
        return unpaired
    if len(before) != len(after):
        return f"{len(after)} brackets for {len(before)}"
    return ""


def changed_quotes(source: str, target: str) -> str:
    """Say that quotation marks were lost or added, or "" if there are as many, in whatever form.

    >>> changed_quotes('our "motto"', "nosso «lema»"), changed_quotes('our "motto"', "nosso «lema")
    ('', '1 quotation mark for 2')
    """
    before, after = len(_QUOTE.findall(source)), len(_QUOTE.findall(target))
    # An odd one in the source is no quotation mark but an inch; one pair more or less is a matter of style, half a
    # pair is not.
    lost_all = before and not after
    if before % _QUOTES_A_PAIR or (not after % _QUOTES_A_PAIR and not lost_all):
        return ""
    return f"{after} quotation mark{'s' * (after != 1)} for {before}"


def _brackets(text: str) -> str:
    return "".join(_BRACKET.findall(text)).translate(_ONE_FORM)


def _unpaired(brackets: str) -> str:
    """Name the first bracket without its other half."""
    open_ones: list[str] = []
    for bracket in brackets:
        if bracket not in _PAIRS:
            open_ones.append(bracket)
        elif not open_ones or open_ones.pop() != _PAIRS[bracket]:
            return f"no beginning of {bracket}"
    return f"no end of {open_ones[-1]}" if open_ones else ""
