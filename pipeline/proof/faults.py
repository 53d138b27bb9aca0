"""What is wrong with a published folder, and where."""

from typing import NamedTuple


class Fault(NamedTuple):
    """Something that does not hold: the file, the place in it ("" for the whole file), and what was expected there."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: {self.reason}".encode("utf-8", "backslashreplace").decode()


class UnreadableOutputError(Exception):
    """A file that is not what its name says; it ends the reading of that file, and becomes a fault."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(reason)
        self.fault = Fault(file, place, reason)
