"""Small numbers in words: a digit may stand for a word of the source, and a word for its digit as a doubt."""

import re
from collections import Counter

# From nought to twelve, in the forms that stand before a noun. Number one is an article in half of these languages,
# so it excuses a digit but is never asked for.
_WORDS = {
    0: "zero zeros zeroes nought zéro cero null nul ゼロ صفر none",
    1: "one a an single once first um uma un une uno una ein eine einen einem einer een واحد واحدة один одна 一",
    2: "two both double twice second pair dois duas deux dos zwei due twee два две biweekly اثنان اثنين اثنتين 二 両",
    3: "three third três trois tres drei tre drie три ثلاثة ثلاث 三",
    4: "four quatro quatre cuatro vier quattro четыре أربعة أربع 四",
    5: "five cinco cinq fünf cinque vijf пять خمسة خمس 五",
    6: "six seis sechs sei zes шесть ستة ست 六",
    7: "seven sete sept siete sieben sette zeven семь سبعة سبع 七",
    8: "eight oito huit ocho acht otto восемь ثمانية ثماني 八",
    9: "nine nove neuf nueve neun negen девять تسعة تسع 九",
    10: "ten dez dix diez zehn dieci tien десять عشرة عشر 十",
    11: "eleven onze once elf undici",
    12: "twelve dozen doze douze doce zwölf dodici twaalf 十二",
}
NUMBER_OF = {word: str(number) for number, words in _WORDS.items() for word in words.split()}
_DENSE = "".join(word for word in NUMBER_OF if len(word) == 1 and not word.isascii())
_WORD = re.compile(rf"[{_DENSE}]|[^\W\d_]+")


def worded_numbers(text: str) -> Counter[str]:
    """Count the numbers from nought to twelve that a text writes in words.

    >>> worded_numbers("two cooks")
    Counter({'2': 1})
    """
    return Counter(NUMBER_OF[word] for word in _WORD.findall(text.casefold()) if word in NUMBER_OF)
