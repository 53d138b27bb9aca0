"""Which language the letters of a text give away, where they do: a table of scripts, and how it is looked up.

Most scripts write one language that postings come in (Greek, Thai, Korean); in Cyrillic, Arabic, Hebrew and Han letters
that only some languages use decide between them. Of Latin letters only those that few languages write (ł, ř, ğ, ơ) do.

    >>> read_script("Ажилд авна: өдөр бүр талх барина").language
    'mn'
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.language.scripts import BLOCKS, HAN, HANGUL, KANA, LATIN, UNSPACED, letters_of
from pipeline.model.patterns import lazy_pattern
from pipeline.model.text import DENSE_WEIGHT

_RANGES = {script: ranges for script, ranges in BLOCKS.items() if script != LATIN}
_BLOCK = 4  # every range starts and ends at a multiple of sixteen
_SCRIPT_OF_BLOCK = {
    block: script
    for script, ranges in _RANGES.items()
    for first, last in ranges
    for block in range(first >> _BLOCK, (last >> _BLOCK) + 1)
}
_NOT_LATIN = lazy_pattern(f"[{letters_of(*_RANGES)}]")
_LATIN = re.compile(f"[{letters_of(LATIN)}]")
_LATIN_TEXT = re.compile(rf"(?:[{letters_of(LATIN)}]|[\W\d_])*+")
_DENSE = frozenset({HAN, KANA, HANGUL})
_ONLY_LANGUAGE = {
    "Grek": "el",
    "Armn": "hy",
    "Guru": "pa",
    "Gujr": "gu",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Sinh": "si",
    "Thai": "th",
    "Laoo": "lo",
    "Geor": "ka",
    "Khmr": "km",
    HANGUL: "ko",
}
_CERTAIN = frozenset({*_ONLY_LANGUAGE, "Hebr", HAN, KANA})
# The answer "in none of the languages that we can tell".
UNKNOWN = "und"
# Languages that letters alone settle: no other is written in them, or no detector knows the language.
SETTLED = frozenset({*_ONLY_LANGUAGE.values(), "he", "yi", "ja", "zh", "zh_Hant", "ckb", "sd", "ti", UNKNOWN})
# Letters that not all languages of the script write. The one with the most of its letters in a text wins, of several
# alike the first: alphabets that hold another one stand after it.
_LETTERS = {
    "Cyrl": {
        "ru": "ыэёЫЭЁ",
        "uk": "їєґіЇЄҐІ",
        "be": "ўыэёіЎЫЭЁІ",
        "sr": "ђћЂЋ",
        "mk": "ѓќѕЃЌЅ",
        "mn": "өүыэёӨҮЫЭЁ",
        "ky": "ңөүыэёҢӨҮЫЭЁ",
        "tt": "әҗңөүһыэёӘҖҢӨҮҺЫЭЁ",
        "kk": "әғқңөұүһіыӘҒҚҢӨҰҮҺІЫ",
        "tg": "ӣӯҳҷғқёэӢӮҲҶҒҚЁЭ",
    },
    "Beng": {"bn": "র", "as": "ৰৱ"},
    "Ethi": {"am": "አ", "ti": "ኣ"},
    "Mymr": {"my": "ည", UNKNOWN: "ၵၶၸၼၺႃႄႈၚၜၝၟၠ"},
    "Arab": {
        "ar": "ةىأإكيؤئ",
        "fa": "پچژگکی",
        "ur": "ٹڈڑںےہھکیپچگ",
        "ckb": "ێۆەڕڵڤکیپچگ",
        "ps": "ټډړښګۍېځڅکیپچ",
        "ug": "ەۇۆېڭۈۋىگچژپ",
        "sd": "ڻڄڃڇٺٽڦڳڱڏڊڌ",
    },
}
# Letters of the Latin script that few languages write, read as those of other scripts are.
_LATIN_LETTERS = {
    "pl": "łżźśń",
    "cs": "řůě",
    "ro": "țţșă",
    "vi": "ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ",
    "tr": "ğı",
    "az": "əğı",
    "lt": "ėųį",
    "lv": "ļķģņ",
}
# Languages that have letters of their own, so that fewer words are needed to confirm one.
LETTERED = frozenset({*_LATIN_LETTERS, *(language for own in _LETTERS.values() for language in own)})
_RARE_LATIN = re.compile(f"[{''.join(_LATIN_LETTERS.values())}]")
# So many of them, and so many of all letters, outside names, settle the language: right in 1,842 of 1,844 texts, and
# never in 13,000 texts of other languages.
_MIN_RARE_LATIN = 3
_MIN_RARE_SHARE = 0.02
# Yiddish has ligatures, pointed letters and little words that Hebrew does not use; one may be a name.
_YIDDISH = re.compile(
    "[\u05f0-\u05f2\ufb1f\ufb2e\ufb2f]|\u05d0[\u05b7\u05b8]|\u05e4\u05bf|(?<!\\w)(?:און|פון|איז|מיט|דער|אויף)(?!\\w)"
)
_MIN_YIDDISH = 2
# Frequent characters that one of the two has changed, each with the other's.
_SIMPLIFIED = frozenset(
    "们这个来为说时国会对学发过种开业务经验负责条项职资历应维护软网络编设计运营销优规划岗团队协调议测试数库产标报语书执长电话联节奖励险积极认识关"
    "备处总办财税贸进实习专选择医药疗领导组织级门请给让还没从间问题见现较样师动车场员东乐术压厂广户风带读写听讲课练参与际艺环补贴训岁届约签绩档随"
    "竞创热爱"
)
_TRADITIONAL = frozenset(
    "們這個來為說時國會對學發過種開業務經驗負責條項職資歷應維護軟網絡編設計運營銷優規劃崗團隊協調議測試數庫產標報語書執長電話聯節獎勵險積極認識關"
    "備處總辦財稅貿進實習專選擇醫藥療領導組織級門請給讓還沒從間問題見現較樣師動車場員東樂術壓廠廣戶風帶讀寫聽講課練參與際藝環補貼訓歲屆約簽績檔隨"
    "競創熱愛"
)
# Japanese texts in kanji alone are short; these forms stand in no Chinese text.
_JAPANESE_KANJI = frozenset("応込働円売読営経験発対変転択戻歓県駅検")
# About so many letters, drawn evenly, tell the scripts of a text.
_SAMPLE = 150
# Below this share of kana a text in Han characters only mentions a Japanese name.
_MIN_KANA = 0.05

# Chinese, Japanese and Korean sentences have one of these soon; names of firms and places hardly ever.
_GRAMMAR = re.compile(
    "[我們们的在是了與与請请はをにがでの]|使用|니다|합니|[을를은는] "
    "|熟[悉练]|具[有备備]|[经經]验|經驗|掌握|[负負][责責]|能力|以上|[优優]先"
)
_LATIN_NAME = re.compile(r"\b[A-Z][\w.+#-]*", re.ASCII)
# Three words in a row of which the last ones begin small: a sentence, where a list of names and tools has commas.
_LATIN_PROSE = re.compile(
    rf"(?<![{letters_of(LATIN)}])[{letters_of(LATIN)}]++(?: (?![A-ZÀ-Þ])[{letters_of(LATIN)}]++){{2,}}"
)
# So many words that begin small, or have no capitals, are a sentence of their own.
_MIN_OWN_WORDS = 3
_OWN_WORD = lazy_pattern(rf"(?<!\w)[{letters_of(*_RANGES)}]+")
_WORD = lazy_pattern(f"(?:{_LATIN.pattern}|{_NOT_LATIN.pattern}){{2}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptReading:
    """What the letters tell: `language` as a code, None where they leave it open; `text` without another script's.

    It is `certain` where no other language has these letters; else a long text should have words of it as well.
    """

    language: str | None
    text: str
    certain: bool = False


def read_script(text: str) -> ScriptReading:
    """Read the language off the letters of the script that most of a text is written in.

    >>> read_script("Мы ищем пекаря, который знает C++ и Python.").language
    'ru'
    >>> read_script("We work with 株式会社 in Osaka.").language is None
    True
    """
    if text.isascii() or _LATIN_TEXT.fullmatch(text):
        return ScriptReading(language=_language_in_latin(text), text=text)
    letters = Counter(text[:: 1 + len(text) // _SAMPLE])
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        script = _SCRIPT_OF_BLOCK.get(ord(letter) >> _BLOCK)
        if script is not None:
            scripts[script] += count
    written = {script: count * (DENSE_WEIGHT if script in _DENSE else 1) for script, count in scripts.items()}
    count = sum(written.values())
    latin = sum([number for letter, number in letters.items() if _LATIN.match(letter)])
    known = latin + sum(scripts.values())
    if 3 * known < 2 * letters.total():
        strange = sum([number for letter, number in letters.items() if letter.isalpha()]) - known
        if strange > max(latin, count):
            return ScriptReading(language=UNKNOWN, text=text, certain=True)
    if latin >= count and not _only_latin_names(text, set(written)):
        own = _NOT_LATIN.sub("", text)
        return ScriptReading(language=_language_in_latin(own), text=own)
    if not written:
        return ScriptReading(language=None, text=_NOT_LATIN.sub("", text))
    main = max(written, key=lambda script: (written[script], script))
    if main in _CERTAIN:
        found = _language_of_han(scripts, letters) if main in {HAN, KANA} else _language_of(main, text)
        return ScriptReading(language=found, text=text, certain=True)
    return ScriptReading(language=_language_by_letters(_LETTERS.get(main, {}), text), text=_LATIN.sub("", text))


def _only_latin_names(text: str, scripts: set[str]) -> bool:
    """Tell whether the letters of other scripts are a sentence of theirs, and the Latin ones its names."""
    foreign = Counter(_SCRIPT_OF_BLOCK[ord(letter) >> _BLOCK] for letter in _NOT_LATIN.findall(text))
    count = sum(number * (DENSE_WEIGHT if script in _DENSE else 1) for script, number in foreign.items())
    if not scripts.isdisjoint(_DENSE):
        return bool(_GRAMMAR.search(text)) and len(_LATIN.findall(_LATIN_NAME.sub("", text))) < count
    if sum(map(len, _LATIN_PROSE.findall(text))) >= count:
        return False
    own = [word for word in _OWN_WORD.findall(text) if not word[0].isupper()]
    return len(own) >= _MIN_OWN_WORDS or (bool(own) and not scripts.isdisjoint(UNSPACED))


def has_words(text: str) -> bool:
    """Tell whether a text has anything that a language could be told by: two letters in a row.

    >>> has_words("24/7 🍞"), has_words("Go")
    (False, True)
    """
    return _WORD.search(text) is not None


def _language_of(script: str, text: str) -> str:
    if script == "Hebr":
        return "yi" if len(_YIDDISH.findall(text)) >= _MIN_YIDDISH else "he"
    return _ONLY_LANGUAGE[script]


def _language_of_han(scripts: Counter[str], letters: Counter[str]) -> str:
    if scripts[KANA] >= _MIN_KANA * (scripts[KANA] + scripts[HAN]):
        return "ja"
    simplified, traditional, japanese = (
        sum([count for letter, count in letters.items() if letter in known])
        for known in (_SIMPLIFIED, _TRADITIONAL, _JAPANESE_KANJI)
    )
    if japanese > max(simplified, traditional):
        return "ja"
    return "zh_Hant" if traditional > simplified else "zh"


def _language_in_latin(text: str) -> str | None:
    """Return the language whose letters a text is full of; names, which begin with a capital, do not count."""
    if text.isascii() or not _full_of(_RARE_LATIN.findall(text), text):
        return None
    rare = "".join(_RARE_LATIN.findall(" ".join([word for word in text.split() if word[0].islower()])))
    return _language_by_letters(_LATIN_LETTERS, rare) if _full_of(rare, text) else None


def _full_of(letters: Sequence[str], text: str) -> bool:
    return len(letters) >= max(_MIN_RARE_LATIN, _MIN_RARE_SHARE * len(text))


def _language_by_letters(alphabets: Mapping[str, str], text: str) -> str | None:
    found = {language: sum(map(text.count, own)) for language, own in alphabets.items()}
    best = max(found, key=lambda language: found[language], default=None)
    return best if best and found[best] else None
