"""A posting speaks to its reader in one way, the one that its locale asks for."""

import json
from pathlib import Path

import pytest

from tests.projects import CONFIG, polypost, write_tree

PATH = "locales/fr/LC_MESSAGES/postings.en.po"
POSTING = """\
Title: Baker
Id: a-1

Requirements
You like bread.
We count on you.
Send us your CV.
"""
CATALOG = """\
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Source-Language: en\\n"

#: postings/a-1
#, fuzzy
msgctxt "requirements"
msgid "You like bread."
msgstr "Vous aimez le pain."

#: postings/a-1
#, fuzzy
msgctxt "requirements"
msgid "We count on you."
msgstr "Nous comptons sur toi."

#: postings/a-1
#, fuzzy
msgctxt "requirements"
msgid "Send us your CV."
msgstr "Envoyez-nous votre CV."
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"polypost.toml": CONFIG, "postings/a.txt": POSTING, PATH: CATALOG})


def found(project: Path) -> list[tuple[str, str, str]]:
    listed = json.loads(polypost(project, "check", "--json").stdout)
    return [(each["source"], each["severity"], each["detail"]) for each in listed if each["check"] == "address"]


def test_rarer_form_of_a_posting_is_a_warning_in_check_catalog_and_why(project: Path) -> None:
    assert found(project) == [
        ("We count on you.", "warning", "speaks to the reader informally (toi), the rest of postings/a-1 formally")
    ]
    polypost(project, "catalogs", "update")
    before, _, after = (project / PATH).read_text().partition("#. check: address\n")
    assert after.startswith('#: postings/a-1\n#, fuzzy\nmsgctxt "requirements"\nmsgid "We count on you."')
    assert "check: address" not in before + after
    assert "warning address: speaks to the reader informally (toi)" in polypost(project, "why", "a-1", "fr").stdout


@pytest.mark.parametrize(("address", "sources"), [("formal", [1]), ("informal", [0, 2])])
def test_what_a_locale_asks_for_is_an_error_where_a_target_is_otherwise(
    project: Path, address: str, sources: list[int]
) -> None:
    write_tree(project, {"polypost.toml": f'{CONFIG}\n[translate.locales.fr]\naddress = "{address}"\n'})
    texts = ("You like bread.", "We count on you.", "Send us your CV.")
    assert [each[:2] for each in found(project)] == [(texts[place], "error") for place in sources]


def test_check_that_is_off_looks_at_no_posting(project: Path) -> None:
    write_tree(project, {"polypost.toml": f'{CONFIG}\n[checks]\naddress = "off"\n'})
    assert found(project) == []
