"""White space: around the text, doubled, before marks, and the narrow kind that French asks for."""

import re
from collections.abc import Callable

_DOUBLED = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_BEFORE_COMMA = re.compile(r"(?<=[^\W_]) +(?=[,.](?:\s|$))")
_BEFORE_MARK = re.compile(r"(?<=[^\W_]) +(?=[,;.](?:\s|$))")
_GAP_AND_MARK = re.compile(" [,;.]")
_NARROW = "\u00a0\u202f"
# A word, then "; ! ? » %" or a currency sign, without a space that does not break; a colon only before a gap.
_FRENCH_AFTER = re.compile(r"(?<=[^\W_)»\"]) ?(?=[;!?»]|:(?=\s|$))|(?<=\d) ?(?=[%€£$])|(?<=[»\")]) (?=[;!?:])")
_FRENCH_BEFORE = re.compile(rf"«(?![{_NARROW}])")
_ENTITY_OR_ADDRESS = re.compile(r"(?<![a-z])[a-z]{2,12}://\S+|&#?\w+;")


def spaces_check(language: str) -> Callable[[str, str], str]:
    """Return the check for white space in targets in a language; French puts some before a semicolon.

    >>> spaces_check("pt")("Bake bread", " Assar  pão")
    'white space before the text, doubled'
    """
    inner = (("doubled", _DOUBLED), ("before a mark", _BEFORE_COMMA if language == "fr" else _BEFORE_MARK))

    def stray_spaces(source: str, target: str) -> str:
        places = [
            f"{side} the text"
            for side, strip in (("before", str.lstrip), ("after", str.rstrip))
            if strip(target) != target and strip(source) == source
        ]
        if "  " in target or "\t" in target or _GAP_AND_MARK.search(target):
            places += [place for place, pattern in inner if pattern.search(target) and not pattern.search(source)]
        return f"white space {', '.join(places)}" if places else ""

    return stray_spaces


def french_spacing(_source: str, target: str) -> str:
    r"""Name the marks of a French target that lack the space that does not break.

    >>> french_spacing("", "Le pain ?"), french_spacing("", "Le pain\u202f?")
    ('no fixed space at ?', '')
    """
    text = _ENTITY_OR_ADDRESS.sub("", target)
    signs = [text[match.end() : match.end() + 1] for match in _FRENCH_AFTER.finditer(text)]
    signs += ["«"] if _FRENCH_BEFORE.search(text) else []
    return f"no fixed space at {' '.join(dict.fromkeys(signs))}" if signs else ""
