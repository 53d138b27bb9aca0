"""Every language has a rule for its plurals that gettext can use, and one that Babel's releases cannot change."""

import pytest
from babel import localedata

from pipeline.language.plurals import PluralRule, parse_plural_rule, plural_rule
from pipeline.model.locale import parse_locale

NAMES = [name for name in localedata.locale_identifiers() if name not in {"root", "en_US_POSIX"}]
# As gettext's manual has them, for the numbers that an advertisement counts.
MANUAL = {
    "ja": "nplurals=1; plural=0;",
    "de": "nplurals=2; plural=n != 1;",
    "fr": "nplurals=2; plural=n>1;",
    "pt_BR": "nplurals=2; plural=n>1;",
    "pt_PT": "nplurals=2; plural=n != 1;",
    "es": "nplurals=2; plural=n != 1;",
    "it": "nplurals=2; plural=n != 1;",
    "ga": "nplurals=5; plural=n==1 ? 0 : n==2 ? 1 : (n>2 && n<7) ? 2 :(n>6 && n<11) ? 3 : 4;",
    "ru": "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
    "pl": "nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
    "cs": "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;",
    "sl": "nplurals=4; plural=n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3;",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}


def test_every_locale_has_a_rule_that_reads_as_it_is_written() -> None:
    rules = {name: plural_rule(parse_locale(name)) for name in NAMES}
    assert [name for name, rule in rules.items() if parse_plural_rule(rule.header) != rule] == []
    assert {rule.forms for rule in rules.values()} == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize("name", MANUAL)
def test_rule_parts_numbers_as_gettexts_manual_does(name: str) -> None:
    ours, manual = plural_rule(parse_locale(name)), parse_plural_rule(MANUAL[name])
    pairs = {(ours.form_of(count), manual.form_of(count)) for count in range(1001)}
    assert (ours.forms, len(pairs)) == (manual.forms, manual.forms)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("nplurals=INTEGER; plural=EXPRESSION;", 'is not "nplurals'),
        ("nplurals=2", 'is not "nplurals'),
        ("nplurals=2; plural=m != 1;", "cannot be computed"),
        ("nplurals=2; plural=n % 0;", "cannot be computed"),
        ("nplurals=2; plural=(n == 0 ? 0 : n == 1 ? 1 : 2);", "chooses form 2 of 2"),
        ("nplurals=0; plural=0;", "chooses form 0 of 0"),
    ],
)
def test_rule_that_gettext_cannot_use_is_refused(header: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_plural_rule(header)


def test_targets_follow_the_number_into_the_forms_of_another_rule() -> None:
    arabic = plural_rule(parse_locale("ar"))
    two = PluralRule(2, "n > 1")
    swapped = PluralRule(6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100<=2 ? 4 : 5")
    assert arabic.fitted(("vaga", "vagas"), two) == ("vaga", "vaga", *["vagas"] * 4)
    assert arabic.fitted(tuple("012345"), swapped) == tuple("012354")
    assert two.fitted(tuple("012345"), arabic) == ("0", "2")
