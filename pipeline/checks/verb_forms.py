"""The verb behind the one of a future is an infinitive: engines put there whatever noun an English verb may also be."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

# What English says of the future; who goes somewhere is said with the same verb elsewhere.
_FUTURE = re.compile(r"\b(?:will|shall|going to)\b|['’]ll\b", re.IGNORECASE)
_GOES = re.compile(r"\b(?:go|goes|travel|travels|come|comes)\b|\bgoing\b(?! to\b)", re.IGNORECASE)


class _Future(NamedTuple):
    """The verb before an infinitive, how infinitives end, and what may stand between the two in small letters."""

    verb: str
    infinitive: str
    between: str


_BY_LANGUAGE: Final = {
    "es": _Future(
        r"(?:voy|vas|va|vamos|vais|van) a",
        r"[aeií]r(?:l[aeo]s?|me|te|se|nos|os|mel[ao]s?|tel[ao]s?|sel[ao]s?)?",
        "al cada casa clase el ella ellas ellos esa ese esta este la las los más mi no nuestra nuestro nunca su sus "
        "también todas todos tu tus un una unas unos usted",
    ),
    "fr": _Future(
        r"(?:vais|vas|va|allons|allez|vont)",
        r"(?:[eio]i?r|re)",
        "alors après au aussi aux avec beaucoup bien bientôt chaque chez comme dans de deux donc du elle en encore "
        "ensemble ensuite et eux il ils jamais jusque la le les leur lui me même mieux ne nous on ou par parfois pas "
        "peut plus plutôt pour puis que sans se seul si souvent sur te toujours tous tout très vers voir vous",
    ),
    "pt": _Future(
        r"(?:vou|vai|vamos|vão|irá|iremos|irão)",
        r"[aeiíôo]r|(?<=[^\W\d_])[áêíô](?=-l[ao]s?\b)",
        "agora além ainda amanhã antes ao aos apenas aqui às até atrás bem cada com da das de depois direto do dos "
        "ela elas ele eles em embora então entre fora hoje já junto juntos lá lhe lhes logo longe lo mais mal me mesmo "
        "muitas muito muitos na nas no nos nunca não onde os ou para pela pelas pelo pelos por pouco primeiro que "
        "quer rumo se sem sempre sim sobre sozinha sozinho só também tanto te ter toda todas todo todos tudo um uma "
        "várias vezes você vocês",
    ),
}


def infinitive_check(source_language: str, target_language: str) -> Callable[[str, str], str]:
    """Return the check for a word behind the verb of the future that is no infinitive, where the source is English.

    >>> check = infinitive_check("en", "pt")
    >>> check("You will groom dogs.", "Você vai noivo cães."), check("You will brush dogs.", "Você vai escovar cães.")
    ('vai noivo', '')
    """
    future = _BY_LANGUAGE.get(target_language)
    if future is None or source_language != "en":
        return lambda _source, _target: ""
    pattern = _no_infinitive(future)

    def no_infinitive(source: str, target: str) -> str:
        match = pattern.search(target)
        return match[0] if match and _FUTURE.search(source) and not _GOES.search(source) else ""

    return no_infinitive


def _no_infinitive(future: _Future) -> re.Pattern[str]:
    """Return what finds the verb of a future before a word of three letters or more that is neither of the two.

    What ends as an adverb or as a participle of the present is none.
    """
    between = "|".join(future.between.split())
    allowed = rf"(?:{between})\b|[^\W\d_]*(?:{future.infinitive})(?![^\W\d_])|[^\W\d_]+(?:mente|ment|ndo)\b"
    return re.compile(rf"\b{future.verb} (?!{allowed})[a-zß-öø-ÿœ]{{3,}}(?![\w'’.@/])")
