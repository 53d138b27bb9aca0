"""What is wrong with a published folder, and where."""

from typing import NamedTuple

import msgspec

# What msgspec raises for bytes that are no JSON, are JSON of another form, no UTF-8, or nested without end.
JSON_ERRORS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Fault(NamedTuple):
    """Something that does not hold: the file ("" for all of it), the place in it, and what was expected there."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        text = ": ".join(filter(None, self))
        return text.encode("utf-8", "backslashreplace").decode()


class UnreadableOutputError(Exception):
    """A file that is not what its name says; it ends the reading of that file, and becomes a fault."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(reason)
        self.fault = Fault(file, place, reason)
