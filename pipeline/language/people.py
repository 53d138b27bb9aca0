"""Names of people behind their titles: the title is translated, the name is not."""

import re

from pipeline.language.scripts import CAPITAL_LATIN, SMALL_LATIN
from pipeline.model.patterns import lazy_pattern

# Left out: Miss (a verb too), Sr. without an article (the Senior of "Sr. Developer"), Prof. (a teacher of what comes
# next), Fr. (Friday too), D. and M. where a sentence begins (the letter of an item).
_TITLES = (
    "Mr.|Mrs.|Ms.|Mx.|Mr|Mrs|Ms|Dr.|Dr|Sir|Sra.|Srta.|Dra.|Dña.|Doña|doña|señor|señora|Señor|Señora|señorita"
    "|el Sr.|al Sr.|del Sr.|ao Sr.|do Sr.|pelo Sr.|a D.|con D.|por D.|de D.|y D.|senhor"
    "|senhora|Senhor|Senhora|Dona|dona|Mme|Mme.|Mlle|Mlle.|Madame|madame|Monsieur|monsieur|à M.|de M.|par M.|avec M."
    "|et M.|ou M.|contacter M.|Herr|Herrn|Frau|Hr.|Hrn.|Sig.|Sig.ra|Sig.na|sig.|sig.ra|signor|signora|Signor|Signora"
    "|Dott.|Dott.ssa|dott.|dott.ssa|Dr.ssa|Dhr.|dhr.|Mevr.|mevr.|Mw.|mw.|heer|mevrouw|Mevrouw|Pani|Panią|fru|Fru"
)
_BEHIND_TITLE = "|".join(rf"(?<=\b{re.escape(title)}[ \u00a0])" for title in _TITLES.split("|"))
# What stands between or behind the names of a person in small letters.
_PARTICLE = r"(?:(?:de|da|do|dos|das|del|di|du|van|von|der|den|zu|ten|ter|la|las|los|le|al|el|bin|ibn)[ \u00a0]){0,3}"
# An initial, or a word with one capital, perhaps two: O’Brien, McDonald, García-Paz. A word in capitals is an acronym.
_NAME = (
    rf"(?:[{CAPITAL_LATIN}]\.|[{CAPITAL_LATIN}](?:['’][{CAPITAL_LATIN}])?[{SMALL_LATIN}]+"
    rf"(?:[{CAPITAL_LATIN}][{SMALL_LATIN}]+)?(?:-[{CAPITAL_LATIN}][{SMALL_LATIN}]+)*(?![\w'’-]))"
)
# Titles in a row, degrees, and what is rather the label of the next thing.
_NO_NAME = (
    r"(?!(?:Mr|Mrs|Ms|Dr|Dra|Prof|Profa|Sr|Sra|Dipl|Ing|Tel|Tlf|Telefon|Telefone|Teléfono|Téléphone|Phone|Fax|Mail|Email"
    r"|Sc|Eng|Phil|Arch|Ed|Frau|Herr|Herrn|Doktor|And|At|For|From|In|On|Or|To|Und|With)\b)"
)
PERSON = lazy_pattern(
    rf"(?<=[ \u00a0])(?=[{CAPITAL_LATIN}])(?:{_BEHIND_TITLE}){_NO_NAME}{_NAME}"
    rf"(?:[ \u00a0]{_PARTICLE}{_NO_NAME}{_NAME}){{0,2}}"
)
