"""The words that tell languages from one another and stand in nearly every sentence."""

import re

_FREQUENT = {
    "en": "a the of and to in is for with you are be that this will our your an by or from we have at it "
    "not can on as us all who has their they must more than when until up do per",
    "pt": "está o a e se de da do das dos em um uma para com não é os as que você ou por no na ao são seu "
    "sua nós mais será esta este nossa nosso nossos até sem também muito sobre entre já pelo pela às "
    "aos tem deve quando há como",
    "es": "a de la el los las en un una para con no es que y o por del al se su más son está este esta si "
    "como lo nuestra nuestro nuestros hasta sin también muy sobre entre ya sus hay debe cuando te le "
    "usted tiene pero",
    "fr": "à ou de la le les des du et en un une pour avec est que vous ne pas sur au aux dans ce cette par "
    "nous votre sont notre nos vos sans aussi très plus entre qui doit être a jusque se il elle mais "
    "comme",
    "de": "der die das und in den ist zu mit für von auf ein eine nicht sie wir werden oder des dem im als "
    "wird kann bei unser unsere ihr ihre bis ohne auch sehr über zwischen sind haben einen einem "
    "einer zum zur muss am pro",
    "it": "a è di il la le che e un una per con non del della dei gli nel sono si o da in più alla i lo "
    "come questo nostra nostro fino senza anche molto tra al ha deve quando",
    "nl": "de het een en van in is voor met op te zijn niet dat wij of aan door u je wordt bij om als naar "
    "ook onze ons tot zonder zeer over moet kan heeft er maar",
    "ca": "a de la el els les en un una per amb no és que i o del al es més són està aquest aquesta si com "
    "ho dels nostra nostre fins sense també molt entre",
    "gl": "o a e se de da do das dos en un unha para con non é os as que ou por no na ao son seu súa máis "
    "será este esta nosa noso ata sen tamén moi entre pola polo",
    "sv": "och i att en ett för med av på är som du vi inte till den det har kan eller om din vår utan också mycket",
    "da": "og i at en et for med af på er som du vi ikke til den det har kan eller om din vores uden også meget",
    "nb": "og i å en et for med av på er som du vi ikke til den det har kan eller om din vår uten også mye",
    "pl": "i w na z do nie się jest że dla od oraz lub po jak są to za przez być o nasz bez także bardzo",
}
_WORD = re.compile(r"[^\W\d_]+")
_WORDS_OF = {language: frozenset(words.split()) for language, words in _FREQUENT.items()}
_LANGUAGES_OF = {
    word: tuple(language for language, words in _WORDS_OF.items() if word in words)
    for word in frozenset().union(*_WORDS_OF.values())
}


def frequent_words(text: str) -> dict[str, int]:
    """Count, for each language that is known here, how many different frequent words of it stand in the text.

    >>> counts = frequent_words("Você vai trabalhar com a nossa equipe")
    >>> counts["pt"], counts["es"]
    (4, 1)
    """
    counts = dict.fromkeys(_FREQUENT, 0)
    for word in set(_WORD.findall(text.lower())):
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += 1
    return counts
