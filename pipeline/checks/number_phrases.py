"""Phrases that say a number in their own way: round the clock, half an hour, a good thirty."""

import re
from collections import Counter
from typing import Final

_ROUND_THE_CLOCK = re.compile(
    r"24 ?[/x×] ?7(?: ?/ ?365)?(?!\d)|\b(?:a)?round the clock\b|\brund um die uhr\b"
    r"|\b24 hours(?: a day)?(?:,? and|,)? (?:7|seven) days(?: (?:a|per) week)?"
    r"|\b24 stunden(?: am tag)?(?:,? und|,? an|,)? (?:7|sieben) tagen?(?: (?:die|in der|pro) woche)?"
    r"|\b24 ?h(?:eures)?(?: sur |/)24(?: ?h)?(?:,? et |, | )7 ?j(?:ours)?(?: sur |/)7"
    r"|\b24 h(?:oras)?(?: (?:por|a[ol]|del?|do) d[ií]a)?(?:,? [ye]|,)?(?: [ao]s| los| durante los)?"
    r" (?:7|sete|siete) d[ií]as(?: (?:por|da|na|de la|a la) semana)?"
    r"|\b24 ore su 24(?:,? e |, | )7 giorni su 7"
    r"|24時間(?:[、・]?(?:365日|年中無休|週7日))|全天候|24小时(?:全天候|不间断)|على مدار الساعة",
    re.IGNORECASE,
)
# By the number that the other language writes in figures.
_MIDNIGHT = r"\b(?:midnight|meia-noite|medianoche|minuit|mitternacht|mezzanotte)\b|منتصف الليل|真夜中|午夜"
_PHRASES: Final = {
    "0": _MIDNIGHT,
    "12": rf"{_MIDNIGHT}|\b(?:noon|midday|meio-dia|mediodía|midi|mittag|mittags|mezzogiorno)\b"
    r"|正午|полдень|منتصف النهار",
    "1.5": r"\banderthalb\w*|\bein(?:e|en|er|es)?inhalb\w*|\b(?:one|an?)(?: [a-z]+)? and a half\b"
    r"|\b(?:um|uma|un|una|une)(?: [^\W\d_]+)? (?:e|y|et|i) (?:mei[oa]|medi[oa]|demie?|mezz[oa]|mig|mitja)\b",
    "15": r"\bquarter of an hour|\b(?:quarto|cuarto) de hora|\bquart d['’]heure|\bviertelstunde|\bquarto d['’]ora"
    r"|ربع ساعة",
    "30": r"\bhalf(?: an|-|) ?hour|\b(?:meia|media|mitja) hora|\bdemi-heure|\bhalbe[nr]? stunde|\bhalbstünd"
    r"|\bmezz['’]ora|\bhalf uur|نصف ساعة|半時間|半小时",
}
_COMPILED: Final = {number: re.compile(pattern, re.IGNORECASE) for number, pattern in _PHRASES.items()}


def without_round_the_clock(source: str, target: str) -> tuple[str, str]:
    """Take what says "at any time" out of both texts, where both say it.

    >>> without_round_the_clock("open 24/7", "rund um die Uhr offen")
    ('open ', ' offen')
    """
    if _ROUND_THE_CLOCK.search(source) and _ROUND_THE_CLOCK.search(target):
        return _ROUND_THE_CLOCK.sub("", source), _ROUND_THE_CLOCK.sub("", target)
    return source, target


def phrased_numbers(text: str) -> Counter[str]:
    """Count the numbers that a text says in a phrase.

    >>> phrased_numbers("half an hour"), phrased_numbers("anderthalb Jahre")
    (Counter({'30': 1}), Counter({'1.5': 1}))
    """
    found = {number: len(pattern.findall(text)) for number, pattern in _COMPILED.items()}
    return Counter({number: count for number, count in found.items() if count})
