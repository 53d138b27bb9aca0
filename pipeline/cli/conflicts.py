"""`polypost conflicts`: what a locale says in two ways."""

import click

from pipeline.cli import options, report
from pipeline.model.unit import unit_id
from pipeline.workflow import conflicts as found
from pipeline.workflow.project import Project

# Of the units with one target so many are named; `--json` names all.
_NAMED = 5
_UNLISTED = "another wording"


@click.command()
@options.with_catalogs
@options.as_json
@click.option("--fail", is_flag=True, help="End with 1 if there is a conflict.")
def conflicts(project: Project, *, as_json: bool, fail: bool) -> None:
    """List equal sources with different reviewed targets, and terms that a locale renders in different ways.

    Which of them is right is yours to say; a context or a posting may want its own. Ends with 0.
    """
    files = found.read_catalogs_by_locale(project)
    sources = [each for locale in files for each in found.find_source_conflicts(files[locale])]
    terms = [each for locale in files for each in found.find_term_conflicts(project, files[locale])]
    if as_json:
        report.print_json({"sources": [*map(_source_fields, sources)], "terms": [*map(_term_fields, terms)]})
    else:
        for source in sources:
            _print_source(source)
        for term in terms:
            listed = "glossary" if term.of_project else "terms of the trade"
            click.secho(f"{term.locale} “{term.term}” ({term.language}, {listed})", bold=True)
            for wording, units in term.wordings.items():
                _print_units(wording or _UNLISTED, [unit_id(unit.key, term.locale) for unit in units])
        click.echo(f"{len(sources)} sources with several reviewed targets, {len(terms)} terms with several wordings")
    if fail and (sources or terms):
        raise SystemExit(1)


def _print_source(source: found.SourceConflict) -> None:
    click.secho(f"{source.locale} “{source.conflict.source}” ({source.language})", bold=True)
    for target, placed in source.conflict.targets.items():
        _print_units(target, [f"{unit_id(e.unit.key, source.locale)} [{e.unit.key.context}]" for e in placed])


def _print_units(text: str, units: list[str]) -> None:
    more = f" and {len(units) - _NAMED} more" if len(units) > _NAMED else ""
    click.echo(f"    {text}: {', '.join(units[:_NAMED])}{more}")


def _source_fields(source: found.SourceConflict) -> dict[str, object]:
    return {
        "locale": str(source.locale),
        "source_language": source.language,
        "source": source.conflict.source,
        "targets": [
            {
                "target": target,
                "units": [
                    {
                        "unit": unit_id(each.unit.key, source.locale),
                        "domain": each.domain,
                        "context": each.unit.key.context,
                    }
                    for each in placed
                ],
            }
            for target, placed in source.conflict.targets.items()
        ],
    }


def _term_fields(term: found.TermConflict) -> dict[str, object]:
    return {
        "locale": str(term.locale),
        "source_language": term.language,
        "term": term.term,
        "list": "glossary" if term.of_project else "trade",
        "wordings": [
            {"wording": wording or None, "units": [unit_id(unit.key, term.locale) for unit in units]}
            for wording, units in term.wordings.items()
        ],
    }
