"""`polypost build`: the whole job."""

from dataclasses import replace
from functools import partial
from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.answers import digest_of, hear, question_of, repeat
from pipeline.storage.answers import Answers
from pipeline.workflow.inputs import digest_inputs
from pipeline.workflow.run import Run


@click.command()
@partial(options.with_run, opened=False)
@options.asked_engines
@options.allow_withdrawals
@click.option(
    "--dry-run", is_flag=True, help="Print which postings would be added, changed and withdrawn; write nothing."
)
@options.as_json
def build(run: Run, *, engines: tuple[str, ...], allow_withdrawals: bool, dry_run: bool, as_json: bool) -> None:
    """Read the postings, update and translate the catalogs, publish every language version.

    Where nothing that it reads has changed since the last build, it says so within a second.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    chosen = replace(run, asked_engines=engines)
    values: dict[str, Any] = {"allow_withdrawals": allow_withdrawals, "dry_run": dry_run, "as_json": as_json}
    answers, question, inputs = Answers(run.build_dir), question_of("build", run, values), digest_inputs(chosen)
    found = answers.find(digest_of(inputs), question)
    if found:
        repeat(found)
        raise SystemExit(found.code)
    from pipeline.cli import building

    project = building.open_project(chosen)
    if dry_run:
        building.preview(project, allow_withdrawals=allow_withdrawals, as_json=as_json)
        return
    built = building.build(project, allow_withdrawals=allow_withdrawals)
    building.show(project, built, as_json=as_json)
    after = digest_inputs(chosen)
    if building.is_whole(built) and all(inputs[kind] == after[kind] for kind in building.UNTOUCHED):
        unchanged = hear(lambda: building.show_unchanged(project, built, as_json=as_json))
        answers.keep(digest_of(after), question, unchanged)
    building.end(built)
