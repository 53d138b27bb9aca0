"""PO text of other tools and of hands is read as gettext reads it, or refused with the lines and what to do."""

import subprocess
from pathlib import Path

import pytest

from pipeline.catalog.foreign_form import convert, read_other_form
from pipeline.catalog.house_form import Entry
from pipeline.catalog.po_file import parse_catalog, read_catalog, serialize_catalog
from pipeline.errors import CatalogError
from tests.projects import CONFIG, polypost, write_tree
from tests.tools import require_tool

PATH = Path("locales/fr/LC_MESSAGES/postings.en.po")
HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
NURSE = 'msgid "Nurse"\nmsgstr "Infirmière"\n'
PLAIN = Entry(6, None, "Nurse", "Infirmière")
READ = {
    "flags without a space": ("#,fuzzy,no-wrap\n" + NURSE, PLAIN._replace(flags=("fuzzy", "no-wrap"))),
    "sticky flags": ("#= no-wrap\n" + NURSE, PLAIN._replace(flags=("no-wrap",))),
    "remark without a space": ("#.text\n" + NURSE, PLAIN._replace(remarks=("text",))),
    "reference without a space": ("#:f g\n" + NURSE, PLAIN._replace(references=("f", "g"))),
    "reference with spaces": ("#: \u2068a b\u2069 c\n" + NURSE, PLAIN._replace(references=("a%20b", "c"))),
    "previous without a space": (
        '#, fuzzy\n#|msgid "A nurse"\n' + NURSE,
        PLAIN._replace(flags=("fuzzy",), previous_source="A nurse"),
    ),
    "a lone mark": ("#~\n" + NURSE, PLAIN._replace(line=7)),
    "a blank note": ("#\n# note\n#\n" + NURSE, PLAIN._replace(notes=("note",))),
    "note without a space": ("#note\n" + NURSE, PLAIN._replace(notes=("note",))),
    "octal": ('msgid "Nurse"\nmsgstr "Infirmi\\303\\250re"\n', PLAIN),
    "hexadecimal": ('msgid "Nurse"\nmsgstr "Infirmi\\xc3\\xa8r\\x65"\n', PLAIN),
    "two strings on a line": ('msgid "Nur" "se"\nmsgstr"Infir"  "mière"\n', PLAIN),
    "all on a line": ('msgid "Nurse" msgstr "Infirmière"\n', PLAIN),
    "strings on other lines": ('  msgid\n"Nurse"\n\tmsgstr\n"Infirmière"\n', PLAIN),
    "plural": (
        'msgid"%d job"\nmsgid_plural "%d jobs"\nmsgstr [0] "a"\nmsgstr[ 1 ] "b"\n',
        Entry(6, None, "%d job", "a", "%d jobs", ("a", "b")),
    ),
    "obsolete": (
        (
            '# note\n#~|msgctxt "offer"\n#~|msgid "A nurse"\n'
            '#~msgctxt "title"\n#~msgid "Nurse"\n#~msgstr "Infir"\n#~ "mière"\n'
        ),
        PLAIN._replace(
            context="title", notes=("note",), previous_context="offer", previous_source="A nurse", obsolete=True
        ),
    ),
}


@pytest.mark.parametrize("form", READ)
def test_foreign_form_is_read_as_it_is_meant(form: str) -> None:
    entries, expected = READ[form]
    assert read_other_form(HEAD + entries, PATH).entries == [expected]
    assert read_other_form((HEAD + entries).replace("\n", "\r\n"), PATH).entries == [expected]


@pytest.mark.parametrize("form", READ)
def test_gettext_reads_the_same_and_takes_what_is_written(form: str, tmp_path: Path) -> None:
    rule = '"Plural-Forms: nplurals=2; plural=n > 1;\\n"'
    text = f"{HEAD[:-1]}{rule}\n\n{READ[form][0]}"
    written = serialize_catalog(parse_catalog(text, PATH))
    path = tmp_path / "a.po"
    for content in (text, written):
        path.write_text(content, encoding="utf-8")
        command = [require_tool("msgcat"), "--no-wrap", "--width=100000", str(path)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        if form != "sticky flags":  # which gettext knows since 0.25
            assert serialize_catalog(parse_catalog(done.stdout, PATH)) == written
    subprocess.run([require_tool("msgfmt"), "--check", "-o", "/dev/null", path], check=True)


def test_header_keeps_its_blank_notes() -> None:
    assert read_other_form(f"# French\n#\n#note\n{HEAD}", PATH).notes == ("French", "", "note")


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (HEAD + NURSE, ":6: has two headers, lines 1 and 6; keep the one that names the language"),
        ('#~ msgid ""\n#~ msgstr "Language: de\\n"\n', ":6: has two headers, lines 1 and 6 (the one in line 6 is obs"),
        ('#~ msgid "a"\nmsgstr "b"\n', ":7: `#~` stands before some lines of this entry, not before all"),
        ('msgid "a"\nmsgstr "\\351"\n', ":7: the bytes \\351 are no UTF-8; write the character itself"),
        ('msgid "a"\nmsgstr "\\q"\n', ":7: \\q is no escape of PO; write \\\\q for a backslash"),
        (
            'msgid "a"\nmsgstr ""\n"#-#-#-#-#  a.po  #-#-#-#-#\\n"\n"x\\n"\n"#-#-#-#-#  b.po  #-#-#-#-#\\n"\n',
            ":8: msgcat joined files that differ (`#-#-#-#-#`, lines 8, 10); keep one",
        ),
        ("#~ x\n", ":6: neither a comment"),
        ('msgid "a"\nmsgstr\n', ":6: this entry breaks off"),
        ('#| msgid "a"\n', ":6: this entry breaks off"),
    ],
)
def test_what_is_not_meant_is_refused_with_its_lines(entries: str, told: str) -> None:
    with pytest.raises(CatalogError) as refused:
        parse_catalog(HEAD + entries, PATH)
    assert str(refused.value).startswith(f"{PATH}{told}")


def test_string_without_a_word_before_it_is_refused() -> None:
    with pytest.raises(CatalogError, match=":1: neither a comment nor a whole quoted string"):
        parse_catalog(f'"x"\n{HEAD}', PATH)


def test_header_that_is_obsolete_is_told() -> None:
    text = "".join(f"#~ {line}\n" if line else "\n" for line in HEAD.split("\n"))
    with pytest.raises(CatalogError, match=":1: its header is marked obsolete; take `#~ ` off its lines"):
        parse_catalog(text + NURSE, PATH)


def test_catalog_of_another_language_is_told_and_one_of_another_country_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pt_BR" / "LC_MESSAGES" / "postings.en.po"
    write_tree(tmp_path, {str(path): HEAD + NURSE})
    with pytest.raises(
        CatalogError, match=":3: says `Language: fr`, but lies in the folder of pt_BR; correct the line"
    ):
        read_catalog(path)
    for language in ("pt_PT", "pt", "", "Klingon"):
        path.write_text(HEAD.replace("fr", language) + NURSE, encoding="utf-8")
        assert read_catalog(path)


def test_catalogs_in_declared_encodings_are_converted_when_asked(tmp_path: Path) -> None:
    project = write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/a.txt": "Title: Nurse\n\nWe help people.\n"})
    folder = project / "locales" / "fr" / "LC_MESSAGES"
    text = HEAD.replace("fr", "fr_FR") + '#. "\nmsgctxt "title"\nmsgid "Nurse"\nmsgstr "Infirmière"\n'
    folder.mkdir(parents=True)
    path = folder / "postings.en.po"
    path.write_bytes(text.replace("UTF-8", "ISO-8859-1").encode("latin-1"))
    told = polypost(project, "catalogs", "update")
    assert (told.returncode, "`polypost catalogs update --convert` rewrites it as UTF-8" in told.stderr) == (1, True)
    done = polypost(project, "catalogs", "update", "--convert")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"{path}: rewritten in UTF-8")
    catalog = read_catalog(path)
    assert catalog
    assert catalog.units[0].target == "Infirmière"
    assert "charset=UTF-8" in dict(catalog.headers)["Content-Type"]


def test_conversion_reads_what_a_file_declares_and_refuses_what_is_not_so() -> None:
    japanese = HEAD.replace("UTF-8", "Shift_JIS") + 'msgid "table"\nmsgstr "表示 ソ"\n'
    expected = japanese.replace("Shift_JIS", "UTF-8").encode()
    assert convert(japanese.encode("shift_jis"), PATH) == expected
    assert convert(japanese.encode(), PATH) == expected
    assert convert(expected, PATH) is None
    assert convert((HEAD + NURSE).encode("utf-16"), PATH) == (HEAD + NURSE).encode()
    with pytest.raises(CatalogError, match="says charset=Klingon, but it cannot be read so"):
        convert(HEAD.replace("UTF-8", "Klingon").encode() + b'msgid "\xe9"\n', PATH)
    with pytest.raises(CatalogError, match="says charset=US-ASCII, but it cannot be read so"):
        convert(HEAD.replace("UTF-8", "US-ASCII").encode() + b'msgid "\xe9"\n', PATH)
    with pytest.raises(CatalogError, match="not UTF-8 at byte"):
        convert(HEAD.encode() + b'msgid "\xe9"\n', PATH)


def test_entry_that_stands_twice_is_read_on_request_as_often_as_it_stands() -> None:
    again = NURSE.replace("Infirmière", "Soignante")
    entries = read_other_form(f"{HEAD}{NURSE}\n{again}", PATH, doubles=True).entries
    assert entries == [PLAIN, PLAIN._replace(line=9, target="Soignante")]
