"""What a run did, for people and as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

import click
from babel import Locale

from pipeline.cli import messages
from pipeline.cli.options import OF_PROJECT, OF_RECORDS, options_used
from pipeline.cli.reasons import describe_risk, explain
from pipeline.model.decision import Action
from pipeline.model.outcome import Decision, EngineUse, LocaleStatus, Plan, Rejection, ReleaseChanges
from pipeline.model.segment import UnitKey
from pipeline.model.unit import UnitState
from pipeline.workflow.checking import current_ids
from pipeline.workflow.neighbours import Neighbour
from pipeline.workflow.page_words import count_words
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.translation_report import report_path
from pipeline.workflow.waiting import LocaleWaiting

# Of a longer sentence the beginning is enough to know it by.
_MAX_SHOWN = 100

_DONE_IN_EDITORS = {
    Action.ACCEPT: "accepted",
    Action.REJECT: "rejected",
    Action.WITHDRAW: "put back to be reviewed",
}
# What helped where the first way to ask an engine had failed.
_REPAIRS = {
    "marker": "by another marker",
    "names": "by hiding names",
    "facts": "by hiding figures",
    "terms": "without terms",
    "trade": "by terms of the trade",
    "words": "in the words of the source",
    "parts": "by parts",
    "clauses": "by clauses",
    "hypothesis": "by the next answer",
    "route": "by another route",
    "neighbour": "by a neighbour",
}


def print_json(value: object) -> None:
    """Print one value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_rejections(rejections: Iterable[Rejection]) -> None:
    """Print each rejected record with its place and reason, on standard error."""
    for rejection in rejections:
        messages.rejected(str(rejection), file=rejection.file, position=rejection.position)


def neighbour_fields(neighbours: Iterable[Neighbour]) -> list[dict[str, object]]:
    """Return the neighbours of a unit as JSON has them."""
    words = ("score", "context", "source", "changes", "target")
    return [{word: getattr(each, word) for word in words} for each in neighbours]


def print_saved_meanwhile(project: Project, taken_over: Iterable[Path] = (), later: Iterable[Path] = ()) -> None:
    """Print on standard error what people did in the catalogs: what they decided in editors, what they saved meanwhile.

    Also which files hold less than before.
    """
    found = project.decisions.found
    if told := ", ".join(f"{word} {found[action]}" for action, word in _DONE_IN_EDITORS.items() if found[action]):
        text = f"found in the catalogs since the last run: {told}"
        messages.note("decided", text, **{action.value: found[action] for action in _DONE_IN_EDITORS if found[action]})
    for path in taken_over:
        text = f"{path} was saved while this run was at work; the change is kept and used"
        messages.note("saved_meanwhile", text, file=str(path))
    for path in later:
        text = f"{path} was saved after this run had read it; the change is kept, the next run publishes it"
        messages.note("saved_later", text, file=str(path))
    for path, lost in project.last_run.lost.items():
        text = f"{path} has lost {lost} reviewed units or lines since the last run; is that meant?"
        messages.note("lost", text, file=str(path), count=lost)


def exit_after(rejections: Sequence[Rejection]) -> None:
    """End with 1 if a record was rejected."""
    if rejections:
        raise SystemExit(1)


def record_counts(project: Project, intake: Intake) -> dict[str, int]:
    """Count the records that were read by what they became; the rest of `read` is in each locale."""
    unlisted = expired = 0
    for outline in intake.outlines:
        unlisted += outline.unlisted
        expired += not outline.unlisted and outline.expired(project.expires_on(outline.id))
    return {
        "read": intake.read.records,
        "merged": len(intake.read.merged),
        "unlisted": unlisted,
        "expired": expired,
        "rejected": len(intake.read.rejected),
    }


def status_fields(project: Project, intake: Intake, locales: Mapping[Locale, LocaleStatus]) -> dict[str, object]:
    """Return the object of `status --json`."""
    words = count_words(project)
    return {
        "locales": {
            str(locale): {
                **{state.value: found.units[state] for state in UnitState},
                "approved": found.approved,
                "published": found.published,
                "held": found.held,
                "words_missing": words[locale].missing,
            }
            for locale, found in locales.items()
        },
        "postings": record_counts(project, intake),
    }


def use_fields(uses: Iterable[EngineUse]) -> dict[str, object]:
    """Return calls, segments and seconds of each engine, and how many targets were repaired by what, if any were."""
    return {
        use.engine: {
            "calls": use.calls,
            "segments": use.segments,
            "seconds": round(use.seconds, 3),
            **({"repaired": use.repaired} if use.repaired else {}),
        }
        for use in uses
    }


def print_status(project: Project, intake: Intake, locales: Mapping[Locale, LocaleStatus]) -> None:
    """Print what became of the records, and a line a locale with the reasons why postings are held."""
    counts = record_counts(project, intake)
    click.echo(", ".join(f"{number} {what}" for what, number in counts.items()))
    print_table(status_rows(locales))
    for locale, words in count_words(project).items():
        if words.missing:
            click.echo(f"  {locale}: {words.missing} of {words.words} words of our pages have no target: `site.po`")
    held = {reason for found in locales.values() for reason in found.held_reasons}
    for line in explain(held):
        click.echo(f"  {line}")
    if held:
        command = f"polypost status --held{options_used(*OF_PROJECT)}"
        click.echo(f"Which postings are held, and where to look: {command}")


def status_rows(locales: Mapping[Locale, LocaleStatus]) -> list[tuple[str, ...]]:
    """Return a table with a row a locale."""
    headings = ("locale", "published", "held", *(state.value.replace("_", " ") for state in UnitState), "why held")
    return [headings, *(_status_row(locale, found) for locale, found in locales.items())]


def _status_row(locale: Locale, found: LocaleStatus) -> tuple[str, ...]:
    counts = (found.published, found.held, *(found.units[state] for state in UnitState))
    return str(locale), *map(str, counts), _held_reasons(found)


def print_waiting(waiting: LocaleWaiting) -> None:
    """Print the sentences to accept first in each locale: those shown as written, then those that hold postings."""
    for locale, found in waiting.of.items():
        plan = found.to_complete
        if plan.units:
            done = f"{count(plan.postings, 'posting')} of {plan.waiting} that show some as written are whole"
            _print_plan(f"{locale}: {_these(plan)} and {done}:", plan)
        plan = found.to_publish
        if plan.units:
            whole = "whole" if plan.whole == plan.postings else f"({plan.whole} whole)"
            verb = "goes" if plan.postings == 1 else "go"
            done = f"{count(plan.postings, 'posting')} of {plan.waiting} held {verb} live {whole}"
            _print_plan(f"{locale}: {_these(plan)} and {done}:", plan)


def _print_plan(heading: str, plan: Plan) -> None:
    click.echo(heading)
    for wanted in plan.units:
        key = wanted.unit.key
        risk = "" if wanted.risk is None else f" (risk {wanted.risk})"
        click.echo(f"  {count(wanted.postings, 'posting')}: [{key.context}] {shortened(key.source)}{risk}")


def _these(plan: Plan) -> str:
    """Say what to do with how many sentences, of how many that postings wait for."""
    named = len(plan.units)
    verb = "accept" if all(wanted.unit.translated for wanted in plan.units) else "translate and accept"
    rest = f" (of {plan.of})" if plan.of > named else ""
    return f"{verb} this sentence{rest}" if named == 1 else f"{verb} these {named} sentences{rest}"


def count(number: int, noun: str) -> str:
    """Say how many there are of something."""
    return f"{number} {noun}{'s' * (number != 1)}"


def shortened(text: str) -> str:
    """Return a text, or its beginning if it is long."""
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN].rsplit(" ", 1)[0] + " …"


def print_held(project: Project, decisions: Iterable[Decision]) -> None:
    """Print the postings that are held, a line each: locale, posting, reason, and the checks that found something.

    In each locale those with the riskiest sentence come first. Then those that one sentence alone holds, with that.
    """
    rows: dict[Locale, list[tuple[int, tuple[str, ...]]]] = {locale: [] for locale in project.settings.locales}
    by_unit: dict[tuple[Locale, str, UnitKey], list[str]] = {}
    for decision in decisions:
        if decision.published:
            continue
        posting, found = decision.segmented.posting, ", ".join(_found_in(project, decision))
        row = str(decision.locale), posting.id, decision.reason.value, found
        rows[decision.locale].append((-decision.highest_risk, row))
        if len(decision.holding) == 1:
            unit = (decision.locale, str(posting.language), decision.holding[0].key)
            by_unit.setdefault(unit, []).append(posting.id)
    ordered = [row for found in rows.values() for _, row in sorted(found, key=lambda item: item[0])]
    if ordered:
        click.echo()
        print_table([("locale", "posting", "reason", "findings"), *ordered])
        if by_unit:
            click.echo("Held by one sentence alone:")
        for (locale, _, key), postings in sorted(by_unit.items(), key=lambda item: -len(item[1])):
            click.echo(f"  {locale} [{key.context}] {shortened(key.source)}: {', '.join(postings)}")
        click.echo(f"More about one of them: polypost why POSTING LOCALE{options_used(*OF_RECORDS)}")


def _found_in(project: Project, decision: Decision) -> list[str]:
    """Name the checks that found something in what nobody has reviewed, and the highest risk for which it is held."""
    unreviewed = (unit for unit in decision.units if unit.state is not UnitState.REVIEWED)
    checks = sorted({check for unit in unreviewed for check in current_ids(unit.findings)})
    highest, limits = decision.highest_risk, project.settings.max_risk_of(decision.locale)
    riskiest = (unit.key for unit in decision.holding if decision.too_risky.get(unit.key) == highest)
    return [f"risk {describe_risk(highest, limits.of(key.context))}" for key in islice(riskiest, 1)] + checks


def print_uses(uses: Sequence[EngineUse]) -> None:
    """Print what the engines were asked."""
    for use in uses:
        click.echo(f"{use.engine}: {use.segments} segments in {use.seconds:.1f} s")
        if use.repaired:
            click.echo(f"repaired: {', '.join(f'{number} {_REPAIRS[how]}' for how, number in use.repaired.items())}")
    if not uses:
        click.echo("no engine was asked: nothing new to translate")


def print_outcomes(project: Project, outcomes: Counter[str]) -> None:
    """Print what became of the engines' targets, and where each of them is listed with its findings."""
    counts = ", ".join(f"{number} {outcome.replace('_', ' ')}" for outcome, number in sorted(outcomes.items()))
    if counts:
        click.echo(f"engines' targets: {counts}; listed in {report_path(project)}")


def print_changes(project: Project, changes: ReleaseChanges) -> None:
    """Print how the output changed."""
    click.echo(
        f"{project.out}: {len(changes.added)} files added, {len(changes.changed)} changed, "
        f"{len(changes.removed)} removed, {changes.unchanged} unchanged"
    )


def print_undated(undated: int) -> None:
    """Print that readers of feeds will not notice a change, on standard error."""
    if undated:
        text = (
            f"{undated} changed texts keep their date, and readers that go by it miss them; "
            "name the day of the run: --as-of YYYY-MM-DD"
        )
        messages.note("undated", text, count=undated)


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns under their headings: words to the left, numbers to the right."""
    columns = range(len(rows[0]))
    widths = [max(len(row[column]) for row in rows) for column in columns]
    numbers = {column for column in columns if all(row[column].isdigit() for row in rows[1:])}
    for row in rows:
        cells = [
            cell.rjust(widths[column]) if column in numbers else cell.ljust(widths[column])
            for column, cell in enumerate(row)
        ]
        click.echo("  ".join(cells).rstrip())


def _held_reasons(found: LocaleStatus) -> str:
    return ", ".join(f"{number} {reason.value}" for reason, number in found.held_reasons.items())
