"""Texts are put together in the language of a version; pages get safe names, countries the alphabet's order."""

from dataclasses import replace
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel import Locale
from msgspec import structs

from pipeline.catalog.mo_file import serialize_mo
from pipeline.catalog.site_domain import shipped_words
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Block, BlockKind, Section, SectionKind, blocks_of
from pipeline.model.segment import HEADING, TITLE, SegmentedBlock, SegmentedPosting, SegmentedSection, UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit
from pipeline.publishing.versions.collation import collation_key
from pipeline.publishing.versions.localized import LocalizedSection, localize
from tests.publishing.examples import WORDS, as_written, nurse
from tests.segmented import segmented_blocks

OFFER, ABOUT = SectionKind.OFFER, SectionKind.ABOUT
POSTING = SegmentedPosting(
    posting=nurse(),
    sections=(
        SegmentedSection(
            kind=OFFER, heading="What we offer", standard=True, blocks=segmented_blocks((("One.", "Two."),))
        ),
        SegmentedSection(kind=ABOUT, heading="Acme", blocks=segmented_blocks(items=("Tea", "And so on"))),
    ),
)
TARGETS = {
    UnitKey(TITLE, "Nurse"): "看護師",
    UnitKey(OFFER, "One."): "一つ。",
    UnitKey(OFFER, "Two."): "二つ。",
    UnitKey(HEADING, "Acme"): "<b>アクメ</b>",
    UnitKey(ABOUT, "Tea"): "<b>お茶</b>",
    UnitKey(ABOUT, "And so on"): DELIBERATELY_EMPTY,
}


def decided(locale: str) -> Decision:
    keys = POSTING.keys()
    units = tuple(Unit(key=key, target=TARGETS[key]) for key in keys)
    return Decision(segmented=POSTING, locale=parse_locale(locale), reason=Reason.HUMAN, units=units)


def words(locale: str) -> GNUTranslations:
    catalog = shipped_words(parse_locale(locale))
    assert catalog is not None
    return GNUTranslations(BytesIO(serialize_mo(catalog)))


def test_japanese_sentences_are_joined_without_a_gap_and_a_deliberately_empty_item_is_dropped() -> None:
    localized = localize(decided("ja"), WORDS)
    assert (localized.title, localized.translation, localized.feed_id) == ("看護師", "human", "acme-1/ja")
    assert localized.sections == (
        LocalizedSection(kind=OFFER, heading="What we offer", blocks=blocks_of(("一つ。二つ。",))),
        LocalizedSection(kind=ABOUT, heading="アクメ", blocks=blocks_of(items=("<b>お茶</b>",))),
    )


@pytest.mark.parametrize(
    ("locale", "heading"), [("fr", "Ce que nous offrons"), ("pt_BR", "O que oferecemos"), ("de", "Wir bieten")]
)
def test_standard_heading_comes_from_our_own_words_and_sentences_have_a_gap(locale: str, heading: str) -> None:
    translations = words(locale)
    first = localize(decided(locale), translations).sections[0]
    printed = translations.pgettext("section", "What we offer")
    assert first == LocalizedSection(kind=OFFER, heading=printed, blocks=blocks_of(("一つ。 二つ。",)))
    assert printed == heading


def test_source_is_printed_as_it_was_written() -> None:
    posting = replace(
        nurse(language="en-IE"),
        sections=(
            Section(
                kind=OFFER,
                heading="Our offer",
                standard=True,
                blocks=blocks_of(("One.  Two.",), items=("Tea",)),
            ),
        ),
    )
    localized = as_written(posting)
    assert (localized.language, localized.translation) == (parse_locale("en-IE"), "source")
    assert localized.sections == (
        LocalizedSection(kind=OFFER, heading="Our offer", blocks=blocks_of(("One.  Two.",), items=("Tea",))),
    )


def test_heading_inside_a_section_is_text_without_markup_and_begins_a_part_of_its_own_in_the_digest() -> None:
    line, heading = (
        Block(kind=BlockKind.ITEM, text="One."),
        Block(kind=BlockKind.HEADING, text="<b>Shifts</b>", level=3),
    )
    blocks = (
        SegmentedBlock(block=line, segments=("One.",)),
        SegmentedBlock(block=heading, segments=(heading.text,)),
    )
    segmented = replace(POSTING, sections=(SegmentedSection(kind=OFFER, blocks=blocks),))
    units = tuple(Unit(key=key, target=key.source) for key in segmented.keys())  # noqa: SIM118  a posting is no mapping
    decision = Decision(segmented=segmented, locale=parse_locale("en"), reason=Reason.HUMAN, units=units)
    localized = localize(decision, WORDS)
    (section,) = localized.sections
    assert [block.text for block in section.blocks] == ["One.", "Shifts"]
    paragraph = structs.replace(line, kind=BlockKind.PARAGRAPH)
    orders = [(line, paragraph), (paragraph, line), (*section.blocks, paragraph), section.blocks]
    assert len({replace(localized, sections=(replace(section, blocks=order),)).digest for order in orders}) == 4


def test_digest_changes_with_every_word_and_with_nothing_else() -> None:
    base = as_written(nurse())
    other = replace(base, posting=replace(base.posting, organization="Acme"), slug="x", translation="human")
    assert other.digest == base.digest
    (section,) = base.sections
    changes = [
        replace(base, title="Night nurse"),
        replace(base, sections=(replace(section, heading="Wanted"),)),
        replace(base, sections=(replace(section, blocks=blocks_of(items=("Patience", "Humour"))),)),
        replace(base, sections=(replace(section, blocks=blocks_of(("Patience",))),)),
    ]
    assert len({base.digest, *(change.digest for change in changes)}) == 5


@pytest.mark.parametrize(
    ("tag", "ordered"),
    [
        ("sv", ["Albanien", "Zambia", "Åland", "Ängland", "Österrike"]),
        ("es", ["Nueva Zelanda", "Nzwani", "Ñuble", "Omán"]),
        ("cs", ["Gabon", "Haiti", "Honduras", "Chile", "Chorvatsko", "Indie"]),
        ("cs", ["Cookovy ostrovy", "Čad", "Česko", "Dánsko"]),
        ("fr", ["Égypte", "Émirats", "Équateur", "Espagne", "États-Unis", "Fidji"]),
        ("de", ["Ägypten", "Albanien", "Belgien", "Österreich", "Polen"]),
        ("da", ["Zambia", "Ækvatorialguinea", "Østrig", "Åland"]),
        ("et", ["Soome", "Šveits", "Zimbabwe", "Taani", "Venemaa", "Ühendkuningriik"]),
        ("hr", ["Letonija", "Lužice", "Ljubljana", "Nizozemska", "Norveška", "Njemačka", "Oman"]),
        ("hu", ["Chile", "Curaçao", "Csád", "Csehország", "Dánia"]),
        ("tr", ["Hırvatistan", "Irak", "İran", "Japonya"]),
        ("ru", ["Израиль", "Италия", "Йемен", "Казахстан"]),
        ("uk", ["Данія", "Естонія", "Єгипет", "Замбія", "Іран", "Йорданія", "Канада"]),
        ("hi", ["कनाडा", "किरिबाती", "कुवैत", "केन्या", "कोमोरोस"]),
        ("en", ["Côte d’Ivoire", "Cote East", "Croatia", "St. Lucia", "Sudan"]),
    ],
)
def test_names_are_in_the_order_of_the_alphabet(tag: str, ordered: list[str]) -> None:
    locale = Locale(tag)
    assert sorted(set(ordered), key=lambda name: collation_key(locale, name)) == ordered


@pytest.mark.parametrize("tag", ["sv", "es", "cs", "fr", "ar", "ja", "ru", "hu", "th", "zh"])
def test_every_country_of_cldr_has_its_place(tag: str) -> None:
    locale = Locale(tag)
    names = {name for code, name in locale.territories.items() if len(code) == 2}
    keys = {collation_key(locale, name) for name in names}
    assert len(keys) == len(names)
    assert all(weights for weights, _ in keys)
