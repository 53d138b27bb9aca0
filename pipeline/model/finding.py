"""What a check reports about a unit."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """Whether a finding holds an unreviewed unit or only informs its reviewer."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One doubt about one target; `check` is the stable id of the check, `detail` is for people."""

    check: str
    severity: Severity
    detail: str


# Every check by its stable id, and what a reviewer does about its finding. What protects the facts of a posting
# (DESIGN, section 3, number 6) always holds: these are errors everywhere.
PROMISED: Final = {
    "empty": "write a target",
    "urls": "copy the address from the source",
    "placeholders": "copy the placeholder from the source, letter by letter",
    "names": "write the name or sign as the source does",
    "markup": "put the tags of the source around the same words",
    "numbers": "compare the numbers and correct the target",
    "dates": "compare the dates and correct the target",
    "currency": "compare the amounts and correct the currency",
    "units": "compare the measures and correct the unit",
    "unknown_words": "translate the marked words",
}
# The others may be an error, a warning or off, for all locales or for one.
ADJUSTABLE: Final = {
    "length": "compare the ends of source and target: was something lost or added?",
    "too_long": "compare it yourself, or cut the text into paragraphs in its posting",
    "items": "add the missing part of the list",
    "lines": "write the target in one line",
    "repetition": "take the repetition out, or translate the sentence anew",
    "engine_marks": "take the engine's signs out",
    "garbled": "write the name with the letters of the source",
    "lost_acronyms": "write the acronyms, or what they are called in this language",
    "gender_forms": "take the ending of the other gender out, this language has one form",
    "verb_forms": "write the verb that the source has, behind the one of the future",
    "countries": "write the country that the source names",
    "terms": "use the wording of the glossary",
    "control": "take the character out",
    "bidi": "take the character out or end the isolate",
    "language": "translate the sentence, it is in another language",
    "unchanged": "translate the text, or accept it if it is the same in this language",
    "untranslated": "translate these words",
    "number_words": "compare the numbers",
    "doubled_words": "take one of the words out",
    "unpaired": "write both halves of the brackets and quotation marks of the source",
    "brackets": "write the brackets of the source",
    "quotes": "write both quotation marks, in the form of this language",
    "capital_start": "begin with a capital letter",
    "capitals": "write the target in capitals only where the source does",
    "proper_names": "write the name, or what it is called in this language",
    "language_names": "write the name of the language with a small letter",
    "left_words": "translate these words, or accept them if this language uses them",
    "spelling": "correct the spelling",
    "acronyms": "write the acronym, or what it is called in this language",
    "spaces": "take the white space out",
    "end_mark": "end as the source does, with this language's mark",
    "invisible": "take the invisible character out",
    "french_spacing": "write a no-break space there",
}
REMEDIES: Final = PROMISED | ADJUSTABLE
