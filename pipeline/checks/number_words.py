"""Small numbers in words: a digit may stand for a word of the source, and a word for its digit as a doubt."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.checks.number_phrases import phrased_numbers

# From nought to twenty and the tens, in the forms that stand before a noun. Number one is an article in half of these
# languages, so it excuses a digit but is never asked for.
_WORDS = {
    0: "zero zeros zeroes nought zéro cero null nul ゼロ صفر none",
    1: "one a an single once first um uma un une uno una ein eine einen einem einer een واحد واحدة один одна 一",
    2: "two both double twice second pair dois duas deux dos zwei due twee два две biweekly اثنان اثنين اثنتين"
    " الثانية 二 両",
    3: "الثالثة three third três trois tres drei tre drie три ثلاثة ثلاث 三",
    4: "الرابعة four quatro quatre cuatro vier quattro четыре أربعة أربع 四",
    5: "الخامسة five cinco cinq fünf cinque vijf пять خمسة خمس 五",
    6: "السادسة six seis sechs sei zes шесть ستة ست 六",
    7: "السابعة seven sete sept siete sieben sette zeven семь سبعة سبع 七",
    8: "الثامنة eight oito huit ocho acht otto восемь ثمانية ثماني 八",
    9: "التاسعة nine nove neuf nueve neun negen девять تسعة تسع 九",
    10: "العاشرة ten dez dix diez zehn dieci tien десять عشرة عشر 十",
    11: "eleven onze once elf undici",
    12: "twelve dozen doze douze doce zwölf dodici twaalf 十二",
    13: "thirteen treze treize trece dreizehn tredici dertien",
    14: "fourteen catorze quatorze catorce vierzehn quattordici veertien fortnight",
    15: "fifteen quinze quince quinzaine quinzena quincena fünfzehn quindici vijftien",
    16: "sixteen dezesseis dezasseis seize dieciséis sechzehn sedici zestien",
    17: "seventeen dezessete dezassete diecisiete siebzehn diciassette zeventien",
    18: "eighteen dezoito dieciocho achtzehn diciotto achttien",
    19: "nineteen dezenove dezanove diecinueve neunzehn diciannove negentien",
    20: "twenty vinte vingt vingtaine veinte veintena zwanzig venti ventina twintig vint двадцать عشرون عشرين",
    30: "thirty trinta trente trentaine treinta treintena dreißig dreissig trenta trentina dertig"
    " тридцать ثلاثون ثلاثين",
    40: "forty quarenta quarante quarantaine cuarenta cuarentena vierzig quaranta quarantina veertig"
    " сорок أربعون أربعين",
    50: "fifty cinquenta cinquante cinquantaine cincuenta cincuentena fünfzig cinquanta cinquantina vijftig"
    " خمسون خمسين",
    60: "sixty sessenta soixante soixantaine sesenta sechzig sessanta zestig ستون ستين",
    70: "seventy setenta siebzig settanta zeventig سبعون سبعين",
    80: "eighty oitenta ochenta achtzig ottanta tachtig ثمانون ثمانين",
    90: "ninety noventa neunzig novanta negentig تسعون تسعين",
    100: "hundred centena centaine centena centenar hundert centinaio honderd مائة مئة",
}
NUMBER_OF = {word: str(number) for number, words in _WORDS.items() for word in words.split()}
_TENS = range(20, 100, 10)
_JOINING = frozenset({"e", "y", "et", "i"})
_NO_NUMBER = -1
_DENSE = "".join(word for word in NUMBER_OF if len(word) == 1 and not word.isascii())
_WORD = re.compile(rf"[{_DENSE}]|[^\W\d_]+")


def worded_numbers(text: str) -> Counter[str]:
    """Count the numbers up to a hundred that a text writes in one word, or a phrase.

    >>> worded_numbers("two cooks")
    Counter({'2': 1})
    """
    return Counter(map(str, _joined(_WORD.findall(text.casefold())))) + phrased_numbers(text)


def _joined(words: Iterable[str]) -> Iterator[int]:
    """Yield the numbers of words, one for tens and what is added to them: twenty-five, vinte e cinco."""
    tens, before = 0, ""
    for word in words:
        value = int(NUMBER_OF.get(word, _NO_NUMBER))
        if tens and 0 < value < _TENS[0] and _adds(word, before):
            yield tens + value
            tens = 0
        elif not (tens and word in _JOINING):
            if tens:
                yield tens
            tens = value if value in _TENS else 0
            if value != _NO_NUMBER and not tens:
                yield value
        before = word
    if tens:
        yield tens


def _adds(word: str, before: str) -> bool:
    """Tell whether a small number belongs to the tens before it; "twenty a day" are twenty."""
    return before in _JOINING or word == "one" or NUMBER_OF[word] != "1"
