"""What holds of every text, beyond that nothing is raised; each law draws its own texts."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from html import escape, unescape
from itertools import pairwise
from unicodedata import normalize

from babel import Locale
from lxml import etree

from pipeline.catalog.fact_edits import FactEdit
from pipeline.catalog.mechanical import carry_edit, edits_between
from pipeline.catalog.po_file import read_unit, write_unit
from pipeline.intake.reading.bodies.lines import tidy, without_invisible
from pipeline.intake.reading.bodies.reader import read_body
from pipeline.intake.reading.headings import load_headings
from pipeline.language import calendar, meaning, quantities
from pipeline.model.cleaning import clean_line, clean_text
from pipeline.model.markup import render_markup
from pipeline.model.posting import BlockKind
from pipeline.model.segment import UnitKey
from pipeline.model.text import is_visible
from pipeline.model.unit import Unit
from pipeline.publishing.feeds.nh3_cleaner import clean_html
from pipeline.publishing.feeds.xml_text import attribute, cdata
from pipeline.publishing.feeds.xml_text import text as xml_text
from pipeline.publishing.versions.isolation import isolate_html, isolate_markup, isolate_text
from pipeline.publishing.versions.ledger import make_slug
from pipeline.terminology.titles.target import title_target
from pipeline.translation.fact_forms import fit_facts
from pipeline.translation.facts import NO_HINTS, find_facts
from pipeline.translation.lettering import Evidence, Lettering, in_sentence_case, with_lettering
from pipeline.translation.line_parts import LineNames
from pipeline.translation.lines import part_line
from pipeline.translation.plain_signs import with_plain_signs, with_typographic_signs
from pipeline.translation.protection import mask, unmask
from pipeline.translation.segmenter import Segmenter
from pipeline.translation.shape import give_shape, take_shape
from tests.soup.functions import MARKER, Soup

_WORD = re.compile(r"[^\W_]+")
_ISOLATES = re.compile("[\u2066-\u2069]")
_BDI = re.compile(r"</?bdi[^<>]*>")
_ACCENT = re.compile("[\u0300-\u036f]")
_ONE_SMALL_LETTER = str.maketrans("ςı", "σi")
_BRAZIL = Locale("pt", "BR")
# What an edit of a source changes beside its words.
_EDITS = (
    *(('"', "“"), ("“", '"'), ("'", "’"), ("-", "–"), ("...", "…"), (" ", "\u00a0"), (".", ""), (":", " :")),
    *(("<b>", "<strong>"), ("&", "&amp;"), ("<", "&lt;"), ("«", "« "), ("1", "2"), ('"', ""), ("’", ""), ("(", "( ")),
)
_ADDED = ('"', "'", "“", "”", "<b>", "</b>", " ", ".", "•", "&amp;", '<a href="https://a.example">')


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _letters(text: str) -> str:
    """Return a text in small letters without accents, which capitals of Greek and French drop."""
    return _ACCENT.sub("", normalize("NFD", text.casefold())).translate(_ONE_SMALL_LETTER)


def cleaning_twice_changes_nothing(soup: Soup) -> None:
    text = soup.text()
    for clean in (clean_text, clean_line, without_invisible):
        assert clean(clean(text)) == clean(text), clean
    line = tidy(clean_line(text))
    assert tidy(line) == line


def what_was_hidden_comes_back(soup: Soup) -> None:
    text = clean_line(soup.text())
    name = clean_line(soup.text())[:10]
    masked = mask(text, MARKER, (name,) if name else ())
    assert unmask(masked.text, masked.originals, MARKER) == text


def readings_lie_in_the_text_and_in_order(soup: Soup) -> None:
    text, language = clean_line(soup.text()), soup.language()
    for found in (quantities.read(text, language), calendar.read(text, language), meaning.read(text, language)):
        assert all(0 <= each.start < each.end <= len(text) for each in found)
        assert [each.start for each in found] == sorted(each.start for each in found)


def what_we_write_as_xml_is_xml(soup: Soup) -> None:
    text = clean_line(soup.text())
    assert (etree.fromstring(f"<a>{xml_text(text)}</a>").text or "") == text
    assert (etree.fromstring(f"<a>{cdata(text)}</a>").text or "") in {text, escape(text)}
    assert etree.fromstring(f'<a b="{attribute(text)}"/>').get("b") == text
    etree.fromstring(f"<a>{render_markup(text)}</a>")


def clean_html_is_left_as_it_is(soup: Soup) -> None:
    clean = clean_html(clean_text(soup.text()))
    assert clean_html(clean) == clean


def isolating_adds_nothing_to_read(soup: Soup) -> None:
    text, locale = _ISOLATES.sub("", clean_line(soup.text())), soup.locale()
    assert _ISOLATES.sub("", isolate_text(text, locale)) == text
    assert unescape(_BDI.sub("", isolate_html(text, locale))) == unescape(escape(text))
    assert _BDI.sub("", isolate_markup(text, locale)) == _BDI.sub("", render_markup(text))


def slug_is_the_name_of_a_file(soup: Soup) -> None:
    slug = make_slug(soup.text(), soup.text() or "a")
    assert re.fullmatch(r"\w[\w.-]*", slug), slug
    assert slug == slug.lower()


def sentences_are_the_text(soup: Soup) -> None:
    text = clean_line(soup.text())
    sentences = Segmenter().split(text, soup.language())
    assert "".join(sentences) == text
    assert all(map(str.strip, sentences))


def lettering_changes_no_letter(soup: Soup) -> None:
    text, locale, evidence = clean_line(soup.text()), soup.locale(), Evidence(language=soup.language())
    for lettering in Lettering:
        assert _letters(in_sentence_case(text, lettering, evidence)) == _letters(text), lettering
        assert _letters(with_lettering(text, lettering, locale)) == _letters(text), lettering


def shape_fits_any_answer(soup: Soup) -> None:
    shaped = take_shape(clean_line(soup.text()), Evidence(language=soup.language()))
    give_shape(clean_line(soup.text()), shaped.shape, soup.locale())


def signs_change_no_word(soup: Soup) -> None:
    text = clean_line(soup.text())
    assert _words(with_plain_signs(text)) == _words(text)
    assert _words(with_typographic_signs(text, text, soup.locale())) == _words(text)


def facts_stand_apart(soup: Soup) -> None:
    text, target = clean_line(soup.text()), soup.locale()
    facts = find_facts(text, soup.locale(), target, NO_HINTS).replacements
    assert all(0 <= fact.start < fact.stop <= len(text) for fact in facts)
    assert all(one.stop <= other.start for one, other in pairwise(facts))
    fit_facts(clean_line(soup.text()), facts[:9], target)


def line_is_parted_or_left(soup: Soup) -> None:
    part_line(clean_line(soup.text()), soup.locale(), soup.locale(), LineNames())


def any_title_has_a_target_or_none(soup: Soup) -> None:
    title_target(clean_line(soup.text()), soup.language(), soup.chance.choice((_BRAZIL, *soup.locales)))


def unit_comes_back_from_its_catalog(soup: Soup) -> None:
    source, target = clean_line(soup.text()), clean_line(soup.text())
    if source and is_visible(target):
        unit = Unit(key=UnitKey("requirements", source), target=target)
        read = read_unit(write_unit(unit, 2))
        assert read is None or (read.key, read.target) == (unit.key, unit.target)


def any_edit_of_signs_is_carried(soup: Soup) -> None:
    before = after = clean_line(soup.text())
    for _ in range(soup.chance.randint(1, 3)):
        after = after.replace(*soup.chance.choice(_EDITS))
        place = soup.chance.randint(0, len(after))
        after = after[:place] + soup.chance.choice(("", *_ADDED)) + after[place:]
    target = soup.chance.choice((before, clean_line(soup.text())))
    if edits_between(before, clean_line(after)):
        carry_edit(target, before, clean_line(after), soup.chance.choice((None, soup.locale())))


def any_edit_of_figures_is_carried_or_not(soup: Soup) -> None:
    before = clean_line(soup.text())
    after = re.sub(r"\d", lambda _: soup.chance.choice("0123456789٣६"), before)
    target = soup.chance.choice((before, clean_line(soup.text())))
    FactEdit(source=soup.locale(), target=soup.locale()).carry(before, after, target)


def body_is_blocks_that_say_something(soup: Soup) -> None:
    text = "\n".join(soup.text() for _ in range(3))
    for section in read_body(clean_text(text), load_headings(), heading=clean_text(soup.text())):
        assert all(block.text for block in section.blocks if block.kind is not BlockKind.HEADING)


LAWS: Mapping[str, Callable[[Soup], None]] = {
    law.__name__: law
    for law in (
        cleaning_twice_changes_nothing,
        what_was_hidden_comes_back,
        readings_lie_in_the_text_and_in_order,
        what_we_write_as_xml_is_xml,
        clean_html_is_left_as_it_is,
        isolating_adds_nothing_to_read,
        slug_is_the_name_of_a_file,
        sentences_are_the_text,
        lettering_changes_no_letter,
        shape_fits_any_answer,
        signs_change_no_word,
        facts_stand_apart,
        line_is_parted_or_left,
        any_title_has_a_target_or_none,
        unit_comes_back_from_its_catalog,
        any_edit_of_signs_is_carried,
        any_edit_of_figures_is_carried_or_not,
        body_is_blocks_that_say_something,
    )
}
