"""What a check reports about a unit."""

from dataclasses import dataclass
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
