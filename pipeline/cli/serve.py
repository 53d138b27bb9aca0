"""`polypost serve`: the output in a browser, on this machine only."""

from pathlib import Path

import click

from pipeline.cli.reloading import ReleaseServer
from pipeline.cli.stopping import Stopped
from pipeline.errors import UsageError

DEFAULT_PORT = 8000


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("public"),
    show_default=True,
    help="The folder to show.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="The port to listen on; 0 takes any free one.",
)
def serve(out: Path, port: int) -> None:
    """Show the output in a browser, on this machine only, until Ctrl-C; a new release shows by itself."""
    if not (out / "index.html").is_file():
        raise UsageError(f"{out} holds no release; run `polypost build` first, or name another folder with --out")
    try:
        server = ReleaseServer(out, port)
    except OSError as error:
        raise UsageError(f"port {port}: {error.strerror}; name another one with --port") from error
    with server:
        click.echo(f"http://127.0.0.1:{server.port}/ shows {out}; Ctrl-C ends it")
        try:
            server.serve_forever()
        except Stopped as stopped:
            stopped.message = "ended"
            raise
