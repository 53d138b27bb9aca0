"""`polypost catalogs`: the catalogs by themselves."""

import click

from pipeline.cli import options, report
from pipeline.errors import UsageError
from pipeline.model.unit import UnitState
from pipeline.workflow import maintenance
from pipeline.workflow.cataloging import update_catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import take_in
from pipeline.workflow.reviewing import finish


@click.group()
def catalogs() -> None:
    """Update, compile, check, count or clear the gettext catalogs."""


@catalogs.command()
@options.with_run
def update(project: Project) -> None:
    """Merge the postings into templates and catalogs; no engine is asked.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    finish(project)
    intake = take_in(project)
    updated = update_catalogs(project, intake)
    report.print_rejections(intake.read.rejected)
    report.print_saved_meanwhile(project, updated.taken_over)
    click.echo(f"{project.locales_dir}: {updated.written} files written")
    report.exit_after(intake.read.rejected)


@catalogs.command("compile")
@options.with_catalogs
def compile_(project: Project) -> None:
    """Write a MO file with the reviewed targets beside each catalog."""
    click.echo(f"{project.locales_dir}: {maintenance.compile_catalogs(project)} files written")


@catalogs.command()
@options.with_catalogs
def check(project: Project) -> None:
    """Check that every catalog is well-formed, in the house form and complete where it holds our own words.

    Ends with 1 if one is not. `polypost check` looks at what the targets say.
    """
    found = list(maintenance.check_form(project))
    problems = [problem for problem in found if not problem.note]
    for problem in found:
        click.echo(f"{'note: ' * problem.note}{problem.path}: {problem.reason}", err=problem.note)
    click.echo(f"{len(problems)} problems")
    if problems:
        raise SystemExit(1)


@catalogs.command()
@options.with_catalogs
@options.as_json
def stats(project: Project, *, as_json: bool) -> None:
    """Count the units of each catalog by state."""
    found = [(file, counts) for file, counts in maintenance.catalog_statistics(project)]
    if as_json:
        report.print_json(
            [
                {
                    "locale": str(file.locale),
                    "domain": file.domain,
                    **{state.value: counts[state] for state in UnitState},
                }
                for file, counts in found
            ]
        )
        return
    rows = [("catalog", *(state.value.replace("_", " ") for state in UnitState), "")]
    rows += [(f"{file.locale} {file.domain}", *(str(counts[s]) for s in UnitState), "") for file, counts in found]
    report.print_table(rows)


@catalogs.command()
@options.with_catalog_run
@click.option("--machine", is_flag=True, help="Empty the engines' own targets that nobody reviewed or changed.")
def clear(project: Project, *, machine: bool) -> None:
    """Empty targets, so that they are made anew; what a person wrote, edited or reviewed stays."""
    if not machine:
        raise UsageError("name what to clear: --machine empties the engines' own unreviewed targets")
    cleared = maintenance.clear_catalogs(project)
    report.print_saved_meanwhile(project)
    click.echo(f"{project.locales_dir}: {cleared} targets emptied")
