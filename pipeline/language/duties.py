"""Tells which sentences name a duty by a bare verb, how an engine is asked for them, and what is taken off its answer.

An engine reads "Coach auditors" or "Lead trainings" as nouns, and of one list it makes commands here and infinitives
there. Asked "To coach auditors" it knows the verb and answers with an infinitive, "Para treinar auditores"; without the
"Para" that is how a list of duties is written in Portuguese. Only the engine sees the "To".

Which words are verbs, and which by what stands behind them, says the table `duties` of a language; calls to readers, as
"Apply now" or "Join us", are none. What is taken off says the table `infinitives` of the other language, for each
language that is asked so: a pair that it does not name is asked as it is written. Of 2,200 real English lines 243
name a duty. 159 targets changed, 153 of which had begun with a command or a noun; read line by line 40 became better
in sense or no longer mix moods, 7 worse. Behind a label or a tag stand 48 more: of 40 read, 25 became better and 5
worse. Of 32,627 English names of occupations in ESCO, none of which is a duty, 13 are taken for one ("Train steward").

>>> duties = duties_of("en", "pt")
>>> duties.asked("Coach auditors. Track record of success.", "responsibilities")
'To coach auditors. Track record of success.'
>>> duties.answered("Coach auditors.", "responsibilities", "Para treinar auditores.")
'Treinar auditores.'
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Final

from pipeline.language.knowledge import knowledge

# Whose sentences name duties; elsewhere a company speaks of itself and of what it offers.
CONTEXTS: Final = frozenset({"description", "responsibilities", "requirements", "nice_to_have", "other"})
_START = re.compile(r"(?:\A(?:<[^<>]*>|[^\w<])*|(?<=[.:]\s)(?:<[^<>]*>)*)(?=[^\W\d_])")
_END = re.compile(r"[.:](?=\s|\Z)")
_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*|[^\w\s]")
_TO_READERS = re.compile(r"[@!?]|://|\bwww\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbs:
    """Which words begin a sentence that names a duty.

    `only` are verbs whatever stands behind, of two words where the second tells. `mostly` are nouns where the words
    behind, up to the next of `links`, end in one of `heads` or of `roles`, the names of occupations: "Lead engineer".
    `also` are verbs only where those words begin with one of `openers` or an adjective (with a hyphen, or one of
    `adjectives` at its end), or with an acronym, or are plural: "Design UI", "Design new menus". Nothing is a verb
    before one of `never`.
    """

    only: frozenset[str]
    mostly: frozenset[str]
    also: frozenset[str]
    adverbs: frozenset[str]
    openers: frozenset[str]
    adjectives: tuple[str, ...]
    plurals: tuple[str, ...]
    singular: tuple[str, ...]
    links: frozenset[str]
    joining: frozenset[str]
    never: frozenset[str]
    heads: tuple[str, ...]
    roles: frozenset[str]

    def begin(self, words: Sequence[str]) -> bool:
        """Tell whether words begin with a verb; adverbs may stand before it."""
        rest = words[1:]
        if not rest or rest[0].lower() in self.never:
            return False
        verb = words[0].lower()
        if verb in self.adverbs:
            return self.begin(rest)
        if verb in self.only or f"{verb} {rest[0].lower()}" in self.only:
            return True
        return verb in self.mostly | self.also and self._governs(rest, surely=verb in self.mostly)

    def _governs(self, rest: Sequence[str], *, surely: bool) -> bool:
        """Tell whether words are what stands behind a verb: another one, or an object, any if it is one `surely`."""
        if rest[0] in self.joining:
            return self.begin([word for word in rest if word not in self.joining])
        if rest[0].lower() in self.openers | self.adverbs:
            return True
        phrase = [*takewhile(lambda word: word.lower() not in self.links and word[0].isalnum(), rest)]
        if not phrase or phrase[-1].lower().endswith(self.heads) or phrase[-1].lower() in self.roles:
            return False
        return surely or self._shows_object(phrase)

    def _shows_object(self, phrase: Sequence[str]) -> bool:
        first, last = phrase[0], phrase[-1]
        if first.isupper() or "-" in first or first.endswith(self.adjectives):
            return True
        return last.islower() and last.endswith(self.plurals) and not last.endswith(self.singular)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """How the duties of one language are asked for in another.

    `before` goes before each verb; `infinitive` finds what is taken off an answer, a pronoun that goes behind its verb,
    and the verb. A text with one of `readers` speaks to the reader.
    """

    verbs: Verbs
    before: str
    infinitive: re.Pattern[str]
    readers: frozenset[str]

    def asked(self, text: str, context: str) -> str:
        """Return a text as an engine is asked for it: as it is where its first sentence names no duty."""
        for start in reversed(self._named(text, context)):
            text = f"{text[:start]}{self.before}{text[start].lower()}{text[start + 1 :]}"
        return text

    def answered(self, text: str, context: str, answer: str) -> str:
        """Return what came of a text that was asked for, its duties in infinitives; "" where they are none.

        >>> duties_of("en", "pt").answered("Keep informed: sell ads", "other", "Para se manter informado: vender")
        'Manter-se informado: vender'
        """
        starts, named = _starts(text), self._named(text, context)
        places = _starts(answer)
        if len(named) > 1 and len(places) != len(starts):
            return ""
        for start, place in reversed([*zip(starts, places, strict=False)]):
            if start in named:
                found = self.infinitive.match(answer, place)
                if not found:
                    return ""
                pronoun, verb = found.groups()
                verb = f"{verb}-{pronoun.lower()}" if pronoun else verb
                first = verb[0].upper() if text[start].isupper() else verb[0].lower()
                answer = answer[:place] + first + verb[1:] + answer[found.end() :]
        return answer

    def _named(self, text: str, context: str) -> list[int]:
        """Return where sentences that name a duty begin, none where the first does not."""
        if context.partition("|")[0] not in CONTEXTS or _TO_READERS.search(text):
            return []
        if not self.readers.isdisjoint(map(str.lower, _WORD.findall(text))):
            return []
        starts = _starts(text)
        sentences = ((start, _END.split(text[start:], maxsplit=1)[0]) for start in starts)
        named = [start for start, sentence in sentences if self.verbs.begin(_WORD.findall(sentence))]
        return named if named[:1] == starts[:1] else []


def _starts(text: str) -> list[int]:
    return [match.end() for match in _START.finditer(text)]


@cache
def duties_of(language: str, target: str) -> Duties | None:
    """Return how duties of a language are asked for in another, None where they are asked as they are written."""
    infinitives = knowledge(target).table("infinitives")
    if language not in infinitives.get("off", {}):
        return None
    table = knowledge(language).table("duties")
    words = {name: frozenset(table[name]) for name in table if name != "before"}
    ends = {name: tuple(table[name]) for name in table if name != "before"}
    roles = knowledge(language).listed("lines", "roles")
    off, pronouns, endings = infinitives["off"][language], *("|".join(infinitives[key]) for key in ("pronouns", "ends"))
    return Duties(
        verbs=Verbs(
            only=words["only"],
            mostly=words["mostly"],
            also=words["also"],
            adverbs=words["adverbs"],
            openers=words["openers"],
            adjectives=ends["adjectives"],
            plurals=ends["plurals"],
            singular=ends["singular"],
            links=words["links"],
            joining=words["joining"],
            never=words["never"],
            heads=ends["heads"],
            roles=frozenset(role for role in roles if not role.endswith(ends["plurals"])),
        ),
        before=table["before"],
        infinitive=re.compile(rf"(?:{off}\s+)?(?:({pronouns})\s+)?(\w+(?:{endings}))\b", re.IGNORECASE),
        readers=words["readers"],
    )
