"""Halves that say the same in two languages become two versions of one posting; other mixtures do not."""

import re
from dataclasses import replace

import pytest
from babel import Locale

from pipeline.intake.detection.bilingual import split_halves
from pipeline.intake.detection.detectors import Guess, LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.formats.json_lines import parse_json_line
from pipeline.intake.formats.posting_line import serialize_posting
from pipeline.intake.formats.text import parse_text
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.headings import load_headings
from pipeline.model.locale import parse_locale
from pipeline.model.posting import BlockKind, DetectionReason, Posting, SectionKind

LEXICON = load_headings()
ENSEMBLE = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
FRENCH = """\
Notre boulangerie livre 40 boutiques depuis 1987. Vous pétrissez la nuit, avec une équipe de trois personnes.

Vos missions :
Pétrir et cuire le pain
Nettoyer les fours chaque matin
Livrer avec la camionnette

Votre profil :
Un CAP de boulanger
Deux ans d'expérience dans le métier
"""
ENGLISH = """\
Our bakery has delivered to 40 shops since 1987. You knead at night, together with a team of three people.

Your tasks:
Knead and bake the bread
Clean the ovens every morning
Deliver with the van

Your profile:
A diploma in baking
Two years of experience in the trade
"""
OTHER_ENGLISH = """\
Our group runs 12 hotels and was founded in 2004 by two sisters who wanted to make travelling a little more human.

Your tasks:
Welcome the guests
Answer the phone
Book tables and taxis for them

Your profile:
Some experience at a front desk of a hotel
Fluent English
"""


def read(text: str, title: str = "Boulangère de nuit (h/f) / Baker working at night") -> Posting:
    return read_language(built(text, title), ENSEMBLE, LEXICON)


def built(text: str, title: str = "Baker") -> Posting:
    return build_posting(parse_text(f"Title: {title}\n\n{text}", stem="bread", lexicon=LEXICON), lexicon=LEXICON)


def test_halves_that_say_the_same_are_two_versions_of_one_posting() -> None:
    found = read(f"{FRENCH}\n{ENGLISH}")
    french, english = read(FRENCH, "Boulangère de nuit (h/f)"), read(ENGLISH, "Baker working at night")
    assert (found.title, found.sections) == (french.title, french.sections)
    (version,) = found.versions
    assert (version.language, version.title, version.sections) == (
        Locale("en"),
        "Baker working at night",
        english.sections,
    )
    assert (found.language, found.detection.reason) == (Locale("fr"), DetectionReason.BILINGUAL)


def test_declared_language_is_the_posting_itself_whichever_half_comes_first() -> None:
    record = parse_text(
        f"Title: Boulangère de nuit / Baker working at night\nLanguage: en_GB\n\n{FRENCH}\n{ENGLISH}",
        stem="bread",
        lexicon=LEXICON,
    )
    found = read_language(build_posting(record, lexicon=LEXICON), ENSEMBLE, LEXICON)
    assert (found.title, found.language, found.detection.reason) == (
        "Baker working at night",
        parse_locale("en_GB"),
        DetectionReason.DECLARED,
    )
    assert [(version.title, version.language) for version in found.versions] == [("Boulangère de nuit", Locale("fr"))]


@pytest.mark.parametrize("title", ["Baker", "Boulangère de nuit / Pâtissière de jour", "Koch / Cook", "A / B / C"])
def test_title_without_a_clear_border_stands_over_both_versions(title: str) -> None:
    found = read(f"{FRENCH}\n{ENGLISH}", title)
    assert [version.title for version in found.written] == [title, title]


@pytest.mark.parametrize(
    "line", ["---- English version below ----", "English follows.", "ENGLISH:", "Version anglaise"]
)
def test_line_that_announces_a_language_parts_versions_of_any_shape(line: str) -> None:
    short = ENGLISH.replace("Deliver with the van\n", "").replace("40", "many")
    found = read(f"{FRENCH}\n{line}\n\n{short}")
    assert found.sections == read(FRENCH, "Boulangère de nuit (h/f)").sections
    (version,) = found.versions
    assert (version.title, version.sections) == ("Baker working at night", read(short).sections)
    assert (found.language, version.language) == (Locale("fr"), Locale("en"))


def test_announced_version_may_begin_with_a_title_of_its_own() -> None:
    french = f"Version française\n\n{FRENCH}"
    found = read(f"{french}\nEnglish version\n\n# Baker at night\n\n{ENGLISH}", "Boulangère de nuit")
    assert [(version.title, version.language) for version in found.written] == [
        ("Boulangère de nuit", Locale("fr")),
        ("Baker at night", Locale("en")),
    ]
    assert found.versions[0].sections == read(ENGLISH).sections
    assert found.sections == read(FRENCH).sections


def test_language_that_is_asked_for_above_a_paragraph_about_the_employer_parts_nothing() -> None:
    assert (
        read(f"{FRENCH}\nAnglais\n\nWe are a bakery and have been one since our founder came to town.").versions == ()
    )


@pytest.mark.parametrize("line", ["Deutsche Version unten", "English is a plus"])
def test_line_that_announces_another_language_or_none_parts_nothing(line: str) -> None:
    assert read(f"{FRENCH}\n{line}\n\n{OTHER_ENGLISH}").versions == ()


@pytest.mark.parametrize(
    "second",
    [
        OTHER_ENGLISH,
        ENGLISH.replace("40", "60").replace("1987", "1999"),
        ENGLISH.replace("Your tasks:", "What we offer:"),
        ENGLISH.replace("Deliver with the van\n", ""),
        FRENCH,
    ],
    ids=["another posting", "other numbers", "other kinds", "a line less", "one language"],
)
def test_halves_that_do_not_clearly_say_the_same_are_one_text(second: str) -> None:
    assert read(f"{FRENCH}\n{second}").versions == ()


def test_detectors_are_asked_only_where_numbers_addresses_and_names_are_the_same() -> None:
    asked: list[str] = []

    def detector(text: str) -> tuple[Guess, ...]:
        asked.append(text)
        return ()

    ensemble = Ensemble(first=detector, second=detector)
    assert split_halves(built(f"{FRENCH}\n{OTHER_ENGLISH}"), ensemble, LEXICON) is None
    assert asked == []
    assert split_halves(built(f"{FRENCH}\n{ENGLISH}"), ensemble, LEXICON) is None
    assert asked


def test_two_lists_of_the_same_shape_say_the_same_only_by_chance() -> None:
    french = "\n".join(
        f"Pétrir la pâte numéro {name} chaque matin" for name in ("un", "deux", "trois", "quatre", "cinq")
    )
    english = "\n".join(f"Clean the oven of the {name} floor at night" for name in ("1st", "2nd", "3rd", "4th", "5th"))
    assert read(f"Le matin :\n{french}\nAt night:\n{english}").versions == ()


def test_languages_that_take_turns_are_one_text() -> None:
    parts = zip(FRENCH.split("\n\n"), ENGLISH.split("\n\n"), strict=True)
    assert read("\n\n".join(part for pair in parts for part in pair)).versions == ()


def test_second_half_that_starts_without_a_heading_gets_the_form_of_the_first() -> None:
    found = read(f"{FRENCH}\n{ENGLISH}")
    sections = found.versions[0].sections
    assert [section.blocks[0].kind for section in sections] == [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM]
    assert found.versions[0].sections[0].kind is SectionKind.DESCRIPTION


def test_bilingual_posting_is_found_again_in_what_was_written_of_it() -> None:
    found = read(f"{FRENCH}\n{ENGLISH}")
    again = build_posting(parse_json_line(serialize_posting(found)), lexicon=LEXICON)
    assert read_language(again, ENSEMBLE, LEXICON) == replace(
        found,
        declared=found.language,
        detection=replace(found.detection, reason=DetectionReason.DECLARED, declared=found.language),
    )


def in_french_and_english() -> tuple[list[str], list[str]]:
    french = "Nous cherchons un cuisinier pour notre petit restaurant. Vous travaillez le soir avec deux collègues."
    english = "We are looking for a cook for our small restaurant. You work in the evening with two colleagues."
    return re.split(r"(?<=\.) ", french), re.split(r"(?<=\.) ", english)


def test_lines_that_take_turns_in_two_languages_are_published_in_neither() -> None:
    french, english = in_french_and_english()
    turns = [line for pair in zip(english * 3, french * 3, strict=True) for line in pair]
    for lines in ([english[0], french[0]], [french[0], english[0]], turns):
        posting = build_posting(
            parse_text("Title: Cook\n\n" + "\n".join(lines), stem="c", lexicon=LEXICON), lexicon=LEXICON
        )
        found = read_language(posting, ENSEMBLE, LEXICON).detection
        assert (found.language, found.reason) == (None, DetectionReason.UNCERTAIN), lines


def test_line_of_another_language_among_others_tears_no_posting() -> None:
    french, english = in_french_and_english()
    lines = [*french, french[0], english[0]]
    posting = build_posting(
        parse_text("Title: Chef\n\n" + "\n".join(lines), stem="c", lexicon=LEXICON), lexicon=LEXICON
    )
    assert read_language(posting, ENSEMBLE, LEXICON).language == Locale("fr")
