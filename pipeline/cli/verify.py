"""`polypost verify`: proves a published folder."""

from pathlib import Path

import click

from pipeline.cli import options, report
from pipeline.errors import UsageError
from pipeline.workflow.proving import Proof, prove
from pipeline.workflow.run import Run

_MOST = 50  # lines of what is wrong; who has to mend more reads the first ones


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@options.with_record
@click.option("--rebuild", is_flag=True, help="Build anew from a copy of the catalogs too, and compare every byte.")
@options.as_json
def verify(run: Run | None, *, folder: Path, rebuild: bool, as_json: bool) -> None:
    """Prove that FOLDER holds a release, whole and consistent; ends with 1 and says what is wrong and where.

    Alone: every file is as manifest.json lists it and none lies beside them, each output of a language holds the same
    postings and exactly their countries, no link leads to nothing, machine translation is labelled.

    With --config every sentence is also followed back to the posting or to a target in the catalogs.
    """
    if rebuild and run is None:
        raise UsageError("--rebuild builds a project, so --config has to name it")
    proof = prove(folder, run, rebuild=rebuild)
    if as_json:
        report.print_json(_fields(proof))
    else:
        _print(folder, proof)
    if proof.faults:
        raise SystemExit(1)


def _print(folder: Path, proof: Proof) -> None:
    for fault in proof.faults[:_MOST]:
        click.echo(str(fault))
    if proof.faults:
        more = f", the first {_MOST} are shown" if len(proof.faults) > _MOST else ""
        click.secho(f"{folder} is not as it should be: {len(proof.faults)} faults{more}", fg="red")
        return
    proved = ["as its manifest lists it, the same postings and their countries in every output"]
    proved += ["every sentence from a posting or a catalog"] * proof.with_record
    proved += ["byte for byte what a build from nothing writes"] * proof.rebuilt
    counts = f"{proof.files} files, {proof.postings} postings in {proof.languages} languages"
    click.echo(f"{folder}: {counts}: {'; '.join(proved)}")


def _fields(proof: Proof) -> dict[str, object]:
    return {
        "proved": not proof.faults,
        "files": proof.files,
        "postings": proof.postings,
        "languages": proof.languages,
        "with_record": proof.with_record,
        "rebuilt": proof.rebuilt,
        "faults": [fault._asdict() for fault in proof.faults],
    }
