"""`polypost status --by posting` and `--by effort`: what each posting waits for, where an hour of work brings most."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import click
from babel import Locale

from pipeline.cli import report
from pipeline.cli.gates import describe_percent, reviewed_percent
from pipeline.cli.markdown import markdown_table
from pipeline.model.outcome import LocaleStatus, Plan, WantedUnit
from pipeline.model.unit import unit_id
from pipeline.workflow.effort import Effort, PostingLeft, words_in

Rows = Sequence[Sequence[str]]


def print_tables(
    by: str, effort: Effort, locales: Mapping[Locale, LocaleStatus], *, held: bool, markdown: bool
) -> None:
    """Print how each locale stands, how each posting does, or how much is left with the sentences to begin with."""
    if by == "posting":
        tables = [(_posting_rows(effort, held=held), {0})]
    elif by == "effort":
        tables = [(_locale_rows(effort, locales), set()), (_unit_rows(effort), {6})]
    else:
        tables = [(report.status_rows(locales), set())]
    for number, (rows, texts) in enumerate(tables):
        click.echo(nl=bool(number))
        if markdown:
            click.echo(markdown_table(rows, texts=texts))
        else:
            report.print_table(rows)


def fields_by(by: str, effort: Effort, locales: Mapping[Locale, LocaleStatus], *, held: bool) -> dict[str, object]:
    """Return what a view adds to the object of `status --json`."""
    if by == "posting":
        return {"by_posting": _posting_fields(effort, held=held)}
    return {"effort": _effort_fields(effort, locales)} if by == "effort" else {}


def _posting_fields(effort: Effort, *, held: bool) -> list[dict[str, object]]:
    """Return an object a posting."""
    return [
        {
            "posting": each.posting.id,
            "title": each.posting.title,
            "language": str(each.posting.language) if each.posting.language else None,
            "locales": {str(locale): asdict(found) for locale, found in each.left.items()},
        }
        for each in effort.postings(held=held)
    ]


def _effort_fields(effort: Effort, locales: Mapping[Locale, LocaleStatus]) -> dict[str, object]:
    """Return an object a locale."""
    fields: dict[str, object] = {}
    for locale, found in locales.items():
        to_publish, to_complete = effort.plans(locale)
        words = effort.words[locale]
        fields[str(locale)] = {
            "reviewed_percent": float(describe_percent(reviewed_percent(found.units))),
            "words": {"to_translate": words.to_translate, "to_review": words.to_review},
            "to_publish": _plan_fields(to_publish, locale),
            "to_complete": _plan_fields(to_complete, locale),
        }
    return fields


def _posting_rows(effort: Effort, *, held: bool) -> Rows:
    rows = [("posting", "language", *map(str, effort.words))]
    for each in effort.postings(held=held):
        cells = [_standing(each, locale) for locale in effort.words]
        rows.append((each.posting.id, str(each.posting.language or ""), *cells))
    return rows


def _locale_rows(effort: Effort, locales: Mapping[Locale, LocaleStatus]) -> Rows:
    headings = ("locale", "reviewed", "words to translate", "words to review", "published", "held", "next step")
    return [headings, *(_locale_row(effort, locale, found) for locale, found in locales.items())]


def _unit_rows(effort: Effort) -> Rows:
    headings = ("locale", "unit", "to do", "publishes alone", "postings wait", "words", "sentence")
    plans = ((locale, plan) for locale in effort.words for plan in effort.plans(locale))
    return [headings, *(_unit_row(locale, wanted) for locale, plan in plans for wanted in plan.units)]


def _standing(found: PostingLeft, locale: Locale) -> str:
    left = found.left[locale]
    told = left.reason.value if left.published else f"held: {left.reason.value}"
    if not left.sentences:
        return told
    words = f"{report.count(left.sentences, 'sentence')}, {report.count(left.words, 'word')}"
    return f"{told}; as written {words}" if left.published else f"{told}, {words}"


def _locale_row(effort: Effort, locale: Locale, found: LocaleStatus) -> tuple[str, ...]:
    words, (plan, _) = effort.words[locale], effort.plans(locale)
    if plan.units:
        step = f"{report.count(len(plan.units), 'sentence')} publish {plan.postings} of {plan.waiting} held postings"
    else:
        step = next((_what_it_takes(each, locale) for each in effort.cheapest(locale)), "")
    share = f"{describe_percent(reviewed_percent(found.units))} %"
    return str(locale), share, *map(str, (words.to_translate, words.to_review, found.published, found.held)), step


def _what_it_takes(found: PostingLeft, locale: Locale) -> str:
    left = found.left[locale]
    return f"{report.count(left.sentences, 'sentence')}, {report.count(left.words, 'word')} publish {found.posting.id}"


def _unit_row(locale: Locale, wanted: WantedUnit) -> tuple[str, ...]:
    key = wanted.unit.key
    counts = map(str, (wanted.alone, wanted.postings, words_in(wanted.unit)))
    return str(locale), unit_id(key, locale), _to_do(wanted), *counts, f"[{key.context}] {report.shortened(key.source)}"


def _to_do(wanted: WantedUnit) -> str:
    return "accept" if wanted.unit.translated else "translate"


def _plan_fields(plan: Plan, locale: Locale) -> dict[str, object]:
    units = [
        {
            "unit": unit_id(wanted.unit.key, locale),
            "context": wanted.unit.key.context,
            "source": wanted.unit.key.source,
            "target": wanted.unit.target,
            "to_do": _to_do(wanted),
            "words": words_in(wanted.unit),
            "postings": wanted.postings,
            "publishes_alone": wanted.alone,
            "risk": wanted.risk,
        }
        for wanted in plan.units
    ]
    return {"postings": plan.postings, "of": plan.waiting, "units": units}
