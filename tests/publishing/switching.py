"""Switches a release to one edition after the other until it is killed, as a process of its own."""

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from pipeline.publishing.release.manifest import with_manifest
from pipeline.publishing.release.switch import FileContent, switch_release

PAGES = 60


def edition(number: int) -> dict[str, bytes]:
    """Return the files of an edition: some change with it, some come and go, the rest stay."""
    name = str(number).encode()
    pages = {f"fr/postings/{page}.html": name * 200 if page % 3 else b"the same" for page in range(PAGES)}
    passing = {f"de/{number % 4}/index.html": name}
    return {"edition.json": name, "languages.json": b"[]", **pages, **passing}


def files_of(number: int) -> Iterator[tuple[str, FileContent]]:
    """Yield the files of an edition with their manifest."""
    return with_manifest(edition(number).items())


if __name__ == "__main__":
    for following in count(int(sys.argv[2])):
        switch_release(Path(sys.argv[1]), files_of(following))
        print(following, flush=True)  # noqa: T201  how far it is
