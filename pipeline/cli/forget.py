"""`polypost forget`: the name of a person goes from what they decided."""

import os
import shlex
from pathlib import Path

import click

from pipeline.cli import options
from pipeline.workflow.decisions import forget_person
from pipeline.workflow.project import Project


@click.command()
@click.argument("person")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@options.with_catalogs
def forget(project: Project, person: str, *, dry_run: bool) -> None:
    """Give the file of decisions of PERSON, a name, an e-mail address or the file's stem, a name that tells nothing.

    All decisions in it stay. The history of git keeps the old name; what to type about that is printed.
    """
    done = forget_person(project.locales_dir, person, dry_run=dry_run)
    before, after = (os.path.relpath(path) for path in (done.before, done.after))
    decisions = "1 decision" if done.decisions == 1 else f"{done.decisions} decisions"
    click.echo(f"{before} {'would be' if dry_run else 'is now'} {after}; {decisions} in it, all stay")
    if dry_run:
        click.echo("nothing was changed; the new name is drawn each time")
        return
    root = next((folder for folder in done.before.absolute().parents if (folder / ".git").exists()), Path.cwd())
    renamed = ":".join(os.path.relpath(path, root) for path in (done.before, done.after))
    folder = shlex.quote(os.path.relpath(done.after.parent))
    click.echo(
        "The history of git keeps the old name, and who made which commit. To take the name from the history too:\n"
        f"  git add --all {folder} && git commit -m 'Decisions: Take a name away'\n"
        f"  git filter-repo --path-rename {shlex.quote(renamed)}\n"
        "and for the authors of commits: git filter-repo --mailmap FILE (`git help mailmap` says how it is written).\n"
        "That gives every commit another id, so that everybody has to clone anew."
    )
