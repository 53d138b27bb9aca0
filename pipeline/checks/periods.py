"""What is paid for an hour or a year is not paid for something else: "$120K/yr" names a year in the target too."""

import re

# In the languages that units are read in; the beginnings of words, as they stand in compounds too.
_TOLD = {
    "hour": r"h|hrs?|hour\w*|hor[aá]\w*|heure\w*|horaires?|st(?:un)?d\w*|\w*stunden?|or[ae]|uur|uren|tim\w*|ساعة",
    "day": r"d|day|daily|di[aá]\w*|diári\w*|jour\w*|tag\w*|täglich\w*|giorn\w*|dag\w*|يوم\w*",
    "week": r"w|wk|week\w*|seman\w*|semaine\w*|hebdo\w*|woche\w*|wöchentlich\w*|settiman\w*|setman\w*|vecka|uge|uke"
    r"|أسبوع\w*",
    "month": r"m|mo|mth|month\w*|mês|mens\w*|mes(?:es)?|mois|monat\w*|mese|maand\w*|månad\w*|måned\w*|شهر\w*",
    "year": r"y|yr|year\w*|annu\w*|annum|p\.?a|an[ou]?s?|anu\w*|año\w*|ans?|année\w*|jahr\w*|jährlich\w*"
    r"|ann[oi]|any|jaar\w*|år\w*|سنة|سنوي\w*|عام\w*",
}
# Dense scripts run on before and behind them.
_PERIODS = {
    period: re.compile(rf"(?:(?<![^\W\d_])|(?<=ال)|(?<=بال))(?:{words})(?![^\W\d_])|{dense}", re.IGNORECASE)
    for (period, words), dense in zip(_TOLD.items(), ("時|小时", "日|天", "週|周", "月", "年"), strict=True)
}
_PER = re.compile(
    r"(?<=[\dkKM€$£])\s?/\s?(?:(?P<hour>h|hr|hour)|(?P<day>day)|(?P<week>wk|week)|(?P<month>mo|mth|month)"
    r"|(?P<year>yr|year))(?![^\W\d_])"
)


def lost_period(source: str, target: str) -> str:
    """Name the period that an amount of the source is for and the target does not name, or "".

    >>> lost_period("$120K/yr", "$120K / mais"), lost_period("$120K/yr", "120.000 dólares por ano")
    ('missing per year', '')
    """
    for match in _PER.finditer(source):
        if match.lastgroup and not _PERIODS[match.lastgroup].search(target):
            return f"missing per {match.lastgroup}"
    return ""
