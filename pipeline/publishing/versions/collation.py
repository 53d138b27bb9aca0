"""The order of a language's alphabet, the same on every machine: CLDR's tailorings for the letters of country names.

PyICU has no wheels and pyuca sorts Swedish wrong (docs/why/libraries.md); country names need only the letters below.
"""

import unicodedata

from babel import Locale

# Letters that CLDR's root order would file under another one, each placed behind the letter named first.
_TAILORED = {
    "sv": {"z": "åäö"},
    "fi": {"z": "åäö"},
    "da": {"z": "æøå"},
    "nb": {"z": "æøå"},
    "nn": {"z": "æøå"},
    "es": {"n": "ñ"},
    "gl": {"n": "ñ"},
    "eu": {"n": "ñ"},
    "cs": {"c": "č", "r": "ř", "s": "š", "z": "ž"},
    "sk": {"a": "ä", "c": "č", "o": "ô", "s": "š", "z": "ž"},
    "sl": {"c": "č", "s": "š", "z": "ž"},
    "hr": {"c": "čć", "d": "đ", "s": "š", "z": "ž"},
    "pl": {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "źż"},
    "ro": {"a": "ăâ", "i": "î", "s": "ș", "t": "ț"},
    "hu": {"o": "öő", "u": "üű"},
    "tr": {"c": "ç", "g": "ğ", "h": "ı", "o": "ö", "s": "ş", "u": "ü"},
    "et": {"s": "šzž", "w": "õäöü"},
    "lt": {"c": "č", "s": "š", "z": "ž"},
    "uk": {"г": "ґ", "е": "є", "и": "ії"},
    "be": {"з": "і", "у": "ў"},
    "lv": {"c": "č", "g": "ģ", "k": "ķ", "l": "ļ", "n": "ņ", "s": "š", "z": "ž"},
}
# Two letters that are one, each behind the letter named: in Czech and Slovak, ch stands between h and i.
_CONTRACTED = {
    "cs": {"ch": "h"},
    "sk": {"ch": "h"},
    "hr": {"dž": "d", "lj": "l", "nj": "n"},
    "hu": {"cs": "c", "gy": "g", "ly": "l", "ny": "n", "sz": "s", "ty": "t", "zs": "z"},
}
# Letters of their own in every Cyrillic alphabet that has them, though Unicode takes them apart.
_WHOLE = frozenset("йїўѓќ")
# In Japanese, Chinese and Korean code points order well enough within names of one script.

CollationKey = tuple[tuple[str, ...], str]


def collation_key(locale: Locale, text: str) -> CollationKey:
    """Return a key that sorts `text` as readers of `locale` look it up.

    >>> names = ["Ålandsöarna", "Zambia", "Albanien", "Österrike"]
    >>> sorted(names, key=lambda name: collation_key(Locale("sv"), name))
    ['Albanien', 'Zambia', 'Ålandsöarna', 'Österrike']
    """
    folded = unicodedata.normalize("NFC", text.casefold() if locale.language != "tr" else _turkish_lower(text))
    return tuple(_weights(locale.language, folded)), text


def _weights(language: str, text: str) -> list[str]:
    places = {
        letter: f"{base}\U0010ffff{number}"
        for base, letters in _TAILORED.get(language, {}).items()
        for number, letter in enumerate(letters)
    }
    weights: list[str] = []
    position = 0
    while position < len(text):
        pair = text[position : position + 2]
        if pair in _CONTRACTED.get(language, {}):
            weights.append(f"{_CONTRACTED[language][pair]}\U0010ffff")
            position += 2
            continue
        letter = text[position]
        weights += [places[letter]] if letter in places else _root_weights(letter)
        position += 1
    return weights


def _root_weights(letter: str) -> list[str]:
    """File a letter with diacritics under its base; what is neither letter nor digit does not count."""
    if letter in _WHOLE:
        return [letter]
    base = unicodedata.normalize("NFKD", letter)
    return [char for char in base if char.isalnum() or _vowel_sign(char)]


def _vowel_sign(char: str) -> bool:
    """Tell whether a mark is a vowel of an Indic script or Thai, not an accent."""
    return unicodedata.category(char) in {"Mc", "Mn"} and not unicodedata.combining(char)


def _turkish_lower(text: str) -> str:
    return text.replace("I", "ı").replace("İ", "i").casefold()
