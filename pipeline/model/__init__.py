"""The nouns that everyone shares, and the part of the package that other programs may import.

    from pipeline.model import Posting, Unit, UnitState

What is listed in `__all__` here and in `pipeline.errors` changes only with a line in the changelog; the modules behind
it, and every other package, may change with any version.
"""

from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import parse_locale, to_tag
from pipeline.model.outcome import Decision, EngineUse, LocaleStatus, Reason, Rejection, ReleaseChanges
from pipeline.model.packages import InstalledPackage, Pair
from pipeline.model.posting import (
    Block,
    BlockKind,
    Detection,
    DetectionReason,
    Doubt,
    Location,
    Posting,
    Salary,
    Section,
    SectionKind,
    WrittenVersion,
)
from pipeline.model.segment import SegmentedBlock, SegmentedPosting, SegmentedSection, UnitKey
from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Suggestion, Unit, UnitState, unit_id

__all__ = [
    "Block",
    "BlockKind",
    "Decision",
    "Detection",
    "DetectionReason",
    "Doubt",
    "EngineOrigin",
    "EngineUse",
    "Finding",
    "InstalledPackage",
    "LocaleStatus",
    "Location",
    "OriginKind",
    "Pair",
    "Posting",
    "Provenance",
    "Reason",
    "Rejection",
    "ReleaseChanges",
    "Salary",
    "Section",
    "SectionKind",
    "SegmentedBlock",
    "SegmentedPosting",
    "SegmentedSection",
    "Severity",
    "Suggestion",
    "Unit",
    "UnitKey",
    "UnitState",
    "WrittenVersion",
    "parse_locale",
    "to_tag",
    "unit_id",
]
