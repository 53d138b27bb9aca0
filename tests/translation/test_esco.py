"""ESCO's own CSV files, one a language: every occupation comes in, for titles."""

import csv
import io

from babel import Locale

from pipeline.language.glossary import Glossary
from pipeline.language.term import Term
from pipeline.terminology.formats.csv_text import parse_csv, serialize_csv
from pipeline.terminology.formats.esco import Occupation, join_occupations, language_of, parse_occupations
from pipeline.terminology.formats.rows import unite_rows
from pipeline.terminology.simplemma_forms import SimplemmaForms
from tests.projects import shared_data

COLUMNS = (
    "conceptType",
    "conceptUri",
    "iscoGroup",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "description",
)


def official(names: dict[str, tuple[str, str]]) -> str:
    """Write preferred and alternative names by URI as ESCO's download has them."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="x", lineterminator="\r\n")
    writer.writeheader()
    for uri, (preferred, alternative) in names.items():
        writer.writerow({"conceptUri": uri, "preferredLabel": preferred, "altLabels": alternative})
    return "\ufeff" + out.getvalue()


def test_file_that_a_spreadsheet_saved_with_semicolons_or_tabs_is_read() -> None:
    rows = (("conceptUri", "preferredLabel", "altLabels"), ("u:1", "cook", ""))
    texts = ["\n".join(delimiter.join(row) for row in rows) for delimiter in ";\t"]
    assert [parse_occupations(text).by_uri for text in texts] == [{"u:1": Occupation(preferred="cook")}] * 2


def joined(source: dict[str, tuple[str, str]], target: dict[str, tuple[str, str]]) -> list[Term]:
    names = parse_occupations(official(source)).by_uri, parse_occupations(official(target)).by_uri
    return list(join_occupations(*names, Locale("en"), Locale("de")))


def term(source: str, *required: str) -> Term:
    return Term(language="en", source=source, locale=Locale("de"), context="title", required=required)


def test_names_are_read_with_alternatives_a_line_each() -> None:
    text = official(
        {"uri/1": ("nurse", "hospital nurse\nward nurse\nnurse"), "uri/2": ("baker", ""), "uri/3": ("", "x")}
    )
    assert parse_occupations(text).by_uri == {
        "uri/1": Occupation(preferred="nurse", alternative=("hospital nurse", "ward nurse")),
        "uri/2": Occupation(preferred="baker"),
    }


def test_other_file_is_told() -> None:
    (mistake,) = parse_occupations("a,b\n1,2\n").mistakes
    assert mistake.reason.startswith("the columns conceptUri and preferredLabel are missing")
    twice = parse_occupations(official({"uri/1": ("nurse", "")}) + "x,uri/1,x,baker\r\nx,,x,cook\r\n").mistakes
    assert [(mistake.line, mistake.reason) for mistake in twice] == [
        (3, "uri/1 stands twice"),
        (4, "conceptUri is empty"),
    ]
    (broken,) = parse_occupations(official({}) + 'x,"uri/1').mistakes
    assert broken.reason.startswith("not CSV")


def test_every_name_leads_to_the_preferred_one_of_the_other_language() -> None:
    source = {"1": ("nurse", "ward nurse\ncarer"), "2": ("carer", ""), "3": ("cook", "chef"), "4": ("baker", "chef")}
    target = {
        "1": ("Pfleger/Pflegerin", "X"),
        "2": ("Betreuer", ""),
        "3": ("Koch", ""),
        "4": ("Bäcker", ""),
        "5": ("Y", ""),
    }
    assert joined(source, target) == [
        term("nurse", "Pfleger/Pflegerin"),
        term("ward nurse", "Pfleger/Pflegerin"),
        term("carer", "Betreuer"),
        term("cook", "Koch"),
        term("chef", "Koch", "Bäcker"),
        term("baker", "Bäcker"),
    ]


def test_name_of_the_file_tells_its_language() -> None:
    assert [language_of(name) for name in ("occupations_de.csv", "ESCO-v1.2-FR.csv", "occupations.csv")] == [
        "de",
        "fr",
        "",
    ]


def test_all_of_esco_comes_in_and_titles_find_it() -> None:
    text = (shared_data() / "esco/occupations.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    source, target = ({row["uri"]: (row[language], "") for row in rows} for language in ("en", "de"))
    both = [row for row in rows if row["en"] and row["de"]]
    terms = joined(source, target)
    assert len(rows) == 3629
    pairs = {(found.source, required) for found in terms for required in found.required}
    assert pairs == {(" ".join(row["en"].split()), " ".join(row["de"].split())) for row in both}
    assert unite_rows(parse_csv(serialize_csv(terms)).rows).terms == tuple(terms)
    scope = Glossary(terms, SimplemmaForms).scope("en", Locale("de"))
    titles = (f"{row['en'][0].upper()}{row['en'][1:]} (m/f/d)" for row in both)
    assert [title for title in titles if scope.find_whole(title, "title") is None] == []
