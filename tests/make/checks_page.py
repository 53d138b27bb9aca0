"""Makes docs/checks.md from the list of the checks: `make docs`, or `python -m tests.make.checks_page`."""

from pathlib import Path

from pipeline.checks.check import Check
from pipeline.checks.registry import SUBJECTS, SUCCESSORS

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"
_HEAD = """\
# Checks

`polypost check` runs these over every target in the catalogs. An error holds a target that is not reviewed; a warning
only informs its reviewer; on a reviewed target both are reported and hold nothing. In `polypost.toml`, `[checks]` and
`[checks.locales.<locale>]` make a check an `"error"`, a `"warning"` or `"off"`; those marked *always* protect what a
posting states and stay errors. This page is made from the list of the checks by `make docs`.
"""


def page() -> str:
    """Return the page: a part for each subject, a row for each check, and the ids of earlier versions."""
    parts = [_HEAD]
    for subject in SUBJECTS:
        name = subject.__name__.rpartition(".")[2]
        summary = (subject.__doc__ or "").strip().splitlines()[0]
        rows = [_row(check) for check in subject.CHECKS]
        table = ["| check | severity | targets in | reports | what to do |", "|---|---|---|---|---|", *rows]
        parts.append("\n".join([f"## {name.capitalize()}", "", summary, "", *table]) + "\n")
    old = [f"| `{old}` | {f'`{new}`' if new else 'no check any more'} |" for old, new in sorted(SUCCESSORS.items())]
    parts.append("\n".join(["## Ids of earlier versions", "", "| was | is |", "|---|---|", *old]) + "\n")
    return "\n".join(parts)


def _row(check: Check) -> str:
    severity = f"{check.severity}, always" if check.promised else str(check.severity)
    languages = ", ".join(sorted(check.languages)) if check.languages is not None else "any"
    reports = " ".join((check.find.__doc__ or "").split("\n\n")[0].split())
    cells = (f"`{check.id}`", severity, languages, reports, check.remedy)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
