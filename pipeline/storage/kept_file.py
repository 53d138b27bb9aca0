"""One value kept in a file of `build/`, whole and with a digest of itself, so that a damaged one is none.

It is read and written in one piece, which suits a few megabytes that a run needs all of; what is looked up piece by
piece lies in `derived`. Nothing waits until the disk has it: what a falling machine damages is made anew.
"""

import contextlib
from hashlib import blake2b
from pathlib import Path

_DIGEST_BYTES = 16


def find_kept(path: Path) -> bytes | None:
    """Return what is kept in a file; None if there is nothing, or something else than was written."""
    try:
        return opened(path.read_bytes())
    except OSError:
        return None


def keep(path: Path, value: bytes) -> None:
    """Keep a value in a file; where it cannot be written, what was there before goes too."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_bytes(sealed(value))
        draft.replace(path)
    except OSError:
        for left in (draft, path):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def sealed(value: bytes) -> bytes:
    """Return a value behind a digest of itself."""
    return _digest(value) + value


def opened(written: bytes) -> bytes | None:
    """Return the value that was sealed; None if it is another one by now."""
    digest, value = written[:_DIGEST_BYTES], written[_DIGEST_BYTES:]
    return value if digest == _digest(value) else None


def _digest(value: bytes) -> bytes:
    return blake2b(value, digest_size=_DIGEST_BYTES).digest()
