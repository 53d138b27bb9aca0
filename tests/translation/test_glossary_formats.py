"""A glossary as CSV and as TBX: what it says, and everything that is wrong with it at once."""

from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import GlossaryError
from pipeline.language.term import Term
from pipeline.terminology.formats.csv_text import parse_csv, serialize_csv
from pipeline.terminology.formats.rows import Mistake, Parsed, TermRow, unite_rows
from pipeline.terminology.formats.tbx import parse_tbx
from pipeline.terminology.glossary_file import read_glossary, write_glossary

BRAZIL = Locale("pt", "BR")
HEADER = "source_language,source,locale,target,rule,context,note\n"
CSV = f"""{HEADER}\
en,nurse,pt-BR,profissional de enfermagem,must,,house wording
en,nurse,pt_BR,enfermeira,must_not,,"two
lines"
en,Blue Oven,,,keep,,

en,"chef, head",pt_BR,chefe,must,title,
en,,pt_BR,ninja,must_not,,
"""


def term(source: str, required: tuple[str, ...] = (), forbidden: tuple[str, ...] = ()) -> Term:
    return Term(language="en", source=source, locale=BRAZIL, required=required, forbidden=forbidden)


def test_rows_are_terms_with_their_lines() -> None:
    assert parse_csv(CSV) == Parsed(
        rows=(
            TermRow(line=2, term=term("nurse", required=("profissional de enfermagem",))),
            TermRow(line=3, term=term("nurse", forbidden=("enfermeira",))),
            TermRow(line=5, term=Term(language="en", source="Blue Oven", keep=True)),
            TermRow(
                line=7,
                term=Term(language="en", source="chef, head", locale=BRAZIL, context="title", required=("chefe",)),
            ),
            TermRow(line=8, term=term("", forbidden=("ninja",))),
        )
    )


def test_rows_about_one_source_are_one_term() -> None:
    united = unite_rows(parse_csv(CSV).rows)
    assert united.terms[0] == term("nurse", required=("profissional de enfermagem",), forbidden=("enfermeira",))
    assert (len(united.terms), united.contradictions, united.duplicates) == (4, (), ())


def test_every_mistake_is_told_with_its_line() -> None:
    text = f"""{HEADER}\
xx-bad,nurse,pt_BR,enfermeiro,must,,
,nurse,,enfermeiro,must,,
en,,pt_BR,,must,,
en,nurse,pt_BR,enfermeiro,should,tittle,
en,nurse,pt_BR,enfermeiro,keep,,
en,nurse,pt_BR,enfermeiro, chefe,must,,
"""
    assert [(mistake.line, mistake.reason.split(";")[0]) for mistake in parse_csv(text).mistakes] == [
        (2, "source_language: 'xx-bad' is not a locale"),
        (3, "source_language is empty"),
        (3, "locale is empty"),
        (4, "source is empty"),
        (4, "target is empty"),
        (5, "rule is 'should', it has to be one of must, must_not, keep"),
        (5, next(m.reason for m in parse_csv(text).mistakes if "tittle" in m.reason)),
        (6, "target is 'enfermeiro'"),
        (7, "rule is 'chefe', it has to be one of must, must_not, keep"),
        (7, "1 cells more than columns"),
        (7, next(m.reason for m in parse_csv(text).mistakes if "context is 'must'" in m.reason)),
    ]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("", ["the first line has to name the columns"]),
        ("source_language|source|locale|target|rule\n", ["the first line has to name the columns"]),
        ("source,source,target,rule,lcale\n", ["the column source_language", "the column locale", "'lcale'"]),
        (HEADER + 'en,"nurse,pt_BR\n', ["not CSV"]),
    ],
)
def test_text_that_is_no_glossary_is_told(text: str, reasons: list[str]) -> None:
    told = [mistake.reason for mistake in parse_csv(text).mistakes]
    assert all(any(reason.startswith(wanted) for reason in told) for wanted in reasons), told


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_delimiter_is_the_one_that_the_first_line_names_the_columns_by(delimiter: str) -> None:
    plain = HEADER + "en,nurse,pt_BR,enfermeiro,must,,\n"
    quoted = f'{plain}en,"chef{delimiter} head",pt_BR,"chefe, geral",must,,\n'
    text = quoted.replace(",", delimiter).replace(f"chefe{delimiter}", "chefe,")
    rows = [row.term for row in parse_csv(text).rows]
    head = term(f"chef{delimiter} head" if delimiter == ";" else "chef head", required=("chefe, geral",))
    assert rows == [term("nurse", required=("enfermeiro",)), head]


def test_order_of_columns_and_missing_optional_ones_do_not_matter() -> None:
    text = "rule,target,locale,source,source_language\nmust,enfermeiro,pt_BR,nurse,en\n"
    assert [row.term for row in parse_csv(text).rows] == [term("nurse", required=("enfermeiro",))]


def test_contradiction_and_duplicate_name_both_lines() -> None:
    rows = parse_csv(
        f"{HEADER}en,nurse,pt_BR,enfermeiro,must,,\nen,nurse,pt_BR,,keep,,\n"
        "en,nurse,pt_BR,Enfermeiro,must_not,,\nen,nurse,pt_BR,enfermeiro,must,,\nen,nurse,pt_BR,enfermeiro,must,title,\n"
    ).rows
    united = unite_rows(rows)
    assert [mistake.line for mistake in united.contradictions] == [3, 4]
    assert all("contradicts line 2" in mistake.reason for mistake in united.contradictions)
    assert united.duplicates == (Mistake(line=5, reason="repeats what line 2 or one after it says"),)


wordings = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).map(
    lambda text: " ".join(text.split())
)


@given(st.lists(st.tuples(wordings, wordings).filter(all), max_size=5))
def test_what_is_written_is_read_again(pairs: list[tuple[str, str]]) -> None:
    required = (term(source, required=(target,)) for source, target in dict(pairs).items())
    terms = (Term(language="en", source="Blue Oven", context="title", keep=True), *required)
    assert unite_rows(parse_csv(serialize_csv(terms)).rows).terms == terms


@pytest.mark.parametrize("wording", ["=HYPERLINK(1)", "+1", "-x", "@you", "'=1"])
def test_formula_is_text_on_paper_and_comes_back(wording: str) -> None:
    text = serialize_csv([term("nurse", required=(wording,))])
    assert f",'{wording}," in text
    assert parse_csv(text).rows[0].term.required == (wording,)


def test_file_may_start_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    path.write_bytes(b"\xef\xbb\xbf" + CSV.encode())
    assert len(read_glossary(path).terms) == 4


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "glossary.csv: no such file; translate.glossary or the command names it"),
        (b"\xff\xfea", "glossary.csv: not UTF-8 at byte 0; save it as UTF-8"),
        (b"a\0b", "glossary.csv:1: not a text file: it holds NUL characters"),
    ],
)
def test_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "glossary.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GlossaryError) as caught:
        read_glossary(path)
    assert (str(caught.value), caught.value.exit_code) == (f"{tmp_path}/{told}", 2)


def test_every_line_with_a_mistake_is_told_in_order(tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    rows = "en,nurse,pt_BR,enfermeiro,must,,\nen,nurse,pt_BR,,keep,,\nen,,pt_BR,x,must,,\n"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(GlossaryError) as caught:
        read_glossary(path)
    assert [told.split(":")[0] for told in caught.value.mistakes] == ["3", "4"]


def test_folder_is_no_glossary(tmp_path: Path) -> None:
    for use in (lambda: read_glossary(tmp_path), lambda: write_glossary(tmp_path, [])):
        with pytest.raises(GlossaryError, match="is a folder"):
            use()


def test_unchanged_glossary_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    terms = [term("nurse", required=("enfermeiro",))]
    assert [write_glossary(path, terms), write_glossary(path, terms)] == [True, False]


TBX_2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd" [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="1"><descrip type="subjectField">title</descrip>
<langSet xml:lang="en"><tig><term>nurse</term></tig></langSet>
<langSet xml:lang="pt-BR">
<tig><term>enfermeira</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
<ntig><termGrp><term>técnico de
 enfermagem</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig>
<tig><term>enfermeiro</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
</langSet></termEntry>{more}
</body></text></martif>
"""
TBX_3 = """<?xml version="1.0"?>
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><!-- one -->
<conceptEntry id="1"><min:subjectField>health</min:subjectField>
<langSec xml:lang="en"><termSec><term>nurse</term></termSec></langSec>
<langSec xml:lang="pt-BR">
<termSec><term>enfermeira</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>enfermeiro</term></termSec>
</langSec></conceptEntry></body></text></tbx>
"""


def test_tbx_of_2008_is_read() -> None:
    nurse = Term(
        language="en",
        source="nurse",
        locale=BRAZIL,
        context="title",
        required=("enfermeiro", "técnico de enfermagem"),
        forbidden=("enfermeira",),
    )
    parsed = parse_tbx(TBX_2.format(more="").encode())
    united = unite_rows(parsed.rows)
    assert parsed.mistakes == ()
    assert [found for found in united.terms if found.language == "en"] == [nurse]
    assert {found.source: found.required for found in united.terms if found.language == "pt"} == {
        "enfermeira": ("nurse",),
        "técnico de enfermagem": ("nurse",),
        "enfermeiro": ("nurse",),
    }


def test_tbx_of_2019_is_read() -> None:
    nurse = term("nurse", required=("enfermeiro",), forbidden=("enfermeira",))
    assert unite_rows(parse_tbx(TBX_3.encode()).rows).terms[0] == nurse


def test_tbx_entities_are_not_resolved_but_told_and_so_is_every_other_mistake() -> None:
    more = (
        '<termEntry id="2"><langSet xml:lang="en"><tig><term>&secret;</term></tig></langSet>'
        '<langSet xml:lang="qqqq"><tig><term>x</term></tig></langSet>'
        '<langSet xml:lang="de"><tig><term> </term></tig><tig/></langSet></termEntry>'
    )
    told = [mistake.reason for mistake in parse_tbx(TBX_2.format(more=more).encode()).mistakes]
    assert [reason.split(";")[0] for reason in told] == [
        "the term holds an entity, which is not resolved",
        "xml:lang: 'qqqq' is not a locale",
        "the term is empty",
        "no <term> in it",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<martif", "not XML"),
        (b"<html/>", "the root is <html>"),
        (b"<martif/>", "no concept has terms in two languages"),
    ],
)
def test_other_xml_is_no_glossary(content: bytes, reason: str) -> None:
    (mistake,) = parse_tbx(content).mistakes
    assert mistake.reason.startswith(reason)


def test_ending_tells_the_format(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(TBX_3, encoding="utf-8")
    assert len(read_glossary(path).terms) == 3
