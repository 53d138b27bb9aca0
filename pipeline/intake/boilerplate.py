"""Sentences that employers put below every posting whatever its language: equal opportunity, data protection."""

import re
from typing import NamedTuple

_WORDS = re.compile(
    r"equal[ -]opportunit|affirmative action|without regard to|regardless of|qualified applicants|protected veteran"
    r"|national origin|sexual orientation|gender identity|reasonable accommodation|data protection|personal data"
    r"|privacy (?:policy|notice|statement)|withdraw your consent|background check|diverse and inclusive workplace"
    r"|égalité (?:des chances|professionnelle)|orientation sexuelle|données (?:personnelles|à caractère personnel)"
    r"|chancengleichheit|sexuelle[rn]? (?:orientierung|identität)|datenschutz(?:erklärung|hinweis|bestimmung)"
    r"|schwerbehinder|unabhängig von (?:alter|geschlecht|herkunft|nationalität)|personenbezogene[nr]? daten"
    r"|igualdad de (?:oportunidades|trato)|orientación sexual|protección de datos|datos personales"
    r"|igualdade de oportunidades|orientação sexual|dados pessoais|proteção de dados"
    r"|pari opportunità|orientamento sessuale|dati personali|gelijke kansen|seksuele|persoonsgegevens",
    re.IGNORECASE,
)
# "Tell us if you need help with that" goes with what stands before it.
_FOLLOWING = 1
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")


class Parted(NamedTuple):
    """A line in two: what is said for this posting, and what stands below every one; either may be empty."""

    own: str
    boilerplate: str


def part_boilerplate(line: str) -> Parted:
    """Tell the sentences of a line apart.

    >>> part_boilerplate("Nous cuisons la nuit. We are an equal opportunity employer.")
    Parted(own='Nous cuisons la nuit.', boilerplate='We are an equal opportunity employer.')
    """
    if not _WORDS.search(line):
        return Parted(line, "")
    sentences = _SENTENCE_END.split(line)
    found = [number for number, sentence in enumerate(sentences) if _WORDS.search(sentence)]
    first, last = found[0], found[-1] + _FOLLOWING
    own = [*sentences[:first], *sentences[last + 1 :]]
    return Parted(" ".join(own), " ".join(sentences[first : last + 1]))
