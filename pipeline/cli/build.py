"""`polypost build`: the whole job."""

import os
from dataclasses import replace
from functools import partial

import click

from pipeline.cli import options, pending
from pipeline.cli.answers import digest_of, hear, question_of, repeat
from pipeline.cli.status import USUAL
from pipeline.model.outcome import Pending
from pipeline.storage.answers import Answers
from pipeline.workflow.inputs import digest_inputs
from pipeline.workflow.run import Run


@click.command()
@partial(options.with_run, opened=False)
@options.asked_engines
@options.allow_withdrawals
@options.allow_incomplete
@click.option(
    "--dry-run", is_flag=True, help="Print which postings would be added, changed and withdrawn; write nothing."
)
@click.option("--check", is_flag=True, help="Write nothing; end with 1 and say what a build would write, if anything.")
@options.locked
@options.as_json
def build(run: Run, *, engines: tuple[str, ...], dry_run: bool, check: bool, **values: bool) -> None:
    """Read the postings, update and translate the catalogs, publish every language version.

    Where nothing that it reads has changed since the last build, it says so within a second. What it writes are
    locales/ and public/; build/ can be deleted, and counts for nothing with --check.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    chosen = replace(run, asked_engines=engines, locked=values["locked"])
    if chosen.locked:
        from pipeline.workflow.engines import require_locked

        require_locked(run.settings, engines, os.environ)
    answers, question, inputs = Answers(run.build_dir), question_of("build", run, values), digest_inputs(chosen)
    found = None if dry_run else answers.find(digest_of(inputs), question)
    allow_withdrawals, as_json = values["allow_withdrawals"], values["as_json"]
    if found:
        repeat(found, output=not check)
        if check:
            pending.show(Pending(), as_json=as_json)
        raise SystemExit(found.code)
    from pipeline.cli import building

    project = building.open_project(chosen, allow_incomplete=values["allow_incomplete"])
    if dry_run or check:
        preview = building.preview if dry_run else building.check
        preview(project, allow_withdrawals=allow_withdrawals, as_json=as_json)
        return
    built = building.build(project, allow_withdrawals=allow_withdrawals)
    building.show(project, built, as_json=as_json)
    after = digest_inputs(chosen)
    if building.is_whole(built) and all(inputs[kind] == after[kind] for kind in building.UNTOUCHED):
        unchanged = hear(lambda: building.show_unchanged(project, built, as_json=as_json))
        answers.keep(digest_of(after), question, unchanged)
        if not engines:  # what there is to translate with is part of how a project stands
            for usual, show in zip(USUAL, building.show_standing(project, built, USUAL), strict=True):
                answers.keep(digest_of(after), question_of("status", run, usual), hear(show))
    building.end(built)
