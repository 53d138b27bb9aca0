"""A run as a page to look at: one file without a script and without anything from elsewhere, for any width and light.

Each number stands in a table beside its bar, so that the page can be read without seeing the bars.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape

from pipeline.model.outcome import Reason
from pipeline.model.unit import UnitState
from pipeline.workflow.run_report import Announcement, LocaleReport, RunReport

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --paper: #fff; --line: #d5dbe2;
  --good: #2f7d4f; --fair: #b7791f; --poor: #b4402f; --rest: #8b97a5; --bar: #2b6cb0 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --paper: #14191f; --line: #36414d;
  --good: #58b27d; --fair: #dba545; --poor: #e0705d; --rest: #728091; --bar: #63a4e6 } }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { padding: .25rem .5rem; border-bottom: 1px solid var(--line); text-align: start; font-weight: normal }
thead th { font-size: .85rem } td.number { text-align: end; font-variant-numeric: tabular-nums }
td.chart { width: 40%; min-width: 7rem } svg { display: block; width: 100%; height: 1rem }
.bar { fill: var(--bar) } .good { fill: var(--good) } .fair { fill: var(--fair) }
.poor { fill: var(--poor) } .rest { fill: var(--rest) }
"""
_COLORS = {
    UnitState.REVIEWED: "good",
    UnitState.NEEDS_REVIEW: "fair",
    UnitState.UNTRANSLATED: "poor",
    UnitState.OBSOLETE: "rest",
}
_MIB = 1 << 20
Share = tuple[float, str]


def serialize_page(report: RunReport) -> str:
    """Return the page."""
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    title = f"Polypost: {report.command} of {report.ended}"
    body = "".join(
        (
            _summary(report),
            _stages(report),
            _coverage(report),
            _held(report),
            _announced(report),
        )
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f"{body}</main>\n</body>\n</html>\n"
    )


def _summary(report: RunReport) -> str:
    seconds = sum(stage.seconds for stage in report.stages)
    peak = max((stage.peak_bytes for stage in report.stages), default=0)
    facts = [f"{seconds:,.1f} s, at most {peak / _MIB:,.0f} MiB of memory"]
    facts += [", ".join(f"{number:,} {what}" for what, number in report.postings.items())]
    facts += [f"{use.engine}: {use.segments:,} segments in {use.seconds:,.1f} s" for use in report.uses]
    if report.changes is not None:
        files = report.changes
        added, changed, removed = len(files.added), len(files.changed), len(files.removed)
        facts += [f"files: {added:,} added, {changed:,} changed, {removed:,} removed, {files.unchanged:,} unchanged"]
    facts += [", ".join(f"{name} {version}" for name, version in report.versions.items())]
    return "<ul>\n" + "".join(f"<li>{escape(fact)}</li>\n" for fact in facts) + "</ul>\n"


def _stages(report: RunReport) -> str:
    longest = max((stage.seconds for stage in report.stages), default=0.0)
    rows = (
        (
            stage.name,
            _bar([(stage.seconds, "bar")], longest),
            f"{stage.seconds:,.1f}",
            f"{stage.count:,}" if stage.count else "",
            f"{stage.rate:,.0f}" if stage.count else "",
            f"{stage.peak_bytes / _MIB:,.0f}",
        )
        for stage in report.stages
    )
    heads = ("stage", "time", "seconds", "steps", "steps a second", "MiB so far")
    return _table("Time a stage", heads, rows)


def _coverage(report: RunReport) -> str:
    states = [*_COLORS]
    heads = ("locale", "units", *(_words(state) for state in states), "mean risk", "published", "words as written")
    rows = (
        (
            str(locale),
            _bar([(found.units[state], color) for state, color in _COLORS.items()], sum(found.units.values())),
            *(f"{found.units[state]:,}" for state in states),
            "" if found.mean_risk is None else f"{found.mean_risk:g}",
            f"{found.status.published:,}" if found.status else "",
            f"{found.words_as_written:,}" if found.status else "",
        )
        for locale, found in report.locales.items()
    )
    return _table("Coverage", heads, rows)


def _held(report: RunReport) -> str:
    held = {str(locale): found.status.held_reasons for locale, found in report.locales.items() if found.status}
    most = max((number for reasons in held.values() for number in reasons.values()), default=0)
    rows = (
        (f"{locale}: {_words(reason)}", _bar([(number, "poor")], most), f"{number:,}")
        for locale, reasons in held.items()
        for reason, number in reasons.items()
    )
    return _table("Postings that are held", ("locale and reason", "share", "postings"), rows)


def _announced(report: RunReport) -> str:
    found = {str(locale): counts for locale, each in report.locales.items() if (counts := _new_items(each))}
    most = max((number for counts in found.values() for number in counts.values()), default=0)
    rows = (
        (f"{locale}: {_words(reason)}", _bar([(number, "bar")], most), f"{number:,}")
        for locale, counts in found.items()
        for reason, number in counts.items()
    )
    return _table("Items that feeds announce again", ("locale and reason", "share", "items"), rows)


def _new_items(report: LocaleReport) -> Mapping[Announcement, int]:
    return {reason: number for reason, number in (report.announced or {}).items() if number}


def _table(heading: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table whose second column is a bar; nothing without a row."""
    body = "".join(_row(row) for row in rows)
    if not body:
        return ""
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    return (
        f'<h2>{escape(heading)}</h2>\n<div class="wide">\n<table>\n<thead>\n<tr>{columns}</tr>\n</thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def _row(cells: tuple[str, ...]) -> str:
    name, bar, *values = cells
    numbers = "".join(f'<td class="number">{escape(value)}</td>' for value in values)
    return f'<tr><th scope="row">{escape(name)}</th><td class="chart">{bar}</td>{numbers}</tr>\n'


def _bar(shares: Iterable[Share], whole: float) -> str:
    """Return shares of a whole beside each other, as a drawing that says nothing that its row does not."""
    start, parts = 0.0, ""
    for size, color in shares:
        width = 100 * size / whole if whole else 0.0
        if width:
            parts += f'<rect class="{color}" x="{start:.2f}" y="0" width="{width:.2f}" height="10"/>'
        start += width
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{parts}</svg>'


def _words(name: Reason | UnitState | Announcement) -> str:
    return name.value.replace("_", " ")
