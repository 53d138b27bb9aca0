"""A weekday stays the same day, in the names of every language that is read."""

import pytest

from pipeline.checks import calendar, quantities
from tests.checks.pairs import compared

ROWS = (*quantities.CHECKS, *calendar.CHECKS)


def findings(language: str, locale: str, source: str, target: str) -> dict[str, str]:
    pair = compared(source, target, locale, language=language)
    told = {check.id: check.find(pair) for check in ROWS}
    return {check: detail for check, detail in told.items() if detail}


@pytest.mark.parametrize(
    ("language", "locale", "source", "target"),
    [
        ("pt", "en", "De 2.ª a 6.ª", "Monday to Friday"),
        ("en", "pt", "Mon–Fri", "2ª a 6ª feira"),
        ("pt", "en", "2.ª e 3.ª fases do projeto", "second and third phases"),
        ("pt", "en", "segunda e quarta edição", "second and fourth issue"),
        ("pt", "en", "da segunda à quinta classe", "from the second to the fifth class"),
        ("pt", "en", "Folga à 4.ª-feira e ao domingo", "Wednesdays and Sundays off"),
        ("en", "de", "Mondays and Thursdays", "montags und donnerstags"),
        ("en", "de", "Sundays and public holidays", "Sonn- und Feiertage"),
        ("en", "de", "Saturday work", "Samstagsarbeit"),
        ("en", "de", "Open Mon-Fri", "Mo–Fr geöffnet"),
        ("en", "ar", "from Sunday to Thursday, not on Friday", "من الأحد إلى الخميس، وليس الجمعة"),
        ("en", "ar", "a shift for Friday", "وردية للجمعة"),
        ("en", "ja", "Mon-Fri, Saturday and Sunday", "月〜金、土日"),
        ("ja", "en", "年・月・日", "year, month, day"),
        ("ja", "en", "入社日〜月末", "from the first day to the end of the month"),
        ("en", "zh", "Monday to Friday", "周一至周五"),
        ("en", "es", "Monday to Friday", "L-V"),
        ("es", "en", "en Santo Domingo", "in Santo Domingo"),
        ("en", "pt", "Black Friday sales", "vendas da Black Friday"),
        ("en", "fr", "Monday to Sunday", "tous les jours"),
        ("en", "fr", "weekdays and Sundays", "du lundi au vendredi et le dimanche"),
        ("en", "es", "Sat/Sun", "los fines de semana"),
        ("en", "fr", "Mon, Tue, Wed, Thu, Fri", "du lundi au vendredi"),
        ("en", "de", "We sat in the sun", "Wir saßen in der Sonne"),
        ("fr", "en", "mars. La mer", "march. The sea"),
        ("de", "en", "Montageteams und Montage vor Ort", "assembly teams and assembly on site"),
        ("de", "en", "Montagabend", "Monday evening"),
    ],
)
def test_day_in_the_words_of_the_target_is_the_same_day(language: str, locale: str, source: str, target: str) -> None:
    assert findings(language, locale, source, target) == {}


@pytest.mark.parametrize(
    ("language", "locale", "source", "target", "check", "detail"),
    [
        ("en", "pt", "(Mon, Wed, Fri)", "(segunda, ave, fri)", "weekdays", "missing Friday, Wednesday"),
        ("en", "pt", "Tue-Sat", "Ter-Sat", "weekdays", "missing Saturday"),
        ("pt", "en", "De 2.ª a 6.ª", "From 2nd to 6th", "weekdays", "missing Friday, Monday"),
        ("pt", "en", "Livre à 4.ª-feira", "Free on the 4th", "weekdays", "missing Wednesday"),
        ("pt", "en", "às terças e quintas", "on thirds and fifths", "weekdays", "missing Thursday, Tuesday"),
        ("ja", "en", "月〜金", "Monday to Thursday", "weekdays", "missing Friday"),
        ("en", "de", "Closed on Monday", "Dienstag geschlossen", "weekdays", "missing Monday, added Tuesday"),
        ("en", "fr", "Monday to Friday", "du lundi au samedi", "weekdays", "added Saturday"),
        ("en", "es", "on Fridays", "los viernes y los sábados", "weekdays", "added Saturday"),
        ("en", "de", "open on Sunday", "so oft es geht geöffnet", "weekdays", "missing Sunday"),
    ],
)
def test_day_that_is_surely_lost_or_another_is_named(
    language: str, locale: str, source: str, target: str, check: str, detail: str
) -> None:
    assert findings(language, locale, source, target)[check] == detail
