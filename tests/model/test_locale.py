"""Locales: their spelling, script, and which of them a text belongs to."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LocaleError
from pipeline.model.locale import (
    locales_of_text,
    parse_locale,
    script_of,
    sentence_gap,
    source_language,
    to_tag,
    written_alike,
)


def chosen(declared: str, countries: str, configured: str) -> list[str]:
    locales = [parse_locale(text) for text in configured.split()]
    return [str(locale) for locale in locales_of_text(parse_locale(declared), countries.split(), locales)]


@pytest.mark.parametrize(
    ("text", "spelled", "tag"),
    [
        ("pt_BR", "pt_BR", "pt-BR"),
        ("pt-br", "pt_BR", "pt-BR"),
        (" en ", "en", "en"),
        ("zh_TW", "zh_Hant_TW", "zh-Hant-TW"),
        ("zh-Hans", "zh_Hans", "zh-Hans"),
        ("sr-Latn", "sr_Latn", "sr-Latn"),
        ("es-419", "es_419", "es-419"),
        ("no", "nb", "nb"),
        ("no-NO", "nb_NO", "nb-NO"),
        ("NO_no", "nb_NO", "nb-NO"),
        ("iw", "he", "he"),
        ("in", "id", "id"),
        ("tl", "fil", "fil"),
        ("mo", "ro", "ro"),
        ("cmn", "zh", "zh"),
    ],
)
def test_either_spelling_is_read_and_old_codes_are_renamed(text: str, spelled: str, tag: str) -> None:
    locale = parse_locale(text)
    assert (str(locale), to_tag(locale)) == (spelled, tag)


@pytest.mark.parametrize(
    "text",
    ["", "_", "en_", "x", "xx", "klingon", "root", "de@euro", "en.UTF-8", "en--US", "en_XQ9", "a" * 1000, "../en"],
)
def test_what_names_no_locale_is_refused(text: str) -> None:
    with pytest.raises(LocaleError) as caught:
        parse_locale(text)
    assert caught.value.text == text


@given(st.text(max_size=12))
def test_every_text_is_a_locale_with_a_proper_tag_or_refused(text: str) -> None:
    try:
        locale = parse_locale(text)
    except LocaleError:
        return
    assert parse_locale(to_tag(locale)) == locale
    assert to_tag(locale).replace("-", "").isalnum()


def test_script_follows_from_language_and_territory() -> None:
    tags = ["pt", "zh", "zh_TW", "zh_HK", "sr", "sr_Latn", "ar", "ja", "pa_PK"]
    assert [script_of(parse_locale(tag)) for tag in tags] == [
        "Latn",
        "Hans",
        "Hant",
        "Hant",
        "Cyrl",
        "Latn",
        "Arab",
        "Jpan",
        "Arab",
    ]


def test_script_that_cldr_does_not_know_is_empty() -> None:
    assert script_of(Locale("root")) == ""


def test_one_language_in_one_script_is_written_alike() -> None:
    pairs = ["pt pt_BR", "zh_TW zh_Hans", "zh_TW zh_Hant", "no nb", "nb nn", "sr sr_Latn", "pt es"]
    alike = [written_alike(*map(parse_locale, pair.split())) for pair in pairs]
    assert alike == [True, False, True, True, False, False, False]


def test_domain_names_the_script_only_where_it_is_unusual() -> None:
    tags = ["pt_PT", "zh_CN", "zh_TW", "sr_Latn", "no"]
    assert [source_language(parse_locale(tag)) for tag in tags] == ["pt", "zh", "zh_Hant", "sr_Latn", "nb"]


@pytest.mark.parametrize(
    ("declared", "countries", "configured", "expected"),
    [
        ("pt", "", "en pt_BR", ["pt_BR"]),
        ("pt", "PT", "pt_BR", ["pt_BR"]),
        ("zh_TW", "", "zh_Hans zh", []),
        ("zh_TW", "", "zh_Hans zh_Hant", ["zh_Hant"]),
        ("zh", "", "zh_Hans zh_Hant", ["zh_Hans"]),
        ("no", "NO", "nb nn", ["nb"]),
        ("pt_PT", "BR", "pt_BR pt_PT", ["pt_PT"]),
        ("pt", "BR", "pt_BR pt_PT", ["pt_BR"]),
        ("pt", "BR PT", "pt_BR pt_PT", ["pt_BR", "pt_PT"]),
        ("pt", "DE", "pt_PT pt_BR", ["pt_PT", "pt_BR"]),
        ("pt_BR", "PT", "pt pt_PT pt_BR", ["pt", "pt_BR"]),
        ("en_GB", "GB", "en en_US", ["en", "en_US"]),
        ("en", "", "fr de", []),
    ],
)
def test_text_belongs_to_the_region_declared_else_to_its_countries_else_to_all(
    declared: str, countries: str, configured: str, expected: list[str]
) -> None:
    assert chosen(declared, countries, configured) == expected


def test_sentences_stand_apart_only_where_the_script_has_spaces() -> None:
    assert [sentence_gap(parse_locale(tag)) for tag in ("en", "ar", "ko", "ja", "zh_TW", "th")] == [
        " ",
        " ",
        " ",
        "",
        "",
        "",
    ]
