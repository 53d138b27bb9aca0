"""`polypost engines`: what translates here, and between which languages."""

import click

from pipeline.cli import options, report
from pipeline.workflow.catalogs import source_languages
from pipeline.workflow.engines import remedy_for, survey
from pipeline.workflow.project import Project


@click.command()
@options.with_catalogs
@options.as_json
def engines(project: Project, *, as_json: bool) -> None:
    """Print the installed engines, every pair that they reach and how, and what would supply the missing ones.

    Behind each route stand its rank (0 to 100, of so many sentences about as many come out wrong, the lower the better)
    and the next routes: the lowest rank is taken, of equal ones the fewest steps, then the first engine named.
    """
    reach = survey(project.engines, source_languages(project), project.settings.locales, project.ranks)
    if as_json:
        report.print_json(
            {
                "installed": [engine.name for engine in project.engines],
                "missing": [{"engine": name, "remedy": remedy_for(name)} for name in project.passed_over],
                "pairs": [
                    {
                        "pair": str(found.pair),
                        "engine": found.origin.engine,
                        "route": found.origin.route,
                        "rank": found.rank,
                        "others": [
                            {"engine": other.origin.engine, "route": other.origin.route, "rank": other.rank}
                            for other in found.others
                        ],
                    }
                    for found in reach.pairs
                ],
                "unreached": [
                    {"from": found.source, "locale": str(found.locale), "remedy": found.remedy}
                    for found in reach.unreached
                ],
            }
        )
        return
    click.echo(f"installed: {', '.join(engine.name for engine in project.engines) or 'none'}")
    for name in project.passed_over:
        click.echo(f"not installed: {name}; {remedy_for(name)}")
    for found in reach.pairs:
        click.echo(f"  {found.pair}  {'; before '.join(map(str, (found, *found.others)))}")
    for supply in reach.supplies:
        opened = ", ".join(map(str, supply.opens))
        click.echo(f"no route: {opened}; {supply.command or 'the commands for both halves, named above, open these'}")
    if reach.unreached and "argos" not in project.settings.engines:
        click.echo("argos is not among translate.engines in polypost.toml: name it there, and these commands help")
