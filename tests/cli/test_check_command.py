"""`polypost check`: what is found, where, and what to do about it; severities as configured."""

import json
from pathlib import Path

import pytest

from tests.projects import CONFIG, polypost, write_tree

CATALOG = """\
msgid ""
msgstr ""
"Language: pt_BR\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Source-Language: en\\n"

#: postings/acme-4711 postings/beta%20b
#, fuzzy
msgctxt "requirements"
msgid "2 references."
msgstr "3 referências"

#: postings/acme-4711
msgctxt "offer"
msgid "A gift of €20"
msgstr "Um presente de $20"

#~ msgctxt "offer"
#~ msgid "5 ovens"
#~ msgstr "6 fornos"
"""
PATH = "locales/pt_BR/LC_MESSAGES/postings.en.po"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"polypost.toml": CONFIG, PATH: CATALOG})


def test_report_names_place_posting_texts_fault_and_remedy(project: Path) -> None:
    done = polypost(project, "check")
    assert (done.returncode, done.stdout) == (
        1,
        """\
pt_BR error currency (1): name the currency of the source at each amount
  locales/pt_BR/LC_MESSAGES/postings.en.po:13 7c0f42149a5d [offer] reviewed in acme-4711
    en: A gift of €20
    pt_BR: Um presente de $20
    missing EUR, added dollar
pt_BR error numbers (1): write each number of the source once, with the same value
  locales/pt_BR/LC_MESSAGES/postings.en.po:7 4ce0e5b2fc2b [requirements] needs_review in acme-4711, beta b
    en: 2 references.
    pt_BR: 3 referências
    missing 2, added 3
pt_BR warning end_mark (1): end as the source does, with this language's mark
  locales/pt_BR/LC_MESSAGES/postings.en.po:7 4ce0e5b2fc2b [requirements] needs_review in acme-4711, beta b
    en: 2 references.
    pt_BR: 3 referências
    ends with no mark, the source with .
en: 0 errors, 0 warnings
pt_BR: 2 errors, 1 warnings
fr: 0 errors, 0 warnings
all: 2 errors, 1 warnings
1 errors are on reviewed targets, which no check holds back
""",
    )


def test_json_has_one_object_a_finding(project: Path) -> None:
    found = json.loads(polypost(project, "check", "--json").stdout)
    assert [finding["check"] for finding in found] == ["numbers", "end_mark", "currency"]
    assert found[0] == {
        "unit": "4ce0e5b2fc2b",
        "locale": "pt_BR",
        "domain": "postings.en",
        "file": str(project / PATH),
        "line": 7,
        "postings": ["acme-4711", "beta b"],
        "context": "requirements",
        "source": "2 references.",
        "target": "3 referências",
        "state": "needs_review",
        "check": "numbers",
        "severity": "error",
        "detail": "missing 2, added 3",
        "risk": None,
        "holds": True,
        "remedy": "write each number of the source once, with the same value",
    }


def test_error_on_a_reviewed_target_holds_nothing_and_counts_only_when_asked(project: Path) -> None:
    write_tree(project, {PATH: CATALOG.replace("3 referências", "2 referências.")})
    found = json.loads(polypost(project, "check", "--json").stdout)
    assert [(each["check"], each["state"], each["holds"]) for each in found] == [("currency", "reviewed", False)]
    assert [polypost(project, "check", *asked).returncode for asked in ((), ("--reviewed",))] == [0, 1]


def test_check_of_an_earlier_version_is_configured_by_the_name_that_it_had(project: Path) -> None:
    gendered = CATALOG.replace("2 references.", "Baker (m/f/d)").replace("3 referências", "Padeira")
    tables = '[checks]\ngender_forms = "off"\nverb_forms = "off"\ncurrency = "error"\n'
    found = []
    for added in ("", tables):
        write_tree(project, {"polypost.toml": CONFIG + added, PATH: gendered})
        found.append({each["check"] for each in json.loads(polypost(project, "check", "--json").stdout)})
    assert found[0] - found[1] == {"gender"}


def test_severity_is_set_for_all_locales_and_for_one(project: Path) -> None:
    tables = '[checks]\nend_mark = "error"\n[checks.locales.pt_BR]\nend_mark = "off"\n'
    counts = []
    for added in (tables, tables.replace('"off"', '"warning"'), tables.replace("pt_BR", "fr")):
        write_tree(project, {"polypost.toml": CONFIG + added})
        counts.append(polypost(project, "check").stdout.splitlines()[-2])
    assert counts == ["all: 2 errors, 0 warnings", "all: 2 errors, 1 warnings", "all: 3 errors, 0 warnings"]


def test_mistakes_in_the_severities_are_told(project: Path) -> None:
    mistakes = """
[checks]
end_marks = "off"
spaces = "fatal"
numbers = "warning"
[checks.locales.fr]
speling = "off"
urls = "off"
[checks.locales.de]
spaces = "off"
"""
    write_tree(project, {"polypost.toml": CONFIG + mistakes})
    done = polypost(project, "check")
    told = [
        "checks.end_marks is not a check of this version",
        "checks.spaces is 'fatal', it has to be one of error, warning, off",
        "checks.numbers cannot be turned down: it protects what a posting promises",
        "checks.locales.fr.speling is not a check of this version",
        "checks.locales.fr.urls cannot be turned down: it protects what a posting promises",
        "checks.locales.de: project.locales does not list de",
    ]
    assert (done.returncode, [mistake for mistake in told if mistake not in done.stderr]) == (2, [])


def test_catalogs_without_a_fault_end_with_nothing_found(project: Path) -> None:
    write_tree(project, {PATH: CATALOG.replace("3 referências", "2 referências.").replace("$20", "€ 20")})
    done = polypost(project, "check")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "all: 0 errors, 0 warnings")
