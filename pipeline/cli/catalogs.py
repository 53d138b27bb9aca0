"""`polypost catalogs`: the catalogs by themselves. Each command loads what it needs: git starts one of them a file."""

from functools import partial

import click

from pipeline.cli import options
from pipeline.cli.merging import install_driver, merge, resolve
from pipeline.errors import UsageError
from pipeline.model.unit import UnitState
from pipeline.workflow.run import Run


@click.group()
def catalogs() -> None:
    """Update, compile, check, count or clear the gettext catalogs."""


@catalogs.command()
@partial(options.with_run, opened=False)
@click.option("--convert", is_flag=True, help="First rewrite in UTF-8 the catalogs that declare another encoding.")
def update(run: Run, *, convert: bool) -> None:
    """Merge the postings into templates and catalogs; no engine is asked.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    from pipeline.cli import report
    from pipeline.workflow.cataloging import update_catalogs
    from pipeline.workflow.merging import convert_to_utf8
    from pipeline.workflow.project import Project
    from pipeline.workflow.reading import take_in
    from pipeline.workflow.reviewing import finish

    project = Project.of(run)
    for path in convert_to_utf8(run.locales_dir) if convert else ():
        click.echo(f"{path}: rewritten in UTF-8")
    finish(project)
    intake = take_in(project)
    updated = update_catalogs(project, intake)
    report.print_rejections(intake.read.rejected)
    report.print_saved_meanwhile(project, updated.taken_over)
    click.echo(f"{project.locales_dir}: {updated.written} files written")
    report.exit_after(intake.read.rejected)


@catalogs.command("compile")
@partial(options.with_catalogs, opened=False)
def compile_(run: Run) -> None:
    """Write a MO file with the reviewed targets beside each catalog."""
    from pipeline.workflow import maintenance
    from pipeline.workflow.project import Project

    click.echo(f"{run.locales_dir}: {maintenance.compile_catalogs(Project.of(run))} files written")


@catalogs.command()
@partial(options.with_catalogs, opened=False)
def check(run: Run) -> None:
    """Check that every catalog is well-formed, in the house form and complete where it holds our own words.

    Ends with 1 if one is not. `polypost check` looks at what the targets say.
    """
    from pipeline.workflow import maintenance
    from pipeline.workflow.project import Project

    found = list(maintenance.check_form(Project.of(run)))
    problems = [problem for problem in found if not problem.note]
    for problem in found:
        click.echo(f"{'note: ' * problem.note}{problem.path}: {problem.reason}", err=problem.note)
    click.echo(f"{len(problems)} problems")
    if problems:
        raise SystemExit(1)


@catalogs.command()
@partial(options.with_catalogs, opened=False)
@options.as_json
def stats(run: Run, *, as_json: bool) -> None:
    """Count the units of each catalog by state."""
    from pipeline.cli import report
    from pipeline.workflow import maintenance
    from pipeline.workflow.project import Project

    found = [(file, counts) for file, counts in maintenance.catalog_statistics(Project.of(run))]
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
@partial(options.with_catalog_run, opened=False)
@click.option("--machine", is_flag=True, help="Empty the engines' own targets that nobody reviewed or changed.")
def clear(run: Run, *, machine: bool) -> None:
    """Empty targets, so that they are made anew; what a person wrote, edited or reviewed stays.

    So do drafts, and targets of engines or models that are not installed here: nothing would make them again.
    """
    if not machine:
        raise UsageError("name what to clear: --machine empties the engines' own unreviewed targets")
    from pipeline.cli import report
    from pipeline.workflow import maintenance
    from pipeline.workflow.project import Project

    project = Project.of(run)
    cleared = maintenance.clear_catalogs(project)
    report.print_saved_meanwhile(project)
    left = f"; {cleared.left} stay, which no engine here makes again" if cleared.left else ""
    click.echo(f"{project.locales_dir}: {cleared.emptied} targets emptied{left}")


for command in (merge, install_driver, resolve):
    catalogs.add_command(command)
