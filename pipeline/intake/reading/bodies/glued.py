"""Parts text whose line ends were lost: "dados.Responsabilidades e atribuiçõesDesenvolver painéis;Apoiar".

Exports that drop tags glue the end of one line to the start of the next. The seams are seen where a capital follows a
letter or a mark without a space. A seam beside a heading that the lexicon knows is one at once; others only in a body
that has several, so that a forgotten space in ordinary text stays what it is. Names keep theirs: JavaScript, Node.js.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.intake.reading.bodies.lines import CAPITAL, EMOJI, SMALL, WORD, Break, Line, is_balanced
from pipeline.intake.reading.headings import MAX_HEADING_CHARS, HeadingLexicon
from pipeline.model.patterns import lazy_pattern

_LETTER = r"[^\W\d_]"
# Where a line may have ended; the group that matched says how sure that is, its end where the next line starts.
_SEAM = lazy_pattern(
    rf"(?P<sentence>(?<=[{SMALL}\d)%\]\"”»’])(?<![A-Z]\d)[.!?…]+(?=[¿¡]?[{CAPITAL}])"
    r"|(?<=[^\W_])[.!?…]+(?=https?://)"
    rf"|(?<=[{CAPITAL}]{{3}})[.!?…]+(?=[¿¡]?[{CAPITAL}]{_LETTER}{{3}}))"
    r"|(?P<rule>(?:(?:[-–_=*~]\s?){6,}|\.{7,}))"
    rf"|(?P<semicolon>;(?={_LETTER})|(?<=[{SMALL}]{{3}});(?=\d))|(?P<list>;[ \u00a0]+(?=[{CAPITAL}]))|(?P<address>(?<=[{SMALL}])(?=https?://))"
    rf"|(?P<colon>(?<={_LETTER}{{2}}):(?=[¿¡]?[{CAPITAL}][{SMALL}{CAPITAL} ])|(?<=[\s)]):(?=[{CAPITAL}]))"
    rf"|(?P<bracket>(?<=[{SMALL}\d.]\))(?=[{CAPITAL}][{SMALL}]))"
    rf"|(?P<camel>(?<=[{SMALL}])(?=[¿¡]?[{CAPITAL}]))"
    rf"|(?P<capitals>(?<=[{CAPITAL}]{{6}})(?=[{CAPITAL}][{SMALL}]))"
    rf"|(?P<picture>(?<=[^\s{EMOJI}\ufe0f\u200d*])(?=[{EMOJI}][{EMOJI}\ufe0f\u200d]{{0,8}}\s?{_LETTER})"
    rf"|(?<=[{EMOJI}\ufe0f])(?=[¿¡]?[{CAPITAL}]))"
    rf"|(?P<dash>(?<=[.;:!?)])(?=[-–•*]\s?{_LETTER})|(?<=[{SMALL}])(?=[*•] +[{CAPITAL}]))"
    rf"|(?P<bullet>[ \u00a0]*(?=[*•●▪·✔✅➢]\s))"
    rf"|(?P<space>(?<=[.!?;…)\]]) +(?=[{CAPITAL}{EMOJI}])|(?<=:)[ \u00a0]+)"
)
# What a seam looks like at first sight, without a space.
_HARD_SEAM = lazy_pattern(rf"[{SMALL}\d%)\]\"”»’.!?…;:{EMOJI}\ufe0f][¿¡{CAPITAL}{EMOJI}]")
_RARE_SEAM = lazy_pattern(
    rf";[^\W\d_]|[.;:)][-–•*]|[^\W\d_][*•]\s|\S[{EMOJI}]|\Shttps?:|[-–_=*~.]\s?[-–_=*~.]\s?[-–_=*~.]"
)
_RARE_SIGN = re.compile(rf"[;*•_=~{EMOJI}]|[:.)-]-|\.\.\.|- -|://")
_SURE = frozenset({"sentence", "semicolon", "colon", "bracket", "picture", "rule", "capitals", "address", "dash"})
# Where an address or a tag stands there is no seam.
_WHOLE = re.compile(r"(?:https?://|www\.)[^\s<>]+|(?<![^\s<>@])[^\s<>@]++@[^\s<>@]+|<[^<>]+>", re.IGNORECASE)
_LAST_WORD = re.compile(r"[\w.+#-]*$")
_NEXT_WORD = re.compile(rf"[¿¡]?({_LETTER}+)(.?)")
_ABBREVIATED = 3  # letters before the point in "Dr.Müller", "Dipl.Ing." or behind it in "Node.Js"
_MIN_SEAMS = 3
# A heading behind a name needs as many signs.
_MIN_KNOWN_CHARS = 8
_DECORATION = re.compile(rf"^[{EMOJI}\ufe0f\u200d\s•*-]+|[{EMOJI}\ufe0f\u200d\s•*-]+$")
# What looks like a seam inside a heading: a colon, a bracket.
_MAX_SEAMS_INSIDE = 4
_MIN_CAMEL_LETTERS = 4
_MIN_CAPITALS = 5
_RULE_AT_END = re.compile(r"\s*(?:(?:[-–_=*~]\s?){6,}|\.{7,})$")
# A shorter line holds no glued ones worth a look at.
_MIN_CHARS = 40
# A longer one may hold headings between its sentences.
_LONG_CHARS = 300


def part_glued(lines: list[Line], lexicon: HeadingLexicon) -> list[Line]:
    """Part lines at their seams; the marks that end a sentence stay, a semicolon before a seam goes.

    Parted 91 of 296 real postings, into 2,150 further lines.
    """
    seams = {number: list(_seams(line.text)) for number, line in enumerate(lines) if _may_be_glued(line)}
    if not any(seams.values()):
        return lines
    known = {number: _known(lines[number].text, found, lexicon) for number, found in seams.items()}
    sure = {
        number: [cut for cut, kind in found if _is_seam(lines[number].text, cut, kind)]
        for number, found in seams.items()
    }
    several = sum(map(len, sure.values())) + 2 * sum(map(len, known.values())) >= _MIN_SEAMS
    parted: list[Line] = []
    for number, line in enumerate(lines):
        headings = known.get(number, frozenset())
        cuts = {cut for span in headings for cut in span}
        if several:
            cuts.update(sure.get(number, ()), (cut for cut, kind in seams.get(number, ()) if kind == "list"))
        cuts -= {0, len(line.text)}
        parted += _cut(line, sorted(cuts), headings) if cuts else [line]
    return parted


def _may_be_glued(line: Line) -> bool:
    if line.item or line.level or len(line.text) < _MIN_CHARS:
        return False
    text = line.text
    if _HARD_SEAM.search(text) or (len(text) > _LONG_CHARS and ": " in text):
        return True
    return _RARE_SIGN.search(text) is not None and _RARE_SEAM.search(text) is not None


def _seams(text: str) -> Iterator[tuple[int, str]]:
    whole = [match.span() for match in _WHOLE.finditer(text)] if re.search(r"[@<]|://|www\.", text) else []
    position = 0
    for match in _SEAM.finditer(text):
        cut = match.end()
        while position < len(whole) and whole[position][1] <= match.start():
            position += 1
        if position == len(whole) or not whole[position][0] < cut < whole[position][1]:
            yield cut, match.lastgroup or ""


def _is_seam(text: str, cut: int, kind: str) -> bool:
    """Tell whether two lines meet here by what stands on both sides alone."""
    if kind not in _SURE and kind != "camel":
        return False
    window = text[max(cut - 40, 0) : cut]
    before, after = window.rstrip(".!?…;:"), _NEXT_WORD.match(text[cut : cut + 40])
    last = _LAST_WORD.search(before)
    word = last[0] if last else ""
    if kind == "sentence" and window.endswith(".") and not window.endswith(".."):
        named = after is not None and len(after[1]) <= _ABBREVIATED and word[:1].isupper()
        return len(word) > _ABBREVIATED - (not word[:1].isupper()) - (not word) * _ABBREVIATED and not named
    if kind != "camel":
        return True
    lower = re.search(rf"(?<![\w.@/#-])[{SMALL}]+$", before)
    follows = after is not None and (
        after[1][1:3].islower()
        or (len(after[1]) == 1 and after[2] == " ")
        or (len(after[1]) >= _MIN_CAPITALS and after[1][:_MIN_CAPITALS].isupper())
    )
    return lower is not None and len(lower[0]) >= _MIN_CAMEL_LETTERS and follows


def _known(text: str, seams: Iterable[tuple[int, str]], lexicon: HeadingLexicon) -> frozenset[tuple[int, int]]:
    """Return where headings stand that the lexicon knows, between two seams."""
    cuts = [(0, "start"), *seams, (len(text), "end")]
    found: set[tuple[int, int]] = set()
    last = 0
    for number, (start, opened) in enumerate(cuts):
        for end, closed in cuts[number + 1 : number + 1 + _MAX_SEAMS_INSIDE]:
            if start < last or end - start > MAX_HEADING_CHARS:
                break
            piece = text[start:end].strip()
            if _parted_from_text(piece, opened, closed) and lexicon.knows(_DECORATION.sub("", piece)):
                if (start, end) != (0, len(text)):
                    found.add((start, end))
                    last = end
                break
    return frozenset(found)


def _parted_from_text(piece: str, opened: str, closed: str) -> bool:
    """Tell whether a heading is parted on both sides: behind a mere space a colon has to end it."""
    if opened == "space" or closed == "space":
        return piece.endswith(":") or (closed != "space" and opened != "space")
    if opened == "camel" or closed == "camel":
        return len(piece) >= _MIN_KNOWN_CHARS
    return not piece.endswith((".", ";"))


def _cut(line: Line, cuts: list[int], headings: frozenset[tuple[int, int]]) -> list[Line]:
    parts: list[Line] = []
    before, carried = line.before, ""
    for start, end in zip([0, *cuts], [*cuts, len(line.text)], strict=True):
        text = carried + line.text[start:end]
        carried = "" if WORD.search(text) else text  # a picture alone goes with what follows
        if carried:
            continue
        text = _RULE_AT_END.sub("", text.strip())
        if end < len(line.text):
            text = text.removesuffix(";").rstrip()
        heading = (start, end) in headings
        parts.append(Line(text, max(before, Break.GAP) if heading and parts else before, indent=line.indent))
        before = Break.LINE
    return parts if all(is_balanced(part.text) for part in parts) else [line]
