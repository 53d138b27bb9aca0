"""Brackets and quotation marks come in pairs, and as many as in the source; each language has its own."""

import re

# Braces are a placeholder's.
_BRACKET = re.compile(r"[()\[\]（）［］【】〔〕]")
_ONE_FORM = str.maketrans("（）［］【】〔〕", "()[][][]")
_PAIRS = {")": "(", "]": "["}
_QUOTE = re.compile('["“”„‟«»「」『』〝〞＂]')
# Those of a form that stands in pairs only; other languages may write single ones for them.
_PAIRED_QUOTE = re.compile("«[^«»]+»|„[^„“”]+[“”]|“[^“”]+”|「[^「」]+」")
_OTHER_QUOTE = re.compile("['‘’‚‛‹›<>]")
_QUOTES_A_PAIR = 2


def unpaired_halves(source: str, target: str) -> str:
    """Say what the target opens or closes only, or which quotation lost its marks, where all is whole in the source.

    >>> unpaired_halves("bake (at night)", "assar (à noite"), unpaired_halves("our «motto»", "nosso lema")
    ('no end of (', '0 quotation marks for 2')
    """
    before, after = _brackets(source), _brackets(target)
    if (before or after) and not _unpaired(before) and (unpaired := _unpaired(after)):
        return unpaired
    whole = _PAIRED_QUOTE.search(source) and not (_OTHER_QUOTE.search(target) and not _QUOTE.search(target))
    return _lost_quotes(source, target) if whole else ""


def changed_brackets(source: str, target: str) -> str:
    """Say that the number of brackets changed and each still has its other half, or "".

    >>> changed_brackets("bake (at night)", "assar à noite")
    '0 brackets for 2'
    """
    before, after = _brackets(source), _brackets(target)
    changed = len(before) != len(after) and not unpaired_halves(source, target)
    return f"{len(after)} brackets for {len(before)}" if changed else ""


def changed_quotes(source: str, target: str) -> str:
    """Say that quotation marks were lost or added, or "" if there are as many, in whatever form.

    >>> changed_quotes('our "motto"', "nosso «lema»"), changed_quotes('our "motto"', "nosso «lema")
    ('', '1 quotation mark for 2')
    """
    return "" if unpaired_halves(source, target) else _lost_quotes(source, target)


def _lost_quotes(source: str, target: str) -> str:
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
