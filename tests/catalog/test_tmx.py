"""Translation memories of other tools are read as they mean it, ours by theirs; what is hostile is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile

from pipeline.catalog.exchange.tmx import TmxUnit, parse_tmx, serialize_tmx
from pipeline.language.limits import MAX_SEGMENT_CHARS
from pipeline.model.cleaning import clean_line
from pipeline.model.locale import parse_locale
from tests.catalog.random_units import LETTERS

EN, PT_BR = parse_locale("en"), parse_locale("pt_BR")
OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
          creationtoolversion="5.7" segtype="sentence" srclang="EN-US"/>
  <body>
    <tu>
      <tuv xml:lang="EN-US"><seg>Work <bpt i="0" x="0">&lt;b0></bpt>at night<ept i="0">&lt;/b0></ept></seg></tuv>
      <tuv xml:lang="PT-BR" changeid="ana" changedate="20260101T000000Z">
        <seg>Trabalho <bpt i="0" x="0">&lt;b0></bpt>noturno<ept i="0">&lt;/b0></ept></seg>
      </tuv>
    </tu>
  </body>
</tmx>"""
TRADOS = """<?xml version="1.0" encoding="utf-16"?>
<tmx version="1.4"><header creationtool="TW4Win" srclang="EN-GB" datatype="rtf" segtype="sentence"/><body>
<tu><prop type="Txt::Flags">x</prop>
<tuv xml:lang="EN-GB"><seg>Send <ph x="1" type="fmt">{name}</ph> to
 <hi type="term">the office</hi><it pos="begin">\\b </it>.</seg></tuv>
<tuv xml:lang="FR-FR"><seg>Envoyez <ph x="1">{name}</ph> au <hi>bureau</hi><ut>\\b</ut>.</seg></tuv>
<tuv xml:lang="DE-DE"><seg>{} </seg></tuv></tu></body></tmx>"""
WEBLATE = """<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE tmx
  SYSTEM 'tmx14.dtd'>
<tmx version="1.4"><header creationtool="Translate Toolkit" srclang="en" datatype="PlainText"/><body>
<tu><note>reviewed</note><tuv xml:lang="en"><seg>R&amp;D &lt;b&gt;</seg></tuv>
<tuv xml:lang="pt_BR"><seg>P&#38;D
 &lt;b&gt;</seg></tuv></tu></body></tmx>"""
OLD = """<tmx version="1.1"><header srclang="*all*"/><body>
<tu><tuv lang="en"><seg>Cook</seg></tuv><tuv lang="fr"><seg>Cuisinier</seg></tuv></tu></body></tmx>"""


def unit(source: str, target: str, locale: str = "pt_BR", source_locale: str = "en") -> TmxUnit:
    return TmxUnit(parse_locale(source_locale), parse_locale(locale), source, target)


def tmx(body: str, head: str = "") -> bytes:
    return f'{head}<tmx version="1.4"><header srclang="en"/><body>{body}</body></tmx>'.encode()


def tu(source: str, target: str) -> str:
    return f'<tu><tuv xml:lang="en"><seg>{source}</seg></tuv><tuv xml:lang="fr"><seg>{target}</seg></tuv></tu>'


@pytest.mark.parametrize(
    ("content", "units"),
    [
        (OMEGAT.encode(), (unit("Work at night", "Trabalho noturno", "pt_BR", "en_US"),)),
        (
            TRADOS.encode("utf-16"),
            (
                unit("Send {name} to the office.", "Envoyez {name} au bureau.", "fr_FR", "en_GB"),
                unit("Send {name} to the office.", "{}", "de_DE", "en_GB"),
            ),
        ),
        (WEBLATE.encode(), (unit("R&D <b>", "P&D <b>"),)),
        (OLD.encode(), (unit("Cook", "Cuisinier", "fr"), unit("Cuisinier", "Cook", "en", "fr"))),
    ],
)
def test_other_tools_memories_are_read(content: bytes, units: tuple[TmxUnit, ...]) -> None:
    assert parse_tmx(content) == (units, ())


def test_source_language_of_a_unit_goes_before_that_of_the_file() -> None:
    body = tu("Cook", "Cuisinier").replace("<tu>", '<tu srclang="fr">')
    assert parse_tmx(tmx(body)).units == (unit("Cuisinier", "Cook", "en", "fr"),)


def test_texts_without_a_partner_are_left_out() -> None:
    assert parse_tmx(tmx(tu("Cook", " ") + tu("Cook", "x").replace('"fr"', '"en_GB"'))) == ((), ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (tmx(tu("&a;", "x"), '<!DOCTYPE tmx [<!ENTITY a "b">]>'), "its document type declares entities"),
        (
            tmx(tu("&c;", "x"), '<!DOCTYPE tmx [<!ENTITY a "bb"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'),
            "its document type declares entities",
        ),
        (tmx(tu("x", "y"), '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "its document type declares"),
        (tmx(tu("&a;", "x"), '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), "its text holds an entity"),
        (tmx(tu("&a;", "x")), "not XML: "),
        (tmx(tu("a" * (MAX_SEGMENT_CHARS + 1), "x")), "its text has 12,001 characters"),
        (tmx("<tu><tuv xml:lang='en'/></tu>"), "no <seg> in it"),
        (tmx("<tu><tuv><seg>x</seg></tuv></tu>"), "xml:lang: "),
        (b"<xliff/>", "the root is <xliff>"),
        (b"", "not XML: "),
        (b"\x00\xff", "not XML: "),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, reason: str) -> None:
    found = parse_tmx(content)
    assert found.units == ()
    assert [mistake.reason.startswith(reason) for mistake in found.mistakes] == [True]


def test_file_that_breaks_off_gives_what_stands_before() -> None:
    whole = tmx(tu("Cook", "Cuisinier") + "\n" + tu("Nurse", "Infirmier"))
    found = parse_tmx(whole[: whole.index(b"Infirmier")])
    assert found.units == (unit("Cook", "Cuisinier", "fr"),)
    assert [mistake.line for mistake in found.mistakes] == [2]


def document(*units: TmxUnit) -> bytes:
    return "\n".join(serialize_tmx(units, "0.1", EN)).encode()


TEXT = st.lists(LETTERS, min_size=1, max_size=12).map("".join).map(clean_line).filter(bool)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_what_is_written_is_read(texts: list[tuple[str, str]]) -> None:
    units = tuple(TmxUnit(EN, PT_BR, source, target, "offer", "reviewed") for source, target in texts)
    assert parse_tmx(document(*units)) == (units, ())


def test_translate_toolkit_reads_what_is_written() -> None:
    units = [unit("R&D <b> “C++”", "P&D <b> “C++”"), unit("Night shift", "دوام ليلي", "ar")]
    read = tmxfile.parsestring(document(*units))  # type: ignore[no-untyped-call]
    assert [(each.source, each.target) for each in read.units] == [(each.source, each.target) for each in units]
    assert read.translate("Night shift", "en", "ar") == "دوام ليلي"


def test_signs_that_xml_cannot_hold_are_dropped() -> None:
    assert parse_tmx(document(unit("a\x0bb\ufffe", "c\ud800d"))).units == (unit("ab", "cd"),)


def test_memory_of_any_size_is_read_once_through() -> None:
    content = tmx(tu("Cook", "Cuisinier") * 20_000)
    assert len(parse_tmx(content).units) == 20_000
