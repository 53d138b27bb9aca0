"""The page of a posting: the original beside each sentence, ways to apply, and where else the page leads."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from babel import Locale
from lxml import html

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Block, BlockKind, Posting, Salary, Section, SectionKind, blocks_of
from pipeline.model.segment import SegmentedBlock, SegmentedPosting, SegmentedSection, UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit, unit_id
from pipeline.publishing.feeds.content import content_of
from pipeline.publishing.feeds.mail_links import link_addresses
from pipeline.publishing.pages.originals import Comparison
from pipeline.publishing.versions.localized import LocalizedPosting, localize
from tests.publishing.examples import WORDS, as_written, detected, nurse, site_of, versions_of

FR, AR = parse_locale("fr"), parse_locale("ar")
PROCESS, OTHER = SectionKind.PROCESS, SectionKind.OTHER


def translated(
    sentences: Iterable[str],
    targets: Mapping[str, str],
    *,
    locale: Locale = FR,
    posting: Posting | None = None,
    heading: str = "",
    as_it_was: Iterable[str] = (),
) -> LocalizedPosting:
    """Localize a posting of one paragraph."""
    segments = tuple(sentences)
    block = Block(kind=BlockKind.PARAGRAPH, text=" ".join(segments))
    item = SegmentedPosting(
        posting=posting or nurse(),
        sections=(
            SegmentedSection(kind=OTHER, heading=heading, blocks=(SegmentedBlock(block=block, segments=segments),)),
        ),
    )
    units = {key: Unit(key=key, target=targets.get(key.source, f"{key.source}!")) for key in item.keys()}  # noqa: SIM118  no mapping
    decision = Decision(
        segmented=item,
        locale=locale,
        reason=Reason.MACHINE,
        units=tuple(units.values()),
        as_written=tuple(unit for key, unit in units.items() if key.source in as_it_was),
    )
    return localize(decision, WORDS)


def test_bold_text_that_begins_in_a_sentence_as_written_or_ends_in_one_is_bold_in_both() -> None:
    sentences = ("<em>We bake.", "Never pay us.", "We sell.</em>", "We <b>care.</b>")
    targets = {"<em>We bake.": "<em>On cuit.", "We sell.</em>": "On vend.</em>", "We <b>care.</b>": "On <b>soigne.</b>"}
    localized = translated(sentences, targets, as_it_was=["Never pay us."])
    trees: tuple[Any, ...] = (html.fromstring(content_of(localized, WORDS).html), page_of(localized))
    for tree in trees:
        (paragraph,) = (each for each in tree.iter("p") if "On cuit." in each.text_content())
        assert "<" not in paragraph.text_content()
        assert [each.text_content().strip() for each in paragraph.iter("em")][:3] == [
            "On cuit.",
            "Never pay us.",
            "On vend.",
        ]
        assert paragraph.xpath(".//em[ancestor::*[@lang='en']]")


def page_of(localized: LocalizedPosting) -> Any:
    (page,) = (
        text for path, text in site_of(versions_of((localized.locale,), (localized,))).items() if "/postings/" in path
    )
    return html.fromstring(page.decode())


def sentences_on(page: Any) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return of each sentence its id, what is printed, and of its original the language, direction and text."""
    return [
        (
            sentence.get("id"),
            sentence[0].text_content(),
            [
                (each.get("lang"), each.get("dir"), each.text_content())
                for each in sentence.xpath("span[@class='original']/span")
            ],
        )
        for sentence in page.xpath("//span[@class='sentence']")
    ]


def test_each_sentence_of_a_translation_has_a_number_and_its_original_in_the_language_of_that() -> None:
    targets = {"Nurse": "ممرضة", "We care.": "نحن نهتم.", "Acme": "آكمي", "Join us.": "انضم."}
    page = page_of(translated(("We care.", "Join us."), targets, locale=AR, heading="Acme"))
    assert sentences_on(page) == [
        ("s1", "ممرضة", [("en", "ltr", "Nurse")]),
        ("s2", "آكمي", [("en", "ltr", "Acme")]),
        ("s3", "نحن نهتم.", [("en", "ltr", "We care.")]),
        ("s4", "انضم.", [("en", "ltr", "Join us.")]),
    ]
    assert page.xpath("//span[@class='original']/a/@href") == ["#s1", "#s2", "#s3", "#s4"]
    assert page.xpath("//fieldset[@class='views']//input/@value") == ["text", "under", "side"]


def test_posting_written_in_the_language_of_the_version_has_nothing_to_compare_with() -> None:
    page = page_of(as_written(nurse()))
    assert sentences_on(page) == []
    assert page.xpath("//fieldset | //dt[.='Original language']") == []


def test_sentence_shown_as_written_is_its_own_original_and_one_left_out_shows_what_it_was() -> None:
    localized = translated(("Be kind.", "Bye."), {"Be kind.": "?", "Bye.": DELIBERATELY_EMPTY}, as_it_was=("Be kind.",))
    assert sentences_on(page_of(localized))[1:] == [("s2", "Be kind.", []), ("s3", "", [("en", "ltr", "Bye.")])]


def test_bold_text_across_two_sentences_keeps_them_together() -> None:
    sources = ("<b>One.", "Two.</b>", "Three.")
    localized = translated(sources, {source: source.upper().replace("B>", "b>") for source in sources})
    ids, printed, originals = zip(*sentences_on(page_of(localized)), strict=True)
    assert (ids, printed[1:]) == (("s1", "s2"), ("ONE. TWO. THREE.",))
    assert [text for _, _, text in originals[1]] == ["One. Two. Three."]


def test_bold_text_across_sentences_beside_one_as_written_keeps_its_language() -> None:
    localized = translated(
        ("<b>One.", "Two.</b>", "Three."), {"<b>One.": "<b>UN.", "Two.</b>": "DEUX.</b>"}, as_it_was=("Three.",)
    )
    assert html.tostring(page_of(localized).xpath("//span[@id='s2']/span")[0]).decode().count('lang="en"') == 1


def test_text_of_a_page_without_its_originals_is_that_of_the_feeds() -> None:
    localized = translated(("A & <i>b</i>.", "Mail a@b.example."), {"A & <i>b</i>.": "X < <i>y</i>."}, heading="H & I")
    page: Any = html.fragment_fromstring(str(Comparison(localized, WORDS).body()), create_parent="div")
    for original in page.xpath("//span[@class='original']"):
        original.drop_tree()
    for sentence in page.xpath("//span"):
        sentence.drop_tag()
    wanted: Any = html.fragment_fromstring(content_of(localized, WORDS).body, create_parent="div")
    assert html.tostring(page) == html.tostring(wanted)


def test_beside_each_sentence_a_report_names_posting_locale_and_unit() -> None:
    posting = replace(nurse("acme & co/1"), title="Nurse")
    localized = translated(("We care.",), {}, locale=parse_locale("pt_BR"), posting=posting)
    key = UnitKey(OTHER, "We care.")
    unit = unit_id(key, localized.locale)
    comparison = Comparison(localized, WORDS, "https://acme.example/fix?by=reader")
    own = "https://acme.example/fix?by=reader&posting=acme+%26+co%2F1&locale=pt-BR"
    assert comparison.report_address() == own
    page: Any = html.fragment_fromstring(str(comparison.body()), create_parent="div")
    assert page.xpath("//a[@class='report']/@href") == [f"{own}&unit={unit}"]
    assert Comparison(localized, WORDS, "mailto:a@b.example").report_address(key) == (
        f"mailto:a@b.example?subject=acme%20%26%20co%2F1%20pt-BR%20{unit}"
    )
    assert "report" not in str(Comparison(localized, WORDS).body())


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("<p>a@b.example, c.d+e@f-g.example</p>", ["a@b.example", "c.d+e@f-g.example"]),
        ('<a href="https://x.example"><b>a@b.example</b></a> c@d.example', ["c@d.example"]),
        ('<a rel="nofollow noopener">a@b.example</a>', []),
        ("<p>@home, a@b, Müller@bäcker.example, no address</p>", []),
        ("<p>50%@b.example</p>", ["50%25@b.example"]),
    ],
)
def test_addresses_in_text_are_linked_unless_they_are_in_a_link(text: str, linked: list[str]) -> None:
    found = html.fromstring(f"<div>{link_addresses(text)}</div>").xpath("//a[starts-with(@href, 'mailto:')]/@href")
    assert found == [f"mailto:{address}" for address in linked]


@pytest.mark.parametrize(
    ("url", "section", "said"),
    [
        (
            "https://acme.example/1",
            Section(kind=OTHER, blocks=blocks_of(("Hi.",))),
            ["See the posting at the employer"] * 2,
        ),
        ("", Section(kind=OTHER, blocks=blocks_of(("Write to a@b.example.",))), ["a@b.example"]),
        ("", Section(kind=PROCESS, blocks=blocks_of(("Call us.",))), ["The text of this posting says how to apply."]),
        ("", Section(kind=OTHER, blocks=blocks_of(("Hi.",))), ["This posting does not say how to apply."]),
    ],
)
def test_page_offers_a_way_to_apply_or_says_that_there_is_none(url: str, section: Section, said: list[str]) -> None:
    page = page_of(as_written(replace(nurse(), url=url, sections=(section,))))
    places = "//p[starts-with(@class, 'apply')] | //dt[.='Contact']/../dd | //p[@class='no-way']"
    assert [node.text_content().strip() for node in page.xpath(places)] == said


def test_posting_of_which_nothing_is_known_has_no_empty_list_of_facts() -> None:
    bare = replace(nurse(countries=()), salary=Salary(currency="EUR"))
    assert page_of(as_written(bare)).xpath("//dl") == []
    (named,) = page_of(as_written(replace(bare, organization="Acme"))).xpath("//dt")
    assert named.text_content() == "Employer"


def test_translation_says_the_language_of_the_employer() -> None:
    page = page_of(
        translated(("Hi.",), {}, posting=replace(nurse(), detection=detected("de"), url="https://a.example/"))
    )
    assert page.xpath("//dt[.='Original language']/../dd/text()") == ["allemand"]
    assert set(page.xpath("//a[@class='action']/@hreflang")) == {"de"}
