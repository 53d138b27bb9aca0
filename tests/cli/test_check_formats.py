"""What `polypost check` prints for GitHub, GitLab and whatever reads JUnit."""

import json
import re
from pathlib import Path

import pytest
from junitparser import Failure, JUnitXml
from lxml import etree

from tests.projects import CONFIG, polypost, write_tree
from tests.repositories import repository

HEADER = """\
msgid ""
msgstr ""
"Language: pt_BR\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Source-Language: en\\n"
"""
ENTRIES = """
#: postings/acme-4711
#, fuzzy
msgctxt "requirements"
msgid "2 references, 50% of them: new."
msgstr "3 referências, 50% delas: novas."

#: postings/acme-4711
msgctxt "offer"
msgid "A gift of €20"
msgstr "Um presente de $20"

#: postings/acme-4711
msgctxt "offer"
msgid "Lunch."
msgstr "Almoço"
"""
PATH = "shop/locales/pt_BR/LC_MESSAGES/postings.en.po"
SOUND = "shop/locales/fr/LC_MESSAGES/postings.en.po"

EXPECTED = f"""\
::error file={PATH},line=7,title=numbers (pt_BR)::missing 2, added 3; write each number of the source once, with the \
same value%0Aen: 2 references, 50%25 of them: new.%0Apt_BR: 3 referências, 50%25 delas: novas.%0A\
b13319a39495 [requirements] needs_review in acme-4711
::notice file={PATH},line=13,title=currency (pt_BR)::missing EUR, added dollar; name the currency of the source at \
each amount%0Aen: A gift of €20%0Apt_BR: Um presente de $20%0A7c0f42149a5d [offer] reviewed in acme-4711
::warning file={PATH},line=18,title=end_mark (pt_BR)::ends with no mark, the source with .; end as the source does, \
with this language's mark%0Aen: Lunch.%0Apt_BR: Almoço%0A0cf372c13928 [offer] reviewed in acme-4711
""".splitlines()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    files = {"shop/polypost.toml": CONFIG, PATH: HEADER + ENTRIES, SOUND: HEADER.replace("pt_BR", "fr")}
    return repository(tmp_path, files) / "shop"


def test_github_shows_each_finding_at_the_line_of_its_entry_below_the_repository(shop: Path) -> None:
    done = polypost(shop, "check", "--format", "github")
    *annotations, total = done.stdout.splitlines()
    assert (done.returncode, total) == (1, "all: 2 errors, 1 warnings")
    assert annotations == EXPECTED


def test_what_a_posting_says_is_no_command_of_github(shop: Path) -> None:
    evil = "::add-mask::x%0A::error::y"
    write_tree(shop.parent, {PATH: HEADER + ENTRIES.replace("2 references", evil + " 2 references")})
    for form in ("github", "text"):
        printed = polypost(shop, "check", "--format", form).stdout
        commands = [line.strip() for line in printed.splitlines() if line.strip().startswith("::")]
        assert [line for line in commands if not re.match(r"::(error|warning|notice) file=", line)] == []
    assert "%250A" in polypost(shop, "check", "--format", "github").stdout


def test_a_comma_or_colon_in_a_path_ends_no_property(tmp_path: Path) -> None:
    write_tree(tmp_path / "a,b:c", {"polypost.toml": CONFIG, PATH.removeprefix("shop/"): HEADER + ENTRIES})
    repository(tmp_path, {})
    printed = polypost(tmp_path / "a,b:c", "check", "--format", "github").stdout
    assert printed.startswith("::error file=a%2Cb%3Ac/locales/pt_BR/LC_MESSAGES/postings.en.po,line=7,title=")


def test_gitlab_gets_the_documented_fields_and_nothing_else(shop: Path) -> None:
    done = polypost(shop, "check", "--format", "gitlab")
    issues = json.loads(done.stdout)
    assert done.returncode == 1
    assert [(issue["check_name"], issue["severity"], issue["location"]) for issue in issues] == [
        ("numbers", "major", {"path": PATH, "lines": {"begin": 7}}),
        ("currency", "info", {"path": PATH, "lines": {"begin": 13}}),
        ("end_mark", "minor", {"path": PATH, "lines": {"begin": 18}}),
    ]
    assert issues[0]["description"] == (
        "pt_BR: missing 2, added 3; write each number of the source once, with the same value"
    )
    fields = {"description", "check_name", "fingerprint", "severity", "location"}
    assert {frozenset(issue) for issue in issues} == {frozenset(fields)}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_a_finding_keeps_its_fingerprint_when_its_line_and_target_move(shop: Path) -> None:
    def fingerprints() -> set[str]:
        return {issue["fingerprint"] for issue in json.loads(polypost(shop, "check", "--format", "gitlab").stdout)}

    before = fingerprints()
    first, second, third = ENTRIES.strip().split("\n\n")
    moved = "\n\n".join((HEADER, third, second, first.replace("3 refer", "4 refer") + "\n"))
    write_tree(shop.parent, {PATH: moved})
    assert fingerprints() == before


def test_equal_sentences_of_two_source_languages_are_two_findings(shop: Path) -> None:
    write_tree(shop.parent, {PATH.replace(".en.", ".de."): (HEADER + ENTRIES).replace("Language: en", "Language: de")})
    issues = json.loads(polypost(shop, "check", "--format", "gitlab").stdout)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_junit_has_a_suite_a_catalog_and_fails_what_counts(shop: Path) -> None:
    done = polypost(shop, "check", "--format", "junit")
    report = JUnitXml.fromstring(done.stdout.encode())
    suites = [(suite.name, suite.tests, suite.failures, suite.errors) for suite in report]
    assert (done.returncode, suites) == (1, [(PATH, 3, 1, 0), (SOUND, 1, 0, 0)])
    cases = [[(case.classname, case.name, bool(case.result)) for case in suite] for suite in report]
    assert cases == [
        [
            ("pt_BR.postings.en", "numbers b13319a39495: 2 references, 50% of them: new.", True),
            ("pt_BR.postings.en", "currency 7c0f42149a5d: A gift of €20", False),
            ("pt_BR.postings.en", "end_mark 0cf372c13928: Lunch.", False),
        ],
        [("fr.postings.en", "no finding", False)],
    ]
    (failure,) = next(iter(next(iter(report)))).result
    assert (type(failure), failure.type, failure.message) == (Failure, "numbers", "missing 2, added 3")
    assert failure.text.splitlines()[0] == f"{PATH}:7"


def test_junit_has_only_what_the_schema_of_jenkins_knows(shop: Path) -> None:
    tree = etree.fromstring(polypost(shop, "check", "--format", "junit").stdout.encode())
    assert {(element.tag, *element.attrib) for element in tree.iter()} == {
        ("testsuites", "name"),
        ("testsuite", "name", "file", "tests", "failures", "errors"),
        ("testcase", "classname", "name"),
        ("failure", "type", "message"),
        ("system-out",),
    }


def test_errors_on_reviewed_targets_fail_everywhere_when_they_are_asked_for(shop: Path) -> None:
    asked = ("check", "--reviewed", "--format")
    assert polypost(shop, *asked, "github").stdout.count("::error ") == 2
    assert polypost(shop, *asked, "gitlab").stdout.count('"major"') == 2
    assert polypost(shop, *asked, "junit").stdout.count("<failure ") == 2


def test_catalogs_without_a_finding_are_reports_that_say_so(shop: Path) -> None:
    write_tree(shop.parent, {PATH: HEADER})
    printed = {form: polypost(shop, "check", "--format", form) for form in ("github", "gitlab", "junit")}
    assert {done.returncode for done in printed.values()} == {0}
    assert printed["github"].stdout == "all: 0 errors, 0 warnings\n"
    assert json.loads(printed["gitlab"].stdout) == []
    assert [suite.tests for suite in JUnitXml.fromstring(printed["junit"].stdout.encode())] == [1, 1]


def test_a_target_with_a_control_character_leaves_the_xml_well_formed(shop: Path) -> None:
    write_tree(shop.parent, {PATH: HEADER + ENTRIES.replace("3 referências", "3 \\v\\b referências")})
    report = JUnitXml.fromstring(polypost(shop, "check", "--format", "junit").stdout.encode())
    assert "3 \ufffd\ufffd referências" in next(iter(next(iter(report)))).result[0].text


def test_two_forms_at_once_are_a_wrong_usage(shop: Path) -> None:
    done = polypost(shop, "check", "--json", "--format", "junit")
    assert (done.returncode, done.stderr) == (2, "error: --json and --format junit are two forms; name one\n")
