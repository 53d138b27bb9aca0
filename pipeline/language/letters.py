"""The Latin letters of languages, and the names that have others: engines lose letters that their models never saw."""

import re
from functools import cache
from typing import Final

from pipeline.language.scripts import BLOCKS, LATIN

# The letters beside a-z that a language writes its own words with: the main ones of CLDR's exemplars.
OWN_LETTERS: Final = {
    "ca": "àçéèíïóòúü",
    "cs": "áčďéěíňóřšťúůýž",
    "da": "æøåé",
    "de": "äöüß",
    "en": "",
    "es": "áéíñóúü",
    "et": "äõöüšž",
    "eu": "ñç",
    "fi": "äöåšž",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "ga": "áéíóú",
    "gl": "áéíñóúüï",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "is": "áæðéíóöúýþ",
    "it": "àèéìíîòóù",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "nb": "æøåéòô",
    "nl": "áäéëèíïóöúü",
    "pl": "ąćęłńóśźż",
    "pt": "áàâãçéêíóôõúü",
    "ro": "ăâîșşțţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "sq": "çë",
    "sv": "åäöéà",
    "tr": "çğıöşüâîû",
}
# Foreign words that dictionaries of other languages have, which are translated as any other: "Résumé", "Chargé".
_LOANS_TEXT = (
    "attaché boulangère brûlée café chargé chère château cliché communiqué consommé crèche crème crêpe crêpes décor "
    "déjà dépôt doppelgänger döner éclair émigré entrée exposé façade fête fiancé fiancée flambé garçon ingénue "
    "jalapeño macramé maître matinée ménage naïve née négligée noël pâté pâtisserie pâtissier pâtissière piñata précis "
    "protégé protégée purée resumé résumé résumés risqué rôle rosé rôtisseur sauté séance señor señora smörgåsbord "
    "sommelière soufflé straße über voilà"
)
LOANS: Final = frozenset(_LOANS_TEXT.split())


@cache
def foreign_names(language: str) -> re.Pattern[str] | None:
    """Return what finds the words with a capital and a letter foreign to a language; None if its letters are unknown.

    >>> foreign_names("en").findall("Liège: ask Đặng Thị Hà at Şişecam's café, Résumé in hand")
    ['Liège', 'Đặng', 'Thị', 'Hà', 'Şişecam']
    """
    if language not in OWN_LETTERS:
        return None
    latin = [chr(code) for first, last in BLOCKS[LATIN] for code in range(first, last + 1)]
    foreign = "".join(
        char for char in latin if char.isalpha() and not char.isascii() and char.lower() not in OWN_LETTERS[language]
    )
    capital = "".join(filter(str.isupper, latin))
    loans = "|".join(sorted(LOANS))
    return re.compile(rf"(?<!\w)(?=\w*[{foreign}])(?!(?i:{loans})s?(?!\w))[{capital}][^\W\d_]*")
