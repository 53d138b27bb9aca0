"""Findings in the forms that other programs read: JSON, annotations of GitHub, code quality of GitLab, JUnit.

Each function returns what is to be printed. Paths are those below the repository, since GitHub and GitLab put a finding
beside the line of a file only then.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from pipeline.model.finding import Finding, Severity
from pipeline.model.patterns import lazy_pattern
from pipeline.model.unit import UnitState, unit_id
from pipeline.workflow.checking import remedy_of
from pipeline.workflow.maintenance import CatalogFile, CheckedCatalog, CheckedUnit

# What XML 1.0 cannot hold, and a catalog may.
_NOT_IN_XML = lazy_pattern("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Enough of a sentence to know a test by.
_NAME_CHARS = 80


class Found(NamedTuple):
    """One finding about one unit; one that `counts` lets the command end with 1."""

    checked: CheckedUnit
    finding: Finding
    counts: bool

    @property
    def reviewed(self) -> bool:
        """Whether a person has accepted the target, which no check holds back."""
        return self.checked.unit.state is UnitState.REVIEWED

    @property
    def holds(self) -> bool:
        """Whether the target is not published for it."""
        return self.finding.severity is Severity.ERROR and not self.reviewed

    @property
    def unit(self) -> str:
        """The id of the unit."""
        return unit_id(self.checked.unit.key, self.checked.file.locale)


def as_json(found: Iterable[Found], risk: Callable[[CheckedUnit], int | None]) -> str:
    """Return an array with an object a finding; `risk` says how likely the target of a unit is wrong."""
    return json.dumps([_fields(each, risk(each.checked)) for each in found], ensure_ascii=False, indent=2)


def as_github(found: Iterable[Found], root: Path) -> str:
    """Return a workflow command a finding, by which GitHub shows it beside the line of its entry.

    A notice is an error on a target that a person accepted. What would end a command, or one of its properties, is
    escaped as actions/toolkit does: % first, then line ends, and in properties colons and commas.
    """
    return "\n".join(_annotation(each, root) for each in found)


def as_gitlab(found: Iterable[Found], root: Path) -> str:
    """Return a code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.

    The fingerprint is that of catalog, unit and check, so that a finding is the same one when its line moves.
    """
    return json.dumps([_issue(each, root) for each in found], ensure_ascii=False, indent=2)


def as_junit(catalogs: Iterable[CheckedCatalog], found: Sequence[Found], root: Path) -> str:
    """Return JUnit XML: a suite a catalog, a test a finding, failed where it counts.

    Elements and attributes are those of `junit-10.xsd`, by which Jenkins validates, so that the line is in the text. A
    catalog without a finding has one test that passed: readers of such files take one without tests for a fault.
    """
    report = etree.Element("testsuites", name="polypost check")
    for catalog in catalogs:
        mine = [each for each in found if each.checked.file is catalog.file]
        failed = sum(each.counts for each in mine)
        name = _path(catalog.file.path, root)
        counts = {"tests": str(max(len(mine), 1)), "failures": str(failed), "errors": "0"}
        suite = etree.SubElement(report, "testsuite", {"name": name, "file": name, **counts})
        for each in mine:
            _add_test(suite, each, root)
        if not mine:
            etree.SubElement(suite, "testcase", classname=_class_name(catalog.file), name="no finding")
    text: str = etree.tostring(report, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.rstrip("\n")


def _fields(found: Found, risk: int | None) -> dict[str, object]:
    checked, finding = found.checked, found.finding
    return {
        "unit": found.unit,
        "locale": str(checked.file.locale),
        "domain": checked.file.domain,
        "file": str(checked.file.path),
        "line": checked.line,
        "postings": list(checked.postings),
        "context": checked.unit.key.context,
        "source": checked.unit.key.source,
        "target": checked.unit.target,
        "state": checked.unit.state.value,
        "check": finding.check,
        "severity": finding.severity.value,
        "detail": finding.detail,
        "risk": risk,
        "holds": found.holds,
        "remedy": remedy_of(finding.check),
    }


def _annotation(found: Found, root: Path) -> str:
    level = "error" if found.counts else "warning" if found.finding.severity is Severity.WARNING else "notice"
    properties = {
        "file": _path(found.checked.file.path, root),
        "line": str(max(found.checked.line, 1)),
        "title": f"{found.finding.check} ({found.checked.file.locale})",
    }
    listed = ",".join(f"{name}={_escaped_property(value)}" for name, value in properties.items())
    text = "\n".join(_described(found))
    return f"::{level} {listed}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _issue(found: Found, root: Path) -> dict[str, object]:
    finding, file = found.finding, found.checked.file
    named = f"{file.domain}\u241f{found.unit}\u241f{finding.check}"
    return {
        "description": f"{file.locale}: {finding.detail}; {remedy_of(finding.check)}",
        "check_name": finding.check,
        "fingerprint": hashlib.sha256(named.encode()).hexdigest(),
        "severity": "major" if found.counts else "minor" if finding.severity is Severity.WARNING else "info",
        "location": {"path": _path(file.path, root), "lines": {"begin": max(found.checked.line, 1)}},
    }


def _add_test(suite: etree._Element, found: Found, root: Path) -> None:
    finding, file = found.finding, found.checked.file
    test = etree.SubElement(
        suite,
        "testcase",
        classname=_class_name(file),
        name=_xml(f"{finding.check} {found.unit}: {found.checked.unit.key.source[:_NAME_CHARS]}"),
    )
    text = _xml("\n".join((f"{_path(file.path, root)}:{found.checked.line}", *_described(found))))
    if found.counts:
        etree.SubElement(test, "failure", type=finding.check, message=_xml(finding.detail)).text = text
    else:
        etree.SubElement(test, "system-out").text = f"{finding.severity.value}, which fails nothing\n{text}"


def _described(found: Found) -> tuple[str, ...]:
    unit, file = found.checked.unit, found.checked.file
    return (
        f"{found.finding.detail}; {remedy_of(found.finding.check)}",
        f"{file.source}: {unit.key.source}",
        f"{file.locale}: {unit.target}",
        f"{found.unit} [{unit.key.context}] {unit.state.value} in {', '.join(found.checked.postings)}",
    )


def _class_name(file: CatalogFile) -> str:
    return f"{file.locale}.{file.domain}"


@lru_cache
def _path(path: Path, root: Path) -> str:
    path, root = path.resolve(), root.resolve()
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _xml(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
