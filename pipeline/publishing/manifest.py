"""`manifest.json`: what a release holds, so that whoever copies or mirrors it can tell a whole one from a torn one."""

import hashlib
import json
from collections.abc import Iterable, Iterator

FILE_NAME = "manifest.json"


def with_manifest(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield every file, then the list of them: path, bytes and sha256, ordered by path."""
    entries = []
    for path, content in files:
        entries.append({"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        yield path, content
    entries.sort(key=lambda entry: str(entry["path"]))
    yield FILE_NAME, (json.dumps({"files": entries}, ensure_ascii=False, indent=1) + "\n").encode()
