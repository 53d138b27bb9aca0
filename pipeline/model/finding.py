"""What a check reports about a unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding holds an unreviewed unit or only informs its reviewer."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One doubt about one target; `check` is the stable id of the check, `detail` is for people."""

    check: str
    severity: Severity
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIds:
    """The ids by which a configuration may name checks.

    What is `promised` protects the facts of a posting and is an error everywhere; the others are `adjustable`: an
    error, a warning or off, for all locales or for one. `successors` are the ids of earlier versions with those of
    today, "" for a check that is no more.
    """

    promised: frozenset[str] = frozenset()
    adjustable: frozenset[str] = frozenset()
    successors: Mapping[str, str] = field(default_factory=dict)

    def current(self, check: str) -> str:
        """Return the id that a check has today, "" if it is no more."""
        return self.successors.get(check, check)
